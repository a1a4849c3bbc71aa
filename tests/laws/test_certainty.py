"""The laws of certainty: what an error of sampling must do, whatever the figures."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

import itakit
from itakit.errors import EvidenceError
from itakit.uncertainty.resampling import generator
from tests.floor_4.sampled import CHECKS, SCHEME, STAFF, VISITORS, Rows, textbook

ANSWERS = st.sampled_from([None, "1", "2", "3", "4", "9"])


def asked(staff: Rows, visitors: Rows, unit: str = "u") -> list[pl.DataFrame]:
    """The three frames of one unit."""
    text = dict.fromkeys(("a1", "a2", "a3", "b1"), pl.String)
    frames = [pl.DataFrame(rows, schema_overrides=text) for rows in (staff, visitors)]
    frames.append(pl.DataFrame([CHECKS]))
    return [frame.with_columns(unit=pl.lit(unit)) for frame in frames]


def certainty(staff: Rows = STAFF, visitors: Rows = VISITORS, **asks: Any) -> itakit.Certainty:
    return itakit.certainty(SCHEME, asked(staff, visitors), "unit", **asks)


def sizes(a: int, b: int) -> dict[str, dict[str, int]]:
    return {"A": {"u": a}, "B": {"u": b}}


def errors(found: itakit.Certainty) -> dict[str, Any]:
    return {str(row["code"]): row["standard_error"] for row in found.rows()}


def rounded(variance: Fraction) -> Decimal:
    """A standard error with four places, by exact bisection of the root."""
    low, high = Fraction(0), Fraction(100)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if middle**2 <= variance else (low, middle)
    return Decimal(round(low * 10**4)).scaleb(-4)


class TestStandardErrors:
    """ "Standard error equals a textbook formula by an independent oracle." (issue 5, item 5)"""

    @pytest.mark.parametrize("population", [None, 40, 8])
    def test_of_items_surveys_and_the_total(self, population: int | None) -> None:
        """The variance of ratio means by Taylor's linearisation, computed in fractions."""
        both = None if population is None else sizes(population, population)
        found = errors(certainty(population=both, replications=0))
        a1 = textbook(STAFF, population, {"a1": 1})
        a3 = textbook(STAFF, population, {"a3": 1})
        a = textbook(STAFF, population, {"a1": 1, "a2": 1, "a3": 1})
        b = textbook(VISITORS, population, {"b1": 1})
        total = a * Fraction(1, 4) + b * Fraction(9, 100)
        assert found["a1"] == rounded(a1)
        assert found["a3"] == rounded(a3)
        assert found["A"] == rounded(a)
        assert found["B"] == rounded(b)
        assert found["total"] == rounded(total)

    @given(
        st.lists(
            st.fixed_dictionaries({"a1": ANSWERS, "a2": ANSWERS, "a3": ANSWERS}),
            min_size=2,
            max_size=12,
        )
    )
    def test_of_any_answers(self, staff: Rows) -> None:
        """Whoever answers nothing was not asked; two answers to an item are enough."""
        staff = [row for row in staff if any(row.values())]
        known = {i: [r for r in staff if r[i] not in (None, "9")] for i in ("a1", "a2", "a3")}
        if any(len(rows) < 2 for rows in known.values()):
            return
        found = errors(certainty(staff, replications=0))
        assert found["A"] == rounded(textbook(staff, None, {"a1": 1, "a2": 1, "a3": 1}))

    def test_weights_stand_for_people(self) -> None:
        """Weights that are all the same change nothing."""
        frames = [f.with_columns(w=pl.lit(3)) for f in asked(STAFF, VISITORS)]
        alike = itakit.certainty(SCHEME, frames, "unit", weight="w", replications=0)
        assert errors(alike) == errors(certainty(replications=0))

    def test_one_who_answers_alike_everywhere_errs_more(self) -> None:
        """Answers of one person go together; the error of the whole is not that of the parts."""
        alike = [{"a1": c, "a2": c, "a3": c} for c in "1144"]
        apart = [{"a1": c, "a2": d, "a3": e} for c, d, e in ("114", "141", "414", "441")]
        one, other = (errors(certainty(rows, replications=0))["A"] for rows in (alike, apart))
        assert one > other


