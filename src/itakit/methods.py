"""Aggregation methods: from the scores and weights of terms to one score.

A term is a pair (value, weight). Averaging respondents, averaging indicators and weighting
surveys are one operation on terms: a term without a weight of its own counts once, and a term of
weight zero does not count. Names follow the OECD/JRC Handbook on Constructing Composite
Indicators (2008), part 1.6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, TypeAlias

from attrs import evolve, field, frozen

from itakit.reals import Number, compare, linear, power, product

Term: TypeAlias = tuple[Number, Fraction]
Terms: TypeAlias = Sequence[Term]
Law: TypeAlias = Literal[
    "internal",  # the score lies between the least and the greatest term
    "equal",  # equal terms score as each of them
    "monotone",  # raising a term never lowers the score
    "symmetric",  # the order of the terms does not matter
    "replication",  # taking every term twice changes nothing
    "weight-scale",  # multiplying all weights changes nothing
    "zero-weight",  # a term of weight zero might as well not exist
    "affine",  # shifting and stretching the terms does the same to the score
    "stretch",  # stretching the terms does the same to the score
    "linear",  # the score is a sum of parts, one for each term
]
Shape: TypeAlias = Literal["average", "sum"]


class Inapplicable(ValueError):
    """Terms that a method has no score for; `name` names the sentence that says why."""

    def __init__(self, name: str, **values: object) -> None:
        self.name, self.values = name, values
        super().__init__(name)


@frozen
class Parameter:
    """A parameter of a method: its kind and, where it may be left out, its default."""

    kind: Literal["number", "exponent", "count", "code", "score"]
    about: str
    required: bool = False


def _laws(given: Iterable[Law]) -> frozenset[Law]:
    return frozenset(given)


def _parameters(given: Mapping[str, Parameter]) -> Mapping[str, Parameter]:
    return MappingProxyType(dict(given))


@frozen(eq=False)
class Method:
    """An aggregation method: a function on terms, and the laws that it keeps.

    ``function(terms, range, **parameters)`` gets at least one term, each with a weight above zero,
    and the scheme's range (lowest, highest); it returns a score, or raises `Inapplicable`.
    """

    name: str
    function: Callable[..., Number]
    laws: frozenset[Law] = field(default=(), converter=_laws)
    shape: Shape | None = None
    """For a linear method: whether the weighted sum is divided by the sum of the weights."""
    weighted: bool = False
    """Whether every term must have a weight of its own."""
    parameters: Mapping[str, Parameter] = field(factory=dict, converter=_parameters)
    terms: tuple[int, int | None] = (1, None)
    """The least and the greatest number of terms."""
    about: str = ""

    @property
    def linear(self) -> bool:
        """Whether the score is a sum of parts, one for each term."""
        return self.shape is not None


def _name(method: Method) -> str:
    return method.name


@frozen
class Use:
    """A method with its parameters, as a scheme uses it."""

    method: Method = field(eq=_name)
    parameters: tuple[tuple[str, Fraction | str], ...] = ()
    """Pairs of a name and a value, sorted by name."""

    @property
    def name(self) -> str:
        """The method's name."""
        return self.method.name

    def parameter(self, name: str) -> Fraction | str | None:
        """A parameter's value; `None` where it was not given."""
        return dict(self.parameters).get(name)

    def __call__(
        self, terms: Terms, range: tuple[Fraction, Fraction], codes: Sequence[str] = ()
    ) -> Number:
        """The score of the terms; ``codes`` are the codes of the nodes they come from."""
        least, most = self.method.terms
        if len(terms) < least:
            raise Inapplicable("terms-few", method=self.name, n=len(terms), least=least)
        if most is not None and len(terms) > most:
            raise Inapplicable("terms-many", method=self.name, n=len(terms), most=most)
        parameters = dict(self.parameters)
        if self.method.parameters.get("base") is not None:
            return self.method.function(terms, range, codes=codes, **parameters)
        return self.method.function(terms, range, **parameters)


Range: TypeAlias = tuple[Fraction, Fraction]
_ALL: frozenset[Law] = frozenset(
    {"internal", "equal", "monotone", "symmetric", "replication", "weight-scale", "zero-weight"}
)


def _total(terms: Terms) -> Fraction:
    return sum((weight for _, weight in terms), Fraction(0))


def _mean(terms: Terms, range: Range) -> Number:
    total = _total(terms)
    return linear((weight / total, value) for value, weight in terms)


def _sum(terms: Terms, range: Range) -> Number:
    return linear((weight, value) for value, weight in terms)


def _least(terms: Terms, range: Range) -> Number:
    least = terms[0][0]
    for value, _ in terms[1:]:
        least = value if compare(value, least) < 0 else least
    return least


def _greatest(terms: Terms, range: Range) -> Number:
    greatest = terms[0][0]
    for value, _ in terms[1:]:
        greatest = value if compare(value, greatest) > 0 else greatest
    return greatest


def _compared(one: Term, other: Term) -> int:
    return compare(one[0], other[0])


def _sorted(terms: Terms) -> list[Term]:
    from functools import cmp_to_key

    return sorted(terms, key=cmp_to_key(_compared))


def _median(terms: Terms, range: Range) -> Number:
    ordered, half = _sorted(terms), _total(terms) / 2
    place, (value, passed) = 0, ordered[0]
    while passed < half:
        place += 1
        value, weight = ordered[place]
        passed += weight
    if passed > half:
        return value
    return linear([(Fraction(1, 2), value), (Fraction(1, 2), ordered[place + 1][0])])


