"""What a score means, on exact cases."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import itakit
from itakit import NOT_APPLICABLE, Answer, EvidenceError, Result, Tally, evaluate, loads
from itakit.evidence import Evidence
from itakit.reals import Irrational, linear, power

CHIANG_MAI: dict[str, Evidence] = {
    "1": "96.50", "2": "93.11", "3": "91.31", "4": "89.02", "5": "92.45",
    "6": "93.93", "7": "89.78", "8": "93.24", "9": "97.78", "10": "100.00",
}  # fmt: skip

HDI = """
format = 1
scheme = { id = "hdi", range = [0, 1], rounding = { places = 3 } }
[aggregation]
indicator = "mean"
dimension = "mean"
total = "geometric-mean"
[scale]
life = { goalposts = [20, 85], clamp = true }
schooling = { goalposts = [0, 15], clamp = true }
expected = { goalposts = [0, 18], clamp = true }
income = { goalposts = [100, 75000], clamp = true, transform = "log" }
[[dimension]]
code = "health"
indicator = [{ code = "life", scale = "life" }]
[[dimension]]
code = "education"
indicator = [{ code = "mean", scale = "schooling" }, { code = "exp", scale = "expected" }]
[[dimension]]
code = "income"
indicator = [{ code = "gni", scale = "income" }]
"""


def scheme(rest: str, head: str = "") -> itakit.Scheme:
    return loads(
        "format = 1\n"
        f'scheme = {{ id = "s", range = [0, 10], weights = "relative"{head} }}\n'
        'aggregation = { item = "mean", total = "mean" }\n'
        'scale = { yes = { answer = [{ code = "0", score = 0, title = "No" }, '
        '{ code = "1", score = 10 }], not_applicable = "9" } }\n' + rest
    )


def told(*values: object) -> tuple[object, ...]:
    """Some values beside each other, to be compared with their like of whatever type."""
    return values


def problems(result: itakit.Scheme, evidence: Mapping[str, Evidence | None]) -> list[str]:
    with pytest.raises(EvidenceError) as caught:
        evaluate(result, evidence)
    return [str(problem) for problem in caught.value.problems]


class TestChiangMai:
    """94.99 (A) or 95.01 (AA): a published grade can hang on it."""

    def test_the_printed_indicators_give_94_99_and_a(self) -> None:
        result = evaluate(itakit.find("ita_2565"), CHIANG_MAI)
        assert told(result.score, str(result.rounded), result.grade) == (
            Fraction("94.9944"), "94.99", "A",
        )  # fmt: skip
        assert result["IIT"].contribution == Fraction("27.7434")
        assert result["EIT"].contribution == Fraction("27.695")
        assert str(result.scheme.rounding(Fraction("27.695"))) == "27.70"
        assert result["OIT"].contribution == Fraction("39.556")

    def test_with_the_other_tables_indicator_they_give_95_01_and_aa(self) -> None:
        result = evaluate(itakit.find("ita_2565"), CHIANG_MAI | {"3": "91.57"})
        assert told(str(result.rounded), result.grade) == ("95.01", "AA")

    def test_one_item_of_nine_missing_its_data_gives_97_78(self) -> None:
        items: dict[str, Evidence] = {f"o{i}": 100 for i in range(1, 34)}
        unit = {c: known for c, known in CHIANG_MAI.items() if c != "9"} | items | {"o6": 0}
        result = evaluate(itakit.find("ita_2565"), unit)
        assert result["9"].score == Fraction(880, 9)
        assert str(result["9"].rounded) == "97.78"
        assert result.to_dict()["nodes"]


class TestHdi:
    """Irrational methods: the published digits are right, always."""

    def test_a_geometric_mean_of_clamped_and_logarithmic_dimensions(self) -> None:
        unit = {"life": "71.6", "mean": "8.1", "exp": "15.7", "gni": 12055}
        result = evaluate(loads(HDI), {code: Answer(value) for code, value in unit.items()})
        health, education = (
            Fraction("51.6") / 65,
            (Fraction("8.1") / 15 + Fraction("15.7") / 18) / 2,
        )
        assert told(result["health"].score, result["education"].score) == (health, education)
        assert str(result["income"].rounded) == "0.724"
        assert str(result.rounded) == "0.740"
        assert 0 < result["gni"].error <= Fraction(1, 10**30)
        assert result["life"].n == 1

    def test_at_the_goalposts_and_beyond_them_it_is_rational(self) -> None:
        unit = {"life": 90, "mean": 15, "exp": 18, "gni": 10**6}
        result = evaluate(loads(HDI), {code: Answer(value) for code, value in unit.items()})
        assert told(result.score, result["gni"].error) == (1, 0)


class TestTallies:
    """Evidence for any node; an answer is a code or a title, and 9 of 9 tastes count once."""

    def test_answers_at_an_inner_node_are_read_with_the_one_scale_below_it(self) -> None:
        one = scheme('item = [{ code = "A", item = [{ code = "a", scale = "yes" }] }]')
        result = evaluate(one, {"A": Tally({"No": 1, "0": 1, "1": 2, "9": 5})})
        node = result["A"]
        assert told(node.score, node.n, node.answers, node.inapplicable) == (
            5, 4, {"0": 2, "1": 2}, {"9": 5},
        )  # fmt: skip
        assert result["a"].status == "unused"
        assert result["a"].coverage is None
        terms: Any = result.to_dict()["nodes"][1]["terms"]  # type: ignore[index]
        assert [term["weight"] for term in terms] == ["2", "2", "5"]

    def test_where_nobody_answered_what_is_below_counts(self) -> None:
        one = scheme('item = [{ code = "A", item = [{ code = "a", scale = "yes" }] }]')
        assert evaluate(one, {"A": Tally(), "a": 7}).score == 7

    def test_one_answer_in_two_spellings_is_one_term(self) -> None:
        one = scheme('item = [{ code = "a", scale = "yes", aggregate = "single" }]')
        assert evaluate(one, {"a": Tally({"No": 1, "0": 1})}).score == 0

    def test_an_answer_is_no_child_that_could_be_deducted_from(self) -> None:
        deduct = 'aggregate = {{ method = "deduction"{} }}'
        item = 'item = [{{ code = "a", scale = "yes", {} }}]'
        one = scheme(item.format(deduct.format("")))
        assert evaluate(one, {"a": Tally({"1": 1, "0": 3})}).score == 0
        two = scheme(item.format(deduct.format(', base = "1"')))
        assert problems(two, {"a": Answer("1")})[0].startswith("a: there is no ")

    @pytest.mark.parametrize(
        ("evidence", "expected"),
        [
            ({"a": Answer("7")}, 'a: "7" (given 1×) is no answer of the scale yes'),
            ({"a": Answer(None)}, "a: None is not an answer"),
            ({"b": Answer("1")}, "b: answers are given, and the item has no scale"),
            ({"total": Answer("1")}, "total: answers are given, and the items below"),
            ({"a": 11}, "a: the score 11 lies outside the range from 0 to 10"),
            ({"c": 1}, '"c": the scheme s has no such code'),
            ({7: 1}, "7: the scheme s has no such code"),
            ({"total": 1, "a": 1}, "a: evidence is given for it and for total, above it"),
            ({"b": "much"}, 'b: "much" is not a score'),
            ({"b": "8๕.2๑"}, 'b: "8๕.2๑" is not a score; write all of its digits in one script'),
        ],
    )
    def test_what_cannot_be_read_is_told(
        self, evidence: dict[str, Evidence], expected: str
    ) -> None:
        two = scheme('item = [{ code = "a", scale = "yes" }, "b"]', ', missing = "skip"')
        (found,) = problems(two, evidence)
        assert found.startswith(expected)

    def test_a_number_beyond_the_goalposts_is_told_with_them(self) -> None:
        text = HDI.replace("[20, 85], clamp = true", "[85, 20]")
        rest: dict[str, Evidence] = {"mean": 1, "exp": 1, "gni": 1}
        (found,) = problems(loads(text), rest | {"life": Answer(90)})
        assert found.startswith('life: "90" lies beyond the goalposts 20 and 85')
        (found,) = problems(loads(text), rest | {"life": Answer("old")})
        assert found.startswith('life: "old" (given 1×) is not a number')


class TestMissing:
    """Stops with one error that lists every missing item; a missing root has no score and no
    grade."""

    TREE = """
    item = [
      { code = "A", weight = 3, item = [{ code = "a", weight = 1 }, { code = "b", weight = 3 }] },
      { code = "B", weight = 1 },
    ]
    grade = [{ name = "any", from = 0 }]
    """

    def test_all_that_is_wrong_is_told_at_once(self) -> None:
        """What is missing comes last, in the scheme's order: the rest is often the cause of it."""
        found = problems(scheme(self.TREE), {"a": 99, "x": 1})
        assert [text.partition(":")[0] for text in found] == ['"x"', "a", "b", "B"]

    def test_what_is_missing_is_told_in_the_order_of_the_scheme(self) -> None:
        """And not as a dictionary would sort it: 1, 10, 2."""
        codes = [str(n) for n in range(1, 12)]
        found = problems(scheme(f"item = {codes}"), {"zz": 1})
        assert [text.partition(":")[0] for text in found] == ['"zz"', *codes]

    def test_weights_of_the_rest_are_renormalised_and_the_coverage_recorded(self) -> None:
        result = evaluate(scheme(self.TREE, ', missing = "skip"'), {"a": 8, "B": 4})
        assert told(result["A"].score, result.score) == (8, 7)
        assert told(result["A"].coverage, result.root.coverage) == (Fraction(1, 4), Fraction(7, 16))
        assert result.coefficients("A") == {"a": 1}
        assert result.coefficients("total") == {"A": Fraction(3, 4), "B": Fraction(1, 4)}
        assert result.coefficients("a") == {}

    def test_below_a_share_of_weight_the_node_itself_is_missing(self) -> None:
        policy = ', missing = { policy = "skip", at_least = 0.5 }'
        result = evaluate(scheme(self.TREE, policy), {"a": 8, "B": 4})
        assert told(result["A"].status, result.score, result.grade) == ("missing", None, None)
        assert result.rounded is None
        assert result["B"].contribution is None

    def test_at_exactly_that_share_it_is_not(self) -> None:
        policy = ', missing = { policy = "skip", at_least = 0.25 }'
        assert evaluate(scheme(self.TREE, policy), {"a": 8, "B": 4}).score == 7

    def test_what_counts_as_zero_counts_as_the_lowest_score(self) -> None:
        result = evaluate(scheme(self.TREE, ', missing = "zero"'), {"b": 8})
        assert told(result["a"].score, result["A"].score, result.score) == (0, 6, Fraction(9, 2))
        assert result.root.coverage == Fraction(9, 16)

    def test_nothing_at_all_is_a_missing_root_and_no_error(self) -> None:
        for policy in ("skip", "zero"):
            result = evaluate(scheme(self.TREE, f', missing = "{policy}"'), {"a": None})
            assert told(result.root.status, result.score, result.band) == ("missing", None, None)

    def test_too_little_below_is_told_where_the_policy_is_error(self) -> None:
        text = self.TREE.replace('code = "a"', 'code = "a", missing = "skip"')
        text = text.replace('code = "b"', 'code = "b", missing = "skip"')
        assert problems(scheme(text), {"B": 1})[0].startswith(
            "A: missing: too little evidence below"
        )

    def test_not_applicable_always_drops_out(self) -> None:
        result = evaluate(scheme(self.TREE), {"A": "not applicable", "B": 4})
        assert told(result.score, result.root.coverage, result["A"].coverage) == (4, 1, None)
        all_of_it = evaluate(scheme(self.TREE), {"A": NOT_APPLICABLE, "B": NOT_APPLICABLE})
        assert told(all_of_it.root.status, all_of_it.score) == ("not applicable", None)

    def test_beside_a_node_of_weight_zero_too(self) -> None:
        text = self.TREE.replace('code = "B", weight = 1', 'code = "B", weight = 0')
        result = evaluate(scheme(text), {"A": NOT_APPLICABLE, "B": 4})
        assert result.root.status == "not applicable"
        missing = evaluate(scheme(text, ', missing = "zero"'), {"B": 4})
        assert told(missing.root.status, missing.score) == ("missing", None)


