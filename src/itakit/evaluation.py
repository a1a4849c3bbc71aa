"""Evaluation: one fold over the tree, from what is known about a unit to a score for every node.

A score is kept as a numerator over a denominator, both integers, so that a linear method is a few
integer operations; everything else (missing children, methods that are not linear, scores that
are not rational) goes through the method itself. Both ways give the same number, which a law in
the tests checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Any

from itakit.draft import Draft
from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.evidence import Evidence
from itakit.intake import take_in
from itakit.plan import Step
from itakit.reals import Undecidable
from itakit.result import Result
from itakit.scheme import Scheme
from itakit.scores import Scores
from itakit.text import printable
from itakit.wording import say


def evaluate(scheme: Scheme, evidence: Mapping[str, Evidence | None]) -> Result:
    """The scores of one unit: the scheme's tree with a score on every node.

    ``evidence`` maps the code of any node to a score, a `Tally`, an `Answer` or `NOT_APPLICABLE`;
    `None` is no evidence. A score given for an inner node cuts the tree there.

    Raises `SchemeError` for what is no scheme, and `EvidenceError` with every problem at once:
    unknown codes and answers, scores outside the range, evidence both for a node and for something
    below it, and items without evidence where the scheme does not say otherwise.
    """
    if not isinstance(scheme, Scheme):
        raise SchemeError([Problem(say("not-a-scheme", value=printable(scheme)), say("find-load"))])
    if not isinstance(evidence, Mapping):
        raise EvidenceError([Problem(say("not-a-unit"))])
    draft = _fold(scheme, evidence)
    if draft.problems:
        raise EvidenceError(draft.problems)
    return Result(scheme, draft.scores())


def attempt(
    scheme: Scheme, evidence: Mapping[str, Evidence | None]
) -> tuple[Scores, Sequence[Problem]]:
    """The scores that a unit has in spite of what is wrong with its evidence, and what that is.

    A node that is itself wrong, or that is made of such a node, is missing.
    """
    draft = _fold(scheme, evidence)
    _give_up(draft)
    return draft.scores(), draft.problems


def _fold(scheme: Scheme, evidence: Mapping[str, Evidence | None]) -> Draft:
    """What is known, and what follows from it for every node above."""
    draft = Draft.blank(scheme)
    take_in(draft, evidence)
    carry = scheme.rounding.carry
    told, known, status = draft.told, draft.evidence, draft.status
    complete = len(known) == draft.plan.leaves and not status
    if not complete:
        _find_missing(draft)
    if carry:
        for i in range(len(draft.numerators)):
            _carry(draft, i)
    for step in draft.plan.steps:
        i = step.index
        if told and not told.isdisjoint(step.counting):
            if i not in known and i not in status:
                told.add(i)
        elif complete:
            _join(draft, step)
        elif i in known or i in status:
            continue
        else:
            _join_what_is_there(draft, step)
        if carry:
            _carry(draft, i)
    return draft


# All children have a score


def _join(draft: Draft, step: Step) -> None:
    if step.coefficients is None or not _join_integers(draft, step, step.coefficients):
        _join_terms(draft, step)


def _join_integers(draft: Draft, step: Step, coefficients: tuple[int, ...]) -> bool:
    """A linear method on rational scores of all children; whether that is what there is."""
    terms: Iterable[Any] = step.pick(draft.numerators)
    below = step.pick(draft.denominators)
    unit = lcm(*below)
    if unit == 0 or None in terms:  # an irrational score, or none
        return False
    if not step.equal:
        terms = map(mul, coefficients, terms)
    total = sum(map(mul, terms, [unit // d for d in below]))
    unit *= step.divisor
    # What is carried was rounded, and may lie outside the range by that.
    if not step.bounded or draft.scheme.rounding.carry:
        low, high = draft.scheme.range
        if not low * unit <= total <= high * unit:
            draft.outside(step.index, Fraction(total, unit))
            return True
    draft.numerators[step.index] = total
    draft.denominators[step.index] = unit
    return True


def _join_terms(draft: Draft, step: Step) -> None:
    """Any method on the scores of the children that have one."""
    i = step.index
    nodes, weights = draft.plan.nodes, draft.plan.weights
    there = [child for child in step.counting if draft.numerators[child] is not None]
    factor = Fraction(1)
    if nodes[i].method.method.shape == "sum" and nodes[i].children[0].weight is not None:
        factor = sum((weights[child] for child in step.counting), Fraction(0))
        factor /= sum((weights[child] for child in there), Fraction(0))
    terms = [(draft.get(child), weights[child] * factor) for child in there]
    draft.apply(i, terms, [nodes[child].code for child in there])


def _carry(draft: Draft, i: int) -> None:
    """Where the scheme rounds on the way, the rounded score is what goes on upward."""
    rounding = draft.scheme.rounding
    level = draft.plan.nodes[i].level
    if i > 0 and level in rounding.carry and draft.numerators[i] is not None:
        try:
            rounded = rounding(draft.get(i))
        except Undecidable:
            draft.problem(i, say("undecidable"))
            return
        draft.exact[i] = draft.numerators[i], draft.denominators[i]
        draft.put(i, Fraction(rounded))


# Something may be missing or not applicable


def _find_missing(draft: Draft) -> None:
    for i, node in enumerate(draft.plan.nodes):
        if not node.children and i not in draft.evidence and i not in draft.status:
            _lack(draft, i, Fraction(0))


def _lack(draft: Draft, i: int, coverage: Fraction) -> None:
    """A node turns out to be missing."""
    node = draft.plan.nodes[i]
    draft.status[i] = "missing"
    draft.coverage[i] = coverage
    if node.missing.policy == "zero" and i > 0:
        draft.put(i, draft.scheme.range[0])
    elif node.missing.policy == "error" and i > 0:
        name = "missing-below" if node.children else "missing"
        draft.problem(i, say(name), say("give-or-skip"), rank=i)


def _join_what_is_there(draft: Draft, step: Step) -> None:
    i, status = step.index, draft.status
    there = _applicable(draft, step)
    if not there:
        status[i] = "not applicable"
        return
    coverage = _covered(draft, there)
    nothing = all(status.get(child) == "missing" for child in there)
    if nothing or coverage < draft.plan.nodes[i].missing.at_least:
        _lack(draft, i, coverage)
        return
    if coverage != 1:
        draft.coverage[i] = coverage
    _join(draft, step)


def _applicable(draft: Draft, step: Step) -> list[int]:
    """The children that count and apply to the unit."""
    return [child for child in step.counting if draft.status.get(child) != "not applicable"]


def _covered(draft: Draft, children: list[int]) -> Fraction:
    """The share of weight below a node that had evidence."""
    if draft.coverage.keys().isdisjoint(children):
        return Fraction(1)
    weights = draft.plan.weights
    had = Fraction(0)
    for child in children:
        if draft.status.get(child) != "missing":
            had += weights[child] * draft.coverage.get(child, 1)
    return had / sum((weights[child] for child in children), Fraction(0))


def _give_up(draft: Draft) -> None:
    """Nodes without a score for a reason among the problems are missing."""
    for i in draft.told:
        if draft.numerators[i] is None:
            draft.status.setdefault(i, "missing")
            draft.coverage.setdefault(i, Fraction(0))
    for step in draft.plan.steps:
        if step.index in draft.told and step.index not in draft.evidence:
            draft.coverage[step.index] = _covered(draft, _applicable(draft, step))
