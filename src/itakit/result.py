"""The result: the scheme's tree with a score on every node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

from itakit.explanation import explain
from itakit.grade import Grade, award
from itakit.plan import Step
from itakit.reals import Number, approximate
from itakit.record import record
from itakit.scale import Scale
from itakit.scheme import Node, Scheme
from itakit.tally import Answer, Evidence, Tally
from itakit.titles import Title

Status: TypeAlias = Literal["given", "scored", "missing", "not applicable", "unused"]
DIGITS = 30
"""The decimal digits to which a score that is not rational is told."""


@frozen(eq=False)
class NodeResult:
    """The score of one node, and where it comes from."""

    _result: Result = field(repr=False)
    _index: int = field(repr=False)
    code: str
    """The node's code."""

    @property
    def node(self) -> Node:
        """The node of the scheme."""
        return self._result.scheme.plan.nodes[self._index]

    @property
    def level(self) -> str:
        """The node's level."""
        return self.node.level

    @property
    def title(self) -> Title:
        """The node's title."""
        return self.node.title

    @property
    def weight(self) -> Fraction | None:
        """The node's weight as declared."""
        return self.node.weight

    @property
    def children(self) -> tuple[NodeResult, ...]:
        """The results of the nodes below."""
        return tuple(self._result[child.code] for child in self.node.children)

    @property
    def status(self) -> Status:
        """Whether the score was given as evidence or made of what is below; or why there is
        none."""
        return self._result._status_of(self._index)

    @property
    def score(self) -> Fraction | None:
        """The exact score, or one within `error` of a score that is not rational."""
        return self._result._score(self._index)[0]

    @property
    def error(self) -> Fraction:
        """The most by which `score` is off: 0 for every rational score."""
        return self._result._score(self._index)[1]

    @property
    def rounded(self) -> Decimal | None:
        """The published figure, with the scheme's places."""
        return self._result._rounded(self._index)

    @property
    def contribution(self) -> Fraction | None:
        """The part of the root's score that this node accounts for: 0 for a node that dropped
        out, `None` where the root has no score, or where a method above is not linear and has no
        parts."""
        return self._result._contributions[self._index]

    @property
    def coverage(self) -> Fraction | None:
        """The share of weight below that had evidence, from 0 to 1; `None` for a node that does
        not apply or was not used."""
        return self._result._coverage_of(self._index)

    @property
    def evidence(self) -> Evidence | None:
        """What was given for this node."""
        return self._result._evidence.get(self._index)

    @property
    def n(self) -> int | Fraction | None:
        """The number of respondents whose answers count; `None` where it was not answers."""
        answers = self.answers
        return None if answers is None else sum(answers.values())

    @property
    def answers(self) -> Mapping[str, int | Fraction] | None:
        """The number of respondents by the code of their answer, without the inapplicable."""
        return self._answers(applicable=True)

    @property
    def inapplicable(self) -> Mapping[str, int | Fraction] | None:
        """The number of respondents by answers that are left out and counted."""
        return self._answers(applicable=False)

    @property
    def scale(self) -> Scale | None:
        """What its answers are read with: an item's scale, or the one that all items below share."""
        return self._result.scheme.plan.scales[self._index]

    def _answers(self, *, applicable: bool) -> Mapping[str, int | Fraction] | None:
        scale, evidence = self.scale, self.evidence
        if isinstance(evidence, Answer):
            evidence = evidence.tally
        if scale is None or not isinstance(evidence, Tally):
            return None
        counts: dict[str, int | Fraction] = {}
        for answer, count in evidence:
            code = scale.code(answer)
            if count and (code not in scale.not_applicable) is applicable:
                counts[code] = counts.get(code, 0) + count
        return counts


