"""Nothing is lost and nothing is guessed, however a library writes it."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import itakit
from itakit import Tally
from tests.backends.engines import Engine
from tests.backends.responses import ASKED, counted, expected, people, scheme
from tests.backends.test_counting import of_survey, scored, wide


class TestNothing:
    """'Nulls of each kind: None, NaN, pd.NA, NaT, empty string, all-null columns.'"""

    def test_a_cell_that_holds_nothing_is_missing(self, engine: Engine) -> None:
        frame = engine.frame(
            unit=["A", "A", "B"],
            **{
                "q.1": ["4", " ", ""],
                "q.2": pa.array([4.0, None, math.nan]),
                "q.3": pa.nulls(3, pa.string()),
                "budget": pa.nulls(3),
                "plan": pa.array([None, 50.5, math.nan]),
            },
        )
        found = itakit.tally(scheme(), frame, "unit")
        assert found == {
            "A": {"q.1": Tally({"4": 1}), "q.2": Tally({"4": 1}), "plan": Fraction(101, 2)},
            "B": {},
        }
        counts = of_survey(itakit.evaluate_frame(scheme(), frame, "unit"), "respondents")
        assert counts == {"A": (1,), "B": (0,)}

    def test_a_frame_without_rows_holds_no_responses(self, engine: Engine) -> None:
        frame = engine.make(
            pa.table({"unit": pa.array([], pa.string()), "q.1": pa.array([], pa.string())})
        )
        with pytest.raises(itakit.EvidenceError, match="no responses"):
            itakit.evaluate_frame(scheme(), frame, "unit")


class TestUnits:
    """'Units as ints come back as ints; a unit spelled in two ways is one unit.'"""

    def test_units_as_integers_stay_integers(self, engine: Engine) -> None:
        asked = people([1, 2, 10])
        found = itakit.evaluate_frame(scheme(), engine.make(wide(asked, *ASKED)), "unit")
        assert scored(found) == expected(scheme(), counted(asked))

    def test_a_unit_as_a_number_and_as_a_text_is_one_unit(self, engine: Engine) -> None:
        frames = [
            engine.frame(unit=[1, 2], **{"q.1": ["4", "3"]}),
            engine.frame(unit=["1", " 2\u200b"], **{"q.2": ["4", "3"]}),
            engine.frame(unit=[1.0, 2.0], **{"q.3": ["4", "3"]}),
        ]
        found = itakit.tally(scheme(), frames, "unit")
        assert found == {
            "1": dict.fromkeys(ASKED, Tally({"4": 1})),
            "2": dict.fromkeys(ASKED, Tally({"3": 1})),
        }

    def test_without_a_unit_all_rows_are_of_one(self, engine: Engine) -> None:
        frame = engine.frame(**{"q.1": ["4", "3", "3"]})
        (evidence,) = itakit.tally(scheme(), frame).values()
        assert evidence == {"q.1": Tally({"4": 1, "3": 2})}

    def test_one_person_of_one_unit_spelled_in_two_ways_is_counted_once(
        self, engine: Engine
    ) -> None:
        frame = engine.frame(
            unit=["น้ำ", "น\u0e4d\u0e49า ", "ข"],
            who=["a", " a", "a"],
            item=["q.1", "q.2", "q.1"],
            answer=["4", "4", " "],
        )
        found = itakit.evaluate_frame(scheme(), frame, "unit", respondent="who")
        counts = of_survey(found, "respondents")
        assert {unit: n or 0 for unit, (n,) in counts.items()} == {"น้ำ": 1, "ข": 0}


class TestWeights:
    """'Ints, decimals, text decimals, floats as they print; exact.'"""

    @pytest.mark.parametrize("kind", ["text", "decimal", "float64", "float32"])
    def test_a_tenth_is_a_tenth(self, engine: Engine, kind: str) -> None:
        tenth = {
            "text": pa.array(["0.1"] * 3),
            "decimal": pa.array([Decimal("0.1")] * 3, pa.decimal128(5, 1)),
            "float64": pa.array([0.1] * 3),
            "float32": pa.array([0.1] * 3, pa.float32()),
        }[kind]
        frame = engine.frame(
            unit=["A"] * 3, times=tenth, **{"q.1": ["4", "4", "3"], "q.2": ["4"] * 3}
        )
        found = itakit.tally(scheme(), frame, "unit", weight="times")
        assert found == {
            "A": {
                "q.1": Tally({"4": Fraction(1, 5), "3": Fraction(1, 10)}),
                "q.2": Tally({"4": Fraction(3, 10)}),
            }
        }


class TestPopulation:
    """A population is a column of the frame; what a survey lacks for its sample follows."""

    def test_the_sample_of_a_unit_follows_from_its_population(self, engine: Engine) -> None:
        frame = engine.frame(
            unit=["A", "A", "B", "B"], people=[20, 20, None, 4], **{"q.1": ["4"] * 4}
        )
        found = itakit.evaluate_frame(scheme(), frame, "unit", population="people")
        samples = of_survey(found, "respondents", "population", "required", "shortfall")
        assert samples == {"A": (2, 20, 9, 7), "B": (2, 4, 3, 1)}


class TestReturned:
    """'The result comes back as the caller's own kind of frame.'"""

    def test_what_came_as_a_frame_of_a_library_goes_back_as_one(self, engine: Engine) -> None:
        frame = engine.frame(unit=["A"], **{"q.1": ["4"]})
        found = itakit.evaluate_frame(scheme(), frame, "unit")
        assert type(found).__module__.split(".")[0] == type(frame).__module__.split(".")[0]
        assert type(found).__name__ in (type(frame).__name__, "Table")

    def test_decimals_of_pandas_are_decimals(self) -> None:
        frame = pd.DataFrame({"unit": ["A"], "q.1": ["2"]})
        found = itakit.evaluate_frame(scheme(), frame, "unit")
        assert found["rounded"].tolist()[0] == Decimal("33.00")
        assert isinstance(found["rounded"].tolist()[0], Decimal)