class TestWords:
    """What is given alone is a score, or says that the node does not apply."""

    @pytest.mark.parametrize("words", ["Not Applicable", " NOT  applicable", "ไม่เกี่ยวข้อง"])
    def test_not_applicable_may_be_said_as_in_a_file(self, words: str) -> None:
        """In any case and in Thai; as a score or as an answer."""
        one = scheme('item = [{ code = "a", scale = "yes" }, "b"]')
        for known in (words, Answer(words)):
            result = evaluate(one, {"a": known, "b": 5})
            assert told(result["a"].status, result["a"].evidence, result.score) == (
                "not applicable",
                NOT_APPLICABLE,
                5,
            )

    @pytest.mark.parametrize("known", [72, "72", Decimal(72), "880/9"])
    def test_a_number_on_a_scale_with_goalposts_is_no_answer(self, known: Evidence) -> None:
        one = loads(HDI)
        (found,) = problems(one, {"life": known, "education": 1, "income": 1})
        assert found.endswith(
            "lies outside the range from 0 to 1; "
            "if it is an answer on the scale life, write itakit.Answer(…)"
        )

    def test_neither_is_the_code_or_the_title_of_an_answer(self) -> None:
        one = scheme('item = [{ code = "a", scale = "yes" }, "b"]')
        assert problems(one, {"a": "No", "b": "No"}) == [
            ('a: "No" is not a score; if it is an answer on the scale yes, write itakit.Answer(…)'),
            (
                'b: "No" is not a score; '
                "give a number, itakit.Tally(…), itakit.Answer(…) or itakit.NOT_APPLICABLE"
            ),
        ]

    def test_a_number_that_no_answer_has_is_only_out_of_range(self) -> None:
        one = scheme('item = [{ code = "a", scale = "yes" }]')
        assert problems(one, {"a": 12}) == ["a: the score 12 lies outside the range from 0 to 10"]


