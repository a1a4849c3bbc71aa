"""Persons: respondents where they are named, each counted once and none twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from itakit.errors import Problem
from itakit.frames.cells import as_text, filled
from itakit.frames.responses import (
    ITEM,
    RESPONDENT,
    ROW,
    UNIT,
    VALUE,
    WEIGHT,
    Counts,
    Frame,
    Groups,
    N,
    Responses,
    lists,
    numbered,
)
from itakit.text import printable, tidy
from itakit.wording import Message, say

_MOST = 20


@frozen(eq=False)
class Asked:
    """A frame that was counted, and the items that it asks."""

    frame: Responses
    counts: Counts
    items: Mapping[int, Sequence[Any]]
    """By node, its column, or the ways in which a long frame writes it."""
    silent: Mapping[Any, Sequence[Any]]
    """By such a column or way, the values that say that nobody answered."""

    @property
    def named(self) -> bool:
        """Whether it names respondents."""
        return self.frame.roles.respondent is not None

    def persons(self, items: Iterable[int], part: Frame | None = None) -> Frame:
        """The units and respondents, as texts, of the rows that hold an answer to an item."""
        part = self.frame.frame if part is None else part
        schema = part.collect_schema()
        keys = [key for i in items for key in self.items.get(i, ())]
        if self.frame.roles.long:
            answered = nw.col(ITEM).is_in(keys) & filled(VALUE, schema[VALUE])
            for key in keys:
                for value in self.silent.get(key, ()):
                    answered &= (nw.col(ITEM) != key) | (nw.col(VALUE) != value)
        else:
            cells = [filled(c, schema[c], self.silent.get(c, ())) for c in keys]
            answered = nw.any_horizontal(*cells, ignore_nulls=True)
        named = filled(RESPONDENT, schema[RESPONDENT])
        return part.filter(answered & named).with_columns(
            self._unit(schema[UNIT]).alias(UNIT),
            as_text(RESPONDENT, schema[RESPONDENT]).alias(RESPONDENT),
        )

    def _unit(self, dtype: Any) -> nw.Expr:
        """The name of the unit, mended where stray spaces or Unicode forms tell it apart."""
        unit = as_text(UNIT, dtype)
        for raw in self.counts.units:
            if isinstance(raw, str) and (name := tidy(raw)) != raw:
                unit = nw.when(nw.col(UNIT) == raw).then(nw.lit(name)).otherwise(unit)
        return unit

    def item(self, dtype: Any) -> nw.Expr:
        """In a long frame, the item, in one way to write it."""
        item = as_text(ITEM, dtype)
        for ways in self.items.values():
            if len(ways) > 1:
                one = nw.lit(str(ways[0]))
                item = nw.when(nw.col(ITEM).is_in(list(ways))).then(one).otherwise(item)
        return item


def respondents(frames: Sequence[Asked], items: set[int]) -> Groups | None:
    """The different respondents of each unit who answered an item; none where nobody can tell."""
    asking = [frame for frame in frames if not items.isdisjoint(frame.items)]
    if not asking or not _alike(asking):
        return None
    parts = [frame.persons(items).select(UNIT, RESPONDENT) for frame in asking]
    persons = nw.concat([part.lazy() for part in parts]).unique()
    units, numbers = lists(persons.group_by(UNIT).agg(nw.len().alias(N)), UNIT, N)
    return Groups(units, units, numbers)


def _alike(frames: Sequence[Asked]) -> bool:
    """Whether all frames name respondents, in one library."""
    kinds = {frame.frame.frame.implementation for frame in frames}
    return all(frame.named for frame in frames) and len(kinds) == 1


def repeated(frames: Sequence[Asked]) -> Iterator[Problem]:
    """Respondents who answer twice: in one frame, or in two that ask the same item."""
    naming = [frame for frame in frames if frame.named]
    for frame in naming:
        yield from _in_one(frame)
    together: dict[tuple[int, ...], list[int]] = {}
    for i in dict.fromkeys(i for frame in naming for i in frame.items):
        asking = tuple(k for k, frame in enumerate(naming) if i in frame.items)
        together.setdefault(asking, []).append(i)
    for asking, items in together.items():
        if len(asking) > 1:
            yield from _in_several([naming[k] for k in asking], items)


def _in_one(asked: Asked) -> Iterator[Problem]:
    frame = asked.frame
    part = frame.frame.with_columns(nw.lit(0).alias(ROW)) if frame.lazy else numbered(frame)
    persons = asked.persons(asked.items, part)
    keys = [UNIT, RESPONDENT]
    if frame.roles.long:
        persons = persons.with_columns(asked.item(part.collect_schema()[ITEM]).alias(ITEM))
        keys.append(ITEM)
    persons = persons.select(*keys, ROW)
    counts = persons.group_by(keys).agg(nw.len().alias(N), nw.col(ROW).min())
    rows = zip(*lists(counts.filter(nw.col(N) > 1), *keys, N, ROW), strict=True)
    found = []
    for unit, name, *item, n, row in sorted(rows, key=repr):
        line = None if frame.lazy else frame.line(row)
        found.append((_says(unit, name, n, item), line))
    yield from _told(found, frame.name, frame.names[RESPONDENT])


def _in_several(frames: Sequence[Asked], items: Sequence[int]) -> Iterator[Problem]:
    path = ", ".join(asked.frame.name for asked in frames)
    if not _alike(frames):
        yield Problem(say("frames-of-two-kinds", names=path))
        return
    parts = [asked.persons(items).select(UNIT, RESPONDENT).unique() for asked in frames]
    counts = nw.concat([part.lazy() for part in parts])
    counts = counts.group_by(UNIT, RESPONDENT).agg(nw.len().alias(N))
    rows = zip(*lists(counts.filter(nw.col(N) > 1), UNIT, RESPONDENT, N), strict=True)
    found = [(_says(unit, name, n, ()), None) for unit, name, n in sorted(rows, key=repr)]
    yield from _told(found, path, frames[0].frame.names[RESPONDENT])


def _says(unit: Any, name: Any, n: int, item: Sequence[Any]) -> Message:
    values = {"value": printable(name), "unit": printable(unit), "n": n}
    if item:
        return say("answers-item-twice", item=printable(item[0]), **values)
    return say("answers-twice", **values)


def _told(found: Sequence[tuple[Message, int | None]], path: str, column: str) -> Iterator[Problem]:
    for says, line in found[:_MOST]:
        yield Problem(says, path=path, line=line, key=column)
    if len(found) > _MOST:
        yield Problem(say("more-respondents", n=len(found) - _MOST), path=path, key=column)


def unnamed(responses: Responses) -> Iterator[tuple[Any, int]]:
    """The rows, by unit, that name no respondent where the others do."""
    if responses.roles.respondent is not None:
        dtype = responses.frame.collect_schema()[RESPONDENT]
        nobody = responses.frame.filter(~filled(RESPONDENT, dtype))
        yield from zip(*lists(nobody.group_by(UNIT).agg(nw.len().alias(N)), UNIT, N), strict=True)


def uneven(frames: Sequence[Asked], asking: Mapping[str, set[int]]) -> Iterator[Problem]:
    """Columns of respondents and weights that only some of the frames of one survey have."""
    for code, items in asking.items():
        these = [asked.frame for asked in frames if not items.isdisjoint(asked.items)]
        for role, column in (("respondent", RESPONDENT), ("weight", WEIGHT)):
            having = [frame for frame in these if getattr(frame.roles, role) is not None]
            for frame in these if having else ():
                if getattr(frame.roles, role) is None:
                    says = say("column-in-some", survey=code, other=having[0].name)
                    yield Problem(says, path=frame.name, key=having[0].names[column])
