"""The commands on responses: many units from files, what is told of them, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

import itakit
from itakit import Tally
from itakit.evidence import Evidence
from tests.roof.calling import Call, clean

SURVEYS = """
format = 1
[scheme]
id = "two"
version = "1.2.0"
title = { th = "สองแบบวัด", en = "Two surveys" }
range = [0, 100]
[aggregation]
question = "mean"
survey = "mean"
total = "weighted-mean"
[scale.degree]
answer = [
  { code = "1", score = 0, title = { th = "น้อย", en = "little" } },
  { code = "2", score = 100, title = { th = "มาก", en = "much" } },
]
not_applicable = ["9"]
[[grade]]
name = "ผ่าน"
from = 50
[[grade]]
name = "ไม่ผ่าน"
from = 0
[[survey]]
code = "IIT"
title = { th = "ภายใน", en = "Internal" }
weight = 60
scale = "degree"
sample = { fraction = 0.10, at_least = 2, at_most = 400 }
question = ["i1", "i2"]
[[survey]]
code = "OIT"
title = { th = "เปิดเผย", en = "Open data" }
weight = 40
question = ["o1"]
"""
IIT = "agency,i1,i2\nก,2,1\nก,2,2\nข,1,9\nข,2,1\n"
OIT = "agency,o1\nก,80\nข,50.5\n"


@pytest.fixture
def two(call: Call) -> Call:
    """Calls in a folder with a scheme of two surveys and the responses of two units."""
    Path("two.toml").write_text(SURVEYS, "utf-8")
    Path("iit.csv").write_text(IIT, "utf-8")
    Path("oit.csv").write_text(OIT, "utf-8")
    return call


def rows(path: str) -> list[dict[str, str]]:
    """The rows of a CSV file, by anybody's reader."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


SCORE = ("score", "two.toml", "iit.csv", "oit.csv", "--unit", "agency")


class TestManyUnits:
    """ "itakit score ita_2565 iit.csv eit.csv oit.csv --unit agency -o out.parquet" (issue 3)"""

    def test_there_is_a_row_for_every_unit_and_node(self, two: Call) -> None:
        """With the figures that `evaluate` has for each unit alone."""
        status, _, err = two(*SCORE, "-o", "out.csv")
        assert (status, err) == (0, "")
        found = {(row["agency"], row["code"]): row for row in rows("out.csv")}
        scheme = itakit.load("two.toml")
        units: dict[str, dict[str, Evidence]] = {
            "ก": {"i1": Tally({"2": 2}), "i2": Tally({"1": 1, "2": 1}), "o1": 80},
            "ข": {"i1": Tally({"1": 1, "2": 1}), "i2": Tally({"1": 1, "9": 1}), "o1": "50.5"},
        }
        for unit, evidence in units.items():
            result = itakit.evaluate(scheme, evidence)
            for node in result:
                assert found[unit, node.code]["rounded"] == str(node.rounded)
            assert found[unit, "total"]["grade"] == result.grade
        assert len(found) == 2 * 6
        assert found["ข", "i2"]["n"] == "1"

    def test_a_summary_says_what_was_read(self, two: Call) -> None:
        """Units, respondents by survey, cells by what they hold, and grades."""
        assert two(*SCORE, "-o", "out.json").out.splitlines()[1:] == [
            "units: 2",
            "respondents IIT: 4",
            (
                "answers and scores: 10, of which not applicable 1; missing: 0; "
                "unknown, taken as missing: 0"
            ),
            "grades: ผ่าน 1, ไม่ผ่าน 1",
        ]

    def test_the_summary_and_a_table_go_apart(self, two: Call) -> None:
        """A pipe gets the table, and the error output what was read."""
        status, out, err = two(*SCORE, "--format", "csv")
        assert status == 0
        assert out.startswith("\ufeffagency,code,")
        assert "units: 2" in err
        status, out, err = two(*SCORE)
        assert (status, err) == (0, "")
        assert "units: 2" in out

    def test_a_thai_table_lines_up(self, two: Call) -> None:
        """Vowels and tone marks above and below take no room."""
        Path("iit.csv").write_text(IIT.replace("ก", "ที่ตั้งขึ้น"), "utf-8")
        Path("oit.csv").write_text(OIT.replace("ก", "ที่ตั้งขึ้น"), "utf-8")
        out = two(*SCORE, "--lang", "th").out
        table = out.split("\n\n")[1].splitlines()
        room = [sum(c not in "ิีึืุู่้๊๋์ัํ็" for c in line[: line.index(".")]) for line in table[1:]]
        assert len(set(room)) == 1

    def test_the_order_of_files_and_of_rows_does_not_matter(self, two: Call) -> None:
        """To the byte, in every format."""
        formats = ("json", "csv", "parquet", "xlsx", "md", "txt")
        for ending in formats:
            two(*SCORE, "-o", f"a.{ending}")
        head, *lines = IIT.splitlines()
        Path("iit.csv").write_text("\n".join([head, *reversed(lines)]), "utf-8")
        for ending in formats:
            two("score", "two.toml", "oit.csv", "iit.csv", "--unit", "agency", "-o", f"b.{ending}")
            assert Path(f"a.{ending}").read_bytes() == Path(f"b.{ending}").read_bytes()

    def test_codes_of_units_in_text_files_are_texts(self, two: Call) -> None:
        """Zeros in front stay, and units stand in the order of their characters."""
        for name, text in (("iit.csv", IIT), ("oit.csv", OIT)):
            Path(name).write_text(text.replace("ก", "10").replace("ข", "09"), "utf-8")
        two(*SCORE, "-o", "out.parquet")
        units = pl.read_parquet("out.parquet")["agency"]
        assert units.unique(maintain_order=True).to_list() == ["09", "10"]

    def test_a_unit_s_column_may_be_called_like_one_of_the_result(self, two: Call) -> None:
        """Then the result calls it unit."""
        Path("iit.csv").write_text(IIT.replace("agency", "level"), "utf-8")
        Path("oit.csv").write_text(OIT.replace("agency", "level"), "utf-8")
        assert two(*SCORE[:-1], "level", "-o", "out.csv").status == 0
        assert rows("out.csv")[0]["unit"] == "ก"


