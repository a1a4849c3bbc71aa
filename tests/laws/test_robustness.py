"""The laws of robustness: what drawing rules at random must do, whatever the figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.errors import EvidenceError
from tests.floor_4.sampled import SCHEME

SCORES = st.integers(0, 100)
UNITS = st.lists(st.tuples(SCORES, SCORES, SCORES), min_size=1, max_size=6)


def results(units: Sequence[tuple[int, ...]]) -> dict[str, itakit.Result]:
    return {
        f"u{k}": itakit.evaluate(SCHEME, dict(zip("ABC", scores, strict=True)))
        for k, scores in enumerate(units)
    }


def by_name(found: itakit.Robustness) -> dict[object, dict[str, Any]]:
    return {row["unit"]: row for row in found.rows()}


class TestDraws:
    """Weights are drawn around those declared, the same for all units."""

    @given(UNITS)
    def test_without_spread_nothing_moves(self, units: list[tuple[int, ...]]) -> None:
        """Rules that are the declared ones give the declared scores."""
        found = itakit.robustness(results(units), spread=0, draws=5)
        assert found.changed == found.shift == 0
        assert found.varied == ()
        for row in found.rows():
            assert row["least"] == row["most"]
            assert row["changed"] == 0
            assert abs(row["least"] - row["rounded"]) <= Decimal("0.005")  # type: ignore[operator]

    @given(UNITS)
    def test_scores_stay_between_those_below(self, units: list[tuple[int, ...]]) -> None:
        """Whatever the weights, a mean is one."""
        found = itakit.robustness(results(units), concentration=3, draws=20)
        for scores, row in zip(units, found.rows(), strict=True):
            assert min(scores) <= row["least"] <= row["low"]  # type: ignore[operator]
            assert row["high"] <= row["most"] <= max(scores)  # type: ignore[operator]

    def test_a_spread_is_the_most_that_weights_are_off(self) -> None:
        """At its ends, weights 50, 30 and 20 become 62.5, 22.5 and 15."""
        found = itakit.robustness(results([(100, 0, 0)]), spread="0.25", draws=4000)
        (row,) = found.rows()
        most, least = Fraction("62.5"), Fraction("37.5")
        assert row["most"] <= round(most / (most + Fraction("37.5")) * 100, 4)  # type: ignore[operator]
        assert row["least"] >= round(least / (least + Fraction("62.5")) * 100, 4)  # type: ignore[operator]
        assert row["most"] > 60  # type: ignore[operator]
        assert row["least"] < 40  # type: ignore[operator]

    def test_a_concentration_draws_around_the_shares(self) -> None:
        """The variance of Dirichlet's distribution is p (1 - p) / (c + 1), its mean p."""
        found = itakit.robustness(results([(100, 0, 0)]), concentration=24, draws=8000)
        (row,) = found.rows()
        spread = Fraction(str(row["high"])) - Fraction(str(row["low"]))
        normal = 2 * Fraction("1.645") * 100 / 10  # 0.5 * 0.5 / 25 is a tenth squared
        assert abs(spread / normal - 1) < Fraction(1, 20)

    def test_a_seed_draws_the_same_for_any_order_of_units(self) -> None:
        """Another seed draws other rules."""
        units = results([(90, 70, 60), (60, 90, 80), (70, 75, 80)])
        turned = dict(reversed(units.items()))
        one, other = (by_name(itakit.robustness(u, seed=4, draws=50)) for u in (units, turned))
        assert one == other
        assert by_name(itakit.robustness(units, seed=5, draws=50)) != one

    def test_a_child_without_a_score_drops_out(self) -> None:
        """As it does in the declared score."""
        text = SCHEME_SKIP
        scheme = itakit.loads(text)
        one = itakit.evaluate(scheme, {"A": 80, "C": 40})
        (row,) = itakit.robustness(one, draws=30).rows()
        assert 40 <= row["least"] <= row["rounded"] <= row["most"] <= 80  # type: ignore[operator]


SCHEME_SKIP = itakit.dumps(SCHEME).replace('missing = "error"', 'missing = "skip"')


