"""A panel: what is known of many units, counted in the scheme's own codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import polars as pl
from attrs import field, frozen

from itakit.clamping import Clamped
from itakit.errors import Problem
from itakit.evidence import Evidence, Tally
from itakit.scheme import Scheme


@frozen
class Reading:
    """How much was read, and what of it was left out."""

    rows: int = 0
    answers: int = 0
    """The cells that hold an answer or a score, those that are not applicable among them."""
    inapplicable: int = 0
    missing: int = 0
    """The cells of items that hold nothing, or no more than a code for no answer."""
    silent: int = 0
    """Those that hold such a code."""
    unknown: int = 0
    """The cells that hold no answer of their scale, and were taken as missing."""
    windows_874: tuple[str, ...] = ()
    """The files whose text was taken for Windows-874, as it is not UTF-8."""
    blank_rows: int = 0
    """Rows without anything in them."""
    respelled: int = 0
    """The units whose names are written in more than one way."""
    clamped: tuple[Clamped, ...] = ()
    """The numbers beyond a goalpost that count as the goalpost."""
    warnings: tuple[Problem, ...] = ()
    """What is likely a slip, but counts as it is."""
    problems: tuple[Problem, ...] = ()
    """What was unknown, told as problems are."""


@frozen(eq=False)
class Panel:
    """What is known of many units: how often each gave each answer, and what else was given."""

    scheme: Scheme
    units: Sequence[Any]
    """The units in the order of their names; as integers where every frame has them so."""
    counts: Mapping[int, Mapping[str, pl.Series]]
    """By item and code, the number of each unit's respondents who gave that answer."""
    given: Sequence[Mapping[int, Evidence]]
    """By unit, what else is known of its nodes: scores, and answers that are not integer counts."""
    respondents: Mapping[str, Sequence[int | None]] = field(factory=dict)
    """By survey, the respondents of each unit; `None` where nobody can tell."""
    population: Mapping[str, Sequence[int | None]] = field(factory=dict)
    """By survey, how many people each unit's respondents are a sample of."""
    unknown: Mapping[int, Mapping[int, int]] = field(factory=dict)
    """By item and unit, the answers that nobody knows and that were taken as missing."""
    reading: Reading = Reading()

    @cached_property
    def table(self) -> pl.DataFrame:
        """The counts as columns, a row for every unit."""
        return pl.DataFrame(
            {
                f"{i} {code}": column
                for i, by_code in self.counts.items()
                for code, column in by_code.items()
            }
        )

    def cells(self, i: int) -> tuple[Mapping[str, pl.Expr], Mapping[str, pl.Expr]]:
        """The columns of an item's answers in the table by code: those with a score, the others."""
        scale = self.scheme.plan.nodes[i].scale
        left_out = () if scale is None else scale.not_applicable
        cells = {code: pl.col(f"{i} {code}") for code in self.counts[i]}
        asked = {code: cell for code, cell in cells.items() if code not in left_out}
        return asked, {code: cell for code, cell in cells.items() if code in left_out}

    def evidence(self, unit: int) -> dict[str, Evidence]:
        """What is known of one unit, by its number, as `evaluate` takes it."""
        nodes = self.scheme.plan.nodes
        evidence: dict[str, Evidence] = {}
        counts = iter(self.table.row(unit) if self.counts else ())
        for i, by_code in self.counts.items():
            tally = {code: n for code, n in zip(by_code, counts, strict=False) if n}
            if tally:
                evidence[nodes[i].code] = Tally.counted(tally)
        for i, known in self.given[unit].items():
            evidence[nodes[i].code] = known
        return evidence
