"""The joint: how one node's score hangs together with those of its children."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Final

from attrs import frozen

from itakit.auditing import curved, thresholds
from itakit.auditing.curved import Terms
from itakit.auditing.linear import Region, scale_sum, split_sum
from itakit.auditing.span import Span
from itakit.methods import Use

Up = Callable[[Terms, Sequence[Region]], Region | None]
Down = Callable[[Terms, Sequence[Region], Region], "list[Region] | None"]


@frozen(slots=False)
class Joint:
    """A node, and those of its children that apply and count."""

    index: int
    """The node's number."""
    children: tuple[int, ...]
    """The numbers of those children."""
    use: Use
    weights: tuple[Fraction, ...]
    """What each of them counts, those that do not apply being left out."""
    codes: tuple[str, ...]
    range: tuple[Fraction, Fraction]

    @cached_property
    def factors(self) -> tuple[Fraction, ...] | None:
        """For a linear method: what each child's score is multiplied with."""
        shape = self.use.method.shape
        if shape is None:
            return None
        whole = sum(self.weights, Fraction(0)) if shape == "average" else Fraction(1)
        return tuple(weight / whole for weight in self.weights)

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self.use, self.weights, self.codes, self.range)

    @cached_property
    def _ways(self) -> tuple[Up, Down]:
        ways = _WAYS.get(self.use.name)
        if ways is None:
            ways = _MONOTONE if "monotone" in self.use.method.laws else _UNKNOWN
        return ways

    def up(self, regions: Sequence[Region]) -> Region | None:
        """Where the node's score may lie; `None` where the method does not say."""
        if self.factors is not None:
            return scale_sum(self.factors, regions)
        return self._ways[0](self._terms, regions)

    def down(self, regions: Sequence[Region], whole: Region) -> list[Region] | None:
        """Where its children's scores may lie, given its own; `None` where nowhere."""
        if self.factors is not None:
            return split_sum(self.factors, regions, whole)
        return self._ways[1](self._terms, regions, whole)


def _in_span(
    down: Callable[[Terms, Sequence[Region], Span], list[Region] | None],
) -> Down:
    return lambda terms, regions, whole: down(terms, regions, whole.span)


_ORDER: Final[tuple[Up, Down]] = (curved.order_up, _in_span(curved.order_down))
_CONDITION: Final[tuple[Up, Down]] = (thresholds.condition_up, thresholds.condition_down)
_MONOTONE: Final[tuple[Up, Down]] = (curved.monotone_up, _in_span(curved.monotone_down))
_UNKNOWN: Final[tuple[Up, Down]] = (
    lambda _terms, _regions: None,
    lambda _terms, regions, _whole: list(regions),
)
_WAYS: Final[Mapping[str, tuple[Up, Down]]] = MappingProxyType(
    {
        "min": _ORDER,
        "max": _ORDER,
        "median": _ORDER,
        "k-of-n": _CONDITION,
        "all-of": _CONDITION,
        "deduction": (thresholds.deduction_up, _in_span(thresholds.deduction_down)),
    }
)