class TestUnknown:
    """ "`--on-unknown missing` is the explicit way to go on, and counts them in the output." """

    BAD = IIT.replace("ก,2,1", "ก,2,7")

    def test_an_unknown_answer_is_an_error_at_its_line(self, two: Call) -> None:
        """And the command line's own option is what to do about it."""
        Path("iit.csv").write_text(self.BAD, "utf-8")
        status, out, err = two(*SCORE, "-o", "out.csv")
        assert (status, out) == (1, "")
        assert err == (
            'iit.csv:2: i2: "7" (once) is no answer of the scale degree, expected one of 1, 2, 9; '
            "mend it, or count all such answers as missing with --on-unknown missing\n"
        )
        assert "--on-unknown missing" in two(*SCORE, "--lang", "th").err
        assert not Path("out.csv").exists()

    def test_a_row_of_a_parquet_file_is_told_by_its_number(self, two: Call) -> None:
        """Counted from 1."""
        pl.read_csv(self.BAD.encode()).write_parquet("iit.parquet")
        err = two("score", "two.toml", "iit.parquet", "oit.csv", "--unit", "agency").err
        assert err.startswith("iit.parquet:1: i2: 7 (once) is no answer")

    def test_those_taken_as_missing_are_counted(self, two: Call) -> None:
        """By unit and item, in the summary, and each told as a warning."""
        Path("iit.csv").write_text(self.BAD, "utf-8")
        status, out, err = two(*SCORE, "--on-unknown", "missing", "-o", "out.csv")
        assert status == 0
        assert "unknown, taken as missing: 1" in out
        assert err == (
            'iit.csv:2: i2: warning: "7" (once) is no answer of the scale degree, '
            "expected one of 1, 2, 9\n"
        )
        found = {(row["agency"], row["code"]): row["unknown"] for row in rows("out.csv")}
        assert found["ก", "i2"] == "1"
        assert found["ก", "i1"] == found["ข", "i2"] == "0"
        assert found["ก", "IIT"] == ""
        table = two(*SCORE, "--on-unknown", "missing").out.split("\n\n")[1].splitlines()
        assert [line.split()[-1] for line in table] == ["unknown", "1", "0"]


