"""The runner, tested by mutation: whatever is broken in a file of cases, it is told.

Every expectation of the shipped files is broken, one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

import itakit
from itakit import Answer, Case, Tally
from itakit.cases import Cases, cases_path, open_cases
from itakit.expectation import NONE, Expected, Interval
from itakit.verdict import judge

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "cases"
SCHEMES = [
    *sorted(f for f in (ROOT / "schemes").glob("*.toml") if not f.match("*.cases.toml")),
    ROOT / "docs" / "tutorial_files" / "counter_service.toml",
    FOLDER / "graded.toml",
    FOLDER / "rich.toml",
]


def off(figure: Expected, code: str) -> Iterator[Expected]:
    """An expectation broken: by one in the last digit, by the other name, by a bound."""
    if isinstance(figure, Interval):
        yield Interval(Fraction(10**6))
        yield Interval(None, Fraction(-(10**6)))
    elif not re.fullmatch(r"-?\d.*", figure):
        yield "0" if code != "grade" and figure == NONE else f"not {figure}"
    elif "/" in figure:
        top, bottom = figure.split("/")
        yield from (f"{int(top) + 1}/{bottom}", f"{int(top) - 1}/{bottom}")
        yield NONE
    else:
        last = "1" if figure[-1] == "0" else "0"
        yield figure[:-1] + last
        yield NONE


def broken(case: Case) -> Iterator[tuple[str, Case]]:
    """Every way to break what a case expects, with the code that has to be told."""
    for code, figure in case.expect.items():
        for other in off(figure, code):
            yield code, evolve(case, expect={**case.expect, code: other})
    if case.expect_error is None:
        yield "expect_error", evolve(case, expect={}, expect_error="missing")
    else:
        yield "expect_error", evolve(case, expect_error=case.expect_error + "?")
        some = {"total": "1.00"}
        yield "evidence", evolve(case, expect=some, expect_error=None)


class TestNothingBrokenGoesUnnoticed:
    """ "Break a scheme or a case anywhere and a test fails." (issue 4, item 3)"""

    @pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
    def test_every_expectation_counts(self, path: Path) -> None:
        """One digit, one grade, one bound or one error off, and that case does not hold; and it
        is told at that very key."""
        scheme, n = itakit.load(path), 0
        for case in open_cases(cases_path(path)).cases:
            assert list(judge(scheme, case)) == []
            for code, wrong in broken(case):
                flaws = [flaw for flaw, _ in judge(scheme, wrong)]
                assert flaws, f"{case.name}: {code}: {wrong}"
                assert code in flaws[0].path
                n += 1
        assert n > 6

    def test_all_evidence_counts(self) -> None:
        """One answer more or less of any item, or another score: no figure is the same."""
        path = ROOT / "schemes" / "ita_2565.toml"
        scheme = itakit.load(path)
        case = open_cases(cases_path(path)).cases[-1]
        assert len(case.evidence) == 113
        for code, known in case.evidence.items():
            assert isinstance(known, Tally)
            first = next(answer for answer, _ in known)
            for other in (Tally({**known.counts, first: known.counts[first] + 1}), Answer("0"), 7):
                wrong = evolve(case, evidence={**case.evidence, code: other})
                assert [flaw for flaw, _ in judge(scheme, wrong)], code

    def test_evidence_left_out_or_of_another_code_counts(self) -> None:
        """It is told where the scheme wants it."""
        path = ROOT / "schemes" / "ita_2565.toml"
        scheme = itakit.load(path)
        case = open_cases(cases_path(path)).cases[-1]
        for code in case.evidence:
            rest = {other: known for other, known in case.evidence.items() if other != code}
            assert [flaw.path[-1] for flaw, _ in judge(scheme, evolve(case, evidence=rest))] == [
                code
            ]
            strange = {**rest, f"{code}?": case.evidence[code]}
            told = {flaw.path[-1] for flaw, _ in judge(scheme, evolve(case, evidence=strange))}
            assert told == {code, f"{code}?"}


class TestTheFileItself:
    """What is broken in the text of a file is told as well."""

    @pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
    def test_every_line_with_a_figure_counts(self, path: Path, tmp_path: Path) -> None:
        """A digit changed in the text, one line at a time, fails at that line."""
        scheme = itakit.load(path)
        lines = cases_path(path).read_text("utf-8").splitlines()
        changed = 0
        for i, line in enumerate(lines):
            match = re.match(r'(?:expect .*\btotal = |total += )"\d+\.?\d*?(\d)"', line)
            if match is None:
                continue
            digit = str((int(match[1]) + 1) % 10)
            text = [*lines[:i], line[: match.start(1)] + digit + line[match.end(1) :]]
            file = tmp_path / "broken.cases.toml"
            file.write_text("\n".join([*text, *lines[i + 1 :]]), "utf-8")
            cases = open_cases(file)
            problems = [p for case in cases.cases for p in cases.outcome(scheme, case).problems]
            assert [problem.line for problem in problems] == [i + 1]
            changed += 1
        assert changed

    def test_a_case_knows_its_line(self) -> None:
        """Counted from 1, comments included."""
        cases = open_cases(FOLDER / "graded.cases.toml")
        assert isinstance(cases, Cases)
        assert [cases.line(case) for case in cases.cases][:3] == [1, 7, 12]
