"""The verdict on a golden case: where its result differs from what was published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from itakit.casebook import Case
from itakit.errors import EvidenceError
from itakit.evaluation import evaluate
from itakit.expectation import GRADE, NONE, Expected, Interval, exact, figure
from itakit.notation.flaws import Flaw
from itakit.notation.positions import Path
from itakit.result import Result
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import Message, say

Ranked: TypeAlias = tuple[Flaw, int]
"""A flaw, and its rank among the problems."""


def judge(scheme: Scheme, case: Case) -> Iterator[Ranked]:
    """Where the result of a case differs from what was published; nothing where it holds."""
    if case.places is not None and case.places != scheme.rounding.places:
        yield _other_places(scheme, case, case.places)
    try:
        result = evaluate(scheme, case.evidence)
    except EvidenceError as error:
        if case.expect_error is None:
            yield from _refused(case, error)
        elif case.expect_error not in str(error):
            yield _wrong_error(case, printable(str(error), 200))
        return
    if case.expect_error is not None:
        yield _wrong_error(case, say("found-none"))
    for code, expected in case.expect.items():
        flaw = _compared(result, code, expected, printable(case.name))
        if flaw is not None:
            yield flaw.below(*case.path, "expect", code), 0


def _refused(case: Case, error: EvidenceError) -> Iterator[Ranked]:
    """Evidence that should have a result and has none."""
    # What the scheme does not know is told as it was found: in quotes.
    codes = {printable(code): code for code in case.evidence}
    for problem in error.problems:
        path: Path = (*case.path, "evidence", codes.get(problem.key, problem.key))
        says = say("case-evidence", case=printable(case.name), reason=problem.says)
        yield Flaw(path, says, problem.advice), problem.rank


def _other_places(scheme: Scheme, case: Case, expected: int) -> Ranked:
    """A scheme that publishes to other places than its source does."""
    values = {"found": scheme.rounding.places, "expected": expected}
    says = say("case-places", case=printable(case.name), **values)
    return Flaw((*case.path, "places"), says, say("case-places-where")), 0


def _wrong_error(case: Case, found: Message | str) -> Ranked:
    expected = printable(case.expect_error)
    says = say("case-error", case=printable(case.name), expected=expected, found=found)
    return Flaw((*case.path, "expect_error"), says), 0


def _compared(result: Result, code: str, expected: Expected, case: str) -> Flaw | None:
    """What is wrong with one figure, or nothing."""
    scheme = result.scheme
    if code == GRADE and GRADE not in scheme:
        if (result.grade or NONE) == expected:
            return None
        values = {"found": _quoted(result.grade), "expected": _quoted(expected)}
        return Flaw((), say("case-grade", case=case, **values))
    if code not in scheme:
        advice = did_you_mean(code, [*scheme.plan.index, GRADE])
        return Flaw((), say("case-unknown", case=case), advice)
    if isinstance(expected, Interval):
        if expected.holds(result[code]):
            return None
        found, wanted = exact(result[code]), expected.words
        return Flaw((), say("case-figure", case=case, code=code, found=found, expected=wanted))
    found = figure(result, code, expected)
    if found == expected:
        return None
    return Flaw((), say("case-figure", case=case, code=code, found=found, expected=expected))


def _quoted(grade: Expected | None) -> Message | str:
    if isinstance(grade, Interval):
        return grade.words
    return say("found-none") if grade in (None, NONE) else printable(grade)
