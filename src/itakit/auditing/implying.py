"""Implying: what figures say of the items below them, where items take few scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, islice
from math import comb
from typing import Final, TypeAlias, cast

from attrs import define, field, frozen

from itakit.auditing.linear import Region
from itakit.auditing.network import Network
from itakit.auditing.points import Points

LISTED: Final = 10
"""How many ways for items to stand are listed."""
_MOST: Final = 20_000
"""How many ways within one group, and how many sums of groups, are looked at."""
Way: TypeAlias = "tuple[Group, ...]"
Sums: TypeAlias = Mapping[Fraction, int]
"""By a sum, in how many ways it comes about."""


@frozen
class Group:
    """Items that count alike below one node, and how many of them have each score."""

    code: str
    """Of the node that they stand under."""
    items: tuple[str, ...]
    counts: tuple[tuple[Fraction, int], ...]
    """Pairs of a score and a number of items, the highest score first."""


@frozen
class Implication:
    """What the figures imply about the items below a node."""

    code: str
    """Of the highest node below which every item takes few scores."""
    ways: tuple[Way, ...]
    """The ways in which the items may stand, in counts, the first few of them."""
    n: int | None
    """How many ways there are; `None` where they are too many to be counted."""

    @property
    def certain(self) -> bool:
        """Whether there is one way only."""
        return self.n == 1


def implied(
    network: Network, regions: Sequence[Region], figured: Collection[int]
) -> tuple[Implication, ...]:
    """What is implied about items, given where each score may lie and which nodes have a figure.

    It is told of the highest node below which there is one way only, or of the nodes with figures.
    A node of which nothing is known but what its items can score is left out.
    """
    search = _Search(network, regions)
    return tuple(
        implication for top in _tops(network) for implication in _told(search, top, set(figured))
    )


def _told(search: _Search, i: int, figured: set[int]) -> Iterator[Implication]:
    network, region = search.network, search.regions[i]
    if not isinstance(region, Points) or len(region) == len(_blank(network, i)):
        return
    n = search.count(i, region)
    inside = range(i + 1, network.scheme.plan.ends[i])
    below = [k for k in network.joints[i].children if k in network.joints]
    if n != 1 and i not in figured and below and not figured.isdisjoint(inside):
        for k in below:
            yield from _told(search, k, figured)
        return
    listed = (way for value in region if n is not None for way in search.ways(i, value))
    code = network.scheme.plan.nodes[i].code
    yield Implication(code, tuple(islice(listed, LISTED)), n)


def _blank(network: Network, i: int) -> Points:
    return cast("Points", network.blank[i])


def _tops(network: Network) -> Iterator[int]:
    """The highest nodes below which all joints are linear and all items take few scores."""
    plan, fine = network.scheme.plan, set(network.listed)
    for i, joint in network.joints.items():
        listed = isinstance(network.blank[i], Points) and not network.carried
        if listed and joint.factors is not None and all(k in fine for k in joint.children):
            fine.add(i)
    return (i for i in sorted(fine) if i in network.joints and plan.parents[i] not in fine)


@define
class _Search:
    """The ways in which the items below a node make a score."""

    network: Network
    regions: Sequence[Region]
    _sums: dict[int, Sequence[Sums] | None] = field(factory=dict)

    def count(self, top: int, region: Points) -> int | None:
        """In how many ways, told in counts, a score of a region comes about."""
        table = self.table(top)
        return None if table is None else sum(table.get(value, 0) for value in region)

    def table(self, i: int) -> Sums | None:
        """How many ways lead to each score of a node; `None` where they are too many."""
        sums, region = self.sums(i), cast("Points", self.regions[i])
        if sums is None:
            return None
        return {value: n for value in region if (n := sums[0].get(value))}

    def sums(self, i: int) -> Sequence[Sums] | None:
        """The same for the sums of its parts, of all but the first of them, and so on."""
        if i not in self._sums:
            self._sums[i] = self._summed(self.parts(i))
        return self._sums[i]

    def _summed(self, parts: Sequence[_Part]) -> Sequence[Sums] | None:
        found: list[Sums] = [{Fraction(0): 1}]
        for part in reversed(parts):
            own = part.table(self)
            if own is None or len(own) * len(found[0]) > _MOST:
                return None
            added: Counter[Fraction] = Counter()
            for value, n in found[0].items():
                for more, m in own.items():
                    added[value + more] += n * m
            found.insert(0, added)
        return found

    def ways(self, i: int, value: Fraction) -> Iterator[Way]:
        """The ways in which a node comes to a score."""
        yield from self._to(self.parts(i), self.sums(i) or (), value)

    def _to(self, parts: Sequence[_Part], sums: Sequence[Sums], value: Fraction) -> Iterator[Way]:
        """The ways in which some parts add up to a value."""
        if not parts:
            yield ()
            return
        for own in sorted(parts[0].table(self) or (), reverse=True):
            if value - own in sums[1]:
                for begin in parts[0].ways(self, own):
                    for end in self._to(parts[1:], sums[1:], value - own):
                        yield (*begin, *end)

    def parts(self, i: int) -> list[_Part]:
        """The children of a node, items that count alike taken together."""
        joint = self.network.joints[i]
        alike: dict[tuple[Fraction, Points], list[int]] = {}
        parts: list[_Part] = []
        for child, factor in zip(joint.children, joint.factors or (), strict=True):
            region = cast("Points", self.regions[child])
            if child in self.network.joints:
                parts.append(_Below(factor, child))
            else:
                alike.setdefault((factor, region), []).append(child)
        nodes = self.network.scheme.plan.nodes
        for (factor, region), items in alike.items():
            codes = tuple(nodes[k].code for k in items)
            parts.append(_Items(factor, region, nodes[i].code, codes))
        return parts


@frozen
class _Below:
    """A child that has children of its own."""

    factor: Fraction
    index: int

    def table(self, search: _Search) -> Sums | None:
        """How many ways lead to each of its parts of the sum."""
        table = search.table(self.index)
        return table and {value * self.factor: n for value, n in table.items()}

    def ways(self, search: _Search, value: Fraction) -> Iterator[Way]:
        """The ways in which it comes to its part of the sum."""
        return search.ways(self.index, value / self.factor)


@frozen
class _Items:
    """Items of the same weight that take the same scores."""

    factor: Fraction
    region: Points
    code: str
    items: tuple[str, ...]

    def _choices(self) -> Iterator[tuple[Fraction, ...]]:
        return combinations_with_replacement(list(self.region), len(self.items))

    def table(self, _: _Search) -> Sums | None:
        """How many ways, told in counts, lead to each of their sums."""
        if comb(len(self.items) + len(self.region) - 1, len(self.items)) > _MOST:
            return None
        return Counter(sum(way, Fraction(0)) * self.factor for way in self._choices())

    def ways(self, _: _Search, value: Fraction) -> Iterator[Way]:
        """The ways in which they come to a sum."""
        for way in self._choices():
            if sum(way, Fraction(0)) * self.factor == value:
                counts = Counter(way)
                ordered = tuple((score, counts[score]) for score in sorted(counts, reverse=True))
                yield (Group(self.code, self.items, ordered),)


_Part: TypeAlias = "_Below | _Items"
