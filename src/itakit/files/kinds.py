"""Kinds: what a file is, by its first bytes, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from itakit.errors import Problem
from itakit.files.paths import OTHER_SHEETS, PARQUET, TEXT, WORKBOOK, TableFile
from itakit.system import absent
from itakit.text import printable
from itakit.wording import Message, say

_HTML = re.compile(rb"(?i)\s*<(?:!doctype html|html|head|meta|body|table|style)\b")
_XML = re.compile(rb"\s*<\?xml\b")
_MAGIC = (
    (b"PAR1", "kind-parquet"),
    (b"\xd0\xcf\x11\xe0", "kind-old-workbook"),
    (b"%PDF", "kind-pdf"),
    (b"\x1f\x8b", "kind-compressed"),
    (b"(\xb5/\xfd", "kind-compressed"),
    (b"7z\xbc\xaf", "kind-compressed"),
    (b"Rar!", "kind-compressed"),
    (b"SQLite format 3", "kind-database"),
)
_EXPECTED = {
    **dict.fromkeys(TEXT, "kind-text"),
    **dict.fromkeys(PARQUET, "kind-parquet"),
    **dict.fromkeys(WORKBOOK, "kind-workbook"),
}
_ADVICE = {
    "kind-workbook": "rename-xlsx",
    "kind-parquet": "rename-parquet",
    "kind-text": "rename-csv",
    "kind-compressed": "unpack",
    "kind-zip": "unpack",
    "kind-pdf": "save-as-table",
    "kind-database": "save-as-table",
}


def kind(file: Path) -> str:
    """What a file is, as the name of a sentence; text where nothing else is known of it."""
    with file.open("rb") as opened:
        start = opened.read(1024)
    if start.startswith(b"PK\x03\x04"):
        return _zipped(file)
    for magic, name in _MAGIC:
        if start.startswith(magic):
            return name
    start = start.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return "kind-html"
    return "kind-xml" if _XML.match(start) else "kind-text"


def _zipped(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as opened:
            names = set(opened.namelist())
    except zipfile.BadZipFile:
        return "kind-broken-zip"
    if "xl/workbook.bin" in names:
        return "kind-binary-workbook"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "kind-workbook"
    return "kind-open-document" if "mimetype" in names else "kind-zip"


def mistaken(table: TableFile) -> Problem | None:
    """A file that is not what its name says. Raises `OSError` where it cannot be read."""
    expected = _EXPECTED.get(table.suffix)
    if expected is None and table.suffix not in OTHER_SHEETS:
        if (missing := absent(table.path)) is not None:
            return table.problem(missing)
        known = ", ".join((*TEXT, *PARQUET, *WORKBOOK))
        if not table.suffix:
            return table.problem(say("file-no-kind", known=known))
        return table.problem(say("file-kind", suffix=printable(table.suffix), known=known))
    if table.file.stat().st_size == 0:
        return table.problem(say("empty-file"))
    found = kind(table.file)
    if found == expected:
        return None
    advice = say(_ADVICE.get(found, "save-as-xlsx"))
    if found == "kind-broken-zip":
        return table.problem(say("file-cut"), say("fetch-again"))
    if expected == "kind-parquet" and found == "kind-text":
        return table.problem(say("not-parquet"), say("fetch-again"))
    if expected is None:
        return table.problem(say("not-read", found=say(found)), advice)
    return table.problem(_found(found, expected), advice)


def _found(found: str, expected: str) -> Message:
    return say("other-kind", found=say(found), expected=say(expected))
