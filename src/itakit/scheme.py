"""The scheme: a whole declared methodology, as a tree of nodes.

There is one type of node. Levels such as survey, indicator and question are names in the data.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from attrs import frozen

from itakit.grade import Grade
from itakit.language import system_language
from itakit.methods import Use
from itakit.notebook import scheme_html
from itakit.numerals import plain
from itakit.plan import Plan
from itakit.policy import Missing
from itakit.rounding import Rounding
from itakit.scale import Scale
from itakit.titles import Title

Weights: TypeAlias = Literal["share", "relative"]


@frozen
class Sample:
    """How many of a population are asked: a fraction of it, within bounds."""

    fraction: Fraction
    at_least: int = 0
    """Not fewer, or everyone where there are fewer."""
    at_most: int | None = None
    """No more is asked of a unit, however large its population."""


@frozen
class Phase:
    """A phase of the assessment's calendar."""

    start: datetime.date
    end: datetime.date
    title: Title = Title()


@frozen(repr=False)
class Node:
    """A node of the tree: an item where it has no children."""

    code: str
    """Unique in the scheme."""
    level: str
    """The name of its kind: survey, indicator, question."""
    title: Title
    method: Use
    """What makes one score of the scores of its children, or of its answers."""
    weight: Fraction | None = None
    """Among its siblings, as declared; `None` where no sibling has one."""
    scale: Scale | None = None
    """What its answers score; `None` where it is scored directly."""
    missing: Missing = Missing()
    """What it means that nothing is known of it."""
    population: Title = Title()
    """Who is asked."""
    sample: Sample | None = None
    """How many of them are asked."""
    children: tuple[Node, ...] = ()

    def __repr__(self) -> str:
        below = f", {len(self.children)} children" if self.children else ""
        return f"Node({self.code!r}, level={self.level!r}{below})"

    def walk(self) -> Iterator[Node]:
        """The node and all nodes below it, a parent before its children."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@frozen(repr=False)
class Scheme:
    """A whole declared methodology: the tree, and the rules that hold for all of it."""

    id: str
    """The identity of the scheme, under which it is found."""
    root: Node
    """The node whose score is the unit's score."""
    range: tuple[Fraction, Fraction]
    """The lowest and the highest score."""
    version: str = ""
    """The version of its rules."""
    title: Title = Title()
    source: tuple[str, ...] = ()
    """Where the rules are stated."""
    levels: tuple[tuple[str, Use], ...] = ()
    """Pairs of a level and its method, in the order in which they were declared."""
    rounding: Rounding = Rounding()
    """How a score is published."""
    missing: Missing = Missing()
    """What a missing node means where neither it nor a node above it says."""
    weights: Weights = "share"
    """Whether the weights of siblings add up to 1 or 100, or are relative."""
    scale_list: tuple[Scale, ...] = ()
    """The scales in the order in which they were declared."""
    grades: tuple[Grade, ...] = ()
    """Highest first."""
    calendar: tuple[Phase, ...] = ()
    """The phases of the assessment. No score depends on them."""

    def __repr__(self) -> str:
        # Everything of it would be more than a hundred thousand characters.
        return f"Scheme({self.id!r}, version={self.version!r}, {len(self.plan.nodes)} nodes)"

    def _repr_html_(self) -> str:
        return scheme_html(self, system_language())

    @cached_property
    def plan(self) -> Plan:
        """The tree laid out in the order of evaluation."""
        return Plan.of(self.root, share=self.weights == "share")

    @property
    def scales(self) -> Mapping[str, Scale]:
        """The scales by name."""
        return {scale.name: scale for scale in self.scale_list}

    def nodes(self) -> tuple[Node, ...]:
        """All nodes, a parent before its children, in the order of the file."""
        return self.plan.nodes

    def leaves(self) -> tuple[Node, ...]:
        """The items: the nodes without children."""
        return tuple(node for node in self.plan.nodes if not node.children)

    def __getitem__(self, code: str) -> Node:
        """The node of a code; the root by its level. Raises `KeyError`."""
        return self.plan.nodes[self.plan.index[code]]

    def __contains__(self, code: object) -> bool:
        return code in self.plan.index

    @cached_property
    def hash(self) -> str:
        """A fingerprint (SHA-256) of everything that can change a score or a grade.

        Comments, the titles of nodes, sources, populations, samples, the calendar, the id and the
        version do not: they change what is said about a score, and not the score. Titles of
        answers do, because data may give an answer by its title.
        """
        import hashlib
        import json

        text = json.dumps(self._meaning(), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def _meaning(self) -> object:
        scales = {node.scale.name: node.scale for node in self.plan.nodes if node.scale is not None}
        return {
            "range": [plain(end) for end in self.range],
            "rounding": [
                self.rounding.places,
                self.rounding.mode,
                sorted(self.rounding.carry),
            ],
            "weights": self.weights,
            "grades": [
                [
                    grade.name,
                    plain(grade.lowest),
                    [[r.target, plain(r.at_least)] for r in grade.requires],
                ]
                for grade in self.grades
            ],
            "scales": {name: _scale_meaning(scales[name]) for name in sorted(scales)},
            "nodes": [
                [
                    node.code,
                    node.level,
                    parent,
                    None if node.weight is None else plain(node.weight),
                    node.scale and node.scale.name,
                    node.method.name,
                    [[name, str(value)] for name, value in node.method.parameters],
                    [node.missing.policy, plain(node.missing.at_least)],
                ]
                for node, parent in zip(self.plan.nodes, self.plan.parents, strict=True)
            ],
        }


def _scale_meaning(scale: Scale) -> object:
    posts = scale.goalposts
    return [
        [[choice.code, plain(choice.score), list(choice.title.texts)] for choice in scale.answers],
        list(scale.not_applicable),
        posts and [plain(posts.worst), plain(posts.best), posts.clamp, posts.transform],
        *([["no answer", *scale.no_answer]] if scale.no_answer else ()),
    ]
