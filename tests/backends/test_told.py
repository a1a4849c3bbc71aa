"""What counts as it stands, though it may be a slip, is told of whatever frame it stands in."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import itakit
from itakit.frames.evaluating import read
from itakit.frames.panel import Reading
from itakit.frames.pooling import pool
from itakit.frames.responses import Named, by_row
from itakit.frames.roles import Columns
from tests.backends.engines import Engine

SCHEME = itakit.loads("""
format = 1
scheme = { id = "told", range = [0, 100], missing = "skip" }
aggregation = { item = "mean", total = "mean" }
item = [{ code = "life", scale = "years" }]
[scale.years]
goalposts = [20, 85]
clamp = true
no_answer = ["-9999", ".."]
""")


def reading(frame: Any) -> Reading:
    """What is told of a frame that is called t."""
    responses, _ = read(SCHEME, [Named("t", frame, by_row)], Columns(unit="unit"))
    return pool(SCHEME, responses, scores=False, on_unknown="missing").reading


class TestTold:
    """'Nothing is coerced without being counted and shown.'"""

    def test_clamped_numbers_with_the_first_row_or_unit(self, engine: Engine) -> None:
        found = reading(engine.frame(unit=["A", "B", "C"], life=[70, 90, 10])).clamped
        (told,) = found
        assert (told.item, told.n) == ("life", 2)
        assert (told.value, told.place) == ("90", "t:2" if engine.ordered else '"B"')

    def test_rows_of_a_unit_with_the_second_where_rows_have_an_order(self, engine: Engine) -> None:
        (told,) = reading(engine.frame(unit=["A", "B", "C", "B"], life=[70, 60, 50, 40])).warnings
        assert told.line == (4 if engine.ordered else None)
        assert told.says.values["unit"] == '"B"'

    def test_codes_for_no_answer_among_what_nobody_knows(self, engine: Engine) -> None:
        found = reading(engine.frame(unit=["A", "B", "C"], life=["..", "?", "-9999"]))
        assert (found.silent, found.unknown, found.missing) == (2, 1, 2)

    def test_a_row_without_a_unit_is_an_error_and_no_second_row(self, engine: Engine) -> None:
        with pytest.raises(itakit.EvidenceError, match="no unit") as caught:
            reading(engine.frame(unit=["A", None, None], life=[70, 60, 50]))
        assert len(caught.value.problems) == 1

    def test_python_is_warned_of_both(self, engine: Engine) -> None:
        """Of nothing where nothing is to be told."""
        odd = engine.frame(unit=["A", "B", "C", "B"], life=[70, 90, 50, 40])
        with pytest.warns(itakit.EvidenceWarning) as caught:
            itakit.evaluate_frame(SCHEME, odd, unit="unit")
        own = [w for w in caught if w.category is itakit.EvidenceWarning]
        told = [str(warning.message) for warning in own]
        assert len(told) == 2
        assert any("goalpost" in text for text in told)
        assert any("more than one row" in text for text in told)
        with warnings.catch_warnings():
            warnings.simplefilter("error", itakit.EvidenceWarning)
            itakit.evaluate_frame(SCHEME, engine.frame(unit=["A", "B"], life=[70, 60]), unit="unit")
