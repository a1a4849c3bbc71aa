"""Combining: aggregation methods on columns of floats, for many units or draws at once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from itakit.methods import BUILT_IN, Inapplicable, Use
from itakit.reals import Undecidable, approximate

Floats: TypeAlias = "npt.NDArray[np.float64]"
_DIGITS = 15
_SHORT = 10**9
_POWERS = {"geometric-mean": 0, "harmonic-mean": -1}


def combine(
    use: Use,
    terms: Floats,
    weights: Floats,
    range: tuple[Fraction, Fraction],
    codes: Sequence[str],
) -> Floats:
    """The scores that a method makes of terms: the last axis runs over them.

    Not a number where the method has no score. Linear methods are divided by the sum of weights
    where they are averages.
    """
    method = use.method
    fewest, most = method.terms
    if not fewest <= terms.shape[-1] <= (most or terms.shape[-1]):
        return np.full(terms.shape[:-1], np.nan)
    if BUILT_IN.get(method.name) is method:
        if method.shape is not None:
            total: Any = terms @ weights
            return np.asarray(total / weights.sum() if method.shape == "average" else total)
        if method.name == "min":
            return np.asarray(terms.min(axis=-1))
        if method.name == "max":
            return np.asarray(terms.max(axis=-1))
        if method.name in _POWERS:
            return _power(terms, weights, _POWERS[method.name])
        if method.name == "power-mean":
            exponent = Fraction(use.parameter("exponent") or 0)
            return _power(terms, weights, exponent.numerator / exponent.denominator)
    return _one_by_one(use, terms, weights, range, codes)


def _power(terms: Floats, weights: Floats, exponent: float) -> Floats:
    """The power mean of terms that are not below zero."""
    shares = weights / weights.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        if exponent == 0:
            found = np.exp(np.log(terms) @ shares)
        else:
            found = ((terms**exponent) @ shares) ** (1 / exponent)
    empty = (terms == 0).any(axis=-1) if exponent <= 0 else np.zeros(terms.shape[:-1], bool)
    below = (terms < 0).any(axis=-1)
    return np.where(below, np.nan, np.where(empty, 0, found))


def _one_by_one(
    use: Use,
    terms: Floats,
    weights: Floats,
    range: tuple[Fraction, Fraction],
    codes: Sequence[str],
) -> Floats:
    """The same by the method itself, in fractions: for methods that have no formula here."""
    own = [_meant(weight) for weight in weights]
    flat = terms.reshape(-1, terms.shape[-1])
    found = np.full(len(flat), np.nan)
    for k, row in enumerate(flat):
        if np.isfinite(row).all():
            exact = [(_meant(value), weight) for value, weight in zip(row, own, strict=True)]
            try:
                score = approximate(use(exact, range, codes), _DIGITS)[0]
            except (Inapplicable, Undecidable):
                continue
            found[k] = score.numerator / score.denominator
    return found.reshape(terms.shape[:-1])


def _meant(value: float) -> Fraction:
    """The short fraction that a float is near to, so that bounds and halves are met exactly."""
    return Fraction(value).limit_denominator(_SHORT)
