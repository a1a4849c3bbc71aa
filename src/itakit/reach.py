"""Reach: what of a scheme its golden cases come to, and what no case reaches.

An item is reached where a unit has a score for it and not for what stands above it; an answer
where somebody gave it; a grade where a unit has it. A condition is to be reached twice: a unit
that has come to it meets it, and another does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field, frozen

from itakit.casebook import Case
from itakit.errors import EvidenceError
from itakit.evaluation import evaluate
from itakit.notation.flaws import listed
from itakit.numerals import plain
from itakit.result import Result
from itakit.scale import Scale
from itakit.scheme import Scheme
from itakit.wording import Message, say


@frozen
class Part:
    """One kind of thing that a case can reach: how many there are, and which none reaches."""

    total: int
    lacking: tuple[Message, ...]
    """Sentences, in the order of the scheme; one may speak of several things."""
    missed: int
    """How many no case reaches."""

    @property
    def reached(self) -> int:
        """How many a case reaches."""
        return self.total - self.missed


@frozen
class Reach:
    """What the cases of a scheme reach of its items, answers, grades and conditions."""

    items: Part
    answers: Part
    """Of the scales that items use; with the answers that are not applicable."""
    grades: Part
    conditions: Part
    """Every condition of a grade twice: where it holds, and where it does not."""

    @property
    def parts(self) -> Sequence[Part]:
        """All four."""
        return (self.items, self.answers, self.grades, self.conditions)


@define
class _Seen:
    """What has been reached so far."""

    items: set[str] = field(factory=set)
    answers: set[tuple[str, str]] = field(factory=set)
    grades: set[str] = field(factory=set)
    conditions: set[tuple[str, str, bool]] = field(factory=set)


def reach(scheme: Scheme, cases: Iterable[Case]) -> Reach:
    """What cases reach; one that expects an error reaches nothing."""
    seen = _Seen()
    for case in cases:
        try:
            result = evaluate(scheme, case.evidence)
        except EvidenceError:
            continue
        _walk(result, seen)
    return Reach(
        _items(scheme, seen),
        _answers(scheme, seen),
        _grades(scheme, seen),
        _conditions(scheme, seen),
    )


def _walk(result: Result, seen: _Seen) -> None:
    for node in result:
        if node.evidence is None:
            continue
        if not node.node.children and node.score is not None:
            seen.items.add(node.code)
        for counts in (node.answers, node.inapplicable):
            if node.scale is not None and counts:
                place = _ANY if node.scale.goalposts is not None else None
                inapplicable = node.scale.not_applicable
                seen.answers.update(
                    (node.scale.name, code if place is None or code in inapplicable else place)
                    for code in counts
                )
    if result.rounded is None:
        return
    for grade in result.scheme.grades:
        if result.rounded < grade.lowest:
            continue
        unmet = list(grade.unmet(result.rounded_of))
        seen.conditions.update((grade.name, r.target, r not in unmet) for r in grade.requires)
        if not unmet:
            seen.grades.add(grade.name)
            return


_ANY = ""
"""Stands for the numbers between goalposts, of which any will do; no code is empty."""


def _items(scheme: Scheme, seen: _Seen) -> Part:
    codes = [node.code for node in scheme.leaves()]
    missed = [code for code in codes if code not in seen.items]
    told = [say("reach-items", n=len(missed), items=listed(missed))] if missed else []
    return Part(len(codes), tuple(told), len(missed))


def _choices(scale: Scale) -> Iterator[str]:
    yield from (choice.code for choice in scale.answers)
    if scale.goalposts is not None:
        yield _ANY


def _answers(scheme: Scheme, seen: _Seen) -> Part:
    used = {node.scale.name for node in scheme.leaves() if node.scale is not None}
    total = missing = 0
    told: list[Message] = []
    for scale in scheme.scale_list:
        if scale.name not in used:
            continue
        for name, codes in (
            ("reach-answers", list(_choices(scale))),
            ("reach-inapplicable", list(scale.not_applicable)),
        ):
            missed = [code for code in codes if (scale.name, code) not in seen.answers]
            total, missing = total + len(codes), missing + len(missed)
            if missed == [_ANY]:
                told.append(say("reach-number", scale=scale.name))
            elif missed:
                told.append(say(name, scale=scale.name, answers=listed(missed)))
    return Part(total, tuple(told), missing)


def _grades(scheme: Scheme, seen: _Seen) -> Part:
    missed = [grade.name for grade in scheme.grades if grade.name not in seen.grades]
    told = [say("reach-grade", grade=name) for name in missed]
    return Part(len(scheme.grades), tuple(told), len(missed))


def _conditions(scheme: Scheme, seen: _Seen) -> Part:
    told: list[Message] = []
    total = 0
    for grade in scheme.grades:
        for asked in grade.requires:
            values = {"grade": grade.name, "target": asked.target, "bound": plain(asked.at_least)}
            for held, name in ((True, "reach-held"), (False, "reach-failed")):
                total += 1
                if (grade.name, asked.target, held) not in seen.conditions:
                    told.append(say(name, **values))
    return Part(total, tuple(told), len(told))
