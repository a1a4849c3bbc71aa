"""Boards as files and pages show them: a table, JSON, CSV, Markdown, Parquet or a workbook."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

import polars as pl

from itakit.account import account
from itakit.errors import ItakitError, Problem
from itakit.explanation import align
from itakit.frames.board import UNIT, Board
from itakit.numerals import grouped
from itakit.tables import escape_markdown
from itakit.text import FORMULA, one_line
from itakit.version import __version__
from itakit.wording import Message, say

Format: TypeAlias = Literal["table", "json", "csv", "md", "parquet", "xlsx"]
SHEET_ROWS: Final = 1_048_576
"""The most rows that a sheet of a workbook holds."""
CELL: Final = 32_767
"""The most characters that a cell of a workbook holds."""
_DIGITS: Final = 15
"""The digits of a whole number that a spreadsheet keeps."""
_TEXTS: Final = (0, 2)
"""The columns of units that are no numbers: the name and the grade."""
_OF_SURVEYS: Final = ("respondents", "required", "shortfall")


def render(board: Board, format: Format, lang: str) -> bytes:
    """A board in a format."""
    return _WRITERS[format](board, lang)


def summary(board: Board, lang: str, format: Format = "table") -> str:
    """The account of a board, and what a format has no room for."""
    lines = [*account(board)]
    if format == "xlsx" and not _roomy(board):
        lines.append(say("nodes-left-out", n=grouped(len(board.table))))
    return "".join(message.text(lang) + "\n" for message in lines)


def _wide(board: Board) -> list[tuple[str | Message, Sequence[Any]]]:
    """Columns with a row for every unit.

    Its score, its grade, the scores of the nodes below the root, what is known of its respondents,
    and how many of its answers nobody knows.
    """
    plan = board.scheme.plan
    first = [i for i, parent in enumerate(plan.parents) if parent == 0]
    figures = {i: board.figures("rounded", i) for i in (0, *first)}
    columns: list[tuple[str | Message, Sequence[Any]]] = [
        (board.unit or UNIT, board.units),
        (plan.nodes[0].code, figures[0]),
        (say("column-grade"), board.grades),
        *((plan.nodes[i].code, figures[i]) for i in first),
    ]
    for i, node in enumerate(plan.nodes):
        for name in _OF_SURVEYS:
            numbers = board.figures(name, i)
            if any(n is not None for n in numbers):
                columns.append(
                    (say("column-of", name=say(f"column-{name}"), code=node.code), numbers)
                )
    if board.reading.unknown:
        size = len(plan.nodes)
        by_node = board.table["unknown"].fill_null(0).reshape((len(board.units), size))
        columns.append((say("column-unknown"), by_node.arr.sum().to_list()))
    return columns


def _shown(board: Board, lang: str) -> list[list[str]]:
    """The rows of units as texts, each on one line; the heads first."""
    heads, columns = zip(*_wide(board), strict=True)
    named = [head if isinstance(head, str) else head.text(lang) for head in heads]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [[_cell(cell) for cell in row] for row in (named, *rows)]


def _cell(value: object) -> str:
    """A cell as a page shows it: on one line, and without what would command a terminal."""
    text = "—" if value is None else one_line(str(value))
    return "".join(c for c in text if c.isprintable())


def _table(board: Board, lang: str) -> bytes:
    lines = _shown(board, lang)
    right = tuple(i for i in range(len(lines[0])) if i not in _TEXTS)
    return (summary(board, lang) + "\n" + "\n".join(align(lines, right)) + "\n").encode()


def _markdown(board: Board, lang: str) -> bytes:
    heads, *rows = [[escape_markdown(cell) for cell in row] for row in _shown(board, lang)]
    ruler = ["---" if i in _TEXTS else "---:" for i in range(len(heads))]
    table = ["| " + " | ".join(row) + " |" for row in (heads, ruler, *rows)]
    said = [f"- {escape_markdown(line.strip())}" for line in summary(board, lang).splitlines()]
    return ("\n".join(said) + "\n\n" + "\n".join(table) + "\n").encode()


def _plain(board: Board) -> pl.DataFrame:
    """The table with texts that no spreadsheet runs as a formula."""
    texts = [pl.col(name) for name, dtype in board.table.schema.items() if dtype == pl.String]
    guarded = [
        pl.when(text.str.contains(FORMULA)).then("'" + text).otherwise(text).name.keep()
        for text in texts
    ]
    heads = {name: "'" + name for name in board.table.columns if re.match(FORMULA, name)}
    return board.table.with_columns(guarded).rename(heads)


def _csv(board: Board, _: str) -> bytes:
    out = io.BytesIO()
    _plain(board).write_csv(out, include_bom=True, line_terminator="\r\n")
    return out.getvalue()


def _json(board: Board, _: str) -> bytes:
    scheme = board.scheme
    head = {
        "format": 1,
        "itakit": __version__,
        "scheme": {"id": scheme.id, "version": scheme.version, "hash": scheme.hash},
    }
    out = io.BytesIO()
    out.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "rows": ')
    board.table.with_columns(pl.selectors.decimal().cast(pl.String)).write_json(out)
    out.write(b"}\n")
    return out.getvalue()


def _parquet(board: Board, _: str) -> bytes:
    out = io.BytesIO()
    board.table.write_parquet(out, metadata=_identity(board))
    return out.getvalue()


def _identity(board: Board) -> dict[str, str]:
    scheme = board.scheme
    return {
        "itakit": __version__,
        "scheme": scheme.id,
        "scheme_version": scheme.version,
        "scheme_hash": scheme.hash,
    }


def _roomy(board: Board) -> bool:
    """Whether a sheet has room for all nodes of all units, under their heads."""
    return len(board.table) < SHEET_ROWS


def _workbook(board: Board, lang: str) -> bytes:
    """A sheet of units, one of all nodes where they are not too many, and one that says of what.

    The same board makes the same file, to the byte.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(1980, 1, 1, tzinfo=UTC)})
    places = board.scheme.rounding.places
    figure = book.add_format({"num_format": "0." + "0" * places if places else "0"})
    if len(board.units) >= SHEET_ROWS:
        values = {"n": grouped(len(board.units)), "most": grouped(SHEET_ROWS - 1)}
        raise ItakitError([Problem(say("too-many-rows", **values))])
    heads, columns = zip(*_wide(board), strict=True)
    named = [head if isinstance(head, str) else head.text("en") for head in heads]
    _fill(book.add_worksheet("units"), named, zip(*columns, strict=True), figure)
    if _roomy(board):
        _fill(book.add_worksheet("nodes"), board.table.columns, board.table.iter_rows(), figure)
    about = [
        *_identity(board).items(),
        *([line] for line in summary(board, lang, "xlsx").splitlines()),
    ]
    _fill(book.add_worksheet("about"), ["", ""], about, figure)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, heads: Sequence[str], rows: Iterable[Iterable[Any]], figure: Any) -> None:
    """Write rows below their heads: texts as texts, numbers as numbers that lose no digit."""
    for k, row in enumerate((heads, *rows)):
        for j, cell in enumerate(row):
            if isinstance(cell, Decimal):
                sheet.write_number(k, j, cell, figure)
            elif isinstance(cell, int) and abs(cell) < 10**_DIGITS:
                sheet.write_number(k, j, cell)
            elif cell is not None:
                text = str(cell)
                if len(text) > CELL:
                    says = say("cell-too-long", n=grouped(len(text)), most=grouped(CELL))
                    raise ItakitError([Problem(says)])
                sheet.write_string(k, j, text)
    sheet.freeze_panes(1, 0)


_WRITERS: Final[Mapping[Format, Callable[[Board, str], bytes]]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    "parquet": _parquet,
    "xlsx": _workbook,
}
