"""Whose answers are whose: respondents brought together out of frames of any kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest

import itakit
from itakit.errors import EvidenceError
from itakit.uncertainty.pages import render
from tests.floor_4.sampled import CHECKS, SCHEME, STAFF, VISITORS

CHECKED = pl.DataFrame([CHECKS])
STRINGS = dict.fromkeys(("a1", "a2", "a3"), pl.String)
PEOPLE = [{"who": f"p{k}", **row} for k, row in enumerate(STAFF)]
WIDE = pl.DataFrame(PEOPLE, schema_overrides=STRINGS)
SEEN = pl.DataFrame([{"who": f"v{k}", **row} for k, row in enumerate(VISITORS)])
LONG = pl.DataFrame(
    [
        {"who": row["who"], "item": item, "answer": row[item]}
        for row in PEOPLE
        for item in ("a1", "a2", "a3")
        if row[item] is not None
    ]
)


def found(*frames: Any, **asks: Any) -> itakit.Certainty:
    return itakit.certainty(SCHEME, [*frames, CHECKED], replications=50, **asks)


def told(certainty: itakit.Certainty) -> Any:
    return certainty.to_dict()["units"]


WHOLE = told(found(WIDE.drop("who"), SEEN.drop("who")))


class TestLinking:
    """The same people give the same errors, however their answers lie in frames."""

    def test_names_of_respondents_change_nothing_in_a_wide_frame(self) -> None:
        assert told(found(WIDE, SEEN, respondent="who")) == WHOLE

    def test_a_long_frame_with_respondents(self) -> None:
        """A row for every answer, brought together by who gave it."""
        assert told(found(LONG, SEEN, respondent="who")) == WHOLE

    def test_two_halves_of_one_questionnaire_with_respondents(self) -> None:
        """In any order of rows."""
        left, right = WIDE.select("who", "a1", "a3"), WIDE.select("who", "a2").reverse()
        assert told(found(left, right, SEEN, respondent="who")) == WHOLE

    def test_frames_that_ask_the_same_are_of_different_people(self) -> None:
        top, bottom = WIDE.drop("who")[:3], WIDE.drop("who")[3:]
        assert told(found(top, bottom, SEEN.drop("who"))) == WHOLE

    def test_frames_of_pandas(self) -> None:
        """Cells are mapped by another way."""
        frames = [pd.DataFrame(f.drop("who").to_dicts()) for f in (WIDE, SEEN)]
        checks = pd.DataFrame([CHECKS])
        assert told(itakit.certainty(SCHEME, [*frames, checks], replications=50)) == WHOLE

    def test_a_long_frame_of_pandas_with_weights(self) -> None:
        """Whoever weighs nothing was not asked."""
        rows = [{**row, "weight": 2} for row in LONG.to_dicts()]
        rows.append({"who": "nobody", "item": "a1", "answer": "1", "weight": 0})
        seen = pd.DataFrame(SEEN.with_columns(weight=pl.lit("2")).to_dicts())
        asks = {"respondent": "who", "weight": "weight", "replications": 0}
        checks = pd.DataFrame([CHECKS])
        one = itakit.certainty(SCHEME, [pd.DataFrame(rows), seen, checks], **asks)  # type: ignore[arg-type]
        other = itakit.certainty(
            SCHEME, [WIDE.drop("who"), SEEN.drop("who"), CHECKED], replications=0
        )
        keys = ("code", "standard_error", "low", "high", "n")
        assert [[row[k] for k in keys] for row in one.rows()] == [
            [row[k] for k in keys] for row in other.rows()
        ]

    @pytest.mark.parametrize("respondents", ["long", "halves"])
    def test_without_names_only_tallies_are_known(self, respondents: str) -> None:
        """What cannot be brought together is told, with what is assumed."""
        frames = [LONG.drop("who")]
        if respondents == "halves":
            frames = [WIDE.select("a1", "a3"), WIDE.select("a2")]
        certainty = found(*frames, SEEN.drop("who"))
        (unit,) = told(certainty)
        assert [survey["linked"] for survey in unit["surveys"]] == [False, True]
        assert "all go one way" in certainty.explain()

    def test_populations_of_one_unit_are_by_survey(self) -> None:
        """Or by unit, as for many."""
        plain = found(WIDE, SEEN, respondent="who", population={"A": 20, "B": 30})
        nested = {"A": {"*": 20}, "B": {"*": 30}}
        assert told(plain) == told(found(WIDE, SEEN, respondent="who", population=nested))
        sizes = [survey["population"] for survey in told(plain)[0]["surveys"]]
        assert sizes == [20, 30]

    def test_a_column_of_populations(self) -> None:
        frames = [f.with_columns(people=pl.lit(30)) for f in (WIDE, SEEN)]
        found_ = told(found(*frames, respondent="who", population="people"))
        assert [survey["population"] for survey in found_[0]["surveys"]] == [30, 30]


class TestUnits:
    """What a unit lacks, and what it must not have."""

    def test_a_unit_without_a_score_has_what_it_has(self) -> None:
        """No total and no grade, but the errors of what is there."""
        certainty = itakit.certainty(SCHEME, WIDE.drop("who"))
        assert certainty[None].grade is None
        assert certainty.grade_rows() == []
        assert {row["code"] for row in certainty.rows()} == {"A", "a1", "a2", "a3"}
        assert "no score" in certainty.explain()

    def test_a_row_without_a_unit_is_told_as_when_scoring(self) -> None:
        frame = WIDE.drop("who").with_columns(unit=pl.lit(None, pl.String))
        with pytest.raises(EvidenceError, match="unit"):
            itakit.certainty(SCHEME, frame, "unit")

    def test_evidence_that_no_score_can_be_made_of_is_told(self) -> None:
        """With the unit whose it is."""
        deep = pl.DataFrame([{"unit": "p", "C": 80, "c1": 70}])
        with pytest.raises(EvidenceError, match='in "p"'):
            itakit.certainty(SCHEME, deep, "unit", scores=True)

    def test_a_notebook_shows_names_as_text(self) -> None:
        frame = WIDE.drop("who").with_columns(unit=pl.lit("<b>p</b>"))
        page = itakit.certainty(SCHEME, frame, "unit")._repr_html_()
        assert "&lt;b&gt;p&lt;/b&gt;" in page
        assert "<b>" not in page
        robust = itakit.robustness(SCHEME, frame, "unit", draws=2)._repr_html_()
        assert "<table>" in robust

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            ({"level": 1}, "level: 1, expected a number between 0 and 1, such as 0.95"),
            ({"level": "x"}, 'level: "x", expected a number between 0 and 1, such as 0.95'),
            ({"replications": -1}, "replications: -1, expected a whole number from 0 to a billion"),
            ({"seed": True}, "seed: True, expected a whole number from 0 to a billion"),
            ({"dependence": "x"}, 'dependence: "x", expected one of worst, independent'),
            (
                {"population": "N"},
                (
                    "population: a result has no columns; give the numbers of people by survey, "
                    'such as {"IIT": 1200}'
                ),
            ),
            ({"population": {"X": 1}}, '"X": '),
            ({"population": {"A": "x"}}, "A: "),
        ],
    )
    def test_wrong_arguments_are_told(self, arguments: Any, says: str) -> None:
        result = itakit.evaluate(SCHEME, {"A": 1, "B": 2, "C": 3})
        with pytest.raises(EvidenceError) as caught:
            itakit.certainty(result, **arguments)
        assert str(caught.value).startswith(says)


MEASURED = """
format = 1
[scheme]
id = "measured"
range = [0, 100]
[aggregation]
item = "mean"
total = "geometric-mean"
[scale.years]
goalposts = [20, 85]
[scale.yes]
answer = [{ code = "y", score = 100 }, { code = "n", score = 0 }]
[[item]]
code = "life"
scale = "years"
[[item]]
code = "asked"
scale = "yes"
[[item]]
code = "most"
aggregate = "max"
scale = "yes"
"""


class TestUndeclared:
    """A scheme that does not say who is asked."""

    def evidence(self, n: int = 30) -> dict[str, Any]:
        yes = itakit.Tally({"y": n, "n": n})
        return {"life": itakit.Answer("72.5"), "asked": yes, "most": itakit.Tally({"y": 1})}

    def test_a_measured_number_is_no_sample_and_a_tally_is_one(self) -> None:
        """What is not the mean of its answers has an error that is not known."""
        scheme = itakit.loads(MEASURED)
        found = itakit.certainty(itakit.evaluate(scheme, self.evidence()))
        errors = {row["code"]: row["standard_error"] for row in found.rows()}
        assert errors["life"] == 0
        assert errors["asked"] > 0  # type: ignore[operator]
        assert errors["most"] is None
        assert errors["total"] is None
        assert found.grade_rows() == []

    def test_through_a_method_that_is_not_linear(self) -> None:
        """The delta method: under a geometric mean of two, an error counts score / (2 term)."""
        scheme = itakit.loads(MEASURED.partition('[[item]]\ncode = "most"')[0])
        evidence = self.evidence()
        del evidence["most"]
        result = itakit.evaluate(scheme, evidence)
        rows = {row["code"]: row for row in itakit.certainty(result).rows()}
        score, part = rows["total"]["rounded"], rows["asked"]["rounded"]
        expected = rows["asked"]["standard_error"] * score / (2 * part)  # type: ignore[operator]
        assert abs(rows["total"]["standard_error"] - expected) < Decimal("0.001")

    def test_where_nobody_was_asked_that_is_told(self) -> None:
        scheme = itakit.loads(MEASURED)
        found = itakit.certainty(itakit.evaluate(scheme, {"life": 1, "asked": 2, "most": 3}))
        assert "nothing here is known to come from a sample" in found.explain()


SKIPPED = itakit.dumps(SCHEME).replace('missing = "error"', 'missing = "skip"')


class TestEdges:
    """Where there is next to nothing to go by."""

    def test_nothing_known_is_nothing_told(self) -> None:
        """No row, and a table of heads."""
        found = itakit.certainty(itakit.evaluate(itakit.loads(SKIPPED), {}))
        assert found.rows() == []
        assert render(found, "csv", "en") == "\ufeff"
        assert "no score" in found.explain()

    def test_given_scores_alone_leave_no_note_on_samples(self) -> None:
        """What cannot be known is told, and no more."""
        found = itakit.certainty(itakit.evaluate(SCHEME, {"A": 81, "B": 82, "C": 90}))
        assert "cannot be known" in found.explain()
        assert "sample" not in found.explain()
        assert found[None].grade == "high"

    def test_answers_that_nobody_knows_are_no_answers(self) -> None:
        """They were asked to be taken as missing."""
        strange = WIDE.drop("who").with_columns(
            a3=pl.when(pl.col("a3") == "4").then(pl.lit("x")).otherwise("a3")
        )
        lacking = WIDE.drop("who").with_columns(
            a3=pl.when(pl.col("a3") == "4").then(None).otherwise("a3")
        )
        seen = SEEN.drop("who")
        assert told(found(strange, seen, on_unknown="missing")) == told(found(lacking, seen))

    def test_a_code_for_no_answer_is_no_answer(self) -> None:
        """Whoever gave only such codes is no respondent; so it is in tallies."""
        coded = itakit.loads(
            itakit.dumps(SCHEME).replace(
                'not_applicable = ["9"]', 'not_applicable = ["9"]\nno_answer = ["0"]'
            )
        )
        nobody = pl.DataFrame({"a1": ["0"], "a2": ["0"], "a3": ["0"]})
        frames = [pl.concat([WIDE.drop("who").fill_null("0"), nobody]), SEEN.drop("who"), CHECKED]
        found = itakit.certainty(coded, frames, replications=50)
        assert [{**u, "name": None} for u in told(found)] == [{**u, "name": None} for u in WHOLE]
        tallies = [
            {"a1": itakit.Tally({"1": 3, "4": 4, **more}), "b1": itakit.Tally({"4": 2, "3": 2})}
            for more in ({}, {"0": 5})
        ]
        plain, silent = (
            itakit.certainty(
                itakit.evaluate(coded, {"a2": 50, "a3": 50, "C": 90, **known}), replications=20
            )
            for known in tallies
        )
        assert plain.rows() == silent.rows()

    def test_a_survey_that_does_not_count_may_have_one_respondent(self) -> None:
        """Its weight is zero: the total is certain as far as others are."""
        text = (
            itakit.dumps(SCHEME)
            .replace("weight = 50", "weight = 80")
            .replace("weight = 30", "weight = 0")
        )
        frames = [WIDE.drop("who"), SEEN.drop("who")[:1], CHECKED]
        found = itakit.certainty(itakit.loads(text), frames, replications=20)
        rows = {row["code"]: row for row in found.rows()}
        assert rows["B"]["standard_error"] is None
        assert rows["total"]["standard_error"] > 0  # type: ignore[operator]
        assert sum(row["probability"] for row in found.grade_rows()) == 1  # type: ignore[misc]
