"""Golden cases: files that hold, and what is told of those that do not.

Every file in cases/invalid has its problems beside it, in English and in Thai.
``UPDATE_GOLDEN=1 pytest tests/floor_4`` writes them anew; read them before you commit them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import itakit
from itakit import Interval, Problem, Scheme, SchemeError
from itakit.cases import cases_path, run_cases
from itakit.expectation import figure

FOLDER = Path(__file__).parent / "cases"
INVALID = sorted((FOLDER / "invalid").glob("*.toml"))


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return itakit.load(FOLDER / "graded.toml")


def wrong(scheme: Scheme, path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a file of cases, or with what it expects."""
    try:
        return tuple(p for outcome in run_cases(scheme, path) for p in outcome.problems)
    except SchemeError as error:
        return error.problems


class TestGoldenCases:
    """ "A scheme's golden cases stand beside it: evidence, and published figures as strings; the
    grade; or an error." (design.md, section 3)"""

    def test_every_form_of_a_case_holds(self, scheme: Scheme) -> None:
        """Figures to any places, exact fractions, no score, no grade, irrational scores, errors."""
        outcomes = run_cases(scheme, FOLDER / "graded.cases.toml")
        assert [outcome.problems for outcome in outcomes] == [()] * 8
        assert outcomes[0].case.source == "by hand"
        assert outcomes[5].case.expect_error == "outside the range"

    @pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name.partition(".")[0])
    def test_a_file_is_told_to_the_letter(self, path: Path, scheme: Scheme) -> None:
        """What is no case, and what does not hold: each at its line and column."""
        problems = wrong(scheme, path)
        lines = [problem.text(lang) for lang in ("en", "th") for problem in problems]
        lines.insert(len(problems), "")
        now = "\n".join(lines).replace(f"{path.parent}/", "") + "\n"
        beside = path.with_suffix(".problems")
        if os.environ.get("UPDATE_GOLDEN"):
            beside.write_text(now, "utf-8")
        assert now == beside.read_text("utf-8")
        assert problems

    def test_what_is_missing_is_told_in_the_order_of_the_scheme(self, tmp_path: Path) -> None:
        """After what may be the cause of it."""
        codes = [str(n) for n in range(1, 12)]
        scheme = itakit.loads(
            'format = 1\nscheme = { id = "a", range = [0, 1] }\n'
            f'aggregation = {{ item = "mean", total = "mean" }}\nitem = {codes}\n'
        )
        file = tmp_path / "a.cases.toml"
        file.write_text('[[case]]\nname = "n"\nevidence = { zz = 1 }\nexpect = { total = "1" }\n')
        keys = [problem.key.rpartition(".")[2] for problem in wrong(scheme, file)]
        assert keys == ["zz", *codes]

    def test_there_are_files_that_do_not_hold(self) -> None:
        """The check cannot pass by finding nothing."""
        assert len(INVALID) >= 6

    def test_cases_stand_beside_the_scheme(self) -> None:
        """`NAME.cases.toml`, for `NAME.toml`."""
        assert cases_path("a/b.c.toml") == Path("a/b.c.cases.toml")

    def test_a_file_that_is_not_there_is_told(self, scheme: Scheme, tmp_path: Path) -> None:
        """As any file that cannot be read."""
        with pytest.raises(SchemeError, match="cannot be read: no such file"):
            run_cases(scheme, tmp_path / "none.cases.toml")

    def test_a_node_may_be_called_grade(self) -> None:
        """Then the figure is that node's, as in the evidence."""
        scheme = itakit.loads(
            'format = 1\n[scheme]\nid = "a"\nrange = [0, 1]\n'
            '[aggregation]\nitem = "mean"\ntotal = "mean"\n[[item]]\ncode = "grade"\n'
        )
        assert figure(itakit.evaluate(scheme, {"grade": 1}), "grade", "1.00") == "1.00"


class TestIntervals:
    """ "Exact, interval and expected-error expectations." (issue 4, item 3)"""

    def test_a_score_lies_between_bounds_for_certain(self, scheme: Scheme) -> None:
        """One that is not rational is known to within an error, which counts against it."""
        root = itakit.evaluate(scheme, {"a": 2, "b": 1})["9.1"]
        assert root.score is not None
        assert root.error > 0
        low, high = root.score - root.error, root.score + root.error
        assert Interval(low, high).holds(root)
        assert not Interval(root.score).holds(root)
        assert not Interval(None, root.score).holds(root)


class TestFigures:
    """ "The published digits are right, always." (design.md, section 4)"""

    @pytest.mark.parametrize(
        ("like", "found"),
        [
            ("0", "2"),
            ("0.0", "1.5"),
            ("0.00", "1.50"),
            ("3/2", "3/2"),
            ("6/4", "6/4"),
            ("1/2", "1.5"),
            ("none", "1.5"),
        ],
    )
    def test_a_figure_has_the_places_of_another(
        self, scheme: Scheme, like: str, found: str
    ) -> None:
        """In the scheme's mode; a fraction asks for the exact score."""
        assert figure(itakit.evaluate(scheme, {"c": "1.5"}), "c", like) == found