class TestLooseColumns:
    """Columns of pandas and polars that hold values of any type."""

    @pytest.mark.parametrize("library", ["pandas", "polars", "polars-lazy"])
    def test_numbers_and_texts_in_one_column_are_the_same_answers(self, library: str) -> None:
        cells = [4, "4", 4.0, Decimal("4.00"), "Most", 3, None, math.nan, " "]
        units = ["A"] * 9
        frame: Any = pd.DataFrame({"unit": units, "q.1": pd.Series(cells, dtype=object)})
        if library != "pandas":
            frame = pl.DataFrame({"unit": units, "q.1": pl.Series(cells, dtype=pl.Object)})
            frame = frame.lazy() if library == "polars-lazy" else frame
        assert itakit.tally(scheme(), frame, "unit") == {"A": {"q.1": Tally({"4": 5, "3": 1})}}

    def test_a_truth_value_after_many_texts_is_no_number_one(self) -> None:
        cells = pd.Series(["1"] * 200 + [True, 1], dtype=object)
        frame = pd.DataFrame({"unit": ["A"] * 202, "q.1": cells})
        with pytest.raises(itakit.EvidenceError) as raised:
            itakit.tally(scheme(), frame, "unit")
        assert '201: q.1: "True" (once)' in str(raised.value)

    @pytest.mark.parametrize(
        "cells",
        [[4, 3, None], [4.0, 3.0, None], ["4", "3", None]],
        ids=["integers", "floats", "texts"],
    )
    def test_categories_may_be_numbers(self, cells: list[Any]) -> None:
        frame = pd.DataFrame({"unit": ["A"] * 3, "q.1": pd.Categorical(cells)})
        assert itakit.tally(scheme(), frame, "unit") == {"A": {"q.1": Tally({"4": 1, "3": 1})}}

    def test_columns_may_be_called_by_numbers(self) -> None:
        numbered = itakit.loads(
            """format = 1
            scheme = { id = "n", version = "1", range = [0, 100] }
            aggregation = { question = "mean", total = "mean" }
            question = ["1", "2"]
            """
        )
        frame = pd.DataFrame({0: ["A"], 1: [50], 2: [100]})
        assert itakit.tally(numbered, frame, "0") == {"A": {"1": Fraction(50), "2": Fraction(100)}}

    def test_dates_are_no_answers(self) -> None:
        frame = pd.DataFrame({"unit": ["A", "A"], "q.1": [pd.Timestamp("2022-01-01"), pd.NaT]})
        with pytest.raises(itakit.EvidenceError, match="is no answer of the scale degree"):
            itakit.tally(scheme(), frame, "unit")

    def test_what_is_no_plain_value_is_told_as_a_text(self) -> None:
        cells = pd.Series([[1], "4", pd.NA, pd.NaT], dtype=object)
        frame = pd.DataFrame({"unit": ["A"] * 4, "q.1": cells})
        with pytest.raises(itakit.EvidenceError, match=r"1: q\.1: .* is no answer"):
            itakit.tally(scheme(), frame, "unit")


