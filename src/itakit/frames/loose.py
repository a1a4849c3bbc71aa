"""Loose columns: cells of any Python type, which pandas has, made into values that can be grouped.

An engine that groups such cells takes a truth value for the number 1, and fails at a list.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from itakit.frames.cells import blank, name_of


def plain_cells(frame: Any, columns: Collection[str]) -> Any:
    """A frame with plain values in some of its columns."""
    native = frame.to_native()
    if frame.implementation.is_polars():
        loose = [c for c, dtype in frame.collect_schema().items() if dtype == nw.Object]
        texts = [
            pl.col(c).map_elements(_text, return_dtype=pl.String) for c in loose if c in columns
        ]
        return nw.from_native(native.with_columns(texts)) if texts else frame
    if not frame.implementation.is_pandas():
        return frame
    mended = {c: made for c in columns if (made := _mended(native[c])) is not None}
    return nw.from_native(native.assign(**mended)) if mended else frame


def _mended(column: Any) -> Any:
    """A pandas column of which every value can be told from every other; `None` if it is one."""
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        if pd.api.types.infer_dtype(column.cat.categories) in ("string", "empty"):
            return None
        column = column.astype(object)
    if column.dtype != object:
        return None
    kind = pd.api.types.infer_dtype(column, skipna=True)
    if kind in ("string", "empty"):
        return None
    if kind == "boolean":
        return column.astype("boolean")
    return column.map(_plain).astype(object)


def _plain(value: Any) -> Any:
    """What can be grouped with what is equal to it as an answer; texts of anything else."""
    if blank(value):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return name_of(value)
    return value


def _text(value: Any) -> str | None:
    return None if blank(value) else name_of(value)
