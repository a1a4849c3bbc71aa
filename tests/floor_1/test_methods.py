"""Methods on exact cases."""

from __future__ import annotations

from fractions import Fraction

import pytest

from itakit.methods import BUILT_IN, Inapplicable, Method, Use
from itakit.reals import Number, compare, power

HUNDRED = (Fraction(0), Fraction(100))


def score(name: str, *values: int, **parameters: Fraction | str) -> Number:
    terms = [(Fraction(value), Fraction(1)) for value in values]
    codes = [f"n{value}" for value in values]
    return Use(BUILT_IN[name], tuple(sorted(parameters.items())))(terms, HUNDRED, codes)


class TestMeans:
    """All weighted when weights are given; power means by their exponent."""

    def test_the_geometric_mean_of_2_4_and_8_is_exactly_4(self) -> None:
        assert score("geometric-mean", 2, 4, 8) == 4

    def test_a_power_mean_is_geometric_at_0_harmonic_at_minus_1_and_the_mean_at_1(self) -> None:
        for exponent, name in ((0, "geometric-mean"), (-1, "harmonic-mean"), (1, "mean")):
            assert score("power-mean", 2, 4, 8, exponent=Fraction(exponent)) == score(name, 2, 4, 8)

    def test_a_geometric_mean_that_is_no_rational_number_is_that_number(self) -> None:
        assert compare(score("geometric-mean", 2, 3), power(Fraction(6), Fraction(1, 2))) == 0

    @pytest.mark.parametrize("name", ["geometric-mean", "harmonic-mean"])
    def test_one_zero_makes_a_mean_of_logarithms_or_reciprocals_zero(self, name: str) -> None:
        assert score(name, 0, 50) == 0

    @pytest.mark.parametrize(
        ("name", "exponent"),
        [
            ("geometric-mean", {}),
            ("harmonic-mean", {}),
            ("power-mean", {"exponent": Fraction(-1)}),
            ("power-mean", {"exponent": Fraction(0)}),
            ("power-mean", {"exponent": Fraction(1, 2)}),
        ],
    )
    def test_no_mean_of_powers_has_a_value_for_a_score_below_zero(
        self, name: str, exponent: dict[str, Fraction | str]
    ) -> None:
        """The method is told by the name that the scheme calls it by."""
        with pytest.raises(Inapplicable, match="negative-term") as caught:
            score(name, -1, 2, **exponent)
        assert caught.value.values == {"method": name}

    @pytest.mark.parametrize(
        ("values", "expected"), [((1, 5, 9), 5), ((1, 5), 3), ((9, 1, 1, 5), 3), ((7,), 7)]
    )
    def test_the_median_halves_the_weight(self, values: tuple[int, ...], expected: int) -> None:
        assert score("median", *values) == expected

    def test_single_takes_exactly_one_term(self) -> None:
        assert score("single", 7) == 7
        with pytest.raises(Inapplicable, match="terms-many"):
            score("single", 7, 7)


class TestDeduction:
    """Deductions with a ceiling."""

    def test_the_others_are_deducted_from_the_base_or_from_the_highest_score(self) -> None:
        assert score("deduction", 10, 5) == 85
        assert score("deduction", 80, 5, 10, base="n80") == 65

    def test_no_more_than_the_ceiling_is_deducted_and_never_below_the_range(self) -> None:
        assert score("deduction", 30, 40, ceiling=Fraction(20)) == 80
        assert score("deduction", 10, 40, base="n10") == 0

    def test_without_its_base_there_is_no_score(self) -> None:
        with pytest.raises(Inapplicable, match="base-missing"):
            score("deduction", 10, base="n80")


class TestThresholds:
    """k-of-n, all-of."""

    def test_the_highest_score_where_enough_children_reach_the_bar_else_the_lowest(self) -> None:
        assert score("k-of-n", 100, 100, 99, k=Fraction(2)) == 100
        assert score("k-of-n", 100, 99, 99, k=Fraction(2)) == 0
        assert score("all-of", 60, 70, at_least=Fraction(60)) == 100
        assert score("all-of", 60, 70, at_least=Fraction(61)) == 0


class TestUse:
    """A method is a name with its parameters."""

    def test_it_tells_its_name_its_parameters_and_whether_it_is_linear(self) -> None:
        use = Use(BUILT_IN["k-of-n"], (("k", Fraction(2)),))
        assert use.name == "k-of-n"
        assert [use.parameter("k"), use.parameter("at_least")] == [Fraction(2), None]
        assert not use.method.linear
        assert BUILT_IN["mean"].linear


class TestLaws:
    """A law that a method does not have is declared on the method, and checked only where
    declared: one that is misspelt would never be."""

    def test_a_law_that_there_is_not_is_refused(self) -> None:
        with pytest.raises(ValueError, match="there is no law 'monotne'; the laws are internal, "):
            Method("m", lambda terms, range: Fraction(0), laws=("internal", "monotne"))  # type: ignore[arg-type]
