"""Evaluation: one fold over the tree, from what is known about a unit to a score for every node.

A score is kept as a numerator over a denominator, both integers, so that a linear method is a few
integer operations; everything else (missing children, methods that are not linear, scores that
are not rational) goes through the method itself. Both ways give the same number, which a law in
the tests checks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Any

from itakit import numerals
from itakit.errors import EvidenceError, Problem
from itakit.methods import Inapplicable
from itakit.plan import Step
from itakit.reals import Number, compare
from itakit.result import Result, Status
from itakit.scale import OutsideGoalposts, UnknownAnswer
from itakit.scheme import Node, Scheme
from itakit.suggest import did_you_mean
from itakit.tally import NOT_APPLICABLE, Answer, Evidence, Tally
from itakit.text import printable
from itakit.wording import Message, say


def evaluate(scheme: Scheme, evidence: Mapping[str, Evidence | None]) -> Result:
    """The scores of one unit: the scheme's tree with a score on every node.

    ``evidence`` maps the code of any node to a score, a `Tally`, an `Answer` or `NOT_APPLICABLE`;
    `None` is no evidence. A score given for an inner node cuts the tree there.

    Raises `EvidenceError` with every problem at once: unknown codes and answers, scores outside
    the range, evidence both for a node and for something below it, and items without evidence
    where the scheme does not say otherwise.
    """
    return _Fold(scheme, evidence).result()


class _Fold:
    """The scores of one evaluation while they come into being, by the number of the node."""

    def __init__(self, scheme: Scheme, evidence: Mapping[str, Evidence | None]) -> None:
        self.scheme = scheme
        self.plan = plan = scheme.plan
        self.low, self.high = scheme.range
        self.numerators: list[Any] = [None] * len(plan.nodes)
        self.denominators: list[int] = [0] * len(plan.nodes)  # 0: the numerator is irrational
        self.status: dict[int, Status] = {}
        self.evidence: dict[int, Evidence] = {}
        self.coverage: dict[int, Fraction] = {}
        self.exact: dict[int, tuple[Any, int]] = {}  # what was before a carried level's rounding
        self.told: set[int] = set()  # nodes whose lack of evidence is among the problems
        self.problems: list[Problem] = []
        self.read(evidence)
        if self.problems:
            raise EvidenceError(self.problems)
        self.complete = len(self.evidence) == plan.leaves and not self.status
        if not self.complete:
            self.find_missing()
        if scheme.rounding.carry:
            for i in self.evidence:
                self.carry(i)
        self.fold()
        if self.problems:
            raise EvidenceError(self.problems)

    def result(self) -> Result:
        return Result(
            self.scheme,
            tuple(self.numerators),
            tuple(self.denominators),
            self.status,
            self.evidence,
            self.coverage,
            self.exact,
        )

    # What is known

    def read(self, evidence: Mapping[str, Evidence | None]) -> None:
        index, nodes, tables = self.plan.index, self.plan.nodes, self.plan.tables
        numerators, denominators, known_at = self.numerators, self.denominators, self.evidence
        inner: list[int] = []
        for code, known in evidence.items():
            i = index.get(code)
            if i is None:
                self.unknown(code)
                continue
            if type(known) is Tally and (table := tables[i]) is not None:
                points, unit = table
                n, total = known.n, 0
                try:
                    for answer, count in known.counts.items():
                        total += points[answer] * count
                except KeyError:
                    pass  # a title, an answer that is not applicable, or one nobody declared
                else:
                    if type(n) is int and n:
                        known_at[i] = known
                        numerators[i] = total
                        denominators[i] = n * unit
                        continue
            if known is None:
                continue
            known_at[i] = known
            if nodes[i].children:
                inner.append(i)
            self.take(i, known)
        for i in inner:
            self.cut(i)

    def unknown(self, code: object) -> None:
        hint = did_you_mean(str(code) if isinstance(code, str | int) else "", self.plan.index)
        self.problem(printable(code), say("unknown-code", scheme=self.scheme.id), hint)

    def problem(self, code: str, says: Message, advice: Message | None = None) -> None:
        self.problems.append(Problem(says, advice, key=code))

    def take(self, i: int, known: Evidence) -> None:
        """Turn the evidence for a node into its score, or note what is wrong with it."""
        node = self.plan.nodes[i]
        if known is NOT_APPLICABLE or known == NOT_APPLICABLE.value:
            self.status[i] = "not applicable"
        elif isinstance(known, Tally):
            self.answers(i, node, known)
        elif isinstance(known, Answer):
            try:
                self.answers(i, node, Tally({known.value: 1}))
            except (ValueError, TypeError):
                self.problem(node.code, say("no-answer", value=printable(known.value)))
        else:
            self.score(i, node, known)

    def score(self, i: int, node: Node, known: object) -> None:
        try:
            score = numerals.exact(known)
        except (TypeError, ValueError):
            self.problem(
                node.code, say("no-score", value=printable(known)), say("give-evidence")
            )
            return
        if self.low <= score <= self.high:
            self.put(i, score)
        else:
            self.outside(node, score)

    def outside(self, node: Node, score: Number) -> None:
        shown = numerals.plain(score) if isinstance(score, Fraction) else str(score)
        low, high = numerals.plain(self.low), numerals.plain(self.high)
        self.problem(node.code, say("outside-range", value=printable(shown)[1:-1], low=low, high=high))

    def put(self, i: int, score: Number) -> None:
        if isinstance(score, Fraction):
            self.numerators[i], self.denominators[i] = score.numerator, score.denominator
        else:
            self.numerators[i], self.denominators[i] = score, 0

    def get(self, i: int) -> Number:
        numerator, denominator = self.numerators[i], self.denominators[i]
        return Fraction(numerator, denominator) if denominator else numerator

    def answers(self, i: int, node: Node, tally: Tally) -> None:
        """The method of the item on the scores of its answers, weighted by who gave them."""
        scale = node.scale
        if scale is None:
            self.problem(node.code, say("no-scale"), say("give-score"))
            return
        if any(below.scale != scale for below in node.walk()):
            self.problem(node.code, say("mixed-scales"), say("answers-below"))
            return
        terms: list[tuple[Number, Fraction]] = []
        before = len(self.problems)
        for answer, count in tally:
            try:
                score = scale.score(answer)
            except UnknownAnswer:
                hint = did_you_mean(answer, [choice.code for choice in scale.answers])
                expected = ", ".join(choice.code for choice in scale.answers)
                name = "unknown-answer" if scale.goalposts is None else "answer-no-number"
                values = {"value": printable(answer), "n": count, "scale": scale.name}
                self.problem(node.code, say(name, expected=expected, **values), hint)
            except OutsideGoalposts:
                posts = scale.goalposts
                assert posts is not None
                self.problem(
                    node.code,
                    say(
                        "outside-goalposts",
                        value=printable(answer),
                        low=numerals.plain(min(posts.worst, posts.best)),
                        high=numerals.plain(max(posts.worst, posts.best)),
                    ),
                    say("clamp"),
                )
            else:
                if count and score is not NOT_APPLICABLE:
                    terms.append((score, Fraction(count)))
        if len(self.problems) > before:
            return
        if terms:
            self.apply(i, node, terms)
        elif tally.n:
            self.status[i] = "not applicable"
        else:
            del self.evidence[i]  # nobody answered

    def cut(self, i: int) -> None:
        """Nothing below a node with evidence is used; evidence there contradicts it."""
        nodes = self.plan.nodes
        for below in range(i + 1, self.plan.ends[i]):
            if below in self.evidence:
                self.problem(
                    nodes[below].code, say("both", above=nodes[i].code), say("one-of-both")
                )
            self.status[below] = "unused"

    # What is missing

    def find_missing(self) -> None:
        for i, node in enumerate(self.plan.nodes):
            if not node.children and i not in self.evidence and i not in self.status:
                self.lack(i, node, Fraction(0))

    def lack(self, i: int, node: Node, coverage: Fraction) -> None:
        """A node turns out to be missing."""
        self.status[i] = "missing"
        self.coverage[i] = coverage
        if node.missing.policy == "zero" and i > 0:
            self.put(i, self.low)
        elif node.missing.policy == "error" and i > 0:
            self.told.add(i)
            name = "missing-below" if node.children else "missing"
            self.problem(node.code, say(name), say("give-or-skip"))

    # The fold

    def fold(self) -> None:
        carry = self.scheme.rounding.carry
        for step in self.plan.steps:
            i = step.index
            if self.complete:
                self.join(step)
            elif i in self.evidence or i in self.status:
                continue
            else:
                self.join_what_is_there(step)
            if carry:
                self.carry(i)

    def join(self, step: Step) -> None:
        if step.coefficients is None or not self.join_integers(step, step.coefficients):
            self.join_terms(step)

    def join_integers(self, step: Step, coefficients: tuple[int, ...]) -> bool:
        """A linear method on rational scores of all children; whether that is what there is."""
        terms = step.pick(self.numerators)
        below = step.pick(self.denominators)
        unit = lcm(*below)
        if unit == 0 or None in terms:  # an irrational score, or none
            return False
        if not step.equal:
            terms = map(mul, coefficients, terms)
        total = sum(map(mul, terms, [unit // d for d in below]))
        unit *= step.divisor
        if not step.bounded and not self.low * unit <= total <= self.high * unit:
            self.outside(self.plan.nodes[step.index], Fraction(total, unit))
        self.numerators[step.index] = total
        self.denominators[step.index] = unit
        return True

    def join_what_is_there(self, step: Step) -> None:
        """The same where something may be missing or not applicable."""
        i, status = step.index, self.status
        node = self.plan.nodes[i]
        there = [child for child in step.children if status.get(child) != "not applicable"]
        if not there:
            status[i] = "not applicable"
            return
        if not self.told.isdisjoint(there):
            self.told.add(i)
            return
        coverage = self.covered(there)
        nothing = all(status.get(child) == "missing" for child in there)
        if nothing or coverage < node.missing.at_least:
            self.lack(i, node, coverage)
            return
        self.coverage[i] = coverage
        self.join(step)

    def covered(self, children: list[int]) -> Fraction:
        """The share of weight below a node that had evidence."""
        weights = self.plan.weights
        total = sum((weights[child] for child in children), Fraction(0))
        had = Fraction(0)
        for child in children:
            if self.status.get(child) != "missing":
                had += weights[child] * self.coverage.get(child, 1)
        return had / total if total else Fraction(0)

    def join_terms(self, step: Step) -> None:
        """Any method on the scores of the children that have one."""
        i = step.index
        node, weights = self.plan.nodes[i], self.plan.weights
        there = [child for child in step.children if self.numerators[child] is not None]
        weight = sum((weights[child] for child in there), Fraction(0))
        if not weight:
            self.lack(i, node, Fraction(0))
            return
        factor = Fraction(1)
        if node.method.method.shape == "sum" and node.children[0].weight is not None:
            factor = sum((weights[child] for child in step.children), Fraction(0)) / weight
        there = [child for child in there if weights[child]]
        terms = [(self.get(child), weights[child] * factor) for child in there]
        self.apply(i, node, terms, [self.plan.nodes[child].code for child in there])

    def apply(
        self, i: int, node: Node, terms: list[tuple[Number, Fraction]], codes: Sequence[str] = ()
    ) -> None:
        try:
            score = node.method(terms, self.scheme.range, codes)
        except Inapplicable as reason:
            self.problem(node.code, Message(reason.name, reason.values))
            return
        if compare(score, self.low) < 0 or compare(score, self.high) > 0:
            self.outside(node, score)
        self.put(i, score)

    def carry(self, i: int) -> None:
        """Where the scheme rounds on the way, the rounded score is what goes on upward."""
        rounding = self.scheme.rounding
        if self.plan.nodes[i].level in rounding.carry and self.numerators[i] is not None:
            self.exact[i] = self.numerators[i], self.denominators[i]
            self.put(i, Fraction(rounding(self.get(i))))
