"""Joints that are no sums: extremes, medians, and any monotone method.

Extremes and medians are exact in spans. Of other monotone methods the two ends of the parts bound
the score, and a part is bounded by halving; of the rest nothing is inferred.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import ceil, floor
from typing import Final

from attrs import frozen

from itakit.auditing.linear import Region
from itakit.auditing.points import Points
from itakit.auditing.span import End, Span, side, total
from itakit.methods import Inapplicable, Use
from itakit.reals import Undecidable, enclose, power

_BITS: Final = 48
_GRID: Final = 1 << 24
_HALVINGS: Final = 12
"""How often the span of a part is halved: what is kept too much is a four-thousandth of it."""
_EXPONENTS: Final = {"harmonic-mean": Fraction(-1)}


@frozen
class Terms:
    """What a method is given beside the scores of its terms."""

    use: Use
    weights: tuple[Fraction, ...]
    codes: tuple[str, ...]
    range: tuple[Fraction, Fraction]


# Extremes and medians


def order(name: str, weights: Sequence[Fraction]) -> Callable[[Sequence[End]], End]:
    """The extreme or the median of ends."""
    if name == "min":
        return min
    return max if name == "max" else lambda ends: _median(ends, weights)


def _median(ends: Sequence[End], weights: Sequence[Fraction]) -> End:
    ordered = sorted(zip(ends, weights, strict=True))
    passed = list(accumulate(weight for _, weight in ordered))
    half = passed[-1] / 2
    middle = bisect_left(passed, half)
    if passed[middle] > half:
        return ordered[middle][0]
    value, its_side = total((ordered[middle][0], ordered[middle + 1][0]))
    return value / 2, its_side


def order_up(terms: Terms, regions: Sequence[Region]) -> Region:
    """Where an extreme or a median may lie."""
    name, spans = terms.use.name, [region.span for region in regions]
    chosen = order(name, terms.weights)
    span = Span(chosen([s.low_end for s in spans]), chosen([s.high_end for s in spans]))
    listed = [region for region in regions if isinstance(region, Points)]
    if name != "median" and len(listed) == len(regions):
        values = {value for points in listed for value in points if value in span}
        return Points.of(values)
    return span


def order_down(terms: Terms, regions: Sequence[Region], whole: Span) -> list[Region] | None:
    """The parts with which an extreme or a median lies in a span."""
    chosen = order(terms.use.name, terms.weights)
    lows = [region.span.low_end for region in regions]
    highs = [region.span.high_end for region in regions]
    found: list[Region] = []
    for k, region in enumerate(regions):
        # As a function of one part it is flat, that part, or midway between it and another.
        least = _first(chosen, highs, k, lows[k], whole.low_end)
        most = _first(
            lambda ends: mirror(chosen([mirror(end) for end in ends])),
            [mirror(end) for end in lows],
            k,
            mirror(highs[k]),
            mirror(whole.high_end),
        )
        if least is None or most is None or least > mirror(most):
            return None
        kept = region.meet(Span(least, mirror(most)))
        if kept is None:
            return None
        found.append(kept)
    return found


def mirror(end: End) -> End:
    """The end of the mirrored span."""
    return -end[0], -end[1]


def _first(
    chosen: Callable[[Sequence[End]], End], others: Sequence[End], k: int, start: End, goal: End
) -> End | None:
    """The least that a part may be from a start on, the others at given ends, to reach a goal."""
    midway = [
        (2 * goal[0] - other[0], side(2 * goal[1] - other[1]))
        for j, other in enumerate(others)
        if j != k
    ]
    for part in sorted({start, *(end for end in (goal, *midway) if end > start)}):
        # However little above its end it is, another may be closer still to its own.
        above = part[0], 2 * part[1]
        if chosen([*others[:k], above, *others[k + 1 :]]) >= goal:
            return part
    return None


# Any monotone method


def monotone_up(terms: Terms, regions: Sequence[Region]) -> Span | None:
    """Where the score may lie; `None` where the method does not say."""
    lows, highs = _snapped(regions)
    low, high = _enclosed(terms, lows), _enclosed(terms, highs)
    return None if low is None or high is None else Span.of(low[0], high[1])


def _snapped(regions: Sequence[Region]) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """The ends of regions, moved outward to numbers that cost little to calculate with."""
    return (
        tuple(Fraction(floor(region.span.low * _GRID), _GRID) for region in regions),
        tuple(Fraction(ceil(region.span.high * _GRID), _GRID) for region in regions),
    )


@lru_cache(1 << 14)
def _enclosed(terms: Terms, values: tuple[Fraction, ...]) -> tuple[Fraction, Fraction] | None:
    """Bounds of the method's score of some terms."""
    exponent = _EXPONENTS.get(terms.use.name, terms.use.parameter("exponent"))
    try:
        if isinstance(exponent, Fraction) and exponent and min(values) > 0:
            return _power_mean(terms, values, exponent)
        score = terms.use(list(zip(values, terms.weights, strict=True)), terms.range, terms.codes)
        return enclose(score, _BITS)
    except (Inapplicable, Undecidable, ArithmeticError, ValueError):
        return None


def _power_mean(
    terms: Terms, values: tuple[Fraction, ...], exponent: Fraction
) -> tuple[Fraction, Fraction]:
    """Bounds of a power mean: those of each power, and then those of the root."""
    whole, least, most = sum(terms.weights, Fraction(0)), Fraction(0), Fraction(0)
    for value, weight in zip(values, terms.weights, strict=True):
        low, high = enclose(power(value, exponent), _BITS)
        least, most = least + low * weight / whole, most + high * weight / whole
    unit = 1 << (4 * _BITS)
    ends = Fraction(floor(least * unit), unit), Fraction(ceil(most * unit), unit)
    low, high = ends if exponent > 0 else ends[::-1]
    return enclose(power(low, 1 / exponent), _BITS)[0], enclose(power(high, 1 / exponent), _BITS)[1]


def monotone_down(terms: Terms, regions: Sequence[Region], whole: Span) -> list[Region] | None:
    """The parts with which the score may lie in a span, found by halving."""
    lows, highs = _snapped(regions)
    least, most = _enclosed(terms, lows), _enclosed(terms, highs)
    if least is None or most is None or (whole.low <= least[0] and most[1] <= whole.high):
        return list(regions)
    found: list[Region] = []
    for k, region in enumerate(regions):
        low, high = lows[k], highs[k]
        if least[0] < whole.low:
            low = _halved(terms, highs, k, (low, high), whole.low)
        if most[1] > whole.high:
            high = _halved(terms, lows, k, (highs[k], lows[k]), whole.high)
        kept = region.meet(Span.of(low, high)) if low <= high else None
        if kept is None:
            return None
        found.append(kept)
    return found


def _halved(
    terms: Terms,
    others: tuple[Fraction, ...],
    k: int,
    ends: tuple[Fraction, Fraction],
    goal: Fraction,
) -> Fraction:
    """How far a part may be moved from one end to the other and still miss a goal."""
    missing, reaching = ends
    upward = reaching > missing
    for _ in range(_HALVINGS):
        middle = (missing + reaching) / 2
        score = _enclosed(terms, (*others[:k], middle, *others[k + 1 :]))
        if score is not None and (score[1] < goal if upward else score[0] > goal):
            missing = middle
        else:
            reaching = middle
    return missing
