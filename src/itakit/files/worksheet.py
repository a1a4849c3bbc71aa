"""The worksheet: its rows as text, each with its number, and what no value could tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from attrs import Factory, define
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.constants import SHEET_MAIN_NS

from itakit.files.header import letters
from itakit.files.skeleton import SHOWN
from itakit.files.stored import shown
from itakit.files.workbook import Sheet, Workbook

_LAST_ROW = 1_048_576
Row = tuple[int, Mapping[int, str]]


@define
class Rows:
    """The rows of a sheet that have something in them.

    What openpyxl does not tell of it is read of its XML first.
    """

    book: Workbook
    sheet: Sheet
    formulas: list[str] = Factory(list)
    """The first cells with a formula that has no value, or none that can be trusted."""
    all_formulas: int = 0
    percents: list[str] = Factory(list)
    """The first cells in which a number is shown as a percentage: 0.85 as 85%."""
    all_percents: int = 0
    merged: list[str] = Factory(list)
    # Where the reader of the XML is: in which row and cell, and what it has met there.
    _row: int = 0
    _column: int = 0
    _kind: str = "n"
    _style: str | None = None
    _formula: bool = False
    _value: str | None = None

    def __attrs_post_init__(self) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        with self.book.markup(self.sheet) as file:
            parser.ParseFile(file)

    def __iter__(self) -> Iterator[Row]:
        for number, values in self.book.values(self.sheet):
            cells = {i: text for i, value in enumerate(values) if (text := shown(value))}
            if cells:
                yield number, cells

    def _start(self, name: str, values: Mapping[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            place, before = values.get("r"), self._column
            self._column = before + 1 if place is None else coordinate_to_tuple(place)[1]
            # openpyxl leaves out what is not in order, without a word
            if self._column <= before:
                _refuse()
            self._kind, self._formula, self._value = values.get("t", "n"), False, None
            self._style = values.get("s")
        elif tag == "v":
            self._value = ""
        elif tag == "row":
            before = self._row
            self._row, self._column = int(values.get("r", before + 1)), 0
            if not before < self._row <= _LAST_ROW:
                _refuse()
        elif tag == "f":
            self._formula = True
        elif tag == "mergeCell":
            self.merged.append(values["ref"])

    def _text(self, text: str) -> None:
        if self._value is not None:
            self._value += text

    def _end(self, name: str) -> None:
        if name != f"{SHEET_MAIN_NS} c":
            return
        place = f"{letters(self._column - 1)}{self._row}"
        if self._formula and self._unknown(self._value):
            self.all_formulas += 1
            self.formulas += [place] * (len(self.formulas) < SHOWN)
        elif self._kind == "n" and self._value and self._style and self.book.percent(self._style):
            self.all_percents += 1
            self.percents += [place] * (len(self.percents) < SHOWN)

    def _unknown(self, value: str | None) -> bool:
        """Whether nobody knows what a formula comes to; one may well come to an empty text."""
        return self.book.uncalculated or (not value and (self._kind != "str" or value is None))


def _refuse(*_: object) -> None:
    raise ValueError