class TestSums:
    """For weighted sums the weights of the present children are renormalised to the declared
    total; plain sums are not. A score outside the range is an error."""

    def test_a_weighted_sum_makes_up_for_what_is_missing_and_a_plain_one_does_not(self) -> None:
        head = ', missing = "skip"'
        tree = 'item = [{{ code = "A", aggregate = "sum", item = [{}] }}]'
        weighted = tree.format('{ code = "a", weight = 1 }, { code = "b", weight = 2 }')
        plain = tree.format('"a", "b"')
        assert evaluate(scheme(weighted, head), {"a": 3}).score == 9
        assert evaluate(scheme(plain, head), {"a": 3}).score == 3

    @pytest.mark.parametrize("method", ["sum", "deduction"])
    def test_a_score_outside_the_range_is_an_error_told_once(self, method: str) -> None:
        text = f'item = [{{ code = "A", aggregate = "{method}", item = ["a", "b"] }}]'
        low = scheme(text).range[0] - 20
        one = evolve(scheme(text), range=(low, Fraction(10)))
        sign = -1 if method == "deduction" else 1
        (found,) = problems(one, {"a": 9 * sign, "b": 9 * sign})
        assert (
            found == f"A: the score {18 if sign > 0 else 28} lies outside the range from -20 to 10"
        )

    def test_an_irrational_one_is_shown_as_a_decimal(self) -> None:
        part = 'aggregate = "geometric-mean", item = ["{0}1", "{0}2"] }}'
        text = 'item = [{ code = "A", aggregate = "sum", item = ['
        text += ", ".join(f'{{ code = "{c}", ' + part.format(c) for c in "ab") + "] }]"
        (found,) = problems(scheme(text), {"a1": 8, "a2": 9, "b1": 5, "b2": 6})
        assert found == "A: the score 13.962507 lies outside the range from 0 to 10"


