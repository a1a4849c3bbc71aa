"""Examining: units under rules drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from itakit.scheme import Scheme
from itakit.uncertainty.awarding import published
from itakit.uncertainty.certain import PLACES
from itakit.uncertainty.combining import Floats
from itakit.uncertainty.redrawing import Field, Rules
from itakit.uncertainty.resampling import generator
from itakit.uncertainty.robust import Robustness, Swap, UnitRobustness
from itakit.uncertainty.samples import Unit

INNER: Final = 5, 95
"""The percentiles that are told."""


def examine(
    scheme: Scheme,
    column: str | None,
    units: Sequence[Unit],
    rules: Rules,
    draws: int,
    seed: int,
) -> Robustness:
    """What becomes of units under rules drawn at random; the same seed draws the same rules."""
    units = [unit for unit in units if unit.fold.scored[0]]
    field = Field.of(scheme, units)
    plan, rng = scheme.plan, generator(seed, "rules")
    varied = field.weighted() if rules.spread or rules.concentration is not None else []
    swapped = [s.index for s in plan.steps if plan.nodes[s.index].level in rules.levels]
    scores, grades = np.empty((draws, len(units))), np.empty((draws, len(units)), dtype=np.intp)
    for k in range(draws):
        weights = {s.index: rules.weights(field.declared(s), rng) for s in varied}
        choice = int(rng.integers(len(rules.methods) + 1))
        methods = dict.fromkeys(swapped, rules.methods[choice - 1]) if choice else {}
        values = field.redone(weights, methods)
        scores[k], grades[k] = values[:, 0], field.grades(values)
    base, won = field.values[:, 0], field.grades(field.values)
    places = _ranks(scheme, base)
    shifts = np.abs(_ranks(scheme, scores) - places)
    swaps = []
    for use in rules.methods:
        values = field.redone({}, dict.fromkeys(swapped, use))
        swaps.append(_swap(scheme, use.name, values[:, 0], places, field.grades(values), won))
    return Robustness(
        scheme,
        column,
        tuple(
            _unit(unit, scores[:, k], grades[:, k], int(won[k]), int(places[k]), shifts[:, k])
            for k, unit in enumerate(units)
        ),
        draws,
        seed,
        rules,
        tuple(plan.nodes[step.index].code for step in reversed(varied)),
        tuple(swaps),
        _share(scheme, grades != won),
        _mean(shifts),
    )


def _swap(
    scheme: Scheme,
    method: str,
    scores: Floats,
    places: Floats,
    grades: npt.NDArray[np.intp],
    won: npt.NDArray[np.intp],
) -> Swap:
    moved = np.abs(_ranks(scheme, scores) - places)
    names = [*(grade.name for grade in scheme.grades), None]
    digits = scheme.rounding.places
    figures = [
        None if np.isnan(score) else Decimal(f"{score:.{digits}f}")
        for score in published(scores, scheme.rounding)
    ]
    told = tuple(names[k] for k in grades)
    return Swap(method, _share(scheme, grades != won), _mean(moved), tuple(figures), told)


def _unit(
    unit: Unit,
    scores: Floats,
    grades: npt.NDArray[np.intp],
    won: int,
    place: int,
    shifts: npt.NDArray[np.float64],
) -> UnitRobustness:
    scheme = unit.scores.scheme
    names = [*(grade.name for grade in scheme.grades), None]
    counts = np.bincount(np.where(grades < 0, len(names) - 1, grades), minlength=len(names))
    shares = {name: Fraction(int(n), len(grades)) for name, n in zip(names, counts, strict=True)}
    found = scores[~np.isnan(scores)]
    ends = (
        np.percentile(found, [0, *INNER, 100])
        if found.size
        else np.full(4, unit.fold.values(unit.own)[0])
    )
    places = scheme.rounding.places + PLACES
    least, low, high, most = (Decimal(f"{end:.{places}f}") for end in ends)
    return UnitRobustness(
        unit.name,
        unit.scores.rounded(0),
        names[won],
        least,
        low,
        high,
        most,
        _share(scheme, grades != won),
        {name: share for name, share in shares.items() if share or name is not None},
        place,
        _mean(shifts),
    )


def _ranks(scheme: Scheme, scores: Floats) -> Floats:
    """Places by published score, 1 for the best; the last axis runs over units."""
    figures = published(scores, scheme.rounding)
    last = np.where(np.isnan(figures), np.inf, -figures)
    return np.asarray(rankdata(last, method="min", axis=-1))


def _share(scheme: Scheme, changed: npt.NDArray[np.bool_]) -> Fraction | None:
    """The share of what changed; none where there are no grades that could."""
    return Fraction(int(changed.sum()), max(changed.size, 1)) if scheme.grades else None


def _mean(shifts: npt.NDArray[np.float64]) -> Decimal:
    return Decimal(f"{shifts.mean() if shifts.size else 0:.2f}")
