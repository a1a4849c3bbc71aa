"""Everything over one coprime base.

The integers of an expression are written as powers of integers that have no common divisor with
each other, found by greatest common divisors, never by primes. Over such a base a product of powers
is rational only if all exponents are integers, so sums collapse where they can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import floor, gcd, lcm

from itakit.reals.enclosure import outward, value_of
from itakit.reals.form import (
    ONE,
    ZERO,
    Irrational,
    Log,
    Monomial,
    Number,
    Part,
    order_of,
    terms_of,
    unit_of,
)

_LONG = 4096  # bits; a longer integral power is not written out, or 10**6 would fill the memory
_HALF = Fraction(1, 2)


def sum_of(terms: Iterable[tuple[Fraction, Number]]) -> Number:
    """A sum of multiples, with like monomials taken together."""
    total: dict[Monomial, Fraction] = {}
    for coefficient, x in terms:
        for monomial, k in terms_of(x):
            total[monomial] = total.get(monomial, ZERO) + coefficient * k
    total = {monomial: k for monomial, k in total.items() if k}
    # Powers that are too long to write out may have a ratio that is not.
    for long in [m for m in total if any(isinstance(p, int) and not 0 < e < 1 for p, e in m)]:
        for other in [m for m in total if m != long]:
            if ratio := _ratio(long, other):
                total[other] += ratio * total.pop(long)
                break
    constant = total.pop((), ZERO)
    rest = sorted(((m, k) for m, k in total.items() if k), key=order_of)
    return Irrational(constant, tuple(rest)) if rest else constant


def _ratio(one: Monomial, other: Monomial) -> Fraction | None:
    """The quotient of two monomials, if it is rational and not too long to write out."""
    above, below = dict(one), dict(other)
    ratio = ONE
    for part in above | below:
        k = above.get(part, ZERO) - below.get(part, ZERO)
        if (
            isinstance(part, int)
            and k.denominator == 1
            and abs(k) <= 16 * _LONG // part.bit_length()
        ):
            ratio *= Fraction(part) ** int(k)
        elif k:
            return None
    return ratio


def product_of(factors: Iterable[tuple[Number, Fraction]], base: tuple[int, ...]) -> Number:
    """The product of powers of positive numbers, written over the base as far as it goes."""
    exponents: dict[Part, Fraction] = {}
    for x, exponent in factors:
        for factor, k in _factors(x, base):
            parts: Iterable[tuple[Part, int]] = (
                _powers(factor, base) if isinstance(factor, (int, Fraction)) else [(factor, 1)]
            )
            for part, n in parts:
                exponents[part] = exponents.get(part, ZERO) + n * k * exponent
    coefficient = ONE
    for part, exponent in exponents.items():
        whole = floor(exponent)
        if isinstance(part, int) and abs(whole) <= max(1, _LONG // part.bit_length()):
            coefficient *= Fraction(part) ** whole
            exponents[part] -= whole
    sums = [part for part, e in exponents.items() if isinstance(part, Irrational) and e]
    if len(sums) == 1 and exponents[sums[0]] == 1:
        # A sum to the power of one is multiplied out, to be a sum again.
        del exponents[sums[0]]
        others = _monomial(exponents)
        return sum_of(
            (coefficient * k, product_of([(unit_of(monomial), ONE), (others, ONE)], base))
            for monomial, k in terms_of(sums[0])
        )
    return sum_of([(coefficient, _monomial(exponents))])


def _monomial(exponents: dict[Part, Fraction]) -> Irrational:
    return unit_of(tuple(sorted((power for power in exponents.items() if power[1]), key=order_of)))


def _factors(x: Number, base: tuple[int, ...]) -> list[tuple[Part | Fraction, Fraction]]:
    """A positive number as a product, in which the greatest term of a sum has no roots.

    Sums that differ by a root are then multiples of one sum, and a power mean of stretched terms
    is seen to be the stretched power mean.
    """
    if not isinstance(x, Irrational):
        return [(x, ONE)]
    if not x.constant and len(x.terms) == 1:
        ((monomial, coefficient),) = x.terms
        return [(coefficient, ONE), *monomial]
    at = outward(20)
    greatest, k = max(terms_of(x), key=lambda term: value_of(term[0], abs(term[1]), at)[1])
    roots = tuple((part, exponent) for part, exponent in greatest if isinstance(part, int))
    scaled = sum_of(
        (c / abs(k), product_of([(unit_of(monomial), ONE), (unit_of(roots), -ONE)], base))
        for monomial, c in terms_of(x)
    )
    return [(abs(k), ONE), *roots, (scaled, ONE)]


def _powers(x: int | Fraction, base: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The powers of integers, of the base where they can be, that make up a positive rational."""
    for sign, n in ((1, x.numerator), (-1, x.denominator)):
        rest = n
        for b in base if n > 1 else ():
            count = 0
            while rest % b == 0:
                rest, count = rest // b, count + sign
            if count:
                yield b, count
        if rest > 1:
            yield rest, sign