class TestColumns:
    """ "`--keep` names columns that are neither unit nor item; any other unknown column is an
    error with a did-you-mean." """

    def test_a_column_is_an_item_or_named(self, two: Call) -> None:
        """`--keep` is written once for each; a name may have a comma."""
        text = 'sex,"a, b",agency,i1,i2\n' + "\n".join(f"1,2,{x}" for x in IIT.split()[1:])
        Path("iit.csv").write_text(text, "utf-8")
        status, _, err = two(*SCORE)
        assert status == 1
        assert err.splitlines() == [
            f"iit.csv: {name}: the column is no item of the scheme, and was not named as anything "
            "else; write --keep and its name if it is to be left alone"
            for name in ("a, b", "sex")
        ]
        assert two(*SCORE, "--keep", "sex", "--keep", "a, b").status == 0
        err = two(*SCORE, "--keep", "sex,a, b").err
        assert "sex,a, b: no file has such a column; write the option once for each column" in err

    def test_the_unit_s_column_is_in_every_file(self, two: Call) -> None:
        """What was meant is told."""
        err = two("score", "two.toml", "iit.csv", "oit.csv", "--unit", "agenci").err
        assert err.splitlines()[0] == (
            "iit.csv: agenci: the file has no such column, which --unit names; "
            'did you mean "agency"?'
        )


class TestPopulation:
    """ "per unit and survey: respondents, required (when the population is given by a column or a
    small file), shortfall" """

    def test_a_column_or_a_file_gives_it(self, two: Call) -> None:
        """Both the same; 10 percent of 35 people are 4 of them, and 2 were asked."""
        column = "agency,people,i1,i2\n" + "".join(
            f"{line[0]},{35 if line[0] == 'ก' else 9}{line[1:]}\n" for line in IIT.split()[1:]
        )
        Path("asked.csv").write_text(column, "utf-8")
        by_column = ("score", "two.toml", "asked.csv", "oit.csv", *SCORE[-2:])
        assert two(*by_column, "--population", "people", "-o", "a.csv").status == 0
        Path("people.csv").write_text("agency;IIT\nก;35\nข;9\n", "utf-8")
        done = two(*SCORE, "--population", "people.csv", "-o", "b.csv")
        assert done.status == 0
        assert "units with fewer respondents than the sample, IIT: 1" in done.out
        assert rows("a.csv") == rows("b.csv")
        row = next(row for row in rows("a.csv") if row["code"] == "IIT")
        names = ("respondents", "population", "required", "shortfall")
        assert [row[name] for name in names] == ["2", "35", "4", "2"]

    @pytest.mark.parametrize("ending", ["txt", "md", "json", "csv", "parquet", "xlsx"])
    def test_every_output_has_what_is_required_and_short(self, two: Call, ending: str) -> None:
        """In a file, as on a terminal."""
        Path("people.csv").write_text("agency,population\nก,35\nข,9\n", "utf-8")
        assert two(*SCORE, "--population", "people.csv", "-o", f"out.{ending}").status == 0
        if ending == "parquet":
            text = str(pl.read_parquet("out.parquet").columns)
        elif ending == "xlsx":
            text = str(sheet("out.xlsx", "units")[0])
        else:
            text = Path(f"out.{ending}").read_text("utf-8")
        assert "required" in text
        assert "shortfall" in text

    def test_a_unit_without_one_is_told(self, two: Call) -> None:
        """What is required of it is not known."""
        Path("people.csv").write_text("agency,IIT\nก,35\nข,\n", "utf-8")
        out = two(*SCORE, "--population", "people.csv", "-o", "a.csv").out
        assert "units without a population, IIT: 1" in out

    def test_what_is_wrong_with_the_file_is_told_at_its_line(self, two: Call) -> None:
        """All at once."""
        text = "agency,IIT,OTT\nก,x,\nค,1,1\n,3,\nข,9,\nข,8,\n"
        Path("people.csv").write_text(text, "utf-8")
        assert two(*SCORE, "--population", "people.csv").err.splitlines() == [
            "people.csv: OTT: no survey of the scheme, expected one of IIT, population",
            'people.csv:2: IIT: "x" is no number of people',
            'people.csv:3: "ค": no response is of such a unit',
            "people.csv:4: IIT: no unit is named (once)",
            'people.csv:6: IIT: "8" (once) is another population of "ข"',
        ]
        Path("people.csv").write_text("agenci,IIT\nก,1\n", "utf-8")
        assert two(*SCORE, "--population", "people.csv").err.startswith(
            "people.csv: agency: the file has no such column, which --unit names"
        )
        many = "\n".join(f"x{k},1" for k in range(30))
        Path("people.csv").write_text(f"agency,IIT\n{many}\n", "utf-8")
        lines = two(*SCORE, "--population", "people.csv").err.splitlines()
        assert len(lines) == 21
        assert "people.csv: agency: and 10 other units of which there is no response" in lines

    def test_a_file_that_is_not_there_is_a_file(self, two: Call) -> None:
        """Its name tells, and it is not taken for a column."""
        err = two(*SCORE, "--population", "peeple.csv").err
        assert err.startswith("peeple.csv: the file cannot be read: no such file")

    def test_it_is_for_many_units(self, two: Call) -> None:
        """One unit's result has no place for it."""
        status, _, err = two("score", "two.toml", "ab.json", "--population", "people")
        assert status == 2
        assert "--population is for many units: name their column with --unit" in err


