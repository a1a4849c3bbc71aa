"""Cells: what a value of a dataframe says, whichever library it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw

from itakit.evidence import answer_text
from itakit.text import INVISIBLE, SPACES, printable, tidy

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


def filled(column: str, dtype: Any, silent: Iterable[Any] = ()) -> nw.Expr:
    """Whether a cell holds something: no null, no text of spaces only, no float that is none.

    Nor one of the values that say that nobody answered.
    """
    cell = nw.col(column)
    holds = ~cell.is_null()
    if dtype == nw.String:
        holds &= cell.str.strip_chars() != ""
    elif dtype in (nw.Float32, nw.Float64):
        holds &= ~cell.is_nan()
    for value in silent:
        holds &= cell != value
    return holds


def as_text(column: str, dtype: Any) -> nw.Expr:
    """A cell as a text: 1, 1.0 and " 1" are one name. What nobody sees makes no difference."""
    text = nw.col(column).cast(nw.String)
    if dtype == nw.String:
        return text.str.replace_all(INVISIBLE, "").str.replace_all(SPACES, " ").str.strip_chars()
    return text if dtype.is_integer() else text.str.replace_all(r"\.0+$", "")
