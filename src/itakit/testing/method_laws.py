"""The laws of a method, each tried on a node and its children by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve

from itakit.evaluation import evaluate
from itakit.methods import Law
from itakit.reals import Number, approximate
from itakit.scheme import Node, Scheme
from itakit.testing.breach import Breach, short
from itakit.testing.drawing import Draw, pick, score
from itakit.testing.families import Seen, seen
from itakit.text import printable
from itakit.wording import Message, say

Scores: TypeAlias = dict[str, Fraction]
Trial: TypeAlias = Callable[[Draw, Scheme], "Breach | None"]


def _scores(draw: Draw, local: Scheme) -> Scores:
    return {child.code: score(draw, local.range) for child in local.root.children}


def _breach(
    local: Scheme,
    evidence: Scores,
    found: Seen | None,
    relation: str,
    bound: Seen,
    before: Scores | None = None,
) -> Breach:
    code = local.root.code
    score = "–" if found is None else short(found.score)
    expected = f"{relation} {short(bound.score)}"
    return Breach(code, evidence, f"{code} = {score}", expected, before or {})


def _same(
    local: Scheme, other: Scheme, evidence: Scores, others: Scores, done: Message | None = None
) -> Breach | None:
    """Whether two families of one root score alike; what the scheme lacks is not told by a code."""
    expected, found = seen(local, evidence), seen(other, others)
    if expected is None or (found is not None and found.equals(expected)):
        return None
    children = [child for child in other.root.children if child.code in evidence]
    told = {child.code: others[child.code] for child in children}
    before = evidence if done is None else None
    breach = evolve(_breach(local, told, found, "=", expected, before), done=done)
    weights = {child.code: child.weight for child in children if child.weight is not None}
    own = {child.code: child.weight for child in local.root.children}
    return breach if weights.items() <= own.items() else evolve(breach, weights=weights)


def _with(local: Scheme, children: list[Node]) -> Scheme:
    return evolve(local, root=evolve(local.root, children=tuple(children)))


def _internal(draw: Draw, local: Scheme) -> Breach | None:
    evidence = _scores(draw, local)
    found = seen(local, evidence)
    counting = [evidence[c.code] for c in local.root.children if c.weight is None or c.weight]
    least, greatest = Seen(min(counting)), Seen(max(counting))
    if found is None:
        return None
    if least.exceeds(found):
        return _breach(local, evidence, found, "≥", least)
    return _breach(local, evidence, found, "≤", greatest) if found.exceeds(greatest) else None


def _equal(draw: Draw, local: Scheme) -> Breach | None:
    common = score(draw, local.range)
    evidence = {child.code: common for child in local.root.children}
    found = seen(local, evidence)
    if found is None or found.equals(Seen(common)):
        return None
    return _breach(local, evidence, found, "=", Seen(common))


def _monotone(draw: Draw, local: Scheme) -> Breach | None:
    evidence = _scores(draw, local)
    raised = pick(draw, local.root.children).code
    better = evidence | {raised: score(draw, (evidence[raised], local.range[1]))}
    before, after = seen(local, evidence), seen(local, better)
    if before is None or after is None or not before.exceeds(after):
        return None
    return _breach(local, better, after, "≥", before, evidence)


def _symmetric(draw: Draw, local: Scheme) -> Breach | None:
    evidence, children = _scores(draw, local), list(local.root.children)
    shuffled = [children.pop(draw(0, len(children) - 1)) for _ in range(len(children))]
    order = ", ".join(printable(child.code)[1:-1] for child in shuffled)
    done = say("law-done-order", order=order)
    return _same(local, _with(local, shuffled), evidence, evidence, done)


def _replication(draw: Draw, local: Scheme) -> Breach | None:
    evidence = _scores(draw, local)
    twins = [evolve(child, code=f"{child.code}′") for child in local.root.children]
    twice = evidence | {f"{code}′": known for code, known in evidence.items()}
    doubled = _with(local, [*local.root.children, *twins])
    return _same(local, doubled, evidence, twice, say("law-done-twice"))


def _weight_scale(draw: Draw, local: Scheme) -> Breach | None:
    evidence, factor = _scores(draw, local), Fraction(draw(1, 20), draw(1, 9))
    children = [
        evolve(child, weight=factor * (1 if child.weight is None else child.weight))
        for child in local.root.children
    ]
    return _same(local, _with(local, children), evidence, evidence)


def _zero_weight(draw: Draw, local: Scheme) -> Breach | None:
    evidence = _scores(draw, local)
    weighed = [
        evolve(child, weight=Fraction(1)) if child.weight is None else child
        for child in local.root.children
    ]
    ghost = evolve(weighed[0], code="0", weight=Fraction(0))
    while ghost.code in local:
        ghost = evolve(ghost, code=ghost.code + "0")
    value = score(draw, local.range)
    others, done = evidence | {ghost.code: value}, say("law-done-zero", score=short(value))
    return _same(_with(local, weighed), _with(local, [*weighed, ghost]), evidence, others, done)


def _affine(draw: Draw, local: Scheme) -> Breach | None:
    """Towards a point of the range, so that no score leaves it."""
    evidence, factor = _scores(draw, local), Fraction(draw(1, 20), 20)
    shift = (1 - factor) * score(draw, local.range)
    return _moved(local, evidence, factor, shift)


def _stretch(draw: Draw, local: Scheme) -> Breach | None:
    return _moved(local, _scores(draw, local), Fraction(draw(1, 20), 20), Fraction(0))


def _moved(local: Scheme, evidence: Scores, factor: Fraction, shift: Fraction) -> Breach | None:
    moved = {code: known * factor + shift for code, known in evidence.items()}
    before, after = seen(local, evidence), seen(local, moved)
    if before is None or after is None or after.equals(before.stretched(factor, shift)):
        return None
    return _breach(local, moved, after, "=", before.stretched(factor, shift), evidence)


def _linear(draw: Draw, local: Scheme) -> Breach | None:
    """Both the parts and the method itself must give the score that the engine finds."""
    evidence = _scores(draw, local)
    found = seen(local, evidence)
    if found is None:
        return None
    root = evaluate(local, evidence).root
    parts = sum((child.contribution or Fraction(0) for child in root.children), Fraction(0))
    terms = [
        (evidence[child.code], Fraction(1) if child.weight is None else child.weight)
        for child in local.root.children
        if child.weight is None or child.weight
    ]
    others: list[Number] = [parts, local.root.method(terms, local.range)]
    for other in others:
        if other != found.score:
            return _breach(local, evidence, found, "=", Seen(approximate(other, 30)[0]))
    return None


METHOD_LAWS: Mapping[Law, Trial] = {
    "internal": _internal,
    "equal": _equal,
    "monotone": _monotone,
    "symmetric": _symmetric,
    "replication": _replication,
    "weight-scale": _weight_scale,
    "zero-weight": _zero_weight,
    "affine": _affine,
    "stretch": _stretch,
    "linear": _linear,
}
"""Each law that a method may declare, with what tries it."""
