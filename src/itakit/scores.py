"""Scores by the number of the node: what an evaluation has found, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeAlias

from attrs import frozen

from itakit.errors import EvidenceError, Problem
from itakit.evidence import Evidence
from itakit.plan import Step
from itakit.reals import Number, Undecidable, approximate
from itakit.scheme import Scheme
from itakit.wording import say

Status: TypeAlias = Literal["given", "scored", "missing", "not applicable", "unused"]
_NOTHING, _ALL = Fraction(0), Fraction(1)
DIGITS = 30
"""The decimal digits to which a score that is not rational is told."""


@frozen(eq=False)
class Scores:
    """The scores of one unit, in the order of the scheme's plan."""

    scheme: Scheme
    numerators: tuple[Any, ...]
    """What goes on upward, over its denominator; `None` where there is no score."""
    denominators: tuple[int, ...]
    """0 where the numerator is a score that is not rational."""
    statuses: Mapping[int, Status]
    """Of the nodes that are neither given nor scored."""
    evidence: Mapping[int, Evidence]
    coverages: Mapping[int, Fraction]
    """Where they are not 1."""
    exact: Mapping[int, tuple[Any, int]]
    """What was before a carried level's rounding, as numerator and denominator."""

    def coefficients(self, step: Step) -> Mapping[int, Fraction]:
        """What the score of each child was multiplied with, for a linear method."""
        plan, i = self.scheme.plan, step.index
        shape = plan.nodes[i].method.method.shape
        if shape is None or i in self.evidence or i in self.statuses:
            return {}
        there = [child for child in step.children if self.numerators[child] is not None]
        weight = sum((plan.weights[child] for child in there), Fraction(0))
        if shape == "sum":
            declared = plan.nodes[step.children[0]].weight is not None
            all_of_it = sum((plan.weights[child] for child in step.children), Fraction(0))
            weight = weight / all_of_it if declared else Fraction(1)
        return {child: plan.weights[child] / weight for child in there}

    def value(self, i: int) -> Number | None:
        """The node's own score, before any rounding; `None` where it has none."""
        numerator, denominator = self.exact.get(i, (self.numerators[i], self.denominators[i]))
        return Fraction(numerator, denominator) if denominator else numerator

    def rounded(self, i: int) -> Decimal | None:
        """The published figure."""
        value = self.value(i)
        try:
            return None if value is None else self.scheme.rounding(value)
        except Undecidable:
            raise self.undecidable(i) from None

    def score(self, i: int) -> tuple[Fraction | None, Fraction]:
        """The score of a node and the most by which it is off."""
        value = self.value(i)
        if value is None or isinstance(value, Fraction):
            return value, _NOTHING
        return self._approximations[i]

    def carried(self, i: int) -> tuple[Fraction | None, Fraction]:
        """The same for the score that goes on upward."""
        if i in self.exact:
            return Fraction(self.numerators[i], self.denominators[i]), Fraction(0)
        return self.score(i)

    @cached_property
    def _approximations(self) -> Mapping[int, tuple[Fraction, Fraction]]:
        """The scores that are not rational, each with the most by which it is off.

        Those of linear nodes are made of their children's, so that contributions add up exactly.
        """
        found: dict[int, tuple[Fraction, Fraction]] = {}
        steps = {step.index: step for step in self.scheme.plan.steps}
        for i in reversed(range(len(self.numerators))):
            value = self.value(i)
            if value is None or isinstance(value, Fraction):
                continue
            parts = self.coefficients(steps[i]) if i in steps else {}
            score, error = Fraction(0), Fraction(0)
            for child, coefficient in parts.items():
                known, off = (
                    self.carried(child)
                    if child in self.exact
                    else (found.get(child) or self.score(child))
                )
                score += coefficient * (known or 0)
                error += coefficient * off
            try:
                found[i] = (score, error) if parts else approximate(value, DIGITS)
            except Undecidable:
                raise self.undecidable(i) from None
        return found

    def undecidable(self, i: int) -> EvidenceError:
        """The error for a score whose digits no precision within bounds settles."""
        return EvidenceError([Problem(say("undecidable"), key=self.scheme.plan.nodes[i].code)])

    def status(self, i: int) -> Status:
        """Where the score comes from, or why there is none."""
        return self.statuses.get(i, "given" if i in self.evidence else "scored")

    def coverage(self, i: int) -> Fraction | None:
        """The share of weight below that had evidence."""
        if self.statuses.get(i) in ("not applicable", "unused"):
            return None
        return self.coverages.get(i, _ALL)

    @cached_property
    def contributions(self) -> Sequence[Fraction | None]:
        """The part of the root's score that each node accounts for.

        Where a level's rounded scores are carried upward, the parts below it are stretched to add
        up to what was carried.
        """
        plan = self.scheme.plan
        shares: list[Fraction | None] = [Fraction(0)] * len(plan.nodes)
        shares[0] = None if self.numerators[0] is None else Fraction(1)
        for step in reversed(plan.steps):
            i, share = step.index, shares[step.index]
            coefficients = self.coefficients(step)
            stretch = Fraction(1)
            if i in self.exact and (score := self.score(i)[0]):
                stretch = (self.carried(i)[0] or 0) / score
            for child in step.children:
                if share is None or (share and self.status(i) == "scored" and not coefficients):
                    shares[child] = None
                elif share and child in coefficients:
                    shares[child] = share * stretch * coefficients[child]
        return [
            None if share is None else share * (self.carried(i)[0] or 0)
            for i, share in enumerate(shares)
        ]
