"""The outline of a result: the nodes that a summary shows, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.explanation import title
from itakit.reporting.blocks import NONE
from itakit.result import NodeResult, Result
from itakit.scheme import Scheme
from itakit.wording import say


def levels(scheme: Scheme) -> tuple[str, ...]:
    """The levels of a summary, from the top: those that are made of others everywhere.

    A level some of whose nodes are items is too long for a summary, unless there is no other.
    """
    plan = scheme.plan
    items = {node.level for node in plan.nodes if not node.children}
    inner = [level for level in _by_depth(scheme) if level not in items]
    first = [node.level for node in scheme.root.children]
    return tuple(inner) or tuple(dict.fromkeys(first))


def _by_depth(scheme: Scheme) -> list[str]:
    """The levels below the root, those that are nearer to it first."""
    plan = scheme.plan
    depths = [0] * len(plan.nodes)
    nearest: dict[str, int] = {}
    for i, parent in enumerate(plan.parents):
        if parent >= 0:
            depths[i] = depths[parent] + 1
            level = plan.nodes[i].level
            nearest[level] = min(nearest.get(level, depths[i]), depths[i])
    return sorted(nearest, key=lambda level: nearest[level])


def paths(result: Result) -> list[tuple[NodeResult, ...]]:
    """The nodes of a summary as the ways from below the root down to the last of each."""
    shown_levels = levels(result.scheme)

    def down(node: NodeResult) -> Iterator[tuple[NodeResult, ...]]:
        below = [
            child
            for child in node.children
            if child.level in shown_levels and child.status != "unused"
        ]
        for child in below:
            further = list(down(child))
            yield from ((child, *path) for path in further) if further else [(child,)]

    return list(down(result.root))


def outlined(result: Result) -> list[tuple[int, NodeResult]]:
    """The nodes of a summary, each with how deep it stands, a parent before its children."""
    found: dict[str, tuple[int, NodeResult]] = {}
    for path in paths(result):
        for depth, node in enumerate(path):
            found.setdefault(node.code, (depth, node))
    return list(found.values())


def figure(node: NodeResult, lang: str) -> str:
    """The published score, or why there is none."""
    if node.rounded is not None:
        return str(node.rounded)
    missing = node.status == "missing"
    return said(say("note-missing" if missing else "note-not-applicable"), lang)


def size(scheme: Scheme, value: Fraction | Decimal | None) -> Fraction | None:
    """How much of the scheme's range a score is, from 0 to 1."""
    if value is None:
        return None
    low, high = scheme.range
    share = (Fraction(value) - low) / (high - low)
    return min(max(share, Fraction(0)), Fraction(1))


def named(result: Result, node: NodeResult, lang: str) -> tuple[str, str]:
    """A node's code, and its title where it says more than the code."""
    return shown(node.code), shown(title(result, node, lang))


def whole_name(result: Result, node: NodeResult, lang: str) -> str:
    """Both in one text."""
    return " ".join(filter(None, named(result, node, lang))) or NONE


def inner_nodes(scheme: Scheme) -> list[tuple[int, int]]:
    """The numbers of all nodes that summaries of a scheme may show, and how deep they stand."""
    plan, chosen = scheme.plan, levels(scheme)
    depths = {0: -1}
    found = []
    for i, parent in enumerate(plan.parents):
        if parent in depths and plan.nodes[i].level in chosen:
            depths[i] = depths[parent] + 1
            found.append((i, depths[i]))
    return found
