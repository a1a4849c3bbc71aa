"""People: how many each respondent stands for, and the populations they are a sample of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve

from itakit.errors import EvidenceError, Problem
from itakit.frames.cells import blank
from itakit.frames.decoding import Undecoded, weight
from itakit.frames.findings import Findings
from itakit.frames.gathering import Gathering
from itakit.frames.panel import Panel
from itakit.frames.responses import (
    POPULATION,
    UNIT,
    WEIGHT,
    N,
    Responses,
    lists,
)
from itakit.frames.units import Units
from itakit.sampling import people, surveys
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import say


def weightless(responses: Responses) -> Iterator[tuple[Any, Any, int, Undecoded]]:
    """The weights that are none, by unit, and how many rows have them."""
    if responses.roles.weight is not None:
        rows = responses.frame.group_by(UNIT, WEIGHT).agg(nw.len().alias(N))
        for unit, cell, n in zip(*lists(rows, UNIT, WEIGHT, N), strict=True):
            if isinstance(found := weight(cell), Undecoded):
                yield unit, cell, n, found


def populations(responses: Responses) -> Iterator[tuple[Any, Any, int]]:
    """The population of each unit, as a frame writes both, and how many rows have it."""
    if responses.roles.population is not None:
        rows = responses.frame.group_by(UNIT, POPULATION).agg(nw.len().alias(N))
        for unit, size, n in sorted(zip(*lists(rows, UNIT, POPULATION, N), strict=True), key=repr):
            if not blank(size):
                yield unit, size, n


def take_populations(
    gathered: Gathering, findings: Findings, responses: Responses, surveyed: Sequence[str]
) -> None:
    """Take the population of each unit, for the surveys that a frame is of."""
    units, found = gathered.units, dict[int, int]()
    for raw, cell, n in populations(responses):
        number = units.number(raw)
        try:
            size = people(cell)
        except EvidenceError:
            findings.note(POPULATION, cell, n, raw, say("cell-population", value=printable(cell)))
            continue
        if number is None:
            continue
        known = {found.setdefault(number, size)}
        known |= {gathered.population.get(code, {}).get(number, size) for code in surveyed}
        if known != {size}:
            values = {"value": printable(cell), "unit": printable(units.names[number])}
            findings.note(POPULATION, cell, n, raw, say("two-populations", **values))
    for code in surveyed:
        if found:
            gathered.population.setdefault(code, {}).update(found)


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
