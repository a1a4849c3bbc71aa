"""Counting: how often each unit gave each answer to each item, asked of whatever engine there is.

Engines that take many expressions in one aggregation are asked for all sums of "is this answer" at
once, which is several times faster than grouping by answers. A column whose sums do not account for
all of its cells holds something else than the codes of its scale; it is grouped by its values, as
all columns are in engines that aggregate one column at a time. Both give the same integers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import narwhals.stable.v2 as nw
import polars as pl
from attrs import evolve

from itakit.frames.cells import blank, filled
from itakit.frames.responses import (
    ITEM,
    UNIT,
    VALUE,
    WEIGHT,
    Counts,
    Frame,
    Groups,
    N,
    Responses,
    collected,
    lists,
)
from itakit.frames.roles import Roles
from itakit.frames.silence import silent_values, speaks
from itakit.scheme import Node, Scheme

_IN_ONE: Final = {"polars", "duckdb", "ibis", "pyspark", "pyspark_connect", "sqlframe"}
"""The engines that aggregate any number of expressions at once."""
_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]{0,2})")
_FLOATS: Final = (nw.Float32, nw.Float64)
GAPS: Final = "gaps"
"""The number of empty cells of a unit, in the columns that can be summed."""
Columns = Mapping[str, Sequence[str]]
"""By survey, the columns of its items, or the items of a long frame."""


def count(
    scheme: Scheme, responses: Responses, surveys: Mapping[str, set[int]], *, scores: bool
) -> Counts:
    """How often each value stands in each column. Surveys are the sets of items that they ask."""
    if responses.quick is not None and not scores:
        try:
            counts = _count(scheme, responses.quick, responses.roles, surveys, scores=False)
        except (pl.exceptions.PolarsError, nw.exceptions.NarwhalsError):
            pass  # some cell is no small number; what else may be wrong shows again below
        else:
            if responses.codes.isdisjoint(counts.groups):
                return counts
    return _count(scheme, responses.frame, responses.roles, surveys, scores=scores)


def _count(
    scheme: Scheme, frame: Frame, roles: Roles, surveys: Mapping[str, set[int]], *, scores: bool
) -> Counts:
    if roles.long:
        return _long(frame, weighted=roles.weight is not None)
    asked = {
        code: columns
        for code, items in surveys.items()
        if (columns := [column for column, i in roles.items.items() if i in items])
    }
    if frame.implementation.value in _IN_ONE and roles.weight is None:
        known = {} if scores else _codes(scheme, frame, roles.items)
        counts = _sums(frame, scheme, roles.items, known, asked)
        silent = {} if scores else silent_values(scheme, roles.items, counts.groups)
        if not silent:
            return counts
        every: dict[Any, Sequence[Any]] = {**counts.silent, **silent}
        return evolve(counts, silent=every, respondents=respondents(frame, asked, every))
    units, rows = lists(frame.group_by(UNIT).agg(nw.len().alias(N)), UNIT, N)
    groups, _ = _by_value(frame, list(roles.items), weighted=roles.weight is not None)
    silent = {} if scores else silent_values(scheme, roles.items, groups)
    return Counts(units, rows, {}, groups, respondents(frame, asked, silent), silent)


def _sums(
    frame: Frame,
    scheme: Scheme,
    items: Mapping[str, int],
    known: Mapping[str, Mapping[str, Any]],
    asked: Columns,
) -> Counts:
    """All answers that are codes in one aggregation; the rest by the values of each column."""
    polars = frame.implementation.is_polars()

    def number(condition: nw.Expr) -> nw.Expr:
        # Only some engines add truth values up, and one of those is slower where it need not.
        return (condition if polars else condition.cast(nw.Int64)).sum()

    sums = [nw.len().alias(N)]
    if known:
        nulls = (nw.col(column).is_null() for column in known)
        gaps = nw.sum_horizontal(*(null if polars else null.cast(nw.Int64) for null in nulls))
        sums.append(gaps.sum().alias(GAPS))
    for column, codes in known.items():
        for k, literal in enumerate(codes.values()):
            sums.append(number(nw.col(column) == literal).alias(f"{column}_{k}"))
    silent = {
        column: [codes[code] for code in scale.no_answer if code in codes]
        for column, codes in known.items()
        if (scale := scheme.plan.nodes[items[column]].scale) is not None and scale.no_answer
    }
    for k, these in enumerate(asked.values()):
        spoken = [column for column in these if column not in silent]
        holding = [speaks(column, silent[column]) for column in these if column in silent]
        holding += [~nw.col(*spoken).is_null()] if spoken else []
        anything = nw.any_horizontal(*holding, ignore_nulls=True)
        sums.append(number(anything).alias(f"s{k}"))
    found = collected(frame.group_by(UNIT).agg(*sums))
    table = {name: _integers(found[name]) for name in found.columns if name != UNIT}
    units = found[UNIT].to_list()
    answers = {
        column: {code: table[f"{column}_{k}"] for k, code in enumerate(codes)}
        for column, codes in known.items()
    }
    read = {c: sum(int(counts.sum()) for counts in of.values()) for c, of in answers.items()}
    cells = len(known) * int(table[N].sum())
    if known and sum(read.values()) != cells - int(table[GAPS].sum()):
        held = collected(frame.select(*(nw.col(column).count() for column in known)))
        answers = {c: of for c, of in answers.items() if read[c] == int(held[c].to_list()[0])}
    groups, blanks = _by_value(frame, [c for c in items if c not in answers], weighted=False)
    asking = {code: Groups(units, units, table[f"s{k}"].to_list()) for k, code in enumerate(asked)}
    if blanks:
        asking = respondents(frame, asked, silent)
    return Counts(units, table[N].to_list(), answers, groups, asking, silent)


def _integers(column: nw.Series[Any]) -> pl.Series:
    if column.implementation.is_polars():
        counts: pl.Series = column.to_native()
        return counts.cast(pl.Int64)
    return pl.Series([int(number) for number in column.to_list()], dtype=pl.Int64)


def whole_codes(node: Node) -> list[str] | None:
    """The codes of an item's answers, where all are numbers from 0 to 127."""
    scale = node.scale
    if scale is None or scale.goalposts is not None or node.children:
        return None
    # Other codes for no answer show when a column is read, and have it read again as text.
    codes = [*(choice.code for choice in scale.answers), *scale.not_applicable]
    small = all(_WHOLE.fullmatch(code) and 0 <= int(code) < 128 for code in codes)
    return codes if small else None