class TestInputsAreSafe:
    """ "outputs written whole or not at all, never over an input" """

    @pytest.mark.parametrize("files", ["data", "data/*.csv", "data/iit.csv"])
    @pytest.mark.parametrize("unit", [["--unit", "agency"], ["--keep", "agency"]])
    def test_no_input_is_written_over(self, two: Call, files: str, unit: list[str]) -> None:
        """However it is named: by a folder, by a pattern, through a link."""
        Path("data").mkdir()
        Path("iit.csv").rename("data/iit.csv")
        Path("link.csv").symlink_to("data/iit.csv")
        for output in ("data/iit.csv", "link.csv"):
            done = two("score", "two.toml", files, *unit, "-o", output)
            assert done == (1, "", f"{output}: the output is one of the inputs\n")
        assert Path("data/iit.csv").read_text("utf-8") == IIT

    def test_nor_the_population_nor_the_scheme(self, two: Call) -> None:
        """They are inputs, too."""
        Path("people.csv").write_text("agency,IIT\nก,35\nข,9\n", "utf-8")
        for output in ("people.csv", "two.toml"):
            words = ("--population", "people.csv", "-o", output, "--format", "csv")
            done = two(*SCORE, *words)
            assert done == (1, "", f"{output}: the output is one of the inputs\n")

    def test_nor_a_scheme_that_it_extends(self, two: Call) -> None:
        Path("next.toml").write_text(
            'format = 1\n[scheme]\nid = "next"\nextends = "two"\n', "utf-8"
        )
        for command in (
            ["score", "next.toml", *SCORE[2:], "--format", "csv"],
            ["describe", "next.toml", "--format", "md"],
            ["diff", "next.toml", "next.toml", "--format", "text"],
        ):
            done = two(*command, "-o", "two.toml")
            assert done == (1, "", "two.toml: the output is one of the inputs\n")

    @pytest.mark.parametrize("inputs", [".", "*.csv"])
    def test_nor_is_an_output_written_where_it_would_become_one(
        self, two: Call, inputs: str
    ) -> None:
        done = two("score", "two.toml", inputs, "--unit", "agency", "-o", "out.csv")
        assert done.status == 1
        assert done.err == (
            f'out.csv: "{inputs}" would stand for the output too, the next time; '
            "write it into another folder\n"
        )
        assert not Path("out.csv").exists()
        Path("in").mkdir()
        for name in ("iit.csv", "oit.csv"):
            Path(name).rename(f"in/{name}")
        assert two("score", "two.toml", "in", "--unit", "agency", "-o", "out.csv").status == 0

    def test_it_is_told_before_anything_is_read(self, two: Call) -> None:
        """Not after an hour."""
        Path("iit.csv").write_text("damaged", "utf-8")
        assert two(*SCORE, "-o", "iit.csv").err == "iit.csv: the output is one of the inputs\n"


