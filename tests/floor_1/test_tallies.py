"""Tallies: how many respondents gave each answer."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from itakit import Answer, EvidenceError, Tally
from itakit.evidence import NOT_APPLICABLE, answer_text


class TestTally:
    """Counts are integers, or exact fractions where respondents have weights."""

    def test_answers_that_are_one_number_are_one_answer(self) -> None:
        assert Tally([(4, 1), ("4", 2), (4.0, Decimal(3))]) == Tally({"4": 6})

    def test_a_weighted_respondent_counts_a_fraction(self) -> None:
        assert Tally({"4": "1.5", "3": 1}).n == Fraction(5, 2)
        assert Tally({"4": True + 0, "3": Fraction(2)}).counts == {"4": 1, "3": 2}

    @pytest.mark.parametrize(
        "count", [-1, "-1/2", "many", None, True, 10**1000, Decimal("nan"), object()]
    )
    def test_what_is_no_count_is_an_evidence_error(self, count: object) -> None:
        with pytest.raises(EvidenceError, match="is not a count of answers"):
            Tally({"4": count})

    def test_a_count_that_is_none_is_told_with_its_answer(self) -> None:
        with pytest.raises(EvidenceError) as caught:
            Tally({"4": 310, "มาก": -1})
        assert str(caught.value) == (
            '"มาก": -1 is not a count of answers; give a number of respondents, 0 or more'
        )

    @pytest.mark.parametrize("answer", [None, True, Decimal("inf"), object()])
    def test_so_is_what_is_no_answer(self, answer: object) -> None:
        with pytest.raises(EvidenceError, match="is not an answer"):
            Tally({answer: 1})

    def test_merging_adds_up(self) -> None:
        assert Tally.merge([Tally({"4": 1}), Tally({"3": 2, "4": 1})]) == Tally({"4": 2, "3": 2})


class TestAnswer:
    """One person's reply to one item."""

    def test_it_is_a_tally_of_one(self) -> None:
        assert Answer(72.3).tally == Tally({"72.3": 1})
        assert answer_text("มาก") == "มาก"

    def test_not_applicable_shows_as_its_name(self) -> None:
        assert repr(NOT_APPLICABLE) == "NOT_APPLICABLE"
