"""Intervals: where a score would lie, had everybody been asked."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from attrs import frozen
from scipy import stats

from itakit.uncertainty.combining import Floats
from itakit.uncertainty.folding import Fold
from itakit.uncertainty.persons import Persons
from itakit.uncertainty.tallies import Tallied

Sample: TypeAlias = "Persons | Tallied"
LEVEL: Final = 0.95


@frozen(eq=False)
class Estimates:
    """What is estimated of the nodes of one unit; not a number where nothing can be."""

    scores: Floats
    errors: Floats
    """Standard errors; 0 where everybody was asked, or nobody had to be."""
    low: Floats
    high: Floats


def estimate(
    fold: Fold, own: Floats, samples: list[Sample], unsure: list[int], level: float
) -> Estimates:
    """The errors and intervals of all nodes of a unit.

    ``own`` are the scores of the fold's known nodes, ``unsure`` those of them whose error cannot be
    known. Samples of different surveys are independent, so that their variances add up.

    An interval is Wilson's with Student's quantile, on the way from the least to the greatest score
    that the sampled answers could have given the node. The number of answers that would have
    that variance stands for the number of respondents, as Korn and Graubard do it (Survey
    Methodology 24, 1998, 193-201). Near the end of a scale it is lopsided as the truth is, and
    where all gave one answer it does not claim to know that everybody would.
    """
    slopes, place = fold.slopes(own), {i: k for k, i in enumerate(fold.known)}
    size = len(fold.statuses)
    total, freedom, least = np.zeros(size), np.zeros(size), np.full(size, np.inf)
    blind, few = np.zeros(size, bool), np.full(size, np.inf)
    n = np.full(size, np.nan)
    lowest, highest = own.copy(), own.copy()
    for sample in samples:
        columns = [place[i] for i in sample.items]
        part = slopes[:, columns]
        touched = (part != 0).any(axis=1)
        blind |= (part[:, sample.unknown] != 0).any(axis=1)
        variances = sample.variances(part)
        total += variances
        freedom += variances**2 / max(sample.n - 1, 1)
        n[touched] = np.fmin(n[touched], sample.n)
        few[list(sample.items)] = np.maximum(sample.answered - 1, 1)
        if sample.correction > 0:
            alike = sample.n / sample.correction
            least[touched] = np.minimum(least[touched], alike)
            lowest[columns], highest[columns] = fold.ends[:, columns]
    blind |= (slopes[:, [place[i] for i in unsure]] != 0).any(axis=1)
    scores = fold.values(own)
    bounds = np.sort([fold.values(lowest), fold.values(highest)], axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        degrees = np.where(freedom > 0, total**2 / freedom, np.maximum(n - 1, 1))
        degrees = np.minimum(degrees, few)  # of an item, those who answered it
    quantiles = stats.t.ppf((1 + level) / 2, np.where(np.isnan(degrees), 1, degrees))
    low, high = wilson(scores, total, bounds, least, quantiles)
    errors = np.sqrt(total)
    for column in (errors, low, high):
        column[blind | ~fold.scored] = np.nan
    return Estimates(scores, errors, low, high)


def wilson(
    scores: Floats, variances: Floats, bounds: Floats, alike: Floats, quantiles: Floats
) -> tuple[Floats, Floats]:
    """The ends of the intervals of scores that lie within bounds.

    ``alike`` is the number of respondents that counts where all answered alike.
    """
    least, most = bounds
    width = most - least
    with np.errstate(divide="ignore", invalid="ignore"):
        place = np.clip((scores - least) / width, 0, 1)
        variance = variances / width**2
        spread = place * (1 - place)
        size = np.where((variance > 0) & (spread > 0), spread / variance, alike)
        square = quantiles**2
        middle = (place + square / (2 * size)) / (1 + square / size)
        half = quantiles / (1 + square / size)
        half = half * np.sqrt(spread / size + square / (4 * size**2))
    fixed = ~(width > 0)
    low = np.where(fixed, scores, least + width * np.clip(middle - half, 0, 1))
    high = np.where(fixed, scores, least + width * np.clip(middle + half, 0, 1))
    return np.minimum(low, scores), np.maximum(high, scores)
