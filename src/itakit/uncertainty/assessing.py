"""Assessing: from what is known of units to how certain their scores are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, get_args

import numpy as np
from attrs import evolve, frozen

from itakit.errors import EvidenceError, Problem
from itakit.evaluation import attempt
from itakit.evidence import Evidence
from itakit.frames.panel import Panel
from itakit.frames.responses import SOLE
from itakit.sampling import people
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.uncertainty.arguments import exact, miscounted, unexpected
from itakit.uncertainty.certain import Asked, Certainty, UnitCertainty
from itakit.uncertainty.folding import Fold
from itakit.uncertainty.intervals import LEVEL, estimate
from itakit.uncertainty.linking import Linked
from itakit.uncertainty.persons import Persons
from itakit.uncertainty.resampling import chances, redrawn
from itakit.uncertainty.samples import Design, Unit, unit_of
from itakit.uncertainty.tallies import Dependence
from itakit.wording import Message, say

_MOST: Final = 20
Tell = Callable[[Message], None]


@frozen
class Asking:
    """What is asked for."""

    level: Fraction = Fraction(str(LEVEL))
    replications: int = 1000
    seed: int = 0
    dependence: Dependence = "worst"

    @classmethod
    def checked(
        cls, level: object, replications: object, seed: object, dependence: object
    ) -> Asking:
        """The same, of what callers write. Raises `EvidenceError` with all that is wrong."""
        problems: list[Problem] = []
        share = exact(level) or Fraction(0)
        if not 0 < share < 1:
            problems.append(unexpected("level", level, say("a-level")))
        problems += [*miscounted("replications", replications), *miscounted("seed", seed)]
        if dependence not in get_args(Dependence):
            options = ", ".join(get_args(Dependence))
            says = say("one-of", found=printable(dependence), options=options)
            problems.append(Problem(says, key="dependence"))
        if problems:
            raise EvidenceError(problems)
        return cls(share, replications, seed, dependence)  # type: ignore[arg-type]


def of_one(
    scheme: Scheme,
    evidence: Mapping[str, Evidence],
    population: Mapping[Any, Any] | None,
    asking: Asking,
) -> Certainty:
    """How certain the scores of one unit are, of which tallies are known."""
    design = Design.of(scheme)
    sizes = _sizes(design, population or {})
    scores, _ = attempt(scheme, evidence)
    unit = unit_of(design, None, scores, Fold.of(scores), {}, sizes, asking.dependence)
    return _of_sole(unit, sizes, asking)


def of_unit(
    panel: Panel,
    linked: Mapping[str, Linked],
    number: int,
    population: Mapping[Any, Any] | None,
    asking: Asking,
) -> Certainty:
    """How certain the scores of one unit of a panel are, by its number."""
    scheme, design = panel.scheme, Design.of(panel.scheme)
    sizes = _sizes(design, population or {})
    scores, _ = attempt(scheme, panel.evidence(number))
    people_ = {code: (number, found) for code, found in linked.items()}
    unit = unit_of(design, None, scores, Fold.of(scores), people_, sizes, asking.dependence)
    return _of_sole(unit, sizes, asking)


def of_panel(
    panel: Panel,
    linked: Mapping[str, Linked],
    column: str | None,
    asking: Asking,
    tell: Tell = lambda _: None,
) -> Certainty:
    """How certain the scores of all units of a panel are."""
    tell(say("certainty-units", n=len(panel.units)))
    return _certainty(panel.scheme, column, units_of(panel, linked, asking.dependence), asking)


def units_of(
    panel: Panel, linked: Mapping[str, Linked], dependence: Dependence = "worst"
) -> Iterator[Unit]:
    """The units of a panel, one by one. Raises `EvidenceError` with all that is wrong."""
    scheme, design = panel.scheme, Design.of(panel.scheme)
    folds: dict[object, Fold] = {}
    wrong: list[Problem] = []
    for number, name in enumerate(panel.units):
        scores, problems = attempt(scheme, panel.evidence(number))
        for problem in problems:
            if problem.says.name not in ("missing", "missing-below"):
                says = say("in-unit", unit=printable(name), says=problem.says)
                wrong.append(evolve(problem, says=says))
        alike = tuple(scores.status(i) for i in range(len(scheme.plan.nodes)))
        there = tuple(n is not None for n in scores.numerators)
        if (alike, there) not in folds:
            folds[alike, there] = Fold.of(scores)
        sizes = {code: found[number] for code, found in panel.population.items()}
        people_ = {code: (number, found) for code, found in linked.items()}
        if not wrong:
            fold, called = folds[alike, there], None if name == SOLE else name
            yield unit_of(design, called, scores, fold, people_, sizes, dependence)
    if wrong:
        raise EvidenceError(wrong)


def _sizes(design: Design, population: Mapping[Any, Any]) -> dict[str, int | None]:
    """The populations of one unit's surveys. Raises `EvidenceError` with all that is wrong."""
    problems: list[Problem] = []
    found: dict[str, int | None] = {}
    for code, size in population.items():
        if code not in design.items:
            says = say("no-survey", codes=", ".join(design.items))
            advice = did_you_mean(str(code), design.items)
            problems.append(Problem(says, advice, key=printable(code)))
            continue
        try:
            found[code] = people(size)
        except EvidenceError as error:
            problems.append(evolve(error.problems[0], key=str(code)))
    if problems:
        raise EvidenceError(problems)
    return found


def _of_sole(unit: Unit, sizes: Mapping[str, object], asking: Asking) -> Certainty:
    """How certain the scores of the only unit are; populations that serve nothing are told."""
    sampled = {sample.survey for sample in unit.samples}
    unused = tuple(code for code in sizes if code not in sampled)
    return evolve(_certainty(unit.scores.scheme, None, [unit], asking), unused=unused)


def _certainty(
    scheme: Scheme, column: str | None, units: Iterable[Unit], asking: Asking
) -> Certainty:
    found: list[UnitCertainty] = []
    crowded: list[Problem] = []
    for unit in units:
        crowded.extend(_crowded(unit))
        if not crowded:
            found.append(_certain(unit, asking))
    if crowded:
        raise EvidenceError(crowded[:_MOST])
    values = asking.level, asking.replications, asking.seed, asking.dependence
    return Certainty(scheme, column, tuple(found), *values)


def _crowded(unit: Unit) -> Iterator[Problem]:
    """The samples that are larger than what they are samples of."""
    for sample in unit.samples:
        if sample.population is not None and sample.n > sample.population:
            says = say("certainty-crowded", n=sample.n, population=sample.population)
            if unit.name is not None:
                says = say("in-unit", unit=printable(unit.name), says=says)
            yield Problem(says, key=sample.survey)


def _certain(unit: Unit, asking: Asking) -> UnitCertainty:
    level = asking.level.numerator / asking.level.denominator
    samples = list(unit.samples)
    estimates = estimate(unit.fold, unit.own, samples, list(unit.unsure), level)
    found = None
    root_known = not np.isnan(estimates.errors[0])
    if unit.scores.scheme.grades and root_known and asking.replications:
        values = unit.name, asking.seed, asking.replications
        found = chances(unit.fold, redrawn(unit.fold, unit.own, samples, *values))
    asked = tuple(
        Asked(s.survey, s.items, s.n, s.population, isinstance(s, Persons)) for s in unit.samples
    )
    return UnitCertainty(unit.name, unit.scores, asked, estimates, found)