def _nonnegative(terms: Terms, name: str) -> bool:
    """Whether all terms are above zero. Raises `Inapplicable` for one below."""
    signs = [compare(value, Fraction(0)) for value, _ in terms]
    if min(signs) < 0:
        raise Inapplicable("negative-term", method=name)
    return min(signs) > 0


def _power_mean(terms: Terms, range: Range, exponent: Fraction) -> Number:
    if exponent == 0:
        return _geometric_mean(terms, range)
    if not _nonnegative(terms, "power-mean") and exponent < 0:
        return Fraction(0)
    total = _total(terms)
    inner = linear((weight / total, power(value, exponent)) for value, weight in terms)
    return power(inner, 1 / exponent)


def _geometric_mean(terms: Terms, range: Range) -> Number:
    total = _total(terms)
    if not _nonnegative(terms, "geometric-mean"):
        return Fraction(0)
    return product((value, weight / total) for value, weight in terms)


def _harmonic_mean(terms: Terms, range: Range) -> Number:
    return _power_mean(terms, range, Fraction(-1))


def _deduction(
    terms: Terms,
    range: Range,
    codes: Sequence[str] = (),
    base: str | None = None,
    ceiling: Fraction | None = None,
) -> Number:
    low, high = range
    start: Number = high
    deducted: list[Term] = []
    for (value, weight), code in zip(terms, codes, strict=True):
        if code == base:
            start = value
        else:
            deducted.append((value, weight))
    if base is not None and base not in codes:
        raise Inapplicable("base-missing", base=base)
    total = _sum(deducted, range)
    if ceiling is not None and compare(total, ceiling) > 0:
        total = ceiling
    score = linear([(Fraction(1), start), (Fraction(-1), total)])
    return low if compare(score, low) < 0 else score


def _k_of_n(terms: Terms, range: Range, k: Fraction, at_least: Fraction | None = None) -> Number:
    low, high = range
    bar = high if at_least is None else at_least
    passed = sum(compare(value, bar) >= 0 for value, _ in terms)
    return high if passed >= k else low


def _all_of(terms: Terms, range: Range, at_least: Fraction | None = None) -> Number:
    return _k_of_n(terms, range, Fraction(len(terms)), at_least)


_EXPONENT = Parameter(
    "exponent", "the exponent; 1 is the mean, 0 the geometric mean", required=True
)
_AT_LEAST = Parameter("score", "the score that a child must reach; default: the highest score")
_MEAN = Method(
    "mean",
    _mean,
    _ALL | {"affine", "stretch", "linear"},
    "average",
    about="the arithmetic mean, weighted where weights are given",
)
_SUM = Method(
    "sum",
    _sum,
    {"monotone", "symmetric", "zero-weight", "stretch", "linear"},
    "sum",
    about="the sum, each term multiplied by its weight where weights are given",
)
_LEAST = Method("min", _least, _ALL | {"affine", "stretch"}, about="the least score")

BUILT_IN: Mapping[str, Method] = MappingProxyType(
    {
        method.name: method
        for method in (
            _MEAN,
            evolve(
                _MEAN, name="weighted-mean", weighted=True, about="the mean; weights are required"
            ),
            _SUM,
            evolve(_SUM, name="weighted-sum", weighted=True, about="the sum; weights are required"),
            _LEAST,
            evolve(_LEAST, name="max", function=_greatest, about="the greatest score"),
            evolve(
                _LEAST,
                name="median",
                function=_median,
                about="the score in the middle of the weight; midway between two where it halves",
            ),
            evolve(
                _MEAN,
                name="single",
                laws=_MEAN.laws - {"replication"},
                terms=(1, 1),
                about="the score of exactly one term",
            ),
            Method(
                "geometric-mean",
                _geometric_mean,
                _ALL | {"stretch"},
                about="the product of the scores, each to the power of its share of weight",
            ),
            Method(
                "harmonic-mean",
                _harmonic_mean,
                _ALL | {"stretch"},
                about="the reciprocal of the mean of the reciprocals; 0 where a score is 0",
            ),
            Method(
                "power-mean",
                _power_mean,
                _ALL | {"stretch"},
                parameters={"exponent": _EXPONENT},
                about="the mean of the powers, and the root of it",
            ),
            Method(
                "deduction",
                _deduction,
                {"symmetric", "zero-weight"},
                parameters={
                    "base": Parameter(
                        "code", "the child that is deducted from; default: the highest score"
                    ),
                    "ceiling": Parameter("number", "the most that is deducted; default: no limit"),
                },
                about="a base less the sum of the other children, never below the range",
            ),
            Method(
                "k-of-n",
                _k_of_n,
                {"monotone", "symmetric"},
                parameters={
                    "k": Parameter("count", "how many children must reach it", required=True),
                    "at_least": _AT_LEAST,
                },
                about="the highest score where at least k children reach a score, else the lowest",
            ),
            Method(
                "all-of",
                _all_of,
                {"monotone", "symmetric", "replication", "weight-scale", "zero-weight"},
                parameters={"at_least": _AT_LEAST},
                about="the highest score where all children reach a score, else the lowest",
            ),
        )
    }
)
"""The methods that every scheme may use, by name."""