@frozen(eq=False)
class Result:
    """The scores of one unit, by the code of every node; those of the root are its own."""

    scheme: Scheme
    _numerators: tuple[Any, ...] = field(repr=False)
    _denominators: tuple[int, ...] = field(repr=False)
    _status: Mapping[int, Status] = field(repr=False)
    _evidence: Mapping[int, Evidence] = field(repr=False)
    _coverage: Mapping[int, Fraction] = field(repr=False)
    _exact: Mapping[int, tuple[Any, int]] = field(repr=False)

    def __getitem__(self, code: str) -> NodeResult:
        """The result of a node; the root's by its level. Raises `KeyError`."""
        return self._at(self.scheme.plan.index[code])

    def __iter__(self) -> Iterator[NodeResult]:
        """The results of all nodes, a parent before its children."""
        return (self._at(i) for i in range(len(self._numerators)))

    @property
    def root(self) -> NodeResult:
        """The result of the root."""
        return self._at(0)

    @property
    def score(self) -> Fraction | None:
        """The unit's score; `None` where it is missing."""
        return self.root.score

    @property
    def rounded(self) -> Decimal | None:
        """The unit's published score."""
        return self._rounded(0)

    @property
    def grade(self) -> str | None:
        """The name of the unit's grade; `None` where it has no score or the scheme no grades."""
        grade = self.band
        return None if grade is None else grade.name

    @property
    def band(self) -> Grade | None:
        """The unit's grade with its bound and conditions."""
        return award(self.scheme.grades, self.rounded, self.rounded_of)

    def rounded_of(self, target: str) -> Sequence[Decimal | None]:
        """The published scores of a level's nodes, or of the node of a code.

        A node that does not apply is left out.
        """
        plan = self.scheme.plan
        numbers = plan.levels.get(target) or (plan.index[target],)
        return [
            self._rounded(i) for i in numbers if self._status.get(i) != "not applicable"
        ]

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for every node, a parent before its children.

        Columns: code, level, parent (a code, `None` for the root), title, weight, score (exact),
        rounded, contribution, coverage (0 to 1) and n (respondents).
        """
        nodes, parents = self.scheme.plan.nodes, self.scheme.plan.parents
        return [
            {
                "code": row.code,
                "level": row.level,
                "parent": nodes[parent].code if parent >= 0 else None,
                "title": row.node.title[lang],
                "weight": row.weight,
                "score": row.score,
                "rounded": row.rounded,
                "contribution": row.contribution,
                "coverage": row.coverage,
                "n": row.n,
            }
            for row, parent in zip(self, parents, strict=True)
        ]

    def to_dict(self) -> dict[str, object]:
        """All of the result as JSON can hold it, exact, with what it takes to recompute it."""
        return record(self)

    def explain(self, code: str | None = None, lang: str = "en") -> str:
        """How the score of a node came about, in words; the whole tree without a code.

        Raises `KeyError` for a code that the scheme does not have.
        """
        return explain(self, code, lang)

    def coefficients(self, code: str) -> Mapping[str, Fraction]:
        """What the score of each child of a node was multiplied with, for a linear method.

        Children that dropped out are left out. Empty for an item, for a node whose score was not
        made of its children's, and for a method that is not linear.
        """
        plan = self.scheme.plan
        i = plan.index[code]
        step = next((step for step in plan.steps if step.index == i), None)
        return {plan.nodes[k].code: c for k, c in self._coefficients(step).items()} if step else {}

    def _coefficients(self, step: Step) -> Mapping[int, Fraction]:
        plan, i = self.scheme.plan, step.index
        shape = plan.nodes[i].method.method.shape
        if shape is None or i in self._evidence or i in self._status:
            return {}
        there = [child for child in step.children if self._numerators[child] is not None]
        weight = sum((plan.weights[child] for child in there), Fraction(0))
        if shape == "sum":
            declared = plan.nodes[step.children[0]].weight is not None
            all_of_it = sum((plan.weights[child] for child in step.children), Fraction(0))
            weight = weight / all_of_it if declared else Fraction(1)
        return {child: plan.weights[child] / weight for child in there}

    def _value(self, i: int) -> Number | None:
        numerator, denominator = self._exact.get(i, (self._numerators[i], self._denominators[i]))
        return Fraction(numerator, denominator) if denominator else numerator

    def _rounded(self, i: int) -> Decimal | None:
        value = self._value(i)
        return None if value is None else self.scheme.rounding(value)

    def _score(self, i: int) -> tuple[Fraction | None, Fraction]:
        """The score of a node and the most by which it is off."""
        value = self._value(i)
        if value is None or isinstance(value, Fraction):
            return value, Fraction(0)
        return self._approximations[i]

    def _carried(self, i: int) -> tuple[Fraction | None, Fraction]:
        """The same for the score that goes on upward."""
        if i in self._exact:
            return Fraction(self._numerators[i], self._denominators[i]), Fraction(0)
        return self._score(i)

    @cached_property
    def _approximations(self) -> Mapping[int, tuple[Fraction, Fraction]]:
        """The scores that are not rational, each with the most by which it is off.

        Those of linear nodes are made of their children's, so that contributions add up exactly.
        """
        found: dict[int, tuple[Fraction, Fraction]] = {}
        steps = {step.index: step for step in self.scheme.plan.steps}
        for i in reversed(range(len(self._numerators))):
            value = self._value(i)
            if value is None or isinstance(value, Fraction):
                continue
            parts = self._coefficients(steps[i]) if i in steps else {}
            score, error = Fraction(0), Fraction(0)
            for child, coefficient in parts.items():
                known, off = self._carried(child) if child in self._exact else (
                    found.get(child) or self._score(child)
                )
                score += coefficient * (known or 0)
                error += coefficient * off
            found[i] = (score, error) if parts else approximate(value, DIGITS)
        return found

    def _at(self, i: int) -> NodeResult:
        return NodeResult(self, i, self.scheme.plan.nodes[i].code)

    def _status_of(self, i: int) -> Status:
        return self._status.get(i, "given" if i in self._evidence else "scored")

    def _coverage_of(self, i: int) -> Fraction | None:
        if self._status.get(i) in ("not applicable", "unused"):
            return None
        return self._coverage.get(i, Fraction(1))

    @cached_property
    def _contributions(self) -> Sequence[Fraction | None]:
        """The part of the root's score that each node accounts for.

        Where a level's rounded scores are carried upward, the parts below it are stretched to add
        up to what was carried.
        """
        plan = self.scheme.plan
        shares: list[Fraction | None] = [Fraction(0)] * len(plan.nodes)
        shares[0] = None if self._numerators[0] is None else Fraction(1)
        for step in reversed(plan.steps):
            i, share = step.index, shares[step.index]
            coefficients = self._coefficients(step)
            stretch = Fraction(1)
            if i in self._exact and (score := self._score(i)[0]):
                stretch = (self._carried(i)[0] or 0) / score
            for child in step.children:
                if share is None or (share and self._status_of(i) == "scored" and not coefficients):
                    shares[child] = None
                elif share and child in coefficients:
                    shares[child] = share * stretch * coefficients[child]
        return [
            None if share is None else share * (self._carried(i)[0] or 0)
            for i, share in enumerate(shares)
        ]
