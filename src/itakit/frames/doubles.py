"""Doubles: units with more than one row among units with one, which is likely a slip.

Every row counts as a respondent. Where most units have one row, as in a table of figures by country
or by office, a second one is rather a row that was entered twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import narwhals.stable.v2 as nw

from itakit.errors import Problem
from itakit.frames.responses import ITEM, ROW, UNIT, Counts, Groups, Responses, lists, numbered
from itakit.frames.units import Units
from itakit.text import printable
from itakit.wording import say


def doubled(frame: Responses, counts: Counts, units: Units) -> Iterator[Problem]:
    """A warning, where at least as many units have one row as have more.

    None where respondents are named or have weights, and so are known to be more than one.
    """
    roles = frame.roles
    if roles.unit is None or roles.respondent is not None or roles.weight is not None:
        return
    if not roles.long:
        rows = _by_unit(Groups(counts.units, (), counts.rows), units)
        yield from _told(frame, counts, units, rows, None)
        return
    for item, group in counts.groups.items():
        # Where several respondents of a unit answered one item, that is how it is meant.
        rows = _by_unit(group, units)
        if (found := [*_told(frame, counts, units, rows, item)]) or _several(rows):
            yield from found
            return


def _by_unit(group: Groups, units: Units) -> Mapping[int, int]:
    """The rows of each unit, by its number."""
    rows: Counter[int] = Counter()
    for raw, n in zip(group.units, group.counts, strict=True):
        if (number := units.number(raw)) is not None:
            rows[number] += n
    return rows


def _several(rows: Mapping[int, int]) -> list[int]:
    """The units that have more than one row."""
    return sorted(number for number, n in rows.items() if n > 1)


def _told(
    frame: Responses, counts: Counts, units: Units, rows: Mapping[int, int], item: object
) -> Iterator[Problem]:
    several = _several(rows)
    if not several or 2 * len(several) > len(rows):
        return
    first = several[0]
    says = say(
        "rows-doubled",
        n=len(several),
        others=len(rows) - len(several),
        unit=printable(units.names[first]),
        rows=rows[first],
    )
    yield Problem(
        says,
        say("rows-doubled-what"),
        path=frame.name,
        line=_second(frame, [raw for raw in counts.units if units.number(raw) == first], item),
        key=frame.names[UNIT],
        severity="warning",
    )


def _second(frame: Responses, ways: list[object], item: object) -> int | None:
    """The line of a unit's second row; `None` where rows have no order."""
    if frame.lazy:
        return None
    rows = numbered(frame).filter(nw.col(UNIT).is_in(ways))
    if item is not None:
        rows = rows.filter(nw.col(ITEM) == item)
    return frame.line(sorted(lists(rows.select(ROW), ROW)[0])[1])
