"""Stepping: the fewest better answers of respondents that bring a unit to a grade.

One bound on one linear score is exact (`exchange`). A grade with conditions asks for several. What
the conditions need at least is then held against what was found: where both are equal, that is
the least; where not, both are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from itakit.errors import EvidenceError
from itakit.evaluation import evaluate
from itakit.evidence import Tally
from itakit.grade import Grade
from itakit.improving.exchange import fewest
from itakit.improving.fullness import known
from itakit.improving.pools import Pool, chains, countable, moves_of, paths, pools_of, stepped
from itakit.improving.searching import place_of
from itakit.improving.tables import bounds_of
from itakit.improving.ways import Outcome, StepsWay
from itakit.result import Result


def steps_ways(result: Result, grades: Sequence[Grade]) -> Mapping[str, StepsWay]:
    """The fewest steps for each of the grades above the unit's own, the best one first."""
    pools = pools_of(result)
    own = [_Target(result, pools, place, grade).way() for place, grade in enumerate(grades)]
    ways: dict[str, StepsWay] = {}
    best: StepsWay | None = None
    least: int | None = 0
    for grade, way in zip(grades, own, strict=True):
        # A better grade will do as well, and proves no more than what is least of all of them.
        floor = None if way.outcome == "cannot" else way.least
        lowest = all(grade.lowest <= other.lowest for other in grades[: len(ways)])
        if not ways or (not grade.requires and lowest):
            least = floor  # what is better meets this bound as well
        elif floor is not None:
            least = floor if least is None else min(least, floor)
        if way.number is not None and (
            best is None or best.number is None or way.number < best.number
        ):
            best = way
        told = best or way
        ways[grade.name] = StepsWay(
            told.outcome, told.number, least or 0, told.moves, "" if best else way.reason
        )
    return ways


@frozen
class _Target:
    """A grade that respondents' steps are to bring a unit to."""

    result: Result
    pools: Sequence[Pool]
    place: int
    grade: Grade

    def way(self) -> StepsWay:
        """The fewest steps to this very grade."""
        bounds = bounds_of(self.result, self.grade)
        reason = self._no_count(bounds)
        if reason or bounds is None:
            return StepsWay(_OUTCOMES.get(reason, "unknown"), reason=reason)
        order = self.result.scheme.plan.index
        unmet = sorted(
            (code for code, bound in bounds.items() if not self._holds(code, bound, Fraction(0))),
            key=lambda code: -order[code],
        )
        least = self._least(unmet, bounds)
        if least is None:
            return StepsWay("cannot", reason="steps-too-few")
        found: list[Pool] | None = None
        for codes in (unmet, unmet[::-1]):
            after = self._bring(codes, bounds)
            if after is not None and (found is None or _steps(after) < _steps(found)):
                found = after
        moves = moves_of(self.result, found or [])
        if found is None or not self._proved(moves):
            return StepsWay("unknown", least=least, reason="steps-unproved")
        return StepsWay("found", _steps(found), least, moves)

    def _no_count(self, bounds: Mapping[str, Fraction] | None) -> str:
        """Why steps cannot be counted, as the name of a sentence; empty where they can."""
        result = self.result
        asked = [node for node in result if isinstance(node.evidence, Tally) and node.answers]
        if not asked:
            return "steps-no-answers"
        if bounds is None or result.score is None:
            return "steps-no-score"
        if result.scheme.rounding.carry:
            return "steps-carry"
        if not all(map(countable, asked)):
            return "steps-uncounted"
        for code, bound in bounds.items():
            node = result[code]
            linear = node.status == "given" or chains(result, code)
            if node.error or not (linear or self._holds(code, bound, Fraction(0))):
                return "steps-not-linear"
        return ""

    def _holds(self, code: str, bound: Fraction, gained: Fraction) -> bool:
        score = self.result[code].score or Fraction(0)
        return self.result.scheme.rounding(score + gained) >= bound

    def _least(self, unmet: Iterable[str], bounds: Mapping[str, Fraction]) -> int | None:
        """No fewer steps meet all bounds; `None` where one of them cannot be met.

        Nodes that do not lie inside each other share no respondents, so their steps add up.
        """
        plan = self.result.scheme.plan
        least: dict[int, int] = {}  # of the nodes that are in no other so far
        for code in unmet:  # what is below comes first
            alone = self._bring([code], bounds)
            if alone is None:
                return None
            i = plan.index[code]
            inside = [j for j in least if i < j < plan.ends[i]]
            together = sum(least.pop(j) for j in inside)
            least[i] = max(_steps(alone), together)
        return sum(least.values())

    def _bring(self, codes: Iterable[str], bounds: Mapping[str, Fraction]) -> list[Pool] | None:
        """The pools when the bounds of some nodes are met one after the other."""
        pools: list[Pool] | None = list(self.pools)
        for code in codes:
            adding = paths(self.result, chains(self.result, code))
            done = sum(
                (
                    (adding[pool.code][pool.now] - adding[pool.code][pool.start]) * pool.people
                    for pool in pools or ()
                    if pool.code in adding
                ),
                Fraction(0),
            )
            pools = fewest(
                pools or [],
                adding,
                lambda gain, code=code, done=done: self._holds(code, bounds[code], done + gain),  # type: ignore[misc]
            )
            if pools is None:
                return None
        return pools

    def _proved(self, moves: Iterable[object]) -> bool:
        """Whether an evaluation after the steps gives the grade."""
        evidence = {**known(self.result), **stepped(self.result, moves)}  # type: ignore[arg-type]
        try:
            return place_of(evaluate(self.result.scheme, evidence))[0] <= self.place
        except EvidenceError:
            return False


_OUTCOMES: Mapping[str, Outcome] = {"steps-no-answers": "none", "steps-no-score": "cannot"}


def _steps(pools: Iterable[Pool]) -> int:
    return sum(pool.people * (pool.now - pool.start) for pool in pools)
