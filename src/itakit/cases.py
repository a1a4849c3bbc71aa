"""Golden cases: published results that a scheme must reproduce, in ``NAME.cases.toml`` beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import field, frozen

from itakit import numerals
from itakit.dossier import evidence_of
from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.evaluation import evaluate
from itakit.notation import Document, parse, read_text
from itakit.notation.flaws import show
from itakit.notation.positions import Path as KeyPath
from itakit.notation.positions import locate
from itakit.result import Result
from itakit.rounding import Rounding
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.tally import Evidence
from itakit.text import printable
from itakit.wording import Message, say

NONE = "none"
"""What a case expects of a node without a score, or of a unit without a grade."""
_KEYS = ("name", "source", "evidence", "expect", "expect_error")


@frozen
class Case:
    """One published result: the evidence, and the figures that must follow from it."""

    name: str
    evidence: Mapping[str, Evidence]
    expect: Mapping[str, str] = field(factory=dict)
    """Published figures by code, each to its own number of places; ``grade`` is the grade."""
    expect_error: str | None = None
    """A part of the error that must follow instead."""
    source: str = ""
    path: KeyPath = ()
    """Where it stands in its file."""


@frozen
class Outcome:
    """What became of a case: nothing to tell where it holds."""

    case: Case
    problems: tuple[Problem, ...]


def cases_path(scheme: str | Path) -> Path:
    """Where the cases of a scheme file stand."""
    return Path(scheme).with_suffix(".cases.toml")


def run_cases(scheme: Scheme, path: str | Path) -> tuple[Outcome, ...]:
    """Evaluate every case of a file and compare. Raises `SchemeError` for a broken file."""
    document = parse(read_text(path), str(path))
    problems = list(_flaws(document))
    if problems:
        raise SchemeError(problems)
    cases = [_case(table, i) for i, table in enumerate(document.tables["case"])]
    return tuple(Outcome(case, tuple(_judge(scheme, case, document))) for case in cases)


def _case(table: Mapping[str, Any], i: int) -> Case:
    return Case(
        table["name"],
        {code: evidence_of(value) for code, value in table["evidence"].items()},
        table.get("expect", {}),
        table.get("expect_error"),
        table.get("source", ""),
        ("case", i),
    )


def _problem(document: Document, path: KeyPath, says: Message, advice: Message | None) -> Problem:
    known = locate(document.text)
    place = next((known[path[:n]] for n in range(len(path), 0, -1) if path[:n] in known), None)
    line, column = (place.line, place.column) if place else (1, 1)
    return Problem(says, advice, document.name, line, column, show(path))


def _flaws(document: Document) -> Iterator[Problem]:
    """Whatever is not of the form of a case, each at its place."""

    def wrong(path: KeyPath, name: str, advice: Message | None = None, **values: Any) -> Problem:
        return _problem(document, path, say(name, **values), advice)

    for key in document.tables:
        if key != "case":
            yield wrong((key,), "unknown-key", say("known-keys", keys="case"))
    cases = document.tables.get("case")
    if not isinstance(cases, list) or not cases:
        yield wrong(("case",), "missing-key", say("double-brackets"), key="case")
        return
    for i, case in enumerate(cases):
        at: KeyPath = ("case", i)
        if not isinstance(case, dict):
            yield wrong(at, "expected", found=say("found-list"), expected=say("a-table"))
            continue
        for key in case:
            if key not in _KEYS:
                advice = did_you_mean(key, _KEYS) or say("known-keys", keys=", ".join(_KEYS))
                yield wrong((*at, key), "unknown-key", advice)
        for key in ("name", "evidence"):
            if key not in case:
                yield wrong(at, "missing-key", key=key)
        for key in ("name", "source", "expect_error"):
            if not isinstance(case.get(key, ""), str):
                yield wrong((*at, key), "expected", found=say("found-table"), expected=say("a-text"))
        for key in ("evidence", "expect"):
            table = case.get(key, {})
            if not isinstance(table, dict):
                yield wrong((*at, key), "expected", found=say("found-text", value=""), expected=say("a-table"))
                continue
            for code, value in table.items():
                if key == "evidence":
                    try:
                        evidence_of(value)
                    except ValueError:
                        yield wrong((*at, key, code), "bad-evidence")
                elif not isinstance(value, str):
                    yield wrong((*at, key, code), "expected", found=say("found-number", value=value), expected=say("a-text"))
        if not case.get("expect") and not case.get("expect_error"):
            yield wrong(at, "case-nothing", case=printable(case.get("name", i)))


def _judge(scheme: Scheme, case: Case, document: Document) -> Iterator[Problem]:
    name = printable(case.name)

    def wrong(key: str, what: str, **values: object) -> Problem:
        return _problem(document, (*case.path, *key.split("/", 1)), say(what, case=name, **values), None)

    try:
        result = evaluate(scheme, case.evidence)
    except EvidenceError as error:
        if case.expect_error is None:
            for problem in error.problems:
                yield wrong(f"evidence/{problem.key}", "case-evidence", reason=problem.says)
        elif case.expect_error not in str(error):
            found = printable(str(error), 200)
            yield wrong("expect_error", "case-error", expected=printable(case.expect_error), found=found)
        return
    if case.expect_error is not None:
        yield wrong("expect_error", "case-error", expected=printable(case.expect_error), found=say("found-none"))
    for code, expected in case.expect.items():
        if code == "grade":
            if (result.grade or NONE) != expected:
                yield wrong("expect/grade", "case-grade", found=result.grade or say("found-none"), expected=expected)
        elif code not in scheme:
            yield wrong(f"expect/{code}", "case-unknown")
        else:
            found = figure(result, code, expected)
            if found != expected:
                yield wrong(f"expect/{code}", "case-figure", code=code, found=found, expected=expected)


def figure(result: Result, code: str, like: str) -> str:
    """A node's score as it is published to as many places as another figure has.

    A fraction such as ``880/9`` asks for the exact score.
    """
    score = result[code].score
    if score is None:
        return NONE
    if "/" in like:
        return numerals.plain(score)
    try:
        places = -Decimal(like).as_tuple().exponent if "." in like else 0  # type: ignore[operator]
    except ArithmeticError:
        places = result.scheme.rounding.places
    if places == result.scheme.rounding.places:
        return str(result[code].rounded)
    return str(Rounding(places, result.scheme.rounding.mode)(Fraction(score)))
