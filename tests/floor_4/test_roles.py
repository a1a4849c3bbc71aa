"""What is no frame, and columns that nobody can place."""

from __future__ import annotations

import polars as pl
import pytest

import itakit
from itakit import EvidenceError

SMALL = """
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
"""
SCHEME = itakit.loads(SMALL)


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


WIDE = pl.DataFrame({"u": ["x"], "who": ["p"], "a": [1]})
LONG = pl.DataFrame({"u": ["x"], "who": ["p"], "item": ["a"], "answer": ["0"]})
TWO = itakit.loads(
    SMALL.replace("[aggregation]", 'missing = "skip"\n[aggregation]')
    + '[[item]]\ncode = "b"\nscale = "yes"'
)


def people(frames: object, **options: object) -> list[object]:
    board = itakit.evaluate_frame(TWO, frames, "u", **options)  # type: ignore[arg-type]
    found: list[object] = board.filter(pl.col("code") == "total")["respondents"].to_list()
    return found


class TestPersons:
    """Whoever is named is counted once, and may not answer twice."""

    @pytest.mark.parametrize(
        "frames", [[WIDE, WIDE.clone()], [WIDE, LONG], [LONG, LONG.clone()]], ids=str
    )
    def test_nobody_answers_an_item_in_two_frames(self, frames: list[pl.DataFrame]) -> None:
        assert told(frames, unit="u", respondent="who") == [
            'frame 1, frame 2: who: respondent "p" of "x" answers 2 times'
        ]

    def test_an_item_is_the_same_however_it_is_written(self) -> None:
        frame = pl.DataFrame(
            {"u": ["x"] * 3, "who": ["p"] * 3, "item": ["a", "A", "a\u200b"], "answer": ["1"] * 3}
        )
        (problem,) = told(frame, unit="u", respondent="who")
        assert problem.startswith('1: who: respondent "p" of "x" answers "a" 3 times')

    def test_halves_of_a_questionnaire_are_of_the_same_people(self) -> None:
        """Beside others who answered all of it, and nobody twice."""
        one = pl.DataFrame({"u": ["x"] * 2, "who": ["p", "q"], "a": [1, 0]})
        other = pl.DataFrame({"u": ["x"] * 2, "who": ["p", "r"], "b": [1, 0]})
        both = pl.DataFrame({"u": ["x"], "who": ["s"], "a": [1], "b": [1]})
        assert people([one, other], respondent="who") == [3]
        assert people([one, other, both], respondent="who") == [4]
        assert people([one, other], keep="who") == [2]  # at least

    def test_somebody_who_answers_nothing_is_nobody(self) -> None:
        rows = {"u": ["x", "y"], "who": ["p", "q"], "item": ["a", "a"], "answer": ["1", None]}
        assert people(pl.DataFrame(rows), respondent="who") == [1, 0]

    @pytest.mark.parametrize("role", ["respondent", "weight"])
    def test_a_column_that_only_one_frame_of_a_survey_has_is_told(self, role: str) -> None:
        one = pl.DataFrame({"u": ["x"], "c": [1], "a": [1]})
        other = pl.DataFrame({"u": ["x"], "a": [0]})
        assert told({"one": one, "other": other}, unit="u", **{role: "c"}) == [
            "other: c: the frame has no such column, and one has, which asks total as well"
        ]

    def test_one_frame_given_twice_is_told(self) -> None:
        assert told([WIDE, WIDE], unit="u", keep="who") == ["frame 2: the same frame as frame 1"]