class TestSwaps:
    """Another method in place of the declared one."""

    def test_a_geometric_mean_is_the_exact_one(self) -> None:
        """The swap gives what a scheme that declares it gives, digit for digit."""
        text = itakit.dumps(SCHEME).replace('"weighted-mean"', '"geometric-mean"')
        other = itakit.loads(text)
        units = [(90, 70, 60), (60, 90, 80), (70, 75, 0)]
        (swap,) = itakit.robustness(results(units), methods=["geometric-mean"], draws=1).swaps
        exact = [itakit.evaluate(other, dict(zip("ABC", u, strict=True))) for u in units]
        assert list(swap.scores) == [result.rounded for result in exact]
        assert list(swap.grades) == [result.grade for result in exact]
        assert swap.changed == Fraction(1, 3)

    @pytest.mark.parametrize(
        ("method", "scores"),
        [
            ("min", ["60.00"]),
            ("max", ["90.00"]),
            ("median", ["80.00"]),
            ("harmonic-mean", ["75.90"]),
        ],
    )
    def test_of_other_methods(self, method: str, scores: list[str]) -> None:
        """Each by its own rule."""
        found = itakit.robustness(results([(90, 70, 60)]), methods=[method], draws=1)
        assert [str(score) for score in found.swaps[0].scores] == scores

    def test_ranks_move(self) -> None:
        """Two units that change places move by one each."""
        found = itakit.robustness(results([(100, 100, 20), (78, 78, 78)]), methods=["min"], draws=1)
        assert found.swaps[0].shift == 1
        assert [row["rank"] for row in found.rows()] == [1, 2]

    def test_units_with_one_score_share_a_place(self) -> None:
        """The best of those that they take up."""
        found = itakit.robustness(results([(50, 50, 50), (90, 90, 90), (50, 50, 50)]), draws=1)
        assert [row["rank"] for row in found.rows()] == [2, 1, 2]

    def test_a_unit_that_a_method_has_no_score_for_is_last(self) -> None:
        """And takes no place from others."""
        scheme = itakit.loads(SCHEME_SKIP)
        known = [{"A": 90, "B": 90, "C": 90}, {"A": 80}, {"A": 70}]
        units = {f"u{k}": itakit.evaluate(scheme, evidence) for k, evidence in enumerate(known)}
        found = itakit.robustness(units, spread=0, methods=["single"], draws=30)
        assert found.swaps[0].shift == Decimal("1.33")
        assert [str(score) for score in found.swaps[0].scores] == ["None", "80.00", "70.00"]

    def test_at_another_level(self) -> None:
        """The surveys' means, not the total's."""
        result = itakit.evaluate(SCHEME, {"A": 90, "B": 90, "c1": 40, "c2": 80})
        found = itakit.robustness(result, spread=0, methods=["min"], levels=["survey"], draws=1)
        assert found.swaps[0].scores == (Decimal("80.00"),)

    def test_whatever_the_declared_method_was(self) -> None:
        """A geometric mean gives way to a mean as well."""
        text = itakit.dumps(SCHEME).replace('"weighted-mean"', '"geometric-mean"')
        result = itakit.evaluate(itakit.loads(text), {"A": 90, "B": 70, "C": 60})
        found = itakit.robustness(result, spread=0, methods=["mean"], draws=1)
        assert found.swaps[0].scores == (Decimal("78.00"),)

    def test_a_method_that_has_no_score_leaves_none(self) -> None:
        """A draw without a score has no grade and the last place."""
        result = itakit.evaluate(SCHEME, {"A": 90, "B": 90, "C": 90})
        found = itakit.robustness(result, spread=0, methods=["single"], draws=40)
        assert found.units[0].grades[None] > 0
        assert found.rows()[0]["least"] == found.rows()[0]["most"] == Decimal("90.0000")


class TestFrames:
    """Responses of many units, and results of them, are the same."""

    def test_frames_and_results_agree(self) -> None:
        """To the last digit."""
        frame = pl.DataFrame(
            {"unit": ["p", "q"], "c1": [80, 70], "c2": [100, 20], "a1": ["4", "1"]}
            | {code: ["3", "2"] for code in ("a2", "a3", "b1")}
        )
        one = itakit.robustness(SCHEME, frame, "unit", draws=20, methods=["min"])
        tallies = itakit.tally(SCHEME, frame, "unit")
        results = {name: itakit.evaluate(SCHEME, known) for name, known in tallies.items()}
        assert one.to_dict() == itakit.robustness(results, draws=20, methods=["min"]).to_dict()


