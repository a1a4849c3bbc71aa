"""A tree laid out flat, so that a fold over it is a loop.

Nodes are numbered in the order of the file, a parent before its children; going backwards meets
every child before its parent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from itakit.scale import Scale
    from itakit.scheme import Node

Picker: TypeAlias = Callable[[Sequence[Any]], tuple[Any, ...]]


@frozen
class Step:
    """How one inner node is made of its children."""

    index: int
    """The node's number."""
    children: tuple[int, ...]
    """The numbers of its children."""
    counting: tuple[int, ...]
    """The same without those of weight zero, which might as well not exist."""
    pick: Picker
    """Takes the children's entries out of a list over all nodes."""
    coefficients: tuple[int, ...] | None
    """For a linear method: the score is the sum of coefficient times child, over the divisor."""
    divisor: int
    equal: bool
    """Whether all coefficients are one."""
    bounded: bool
    """Whether the method cannot leave the range that its terms lie in."""


@frozen
class Plan:
    """A tree in the order of evaluation."""

    nodes: tuple[Node, ...]
    parents: tuple[int, ...]
    """The number of each node's parent; -1 for the root."""
    ends: tuple[int, ...]
    """The number after the last node below each node."""
    index: Mapping[str, int]
    """Numbers by code."""
    weights: tuple[Fraction, ...]
    """What each node counts among its siblings: a share, a relative weight, or once."""
    steps: tuple[Step, ...]
    """The inner nodes, each after all nodes below it."""
    leaves: int
    """The number of items."""
    tables: tuple[tuple[Mapping[str, int], int] | None, ...]
    """For an item whose score is the mean of its answers' scores: those scores by code, as
    integers over one denominator."""
    levels: Mapping[str, tuple[int, ...]]
    """The numbers of the nodes of each level."""
    scales: tuple[Scale | None, ...]
    """What answers for each node are read with: an item's scale, or the one that all items below
    an inner node share."""

    @classmethod
    def of(cls, root: Node, *, share: bool) -> Plan:
        """The plan of a tree, whose declared weights are shares or relative."""
        nodes = tuple(root.walk())
        parents = [-1] * len(nodes)
        ends = [0] * len(nodes)
        children: list[list[int]] = [[] for _ in nodes]
        open_nodes: list[tuple[int, int]] = []  # a node, and how many children it still expects
        for i, node in enumerate(nodes):
            if open_nodes:
                parent, expected = open_nodes.pop()
                parents[i] = parent
                children[parent].append(i)
                if expected > 1:
                    open_nodes.append((parent, expected - 1))
            if node.children:
                open_nodes.append((i, len(node.children)))
        for i in reversed(range(len(nodes))):
            ends[i] = ends[children[i][-1]] if children[i] else i + 1
        weights = [Fraction(1)] * len(nodes)
        for siblings in children:
            declared = [nodes[i].weight for i in siblings]
            if None not in declared:
                total = sum(filter(None, declared), Fraction(0)) if share else Fraction(1)
                for i, weight in zip(siblings, declared, strict=True):
                    weights[i] = (weight or Fraction(0)) / (total or 1)
        levels: dict[str, list[int]] = {}
        for i, node in enumerate(nodes):
            levels.setdefault(node.level, []).append(i)
        return cls(
            nodes=nodes,
            parents=tuple(parents),
            ends=tuple(ends),
            index={node.code: i for i, node in enumerate(nodes)},
            weights=tuple(weights),
            steps=tuple(
                _step(i, nodes[i], tuple(children[i]), weights)
                for i in reversed(range(len(nodes)))
                if children[i]
            ),
            leaves=sum(not node.children for node in nodes),
            tables=tuple(_table(node) for node in nodes),
            levels={level: tuple(numbers) for level, numbers in levels.items()},
            scales=_scales(nodes, children),
        )


def _step(index: int, node: Node, children: tuple[int, ...], weights: Sequence[Fraction]) -> Step:
    own = [weights[child] for child in children]
    unit = lcm(*(weight.denominator for weight in own))
    whole = [int(weight * unit) for weight in own]
    shape = node.method.method.shape
    divisor = sum(whole) if shape == "average" else unit
    # A weight of zero takes a term out, which changes what a method such as single is given.
    usable = shape is not None and divisor > 0 and 0 not in whole
    least, most = node.method.method.terms
    usable = usable and least <= len(children) <= (most or len(children))
    return Step(
        index,
        children,
        tuple(child for child in children if weights[child]),
        _picker(children),
        tuple(whole) if usable else None,
        divisor,
        set(whole) == {1},
        "internal" in node.method.method.laws,
    )


def _scales(nodes: Sequence[Node], children: Sequence[Sequence[int]]) -> tuple[Scale | None, ...]:
    scales = [node.scale for node in nodes]
    for i in reversed(range(len(nodes))):
        below = [scales[child] for child in children[i]]
        if below:
            scales[i] = below[0] if all(scale == below[0] for scale in below) else None
    return tuple(scales)


def _table(node: Node) -> tuple[Mapping[str, int], int] | None:
    method = node.method.method
    averages = method.shape == "average" and method.terms == (1, None)
    return node.scale.points if node.scale and averages and not node.children else None


def _picker(children: tuple[int, ...]) -> Picker:
    if len(children) > 1:
        return itemgetter(*children)
    only = children[0]
    return lambda entries: (entries[only],)
