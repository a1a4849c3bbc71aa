"""Golden cases: published results that a scheme must reproduce, each from its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from attrs import evolve, frozen

from itakit import numerals
from itakit.casebook import GRADE, NONE, Case, read_cases
from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.evaluation import evaluate
from itakit.idiom import idiomatic
from itakit.notation import parse, read_text
from itakit.notation.addresses import Addresses
from itakit.notation.flaws import MOST, Flaw, Refused
from itakit.notation.positions import Path as KeyPath
from itakit.result import Result
from itakit.rounding import Rounding
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import Message, say

__all__ = ["NONE", "Case", "Outcome", "cases_path", "figure", "run_cases"]

Ranked: TypeAlias = tuple[Flaw, int]
"""A flaw, and its rank among the problems."""


@frozen
class Outcome:
    """What became of a case: nothing to tell where it holds."""

    case: Case
    problems: tuple[Problem, ...]


def cases_path(scheme: str | Path) -> Path:
    """Where the cases of a scheme file stand: ``NAME.cases.toml`` beside ``NAME.toml``."""
    return Path(scheme).with_suffix(".cases.toml")


def run_cases(scheme: Scheme, path: str | Path) -> tuple[Outcome, ...]:
    """Evaluate every case of a file and compare. Raises `SchemeError` for a broken file."""
    document = parse(read_text(path), str(path))
    addresses = Addresses()

    def located(flaws: Iterable[Ranked]) -> tuple[Problem, ...]:
        found = (
            evolve(
                idiomatic(addresses.problem(flaw, document, flaw.path), document.name), rank=rank
            )
            for flaw, rank in islice(flaws, MOST)
        )
        return tuple(sorted(found, key=lambda problem: problem.order))

    try:
        cases = read_cases(document.tables)
    except Refused as refused:
        raise SchemeError(located((flaw, 0) for flaw in refused.flaws)) from None
    return tuple(Outcome(case, located(_judge(scheme, case))) for case in cases)


def _judge(scheme: Scheme, case: Case) -> Iterator[Ranked]:
    """Where the result of a case differs from what was published."""
    name = printable(case.name)

    def wrong(
        path: KeyPath, what: str, advice: Message | None = None, rank: int = 0, **values: object
    ) -> Ranked:
        return Flaw((*case.path, *path), say(what, case=name, **values), advice), rank

    try:
        result = evaluate(scheme, case.evidence)
    except EvidenceError as error:
        if case.expect_error is None:
            # What the scheme does not know is told as it was found: in quotes.
            codes = {printable(code): code for code in case.evidence}
            for problem in error.problems:
                path = ("evidence", codes.get(problem.key, problem.key))
                advice, rank = problem.advice, problem.rank
                yield wrong(path, "case-evidence", advice, rank, reason=problem.says)
        elif case.expect_error not in str(error):
            yield wrong(
                ("expect_error",),
                "case-error",
                expected=printable(case.expect_error),
                found=printable(str(error), 200),
            )
        return
    if case.expect_error is not None:
        yield wrong(
            ("expect_error",),
            "case-error",
            expected=printable(case.expect_error),
            found=say("found-none"),
        )
    for code, expected in case.expect.items():
        path = ("expect", code)
        if code == GRADE and GRADE not in scheme:
            if (result.grade or NONE) != expected:
                yield wrong(
                    path, "case-grade", found=_quoted(result.grade), expected=_quoted(expected)
                )
        elif code not in scheme:
            advice = did_you_mean(code, [*scheme.plan.index, GRADE])
            yield wrong(path, "case-unknown", advice)
        elif (found := figure(result, code, expected)) != expected:
            yield wrong(path, "case-figure", code=code, found=found, expected=expected)


def _quoted(grade: str | None) -> Message | str:
    return say("found-none") if grade in (None, NONE) else printable(grade)


def figure(result: Result, code: str, like: str) -> str:
    """A node's score as it is published to as many places as another figure has.

    A fraction such as ``880/9`` asks for the exact score.
    """
    node = result[code]
    if node.score is None:
        return NONE
    if "/" in like:
        if node.error == 0 and node.score == Fraction(like):
            return like
        return "≈ " * bool(node.error) + numerals.plain(node.score)
    rounding = result.scheme.rounding
    places = rounding.places if like == NONE else len(like.partition(".")[2])
    if places == rounding.places:
        return str(node.rounded)
    return str(Rounding(places, rounding.mode)(node.score))
