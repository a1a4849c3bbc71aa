"""Transplants: trees in which one node hangs under another parent of the same level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from itakit.scheme import Node, Scheme


def transplants(scheme: Scheme) -> Iterator[tuple[str, str, Node]]:
    """The node that moves, the parent that it moves to, and the tree after that.

    It moves to the next parent of that level that has children of its level; an only child stays,
    as its parent would become an item.
    """
    nodes, plan = scheme.nodes(), scheme.plan
    for i, node in enumerate(nodes[1:], start=1):
        home = nodes[plan.parents[i]]
        if len(home.children) == 1:
            continue
        numbers = plan.levels[home.level]
        at = numbers.index(plan.parents[i])
        for number in (*numbers[at + 1 :], *numbers[:at]):
            other = nodes[number]
            if any(child.level == node.level for child in other.children):
                yield node.code, other.code, _moved(plan.nodes, node, home, other)
                break


def _moved(nodes: Sequence[Node], node: Node, home: Node, other: Node) -> Node:
    """The tree with a node taken from its home to another parent."""
    made = {node.code: node}
    for old in reversed(nodes):
        codes = [child.code for child in old.children if old is not home or child is not node]
        if old is other:
            codes.append(node.code)
        made[old.code] = evolve(old, children=tuple(made[code] for code in codes))
    return made[nodes[0].code]