class TestCalls:
    """ "No other exception reaches a caller because of bad input." """

    @pytest.mark.parametrize("value", [["u"], 1.5, b"u"])
    @pytest.mark.parametrize("name", ["unit", "weight", "item", "keep", "population"])
    def test_what_is_no_name_of_a_column_is_told(self, name: str, value: object) -> None:
        if name == "keep" and value == ["u"]:
            return
        (problem,) = told(WIDE, **{name: value})
        assert problem.endswith("is not the name of a column")

    def test_a_column_may_be_called_by_a_number(self) -> None:
        assert told(WIDE, unit=7)[0].startswith("7: the frame has no such column")

    def test_what_is_no_scheme_is_told(self) -> None:
        with pytest.raises(itakit.SchemeError, match="expected a scheme"):
            itakit.evaluate_frame("small.toml", WIDE)  # type: ignore[arg-type]

    def test_only_so_many_strange_columns_are_told(self) -> None:
        frame = pl.DataFrame({"a": [1], **{f"q{k}": [1] for k in range(60)}})
        problems = told(frame)
        assert len(problems) == 51
        assert "and 10 other columns that are no items" in problems


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


class TestItems:
    """ "Nothing lost": an item that is named as something else would not be counted."""

    FRAME = pl.DataFrame({"u": ["x"], "a": [1], "A": [1]})

    @pytest.mark.parametrize("role", ["unit", "respondent", "weight", "population"])
    def test_a_column_of_an_item_is_nothing_else(self, role: str) -> None:
        problem = (
            'a: the column is item "a" of the scheme, and is named as something else; '
            "leave it out of the options, or give the column another name"
        )
        frame = pl.DataFrame({"u": ["x"], "a": [1]})
        assert problem in told(frame, **{"unit": "u", role: "a"})

    def test_nor_is_it_left_alone_however_it_is_written(self) -> None:
        problems = told(pl.DataFrame({"u": ["x"], "A ": [1], "a": [1]}), unit="u", keep=["A "])
        assert [problem.partition(":")[0] for problem in problems] == ["A "]

    def test_a_node_above_items_may_be_left_alone(self) -> None:
        frame = pl.DataFrame({"u": ["x"], "a": [1], "total": [3]})
        found = itakit.evaluate_frame(SCHEME, frame, "u", keep=["total"])
        assert found["rounded"].to_list() == [100, 100]


class TestOptions:
    """What is no value of an option is told, and not taken for another."""

    def test_all_of_them_are_told(self) -> None:
        frame = pl.DataFrame({"u": ["x"], "a": [1]})
        assert told(frame, unit="u", scores="yes", on_unknown="skip", lang=1) == [
            'lang: 1, expected a language such as "th" or "en"',
            'on_unknown: "skip", expected one of error, missing',
            'scores: "yes", expected true or false',
        ]

    def test_tally_has_them_too(self) -> None:
        with pytest.raises(EvidenceError, match="on_unknown"):
            itakit.tally(SCHEME, pl.DataFrame({"a": [1]}), on_unknown="skip")  # type: ignore[arg-type]


class TestNames:
    """Names that look alike are not two by an oversight."""

    def test_units_that_differ_in_how_a_number_is_written_are_told(self) -> None:
        frames = [pl.DataFrame({"u": [name], "a": [1]}) for name in ("7", "7.0", "8.0", "x.0")]
        assert told(frames, unit="u") == [
            (
                'the units "7" and "7.0" differ only in how the number is written; '
                "write it in one way in all files"
            )
        ]

    @pytest.mark.parametrize("other", ["p\u200b1", " p1", "p1\u00a0"])
    def test_a_respondent_is_one_whatever_nobody_sees(self, other: str) -> None:
        frame = pl.DataFrame({"u": ["x", "x"], "who": ["p1", other], "a": [1, 1]})
        assert told(frame, unit="u", respondent="who") == [
            '1: who: respondent "p1" of "x" answers 2 times'
        ]

    def test_nobody_stands_behind_weights_of_zero(self) -> None:
        one = pl.DataFrame({"u": ["x", "y"], "w": ["0", "1"], "a": [1, 1]})
        part = pl.DataFrame({"u": ["x", "y"], "w": ["0", "0.5"], "a": [1, 1]})
        for frames in (one, part, [one, part]):
            found = itakit.evaluate_frame(SCHEME, frames, "u", weight="w")
            n = found.filter((pl.col("u") == "x") & (pl.col("code") == "a"))["n"]
            assert n.to_list() == [None]
