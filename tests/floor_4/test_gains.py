"""What a unit would gain, told of units of every kind."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

import itakit
from itakit import Result, Tally
from itakit.errors import ItakitError

HEAD = """
format = 1
[scheme]
id = "town"
range = [0, 100]
{more}
[aggregation]
item = "mean"
part = "{part}"
total = "{total}"
[scale.degree]
answer = [{{ code = "0", score = 0 }}, {{ code = "1", score = 50 }}, {{ code = "2", score = 100 }}]
[scale.days]
goalposts = [0, 10]
[[grade]]
name = "A"
from = {best}
{requires}
[[grade]]
name = "B"
from = 50
[[grade]]
name = "C"
from = 0
"""
TWO = """
[[part]]
code = "p"
title = { th = "ส่วน", en = "First <part>" }
scale = "degree"
item = ["p1", "p2"]
[[part]]
code = "q"
scale = "degree"
item = ["q1", "q2"]
"""


def scheme(tree: str = TWO, **kinds: Any) -> itakit.Scheme:
    usual = {"more": "", "part": "mean", "total": "mean", "best": 80, "requires": ""}
    return itakit.loads(HEAD.format(**{**usual, **kinds}) + tree)


def unit(known: dict[str, Any], tree: str = TWO, **kinds: Any) -> Result:
    return itakit.evaluate(scheme(tree, **kinds), known)


def many(n: int) -> str:
    items = ", ".join(f'"p{i}"' for i in range(n))
    return f'[[part]]\ncode = "p"\nitem = [{items}]\n'


class TestRows:
    """The same in rows, in words, in JSON and in a notebook."""

    GAINS = itakit.gains(unit({"p": 40, "q1": 100, "q2": itakit.NOT_APPLICABLE}))

    def test_every_node_has_its_gain(self) -> None:
        """What is given as a whole gains as one; what is below it is not used."""
        assert {row["code"]: (row["standing"], row["gain"]) for row in self.GAINS.rows()} == {
            "total": ("can gain", 30),
            "p": ("can gain", 30),
            "p1": ("unused", 0),
            "p2": ("unused", 0),
            "q": ("full", 0),
            "q1": ("full", 0),
            "q2": ("not applicable", 0),
        }
        assert self.GAINS["p"].rounded == 100
        assert self.GAINS["p"].grade == "A"
        assert [gain.code for gain in self.GAINS.best(1)] == ["p"]
        assert self.GAINS.next == self.GAINS.reaches[0]

    def test_at_the_best_grade_there_is_no_next(self) -> None:
        gains = itakit.gains(unit({"p": 100, "q": 100}))
        assert gains.next is None
        assert "nothing would add anything" in gains.explain()

    def test_json_holds_it_all_exactly(self) -> None:
        known = {"p1": Tally({"0": 2, "1": 1}), "p2": 50, "q1": 80, "q2": 80}
        gains = itakit.gains(unit(known, requires="requires = { p = 90 }"))
        told: Any = json.loads(json.dumps(gains.to_dict()))
        assert told["format"] == "itakit-gains"
        assert told["scheme"]["hash"] == gains.result.scheme.hash
        assert [Fraction(node["gain"]) for node in told["nodes"] if node["code"] == "p1"] == [
            Fraction(125, 6)
        ]
        (best,) = told["grades"]
        assert best["unmet"] == [{"target": "p", "at_least": "90"}]
        assert best["items"]["sets"] == [["p1", "p2"]]
        assert best["steps"]["reason"] == "steps-too-few"

    def test_a_notebook_shows_a_table_of_texts(self) -> None:
        shown = self.GAINS._repr_html_()
        assert "First &lt;part&gt;" in shown or "ส่วน" in shown
        assert "<part>" not in shown

    def test_what_is_no_result_is_refused(self) -> None:
        with pytest.raises(ItakitError, match=r"gains are of a result, found .p."):
            itakit.gains("p")  # type: ignore[arg-type]

    def test_a_unit_without_a_score_gains_nothing_that_can_be_told(self) -> None:
        """What is missing would have to be given first."""
        gains = itakit.gains(unit({"p": 40}, more='missing = { policy = "skip", at_least = 0.9 }'))
        assert gains["p"].gain is None
        assert gains["q1"].standing == "missing"
        assert gains.reaches[0].grade.name == "C"
        assert "missing" in {row[-1] for row in gains.listing("en").rows}

    def test_a_change_that_leaves_no_score_says_why(self) -> None:
        """A sum that would leave the range."""
        rules = itakit.loads(
            'format = 1\nitem = ["a", "b"]\n[scheme]\nid = "s"\nrange = [0, 100]\n'
            '[scale.x]\nanswer = [{ code = "1", score = 60 }]\n'
            '[aggregation]\nitem = "mean"\ntotal = "sum"\n'
            '[[grade]]\nname = "A"\nfrom = 90\n[[grade]]\nname = "B"\nfrom = 0\n'
        )
        gains = itakit.gains(itakit.evaluate(rules, {"a": 10, "b": 20}))
        assert gains["a"].gain is None
        assert gains["a"].problem is not None
        assert gains.to_dict()["nodes"]
        assert "cannot be reached" in gains.explain() or "no set of items" in gains.explain()

    def test_as_many_are_told_as_are_asked_for(self) -> None:
        gains = itakit.gains(unit({"p1": 40, "p2": 50, "q1": 60, "q2": 70}))
        told = gains.explain("en", 1)
        assert "p1 would add 15" in told
        assert "p2 would add" not in told
        assert "and 3 more" in told


class TestItems:
    """The fewest items, and what is said of them."""

    def told(self, result: Result) -> str:
        return itakit.gains(result).explain()

    def test_the_sets_that_do_are_told(self) -> None:
        result = unit({"p1": 40, "p2": 40, "q1": 40, "q2": 40}, best=70)
        assert "the fewest items made full: 2; these do: p1 + p2; p1 + q1;" in self.told(result)

    def test_of_many_sets_one_is_told(self) -> None:
        known = {f"p{i}": 0 for i in range(8)}
        assert "70 sets of that number do; one of them is told" in self.told(
            unit(known, many(8), best=90)
        ) or "56 sets" in self.told(unit(known, many(8), best=90))

    def test_of_very_many_one_is_told_as_one_of_them(self) -> None:
        known = {f"p{i}": 0 for i in range(30)}
        assert "other sets of that number may do as well" in self.told(unit(known, many(30)))

    def test_a_condition_that_nothing_meets(self) -> None:
        result = unit(
            {"p": 40, "q1": itakit.NOT_APPLICABLE, "q2": itakit.NOT_APPLICABLE},
            requires="requires = { q = 10 }",
        )
        assert "this condition is not met: q ≥ 10.00" in self.told(result)

    def test_a_bound_between_two_published_scores(self) -> None:
        result = unit({"p": 40, "q": 60}, best="80.005")
        assert "grade A (from 80.005):" in self.told(result)

    def test_a_total_that_cannot_be_high_enough(self) -> None:
        tree = TWO.replace('item = ["q1", "q2"]', 'item = ["q1", "q2"]\naggregate = "min"')
        rules = itakit.loads(
            HEAD.format(more="", part="mean", total="mean", best=80, requires="").replace(
                "score = 100", "score = 60"
            )
            + tree
        )
        known = {code: Tally({"0": 1}) for code in ("p1", "p2", "q1", "q2")}
        assert "with everything full the total is 60.00" in self.told(itakit.evaluate(rules, known))

    def test_what_is_missing_would_have_to_be_given(self) -> None:
        """It may help or harm what is left out."""
        told = self.told(unit({"p": 40, "q1": 60}, more='missing = "skip"'))
        assert "q2" in told

    def test_nodes_given_as_a_whole_count_where_items_do_not_do(self) -> None:
        result = unit({"p": 40, "q1": 60, "q2": 60}, best=95)
        assert "nodes whose score was given as a whole count as items" in self.told(result)

    def test_methods_that_no_table_is_made_for_are_tried_out(self) -> None:
        """A geometric mean of few items is settled, one of many is told as at most."""
        few = unit({f"p{i}": 10 for i in range(4)}, many(4), total="geometric-mean")
        assert "the fewest items made full: 4" in self.told(
            unit({f"p{i}": 10 for i in range(4)}, many(4), part="geometric-mean")
        )
        assert few.score == 10
        known = {f"p{i}": 10 + i for i in range(26)}
        told = self.told(unit(known, many(26), part="geometric-mean"))
        assert "items made full: at most" in told
        ever = {f"p{i}": 10 for i in range(26)}
        condition = unit(
            {**ever, "p0": itakit.NOT_APPLICABLE},
            many(26),
            part="geometric-mean",
            requires="requires = { p0 = 1 }",
        )
        assert "cannot be reached" in self.told(condition)

    def test_a_seal_takes_as_many_as_it_says(self) -> None:
        """Counting methods have tables of their own."""
        text = HEAD.format(more="", part="mean", total="mean", best=80, requires="") + TWO
        for method, sets in (
            ('{ method = "k-of-n", k = 1, at_least = 75 }', "1; these do: p1; p2; q1; q2"),
            ('{ method = "all-of", at_least = 75 }', "2; these do: p1 + q1; p1 + q2; p2 + q1"),
        ):
            rules = itakit.loads(text.replace('total = "mean"', f"total = {method}"))
            known = dict.fromkeys(("p1", "p2", "q1", "q2"), 60)
            assert f"made full: {sets}" in self.told(itakit.evaluate(rules, known))

    def test_what_weighs_nothing_counts_for_its_condition_alone(self) -> None:
        tree = TWO.replace('code = "p"', 'code = "p"\nweight = 100').replace(
            'code = "q"', 'code = "q"\nweight = 0'
        )
        known = {"p1": 100, "p2": 60, "q1": 10, "q2": 20}
        result = unit(known, tree, total="weighted-mean", requires="requires = { q = 55 }")
        assert "made full: 1; these do: q1; q2" in self.told(result)

    def test_what_is_missing_may_lower_the_total(self) -> None:
        """So that nothing is proved by everything being full."""
        known = {f"p{i}": 10 + i for i in range(1, 26)}
        result = unit(known, many(26), part="geometric-mean", more='missing = "skip"', best=99)
        assert "items made full: at most" in self.told(result)

    def test_what_is_not_proved_is_said_not_to_be(self) -> None:
        """A method that a full item may harm."""
        tree = many(26).replace(
            "item = [", 'aggregate = { method = "deduction", base = "p0" }\nitem = ['
        )
        known = {"p0": 60, **{f"p{i}": 1 for i in range(1, 26)}}
        assert "it is not proved that there is none" in self.told(
            unit(known, tree, part="mean", best=99)
        )


class TestSteps:
    """The fewest steps of respondents, and why they cannot be counted."""

    def reasons(self, result: Result) -> set[str]:
        return {reach.steps.reason for reach in itakit.gains(result).reaches}

    def test_moves_are_told(self) -> None:
        known = {"p1": Tally({"0": 3, "2": 1}), "p2": 100, "q": 60}
        told = itakit.gains(unit(known, best=75)).explain()
        assert "the fewest steps of respondents, each to the next better answer: 5" in told
        assert "p1: 2 from answer 0 to 2, steps: 4" in told
        gains: Any = itakit.gains(unit(known, best=75)).to_dict()
        assert gains["grades"][0]["steps"]["moves"][-1] == {
            "code": "p1",
            "answer": "0",
            "better": "2",
            "people": 2,
            "steps": 2,
        }

    def test_conditions_leave_bounds(self) -> None:
        """Where two bounds pull apart, no more is said than is known."""
        known = {code: Tally({"0": 2, "1": 1}) for code in ("p1", "p2", "q1", "q2")}
        for best in (60, 70, 80, 90):
            for lowest in (40, 60, 80):
                result = unit(
                    known, best=best, requires=f"requires = {{ p = {lowest}, part = 30 }}"
                )
                for reach in itakit.gains(result).reaches:
                    if reach.steps.number is not None:
                        assert reach.steps.least <= reach.steps.number
                        assert "steps of respondents" in itakit.gains(result).explain()

    def test_without_answers_there_are_none(self) -> None:
        assert self.reasons(unit({"p": 40, "q": 40})) == {"steps-no-answers"}

    def test_too_few_respondents(self) -> None:
        known = {"p1": Tally({"0": 1}), "p2": 0, "q": 40}
        assert "steps-too-few" in self.reasons(unit(known))

    @pytest.mark.parametrize(
        ("known", "kinds", "reason"),
        [
            ({"more": 'rounding = { places = 2, carry = ["part"] }'}, {}, "steps-carry"),
            ({"total": "geometric-mean"}, {}, "steps-not-linear"),
            (
                {"more": 'missing = { policy = "skip", at_least = 0.9 }'},
                {"q": None},
                "steps-no-score",
            ),
            ({}, {"p1": Tally({"0": Fraction(3, 2)})}, "steps-uncounted"),
        ],
    )
    def test_why_they_cannot_be_counted(
        self, known: dict[str, Any], kinds: dict[str, Any], reason: str
    ) -> None:
        evidence: dict[str, Any] = {"p1": Tally({"0": 2, "1": 1}), "p2": 50, "q": 50} | kinds
        evidence = {code: value for code, value in evidence.items() if value is not None}
        result = unit(evidence, **known)
        assert reason in self.reasons(result)
        assert itakit.gains(result).explain("th")

    def test_a_better_grade_proves_nothing_of_one_with_conditions(self) -> None:
        """Each has its own bounds."""
        rules = itakit.loads(
            HEAD.format(more="", part="mean", total="mean", best=60, requires="").replace(
                "from = 50", "from = 50\nrequires = { q = 90 }"
            )
            + TWO
        )
        known: dict[str, Any] = {
            "p1": Tally({"0": 4}),
            "p2": 50,
            "q1": Tally({"0": 1, "1": 3}),
            "q2": 90,
        }
        first, second = itakit.gains(itakit.evaluate(rules, known)).reaches
        assert (first.grade.name, second.grade.name) == ("B", "A")
        assert first.steps.least <= second.steps.least
        assert first.steps.number is not None
        given: dict[str, Any] = {"p1": Tally({"0": 4}), "p2": 100, "q": 50}
        first, second = itakit.gains(itakit.evaluate(rules, given)).reaches
        assert first.steps.number == second.steps.number is not None

    def test_a_respondent_of_what_does_not_apply_moves_nothing(self) -> None:
        known = {"p1": Tally({"0": 2}), "p2": itakit.NOT_APPLICABLE, "q": 90}
        reach = itakit.gains(unit(known, best=70)).reaches[-1]
        assert [move.code for move in reach.steps.moves] == ["p1"]

    def test_steps_that_would_leave_the_range_prove_nothing(self) -> None:
        """The fewest that reach the bound overshoot, and there is no such score."""
        rules = itakit.loads(
            'format = 1\nitem = [{ code = "a", scale = "x" }, { code = "b", scale = "x" }]\n'
            '[scheme]\nid = "s"\nrange = [0, 100]\n'
            '[scale.x]\nanswer = [{ code = "0", score = 0 }, { code = "1", score = 60 }]\n'
            '[aggregation]\nitem = "mean"\ntotal = "sum"\n'
            '[[grade]]\nname = "A"\nfrom = 90\n[[grade]]\nname = "B"\nfrom = 0\n'
        )
        known = {"a": Tally({"0": 1}), "b": Tally({"0": 1})}
        gains = itakit.gains(itakit.evaluate(rules, known))
        assert gains.reaches[0].steps.reason == "steps-unproved"
