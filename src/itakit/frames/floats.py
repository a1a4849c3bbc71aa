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
from attrs import field, frozen

from itakit.evidence import NOT_APPLICABLE, Tally
from itakit.frames.panel import Panel
from itakit.frames.verdicts import SCHEMA, standing
from itakit.rounding import Rounding
from itakit.scores import Scores

WHOLE: Final = 2**53
"""Integers up to here are floats, too."""
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
        counts: dict[str, pl.Series] = {}
        columns: list[pl.Expr] = []
        for i, by_code in panel.counts.items():
            scale = plan.nodes[i].scale
            left_out = () if scale is None else scale.not_applicable
            cells = {code: pl.col(f"{i} {code}") for code in by_code}
            counts |= {f"{i} {code}": series for code, series in by_code.items()}
            asked = {code: cell for code, cell in cells.items() if code not in left_out}
            apart = [cell for code, cell in cells.items() if code in left_out]
            points, unit = plan.tables[i] or (dict.fromkeys(asked, 0), 1)
            n = reduce(add, asked.values(), nothing)
            inapplicable = reduce(add, apart, nothing) > 0
            state = pl.when(n > 0).then(_SCORED).when(inapplicable).then(_INAPPLICABLE)
            columns += [
                reduce(add, (cell * points[code] for code, cell in asked.items()), nothing).alias(
                    f"n{i}"
                ),
                (n * unit).alias(f"d{i}"),
                state.otherwise(_NOTHING).cast(pl.String).alias(f"s{i}"),
            ]
        odd = frozenset(i for i in panel.counts if plan.tables[i] is None)
        return cls(panel, pl.DataFrame(counts).select(columns), odd)

    def alike(self) -> Iterator[list[int]]:
        """The units, put together where the same is known of them."""
        given = self.panel.given
        known: dict[object, list[int]] = {}
        states = [f"s{i}" for i in self.panel.counts]
        marks: Sequence[str] = [""] * len(given)
        if states:
            marks = self.frame.select(pl.concat_str(states)).to_series().to_list()
        for unit, (mark, more) in enumerate(zip(marks, given, strict=True)):
            kinds = tuple(sorted((i, type(e).__name__) for i, e in more.items()))
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
    """The scores of units that stand as one of them does, and those that are left to the engine.

    All methods are linear, and nothing is rounded on the way.
    """
    scheme = scores.scheme
    plan, rounding = scheme.plan, scheme.rounding
    low, high = scheme.range
    size = max(abs(low), abs(high))
    here = pl.Series(units, dtype=pl.Int64)
    values: dict[int, pl.Series] = {}
    off: dict[int, Fraction] = {}
    figures: dict[int, pl.Series] = {}
    doubt = pl.repeat(value=False, n=len(units), eager=True)
    exact = _Exact()
    for i in range(len(plan.nodes)):
        fractions = _fractions(leaves, scores, i, here)
        if fractions is not None:
            numerators, denominators, doubtful = fractions
            doubt |= doubtful
            exact.fractions[i] = numerators, denominators
            values[i], off[i] = numerators / denominators, size * _OFF
            figures[i] = _rounded(numerators, denominators, rounding)
    for step in plan.steps:
        i, factors = step.index, scores.coefficients(step)
        if factors:
            exact.join(i, factors)
            weight = sum(map(abs, factors.values()), Fraction(0))
            values[i] = reduce(add, (values[c] * _float(f) for c, f in factors.items()))
            off[i] = sum((abs(f) * off[c] for c, f in factors.items()), Fraction(0))
            off[i] += weight * size * (len(factors) + 2) * _OFF
            floats, doubtful = _published(values[i], off[i], size, rounding)
            rows = doubtful.arg_true()
            figures[i] = floats.scatter(rows, exact.figures(i, rows, rounding))
            if not step.bounded:
                inside = values[i].is_between(_float(low + 2 * off[i]), _float(high - 2 * off[i]))
                doubt |= ~inside
    sure = ~doubt
    kept = here.filter(sure)
    nothing = pl.Series([None] * len(kept), dtype=pl.Int64)
    each = pl.DataFrame(
        [(i, *standing(scores, i)) for i in range(len(plan.nodes))],
        schema={name: SCHEMA[name] for name in ("node", "status", "coverage")},
        orient="row",
    ).select(pl.all().repeat_by(len(kept)).explode(empty_as_null=False))
    table = each.with_columns(
        unit=pl.concat([kept] * len(plan.nodes)),
        rounded=pl.concat(
            figures[i].filter(sure) if i in figures else nothing for i in range(len(plan.nodes))
        ),
    )
    return table.select(*SCHEMA), here.filter(doubt).to_list()


