"""A sheet of a workbook: texts that stay texts, numbers, and formulas with what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from itakit.document.workbook import CELL
from itakit.errors import ItakitError, Problem
from itakit.numerals import plain
from itakit.rounding import Rounding
from itakit.wording import say

_DIGITS = 15
"""The decimal places with which a number is handed to a spreadsheet, which keeps no more."""


@frozen
class Sheet:
    """A sheet by its name."""

    name: str
    figure: Any
    """The format of published figures."""
    bold: Any
    head: Any
    _sheet: Any

    @classmethod
    def of(cls, book: Any, name: str, places: int) -> Sheet:
        """A new sheet of a workbook."""
        figure = book.add_format({"num_format": "0." + "0" * places if places else "0"})
        bold = book.add_format({"bold": True, "font_size": 14})
        look = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        return cls(name, figure, bold, book.add_format(look), book.add_worksheet(name))

    def heads(self, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
        """The heads of columns, which stay in sight, and how wide these are."""
        for column, text in enumerate(texts):
            self.text(row, column, text, self.head)
        self.widths(widths)
        self._sheet.freeze_panes(row + 1, 1)
        self._sheet.repeat_rows(row)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)

    def widths(self, widths: Sequence[int]) -> None:
        """How wide columns are, in characters."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def text(self, row: int, column: int, text: str, look: Any = None) -> None:
        """A text, whatever it begins with. Raises `ItakitError` for one that no cell can hold."""
        if len(text) > CELL:
            raise ItakitError([Problem(say("cell-too-wide", n=len(text), most=CELL))])
        self._sheet.write_string(row, column, text, look)

    def number(self, row: int, column: int, value: Fraction, look: Any = None) -> None:
        """A number, as closely as a spreadsheet has it."""
        self._sheet.write_number(row, column, _nearest(value), look)

    def formula(self, row: int, column: int, text: str, look: Any, value: Fraction | str) -> None:
        """A formula, and what it comes to, for programs that show a file without computing it."""
        shown = _nearest(value) if isinstance(value, Fraction) else value
        self._sheet.write_formula(row, column, "=" + text, look, shown)

    def cell(self, row: int, column: int) -> str:
        """A cell as formulas of any sheet call it."""
        quoted = self.name.replace("'", "''")
        return f"'{quoted}'!${_letter(column)}${row + 1}"

    def span(self, first: int, last: int, column: int) -> str:
        """The cells of a column from one row to another."""
        return f"{self.cell(first, column)}:${_letter(column)}${last + 1}"


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _nearest(value: Fraction) -> int | float:
    """The number that a file for spreadsheets can hold, which are binary floats."""
    if value.denominator == 1:
        return int(value)
    rounded = Rounding(_DIGITS)(value)
    return float(plain(Fraction(rounded)))  # which is what the format stores
