"""The commands that hold scores against each other."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.roof.calling import SCHEME, Call

NEXT = """
format = 1
[scheme]
id = "next"
extends = "small"
retired = ["b"]
[[item]]
code = "c"
was = "a"
[[item]]
code = "d|<"
title = "=1+1"
"""
UNITS = "office,a,b\nx,50,60\ny,60,50\nz,1,2\nq,,\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, call: Call) -> Path:
    """A scheme, next year's, and a year of data for each; the current folder is theirs."""
    (tmp_path / "small.toml").write_text(SCHEME, "utf-8")
    (tmp_path / "next.toml").write_text(NEXT, "utf-8")
    (tmp_path / "y1.toml").write_text("a = 50\nb = 60\n", "utf-8")
    (tmp_path / "y2.toml").write_text("a = 70\nb = 60\n", "utf-8")
    (tmp_path / "y3.toml").write_text('c = 70\n"d|<" = 20\n', "utf-8")
    (tmp_path / "codes.toml").write_text('a = "c"\nb = false\n', "utf-8")
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    return tmp_path


ONE = ("compare", "small.toml", "--before", "y1.toml", "--after", "y2.toml", "--lang", "en")
OTHER = (
    "compare", "next.toml", "--before-scheme", "small.toml", "--before", "y1.toml",
    "--after", "y3.toml", "--lang", "en",
)  # fmt: skip


class TestCompare:
    """`itakit compare`: last year beside this year."""

    def test_under_one_scheme(self, call: Call) -> None:
        """All is data, and what each node did to the total is told."""
        status, out, err = call(*ONE)
        assert (status, err) == (0, "")
        assert out.startswith(
            "Small: 55.00 → 65.00, a change of +10.0000\n"
            "the rules are the same: all of it is what the data did\n"
            "\n"
            "code   title   before  after    change  of the total's change\n"
            "total           55.00  65.00  +10.0000               +10.0000\n"
            "  a    Item a   50.00  70.00  +20.0000               +10.0000\n"
            "  b    Item b   60.00  60.00    0.0000                 0.0000\n"
            "\n"
        )
        assert call(*ONE[:-1], "th").out.startswith("เล็ก: 55.00 → 65.00 เปลี่ยนแปลง +10.0000\n")

    def test_under_other_rules(self, call: Call) -> None:
        """With the codes that changed: by hand, 45 - 55 = (45 - 70) + (70 - 50) + (50 - 55)."""
        record = json.loads(call(*OTHER, "--codes", "codes.toml", "--format", "json").out)
        total = record["nodes"][0]
        assert [total[name] for name in ("change", "data", "added", "revised", "retired")] == [
            "-10", "20", "-25", "0", "-5"
        ]  # fmt: skip
        assert record["codes"] == {"a": "c", "b": None}

    def test_it_is_refused_where_nobody_said_so(self, call: Call) -> None:
        """What a scheme that extends the other says of codes is proposed."""
        done = call(*OTHER)
        assert (done.status, done.out) == (1, "")
        assert done.err == (
            "small and next are different rules, and nobody has said that they are to be compared; "
            "one extends the other and says a → c: write that to a file for --codes\n"
        )
        Path("next.toml").write_text(NEXT.replace('was = "a"', ""), "utf-8")
        Path("y3.toml").write_text('a = 5\nc = 70\n"d|<" = 20\n', "utf-8")
        done = call(*OTHER)
        assert done.status == 1
        assert "--codes and --same-codes" in done.err

    def test_same_codes(self, call: Call) -> None:
        """Saying that none changed is saying so."""
        Path("next.toml").write_text(SCHEME.replace('"mean"', '"max"').replace("small", "next"))
        Path("y3.toml").write_text("a = 70\nb = 60\n")
        out = call(*OTHER, "--same-codes").out
        assert out.splitlines()[1] == "the data did +10.0000, the rules +5.0000"
        both = call(*OTHER, "--same-codes", "--codes", "codes.toml")
        assert both.status == 2
        assert "give one of both" in both.err

    def test_one_unit_of_many(self, call: Call) -> None:
        """The same unit of both files."""
        Path("later.csv").write_text(UNITS.replace("x,50,60", "x,70,60"), "utf-8")
        words = ("compare", "small.toml", "--before", "units.csv", "--after", "later.csv")
        out = call(*words, "--unit", "office=x", "--lang", "en").out
        assert out.startswith("Small: 55.00 → 65.00, a change of +10.0000\n")
        assert call(*words, "--unit", "x", "--lang", "en").out == out

    def test_formats(self, call: Call) -> None:
        """No text of data is read as Markdown or as a formula."""
        words = (*OTHER, "--codes", "codes.toml")
        page = call(*words, "--format", "md").out
        assert "| &emsp;d\\|\\< | =1+1 |" in page
        assert page.startswith("**Small: 55.00 → 45.00, a change of -10.0000**\n\n**the data did")
        text = call(*words, "-o", "change.csv").out
        assert text == ""
        rows = [*csv.DictReader(io.StringIO(Path("change.csv").read_text("utf-8-sig")))]
        assert [row["code"] for row in rows] == ["total", "c", "b", "d|<"]
        assert rows[3]["title"] == "'=1+1"
        assert rows[0]["data"] == "20"

    def test_outputs_are_no_inputs(self, call: Call) -> None:
        """Nor a kind that is for many units only."""
        for name in ("y1.toml", "small.toml"):
            done = call(*ONE, "-o", name, "--format", "csv")
            assert done.status == 1
            assert "input" in done.err
        Path("codes.json").write_text('{"a": "c", "b": false}')
        done = call(*OTHER, "--codes", "codes.json", "-o", "codes.json")
        assert done.status == 1
        assert call(*ONE, "-o", "out.xlsx").status == 2
        assert not Path("out.xlsx").exists()

    def test_broken_schemes_are_told_together(self, call: Call) -> None:
        """All that is wrong with both."""
        Path("small.toml").write_text("format = 1\n")
        Path("next.toml").write_text("format = 2\n")
        done = call(*OTHER)
        assert done.status == 1
        assert {line.split(":")[0] for line in done.err.splitlines()} == {"small.toml", "next.toml"}


