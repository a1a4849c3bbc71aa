"""Mending: which figure, changed to what, would make a table consistent; and usual slips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from attrs import evolve, frozen

from itakit.auditing.claims import Claims, Rise, printable
from itakit.auditing.figures import Figure, Kind
from itakit.auditing.grading import Grading
from itakit.auditing.linear import Region
from itakit.auditing.points import Points
from itakit.auditing.recomputing import values_as_printed
from itakit.auditing.span import Span
from itakit.auditing.verdicts import bench
from itakit.reals import Undecidable
from itakit.rounding import Rounding

LISTED: Final = 10
"""How many figures that one could be changed to are listed."""
_NEAR: Final = 1_000
"""In how wide a choice of figures it says nothing that one has two digits swapped."""
Slip: TypeAlias = Literal["sum-of-weighted", "rounded-first"]


@frozen
class Repair:
    """A figure that would be consistent with the others if it were another."""

    code: str
    kind: Kind
    printed: str
    values: tuple[str, ...]
    """What it would have to be, the nearest first; not all of them where they are many."""
    first: str
    last: str
    n: int
    """How many figures there are from the first to the last that would do."""
    gaps: bool = False
    """Whether some figures between the first and the last would not do."""
    swapped: bool = False
    """Whether one of them has two neighbouring digits of the printed one the other way round."""


@frozen
class Hint:
    """A usual slip that gives the printed figure."""

    code: str
    printed: str
    slip: Slip


def repairs(claims: Claims, grade: str | None = None) -> tuple[Repair, ...]:
    """Every single figure that another one in its place would make fit, the least change first.

    With a grade, the table must agree with that, too.
    """
    found = [
        repair
        for figure in claims.numbers
        if (region := _left(claims, figure, grade)) is not None
        if (repair := _tried(claims, figure, _repair(claims, figure, region), grade)) is not None
    ]
    return tuple(sorted(found, key=_change))


def _tried(claims: Claims, figure: Figure, repair: Repair, grade: str | None) -> Repair | None:
    """A repair without what next to the printed figure mends nothing; `None` where that is all.

    Where a method is not exactly inverted, a region holds a little more than it should.
    """
    values = [text for text in repair.values if Decimal(text) != figure.value]
    while values and not _agrees(claims, figure, Decimal(values[0]), grade):
        values.pop(0)
    if len(values) == len(repair.values):
        return repair
    above = all(Decimal(text) > figure.value for text in values)
    below = all(Decimal(text) < figure.value for text in values)
    ends = values[:1] * above or [repair.first], values[:1] * below or [repair.last]
    n = repair.n - len(repair.values) + len(values)
    changed = evolve(repair, values=tuple(values), n=n, first=ends[0][0], last=ends[1][0])
    return changed if values else None


def _agrees(claims: Claims, figure: Figure, value: Decimal, grade: str | None) -> bool:
    """Whether a table agrees with another figure in the place of one."""
    other = evolve(figure, text=str(value))
    numbers = [other if one is figure else one for one in claims.numbers]
    changed = bench(claims.network, numbers)
    if grade is None or not changed.consistent:
        return changed.consistent
    cuts = changed.claims.cuts(numbers) or {}
    return grade in Grading(changed.claims.network, cuts).possible()


def _left(claims: Claims, figure: Figure, grade: str | None) -> Region | None:
    """Where the score of a figure may lie, given all others and a grade."""
    if grade is None or claims.rest(figure) is None:
        return claims.rest(figure)
    i = claims.node(figure)
    cuts = claims.cuts(other for other in claims.numbers if other is not figure) or {}
    cuts.setdefault(i, claims.network.whole)
    regions = [way[i] for way in Grading(claims.network, cuts).ways(grade)]
    return min(joined(regions), key=lambda region: _far(claims, figure, region), default=None)


def joined(regions: Iterable[Region]) -> list[Region]:
    """Regions, those that meet taken together."""
    spans: list[Span] = []
    values: set[Fraction] = set()
    for region in sorted(regions, key=lambda region: region.span.low_end):
        if isinstance(region, Points):
            values.update(region)
        elif spans and region.low_end <= spans[-1].high_end:
            last = spans.pop()
            spans.append(Span(last.low_end, max(last.high_end, region.high_end)))
        else:
            spans.append(region)
    return [*spans, *([Points.of(values)] if values else [])]


def _far(claims: Claims, figure: Figure, region: Region) -> Decimal:
    """How far a figure is from what the scores of a region are printed as."""
    first, last, _ = printable(claims.shown(figure, region), claims.rounding(figure))
    return max(first - figure.value, figure.value - last, Decimal(0))


def regraded(claims: Claims, grade: str, names: Sequence[str]) -> tuple[Repair, ...]:
    """The grades that figures allow, in the place of the printed one; none where that is one."""
    if not names or grade in names:
        return ()
    code = claims.network.scheme.root.code
    return (Repair(code, "grade", grade, tuple(names), names[0], names[-1], len(names)),)


def replaced(claims: Claims, risen: Rise) -> tuple[Repair, ...]:
    """What those figures would have to be that what is below them excludes."""
    return tuple(
        _repair(claims, figure, region)
        for figure in risen.impossible
        if (region := risen.below[figure]) is not None
    )


def _repair(claims: Claims, figure: Figure, region: Region) -> Repair:
    rounding, shown = claims.rounding(figure), claims.shown(figure, region)
    first, last, n = printable(shown, rounding)
    near = sorted(_candidates(figure, shown, rounding), key=lambda v: (abs(v - figure.value), v))
    swaps = {Decimal(text) for text in _swaps(figure.text)}
    between = int((last - first).scaleb(figure.places)) + 1
    swapped = between <= _NEAR and any(
        shown.meet(claims.network.figure(swap, figure.places)) is not None for swap in swaps
    )
    values = tuple(str(value) for value in near[:LISTED])
    return Repair(
        figure.code,
        figure.kind,
        figure.text,
        values,
        str(first),
        str(last),
        n,
        n < between,
        swapped,
    )


def _candidates(figure: Figure, region: Region, rounding: Rounding) -> set[Decimal]:
    """Figures that a score of a region may be printed as, those next to the printed one."""
    if isinstance(region, Points) and len(region) <= 10_000:
        return {rounding(value) for value in region}
    first, last, n = printable(region, rounding)
    unit = Decimal(1).scaleb(-rounding.places)
    start = max(first, min(last, figure.value))
    near = {start + k * unit for k in range(-min(n, LISTED), min(n, LISTED) + 1)}
    return {value for value in near if first <= value <= last}


def _change(repair: Repair) -> tuple[Decimal, bool]:
    return abs(Decimal(repair.values[0]) - Decimal(repair.printed)), repair.kind == "weighted"


def _swaps(text: str) -> Iterator[str]:
    """The figure with two neighbouring digits the other way round."""
    digits = [k for k, c in enumerate(text) if c.isdigit()]
    for one, other in pairwise(digits):
        if text[one] != text[other]:
            letters = list(text)
            letters[one], letters[other] = letters[other], letters[one]
            yield "".join(letters)


def hints(claims: Claims, doubtful: Sequence[Figure]) -> tuple[Hint, ...]:
    """The usual slips that give figures which do not follow."""
    found = []
    for figure in doubtful:
        if figure.kind == "score" and _adds_weighted(claims, figure):
            found.append(Hint(figure.code, figure.text, "sum-of-weighted"))
        elif _rounds_first(claims, figure):
            found.append(Hint(figure.code, figure.text, "rounded-first"))
    return tuple(found)


def _adds_weighted(claims: Claims, figure: Figure) -> bool:
    """Whether a figure is the sum of the printed weighted figures below it."""
    joint = claims.network.joints.get(claims.node(figure))
    if joint is None or joint.factors is None:
        return False
    weighted = {claims.node(f): f.value for f in claims.numbers if f.kind == "weighted"}
    return all(k in weighted for k in joint.children) and figure.value == sum(
        weighted[k] for k in joint.children
    )


def _rounds_first(claims: Claims, figure: Figure) -> bool:
    """Whether a figure is what rounded scores make of it."""
    lower = [
        other
        for other in claims.numbers
        if claims.node(figure) < claims.node(other)
        or (other.kind == "score" and figure.kind == "weighted" and other.code == figure.code)
    ]
    scheme, i = claims.network.scheme, claims.node(figure)
    below, _ = values_as_printed(claims, lower, scheme.rounding)
    try:
        if i not in below:
            return False
        score = Fraction(scheme.rounding(below[i]))
        if figure.kind == "weighted":
            score *= claims.factors[i]
        return claims.rounding(figure)(score) == figure.value
    except Undecidable:
        return False
