"""Scales: what an answer may be, and what it scores."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from itakit.evidence import NOT_APPLICABLE, NotApplicable
from itakit.reals import Number, compare, log_ratio, power
from itakit.scale import Choice, Goalposts, OutsideGoalposts, Scale, UnknownAnswer
from itakit.titles import Title

DEGREE = Scale(
    "degree",
    (
        Choice("1", Fraction(0), Title.of({"th": "น้อยที่สุด", "en": "Least"})),
        Choice("4", Fraction(100), Title.of({"th": "มาก ที่สุด", "en": "Most"})),
    ),
    ("9",),
)


def told(*values: object) -> tuple[object, ...]:
    """Some values beside each other, to be compared with their like of whatever type."""
    return values


def posts(worst: int, best: int, **more: object) -> Scale:
    return Scale("posts", (), ("n/a",), Goalposts(Fraction(worst), Fraction(best), **more))  # type: ignore[arg-type]


def same(one: Number | NotApplicable | None, other: Number) -> bool:
    return one is not None and not isinstance(one, NotApplicable) and compare(one, other) == 0


class TestChoice:
    """An answer is an answer's code, or its title in any language (spaces and Unicode forms of
    Thai normalised)."""

    @pytest.mark.parametrize(
        "answer", ["4", 4, Decimal("4.0"), " most", "MOST", "มาก  ที่สุด", "มาก\u200b ที่สุด"]
    )
    def test_a_code_and_every_way_to_write_its_title_are_one_answer(self, answer: object) -> None:
        assert DEGREE.code(answer) == "4"
        assert DEGREE.score(answer) == 100

    @pytest.mark.parametrize("answer", ["5", "", True, None, 1.5, object()])
    def test_anything_else_is_no_answer(self, answer: object) -> None:
        with pytest.raises(UnknownAnswer):
            DEGREE.score(answer)

    def test_answers_that_do_not_apply_have_no_score(self) -> None:
        assert DEGREE.score(9) is NOT_APPLICABLE

    def test_a_reversed_scale_mirrors_its_scores_in_the_range(self) -> None:
        mirrored = DEGREE.reversed("mirrored")
        assert told(mirrored.score("1"), mirrored.score("Most")) == (100, 0)
        assert mirrored.score("9") is NOT_APPLICABLE


class TestGoalposts:
    """A number instead of a choice, mapped onto the scheme's range."""

    def test_it_is_mapped_linearly_also_where_less_is_better(self) -> None:
        assert posts(20, 85).score("72.3") == Fraction(1046, 13)
        assert posts(85, 20).score(20) == 100

    @pytest.mark.parametrize("transform", ["log", "log10", "sqrt"])
    def test_at_a_goalpost_a_transform_leaves_no_trace(self, transform: str) -> None:
        scale = posts(100, 75000, transform=transform)
        assert told(scale.score(100), scale.score(75000)) == (0, 100)

    def test_between_them_it_does(self) -> None:
        assert posts(1, 100, transform="log").score(10) == 50
        ratio = log_ratio(Fraction(3), Fraction(100))
        assert not isinstance(ratio, Fraction)
        assert posts(4, 9, transform="sqrt").score("6.25") == 50
        found = posts(0, 4, transform="sqrt").score(2)
        assert same(found, power(Fraction(5000), Fraction(1, 2)))

    def test_beyond_a_goalpost_is_an_error_unless_the_scale_clamps(self) -> None:
        assert posts(20, 85, clamp=True).score(90) == 100
        with pytest.raises(OutsideGoalposts) as caught:
            posts(85, 20).score(90)
        assert told(*caught.value.bounds) == (20, 85)

    def test_what_is_neither_a_number_nor_inapplicable_is_no_answer(self) -> None:
        assert posts(20, 85).score("N/A") is NOT_APPLICABLE
        with pytest.raises(UnknownAnswer):
            posts(20, 85).score("many")
