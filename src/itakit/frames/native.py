"""The caller's own kind of frame: what came as pandas goes back as pandas."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from itakit.frames.responses import Frame


def returned(table: pl.DataFrame, like: Frame) -> Any:
    """A table as the kind of frame that another is."""
    kind = like.implementation
    if kind.is_polars():
        return table.lazy() if isinstance(like, nw.LazyFrame) else table
    if kind.is_pandas():
        return _pandas(table)
    if kind.is_dask():
        import dask.dataframe as dd

        return dd.from_pandas(_pandas(table, typed=True), npartitions=1)  # type: ignore[no-untyped-call]
    if kind.is_pyspark() or kind.is_pyspark_connect():
        return _spark(table, like.to_native().sparkSession)
    arrow = table.to_arrow(compat_level=pl.CompatLevel.oldest())
    if kind.is_pyarrow():
        return arrow
    # duckdb and ibis
    return nw.from_native(arrow, eager_only=True).lazy(kind).to_native()


def _pandas(table: pl.DataFrame, *, typed: bool = False) -> Any:
    """Decimals stay decimals, and whole numbers with gaps stay whole.

    Decimals are Python's, unless the library that takes them needs columns of one type.
    """
    import pandas as pd

    def column(series: pl.Series) -> Any:
        if series.dtype == pl.Int64:
            return pd.array(series.to_list(), dtype="Int64")
        if not series.dtype.is_decimal():
            return series.to_list()
        if typed:
            return series.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)
        return pd.Series(series.to_list(), dtype=object)

    return pd.DataFrame({name: column(table[name]) for name in table.columns})


def _spark(table: pl.DataFrame, session: Any) -> Any:
    """Decimals of 38 digits, as many as Spark has."""
    return session.createDataFrame(table.to_arrow(compat_level=pl.CompatLevel.oldest()))