class TestCarry:
    """A scheme that rounds on the way says so; then those levels' rounded scores are what is
    carried upward."""

    def test_the_rounded_score_goes_up_and_the_exact_one_is_told(self) -> None:
        tree = 'item = [{ code = "A", item = ["a", "b"] }, "c"]'
        one = scheme(tree, ', rounding = { places = 0, carry = ["item"] }')
        result = evaluate(one, {"a": 4, "b": 5, "c": "5.4"})
        assert told(result["A"].score, result.score) == (Fraction(9, 2), 5)
        assert told(result["A"].contribution, result["c"].contribution) == (
            Fraction(5, 2),
            Fraction(5, 2),
        )
        assert result["a"].contribution == Fraction(10, 9)

    def test_the_root_has_nowhere_to_carry_to(self) -> None:
        one = scheme('item = ["a", "b"]', ', rounding = { places = 0, carry = ["total"] }')
        result = evaluate(one, {"a": 4, "b": 5})
        assert result.root.contribution == result.score == Fraction(9, 2)

    def test_what_leaves_the_range_by_being_rounded_is_an_error(self) -> None:
        one = evolve(
            scheme('item = ["a"]', ', rounding = { places = 0, carry = ["item"] }'),
            range=(Fraction(0), Fraction("9.5")),
        )
        assert problems(one, {"a": "9.5"}) == [
            "total: the score 10 lies outside the range from 0 to 9.5"
        ]

    def test_an_irrational_score_that_is_carried_counts_rounded(self) -> None:
        tree = """
        item = [
          { code = "A", aggregate = "geometric-mean", item = ["a", "b"] },
          { code = "B", aggregate = "geometric-mean", item = ["c", "d"] },
        ]
        """
        one = scheme(tree, ', rounding = { places = 0, carry = ["item"] }')
        result = evaluate(one, {"a": 2, "b": 3, "c": 5, "d": 6})
        assert told(result.score, result.root.error, str(result["A"].rounded)) == (
            Fraction(7, 2),
            0,
            "2",
        )

    def test_beside_one_that_is_not_carried_too(self) -> None:
        text = """
        format = 1
        scheme = { id = "s", range = [0, 10], rounding = { places = 0, carry = ["group"] } }
        aggregation = { group = "geometric-mean", item = "geometric-mean", total = "mean" }
        group = [{ code = "A", item = ["a", "b"] }]
        item = [{ code = "B", item = ["c", "d"] }]
        """
        result = evaluate(loads(text), {"a": 2, "b": 3, "c": 5, "d": 6})
        b = result["B"].score
        assert b is not None
        assert result.score == (2 + b) / 2
        assert 0 < result.root.error < Fraction(1, 10**29)


