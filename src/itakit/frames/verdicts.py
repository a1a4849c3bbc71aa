"""Verdicts: the scores of all nodes of all units, in columns of integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias

import polars as pl
from attrs import frozen

from itakit.errors import Problem
from itakit.rounding import Rounding
from itakit.scores import Scores

STATUSES: Final = ("given", "scored", "missing", "not applicable", "unused")
COVERAGE: Final = Rounding(6, "half-even")
"""How coverage is published."""
_ALL: Final = COVERAGE.integer(Fraction(1))
_UNCOVERED: Final = ("not applicable", "unused")
Standing: TypeAlias = tuple[tuple[int, int | None], ...]
"""By node, its status as a number of `STATUSES` and its coverage in millionths."""


@frozen(eq=False)
class Verdicts:
    """The scores of all nodes of all units."""

    figures: pl.DataFrame
    """A row for every unit and a column for every node, by its number: the published figure in
    units of the last place, `null` where there is no score."""
    standings: Sequence[Standing]
    """The ways in which the nodes of some unit stand."""
    stands: pl.Series
    """By unit, which of them is its own."""
    unscored: Mapping[int, Sequence[Problem]]
    """By unit, what it lacks, where the scheme says that missing is an error."""

    @cached_property
    def statuses(self) -> pl.Series:
        """By standing and node, in that order, the status."""
        return pl.Series([status for each in self.standings for status, _ in each], dtype=pl.UInt8)

    @cached_property
    def coverages(self) -> pl.Series:
        """By standing and node, in that order, the coverage in millionths."""
        coverages = [coverage for each in self.standings for _, coverage in each]
        return pl.Series(coverages, dtype=pl.Int64)

    def status(self, i: int) -> list[int]:
        """By unit, the status of a node."""
        return self.statuses.gather(self.stands * self.figures.width + i).to_list()


def standing(scores: Scores) -> Standing:
    """How the nodes of a unit stand."""
    covered = {i: COVERAGE.integer(coverage) for i, coverage in scores.coverages.items()}
    found = []
    for i in range(len(scores.numerators)):
        status = scores.status(i)
        coverage = None if status in _UNCOVERED else covered.get(i, _ALL)
        found.append((STATUSES.index(status), coverage))
    return tuple(found)
