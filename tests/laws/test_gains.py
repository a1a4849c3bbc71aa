"""The laws of gains: what is said to come of a change is what evaluation gives after it, and
nothing smaller than what is said to do does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit import Gains, Result, Scheme, Tally
from itakit.testing import WHOLE, Scope, evidence, schemes

GRADES = 'from = 80\n{requires}\n[[grade]]\nname = "B"\nfrom = 50\n[[grade]]\nname = "C"\nfrom = 0'


def best(scheme: Scheme, code: str) -> Fraction:
    """The highest score an item can have: that of its best answer, or the top of the range."""
    scale = scheme[code].scale
    if scale is None or not scale.answers:
        return scheme.range[1]
    return max(answer.score for answer in scale.answers)


def changed(result: Result, codes: Iterable[str]) -> dict[str, itakit.evidence.Evidence]:
    """What is known of the unit if the items below some nodes were full."""
    plan = result.scheme.plan
    known = {row.code: row.evidence for row in result if row.evidence is not None}
    for code in codes:
        start = plan.index[code]
        for i in range(start, plan.ends[start]):
            row = result[plan.nodes[i].code]
            given_above = row.status == "unused"
            if plan.nodes[i].children:
                if row.evidence is not itakit.NOT_APPLICABLE:  # that stays so
                    known.pop(row.code, None)
            elif row.status != "not applicable" and not (
                given_above and not covers(result, code, row.code)
            ):
                top = best(result.scheme, row.code)
                known[row.code] = top if row.score is None else max(top, row.score)
    return known


def covers(result: Result, code: str, item: str) -> bool:
    """Whether an item that was not used lies below a score given at a node or below it."""
    plan = result.scheme.plan
    i = plan.index[item]
    while i >= plan.index[code]:
        if result[plan.nodes[i].code].status == "given" and plan.nodes[i].children:
            return True
        i = plan.parents[i]
    return False


class TestGains:
    """itakit.gains: for each item and node, what the total would gain if it were full: exactly
    what evaluation gives after the change, conditions included."""

    @given(schemes(Scope()), st.data())
    def test_a_gain_is_what_evaluation_gives_after_the_change(
        self, scheme: Scheme, data: st.DataObject
    ) -> None:
        """For every node, whatever the methods, and however little is known."""
        known = data.draw(evidence(scheme))
        try:
            result = itakit.evaluate(scheme, known)
        except itakit.EvidenceError:
            return
        for gain in itakit.gains(result).nodes:
            if gain.standing in ("unused", "not applicable"):
                assert gain.gain in (0, None)
                continue
            try:
                after = itakit.evaluate(scheme, changed(result, [gain.code]))
            except itakit.EvidenceError:
                assert gain.gain is None
                assert gain.problem is not None
                continue
            assert (gain.rounded, gain.grade) == (after.rounded, after.grade)
            if result.score is None or after.score is None:
                assert gain.gain is None
            else:
                off = abs(after.score - result.score - (gain.gain or 0))
                assert off <= gain.error + after.root.error + result.root.error

    @given(schemes(Scope()), st.data())
    def test_what_is_said_to_do_does(self, scheme: Scheme, data: st.DataObject) -> None:
        """Every set of items brings the unit to the grade, or to a better one."""
        known = data.draw(evidence(scheme, WHOLE))
        try:
            result = itakit.evaluate(scheme, known)
        except itakit.EvidenceError:
            return
        names = [grade.name for grade in scheme.grades]
        for reach in itakit.gains(result).reaches:
            for codes in reach.items.sets:
                after = itakit.evaluate(scheme, changed(result, codes))
                assert names.index(str(after.grade)) <= names.index(reach.grade.name)


class Small:
    """Random schemes so small that everything can be tried."""

    def __init__(self, seed: int, most: int) -> None:
        rng = self.rng = Random(seed)
        scores = rng.choice([(0, 33, 67, 100), (0, 10, 100), (0, 50, 60, 100), (0, 10, 20, 100)])
        self.answers = len(scores)
        listed = ", ".join(f'{{ code = "{i}", score = {s} }}' for i, s in enumerate(scores))
        requires = rng.choice(["", "requires = { dim = 60 }", "requires = { d0 = 70 }"])
        carry = rng.choice(["", "", ', carry = ["dim"]'])
        method = rng.choice(["weighted-mean"] * 3 + ["min", "geometric-mean"])
        share = rng.choice([20, 50, 30])
        dims = "\n".join(
            f'[[dim]]\ncode = "d{d}"\nweight = {weight}\nscale = "s"\nitem = ['
            + ", ".join(f'"q{d}{k}"' for k in range(rng.randint(1, 2)))
            + "]"
            for d, weight in enumerate((share, 100 - share))
        )
        self.scheme = itakit.loads(
            f'format = 1\n[scheme]\nid = "x"\nrange = [0, 100]\n'
            f"rounding = {{ places = 1{carry} }}\n"
            f'[aggregation]\nitem = "mean"\ndim = "mean"\ntotal = "{method}"\n'
            f'[scale.s]\nanswer = [{listed}]\n[[grade]]\nname = "A"\n'
            f"{GRADES.format(requires=requires)}\n{dims}"
        )
        self.known = {
            item.code: Tally(
                {str(a): n for a in range(self.answers) if (n := rng.randint(0, most))} or {"0": 1}
            )
            for item in self.scheme.leaves()
        }
        self.result = itakit.evaluate(self.scheme, self.known)
        self.names = [grade.name for grade in self.scheme.grades]

    def reaches(self, known: Mapping[str, itakit.evidence.Evidence], grade: str) -> bool:
        found = itakit.evaluate(self.scheme, known).grade
        return self.names.index(str(found)) <= self.names.index(grade)

    def fewest_items(self, grade: str) -> tuple[int | None, set[tuple[str, ...]]]:
        """The fewest items that do, and all sets of that number, by trying all."""
        codes = [
            item.code
            for item in self.scheme.leaves()
            if (self.result[item.code].score or 0) < best(self.scheme, item.code)
        ]
        for n in range(len(codes) + 1):
            do = {c for c in combinations(codes, n) if self.reaches(changed(self.result, c), grade)}
            if do:
                return n, do
        return None, set()

    def people(self) -> Sequence[tuple[str, int]]:
        return [
            (c, int(a)) for c, tally in self.known.items() for a, n in tally for _ in range(int(n))
        ]

    def fewest_steps(self, grade: str) -> int | None:
        """The fewest steps that do, by trying every answer of everybody."""
        people, found = self.people(), None
        for ends in product(*[range(answer, self.answers) for _, answer in people]):
            steps = sum(end - answer for end, (_, answer) in zip(ends, people, strict=True))
            fewer = found is None or steps < found
            if fewer and self.reaches(tallied(zip(ends, people, strict=True)), grade):
                found = steps
        return found


def tallied(answers: Iterable[tuple[int, tuple[str, int]]]) -> dict[str, Tally]:
    counts: dict[str, dict[str, int]] = {}
    for answer, (code, _) in answers:
        item = counts.setdefault(code, {})
        item[str(answer)] = item.get(str(answer), 0) + 1
    return {code: Tally(item) for code, item in counts.items()}


def stepped(known: Mapping[str, Tally], gains: Gains, grade: str) -> Iterator[tuple[str, Tally]]:
    """The tallies after the moves that are said to do."""
    moves = next(reach for reach in gains.reaches if reach.grade.name == grade).steps.moves
    for code, tally in known.items():
        counts = {str(answer): int(n) for answer, n in tally}
        for move in moves:
            if move.code == code:
                assert int(move.better) - int(move.answer) == move.steps
                counts[move.answer] -= move.people
                counts[move.better] = counts.get(move.better, 0) + move.people
        yield code, Tally({answer: n for answer, n in counts.items() if n})


class TestNothingSmallerDoes:
    """What it takes to reach the next grade: the fewest items, the fewest respondents' steps,
    exactly, conditions included."""

    @pytest.mark.parametrize("seed", range(60))
    def test_no_fewer_items_do(self, seed: int) -> None:
        """All sets of items are tried."""
        small = Small(seed, 2)
        for reach in itakit.gains(small.result).reaches:
            number, sets = small.fewest_items(reach.grade.name)
            assert reach.items.number == number
            assert reach.items.exact == (number is not None)
            assert {*reach.items.sets} <= sets
            if reach.items.every:
                assert {*reach.items.sets} == sets
            if reach.items.count is not None:
                assert reach.items.count == len(sets)

    @pytest.mark.parametrize("seed", range(100, 180))
    def test_no_fewer_steps_do(self, seed: int) -> None:
        """All answers of everybody are tried."""
        small = Small(seed, 1)
        if len(small.people()) > 6:
            small = Small(seed + 1000, 1)
        if len(small.people()) > 7:
            return
        gains = itakit.gains(small.result)
        for reach in gains.reaches:
            steps, number = reach.steps, small.fewest_steps(reach.grade.name)
            if steps.number is None:
                assert steps.outcome != "cannot" or number is None
                continue
            assert number is not None
            assert steps.least <= number <= steps.number
            assert sum(move.people * move.steps for move in steps.moves) == steps.number
            after = dict(stepped(small.known, gains, reach.grade.name))
            assert small.reaches(after, reach.grade.name)
