"""What an audit says of figures is true of every score that they may have been rounded from.

The oracles here share no code with the audit: they try every score of a grid, or every item.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

import itakit
from itakit.auditing import Audit, Span
from itakit.catalogue import loads
from itakit.errors import EvidenceError
from itakit.result import Result
from itakit.rounding import Rounding
from itakit.scheme import Scheme
from itakit.testing import files
from itakit.testing.drawing import dice

SEEDS = (*range(50), 76, 253, 273, 432, 438, 511, 937)


def single_choices(scheme: Scheme) -> dict[str, list[Fraction]]:
    """The items that one assessor scores on a choice, and what they can score."""
    found = {}
    for node in scheme.leaves():
        asked = any(
            node in above.walk() and (above.population or above.sample) for above in scheme.nodes()
        )
        single = node.scale is not None and "equal" in node.method.method.laws
        if single and not asked and node.scale is not None and node.scale.answers:
            found[node.code] = [choice.score for choice in node.scale.answers]
    return found


def unit(scheme: Scheme, rng: random.Random) -> Result | None:
    """A unit whose items all have a score; `None` where its scores leave the range."""
    low, high = scheme.range
    choices, steps = single_choices(scheme), rng.choice([4, 20, 997])
    given = {
        node.code: rng.choice(choices[node.code])
        if node.code in choices
        else low + (high - low) * Fraction(rng.randint(0, steps), steps)
        for node in scheme.leaves()
    }
    try:
        return itakit.evaluate(scheme, given)
    except EvidenceError:
        return None


def factors(result: Result) -> Mapping[str, Fraction]:
    """What each child of a linear node is multiplied with."""
    found: dict[str, Fraction] = {}
    for row in result:
        found.update(result.coefficients(row.code))
    return found


def published(result: Result, rng: random.Random) -> dict[str, object]:
    """Some figures of a unit, each to its own number of decimals."""
    scheme, known = result.scheme, factors(result)
    share = rng.choice([1, 2, 4])
    score: dict[str, str] = {}
    weighted: dict[str, str] = {}
    for row in result:
        if row.score is None or row.error:
            continue
        places = rng.choice([scheme.rounding.places] * 2 + [0, 1, 3])
        rounding = Rounding(places, scheme.rounding.mode)
        if rng.randint(1, 4) % share == 0:
            score[row.code] = str(rounding(row.score))
        if known.get(row.code) and rng.randint(0, 5) == 0:
            weighted[row.code] = str(rounding(true_value(result, row.code, "weighted")))
    table: dict[str, object] = {"score": score, "weighted": weighted}
    return table if result.grade is None else {**table, "grade": result.grade}


def true_value(result: Result, code: str, kind: str) -> Fraction:
    """What was rounded to a figure."""
    row = result[code]
    assert row.score is not None
    if kind == "score":
        return row.score
    carried = row.level in result.scheme.rounding.carry
    return factors(result)[code] * (
        Fraction(result.scheme.rounding(row.score)) if carried else row.score
    )


def holds(span: Span | None, value: Fraction) -> bool:
    """Whether a number lies in an interval, by its ends alone."""
    if span is None:
        return True
    above = span.low < value or (span.low == value and not span.low_open)
    below = value < span.high or (span.high == value and not span.high_open)
    return above and below


def verdicts(found: Audit) -> dict[tuple[str, str], str]:
    """The verdict of each figure."""
    return {(judged.code, judged.kind): judged.verdict for judged in found.figures}


class TestFiguresOfOneUnit:
    """ "No false alarm where the figures follow." (issue 5)"""

    @pytest.mark.parametrize("seed", SEEDS)
    def test_no_figure_of_a_real_result_is_impossible(self, seed: int) -> None:
        """Of a random scheme, whatever is printed and with how many decimals."""
        rng = random.Random(seed)
        scheme = loads(files.document(dice(seed)))
        result = unit(scheme, rng)
        table = {} if result is None else published(result, rng)
        if result is None or not any(table.values()):
            return
        found = itakit.audit(scheme, table)
        assert found.consistent
        assert set(verdicts(found).values()) <= {"follows", "possible"}
        if scheme.grades:
            assert result.grade in found.grades
        for judged in found.figures:
            if judged.kind == "grade":
                continue
            value = true_value(result, judged.code, judged.kind)
            assert holds(judged.below, value)
            assert holds(judged.rest, value)
            assert judged.first is not None
            assert judged.last is not None
            assert judged.first <= Decimal(judged.printed) <= judged.last


TREE = """
format = 1
[scheme]
id = "small"
range = [0, 4]
rounding = {{ places = 0, mode = "{mode}" }}
weights = "relative"
[aggregation]
item = "mean"
part = "{part}"
total = "{total}"
[[part]]
code = "a"
weight = 2
item = ["a1", "a2", "a3"]
[[part]]
code = "b"
weight = 1
item = ["b1"]
"""
CODES = ("total", "a", "b", "a1", "a2", "a3", "b1")


def by_trying(
    mode: str, part: str, total: str, table: Mapping[str, str]
) -> dict[str, list[Fraction]]:
    """Of every node, the scores in a grid with which all figures of a table are printed.

    The grid is fine enough that every bound between two figures is hit or passed closely.
    """
    steps = [Fraction(k, 2) for k in range(9)]
    join: dict[str, Callable[[list[Fraction], list[int]], Fraction]] = {
        "mean": lambda xs, ws: (
            sum((x * w for x, w in zip(xs, ws, strict=True)), Fraction(0)) / sum(ws)
        ),
        "min": lambda xs, ws: min(xs),
        "max": lambda xs, ws: max(xs),
        "median": lambda xs, ws: sorted(x for x, w in zip(xs, ws, strict=True) for _ in range(w))[
            (sum(ws) - 1) // 2
        ],
    }
    figures: dict[str, Callable[[Fraction], Fraction | int]] = {
        "half-up": lambda x: (2 * x + 1) // 2,
        "half-even": lambda x: Fraction(round(x)),
        "down": lambda x: x // 1,
        "up": lambda x: -(-x // 1),
    }
    figure = figures[mode]
    found: dict[str, list[Fraction]] = {code: [] for code in CODES}
    for a1, a2, a3, b1 in product(steps, repeat=4):
        a = join[part]([a1, a2, a3], [1, 1, 1])
        scores = dict(
            zip(CODES, (join[total]([a, b1], [2, 1]), a, b1, a1, a2, a3, b1), strict=True)
        )
        if all(figure(scores[code]) == int(printed) for code, printed in table.items()):
            for code, score in scores.items():
                found[code].append(score)
    return found


class TestIntervalsByTrying:
    """ "Intervals are exact and propagate both ways through the tree." (issue 5)"""

    @pytest.mark.parametrize("seed", range(15))
    def test_what_is_left_is_what_a_search_finds(self, seed: int) -> None:
        """Every score found lies in the interval, and the interval is not wider than the grid."""
        rng = random.Random(seed)
        mode = rng.choice(["half-up", "half-even", "down", "up"])
        part, total = (
            rng.choice(["mean", "min", "max", "median"]),
            rng.choice(["mean", "min", "max"]),
        )
        codes = rng.sample(CODES, rng.randint(1, 5))
        table = {code: str(rng.randint(0, 4)) for code in codes}
        scheme = loads(TREE.format(mode=mode, part=part, total=total))
        found = itakit.audit(scheme, table)
        tried = by_trying(mode, part, total, table)
        if tried["total"]:
            assert found.consistent
        for judged in found.figures:
            others = {code: text for code, text in table.items() if code != judged.code}
            left = by_trying(mode, part, total, others)[judged.code] if others else []
            if not left:
                continue
            assert judged.rest is not None
            assert all(holds(judged.rest, score) for score in left)
            assert min(left) - judged.rest.low <= Fraction(1, 2)
            assert judged.rest.high - max(left) <= Fraction(1, 2)


class TestPlantedErrors:
    """ "Every planted error found." (issue 5)"""

    @pytest.mark.parametrize("seed", range(15))
    def test_a_figure_changed_beyond_rounding_is_found(self, seed: int) -> None:
        """In a full table of ITA: something is impossible, and the figure itself is named."""
        rng = random.Random(seed)
        scheme = itakit.find("ita_2565")
        choices = single_choices(scheme)
        result = itakit.evaluate(
            scheme,
            {
                node.code: rng.choice(choices[node.code])
                if node.code in choices
                else Fraction(rng.randint(6000, 10000), 100)
                for node in scheme.leaves()
            },
        )
        codes = ["total", "IIT", "EIT", "OIT", *map(str, range(1, 11))]
        table = {code: str(result[code].rounded) for code in codes}
        assert itakit.audit(scheme, table).consistent
        wrong = rng.choice(codes)
        by = Decimal(rng.choice(["-0.40", "-0.20", "0.20", "0.40"]))
        if not 0 <= Decimal(table[wrong]) + by <= 100:
            by = -by
        table[wrong] = str(Decimal(table[wrong]) + by)
        found = itakit.audit(scheme, table)
        assert not found.consistent
        impossible = {code for (code, _), v in verdicts(found).items() if v == "impossible"}
        assert impossible
        assert wrong in impossible | {repair.code for repair in found.repairs}


FEW = """
format = 1
[scheme]
id = "few"
range = [0, 100]
[aggregation]
item = "mean"
part = "mean"
total = "weighted-mean"
[scale.found]
answer = [
  {{ code = "0", score = 0 }}, {{ code = "1", score = {middle} }}, {{ code = "2", score = 100 }}
]
[[part]]
code = "a"
weight = 70
scale = "found"
item = ["a1", "a2", "a3"]
[[part]]
code = "b"
weight = 30
scale = "found"
item = ["b1", "b2"]
"""


class TestItemsThatTakeFewScores:
    """ "What the printed figures imply about the items below." (issue 5)"""

    @pytest.mark.parametrize("middle", [50, 37])
    @pytest.mark.parametrize("places", [0, 1, 2])
    def test_the_ways_are_those_that_a_search_finds(self, middle: int, places: int) -> None:
        """In counts: which of the items it is, no figure tells."""
        scheme = loads(FEW.format(middle=middle))
        rounding = Rounding(places)
        ways: dict[str, set[tuple[tuple[int, ...], tuple[int, ...]]]] = {}
        for scores in product((0, middle, 100), repeat=5):
            a, b = Fraction(sum(scores[:3]), 3), Fraction(sum(scores[3:]), 2)
            figure = str(rounding((70 * a + 30 * b) / 100))
            ways.setdefault(figure, set()).add(
                (tuple(sorted(scores[:3])), tuple(sorted(scores[3:])))
            )
        for figure, expected in list(ways.items())[::4]:
            found = itakit.audit(scheme, {"total": figure})
            assert found.consistent
            (implication,) = found.implied
            assert (implication.code, implication.n) == ("total", len(expected))
            told = {
                tuple(
                    tuple(sorted(int(score) for score, n in group.counts for _ in range(n)))
                    for group in way
                )
                for way in implication.ways
            }
            assert len(told) == min(len(expected), 10)
            assert told <= expected
        for n in range(1, 100 * 10**places, 17 * 10**places // 2):
            figure = str(Decimal(n).scaleb(-places))
            verdict = itakit.audit(scheme, {"total": figure}).figure("total").verdict
            assert verdict == ("possible" if figure in ways else "impossible")


class TestRepairs:
    """ "Which single figure, changed to what, would make the table consistent." (issue 5)"""

    @pytest.mark.parametrize("seed", SEEDS)
    def test_a_repair_makes_the_table_agree(self, seed: int) -> None:
        """Of random schemes, in tables with figures that nobody computed."""
        rng = random.Random(seed)
        scheme = loads(files.document(dice(seed)))
        result = unit(scheme, rng)
        table = {} if result is None else published(result, rng)
        score = table.get("score")
        if result is None or not isinstance(score, dict) or not score:
            return
        low, high = (int(end) for end in scheme.range)
        for code in rng.sample(sorted(score), min(len(score), rng.randint(1, 2))):
            score[code] = str(rng.randint(low, high + 1))
        found = itakit.audit(scheme, table)
        assert found.to_dict()["consistent"] == found.consistent
        for repair in found.repairs[:4]:
            kinds = {"score": score, "weighted": table["weighted"]}
            mended = {kind: dict(figures) for kind, figures in kinds.items()}  # type: ignore[call-overload]
            if repair.kind == "grade":
                continue
            mended[repair.kind][repair.code] = repair.values[0]
            grade = {"grade": table["grade"]} if "grade" in table else {}
            again = itakit.audit(scheme, {**mended, **grade})
            assert again.consistent, (seed, repair)
