"""The skeleton of a text table: its separators and row ends, without what the cells hold.

All rows have the same skeleton, so a million of them are compared at once, and only where they
differ is a row looked at by itself. Engines fill a row that is too short with nothing, and lose
rows at a quote in the middle of a cell: neither may reach them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

from attrs import Factory, define, frozen

CHUNK = 1 << 18
QUOTE = b'"'
_BREAK = b"\v"  # a line break inside quotes, in the skeleton
SHOWN = 20
"""The most rows of a file that are told one by one."""


@frozen
class Mark:
    """A place between two rows."""

    row: int
    """How many rows with something in them stand above."""
    line: int
    offset: int


@frozen
class Ragged:
    """A row with too few or too many cells."""

    line: int
    cells: int
    cut: bool
    """It is the last one and has no line end."""


@frozen
class Stray:
    """A quote where no cell begins or ends."""

    line: int
    column: int


@define
class Skeleton:
    """What a text table is made of, from its header down."""

    file: Path
    separator: bytes
    columns: int
    rows: int = 0
    """Rows with something in them, the header among them."""
    blank_rows: int = 0
    quoted: bool = False
    ragged: list[Ragged] = Factory(list)
    """The first of them."""
    ragged_rows: int = 0
    stray: Stray | None = None
    """The first; what follows it cannot be told."""
    unclosed: int | None = None
    """The line of a quote that is never closed."""
    _marks: list[Mark] = Factory(list)

    @cached_property
    def _blank(self) -> re.Pattern[bytes]:
        return re.compile(rb'(?:(?:"")?%b)*(?:"")?\r?\n?' % re.escape(self.separator))

    @cached_property
    def _perhaps_blank(self) -> re.Pattern[bytes]:
        return re.compile(rb'\n[%b"\r]*\n' % re.escape(self.separator))

    @cached_property
    def _whole(self) -> bytes:
        return self.separator * (self.columns - 1) + b"\n"

    def line(self, row: int) -> int:
        """The line where a row begins; those with nothing in them and the header do not count."""
        if row >= 0:
            mark = self._marks[bisect_right(self._marks, row + 1, key=lambda mark: mark.row) - 1]
            full = (line for line, blank in self._walk(mark) if not blank)
            line = next(islice(full, row + 1 - mark.row, None), None)
            if line is not None:
                return line
        raise IndexError(row)

    def _walk(self, mark: Mark) -> Iterator[tuple[int, bool]]:
        """The line where each row begins, and whether there is nothing in it."""
        inside, begun = False, mark.line
        with self.file.open("rb") as file:
            file.seek(mark.offset)
            for line, text in enumerate(file, mark.line):
                begun = begun if inside else line
                inside ^= bool(text.count(QUOTE) & 1)
                if not inside:
                    yield begun, begun == line and self._blank.fullmatch(text) is not None

    def read(self, offset: int, line: int) -> None:
        """Look through the file, from the header on. Memory does not grow with it."""
        other = bytes(set(range(256)) - set(self.separator + b"\n"))
        inside, carry = False, b""
        with self.file.open("rb") as file:
            file.seek(offset)
            while chunk := file.read(CHUNK) + file.readline():
                if not inside:
                    self._marks.append(Mark(self.rows, line, offset))
                parts = chunk.split(QUOTE) if QUOTE in chunk else [chunk]
                if (at := self._misplaced(parts, inside=inside)) is not None:
                    before = chunk[:at].rpartition(b"\n")[2].decode("utf-8", "replace")
                    self.stray = Stray(line + chunk.count(b"\n", 0, at), len(before) + 1)
                    return
                self.quoted = self.quoted or len(parts) > 1
                closed = inside ^ bool(len(parts) & 1)
                bones = carry + _bones(parts, other, inside=inside)
                if closed and not chunk.endswith(b"\n"):
                    bones += b"\n"
                ends = bones.rfind(b"\n") + 1
                rows = bones[:ends]
                n = rows.count(b"\n")
                flat = rows.translate(None, _BREAK) if _BREAK in rows else rows
                even = flat == self._whole * n
                if not even:
                    self._compare(rows, chunk, line, line - carry.count(_BREAK))
                blank = self._blanks(chunk, inside=inside, certainly=not even)
                self.rows += n - blank
                self.blank_rows += blank
                inside, carry = not closed, bones[ends:]
                offset += len(chunk)
                line += chunk.count(b"\n")
        if inside:
            self.unclosed = self._opened()

    def _misplaced(self, parts: list[bytes], *, inside: bool) -> int | None:
        """The place of the first quote that neither begins nor ends a cell."""
        last = len(parts) - 1
        ends, starts = (self.separator, b"\n"), (self.separator, b"\n", b"\r\n")

        def wrong(i: int) -> bool:
            part = parts[i]
            left, right = i == 0 or part.startswith(starts), i == last or part.endswith(ends)
            return bool(part) and not (left and right)

        # Between quotes there are few different texts, however many there are.
        between = set(parts[2 - inside : last : 2])
        edges = {i for i in (0, last) if i & 1 == inside}
        if not any(map(wrong, edges)) and all(
            part.startswith(starts) and part.endswith(ends) for part in between - {b""}
        ):
            return None
        first = next(i for i in range(inside, last + 1, 2) if wrong(i))
        before = sum(len(part) + 1 for part in parts[:first])
        if first and not parts[first].startswith(starts):
            return before - 1
        return before + len(parts[first])

    def _compare(self, rows: bytes, chunk: bytes, begun: int, line: int) -> None:
        """Find the rows that are too short or too long; an empty one is not too short."""
        texts = chunk.split(b"\n")
        for row in rows.split(b"\n")[:-1]:
            breaks = row.count(_BREAK)
            cells = len(row) - breaks + 1
            if cells != self.columns:
                nothing = not breaks and self._blank.fullmatch(texts[line - begun]) is not None
                if not nothing or cells > self.columns:
                    self.ragged_rows += 1
                    if len(self.ragged) < SHOWN:
                        cut = line + breaks - begun == len(texts) - 1
                        self.ragged.append(Ragged(line, cells, cut))
            line += breaks + 1

    def _blanks(self, chunk: bytes, *, inside: bool, certainly: bool) -> int:
        """The number of rows that have nothing in them."""
        if not certainly and QUOTE in chunk:
            certainly = self._perhaps_blank.search(b"\n" + chunk + b"\n") is not None
        elif not certainly:
            ends = (b"\r\n", b"\n") if b"\r" in chunk else (b"\n",)
            first = self._whole[:-1]
            certainly = any(
                chunk.startswith(first + end) or b"\n" + first + end in chunk for end in ends
            ) or chunk[chunk.rfind(b"\n") + 1 :] == (first or None)
        if not certainly:
            return 0
        blank = 0
        for row in chunk.splitlines(keepends=True):
            blank += not inside and self._blank.fullmatch(row) is not None
            inside ^= bool(row.count(QUOTE) & 1)
        return blank

    def _opened(self) -> int:
        """The line of the last quote, which opens a cell and is never closed."""
        mark = self._marks[-1]
        with self.file.open("rb") as file:
            file.seek(mark.offset)
            return max(line for line, text in enumerate(file, mark.line) if QUOTE in text)


def _bones(parts: list[bytes], other: bytes, *, inside: bool) -> bytes:
    """What is left of a text, cut at its quotes: separators, row ends, line breaks in quotes."""
    if b"\n" not in b"".join(parts[1 - inside :: 2]):
        return b"".join(parts[inside::2]).translate(None, other)
    return b"".join(
        part.translate(None, other) if i & 1 == inside else _BREAK * part.count(b"\n")
        for i, part in enumerate(parts)
    )
