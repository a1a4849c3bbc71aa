"""A score whose digits cannot be settled is told as a problem and never guessed."""

from __future__ import annotations

from typing import NoReturn

import pytest

import itakit
from itakit.reals import Undecidable

SCHEME = """
format = 1
[scheme]
id = "s"
range = [0, 10]
{carry}
[aggregation]
item = "single"
part = "geometric-mean"
total = "mean"
[[part]]
code = "A"
item = ["a", "b"]
"""
KNOWN = {"a": 2, "b": 3}
TOLD = "the score cannot be told from one that is published otherwise, at any precision tried"


def undecided(*_: object) -> NoReturn:
    raise Undecidable


def scheme(carry: str = "") -> itakit.Scheme:
    return itakit.loads(SCHEME.format(carry=carry))


class TestUndecidable:
    """No other exception reaches a caller because of bad input (section 5)."""

    def test_it_is_told_with_the_node_whose_method_meets_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While the node is compared with the range."""
        monkeypatch.setattr("itakit.draft.compare", undecided)
        with pytest.raises(itakit.EvidenceError, match=f"^A: {TOLD}$"):
            itakit.evaluate(scheme(), KNOWN)

    def test_it_is_told_with_the_node_that_is_rounded_on_the_way(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While a carried level is rounded."""
        monkeypatch.setattr("itakit.rounding.compare", undecided)
        with pytest.raises(itakit.EvidenceError, match=f"^A: {TOLD}$"):
            itakit.evaluate(scheme('rounding = { carry = ["part"] }'), KNOWN)

    def test_it_is_told_with_the_node_that_is_published(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While a result is read."""
        result = itakit.evaluate(scheme(), KNOWN)
        monkeypatch.setattr("itakit.rounding.compare", undecided)
        with pytest.raises(itakit.EvidenceError, match=f"^total: {TOLD}$"):
            _ = result.rounded

    def test_it_is_told_with_the_node_that_is_approximated(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While the score itself is read."""
        result = itakit.evaluate(scheme(), KNOWN)
        monkeypatch.setattr("itakit.scores.approximate", undecided)
        with pytest.raises(itakit.EvidenceError, match=f"^A: {TOLD}$"):
            _ = result["A"].score
