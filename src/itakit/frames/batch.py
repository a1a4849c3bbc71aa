"""Batch evaluation: the scores of all units of a panel, the same as one unit at a time.

What is missing, what does not apply and what every score is multiplied with depend only on *what*
is known of a unit, not on the figures. So units of which the same is known are evaluated together:
one of them by the engine, which settles all of that, and the others in columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl
from attrs import evolve

from itakit.errors import EvidenceError, Problem
from itakit.evaluation import attempt
from itakit.frames.floats import UNIT, WHOLE, Leaves, together
from itakit.frames.panel import Panel
from itakit.frames.verdicts import Standing, Verdicts, standing
from itakit.reals import Undecidable
from itakit.scores import Scores
from itakit.text import printable
from itakit.wording import say

FEW: Final = 8
"""Fewer units than this of which the same is known are not worth columns of their own."""
STANDS: Final = "stands"
"""The column that tells how the nodes of a unit stand."""


def evaluate_panel(panel: Panel) -> Verdicts:
    """The scores of all units.

    Raises `EvidenceError` for evidence that no score can be made of. What is missing is none: such
    a unit has no score, and what it lacks is told of it.
    """
    scheme = panel.scheme
    if max(map(abs, scheme.range)) * 10**scheme.rounding.places >= WHOLE:
        raise EvidenceError([Problem(say("too-many-places", places=scheme.rounding.places))])
    leaves = Leaves.of(panel)
    tables: list[pl.DataFrame] = []
    singly: list[int] = []
    unscored: dict[int, Sequence[Problem]] = {}
    standings: dict[Standing, int] = {}
    for units in leaves.alike():
        if len(units) < FEW:
            singly.extend(units)
            continue
        scores, problems = attempt(scheme, panel.evidence(units[0]))
        if any(map(_serious, problems)) or not _linear(scores, leaves, units):
            singly.extend(units)
            continue
        table, uncertain = together(leaves, scores, units)
        stands = standings.setdefault(standing(scores), len(standings))
        tables.append(table.with_columns(pl.lit(stands, pl.UInt32).alias(STANDS)))
        singly.extend(uncertain)
        if problems:
            unscored.update(dict.fromkeys(set(units) - set(uncertain), problems))
    table, lacking, wrong = _one_by_one(panel, sorted(singly), standings)
    if wrong:
        raise EvidenceError(wrong)
    found = pl.concat([*tables, table]).sort(UNIT)
    figures = found.drop(UNIT, STANDS)
    return Verdicts(figures, list(standings), found[STANDS], unscored | lacking)


def _serious(problem: Problem) -> bool:
    """Whether a problem is more than something missing."""
    return problem.says.name not in ("missing", "missing-below")


def _linear(scores: Scores, leaves: Leaves, units: Sequence[int]) -> bool:
    """Whether all scores above the evidence are sums of products."""
    scheme = scores.scheme
    return (
        not scheme.rounding.carry
        and leaves.rational(units[0])
        and all(
            scores.coefficients(step)
            for step in scheme.plan.steps
            if scores.status(step.index) == "scored"
        )
    )


def _one_by_one(
    panel: Panel, units: Iterable[int], standings: dict[Standing, int]
) -> tuple[pl.DataFrame, dict[int, Sequence[Problem]], list[Problem]]:
    """The scores of some units, each evaluated by the engine."""
    scheme = panel.scheme
    nodes = range(len(scheme.plan.nodes))
    rows: list[list[int | None]] = []
    lacking: dict[int, Sequence[Problem]] = {}
    wrong: list[Problem] = []
    for unit in units:
        scores, problems = attempt(scheme, panel.evidence(unit))
        for problem in filter(_serious, problems):
            says = say("in-unit", unit=printable(panel.units[unit]), says=problem.says)
            wrong.append(evolve(problem, says=says))
        if problems:
            lacking[unit] = problems
        try:
            rounded = [_published(scores, i) for i in nodes]
        except Undecidable:
            says = say("in-unit", unit=printable(panel.units[unit]), says=say("undecidable"))
            wrong.append(Problem(says))
            continue
        stands = standings.setdefault(standing(scores), len(standings))
        rows.append([unit, *rounded, stands])
    schema = {UNIT: pl.Int64} | dict.fromkeys(map(str, nodes), pl.Int64) | {STANDS: pl.UInt32}
    return pl.DataFrame(rows, schema=schema, orient="row"), lacking, wrong


def _published(scores: Scores, i: int) -> int | None:
    """A node's published figure in units of the last place."""
    value, rounding = scores.value(i), scores.scheme.rounding
    return None if value is None else rounding.integer(value)
