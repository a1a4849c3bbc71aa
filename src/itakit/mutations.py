"""Mutations: schemes that differ from one in a single place, as a slip of the pen would have it.

Golden cases that hold for a scheme and for its mutation alike do not tell the two apart.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from fractions import Fraction
from functools import partial

from attrs import evolve, frozen

from itakit.grade import Grade
from itakit.methods import BUILT_IN, Use
from itakit.numerals import plain
from itakit.omissions import other_policies
from itakit.policy import Missing
from itakit.rounding import MODES, Rounding
from itakit.scale import Scale
from itakit.scheme import Node, Scheme
from itakit.slips import other_scales, reversed_scale
from itakit.transplants import transplants
from itakit.wording import Message, say

_METHODS = ("mean", "median", "min", "max")
"""What a method is taken for: one of each kind that is easily confused."""


@frozen
class Mutation:
    """A scheme that differs from another in one place, and which place that is."""

    what: Message
    scheme: Scheme


def mutations(scheme: Scheme) -> Iterator[Mutation]:
    """Every mutation of a scheme, none of which has its hash.

    Not all of them are schemes that a file could declare.
    """
    yield from _weights(scheme)
    yield from _scales(scheme)
    yield from _methods(scheme)
    yield from _parents(scheme)
    yield from _grades(scheme)
    yield from _missing(scheme)
    yield from _rounding(scheme)


def _changed(scheme: Scheme, change: Callable[[Node], Node]) -> Scheme:
    """The scheme with every node changed, from the items upward."""
    made: dict[str, Node] = {}
    for node in reversed(scheme.plan.nodes):
        children = tuple(made[child.code] for child in node.children)
        same = all(a is b for a, b in zip(children, node.children, strict=True))
        made[node.code] = change(node if same else evolve(node, children=children))
    return evolve(scheme, root=made[scheme.root.code])


def _at(scheme: Scheme, codes: Container[str], change: Callable[[Node], Node]) -> Scheme:
    """The scheme with the nodes of some codes changed."""
    return _changed(scheme, lambda node: change(node) if node.code in codes else node)


def _reweighted(scheme: Scheme, weights: Mapping[str, Fraction]) -> Scheme:
    return _at(scheme, weights, lambda node: evolve(node, weight=weights[node.code]))


def _used(scheme: Scheme, node: Node, use: Use) -> Scheme:
    return _at(scheme, {node.code}, lambda node: evolve(node, method=use))


def _weights(scheme: Scheme) -> Iterator[Mutation]:
    """A tenth of a weight goes to the next sibling; a relative weight grows by a tenth."""
    for parent in scheme.nodes():
        siblings = [child for child in parent.children if child.weight]
        for node, other in zip(siblings, siblings[1:] + siblings[:1], strict=True):
            if node is other or node.weight is None or other.weight is None:
                continue
            part = node.weight / 10
            if scheme.weights == "share":
                new = {node.code: node.weight - part, other.code: other.weight + part}
            else:
                new = {node.code: node.weight + part}
            values = {"code": node.code, "was": plain(node.weight), "now": plain(new[node.code])}
            yield Mutation(say("mutation-weight", **values), _reweighted(scheme, new))


def _scales(scheme: Scheme) -> Iterator[Mutation]:
    """What a scale says is another thing; and one item is read in the other direction."""
    used = {node.scale.name for node in scheme.leaves() if node.scale is not None}
    for scale in scheme.scale_list:
        if scale.name in used:
            for what, other in other_scales(scale):
                yield Mutation(what, _rescaled(scheme, scale, other))
    for node in scheme.leaves():
        turned = node.scale and reversed_scale(node.scale)
        if turned is not None:
            # By a name of its own: there it is another scale.
            other = evolve(turned, name=f"{turned.name} of {node.code}, reversed")
            yield Mutation(say("mutation-direction", code=node.code), _turned(scheme, node, other))


def _turned(scheme: Scheme, node: Node, scale: Scale) -> Scheme:
    changed = _at(scheme, {node.code}, lambda node: evolve(node, scale=scale))
    return evolve(changed, scale_list=(*scheme.scale_list, scale))


def _rescaled(scheme: Scheme, scale: Scale, other: Scale) -> Scheme:
    changed = _changed(scheme, lambda n: evolve(n, scale=other) if n.scale == scale else n)
    scales = tuple(other if known == scale else known for known in scheme.scale_list)
    return evolve(changed, scale_list=scales)


def _methods(scheme: Scheme) -> Iterator[Mutation]:
    """A node's method is another, or another number stands in it."""
    for node in scheme.nodes():
        use, terms = node.method, _terms(node)
        if terms > 1:
            # What lies in the middle of two equal terms is their mean.
            alike = {use.method.function}
            middle = {BUILT_IN["mean"].function, BUILT_IN["median"].function}
            if node.children and terms == 2 and _equal(node) and alike <= middle:
                alike = middle
            for name in _METHODS:
                if BUILT_IN[name].function not in alike:
                    what = say("mutation-method", code=node.code, was=use.name, now=name)
                    yield Mutation(what, _used(scheme, node, Use(BUILT_IN[name])))
        if terms:
            yield from _parameters(scheme, node)


