"""Means and sums: one score from many, between the least and the greatest or all together."""

from __future__ import annotations

from fractions import Fraction
from functools import cmp_to_key

from itakit.methods.method import Inapplicable, Range, Term, Terms
from itakit.reals import Number, compare, linear, power, product


def total_weight(terms: Terms) -> Fraction:
    """The weight of all terms."""
    return sum((weight for _, weight in terms), Fraction(0))


def mean(terms: Terms, range: Range) -> Number:
    """The sum of the terms, each by its share of weight."""
    total = total_weight(terms)
    return linear((weight / total, value) for value, weight in terms)


def sum_up(terms: Terms, range: Range) -> Number:
    """The sum of the terms, each by its weight."""
    return linear((weight, value) for value, weight in terms)


def least(terms: Terms, range: Range) -> Number:
    """The least term, whatever it weighs."""
    found = terms[0][0]
    for value, _ in terms[1:]:
        found = value if compare(value, found) < 0 else found
    return found


def greatest(terms: Terms, range: Range) -> Number:
    """The greatest term, whatever it weighs."""
    found = terms[0][0]
    for value, _ in terms[1:]:
        found = value if compare(value, found) > 0 else found
    return found


def _compared(one: Term, other: Term) -> int:
    return compare(one[0], other[0])


def _ordered(terms: Terms) -> list[Term]:
    return sorted(terms, key=cmp_to_key(_compared))


def median(terms: Terms, range: Range) -> Number:
    """The term in the middle of the weight; midway between two where it halves."""
    ordered, half = _ordered(terms), total_weight(terms) / 2
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


def _mean_of_powers(terms: Terms, exponent: Fraction, name: str) -> Number:
    """The power mean of an exponent, for the method of a name."""
    if not _nonnegative(terms, name) and exponent <= 0:
        return Fraction(0)
    total = total_weight(terms)
    if exponent == 0:
        return product((value, weight / total) for value, weight in terms)
    inner = linear((weight / total, power(value, exponent)) for value, weight in terms)
    return power(inner, 1 / exponent)


def power_mean(terms: Terms, range: Range, exponent: Fraction) -> Number:
    """The mean of the powers, and the root of it; 0 where a root of 0 would be divided by."""
    return _mean_of_powers(terms, exponent, "power-mean")


def geometric_mean(terms: Terms, range: Range) -> Number:
    """The product of the terms, each to the power of its share of weight."""
    return _mean_of_powers(terms, Fraction(0), "geometric-mean")


def harmonic_mean(terms: Terms, range: Range) -> Number:
    """The power mean of the exponent -1."""
    return _mean_of_powers(terms, Fraction(-1), "harmonic-mean")
