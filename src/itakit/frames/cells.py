"""Cells: what a value of a dataframe says, whichever library it comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from itakit.evidence import answer_text
from itakit.text import printable, tidy

_NOTHING = {"NAType", "NaTType"}


def blank(value: Any) -> bool:
    """Whether a cell holds nothing: a null of any kind, no number, or nothing but spaces."""
    if isinstance(value, str):
        return not (value[:1].isalnum() or tidy(value))
    if isinstance(value, int):
        return False
    if isinstance(value, float | Decimal):
        return value != value  # noqa: PLR0124  # what is no number differs from itself
    return value is None or type(value).__name__ in _NOTHING


def name_of(value: Any) -> str:
    """The name of a unit as a text: 1, 1.0 and "1" are one name."""
    if isinstance(value, str):
        return value.strip()
    try:
        return answer_text(value)
    except ValueError:
        return str(value)


def shown(value: Any) -> str:
    """A cell as an error message can show it: 7 and 7.0 are one number."""
    if isinstance(value, str):
        return printable(value)
    if blank(value):
        return "null"
    try:
        return answer_text(value)
    except ValueError:
        return printable(value)
