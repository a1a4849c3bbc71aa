"""Evaluation: what becomes of every node, from the items upward."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import localcontext
from fractions import Fraction

from tests.laws.oracle.methods import LINEAR, SUMS, Term, Wrong, combine
from tests.laws.oracle.numbers import MANY_DIGITS, Number, divide, less, times
from tests.laws.oracle.scheme import Node, Scheme

NOT_APPLICABLE = "not applicable"


class Outcome:
    """What became of a node."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.status = ""  # given, scored, missing, not applicable, unused, wrong
        self.score: Number | None = None
        self.carried: Number | None = None
        self.coverage: Fraction | None = None
        self.n: Fraction | None = None
        self.children: list[Outcome] = []
        self.contribution: Number | None = Fraction(0)
        self.rounded: Fraction | None = None

    def walk(self) -> Iterator[Outcome]:
        yield self
        for child in self.children:
            yield from child.walk()


def weigh(outcomes: list[Outcome]) -> Fraction:
    return sum((outcome.node.counts for outcome in outcomes), Fraction(0))


class Evaluation:
    """The outcomes of one unit, or what is wrong with the evidence.

    Evidence is a mapping of codes: a `Fraction` is a score, a `dict` counts answers, and anything
    else that is not the text "not applicable" is nothing that can be understood.
    """

    def __init__(self, scheme: Scheme, evidence: dict[str, object]) -> None:
        self.scheme = scheme
        self.problems: set[tuple[str, str]] = set()
        codes = {node.code for node in scheme.root.walk()}
        self.evidence = {
            code: known
            for code, known in evidence.items()
            if known is not None
            and not (
                isinstance(known, dict) and not any(known.values()) and self.readable(code, known)
            )
        }
        self.problems |= {(code, "unknown-code") for code in evidence if code not in codes}
        with localcontext(MANY_DIGITS):
            self.root = self.outcome(scheme.root, None)
            if not self.problems:
                self.contribute(self.root, None if self.root.score is None else Fraction(1))

    def readable(self, code: str, counts: dict[str, Fraction]) -> bool:
        """Whether answers that nobody gave are at least answers; if so they are no evidence."""
        node = next((n for n in self.scheme.root.walk() if n.code == code), None)
        try:
            return node is not None and self.terms(node, counts) == []
        except Wrong:
            return False

    def terms(self, node: Node, counts: dict[str, Fraction]) -> list[Term]:
        scale, *others = {item.scale for item in node.walk() if not item.children}
        if others:
            raise Wrong("mixed-scales")
        if scale is None:
            raise Wrong("no-scale")
        scores: dict[object, Number] = {}
        people: dict[object, Fraction] = {}
        for text, count in counts.items():
            code, score = self.scheme.answer(scale, text)
            if score is not None and count:
                scores[code] = score
                people[code] = people.get(code, Fraction(0)) + count
        return [(None, scores[code], people[code]) for code in scores]  # an answer is no child

    def wrong(self, outcome: Outcome, problem: str) -> None:
        self.problems.add((outcome.node.code, problem))
        outcome.status, outcome.score = "wrong", None

    def lack(self, outcome: Outcome, coverage: Fraction) -> None:
        outcome.status, outcome.coverage = "missing", coverage
        policy = outcome.node.missing["policy"]
        if outcome.node is not self.scheme.root:
            if policy == "error":
                self.wrong(outcome, "missing-below" if outcome.node.children else "missing")
            elif policy == "zero":
                outcome.score = self.scheme.low

    def outcome(self, node: Node, cut: Node | None) -> Outcome:
        """The outcome of a node; `cut` is the node above that has evidence, if any."""
        outcome = Outcome(node)
        given = node.code in self.evidence
        if given and cut is not None:
            self.problems.add((node.code, "both"))
        try:
            if given:
                self.take(outcome, self.evidence[node.code])
        except Wrong as reason:
            self.wrong(outcome, str(reason))
        below = node if given else cut
        outcome.children = [self.outcome(child, below) for child in node.children]
        if cut is not None:
            outcome.status, outcome.score, outcome.coverage = "unused", None, None
        elif not given and not node.children:
            self.lack(outcome, Fraction(0))
        elif not given:
            self.aggregate(outcome)
        if outcome.score is not None:
            outcome.rounded = self.scheme.round(outcome.score)
        carried = node.level in self.scheme.carry and node is not self.scheme.root
        outcome.carried = outcome.rounded if carried else outcome.score
        return outcome

    def take(self, outcome: Outcome, known: object) -> None:
        scheme = self.scheme
        outcome.status, outcome.coverage = "given", Fraction(1)
        if isinstance(known, dict):
            terms = self.terms(outcome.node, known)
            outcome.n = sum((count for _, _, count in terms), Fraction(0))
            if not terms:
                outcome.status, outcome.coverage = NOT_APPLICABLE, None
                return
            outcome.score = combine(outcome.node.method, terms, scheme.ends)
        elif isinstance(known, Fraction):
            outcome.score = known
        elif known == NOT_APPLICABLE:
            outcome.status, outcome.coverage = NOT_APPLICABLE, None
            return
        else:
            raise Wrong("no-score")
        self.within(outcome.score)

    def within(self, score: Number) -> None:
        if less(score, self.scheme.low) or less(self.scheme.high, score):
            raise Wrong("outside-range")

    def aggregate(self, outcome: Outcome) -> None:
        node = outcome.node
        counting = [child for child in outcome.children if child.node.counts]
        applicable = [child for child in counting if child.status != NOT_APPLICABLE]
        if any(child.status == "wrong" for child in applicable):
            outcome.status = "wrong"
            return
        if not applicable:
            outcome.status = NOT_APPLICABLE
            return
        weight = weigh(applicable)
        covered = [c for c in applicable if c.status != "missing" and c.coverage is not None]
        coverage = sum((c.node.counts * (c.coverage or 0) for c in covered), Fraction(0)) / weight
        at_least = Fraction(node.missing.get("at_least", 0))
        if all(child.status == "missing" for child in applicable) or coverage < at_least:
            self.lack(outcome, coverage)
            return
        there = [child for child in applicable if child.score is not None]
        factor = Fraction(1)
        if node.method["method"] in SUMS and node.children[0].weight is not None:
            factor = weigh(counting) / weigh(there)
        terms: list[Term] = [
            (c.node.code, c.carried, c.node.counts * factor) for c in there if c.carried is not None
        ]
        outcome.coverage = coverage
        try:
            score = combine(node.method, terms, self.scheme.ends)
            self.within(score)
        except Wrong as reason:
            self.wrong(outcome, str(reason))
            return
        outcome.status, outcome.score = "scored", score

    def contribute(self, outcome: Outcome, share: Number | None) -> None:
        """The part of the root's score: a node's share of it times what it carries upward."""
        node = outcome.node
        outcome.contribution = None
        if share is not None:
            outcome.contribution = times(share, outcome.carried or Fraction(0))
        linear = node.method["method"] in LINEAR
        there = [c for c in outcome.children if c.score is not None and c.node.counts]
        used = outcome.status == "scored" and bool(share)
        stretch: Number = Fraction(1)
        if outcome.score and outcome.carried is not None and outcome.carried != outcome.score:
            stretch = divide(outcome.carried, outcome.score)
        weight = weigh(there)
        if used and node.method["method"] in SUMS:
            declared = node.children[0].weight is not None
            weight = weight / weigh(outcome.children) if declared else Fraction(1)
        for child in outcome.children:
            part: Number | None = Fraction(0)
            if share is None or (used and not linear):
                part = None
            elif used and child in there:
                part = times(times(share, stretch), child.node.counts / weight)
            self.contribute(child, part)

    def grade(self) -> object:
        """The name of the first grade whose bound and conditions hold."""
        rounded = self.root.rounded
        for grade in self.scheme.grades:
            if (
                rounded is not None
                and rounded >= Fraction(grade["from"])
                and all(
                    self.reaches(target, Fraction(least))
                    for target, least in grade.get("requires", {}).items()
                )
            ):
                return grade["name"]
        return None

    def reaches(self, target: str, least: Fraction) -> bool:
        nodes = [o for o in self.root.walk() if target == o.node.level] or [
            o for o in self.root.walk() if target == o.node.code
        ]
        nodes = [o for o in nodes if o.status != NOT_APPLICABLE]
        return bool(nodes) and all(o.rounded is not None and o.rounded >= least for o in nodes)
