"""The workbook: the sheets of an Excel file, with what openpyxl reads in them.

Of the libraries, it is the one that tells an error in a cell and a formula without a value from
an empty cell, which would count as no answer.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat
from zipfile import BadZipFile

from attrs import frozen
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, builtin_format_code
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import CellCoordinatesException

BROKEN = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, expat.ExpatError, BadZipFile, CellCoordinatesException, zlib.error),
)
"""All that is raised where a file is no whole workbook."""
_ROWS = 256
_QUOTED = re.compile(r'"[^"]*"|\\.')
"""What a number format shows as it stands."""
_UNCALCULATED = re.compile(rb"""\bfullCalcOnLoad\s*=\s*["'](?:1|true)["']""")


@frozen
class Sheet:
    """A sheet of cells."""

    name: str
    part: str
    """Where it is in the zip."""
    hidden: bool


@frozen
class Workbook:
    """An Excel file that is open."""

    sheets: Sequence[Sheet]
    uncalculated: bool
    """A program wrote it and left its formulas for Excel to calculate, which it never did."""
    _reader: Any

    def markup(self, sheet: Sheet) -> BinaryIO:
        """The XML of a sheet."""
        opened: BinaryIO = self._reader.archive.open(sheet.part)
        return opened

    def percent(self, style: str) -> bool:
        """Whether a cell style shows a number as a percentage."""
        book = self._reader.wb
        number = book._cell_styles[int(style)].numFmtId  # noqa: SLF001  # told nowhere else
        if number < BUILTIN_FORMATS_MAX_SIZE:
            shown = builtin_format_code(number) or ""
        else:
            shown = book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]  # noqa: SLF001
        return "%" in _QUOTED.sub("", shown)

    def values(self, sheet: Sheet) -> Iterator[tuple[int, Sequence[object]]]:
        """The rows of a sheet, each with its number. Memory does not grow with them."""
        cells = self._reader.wb[sheet.name]
        cells.reset_dimensions()
        rows = enumerate(cells.iter_rows(values_only=True), 1)
        while some := _quietly(lambda: list(islice(rows, _ROWS))):
            yield from some

    def cells(self, sheet: str) -> Iterator[Any]:
        """The cells of a sheet that have something in them."""
        rows = self._reader.wb[sheet]
        rows.reset_dimensions()
        for row in _quietly(lambda: list(rows.iter_rows())):
            yield from (cell for cell in row if cell.value is not None)


@contextmanager
def open_workbook(file: Path) -> Iterator[Workbook]:
    """Open an Excel file. Raises one of `BROKEN` where it is damaged."""
    # openpyxl would leave a file open that it cannot read
    with file.open("rb") as opened:
        reader = ExcelReader(opened, read_only=True, data_only=True, keep_links=False)
        sheets = _quietly(lambda: _load(reader))
        main = reader.archive.read(reader.parser.workbook_part_name)
        yield Workbook(sheets, _UNCALCULATED.search(main) is not None, reader)


def _load(reader: Any) -> Sequence[Sheet]:
    """Read what rows need, and not what may be wrong beside them, such as charts."""
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    if not all(sheet.id for sheet in reader.parser.sheets):
        raise ValueError  # of the strict kind, of which openpyxl knows no sheet
    found = [pair for pair in reader.parser.find_sheets() if pair[1].Type.endswith("/worksheet")]
    reader.parser.sheets = [sheet for sheet, _ in found]
    reader.read_worksheets()
    return [Sheet(sheet.name, link.target, sheet.state != "visible") for sheet, link in found]


def _quietly(do: Callable[[], Any]) -> Any:
    """Openpyxl warns of what it would not write again."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return do()
