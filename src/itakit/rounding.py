"""Rounding: where an exact score becomes a published figure.

The modes are those of the decimal arithmetic standard: a tie of ``half-up`` goes away from zero,
as in every spreadsheet, ``down`` goes towards zero and ``up`` away from it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from attrs import frozen

from itakit.reals import Number, compare, enclose

Mode: TypeAlias = Literal["half-up", "half-even", "down", "up"]
MODES: tuple[Mode, ...] = get_args(Mode)


@frozen
class Rounding:
    """How a score is published: a number of decimal places and what becomes of the rest."""

    places: int = 2
    mode: Mode = "half-up"
    carry: tuple[str, ...] = ()
    """The levels whose rounded scores, in place of the exact ones, are carried upward."""

    def __call__(self, value: Number) -> Decimal:
        """The published figure of a score, with exactly the places it is published with.

        >>> Rounding(2)(Fraction("27.695")), Rounding(2, "half-even")(Fraction("27.685"))
        (Decimal('27.70'), Decimal('27.68'))
        """
        scaled = self.integer(value)
        return Decimal(f"{scaled}E-{self.places}")  # exact, whatever the caller's context

    def integer(self, value: Number) -> int:
        """The published figure counted in units of its last place."""
        if isinstance(value, Fraction):
            return self.ratio(value.numerator, value.denominator)
        sign = compare(value, Fraction(0))
        floor, half = _floor(value, 10**self.places, sign)
        if half is None:
            return sign * floor
        up = {
            "down": False,
            "up": True,
            "half-up": half >= 0,
            "half-even": half > 0 or (half == 0 and floor % 2 == 1),
        }
        return sign * (floor + up[self.mode])

    def ratio(self, numerator: int, denominator: int) -> int:
        """The same for a fraction, in lowest terms or not."""
        unit: int = 10**self.places
        floor, rest = divmod(abs(numerator) * unit, denominator)
        match self.mode:
            case "half-up":
                floor += 2 * rest >= denominator
            case "half-even":
                floor += 2 * rest > denominator or (2 * rest == denominator and floor % 2 == 1)
            case "up":
                floor += rest > 0
        return floor if numerator >= 0 else -floor


def _floor(value: Number, unit: int, sign: int) -> tuple[int, int | None]:
    """The whole units in the size of a value, and how the rest compares with half a unit.

    The rest is `None` where there is none.
    """
    if sign == 0:
        return 0, None
    low, high = enclose(value, unit.bit_length() + 8)
    # The end nearer to zero is less than a unit away: the floor is this one or the next.
    floor = max(0, int((low if sign > 0 else -high) * unit))
    beyond = compare(value, Fraction(sign * (floor + 1), unit)) * sign
    if beyond < 0:
        beyond = compare(value, Fraction(sign * floor, unit)) * sign
    else:
        floor += 1
    if beyond == 0:
        return floor, None
    return floor, compare(value, Fraction(sign * (2 * floor + 1), 2 * unit)) * sign