class TestResult:
    """The same tree with scores on it."""

    def test_a_node_tells_all_about_itself(self) -> None:
        result = evaluate(itakit.find("ita_2565"), CHIANG_MAI)
        node = result["IIT"]
        assert told(node.level, node.weight, node.evidence, node.scale) == (
            "survey",
            30,
            None,
            None,
        )
        assert node.title["th"] != node.title["en"]
        assert [child.code for child in node.children] == ["1", "2", "3", "4", "5"]
        assert told(result["1"].evidence, result["1"].n, result["1"].answers) == (
            "96.50",
            None,
            None,
        )
        assert len(result.rows()) == len(list(result))
        assert "IIT" in result.explain("IIT", lang="th")
        assert result.rounded_of("survey") == [Decimal("92.48"), Decimal("92.32"), Decimal("98.89")]
        with pytest.raises(KeyError):
            result["nothing"]

    def test_below_a_method_without_parts_there_are_no_contributions(self) -> None:
        one = scheme('item = [{ code = "A", aggregate = "min", item = ["a", "b"] }]')
        result: Result = evaluate(one, {"a": 0, "b": 5})
        assert told(result["A"].contribution, result["a"].contribution) == (0, None)
        assert result.coefficients("A") == {}

    def test_a_hand_built_tree_without_weight_has_no_score(self) -> None:
        one = scheme('item = [{ code = "a", weight = 1 }]')
        (child,) = one.root.children
        empty = evolve(one, root=evolve(one.root, children=(evolve(child, weight=Fraction(0)),)))
        assert problems(empty, {"a": 1})[0].startswith("total: ")

    def test_numbers_that_roots_hide_are_still_numbers(self) -> None:
        half = Fraction(1, 2)
        assert isinstance(power(linear([(half, power(Fraction(2), half))]), half), Irrational)
