"""Spans: where an exact score may lie, with ends that belong to it or do not.

An end is a pair of a value and a side, 0 at the value, 1 just above it and -1 just below it. Pairs
compare as numbers that are nearly equal do, so that a half-open interval needs no case of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from itakit.numerals import plain
from itakit.rounding import Mode, Rounding

End: TypeAlias = tuple[Fraction, int]
_HALF = Fraction(1, 2)


@frozen
class Span:
    """All numbers from one end to another."""

    low_end: End
    high_end: End

    @classmethod
    def of(cls, low: Fraction, high: Fraction) -> Span:
        """A span with both of its ends."""
        return cls((low, 0), (high, 0))

    @property
    def low(self) -> Fraction:
        """The least number, or the one just below all of them."""
        return self.low_end[0]

    @property
    def high(self) -> Fraction:
        """The greatest number, or the one just above all of them."""
        return self.high_end[0]

    @property
    def low_open(self) -> bool:
        """Whether the lower end is no part of it."""
        return self.low_end[1] != 0

    @property
    def high_open(self) -> bool:
        """Whether the upper end is no part of it."""
        return self.high_end[1] != 0

    @property
    def span(self) -> Span:
        """Itself: the least span around it."""
        return self

    def meet(self, other: Span) -> Span | None:
        """What two spans share; `None` where that is nothing."""
        low = max(self.low_end, other.low_end)
        high = min(self.high_end, other.high_end)
        return Span(low, high) if low <= high else None

    def __contains__(self, value: Fraction) -> bool:
        return self.low_end <= (value, 0) <= self.high_end

    def times(self, factor: Fraction) -> Span:
        """Every number multiplied by one above zero."""
        (low, above), (high, below) = self.low_end, self.high_end
        return Span((low * factor, above), (high * factor, below))

    def printed(self, rounding: Rounding) -> tuple[Decimal, Decimal]:
        """The first and the last figure that its numbers may be printed as."""
        first, last = (_figure(end, rounding) for end in (self.low_end, self.high_end))
        return Decimal(f"{first}E-{rounding.places}"), Decimal(f"{last}E-{rounding.places}")

    def __str__(self) -> str:
        left, right = "[("[self.low_open], "])"[self.high_open]
        return f"{left}{plain(self.low)}, {plain(self.high)}{right}"


def side(number: int) -> int:
    """The side that a sum of sides is on."""
    return (number > 0) - (number < 0)


def total(ends: Iterable[End]) -> End:
    """The sum of several ends."""
    value, sides = Fraction(0), 0
    for number, its_side in ends:
        value += number
        sides += its_side
    return value, side(sides)


def rounds_to(figure: Decimal | Fraction | int, places: int, mode: Mode) -> Span:
    """The numbers that a figure is printed for, at a number of places."""
    unit = 10**places
    n = Fraction(figure) * unit
    match mode:
        case "half-up":
            span = Span((n - _HALF, int(n <= 0)), (n + _HALF, -int(n >= 0)))
        case "half-even":
            odd = int(n.numerator % 2)
            span = Span((n - _HALF, odd), (n + _HALF, -odd))
        case "down":
            span = Span((n - (n <= 0), int(n <= 0)), (n + (n >= 0), -int(n >= 0)))
        case _:  # up
            span = Span((n - (n > 0), int(n > 0)), (n + (n < 0), -int(n < 0)))
    return span.times(Fraction(1, unit))


def _figure(end: End, rounding: Rounding) -> int:
    """What a number at an end is printed as, in units of the last place."""
    n = rounding.integer(end[0])
    span = rounds_to(Fraction(n, 10**rounding.places), rounding.places, rounding.mode)
    return n + (end > span.high_end) - (end < span.low_end)
