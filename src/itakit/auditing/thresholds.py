"""Joints with a threshold: conditions, which are met or not, and deductions with a ceiling.

Conditions are exact in spans. A deduction is exact below its ceiling and above the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from itakit.auditing.curved import Terms, mirror
from itakit.auditing.linear import Region, scale_sum, split_sum
from itakit.auditing.points import Points
from itakit.auditing.span import End, Span, total

_PAIRS: Final = 20_000
"""As many bases with as many deductions are looked at one by one."""

# Conditions


def condition_up(terms: Terms, regions: Sequence[Region]) -> Region:
    """The highest score, the lowest, or either."""
    low, high = terms.range
    bar, k = _condition(terms)
    certain = sum(region.span.low_end >= (bar, 0) for region in regions)
    perhaps = sum(region.span.high_end >= (bar, 0) for region in regions)
    return Points.of([*[low] * (certain < k), *[high] * (perhaps >= k)])


def condition_down(terms: Terms, regions: Sequence[Region], whole: Region) -> list[Region]:
    """The parts with which the condition holds, or fails, as the score says."""
    low, high = terms.range
    bar, k = _condition(terms)
    above, below = Span((bar, 0), (high, 0)), Span((low, 0), (bar, -1))
    certain = [region.span.low_end >= (bar, 0) for region in regions]
    perhaps = [region.span.high_end >= (bar, 0) for region in regions]
    must: Span | None = None
    if low not in whole.span and sum(perhaps) == k:
        must = above
    if high not in whole.span and sum(certain) == k - 1:
        must = below
    if must is None:
        return list(regions)
    # A part that may and need not pass has numbers on both sides.
    return [
        (may and not passes and region.meet(must)) or region
        for region, passes, may in zip(regions, certain, perhaps, strict=True)
    ]


def _condition(terms: Terms) -> tuple[Fraction, Fraction]:
    """The score that counts as reached, and how many must reach it."""
    bar, k = terms.use.parameter("at_least"), terms.use.parameter("k")
    return (
        terms.range[1] if not isinstance(bar, Fraction) else bar,
        k if isinstance(k, Fraction) else Fraction(len(terms.weights)),
    )


# Deductions


def deduction_up(terms: Terms, regions: Sequence[Region]) -> Region | None:
    """A base less what is deducted; `None` where the base is not there."""
    base, _, less = _deduction(terms, regions)
    if base is None:
        return None
    bottom = terms.range[0]
    if isinstance(base, Points) and isinstance(less, Points) and len(base) * len(less) <= _PAIRS:
        return Points.of(max(one - other, bottom) for one in base for other in less)
    start, taken = base.span, less.span
    (most, above), (least, below) = taken.low_end, taken.high_end
    low = total((start.low_end, (-least, -below)))
    high = total((start.high_end, (-most, -above)))
    floor = (bottom, 0)
    return Span(max(low, floor), max(high, floor))


def _deduction(
    terms: Terms, regions: Sequence[Region]
) -> tuple[Region | None, Sequence[int], Region]:
    """Where the base may lie, which terms are deducted, and what they come to."""
    base, ceiling = terms.use.parameter("base"), terms.use.parameter("ceiling")
    deducted = [k for k, code in enumerate(terms.codes) if code != base]
    start: Region | None = Points.of([terms.range[1]])
    if base is not None:
        held = [region for region, code in zip(regions, terms.codes, strict=True) if code == base]
        start = held[0] if held else None
    taken: Region = Points.of([Fraction(0)])
    if deducted:
        taken = scale_sum([terms.weights[k] for k in deducted], [regions[k] for k in deducted])
    if isinstance(ceiling, Fraction):
        if isinstance(taken, Points):
            taken = Points.of(min(value, ceiling) for value in taken)
        else:
            taken = Span(min(taken.low_end, (ceiling, 0)), min(taken.high_end, (ceiling, 0)))
    return start, deducted, taken


def deduction_down(terms: Terms, regions: Sequence[Region], whole: Span) -> list[Region] | None:
    """The parts with which what is left lies in a span."""
    first, deducted, all_taken = _deduction(terms, regions)
    if first is None:
        return list(regions)
    start, taken = first.span, all_taken.span
    floor, ceiling = terms.range[0], terms.use.parameter("ceiling")
    # At the floor it is not known how far below it the difference was.
    least = (
        whole.low_end
        if whole.low_end > (floor, 0)
        else total((start.low_end, mirror(taken.high_end)))
    )
    left = Span(least, whole.high_end)
    found = list(regions)
    base = terms.use.parameter("base")
    for k, code in enumerate(terms.codes):
        if code == base:
            kept = regions[k].meet(
                Span(total((left.low_end, taken.low_end)), total((left.high_end, taken.high_end)))
            )
            if kept is None:
                return None
            found[k] = kept
    less = Span(
        total((start.low_end, mirror(left.high_end))),
        total((start.high_end, mirror(left.low_end))),
    )
    kept_taken = taken.meet(less)
    if kept_taken is None:
        return None
    if isinstance(ceiling, Fraction) and kept_taken.high_end >= (ceiling, 0):
        kept_taken = Span(kept_taken.low_end, _everything(terms, regions, deducted))
    if deducted:
        parts = split_sum(
            [terms.weights[k] for k in deducted], [regions[k] for k in deducted], kept_taken
        )
        if parts is None:
            return None
        for k, part in zip(deducted, parts, strict=True):
            found[k] = part
    return found


def _everything(terms: Terms, regions: Sequence[Region], deducted: Sequence[int]) -> End:
    """The most that would be deducted without a ceiling."""
    parts = scale_sum([terms.weights[k] for k in deducted], [regions[k] for k in deducted])
    return parts.span.high_end