class TestRefusals:
    """What is wrong with arguments is told at once."""

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            ({"spread": 1}, "spread: 1, expected a number from 0 to less than 1"),
            ({"spread": "x"}, 'spread: "x", expected a number from 0 to less than 1'),
            ({"concentration": 0}, "concentration: 0, expected a number above 0"),
            (
                {"spread": 0, "concentration": 1},
                "spread: either a spread or a concentration, not both",
            ),
            ({"methods": "min"}, 'methods: "min", expected a list'),
            ({"levels": 3}, "levels: 3, expected a list"),
            (
                {"draws": 0, "seed": -1},
                (
                    "draws: 0, expected a whole number, 1 or more\n"
                    "seed: -1, expected a whole number from 0 to a billion"
                ),
            ),
            ({"levels": ["x"]}, 'levels: "x", expected one of total, survey'),
        ],
    )
    def test_of_values(self, arguments: Any, says: str) -> None:
        """Each with its name, what was found and what was expected."""
        with pytest.raises(EvidenceError) as caught:
            itakit.robustness(results([(1, 2, 3)]), **arguments)
        assert str(caught.value) == says

    def test_of_methods(self) -> None:
        """Those that need no parameters are told."""
        with pytest.raises(EvidenceError, match=r"geometric-mean.*did you mean") as caught:
            itakit.robustness(results([(1, 2, 3)]), methods=["geometric", "power-mean"])
        assert len(caught.value.problems) == 2

    def test_of_frames_beside_results(self) -> None:
        """Of results all is known, and frames would say nothing."""
        one = results([(1, 2, 3)])
        for source in (one, one["u0"]):
            with pytest.raises(EvidenceError, match="frames: results need no frames"):
                itakit.robustness(source, pl.DataFrame())
        with pytest.raises(EvidenceError, match="frames: results need no frames"):
            itakit.certainty(one["u0"], unit="agency")

    def test_of_results_of_two_schemes(self) -> None:
        """Their units cannot be ranked together."""
        other = itakit.evaluate(itakit.loads(SCHEME_SKIP), {"A": 1, "C": 1})
        with pytest.raises(EvidenceError, match="results of 2 schemes"):
            itakit.robustness({"p": other, **results([(1, 2, 3)])})


SUMMED = """
format = 1
[scheme]
id = "summed"
range = [0, 100]
missing = "skip"
rounding = { places = 0, carry = ["part"] }
[aggregation]
item = "mean"
part = "weighted-sum"
total = "mean"
[[part]]
code = "p"
item = [{ code = "a", weight = 30 }, { code = "b", weight = 70 }]
[[part]]
code = "q"
item = [{ code = "c", weight = 50 }, { code = "d", weight = 50 }]
"""


class TestOtherTrees:
    """Sums, levels that are carried rounded, units of which little is known."""

    def test_a_sum_spreads_the_weight_of_what_is_missing(self) -> None:
        """As the declared score does; carried levels are rounded on the way."""
        scheme = itakit.loads(SUMMED)
        result = itakit.evaluate(scheme, {"a": "40.4", "c": "80.5"})
        (row,) = itakit.robustness(result, draws=20).rows()
        assert (row["least"], row["most"], row["rounded"]) == (Decimal("60.5"), Decimal("60.5"), 61)
        assert row["changed"] is None

    def test_rounding_on_the_way_is_done_in_draws(self) -> None:
        """The mean of two rounded scores has no other than halves."""
        scheme = itakit.loads(SUMMED)
        result = itakit.evaluate(scheme, {"a": 0, "b": 50, "c": 80, "d": 80})
        found = itakit.robustness(result, draws=300)
        (row,) = found.rows()
        assert row["least"] < row["most"]  # type: ignore[operator]
        for name in ("least", "most"):
            assert row[name] * 2 % 1 == 0  # type: ignore[operator]

    def test_a_node_without_any_score_below_stays_without(self) -> None:
        """A branch of which nothing is known drops out in every draw."""
        scheme = itakit.loads(SUMMED)
        result = itakit.evaluate(scheme, {"a": 40, "b": 40})
        (row,) = itakit.robustness(result, draws=5).rows()
        assert row["least"] == row["most"] == 40

    def test_a_unit_without_a_score_is_left_out(self) -> None:
        """Nothing is drawn, and that is no error."""
        result = itakit.evaluate(itakit.loads(SUMMED), {})
        found = itakit.robustness(result, draws=5, methods=["min"])
        assert found.rows() == []
        assert "0 units" in found.explain()
