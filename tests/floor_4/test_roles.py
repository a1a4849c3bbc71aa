"""What is no frame, and columns that nobody can place."""

from __future__ import annotations

import polars as pl
import pytest

import itakit
from itakit import EvidenceError

SCHEME = itakit.loads("""
format = 1
[scheme]
id = "small"
range = [0, 100]
[aggregation]
item = "mean"
total = "mean"
[scale.yes]
answer = [{ code = "0", score = 0 }, { code = "1", score = 100 }]
[[item]]
code = "a"
scale = "yes"
""")


def told(frames: object, **options: object) -> list[str]:
    with pytest.raises(EvidenceError) as caught:
        itakit.evaluate_frame(SCHEME, frames, **options)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


class TestFrames:
    """ "Bad input gets an error that says where, what and what to do." """

    @pytest.mark.parametrize(
        ("value", "shown"), [([[1]], "list"), ([pl.Series([1])], "Series"), ("a.csv", "str")]
    )
    def test_what_is_no_frame_is_told(self, value: object, shown: str) -> None:
        assert told(value) == [f'"{shown}" is no dataframe']

    def test_no_frame_at_all_is_told(self) -> None:
        assert told([]) == ["there are no frames"]

    def test_one_frame_in_a_list_is_as_good_as_by_itself(self) -> None:
        frame = pl.DataFrame({"u": ["x"], "a": [1]})
        one, other = (itakit.evaluate_frame(SCHEME, f, "u") for f in (frame, [frame]))
        assert one.equals(other)


class TestColumns:
    """ "Any other unknown column is an error with a did-you-mean." """

    def test_a_unit_that_no_column_is_like_is_told_with_those_there_are(self) -> None:
        columns = {f"c{k}": [1] for k in range(9)}
        frame = pl.DataFrame({**columns, "a": [1]})
        assert told(frame, unit="office", keep=list(columns)) == [
            (
                "office: the frame has no such column, which was named as the unit's; "
                "its columns are c0, c1, c2, c3, c4, c5, c6, c7, …"
            )
        ]

    def test_a_frame_without_any_item_is_told(self) -> None:
        frame = pl.DataFrame({"u": ["x"], "age": [30]})
        assert told(frame, unit="u", keep="age") == ["no column is an item of the scheme small"]

    def test_an_item_column_without_answers_makes_no_long_frame(self) -> None:
        frame = pl.DataFrame({"u": ["x"], "item": ["a"]})
        assert told(frame, unit="u", keep=["item"]) == ["no column is an item of the scheme small"]


class TestPeople:
    """Respondents and populations, where something else is wrong."""

    def test_a_survey_that_a_long_frame_does_not_ask_has_no_respondents(self) -> None:
        ita = itakit.find("ita_2565")
        rows = {"u": ["x"], "item": ["i1.1"], "answer": ["4"], "who": ["p"]}
        board = itakit.evaluate_frame(ita, pl.DataFrame(rows), "u", respondent="who")
        found = dict(board.select("code", "respondents").drop_nulls().rows())
        assert found == {"IIT": 1}

    def test_a_population_of_nobody_is_told_as_a_unit_without_a_name(self) -> None:
        frame = pl.DataFrame({"u": ["x", None], "a": [1, 1], "people": [10, 20]})
        assert told(frame, unit="u", population="people") == [
            "2: u: no unit is named (once); name what is assessed in every row"
        ]