def _codes(
    scheme: Scheme, frame: Frame, items: Mapping[str, int]
) -> dict[str, dict[str, str | int]]:
    """By column that can be summed, the codes of its scale as its type has them."""
    schema = frame.collect_schema()
    found: dict[str, dict[str, str | int]] = {}
    for column, i in items.items():
        node, dtype = scheme.plan.nodes[i], schema[column]
        if node.scale is None or node.scale.goalposts is not None or node.children:
            continue
        codes = [choice.code for choice in node.scale.answers]
        codes += [*node.scale.not_applicable, *node.scale.no_answer]
        if dtype == nw.String:
            found[column] = {code: code for code in codes}
        elif dtype.is_integer() or dtype in _FLOATS:
            # Whatever the width of the type, these are in it.
            small = [code for code in codes if _WHOLE.fullmatch(code) and abs(int(code)) < 128]
            found[column] = {
                code: int(code) for code in small if int(code) >= 0 or dtype.is_signed_integer()
            }
    return found


def _by_value(
    frame: Frame, columns: Iterable[str], *, weighted: bool
) -> tuple[dict[str, Groups], bool]:
    """What each column holds, and whether some cells hold nothing but spaces, or no number."""
    schema = frame.collect_schema()
    together: dict[object, list[str]] = {}
    for column in columns:
        in_one = frame.implementation.value in _IN_ONE
        together.setdefault(str(schema[column]) if in_one else column, []).append(column)
    groups: dict[str, Groups] = {}
    blanks = False
    keys = [UNIT, VALUE, *([WEIGHT] if weighted else [])]
    for these in together.values():
        part: Frame = frame.select(UNIT, *keys[2:], *these)
        if len(these) > 1:
            part = part.unpivot(
                these, index=[UNIT, *keys[2:]], variable_name=ITEM, value_name=VALUE
            )
        else:
            part = part.rename({these[0]: VALUE}).with_columns(nw.lit(these[0]).alias(ITEM))
        found, empty = _grouped(part, keys)
        groups |= found
        blanks |= empty
    return groups, blanks


def _grouped(part: Frame, keys: list[str]) -> tuple[dict[Any, Groups], bool]:
    """By item, how often each value stands; and whether some cells hold nothing."""
    keys = [ITEM, *keys]
    part = part.filter(~nw.col(VALUE).is_null())
    items, *rest = lists(part.group_by(keys).agg(nw.len().alias(N)), *keys, N)
    rows: dict[Any, list[int]] = {}
    blanks = False
    for k, (item, value) in enumerate(zip(items, rest[1], strict=True)):
        if blank(value):
            blanks = True
        else:
            rows.setdefault(item, []).append(k)
    units, values, *weights, counts = rest
    groups = {
        item: Groups(
            [units[k] for k in ks],
            [values[k] for k in ks],
            [counts[k] for k in ks],
            [weights[0][k] for k in ks] if weights else None,
        )
        for item, ks in rows.items()
    }
    return groups, blanks


def respondents(
    frame: Frame, asked: Columns, silent: Mapping[str, Sequence[Any]]
) -> dict[str, Groups]:
    """How many rows of each unit hold an answer to one of a survey's items."""
    schema = frame.collect_schema()
    found = {}
    for code, columns in asked.items():
        cells = [filled(c, schema[c], silent.get(c, ())) for c in columns]
        answered = nw.any_horizontal(*cells, ignore_nulls=True)
        rows = frame.select(UNIT, answered.cast(nw.Int64).alias(N))
        units, counts = lists(rows.group_by(UNIT).agg(nw.col(N).sum()), UNIT, N)
        found[code] = Groups(units, units, counts)
    return found


def _long(frame: Frame, *, weighted: bool) -> Counts:
    """A frame with a row for every answer."""
    units, rows = lists(frame.group_by(UNIT).agg(nw.len().alias(N)), UNIT, N)
    groups, _ = _grouped(frame, [UNIT, VALUE, *([WEIGHT] if weighted else [])])
    return Counts(units, rows, {}, groups)