class TestSayings:
    """What a caller says of units, populations and columns."""

    def test_a_score_may_be_said_not_to_apply(self, engine: Engine) -> None:
        frame = engine.frame(unit=["A"], budget=["ไม่เกี่ยวข้อง"], plan=["50"])
        found = itakit.tally(scheme(), frame, "unit")
        assert found == {"A": {"budget": itakit.NOT_APPLICABLE, "plan": Fraction(50)}}

    @pytest.mark.parametrize("nested", [False, True])
    def test_populations_may_be_a_mapping(self, nested: bool) -> None:
        frame = pl.DataFrame({"unit": ["A", "B"], "q.1": ["4", "4"]})
        sizes: dict[str, Any] = {"A ": 20, "": 3}
        found = itakit.evaluate_frame(
            scheme(), frame, "unit", population={"asked": sizes} if nested else sizes
        )
        assert of_survey(found, "population", "required") == {"A": (20, 9), "B": (None, None)}

    def test_populations_of_nobody_are_refused(self) -> None:
        frame = pl.DataFrame({"unit": ["A"], "q.1": ["4"]})
        with pytest.raises(itakit.EvidenceError) as raised:
            itakit.evaluate_frame(
                scheme(), frame, "unit", population={"asked": {"B": 1, "A": "x"}, "askd": {}}
            )
        assert len(raised.value.problems) == 3

    def test_frames_of_two_libraries_are_counted_together(self) -> None:
        frames = [
            pl.DataFrame({"unit": ["A"], "q.1": ["4"]}),
            pd.DataFrame({"unit": ["A"], "q.1": [3]}),
        ]
        assert itakit.tally(scheme(), frames, "unit") == {"A": {"q.1": Tally({"4": 1, "3": 1})}}

    def test_whether_somebody_answers_in_two_libraries_cannot_be_told(self) -> None:
        columns = {"unit": ["A"], "who": ["a"], "q.1": ["4"]}
        frames = [pl.DataFrame(columns), pd.DataFrame(columns)]
        with pytest.raises(itakit.EvidenceError, match="in frames of two libraries"):
            itakit.tally(scheme(), frames, "unit", respondent="who")

    def test_respondents_of_different_surveys_need_not_be_compared(self) -> None:
        frames = [
            pl.DataFrame({"unit": ["A"], "who": ["a"], "q.1": ["4"]}),
            pl.DataFrame({"unit": ["A"], "who": ["a"], "q.2": ["4"]}),
        ]
        found = itakit.tally(scheme(), frames, "unit", respondent="who")
        assert found == {"A": dict.fromkeys(ASKED[:2], Tally({"4": 1}))}

    def test_columns_that_nobody_can_place_are_all_told(self) -> None:
        frame = pl.DataFrame({"agency": ["A"], "q.11": ["4"], "Q.1": [1], "q.1": [1]})
        with pytest.raises(itakit.EvidenceError) as raised:
            itakit.tally(scheme(), frame, "agancy", weight="times")
        keys = {problem.key for problem in raised.value.problems}
        assert keys == {"agancy", "agency", "q.1", "q.11", "times"}
