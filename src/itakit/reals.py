"""A score that is no rational number is still a number, and numbers compare.

Geometric means, power means and logarithmic goalposts leave the rationals. An `Irrational` is their
value written down exactly: a rational constant plus rational multiples of monomials, which are
products of powers of integers, of logarithms and of further sums. Nothing is rounded before a
caller asks for digits, and `compare` never guesses.

Equal or not. The integers of an expression are written over one coprime base, found by greatest
common divisors, never by primes. Over it a product of powers is rational only if all exponents are
integers; roots whose ratios are irrational are linearly independent, and so are the logarithms. So
a sum of roots, or of logarithms to one base, collapses where it can. Nested roots may hide their
value; for them there is a size below which a number of their degree and height can only be zero
(Burnikel, Funke, Mehlhorn, Schirra, Schmitt: A separation bound for real algebraic expressions).

Less or greater. Enclosures narrow until they part. `decimal` documents its `ln` and `exp` as
correctly rounded: libmpdec repeats them with more digits until the rounding is certain wherever
`allcr` is set, and CPython sets it in every context. Its `sqrt` is so by the General Decimal
Arithmetic specification. The truth thus lies strictly between the neighbours of a result, and one
step outward is a proof. The contexts are made here; the caller's is neither used nor changed. An
overflow widens an enclosure to infinity and fails nothing.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from fractions import Fraction
from math import floor, gcd, lcm, prod
from typing import Any, TypeAlias

from attrs import field, frozen

CAP = 8192
"""The most bits that are tried; with as many, one logarithm takes a quarter of a second."""

_LONG = 4096  # bits; a longer integral power is not written out, or 10**6 would fill the memory
_ZERO, _HALF, _ONE = Fraction(0), Fraction(1, 2), Fraction(1)
_NIL, _UNIT = Decimal(0), (Decimal(1), Decimal(1))


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
        return prod((Fraction(n) ** k for n, k in self.base), start=_ONE)


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
Bounds: TypeAlias = "tuple[Decimal, Decimal]"


def linear(terms: Iterable[tuple[Fraction, Number]], constant: Fraction = _ZERO) -> Number:
    """A weighted sum is a constant plus the numbers, each times its coefficient.

    >>> linear((Fraction(1, 2), log_ratio(Fraction(n), Fraction(10))) for n in (2, 5))
    Fraction(1, 2)
    """
    total = _sum([(_ONE, constant), *terms])
    while isinstance(total, Irrational) and (base := _refinement(total)):
        total = _over(total, base)
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
        sign = compare(x, _ZERO)
        if sign < 0:
            raise ValueError(f"a negative number to the power of {exponent}")
        if sign == 0 and exponent < 0:
            raise ValueError(f"zero to the power of {exponent}")
        if sign and exponent:
            weighty.append((x, exponent))
        vanishes = vanishes or bool(exponent and not sign)
    return _ZERO if vanishes else linear([(_ONE, _product(weighty, ()))])


def log_ratio(r: Fraction, s: Fraction) -> Number:
    """The logarithm of r to the base s is ln r / ln s, where both are positive and s is not 1.

    >>> log_ratio(Fraction(8), Fraction(4))
    Fraction(3, 2)
    """
    if r <= 0 or s <= 0 or s == 1:
        raise ValueError(f"the logarithm of {r} to the base {s}")
    if s < 1:
        r, s = 1 / r, 1 / s
    return _log(r, s, _coprime({r.numerator, r.denominator, s.numerator, s.denominator}, 1))


def compare(a: Number, b: Number) -> int:
    """The first of two numbers is less (-1), equal (0) or greater (1).

    Raises `Undecidable` where `CAP` bits do not tell: numbers are equal, or as good as, and powers
    of sums of logarithms or nested roots of a high degree keep it from showing.
    """
    both = isinstance(a, Irrational) and isinstance(b, Irrational)
    difference = (linear if both else _sum)([(_ONE, a), (-_ONE, b)])
    if not isinstance(difference, Irrational):
        return (difference > 0) - (difference < 0)
    bits = 64
    while True:
        low, high = _bounds(difference, _outward(_digits(bits) + 6))
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        # Either end is less than 10 ** (adjusted + 1), and 10 ** 100 is more than 2 ** 332.
        small = -(max(low.adjusted(), high.adjusted()) + 1) * 332 // 100
        if bits >= 256 and small >= _separation(difference):
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
    places = _digits(bits + 2)
    digits = places + 6
    while digits <= places + _digits(CAP):
        at = _outward(digits)
        low, high = _bounds(x, at)
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
        return x, _ZERO
    unit = Fraction(1, 10**digits)
    low, high = enclose(x, 4 * digits)
    return round((low + high) / (2 * unit)) * unit, unit


# --- notation: everything over one coprime base ---


def _terms(x: Number) -> Iterable[tuple[Monomial, Fraction]]:
    return (((), x.constant), *x.terms) if isinstance(x, Irrational) else [((), x)]


def _unit(monomial: Monomial) -> Irrational:
    return Irrational(_ZERO, ((monomial, _ONE),))


def _order(x: Any) -> tuple[Any, ...]:
    """A key by notation alone, so that like sums are written alike whatever they were made of."""
    if isinstance(x, tuple):
        return tuple(map(_order, x))
    if isinstance(x, Irrational):
        return 2, x.constant, _order(x.terms)
    return (1, x.number, x.base) if isinstance(x, Log) else (0, x)


def _sum(terms: Iterable[tuple[Fraction, Number]]) -> Number:
    total: dict[Monomial, Fraction] = {}
    for coefficient, x in terms:
        for monomial, k in _terms(x):
            total[monomial] = total.get(monomial, _ZERO) + coefficient * k
    total = {monomial: k for monomial, k in total.items() if k}
    # Powers that are too long to write out may have a rational ratio that is not.
    for long in [m for m in total if any(isinstance(p, int) and not 0 < e < 1 for p, e in m)]:
        for other in [m for m in total if m != long]:
            ratio = _product([(_unit(long), _ONE), (_unit(other), -_ONE)], (), 16 * _LONG)
            if not isinstance(ratio, Irrational):
                total[other] += ratio * total.pop(long)
                break
    constant = total.pop((), _ZERO)
    rest = sorted(((m, k) for m, k in total.items() if k), key=_order)
    return Irrational(constant, tuple(rest)) if rest else constant


def _product(
    factors: Iterable[tuple[Number, Fraction]], base: tuple[int, ...], long: int = _LONG
) -> Number:
    """The product of powers of positive numbers, written over the base as far as it goes."""
    exponents: dict[Part, Fraction] = {}
    for x, exponent in factors:
        for factor, k in _factors(x, base):
            parts: Iterable[tuple[Part, int]] = (
                _powers(factor, base) if isinstance(factor, (int, Fraction)) else [(factor, 1)]
            )
            for part, n in parts:
                exponents[part] = exponents.get(part, _ZERO) + n * k * exponent
    coefficient = _ONE
    for part, exponent in exponents.items():
        whole = floor(exponent)
        if isinstance(part, int) and abs(whole) <= max(1, long // part.bit_length()):
            coefficient *= Fraction(part) ** whole
            exponents[part] -= whole
    sums = [part for part, e in exponents.items() if isinstance(part, Irrational) and e]
    if len(sums) == 1 and exponents[sums[0]] == 1:
        # A sum to the power of one is multiplied out, to be a sum again.
        del exponents[sums[0]]
        others = _monomial(exponents)
        return _sum(
            (coefficient * k, _product([(_unit(monomial), _ONE), (others, _ONE)], base))
            for monomial, k in _terms(sums[0])
        )
    return _sum([(coefficient, _monomial(exponents))])


def _monomial(exponents: dict[Part, Fraction]) -> Irrational:
    return _unit(tuple(sorted((power for power in exponents.items() if power[1]), key=_order)))


def _factors(x: Number, base: tuple[int, ...]) -> list[tuple[Part | Fraction, Fraction]]:
    """A positive number as a product, in which the greatest term of a sum has no roots.

    Sums that differ by a root are then multiples of one sum, and a power mean of stretched terms
    is seen to be the stretched power mean.
    """
    if not isinstance(x, Irrational):
        return [(x, _ONE)]
    if not x.constant and len(x.terms) == 1:
        ((monomial, coefficient),) = x.terms
        return [(coefficient, _ONE), *monomial]
    at = _outward(20)
    greatest, k = max(_terms(x), key=lambda term: _value(term[0], abs(term[1]), at)[1])
    roots = tuple((part, exponent) for part, exponent in greatest if isinstance(part, int))
    scaled = _sum(
        (c / abs(k), _product([(_unit(monomial), _ONE), (_unit(roots), -_ONE)], base))
        for monomial, c in _terms(x)
    )
    return [(abs(k), _ONE), *roots, (scaled, _ONE)]


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


def _log(r: Fraction, s: Fraction, base: tuple[int, ...]) -> Number:
    """The logarithm of r to a base s above 1, where the coprime base makes up both.

    Logarithms of coprime integers are independent, but for those in s, which add up to 1: the
    least is expressed by the others.
    """
    above, below = dict(_powers(r, base)), dict(_powers(s, base))
    least = min(below)
    share, common = Fraction(above.get(least, 0), below[least]), gcd(*below.values())
    root = tuple(sorted((n, k // common) for n, k in below.items()))
    rest = (
        ((above.get(n, 0) - share * below.get(n, 0)) / common, _unit(((Log(n, root), _ONE),)))
        for n in above | below
    )
    return _sum([(_ONE, share), *rest])


def _over(x: Irrational, base: tuple[int, ...]) -> Number:
    def rewritten(part: Part) -> Number:
        if isinstance(part, int):
            return Fraction(part)
        if isinstance(part, Log):
            return _log(Fraction(part.number), part.argument, base)
        return _over(part, base)

    return _sum(
        (k, _product([(rewritten(part), exponent) for part, exponent in monomial], base))
        for monomial, k in _terms(x)
    )


def _integers(x: Irrational) -> Iterator[tuple[int, int]]:
    """The integers that a number is written with, each with the root that is taken of it."""
    for monomial, _ in x.terms:
        for part, exponent in monomial:
            if isinstance(part, int):
                yield part, exponent.denominator
            elif isinstance(part, Log):
                yield from ((n, 1) for n in (part.number, *dict(part.base)))
            else:
                yield from _integers(part)


def _refinement(x: Irrational) -> tuple[int, ...]:
    """The coprime base that a number should be written over; empty where it already is."""
    numbers, roots = zip(*_integers(x), strict=True)
    base = _coprime(set(numbers), lcm(*roots))
    return () if set(numbers) <= set(base) else base


def _coprime(numbers: set[int], roots: int) -> tuple[int, ...]:
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


# --- value: enclosures rounded outward ---


@frozen
class _Outward:
    """Interval arithmetic that rounds every end away from the truth."""

    down: Context
    up: Context
    logarithms: dict[Fraction, Bounds] = field(factory=dict)
    """Those of rationals so far: the terms of a sum share their bases."""

    def plus(self, x: Bounds, y: Bounds) -> Bounds:
        return self.down.add(x[0], y[0]), self.up.add(x[1], y[1])

    def times(self, x: Bounds, y: Bounds) -> Bounds:
        """The product of positive numbers, also where their lower ends are not."""
        low = self.down.multiply(max(x[0], _NIL), max(y[0], _NIL))
        return low, self.up.multiply(x[1], y[1])

    def scaled(self, x: Bounds, k: Fraction) -> Bounds:
        n, d = k.numerator, k.denominator
        low, high = x if n > 0 else x[::-1]
        down, up = self.down, self.up
        return down.divide(down.multiply(low, n), d), up.divide(up.multiply(high, n), d)

    def around(self, low: Decimal, high: Decimal) -> Bounds:
        """What two correctly rounded results stand for."""
        return self.down.next_minus(low), self.up.next_plus(high)

    def ln(self, x: Bounds) -> Bounds:
        low = self.down.ln(x[0])
        return self.around(low, low if x[0] == x[1] else self.up.ln(x[1]))

    def ln_of(self, r: Fraction) -> Bounds:
        if r not in self.logarithms:
            self.logarithms[r] = self.ln(self.scaled(_UNIT, r))
        return self.logarithms[r]

    def exp(self, x: Bounds) -> Bounds:
        return self.around(self.down.exp(x[0]), self.up.exp(x[1]))

    def sqrt(self, x: Bounds) -> Bounds:
        return self.around(self.down.sqrt(x[0]), self.up.sqrt(x[1]))


def _digits(bits: int) -> int:
    return bits * 30103 // 100000 + 1  # the common logarithm of 2 is less than 0.30103


def _outward(digits: int) -> _Outward:
    down, up = (
        Context(
            prec=digits,
            rounding=rounding,
            Emin=decimal.MIN_EMIN,
            Emax=decimal.MAX_EMAX,
            capitals=1,
            clamp=0,
            flags=[],
            traps=[decimal.InvalidOperation],
        )
        for rounding in (decimal.ROUND_FLOOR, decimal.ROUND_CEILING)
    )
    return _Outward(down, up)


def _bounds(x: Irrational, at: _Outward) -> Bounds:
    total = _NIL, _NIL
    for monomial, k in _terms(x):
        total = at.plus(total, _value(monomial, k, at))
    return total


def _value(monomial: Monomial, coefficient: Fraction, at: _Outward) -> Bounds:
    # Parts with one exponent share a logarithm and an exponential, which are what costs time.
    alike: dict[Fraction, Bounds] = {}
    for part, exponent in monomial:
        if isinstance(part, int):
            bounds = Decimal(part), Decimal(part)
        elif isinstance(part, Log):
            (low, high), (least, most) = at.ln_of(Fraction(part.number)), at.ln_of(part.argument)
            bounds = at.down.divide(low, most), at.up.divide(high, max(least, _NIL))
        else:
            bounds = _bounds(part, at)
        alike[exponent] = at.times(alike.get(exponent, _UNIT), bounds)
    value = at.times(alike.pop(_ONE, _UNIT), at.sqrt(alike.pop(_HALF, _UNIT)))
    if alike:
        logarithm = _NIL, _NIL
        for exponent, bounds in alike.items():
            logarithm = at.plus(logarithm, at.scaled(at.ln(bounds), exponent))
        value = at.times(value, at.exp(logarithm))
    return at.scaled(value, coefficient)


def _separation(x: Irrational) -> int:
    """A number that is not zero is at least 2**-b in size, for the b returned.

    It is a quotient of algebraic integers, and `_heights` bounds their conjugates. The norm of the
    numerator, the product of its conjugates, is an integer other than 0.
    """
    degrees: dict[Part, int] = {}
    above, below = _heights(x, degrees)
    return (prod(degrees.values()) - 1) * above + below


def _heights(x: Irrational, degrees: dict[Part, int]) -> tuple[int, int]:
    """Bits that no conjugate of numerator or denominator exceeds; the roots go to `degrees`."""
    unit = lcm(*(k.denominator for _, k in _terms(x)))
    heights = []
    for monomial, k in _terms(x):
        above, below = int(abs(k) * unit).bit_length(), 0
        for part, exponent in monomial:
            n, root = abs(exponent.numerator), exponent.denominator
            if isinstance(part, Log):
                u, v, root = 1, 1, 1 << CAP  # transcendental: no degree is high enough
            elif isinstance(part, int):
                u, v = part.bit_length(), 0
            else:
                u, v = _heights(part, degrees)
            if exponent < 0:
                u, v = v, u
            # The root of U / V is that of U * V ** (root - 1), divided by V.
            above -= -n * (u + (root - 1) * v) // root
            below += n * v
            degrees[part] = lcm(degrees.get(part, 1), root)
        heights.append((above, below))
    shared = sum(below for _, below in heights)
    most = max(above + shared - below for above, below in heights)
    return most + len(heights).bit_length(), shared + unit.bit_length()
