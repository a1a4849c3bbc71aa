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
_INAPPLICABLE: Final = STATUSES.index("not applicable")


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

    @property
    def scoreless_below(self) -> list[tuple[str, int]]:
        """The root's children that units without a score have none of, and how many of them."""
        plan, found = self.scheme.plan, list[tuple[str, int]]()
        for node in self.scheme.root.children:
            scores = self.figures("rounded", plan.index[node.code])
            if n := sum(scores[k] is None for k in self._scoreless):
                found.append((node.code, n))
        return found

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

    @property
    def absent(self) -> list[str]:
        """The nodes of which nothing is known for any unit; what is below them is left out.

        Those that units lack for a score are told with these.
        """
        plan, found = self.scheme.plan, list[str]()
        lacked = {code for code, _ in self.lacking}
        empty = [
            not node.children
            and node.code not in lacked
            and set(self.figures("status", i)) == {"missing"}
            for i, node in enumerate(plan.nodes)
        ]
        for i in reversed(range(len(plan.nodes))):
            if plan.nodes[i].children:
                empty[i] = all(empty[plan.index[child.code]] for child in plan.nodes[i].children)
        for i, node in enumerate(plan.nodes):
            if empty[i] and not (i and empty[plan.parents[i]]):
                found.append(node.code)
        return found

    def figures(self, column: str, i: int) -> list[Any]:
        """What a column of the table has for the i-th node of each unit."""
        return self.table[column].gather_every(len(self.scheme.plan.nodes), i).to_list()


def lay_out(panel: Panel, verdicts: Verdicts, unit: str | None, lang: str) -> Board:
    """The table of a panel's scores, with the caller's name for the unit's column."""
    scheme, units = panel.scheme, panel.units
    nodes, parents = scheme.plan.nodes, scheme.plan.parents
    grades = _grades(scheme, verdicts)
    column = UNIT if unit is None or unit in COLUMNS else unit
    names = pl.Series(column, list(units), dtype=pl.Int64 if _whole(units) else pl.String)
    size = len(nodes)
    rows = pl.select(row=pl.int_range(len(units) * size, dtype=pl.UInt32))
    rows = rows.select(of=pl.col("row") // size, node=pl.col("row") % size)
    stands = verdicts.stands.gather(rows["of"]) * size + rows["node"]
    statuses = pl.Series(STATUSES, dtype=pl.String).gather(verdicts.statuses)
    coverages = _scaled(verdicts.coverages, COVERAGE.places)

    def of_nodes(name: str, values: Sequence[str | None]) -> pl.Series:
        return pl.Series(name, values, dtype=pl.String).gather(rows["node"])

    table = pl.DataFrame(
        [
            names.gather(rows["of"]),
            of_nodes("code", [node.code for node in nodes]),
            of_nodes("level", [node.level for node in nodes]),
            of_nodes("parent", [nodes[p].code if p >= 0 else None for p in parents]),
            of_nodes("title", [node.title[lang] for node in nodes]),
            _scaled(headcounts.by_row(verdicts.figures), scheme.rounding.places).alias("rounded"),
            headcounts.at({0: grades}, size, len(units), pl.String).alias("grade"),
            coverages.gather(stands).alias("coverage"),
            headcounts.answering(panel).alias("n"),
            headcounts.unknown(panel).alias("unknown"),
            statuses.gather(stands).alias("status"),
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


def _scaled(series: pl.Series, places: int) -> pl.Series:
    """Integers in units of the last place as decimals."""
    wide = series.cast(pl.Decimal(38, places))
    return pl.select((wide / 10**places).cast(pl.Decimal(38, places))).to_series()


def _grades(scheme: Scheme, verdicts: Verdicts) -> list[str | None]:
    """The grade of each unit."""
    plan, places = scheme.plan, scheme.rounding.places
    targets = {r.target for grade in scheme.grades for r in grade.requires}
    numbers = {t: plan.levels.get(t) or (plan.index[t],) for t in targets}
    asked = sorted({0, *(i for found in numbers.values() for i in found)})
    figures = [verdicts.figures[str(i)].to_list() for i in asked]
    applies = [[s != _INAPPLICABLE for s in verdicts.status(i)] for i in asked]
    known: dict[object, str | None] = {}

    def grade(published: Sequence[int | None], applying: Sequence[bool]) -> str | None:
        rounded = dict(zip(asked, (_decimal(n, places) for n in published), strict=True))
        applied = dict(zip(asked, applying, strict=True))

        def scores(target: str) -> list[Decimal | None]:
            return [rounded[i] for i in numbers[target] if applied[i]]

        won = award(scheme.grades, rounded[0], scores)
        return None if won is None else won.name

    grades = []
    for key in zip(zip(*figures, strict=True), zip(*applies, strict=True), strict=True):
        if key not in known:
            known[key] = grade(*key)
        grades.append(known[key])
    return grades


def _decimal(figure: int | None, places: int) -> Decimal | None:
    return None if figure is None else Decimal(f"{figure}E-{places}")
