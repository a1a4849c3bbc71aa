"""Gains and ways: what an item would add, and what it takes to reach a grade."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import frozen

from itakit.errors import Problem
from itakit.grade import Grade, Requirement

Outcome: TypeAlias = Literal["found", "cannot", "unknown", "none"]
"""Whether a way was found; ``none`` where there is nothing of the kind to improve."""
Standing: TypeAlias = Literal["can gain", "full", "missing", "not applicable", "unused"]


@frozen
class Gain:
    """What the unit's total would gain if a node were full."""

    code: str
    standing: Standing
    """Whether the node can gain; for an item that is missing, to be full is to be given."""
    item: bool
    """Whether it is an item."""
    score: Fraction | None
    """The node's own score now."""
    top: Fraction | None
    """The node's own score if it were full."""
    gain: Fraction | None
    """What the total would gain, exactly; `None` where there is no score before or after."""
    error: Fraction
    """The most by which the gain is off: 0 unless scores are not rational."""
    total: Fraction | None
    """The total's score if it were full."""
    rounded: Decimal | None
    """The same as it would be published."""
    grade: str | None
    """The grade that the unit would have."""
    problem: Problem | None = None
    """Why there would be no score, such as a sum beyond the range."""


@frozen
class ItemsWay:
    """The fewest items that, made full, bring a unit to a grade or to a better one."""

    outcome: Outcome
    number: int | None = None
    """How many; with what is not exact, as few as were found."""
    least: int = 0
    """No fewer can do: it is the number where the number is exact."""
    sets: tuple[tuple[str, ...], ...] = ()
    """Codes that do, in the scheme's order; all sets of that number where `every` says so."""
    every: bool = False
    count: int | None = None
    """How many sets of that number do; `None` where they are too many to try."""
    whole: bool = False
    """Whether inner nodes that were given as a whole had to be counted among the items."""
    nearly: Decimal | None = None
    """The highest total with one item fewer, for a linear tree: what proves the number. `None`
    too where a condition cannot be met with one fewer."""

    @property
    def exact(self) -> bool:
        """Whether no fewer items can do."""
        return self.number is not None and self.number == self.least


@frozen
class Move:
    """Respondents of one item who give a better answer."""

    code: str
    answer: str
    """The code of what they answered."""
    better: str
    """The code of what they would have to answer."""
    people: int
    steps: int
    """How many times each of them gives the next better answer."""


@frozen
class StepsWay:
    """The fewest steps of respondents that bring a unit to a grade or to a better one.

    A step is one respondent who gives the next better answer on the item's scale.
    """

    outcome: Outcome
    number: int | None = None
    least: int = 0
    moves: tuple[Move, ...] = ()
    reason: str = ""
    """The name of the sentence that says why there is no number."""

    @property
    def exact(self) -> bool:
        """Whether no fewer steps can do."""
        return self.number is not None and self.number == self.least


@frozen
class Reach:
    """What it takes to reach a grade."""

    grade: Grade
    items: ItemsWay
    steps: StepsWay
    points: Fraction
    """How far the published total is below the grade's bound; 0 where it is not."""
    unmet: tuple[Requirement, ...]
    """The conditions of the grade that are not met now."""
    never: tuple[Requirement, ...]
    """The conditions that are not met even with everything full."""
    best: Decimal | None
    """The published total with everything full."""
