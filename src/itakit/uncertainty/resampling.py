"""Resampling: which grades a unit would have got, had others been asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

from itakit.uncertainty.awarding import asked, awarded, needed
from itakit.uncertainty.combining import Floats
from itakit.uncertainty.folding import Fold
from itakit.uncertainty.intervals import Sample


def generator(seed: int, *names: object) -> np.random.Generator:
    """The source of chance of one thing, by its names.

    A unit has its own, so that neither the order of units nor who computes them matters.
    """
    digest = hashlib.sha256("\0".join(map(str, names)).encode()).digest()
    words = np.frombuffer(digest, dtype="<u4").tolist()
    return np.random.default_rng(np.random.SeedSequence([seed, *words]))


def redrawn(
    fold: Fold, own: Floats, samples: Iterable[Sample], unit: object, seed: int, replications: int
) -> Floats:
    """The scores of the fold's known nodes in each replication, as rows."""
    place = {i: k for k, i in enumerate(fold.known)}
    drawn = np.tile(own, (replications, 1))
    for sample in samples:
        if sample.correction > 0:
            rng = generator(seed, unit, sample.survey)
            drawn[:, [place[i] for i in sample.items]] = sample.draws(rng, replications)
    return drawn


def chances(fold: Fold, drawn: Floats) -> Floats:
    """The share of draws in which a unit has each grade, best first; the last is that of none."""
    grades = len(fold.scheme.grades)
    nodes = asked(fold.scheme, fold.statuses)
    won = awarded(fold.scheme, fold.values(drawn, needed(nodes)), nodes)
    counts = np.bincount(np.where(won < 0, grades, won), minlength=grades + 1)
    return np.asarray(counts / len(drawn))
