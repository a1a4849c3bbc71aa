"""Headcounts: how many people stand behind each figure of a panel, as columns of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any, Final

import polars as pl

from itakit.errors import EvidenceError, Problem
from itakit.evidence import Tally
from itakit.frames.panel import Panel
from itakit.numerals import plain, terminates
from itakit.rounding import Rounding
from itakit.sampling import required
from itakit.wording import say

COLUMNS: Final = ("respondents", "population", "required", "shortfall")
"""The columns of surveys."""
ENDLESS: Final = 12
"""The most decimal places that are shown of a number of respondents."""
FEW: Final = 8
"""So many columns are put where they belong one by one."""
DIGITS: Final = 38
"""The digits of a decimal in a table."""


def at(values: Mapping[int, Any], nodes: int, units: int, dtype: Any) -> pl.Series:
    """A column that has values, by unit, in the rows of some nodes."""
    nothing = pl.repeat(None, units * nodes, dtype=dtype, eager=True)
    columns = {i: pl.Series(column, dtype=dtype) for i, column in values.items()}
    if len(columns) > FEW:
        gap = nothing.head(units)
        return by_row(pl.DataFrame({str(i): columns.get(i, gap) for i in range(nodes)}))
    rows = pl.int_range(0, units * nodes, nodes, eager=True)
    for i, column in columns.items():
        nothing = nothing.scatter(rows + i, column)
    return nothing


def by_row(table: pl.DataFrame) -> pl.Series:
    """The cells of a table one after the other, row by row."""
    return table.select(pl.concat_arr(pl.all()).explode(empty_as_null=False)).to_series()


def answering(panel: Panel) -> pl.Series:
    """By unit and item, the respondents whose answers count."""
    nodes, units = panel.scheme.plan.nodes, len(panel.units)
    columns = []
    for i in panel.counts:
        asked, apart = panel.cells(i)
        n = reduce(add, asked.values(), pl.lit(0, pl.Int64))
        everyone = reduce(add, apart.values(), n)
        columns.append(pl.when(everyone > 0).then(n).alias(str(i)))
    table = panel.table.select(columns)
    found: dict[int, Any] = {i: table[str(i)] for i in panel.counts}
    tallied: dict[int, dict[int, Fraction]] = {}
    for unit, given in enumerate(panel.given):
        for i, known in given.items():
            scale = panel.scheme.plan.scales[i]
            if isinstance(known, Tally) and scale is not None:
                counts = [c for code, c in known if code not in scale.not_applicable]
                if any(c for _, c in known):
                    tallied.setdefault(i, {})[unit] = Fraction(sum(counts))
    numbers = [n for by_unit in tallied.values() for n in by_unit.values()]
    places = max(map(_places, numbers), default=0)
    most = max(numbers, default=Fraction(0))
    if most >= 10 ** (DIGITS - places):
        raise EvidenceError([Problem(say("too-many-people", most=DIGITS - places))])
    rounding = Rounding(places)
    for i, by_unit in tallied.items():
        exact = [by_unit.get(unit) for unit in range(units)]
        found[i] = [None if n is None else rounding(n) if places else int(n) for n in exact]
    dtype = pl.Decimal(DIGITS, places) if places or most >= 1 << 63 else pl.Int64
    found = {i: pl.Series(values, dtype=dtype, strict=False) for i, values in found.items()}
    return at(found, len(nodes), units, dtype)


def unknown(panel: Panel) -> pl.Series:
    """By unit and item, the answers that nobody knows and that were taken as missing."""
    nodes, units = panel.scheme.plan.nodes, len(panel.units)
    nobody = pl.zeros(units, pl.Int64, eager=True)
    found = {i: nobody for i, node in enumerate(nodes) if not node.children}
    for i, counts in panel.unknown.items():
        found[i] = nobody.clone().scatter(list(counts), list(counts.values()))
    return at(found, len(nodes), units, pl.Int64)


def samples(panel: Panel) -> list[pl.Series]:
    """By unit and survey: its respondents, its population, the required sample, what is short."""
    nodes, units = panel.scheme.plan.nodes, len(panel.units)
    columns: dict[str, dict[int, Sequence[int | None]]] = {name: {} for name in COLUMNS}
    for i, node in enumerate(nodes):
        answered = panel.respondents.get(node.code)
        people = panel.population.get(node.code)
        if answered is not None:
            columns["respondents"][i] = answered
        if people is not None:
            columns["population"][i] = people
        if people is not None and node.sample is not None:
            sizes = [None if n is None else required(node.sample, n) for n in people]
            columns["required"][i] = sizes
            columns["shortfall"][i] = [
                None if size is None else max(0, size - (n or 0))
                for size, n in zip(sizes, answered or [None] * units, strict=True)
            ]
    return [at(found, len(nodes), units, pl.Int64).alias(name) for name, found in columns.items()]


def _places(number: Fraction) -> int:
    """The decimal places that are shown of a number."""
    if not terminates(number):
        return ENDLESS
    return min(ENDLESS, len(plain(number).partition(".")[2]))
