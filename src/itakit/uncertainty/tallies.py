"""Tallies as samples: what is known of people whose answers are known item by item only."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
from attrs import frozen

from itakit.uncertainty.combining import Floats

Dependence: TypeAlias = Literal["worst", "independent"]
_ALIKE: Final = 12
"""The decimal places to which places between the lowest and the highest answer differ."""


@frozen(eq=False)
class Tallied:
    """How often each answer was given to each item of one survey and unit.

    Who gave them is not known, so neither is how answers to different items go together. The worst
    is that all go one way: then standard errors add up, and no scores that rise with their items
    can vary more. The least that is usual is that they have nothing to do with each other.
    """

    survey: str
    items: tuple[int, ...]
    scores: tuple[Floats, ...]
    """By item, what its answers score, the lowest first."""
    counts: tuple[Floats, ...]
    """By item, how many gave each of them."""
    population: int | None
    dependence: Dependence

    @property
    def n(self) -> int:
        """The number of respondents, as far as it can be told: that of the most answered item."""
        most: float = max(self.answered.tolist())
        return round(most)

    @property
    def correction(self) -> float:
        """The share of the population that was not asked."""
        return 1.0 if self.population is None else max(0.0, 1 - self.n / self.population)

    @property
    def unknown(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """The items whose error one answer cannot tell, where not all were asked."""
        return (self.answered < 2) & (self.correction > 0)

    @property
    def answered(self) -> Floats:
        """By item, how many answered it."""
        return np.array([float(counts.sum()) for counts in self.counts])

    def means(self) -> Floats:
        """The score of each item."""
        pairs = zip(self.scores, self.counts, strict=True)
        return np.array([float(s @ c / c.sum()) for s, c in pairs])

    def variances(self, slopes: Floats) -> Floats:
        """The variance of each of some scores, by what they move with each item (rows, items)."""
        if self.dependence == "independent":
            return np.asarray(slopes**2 @ self._variances())
        return np.asarray((np.abs(slopes) @ np.sqrt(self._variances())) ** 2)

    def draws(self, rng: np.random.Generator, replications: int) -> Floats:
        """What each item would score, had others been asked: a row for every replication.

        Answers are drawn anew by how often they were given: n - 1 of them, and the differences
        rescaled to the variance of the design, as for `Persons`. In the worst case one person
        stands at one place of every item, from the lowest answer to the highest.
        """
        means, found = self.means(), np.empty((replications, len(self.items)))
        m = max(1, self.n - 1)
        drawn = self._alike(rng, m, replications) if self.dependence == "worst" else None
        for k, (scores, counts) in enumerate(zip(self.scores, self.counts, strict=True)):
            n = float(counts.sum())
            if drawn is None:
                mean = rng.multinomial(m, counts / n, size=replications) @ scores / m
            else:
                mean = drawn[k]
            scale = np.sqrt(self.correction * m / max(n - 1, 1))
            found[:, k] = np.clip(means[k] + scale * (mean - means[k]), scores[0], scores[-1])
        return found

    def _alike(self, rng: np.random.Generator, m: int, replications: int) -> list[Floats]:
        """By item, the means of m people who all stand at one place of every item."""
        ends = [np.cumsum(counts / counts.sum())[:-1] for counts in self.counts]
        edges = np.unique(np.concatenate([[0.0], *ends, [1.0]]).round(_ALIKE))
        shares = np.diff(edges)
        times = rng.multinomial(m, shares / shares.sum(), size=replications)
        middles = (edges[1:] + edges[:-1]) / 2
        return [
            np.asarray(times @ scores[np.searchsorted(end, middles)] / m)
            for scores, end in zip(self.scores, ends, strict=True)
        ]

    def _variances(self) -> Floats:
        """Of each item's mean."""
        found = []
        for scores, counts, mean in zip(self.scores, self.counts, self.means(), strict=True):
            n = float(counts.sum())
            found.append(float(counts @ (scores - mean) ** 2) / max(n - 1, 1) / n)
        return self.correction * np.array(found)
