"""Boards as files and pages show them: exact, harmless, and the same every time."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import polars as pl
import pytest
from attrs import evolve

import itakit
from itakit import ItakitError, boards
from itakit.boards import Format, render, summary
from itakit.frames.batch import evaluate_panel
from itakit.frames.board import Board, lay_out
from itakit.frames.evaluating import read
from itakit.frames.pooling import pool
from itakit.frames.responses import Named, by_row
from itakit.frames.roles import Columns
from tests.roof.test_cli_responses import SURVEYS

TEXTS: tuple[Format, ...] = ("table", "md", "csv", "json")
UGLY = ["=1+1", "+1", "-1", "@a", "\t=2", "\r=3", "\n=4", "＝5", "'=6", "a\nb", "a|b", "\x1b[31mc"]


def board(
    units: list[Any] | None = None,
    weights: list[Any] | None = None,
    unit: str = "agency",
    scheme: str = SURVEYS,
    **options: Any,
) -> Board:
    """The board of units with three responses each, of which the last is no answer."""
    names = ["ก", "ข"] if units is None else units
    frame = pl.DataFrame(
        {
            unit: [name for name in names for _ in range(3)],
            "i1": [1, 2, 2] * len(names),
            "i2": [2, 9, None] * len(names),
            "w": [1, 1, 1] * len(names) if weights is None else weights,
            "people": [30] * 3 * len(names),
        }
    )
    columns = Columns(unit, weight="w", population="people", **options)
    rules = itakit.loads(scheme)
    open_data = pl.DataFrame({unit: names, "o1": ["80.5"] * len(names)})
    frames = [Named("f", frame, by_row), Named("o", open_data, by_row)]
    responses, _ = read(rules, frames, columns)
    panel = pool(rules, responses, scores=False, on_unknown="error")
    return lay_out(panel, evaluate_panel(panel), unit, "th")


class TestNumbersAreExact:
    """ "Exact. Rounding happens where the scheme says and nowhere else." """

    def test_a_json_figure_is_the_text_of_a_decimal(self) -> None:
        """With its places; counts are numbers, and what is not there is null."""
        record = json.loads(render(board(), "json", "en"))
        total, survey = record["rows"][:2]
        assert (total["rounded"], survey["rounded"]) == ("82.20", "83.33")
        assert total["coverage"] == "1.000000"
        assert (survey["respondents"], survey["required"], survey["shortfall"]) == (3, 3, 0)
        assert total["n"] is None

    @pytest.mark.parametrize("places", [0, 3, 9])
    def test_every_place_of_a_figure_is_there(self, places: int) -> None:
        """As the scheme publishes it."""
        rounding = f'root = "total"\nrounding = {{ places = {places}, mode = "half-up" }}\n'
        text = SURVEYS.replace("range = ", f"{rounding}range = ")
        result = itakit.evaluate(
            itakit.loads(text),
            {"i1": itakit.Tally({"1": 1, "2": 2}), "i2": itakit.Tally({"2": 1}), "o1": "80.5"},
        )
        rows = list(
            csv.DictReader(io.StringIO(render(board(scheme=text), "csv", "en").decode("utf-8-sig")))
        )
        assert [row["rounded"] for row in rows[:6]] == [str(node.rounded) for node in result]

    def test_respondents_may_stand_for_parts_of_people(self) -> None:
        """A weight of one and a half stays that; a third is shown to twelve places."""
        table = board(weights=["1.5", "0.25", "1"] * 2).table
        assert table["n"].to_list()[:6] == [
            None,
            None,
            Decimal("2.75"),
            Decimal("1.50"),
            None,
            None,
        ]
        thirds = board(weights=["1/3", "1", "1"] * 2).table
        assert thirds["n"][3] == Decimal("0.333333333333")
        tiny = board(weights=["1." + "0" * 20 + "1", "1", "1"] * 2).table
        assert tiny["n"][3] == Decimal("1.000000000000")
        assert table.filter(code="IIT")["respondents"].to_list() == [3, 3]

    @pytest.mark.parametrize("big", [2**53, 2**63, 10**37])
    def test_respondents_may_be_more_than_a_machine_word(self, big: int) -> None:
        """Then they are decimals."""
        table = board(weights=[str(big), "0", "0"] * 2).table
        assert table["n"][2] == big

    def test_more_than_a_decimal_holds_is_told(self) -> None:
        """And not lost."""
        with pytest.raises(
            ItakitError, match=r"more respondents than a table can hold, at most 10\^37"
        ):
            board(weights=["0.1", str(10**37), "1"] * 2)


class TestGrades:
    """ "A grade may ask something of every survey." (design.md, section 3)"""

    @pytest.mark.parametrize(("least", "grade"), [("80.5", "ผ่าน"), ("80.51", "ไม่ผ่าน")])
    def test_what_a_grade_requires_is_asked(self, least: str, grade: str) -> None:
        """The lower survey has 80.50."""
        text = SURVEYS.replace("from = 50\n", f"from = 50\nrequires = {{ survey = {least} }}\n")
        assert board(scheme=text).grades == [grade, grade]


class TestIdentity:
    """ "Every result carries the scheme's id, version and a hash of its meaning, and the itakit
    version." """

    def test_a_parquet_file_has_it(self) -> None:
        """In its metadata, where every reader finds it."""
        found = pl.read_parquet_metadata(io.BytesIO(render(board(), "parquet", "en")))
        scheme = itakit.loads(SURVEYS)
        assert {key: found[key] for key in found if not key.startswith("ARROW")} == {
            "itakit": itakit.__version__,
            "scheme": "two",
            "scheme_version": "1.2.0",
            "scheme_hash": scheme.hash,
        }

    def test_a_workbook_and_json_have_it(self) -> None:
        """On a sheet of its own, and at the head."""
        scheme = itakit.loads(SURVEYS)
        record = json.loads(render(board(), "json", "en"))
        assert record["format"] == 1
        assert record["itakit"] == itakit.__version__
        assert record["scheme"] == {"id": "two", "version": "1.2.0", "hash": scheme.hash}
        cells = [cell for row in sheets(board())["about"] for cell in row]
        assert {itakit.__version__, "two", "1.2.0", scheme.hash} <= set(cells)

    @pytest.mark.parametrize("format", ["table", "md"])
    def test_a_page_has_it(self, format: Format) -> None:
        """In its first line."""
        first = render(board(), format, "en").decode().splitlines()[0]
        shown = itakit.loads(SURVEYS).hash[:12]
        assert first.endswith(
            f"scheme two, version 1.2.0, hash {shown}; itakit {itakit.__version__}"
        )


