"""Responses: one frame of them, whatever library it is of, under column names that all can take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
import polars as pl
from attrs import evolve, field, frozen

from itakit.errors import EvidenceError, Problem
from itakit.frames.loose import plain_cells
from itakit.frames.roles import Roles
from itakit.text import printable
from itakit.wording import say

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"
Line: TypeAlias = Callable[[int], int | None]
UNIT, ITEM, VALUE, WEIGHT, RESPONDENT, POPULATION = "u", "i", "v", "w", "r", "p"
N, ROW = "n", "row"
"""What columns are called while they are counted."""
SOLE = "*"
"""The name of the unit where all rows are of one."""


@frozen(eq=False)
class Responses:
    """One frame of responses, and how to tell where in it something stands."""

    name: str
    """A file, or which of the caller's frames it is."""
    frame: Frame
    """The columns that have a role, under names that every engine can take."""
    roles: Roles
    """The roles of those columns, by those names."""
    names: Mapping[str, str]
    """What those columns are called where they come from."""
    line: Line
    quick: Frame | None = None
    """The same with columns of codes as small numbers, whose reading fails where they are none."""
    codes: frozenset[str] = frozenset()
    """Those columns."""

    @property
    def lazy(self) -> bool:
        """Whether its rows have no order to tell a place by."""
        return isinstance(self.frame, nw.LazyFrame) and not self.frame.implementation.is_polars()


@frozen(eq=False)
class Groups:
    """How often each value stands in a column, by unit: lists of one length."""

    units: Sequence[Any]
    values: Sequence[Any]
    counts: Sequence[int]
    weights: Sequence[Any] | None = None
    """How many each of the respondents counted stands for; 1 where there is none."""


@frozen(eq=False)
class Counts:
    """How often each value stands in each column of a frame, by unit as the frame writes it."""

    units: Sequence[Any]
    """The units, each once."""
    rows: Sequence[int]
    """The number of rows of each unit."""
    answers: Mapping[str, Mapping[str, pl.Series]] = field(factory=dict)
    """By column and code, how many respondents of each unit gave that answer."""
    groups: Mapping[Any, Groups] = field(factory=dict)
    """By column, or by item in a long frame, what it holds where that is more than codes."""
    respondents: Mapping[str, Groups] = field(factory=dict)
    """By survey, how many of each unit's respondents gave an answer; the values mean nothing."""
    silent: Mapping[Any, Sequence[Any]] = field(factory=dict)
    """By column, or by item in a long frame, the values that say that nobody answered."""


@frozen(eq=False)
class Named:
    """A frame as a caller gives it, and what it is called."""

    name: str
    native: Any
    line: Line
    numbers: Callable[[Sequence[str]], Any] = lambda _: None
    """The same with some columns read as small numbers, where that is faster."""


def by_row(row: int) -> int:
    """Rows of a frame counted from 1."""
    return row + 1


def adopt(native: Any, name: str) -> tuple[Frame, list[str]]:
    """A caller's frame and the names of its columns. Raises `EvidenceError` for what is none."""
    frame: Frame
    try:
        frame = nw.from_native(native)
        names = _names(frame)
    except TypeError:
        says = say("no-frame", value=printable(type(native).__name__))
        raise EvidenceError([Problem(says, path=name)]) from None
    except nw.exceptions.DuplicateError:
        names = [str(c) for c in getattr(native, "column_names", native.columns)]
    if twice := sorted({column for column in names if names.count(column) > 1}):
        raise EvidenceError(
            Problem(say("names-twice"), path=name, key=printable(column)) for column in twice
        )
    return frame, names


def _names(frame: Frame) -> list[str]:
    """The names of a frame's columns. Relations of duckdb and Spark may have one name twice."""
    kind = frame.implementation
    if kind.is_duckdb() or kind.is_pyspark() or kind.is_pyspark_connect():
        return list(frame.to_native().columns)
    return [str(column) for column in frame.collect_schema().names()]


