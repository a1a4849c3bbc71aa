"""Formats: with how many decimals a workbook shows the numbers in its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from itakit.files.workbook import open_workbook

_SILENT: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
"""What stands in a format beside the digits: quoted text, colours, conditions, fillers."""
_FIXED: Final = re.compile(r"[^.0#]*[#,]*0[0,]*(?:\.(0+))?[^.0#?/Ee]*")


def decimals(file: Path, sheet: str, names: Mapping[int, str]) -> dict[tuple[int, str], int | None]:
    """The decimals that are shown of each number, by its row and the name of its column.

    `None` where a format shows as many as there are, without zeros at the end.
    """
    shown = {}
    with open_workbook(file) as book:
        for cell in book.cells(sheet):
            name = names.get(cell.column - 1)
            if cell.data_type == "n" and name is not None:
                shown[cell.row, name] = fixed(cell.number_format)
    return shown


def fixed(number_format: str) -> int | None:
    """The decimals that a number format always shows.

    >>> fixed("0.00"), fixed('#,##0.0" คะแนน"'), fixed("[$-D00041E]0"), fixed("General")
    (2, 1, 0, None)
    """
    match = _FIXED.fullmatch(_SILENT.sub("", number_format.partition(";")[0]))
    return None if match is None else len(match[1] or "")
