"""Awarding in floats: published figures and grades of many draws at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from itakit.rounding import Rounding
from itakit.scheme import Scheme
from itakit.scores import Status

_TIE: Final = 1e-6
"""How near to a tie, in units of the last place, a float is taken to be one.

Scores of a few people are often ties in truth, which a float misses by its last bit. No other
harm is in floats here: a share of draws does not tell whether one of them was a hair's breadth
above a bound.
"""


def published(scores: npt.NDArray[np.float64], rounding: Rounding) -> npt.NDArray[np.float64]:
    """The published figures of scores."""
    unit = 10.0**rounding.places
    scaled = np.abs(scores) * unit
    match rounding.mode:
        case "half-up":
            whole = np.floor(scaled + 0.5 + _TIE)
        case "half-even":
            floor = np.floor(scaled)
            tie = np.abs(scaled - floor - 0.5) <= _TIE
            whole = np.where(tie, 2 * np.round(scaled / 2), np.floor(scaled + 0.5))
        case "down":
            whole = np.floor(scaled + _TIE)
        case _:  # up
            whole = np.ceil(scaled - _TIE)
    return np.asarray(np.sign(scores) * whole / unit)


def asked(scheme: Scheme, statuses: Sequence[Status]) -> Mapping[str, list[int]]:
    """By what the grades ask about, the numbers of the nodes that apply; the root's first."""
    plan = scheme.plan
    targets = {r.target for grade in scheme.grades for r in grade.requires}
    found = {
        target: [
            i
            for i in plan.levels.get(target) or (plan.index[target],)
            if statuses[i] != "not applicable"
        ]
        for target in sorted(targets)
    }
    return {"": [0], **found}


def needed(nodes: Mapping[str, list[int]]) -> list[int]:
    """The numbers of the nodes whose scores decide a grade."""
    return sorted({i for numbers in nodes.values() for i in numbers})


def awarded(
    scheme: Scheme, scores: npt.NDArray[np.float64], nodes: Mapping[str, list[int]]
) -> npt.NDArray[np.intp]:
    """The number of the grade of each draw; -1 for none.

    The last axis of the scores runs over the nodes that are needed.
    """
    figures = published(scores, scheme.rounding)
    place = {i: k for k, i in enumerate(needed(nodes))}
    found = np.full(scores.shape[:-1], -1, dtype=np.intp)
    with np.errstate(invalid="ignore"):
        for k, grade in reversed(list(enumerate(scheme.grades))):
            holds: Any = figures[..., 0] >= _near(grade.lowest)
            for requirement in grade.requires:
                numbers = [place[i] for i in nodes[requirement.target]]
                met = (figures[..., numbers] >= _near(requirement.at_least)).all(axis=-1)
                holds &= met & bool(numbers)
            found[holds] = k
    return found


def _near(bound: Fraction) -> float:
    """A bound a little lower, as figures are floats of decimals."""
    near: float = bound.numerator / bound.denominator
    return near - abs(near) * 1e-12 - 1e-12
