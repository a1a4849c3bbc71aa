"""Linear joints: means and sums, upward and downward, in spans and in points.

What a score may be is the sum of what its parts may be; what a part may be is what is left of the
score when the other parts are taken from it. For spans alone, and for points alone, that is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from itakit.auditing.points import Points, aligned, others, sums, supported
from itakit.auditing.span import Span, total

Region: TypeAlias = Span | Points
"""Where a score may lie."""


def scale_sum(factors: Sequence[Fraction], regions: Sequence[Region]) -> Region:
    """All sums of numbers of several regions, each times its factor above zero."""
    points = _points(factors, regions)
    if points is not None and len(points) == len(regions):
        added = sums(points)
        if added is not None:
            return added
    return _hull(factors, regions)


def split_sum(
    factors: Sequence[Fraction], regions: Sequence[Region], whole: Region
) -> list[Region] | None:
    """The numbers of each region that have a sum in a whole with numbers of the others.

    `None` where nothing has.
    """
    found: list[Region] | None = list(regions)
    listed = [k for k, region in enumerate(regions) if isinstance(region, Points)]
    if listed:
        found = _split_points(factors, regions, whole, listed)
    if found is None or len(listed) == len(regions):
        return found
    return _split_spans(factors, found, whole.span)


def _hull(factors: Sequence[Fraction], regions: Sequence[Region]) -> Span:
    spans = [r.span.times(f) for f, r in zip(factors, regions, strict=True)]
    return Span(total(s.low_end for s in spans), total(s.high_end for s in spans))


def _points(factors: Sequence[Fraction], regions: Sequence[Region]) -> list[Points] | None:
    """The parts that are listed, in one unit."""
    terms = [(f, r) for f, r in zip(factors, regions, strict=True) if isinstance(r, Points)]
    return aligned(terms) if terms else None


def _minus(whole: Span, part: Span) -> Span:
    """What is left of a whole when a part is taken from it."""
    (low, above), (high, below) = part.low_end, part.high_end
    return Span(total((whole.low_end, (-high, -below))), total((whole.high_end, (-low, -above))))


def _split_points(
    factors: Sequence[Fraction], regions: Sequence[Region], whole: Region, listed: Sequence[int]
) -> list[Region] | None:
    found = list(regions)
    points = _points(factors, regions)
    added = sums(points) if points is not None else None
    if points is None or added is None:
        return found if len(listed) < len(regions) else _split_spans(factors, found, whole.span)
    spans = [k for k in range(len(regions)) if k not in listed]
    wanted: Points | None
    if spans:
        rest = _hull([factors[k] for k in spans], [regions[k] for k in spans])
        wanted = added.meet(_minus(whole.span, rest))
    elif isinstance(whole, Points):
        wanted = added.keep(whole) if len(whole) < len(added) else added
    else:
        wanted = added.meet(whole)
    if wanted is None:
        return None
    if len(wanted) == len(added):
        return found
    for k, one, rest_points in zip(listed, points, others(points), strict=True):
        kept = one if rest_points is None else supported(one, rest_points, wanted)
        if len(kept) < len(one):
            found[k] = kept.over(factors[k])
    return found


def _split_spans(
    factors: Sequence[Fraction], regions: Sequence[Region], whole: Span
) -> list[Region] | None:
    parts = [r.span.times(f) for f, r in zip(factors, regions, strict=True)]
    # Ends are summed once, and each part's own is taken out again: sides as how many are open.
    low, high = sum(s.low for s in parts), sum(s.high for s in parts)
    above, below = sum(s.low_open for s in parts), sum(s.high_open for s in parts)
    found: list[Region] = []
    for factor, region, part in zip(factors, regions, parts, strict=True):
        rest_low = (low - part.low, above - part.low_open)
        rest_high = (high - part.high, below - part.high_open)
        least = (whole.low - rest_high[0], int(rest_high[1] > 0 or whole.low_open))
        most = (whole.high - rest_low[0], -int(rest_low[1] > 0 or whole.high_open))
        if least <= part.low_end and part.high_end <= most:
            found.append(region)
            continue
        kept = region.meet(Span(least, most).times(1 / factor))
        if kept is None:
            return None
        found.append(kept)
    return found
