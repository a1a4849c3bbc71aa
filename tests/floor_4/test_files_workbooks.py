"""Workbooks of answers: what a person sees in a cell is what is read."""

from __future__ import annotations

import datetime
import io
import sys
from pathlib import Path
from typing import Any

import openpyxl
import polars
import pytest

from itakit import EvidenceError
from itakit.files import open_sources, spreadsheet
from tests.floor_4.files.workbooks import book, packed


def read(folder: Path, data: bytes, sheet: str = "") -> tuple[list[str], list[Any], list[Any]]:
    """The columns, the cells and the lines of a workbook."""
    (folder / "a.xlsx").write_bytes(data)
    with open_sources([f"{folder / 'a.xlsx'}{sheet}"]) as (source,):
        cells = source.frame.collect()
        assert set(cells.dtypes) == {polars.String}
        return cells.columns, cells.rows(), [source.line(i) for i in range(cells.height)]


def shown(folder: Path, cell: str, **parts: Any) -> str | None:
    """What is read of one cell, given as XML."""
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c>'
    head += '<c t="inlineStr"><is><t>b</t></is></c></row>'
    cells = f'{head}<row><c r="A2"><v>1</v></c>{cell}</row>'
    return str(read(folder, packed(cells=cells, **parts))[1][0][1])


def percent(*rows: tuple[object, str]) -> bytes:
    """A workbook with a column of cells and their number formats."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(["a"])
    for row, (value, form) in enumerate(rows, 2):
        sheet.cell(row, 1, value).number_format = form
    made.calculation.fullCalcOnLoad = False
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class TestPercentages:
    """ "Nothing lost, nothing guessed": who sees 85% does not mean 0.85."""

    def test_a_number_that_is_shown_as_a_percentage_is_told(self, tmp_path: Path) -> None:
        rows = [(0.85, "0%"), (85, "0.00"), (0.5, '0.0"%"'), (0.25, '0.0\\ %;"none"'), ("5%", "0%")]
        with pytest.raises(EvidenceError) as caught:
            read(tmp_path, percent(*rows))
        assert [(p.line, p.key, p.says.name) for p in caught.value.problems] == [
            (2, "A2", "percent"),
            (5, "A5", "percent"),
        ]
        assert "85% is seen; write 85 and format the cells as numbers" in str(caught.value)

    def test_of_many_the_first_are_told(self, tmp_path: Path) -> None:
        with pytest.raises(EvidenceError, match="25 numbers are shown as percentages") as caught:
            read(tmp_path, percent(*[(0.5, "0.00%")] * 25))
        assert len(caught.value.problems) == 21


class TestCells:
    """ "Numbers: 4.0 is "4"; dates, booleans and errors as their text." """

    def test_a_library_writes_it_and_the_text_is_read(self, tmp_path: Path) -> None:
        """Of every kind that a cell can hold."""
        row = [
            4, 4.0, 9.1, 3.0000000001, "4", True, "#N/A",
            datetime.date(2022, 1, 31), datetime.time(6, 0), " ที่ ", None,
        ]  # fmt: skip
        names = [*"abcdefghi", 9.1, "k"]
        columns, cells, lines = read(tmp_path, book([names, row, row]))
        assert columns == [*"abcdefghi", "9.1", "k"]
        assert cells == 2 * [
            (
                *("4", "4", "9.1", "3.0000000001", "4", "TRUE", "#N/A", "2022-01-31"),
                *("06:00:00", " ที่ ", None),
            )
        ]
        assert lines == [2, 3]

    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("<c><v>1.1000000000000001</v></c>", "1.1"),
            ("<c><v>1E-3</v></c>", "0.001"),
            ("<c><v>1E+20</v></c>", "100000000000000000000"),
            ("<c><v>-0.5</v></c>", "-0.5"),
            ("<c><v>1234567890123456</v></c>", "1234567890123456"),
            ("<c><v>1E999999999</v></c>", "Infinity"),
            ('<c t="e"><v>#REF!</v></c>', "#REF!"),
            ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
            ('<c t="b"><v>0</v></c>', "FALSE"),
            ('<c t="d"><v>2022-01-31</v></c>', "2022-01-31"),
            ("<c><f>1+1</f><v>2</v></c>", "2"),
            ('<c t="str"><f>A1</f><v>x_x000D_y</v></c>', "x\ry"),
            ('<c t="str"><f>A1</f><v></v></c>', "None"),
            ('<c s="1"><v>44592</v></c>', "2022-01-31"),
            ('<c s="2"><v>44592</v></c>', "44592"),
            ('<c s="3"><v>44592.75</v></c>', "2022-01-31 18:00:00"),
            ('<c s="1"><v>1E300</v></c>', "#VALUE!"),
            ('<c s="4"><v>1.5</v></c>', "36:00:00"),
            ('<c t="s"><v>0</v></c>', "รวม"),
            ('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
            ('<c t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c>', "a"),
            ('<c r="C2"><v>7</v></c>', "None"),
        ],
    )
    def test_a_cell_is_the_text_that_is_seen(self, cell: str, text: str, tmp_path: Path) -> None:
        """In each of the ways that the standard has to store it."""
        texts = '<si><r><t>ร</t></r><rPh sb="0" eb="1"><t>x</t></rPh><r><t>วม</t></r></si>'
        styles = (
            '<numFmts><numFmt numFmtId="170" formatCode="[$-41E]d mmm yyyy h:mm"/>'
            '<numFmt numFmtId="171" formatCode="[h]:mm"/></numFmts>'
            '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
            '<xf numFmtId="14"/><xf/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>'
            "<dxfs><xf/></dxfs>"
        )
        if 'r="C2"' in cell:
            with pytest.raises(Exception, match="the column has no name"):
                shown(tmp_path, cell)
        else:
            assert shown(tmp_path, cell, texts=texts, styles=styles) == text

    def test_a_workbook_may_count_its_days_from_1904(self, tmp_path: Path) -> None:
        """As those of old Macs do."""
        styles = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
        made = '<x:workbookPr date1904="1"/>'
        cell = '<c s="1"><v>43130</v></c>'
        assert shown(tmp_path, cell, styles=styles, properties=made) == "2022-01-31"

    @pytest.mark.parametrize(
        "cells",
        [
            '<row r="1"><c r="A1"><v>x</v></c></row>',
            '<row r="1"><c r="A1"><v>NaN</v></c></row>',
            '<row r="1"><c r="A1"><v>9</v></c></row><row r="3"/><row r="2"/>',
            '<row r="1"><c r="A1"><v>9</v></c></row><row r="1"/>',
            '<row r="1"><c r="B1"><v>9</v></c><c r="A1"><v>8</v></c></row>',
            '<row r="1048577"><c r="A1048577"><v>9</v></c></row>',
        ],
    )
    def test_what_openpyxl_would_lose_is_damage(self, cells: str, tmp_path: Path) -> None:
        """Rows and cells that are not in order, and numbers that are none."""
        with pytest.raises(EvidenceError, match="the file is damaged or cut off"):
            read(tmp_path, packed(cells=cells))

    def test_a_workbook_of_the_strict_kind_is_not_taken_for_an_empty_one(
        self, tmp_path: Path
    ) -> None:
        """Its names are others than openpyxl knows."""
        strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        with pytest.raises(EvidenceError, match="the file is damaged or cut off"):
            read(tmp_path, packed(cells='<row><c t="str"><v>a</v></c></row>', office=strict))

    def test_without_openpyxl_it_is_told_what_to_install(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With the path of the file that needs it."""
        for name in ("spreadsheet", "worksheet", "workbook"):
            monkeypatch.delitem(sys.modules, f"itakit.files.{name}")
        monkeypatch.setitem(sys.modules, "openpyxl.reader.excel", None)
        with pytest.raises(EvidenceError) as caught:
            read(tmp_path, book([["a"], [1]]))
        told = caught.value.text("en")
        assert told.startswith(str(tmp_path / "a.xlsx"))
        assert told.endswith('pip install "itakit[xlsx]"')


