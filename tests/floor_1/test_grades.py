"""Grades: names for bands of the rounded score."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from itakit.grade import Grade, Requirement, award

GRADES = (
    Grade("ผ่านดี", Fraction(85), (Requirement("survey", Fraction(85)),)),
    Grade("ผ่าน", Fraction(85)),
    Grade("ต้องปรับปรุง", Fraction(0)),
)


def name(total: str | None, *surveys: str | None) -> str | None:
    scores = [None if text is None else Decimal(text) for text in surveys]
    rounded = None if total is None else Decimal(total)
    grade = award(GRADES, rounded, lambda _: scores)
    return None if grade is None else grade.name


class TestAward:
    """The first grade whose `from` is at most the rounded score and whose `requires` hold on
    rounded scores."""

    def test_the_first_grade_that_holds_wins(self) -> None:
        assert name("85.00", "85.00", "99.00") == "ผ่านดี"
        assert name("86.73", "75.40", "80.35") == "ผ่าน"
        assert name("84.99", "85.00") == "ต้องปรับปรุง"

    def test_a_condition_on_a_node_without_a_score_is_not_met(self) -> None:
        assert name("99.00", None, "99.00") == "ผ่าน"
        assert name("99.00") == "ผ่าน"

    def test_a_missing_score_has_no_grade_nor_has_one_below_all(self) -> None:
        assert name(None, "99.00") is None
        assert name("-1.00", "99.00") is None
