"""The sheet: one unit's scores as a CSV file holds them, in the columns ``code`` and ``score``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.notation import read_text
from itakit.notation.reading import MAX_BYTES
from itakit.text import normal, printable
from itakit.wording import say

COLUMNS = ("code", "score")
"""The names of the columns; in the file they may stand in either order and in any case."""


@frozen
class Row:
    """A row of the sheet."""

    code: str
    score: str
    line: int
    """Where the row begins, counted from 1."""


def read_sheet(path: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a file, and what is wrong with the others.

    Cells are separated by comma, semicolon or tab, whichever the head has. Empty rows are skipped,
    and so are empty cells after the last column. Raises `SchemeError` or `EvidenceError` for a
    file that cannot be read.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    head: list[str] = []
    for line, cells in _cells(_text(path)):
        if isinstance(cells, csv.Error):
            problems.append(Problem(say("csv-broken", reason=str(cells)), None, path, line))
        elif not head:
            head = [normal(cell) for cell in cells]
            if sorted(head) != sorted(COLUMNS):
                says = say("csv-header", found=printable(", ".join(cells))[1:-1])
                return [], [Problem(says, None, path, line)]
        elif len(cells) == len(COLUMNS):
            code, score = (cells[head.index(column)] for column in COLUMNS)
            rows.append(Row(code, score, line))
        elif len(cells) == 1 and head[0] == "code":
            rows.append(Row(cells[0], "", line))
        else:
            says = say("csv-row", found=len(cells), expected=len(COLUMNS))
            problems.append(Problem(says, say("csv-quote"), path, line))
    return rows, problems


def _cells(text: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Every row that is not empty, without the empty cells at its end, and where it begins."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    while True:
        line = rows.line_num + 1
        try:
            cells = [cell.strip() for cell in next(rows)]
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error
            return
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield line, cells


def _text(path: str) -> str:
    """The text of a file: UTF-8, else Windows-874, as Excel writes it in Thailand."""
    try:
        return read_text(path)
    except SchemeError as error:
        if error.problems[0].says.name != "not-utf8":
            raise
    with Path(path).open("rb") as file:
        data = file.read(MAX_BYTES)
    try:
        return data.decode("cp874")
    except UnicodeDecodeError:
        says = say("csv-encoding")
        raise EvidenceError([Problem(says, say("save-as-utf8"), path)]) from None
