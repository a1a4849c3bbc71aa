"""Numbers: a `Fraction` where exact, a `Decimal` where not."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from math import floor
from typing import TypeAlias

Number: TypeAlias = Fraction | Decimal
MANY_DIGITS = Context(prec=120)
"""The context that everything is computed in."""
TINY = Decimal(10) ** -60


def real(x: Number) -> Decimal:
    return x if isinstance(x, Decimal) else Decimal(x.numerator) / Decimal(x.denominator)


def less(a: Number, b: Number) -> bool:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a < b
    return real(a) < real(b) - TINY


def times(a: Number, b: Number) -> Number:
    return a * b if isinstance(a, Fraction) and isinstance(b, Fraction) else real(a) * real(b)


def divide(a: Number, b: Number) -> Number:
    return a / b if isinstance(a, Fraction) and isinstance(b, Fraction) else real(a) / real(b)


def plus(a: Number, b: Number) -> Number:
    return a + b if isinstance(a, Fraction) and isinstance(b, Fraction) else real(a) + real(b)


def total(values: Iterable[Number]) -> Number:
    result: Number = Fraction(0)
    for value in values:
        result = plus(result, value)
    return result


def root(x: Number, n: int) -> Number:
    """The n-th root of a number that is not negative; a Fraction where it is one."""
    if isinstance(x, Fraction):
        above, below = whole_root(x.numerator, n), whole_root(x.denominator, n)
        if above is not None and below is not None:
            return Fraction(above, below)
    return raised(log(x) / n) if x else x


def whole_root(x: int, n: int) -> int | None:
    low, high = 0, 1 << (x.bit_length() // n + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**n <= x else (low, middle - 1)
    return low if low**n == x else None


def power(x: Number, exponent: Fraction) -> Number:
    if isinstance(x, Fraction):
        return root(Fraction(x**exponent.numerator), exponent.denominator)
    return raised(log(x) * real(exponent)) if x else x


def log(x: Number) -> Decimal:
    return real(x).ln()


def raised(x: Number) -> Decimal:
    """The number whose logarithm it is."""
    return real(x).exp()


def rounded(x: Number, places: int, mode: str) -> Fraction:
    """The published figure as a Fraction; away from zero and towards it are told apart by size."""
    if isinstance(x, Decimal):
        halves = (2 * abs(x) * 10**places).to_integral_value()
        tie = abs(2 * abs(x) * 10**places - halves) < TINY
        size = Fraction(halves) / 2 if tie else abs(Fraction(x)) * 10**places
    else:
        size = abs(x) * 10**places
    whole = {
        "half-up": lambda: floor(size + Fraction(1, 2)),
        "half-even": lambda: round(size),
        "down": lambda: floor(size),
        "up": lambda: -floor(-size),
    }[mode]()
    return Fraction(whole if x > 0 else -whole, 10**places)
