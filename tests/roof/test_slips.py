"""What is counted as it stands, though it may be a slip, is told by `itakit score`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.roof.calling import Call

INDEX = """
format = 1
[scheme]
id = "index"
range = [0, 100]
missing = "skip"
[aggregation]
item = "mean"
total = "mean"
[scale.years]
goalposts = [20, 85]
clamp = true
not_applicable = ["-1", "n/a"]
no_answer = ["-9999", ".."]
[scale.income]
goalposts = [100, 75000]
clamp = true
transform = "log"
[scale.share]
goalposts = [0, 100]
[[item]]
code = "life"
scale = "years"
[[item]]
code = "gni"
scale = "income"
[[item]]
code = "share"
scale = "share"
"""
ONCE = "country,life,gni,share\nA,70,5000,50\nB,90,80000,50\nC,-9999,90000,..\nD,..,50,50\n"


@pytest.fixture
def index(call: Call) -> Call:
    """Calls in a folder with the scheme of an index and the figures of four countries."""
    Path("index.toml").write_text(INDEX, "utf-8")
    Path("index.csv").write_text(ONCE.replace("50\nC,-9999,90000,..", "50\nC,-9999,90000,"))
    return call


SCORE = ("score", "index.toml", "index.csv", "--unit", "country", "-o", "out.csv")


class TestNoAnswer:
    """no_answer: what data hold where the respondent gave no answer: it counts as an empty cell,
    and not as an answer."""

    def test_such_cells_are_counted_among_the_missing(self, index: Call) -> None:
        lines = index(*SCORE).out.splitlines()
        assert "answers and scores: 9, of which not applicable 0; missing: 3; " in lines[3]
        assert lines[4] == "of the missing, with a code for no answer: 2"

    def test_a_file_without_any_is_told_nothing_of_them(self, index: Call) -> None:
        Path("index.csv").write_text("country,life,gni,share\nA,70,5000,50\nB,80,,50\n")
        assert "code for no answer" not in index(*SCORE).out

    def test_a_code_that_nobody_declared_is_told_with_its_row(self, index: Call) -> None:
        Path("index.csv").write_text(ONCE)
        status, _, err = index(*SCORE)
        assert status == 1
        assert 'index.csv:4: share: ".." (once) is not a number' in err

    def test_a_golden_case_may_have_them(self, index: Call) -> None:
        """As if nothing had been given for the item."""
        Path("index.cases.toml").write_text(
            '[[case]]\nname = "silent"\nsource = "by hand"\n'
            '[case.evidence]\nlife = { answer = ".." }\nshare = { answer = "50" }\n'
            'gni = { answers = { "75000" = 3 } }\n'
            '[case.expect]\ntotal = "75.00"\n'
        )
        status, out, err = index("test", "index.toml")
        assert (status, err) == (0, ""), out


class TestClamped:
    """'Nothing is coerced without being counted and shown.'"""

    def test_numbers_beyond_a_goalpost_are_told_item_by_item(self, index: Call) -> None:
        """How many they are, and where the first stands."""
        lines = index(*SCORE).out.splitlines()
        assert lines[5:8] == [
            "numbers beyond a goalpost, counted as the goalpost (clamp): 4",
            "clamped in life: 1, the first 90 at index.csv:3",
            "clamped in gni: 3, the first 80000 at index.csv:3",
        ]

    def test_they_are_told_in_thai(self, index: Call) -> None:
        out = index(*SCORE, "--lang", "th").out
        assert "ตัวเลขที่เกินขอบเขต นับเท่าค่าที่ขอบ (clamp): 4" in out
        assert "นับเท่าค่าที่ขอบในข้อ gni: 3 ค่า ค่าแรก 80000 ที่ index.csv:3" in out

    def test_only_those_beyond(self, index: Call) -> None:
        Path("index.csv").write_text("country,life,gni\nA,20,100\nB,85,75000\nC,n/a,\nD,-1,\n")
        assert "clamp" not in index(*SCORE).out

    def test_in_a_long_file(self, index: Call) -> None:
        Path("index.csv").write_text("country,item,answer\nA,gni,1\nA,life,70\nB,gni,90000\n")
        assert "clamped in gni: 2, the first 1 at index.csv:2" in index(*SCORE).out

    def test_more_items_than_a_screen_holds_are_summed_up(self, index: Call) -> None:
        items = "".join(f'[[item]]\ncode = "i{k}"\nscale = "income"\n' for k in range(6))
        Path("index.toml").write_text(INDEX + items)
        names = ",".join(f"i{k}" for k in range(6))
        Path("index.csv").write_text(f"country,{names}\nA,1,1,1,1,1,1\nB,9,9,9,9,9,500\n")
        lines = index(*SCORE).out.splitlines()
        assert "clamped in i4: 2, the first 1 at index.csv:2" in lines
        assert "clamped in other items: 1" in lines

    @pytest.mark.parametrize("name", ["one.csv", "one.toml"])
    def test_of_one_unit_too(self, index: Call, name: str) -> None:
        """Beside the scores, so that these can be read by a program."""
        Path("one.csv").write_text("life,gni,share\n90,80000,50\n..,90000,60\n60,,\nn/a,,\n")
        Path("one.toml").write_text(
            'life = { answers = { "90" = 1, ".." = 1, "60" = 1, "n/a" = 1 } }\n'
            'gni = { answers = { "80000" = 1, "90000" = 1 } }\nshare = 50\n'
        )
        status, out, err = index("score", "index.toml", name, "--format", "json")
        assert (status, json.loads(out)["scheme"]["id"]) == (0, "index")
        assert err.splitlines() == [
            "numbers beyond a goalpost, counted as the goalpost (clamp): 3",
            "clamped in life: 1, the first 90",
            "clamped in gni: 2, the first 80000",
        ]

    def test_of_respondents_who_stand_for_many(self, index: Call) -> None:
        """As many numbers as there are cells."""
        Path("index.csv").write_text("country,w,life\nA,2.5,90\nA,1,95\nB,1,60\n")
        assert (
            "clamped in life: 2, the first 90 at index.csv:2" in index(*SCORE, "--weight", "w").out
        )


class TestDoubledRows:
    """Every row counts as a respondent. Where most units have one row, a second one is likely a
    slip, and is told; where several respondents are usual, nothing is."""

    def test_a_unit_with_two_rows_is_told_with_the_second(self, index: Call) -> None:
        Path("index.csv").write_text("country,life,gni\nA,70,5000\nB,80,900\nC,80,800\nA,50,5000\n")
        status, _, err = index(*SCORE)
        assert status == 0
        assert err == (
            "index.csv:5: country: warning: units with more than one row, each of which counts as "
            'a respondent: 1, beside 2 with one; the first is "A" with 2; take out the rows that '
            "are too many, or name the column of the respondents with --respondent\n"
        )

    def test_in_thai(self, index: Call) -> None:
        Path("index.csv").write_text("country,life\nA,70\nB,80\nA,50\n")
        assert "มี 1 หน่วยงานที่มีมากกว่าหนึ่งแถว" in index(*SCORE, "--lang", "th").err

    def test_a_survey_with_several_respondents_is_told_nothing(self, index: Call) -> None:
        """Though one of its units has a single respondent."""
        Path("index.csv").write_text("country,life\nA,70\nA,80\nB,50\nC,60\nC,60\n")
        assert index(*SCORE).err == ""

    def test_nor_one_whose_respondents_are_named_or_weighed(self, index: Call) -> None:
        Path("index.csv").write_text("country,who,life\nA,1,70\nB,1,80\nC,1,60\nA,2,50\n")
        assert index(*SCORE, "--respondent", "who").err == ""
        Path("index.csv").write_text("country,w,life\nA,1,70\nB,1,80\nC,1,60\nA,2,50\n")
        assert index(*SCORE, "--weight", "w").err == ""

    def test_in_a_long_file_by_item(self, index: Call) -> None:
        """A unit has a row for each item there; two for one item are the slip."""
        rows = ["A,life,70", "A,gni,500", "B,life,60", "B,gni,600", "C,life,1", "A,gni,7000"]
        Path("index.csv").write_text("\n".join(["country,item,answer", *rows]) + "\n")
        assert index(*SCORE).err.startswith(
            "index.csv:7: country: warning: units with more than one row"
        )

    def test_a_long_file_of_several_respondents_is_told_nothing(self, index: Call) -> None:
        rows = ["A,life,70", "A,life,71", "B,life,60", "B,life,6", "A,gni,1", "B,gni,1", "B,gni,2"]
        Path("index.csv").write_text("\n".join(["country,item,answer", *rows]) + "\n")
        assert index(*SCORE).err == ""
