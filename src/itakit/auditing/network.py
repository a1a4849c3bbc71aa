"""The network: a scheme's tree as constraints, and what figures leave possible at each node.

A score is in at most two constraints, its own and its parent's, so that going up and down once is
exact where all methods are linear, extremes, medians or conditions. Where points and spans meet, or
scores are rounded on the way, it is repeated until nothing changes, which keeps too much at worst.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias

from attrs import field, frozen

from itakit.auditing.joint import Joint
from itakit.auditing.linear import Region
from itakit.auditing.points import LONGEST, Points
from itakit.auditing.span import Span, rounds_to
from itakit.scheme import Node, Scheme

Cuts: TypeAlias = Mapping[int, Span]
"""By the number of a node, where its score must lie."""
_ROUNDS: Final = 4


@frozen(slots=False)
class Network:
    """A scheme's tree for a unit, with what is known of its items before any figure."""

    scheme: Scheme
    absent: frozenset[int] = frozenset()
    """The nodes that do not apply."""
    values: Mapping[int, tuple[Fraction, ...] | None] = field(factory=dict)
    """The scores that items take where the caller says so; `None` for any."""
    loose: bool = False
    """Whether items may have any score about which the caller says nothing."""

    @cached_property
    def gone(self) -> frozenset[int]:
        """The nodes that do not apply, and those below them, and those with nothing else below."""
        plan = self.scheme.plan
        gone = {i for start in self.absent for i in range(start, plan.ends[start])}
        for step in plan.steps:
            if all(child in gone for child in step.counting):
                gone.add(step.index)
        return frozenset(gone)

    @cached_property
    def joints(self) -> Mapping[int, Joint]:
        """How inner nodes are made, each after all nodes below it."""
        plan, found = self.scheme.plan, {}
        for step in plan.steps:
            there = tuple(child for child in step.counting if child not in self.gone)
            if step.index in self.gone or not there:
                continue
            node, factor = plan.nodes[step.index], Fraction(1)
            if node.method.method.shape == "sum" and node.children[0].weight is not None:
                factor = sum((plan.weights[k] for k in step.counting), Fraction(0))
                factor /= sum((plan.weights[k] for k in there), Fraction(0))
            weights = tuple(plan.weights[k] * factor for k in there)
            codes = tuple(plan.nodes[k].code for k in there)
            found[step.index] = Joint(
                step.index, there, node.method, weights, codes, self.scheme.range
            )
        return found

    @cached_property
    def carried(self) -> frozenset[int]:
        """The nodes whose rounded scores go on upward."""
        plan, carry = self.scheme.plan, self.scheme.rounding.carry
        return frozenset(i for i, node in enumerate(plan.nodes) if i and node.level in carry)

    @cached_property
    def whole(self) -> Span:
        """Where every score lies."""
        return Span.of(*self.scheme.range)

    @cached_property
    def listed(self) -> Mapping[int, Points]:
        """The items that take few scores."""
        plan, found = self.scheme.plan, {}
        asked: list[bool] = []
        for i, node in enumerate(plan.nodes):
            above = plan.parents[i]
            asked.append(
                (i > 0 and asked[above]) or bool(node.population) or node.sample is not None
            )
            if node.children or i in self.gone:
                continue
            scores = None if asked[i] or self.loose else _scores(node)
            scores = self.values.get(i, scores)
            if scores:
                found[i] = Points.of(scores)
        return found

    @cached_property
    def blank(self) -> Sequence[Region]:
        """Where each score may lie as long as no figure is known."""
        regions: list[Region] = [self.whole] * len(self.scheme.plan.nodes)
        for i, points in self.listed.items():
            regions[i] = points
        for i, joint in self.joints.items():
            regions[i] = self.up(joint, regions) or self.whole
        return regions

    def up(self, joint: Joint, regions: Sequence[Region]) -> Region | None:
        """Where a node's score may lie, given its children's; `None` where nowhere."""
        found = joint.up([self.upward(k, regions[k]) for k in joint.children])
        return self.whole if found is None else found.meet(self.whole)

    def upward(self, i: int, region: Region) -> Region:
        """What goes on upward of a score: itself, or what it is rounded to."""
        if i not in self.carried:
            return region
        rounding = self.scheme.rounding
        unit = 10**rounding.places
        if isinstance(region, Points):
            return Points.of(Fraction(rounding(value)) for value in region)
        first, last = (int(end * unit) for end in region.printed(rounding))
        if last - first >= LONGEST:
            return Span.of(Fraction(first, unit), Fraction(last, unit))
        return Points(Fraction(unit), first, (1 << (last - first + 1)) - 1)

    def within(self, i: int, region: Region, upward: Region) -> Region | None:
        """The scores of a region of which what goes on upward lies in another."""
        if i not in self.carried:
            return upward
        rounding = self.scheme.rounding
        ends = upward.span
        low, high = (
            rounds_to(end, rounding.places, rounding.mode) for end in (ends.low, ends.high)
        )
        return region.meet(Span(low.low_end, high.high_end))

    def settle(self, cuts: Cuts, *, everywhere: bool = False) -> Sequence[Region] | None:
        """Where each score may lie if some lie where figures say; `None` where they contradict.

        Nodes without a figure at them or below are left as they are, unless asked for everywhere.
        """
        regions = list(self.blank)
        for i, cut in cuts.items():
            kept = regions[i].meet(cut)
            if kept is None:
                return None
            regions[i] = kept
        joints = list(self.joints.values()) if everywhere else self.touched(cuts)
        for _ in range(_ROUNDS):
            before = list(regions)
            if not self._rise(joints, regions) or not self._sink(joints, regions):
                return None
            if regions == before:
                break
        return regions

    def touched(self, nodes: Iterable[int]) -> list[Joint]:
        """The joints of some nodes and of all above them, each after those below it."""
        above: set[int] = set()
        for node in nodes:
            i = node
            while i >= 0 and i not in above:
                above.add(i)
                i = self.scheme.plan.parents[i]
        return [joint for i, joint in self.joints.items() if i in above]

    def _rise(self, joints: Sequence[Joint], regions: list[Region]) -> bool:
        for joint in joints:
            made = self.up(joint, regions)
            kept = None if made is None else overlap(made, regions[joint.index])
            if kept is None:
                return False
            regions[joint.index] = kept
        return True

    def _sink(self, joints: Sequence[Joint], regions: list[Region]) -> bool:
        for joint in reversed(joints):
            ups = [self.upward(k, regions[k]) for k in joint.children]
            parts = joint.down(ups, regions[joint.index])
            if parts is None:
                return False
            for k, was, part in zip(joint.children, ups, parts, strict=True):
                if part is not was:
                    regions[k] = self.within(k, regions[k], part) or regions[k]
        return True

    def figure(self, value: Decimal, places: int) -> Span:
        """The scores that a figure may be printed for."""
        return rounds_to(value, places, self.scheme.rounding.mode)


def overlap(one: Region, other: Region) -> Region | None:
    """What two regions share."""
    if isinstance(other, Span):
        return one.meet(other)
    if isinstance(one, Span):
        return other.meet(one)
    return one if one == other else one.keep(other)


def _scores(node: Node) -> tuple[Fraction, ...] | None:
    """What one assessor can give an item; `None` where that is not a choice."""
    scale, laws = node.scale, node.method.method.laws
    if scale is None or not scale.answers or "equal" not in laws:
        return None
    return tuple(choice.score for choice in scale.answers)
