"""The spreadsheet: the sheet that is meant, as a table that an engine reads.

Its first row that is not empty has the names of the columns. What stands outside them, what is
merged and what was never calculated is told, and no cell is lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import ascii_uppercase

import polars
from attrs import Factory, define
from openpyxl.utils.cell import range_boundaries

from itakit.errors import EvidenceError, Problem
from itakit.files.formats import decimals
from itakit.files.header import clean, duplicates, letters
from itakit.files.paths import TableFile
from itakit.files.skeleton import SHOWN
from itakit.files.source import Source
from itakit.files.workbook import BROKEN, Workbook, open_workbook
from itakit.files.worksheet import Row, Rows
from itakit.text import printable
from itakit.wording import say

_CELLS = 400_000
"""How many cells are held in memory at once."""


def open_spreadsheet(table: TableFile, folder: Path) -> Source:
    """A sheet as a source: the one that is asked for, or the only one with something in it.

    Raises `EvidenceError` with everything that is wrong with it.
    """
    try:
        with open_workbook(table.file) as book:
            return _Table(table, folder).read(_rows(table, book))
    except BROKEN:
        raise EvidenceError([table.problem(say("file-cut"), say("fetch-again"))]) from None


def _rows(table: TableFile, book: Workbook) -> Rows:
    if table.sheet is not None:
        for sheet in book.sheets:
            if sheet.name == table.sheet:
                return Rows(book, sheet)
        names = ", ".join(printable(sheet.name) for sheet in book.sheets)
        raise EvidenceError([table.problem(say("no-sheet"), say("sheets-are", names=names))])
    shown = [Rows(book, sheet) for sheet in book.sheets if not sheet.hidden]
    full = [rows for rows in shown if next(iter(rows), None)]
    if not full:
        raise EvidenceError([table.problem(say("empty-workbook"))])
    if len(full) > 1:
        names = ", ".join(printable(rows.sheet.name) for rows in full)
        says = say("sheets-many", n=len(full), names=names)
        advice = say("choose-sheet", example=f"{table.file.name}#{full[0].sheet.name}")
        raise EvidenceError([table.problem(says, advice)])
    return full[0]


@define
class _Table:
    """A sheet on its way to a frame."""

    table: TableFile
    folder: Path
    names: dict[int, str] = Factory(dict)
    """Columns by their number."""
    jumps: list[tuple[int, int]] = Factory(list)
    """Rows of the frame after which the sheet's numbers go on otherwise, and those numbers."""
    unnamed: dict[int, int] = Factory(dict)
    """Columns without a name, each with the first row that has something there."""

    def read(self, rows: Rows) -> Source:
        """Read the sheet."""
        stream = iter(rows)
        head, cells = next(stream, (1, {}))
        self.names = {column: name for column, cell in cells.items() if (name := clean(cell))}
        written = self._write(stream)
        last = self.jumps[-1] if self.jumps else (0, head + 1)
        end = last[1] + written - last[0]
        problems = list(self._flaws(rows, head, end))
        if not problems and not written:
            problems.append(self.table.problem(say("no-rows")))
        if problems:
            raise EvidenceError(problems)
        return Source(
            self.table.shown,
            polars.scan_parquet(self.folder / "*.parquet"),
            end - head - 1 - written,
            self._line,
            decimals=lambda: decimals(self.table.file, rows.sheet.name, self.names),
        )

    def _line(self, row: int) -> int:
        first, number_ = self.jumps[bisect_right(self.jumps, row, key=lambda jump: jump[0]) - 1]
        return number_ + row - first

    def _write(self, stream: Iterator[Row]) -> int:
        """Put the rows into files that an engine reads; how many there are."""
        columns: dict[int, list[str | None]] = {column: [] for column in self.names}
        written = waiting = 0
        most = max(1, _CELLS // max(1, len(columns)))
        next_number = 0
        for at, cells in stream:
            if at != next_number:
                self.jumps.append((written + waiting, at))
            next_number = at + 1
            for column in cells.keys() - columns.keys():
                self.unnamed.setdefault(column, at)
            for column, values in columns.items():
                values.append(cells.get(column))
            waiting += 1
            if waiting == most:
                self._part(written, columns)
                written, waiting = written + waiting, 0
        if waiting:
            self._part(written, columns)
        return written + waiting

    def _part(self, first: int, columns: Mapping[int, list[str | None]]) -> None:
        data = {self.names[column]: values for column, values in columns.items()}
        frame = polars.DataFrame(data, schema=dict.fromkeys(data, polars.String))
        frame.write_parquet(self.folder / f"{first:012}.parquet")
        for values in columns.values():
            values.clear()

    def _flaws(self, rows: Rows, head: int, end: int) -> Iterator[Problem]:
        """What is wrong with the sheet; its last row stands above a given one."""
        table = self.table
        columns = sorted(self.names)
        found = duplicates(
            table, [self.names[c] for c in columns], head, lambda i: letters(columns[i])
        )
        yield from found
        for column, at in sorted(self.unnamed.items()):
            says, key = say("column-unnamed", line=at), letters(column)
            yield table.problem(says, say("name-column"), line=head, key=key)
        used = [*columns, *self.unnamed]
        merged = []
        for area in rows.merged:
            left, top, right, bottom = range_boundaries(area)
            if bottom >= head and top < end and any(left <= c + 1 <= right for c in used):
                merged.append((top, left, area))
        if len(merged) > SHOWN:
            yield table.problem(say("merged-more", n=len(merged), shown=SHOWN))
        for top, _, area in sorted(merged)[:SHOWN]:
            yield table.problem(say("merged"), say("unmerge"), line=top, key=area)
        if rows.all_formulas > SHOWN:
            yield table.problem(say("formulas-more", n=rows.all_formulas, shown=SHOWN))
        for place in rows.formulas:
            line = int(place.lstrip(ascii_uppercase))
            yield table.problem(say("formula"), say("calculate"), line=line, key=place)
        if rows.all_percents > SHOWN:
            yield table.problem(say("percents-more", n=rows.all_percents, shown=SHOWN))
        for place in rows.percents:
            line = int(place.lstrip(ascii_uppercase))
            yield table.problem(say("percent"), say("as-numbers"), line=line, key=place)
