"""The method: a function on terms, its parameters, and the laws that it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from attrs import field, frozen

from itakit.reals import Number

Term: TypeAlias = tuple[Number, Fraction]
Terms: TypeAlias = Sequence[Term]
Range: TypeAlias = tuple[Fraction, Fraction]
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
    """Laws that there are: a misspelt one would be declared, and never be tried."""
    laws = frozenset(given)
    if unknown := sorted(laws - set(get_args(Law))):
        told, known = ", ".join(map(repr, unknown)), ", ".join(get_args(Law))
        raise ValueError(f"there is no law {told}; the laws are {known}")
    return laws


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
