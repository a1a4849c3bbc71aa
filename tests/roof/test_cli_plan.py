"""The command on the action plan."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest

from tests.roof.calling import SCHEME, Call

PLAN = """
[[measure]]
code = "a"
measure = { th = "ทำ", en = "Do" }
to = "31/3/2565"
"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, call: Call) -> None:
    """A scheme, a unit and a plan; the current folder is theirs."""
    (tmp_path / "small.toml").write_text(SCHEME, "utf-8")
    (tmp_path / "unit.toml").write_text("a = 50\nb = 60\n", "utf-8")
    (tmp_path / "units.csv").write_text("office,a,b\nx,50,60\ny,90,80\n", "utf-8")
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")


class TestPlan:
    """`itakit plan SCHEME FILE... --measures PLAN --on DATE`."""

    ASK = ("plan", "small.toml", "unit.toml", "--measures", "plan.toml")

    def test_it_is_told_in_words(self, call: Call) -> None:
        done = call(*self.ASK, "--on", "1/4/2565", "--lang", "en")
        assert done.status == 0
        assert "late on 2022-04-01: 1\n  a (25): Do; —; by 2022-03-31\n" in done.out
        assert "no measure: 1\n  b (20): Item b\n" in done.out

    def test_the_day_may_be_of_either_era(self, call: Call) -> None:
        done = call(*self.ASK, "--on", "2022-03-31", "--lang", "th")
        assert "เลยกำหนด ณ วันที่ 31 มี.ค. 2565: 0\n" in done.out

    def test_without_a_day_it_is_today(self, call: Call) -> None:
        before = datetime.datetime.now().astimezone().date()
        out = call(*self.ASK, "--lang", "en").out
        after = datetime.datetime.now().astimezone().date()
        assert any(f"late on {day.isoformat()}: 1\n" in out for day in (before, after))

    def test_a_day_that_is_none_is_refused(self, call: Call) -> None:
        done = call(*self.ASK, "--on", "soon")
        assert (done.status, done.out) == (2, "")
        assert '--on: "soon" is no day that can be read; write the day first' in done.err

    def test_of_many_units_one_is_named(self, call: Call) -> None:
        ask = ("plan", "small.toml", "units.csv", "--measures", "plan.toml", "--lang", "en")
        assert "  a (5): Do;" in call(*ask, "--unit", "office=y").out

    def test_a_file_holds_every_entry(self, call: Call) -> None:
        for name in ("out.csv", "out.json", "out.md"):
            assert call(*self.ASK, "-o", name, "--on", "2022-04-01") == (0, "", "")
        rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8-sig"))))
        assert [(row["code"], row["gain"], row["late"]) for row in rows] == [
            ("a", "25", "yes"),
            ("b", "20", ""),
        ]
        read = json.loads(Path("out.json").read_text("utf-8"))
        assert [entry["code"] for entry in read["entries"]] == ["a", "b"]
        assert "| a " in Path("out.md").read_text("utf-8")

    @pytest.mark.parametrize("name", ["out.xlsx", "out.parquet"])
    def test_other_files_are_not_written(self, call: Call, name: str) -> None:
        assert call(*self.ASK, "-o", name).status == 2
        assert not Path(name).exists()

    def test_an_input_is_never_written_over(self, call: Call) -> None:
        done = call(*self.ASK, "-o", "plan.toml", "--format", "json")
        assert done == (1, "", "plan.toml: the output is one of the inputs\n")

    def test_a_plan_that_is_wrong_is_told(self, call: Call) -> None:
        Path("plan.toml").write_text(PLAN.replace('"a"', '"z"'), "utf-8")
        done = call(*self.ASK, "-o", "out.json")
        assert (done.status, done.out) == (1, "")
        assert "plan.toml:3:1: measure[0].code: the scheme small has no such code" in done.err
        assert not Path("out.json").exists()
