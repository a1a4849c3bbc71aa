"""Samples: which of what is known of a unit comes from a sample of people, and of how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from itakit.evaluation import attempt
from itakit.evidence import Answer, Evidence, Tally
from itakit.reals import approximate
from itakit.sampling import surveys
from itakit.scheme import Node, Scheme
from itakit.scores import DIGITS, Scores
from itakit.uncertainty.folding import Fold
from itakit.uncertainty.intervals import Sample
from itakit.uncertainty.linking import Linked
from itakit.uncertainty.persons import Persons
from itakit.uncertainty.tallies import Dependence, Tallied


@frozen(eq=False)
class Design:
    """Which nodes of a scheme are asked of people.

    A survey is a node that says who is asked, or how many. What stands below none, such as what
    assessors check for every unit, is no sample. Where a scheme has none, every tally is one.
    """

    scheme: Scheme
    items: Mapping[str, tuple[int, ...]]
    """By survey, the numbers of its items; those of a survey within another are its own."""
    declared: bool
    """Whether the scheme says what is a survey."""
    touching: frozenset[int] = field(factory=frozenset)
    """The nodes of surveys, below them and above them."""

    @classmethod
    def of(cls, scheme: Scheme) -> Design:
        """The design of a scheme."""
        plan = scheme.plan
        asked = surveys(scheme)
        declared = any(node.sample or node.population.texts for node in asked)
        homes: dict[int, str] = {}
        touching: set[int] = set()
        for node in asked:  # a parent before its children
            start = plan.index[node.code]
            homes |= {
                i: node.code for i in range(start, plan.ends[start]) if not plan.nodes[i].children
            }
            touching |= set(range(start, plan.ends[start]))
            while start > 0:
                start = plan.parents[start]
                touching.add(start)
        items: dict[str, list[int]] = {node.code: [] for node in asked}
        for i, code in homes.items():
            if averages(plan.nodes[i]) and (declared or not _measured(plan.nodes[i])):
                items[code].append(i)
        found = {code: tuple(sorted(numbers)) for code, numbers in items.items() if numbers}
        return cls(scheme, found, declared, frozenset(touching))


def averages(node: Node) -> bool:
    """Whether an item's score is the mean of what its answers score."""
    method = node.method.method
    return node.scale is not None and method.shape == "average" and method.terms == (1, None)


def _measured(node: Node) -> bool:
    return node.scale is not None and node.scale.goalposts is not None


@frozen(eq=False)
class Unit:
    """What is known of one unit."""

    name: object
    scores: Scores
    fold: Fold
    own: np.ndarray[tuple[int], np.dtype[np.float64]]
    """The scores of the fold's known nodes."""
    samples: tuple[Sample, ...]
    unsure: tuple[int, ...]
    """The known nodes whose error cannot be known: scores that were given for what is asked."""


def unit_of(
    design: Design,
    name: object,
    scores: Scores,
    fold: Fold,
    linked: Mapping[str, tuple[int, Linked]],
    population: Mapping[str, int | None],
    dependence: Dependence,
) -> Unit:
    """A unit with its samples; ``linked`` has its number among the units of each survey."""
    known = set(fold.known)
    samples: list[Sample] = []
    sampled: set[int] = set()
    for code, items in design.items.items():
        here = [i for i in items if i in known and _tally(scores, i) is not None]
        if not here:
            continue
        sampled |= set(here)
        size = population.get(code)
        if code in linked:
            number, people = linked[code]
            answers, weights = people.of(number, here)
            samples.append(Persons(code, tuple(here), answers, weights, size))
        else:
            pairs = [_points(scores, i) for i in here]
            points = tuple(np.array([p for p, _ in pair]) for pair in pairs)
            counts = tuple(np.array([c for _, c in pair]) for pair in pairs)
            samples.append(Tallied(code, tuple(here), points, counts, size, dependence))
    unsure = tuple(_unsure(design, scores, known - sampled))
    return Unit(name, scores, fold, own_of(scores, fold), tuple(samples), unsure)


def alone(scheme: Scheme, name: object, evidence: Mapping[str, Evidence]) -> Unit:
    """A unit of which nobody asks how certain its scores are."""
    scores, _ = attempt(scheme, evidence)
    fold = Fold.of(scores)
    return Unit(name, scores, fold, own_of(scores, fold), (), ())


def own_of(scores: Scores, fold: Fold) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The scores of the known nodes as floats."""
    found = [scores.score(i)[0] or 0 for i in fold.known]
    return np.array([score.numerator / score.denominator for score in found])


def _tally(scores: Scores, i: int) -> Tally | None:
    known = scores.evidence.get(i)
    known = known.tally if isinstance(known, Answer) else known
    return known if isinstance(known, Tally) else None


def _points(scores: Scores, i: int) -> Sequence[tuple[float, float]]:
    """What the answers to an item score and how many gave them, the lowest first."""
    scale: Any = scores.scheme.plan.scales[i]  # every item of a survey has one
    found: dict[float, float] = {}
    for answer, count in _tally(scores, i) or ():
        code = scale.code(answer)
        if count and code not in (*scale.not_applicable, *scale.no_answer):
            exact = approximate(scale.score(code), DIGITS)[0]
            point = exact.numerator / exact.denominator
            found[point] = found.get(point, 0.0) + count.numerator / count.denominator
    return sorted(found.items())


def _unsure(design: Design, scores: Scores, others: set[int]) -> Iterator[int]:
    """Of the known nodes that are no samples, those that people were asked about all the same."""
    for i in sorted(others & design.touching & set(scores.evidence)):
        node = scores.scheme.plan.nodes[i]
        if design.declared or (_tally(scores, i) is not None and not _measured(node)):
            yield i
