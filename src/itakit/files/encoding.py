"""Encoding: the text of a file in UTF-8, with one kind of line end.

UTF-8 is taken as it is; beyond the first few MiB that are not ASCII, whoever reads the text checks
it, and `check_utf8` tells the place. UTF-16 is known by its byte order mark, as Excel's "Unicode
text" has it. What is not UTF-8 and has a meaning in Windows-874 is taken for that: Excel in
Thailand writes it.
"""

from __future__ import annotations

import codecs
import math
import re
from pathlib import Path

from attrs import frozen

from itakit.errors import EvidenceError
from itakit.files.paths import TableFile
from itakit.wording import say

CHUNK = 1 << 20
ENOUGH = 4 << 20
"""So many bytes, in chunks that are not ASCII, settle that a file is UTF-8."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Thai in UTF-8. Where most of what is not ASCII looks so, the file is damaged UTF-8: nearly
# anything has some meaning in Windows-874.
_THAI = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
_HIGH = bytes(range(128))


@frozen
class _Findings:
    """What a look through the bytes of a file found."""

    broken: int | None
    """Where UTF-8 ends."""
    nul: int | None
    """Where the first NUL is."""
    lone_cr: bool
    """Whether a line ends in CR alone."""


def as_utf8(table: TableFile, copy: Path) -> tuple[Path, str]:
    """A file with a table's text in UTF-8, the table's own or a copy; and what it was read as.

    Raises `EvidenceError` where it is no text, with the place.
    """
    with table.file.open("rb") as file:
        start = file.read(2)
    if start in _UTF16:
        _rewrite(table, "utf-16", copy)
        return copy, "UTF-16"
    found = _look(table.file)
    if found.nul is not None:
        raise _refused(table, found.nul, "nul")
    if found.broken is not None:
        if _mostly_utf8(table.file):
            raise _refused(table, found.broken, "not-utf8")
        _rewrite(table, "cp874", copy, found.broken)
        return copy, "Windows-874"
    if found.lone_cr:
        _rewrite(table, "utf-8", copy)
        return copy, "UTF-8"
    return table.file, "UTF-8"


def check_utf8(table: TableFile) -> None:
    """Raise `EvidenceError` with the place where a file that begins as UTF-8 is something else."""
    broken = _look(table.file, enough=math.inf).broken
    if broken is not None:
        raise _refused(table, broken, "not-utf8")


def _look(path: Path, enough: float | None = None) -> _Findings:
    enough = ENOUGH if enough is None else enough
    decoder = codecs.getincrementaldecoder("utf-8")()
    broken = nul = None
    lone_cr = False
    at = seen = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if chunk.endswith(b"\r"):
                chunk += file.read(1)
            if nul is None and b"\0" in chunk:
                nul = at + chunk.index(b"\0")
            if b"\r" in chunk:
                lone_cr = lone_cr or chunk.count(b"\r") != chunk.count(b"\r\n")
            if broken is None and seen < enough:
                held = len(decoder.getstate()[0])
                if held or not chunk.isascii():
                    seen += len(chunk)
                    try:
                        decoder.decode(chunk)
                    except UnicodeDecodeError as error:
                        broken = at - held + error.start
            at += len(chunk)
    held = 0 if seen >= enough else len(decoder.getstate()[0])
    return _Findings(at - held if broken is None and held else broken, nul, lone_cr)


def _mostly_utf8(path: Path) -> bool:
    thai = high = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK) + file.readline():
            thai += len(_THAI.findall(chunk))
            high += len(chunk.translate(None, _HIGH))
    return 2 * 3 * thai > high


def _rewrite(table: TableFile, encoding: str, copy: Path, broken: int = 0) -> None:
    """Copy the text, every line ended by LF. Memory does not grow with the file."""
    with (
        table.file.open(encoding=encoding) as text,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        try:
            while part := text.read(CHUNK):
                if "\0" in part:
                    raise EvidenceError([table.problem(say("nul"), say("save-as-utf8"))])
                out.write(part)
        except UnicodeDecodeError:
            if encoding == "utf-16":
                raise EvidenceError([table.problem(say("file-cut"), say("fetch-again"))]) from None
            raise _refused(table, broken, "csv-encoding") from None


def _refused(table: TableFile, offset: int, sentence: str) -> EvidenceError:
    """A byte that is no text, at its line and column."""
    line, start = 1, 0
    with table.file.open("rb") as file:
        while start + len(text := file.readline()) <= offset:
            start += len(text)
            line += 1
    before = text[: offset - start].decode("utf-8", "replace").removeprefix("\ufeff")
    problem = table.problem(say(sentence), say("save-as-utf8"), line=line, column=len(before) + 1)
    return EvidenceError([problem])
