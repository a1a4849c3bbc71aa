"""The record of a result: everything in a form that JSON can hold, exact and self-contained.

Whoever has the record can recompute every number in it without itakit: each node carries its
method, its weight, the scores of its answers and what became of it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from itakit.numerals import plain
from itakit.reals import approximate
from itakit.scale import Scale
from itakit.scheme import Node
from itakit.scores import DIGITS
from itakit.version import __version__

if TYPE_CHECKING:
    from itakit.result import NodeResult, Result

FORMAT = "itakit-result"
VERSION = 1
"""The version of the record's form; it grows when a reader must change."""


def number(value: Fraction | Decimal | int | None) -> str | None:
    """A number as text, exact: ``880/9``, ``27.695``; the places of a published figure stay."""
    if value is None:
        return None
    return str(value) if isinstance(value, Decimal) else plain(Fraction(value))


def record(result: Result) -> dict[str, object]:
    """A result as JSON can hold it. Every number is a text that reads as an exact fraction."""
    scheme = result.scheme
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
            "weights": scheme.weights,
            "rounding": {
                "places": scheme.rounding.places,
                "mode": scheme.rounding.mode,
                "carry": list(scheme.rounding.carry),
            },
            "grades": [
                {
                    "name": grade.name,
                    "from": number(grade.lowest),
                    "requires": {r.target: number(r.at_least) for r in grade.requires},
                }
                for grade in scheme.grades
            ],
        },
        "score": number(result.score),
        "rounded": number(result.rounded),
        "grade": result.grade,
        "nodes": [
            _node(row, scheme.plan.nodes[parent].code if parent >= 0 else None)
            for row, parent in zip(result, scheme.plan.parents, strict=True)
        ],
    }


def _node(row: NodeResult, parent: str | None) -> dict[str, object]:
    node = row.node
    return {
        "code": node.code,
        "level": node.level,
        "parent": parent,
        "title": dict(node.title.texts),
        "method": method(node),
        "weight": number(node.weight),
        "missing": {"policy": node.missing.policy, "at_least": number(node.missing.at_least)},
        "status": row.status,
        "answers": _answers(row),
        "score": number(row.score),
        "error": number(row.error),
        "rounded": number(row.rounded),
        "contribution": number(row.contribution),
        "coverage": number(row.coverage),
        "n": number(row.n),
    }


def method(node: Node) -> dict[str, str]:
    """A node's method by name, with its parameters."""
    parameters = {
        name: value if isinstance(value, str) else plain(value)
        for name, value in node.method.parameters
    }
    return {"name": node.method.name, **parameters}


def _answers(row: NodeResult) -> list[dict[str, str | None]] | None:
    """Each answer's code, count and score; the score is `None` where it does not apply."""
    scale, counted = row.scale, row.answers
    if scale is None or counted is None:
        return None
    scored = [
        {"code": code, "count": number(count), "score": number(points(scale, code))}
        for code, count in counted.items()
    ]
    left_out = [
        {"code": code, "count": number(count), "score": None}
        for code, count in (row.inapplicable or {}).items()
    ]
    return scored + left_out


def points(scale: Scale, code: str) -> Fraction:
    """What an answer that applies scores, as closely as scores are told."""
    return approximate(scale.score(code), DIGITS)[0]  # type: ignore[arg-type]  # it applies
