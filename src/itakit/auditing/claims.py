"""Claims: what each printed figure says of a score, and what figures say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from itakit.auditing.figures import Figure
from itakit.auditing.linear import Region
from itakit.auditing.network import Network
from itakit.auditing.points import Points
from itakit.auditing.span import Span
from itakit.rounding import Rounding


@frozen(slots=False)
class Claims:
    """The printed figures of a table, as what they say of scores."""

    network: Network
    figures: tuple[Figure, ...]

    @cached_property
    def numbers(self) -> tuple[Figure, ...]:
        """The figures without the grade."""
        return tuple(figure for figure in self.figures if figure.kind != "grade")

    def node(self, figure: Figure) -> int:
        """The number of the node that a figure is of."""
        return self.network.scheme.plan.index[figure.code]

    def rounding(self, figure: Figure) -> Rounding:
        """How a score becomes a figure with as many decimals."""
        return Rounding(figure.places, self.network.scheme.rounding.mode)

    @cached_property
    def factors(self) -> Mapping[int, Fraction]:
        """By its number, what each node's score is multiplied with where it counts."""
        plan, found = self.network.scheme.plan, {}
        for step in plan.steps:
            whole = sum((plan.weights[k] for k in step.counting), Fraction(0))
            if plan.nodes[step.index].method.method.shape == "sum":
                whole = Fraction(1)
            found.update({k: plan.weights[k] / whole for k in step.counting})
        return found

    @cached_property
    def _cuts(self) -> Mapping[Figure, Span | None]:
        return {figure: self._cut(figure) for figure in self.numbers}

    def cut(self, figure: Figure) -> Span | None:
        """The scores of its node that a figure may be printed for; `None` where there are none."""
        return self._cuts[figure]

    def _cut(self, figure: Figure) -> Span | None:
        network, i = self.network, self.node(figure)
        span = network.figure(figure.value, figure.places)
        if figure.kind == "score":
            return span.meet(network.whole)
        span = span.times(1 / self.factors[i])
        if i not in network.carried:
            return span.meet(network.whole)
        kept = network.upward(i, network.whole).meet(span)
        if kept is None:
            return None
        return network.within(i, network.whole, kept.span.span).span  # type: ignore[union-attr]

    def shown(self, figure: Figure, region: Region) -> Region:
        """A region of scores as what the figure is of: the score, or its weighted part."""
        if figure.kind == "score":
            return region
        i = self.node(figure)
        region, factor = self.network.upward(i, region), self.factors[i]
        if isinstance(region, Span):
            return region.times(factor)
        return Points.of(value * factor for value in region)

    def cuts(self, figures: Iterable[Figure]) -> dict[int, Span] | None:
        """What figures say of each node; `None` where two say what cannot both be."""
        found: dict[int, Span] = {}
        for figure in figures:
            i, cut = self.node(figure), self.cut(figure)
            kept = cut if cut is None or i not in found else found[i].meet(cut)
            if kept is None:
                return None
            found[i] = kept
        return found

    def settle(
        self, figures: Iterable[Figure], *, everywhere: bool = False
    ) -> Sequence[Region] | None:
        """Where each score may lie, given figures; `None` where they contradict each other."""
        cuts = self.cuts(figures)
        return None if cuts is None else self.network.settle(cuts, everywhere=everywhere)

    @cached_property
    def _rests(self) -> dict[Figure, Region | None]:
        return {}

    def rest(self, figure: Figure) -> Region | None:
        """Where the score of a figure may lie given all others; `None` where those contradict."""
        if figure not in self._rests:
            cuts = self.cuts(other for other in self.numbers if other is not figure)
            regions = None
            if cuts is not None:
                # What is below it is known although nothing is said of it.
                cuts.setdefault(self.node(figure), self.network.whole)
                regions = self.network.settle(cuts)
            self._rests[figure] = None if regions is None else regions[self.node(figure)]
        return self._rests[figure]


@frozen
class Rise:
    """What figures say upward: each is judged by those below it, and counts above if it can be."""

    below: Mapping[Figure, Region | None]
    """Where the score may lie by what is below; `None` where nowhere."""
    informed: frozenset[Figure]
    """The figures that have figures below them."""
    impossible: tuple[Figure, ...]
    """Those that what is below excludes; they count nowhere above."""


def rise(claims: Claims) -> Rise:
    """Judge figures from the items up."""
    network, plan = claims.network, claims.network.scheme.plan
    at: dict[int, list[Figure]] = {}
    for figure in claims.numbers:
        at.setdefault(claims.node(figure), []).append(figure)
    touched = {joint.index for joint in network.touched(at)}
    regions = list(network.blank)
    below: dict[Figure, Region | None] = {}
    informed: set[Figure] = set()
    impossible: list[Figure] = []
    counted: list[int] = []
    for i in reversed(range(len(plan.nodes))):
        region: Region | None = regions[i]
        if i in touched:
            region = network.up(network.joints[i], regions)
        known = any(i < k < plan.ends[i] for k in counted)
        for figure in at.get(i, ()):
            below[figure] = region
            if known:
                informed.add(figure)
            cut = claims.cut(figure)
            kept = None if cut is None or region is None else region.meet(cut)
            if kept is None:
                impossible.append(figure)
            else:
                region, known = kept, True
                counted.append(i)
        regions[i] = network.whole if region is None else region
    return Rise(below, frozenset(informed), tuple(impossible))


def printable(region: Region, rounding: Rounding) -> tuple[Decimal, Decimal, int]:
    """The first and the last figure that a score may be printed as, and how many there are."""
    first, last = region.span.printed(rounding)
    if isinstance(region, Points) and len(region) <= 10_000:
        return first, last, len({rounding(value) for value in region})
    return first, last, int((last - first).scaleb(rounding.places)) + 1
