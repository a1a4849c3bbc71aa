"""Sums, products, powers and logarithms of numbers that need not be rational; which is greater."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from itakit.reals.coprime import coprime, log_over, over, product_of, refinement, sum_of
from itakit.reals.enclosure import bounds_of, digits_for, outward, separation
from itakit.reals.form import CAP, ONE, ZERO, Irrational, Number, Undecidable

_DIGITS = 30
"""Decimal digits of a glance: enough for nearly every comparison and every published figure."""


def linear(terms: Iterable[tuple[Fraction, Number]], constant: Fraction = ZERO) -> Number:
    """A weighted sum is a constant plus the numbers, each times its coefficient.

    >>> linear((Fraction(1, 2), log_ratio(Fraction(n), Fraction(10))) for n in (2, 5))
    Fraction(1, 2)
    """
    total = sum_of([(ONE, constant), *terms])
    while isinstance(total, Irrational) and (base := refinement(total)):
        total = over(total, base)
    return total


def power(x: Number, exponent: Fraction) -> Number:
    """A positive number has every power, and zero those that are not negative.

    >>> power(Fraction(4, 9), Fraction(1, 2))
    Fraction(2, 3)
    """
    return product([(x, exponent)])


def product(factors: Iterable[tuple[Number, Fraction]]) -> Number:
    """A weighted product is that of the numbers, each to the power of its exponent.

    Zero to the power of zero is 1: what has no weight might as well not exist. Raises `ValueError`
    for a negative number and for a negative power of zero.

    >>> product((Fraction(n), Fraction(1, 3)) for n in (2, 4, 8))
    Fraction(4, 1)
    """
    weighty: list[tuple[Number, Fraction]] = []
    vanishes = False
    for x, exponent in factors:
        sign = compare(x, ZERO)
        if sign < 0:
            raise ValueError(f"a negative number to the power of {exponent}")
        if sign == 0 and exponent < 0:
            raise ValueError(f"zero to the power of {exponent}")
        if sign and exponent:
            weighty.append((x, exponent))
        vanishes = vanishes or bool(exponent and not sign)
    return ZERO if vanishes else linear([(ONE, product_of(weighty, ()))])


def log_ratio(r: Fraction, s: Fraction) -> Number:
    """The logarithm of r to the base s is ln r / ln s, where both are positive and s is not 1.

    >>> log_ratio(Fraction(8), Fraction(4))
    Fraction(3, 2)
    """
    if r <= 0 or s <= 0 or s == 1:
        raise ValueError(f"the logarithm of {r} to the base {s}")
    if s < 1:
        r, s = 1 / r, 1 / s
    return log_over(r, s, coprime({r.numerator, r.denominator, s.numerator, s.denominator}, 1))


def _glance(x: Number) -> tuple[Fraction, Fraction] | None:
    """An enclosure of a number at little cost; none where it would be large or small to write."""
    return _glimpsed(x) if isinstance(x, Irrational) else (x, x)


@lru_cache(maxsize=256)
def _glimpsed(x: Irrational) -> tuple[Fraction, Fraction] | None:
    ends = bounds_of(x, outward(_DIGITS))
    if all(end.is_finite() and abs(end.adjusted()) < 10 * _DIGITS for end in ends):
        return Fraction(ends[0]), Fraction(ends[1])
    return None


def compare(a: Number, b: Number) -> int:
    """The first of two numbers is less (-1), equal (0) or greater (1).

    Raises `Undecidable` where `CAP` bits do not tell: numbers are equal, or as good as, and powers
    of sums of logarithms or nested roots of a high degree keep it from showing.
    """
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        one, other = a.numerator * b.denominator, b.numerator * a.denominator
        return (one > other) - (one < other)
    # Nearly all are told apart at a glance, without writing their difference.
    if (one_is := _glance(a)) and (other_is := _glance(b)):
        if one_is[0] > other_is[1]:
            return 1
        if one_is[1] < other_is[0]:
            return -1
    both = isinstance(a, Irrational) and isinstance(b, Irrational)
    difference = (linear if both else sum_of)([(ONE, a), (-ONE, b)])
    if not isinstance(difference, Irrational):
        return (difference > 0) - (difference < 0)
    bits = 64
    while True:
        low, high = bounds_of(difference, outward(digits_for(bits) + 6))
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        # Either end is less than 10 ** (adjusted + 1), and 10 ** 100 is more than 2 ** 332.
        small = -(max(low.adjusted(), high.adjusted()) + 1) * 332 // 100
        if bits >= 256 and small >= separation(difference):
            return 0
        if bits == CAP:
            raise Undecidable(f"two numbers look equal at {CAP} bits, and may or may not be")
        bits = min(2 * bits, CAP)


def enclose(x: Number, bits: int) -> tuple[Fraction, Fraction]:
    """A number lies between the ends of its enclosure, or on one; they are 2**-bits apart at most.

    Raises `Undecidable` where that takes `CAP` bits more than were asked for.
    """
    if not isinstance(x, Irrational):
        return x, x
    if (seen := _glance(x)) and (seen[1] - seen[0]) * 2**bits <= 1:
        return seen
    places = digits_for(bits + 2)
    digits = places + 6
    while digits <= places + digits_for(CAP):
        at = outward(digits)
        low, high = bounds_of(x, at)
        width = at.up.subtract(high, low)
        missing = width.adjusted() + 1 + places if width.is_finite() else digits
        if missing <= 0:
            # Outward again, to whole units: then three of them at most, and four are 2 ** -bits.
            below = at.down.to_integral_value(at.down.scaleb(low, places))
            above = at.up.to_integral_value(at.up.scaleb(high, places))
            return Fraction(int(below), 10**places), Fraction(int(above), 10**places)
        digits += max(missing, 6)
    raise Undecidable(f"a number is not known to 2**-{bits} with {CAP} bits more")


def approximate(x: Number, digits: int) -> tuple[Fraction, Fraction]:
    """A number differs from its approximation, a decimal fraction, by the error at most.

    The error is one unit of the last digit, or 0 for a rational number, which is its own.
    """
    if not isinstance(x, Irrational):
        return x, ZERO
    unit = Fraction(1, 10**digits)
    low, high = enclose(x, 4 * digits)
    return round((low + high) / (2 * unit)) * unit, unit
