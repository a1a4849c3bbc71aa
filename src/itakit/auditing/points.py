"""Points: the scores that a node can take where the items below it take few.

They are kept as the bits of one integer, so that all sums of two sets are a few shifts of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from operator import or_
from typing import Final

from attrs import field, frozen

from itakit.auditing.span import Span

LONGEST: Final = 1 << 18
"""The most steps from the least to the greatest score of a set; a longer one is not listed."""
_WORK: Final = 1 << 31
_ONE: Final = Fraction(1)


@frozen
class Points:
    """Some numbers, each a whole number of steps of a unit."""

    unit: Fraction
    """How many steps there are in 1; less than one where a step is longer, as with 0 and 100."""
    base: int
    """The least of the numbers, in steps."""
    bits: int = field(repr=False)  # Python writes no integer of so many digits
    """A bit for every step from the least one on; the first is set."""

    @classmethod
    def of(cls, values: Iterable[Fraction]) -> Points:
        """The set of some numbers; at least one."""
        given = set(values)
        longest = gcd(*(value.numerator for value in given)) or 1
        unit = Fraction(lcm(*(value.denominator for value in given)), longest)
        return _made(unit, [int(value * unit) for value in given])

    @property
    def low(self) -> Fraction:
        """The least of them."""
        return self.base / self.unit

    @property
    def high(self) -> Fraction:
        """The greatest of them."""
        return (self.base + self.bits.bit_length() - 1) / self.unit

    @property
    def span(self) -> Span:
        """The least span around them."""
        return Span.of(self.low, self.high)

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[Fraction]:
        return (step / self.unit for step in self.steps())

    def steps(self) -> Iterator[int]:
        """The numbers in steps, from the least."""
        text = f"{self.bits:b}"[::-1]
        at = text.find("1")
        while at >= 0:
            yield self.base + at
            at = text.find("1", at + 1)

    def meet(self, span: Span) -> Points | None:
        """Those that lie in a span; `None` where none do."""
        low, high = span.low * self.unit, span.high * self.unit
        first = -(-low.numerator // low.denominator)
        first += span.low_open and first == low
        last = high.numerator // high.denominator
        last -= span.high_open and last == high
        skip = max(0, first - self.base)
        bits = self.bits >> skip
        keep = last - self.base - skip + 1
        bits = bits & ((1 << keep) - 1) if keep > 0 else 0
        if not bits:
            return None
        zeros = (bits & -bits).bit_length() - 1
        return Points(self.unit, self.base + skip + zeros, bits >> zeros)

    def keep(self, other: Points) -> Points | None:
        """Those that are in another set, too, in the same steps; `None` where none are."""
        found = aligned([(_ONE, self), (_ONE, other)])
        if found is None:  # too long for that, and so rare that it may take its time
            wanted = set(other)
            kept = [step for step in self.steps() if step / self.unit in wanted]
            return _made(self.unit, kept) if kept else None
        one, two = found
        base = max(one.base, two.base)
        bits = (one.bits >> (base - one.base)) & (two.bits >> (base - two.base))
        if not bits:
            return None
        zeros = (bits & -bits).bit_length() - 1
        kept_points = Points(one.unit, base + zeros, bits >> zeros)
        return _scaled(kept_points, _ONE, self.unit)

    def over(self, factor: Fraction) -> Points:
        """Each of them divided by a number above zero."""
        return Points(self.unit * factor, self.base, self.bits)


def _made(unit: Fraction, steps: Sequence[int]) -> Points:
    base = min(steps)
    data = bytearray((max(steps) - base) // 8 + 1)
    for step in steps:
        data[(step - base) >> 3] |= 1 << ((step - base) & 7)
    return Points(unit, base, int.from_bytes(data, "little"))


def _scaled(points: Points, factor: Fraction, unit: Fraction) -> Points | None:
    """All numbers times a factor above zero, in steps of another unit that holds them."""
    per = factor * unit / points.unit
    if per == 1:
        return Points(unit, points.base, points.bits)
    if points.bits.bit_length() * per > LONGEST:
        return None
    times, over = per.numerator, per.denominator
    return _made(unit, [step * times // over for step in points.steps()])


def aligned(
    terms: Sequence[tuple[Fraction, Points]],
) -> list[Points] | None:
    """Several sets, each times its factor, in steps of one unit; `None` where that is too long."""
    steps = [factor / points.unit for factor, points in terms]
    longest = gcd(*(step.numerator for step in steps))
    unit = Fraction(lcm(*(step.denominator for step in steps)), longest)
    found = [_scaled(points, factor, unit) for factor, points in terms]
    return None if None in found else [points for points in found if points is not None]


def add(one: Points, other: Points) -> Points | None:
    """All sums of a number of one set and a number of another; `None` where they are too many."""
    few, many = sorted((one, other), key=len)
    length = one.bits.bit_length() + other.bits.bit_length()
    if length > LONGEST or len(few) * length > _WORK:
        return None
    bits = reduce(or_, (many.bits << (step - few.base) for step in few.steps()))
    return Points(one.unit, one.base + other.base, bits)


def sums(terms: Sequence[Points]) -> Points | None:
    """All sums of a number of each of several sets."""
    found: Points | None = terms[0]
    for term in terms[1:]:
        found = None if found is None else add(found, term)
    return found


def others(terms: Sequence[Points]) -> list[Points | None]:
    """For each of several sets, all sums of a number of each of the others."""
    nothing = Points(terms[0].unit, 0, 1)
    before: list[Points | None] = [nothing]
    for term in terms[:-1]:
        last = before[-1]
        before.append(None if last is None else add(last, term))
    found: list[Points | None] = []
    after: Points | None = nothing
    for term, left in zip(reversed(terms), reversed(before), strict=True):
        found.append(None if left is None or after is None else add(left, after))
        after = None if after is None else add(after, term)
    return found[::-1]


def supported(one: Points, rest: Points, wanted: Points) -> Points:
    """The numbers of one set that give a wanted sum with a number of the rest; all in one unit.

    There is at least one: what is wanted are sums of both.
    """
    kept = []
    for step in one.steps():
        shift = step + rest.base - wanted.base
        bits = rest.bits << shift if shift >= 0 else rest.bits >> -shift
        if bits & wanted.bits:
            kept.append(step)
    return _made(one.unit, kept)
