"""Every kind of dataframe that itakit works over, made from one table of responses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa
from attrs import frozen


@frozen
class Engine:
    """A library of dataframes."""

    name: str
    make: Callable[[pa.Table], Any]
    """Its own frame with the columns and types of a table, or their nearest kin."""
    ordered: bool
    """Whether a row has a number."""

    def frame(self, **columns: Any) -> Any:
        """Its own frame with some columns: lists, or arrays of a type."""
        return self.make(pa.table(columns))


def _arrow(table: pa.Table) -> Any:
    return table


def _polars(table: pa.Table) -> Any:
    import polars as pl

    return pl.DataFrame(table)


def _polars_lazy(table: pa.Table) -> Any:
    return _polars(table).lazy()


def _pandas(table: pa.Table) -> Any:
    return table.to_pandas()


def _pandas_arrow(table: pa.Table) -> Any:
    import pandas as pd

    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _pandas_nullable(table: pa.Table) -> Any:
    return table.to_pandas().convert_dtypes()


def _duckdb(table: pa.Table) -> Any:
    import duckdb

    return duckdb.from_arrow(table)


def _ibis(table: pa.Table) -> Any:
    import ibis

    return ibis.memtable(table)


def _dask(table: pa.Table) -> Any:
    import dask.dataframe as dd
    import pandas as pd

    # Of plain Python objects dask makes texts.
    def kind(of: pa.DataType) -> Any:
        return pd.ArrowDtype(of) if pa.types.is_decimal(of) or pa.types.is_boolean(of) else None

    return dd.from_pandas(table.to_pandas(types_mapper=kind), npartitions=2)  # type: ignore[no-untyped-call]


def _spark(table: pa.Table) -> Any:
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    assert session is not None
    plain = [
        column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        for column in table.columns
    ]
    return session.createDataFrame(pa.Table.from_arrays(plain, table.column_names))


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("polars", _polars, ordered=True),
        Engine("polars-lazy", _polars_lazy, ordered=True),
        Engine("pandas", _pandas, ordered=True),
        Engine("pandas-arrow", _pandas_arrow, ordered=True),
        Engine("pandas-nullable", _pandas_nullable, ordered=True),
        Engine("pyarrow", _arrow, ordered=True),
        Engine("duckdb", _duckdb, ordered=False),
        Engine("ibis", _ibis, ordered=False),
        Engine("dask", _dask, ordered=False),
        Engine("pyspark", _spark, ordered=False),
    )
}


def rows(native: Any) -> list[dict[str, Any]]:
    """The rows of any frame, by the names of its columns, in an order of their own."""
    frame = nw.from_native(native)
    table: pa.Table = frame.lazy().collect(backend="pyarrow").to_native()
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def column(kind: pa.DataType, values: Sequence[Any]) -> pa.Array:
    """Values as a column of a type."""
    return pa.array(values, kind)
