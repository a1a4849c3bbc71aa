"""Grades: every published score has one, and every one of them can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Literal

from attrs import frozen

from itakit.grade import Grade
from itakit.notation.flaws import Flaw, Flaws, Spot
from itakit.notation.positions import Path
from itakit.numerals import plain
from itakit.scheme import Node, Scheme
from itakit.text import printable
from itakit.wording import say

_MOST = 20
"""A hostile file has many grades from one score, with many conditions: no more are compared."""


def unsound_grades(scheme: Scheme, nodes: Sequence[Node], hints: Flaws) -> Iterator[Flaw]:
    """What is wrong with the grades of a scheme of these nodes."""
    if not scheme.grades:
        return
    ladder = _Ladder.of(scheme, nodes)
    names: dict[str, int] = {}
    above: Grade | None = None
    equals: list[int] = []  # the grades before this one that start at the same published score
    for i, grade in enumerate(scheme.grades):
        first = names.setdefault(grade.name, i)
        if first != i:
            says = say(
                "grade-twice", name=printable(grade.name), where=Spot(("grade", first, "name"))
            )
            yield Flaw(("grade", i, "name"), says, say("grades-own-names"))
        yield from ladder.above_all(i, grade)
        if above is None or ladder.start(above) != ladder.start(grade):
            equals = []
        if above is not None and grade.lowest > above.lowest:
            says = say("grade-order", value=plain(grade.lowest), above=plain(above.lowest))
            yield Flaw(("grade", i, "from"), says, say("highest-first"))
        else:
            yield from ladder.preempted(i, grade, equals)
        if len(equals) < _MOST and len(grade.requires) <= _MOST:
            equals.append(i)
        yield from ladder.requirements(i, grade, hints)
        above = grade
    yield from ladder.last()


@frozen
class _Ladder:
    scheme: Scheme
    published: tuple[Fraction, Fraction]
    """The lowest and the highest score as they are published."""
    unit: int
    """How many units of the last published place make one."""
    codes: Mapping[str, str]
    """The level of every code."""
    levels: Mapping[str, tuple[str, ...]]
    """The codes of every level."""

    @classmethod
    def of(cls, scheme: Scheme, nodes: Sequence[Node]) -> _Ladder:
        (low, high), rounding = scheme.range, scheme.rounding
        unit = 10**rounding.places
        levels: dict[str, list[str]] = {}
        for node in nodes:
            levels.setdefault(node.level, []).append(node.code)
        return cls(
            scheme,
            (Fraction(rounding.integer(low), unit), Fraction(rounding.integer(high), unit)),
            unit,
            {node.code: node.level for node in nodes},
            {level: tuple(codes) for level, codes in levels.items()},
        )

    def least(self, bound: Fraction) -> Fraction:
        """The least figure that can be published and is no less than a bound."""
        return max(Fraction(ceil(bound * self.unit), self.unit), self.published[0])

    def start(self, grade: Grade) -> Fraction:
        """The least published score of a grade."""
        return self.least(grade.lowest)

    def above_all(self, i: int, grade: Grade) -> Iterator[Flaw]:
        """No score is published as high as the grade starts."""
        (_, high), (_, top) = self.scheme.range, self.published
        if grade.lowest <= top:
            return
        values = {"value": plain(grade.lowest), "high": plain(high)}
        if grade.lowest > high:
            says = say("grade-above", **values)
        else:
            says = say("grade-above-published", published=plain(top), **values)
        yield Flaw(("grade", i, "from"), says)

    def preempted(self, i: int, grade: Grade, equals: Sequence[int]) -> Iterator[Flaw]:
        """A grade before it asks for nothing that this one does not ask for."""
        for j in equals:
            other = self.scheme.grades[j]
            implied = self._implied(other, grade)
            if implied != "never":
                name = "grade-preempted" if implied == "always" else "grade-hidden"
                says = say(name, other=printable(other.name), where=Spot(("grade", j)))
                warning = implied == "scored"
                yield Flaw(("grade", i), says, say("asks-more-first"), warning=warning)
                return

    def _implied(self, other: Grade, grade: Grade) -> Literal["always", "scored", "never"]:
        """Whether who meets the conditions of a grade meets those of another.

        Always, or only if everything that the other asks for applies and has a score, or not.
        """
        asked = {r.target: self.least(r.at_least) for r in grade.requires}
        root = self.scheme.root.code
        if self.levels[root] == (root,):
            asked[root] = max(asked.get(root, self.start(grade)), self.start(grade))
        implied: Literal["always", "scored"] = "always"
        nothing = self.published[0] - 1
        for requirement in other.requires:
            target, bound = requirement.target, self.least(requirement.at_least)
            codes = self.levels.get(target, ())
            if asked.get(target, nothing) >= bound or (
                codes and all(asked.get(code, nothing) >= bound for code in codes)
            ):
                continue
            # A level leaves out what does not apply, and no bound is met by what has no score.
            level = asked.get(self.codes.get(target, ""), self.published[0])
            if level < bound:
                return "never"
            implied = "scored"
        return implied

    def requirements(self, i: int, grade: Grade, hints: Flaws) -> Iterator[Flaw]:
        """A condition names a level or a code, and a score of the range."""
        low, high = self.scheme.range
        for requirement in grade.requires:
            target = requirement.target
            at: Path = ("grade", i, "requires", target)
            if target not in self.codes and target not in self.levels:
                hint = hints.meant(target, self.levels.keys() | self.codes.keys())
                yield Flaw(at, say("requires-nothing"), hint or say("level-or-code"))
            elif target in self.levels and target in self.codes and target != self.scheme.root.code:
                yield Flaw(at, say("requires-both"), say("rename-code"))
            if not low <= requirement.at_least <= high:
                value = plain(requirement.at_least)
                says = say("outside-range", value=value, low=plain(low), high=plain(high))
                yield Flaw(at, says)

    def last(self) -> Iterator[Flaw]:
        """The last grade has to take whatever those before it leave."""
        i, grade = len(self.scheme.grades) - 1, self.scheme.grades[-1]
        (low, _), (bottom, _) = self.scheme.range, self.published
        value = plain(grade.lowest)
        if grade.lowest > low:
            says = say("grades-cover", value=value, low=plain(low))
            yield Flaw(("grade", i, "from"), says, say("add-grade", low=plain(low)))
        elif grade.lowest > bottom:
            values = {"value": value, "low": plain(low), "published": plain(bottom)}
            says = say("grades-cover-published", **values)
            yield Flaw(("grade", i, "from"), says, say("start-lower", published=plain(bottom)))
        if grade.requires:
            yield Flaw(("grade", i, "requires"), say("last-grade-requires"), say("add-last-grade"))