class TestPopulations:
    """ "A census has zero error; widening population widens." (issue 5, item 5)"""

    def test_a_census_has_no_error(self) -> None:
        """Everybody was asked: the interval is the score, and the grade is certain."""
        found = certainty(population=sizes(7, 7))
        assert set(errors(found).values()) == {Decimal("0.0000")}
        assert all(row["low"] == row["high"] for row in found.rows())
        assert {row["probability"] for row in found.grade_rows()} == {0, 1}

    @given(st.integers(7, 10**6), st.integers(1, 10**6))
    def test_a_larger_population_is_less_certain(self, size: int, more: int) -> None:
        """The more people were not asked, the wider the interval; without a number, the widest."""
        few = certainty(population=sizes(size, size), replications=0).units[0].estimates
        many = certainty(population=sizes(size + more, size + more), replications=0)
        none = certainty(replications=0).units[0].estimates
        these = many.units[0].estimates
        assert (few.low >= these.low).all()
        assert (these.low >= none.low).all()
        assert (few.high <= these.high).all()
        assert (these.high <= none.high).all()

    def test_fewer_people_than_respondents_are_an_error(self) -> None:
        """A sample is no larger than what it is a sample of."""
        with pytest.raises(EvidenceError) as caught:
            certainty(population=sizes(6, 3))
        assert [str(problem) for problem in caught.value.problems] == [
            'A: in "u": 7 respondents are more than the population of 6',
            'B: in "u": 7 respondents are more than the population of 3',
        ]


class TestIntervals:
    """What an interval is, whatever the figures."""

    def test_it_holds_the_score_and_lies_in_the_range(self) -> None:
        """And within what the sampled answers could have made of it."""
        for row in certainty(population=sizes(70, 70), replications=0).rows():
            assert row["low"] <= row["rounded"] <= row["high"]  # type: ignore[operator]
            assert 0 <= row["low"] <= row["high"] <= 100  # type: ignore[operator]

    def test_what_nobody_was_asked_is_certain(self) -> None:
        """Assessors' findings are no sample, and bound what the total could be."""
        rows = {row["code"]: row for row in certainty(replications=0).rows()}
        assert (rows["C"]["low"], rows["C"]["high"]) == (90, 90)
        assert rows["C"]["n"] is None
        assert rows["total"]["low"] > 18  # type: ignore[operator]

    @pytest.mark.parametrize(
        ("code", "least", "most"),
        [("B", 0, 100), ("A", 0, 100), ("a2", 0, 100), ("total", 18, 98)],
    )
    def test_its_ends_are_where_wilson_s_are(self, code: str, least: int, most: int) -> None:
        """An end e is so far from p that (p - e)² is t² e (1 - e) / n.

        p is the place between the least and the greatest possible score, n the respondents that
        would have the variance found. Of an item, those who answered it give the degrees of
        freedom; of two surveys, Satterthwaite's number.
        """
        staff = [{**row, "a2": row["a2"] if k < 4 else None} for k, row in enumerate(STAFF)]
        (unit,) = certainty(staff, replications=0).units
        i, found = SCHEME.plan.index[code], unit.estimates
        errors = {c: found.errors[SCHEME.plan.index[c]] for c in "AB"}
        parts = [(errors["A"] / 2) ** 2, (errors["B"] * 3 / 10) ** 2]
        satterthwaite = sum(parts) ** 2 / sum(part**2 / 6 for part in parts)
        degrees = {"a2": 2, "total": satterthwaite}.get(code, 6)
        width = most - least
        place = (found.scores[i] - least) / width
        size = place * (1 - place) / (found.errors[i] / width) ** 2
        for end in (found.low[i], found.high[i]):
            e = (end - least) / width
            off = (place - e) ** 2 - t.ppf(0.975, degrees) ** 2 * e * (1 - e) / size
            assert abs(off) < 1e-9

    def test_a_higher_level_is_wider(self) -> None:
        """To be held more often, an interval must be wider."""
        less, more = (
            certainty(level=level, replications=0).units[0].estimates for level in ("0.8", "0.99")
        )
        assert more.low[0] < less.low[0] < less.high[0] < more.high[0]

    def test_where_all_answered_alike_it_does_not_shrink_to_a_point(self) -> None:
        """Thirty of thirty do not prove that everybody would."""
        rows = {r["code"]: r for r in certainty(visitors=[{"b1": "4"}] * 30).rows()}
        assert rows["B"]["standard_error"] == 0
        assert rows["B"]["high"] == 100
        assert 80 < rows["B"]["low"] < 95  # type: ignore[operator]

    def test_of_one_respondent_nothing_is_known(self) -> None:
        """One answer does not tell how others differ: nothing is told, and nothing drawn."""
        found = certainty(visitors=VISITORS[:1])
        unknown = {row["code"] for row in found.rows() if row["standard_error"] is None}
        assert unknown == {"total", "B", "b1"}
        assert found.grade_rows() == []
        assert "cannot be known" in found.explain("en")

    def test_of_everybody_who_is_one_all_is_known(self) -> None:
        """Where there is one person, one respondent is a census."""
        found = certainty(visitors=VISITORS[:1], population=sizes(7, 1))
        assert errors(found)["total"] == 0


