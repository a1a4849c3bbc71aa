"""Numerals, texts, titles and suggestions as people write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itakit.numerals import MixedDigits, exact, plain, read, terminates
from itakit.suggest import did_you_mean, nearest
from itakit.text import normal, pad, printable, width
from itakit.titles import Title


class Failing:
    """An object that fails in whatever is asked of it."""

    def __str__(self) -> str:
        raise RuntimeError

    def __index__(self) -> int:
        raise RuntimeError


class TestNumerals:
    """Numbers as people write them, read exactly and written exactly."""

    @given(st.fractions())
    def test_what_is_written_is_read_again(self, value: Fraction) -> None:
        if len(plain(value)) <= 100:
            assert read(plain(value)) == value
        assert ("/" in plain(value)) is not terminates(value)

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
    def test_a_decimal_is_written_as_it_is(self, value: Decimal) -> None:
        assert Decimal(plain(Fraction(value))) == value

    def test_a_number_of_any_length_can_be_written(self) -> None:
        assert plain(Fraction(10**6000)) == "1" + "0" * 6000
        assert plain(Fraction(-1, 2**9000)).endswith("5")
        assert plain(Fraction(1, 3**9000)).startswith("1/")

    @pytest.mark.parametrize(
        "text", ["", "a", "1e999999999", "1/0", "nan", "inf", "1,5", "9" * 101, "1e101", "²"]
    )
    def test_what_is_no_numeral_of_a_sane_size_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"."):
            read(text)

    @pytest.mark.parametrize("text", ["8๕.2๑", "8๕", "๙๕.50", "๑/2", "1e๒", "๙٥", "-๑2"])
    def test_digits_of_two_scripts_are_no_numeral(self, text: str) -> None:
        """ "๘๕.๒๑" and "85.21" are, and say the same."""
        with pytest.raises(MixedDigits, match="more than one script"):
            read(text)
        assert read("-๘๕.๒๑") == read("-85.21") == Fraction(-8521, 100)
        assert read("๑e-๒") == read("๑/๑๐๐") == Fraction(1, 100)

    @pytest.mark.parametrize(
        ("value", "expected"),
        [(0.1, "1/10"), (5, "5"), (Decimal("1e2"), "100"), (" ๙๕.๕ ", "191/2"), (1e-3, "1/1000")],
    )
    def test_a_float_is_the_decimal_that_it_prints_as(self, value: object, expected: str) -> None:
        assert exact(value) == Fraction(expected)
        assert exact(Fraction(expected)) == Fraction(expected)

    @pytest.mark.parametrize(
        "value",
        [
            True,
            None,
            [],
            Failing(),
            10**1000,
            Decimal("nan"),
            Decimal("1e999"),
            Decimal("1." + "1" * 200),
            float("nan"),
            float("-inf"),
        ],
    )
    def test_what_is_no_number_or_not_finite_or_not_sane_is_refused(self, value: object) -> None:
        with pytest.raises((TypeError, ValueError)):
            exact(value)


class TestTexts:
    """Two texts that look alike have one normal form."""

    @given(st.text())
    def test_a_normal_form_is_its_own(self, text: str) -> None:
        assert normal(normal(text)) == normal(text)

    def test_spellings_of_sara_am_and_of_spaces_make_no_difference(self) -> None:
        assert normal("น้ำ") == normal("น\u0e4d\u0e49า") == normal("น\u0e49\u0e4dา")
        assert normal("  A\t b ") == "a b"
        assert normal("\u200bก\u00a0 ข") == "ก ข"

    @given(st.text(), st.integers(0, 40))
    def test_a_padded_text_fills_its_columns(self, text: str, columns: int) -> None:
        assert width(pad(text, columns)) == max(width(text), columns)
        assert pad("ก", 3, right=True) == "  ก"

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("a\nb", '"a\\u000ab"'),
            ("x" * 99, '"' + "x" * 60 + '…"'),
            (7, "7"),
            pytest.param(10**5000, "10^5000…", id="long"),
            (Failing(), "Failing"),
            ([1], "[1]"),
            (["x" * 99], "['" + "x" * 58 + "…"),
        ],
    )
    def test_anything_can_be_shown_on_one_short_line(self, value: object, expected: str) -> None:
        assert printable(value) == expected


class TestTitles:
    """A title is a string or a table by language."""

    def test_another_language_serves_where_one_is_lacking(self) -> None:
        title = Title.of({"th": "รวม", "en": "Total"})
        assert (title["th"], title["lo"], str(title), title.languages) == (
            "รวม",
            "Total",
            "Total",
            ("th", "en"),
        )
        assert Title.of({"th": "รวม"})["en"] == "รวม"
        assert Title.of("plain")["th"] == "plain"
        assert bool(title)
        assert not Title()
        assert Title()["en"] == ""


class TestSuggestions:
    """Did you mean: the name that a misspelt one was probably meant to be."""

    def test_only_a_name_that_is_alike_is_suggested(self) -> None:
        assert nearest("Wieght", ["weight", "scale"]) == "weight"
        assert nearest("zzz", ["weight"]) is None
        advice = did_you_mean("wieght", ["weight"])
        assert advice is not None
        assert advice.text() == 'did you mean "weight"?'
        assert did_you_mean("", ["weight"]) is None
