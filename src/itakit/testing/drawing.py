"""Drawing: every random choice is a whole number between two others.

One function makes them all, so that the same scheme and the same evidence can be drawn by
Hypothesis, which shrinks towards the first number, and by a plain random generator, which is
faster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import TypeAlias, TypeVar

Draw: TypeAlias = Callable[[int, int], int]
"""Draws a whole number from the first to the second one, both included."""

T = TypeVar("T")


def dice(seed: int) -> Draw:
    """Draws by a plain random generator: the same numbers for the same seed."""
    return Random(seed).randint  # noqa: S311  # a die, and no secret


def pick(draw: Draw, options: Sequence[T]) -> T:
    """One of the options; the first one is the simplest."""
    return options[draw(0, len(options) - 1)]


def chance(draw: Draw, out_of: int) -> bool:
    """Whether a thing happens that happens once out of so many times; not is simpler."""
    return draw(0, out_of - 1) == out_of - 1


def score(draw: Draw, range: tuple[Fraction, Fraction]) -> Fraction:
    """A score in a range: mostly a twentieth of the way, now and then an unwieldy fraction."""
    low, high = range
    # How far comes first: a case with an unwieldy fraction shrinks to one with a twentieth near it.
    far, parts = draw(0, 20), pick(draw, (20, 20, 20, 7, 9, 113, 1000))
    step = far * parts // 20
    if parts != 20:
        step = min(parts, step + draw(0, max(1, parts // 20)))
    return low + (high - low) * Fraction(step, parts)