class TestDraws:
    """ "Same seed same answer; equal for any order of rows and units." (issue 5, item 5)"""

    def test_a_seed_draws_the_same(self) -> None:
        """Another draws others."""
        one, again, other = (certainty(seed=seed).to_dict() for seed in (1, 1, 2))
        assert one == again
        assert one["units"] != other["units"]

    def test_rows_and_units_may_stand_in_any_order(self) -> None:
        """A unit is drawn by its name, and its people in an order of their own."""
        rng = random.Random(5)
        units = {name: rng.sample(STAFF * 3, 9) for name in ("p", "q", "r")}

        def found(names: list[str]) -> dict[object, Any]:
            parts = [asked(rng.sample(units[n], 9), VISITORS, n) for n in names]
            frames = [pl.concat(frames) for frames in zip(*parts, strict=True)]
            told: Any = itakit.certainty(SCHEME, frames, "unit").to_dict()
            return {unit["unit"]: unit for unit in told["units"]}

        first = found(["p", "q", "r"])
        assert found(["r", "p", "q"]) == first
        assert found(["q"])["q"] == first["q"]

    @pytest.mark.parametrize("complete", [True, False])
    def test_draws_vary_as_the_design_does(self, complete: bool) -> None:
        """The variance over many draws is that of the formula, within a twentieth.

        Where answers are missing, every draw has means of those who answered.
        """
        from itakit.frames.evaluating import named, read
        from itakit.frames.pooling import pool
        from itakit.frames.roles import Columns
        from itakit.uncertainty.assessing import units_of
        from itakit.uncertainty.calling import populated
        from itakit.uncertainty.linking import link
        from itakit.uncertainty.resampling import redrawn
        from itakit.uncertainty.samples import Design

        staff = [r for r in STAFF if not (complete and {None, "9"} & set(r.values()))] * 8
        responses, _ = read(SCHEME, named(asked(staff, VISITORS * 2)), Columns("unit"))
        panel = populated(pool(SCHEME, responses, scores=False, on_unknown="error"), sizes(80, 100))
        (unit,) = units_of(panel, link(panel, responses, Design.of(SCHEME).items))
        drawn = unit.fold.values(redrawn(unit.fold, unit.own, unit.samples, "u", 3, 40_000))
        a = textbook(staff, 80, {"a1": 1, "a2": 1, "a3": 1})
        total = a / 4 + textbook(VISITORS * 2, 100, {"b1": 1}) * Fraction(9, 100)
        for code, variance in (("A", a), ("total", total)):
            found = drawn[:, SCHEME.plan.index[code]].var()
            assert abs(Fraction(float(found)) / variance - 1) < Fraction(1, 20)

    def test_units_are_drawn_apart(self) -> None:
        """The same people in two units are drawn otherwise, and so are those of two surveys."""
        frames = [
            pl.concat(parts)
            for parts in zip(asked(STAFF, VISITORS, "p"), asked(STAFF, VISITORS, "q"), strict=True)
        ]
        rows = itakit.certainty(SCHEME, frames, "unit").grade_rows()
        shares = [[row["probability"] for row in rows if row["unit"] == name] for name in "pq"]
        assert shares[0] != shares[1]
        one, other = generator(0, "p", "A"), generator(0, "p", "B")
        assert one.integers(10**9) != other.integers(10**9)

    def test_an_item_that_a_draw_misses_keeps_its_score(self) -> None:
        """Two of seven answered it; some draws have neither, and a grade all the same."""
        staff = [{**row, "a2": row["a2"] if k in (0, 2) else None} for k, row in enumerate(STAFF)]
        grades = {row["grade"] for row in certainty(staff).grade_rows()}
        assert grades == {"high", "middle", "low"}

    def test_shares_add_up_to_one(self) -> None:
        """Each draw has one grade."""
        shares = [row["probability"] for row in certainty().grade_rows()]
        assert sum(shares) == 1  # type: ignore[arg-type]
        assert len([s for s in shares if s]) > 1


