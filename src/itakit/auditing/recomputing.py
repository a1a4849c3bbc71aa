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
        terms = []
        for child, weight in zip(joint.children, joint.weights, strict=True):
            value = made.get(child, own.get((child, "score"), own.get((child, "weighted"))))
            if value is None:
                break
            if first is not None:
                value = Fraction(first(value))
            elif child in network.carried:
                value = Fraction(network.scheme.rounding(value))
            terms.append((value, weight))
        else:
            try:
                made[joint.index] = joint.use(terms, joint.range, joint.codes)
            except (Inapplicable, Undecidable):
                continue
    return made, own


def _times(value: Number, factor: Fraction) -> Number:
    from itakit.reals import linear

    return linear([(factor, value)])
