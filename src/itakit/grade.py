"""Grades: names for bands of the rounded score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from itakit.titles import Title


@frozen
class Requirement:
    """A lowest rounded score for every node of a level, or for the node of a code."""

    target: str
    """A level or a code."""
    at_least: Fraction


@frozen
class Grade:
    """A band of the rounded score, written as its lower bound, so that bands cannot overlap."""

    name: str
    lowest: Fraction
    """The least rounded score of the band."""
    requires: tuple[Requirement, ...] = ()
    """What else must hold."""
    title: Title = Title()

    def holds(self, rounded: Decimal, scores: Callable[[str], Sequence[Decimal | None]]) -> bool:
        """Whether a unit has reached this grade.

        ``scores`` gives the rounded scores of a level or code. A condition on a node that has no
        score is not met.
        """
        return rounded >= self.lowest and not any(self.unmet(scores))

    def unmet(self, scores: Callable[[str], Sequence[Decimal | None]]) -> Iterable[Requirement]:
        """The conditions that a unit has not met."""
        for requirement in self.requires:
            found = scores(requirement.target)
            if not found or any(s is None or s < requirement.at_least for s in found):
                yield requirement


def award(
    grades: Iterable[Grade],
    rounded: Decimal | None,
    scores: Callable[[str], Sequence[Decimal | None]],
) -> Grade | None:
    """The first grade whose lower bound and conditions hold; none for a missing score."""
    if rounded is None:
        return None
    return next((grade for grade in grades if grade.holds(rounded, scores)), None)