class TestOneUnit:
    """ "score without --unit is of one unit" """

    def test_it_is_what_evaluate_says(self, two: Call) -> None:
        """Of the tallies that anyone would count by hand."""
        Path("one.csv").write_text("i1,i2\n2,1\n2,2\n1,2\n", "utf-8")
        Path("o.toml").write_text('o1 = "not applicable"\n', "utf-8")
        status, out, err = two("score", "two.toml", "one.csv", "o.toml", "--format", "json")
        assert (status, err) == (0, "")
        evidence: dict[str, Evidence] = {
            "i1": Tally({"1": 1, "2": 2}),
            "i2": Tally({"1": 1, "2": 2}),
            "o1": itakit.NOT_APPLICABLE,
        }
        expected = itakit.evaluate(itakit.load("two.toml"), evidence).to_dict()
        assert json.loads(out) == json.loads(json.dumps(expected))

    def test_a_long_file_may_have_the_columns_of_a_sheet(self, two: Call) -> None:
        """Where the options name them."""
        text = "code,answer\n" + "i1,2\ni1,1\ni2,2\n"
        Path("long.csv").write_text(text, "utf-8")
        Path("o.toml").write_text("o1 = 50\n", "utf-8")
        words = ("--item", "code", "--answer", "answer", "--format", "csv")
        status, out, _ = two("score", "two.toml", "long.csv", "o.toml", *words)
        assert status == 0
        scores = {row["code"]: row["rounded"] for row in csv.DictReader(io.StringIO(out[1:]))}
        assert (scores["i1"], scores["i2"], scores["o1"]) == ("50.00", "100.00", "50.00")

    def test_evidence_is_given_once(self, two: Call) -> None:
        """Responses and a sheet of scores may not say the same."""
        Path("one.csv").write_text("i1,i2\n2,1\n", "utf-8")
        Path("s.csv").write_text("code,score\ni1,5\no1,1\n", "utf-8")
        assert two("score", "two.toml", "one.csv", "s.csv").err == (
            "s.csv:2: i1: evidence is given twice, first in one.csv; keep one of the two\n"
        )

    def test_what_is_wrong_with_a_sheet_has_its_line(self, two: Call) -> None:
        """Beside responses, too."""
        Path("one.csv").write_text("i1,i2\n2,1\n", "utf-8")
        Path("s.csv").write_text("code,score\no1,500\n", "utf-8")
        assert two("score", "two.toml", "one.csv", "s.csv").err.startswith("s.csv:2: o1: ")

    def test_strict_wants_a_score(self, two: Call) -> None:
        """Where all drops out, there is none."""
        text = SURVEYS.replace("range = [0, 100]", 'range = [0, 100]\nmissing = "skip"')
        Path("two.toml").write_text(text, "utf-8")
        Path("na.toml").write_text('IIT = "not applicable"\n', "utf-8")
        assert two("score", "two.toml", "na.toml").status == 0
        done = two("score", "two.toml", "na.toml", "--strict")
        assert done == (1, "", "total: no score: nothing is known of it\n")

    @pytest.mark.parametrize("ending", ["parquet", "xlsx"])
    def test_some_formats_are_for_many(self, two: Call, ending: str) -> None:
        """The call is wrong, and what is missing is told."""
        status, _, err = two("score", "two.toml", "ab.json", "-o", f"x.{ending}")
        assert status == 2
        assert f"the format {ending} is for many units: name their column with --unit" in err

    @pytest.mark.parametrize("name", ["s.csv", "s.toml", "s.json"])
    def test_a_sheet_of_one_unit_has_no_column_of_units(self, two: Call, name: str) -> None:
        """That is told, and not that a column is missing."""
        Path(name).write_text("code,score\no1,1\n", "utf-8")
        assert two("score", "two.toml", name, "--unit", "agency").err == (
            f"{name}: the file holds the evidence of one unit, and no responses of many: "
            "leave out --unit\n"
        )