def log_over(r: Fraction, s: Fraction, base: tuple[int, ...]) -> Number:
    """The logarithm of r to a base s above 1, where the coprime base makes up both.

    Logarithms of coprime integers are independent, but for those in s, which add up to 1: the
    least is expressed by the others.
    """
    above, below = dict(_powers(r, base)), dict(_powers(s, base))
    least = min(below)
    share, common = Fraction(above.get(least, 0), below[least]), gcd(*below.values())
    root = tuple(sorted((n, k // common) for n, k in below.items()))
    rest = (
        ((above.get(n, 0) - share * below.get(n, 0)) / common, unit_of(((Log(n, root), ONE),)))
        for n in above | below
    )
    return sum_of([(ONE, share), *rest])


def over(x: Irrational, base: tuple[int, ...]) -> Number:
    """The same number with its integers written over a base."""

    def rewritten(part: Part) -> Number:
        if isinstance(part, int):
            return Fraction(part)
        if isinstance(part, Log):
            return log_over(Fraction(part.number), part.argument, base)
        return over(part, base)

    return sum_of(
        (k, product_of([(rewritten(part), exponent) for part, exponent in monomial], base))
        for monomial, k in terms_of(x)
    )


def integers(x: Irrational) -> Iterator[tuple[int, int]]:
    """The integers that a number is written with, each with the root that is taken of it."""
    for monomial, _ in x.terms:
        for part, exponent in monomial:
            if isinstance(part, int):
                yield part, exponent.denominator
            elif isinstance(part, Log):
                yield from ((n, 1) for n in (part.number, *dict(part.base)))
            else:
                yield from integers(part)


def refinement(x: Irrational) -> tuple[int, ...]:
    """The coprime base that a number should be written over; empty where it already is."""
    numbers, roots = zip(*integers(x), strict=True)
    base = coprime(set(numbers), lcm(*roots))
    return () if set(numbers) <= set(base) else base


def coprime(numbers: set[int], roots: int) -> tuple[int, ...]:
    """Coprime integers whose powers make up the numbers.

    None is a k-th power for a prime k in `roots`: of those roots, all are irrational.
    """
    base: list[int] = []
    left = sorted(numbers - {1})
    while left:
        n = left.pop()
        for i, b in enumerate(base):
            common = gcd(n, b)
            if common > 1:
                del base[i]
                left += (part for part in (n // common, common, b // common) if part > 1)
                break
        else:
            base.append(n)
    for k in range(2, max(base, default=1).bit_length()):
        if roots % k == 0:
            base = [_rootless(n, k) for n in base]
            roots //= gcd(roots, k ** roots.bit_length())
    return tuple(sorted(base))


def _rootless(n: int, k: int) -> int:
    """The integer, itself no k-th power, of which n is the power of 1, or k, or k * k, or more."""
    root = 1 << -(-n.bit_length() // k)  # from above, where Newton's iteration falls
    while (lower := ((k - 1) * root + n // root ** (k - 1)) // k) < root:
        root = lower
    return _rootless(root, k) if root**k == n else n