class TestTallies:
    """ "Tallies alone do not hold the covariance: state the assumption and offer bounds." """

    def result(self, staff: Rows = STAFF) -> itakit.Result:
        return itakit.evaluate(SCHEME, itakit.tally(SCHEME, asked(staff, VISITORS), "unit")["u"])

    def test_the_truth_lies_between_the_bounds(self) -> None:
        """Of people whose answers go together, for every node."""
        complete = [row for row in STAFF if not {None, "9"} & set(row.values())]
        worst, independent = (
            errors(itakit.certainty(self.result(complete), dependence=d, replications=0))
            for d in ("worst", "independent")
        )
        true = errors(certainty(complete, replications=0))
        for code in ("A", "total"):
            assert independent[code] < true[code] < worst[code]
        for code in ("a1", "a2", "a3", "b1", "B", "C"):
            assert independent[code] == true[code] == worst[code]

    def test_the_worst_is_reached(self) -> None:
        """By people who answer alike everywhere, and are known to."""
        alike = [{"a1": c, "a2": c, "a3": c} for c in "123441"]
        worst = errors(itakit.certainty(self.result(alike), replications=0))
        assert worst == errors(certainty(alike, replications=0))

    @pytest.mark.parametrize("dependence", ["worst", "independent"])
    def test_draws_vary_as_the_formula_says(self, dependence: Any) -> None:
        """The worst draws no more than what adding up allows."""
        from itakit.evaluation import attempt
        from itakit.uncertainty.assessing import of_one
        from itakit.uncertainty.calling import evidence_of
        from itakit.uncertainty.folding import Fold
        from itakit.uncertainty.resampling import redrawn
        from itakit.uncertainty.samples import Design, unit_of

        del of_one
        staff = [{"a1": c, "a2": c, "a3": c} for c in "123441"] * 5
        scores, _ = attempt(SCHEME, evidence_of(self.result(staff)))
        design, fold = Design.of(SCHEME), Fold.of(scores)
        unit = unit_of(design, None, scores, fold, {}, {"A": 60, "B": 60}, dependence)
        drawn = fold.values(redrawn(fold, unit.own, unit.samples, None, 3, 40_000))
        found = drawn[:, SCHEME.plan.index["A"]].var()
        one = textbook(staff, 60, {"a1": 1})
        expected = one if dependence == "worst" else one / 3
        assert abs(Fraction(float(found)) / expected - 1) < Fraction(1, 20)

    def test_a_score_without_its_answers_is_not_known(self) -> None:
        """It came from people all the same."""
        found = itakit.certainty(itakit.evaluate(SCHEME, {"A": 80, "B": 70, "C": 90}))
        assert errors(found) == {"total": None, "A": None, "B": None, "C": Decimal("0.0000")}

    def test_the_assumption_is_told(self) -> None:
        """In both languages, with the surveys that it is made of."""
        found = itakit.certainty(self.result())
        assert "all go one way" in found.explain("en")
        assert "ไปทางเดียวกันทุกข้อ" in found.explain("th")
        assert "all go one way" not in certainty().explain("en")
