"""The record of a result: everything in a form that JSON can hold, exact and self-contained.

Whoever has the record can recompute every number in it without itakit: each node lists the terms
that its score was made of, and says what was done with their weights.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from itakit.numerals import plain
from itakit.scale import Scale
from itakit.scheme import Node
from itakit.version import __version__

if TYPE_CHECKING:
    from itakit.grade import Grade
    from itakit.result import NodeResult, Result

FORMAT = "itakit-result"
VERSION = 2
"""The version of the record's form; it grows when a reader must change."""


_TRANSFORMS = {None: None, "log": "ln", "log10": "log10", "sqrt": "sqrt"}


def number(value: Fraction | Decimal | int | None) -> str | None:
    """A number as text, exact: ``880/9``, ``27.695``; the places of a published figure stay."""
    if value is None:
        return None
    return str(value) if isinstance(value, Decimal) else plain(Fraction(value))


def record(result: Result) -> dict[str, object]:
    """A result as JSON can hold it. Every number is a text that reads as an exact fraction."""
    scheme = result.scheme
    scales = {row.scale.name: row.scale for row in result if row.scale and row.answers is not None}
    return {
        "format": FORMAT,
        "version": VERSION,
        "itakit": __version__,
        "scheme": {
            "id": scheme.id,
            "version": scheme.version,
            "hash": scheme.hash,
            "title": dict(scheme.title.texts),
            "range": [number(end) for end in scheme.range],
            "rounding": {
                "places": scheme.rounding.places,
                "mode": scheme.rounding.mode,
                "carry": [level for level in scheme.rounding.carry if level != scheme.root.level],
            },
            "grades": [_grade(result, grade) for grade in scheme.grades],
            "scales": {name: _scale(scale) for name, scale in scales.items()},
        },
        "score": number(result.score),
        "rounded": number(result.rounded),
        "grade": result.grade,
        "nodes": [
            _node(result, row, scheme.plan.nodes[parent].code if parent >= 0 else None)
            for row, parent in zip(result, scheme.plan.parents, strict=True)
        ],
    }


def _grade(result: Result, grade: Grade) -> dict[str, object]:
    """A grade by the least figure of each node that it asks about, the root first.

    A level stands for its nodes that apply, and for all of them where none does.
    """
    plan, bounds = result.scheme.plan, [(result.root.code, grade.lowest)]
    for requirement in grade.requires:
        numbers = plan.levels.get(requirement.target) or [plan.index[requirement.target]]
        codes = [plan.nodes[i].code for i in numbers]
        apply = [code for code in codes if result[code].status != "not applicable"]
        bounds += [(code, requirement.at_least) for code in apply or codes]
    return {
        "name": grade.name,
        "requires": [{"code": code, "at_least": number(bound)} for code, bound in bounds],
    }


def _node(result: Result, row: NodeResult, parent: str | None) -> dict[str, object]:
    node, answered = row.node, row.answers is not None
    return {
        "code": node.code,
        "level": node.level,
        "parent": parent,
        "title": dict(node.title.texts),
        "method": method(node),
        "status": row.status,
        "scale": row.scale.name if answered and row.scale else None,
        "terms": _answers(row) if answered else _children(result, row),
        "score": number(row.score),
        "error": number(row.error),
        "rounded": number(row.rounded),
        "contribution": number(row.contribution),
        "coverage": number(row.coverage),
        "n": number(row.n),
    }


def method(node: Node) -> dict[str, str | None]:
    """A node's method by name, with its parameters and what is done with the weights."""
    parameters = {
        name: value if isinstance(value, str) else plain(value)
        for name, value in node.method.parameters
    }
    return {"name": node.method.name, "shape": node.method.method.shape, **parameters}


def _answers(row: NodeResult) -> list[dict[str, str | None]]:
    """Each answer, weighted by how many gave it, with those that are left out."""
    counted = {**(row.answers or {}), **(row.inapplicable or {})}
    return [{"code": code, "weight": number(count)} for code, count in counted.items()]


def _children(result: Result, row: NodeResult) -> list[dict[str, str | None]]:
    """The children that weigh something; those without a score drop out.

    Where declared weights are summed up, the rest takes over the weight of those.
    """
    plan = result.scheme.plan
    weights = {child.code: plan.weights[plan.index[child.code]] for child in row.children}
    factor = Fraction(1)
    if (
        row.node.method.method.shape == "sum"
        and row.children
        and row.children[0].weight is not None
    ):
        there = sum(weights[child.code] for child in row.children if child.score is not None)
        factor = sum(weights.values()) / (there or factor)
    return [
        {"code": code, "weight": number(weight * factor)}
        for code, weight in weights.items()
        if weight and row.status in ("scored", "missing")
    ]


def _scale(scale: Scale) -> dict[str, object]:
    """What answers score; `None` for one that is left out."""
    posts = scale.goalposts
    return {
        "answers": {
            **{choice.code: number(choice.score) for choice in scale.answers},
            **dict.fromkeys(scale.not_applicable),
        },
        "goalposts": posts and [number(posts.worst), number(posts.best)],
        "clamp": posts and posts.clamp,
        "transform": posts and _TRANSFORMS[posts.transform],
    }
