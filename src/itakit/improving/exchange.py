"""Exchange: the fewest steps that bring one linear score to a bound, exactly.

What a person's steps add is first taken by its concave envelope: whole stretches of steps, steepest
first. Where stretches end, no other choice of as many steps adds more; in between, others may. Let
m be the most steps of one person, and price every step at the slope of the stretch that is begun.
At that price no person does better than in the greedy choice, so a best choice need not differ
from it in a set of people whose steps cancel out. Put in an order in which their sum stays between
1 - m and m, at most 2m - 1 people differ then: more would repeat a sum, and what is between two
equal sums cancels out. So it is enough to try the few people who lose least by each number of
steps, all together, which the last function does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from itakit.improving.pools import Pool

Paths: TypeAlias = Mapping[str, list[Fraction]]
Reached: TypeAlias = Callable[[Fraction], bool]
"""Whether what is added is enough; true for all that is more."""


@frozen
class _Stretch:
    """Steps that the people of a pool take together or not at all, on the envelope."""

    slope: Fraction
    pool: int
    begin: int
    end: int
    people: int

    @property
    def length(self) -> int:
        return self.end - self.begin


def fewest(pools: Sequence[Pool], paths: Paths, reached: Reached) -> list[Pool] | None:
    """The pools after as few steps as it takes; `None` where all steps do not do.

    Pools of items that add nothing stay as they are, and nobody goes back.
    """
    if reached(Fraction(0)):
        return list(pools)
    pools = [evolve(pool, floor=pool.now) for pool in pools]
    ends = [pool.now for pool in pools]
    gain, steps = Fraction(0), 0
    for stretch in sorted(_stretches(pools, paths), key=lambda s: (-s.slope, s.pool, s.begin)):
        whole = stretch.length * stretch.people
        if not reached(gain + whole * stretch.slope):
            gain, steps = gain + whole * stretch.slope, steps + whole
            ends[stretch.pool] = stretch.end
            continue
        least = _least(lambda n, s=stretch, g=gain: reached(g + n * s.slope), whole)  # type: ignore[misc]
        ended, rest = divmod(least, stretch.length)
        gain += ended * stretch.length * stretch.slope
        begun = _split(pools, ends, stretch, ended)
        while True:
            found = _exchanged(begun, paths, stretch.slope, rest)
            if reached(gain + found[0]):
                return found[1]
            rest += 1
            if rest == stretch.length:
                gain, rest, ended = gain + rest * stretch.slope, 0, ended + 1
                begun = _split(pools, ends, stretch, ended)
    return None


def _least(enough: Callable[[int], bool], most: int) -> int:
    """The least number that is enough, of those from 1 to one that is."""
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _stretches(pools: Sequence[Pool], paths: Paths) -> list[_Stretch]:
    found = []
    for number, pool in enumerate(pools):
        path = paths.get(pool.code)
        if path is None:
            continue
        begin = pool.now
        while begin < len(path) - 1:
            # The furthest of the steepest: longer stretches end where fewer choices are open.
            slopes = [(path[t] - path[begin]) / (t - begin) for t in range(begin + 1, len(path))]
            slope = max(slopes)
            end = begin + 1 + max(k for k, s in enumerate(slopes) if s == slope)
            found.append(_Stretch(slope, number, begin, end, pool.people))
            begin = end
    return found


def _split(pools: Sequence[Pool], ends: Sequence[int], stretch: _Stretch, ended: int) -> list[Pool]:
    """The pools where they stand when some people of one have taken its stretch."""
    found: list[Pool] = []
    for number, (pool, end) in enumerate(zip(pools, ends, strict=True)):
        people = pool.people if number != stretch.pool else ended
        rank = end if number != stretch.pool else stretch.end
        for part in pool.moved(people, rank - pool.now):
            if number == stretch.pool and part.now == pool.now:
                found.extend(part.moved(part.people, stretch.begin - part.now))
            else:
                found.append(part)
    return found


_Chain: TypeAlias = tuple[int, int, "_Chain | None"]
"""People who take other steps than the greedy choice: the number of the pool, and how many more."""


def _exchanged(
    pools: Sequence[Pool], paths: Paths, price: Fraction, rest: int
) -> tuple[Fraction, list[Pool]]:
    """What a number of further steps adds at most to the greedy choice, and who stands where.

    The next one in the stretch can always take them.
    """
    if rest == 0:
        return Fraction(0), list(pools)
    most = max(len(path) for path in paths.values()) - 1
    people = 2 * most - 1
    best: dict[int, tuple[Fraction, _Chain | None]] = {0: (Fraction(0), None)}
    for number, options in _candidates(pools, paths, price, most, people):
        after = dict(best)
        for balance, (lost, chain) in best.items():
            for more, loss in options.items():
                sum_, total = balance + more, lost + loss
                if abs(sum_) <= most * people and (sum_ not in after or after[sum_][0] < total):
                    after[sum_] = total, (number, more, chain)
        best = after
    lost, chain = best[rest]
    return lost + rest * price, _applied(pools, chain)


def _candidates(
    pools: Sequence[Pool], paths: Paths, price: Fraction, most: int, people: int
) -> list[tuple[int, dict[int, Fraction]]]:
    """The people who lose least by each number of steps, with all that they may do."""
    options: dict[int, dict[int, Fraction]] = {}
    for number, pool in enumerate(pools):
        if path := paths.get(pool.code):
            options[number] = {
                rank - pool.now: value - path[pool.now] - price * (rank - pool.now)
                for rank, value in enumerate(path)
                if rank != pool.now and rank >= pool.floor
            }
    taken: dict[int, int] = {}
    for more in range(-most, most + 1):
        ranked = sorted((n for n in options if more in options[n]), key=lambda n: -options[n][more])
        left = people
        for number in ranked:
            taken[number] = max(taken.get(number, 0), min(left, pools[number].people))
            left -= pools[number].people
            if left <= 0:
                break
    return [(number, options[number]) for number, count in taken.items() for _ in range(count)]


def _applied(pools: Sequence[Pool], chain: _Chain | None) -> list[Pool]:
    counts: dict[tuple[int, int], int] = {}
    while chain is not None:
        number, more, chain = chain
        counts[number, more] = counts.get((number, more), 0) + 1
    found: list[Pool] = []
    for number, pool in enumerate(pools):
        rest = pool
        for (other, more), count in counts.items():
            if other == number:
                parts = list(rest.moved(count, more))
                found.append(parts[-1])
                rest = evolve(rest, people=rest.people - count)
        if rest.people:
            found.append(rest)
    return found
