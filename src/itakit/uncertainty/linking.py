"""Linking: the answers of each respondent brought together, out of frames of any kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import numpy.typing as npt
import polars as pl
from attrs import frozen

from itakit.evidence import NOT_APPLICABLE
from itakit.frames import decoding
from itakit.frames.cells import blank, name_of
from itakit.frames.panel import Panel
from itakit.frames.responses import (
    ITEM,
    RESPONDENT,
    UNIT,
    VALUE,
    WEIGHT,
    Responses,
    collected,
)
from itakit.frames.units import Units
from itakit.reals import approximate
from itakit.scale import Scale
from itakit.scheme import Scheme
from itakit.text import normal, tidy
from itakit.uncertainty.combining import Floats

_DIGITS = 15
_LEFT_OUT = np.inf
"""What stands for an answer that does not apply: whoever gave it was asked."""


@frozen(eq=False)
class Linked:
    """The respondents of a survey, unit by unit, in an order that rows do not change."""

    items: tuple[int, ...]
    """The numbers of the items, by column."""
    answers: Floats
    """Scores by person and item; not a number where there is no answer."""
    weights: Floats
    starts: npt.NDArray[np.intp]
    """By unit, its first row; and the number of rows."""

    def of(self, unit: int, items: Sequence[int]) -> tuple[Floats, Floats]:
        """The answers of a unit's respondents to some items, and their weights."""
        rows = slice(self.starts[unit], self.starts[unit + 1])
        columns = [self.items.index(i) for i in items]
        return self.answers[rows][:, columns], self.weights[rows]


def link(
    panel: Panel, responses: Sequence[Responses], sampled: Mapping[str, Sequence[int]]
) -> dict[str, Linked]:
    """The respondents of each survey whose answers can be brought together, by its code.

    Rows of one wide frame are people, and so are rows of several that ask the same. A survey that
    is spread over frames, or is long, needs names of respondents; without them, it is left out.
    ``sampled`` are the items of the surveys.
    """
    found = {}
    for code, items in sampled.items():
        asking = [(frame, _asked(panel.scheme, frame, items)) for frame in responses]
        asking = [(frame, asked) for frame, asked in asking if asked]
        alike = len({tuple(sorted(asked.values())) for _, asked in asking}) == 1
        rows = alike and not any(frame.roles.long for frame, _ in asking)
        named = all(frame.roles.respondent is not None for frame, _ in asking)
        if asking and (rows or named):
            parts = [_people(panel, frame, asked, named=not rows) for frame, asked in asking]
            found[code] = _laid_out(parts, items, len(panel.units))
    return found


def _asked(scheme: Scheme, frame: Responses, items: Sequence[int]) -> dict[Any, int]:
    """By column, or as a long frame writes them, those of some items that a frame asks."""
    if not frame.roles.long:
        return {c: i for c, i in frame.roles.items.items() if i in items}
    codes = {normal(scheme.plan.nodes[i].code): i for i in items}
    written = collected(frame.frame.select(ITEM).unique())[ITEM].to_list()
    return {raw: i for raw in written if (i := codes.get(normal(name_of(raw)))) is not None}


@frozen(eq=False)
class _Part:
    """What one frame says: who, which item, and what that scores."""

    units: npt.NDArray[np.int64]
    """By row; -1 where the row names none."""
    names: list[Any] | None
    """By row, who answered; none where every row is somebody else."""
    weights: Floats
    columns: Mapping[int, Floats]
    """By item, a score for every row."""