def sheets(found: Board) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook, by a reader of its own."""
    book = openpyxl.load_workbook(io.BytesIO(render(found, "xlsx", "th")))
    return {name: [list(row) for row in book[name].values] for name in book.sheetnames}


class TestTextsAreHarmless:
    """A name in the data is never run, by a spreadsheet or by a terminal."""

    def test_no_text_in_csv_begins_as_a_formula(self) -> None:
        """Neither the name of a unit nor that of a column."""
        text = render(board(UGLY, unit="=unit"), "csv", "en").decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not [cell for cell in (row[0], row[1]) if cell[:1] in set("=+-@\t\r\n＝＋－＠")]
        assert '"\'=1+1"' in text or "'=1+1" in text

    def test_a_workbook_has_texts_and_numbers(self) -> None:
        """No formula, and a figure can be added up."""
        book = openpyxl.load_workbook(io.BytesIO(render(board(UGLY), "xlsx", "en")))
        cells = [cell for row in book["units"].iter_rows(min_row=2) for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert {cell.value for cell in cells} >= {"=1+1", "+1", "-1", "@a"}
        assert cells[1].value == 82.2
        assert cells[1].number_format == "0.00"

    @pytest.mark.parametrize("format", ["table", "md"])
    def test_a_page_has_a_line_for_a_unit(self, format: Format) -> None:
        """No command reaches a terminal, and no name breaks a table."""
        shown = render(board(UGLY), format, "th").decode()
        assert "\x1b" not in shown
        assert len(shown.split("\n\n")[1].splitlines()) == len(UGLY) + (
            1 if format == "table" else 2
        )

    def test_a_long_number_keeps_its_digits(self) -> None:
        """A spreadsheet has fifteen, so a longer code is a text there."""
        rows = sheets(board([10**14, 10**17 + 1]))["units"]
        assert [row[0] for row in rows[1:]] == [10**14, "100000000000000001"]

    def test_a_text_too_long_for_a_cell_is_told(self) -> None:
        """And not left out."""
        with pytest.raises(
            ItakitError, match=r"a text of 32,768 characters is more than the 32,767"
        ):
            render(board(["x" * 32768]), "xlsx", "en")
        assert len(sheets(board(["x" * 32767]))["units"][1][0]) == 32767


class TestFormats:
    """Each is what its readers expect."""

    def test_csv_is_what_excel_reads(self) -> None:
        """A byte order mark, and CRLF at the end of every line."""
        data = render(board(), "csv", "en")
        assert data.startswith("\ufeffagency,code,level,".encode())
        assert data.count(b"\n") == data.count(b"\r\n") == 1 + 2 * 6

    def test_a_workbook_has_all_nodes_where_there_is_room(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Else that is told, in it and in the summary."""
        assert len(sheets(board())["nodes"]) == 1 + 2 * 6
        assert "more than a sheet holds" not in summary(board(), "en", "xlsx")
        monkeypatch.setattr(boards, "SHEET_ROWS", 12)
        found = sheets(board())
        assert list(found) == ["units", "about"]
        said = "12 แถวเกินกว่าที่แผ่นงานหนึ่งเก็บได้"
        assert any(said in str(row[0]) for row in found["about"])
        assert "the 12 rows of all nodes are more than a sheet holds" in summary(
            board(), "en", "xlsx"
        )
        assert "more than a sheet holds" not in summary(board(), "en", "csv")
        monkeypatch.setattr(boards, "SHEET_ROWS", 2)
        with pytest.raises(ItakitError, match="2 units are more than the 1 that a sheet holds"):
            render(board(), "xlsx", "en")

    @pytest.mark.parametrize("format", [*TEXTS, "parquet", "xlsx"])
    def test_the_same_board_is_the_same_file(self, format: Format) -> None:
        """To the byte."""
        assert render(board(), format, "th") == render(board(), format, "th")

    @pytest.mark.parametrize("format", TEXTS)
    def test_a_scheme_without_grades_and_version_has_none(self, format: Format) -> None:
        """And nothing is said of them."""
        text = SURVEYS.replace('version = "1.2.0"\n', "")
        head, _, rest = text.partition("[[grade]]")
        bare = head + "[[survey]]" + rest.partition("[[survey]]")[2]
        shown = render(board(scheme=bare), format, "en").decode()
        assert "ผ่าน" not in shown
        assert "grades:" not in shown

    def test_units_that_are_whole_numbers_stand_by_size(self) -> None:
        """Where the frame has them so."""
        assert board([10, 9]).table["agency"].unique(maintain_order=True).to_list() == [9, 10]


