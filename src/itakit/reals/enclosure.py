"""Enclosures, rounded outward, and how small a number can be that is not zero.

`decimal` documents its `ln` and `exp` as correctly rounded: libmpdec repeats them with more digits
until the rounding is certain wherever `allcr` is set, and CPython sets it in every context. The
truth thus lies strictly between the neighbours of a result, and one step outward is a proof. The
contexts are made here; the caller's is neither used nor changed. An overflow widens an enclosure to
infinity and fails nothing.
"""

from __future__ import annotations

import decimal
from decimal import Context, Decimal
from fractions import Fraction
from math import lcm, prod
from typing import TypeAlias

from attrs import field, frozen

from itakit.reals.form import CAP, ONE, Irrational, Log, Monomial, Part, terms_of

Bounds: TypeAlias = "tuple[Decimal, Decimal]"
_NIL, _UNIT = Decimal(0), (Decimal(1), Decimal(1))
_HALF = Fraction(1, 2)


@frozen
class Outward:
    """Interval arithmetic that rounds every end away from the truth."""

    down: Context
    up: Context
    logarithms: dict[Fraction, Bounds] = field(factory=dict)
    """Those of rationals so far: the terms of a sum share their bases."""

    def plus(self, x: Bounds, y: Bounds) -> Bounds:
        """An enclosure of the sum."""
        return self.down.add(x[0], y[0]), self.up.add(x[1], y[1])

    def times(self, x: Bounds, y: Bounds) -> Bounds:
        """The product of positive numbers, also where their lower ends are not."""
        low = self.down.multiply(max(x[0], _NIL), max(y[0], _NIL))
        return low, self.up.multiply(x[1], y[1])

    def scaled(self, x: Bounds, k: Fraction) -> Bounds:
        """An enclosure of a multiple."""
        n, d = k.numerator, k.denominator
        low, high = x if n > 0 else x[::-1]
        down, up = self.down, self.up
        return down.divide(down.multiply(low, n), d), up.divide(up.multiply(high, n), d)

    def around(self, low: Decimal, high: Decimal) -> Bounds:
        """What two correctly rounded results stand for."""
        return self.down.next_minus(low), self.up.next_plus(high)

    def ln(self, x: Bounds) -> Bounds:
        """An enclosure of the natural logarithm."""
        low = self.down.ln(x[0])
        return self.around(low, low if x[0] == x[1] else self.up.ln(x[1]))

    def ln_of(self, r: Fraction) -> Bounds:
        """The same for a rational number."""
        if r not in self.logarithms:
            self.logarithms[r] = self.ln(self.scaled(_UNIT, r))
        return self.logarithms[r]

    def exp(self, x: Bounds) -> Bounds:
        """An enclosure of the exponential."""
        return self.around(self.down.exp(x[0]), self.up.exp(x[1]))

    def sqrt(self, x: Bounds) -> Bounds:
        """An enclosure of the square root."""
        return self.around(self.down.sqrt(x[0]), self.up.sqrt(x[1]))


def digits_for(bits: int) -> int:
    """Decimal digits that hold as much as a number of bits."""
    return bits * 30103 // 100000 + 1  # the common logarithm of 2 is less than 0.30103


def outward(digits: int) -> Outward:
    """Arithmetic of a number of decimal digits, rounded outward."""
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
    return Outward(down, up)


def bounds_of(x: Irrational, at: Outward) -> Bounds:
    """An enclosure of a number."""
    total = _NIL, _NIL
    for monomial, k in terms_of(x):
        total = at.plus(total, value_of(monomial, k, at))
    return total


def value_of(monomial: Monomial, coefficient: Fraction, at: Outward) -> Bounds:
    """An enclosure of a multiple of a monomial."""
    # Parts with one exponent share a logarithm and an exponential, which are what costs time.
    alike: dict[Fraction, Bounds] = {}
    for part, exponent in monomial:
        if isinstance(part, int):
            bounds = Decimal(part), Decimal(part)
        elif isinstance(part, Log):
            (low, high), (least, most) = at.ln_of(Fraction(part.number)), at.ln_of(part.argument)
            bounds = at.down.divide(low, most), at.up.divide(high, max(least, _NIL))
        else:
            bounds = bounds_of(part, at)
        alike[exponent] = at.times(alike.get(exponent, _UNIT), bounds)
    value = at.times(alike.pop(ONE, _UNIT), at.sqrt(alike.pop(_HALF, _UNIT)))
    if alike:
        logarithm = _NIL, _NIL
        for exponent, bounds in alike.items():
            logarithm = at.plus(logarithm, at.scaled(at.ln(bounds), exponent))
        value = at.times(value, at.exp(logarithm))
    return at.scaled(value, coefficient)


def separation(x: Irrational) -> int:
    """A number that is not zero is at least 2**-b in size, for the b returned.

    It is a quotient of algebraic integers, and `heights` bounds their conjugates. The norm of the
    numerator, the product of its conjugates, is an integer other than 0.
    """
    degrees: dict[Part, int] = {}
    above, below = heights(x, degrees)
    return (prod(degrees.values()) - 1) * above + below


def heights(x: Irrational, degrees: dict[Part, int]) -> tuple[int, int]:
    """Bits that no conjugate of numerator or denominator exceeds; the roots go to `degrees`."""
    unit = lcm(*(k.denominator for _, k in terms_of(x)))
    found = []
    for monomial, k in terms_of(x):
        above, below = int(abs(k) * unit).bit_length(), 0
        for part, exponent in monomial:
            n, root = abs(exponent.numerator), exponent.denominator
            if isinstance(part, Log):
                u, v, root = 1, 1, 1 << CAP  # transcendental: no degree is high enough
            elif isinstance(part, int):
                u, v = part.bit_length(), 0
            else:
                u, v = heights(part, degrees)
            if exponent < 0:
                u, v = v, u
            # The root of U / V is that of U * V ** (root - 1), divided by V.
            above -= -n * (u + (root - 1) * v) // root
            below += n * v
            degrees[part] = lcm(degrees.get(part, 1), root)
        found.append((above, below))
    shared = sum(below for _, below in found)
    most = max(above + shared - below for above, below in found)
    return most + len(found).bit_length(), shared + unit.bit_length()
