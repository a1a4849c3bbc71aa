"""Fullness: what it means that an item has the top of what it can have.

An item is full with the highest score of its scale, or with the top of the range where it has
none. A score that is given for an inner node is full when all items below it are. What does not
apply to the unit is not counted, and stays so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from itakit.errors import EvidenceError
from itakit.evaluation import evaluate
from itakit.evidence import Evidence
from itakit.result import NodeResult, Result
from itakit.scheme import Node, Scheme


def top(scheme: Scheme, item: Node) -> Fraction:
    """The highest score that an item can have."""
    if item.scale is None or item.scale.goalposts is not None:
        return scheme.range[1]
    return max(choice.score for choice in item.scale.answers)


def entries(result: Result) -> Iterator[NodeResult]:
    """What the unit's score is made of: items, and inner nodes that were given as a whole.

    What does not apply and what is below a given node is left out.
    """
    for node in result:
        if node.status in ("unused", "not applicable"):
            continue
        if not node.node.children or node.status == "given":
            yield node


def below(result: Result, code: str) -> tuple[str, ...]:
    """The entries that a node is made of; the node itself where it is one."""
    plan = result.scheme.plan
    start = plan.index[code]
    end = plan.ends[start]
    return tuple(e.code for e in entries(result) if start <= plan.index[e.code] < end)


def known(result: Result) -> dict[str, Evidence]:
    """The evidence that a result was made of."""
    return {node.code: node.evidence for node in result if node.evidence is not None}


def filled(result: Result, codes: Iterable[str]) -> Mapping[str, Evidence]:
    """The evidence of the same unit if some of its entries were full."""
    scheme, evidence = result.scheme, known(result)
    for code in codes:
        node = scheme[code]
        evidence.pop(code, None)
        for item in node.walk():
            if not item.children:
                best = top(scheme, item)
                score = result[item.code].score if item is node else None
                # A score that was given may be above every answer: it is full as it is.
                evidence[item.code] = best if score is None else max(score, best)
    return evidence


def after(result: Result, codes: Iterable[str]) -> Result | EvidenceError:
    """The unit's result if some of its entries were full, or why there would be none."""
    try:
        return evaluate(result.scheme, filled(result, codes))
    except EvidenceError as error:
        return error


def is_full(result: Result, code: str) -> bool:
    """Whether an entry has what it can have already."""
    entry = result[code]
    if entry.score is None or entry.status == "missing":
        return False
    if not entry.node.children:
        return entry.score >= top(result.scheme, entry.node)
    best = after(result, [code])
    return isinstance(best, Result) and best[code].score == entry.score
