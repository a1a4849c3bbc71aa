"""Pools: respondents of one item who stand at one answer, and what a better answer adds.

A step takes one respondent to the next better answer, so steps of one person have an order. What
the steps of one person add to a node need not shrink from step to step (0, 33, 67, 100 adds 33,
34, 33), and so the best steps cannot be picked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from itakit.evidence import Tally
from itakit.improving.ways import Move
from itakit.result import NodeResult, Result
from itakit.scale import Scale


@frozen
class Pool:
    """Respondents of one item who gave one answer, and where they stand now."""

    code: str
    """The item."""
    answer: str
    """What they answered."""
    start: int
    """The rank of that answer among the item's scores, from the worst."""
    now: int
    """The rank at which they stand now."""
    floor: int
    """The rank below which they may not go again."""
    people: int

    def moved(self, people: int, steps: int) -> Iterator[Pool]:
        """The pool after some of its people have gone some steps."""
        if people < self.people:
            yield evolve(self, people=self.people - people)
        if people:
            yield evolve(self, people=people, now=self.now + steps)


def ladder(scale: Scale) -> tuple[tuple[Fraction, str], ...]:
    """The scores of a scale from the worst to the best, each with the first answer that has it."""
    first: dict[Fraction, str] = {}
    for choice in scale.answers:
        first.setdefault(choice.score, choice.code)
    return tuple(sorted(first.items()))


def countable(node: NodeResult) -> bool:
    """Whether respondents' steps can be counted for a node: a tally of people, a mean, a choice."""
    answers, scale = node.answers, node.scale
    return (
        isinstance(node.evidence, Tally)
        and bool(answers)
        and scale is not None
        and scale.goalposts is None
        and node.node.method.method.shape == "average"
        and all(isinstance(n, int) for n in (answers or {}).values())
    )


def pools_of(result: Result) -> list[Pool]:
    """The respondents of a unit whose steps can be counted."""
    pools = []
    for node in result:
        if node.scale is None or node.answers is None or not countable(node):
            continue
        ranks = {score: rank for rank, (score, _) in enumerate(ladder(node.scale))}
        scores = {choice.code: choice.score for choice in node.scale.answers}
        for answer, people in node.answers.items():
            rank = ranks[scores[answer]]
            pools.append(Pool(node.code, answer, rank, rank, rank, int(people)))
    return pools


def chains(result: Result, code: str) -> Mapping[str, Fraction]:
    """What the scores of all nodes below one are multiplied with in its own.

    Empty where a method in between is not linear; the node itself counts once.
    """
    found = {code: Fraction(1)}
    stack = [result[code]]
    while stack:
        node = stack.pop()
        if node.status != "scored" or not node.node.children:
            continue
        parts = result.coefficients(node.code)
        if not parts:
            return {}
        for child in node.children:
            if parts.get(child.code):
                found[child.code] = found[node.code] * parts[child.code]
                stack.append(child)
    return found


def paths(result: Result, factors: Mapping[str, Fraction]) -> Mapping[str, list[Fraction]]:
    """By item, what one respondent at each rank adds to a node's score, compared with the worst."""
    found = {}
    for code, factor in factors.items():
        node = result[code]
        if node.scale is not None and node.n and countable(node):
            low = ladder(node.scale)[0][0]
            found[code] = [factor * (score - low) / node.n for score, _ in ladder(node.scale)]
    return found


def moves_of(result: Result, pools: Iterable[Pool]) -> tuple[Move, ...]:
    """Who would have to answer what, in the order of the scheme."""
    together: dict[tuple[str, str, str, int], int] = {}
    for pool in pools:
        if pool.now > pool.start:
            scale = result[pool.code].scale
            better = ladder(scale)[pool.now][1] if scale else ""
            key = pool.code, pool.answer, better, pool.now - pool.start
            together[key] = together.get(key, 0) + pool.people
    order = result.scheme.plan.index
    moves = [Move(code, a, b, people, steps) for (code, a, b, steps), people in together.items()]
    return tuple(sorted(moves, key=lambda move: order[move.code]))


def stepped(result: Result, moves: Iterable[Move]) -> Mapping[str, Tally]:
    """The tallies of the items that moves are of, after them."""
    counts: dict[str, dict[str, int | Fraction]] = {}
    for move in moves:
        node = result[move.code]
        if move.code not in counts:
            counts[move.code] = {**(node.answers or {}), **(node.inapplicable or {})}
        item = counts[move.code]
        item[move.answer] -= move.people
        item[move.better] = item.get(move.better, 0) + move.people
    return {code: Tally(item) for code, item in counts.items()}
