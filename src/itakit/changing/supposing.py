"""Supposing: what a unit's nodes would score by other rules, and of which of them nobody can tell.

What a unit was given for a node as a score stays that score by any rules. Answers are scored anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from itakit.changing.pairing import unlike
from itakit.difference.matching import Matching
from itakit.evaluation import attempt
from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally
from itakit.plan import Plan
from itakit.result import NodeResult, Result
from itakit.scale import Scale, UnknownAnswer
from itakit.scheme import Scheme
from itakit.scores import Scores
from itakit.text import printable
from itakit.wording import Message, say

Doubts: TypeAlias = Mapping[int, Message]
"""By the number of a node, why its score cannot be told."""


@frozen(eq=False)
class Supposed:
    """The scores that nodes would have."""

    scores: Scores
    doubts: Doubts

    def score(self, i: int) -> tuple[Fraction | None, Fraction]:
        """The score of a node, and the most by which it is off; none where it cannot be told."""
        return (None, Fraction(0)) if i in self.doubts else self.scores.score(i)


def without(result: Result, lone: Collection[int]) -> Supposed:
    """A result without the nodes that the other scheme lacks, by its own rules."""
    given = {
        result.scheme.plan.index[node.code]: node.evidence
        for node in result
        if node.evidence is not None
    }
    return _supposed(result.scheme, given, lone, {})


def by_later_rules(before: Result, matching: Matching, lone: Collection[int]) -> Supposed:
    """What was known earlier, by the later rules, without the nodes that only those have."""
    given, doubts = _carried_over(before, matching)
    return _supposed(matching.new, given, lone, doubts)


def alone(plan: Plan, shared: Collection[int], whole: Collection[int]) -> list[int]:
    """The topmost nodes that the other scheme has neither itself nor anything below.

    ``whole`` are the shared nodes that are items in the other scheme: what is below such a node is
    a part of it.
    """
    found, i = [], 0
    kept = sorted(shared)
    while i < len(plan.nodes):
        if i in whole:
            i = plan.ends[i]
        elif bisect_left(kept, i) < bisect_left(kept, plan.ends[i]):
            i += 1
        else:
            found.append(i)
            i = plan.ends[i]
    return found


def items_of_other(matching: Matching) -> tuple[set[int], set[int]]:
    """The old nodes that are items in the new scheme, and the new nodes that are items in the old.

    Only those that have children of their own.
    """
    old, new = matching.old.plan.nodes, matching.new.plan.nodes
    pairs = matching.forth.items()
    return (
        {i for i, j in pairs if old[i].children and not new[j].children},
        {j for i, j in pairs if new[j].children and not old[i].children},
    )


def _supposed(
    scheme: Scheme, given: Mapping[int, Evidence], lone: Collection[int], doubts: Doubts
) -> Supposed:
    plan = scheme.plan
    known = dict(given)
    for i in lone:
        if not any(above in given for above in _above(plan, i)):
            for k in range(i, plan.ends[i]):
                known.pop(k, None)
            known[i] = NOT_APPLICABLE
    scores, problems = attempt(scheme, {plan.nodes[i].code: e for i, e in known.items()})
    found = dict(doubts)
    for problem in problems:
        found.setdefault(plan.index[problem.key], problem.says)
    return Supposed(scores, _spread(plan, found))


def _above(plan: Plan, i: int) -> Iterator[int]:
    while (i := plan.parents[i]) >= 0:
        yield i


def _spread(plan: Plan, doubts: Doubts) -> Doubts:
    """What is doubtful makes doubtful whatever is made of it."""
    found = {
        i: say("compare-because", code=plan.nodes[i].code, reason=doubts[i]) for i in sorted(doubts)
    }
    for i in sorted(doubts):
        below = i
        for above in _above(plan, i):
            if not plan.weights[below]:
                break
            found.setdefault(above, found[i])
            below = above
    return found


def _carried_over(
    before: Result, matching: Matching
) -> tuple[dict[int, Evidence], dict[int, Message]]:
    """What was known, by the numbers that nodes have now; and what that leaves in doubt."""
    old, new = before.scheme.plan, matching.new.plan
    given: dict[int, Evidence] = {}
    doubts: dict[int, Message] = {}
    for i, node in enumerate(before):
        j = matching.forth.get(i)
        if node.evidence is not None and j is not None:
            given[j] = node.evidence
            if (reason := _meant_otherwise(node, new.scales[j])) is not None:
                doubts[j] = reason
        elif node.evidence is not None:
            near = next(k for k in _above(old, i) if k in matching.forth)
            if not new.nodes[matching.forth[near]].children:
                doubts[matching.forth[near]] = say("compare-was-made-of", code=node.code)
    for j in [*given]:
        if _took_in(j, matching):
            doubts[j] = say("compare-took-in")
            del given[j]
    for i, j in matching.forth.items():
        scored_above = before[old.nodes[i].code].status == "unused"
        if scored_above and not any(above in given for above in _above(new, j)):
            doubts[j] = say("compare-scored-above")
    return given, doubts


def _took_in(j: int, matching: Matching) -> bool:
    """Whether a node has others below it by the later rules that it did not have before."""
    old, new = matching.old.plan, matching.new.plan
    i = matching.back[j]
    inside = (matching.back[k] for k in range(j + 1, new.ends[j]) if k in matching.back)
    return any(not i < k < old.ends[i] for k in inside)


def _meant_otherwise(node: NodeResult, new: Scale | None) -> Message | None:
    """Why answers mean something else now; nothing where they do not, or were none."""
    known, old = node.evidence, node.scale
    if isinstance(known, Answer) and node.answers is not None:
        known = known.tally
    if not isinstance(known, Tally) or old is None or new is None:
        return None
    then = {choice.code: choice.title for choice in old.answers}
    now = {choice.code: choice.title for choice in new.answers}
    for answer, _ in known:
        try:
            was, code = old.code(answer), new.code(answer)
        except UnknownAnswer:
            continue  # the evaluation tells of it
        if was in then and code in now and (lang := unlike(then[was], now[code])) is not None:
            values = {"old": printable(then[was][lang]), "new": printable(now[code][lang])}
            return say("compare-answer", answer=printable(answer), **values)
    return None