def _people(panel: Panel, frame: Responses, asked: Mapping[Any, int], *, named: bool) -> _Part:
    scheme, units = panel.scheme, Units.of(panel.units)
    roles = frame.roles
    extra = [WEIGHT] * (roles.weight is not None) + [RESPONDENT] * named
    columns = [ITEM, VALUE] if roles.long else list(asked)
    table = collected(frame.frame.select(UNIT, *extra, *columns))
    known = {raw: _number(units, raw) for raw in table[UNIT].unique().to_list()}
    numbers = _mapped(table[UNIT], known, pl.Int64).astype(np.int64)
    weights = np.ones(len(numbers))
    if roles.weight is not None:
        cells = {c: decoding.weight(c) for c in table[WEIGHT].unique().to_list()}
        sound = {c: w for c, w in cells.items() if isinstance(w, int | Fraction)}
        weights = _mapped(table[WEIGHT], {c: w.numerator / w.denominator for c, w in sound.items()})
    names = None
    if named:
        called = {c: _name(c) for c in table[RESPONDENT].unique().to_list()}
        names = [called[c] for c in table[RESPONDENT].to_list()]
    found = {}
    nodes = scheme.plan.nodes
    if not roles.long:
        for column, i in asked.items():
            found[i] = _mapped(table[column], _scores(scheme, nodes[i].scale, table[column]))
        return _Part(numbers, names, weights, found)
    items = np.array([asked.get(raw, -1) for raw in table[ITEM].to_list()])
    for i in dict.fromkeys(asked.values()):
        values = _mapped(table[VALUE], _scores(scheme, nodes[i].scale, table[VALUE]))
        found[i] = np.where(items == i, values, np.nan)
    return _Part(numbers, names, weights, found)


def _laid_out(parts: Iterable[_Part], items: Sequence[int], units: int) -> Linked:
    """People of several frames, one row each, sorted by what they answered."""
    column = {i: k for k, i in enumerate(items)}
    blocks: list[tuple[_Part, npt.NDArray[np.intp]]] = []
    people: dict[tuple[int, Any], int] = {}
    size = 0
    for part in parts:
        if part.names is None:
            who = np.arange(size, size + len(part.units))
            size += len(part.units)
        else:
            named = zip(part.units.tolist(), part.names, strict=True)
            who = np.array([people.setdefault(key, len(people)) for key in named], dtype=np.intp)
            size = len(people)
        blocks.append((part, who))
    answers = np.full((size, len(items)), np.nan)
    weights, homes = np.ones(size), np.full(size, -1)
    for part, at in blocks:
        weights[at], homes[at] = part.weights, part.units
        for i, scores in part.columns.items():
            there = ~np.isnan(scores)
            answers[at[there], column[i]] = scores[there]
    asked = (homes >= 0) & (weights > 0) & ~np.isnan(answers).all(axis=1)
    answers, weights, homes = answers[asked], weights[asked], homes[asked]
    answers[answers == _LEFT_OUT] = np.nan
    order = np.lexsort((weights, *answers.T[::-1], homes))
    starts = np.searchsorted(homes[order], np.arange(units + 1))
    return Linked(tuple(items), answers[order], weights[order], starts)


def _number(units: Units, raw: Any) -> int:
    found = units.number(raw)
    return -1 if found is None else found


def _name(raw: Any) -> Any:
    return None if blank(raw) else tidy(name_of(raw))


def _scores(scheme: Scheme, scale: Scale | None, cells: nw.Series[Any]) -> dict[Any, float]:
    """What each value of a column scores; those that score nothing are not in it."""
    values = [value for value in cells.unique().to_list() if not blank(value)]
    meanings = decoding.meanings(scheme, scale, values)
    found = {}
    for value in values:
        meant = meanings[type(value), value]
        score = scale.score(meant) if isinstance(meant, str) and scale is not None else None
        if score is NOT_APPLICABLE:
            found[value] = _LEFT_OUT
        elif score is not None:  # else it is no answer, as an empty cell is none
            exact = approximate(score, _DIGITS)[0]
            found[value] = exact.numerator / exact.denominator
    return found


def _mapped(cells: nw.Series[Any], values: Mapping[Any, Any], dtype: Any = pl.Float64) -> Floats:
    """The values of cells; not a number where they have none."""
    if cells.implementation.is_polars():
        native: pl.Series = cells.to_native()
        old = pl.Series(list(values), dtype=native.dtype)
        new = pl.Series(list(values.values()), dtype=dtype)
        mapped = native.replace_strict(old, new, default=None, return_dtype=dtype)
        return mapped.cast(pl.Float64).fill_null(float("nan")).to_numpy(writable=True)
    return np.array([values.get(cell, np.nan) for cell in cells.to_list()], dtype=np.float64)
