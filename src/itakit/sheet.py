"""The sheet: one unit's scores, or its answers, as a CSV file holds them.

Its columns are ``code`` and ``score``, or ``code`` and ``answer``.
"""

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

CODE, SCORE, ANSWER = "code", "score", "answer"
"""The names of the columns; in the file they may stand in either order and in any case."""
_HEADS = ([CODE, SCORE], [ANSWER, CODE])
_SEPARATORS = {",": "separator-comma", ";": "separator-semicolon", "\t": "separator-tab"}


@frozen
class Row:
    """A row of the sheet."""

    code: str
    value: str
    column: str
    """What the value is: a score or an answer."""
    line: int
    """Where the row begins, counted from 1."""


def is_sheet(path: str) -> bool:
    """Whether a file begins as such a sheet does, as far as can be told."""
    try:
        if not Path(path).is_file():
            return True  # reading it will tell what it is, and a pipe can be read once
        with Path(path).open("rb") as file:
            start = file.read(4096)
    except (OSError, ValueError):
        return True
    text = start.decode("utf-8-sig", "replace")
    first = next((line for line in text.splitlines() if line.strip()), "")
    head = sorted(normal(cell.strip('"')) for cell in first.split(_separator(text)) if cell.strip())
    return head in _HEADS


def read_sheet(path: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a file, and what is wrong with the others.

    Cells are separated by comma, semicolon or tab, whichever the head has. Empty rows are skipped,
    and so are empty cells after the last column. Raises `SchemeError` or `EvidenceError` for a
    file that cannot be read.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    head: list[str] = []
    text = _text(path)
    separator = _separator(text)
    for line, cells in _cells(text, separator):
        if isinstance(cells, csv.Error):
            problems.append(Problem(say("csv-broken", reason=str(cells)), None, path, line))
        elif not head:
            head = [normal(cell) for cell in cells]
            if sorted(head) not in _HEADS:
                says = say("csv-header", found=printable(", ".join(cells))[1:-1])
                return [], [Problem(says, None, path, line)]
        elif len(cells) == len(head):
            at = head.index(CODE)
            rows.append(Row(cells[at], cells[1 - at], head[1 - at], line))
        elif len(cells) == 1 and (other := _other_separator(cells[0], separator)):
            values = {"found": say(_SEPARATORS[other]), "expected": say(_SEPARATORS[separator])}
            says = say("csv-separator", **values)
            problems.append(Problem(says, say("csv-one-separator"), path, line))
        elif len(cells) == 1 and head[0] == CODE:
            rows.append(Row(cells[0], "", head[1], line))
        else:
            says = say("csv-row", found=len(cells), expected=len(head))
            problems.append(Problem(says, say("csv-quote"), path, line))
    return rows, problems


def _separator(text: str) -> str:
    """What separates the cells of the head."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _other_separator(cell: str, separator: str) -> str | None:
    """What separates the cells of a row that the separator of the head leaves whole."""
    others = (other for other in _SEPARATORS if other != separator)
    return next((other for other in others if other in cell), None)


def _cells(text: str, separator: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Every row that is not empty, without the empty cells at its end, and where it begins."""
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True
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
