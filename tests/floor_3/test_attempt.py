"""What scores a unit has in spite of what is wrong with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from itakit import EvidenceError, Scheme, evaluate, loads
from itakit.errors import Problem
from itakit.evaluation import attempt
from itakit.evidence import Evidence

TREE = """
format = 1
scheme = {{ id = "s", range = [0, 10], weights = "relative", missing = {missing} }}
aggregation = {{ item = "mean", group = "mean", total = "mean" }}
[[group]]
code = "A"
weight = 3
item = [{{ code = "a", weight = 1 }}, {{ code = "b", weight = 3 }}]
[[group]]
code = "B"
weight = 2
item = ["c", "d"]
[[group]]
code = "C"
weight = 1
item = ["e"]
"""
UNIT: dict[str, Evidence | None] = {"a": 8, "c": 4, "d": 1, "e": "not applicable"}


def scheme(missing: str = '"error"') -> Scheme:
    return loads(TREE.format(missing=missing))


def standing(one: Scheme, unit: Mapping[str, Evidence | None]) -> dict[str, tuple[object, ...]]:
    """The status, the score and the coverage of every node, whatever is wrong with the unit."""
    scores, _ = attempt(one, unit)
    return {
        node.code: (scores.status(i), scores.score(i)[0], scores.coverage(i))
        for i, node in enumerate(one.nodes())
    }


def raised(one: Scheme, unit: Mapping[str, Evidence | None]) -> tuple[Problem, ...]:
    with pytest.raises(EvidenceError) as caught:
        evaluate(one, unit)
    return caught.value.problems


class TestAttempt:
    """A node that is itself wrong, or that is made of such a node, is missing."""

    def test_what_is_missing_takes_with_it_what_stands_above_and_nothing_else(self) -> None:
        assert standing(scheme(), UNIT) == {
            "total": ("missing", None, Fraction(2, 5)),
            "A": ("missing", None, Fraction(1, 4)),
            "a": ("given", 8, 1),
            "b": ("missing", None, 0),
            "B": ("scored", Fraction(5, 2), 1),
            "c": ("given", 4, 1),
            "d": ("given", 1, 1),
            "C": ("not applicable", None, None),
            "e": ("not applicable", None, None),
        }

    @pytest.mark.parametrize("lacking", ["", "a", "b", "c", "ab", "bc", "cd", "abcd"])
    def test_it_stands_as_where_skip_drops_whatever_has_a_gap(self, lacking: str) -> None:
        """Coverage is that of `skip`, under which a node that is missing adds nothing to it."""
        whole: dict[str, Evidence | None] = {**UNIT, "b": 2}
        unit = {code: known for code, known in whole.items() if code not in lacking}
        skipping = evaluate(scheme('{ policy = "skip", at_least = 1 }'), unit)
        assert standing(scheme(), unit) == {
            node.code: (node.status, node.score, node.coverage) for node in skipping
        }

    def test_the_node_right_above_the_gap_is_covered_as_under_skip(self) -> None:
        skipping = evaluate(scheme('"skip"'), UNIT)
        assert standing(scheme(), UNIT)["A"][2] == skipping["A"].coverage == Fraction(1, 4)

    def test_what_is_wrong_has_no_score_either(self) -> None:
        stands = standing(scheme(), {**UNIT, "b": 11})
        assert stands["b"] == ("missing", None, 0)
        assert stands["A"] == ("missing", None, Fraction(1, 4))
        assert stands["B"] == ("scored", Fraction(5, 2), 1)

    def test_a_node_with_evidence_of_its_own_is_not_made_of_what_contradicts_it(self) -> None:
        stands = standing(scheme(), {**UNIT, "A": 1})
        assert stands["A"] == ("given", 1, 1)
        assert stands["total"] == ("scored", Fraction(8, 5), 1)

    @pytest.mark.parametrize(
        "unit", [{}, UNIT, {**UNIT, "b": 11}, {**UNIT, "A": 1}, {**UNIT, "x": 1}]
    )
    def test_the_problems_are_those_that_evaluate_raises(
        self, unit: Mapping[str, Evidence | None]
    ) -> None:
        _, problems = attempt(scheme(), unit)
        assert EvidenceError(problems).problems == raised(scheme(), unit)

    def test_where_nothing_is_wrong_the_scores_are_those_of_evaluate(self) -> None:
        unit = {**UNIT, "b": 2}
        assert attempt(scheme(), unit)[1] == []
        assert standing(scheme(), unit) == {
            node.code: (node.status, node.score, node.coverage) for node in evaluate(scheme(), unit)
        }
