"""The command on what a unit would gain."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.roof.calling import SCHEME, Call

GRADES = """
[[grade]]
name = "A"
from = 75
[[grade]]
name = "B"
from = 0
"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, call: Call) -> Path:
    """A scheme and a unit; the current folder is theirs."""
    (tmp_path / "small.toml").write_text(SCHEME + GRADES, "utf-8")
    (tmp_path / "unit.toml").write_text("a = 50\nb = 60\n", "utf-8")
    (tmp_path / "units.csv").write_text("office,a,b\nx,50,60\ny,90,80\n", "utf-8")
    return tmp_path


class TestGains:
    """`itakit gains SCHEME FILE...`: what each item would add, and what the next grade takes."""

    def test_it_is_told_in_words(self, call: Call) -> None:
        done = call("gains", "small.toml", "unit.toml", "--lang", "en")
        assert done.status == 0
        assert "  a Item a would add 25: 55.00 -> 80.00 A\n" in done.out
        assert "the fewest items made full: 1; these do: a; b\n" in done.out

    def test_no_more_are_told_than_asked_for(self, call: Call) -> None:
        done = call("gains", "small.toml", "unit.toml", "--top", "1", "--lang", "th")
        assert "ข้อ ก" in done.out
        assert "ข้อ ข" not in done.out
        assert call("gains", "small.toml", "unit.toml", "--top", "0").status == 2

    def test_of_many_units_one_is_named(self, call: Call) -> None:
        done = call("gains", "small.toml", "units.csv", "--unit", "office=y", "--lang", "en")
        assert "85.00" in done.out

    def test_a_file_holds_every_node(self, call: Call) -> None:
        """As rows, as JSON, as Markdown."""
        for name in ("out.csv", "out.json", "out.md"):
            assert call("gains", "small.toml", "unit.toml", "-o", name) == (0, "", "")
        rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8-sig"))))
        assert [(row["code"], row["gain"]) for row in rows] == [
            ("total", "45"),
            ("a", "25"),
            ("b", "20"),
        ]
        assert json.loads(Path("out.json").read_text("utf-8"))["nodes"][1]["gain"] == "25"
        assert "| a " in Path("out.md").read_text("utf-8")

    @pytest.mark.parametrize("name", ["out.xlsx", "out.parquet"])
    def test_other_files_are_not_written(self, call: Call, name: str) -> None:
        done = call("gains", "small.toml", "unit.toml", "-o", name)
        assert done.status == 2
        assert not Path(name).exists()

    def test_an_input_is_never_written_over(self, call: Call) -> None:
        done = call("gains", "small.toml", "unit.toml", "-o", "unit.toml", "--format", "json")
        assert done == (1, "", "unit.toml: the output is one of the inputs\n")
