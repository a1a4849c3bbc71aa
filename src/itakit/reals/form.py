"""What a number that need not be rational is written as."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import prod
from typing import Any, TypeAlias

from attrs import frozen

CAP = 8192
"""The most bits that are tried; with as many, one logarithm takes a quarter of a second."""
ZERO, ONE = Fraction(0), Fraction(1)


class Undecidable(ArithmeticError):
    """A comparison or an enclosure that the precision allowed by `CAP` does not settle."""


@frozen
class Log:
    """The logarithm of an integer above 1 to a base above 1."""

    number: int
    base: tuple[tuple[int, int], ...]
    """The base as powers of coprime integers; the exponents have no common divisor."""

    @property
    def argument(self) -> Fraction:
        """The base as a number."""
        return prod((Fraction(n) ** k for n, k in self.base), start=ONE)


@frozen(cache_hash=True)
class Irrational:
    """A rational constant plus rational multiples of monomials, as the functions below make it.

    Equal here means written alike; whether two are the same number, `compare` knows. A rational
    number is one of these only if it is hidden by nested roots or too long to write out.
    """

    constant: Fraction
    terms: tuple[tuple[Monomial, Fraction], ...]
    """Distinct positive monomials in a fixed order, each with a coefficient other than 0."""


Number: TypeAlias = "Fraction | Irrational"
Part: TypeAlias = "int | Log | Irrational"
Monomial: TypeAlias = "tuple[tuple[Part, Fraction], ...]"


def terms_of(x: Number) -> Iterable[tuple[Monomial, Fraction]]:
    """A number as monomials with their coefficients; the empty monomial is 1."""
    return (((), x.constant), *x.terms) if isinstance(x, Irrational) else [((), x)]


def unit_of(monomial: Monomial) -> Irrational:
    """A monomial once."""
    return Irrational(ZERO, ((monomial, ONE),))


def order_of(x: Any) -> tuple[Any, ...]:
    """A key by notation alone, so that like sums are written alike whatever they were made of."""
    if isinstance(x, tuple):
        return tuple(map(order_of, x))
    if isinstance(x, Irrational):
        return 2, x.constant, order_of(x.terms)
    return (1, x.number, x.base) if isinstance(x, Log) else (0, x)
