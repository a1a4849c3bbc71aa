"""What became of the rules that are of no node: the whole, levels, scales, grades, the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve

from itakit.difference.change import Change
from itakit.difference.matching import Matching
from itakit.grade import Grade
from itakit.scale import Choice, Scale
from itakit.scheme import Phase, Scheme


def whole(old: Scheme, new: Scheme, inherited: Collection[tuple[str, str]]) -> Iterator[Change]:
    """The whole scheme."""
    values: list[tuple[str, object, object, bool]] = [
        ("title", old.title, new.title, False),
        ("source", old.source, new.source, False),
        ("range", old.range, new.range, True),
        ("places", old.rounding.places, new.rounding.places, True),
        ("mode", old.rounding.mode, new.rounding.mode, True),
        ("carry", _carry(old), _carry(new), True),
        ("missing", old.missing, new.missing, ("missing", "") in inherited),
        ("weights", old.weights, new.weights, True),
    ]
    for kind, before, after, scores in values:
        if before != after:
            yield Change("scheme", "", kind, before, after, scores)


def _carry(scheme: Scheme) -> tuple[str, ...]:
    return tuple(sorted(scheme.rounding.carry))


def levels(matching: Matching, inherited: Collection[tuple[str, str]]) -> Iterator[Change]:
    """The levels. One without nodes bears on no score, so neither does that it comes or goes."""
    before = {name: matching.renamed(method) for name, method in matching.old.levels}
    after = dict(matching.new.levels)
    for name in _all(before, after):
        if name not in before:
            yield Change("level", name, "added", None, after[name], scores=False)
        elif name not in after:
            yield Change("level", name, "retired", before[name], None, scores=False)
        elif before[name] != after[name]:
            scores = ("level", name) in inherited
            yield Change("level", name, "method", before[name], after[name], scores)


def scales(old: Scheme, new: Scheme) -> Iterator[Change]:
    """The scales. Scores depend on those that nodes have."""
    before, after = old.scales, new.scales
    used = [{node.scale.name for node in scheme.nodes() if node.scale} for scheme in (old, new)]
    for name in _all(before, after):
        if name not in before:
            yield Change("scale", name, "added", None, _scale(after[name]), name in used[1])
        elif name not in after:
            yield Change("scale", name, "retired", _scale(before[name]), None, name in used[0])
        else:
            scores = name in used[0] or name in used[1]
            for change in _of_scale(before[name], after[name]):
                kind, was, now, item = change
                yield Change("scale", name, kind, was, now, scores, item)


_Difference = tuple[str, object, object, str]


def _of_scale(old: Scale, new: Scale) -> Iterator[_Difference]:
    if (old.goalposts is None) != (new.goalposts is None):
        yield "kind", _scale(old), _scale(new), ""
        return
    if old.goalposts is not None and new.goalposts is not None:
        before, after = ((posts.worst, posts.best) for posts in (old.goalposts, new.goalposts))
        if before != after:
            yield "direction" if before == after[::-1] else "goalposts", before, after, ""
        for kind in ("clamp", "transform"):
            was, now = getattr(old.goalposts, kind), getattr(new.goalposts, kind)
            if was != now:
                yield kind, was, now, ""
    yield from _of_answers(old, new)
    if old.not_applicable != new.not_applicable:
        yield "not-applicable", old.not_applicable, new.not_applicable, ""
    if old.no_answer != new.no_answer:
        yield "no-answer", old.no_answer, new.no_answer, ""


def _of_answers(old: Scale, new: Scale) -> Iterator[_Difference]:
    before = {choice.code: choice for choice in old.answers}
    after = {choice.code: choice for choice in new.answers}
    points = _points(old), _points(new)
    mirrored = _points(old.reversed("")) if old.range == new.range else {}
    turned = points[0] != points[1] == mirrored and bool(points[1])
    if turned:
        yield "direction", _scale(old), _scale(new), ""
    for code in _all(before, after):
        if code not in before:
            yield "answer-added", None, _answer(after[code]), code
        elif code not in after:
            yield "answer-retired", _answer(before[code]), None, code
        else:
            was, now = before[code], after[code]
            if was.score != now.score and not turned:
                yield "answer-score", was.score, now.score, code
            if was.title != now.title:
                yield "answer-title", was.title, now.title, code
    orders = _orders(before, after)
    if orders is not None:
        yield "order", *orders, ""


def _points(scale: Scale) -> dict[str, Fraction]:
    return {choice.code: choice.score for choice in scale.answers}


def _answer(choice: Choice) -> dict[str, object]:
    return {"score": choice.score, "title": choice.title or None}


def _scale(scale: Scale) -> dict[str, object]:
    """All that a scale says."""
    posts = scale.goalposts
    if posts is None:
        told: dict[str, object] = {"answers": {c.code: _answer(c) for c in scale.answers}}
    else:
        ends = (posts.worst, posts.best)
        told = {"goalposts": ends, "clamp": posts.clamp, "transform": posts.transform}
    silent = {"no_answer": scale.no_answer} if scale.no_answer else {}
    return told | {"not_applicable": scale.not_applicable} | silent


def grades(matching: Matching, known: Mapping[str, str]) -> Iterator[Change]:
    """The grades, by name; one that kept its bound and its conditions got another name.

    New names by old ones may be known.
    """
    before = {grade.name: _required(grade, matching) for grade in matching.old.grades}
    after = {grade.name: grade for grade in matching.new.grades}
    said = {
        new: old
        for old, new in known.items()
        if old in before.keys() - after.keys() and new in after.keys() - before.keys()
    }
    gone = {name: grade for name, grade in before.items() if name not in said.values()}
    come = {name: grade for name, grade in after.items() if name not in said}
    was = said | _renamed(gone, come)
    for name in _all(before, after):
        if name in after and name not in before and name not in was:
            yield Change("grade", name, "added", None, _grade(after[name]))
        elif name in after:
            yield from _of_grade(before[was.get(name, name)], after[name])
        elif name not in was.values():
            yield Change("grade", name, "retired", _grade(before[name]), None)
    named = {was.get(name, name): grade for name, grade in after.items()}
    orders = _orders(before, named)
    if orders is not None:
        now = {old: new for new, old in was.items()}
        order, other = (tuple(now.get(name, name) for name in names) for names in orders)
        yield Change("grade", "", "order", order, other)


def _required(grade: Grade, matching: Matching) -> Grade:
    return evolve(grade, requires=tuple(map(matching.required, grade.requires)))


def _renamed(old: Mapping[str, Grade], new: Mapping[str, Grade]) -> dict[str, str]:
    """What grades were called that only one on each side can be, by their new names."""
    gone: dict[object, list[str]] = {}
    for name in old.keys() - new.keys():
        gone.setdefault((old[name].lowest, old[name].requires), []).append(name)
    come: dict[object, list[str]] = {}
    for name in new.keys() - old.keys():
        come.setdefault((new[name].lowest, new[name].requires), []).append(name)
    return {
        come[rule][0]: names[0]
        for rule, names in gone.items()
        if len(names) == len(come.get(rule, ())) == 1
    }


def _of_grade(old: Grade, new: Grade) -> Iterator[Change]:
    if old.name != new.name:
        yield Change("grade", new.name, "renamed", old.name, new.name)
    if old.lowest != new.lowest:
        yield Change("grade", new.name, "from", old.lowest, new.lowest)
    if old.requires != new.requires:
        yield Change("grade", new.name, "requires", old.requires, new.requires)
    if old.title != new.title:
        yield Change("grade", new.name, "title", old.title, new.title, scores=False)


def _grade(grade: Grade) -> dict[str, object]:
    return {"from": grade.lowest, "requires": grade.requires, "title": grade.title or None}


def calendar(old: Scheme, new: Scheme) -> Iterator[Change]:
    """The phases. One that keeps its title or its days is the same; else it is another one."""
    before, after = Counter(old.calendar), Counter(new.calendar)
    gone, come = [*(before - after).elements()], [*(after - before).elements()]
    for same in (_phase_title, _phase_days):
        pairs = _pairs(gone, come, same)
        for phase, other in pairs:
            days = _phase_days(phase), _phase_days(other)
            if days[0] != days[1]:
                yield _phase(other, "dates", *days)
            if phase.title != other.title:
                yield _phase(other, "title", phase.title, other.title)
        paired = [{id(phase) for phase in side} for side in zip(*pairs, strict=True)] or [set()] * 2
        gone = [phase for phase in gone if id(phase) not in paired[0]]
        come = [phase for phase in come if id(phase) not in paired[1]]
    yield from (_phase(phase, "retired", _phase_whole(phase), None) for phase in gone)
    yield from (_phase(phase, "added", None, _phase_whole(phase)) for phase in come)


def _pairs(
    old: Sequence[Phase], new: Sequence[Phase], same: Callable[[Phase], object]
) -> list[tuple[Phase, Phase]]:
    """The phases of which there is one alike on each side."""
    ours, theirs = (Counter(map(same, side)) for side in (old, new))
    others = {same(phase): phase for phase in new}
    return [
        (phase, others[same(phase)])
        for phase in old
        if same(phase) is not None and ours[same(phase)] == theirs[same(phase)] == 1
    ]


def _phase(phase: Phase, kind: str, old: object, new: object) -> Change:
    return Change("phase", phase.start.isoformat(), kind, old, new, scores=False)


def _phase_whole(phase: Phase) -> dict[str, object]:
    return {"from": phase.start, "to": phase.end, "title": phase.title}


def _phase_title(phase: Phase) -> object:
    return phase.title or None


def _phase_days(phase: Phase) -> tuple[object, ...]:
    return phase.start, phase.end


def _all(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of both, as the new one has them; what only the old one has comes last."""
    return [*new, *(name for name in old if name not in new)]


def _orders(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The names that both have in the order of each, where that differs."""
    before = tuple(name for name in old if name in new)
    after = tuple(name for name in new if name in old)
    return None if before == after else (before, after)
