"""A trial of a scheme: its golden cases, and the laws of averaging and weighting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from attrs import evolve

from itakit.cases import cases_path, run_cases
from itakit.errors import ItakitError, Problem, SchemeError
from itakit.scheme import Scheme
from itakit.wording import Message, say

LawChecker: TypeAlias = Callable[[Scheme], Sequence[str]]


def law_checker() -> LawChecker:
    """What tries the laws on a scheme. Raises `ModuleNotFoundError` without the extra for it."""
    from itakit.testing import check_laws

    return check_laws


def tried(scheme: Scheme, path: str, laws: LawChecker | None) -> Iterator[Message]:
    """What holds of a scheme. Raises `ItakitError` with everything that does not."""
    problems: list[Problem] = []
    beside = cases_path(path)
    if beside.is_file():
        try:
            outcomes = run_cases(scheme, beside)
        except SchemeError as error:
            problems.extend(error.problems)
        else:
            wrong = [problem for outcome in outcomes for problem in outcome.problems]
            problems.extend(wrong)
            if not wrong:
                figures = sum(len(outcome.case.expect) for outcome in outcomes)
                yield say("cli-cases", path=path, n=len(outcomes), expectations=figures)
    else:
        yield say("no-cases", path=path, name=beside.name)
    if laws is not None:
        try:
            yield say("cli-laws", path=path, n=len(laws(scheme)))
        except ItakitError as error:
            problems.extend(evolve(problem, path=path) for problem in error.problems)
    if problems:
        raise ItakitError(problems)