def prepared(named: Named, frame: Frame, roles: Roles, codes: Sequence[str]) -> Responses:
    """The responses of a frame; `codes` are the columns that hold nothing but small numbers.

    Raises `EvidenceError` for columns that hold more than one value in a cell.
    """
    safe = {column: f"c{k}" for k, column in enumerate(_names(frame))}
    written = {short: column for column, short in safe.items()}
    own = _renamed(roles, safe)
    written |= {role: written[column] for role, column in _singles(own).items()}
    narrow = _narrowed(frame, safe, own)
    problems = [
        Problem(say("nested-cells", dtype=str(dtype)), path=named.name, key=written[column])
        for column, dtype in narrow.collect_schema().items()
        if dtype.is_nested()
    ]
    if problems:
        raise EvidenceError(problems)
    quick = named.numbers(codes) if codes else None
    return Responses(
        named.name,
        narrow,
        own,
        written,
        named.line,
        None if quick is None else _narrowed(nw.from_native(quick), safe, own),
        frozenset(safe[column] for column in codes),
    )


def _renamed(roles: Roles, safe: Mapping[str, str]) -> Roles:
    def of(column: str | None) -> str | None:
        return None if column is None else safe[column]

    return evolve(
        roles,
        unit=of(roles.unit),
        items={safe[column]: i for column, i in roles.items.items()},
        item=of(roles.item),
        answer=of(roles.answer),
        respondent=of(roles.respondent),
        weight=of(roles.weight),
        population=of(roles.population),
    )


def _singles(roles: Roles) -> Mapping[str, str]:
    """The columns that are no items, by what they are called while they are counted."""
    named = {
        UNIT: roles.unit,
        ITEM: roles.item,
        VALUE: roles.answer,
        WEIGHT: roles.weight,
        RESPONDENT: roles.respondent,
        POPULATION: roles.population,
    }
    return {role: column for role, column in named.items() if column is not None}


def _narrowed(frame: Frame, safe: Mapping[str, str], roles: Roles) -> Frame:
    """The columns that have a role, under names and of types that every engine can take.

    Spark reads a dot in a name as a field of a structure.
    """
    if frame.implementation.is_pyspark() or frame.implementation.is_pyspark_connect():
        renamed: Frame = nw.from_native(frame.to_native().toDF(*safe.values()))
    else:
        renamed = frame.rename(
            dict(zip(frame.collect_schema().names(), safe.values(), strict=True))
        )
    unit = [nw.lit(SOLE).alias(UNIT)] if roles.unit is None else []
    columns = [nw.col(column).alias(role) for role, column in _singles(roles).items()]
    narrow: Frame = renamed.select(*unit, *columns, *roles.items)
    narrow = plain_cells(narrow, narrow.collect_schema().names())
    if narrow.implementation.is_polars():
        narrow = narrow.lazy()
    return narrow.with_columns(
        nw.col(column).cast(nw.String)
        for column, dtype in narrow.collect_schema().items()
        if isinstance(dtype, nw.Categorical | nw.Enum)
    )


def numbered(responses: Responses) -> Any:
    """The frame with the numbers of its rows, of one whose rows have an order."""
    frame = responses.frame
    if isinstance(frame, nw.LazyFrame):
        return nw.from_native(frame.to_native().with_row_index(ROW))
    return frame.with_row_index(ROW)


def collected(frame: Frame) -> nw.DataFrame[Any]:
    """The rows of a frame, which are few."""
    if isinstance(frame, nw.DataFrame):
        return frame
    if frame.implementation.is_polars():
        return frame.collect(engine="streaming")
    return frame.collect()


def lists(frame: Frame, *columns: str) -> list[list[Any]]:
    """The columns of a frame whose rows are few."""
    table = collected(frame)
    return [_values(table[column]) for column in columns]


def _values(column: nw.Series[Any]) -> list[Any]:
    values = column.to_list()
    if column.dtype == nw.Float32:
        # What a float stands for is what it prints as: 0.1, and not 0.10000000149.
        return pl.Series(values, dtype=pl.Float32).cast(pl.String).cast(pl.Float64).to_list()
    return values
