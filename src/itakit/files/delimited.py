"""Delimited text: CSV as Excel, forms and programs write it, as a frame of text.

Cells are separated by comma, semicolon or tab, whichever the header has most of; a first line
``sep=;`` says it, as Excel understands it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import polars
from attrs import frozen

from itakit.errors import EvidenceError, Problem
from itakit.files.encoding import as_utf8, check_utf8
from itakit.files.header import clean, duplicates
from itakit.files.paths import TableFile
from itakit.files.skeleton import SHOWN, Skeleton
from itakit.files.source import Source
from itakit.wording import say

_SEPARATORS = (",", ";", "\t")
_SAID = re.compile(rb'"?sep=([,;\t])"?\r?\n?', re.IGNORECASE)
_CELL = "\0"  # which no text has that was let through
_NOTHING = b',;\t" \r\n\xef\xbb\xbf'
MAX_HEADER = 1 << 17
"""The longest header that is read, in bytes."""


@frozen
class _Head:
    names: tuple[str, ...]
    separator: str
    line: int
    offset: int
    """Where the header begins, in bytes."""


def open_delimited(table: TableFile, folder: Path) -> Source:
    """A text file as a source; a copy is made in a folder where it is not in UTF-8.

    Raises `EvidenceError` with everything that is wrong with it.
    """
    file, encoding = as_utf8(table, folder / "text.csv")
    head = _head(table, file)
    problems = list(duplicates(table, head.names, head.line, lambda i: str(i + 1)))
    skeleton = Skeleton(file, head.separator.encode(), len(head.names))
    skeleton.read(head.offset, head.line)
    problems += _flaws(table, skeleton)
    if not problems and skeleton.rows < 2:
        problems.append(table.problem(say("no-rows")))
    if problems:
        raise EvidenceError(problems)
    frame = _scan(skeleton, head)
    unnamed = [_unnamed(i) for i, name in enumerate(head.names) if not name]
    for column in unnamed:
        full = frame.select(column).with_row_index("row").filter(polars.col(column).is_not_null())
        for row, _ in full.head(1).collect(engine="streaming").iter_rows():
            key = column.removeprefix(_UNNAMED)
            says = say("column-unnamed", line=skeleton.line(row))
            place = table.problem(says, say("name-column"), line=head.line, key=key)
            problems.append(place)
    if problems:
        raise EvidenceError(problems)

    def numbers(columns: Collection[str]) -> polars.LazyFrame:
        return _scan(skeleton, head, columns).drop(unnamed)

    quick = None if skeleton.quoted else numbers

    def check() -> None:
        if file == table.file and file.is_file():
            check_utf8(table)

    return Source(
        table.shown, frame.drop(unnamed), skeleton.blank_rows, skeleton.line, quick, check, encoding
    )


_UNNAMED = "\0"


def _unnamed(i: int) -> str:
    return f"{_UNNAMED}{i + 1}"


def _scan(skeleton: Skeleton, head: _Head, numbers: Collection[str] = ()) -> polars.LazyFrame:
    names = [name or _unnamed(i) for i, name in enumerate(head.names)]
    frame = polars.scan_csv(
        skeleton.file,
        has_header=False,
        separator=head.separator,
        quote_char='"' if skeleton.quoted else None,
        skip_lines=skeleton.line(0) - 1,
        schema={name: polars.Int8 if name in numbers else polars.String for name in names},
        infer_schema=False,
        glob=False,
    )
    if skeleton.quoted:  # a cell of two quotes is as empty as one without
        frame = frame.with_columns(
            polars.when(polars.col(name) != "").then(polars.col(name)).alias(name) for name in names
        )
    if skeleton.blank_rows:
        frame = frame.filter(polars.any_horizontal(polars.col(n).is_not_null() for n in names))
    return frame


def _flaws(table: TableFile, found: Skeleton) -> list[Problem]:
    """What is wrong with the rows."""
    problems = []
    if found.stray is not None:
        at = found.stray
        advice = say("double-quotes")
        problems.append(
            table.problem(say("csv-stray-quote"), advice, line=at.line, column=at.column)
        )
    if found.unclosed is not None:
        problems.append(table.problem(say("csv-unclosed"), say("close-quote"), line=found.unclosed))
    if found.ragged_rows > SHOWN:
        says = say("csv-more-rows", n=found.ragged_rows, expected=found.columns, shown=SHOWN)
        problems.append(table.problem(says))
    for row in found.ragged:
        says = say("csv-row", found=row.cells, expected=found.columns)
        advice = say("csv-cut") if row.cut and row.cells < found.columns else say("csv-quote")
        problems.append(table.problem(says, advice, line=row.line))
    return problems


def _head(table: TableFile, file: Path) -> _Head:
    """The first row that has something in it."""
    said: str | None = None
    line, offset = 1, 0
    with file.open("rb") as opened:
        while (text := opened.readline(MAX_HEADER)) and not text.strip(_NOTHING):
            offset += len(text)
            line += 1
        if match := _SAID.fullmatch(text.removeprefix(b"\xef\xbb\xbf")):
            said = match[1].decode()
            offset += len(text)
            line += 1
            text = opened.readline(MAX_HEADER)
        parts, size, inside = [text], len(text), text.count(b'"') & 1
        while inside and size < MAX_HEADER and (more := opened.readline(MAX_HEADER)):
            parts.append(more)
            size += len(more)
            inside ^= more.count(b'"') & 1
    text = b"".join(parts)
    if not text:
        raise EvidenceError([table.problem(say("empty-file"))])
    if len(text) >= MAX_HEADER:
        raise EvidenceError([table.problem(say("csv-long-header"), line=line)])
    if text.startswith(b"\xef\xbb\xbf"):
        offset += 3
    record = text.decode("utf-8-sig").rstrip("\r\n")
    outside = "".join(record.split('"')[::2])
    separator = said or max(_SEPARATORS, key=outside.count)
    return _Head(_names(record, separator), separator, line, offset)


def _names(record: str, separator: str) -> tuple[str, ...]:
    """The cells of the header. A quote in the wrong place is told with those of other rows."""
    parts = record.split('"')
    parts[::2] = [part.replace(separator, _CELL) for part in parts[::2]]
    cells = '"'.join(parts).split(_CELL)
    quoted = re.compile(r'"(.*)"', re.DOTALL)
    return tuple(clean(quoted.sub(r"\1", cell.strip()).replace('""', '"')) for cell in cells)
