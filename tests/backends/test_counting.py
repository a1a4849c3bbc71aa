"""Every engine counts the same, whatever the layout and the type of the columns."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import itakit
from tests.backends import responses
from tests.backends.engines import Engine, column, rows
from tests.backends.responses import (
    ASKED,
    LOOKED_AT,
    Row,
    counted,
    expected,
    facts,
    people,
    scheme,
)

UNITS = ("ก", "ข", "ค", "c d")


def wide(rows: list[Row], *items: str, kind: pa.DataType | None = None, **more: Any) -> pa.Table:
    """A column for every item."""
    columns: dict[str, Any] = {"unit": [row["unit"] for row in rows]}
    for item in items:
        columns[item] = column(kind or pa.string(), [row[item] for row in rows])
    return pa.table(columns | more)


def long(rows: list[Row], *items: str, kind: pa.DataType | None = None) -> pa.Table:
    """A row for every answer."""
    cells = [(row["unit"], row.get("who"), item, row[item]) for row in rows for item in items]
    units, who, codes, answers = zip(*cells, strict=True)
    columns = {"unit": units, "item": codes, "answer": column(kind or pa.string(), answers)}
    return pa.table(columns | ({} if who[0] is None else {"who": who}))


def scored(found: Any) -> list[tuple[Any, ...]]:
    """Unit, code, rounded, grade and coverage of each row of a result."""
    order = [node.code for node in scheme().nodes()]
    names = ("unit", "code", "rounded", "grade", "coverage")
    read = [tuple(row[name] for name in names) for row in rows(found)]
    return sorted(read, key=lambda row: (row[0], order.index(row[1])))


def of_survey(found: Any, *names: str) -> dict[Any, tuple[Any, ...]]:
    """Some columns of the rows about the survey that people answer, by unit."""
    asked = [row for row in rows(found) if row["code"] == "asked"]
    return {row["unit"]: tuple(row[name] for name in names) for row in asked}


class TestLayouts:
    """'Wide and long. One frame or several, a unit may be absent from some.'"""

    def test_one_wide_frame_of_people_and_one_of_facts(self, engine: Engine) -> None:
        asked, known = people(UNITS), facts(UNITS[1:])
        frames = [engine.make(wide(asked, *ASKED)), engine.make(wide(known, *LOOKED_AT))]
        found = itakit.evaluate_frame(scheme(), frames, "unit")
        assert scored(found) == expected(scheme(), counted([*asked, *known]))

    def test_one_long_frame_of_answers_and_one_of_scores(self, engine: Engine) -> None:
        asked, known = people(UNITS), facts(UNITS[1:])
        frames = [engine.make(long(asked, *ASKED)), engine.make(long(known, *LOOKED_AT))]
        found = itakit.evaluate_frame(scheme(), frames, "unit", respondent=None, keep="who")
        assert scored(found) == expected(scheme(), counted([*asked, *known]))

    def test_a_named_respondent_is_counted_once_in_a_long_frame(self, engine: Engine) -> None:
        asked = people(UNITS)
        found = itakit.evaluate_frame(
            scheme(), engine.make(long(asked, *ASKED)), "unit", respondent="who"
        )
        counts = {unit: n for unit, (n,) in of_survey(found, "respondents").items()}
        answering = dict.fromkeys(UNITS, 0)
        for row in asked:
            answering[row["unit"]] += any(row[item] for item in ASKED)
        assert counts == answering
        assert scored(found) == expected(scheme(), counted(asked))


KINDS: dict[str, tuple[pa.DataType, Callable[[str], Any]]] = {
    "text": (pa.string(), str),
    "long text": (pa.large_string(), str),
    "titles": (pa.string(), responses.TITLES.__getitem__),
    "spaces": (pa.string(), lambda code: f" {code}\u200b"),
    "category": (pa.dictionary(pa.int8(), pa.string()), str),
    "int8": (pa.int8(), int),
    "int16": (pa.int16(), int),
    "int32": (pa.int32(), int),
    "int64": (pa.int64(), int),
    "uint8": (pa.uint8(), int),
    "uint16": (pa.uint16(), int),
    "uint32": (pa.uint32(), int),
    "uint64": (pa.uint64(), int),
    "float32": (pa.float32(), int),
    "float64": (pa.float64(), int),
    "decimal": (pa.decimal128(5, 2), Decimal),
}


class TestTypes:
    """'All engines agree to the last digit on the same data, in every dtype.'"""

    @pytest.mark.parametrize("weighted", [False, True])
    def test_an_answer_counts_the_same_in_a_column_of_any_type(
        self, engine: Engine, weighted: bool
    ) -> None:
        codes = ", ".join(f'"{name}"' for name in KINDS)
        text = responses.TEXT.format(missing="skip").replace('"q.1", "q.2",', f"{codes},")
        every = itakit.loads(text)
        asked = people(UNITS)
        columns: dict[str, Any] = {"unit": [row["unit"] for row in asked]}
        for name, (kind, spelled) in KINDS.items():
            # Spark has no types without a sign.
            signed = engine.name == "pyspark" and "uint" in name
            cells = [None if row["q.1"] is None else spelled(row["q.1"]) for row in asked]
            columns[name] = column(pa.int64() if signed else kind, cells)
        if weighted:
            columns["times"] = [1] * len(asked)
        found = itakit.tally(
            every, engine.frame(**columns), "unit", weight="times" if weighted else None
        )
        once = counted({"unit": row["unit"], "q.1": row["q.1"]} for row in asked)
        for unit, evidence in once.items():
            assert found[unit] == dict.fromkeys(KINDS, evidence["q.1"])

    @pytest.mark.parametrize("kind", ["text", "titles", "category", "int64", "float64", "decimal"])
    def test_an_answer_counts_the_same_in_a_long_frame_of_any_type(
        self, engine: Engine, kind: str
    ) -> None:
        asked = people(UNITS)
        dtype, spelled = KINDS[kind]
        respelled = [
            {k: spelled(v) if k in ASKED and v is not None else v for k, v in row.items()}
            for row in asked
        ]
        frame = engine.make(long(respelled, *ASKED, kind=dtype))
        found = itakit.evaluate_frame(scheme(), frame, "unit", keep="who")
        assert scored(found) == expected(scheme(), counted(asked))