class TestStrict:
    """A unit that lacks an item has no score; it is counted, and with --strict it is an error."""

    def test_it_is_counted(self, two: Call) -> None:
        """And stands in the table without a figure."""
        Path("oit.csv").write_text("agency,o1\nก,80\n", "utf-8")
        status, out, _ = two(*SCORE, "-o", "out.csv")
        assert status == 0
        assert out.splitlines()[-2:] == [
            "units without a score: 1 (ข)",
            "units without answers and score for o1: 1",
        ]
        row = next(row for row in rows("out.csv") if (row["agency"], row["code"]) == ("ข", "total"))
        assert (row["rounded"], row["grade"], row["status"]) == ("", "", "missing")

    def test_all_of_them_are_told_and_the_many_as_numbers(self, two: Call) -> None:
        """20 one by one."""
        units = [f"u{k:03}" for k in range(120)]
        Path("iit.csv").write_text("agency,i1,i2\n" + "".join(f"{u},2,\n" for u in units), "utf-8")
        Path("oit.csv").write_text("agency,o1\nu119,80\n", "utf-8")
        status, _, err = two(*SCORE, "--strict", "-o", "out.csv")
        lines = err.splitlines()
        assert status == 1
        assert len(lines) == 22
        assert lines[0].startswith('i2: in "u000": missing: neither answers nor a score; give it')
        assert lines[-2:] == [
            "i2: in 110 other units: missing: neither answers nor a score",
            "o1: in 109 other units: missing: neither answers nor a score",
        ]
        assert not Path("out.csv").exists()

    def test_a_unit_may_lack_all(self, two: Call) -> None:
        """Where the scheme skips what is missing, nothing else tells of it."""
        text = SURVEYS.replace("range = [0, 100]", 'range = [0, 100]\nmissing = "skip"')
        Path("two.toml").write_text(text, "utf-8")
        Path("oit.csv").write_text("agency,o1\nก,80\nข,50.5\nค,\n", "utf-8")
        assert two(*SCORE).status == 0
        assert two(*SCORE, "--strict").err == 'total: in "ค": no score: nothing is known of it\n'


class TestWhatNobodyHas:
    """No data is dropped without being counted and shown: nor is a column that is not there."""

    def test_an_item_without_a_column_is_told(self, two: Call) -> None:
        """As the others' weights grow with it, the figures alone look whole."""
        text = SURVEYS.replace("range = [0, 100]", 'range = [0, 100]\nmissing = "skip"')
        Path("two.toml").write_text(text, "utf-8")
        assert "no unit at all" not in two(*SCORE, "-o", "out.csv").out
        Path("iit.csv").write_text("agency,i1\nก,2\nข,1\n", "utf-8")
        out = two(*SCORE, "-o", "out.csv").out
        assert "known of no unit at all: 1 (i2)\n" in out
        done = two(
            "score", "two.toml", "oit.csv", "--unit", "agency", "-o", "out.csv", "--lang", "th"
        )
        assert "รายการที่ไม่มีข้อมูลของหน่วยงานใดเลย: 1 (IIT)\n" in done.out

    def test_what_units_lack_for_a_score_is_told_once(self, two: Call) -> None:
        """As what they lack."""
        Path("iit.csv").write_text("agency,i1\nก,2\nข,1\n", "utf-8")
        out = two(*SCORE, "-o", "out.csv").out
        assert "no unit at all" not in out
        assert "units without answers and score for i2: 2\n" in out


class TestWhatIsMeant:
    """What is nearly right is told what to write."""

    def test_cells_that_are_nearly_numbers(self, call: Call) -> None:
        Path("u.csv").write_text('unit,a,b\nx,"1,234",99%\ny,\u221299,๙9\nz,NA,5\n', "utf-8")
        done = call("score", "small.toml", "u.csv", "--unit", "unit", "--lang", "en")
        assert (done.status, done.out) == (1, "")
        for value, advice in (
            ("1,234", "write decimals with a point, and no separators between thousands"),
            ("99%", "write the number without the percent sign"),
            ("\u221299", "write the minus as -"),
            ("๙9", "write all of its digits in one script"),
            ("NA", "mend it, or count all such answers as missing with --on-unknown missing"),
        ):
            assert f'"{value}" (once) is not a score; {advice}' in done.err

    def test_numbers_between_goalposts_too(self, call: Call) -> None:
        scheme = Path("small.toml").read_text("utf-8")
        scheme = scheme.replace('code = "a"', 'code = "a"\nscale = "g"')
        Path("g.toml").write_text(scheme + "[scale.g]\ngoalposts = [0, 5000]\n", "utf-8")
        Path("u.csv").write_text('unit,a,b\nx,"1,234",9\n', "utf-8")
        err = call("score", "g.toml", "u.csv", "--unit", "unit", "--lang", "en").err
        assert "as the scale g expects; write decimals with a point" in err

    def test_the_column_of_units_is_no_unit(self, two: Call) -> None:
        done = two("explain", *SCORE[1:4], "--unit", "agency", "--lang", "en")
        assert done.status == 1
        assert "this is the column of units: name a unit, such as agency=ก" in done.err

    def test_why_units_have_no_score(self, call: Call) -> None:
        """Where no item is to blame, the nodes below the total are named."""
        scheme = Path("small.toml").read_text("utf-8")
        policy = 'missing = { policy = "skip", at_least = 0.9 }\n'
        Path("most.toml").write_text(scheme.replace("[aggregation]", f"{policy}[aggregation]"))
        Path("u.csv").write_text("unit,a,b\nx,1,\ny,,\nz,1,2\n", "utf-8")
        told = "too little is known below the total; these have no score: a 1, b 2\n"
        words = ("--unit", "unit", "--scores", "--lang", "en")
        assert told in call("score", "most.toml", "u.csv", *words).out
        Path("u.csv").write_text("unit,a,b\nz,1,2\n", "utf-8")
        assert "too little" not in call("score", "most.toml", "u.csv", *words).out


