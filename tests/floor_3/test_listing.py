"""A listing: sentences and a table, on a terminal, on a page and in a notebook."""

from __future__ import annotations

from fractions import Fraction

import pytest

from itakit.listing import Listing, rounded

LISTING = Listing(
    above=["*a* | b"],
    heads=["code", "none", "<n>"],
    rows=[["x", "", "1"], ["[y]", "", "22"]],
    depths=[0, 1],
    right=[2],
    below=["_end_"],
)


class TestListing:
    """One listing, three ways to show it."""

    def test_on_a_terminal(self) -> None:
        """Columns line up; those that are empty are left out."""
        assert LISTING.text() == "*a* | b\n\ncode   <n>\nx        1\n  [y]   22\n\n_end_"

    def test_on_a_page(self) -> None:
        """No text is read as Markdown."""
        assert LISTING.markdown() == (
            "**\\*a\\* \\| b**\n\n"
            "| code | \\<n\\> |\n"
            "| --- | ---: |\n"
            "| x | 1 |\n"
            "| &emsp;\\[y\\] | 22 |\n\n"
            "\\_end\\_"
        )

    def test_in_a_notebook(self) -> None:
        """No text is read as HTML; numbers stand to the right."""
        page = LISTING.html("en")
        assert "&lt;n&gt;" in page
        assert "none" not in page
        assert page.count("text-align:right") == 3
        assert "\u2003[y]" in page

    @pytest.mark.parametrize(
        ("value", "places", "shown"),
        [
            (None, 2, ""),
            (Fraction(0), 4, "0.0000"),
            (Fraction(1, 8), 2, "+0.12"),
            (Fraction(-3, 8), 2, "-0.38"),
            (Fraction(5, 2), 0, "+2"),
            (Fraction(1, 10**6), 2, "+0.00"),
        ],
    )
    def test_a_change_has_its_sign(self, value: Fraction | None, places: int, shown: str) -> None:
        """And so has one that rounds to nothing and is something."""
        assert rounded(value, places) == shown
