"""Verdicts: whether each figure follows from the others, is possible beside them, or impossible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, TypeAlias

from attrs import frozen

from itakit.auditing.claims import Claims, Rise, printable, rise
from itakit.auditing.figures import Figure, Kind
from itakit.auditing.linear import Region
from itakit.auditing.network import Network
from itakit.auditing.points import Points
from itakit.auditing.recomputing import recomputed
from itakit.auditing.span import Span
from itakit.scheme import Scheme

_ROOM: Final = Fraction(1, 20)
"""The share of the range that figures which bear another one out may leave to it."""
Verdict: TypeAlias = Literal["follows", "possible", "impossible"]


@frozen
class Judged:
    """What was found about one figure.

    Intervals are of the exact value that was rounded to the figure: of the score, or of the
    weighted score.
    """

    code: str
    kind: Kind
    printed: str
    verdict: Verdict
    below: Span | None = None
    """Where the value lies by the figures and items below; `None` where nothing is below."""
    rest: Span | None = None
    """Where it lies by all other figures; `None` where those contradict each other."""
    first: Decimal | None = None
    """The first figure that it could be printed as, by what it was judged by."""
    last: Decimal | None = None
    """The last one."""
    recomputed: Decimal | None = None
    """What the scheme makes of the figures below, taken as they are printed."""


@frozen(slots=False)
class Bench:
    """The judgement of a table's figures but for the grade."""

    claims: Claims
    unattainable: tuple[Figure, ...] = ()
    """Figures that no combination of the items below gives, and that fit the table all the same."""

    @cached_property
    def risen(self) -> Rise:
        """The figures judged by what is below them."""
        return rise(self.claims)

    @cached_property
    def counted(self) -> tuple[Figure, ...]:
        """The figures that what is below them does not exclude."""
        return tuple(f for f in self.claims.numbers if f not in self.risen.impossible)

    @cached_property
    def consistent(self) -> bool:
        """Whether there are scores that all figures can be printed for."""
        return not self.risen.impossible and self.claims.settle(self.claims.numbers) is not None

    @cached_property
    def remade(self) -> Mapping[Figure, Decimal]:
        """What the figures below make of each, taken as printed."""
        return recomputed(self.claims, self.counted)

    def judged(self, figure: Figure) -> Judged:
        """What was found about a figure."""
        claims, below = self.claims, self.risen.below[figure]
        rest = claims.rest(figure)
        verdict: Verdict = "possible"
        region: Region | None = below if figure in self.risen.informed else None
        if self.consistent:
            region = rest
        first = last = None
        if figure in self.risen.impossible:
            verdict, region = "impossible", below
        if region is not None:
            first, last, _ = printable(claims.shown(figure, region), claims.rounding(figure))
            if verdict == "possible" and figure.value in (
                self._sole(first, last),
                self.remade.get(figure),
            ):
                verdict = "follows"
        return Judged(
            figure.code,
            figure.kind,
            figure.text,
            verdict,
            self._span(figure, below) if figure in self.risen.informed else None,
            self._span(figure, rest),
            first,
            last,
            self.remade.get(figure),
        )

    def _sole(self, first: Decimal, last: Decimal) -> Decimal | None:
        return first if first == last else None

    def _span(self, figure: Figure, region: Region | None) -> Span | None:
        return None if region is None else self.claims.shown(figure, region).span


def bench(network: Network, figures: Sequence[Figure]) -> Bench:
    """The judgement of figures.

    A figure that no combination of the items below it gives is impossible of one unit. Where the
    other figures bear it out all the same, leaving it no more than a small share of the range, and
    no single slip explains it, the table is not of one unit, as a mean of several agencies, or its
    items score otherwise: then items are not held against it.
    """
    strict = Bench(Claims(network, tuple(figures)))
    plan = network.scheme.plan
    refused = []
    for figure in strict.risen.impossible:
        region, cut = strict.risen.below[figure], strict.claims.cut(figure)
        if isinstance(region, Points) and cut is not None and region.span.meet(cut) is not None:
            refused.append(figure)
    for figure in refused:
        i = strict.claims.node(figure)
        if not any(_above(plan.parents, strict.claims.node(other), i) for other in figures):
            return strict
    if not refused or _slip(strict.claims, refused):
        return strict
    loose = Network(network.scheme, network.absent, network.values, loose=True)
    relaxed = Bench(Claims(loose, tuple(figures)), tuple(refused))
    borne_out = relaxed.consistent and all(_pinned(relaxed.claims, f) for f in refused)
    return relaxed if borne_out else strict


def _slip(claims: Claims, refused: Sequence[Figure]) -> bool:
    """Whether another figure in the place of a single one would be that of one unit."""
    return len(refused) == 1 and claims.rest(refused[0]) is not None


def _pinned(claims: Claims, figure: Figure) -> bool:
    """Whether the other figures leave a score little room."""
    low, high = claims.network.scheme.range
    rest = claims.rest(figure)
    return rest is not None and rest.span.high - rest.span.low <= _ROOM * (high - low)


def _above(parents: Sequence[int], i: int, k: int) -> bool:
    """Whether one node stands above another."""
    k = parents[k]
    while k >= 0 and k != i:
        k = parents[k]
    return k == i


def leaves_of(scheme: Scheme, name: str) -> Sequence[int]:
    """The items that a code or a level stands for; none where there is no such."""
    plan = scheme.plan
    numbers = plan.levels.get(name) or ((plan.index[name],) if name in plan.index else ())
    return [k for i in numbers for k in range(i, plan.ends[i]) if not plan.nodes[k].children]
