"""Verdicts: the scores of all nodes of all units, as a table of integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import polars as pl
from attrs import frozen

from itakit.errors import Problem
from itakit.rounding import Rounding
from itakit.scores import Scores

SCHEMA: Final = {
    "unit": pl.Int64,
    "node": pl.Int64,
    "rounded": pl.Int64,
    "status": pl.UInt8,
    "coverage": pl.Int64,
}
STATUSES: Final = ("given", "scored", "missing", "not applicable", "unused")
COVERAGE: Final = Rounding(6, "half-even")
"""How coverage is published."""


@frozen(eq=False)
class Verdicts:
    """The scores of all nodes of all units."""

    table: pl.DataFrame
    """A row for every unit and node, in that order: ``rounded`` in units of the last place (`null`
    where there is no score), ``status`` as a number of `STATUSES`, ``coverage`` in millionths."""
    unscored: Mapping[int, Sequence[Problem]]
    """By unit, what it lacks, where the scheme says that missing is an error."""


def standing(scores: Scores, i: int) -> tuple[int, int | None]:
    """A node's status and coverage as the table has them."""
    coverage = scores.coverage(i)
    return STATUSES.index(scores.status(i)), _millionths(coverage)


def _millionths(coverage: Fraction | None) -> int | None:
    return None if coverage is None else COVERAGE.integer(coverage)
