"""Searching: the fewest items that, made full, bring a unit to a grade.

Where tables are exact, they are asked. Elsewhere sets of items are tried by their number, as many
as the limit allows; what lies beyond it is told as a number that does, and not as the least.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from math import comb

from attrs import define, evolve, field, frozen

from itakit.grade import Grade
from itakit.improving.fullness import after, entries, is_full
from itakit.improving.tables import Tables, bounds_of, foldable
from itakit.improving.ways import ItemsWay
from itakit.result import Result

LIMIT = 1_500
"""The most sets of items that are tried, one after the other."""
FEW = 300
"""As many sets of the least number are tried to tell all that do."""
SHOWN = 20
"""No more sets than these are told."""
CELLS = 3_000
"""The most items that tables are made for; they cost the square of it."""


@define
class _Trials:
    """Sets of items that have been tried, each once."""

    result: Result
    left: int = LIMIT
    places: dict[frozenset[str], tuple[int, Decimal]] = field(factory=dict)

    def __call__(self, codes: Sequence[str]) -> tuple[int, Decimal]:
        """The place of the grade, the best one at 0, and the published score."""
        key = frozenset(codes)
        if key not in self.places:
            self.left -= 1
            self.places[key] = place_of(after(self.result, codes))
        return self.places[key]


def place_of(found: object) -> tuple[int, Decimal]:
    """The place of a result's grade, the best one at 0, and its published score.

    Past the last place stands what has no grade.
    """
    if not isinstance(found, Result) or found.rounded is None:
        return 10**6, Decimal("-Infinity")
    band = found.band
    place = len(found.scheme.grades) if band is None else found.scheme.grades.index(band)
    return place, found.rounded


def items_ways(result: Result, grades: Sequence[Grade]) -> Mapping[str, ItemsWay]:
    """The fewest items for each of the grades above the unit's own, the best one first."""
    open_ = [entry for entry in entries(result) if not is_full(result, entry.code)]
    leaves = [entry.code for entry in open_ if not entry.node.children]
    every = [entry.code for entry in open_]
    ways = _Search(result, leaves).ways(grades)
    if len(every) > len(leaves) and any(way.outcome != "found" for way in ways.values()):
        for name, way in _Search(result, every).ways(grades).items():
            if ways[name].outcome != "found":
                ways[name] = evolve(way, whole=way.outcome == "found")
    return ways


@frozen
class _Search:
    """The search among some items of a unit."""

    result: Result
    codes: Sequence[str]

    def ways(self, grades: Sequence[Grade]) -> dict[str, ItemsWay]:
        """The way to each grade or a better one."""
        if (
            len(self.codes) <= CELLS
            and all(bounds_of(self.result, grade) is not None for grade in grades)
            and foldable(self.result, self.codes)
        ):
            own = [self._by_tables(grade) for grade in grades]
            found = list(_or_better(own))
        else:
            found = self._by_trials(len(grades))
        trials = _Trials(self.result, FEW)
        return {
            grade.name: self._sets(way, place, trials)
            for place, (grade, way) in enumerate(zip(grades, found, strict=True))
        }

    def _by_tables(self, grade: Grade) -> ItemsWay:
        table, loose = Tables.of(self.result, self.codes, grade).root()
        number = next((k for k, best in enumerate(table) if best is not None), None)
        if number is None:
            return ItemsWay("cannot")
        best = table[number]
        chosen = best.codes() if best else set[str]()
        fewer = loose[number - 1] if number else None
        nearly = None if fewer is None else self.result.scheme.rounding(fewer.value)
        return ItemsWay("found", number, number, (self._ordered(chosen),), nearly=nearly)

    def _ordered(self, codes: set[str]) -> tuple[str, ...]:
        return tuple(code for code in self.codes if code in codes)

    def _sets(self, way: ItemsWay, place: int, trials: _Trials) -> ItemsWay:
        """All sets of the least number, where they are few enough to be tried."""
        if not way.exact or way.number is None or comb(len(self.codes), way.number) > trials.left:
            return way
        sets = [s for s in combinations(self.codes, way.number) if trials(s)[0] <= place]
        every = len(sets) <= SHOWN
        return evolve(way, sets=tuple(sets) if every else way.sets, every=every, count=len(sets))

    # Where tables are not exact

    def _by_trials(self, wanted: int) -> list[ItemsWay]:
        """Sets by their number, then one item after the other."""
        trials = _Trials(self.result)
        found: dict[int, tuple[str, ...]] = {}
        least = len(self.codes) + 1
        for number in range(len(self.codes) + 1):
            if len(found) == wanted:
                break
            if comb(len(self.codes), number) > trials.left:
                least = number
                break
            for codes in combinations(self.codes, number):
                for place in range(trials(codes)[0], wanted):
                    found.setdefault(place, codes)
        exact = set(found)
        proven = least <= len(self.codes) and self._monotone()
        last = trials(self.codes)[0]
        for codes in self._one_by_one() if least <= len(self.codes) else ():
            for place in range(trials(codes)[0], wanted):
                found.setdefault(place, self._thinned(codes, place, trials))
        ways = []
        for place in range(wanted):
            if place in found:
                number = len(found[place])
                floor = number if place in exact else min(least, number)
                ways.append(ItemsWay("found", number, floor, (found[place],)))
            else:
                never = least > len(self.codes) or (proven and last > place)
                ways.append(ItemsWay("cannot" if never else "unknown"))
        return ways

    def _one_by_one(self) -> Iterator[tuple[str, ...]]:
        """At each time the item is added that does most for the total."""
        trials = _Trials(self.result)
        chosen: tuple[str, ...] = ()
        rest = list(self.codes)
        while rest and trials.left > 0:
            best = max(rest, key=lambda code: _merit(trials((*chosen, code))))
            rest.remove(best)
            chosen = (*chosen, best)
            yield chosen
        yield tuple(self.codes)

    def _thinned(self, codes: tuple[str, ...], place: int, trials: _Trials) -> tuple[str, ...]:
        """The same without what is not needed."""
        for code in codes:
            fewer = tuple(other for other in codes if other != code)
            if trials(fewer)[0] <= place:
                codes = fewer
        return self._ordered(set(codes))

    def _monotone(self) -> bool:
        """Whether a full item never lowers the total."""
        for code in self.codes:
            if self.result[code].status == "missing":
                return False
        return all("monotone" in node.method.method.laws for node in self.result.scheme.nodes())


def _merit(tried: tuple[int, Decimal]) -> tuple[int, Decimal]:
    return -tried[0], tried[1]


def _or_better(own: Sequence[ItemsWay]) -> Iterator[ItemsWay]:
    """A better grade will do as well, where it takes fewer."""
    best: ItemsWay | None = None
    for way in own:
        if way.number is not None and (
            best is None or best.number is None or way.number < best.number
        ):
            best = way
        yield best or way
