"""Recomputing: what the scheme makes of figures as they are printed, taken as exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from itakit.auditing.claims import Claims
from itakit.auditing.figures import Figure
from itakit.methods import Inapplicable
from itakit.reals import Number, Undecidable
from itakit.rounding import Rounding


def recomputed(claims: Claims, counted: Iterable[Figure]) -> Mapping[Figure, Decimal]:
    """For each figure, what those below it make of it, as they are printed.

    The lowest figures count: a survey's score is made of its indicators where all are printed, and
    taken from the table where they are not. Figures without enough below them are left out.
    """
    found: dict[Figure, Decimal] = {}
    below, values = values_as_printed(claims, counted)
    for figure in claims.numbers:
        i = claims.node(figure)
        value = below.get(i)
        if value is None and figure.kind == "weighted":
            value = values.get((i, "score"))
        if value is None:
            continue
        try:
            shown = value
            if figure.kind == "weighted":
                if i in claims.network.carried:
                    shown = Fraction(claims.network.scheme.rounding(value))
                shown = _times(shown, claims.factors[i])
            found[figure] = claims.rounding(figure)(shown)
        except Undecidable:
            continue
    return found


def values_as_printed(
    claims: Claims, counted: Iterable[Figure], first: Rounding | None = None
) -> tuple[Mapping[int, Number], Mapping[tuple[int, str], Number]]:
    """By node, what children's printed figures make of it; and what its own figures say.

    With a rounding, every score is rounded before it goes on upward, which is a usual slip.
    """
    network = claims.network
    own: dict[tuple[int, str], Number] = {}
    for figure in counted:
        i = claims.node(figure)
        factor = claims.factors[i] if figure.kind == "weighted" else Fraction(1)
        own[i, figure.kind] = Fraction(figure.value) / factor
    made: dict[int, Number] = {}
    for joint in network.touched(i for i, _ in own):
        values = [
            made.get(k, own.get((k, "score"), own.get((k, "weighted")))) for k in joint.children
        ]
        there = [value for value in values if value is not None]
        if len(there) < len(values):
            continue
        try:
            rounded = [
                _carried(claims, k, value, first)
                for k, value in zip(joint.children, there, strict=True)
            ]
            terms = list(zip(rounded, joint.weights, strict=True))
            made[joint.index] = joint.use(terms, joint.range, joint.codes)
        except (Inapplicable, Undecidable):
            continue
    return made, own


def _carried(claims: Claims, i: int, value: Number, first: Rounding | None) -> Number:
    """What goes on upward of a score."""
    if first is not None:
        return Fraction(first(value))
    if i in claims.network.carried:
        return Fraction(claims.network.scheme.rounding(value))
    return value


def _times(value: Number, factor: Fraction) -> Number:
    from itakit.reals import linear

    return linear([(factor, value)])
