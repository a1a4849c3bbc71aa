"""Floats with a bound: the scores of units of which the same is known, in columns.

Where every method is linear, a score is a sum of products. The columns hold floats, and next to
them goes a bound on how far they can be off: a sum of k products whose sizes add up to s, in
whatever order, is off by at most k + 1 units of 2**-53 of s, to first order, beside what its terms
and factors are off by (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section
3.1); four times as much is allowed. Where a rounding edge lies within the bound, the score is
computed again in fractions. Items are rounded in integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import lcm
from operator import add
from typing import Any, Final

import polars as pl
from attrs import frozen

from itakit.evidence import NOT_APPLICABLE, Tally
from itakit.frames.panel import Panel
from itakit.rounding import Rounding
from itakit.scores import Scores

WHOLE: Final = 2**53
"""Integers up to here are floats, too."""
UNIT: Final = "unit"
"""The column with the number of the unit."""
_NOTHING, _SCORED, _INAPPLICABLE = 0, 1, 2
_OFF: Final = Fraction(4, 2**53)


@frozen(eq=False)
class Leaves:
    """What is known of the items of all units, as fractions in columns of integers."""

    panel: Panel
    frame: pl.DataFrame
    """By item i: n{i} over d{i} is its score, and s{i} is whether it has one or does not apply."""
    odd: frozenset[int]
    """The items whose score is no mean of the scores of answers."""

    @classmethod
    def of(cls, panel: Panel) -> Leaves:
        """The fractions of a panel's counts."""
        plan = panel.scheme.plan
        nothing = pl.lit(0, pl.Int64)
        columns: list[pl.Expr] = []
        for i in panel.counts:
            asked, apart = panel.cells(i)
            points, unit = plan.tables[i] or (dict.fromkeys(asked, 0), 1)
            n = reduce(add, asked.values(), nothing)
            inapplicable = reduce(add, apart.values(), nothing) > 0
            state = pl.when(n > 0).then(_SCORED).when(inapplicable).then(_INAPPLICABLE)
            total = reduce(add, (cell * points[code] for code, cell in asked.items()), nothing)
            columns += [
                total.alias(f"n{i}"),
                (n * unit).alias(f"d{i}"),
                state.otherwise(_NOTHING).cast(pl.String).alias(f"s{i}"),
            ]
        odd = frozenset(i for i in panel.counts if plan.tables[i] is None)
        return cls(panel, panel.table.select(columns), odd)

    def alike(self) -> Iterator[list[int]]:
        """The units, put together where the same is known of them."""
        given = self.panel.given
        known: dict[object, list[int]] = {}
        states = [f"s{i}" for i in self.panel.counts]
        marks: Sequence[str] = [""] * len(given)
        if states:
            marks = self.frame.select(pl.concat_str(states)).to_series().to_list()
        for unit, (mark, more) in enumerate(zip(marks, given, strict=True)):
            kinds = tuple(sorted((i, type(e).__name__) for i, e in more.items())) if more else ()
            known.setdefault((mark, kinds), []).append(unit)
        yield from known.values()

    def rational(self, unit: int) -> bool:
        """Whether all that is known of a unit are fractions."""
        known = self.panel.given[unit].values()
        return all(isinstance(e, Fraction) or e is NOT_APPLICABLE for e in known) and not any(
            self.frame[f"s{i}"][unit] == str(_SCORED) for i in self.odd
        )


def together(
    leaves: Leaves, scores: Scores, units: Sequence[int]
) -> tuple[pl.DataFrame, list[int]]:
    """The figures of units that stand as one of them does, and those that are left to the engine.

    All methods are linear, and nothing is rounded on the way.
    """
    plan, rounding = scores.scheme.plan, scores.scheme.rounding
    known, parts = _fractions(leaves, scores, units), _parts(scores)
    items = [name[1:] for name in known.columns if name.startswith("n")]
    floats = known.with_columns((pl.col(f"n{i}") / pl.col(f"d{i}")).alias(i) for i in items)
    floats = floats.with_columns(
        pl.sum_horizontal(pl.col(str(child)) * _float(f) for child, f in factors.items()).alias(
            str(i)
        )
        for i, factors in parts.items()
    )
    figures = {str(i): pl.lit(None, pl.Int64) for i in range(len(plan.nodes))}
    for i in items:
        figures[i] = _rounded(pl.col(f"n{i}"), pl.col(f"d{i}"), rounding)
    low, high = scores.scheme.range
    size = max(abs(low), abs(high))
    doubts = _long(known, items, rounding)
    edges = []
    for step in plan.steps:
        if factors := parts.get(step.index):
            i, value = str(step.index), pl.col(str(step.index))
            weight = sum(map(abs, factors.values()), Fraction(0))
            off = weight * size * (len(factors) + 3) * _OFF
            figures[i], edge = _published(value, off, size, rounding)
            edges.append(edge.alias(f"e{i}"))
            if not step.bounded:
                doubts.append(~value.is_between(_float(low + 2 * off), _float(high - 2 * off)))
    table = floats.select(
        pl.Series(UNIT, units, dtype=pl.Int64),
        *(figure.alias(i) for i, figure in figures.items()),
        *edges,
        pl.any_horizontal(pl.lit(value=False), *doubts).alias("doubt"),
    )
    for node, factors in parts.items():
        rows = table[f"e{node}"].arg_true()
        if len(rows):
            exact = _exactly(known, rows, factors, rounding)
            table = table.with_columns(table[str(node)].scatter(rows, exact))
    doubtful = table.filter("doubt")[UNIT].to_list()
    return table.filter(~pl.col("doubt")).select(UNIT, *figures), doubtful


