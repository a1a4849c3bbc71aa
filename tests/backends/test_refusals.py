"""What is wrong with responses is told once, all together, with how often and where first."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

import itakit
from tests.backends.engines import Engine
from tests.backends.responses import scheme


def told(engine: Engine, frames: Any, **more: Any) -> list[str]:
    """The problems of evaluating frames, or of tallying them, which are the same."""
    with pytest.raises(itakit.EvidenceError) as raised:
        itakit.evaluate_frame(scheme(), frames, "unit", **more)
    return str(raised.value).splitlines()


def placeless(problems: list[str]) -> list[str]:
    """Problems without rows and without first units, of which an engine knows one."""
    return sorted(map(_placeless, problems))


def _placeless(problem: str) -> str:
    anywhere = re.sub(
        r"^((?:forms|frame \d+):)?\d+: ", lambda m: f"{m[1] or ''} ".lstrip(), problem
    )
    return re.sub(r"(times|once),(?: first)? in [^)]*\)", r"\1)", anywhere)


WIDE: dict[str, Any] = {
    "unit": ["A", "A", "B", " ", None, "B", "B"],
    "who": ["a", "a ", "b", "c", "d", "", "e"],
    "q.1": ["4", "5", "Most", "1", "2", "five", "5"],
    "q.2": pa.array([4, 3, 9, 7, 1, 2, None], pa.int16()),
    "q.3": pa.array([1, 2, 3.0000000001, 4, 1, 2, None], pa.float64()),
    "life": ["19.99", "ร้อย", None, None, None, "85.5", None],
    "budget": pa.array([Decimal("100.01"), Decimal(-1), None, None, None, None, None]),
    "plan": pa.array([None, None, 1.5, None, None, 2.5, 3.5]),
}
MEND = 'mend it, or count all such answers as missing with on_unknown = "missing"'
CODES = f"expected one of 1, 2, 3, 4, 9; {MEND}"
CLAMP = "check the figure; clamp = true in the scale counts it as the goalpost"
ONCE = "a score is given once for each unit"
IN_A_WIDE_FRAME = [
    "forms:1: budget: 100.01 (once) lies outside the range from 0 to 100",
    f'forms:1: life: "19.99" (once) lies beyond the goalposts 20 and 85; {CLAMP}',
    'forms:1: who: respondent "a" of "A" answers 2 times',
    "forms:2: budget: -1 (once) lies outside the range from 0 to 100",
    f'forms:2: life: "ร้อย" (once) is not a number, as the scale years expects; {MEND}',
    f'forms:2: q.1: "5" (2 times) is no answer of the scale degree, {CODES}',
    f'forms:3: plan: "B" has more than one score for it (3 times); {ONCE}',
    f"forms:3: q.3: 3.0000000001 (once) is no answer of the scale reversed, {CODES}",
    f"forms:4: q.2: 7 (once) is no answer of the scale degree, {CODES}",
    "forms:4: unit: no unit is named (2 times); name what is assessed in every row",
    f'forms:6: life: "85.5" (once) lies beyond the goalposts 20 and 85; {CLAMP}',
    f'forms:6: q.1: "five" (once) is no answer of the scale degree, {CODES}',
    "forms:6: who: no respondent is named (once)",
]
LONG: dict[str, Any] = {
    "unit": [1, 1, 1, 2, None, 2, 2],
    "item": ["q.1", "q.1", "q.9", "budget", "q.2", "budget", None],
    "answer": ["4", "7", "1", "101", "1", "50", "1"],
    "who": [7, 7, 7, 8, 9, 8, 9],
    "times": ["1", "-1", "1", "0.5", "1", "x", "1"],
}
IN_A_LONG_FRAME = [
    '1: who: respondent "7" of "1" answers "q.1" 2 times',
    f'2: q.1: "7" (once) is no answer of the scale degree, {CODES}',
    '2: times: "-1" (once) is no weight: a number, 0 or more',
    '3: item: "q.9" (once) is no item of the scheme counter; did you mean "q.3"?',
    '4: budget: "101" (once) lies outside the range from 0 to 100',
    '4: who: respondent "8" of "2" answers "budget" 2 times',
    "5: unit: no unit is named (once); name what is assessed in every row",
    '6: times: "x" (once) is no weight: a number, 0 or more',
    "7: item: no item is named (once)",
]


class TestProblems:
    """'All reported together with frame name, column, value, how many, and the first row.'"""

    def test_every_problem_of_a_wide_frame_is_told_at_once(self, engine: Engine) -> None:
        problems = told(engine, {"forms": engine.frame(**WIDE)}, respondent="who")
        if engine.ordered:
            assert problems == IN_A_WIDE_FRAME
        else:
            assert placeless(problems) == placeless(IN_A_WIDE_FRAME)

    def test_every_problem_of_a_long_frame_is_told_at_once(self, engine: Engine) -> None:
        problems = told(engine, engine.frame(**LONG), respondent="who", weight="times")
        if engine.ordered:
            assert problems == IN_A_LONG_FRAME
        else:
            assert placeless(problems) == placeless(IN_A_LONG_FRAME)

    def test_what_is_unknown_can_be_counted_as_missing_instead(self, engine: Engine) -> None:
        frame = engine.frame(unit=["A", "A", "B"], **{"q.1": ["4", "5", "five"]})
        found = itakit.tally(scheme(), frame, "unit", on_unknown="missing")
        assert found == {"A": {"q.1": itakit.Tally({"4": 1})}, "B": {}}

    def test_a_truth_value_is_no_answer_no_score_and_no_weight(self, engine: Engine) -> None:
        columns = {name: pa.array([True, None]) for name in ("q.1", "budget", "times")}
        problems = told(engine, engine.frame(unit=["A", "B"], **columns), weight="times")
        assert placeless(problems) == [
            f"budget: True (once) is not a score; {MEND}",
            f"q.1: True (once) is no answer of the scale degree, {CODES}",
            "times: True (once) is no weight: a number, 0 or more",
            "times: null (once) is no weight: a number, 0 or more",
        ]

    def test_cells_with_many_values_are_refused_by_column(self, engine: Engine) -> None:
        frame = engine.frame(unit=["A"], **{"q.1": pa.array([[1, 2]])})
        (problem,) = told(engine, frame)
        assert "q.1: " in problem

    def test_two_columns_of_one_name_are_refused(self, engine: Engine) -> None:
        if engine.name in ("polars", "polars-lazy", "dask", "ibis", "pandas-nullable"):
            pytest.skip("no such frame can be made")
        cells = [pa.array(["A"]), pa.array(["A"]), pa.array(["4"])]
        frame = (
            duckdb.sql("select 'A' as unit, 'A' as unit, '4' as \"q.1\"")
            if engine.name == "duckdb"
            else engine.make(pa.Table.from_arrays(cells, ["unit", "unit", "q.1"]))
        )
        (problem,) = told(engine, frame)
        assert problem == '"unit": two columns have this name'

    def test_what_is_no_frame_is_refused(self) -> None:
        with pytest.raises(itakit.EvidenceError, match='"str" is no dataframe'):
            itakit.evaluate_frame(scheme(), "q.1")

    def test_a_unit_has_one_population(self, engine: Engine) -> None:
        columns = {"unit": ["A", "A ", "B", "C"], "people": ["10", "12", "x", None]}
        frame = engine.frame(**columns, **{"q.1": ["4"] * 4})
        problems = told(
            engine,
            [frame, engine.frame(unit=["C"], people=[3], **{"q.2": ["4"]})],
            population="people",
        )
        assert placeless(problems) == [
            'frame 1: people: "10" (once) is another population of "A"',
            'frame 1: people: "x" (once) is no number of people',
        ]

    def test_respondents_in_frames_of_two_libraries_cannot_be_compared(
        self, engine: Engine
    ) -> None:
        columns: dict[str, Any] = {"unit": ["A"], "who": ["a"], "q.1": ["4"]}
        frames = [engine.frame(**columns), engine.frame(**columns)]
        problems = told(engine, frames, respondent="who")
        assert problems == ['frame 1, frame 2: who: respondent "a" of "A" answers 2 times']

    def test_only_the_most_frequent_values_of_a_column_are_told(self, engine: Engine) -> None:
        cells = [str(number) for number in range(100, 130)]
        problems = told(engine, engine.frame(unit=["A"] * 30, **{"q.1": cells}))
        assert len(problems) == 21
        assert "q.1: and 10 other values that are wrong" in problems

    def test_only_some_of_the_respondents_who_answer_twice_are_told(self, engine: Engine) -> None:
        names = [str(number) for number in range(100, 130)] * 2
        frame = engine.frame(unit=["A"] * 60, who=names, **{"q.1": ["4"] * 60})
        problems = told(engine, frame, respondent="who")
        assert len(problems) == 21
        assert "who: and 10 other respondents who answer twice" in problems
