"""Methods: from terms to a score. A term is a code, a value and a weight above zero."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Any, TypeAlias

from tests.laws.oracle.numbers import (
    Number,
    less,
    log,
    plus,
    power,
    raised,
    root,
    times,
    total,
)

Table: TypeAlias = dict[str, Any]
Term: TypeAlias = tuple[object, Number, Fraction]
Ends: TypeAlias = tuple[Fraction, Fraction]
LINEAR = ("mean", "weighted-mean", "sum", "weighted-sum", "single")
SUMS = ("sum", "weighted-sum")


class Wrong(Exception):
    """Why a node has no score: the name of the problem."""


def combine(method: Table, terms: list[Term], ends: Ends) -> Number:
    """The score of the terms."""
    return METHODS[method["method"]](method, terms, ends)


def values_of(terms: list[Term]) -> list[Number]:
    return [value for _, value, _ in terms]


def shares_of(terms: list[Term]) -> list[Fraction]:
    weight = sum((w for _, _, w in terms), Fraction(0))
    return [w / weight for _, _, w in terms]


def mean(method: Table, terms: list[Term], ends: Ends) -> Number:
    if method["method"] == "single" and len(terms) != 1:
        raise Wrong("terms-many")
    return total(map(times, shares_of(terms), values_of(terms)))


def weighted_sum(method: Table, terms: list[Term], ends: Ends) -> Number:
    return total(times(w, v) for _, v, w in terms)


def lesser(a: Number, b: Number) -> Number:
    return b if less(b, a) else a


def greater(a: Number, b: Number) -> Number:
    return b if less(a, b) else a


def least(method: Table, terms: list[Term], ends: Ends) -> Number:
    return reduce(lesser, values_of(terms))


def greatest(method: Table, terms: list[Term], ends: Ends) -> Number:
    return reduce(greater, values_of(terms))


def median(method: Table, terms: list[Term], ends: Ends) -> Number:
    """Midway between the least value that half of the weight does not exceed and the greatest
    that half of the weight reaches."""
    weight = sum(w for _, _, w in terms)
    values = values_of(terms)
    lower = [v for v in values if 2 * sum(w for _, o, w in terms if not less(v, o)) >= weight]
    upper = [v for v in values if 2 * sum(w for _, o, w in terms if not less(o, v)) >= weight]
    return times(Fraction(1, 2), plus(reduce(lesser, lower), reduce(greater, upper)))


def power_mean(method: Table, terms: list[Term], ends: Ends) -> Number:
    named = {"geometric-mean": 0, "harmonic-mean": -1}
    exponent = Fraction({**named, "power-mean": method.get("exponent", 0)}[method["method"]])
    values, shares = values_of(terms), shares_of(terms)
    if any(less(v, Fraction(0)) for v in values):
        raise Wrong("negative-term")
    values = [v if less(Fraction(0), v) else Fraction(0) for v in values]
    if exponent <= 0 and Fraction(0) in values:
        return Fraction(0)
    if exponent:
        inner = total(times(s, power(v, exponent)) for v, s in zip(values, shares, strict=True))
        return power(inner, 1 / exponent)
    unit = lcm(*(share.denominator for share in shares))
    if unit < 60:
        powers = [power(v, s * unit) for v, s in zip(values, shares, strict=True)]
        return root(reduce(times, powers), unit)
    return raised(total(times(log(v), s) for v, s in zip(values, shares, strict=True)))


def deduction(method: Table, terms: list[Term], ends: Ends) -> Number:
    low, high = ends
    base, ceiling = method.get("base"), method.get("ceiling")
    found = [v for code, v, _ in terms if base is not None and code == base]
    if base is not None and not found:
        raise Wrong("base-missing")
    taken = total(times(w, v) for code, v, w in terms if base is None or code != base)
    if ceiling is not None:
        taken = lesser(taken, Fraction(ceiling))
    return greater(plus(found[0] if found else high, times(Fraction(-1), taken)), low)


def k_of_n(method: Table, terms: list[Term], ends: Ends) -> Number:
    bar = Fraction(method.get("at_least", ends[1]))
    passed = sum(not less(v, bar) for v in values_of(terms))
    return ends[passed >= method.get("k", len(terms))]


METHODS: dict[str, Callable[[Table, list[Term], Ends], Number]] = {
    **dict.fromkeys(("mean", "weighted-mean", "single"), mean),
    **dict.fromkeys(SUMS, weighted_sum),
    **dict.fromkeys(("geometric-mean", "harmonic-mean", "power-mean"), power_mean),
    **dict.fromkeys(("k-of-n", "all-of"), k_of_n),
    "min": least,
    "max": greatest,
    "median": median,
    "deduction": deduction,
}
