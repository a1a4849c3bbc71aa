"""Grading: which grades figures leave possible, and which bound it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import define, frozen

from itakit.auditing.linear import Region
from itakit.auditing.network import Network
from itakit.auditing.span import Span, rounds_to
from itakit.grade import Grade

_BUDGET: Final = 3_000
"""How many ways for grades to fail are tried; beyond it a grade counts as possible."""


@frozen
class Hinge:
    """A bound of a grade on both sides of which a score may lie."""

    grade: str
    code: str
    """The node that must reach the bound."""
    bound: Fraction
    """What its published score must reach."""
    edge: Fraction
    """The exact score from which on, or above which, it is rounded to that."""
    span: Span
    """Where the exact score may lie."""


@frozen
class _Condition:
    index: int
    grade: str
    bound: Fraction
    met: Span
    unmet: Span

    def open(self, regions: Sequence[Region]) -> bool:
        """Whether it may hold and may fail."""
        return self.may(regions, self.met) and self.may(regions, self.unmet)

    def may(self, regions: Sequence[Region], side: Span) -> bool:
        """Whether the score may lie on a side of the bound."""
        return side.low_end <= side.high_end and regions[self.index].meet(side) is not None


@define
class Grading:
    """The grades of a scheme, in view of what is known of a unit."""

    network: Network
    cuts: Mapping[int, Span]
    _left: int = _BUDGET

    def possible(self) -> tuple[str, ...]:
        """The grades that the unit may have, highest first."""
        regions = self.network.settle(self.cuts)
        grades = self.network.scheme.grades
        if regions is None or not grades:
            return ()
        found = []
        for k, grade in enumerate(grades):
            asked = self._conditions(grade)
            if asked is None or any(not c.may(regions, c.met) for c in asked):
                continue
            held = self._hold(grade, self.cuts)
            if held is not None and any(True for _ in self._failed(grades[:k][::-1], held)):
                found.append(grade.name)
        return tuple(found)

    def ways(self, name: str) -> Iterator[Sequence[Region]]:
        """Where each score may lie with a grade, once for each way in which those above fail."""
        grades = self.network.scheme.grades
        k = [grade.name for grade in grades].index(name)
        held = self._hold(grades[k], self.cuts)
        if held is not None:
            yield from self._failed(grades[:k][::-1], held)

    def hinges(self, possible: Sequence[str]) -> tuple[Hinge, ...]:
        """The bounds between possible grades that a score may reach and may miss."""
        regions = self.network.settle(self.cuts)
        if regions is None or len(possible) < 2:
            return ()
        grades = self.network.scheme.grades
        last = [grade.name for grade in grades].index(possible[-1])
        return tuple(
            Hinge(
                condition.grade,
                self.network.scheme.plan.nodes[condition.index].code,
                condition.bound,
                condition.met.low,
                regions[condition.index].span,
            )
            for grade in grades[:last]
            if grade.name in possible
            for condition in self._conditions(grade) or ()
            if condition.open(regions)
        )

    def _conditions(self, grade: Grade) -> list[_Condition] | None:
        """What a grade asks for; `None` where it asks for a node that does not apply."""
        plan, gone = self.network.scheme.plan, self.network.gone
        bounds = [(0, grade.lowest)]
        for requirement in grade.requires:
            numbers = plan.levels.get(requirement.target) or (plan.index[requirement.target],)
            there = [i for i in numbers if i not in gone]
            if not there:
                return None
            bounds += [(i, requirement.at_least) for i in there]
        return [self._condition(i, grade.name, bound) for i, bound in bounds]

    def _condition(self, i: int, grade: str, bound: Fraction) -> _Condition:
        rounding, whole = self.network.scheme.rounding, self.network.whole
        n = -(-(bound * 10**rounding.places) // 1)
        figure = Fraction(n, 10**rounding.places)
        edge = rounds_to(figure, rounding.places, rounding.mode).low_end
        before = (edge[0], edge[1] - 1)
        return _Condition(i, grade, bound, Span(edge, whole.high_end), Span(whole.low_end, before))

    def _hold(self, grade: Grade, cuts: Mapping[int, Span]) -> Mapping[int, Span] | None:
        """What is known where a grade's conditions hold; `None` where they cannot."""
        conditions = self._conditions(grade)
        if conditions is None:
            return None
        for condition in conditions:
            further = _with(cuts, condition.index, condition.met)
            if further is None:
                return None
            cuts = further
        return cuts

    def _failed(
        self, earlier: Sequence[Grade], cuts: Mapping[int, Span]
    ) -> Iterator[Sequence[Region]]:
        """Where each score may lie as some grades fail together; the nearest comes first."""
        regions = self.network.settle(cuts)
        self._left -= 1
        if regions is None:
            return
        for k, grade in enumerate(earlier):
            conditions = self._conditions(grade)
            if conditions is None or any(not c.may(regions, c.met) for c in conditions):
                continue
            if self._left < 0:
                break
            for further in self._ways(conditions, regions, cuts):
                yield from self._failed(earlier[k + 1 :], further)
            return
        yield regions

    def _ways(
        self,
        conditions: Sequence[_Condition],
        regions: Sequence[Region],
        cuts: Mapping[int, Span],
    ) -> Iterator[Mapping[int, Span]]:
        """What is known where one or another condition fails."""
        for condition in conditions:
            further = _with(cuts, condition.index, condition.unmet)
            if further is not None and condition.may(regions, condition.unmet):
                yield further


def _with(cuts: Mapping[int, Span], i: int, span: Span) -> Mapping[int, Span] | None:
    """What is known, and that a score lies in a span."""
    kept = cuts[i].meet(span) if i in cuts else span
    return None if kept is None else {**cuts, i: kept}