class TestSummary:
    """ "a summary (units, respondents per survey, answers read, not applicable, missing, unknown;
    grades)" """

    def test_what_units_lack_is_counted_most_first(self) -> None:
        """Five items, and the number of the others."""
        scheme = itakit.loads(many_items(7))
        frame = pl.DataFrame({"u": ["a", "b"], "q0": [1, 2], "q1": [None, 5]})
        responses, _ = read(scheme, [Named("", frame, by_row)], Columns("u"))
        panel = pool(scheme, responses, scores=False, on_unknown="error")
        found = lay_out(panel, evaluate_panel(panel), "u", "en")
        assert found.lacking == [*((f"q{k}", 2) for k in range(2, 7)), ("q1", 1)]
        assert summary(found, "en").splitlines()[-2:] == [
            "units without answers and score for q6: 2",
            "other items without, in some units: 1",
        ]
        assert "units without a score: 2 (a, b)" in summary(found, "en")

    def test_names_are_few(self) -> None:
        """Five of them, each on the line."""
        scheme = itakit.loads(many_items(2))
        frame = pl.DataFrame({"u": [f"u\n{k}" for k in range(6)], "q0": [1] * 6})
        responses, _ = read(scheme, [Named("", frame, by_row)], Columns("u"))
        panel = pool(scheme, responses, scores=False, on_unknown="error")
        found = lay_out(panel, evaluate_panel(panel), None, "en")
        assert "(u 0, u 1, u 2, u 3, u 4, …)" in summary(found, "en")
        assert "unit" not in found.table.columns

    def test_mended_names_and_empty_rows_are_counted(self) -> None:
        """Where there are any."""
        scheme = itakit.loads(many_items(2))
        frames = [
            Named("", pl.DataFrame({"u": [name], item: [1]}), by_row)
            for item, name in (("q0", "น\u0e49\u0e33"), ("q1", "น\u0e4d\u0e49\u0e32"))
        ]
        responses, _ = read(scheme, frames, Columns("u"))
        panel = pool(scheme, responses, scores=False, on_unknown="error")
        panel = evolve(panel, reading=evolve(panel.reading, blank_rows=3))
        found = lay_out(panel, evaluate_panel(panel), "u", "en")
        assert "units: 1" in summary(found, "en")
        assert "rows without anything in them, left out: 3" in summary(found, "en")
        assert "units whose name is written in several ways: 1" in summary(found, "en")
        assert "several ways" not in summary(board(), "en")


def many_items(n: int) -> str:
    """A scheme of items that need a score."""
    items = "".join(f'[[item]]\ncode = "q{k}"\n' for k in range(n))
    return (
        'format = 1\n[scheme]\nid = "many"\nrange = [0, 100]\n'
        f'[aggregation]\nitem = "mean"\ntotal = "mean"\n{items}'
    )


def test_every_sentence_of_a_summary_is_said_in_thai() -> None:
    """As the page is."""
    assert "หน่วยงาน: 2" in summary(board(), "th")
