"""A trial of a scheme: its golden cases, what they reach and notice, and the laws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from itakit.casebook import Case
from itakit.cases import cases_path, open_cases
from itakit.detection import detect
from itakit.errors import ItakitError, Problem, SchemeError
from itakit.numerals import plain
from itakit.reach import reach
from itakit.rounding import Rounding
from itakit.scheme import Scheme
from itakit.wording import Message, say

LawChecker: TypeAlias = Callable[[Scheme], Sequence[str]]
_PERCENT = Rounding(1, "down")
"""A share that is not reached is not told as if it were."""


@frozen
class Trial:
    """What is tried of a scheme besides its cases."""

    laws: LawChecker | None = None
    """What tries the laws; `None` leaves them out."""
    reach: bool = False
    """Whether everything is told that no case reaches."""
    mutations: bool = False
    """Whether the cases are tried on mutations of the scheme."""
    at_least: Fraction = Fraction(0)
    """How many mutations in a hundred have to be caught."""


def law_checker() -> LawChecker:
    """What tries the laws on a scheme. Raises `ModuleNotFoundError` without the extra for it."""
    from itakit.testing import check_laws

    return check_laws


def tried(scheme: Scheme, path: str, trial: Trial) -> Iterator[Message]:
    """What holds of a scheme. Raises `ItakitError` with everything that does not."""
    problems: list[Problem] = []
    beside = cases_path(path)
    if beside.is_file():
        try:
            cases = open_cases(beside)
        except SchemeError as error:
            problems.extend(error.problems)
        else:
            outcomes = [cases.outcome(scheme, case) for case in cases.cases]
            wrong = [problem for outcome in outcomes for problem in outcome.problems]
            problems.extend(wrong)
            if not wrong:
                figures = sum(len(case.expect) for case in cases.cases)
                yield say("cli-cases", path=path, n=len(outcomes), expectations=figures)
                yield from _reached(scheme, path, cases.cases, trial)
                if trial.mutations:
                    yield from _noticed(scheme, path, cases.cases, trial, problems)
    else:
        yield say("no-cases", path=path, name=beside.name)
        if trial.at_least:
            problems.append(_too_few(path, trial))
    if trial.laws is not None:
        try:
            yield say("cli-laws", path=path, n=len(trial.laws(scheme)))
        except ItakitError as error:
            problems.extend(evolve(problem, path=path) for problem in error.problems)
    if problems:
        raise ItakitError(problems)


def _reached(scheme: Scheme, path: str, cases: Sequence[Case], trial: Trial) -> Iterator[Message]:
    found = reach(scheme, cases)
    counts = {
        name: f"{part.reached}/{part.total}"
        for name, part in zip(
            ("items", "answers", "grades", "conditions"), found.parts, strict=True
        )
    }
    yield say("cli-reach", path=path, **counts)
    if trial.reach:
        for part in found.parts:
            for lacking in part.lacking:
                yield say("cli-unreached", path=path, what=lacking)


def _noticed(
    scheme: Scheme, path: str, cases: Sequence[Case], trial: Trial, problems: list[Problem]
) -> Iterator[Message]:
    found = detect(scheme, cases)
    for mutation in found.missed:
        yield say("cli-mutation", path=path, what=mutation.what)
    yield say(
        "cli-mutations",
        path=path,
        caught=found.caught,
        n=found.total,
        share=_PERCENT(found.share),
        refused=found.refused,
    )
    if found.share < trial.at_least:
        problems.append(_too_few(path, trial))


def _too_few(path: str, trial: Trial) -> Problem:
    return Problem(say("too-few-caught", least=plain(trial.at_least)), path=path)