class TestExplainAUnit:
    """ "itakit explain SCHEME FILE… [--unit U] [CODE]" """

    def test_it_is_named_with_or_without_its_column(self, two: Call) -> None:
        """The column may be left out where no other is without a role."""
        words = ("explain", "two.toml", "iit.csv", "oit.csv")
        named = two(*words, "--unit", "agency=ก")
        assert named.status == 0
        assert named.out.startswith("Two surveys: 77.00")
        assert two(*words, "--unit", "ก") == two(*words, "--unit", "=ก") == named
        assert two(*words, "IIT", "--unit", "ก").out.startswith("Internal: 75.00")

    def test_a_name_may_have_an_equals_sign(self, two: Call) -> None:
        """The first one ends the column."""
        for name, text in (("iit.csv", IIT), ("oit.csv", OIT)):
            Path(name).write_text(text.replace("ก", "a=b"), "utf-8")
        words = ("explain", "two.toml", "iit.csv", "oit.csv", "--unit")
        for unit in ("agency=a=b", "=a=b"):
            assert two(*words, unit).out.startswith("Two surveys: 77.00")

    def test_no_such_unit_and_no_such_column_are_told(self, two: Call) -> None:
        """With what was meant."""
        words = ("explain", "two.toml", "oit.csv")
        Path("oit.csv").write_text("agency,o1\nKrabi,80\n", "utf-8")
        assert two(*words, "--unit", "Krabbi").err == (
            '"Krabbi": no response is of such a unit; did you mean "Krabi"?\n'
        )
        Path("oit.csv").write_text("agency,age,o1\nKrabi,4,80\n", "utf-8")
        assert two(*words, "--unit", "Krabi").err == (
            'which column names the unit cannot be told: columns without a role are "age", '
            '"agency"; write --unit COLUMN=UNIT\n'
        )
        text = ",".join(f"c{k:02}" for k in range(25)) + ",o1\n" + "1," * 25 + "8\n"
        Path("oit.csv").write_text(text, "utf-8")
        assert '"c19", …; write' in two(*words, "--unit", "Krabi").err

    def test_in_a_long_file_the_other_columns_have_roles(self, two: Call) -> None:
        """Named by options or not."""
        for heads, options in (
            ("agency,item,answer", []),
            ("agency,q,a", ["--item", "q", "--answer", "a"]),
        ):
            Path("long.csv").write_text(f"{heads}\nก,i1,2\nก,i2,1\n", "utf-8")
            Path("o.csv").write_text(f"{heads}\nก,o1,80\n", "utf-8")
            words = ("explain", "two.toml", "long.csv", "o.csv", "--unit", "ก", *options)
            assert two(*words).out.startswith("Two surveys: 62.00")


def sheet(path: str, name: str) -> list[tuple[object, ...]]:
    """The rows of a sheet, by a reader of its own."""
    import openpyxl

    return list(openpyxl.load_workbook(path)[name].values)


