"""The codebook: a row for every item, in a table that opens anywhere and runs nowhere."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

import itakit
from itakit.document.codebook import codebook, rows

PROBE = itakit.load(Path(__file__).with_name("documents") / "probe.toml")
ALL = itakit.load(Path(__file__).with_name("documents") / "all.toml")
ITA = itakit.find("ita_2565")
NUMBERS = itakit.loads("""
format = 1
scheme = { id = "numbers", range = [0, 100] }
aggregation = { item = "mean", total = "mean" }
item = [{ code = "-1", scale = "income" }, { code = "-1-1", scale = "years" }]
[scale.income]
goalposts = [1, 100]
clamp = true
transform = "log"
not_applicable = ["-99"]
no_answer = ["..", "-9999"]
[scale.years]
goalposts = [0, 5]
""")


def read(data: bytes) -> list[dict[str, str]]:
    """The rows of a codebook in CSV, by their heads."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


class TestCodebook:
    """ "The codebook comes from the same file." (issue 4, item 6)"""

    def test_an_item_has_a_row_with_all_that_a_coder_must_know(self) -> None:
        """Where it stands, what is asked, what may be answered, and what that scores."""
        found = {row["code"]: row for row in read(codebook(ITA, "csv"))}
        assert list(found) == [item.code for item in ITA.leaves()]
        assert found["i11.2"] == {
            "code": "i11.2",
            "level": "part",
            "survey": "IIT",
            "indicator": "2",
            "sub_indicator": "",
            "question": "i11",
            "question_th": "การจัดซื้อจัดจ้าง: เอื้อผู้ค้าบางราย",
            "question_en": "Procurement: Favours a supplier",
            "scale": "degree_reversed",
            "answers_th": "1 = น้อยที่สุดหรือไม่มีเลย (100); 2 = น้อย (67); 3 = มาก (33); 4 = มากที่สุด (0)",
            "answers_en": "1 = Least or not at all (100); 2 = Little (67); 3 = Much (33); "
            "4 = Most (0)",
            "not_applicable": "",
            "no_answer": "",
            "range": "",
            "clamp": "",
            "transform": "",
            "share": "0.005",
        }
        assert found["o1"]["sub_indicator"] == "9.1"
        assert found["o1"]["question_en"] == "Structure"
        assert Fraction(found["o1"]["share"]) == Fraction("0.0044444444")

    def test_an_item_without_answers_to_choose_from_has_a_range(self) -> None:
        """Its goalposts, or the range of scores; where nothing is linear, no share."""
        found = {row["code"]: row for row in read(codebook(PROBE, "csv"))}
        assert found["'=x"]["range"] == "0 … 100"
        assert found["unit"]["range"] == "85.5 … 20"
        assert found["unit"]["not_applicable"] == "n'a; n\"a; n'\"a"
        assert found["1.1"]["range"] == ""
        assert found["1.1"]["answers_en"] == "ใช่ ครับ = =Yes (100); no = no (0)"
        assert {row["code"]: row["share"] for row in read(codebook(ALL, "csv"))}["b1"] == ""

    def test_a_level_that_is_called_like_a_column_is_told_apart(self) -> None:
        """No column has the name of another."""
        scheme = itakit.loads(
            'format = 1\n[scheme]\nid = "s"\nrange = [0, 1]\n[aggregation]\nitem = "mean"\n'
            '"share" = "mean"\ntotal = "mean"\n[[share]]\ncode = "a"\nitem = ["b"]\n'
        )
        assert rows(scheme)[0][:3] == ["code", "level", "level:share"]

    def test_a_spreadsheet_runs_nothing_of_it(self) -> None:
        """A text that begins like a formula has a quote before it in CSV."""
        cells = [
            cell for row in csv.reader(io.StringIO(codebook(PROBE, "csv").decode())) for cell in row
        ]
        assert "'=x" in cells
        assert not any(re.match(r"[=+@]|-(?!\d+$)", cell) for cell in cells)
        sheet = openpyxl.load_workbook(io.BytesIO(codebook(PROBE, "xlsx")))["codebook"]
        assert [[cell.value or "" for cell in row] for row in sheet] == rows(PROBE)
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
        assert {cell.value for row in sheet for cell in row if cell.data_type == "n"} == {None}

    def test_a_number_is_no_formula_and_stays_as_it_is(self) -> None:
        """A code such as -1 is the same in the codebook and in the data."""
        found = {row["code"]: row for row in read(codebook(NUMBERS, "csv"))}
        assert found["-1"]["not_applicable"] == "-99"
        assert found["'-1-1"]["level"] == "item"

    def test_a_number_has_all_that_becomes_of_it(self) -> None:
        """Codes for no answer, goalposts, what lies beyond them, and the transform."""
        found = {row["code"]: row for row in read(codebook(NUMBERS, "csv"))}
        heads = ("no_answer", "range", "clamp", "transform")
        assert [found["-1"][head] for head in heads] == ["..; -9999", "1 … 100", "yes", "log"]
        assert [found["'-1-1"][head] for head in heads] == ["", "0 … 5", "no", ""]

    @pytest.mark.parametrize("scheme", [ITA, PROBE], ids=["ita", "probe"])
    def test_markdown_has_the_same_rows(self, scheme: itakit.Scheme) -> None:
        """One line for each, below the heads and the ruler."""
        lines = codebook(scheme, "md").decode().splitlines()
        assert len(lines) == len(scheme.leaves()) + 2
        assert lines[0].startswith("| code | level | survey |")
