"""The board: the scores of many units as a table, a row for every unit and node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

import polars as pl
from attrs import evolve, frozen

from itakit.errors import Problem
from itakit.frames import headcounts
from itakit.frames.panel import Panel, Reading
from itakit.frames.verdicts import COVERAGE, STATUSES, Verdicts
from itakit.grade import award
from itakit.scheme import Scheme
from itakit.text import printable
from itakit.wording import Message, say

COLUMNS: Final = (
    "code",
    "level",
    "parent",
    "title",
    "rounded",
    "grade",
    "coverage",
    "n",
    "unknown",
    "status",
    *headcounts.COLUMNS,
)
"""The columns behind the unit's."""
UNIT: Final = "unit"
"""What the unit's column is called where nobody named it, or by the name of another column."""
FIRST: Final = 20
"""The most problems of units that are told one by one."""


@frozen(eq=False, slots=False)
class Board:
    """The scores of many units, and how much was read for them."""

    scheme: Scheme
    units: Sequence[Any]
    unit: str | None
    """The name of the unit's column in the table; none where all rows are of one unit."""
    table: pl.DataFrame
    """A row for every unit and node, a parent before its children."""
    reading: Reading
    grades: Sequence[str | None]
    """By unit."""
    unscored: Mapping[int, Sequence[Problem]]
    """By the number of a unit, what it lacks for a score."""
    respondents: Mapping[str, int]
    """By survey, over all units."""

    @cached_property
    def without_score(self) -> list[Any]:
        """The units that have no score."""
        return [self.units[k] for k in self._scoreless]

    @cached_property
    def _scoreless(self) -> list[int]:
        scores = self.table["rounded"].gather_every(len(self.scheme.plan.nodes))
        return scores.is_null().arg_true().to_list()

    def problems(self) -> list[Problem]:
        """What units lack for a score: the first told one by one, the others as numbers."""
        root = self.scheme.root.code
        none = Problem(say("no-score-at-all"), key=root)
        lacks = [(k, lack) for k in self._scoreless for lack in self.unscored.get(k) or [none]]
        told = [
            evolve(lack, says=say("in-unit", unit=printable(self.units[k]), says=lack.says))
            for k, lack in lacks[:FIRST]
        ]
        more: dict[tuple[str, Message], int] = {}
        for _, lack in lacks[FIRST:]:
            more[lack.key, lack.says] = more.get((lack.key, lack.says), 0) + 1
        for (key, says), n in more.items():
            order = len(self.scheme.plan.nodes) + self.scheme.plan.index[key]
            told.append(Problem(say("in-more-units", n=n, says=says), key=key, rank=order))
        return told

    @property
    def lacking(self) -> list[tuple[str, int]]:
        """What units lack for a score, and how many of them each, most first."""
        counts: dict[str, int] = {}
        for problems in self.unscored.values():
            for problem in problems:
                counts[problem.key] = counts.get(problem.key, 0) + 1
        return sorted(counts.items(), key=lambda pair: (-pair[1], self.scheme.plan.index[pair[0]]))

    @property
    def short(self) -> dict[str, int]:
        """By survey, how many units have fewer respondents than the sample asks for."""
        size = len(self.scheme.plan.nodes)
        short = (self.table["shortfall"] > 0).fill_null(value=False)
        counts = {
            node.code: int(short.gather_every(size, i).sum())
            for i, node in enumerate(self.scheme.plan.nodes)
        }
        return {code: n for code, n in counts.items() if n}

    def figures(self, column: str, i: int) -> list[Any]:
        """What a column of the table has for the i-th node of each unit."""
        return self.table[column].gather_every(len(self.scheme.plan.nodes), i).to_list()


def lay_out(panel: Panel, verdicts: Verdicts, unit: str | None, lang: str) -> Board:
    """The table of a panel's scores, with the caller's name for the unit's column."""
    scheme, units = panel.scheme, panel.units
    nodes, parents = scheme.plan.nodes, scheme.plan.parents
    places = scheme.rounding.places
    grades = _grades(scheme, verdicts.table)
    of_nodes = pl.DataFrame(
        {
            "code": [node.code for node in nodes],
            "level": [node.level for node in nodes],
            "parent": [nodes[p].code if p >= 0 else None for p in parents],
            "title": [node.title[lang] for node in nodes],
        },
        schema_overrides={"parent": pl.String},
    )
    column = UNIT if unit is None or unit in COLUMNS else unit
    names = pl.Series(column, list(units), dtype=pl.Int64 if _whole(units) else pl.String)
    each = verdicts.table
    status = pl.Series(STATUSES, dtype=pl.String)
    table = pl.DataFrame(
        [
            names.gather(each["unit"]),
            *(of_nodes[name].gather(each["node"]) for name in of_nodes.columns),
            _scaled("rounded", each["rounded"], places),
            headcounts.at({0: grades}, len(nodes), len(units), pl.String).alias("grade"),
            _scaled("coverage", each["coverage"], COVERAGE.places),
            headcounts.answering(panel).alias("n"),
            headcounts.unknown(panel).alias("unknown"),
            status.gather(each["status"]).alias("status"),
            *headcounts.samples(panel),
        ]
    )
    if unit is None:
        table = table.drop(column)
    respondents = {
        code: sum(n for n in column if n is not None) for code, column in panel.respondents.items()
    }
    named = None if unit is None else column
    return Board(scheme, units, named, table, panel.reading, grades, verdicts.unscored, respondents)


def _whole(units: Sequence[Any]) -> bool:
    return bool(units) and all(isinstance(unit, int) for unit in units)


def _scaled(name: str, series: pl.Series, places: int) -> pl.Series:
    """Integers in units of the last place as decimals."""
    wide = series.cast(pl.Decimal(38, places))
    return pl.select((wide / 10**places).cast(pl.Decimal(38, places))).to_series().alias(name)


def _grades(scheme: Scheme, table: pl.DataFrame) -> list[str | None]:
    """The grade of each unit."""
    plan, places = scheme.plan, scheme.rounding.places
    step = len(plan.nodes)
    targets = {r.target for grade in scheme.grades for r in grade.requires}
    numbers = {t: plan.levels.get(t) or (plan.index[t],) for t in targets}
    inapplicable = STATUSES.index("not applicable")

    def published(i: int) -> list[Decimal | None]:
        figures = table["rounded"].gather_every(step, i).to_list()
        return [None if n is None else Decimal(f"{n}E-{places}") for n in figures]

    asked = {i for found in numbers.values() for i in found}
    figures = {i: published(i) for i in asked}
    applies = {i: (table["status"].gather_every(step, i) != inapplicable).to_list() for i in asked}

    def grade(unit: int, rounded: Decimal | None) -> str | None:
        def scores(target: str) -> list[Decimal | None]:
            return [figures[i][unit] for i in numbers[target] if applies[i][unit]]

        won = award(scheme.grades, rounded, scores)
        return None if won is None else won.name

    return [grade(unit, rounded) for unit, rounded in enumerate(published(0))]