class TestExtras:
    """What reads and writes tables is an extra."""

    @pytest.mark.parametrize(
        ("library", "output", "extra"),
        [
            ("polars", "x.csv", "frames"),
            ("narwhals", "x.csv", "frames"),
            ("xlsxwriter", "x.xlsx", "xlsx"),
        ],
    )
    def test_what_to_install_is_told(
        self, two: Call, tmp_path: Path, library: str, output: str, extra: str
    ) -> None:
        """Before anything is read; the call is wrong."""
        Path("iit.csv").write_text("damaged", "utf-8")
        # What cannot be imported, for a program that has imported nothing yet.
        without = (
            f"import sys; sys.modules[{library!r}] = None; import itakit.__main__ as m; m.main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", without, *SCORE, "-o", output, "--lang", "th"],
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, b"")
        assert f'pip install "itakit[{extra}]"' in done.stderr.decode()

    def test_a_file_that_is_not_there_needs_no_extra(self, tmp_path: Path) -> None:
        """What is wrong is its name, whatever is installed."""
        without = "import sys; sys.modules['polars'] = None; import itakit.__main__ as m; m.main()"
        done = subprocess.run(
            [sys.executable, "-c", without, "score", "ita_2565", "none.csv", "--lang", "en"],
            capture_output=True,
            check=False,
            cwd=tmp_path,
        )
        assert done.returncode == 1
        told = b"none.csv: the file cannot be read: no such file or directory"
        assert done.stderr.strip() == told

    def test_another_missing_module_is_a_fault(
        self, two: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is not told to be the extra."""

        def missing(*_: object) -> None:
            raise ModuleNotFoundError("no", name="another")

        monkeypatch.setattr("itakit.cli_score.import_module", missing)
        assert "ModuleNotFoundError" in two(*SCORE, "-o", "x.xlsx").err


class TestProgramOnResponses:
    """The program as a shell runs it."""

    def program(self, *words: str, **streams: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            [sys.executable, "-m", "itakit", *words],
            env=clean({"LANG": "en_US.UTF-8", "PYTHONUNBUFFERED": "1"}),
            **streams,
        )

    def test_a_reader_that_goes_away_is_no_error_of_ours(self, two: Call) -> None:
        """`itakit score … --format csv | head -1`; also where writes are not buffered."""
        lines = "".join(f"u{k},2,1\n" for k in range(20000))
        Path("iit.csv").write_text("agency,i1,i2\n" + lines, "utf-8")
        process = self.program(
            *SCORE, "--format", "csv", stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr is not None
        assert (process.stderr.read(), process.wait(30)) == (b"", 141)
        process.stderr.close()

    def test_ctrl_c_ends_it_and_leaves_nothing(self, two: Call, tmp_path: Path) -> None:
        """No traceback, no output and no copy of an input."""
        (tmp_path / "tmp").mkdir()
        lines = "".join(f"u{k % 9},2,1\n" for k in range(3_000_000))
        Path("iit.csv").write_text("agency,i1,i2\n" + lines, "cp874")
        process = subprocess.Popen(
            [sys.executable, "-m", "itakit", *SCORE, "-o", "out.csv"],
            env=clean({"TMPDIR": str(tmp_path / "tmp")}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        while process.poll() is None and not list((tmp_path / "tmp").glob("*/*")):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err.strip()) == (130, b"", b"")
        assert not Path("out.csv").exists()
        assert list((tmp_path / "tmp").iterdir()) == []

    def test_no_binary_goes_to_a_terminal(self, two: Call) -> None:
        """It would be noise there."""
        ours, theirs = os.openpty()
        process = self.program(*SCORE, "--format", "parquet", stdout=theirs, stderr=subprocess.PIPE)
        _, err = process.communicate(timeout=30)
        os.close(theirs)
        os.close(ours)
        assert process.returncode == 2
        assert b"the format parquet is no text: name a file with -o" in err

    def test_binary_goes_through_a_pipe(self, two: Call) -> None:
        """To the byte as into a file."""
        two(*SCORE, "-o", "out.parquet")
        process = self.program(
            *SCORE, "--format", "parquet", stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        out, err = process.communicate(timeout=30)
        assert out == Path("out.parquet").read_bytes()
        assert b"units: 2" in err

    def test_scores_are_decimals(self, two: Call) -> None:
        """And stay what was published."""
        two(*SCORE, "-o", "out.parquet")
        first = pl.read_parquet("out.parquet").row(0, named=True)
        assert first["rounded"] == Decimal("77.00")
