"""People: respondents where they are named, and the populations that they are a sample of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve

from itakit.errors import EvidenceError, Problem
from itakit.frames.cells import blank
from itakit.frames.decoding import Undecoded, weight
from itakit.frames.panel import Panel
from itakit.frames.responses import (
    ITEM,
    POPULATION,
    RESPONDENT,
    ROW,
    UNIT,
    VALUE,
    WEIGHT,
    Counts,
    Groups,
    N,
    Responses,
    as_text,
    filled,
    lists,
    numbered,
)
from itakit.frames.units import Units
from itakit.sampling import people, surveys
from itakit.suggest import did_you_mean
from itakit.text import printable, tidy
from itakit.wording import say

_MOST = 20


def respondents_named(
    responses: Responses,
    counts: Counts,
    items: Mapping[int, Sequence[Any]],
    asking: Mapping[str, set[int]],
) -> dict[str, Groups]:
    """By survey, the different respondents of each unit in a long frame that names them."""
    if responses.roles.respondent is None:
        return {}
    found = {}
    frame, schema = responses.frame, responses.frame.collect_schema()
    for code, asked in asking.items():
        raws = [raw for i in asked for raw in items.get(i, ())]
        if raws:
            named = filled(RESPONDENT, schema[RESPONDENT])
            answered = nw.col(ITEM).is_in(raws) & filled(VALUE, schema[VALUE])
            names = frame.filter(answered & named).select(*_names(responses, counts)[:2])
            units, numbers = lists(names.unique().group_by(UNIT).agg(nw.len().alias(N)), UNIT, N)
            found[code] = Groups(units, units, numbers)
    return found


def unnamed(responses: Responses) -> Iterator[tuple[Any, int]]:
    """The rows, by unit, that name no respondent where the others do."""
    if responses.roles.respondent is not None:
        dtype = responses.frame.collect_schema()[RESPONDENT]
        nobody = responses.frame.filter(~filled(RESPONDENT, dtype))
        yield from zip(*lists(nobody.group_by(UNIT).agg(nw.len().alias(N)), UNIT, N), strict=True)


def weightless(responses: Responses) -> Iterator[tuple[Any, Any, int, Undecoded]]:
    """The weights that are none, by unit, and how many rows have them."""
    if responses.roles.weight is not None:
        rows = responses.frame.group_by(UNIT, WEIGHT).agg(nw.len().alias(N))
        for unit, cell, n in zip(*lists(rows, UNIT, WEIGHT, N), strict=True):
            if isinstance(found := weight(cell), Undecoded):
                yield unit, cell, n, found


def _names(responses: Responses, counts: Counts) -> list[nw.Expr]:
    """Units and respondents as texts, by which rows of any frame can be compared.

    The names of units are mended where stray spaces or Unicode forms tell them apart.
    """
    schema = responses.frame.collect_schema()
    texts = {
        key: as_text(key, schema[key])
        for key in (UNIT, RESPONDENT, *([ITEM] if responses.roles.long else []))
    }
    unit = texts[UNIT]
    for raw in counts.units:
        if isinstance(raw, str) and (name := tidy(raw)) != raw:
            unit = nw.when(nw.col(UNIT) == raw).then(nw.lit(name)).otherwise(unit)
    return [(unit if key == UNIT else text).alias(key) for key, text in texts.items()]


def repeated(counted: Sequence[tuple[Responses, Counts]]) -> Iterator[Problem]:
    """Respondents who answer an item twice, in one frame or in two that ask the same."""
    counts = {id(frame): found for frame, found in counted}
    naming = [frame for frame, _ in counted if frame.roles.respondent is not None]
    for alike in _asking_the_same(naming):
        path = ", ".join(frame.name for frame in alike)
        if len({frame.frame.implementation for frame in alike}) > 1:
            yield Problem(say("frames-of-two-kinds", names=path))
            continue
        placed = len(alike) == 1 and not alike[0].lazy
        parts = [numbered(frame) if placed else frame.frame.lazy() for frame in alike]
        first = nw.col(ROW) if placed else nw.lit(0).alias(ROW)
        asked = [
            part.filter(filled(RESPONDENT, part.collect_schema()[RESPONDENT])).select(
                *_names(frame, counts[id(frame)]), first
            )
            for frame, part in zip(alike, parts, strict=True)
        ]
        keys = [UNIT, RESPONDENT, *([ITEM] if alike[0].roles.long else [])]
        everyone = nw.concat(asked).group_by(keys).agg(nw.len().alias(N), nw.col(ROW).min())
        rows = sorted(
            zip(*lists(everyone.filter(nw.col(N) > 1), *keys, ROW, N), strict=True), key=repr
        )
        column = alike[0].names[RESPONDENT]
        for unit, respondent, *item, row, n in rows[:_MOST]:
            values = {"value": printable(respondent), "unit": printable(unit), "n": n}
            if item:
                says = say("answers-item-twice", item=printable(item[0]), **values)
            else:
                says = say("answers-twice", **values)
            line = alike[0].line(row) if placed else None
            yield Problem(says, path=path, line=line, key=column)
        if len(rows) > _MOST:
            yield Problem(say("more-respondents", n=len(rows) - _MOST), path=path, key=column)


def _asking_the_same(frames: Sequence[Responses]) -> list[list[Responses]]:
    """Frames put together where they have an item in common; a long one may have any."""
    clusters: list[tuple[set[object], list[Responses]]] = []
    for frame in frames:
        items: set[object] = {"long"} if frame.roles.long else set(frame.roles.items.values())
        members = [frame]
        apart = []
        for known, others in clusters:
            if known & items:
                items |= known
                members = others + members
            else:
                apart.append((known, others))
        clusters = [*apart, (items, members)]
    return [members for _, members in clusters]


def populations(responses: Responses) -> Iterator[tuple[Any, Any, int]]:
    """The population of each unit, as a frame writes both, and how many rows have it."""
    if responses.roles.population is not None:
        rows = responses.frame.group_by(UNIT, POPULATION).agg(nw.len().alias(N))
        for unit, size, n in sorted(zip(*lists(rows, UNIT, POPULATION, N), strict=True), key=repr):
            if not blank(size):
                yield unit, size, n


def with_population(panel: Panel, population: Mapping[Any, Any]) -> Panel:
    """A panel with the populations of its units: by unit for all surveys, or by survey and unit."""
    codes = [node.code for node in surveys(panel.scheme)]
    nested = {
        key: value if isinstance(value, Mapping) else None for key, value in population.items()
    }
    by_survey = nested if None not in nested.values() else dict.fromkeys(codes, population)
    units = Units.of(panel.units)
    problems: list[Problem] = []
    found: dict[str, Sequence[int | None]] = dict(panel.population)
    for code, sizes in by_survey.items():
        if code not in codes:
            says = say("no-survey", codes=", ".join(codes))
            problems.append(Problem(says, did_you_mean(str(code), codes), key=printable(code)))
            continue
        column: list[int | None] = [None] * len(panel.units)
        for raw, size in (sizes or {}).items():
            try:
                number = units.number(raw)
            except KeyError:
                advice = did_you_mean(str(raw), map(str, panel.units))
                problems.append(Problem(say("no-such-unit"), advice, key=printable(raw)))
                continue
            try:
                if number is not None:
                    column[number] = people(size)
            except EvidenceError as error:
                problems.append(evolve(error.problems[0], key=printable(raw)))
        found[code] = column
    if problems:
        raise EvidenceError(problems)
    return evolve(panel, population=found)
