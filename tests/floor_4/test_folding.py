"""The fold in floats is the evaluation, to the last digit that is told."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import itakit
from itakit.casebook import Case
from itakit.cases import cases_path
from itakit.evaluation import attempt
from itakit.methods import BUILT_IN, Inapplicable, Method, Use
from itakit.reals import approximate
from itakit.rounding import Mode, Rounding
from itakit.uncertainty.awarding import asked, awarded, needed, published
from itakit.uncertainty.combining import combine
from itakit.uncertainty.folding import Fold
from itakit.uncertainty.samples import own_of

GALLERY = Path(__file__).parents[2] / "examples" / "gallery"
SCHEMES = sorted(p for p in GALLERY.glob("*.toml") if not p.name.endswith(".cases.toml"))
CARRIED = """
format = 1
[scheme]
id = "carried"
range = [0, 100]
rounding = { places = 1, carry = ["item", "part"] }
missing = "zero"
[aggregation]
item = "mean"
part = "mean"
total = { method = "power-mean", exponent = 0.5 }
[[grade]]
name = "one"
from = 0
[[part]]
code = "p"
item = ["a", "b", "c"]
[[part]]
code = "q"
item = ["d"]
"""


def cases(path: Path) -> list[Case]:
    return [outcome.case for outcome in itakit.run_cases(itakit.load(path), cases_path(path))]


class TestFold:
    """A tree of floats gives the scores that fractions give."""

    @pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
    def test_of_every_case_of_the_gallery(self, path: Path) -> None:
        """Means, extremes, deductions, conditions, goalposts: every node, every grade."""
        scheme = itakit.load(path)
        compared = 0
        for case in cases(path):
            if case.expect_error is not None:
                continue
            scores, _ = attempt(scheme, case.evidence)
            fold = Fold.of(scores)
            own = own_of(scores, fold)
            values = fold.values(own)
            for i in range(len(scheme.plan.nodes)):
                exact = scores.score(i)[0]
                assert np.isnan(values[i]) == (exact is None)
                if exact is not None:
                    assert abs(Fraction(float(values[i])) - exact) < Fraction(1, 10**8)
                    compared += 1
            nodes = asked(scheme, fold.statuses)
            won = int(awarded(scheme, fold.values(own, needed(nodes)), nodes))
            names = [*(grade.name for grade in scheme.grades), None]
            assert names[won] == itakit.evaluate(scheme, case.evidence).grade
        assert compared

    def test_where_levels_are_carried_rounded(self) -> None:
        """What goes on upward is the rounded score; what is missing counts as it is told to."""
        scheme = itakit.loads(CARRIED)
        result = itakit.evaluate(scheme, {"a": "33.33", "b": "33.36", "d": "12.34"})
        scores, _ = attempt(scheme, {"a": "33.33", "b": "33.36", "d": "12.34"})
        fold = Fold.of(scores)
        values = fold.values(own_of(scores, fold))
        for i, row in enumerate(result):
            assert row.score is not None
            assert abs(Fraction(float(values[i])) - row.score) < Fraction(1, 10**9)

    def test_slopes_are_differences(self) -> None:
        """A geometric mean of two moves with each by score / (2 term); a mean by its share."""
        text = CARRIED.replace(', carry = ["item", "part"]', "").replace(
            '{ method = "power-mean", exponent = 0.5 }', '"geometric-mean"'
        )
        scheme = itakit.loads(text)
        scores, _ = attempt(scheme, {"p": 64, "d": 16})
        fold = Fold.of(scores)
        slopes = fold.slopes(own_of(scores, fold))
        found = [Fraction(float(slope)) for slope in slopes[0]]
        for slope, exact in zip(found, (Fraction(32, 128), Fraction(32, 32)), strict=True):
            assert abs(slope - exact) < Fraction(1, 10**5)


class TestPublished:
    """Figures are rounded as the scheme says, ties among them."""

    @pytest.mark.parametrize("mode", ["half-up", "half-even", "down", "up"])
    def test_as_fractions_are(self, mode: Mode) -> None:
        """Of thousandths and of numbers beside them, above and below zero."""
        rounding = Rounding(2, mode)
        exact = [Fraction(k, 1000) + off for k in range(-40, 40) for off in (0, Fraction(1, 3000))]
        floats = np.array([number.numerator / number.denominator for number in exact])
        assert [round(float(f) * 100) for f in published(floats, rounding)] == [
            rounding.integer(number) for number in exact
        ]


def _least(terms: Any, range: Any) -> Any:
    if len(terms) > 2:
        raise Inapplicable("terms-many", method="own", n=len(terms), most=2)
    return min(value for value, _ in terms)


class TestCombine:
    """Methods on columns are the methods on terms."""

    @pytest.mark.parametrize("name", sorted(BUILT_IN))
    def test_every_built_in_method(self, name: str) -> None:
        """Of terms that are met exactly, below and above each other, zero among them."""
        parameters = {"power-mean": {"exponent": Fraction(-2)}, "k-of-n": {"k": Fraction(2)}}
        use = Use(BUILT_IN[name], tuple(parameters.get(name, {}).items()))
        low_high = Fraction(0), Fraction(100)
        rows = [[100, 100, 30], [0, 50, 100], [20, 30, 40]]
        weights = [Fraction(5, 10), Fraction(3, 10), Fraction(2, 10)]
        found = combine(
            use,
            np.array(rows, dtype=np.float64),
            np.array([w.numerator / w.denominator for w in weights]),
            low_high,
            ["x", "y", "z"],
        )
        for row, value in zip(rows, found, strict=True):
            terms = [(Fraction(v), w) for v, w in zip(row, weights, strict=True)]
            try:
                exact = approximate(use(terms, low_high, ["x", "y", "z"]), 15)[0]
            except Inapplicable:
                assert np.isnan(value)
                continue
            assert abs(Fraction(float(value)) - exact) < Fraction(1, 10**8)

    def test_a_bound_that_a_float_misses_by_a_bit_is_met(self) -> None:
        """A score of 100 that went through floats is one."""
        use = Use(BUILT_IN["all-of"])
        low_high = Fraction(0), Fraction(100)
        assert combine(use, np.array([[100 - 1e-13, 100]]), np.ones(2), low_high, ["x", "y"]) == 100

    def test_a_method_of_somebody_else(self) -> None:
        """Is asked term by term; where it has no score, there is none."""
        use = Use(Method("own", _least))
        low_high = Fraction(0), Fraction(100)
        two = combine(use, np.array([[3.0, 1.0], [np.nan, 2.0]]), np.ones(2), low_high, ["x", "y"])
        assert two[0] == 1
        assert np.isnan(two[1])
        assert np.isnan(combine(use, np.ones((1, 3)), np.ones(3), low_high, ["x", "y", "z"])).all()

    def test_a_mean_of_powers_of_numbers_below_zero_is_none(self) -> None:
        """As the method itself refuses them."""
        use = Use(BUILT_IN["geometric-mean"])
        found = combine(
            use, np.array([[-1.0, 4.0]]), np.ones(2), (Fraction(-9), Fraction(9)), ["x", "y"]
        )
        assert np.isnan(found).all()
