"""On a cluster, the responses stay where they are: only counts arrive at the driver."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest

import itakit
from tests.backends.engines import ENGINES
from tests.backends.responses import ASKED, counted, expected, people, scheme
from tests.backends.test_counting import long, scored, wide

UNITS, ANSWERS = ("A", "B"), 6


class TestOnlyCountsArrive:
    """'No collecting of responses to the driver on Spark: only counts arrive.'"""

    @pytest.mark.parametrize("layout", ["wide", "long"])
    @pytest.mark.parametrize("kind", ["codes", "titles"])
    def test_what_arrives_is_bounded_by_units_and_answers_and_not_by_people(
        self, spark: Any, monkeypatch: pytest.MonkeyPatch, layout: str, kind: str
    ) -> None:
        from narwhals._spark_like.dataframe import SparkLikeLazyFrame

        arrived = []
        collect = SparkLikeLazyFrame.collect

        def spy(self: Any, *args: Any, **kwargs: Any) -> Any:
            table = collect(self, *args, **kwargs)
            arrived.append(len(table))
            return table

        monkeypatch.setattr(SparkLikeLazyFrame, "collect", spy)
        asked = people(UNITS, each=400)
        written = [
            {k: "Most" if v == "4" and kind == "titles" else v for k, v in row.items()}
            for row in asked
        ]
        table = (wide if layout == "wide" else long)(written, *ASKED)
        if layout == "wide":
            table = table.append_column("who", pa.array([row["who"] for row in asked]))
        frame = ENGINES["pyspark"].make(table)
        found = itakit.evaluate_frame(scheme(), frame, "unit", respondent="who")
        assert arrived
        assert max(arrived) <= len(UNITS) * len(ASKED) * ANSWERS < len(asked)
        assert scored(found) == expected(scheme(), counted(asked))
        assert nw.from_native(found).implementation.is_pyspark()
