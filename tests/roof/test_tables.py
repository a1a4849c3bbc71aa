"""A result as a file or a page shows it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit import Result
from itakit.dossier import read_dossier
from itakit.tables import FORMATS, SUFFIXES, _cell, columns, escape_markdown, render
from itakit.titles import Title

FOLDER = Path(__file__).parents[1] / "floor_3" / "explanations"
GOLDEN = Path(__file__).parent / "tables"


def result(name: str) -> Result:
    scheme = itakit.load(FOLDER / Path(name).parent / "scheme.toml")
    return itakit.evaluate(scheme, read_dossier([str(FOLDER / f"{name}.toml")]).evidence)


def titled(text: str) -> Result:
    """A result whose root and whose only item have a title."""
    found = result("graded/next")
    scheme = found.scheme
    child = attrs.evolve(scheme.root.children[0], title=Title.of(text), weight=Fraction(100))
    root = attrs.evolve(scheme.root, title=Title.of(text), children=(child,))
    return itakit.evaluate(attrs.evolve(scheme, root=root, grades=()), {"IIT": 50})


class TestFormats:
    """ "[--format table|json|csv|md]" (design.md, section 6)"""

    @pytest.mark.parametrize("name", ["missing/evidence", "carried/evidence", "graded/nothing"])
    @pytest.mark.parametrize("format", ["table", "csv", "md"])
    @pytest.mark.parametrize("lang", ["en", "th"])
    def test_a_result_is_shown_as_it_was_read(self, name: str, format: str, lang: str) -> None:
        """To the letter, in both languages."""
        now = render(result(name), format, lang)  # type: ignore[arg-type]
        beside = GOLDEN / f"{name.replace('/', '_')}.{lang}.{format}.golden"
        if os.environ.get("UPDATE_GOLDEN"):
            beside.parent.mkdir(exist_ok=True)
            beside.write_bytes(now.encode())
        assert now == beside.read_bytes().decode()

    def test_json_is_the_record(self) -> None:
        """Exact, whatever the language."""
        found = result("missing/evidence")
        for lang in ("en", "th"):
            assert json.loads(render(found, "json", lang)) == found.to_dict()
            assert "ขาดข้อมูล" in render(found, "json", lang)

    @pytest.mark.parametrize("format", FORMATS)
    def test_a_text_ends_with_one_line_break(self, format: str) -> None:
        """So that a shell's prompt stands in a line of its own."""
        text = render(result("graded/next"), format, "en")  # type: ignore[arg-type]
        assert re.search(r"[^\n]\r?\n\Z", text)

    def test_every_format_has_an_ending(self) -> None:
        """A file's name is enough to tell."""
        assert sorted(SUFFIXES.values()) == sorted(FORMATS)


class TestCsv:
    """ "csv has a row for every node and a byte order mark, so that Excel shows Thai." """

    def test_every_node_has_a_row(self) -> None:
        """With the columns of the flat table and the status, in any language alike."""
        found = result("carried/evidence")
        text = render(found, "csv", "th")
        assert text.startswith("\ufeffcode,level,parent,title,")
        rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
        assert [row["code"] for row in rows] == [node.code for node in found]
        assert [row["status"] for row in rows] == [node.status for node in found]
        assert list(rows[0]) == [*found.rows()[0], "status"]

    @pytest.mark.parametrize("text", ["-1", "-95.00"])
    def test_a_printed_number_is_none(self, text: str) -> None:
        assert _cell(text) == text

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@a", "\t=1", "\r=1", "\n=1", "  =1"])
    def test_no_text_runs_as_a_formula(self, text: str) -> None:
        """A title is data, whatever a spreadsheet would make of it."""
        assert _cell(text) == f"'{text.strip()}"
        assert f"'{text.strip()}" in render(titled(text), "csv", "en")

    def test_a_text_is_one_line(self) -> None:
        """As a title may have line breaks in its file."""
        assert _cell("a\n  b") == "a b"

    @given(st.fractions())
    def test_a_number_is_a_number(self, value: Fraction) -> None:
        """Exact where a decimal can be, else to twenty places; never 5/6, which is a day."""
        cell = _cell(value)
        assert re.fullmatch(r"-?\d+(\.\d+)?", cell)
        assert abs(Fraction(cell) - value) <= Fraction(1, 2 * 10**20)
        assert value.denominator != 1 or cell == str(value)

    def test_the_places_of_a_published_figure_stay(self) -> None:
        """And what is not there is empty."""
        assert [_cell(value) for value in (Decimal("95.00"), 3, None)] == ["95.00", "3", ""]


class TestMarkdown:
    """ "md" """

    @given(st.text(st.characters(codec="utf-8")))
    def test_a_title_is_text(self, text: str) -> None:
        """Nothing in it is taken for markup; every sign of a table is escaped."""
        escaped = escape_markdown(text)
        assert re.sub(r"\\([\\|<>&*_`~$\[\]])", r"\1", escaped) == text
        assert not re.search(r"(?<!\\)(\\\\)*[|<>&*_`~$\[\]]", escaped)

    @pytest.mark.parametrize("text", ["# a", "- a", "1. a", "> a", "a | b", "```", "a\n\nb", "<b>"])
    def test_a_title_cannot_break_the_page(self, text: str) -> None:
        """Neither the heading nor the table."""
        page = render(titled(text), "md", "en")
        head, table = page.split("\n\n")
        assert head.startswith("**")
        assert head.endswith(": 50.0**")
        rows = [re.sub(r"\\.", "", line) for line in table.strip().splitlines()]
        assert {row.count("|") for row in rows} == {6}


class TestTerminal:
    """ "columns that line up on a terminal" """

    def test_a_table_without_rows_is_its_head(self) -> None:
        """Nothing is installed, and that is shown too."""
        assert columns([["id", "ชื่อ"]]) == "id  ชื่อ\n"

    def test_numbers_line_up_on_the_right(self) -> None:
        """Thai vowels above and below take no column."""
        assert columns([["ที่", "n"], ["ab", "1"], ["", "10"]], (1,)) == "ที่    n\nab   1\n    10\n"
