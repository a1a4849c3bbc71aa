"""A record holds all that it takes to recompute it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.scheme import Scheme
from itakit.testing import evidence, schemes
from tests.laws.recompute import wrong


class TestRecord:
    """All of the result as JSON can hold it, exact, with what it takes to recompute it."""

    @given(st.data(), schemes())
    def test_every_linear_number_follows_from_the_rest(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        try:
            record = itakit.evaluate(scheme, data.draw(evidence(scheme))).to_dict()
        except itakit.EvidenceError:
            return
        read = json.loads(json.dumps(record))
        assert read == record
        assert list(wrong(read["scheme"], read["nodes"])) == []

    @pytest.mark.parametrize("name", ["score", "rounded", "coverage", "contribution"])
    def test_a_forged_number_is_found(self, name: str) -> None:
        scheme = itakit.find("ita_2565")
        record: Any = itakit.evaluate(scheme, {"IIT": 90, "EIT": 80, "OIT": 70}).to_dict()
        assert list(wrong(record["scheme"], record["nodes"])) == []
        record["nodes"][0][name] = "0.5"
        assert ("total", name) in list(wrong(record["scheme"], record["nodes"]))
