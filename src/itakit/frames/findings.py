"""Findings: what is wrong with responses, each told once, with how often and where first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import narwhals.stable.v2 as nw
from attrs import define, field

from itakit.errors import Problem
from itakit.frames.cells import blank, filled, shown
from itakit.frames.responses import ITEM, ROW, UNIT, Responses, lists, numbered
from itakit.wording import Message, say

MOST = 20
"""The most values of one column that are told; the rest is told as a number."""


@define
class Finding:
    """Something that is wrong with a value of a column."""

    says: Message
    """What is wrong; it has the blanks value and n."""
    advice: Message | None
    key: object
    """The value, or the unit where it is the unit's values together that are wrong."""
    n: int = 0
    """How often it stands."""
    unit: Any = None
    """The first unit, in the order of units, where rows have none."""

    def count(self, n: int, unit: Any) -> None:
        """Count it n times more, in a unit."""
        self.n += n
        if not blank(unit) and (blank(self.unit) or _order(unit) < _order(self.unit)):
            self.unit = unit


@define
class Findings:
    """What is wrong with one frame, by column, item and value as the frame writes them."""

    responses: Responses
    values: dict[tuple[str, Any], dict[object, Finding]] = field(factory=dict)
    """By column and item, and by value."""
    units: dict[tuple[str, Any], dict[object, Finding]] = field(factory=dict)
    """By column and item, and by unit."""

    def note(
        self,
        column: str,
        value: Any,
        n: int,
        unit: Any,
        says: Message,
        advice: Message | None = None,
        item: Any = None,
    ) -> None:
        """Note that a value is wrong, which stands n times in a column or for an item."""
        here = self.values.setdefault((column, item), {})
        here.setdefault(key_of(value), Finding(says, advice, value)).count(n, unit)

    def note_unit(
        self,
        column: str,
        n: int,
        unit: Any,
        says: Message,
        advice: Message | None = None,
        item: Any = None,
    ) -> None:
        """Note that the n values of a unit in a column or for an item are wrong together."""
        here = self.units.setdefault((column, item), {})
        here.setdefault(key_of(unit), Finding(says, advice, unit)).count(n, unit)

    def problems(self) -> Iterator[Problem]:
        """Every finding with its count and its first row."""
        for found, by_unit in ((self.values, False), (self.units, True)):
            for (column, item), here in found.items():
                rows = self.first_rows(column, item, UNIT if by_unit else column)
                key = self.responses.names.get(column, column) if item is None else str(item)
                worst = sorted(here.values(), key=lambda finding: (-finding.n, str(finding.key)))
                for finding in worst[:MOST]:
                    yield self._problem(finding, key, rows.get(key_of(finding.key)))
                if len(worst) > MOST:
                    says = say("more-values", n=len(worst) - MOST)
                    yield Problem(says, path=self.responses.name, key=key)

    def _problem(self, finding: Finding, key: str, row: int | None) -> Problem:
        often = "once" if finding.n == 1 else "times"
        place = say(often, n=finding.n)
        if row is None and not blank(finding.unit):
            place = say(f"{often}-in", n=finding.n, unit=shown(finding.unit))
        return Problem(
            Message(finding.says.name, {**finding.says.values, "n": place}),
            finding.advice,
            path=self.responses.name,
            line=None if row is None else self.responses.line(row),
            key=key,
        )

    def first_rows(self, column: str, item: Any, by: str) -> Mapping[object, int]:
        """The first row of every value of a column; none where rows have no order."""
        if self.responses.lazy:
            return {}
        frame = numbered(self.responses)
        if item is not None:
            frame = frame.filter(nw.col(ITEM) == item)
        if by != column:
            frame = frame.filter(filled(column, frame.collect_schema()[column]))
        first = frame.select(by, ROW).group_by(by).agg(nw.col(ROW).min())
        rows: dict[object, int] = {}
        for value, row in zip(*lists(first, by, ROW), strict=True):
            rows[key_of(value)] = min(row, rows.get(key_of(value), row))
        return rows


def key_of(value: Any) -> object:
    """What tells a value from others; nothing is nothing, in whatever way it is written."""
    return None if blank(value) else (type(value), value)


def _order(unit: Any) -> tuple[bool, Any]:
    return (False, unit) if isinstance(unit, int) else (True, str(unit))
