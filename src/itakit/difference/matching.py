"""Which nodes of two schemes are the same, and which of them changed places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from attrs import evolve, frozen

from itakit.grade import Requirement
from itakit.methods import Use
from itakit.scheme import Node, Scheme
from itakit.titles import Title


@frozen
class Matching:
    """The nodes of two schemes, paired by their numbers in the schemes' plans."""

    old: Scheme
    new: Scheme
    forth: Mapping[int, int]
    """The new number of each node that both have, by the old one."""
    back: Mapping[int, int]
    """The old number by the new one."""

    @classmethod
    def of(cls, old: Scheme, new: Scheme, renamed: Mapping[str, str]) -> Matching:
        """The roots are the same, and what is known to be renamed; then what has the same code."""
        forth = {0: 0}
        taken = {0}
        for was, code in renamed.items():
            i, j = old.plan.index.get(was, 0), new.plan.index.get(code, 0)
            if i and j and i not in forth and j not in taken:
                forth[i] = j
                taken.add(j)
        for code, i in old.plan.index.items():
            j = new.plan.index.get(code, 0)
            if j and i not in forth and j not in taken:
                forth[i] = j
                taken.add(j)
        return cls(old, new, forth, {j: i for i, j in forth.items()})

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The new codes of the nodes that have another one, by their old codes."""
        names = self.old.plan.nodes, self.new.plan.nodes
        pairs = ((names[0][i].code, names[1][j].code) for i, j in self.forth.items())
        return {was: code for was, code in pairs if was != code}

    def renamed(self, use: Use) -> Use:
        """A method of the old scheme that speaks of nodes by their new codes."""
        kinds = use.method.parameters
        parameters = (
            (name, self.codes.get(str(value), value) if kinds[name].kind == "code" else value)
            for name, value in use.parameters
        )
        return evolve(use, parameters=tuple(parameters))

    def required(self, requirement: Requirement) -> Requirement:
        """A condition of the old scheme on a node by its new code; a level keeps its name."""
        target = requirement.target
        if target in self.old.plan.levels:
            return requirement
        return evolve(requirement, target=self.codes.get(target, target))

    def stays(self, i: int) -> bool:
        """Whether an old node has the same parent in the new scheme."""
        above = self.old.plan.parents[i]
        return above >= 0 and self.forth.get(above) == self.new.plan.parents[self.forth[i]]

    def alike(self) -> dict[tuple[bool, int], str]:
        """The nodes that may be the same under other codes: of each, the code of the other.

        They have a title of their own, and no other that came or went has the same level, title,
        scale and parent. A key says whether the node is new, and its number.
        """
        gone: dict[object, list[int]] = {}
        come: dict[object, list[int]] = {}
        for i, node in enumerate(self.old.plan.nodes):
            if i not in self.forth:
                gone.setdefault(_looks(node, self.forth.get(self.old.plan.parents[i])), []).append(
                    i
                )
        for j, node in enumerate(self.new.plan.nodes):
            if j not in self.back:
                come.setdefault(_looks(node, self.new.plan.parents[j]), []).append(j)
        found: dict[tuple[bool, int], str] = {}
        for looks, numbers in gone.items():
            others = come.get(looks, [])
            if looks is not None and len(numbers) == len(others) == 1:
                (i,), (j,) = numbers, others
                found[False, i] = self.new.plan.nodes[j].code
                found[True, j] = self.old.plan.nodes[i].code
        return found

    def displaced(self) -> Iterator[int]:
        """The old numbers of the fewest nodes that must move to bring siblings in the new order."""
        families: dict[int, list[int]] = {}
        for j in range(1, len(self.new.plan.nodes)):
            i = self.back.get(j)
            if i is not None and self.stays(i):
                families.setdefault(self.new.plan.parents[j], []).append(i)
        for family in families.values():
            kept = _longest_rise(family)
            yield from (i for i in family if i not in kept)

    def order(self) -> Iterator[tuple[bool, int]]:
        """All nodes, each with whether its number is of the new scheme.

        As the new scheme has them; what only the old one has comes after what it follows there.
        """
        after: dict[int, list[int]] = {}
        last = 0
        for i in range(len(self.old.plan.nodes)):
            if i in self.forth:
                last = self.forth[i]
            else:
                after.setdefault(last, []).append(i)
        for j in range(len(self.new.plan.nodes)):
            yield True, j
            yield from ((False, i) for i in after.get(j, ()))


def _looks(node: Node, parent: int | None) -> object:
    """What a node that changed only its code still has; `None` where that says too little."""
    if parent is None or own_title(node) is None:
        return None
    return node.level, node.title, node.scale and node.scale.name, parent


def own_title(node: Node) -> Title | None:
    """A node's title, where it has one that is not merely its code."""
    return None if node.title == Title.of(node.code) else node.title


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The longest part of a sequence that rises."""
    ends: list[int] = []  # the least last number of a rise of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        before[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    rise: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        rise.add(last)
        last = before[last]
    return rise


def shares(scheme: Scheme) -> list[Fraction | None]:
    """The part of the root's score that each node accounts for where all have evidence.

    `None` below a method that is not linear, and below a sum of what has no shares.
    """
    plan = scheme.plan
    sums = [Fraction(0)] * len(plan.nodes)
    for i, parent in enumerate(plan.parents[1:], 1):
        sums[parent] += plan.weights[i]
    found: list[Fraction | None] = [Fraction(1)]
    for i, parent in enumerate(plan.parents[1:], 1):
        above, shape = found[parent], plan.nodes[parent].method.method.shape
        # A sum of what has no shares, such as points, gives each of them all of its own score.
        whole = sums[parent] if shape == "average" else Fraction(1)
        if above is None or shape is None or not whole or sums[parent] != whole:
            found.append(None)
        else:
            found.append(above * plan.weights[i] / whole)
    return found
