"""Figures: what a table of scores, as `evaluate_frame` gives it, has published of one node."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import narwhals.stable.v2 as nw

from itakit.errors import EvidenceError, Problem
from itakit.frames.board import COLUMNS
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import say

_NEEDED: Final = ("code", "parent", "rounded")


def published(table: Any, code: str | None) -> dict[object, Decimal | None]:
    """The published figure of a node by unit; that of the root without a code.

    Raises `EvidenceError` for what is no such table, a code that it does not have, and a unit that
    it has twice.
    """
    try:
        frame = nw.from_native(table)
    except TypeError:
        raise EvidenceError([Problem(say("rank-no-results", value=printable(table)))]) from None
    names = frame.collect_schema().names()
    unit = next((name for name in names if name not in COLUMNS), None)
    if unit is None or not set(_NEEDED) <= set(names):
        raise EvidenceError([Problem(say("rank-no-table"), say("rank-give-table"))])
    frame = frame.select(unit, *_NEEDED)
    of_node = nw.col("parent").is_null() if code is None else nw.col("code") == code
    found = _rows(frame.filter(of_node))
    if not found and code is not None:
        codes = dict.fromkeys(row[1] for row in _rows(frame))
        advice = did_you_mean(code, codes)
        raise EvidenceError([Problem(say("rank-no-code"), advice, key=printable(code)[1:-1])])
    figures: dict[object, Decimal | None] = {}
    for name, _, _, figure in found:
        if name in figures:
            raise EvidenceError([Problem(say("rank-unit-twice"), key=printable(name))])
        figures[name] = figure
    return figures


def _rows(frame: Any) -> list[tuple[Any, ...]]:
    eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    rows: list[tuple[Any, ...]] = eager.rows()
    return rows