def _parameters(scheme: Scheme, node: Node) -> Iterator[Mutation]:
    """A number is one more, or one less."""
    use = node.method
    for key, value in use.parameters:
        if not isinstance(value, Fraction):
            continue
        kind = use.method.parameters[key].kind
        low, high = scheme.range if kind == "score" else (value - 1, value + 1)
        low = max(low, Fraction(1)) if kind == "count" else low
        for new in (value + 1, value - 1):
            if low <= new <= high:
                other = evolve(use, parameters=tuple({**dict(use.parameters), key: new}.items()))
                values = {"parameter": key, "was": plain(value), "now": plain(new)}
                what = say("mutation-parameter", code=node.code, **values)
                yield Mutation(what, _used(scheme, node, other))


def _terms(node: Node) -> int:
    """How many terms can be told apart: an item without answers has its score and no others.

    Where ``single`` says that an item has one answer, there are no two for another method to join.
    """
    if node.children:
        return sum(child.weight != 0 for child in node.children)
    if node.method.method is BUILT_IN["single"]:
        return 1
    if node.scale is None:
        return 0
    return len(node.scale.answers) or 2


def _equal(node: Node) -> bool:
    return len({child.weight for child in node.children if child.weight != 0}) == 1


def _parents(scheme: Scheme) -> Iterator[Mutation]:
    for code, parent, root in transplants(scheme):
        yield Mutation(say("mutation-parent", code=code, parent=parent), evolve(scheme, root=root))


def _grades(scheme: Scheme) -> Iterator[Mutation]:
    """A bound is off by one unit of the last published place."""
    unit, low = Fraction(1, 10**scheme.rounding.places), scheme.range[0]
    for i, grade in enumerate(scheme.grades):
        for step in (unit, -unit):
            bound = grade.lowest + step
            if bound >= low:  # below it nothing is published
                values = {"was": plain(grade.lowest), "now": plain(bound)}
                what = say("mutation-bound", grade=grade.name, **values)
                yield Mutation(what, _regraded(scheme, i, evolve(grade, lowest=bound)))
            for j, asked in enumerate(grade.requires):
                new = evolve(asked, at_least=asked.at_least + step)
                requires = (*grade.requires[:j], new, *grade.requires[j + 1 :])
                values = {"was": plain(asked.at_least), "now": plain(new.at_least)}
                what = say("mutation-requires", grade=grade.name, target=asked.target, **values)
                yield Mutation(what, _regraded(scheme, i, evolve(grade, requires=requires)))


def _regraded(scheme: Scheme, i: int, grade: Grade) -> Scheme:
    return evolve(scheme, grades=(*scheme.grades[:i], grade, *scheme.grades[i + 1 :]))


def _missing(scheme: Scheme) -> Iterator[Mutation]:
    """Where a policy is written, for the nodes that take it over from there, it is another."""
    for code, codes, was, new in other_policies(scheme):
        what = say("mutation-missing", code=code, was=_policy(was), now=_policy(new))
        other = _at(scheme, codes, partial(evolve, missing=new))
        yield Mutation(what, other)


def _policy(missing: Missing) -> str:
    return f"{missing.policy} {plain(missing.at_least)}" if missing.at_least else missing.policy


def _rounding(scheme: Scheme) -> Iterator[Mutation]:
    """Another mode, one place more or less, and one level more or less that is carried rounded."""
    rounding = scheme.rounding
    others: list[tuple[Message, Rounding]] = [
        (say("mutation-mode", was=rounding.mode, now=mode), evolve(rounding, mode=mode))
        for mode in MODES
        if mode != rounding.mode
    ]
    for places in (rounding.places + 1, rounding.places - 1):
        if places >= 0:
            what = say("mutation-places", was=rounding.places, now=places)
            others.append((what, evolve(rounding, places=places)))
    for level in scheme.plan.levels:
        if level in rounding.carry:
            rest = tuple(name for name in rounding.carry if name != level)
            others.append((say("mutation-exact", level=level), evolve(rounding, carry=rest)))
        elif level != scheme.root.level:
            carry = (*rounding.carry, level)
            others.append((say("mutation-carry", level=level), evolve(rounding, carry=carry)))
    for what, other in others:
        yield Mutation(what, evolve(scheme, rounding=other))