def _long(known: pl.DataFrame, items: Sequence[str], rounding: Rounding) -> list[pl.Expr]:
    """Where a fraction is too long to be computed with in a column, for those that ever are."""
    most = {"n": WHOLE // (8 * 10**rounding.places), "d": WHOLE // 8}
    names = [f"{part}{i}" for i in items for part in most]
    sizes = known.select(pl.col(name).abs().max() for name in names).rows() or [()]
    longest = zip(names, sizes[0], strict=True)
    return [pl.col(name).abs() > most[name[0]] for name, n in longest if n > most[name[0]]]


def _parts(scores: Scores) -> Mapping[int, Mapping[int, Fraction]]:
    """By node that is made of others, what each score that is known below it is multiplied with."""
    parts: dict[int, dict[int, Fraction]] = {}
    for step in scores.scheme.plan.steps:
        found: dict[int, Fraction] = {}
        for child, factor in scores.coefficients(step).items():
            for leaf, inner in parts.get(child, {child: Fraction(1)}).items():
                found[leaf] = factor * inner
        if found:
            parts[step.index] = found
    return parts


def _fractions(leaves: Leaves, scores: Scores, units: Sequence[int]) -> pl.DataFrame:
    """What is known of some units, as fractions; what is too long for a column is out of bounds."""
    counted = [i for i, known in scores.evidence.items() if isinstance(known, Tally)]
    names = [f"{part}{i}" for i in counted for part in "nd"]
    table = leaves.frame.select(names)
    table = table[units] if names else pl.DataFrame({UNIT: units}, schema={UNIT: pl.Int64})
    columns: list[pl.Series | pl.Expr] = []
    for i in range(len(scores.numerators)):
        known = scores.evidence.get(i)
        if isinstance(known, Fraction):
            given = [leaves.panel.given[unit][i] for unit in units]
            short = [g if isinstance(g, Fraction) and _short(g) else Fraction(WHOLE) for g in given]
            columns.append(pl.Series(f"n{i}", [g.numerator for g in short], dtype=pl.Int64))
            columns.append(pl.Series(f"d{i}", [g.denominator for g in short], dtype=pl.Int64))
        elif scores.statuses.get(i) == "missing" and scores.numerators[i] is not None:
            constant = Fraction(scores.numerators[i], scores.denominators[i])
            columns.append(pl.lit(constant.numerator, pl.Int64).alias(f"n{i}"))
            columns.append(pl.lit(constant.denominator, pl.Int64).alias(f"d{i}"))
    return table.with_columns(columns)


def _short(fraction: Fraction) -> bool:
    return abs(fraction.numerator) < WHOLE and fraction.denominator < WHOLE


def _exactly(
    known: pl.DataFrame, rows: pl.Series, factors: Mapping[int, Fraction], rounding: Rounding
) -> list[int]:
    """The published figures of a node in some rows, in units of the last place."""
    unit = lcm(*(factor.denominator for factor in factors.values()))
    times = [int(factor * unit) for factor in factors.values()]
    numerators = known.select(f"n{leaf}" for leaf in factors)[rows].rows()
    denominators = known.select(f"d{leaf}" for leaf in factors)[rows].rows()
    figures = []
    for ns, ds in zip(numerators, denominators, strict=True):
        common = lcm(*ds)
        total = sum(k * n * (common // d) for k, n, d in zip(times, ns, ds, strict=True))
        figures.append(rounding.ratio(total, common * unit))
    return figures


def _float(fraction: Fraction) -> Any:
    """The float nearest to a fraction."""
    return fraction.numerator / fraction.denominator


def _rounded(numerators: pl.Expr, denominators: pl.Expr, rounding: Rounding) -> pl.Expr:
    """The published figures of fractions, in units of the last place."""
    scaled = numerators.abs() * 10**rounding.places
    half_up = (2 * scaled + denominators) // (2 * denominators)
    tie = 2 * scaled == (2 * half_up - 1) * denominators
    figure: dict[str, pl.Expr] = {
        "half-up": half_up,
        "half-even": half_up - (tie & (half_up % 2 == 1)).cast(pl.Int64),
        "up": (scaled + denominators - 1) // denominators,
        "down": scaled // denominators,
    }
    return figure[rounding.mode] * numerators.sign()


def _published(
    value: pl.Expr, off: Fraction, size: Fraction, rounding: Rounding
) -> tuple[pl.Expr, pl.Expr]:
    """The published figure of a float, and whether a rounding edge is within its bound."""
    unit = 10**rounding.places
    scaled = value.abs() * unit
    bound = _float((off + size * _OFF) * unit)
    shifted = scaled + 0.5 if rounding.mode.startswith("half") else scaled
    whole = shifted.ceil() if rounding.mode == "up" else shifted.floor()
    doubtful = (shifted - shifted.round()).abs() <= bound
    return (whole * value.sign()).cast(pl.Int64), doubtful
