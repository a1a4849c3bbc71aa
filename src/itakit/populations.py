"""Populations: how many people each unit's respondents are a sample of, as a small file has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from itakit.errors import EvidenceError, Problem
from itakit.files import Source, open_sources, reading
from itakit.frames.cells import blank
from itakit.frames.panel import Panel
from itakit.frames.units import Units
from itakit.sampling import people, surveys
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import normal, printable
from itakit.wording import Message, say

POPULATION: Final = "population"
"""What a column is called whose numbers are those of all surveys."""
_MOST: Final = 20
"""The most units that are told one by one."""
Found = dict[str, dict[Any, int]]
"""By survey and unit."""


def line_of(source: Source, row: int) -> int:
    """Where a row stands in a file: its line, or in Parquet the number of the row, from 1."""
    line = source.line(row)
    return row + 1 if line is None else line


def read_populations(panel: Panel, path: str, unit: str | None) -> Mapping[str, Mapping[Any, int]]:
    """The populations that a small file has: a row for each unit, a column for each survey.

    By survey and unit, a unit as the panel names it. Raises `EvidenceError` with all that is wrong.
    """
    found: Found = {}
    problems: list[Problem] = []
    with open_sources([path]) as sources, reading(sources):
        for source in sources:
            problems.extend(_populations(panel, source, unit, found))
    if problems:
        raise EvidenceError(problems)
    return found


def _populations(panel: Panel, source: Source, unit: str | None, found: Found) -> Iterator[Problem]:
    frame = source.frame.collect()
    if unit not in frame.columns:
        advice = did_you_mean(unit or "", frame.columns)
        yield Problem(say("no-unit-column"), advice, path=source.path, key=unit or "")
        return
    columns, problems = _survey_columns(panel.scheme, source.path, frame.columns, unit)
    yield from problems
    units = Units.of(panel.units)
    strange = 0
    for row, raw in enumerate(frame[unit].to_list()):
        try:
            number = units.number(raw)
        except KeyError:
            strange += 1
            if strange <= _MOST:
                advice = did_you_mean(str(raw), map(str, panel.units))
                line = line_of(source, row)
                yield Problem(say("no-such-unit"), advice, source.path, line, key=printable(raw))
            continue
        for column, surveyed in columns.items():
            cell = frame[column][row]
            if blank(cell):
                continue
            says = _taken(panel, number, surveyed, cell, found)
            if says is not None:
                yield Problem(says, path=source.path, line=line_of(source, row), key=column)
    if strange > _MOST:
        yield Problem(say("more-units", n=strange - _MOST), path=source.path, key=unit)


def _survey_columns(
    scheme: Scheme, path: str, columns: Iterable[str], unit: str
) -> tuple[Mapping[str, Sequence[str]], Sequence[Problem]]:
    """By column the surveys whose population it has, and the columns that have none."""
    codes = {normal(node.code): node.code for node in surveys(scheme)}
    every = list(codes.values())
    known = {
        column: [codes[normal(column)]] if normal(column) in codes else every
        for column in columns
        if normal(column) in (*codes, POPULATION)
    }
    says = say("no-survey", codes=", ".join([*every, POPULATION]))
    strange = [column for column in columns if column not in known and column != unit]
    return known, [Problem(says, path=path, key=column) for column in strange]


def _taken(
    panel: Panel, number: int | None, surveyed: Sequence[str], cell: Any, found: Found
) -> Message | None:
    """Take a population, or tell what is wrong with it."""
    if number is None:
        return say("no-unit", n=say("once", n=1))
    try:
        size = people(cell)
    except EvidenceError as error:
        return error.problems[0].says
    name = panel.units[number]
    if any(found.setdefault(code, {}).setdefault(name, size) != size for code in surveyed):
        return say(
            "two-populations", value=printable(cell), n=say("once", n=1), unit=printable(name)
        )
    return None
