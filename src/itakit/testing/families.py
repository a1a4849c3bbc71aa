"""Families: a node and its children by themselves, as a scheme of their own.

A law of a method holds at every node that uses it, whatever stands around that node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from itakit.errors import EvidenceError
from itakit.evaluation import evaluate
from itakit.evidence import Evidence
from itakit.policy import Missing
from itakit.rounding import Rounding
from itakit.scheme import Node, Scheme


@frozen
class Seen:
    """A score, and the most by which it is off where it is not rational."""

    score: Fraction
    error: Fraction = Fraction(0)

    def equals(self, other: Seen) -> bool:
        """Whether the two may be one number; without errors, whether they are."""
        return abs(self.score - other.score) <= self.error + other.error

    def exceeds(self, other: Seen) -> bool:
        """Whether this one is certainly the greater one."""
        return self.score - self.error > other.score + other.error

    def stretched(self, factor: Fraction, shift: Fraction = Fraction(0)) -> Seen:
        """The score times a factor above zero, plus a shift."""
        return Seen(self.score * factor + shift, self.error * factor)


def families(scheme: Scheme) -> Iterator[Scheme]:
    """Every kind of inner node with its children: those alike in method and weights once."""
    known: set[object] = set()
    plan = scheme.plan
    for step in plan.steps:
        node = plan.nodes[step.index]
        weights = tuple(plan.weights[child] for child in step.children)
        declared = node.children[0].weight is not None
        # A base is one of the children: its place among them tells such nodes apart.
        codes = [child.code for child in node.children]
        base = node.method.parameter("base")
        kind = (
            node.method.name,
            tuple(pair for pair in node.method.parameters if pair[0] != "base"),
            base in codes and codes.index(str(base)),
            weights,
            declared,
        )
        if kind not in known:
            known.add(kind)
            children = [
                evolve(_alone(child), weight=weight if declared else None)
                for child, weight in zip(node.children, weights, strict=True)
            ]
            yield family(scheme, node, children)


def family(scheme: Scheme, node: Node, children: list[Node]) -> Scheme:
    """A scheme of a node and its children, whose weights are taken as they are."""
    root = evolve(_alone(node), weight=None, children=tuple(children))
    return _small(scheme, root)


def items(scheme: Scheme) -> Iterator[Scheme]:
    """Every kind of item that is answered: those alike in method and scale once."""
    known: set[object] = set()
    for item in scheme.leaves():
        if item.scale is not None and (item.method, item.scale.name) not in known:
            known.add((item.method, item.scale.name))
            root = evolve(_alone(item), weight=None, scale=item.scale)
            yield evolve(_small(scheme, root), scale_list=(item.scale,))


def seen(scheme: Scheme, evidence: Mapping[str, Evidence]) -> Seen | None:
    """The root's score; `None` where there is none, be it for good reason."""
    try:
        root = evaluate(scheme, evidence).root
    except EvidenceError:
        return None
    return None if root.score is None else Seen(root.score, root.error)


def _alone(node: Node) -> Node:
    return evolve(node, children=(), scale=None, missing=Missing())


def _small(scheme: Scheme, root: Node) -> Scheme:
    return evolve(
        scheme, root=root, rounding=Rounding(), missing=Missing(), weights="relative", grades=()
    )