class TestSheets:
    """ "The first sheet if only one has content." """

    def test_the_only_full_sheet_is_read(self, tmp_path: Path) -> None:
        """Empty ones and hidden ones are passed over."""
        data = book([], [["a"], [1]], [["lists"], ["x"]], hidden=[3])
        assert read(tmp_path, data) == (["a"], [("1",)], [2])

    @pytest.mark.parametrize(("sheet", "name"), [("#Sheet1", "a"), ("#Sheet2", "b")])
    def test_a_sheet_is_named_behind_its_file(self, sheet: str, name: str, tmp_path: Path) -> None:
        """Then any will do, a hidden one too."""
        data = book([["a"], [1]], [["b"], [2]], hidden=[2])
        assert read(tmp_path, data, sheet)[0] == [name]

    def test_blank_rows_are_left_out_and_counted(self, tmp_path: Path) -> None:
        """A row keeps its number in the sheet."""
        rows: list[list[object]] = [
            [None],
            ["a", "b"],
            [None],
            [1, 2],
            [None, 3],
            [None],
            [None],
            [4, 5],
        ]
        _, cells, lines = read(tmp_path, book(rows))
        assert cells == [("1", "2"), (None, "3"), ("4", "5")]
        assert lines == [4, 5, 8]
        with open_sources([tmp_path / "a.xlsx"]) as (source,):
            assert source.blank_rows == 3

    def test_what_is_merged_beside_the_table_does_no_harm(self, tmp_path: Path) -> None:
        """Above its header, below its end and to its right."""
        rows: list[list[object]] = [[None], [None], ["a", "b"], [1, 2]]
        data = book(rows, merged=["A1:B1", "A6:B7", "D3:E4"])
        assert read(tmp_path, data)[1] == [("1", "2")]

    def test_a_long_sheet_is_read_in_parts(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In order, none lost where one part ends."""
        monkeypatch.setattr(spreadsheet, "_CELLS", 6)
        rows = [["a", "b"], *([str(i), str(-i)] for i in range(9))]
        _, cells, lines = read(tmp_path, book(rows))
        assert cells == [(str(i), str(-i)) for i in range(9)]
        assert lines == list(range(2, 11))

    def test_a_sheet_of_charts_is_no_table(self, tmp_path: Path) -> None:
        """It has no cells."""
        import openpyxl

        made = openpyxl.Workbook()
        made.worksheets[0].append(["a"])
        made.worksheets[0].append([1])
        made.create_chartsheet("chart")
        made.calculation.fullCalcOnLoad = False
        out = io.BytesIO()
        made.save(out)
        assert read(tmp_path, out.getvalue())[1] == [("1",)]
