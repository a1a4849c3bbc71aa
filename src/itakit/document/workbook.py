"""A workbook of texts, each of which stays a text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from itakit.errors import ItakitError, Problem
from itakit.wording import say

CELL: Final = 32_767
"""The most characters that a cell holds."""


def workbook(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A workbook of sheets by name. The same sheets make the same file, to the byte.

    Raises `ItakitError` for a text that no cell can hold, rather than leave it out.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(1980, 1, 1, tzinfo=UTC)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for k, row in enumerate(rows):
            for j, text in enumerate(row):
                if len(text) > CELL:
                    raise ItakitError([Problem(say("cell-too-wide", n=len(text), most=CELL))])
                if text:
                    sheet.write_string(k, j, text)
    book.close()
    return out.getvalue()
