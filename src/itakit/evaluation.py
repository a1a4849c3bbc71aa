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

from itakit import numerals
from itakit.errors import EvidenceError, Problem
from itakit.methods import Inapplicable, Term
from itakit.plan import Step
from itakit.reals import Number, Undecidable, approximate, compare
from itakit.result import Result
from itakit.scale import OutsideGoalposts, Scale, UnknownAnswer
from itakit.scheme import Scheme
from itakit.scores import Scores, Status
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
    if not isinstance(evidence, Mapping):
        raise EvidenceError([Problem(say("not-a-unit"))])
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
        self.told: set[int] = set()  # nodes without a score for a reason among the problems
        self.problems: list[Problem] = []
        self.read(evidence)
        self.complete = len(self.evidence) == plan.leaves and not self.status
        if not self.complete:
            self.find_missing()
        if scheme.rounding.carry:
            for i, numerator in enumerate(self.numerators):
                if numerator is not None:
                    self.carry(i)
        self.fold()
        if self.problems:
            raise EvidenceError(self.problems)

    def result(self) -> Result:
        scores = Scores(
            self.scheme,
            tuple(self.numerators),
            tuple(self.denominators),
            self.status,
            self.evidence,
            self.coverage,
            self.exact,
        )
        return Result(self.scheme, scores)

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
                n: Any = known.n
                total: Any = 0
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
            self.take(i, known)
            if nodes[i].children and i in known_at:
                inner.append(i)
        for i in inner:
            self.cut(i)

    def unknown(self, code: object) -> None:
        shown = printable(code)
        hint = did_you_mean(code if isinstance(code, str) else shown, self.plan.index)
        says = say("unknown-code", scheme=self.scheme.id)
        self.problems.append(Problem(says, hint, key=shown))

    def problem(self, i: int, says: Message, advice: Message | None = None) -> None:
        """Note what is wrong with a node: neither it nor anything above it has a score then."""
        self.told.add(i)
        self.problems.append(Problem(says, advice, key=self.plan.nodes[i].code))

    def take(self, i: int, known: Evidence) -> None:
        """Turn the evidence for a node into its score, or note what is wrong with it."""
        if known is NOT_APPLICABLE or (isinstance(known, str) and known == NOT_APPLICABLE.value):
            self.status[i] = "not applicable"
        elif isinstance(known, Tally):
            self.answers(i, known)
        elif isinstance(known, Answer):
            try:
                tally = known.tally
            except EvidenceError:
                self.problem(i, say("no-answer", value=printable(known.value)))
            else:
                self.answers(i, tally)
        else:
            self.score(i, known)

    def score(self, i: int, known: object) -> None:
        try:
            score = numerals.exact(known)
        except (TypeError, ValueError):
            self.problem(i, say("no-score", value=printable(known)), say("give-evidence"))
            return
        if self.low <= score <= self.high:
            self.put(i, score)
        else:
            self.outside(i, score)

    def outside(self, i: int, score: Number) -> None:
        shown = numerals.plain(approximate(score, 6)[0])
        low, high = numerals.plain(self.low), numerals.plain(self.high)
        self.problem(i, say("outside-range", value=printable(shown)[1:-1], low=low, high=high))

    def put(self, i: int, score: Number) -> None:
        if isinstance(score, Fraction):
            self.numerators[i], self.denominators[i] = score.numerator, score.denominator
        else:
            self.numerators[i], self.denominators[i] = score, 0

    def get(self, i: int) -> Number:
        numerator, denominator = self.numerators[i], self.denominators[i]
        return Fraction(numerator, denominator) if denominator else numerator

    def answers(self, i: int, tally: Tally) -> None:
        """The method of the node on the scores of its answers, weighted by who gave them."""
        scale = self.plan.scales[i]
        if scale is None:
            if any(below.scale for below in self.plan.nodes[i].walk() if not below.children):
                self.problem(i, say("mixed-scales"), say("answers-below"))
            else:
                self.problem(i, say("no-scale"), say("give-score"))
            return
        terms: dict[str, Term] = {}  # one for each answer, however often and however it is written
        for answer, count in tally:
            try:
                code = scale.code(answer)
                score = scale.score(code)
            except UnknownAnswer:
                self.unknown_answer(i, scale, answer, count)
            except OutsideGoalposts as outside:
                low, high = outside.bounds
                values = {"low": numerals.plain(low), "high": numerals.plain(high)}
                says = say("outside-goalposts", value=printable(answer), **values)
                self.problem(i, says, say("clamp"))
            else:
                if count and score is not NOT_APPLICABLE:
                    before = terms[code][1] if code in terms else Fraction(0)
                    terms[code] = (score, before + count)
        if i in self.told:
            return
        if terms:
            self.apply(i, list(terms.values()), [""] * len(terms))  # an answer is no child
        elif tally.n:
            self.status[i] = "not applicable"
        else:
            del self.evidence[i]  # nobody answered

    def unknown_answer(self, i: int, scale: Scale, answer: str, count: int | Fraction) -> None:
        codes = [choice.code for choice in scale.answers]
        name = "unknown-answer" if scale.goalposts is None else "answer-no-number"
        n = printable(numerals.plain(Fraction(count)))[1:-1]
        values = {"value": printable(answer), "n": n, "scale": scale.name}
        says = say(name, expected=", ".join(codes), **values)
        self.problem(i, says, did_you_mean(answer, codes))

    def cut(self, i: int) -> None:
        """Nothing below a node with evidence is used; evidence there contradicts it."""
        nodes = self.plan.nodes
        for below in range(i + 1, self.plan.ends[i]):
            if below in self.evidence:
                self.problem(below, say("both", above=nodes[i].code), say("one-of-both"))
            self.status[below] = "unused"

    # What is missing

    def find_missing(self) -> None:
        for i, node in enumerate(self.plan.nodes):
            if not node.children and i not in self.evidence and i not in self.status:
                self.lack(i, Fraction(0))

    def lack(self, i: int, coverage: Fraction) -> None:
        """A node turns out to be missing."""
        node = self.plan.nodes[i]
        self.status[i] = "missing"
        self.coverage[i] = coverage
        if node.missing.policy == "zero" and i > 0:
            self.put(i, self.low)
        elif node.missing.policy == "error" and i > 0:
            name = "missing-below" if node.children else "missing"
            self.problem(i, say(name), say("give-or-skip"))

    # The fold

    def fold(self) -> None:
        carry = self.scheme.rounding.carry
        for step in self.plan.steps:
            i = step.index
            if self.told and not self.told.isdisjoint(step.counting):
                if i not in self.evidence and i not in self.status:
                    self.told.add(i)
            elif self.complete:
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
        terms: Iterable[Any] = step.pick(self.numerators)
        below = step.pick(self.denominators)
        unit = lcm(*below)
        if unit == 0 or None in terms:  # an irrational score, or none
            return False
        if not step.equal:
            terms = map(mul, coefficients, terms)
        total = sum(map(mul, terms, [unit // d for d in below]))
        unit *= step.divisor
        # What is carried was rounded, and may lie outside the range by that.
        bounded = step.bounded and not self.scheme.rounding.carry
        if not bounded and not self.low * unit <= total <= self.high * unit:
            self.outside(step.index, Fraction(total, unit))
        else:
            self.numerators[step.index] = total
            self.denominators[step.index] = unit
        return True

    def join_what_is_there(self, step: Step) -> None:
        """The same where something may be missing or not applicable."""
        i, status = step.index, self.status
        there = [child for child in step.counting if status.get(child) != "not applicable"]
        if not there:
            status[i] = "not applicable"
            return
        coverage = self.covered(there)
        nothing = all(status.get(child) == "missing" for child in there)
        if nothing or coverage < self.plan.nodes[i].missing.at_least:
            self.lack(i, coverage)
            return
        self.coverage[i] = coverage
        self.join(step)

    def covered(self, children: list[int]) -> Fraction:
        """The share of weight below a node that had evidence."""
        weights = self.plan.weights
        had = Fraction(0)
        for child in children:
            if self.status.get(child) != "missing":
                had += weights[child] * self.coverage.get(child, 1)
        return had / sum((weights[child] for child in children), Fraction(0))

    def join_terms(self, step: Step) -> None:
        """Any method on the scores of the children that have one."""
        i = step.index
        nodes, weights = self.plan.nodes, self.plan.weights
        there = [child for child in step.counting if self.numerators[child] is not None]
        factor = Fraction(1)
        if nodes[i].method.method.shape == "sum" and nodes[i].children[0].weight is not None:
            factor = sum((weights[child] for child in step.counting), Fraction(0))
            factor /= sum((weights[child] for child in there), Fraction(0))
        terms = [(self.get(child), weights[child] * factor) for child in there]
        self.apply(i, terms, [nodes[child].code for child in there])

    def apply(self, i: int, terms: list[Term], codes: Sequence[str]) -> None:
        try:
            score = self.plan.nodes[i].method(terms, self.scheme.range, codes)
            inside = compare(score, self.low) >= 0 >= compare(score, self.high)
        except Inapplicable as reason:
            self.problem(i, Message(reason.name, reason.values))
            return
        except Undecidable:
            self.problem(i, say("undecidable"))
            return
        if not inside:
            self.outside(i, score)
        else:
            self.put(i, score)

    def carry(self, i: int) -> None:
        """Where the scheme rounds on the way, the rounded score is what goes on upward."""
        rounding = self.scheme.rounding
        level = self.plan.nodes[i].level
        if i > 0 and level in rounding.carry and self.numerators[i] is not None:
            try:
                rounded = rounding(self.get(i))
            except Undecidable:
                self.problem(i, say("undecidable"))
                return
            self.exact[i] = self.numerators[i], self.denominators[i]
            self.put(i, Fraction(rounded))
