"""A code for no answer counts as the empty cell that it stands for, in whatever frame it stands."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest

import itakit
from itakit import Tally
from itakit.scheme import Scheme
from tests.backends.engines import Engine, rows
from tests.backends.test_counting import of_survey

TEXT = """
format = 1
[scheme]
id = "silent"
range = [0, 100]
missing = "skip"
[aggregation]
question = "mean"
survey = "mean"
total = "mean"
[scale.degree]
answer = [{ code = "1", score = 0, title = "Little" }, { code = "2", score = 100 }]
not_applicable = ["9"]
no_answer = ["8", "-9999", "No reply"]
[scale.turned]
reverse = "degree"
[scale.years]
goalposts = [20, 85]
clamp = true
no_answer = ["-9999", ".."]
[[survey]]
code = "asked"
population = "visitors"
scale = "degree"
question = ["a", { code = "b", scale = "turned" }]
[[survey]]
code = "looked"
population = "offices"
question = [{ code = "life", scale = "years" }]
"""


@pytest.fixture
def scheme() -> Scheme:
    return itakit.loads(TEXT)


KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "whole numbers": (
        {"a": [1, -9999, 8, 2], "b": [8, 8, 8, 9], "life": [70, 50, -9999, -9999]},
        {"a": [1, None, None, 2], "b": [None, None, None, 9], "life": [70, 50, None, None]},
    ),
    "small numbers": (
        {"a": pa.array([1, 8, 8, 2], pa.int8()), "b": pa.array([8, 8, 2, 9], pa.uint8())},
        {
            "a": pa.array([1, None, None, 2], pa.int8()),
            "b": pa.array([None, None, 2, 9], pa.uint8()),
        },
    ),
    "numbers with a point": (
        {"a": [1.0, -9999.0, 8.0, 2.0], "life": [70.5, -9999.0, 50.0, None]},
        {"a": [1.0, None, None, 2.0], "life": [70.5, None, 50.0, None]},
    ),
    "texts": (
        {"a": ["1", "8", "NO  REPLY", "2"], "b": ["-9999.0", " 8", "1", ""], "life": ["70"] * 4},
        {"a": ["1", None, None, "2"], "b": [None, None, "1", None], "life": ["70"] * 4},
    ),
    "numbers only": ({"life": [70, -9999, 50, -9999]}, {"life": [70, None, 50, None]}),
    "texts of codes only": (
        {"a": ["1", "8", "-9999", "2"], "life": ["..", "70", "-9999", "-9999.00"]},
        {"a": ["1", None, None, "2"], "life": [None, "70", None, None]},
    ),
}


def can_be_made(engine: Engine, kind: str) -> None:
    """Skip what there is no frame of: Spark has no whole numbers without a sign."""
    if engine.name == "pyspark" and kind == "small numbers":
        pytest.skip("no such frame can be made")


@pytest.mark.parametrize("kind", KINDS)
class TestNoAnswer:
    """no_answer: what data hold where the respondent gave no answer: it counts as an empty cell,
    and not as an answer."""

    def test_it_counts_as_an_empty_cell(self, engine: Engine, scheme: Scheme, kind: str) -> None:
        """Also among the respondents of a survey: who gave no answer at all is none of them."""
        can_be_made(engine, kind)
        coded, empty = (
            engine.frame(unit=["A", "B", "A", "B"], **columns) for columns in KINDS[kind]
        )
        found, meant = (
            sorted(rows(itakit.evaluate_frame(scheme, frame, "unit")), key=repr)
            for frame in (coded, empty)
        )
        assert found == meant
        assert itakit.tally(scheme, coded, "unit") == itakit.tally(scheme, empty, "unit")

    def test_one_unit_at_a_time_the_scores_are_the_same(
        self, engine: Engine, scheme: Scheme, kind: str
    ) -> None:
        """Every cell as an answer of its own to `evaluate`, which sees the codes."""
        can_be_made(engine, kind)
        coded, _ = KINDS[kind]
        lists = {c: v.to_pylist() if isinstance(v, pa.Array) else v for c, v in coded.items()}
        frame = engine.frame(unit=["A", "B", "A", "B"], **coded)
        found = rows(itakit.evaluate_frame(scheme, frame, "unit"))
        for first, unit in enumerate(("A", "B")):
            evidence = {
                item: Tally([(v, 1) for v in values[first::2] if v is not None and v != ""])
                for item, values in lists.items()
            }
            result = itakit.evaluate(scheme, evidence)
            table = {row["code"]: row for row in found if row["unit"] == unit}
            for node in result:
                assert table[node.code]["rounded"] == node.rounded
                assert table[node.code]["status"] == node.status


class TestRespondents:
    """Who gave no answer to a survey is no respondent of it, however respondents are counted."""

    def test_in_a_long_frame(self, engine: Engine, scheme: Scheme) -> None:
        frame = engine.frame(
            unit=["A", "A", "A", "A"],
            who=["p", "p", "q", "q"],
            item=["a", "b", "a", "b"],
            answer=["1", "8", "8", "No reply"],
        )
        found = itakit.evaluate_frame(scheme, frame, "unit", respondent="who", keep=["who"])
        assert of_survey(found, "respondents")["A"][0] == 1

    def test_in_two_frames_of_named_respondents(self, engine: Engine, scheme: Scheme) -> None:
        """Nor does such a code make an answer that somebody gave twice."""
        one = engine.frame(unit=["A", "A"], who=["p", "q"], a=["1", "-9999"])
        two = engine.frame(unit=["A", "A"], who=["p", "q"], a=["8", "2"])
        found = itakit.evaluate_frame(scheme, [one, two], "unit", respondent="who")
        assert of_survey(found, "respondents")["A"][0] == 2
        tallies = itakit.tally(scheme, [one, two], "unit", respondent="who")
        assert tallies == {"A": {"a": Tally({"1": 1, "2": 1})}}

    def test_with_weights(self, engine: Engine, scheme: Scheme) -> None:
        frame = engine.frame(unit=["A", "A", "A"], w=[0.5, 2.5, 1.0], a=["1", "8", "2"])
        tallies = itakit.tally(scheme, frame, "unit", weight="w")
        assert tallies == {"A": {"a": Tally({"1": Fraction(1, 2), "2": 1})}}
