"""Rounding: where an exact score becomes a published figure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from itakit.reals import Irrational, compare, linear, power
from itakit.rounding import MODES, Rounding

ROOT = power(Fraction(2), Fraction(1, 2))
ONE = linear(
    [
        (Fraction(1), power(linear([(Fraction(2), ROOT)], Fraction(3)), Fraction(1, 2))),
        (Fraction(-1), ROOT),
    ]
)
"""1, well hidden: the root of 3 + 2√2 less √2."""


class TestFigures:
    """The published digits are right, always."""

    @pytest.mark.parametrize(
        ("mode", "value", "expected"),
        [
            ("half-up", "27.695", "27.70"),
            ("half-even", "27.695", "27.70"),
            ("half-even", "27.685", "27.68"),
            ("half-up", "-27.695", "-27.70"),
            ("down", "27.699", "27.69"),
            ("down", "-27.699", "-27.69"),
            ("up", "27.691", "27.70"),
            ("up", "-27.691", "-27.70"),
            ("up", "27.69", "27.69"),
            ("half-up", "880/9", "97.78"),
            ("half-up", "94.9944", "94.99"),
            ("half-up", "-0.001", "0.00"),
        ],
    )
    def test_each_mode_goes_its_way(self, mode: str, value: str, expected: str) -> None:
        assert str(Rounding(2, mode)(Fraction(value))) == expected  # type: ignore[arg-type]

    def test_a_figure_has_all_its_places(self) -> None:
        assert str(Rounding(4)(Fraction(7))) == "7.0000"
        assert str(Rounding(0)(Fraction(15, 2))) == "8"

    @pytest.mark.parametrize("sign", [1, -1])
    def test_an_irrational_score_is_rounded_as_surely(self, sign: int) -> None:
        root = linear([(Fraction(sign), ROOT)])
        expected = {"half-up": "1.41", "half-even": "1.41", "down": "1.41", "up": "1.42"}
        for mode in MODES:
            assert abs(Rounding(2, mode)(root)) == Decimal(expected[mode])
            assert (Rounding(2, mode)(root) < 0) is (sign < 0)
        assert str(Rounding(0)(linear([(Fraction(100), ROOT)]))) == "141"

    @pytest.mark.parametrize("mode", MODES)
    def test_a_rational_score_that_roots_hide_is_rounded_as_itself(self, mode: str) -> None:
        assert isinstance(ONE, Irrational)
        assert compare(ONE, Fraction(1)) == 0
        for shift in (Fraction(0), Fraction(-1), Fraction(-2), Fraction(1, 200)):
            hidden = linear([(Fraction(1), ONE)], shift)
            rounding = Rounding(2, mode)  # type: ignore[arg-type]
            assert rounding(hidden) == rounding(1 + shift)
