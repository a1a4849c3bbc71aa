"""Persons: the respondents of one survey and unit, one by one, as a sample of a population."""

from __future__ import annotations

from typing import Final

import numpy as np
from attrs import field, frozen

from itakit.uncertainty.combining import Floats

_AT_ONCE: Final = 1 << 17
"""How many respondents are drawn at a time: so many fit into a processor's cache."""
_LEAST: Final = 16
"""The least number of replications at a time."""
_NOBODY: Final = 1e-9
"""A weight that is none."""


@frozen(eq=False)
class Persons:
    """What each respondent's answers score. The design is simple random sampling of persons.

    Errors are those of ratio means by Taylor's linearisation (Särndal, Swensson and Wretman, Model
    Assisted Survey Sampling, 1992, sections 5.5 to 5.7): what an item scores is a mean over those
    who answered it, whose number is itself left to chance. Whoever answers one item so answers
    another likewise; as persons are kept whole, that is in the errors, with no assumption.
    """

    survey: str
    items: tuple[int, ...]
    """The numbers of the items, by column."""
    answers: Floats
    """Scores by person and item; not a number where there is no answer."""
    weights: Floats
    """How many each stands for."""
    population: int | None = None
    """How many people there are; without it, so many that a sample takes nothing away."""
    shown: Floats = field(init=False, repr=False)
    """The weight of each answer; 0 where there is none."""

    @shown.default
    def _shown(self) -> Floats:
        return np.where(np.isnan(self.answers), 0, self.weights[:, None])

    @property
    def n(self) -> int:
        """The number of respondents."""
        return len(self.answers)

    @property
    def correction(self) -> float:
        """The share of the population that was not asked; 1 where it is not known."""
        return 1.0 if self.population is None else 1 - self.n / self.population

    @property
    def unknown(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """The items whose error one answer cannot tell, where not all were asked."""
        return (self.answered < 2) & (self.correction > 0)

    @property
    def answered(self) -> Floats:
        """By item, how many answered it."""
        return np.asarray((self.shown > 0).sum(axis=0), dtype=np.float64)

    def means(self) -> Floats:
        """The score of each item."""
        return np.asarray((self.shown * np.nan_to_num(self.answers)).sum(axis=0) / self._all)

    def variances(self, slopes: Floats) -> Floats:
        """The variance of each of some scores, by what they move with each item (rows, items)."""
        touched = (slopes != 0).any(axis=1)
        away = self.shown * (np.nan_to_num(self.answers) - self.means()) / self._all
        spread = self.correction * self.n / max(self.n - 1, 1)
        moved = away @ slopes[touched].T
        found = np.zeros(len(slopes))
        found[touched] = spread * (moved * moved).sum(axis=0)
        return found

    def draws(self, rng: np.random.Generator, replications: int) -> Floats:
        """What each item would score, had others been asked: a row for every replication.

        n - 1 respondents are drawn with replacement, and their weights are rescaled so that the
        variance of a mean is that of the design with its finite population (Rao and Wu,
        Resampling inference with complex survey data, JASA 83, 1988, 231-241).
        """
        if self.n < 2:
            return np.tile(self.means(), (replications, 1))
        found = np.empty((replications, len(self.items)))
        share = np.sqrt(self.correction)
        scored = self.shown * np.nan_to_num(self.answers)
        gaps = bool((self.shown != 1).any())
        # Without gaps, everyone's weights add up to the number of respondents in every draw.
        columns = np.hstack([scored, self.shown]) if gaps else scored
        stay, size = (1 - share) * columns.sum(axis=0), max(_LEAST, _AT_ONCE // self.n)
        for start in range(0, replications, size):
            rows = min(size, replications - start)
            times = _times(rng, rows, self.n)
            sums = stay + share * self.n / (self.n - 1) * (times @ columns)
            totals, counts = np.split(sums, 2, axis=1) if gaps else (sums, float(self.n))
            with np.errstate(invalid="ignore", divide="ignore"):
                drawn = totals / counts
            # In a draw without anyone who answered an item, it keeps its score.
            found[start : start + rows] = np.where(counts > _NOBODY, drawn, self.means())
        return found

    @property
    def _all(self) -> Floats:
        return np.asarray(self.shown.sum(axis=0))


def _times(rng: np.random.Generator, rows: int, n: int) -> Floats:
    """How often each of n respondents is drawn, where n - 1 are with replacement."""
    drawn = rng.integers(n, size=(rows, n - 1), dtype=np.int64)
    drawn += np.arange(rows, dtype=np.int64)[:, None] * n
    return np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(np.float64)
