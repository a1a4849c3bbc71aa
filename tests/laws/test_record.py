"""A record holds all that it takes to recompute it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.scheme import Scheme
from itakit.testing import evidence, schemes
from tests.laws import recompute

wrong: Any = recompute.wrong  # a plain program, without types
NUMBERS = ("score", "rounded", "coverage", "contribution", "n")


def drawn(data: st.DataObject, scheme: Scheme) -> Any:
    """A record as whoever has nothing else reads it; none where evaluation is an error."""
    try:
        result = itakit.evaluate(scheme, data.draw(evidence(scheme)))
    except itakit.EvidenceError:
        return None
    return json.loads(json.dumps(result.to_dict()))


def forged(record: Any) -> Iterator[tuple[str, str, Any]]:
    """The record with every number in turn made another: where, which, and the record."""
    for node in record["nodes"]:
        for name in NUMBERS:
            told = node[name]
            # A score that was given is the evidence itself, as an answer's count is.
            if told is None or (name == "score" and not node["terms"]):
                continue
            node[name] = str(Fraction(told) + Fraction(1, 7))
            yield node["code"], name, record
            node[name] = told


class TestRecord:
    """All of the result as JSON can hold it, exact, with what it takes to recompute it."""

    @given(st.data(), schemes())
    def test_every_number_follows_from_the_rest(self, data: st.DataObject, scheme: Scheme) -> None:
        """For all methods, scales, policies and ways of rounding."""
        record = drawn(data, scheme)
        assert record is None or list(wrong(record)) == []

    @given(st.data(), schemes())
    def test_every_forged_number_is_found(self, data: st.DataObject, scheme: Scheme) -> None:
        record = drawn(data, scheme)
        for code, name, false in forged(record) if record else ():
            assert (code, name) in list(wrong(false))

    @pytest.mark.parametrize("name", NUMBERS[:4])
    def test_a_forged_number_of_the_root_is_found(self, name: str) -> None:
        scheme = itakit.find("ita_2565")
        record: Any = itakit.evaluate(scheme, {"IIT": 90, "EIT": 80, "OIT": 70}).to_dict()
        assert list(wrong(record)) == []
        record["nodes"][0][name] = "0.5"
        assert ("total", name) in list(wrong(record))

    def test_a_forged_grade_is_found(self) -> None:
        scheme = itakit.find("ita_2565")
        record: Any = itakit.evaluate(scheme, {"IIT": 90, "EIT": 80, "OIT": 70}).to_dict()
        record["grade"] = "AA"
        assert list(wrong(record)) == [("total", "grade")]

    def test_thirty_lines_do_it(self) -> None:
        """Beside the formulas of methods, scales and rounding, which have a file of their own."""
        text = Path(recompute.__file__).read_text("utf-8")
        tree = ast.parse(text)
        told = {
            line
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            for line in range(node.lineno, (node.end_lineno or 0) + 1)
        }
        lines = [
            line
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip() and not line.strip().startswith("#") and number not in told
        ]
        assert len(lines) <= 30