class TestCodes:
    """A file says which codes changed."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ('a = 3', "codes.toml:1:1: a: found 3, expected the later code in quotes, or false"),
            ('a.x = "c"', "codes.toml:1:1: a: found {'x': 'c'}, expected the later code"),
            ('a = true', "codes.toml:1:1: a: found True, expected the later code in quotes"),
            ("", "codes.toml: "),
            ("a", "codes.toml:1:"),
        ],
    )  # fmt: skip
    def test_what_is_no_code(self, call: Call, text: str, told: str) -> None:
        """With its place in the file."""
        Path("codes.toml").write_text(text, "utf-8")
        done = call(*OTHER, "--codes", "codes.toml")
        assert done.status == 1
        assert done.err.startswith(told)

    def test_what_is_no_such_file(self, call: Call) -> None:
        """Of another kind, or with a code twice."""
        Path("codes.csv").write_text("a,c\n")
        done = call(*OTHER, "--codes", "codes.csv")
        assert done.err == "codes.csv: codes that changed stand in a .toml or .json file\n"
        Path("codes.json").write_text('{"a": "c",\n "a": false}')
        done = call(*OTHER, "--codes", "codes.json")
        assert done.status == 1
        assert "codes.json" in done.err

    def test_a_table_of_codes_that_is_not_there_is_told(self, call: Call) -> None:
        """Whatever its name ends in."""
        for name in ("none", "none.pdf", "none.toml"):
            words = ("--before", "ab.json", "--after", "ab.json", "--codes", name, "--lang", "en")
            told = f"{name}: the file cannot be read: no such file or directory\n"
            assert call("compare", "small.toml", *words) == (1, "", told)


class TestRank:
    """`itakit rank`: nodes or units in the order of their scores."""

    def test_nodes(self, call: Call) -> None:
        """Those below the root, where there are no others."""
        done = call("rank", "small.toml", "y1.toml", "--lang", "en")
        assert (done.status, done.err) == (0, "")
        assert done.out == (
            "item by score: 2 ranked\n\n"
            "rank  code  title   score\n"
            "   1  b     Item b  60.00\n"
            "   2  a     Item a  50.00\n"
        )
        out = call("rank", "small.toml", "y1.toml", "--level", "total", "--lang", "th").out
        assert out.startswith("ระดับชั้น total เรียงตามคะแนน จัดอันดับได้ 1 รายการ\n")

    def test_units(self, call: Call) -> None:
        """By the root's score or by a node's; those without a score are counted."""
        words = ("rank", "small.toml", "units.csv", "--unit", "office")
        done = call(*words, "--lang", "en")
        assert (done.status, done.err) == (0, "")
        assert done.out == (
            "units by score: 3 ranked\n\n"
            "rank  name  score  note\n"
            "   1  x     55.00  shared by 2\n"
            "   1  y     55.00  shared by 2\n"
            "   3  z      1.50\n\n"
            "without a score, 1: q\n"
        )
        by_b = (*words, "--code", "b")
        record = json.loads(call(*by_b, "--format", "json").out)
        assert [place["name"] for place in record["places"]] == ["x", "y", "z"]
        assert (record["of"], record["unscored"]) == ("b", ["q"])
        assert call(*by_b, "-o", "ranks.md").status == 0
        assert "| 1 | x | 60.00 |" in Path("ranks.md").read_text("utf-8")

    def test_calls_that_are_wrong(self, call: Call) -> None:
        """A node for units without units; a level for units; a code that is not there."""
        words = ("rank", "small.toml", "units.csv", "--lang", "en")
        assert call(*words, "--code", "b").status == 2
        assert call(*words, "--unit", "office", "--level", "item").status == 2
        done = call(*words, "--unit", "office", "--code", "bb")
        assert (done.status, done.err) == (1, 'bb: no node has this code; did you mean "b"?\n')
        done = call("rank", "small.toml", "y1.toml", "--unit", "office", "--lang", "en")
        assert done.status == 1
        assert done.err.startswith("y1.toml: the file holds the evidence of one unit")
        assert call(*words, "--unit", "office", "-o", "units.csv").status == 1