@frozen(eq=False)
class _Exact:
    """Single scores as the fractions that they are: sums of products of what is known."""

    fractions: dict[int, tuple[pl.Series, pl.Series]] = field(factory=dict)
    """By node with evidence, numerators and denominators."""
    factors: dict[int, Mapping[int, Fraction]] = field(factory=dict)
    """By node, what each node with evidence below it is multiplied with."""

    def join(self, i: int, factors: Mapping[int, Fraction]) -> None:
        """Note what a node is made of, in terms of evidence."""
        found: dict[int, Fraction] = {}
        for child, factor in factors.items():
            for leaf, inner in self.factors.get(child, {child: Fraction(1)}).items():
                found[leaf] = found.get(leaf, Fraction(0)) + factor * inner
        self.factors[i] = found

    def figures(self, i: int, rows: pl.Series, rounding: Rounding) -> list[int]:
        """The published figures of a node in some rows, in units of the last place."""
        factors = self.factors[i]
        unit = lcm(*(factor.denominator for factor in factors.values()))
        columns: list[tuple[int, list[int], list[int]]] = []
        for leaf, factor in factors.items():
            numerators, denominators = (
                part.gather(rows).to_list() for part in self.fractions[leaf]
            )
            columns.append((int(factor * unit), numerators, denominators))
        figures = []
        for row in range(len(rows)):
            common = lcm(*(d[row] for _, _, d in columns))
            total = sum(k * n[row] * (common // d[row]) for k, n, d in columns)
            figures.append(rounding.ratio(total, common * unit))
        return figures


def _float(fraction: Fraction) -> Any:
    """The float nearest to a fraction."""
    return fraction.numerator / fraction.denominator


def _fractions(
    leaves: Leaves, scores: Scores, i: int, here: pl.Series
) -> tuple[pl.Series, pl.Series, pl.Series] | None:
    """What is known of a node as fractions, and where they are too long for a column."""
    known = scores.evidence.get(i)
    if isinstance(known, Tally):
        numerators = leaves.frame[f"n{i}"].gather(here)
        denominators = leaves.frame[f"d{i}"].gather(here)
    elif isinstance(known, Fraction):
        given = [leaves.panel.given[unit][i] for unit in here]
        short = [g if isinstance(g, Fraction) and _short(g) else Fraction(WHOLE) for g in given]
        numerators = pl.Series([g.numerator for g in short], dtype=pl.Int64)
        denominators = pl.Series([g.denominator for g in short], dtype=pl.Int64)
    elif known is None and scores.statuses.get(i) == "missing" and scores.numerators[i] is not None:
        constant = Fraction(scores.numerators[i], scores.denominators[i])
        numerators = pl.repeat(constant.numerator, len(here), dtype=pl.Int64, eager=True)
        denominators = pl.repeat(constant.denominator, len(here), dtype=pl.Int64, eager=True)
    else:
        return None
    most = WHOLE // (4 * 10**scores.scheme.rounding.places)
    return numerators, denominators, (numerators.abs() > most) | (denominators > WHOLE // 4)


def _short(fraction: Fraction) -> bool:
    return abs(fraction.numerator) < WHOLE and fraction.denominator < WHOLE


def _rounded(numerators: pl.Series, denominators: pl.Series, rounding: Rounding) -> pl.Series:
    """The published figures of fractions, in units of the last place."""
    scaled = numerators.abs() * 10**rounding.places
    floor = scaled // denominators
    rest = scaled - floor * denominators
    more = {
        "half-up": 2 * rest >= denominators,
        "half-even": (2 * rest > denominators) | ((2 * rest == denominators) & (floor % 2 == 1)),
        "up": rest > 0,
        "down": rest < 0,
    }
    figures: pl.Series = (floor + more[rounding.mode].cast(pl.Int64)) * numerators.sign()
    return figures


def _published(
    values: pl.Series, off: Fraction, size: Fraction, rounding: Rounding
) -> tuple[pl.Series, pl.Series]:
    """The published figures of floats, and where a rounding edge is within their bound."""
    unit = 10**rounding.places
    scaled = values.abs() * unit
    bound = _float((off + size * _OFF) * unit)
    shifted = scaled + 0.5 if rounding.mode.startswith("half") else scaled
    whole = shifted.ceil() if rounding.mode == "up" else shifted.floor()
    doubtful = (shifted - shifted.round()).abs() <= bound
    return (whole * values.sign()).cast(pl.Int64), doubtful
