"""The draft: the scores of one unit while they come into being, and what stands in their way."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attrs import define, field

from itakit import numerals
from itakit.errors import Problem
from itakit.evidence import Evidence
from itakit.methods import Inapplicable, Term
from itakit.plan import Plan
from itakit.reals import Number, Undecidable, approximate, compare
from itakit.scheme import Scheme
from itakit.scores import Scores, Status
from itakit.text import printable
from itakit.wording import Message, say


@define(eq=False)
class Draft:
    """The scores of one unit while they come into being, by the number of the node.

    It is the one thing here that changes; what is made of it, `Scores`, does not.
    """

    scheme: Scheme
    plan: Plan
    """The scheme's."""
    numerators: list[Any]
    """Of the scores that go on upward; `None` where there is none."""
    denominators: list[int]
    """0 where the numerator is a score that is not rational."""
    status: dict[int, Status] = field(factory=dict)
    """Of the nodes that are neither given nor scored."""
    evidence: dict[int, Evidence] = field(factory=dict)
    coverage: dict[int, Fraction] = field(factory=dict)
    """Where it is not 1."""
    exact: dict[int, tuple[Any, int]] = field(factory=dict)
    """What was before a carried level's rounding, as numerator and denominator."""
    told: set[int] = field(factory=set)
    """The nodes without a score for a reason among the problems."""
    problems: list[Problem] = field(factory=list)

    @classmethod
    def blank(cls, scheme: Scheme) -> Draft:
        """The draft of a unit about which nothing is known yet."""
        plan = scheme.plan
        return cls(scheme, plan, [None] * len(plan.nodes), [0] * len(plan.nodes))

    def scores(self) -> Scores:
        """The scores as they stand, for good."""
        return Scores(
            self.scheme,
            tuple(self.numerators),
            tuple(self.denominators),
            self.status,
            self.evidence,
            self.coverage,
            self.exact,
        )

    def get(self, i: int) -> Number:
        """The score of a node that has one."""
        numerator, denominator = self.numerators[i], self.denominators[i]
        return Fraction(numerator, denominator) if denominator else numerator

    def put(self, i: int, score: Number) -> None:
        """A node has a score."""
        if isinstance(score, Fraction):
            self.numerators[i], self.denominators[i] = score.numerator, score.denominator
        else:
            self.numerators[i], self.denominators[i] = score, 0

    def apply(self, i: int, terms: list[Term], codes: Sequence[str]) -> None:
        """A node's score is what its method makes of some terms, if that lies in the range."""
        low, high = self.scheme.range
        try:
            score = self.plan.nodes[i].method(terms, self.scheme.range, codes)
            inside = compare(score, low) >= 0 >= compare(score, high)
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

    def problem(self, i: int, says: Message, advice: Message | None = None, rank: int = 0) -> None:
        """Something is wrong with a node: neither it nor anything above it has a score then."""
        self.told.add(i)
        self.problems.append(Problem(says, advice, key=self.plan.nodes[i].code, rank=rank))

    def outside(self, i: int, score: Number, advice: Message | None = None) -> None:
        """The score that a node would have lies outside the range."""
        shown = numerals.plain(approximate(score, 6)[0])
        low, high = map(numerals.plain, self.scheme.range)
        says = say("outside-range", value=printable(shown)[1:-1], low=low, high=high)
        self.problem(i, says, advice)
