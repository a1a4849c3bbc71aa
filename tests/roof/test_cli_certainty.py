"""The commands `certainty` and `robustness`: what they write, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

import itakit
from tests.floor_4.sampled import STAFF, TEXT
from tests.roof.calling import Call

EVIDENCE = """
a1 = { answers = { "4" = 20, "3" = 10 } }
a2 = { answers = { "4" = 15, "1" = 15 } }
a3 = { answers = { "3" = 30 } }
b1 = { answers = { "2" = 5, "4" = 25 } }
c1 = 80
c2 = 100
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scheme, a unit's evidence, and responses of two units."""
    monkeypatch.chdir(tmp_path)
    Path("asked.toml").write_text(TEXT, "utf-8")
    Path("unit.toml").write_text(EVIDENCE, "utf-8")
    Path("checks.toml").write_text("b1 = { answers = { 4 = 3, 2 = 3 } }\nc1 = 80\nc2 = 90\n")
    with Path("staff.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["a1", "a2", "a3"])
        writer.writeheader()
        writer.writerows(STAFF)
    rows = [f"{unit},{code},{code},{code},{code}" for unit in ("p", "=q") for code in "1234"]
    Path("two.csv").write_text("unit,a1,a2,a3,b1\n" + "\n".join(rows) + "\n")
    Path("two_checks.csv").write_text("unit,c1,c2\np,50,60\n=q,100,100\n")
    Path("people.csv").write_text("unit,A,B\np,40,50\n=q,4,4\n")
    return tmp_path


@pytest.mark.usefixtures("here")
class TestCertainty:
    """`itakit certainty`."""

    def test_of_tallies(self, call: Call) -> None:
        done = call("certainty", "asked.toml", "unit.toml", "--population", "A=300", "--lang", "en")
        assert (done.status, done.err) == (0, "")
        assert "of 1000 draws (seed 0)" in done.out
        assert "how many people there are is not known" in done.out
        assert "wider than they need be: B\n" in done.out

    def test_of_responses_and_evidence_of_one_unit(self, call: Call) -> None:
        """Staff are linked, visitors are tallies, and checks are none."""
        done = call("certainty", "asked.toml", "staff.csv", "checks.toml", "--format", "json")
        assert done.status == 0
        (unit,) = json.loads(done.out)["units"]
        assert unit["surveys"] == [
            {"code": "A", "n": 7, "population": None, "linked": True},
            {"code": "B", "n": 6, "population": None, "linked": False},
        ]
        assert [n["code"] for n in unit["nodes"]][:3] == ["total", "A", "a1"]

    def test_of_many_units(self, call: Call) -> None:
        """Of q everybody was asked."""
        two = ("two.csv", "two_checks.csv", "--unit", "unit", "--population", "people.csv")
        done = call("certainty", "asked.toml", *two, "--lang", "en", "--replications", "100")
        assert done.status == 0
        assert "\n=q    60.00  60.0000  60.0000  middle       100.0 %\n" in done.out
        assert (
            "everybody was asked, so that chance has no part in it: A (1/2), B (1/2)\n" in done.out
        )

    def test_as_csv_no_text_is_a_formula(self, call: Call) -> None:
        two = ("two.csv", "two_checks.csv", "--unit", "unit")
        assert call("certainty", "asked.toml", *two, "-o", "out.csv").status == 0
        rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8-sig"))))
        assert {row["unit"] for row in rows} == {"p", "'=q"}
        assert len(rows) == 2 * 10
        assert rows[0]["code"] == "total"

    def test_as_markdown(self, call: Call) -> None:
        done = call("certainty", "asked.toml", "unit.toml", "--format", "md", "--lang", "en")
        assert done.out.startswith("**Asked: ")
        assert "| \u2003A |  | " in done.out
        assert "\n- respondents are taken for" in done.out

    def test_a_level_is_a_percentage(self, call: Call) -> None:
        done = call("certainty", "asked.toml", "unit.toml", "--level", "80", "--format", "json")
        assert json.loads(done.out)["level"] == "0.8"

    @pytest.mark.parametrize(
        ("words", "status", "says"),
        [
            (["unit.toml", "--population", "IIT"], 2, "without --unit, --population is"),
            (["unit.toml", "--population", "X=3"], 1, '"X": '),
            (["unit.toml", "--population", "A=x"], 1, "A: "),
            (["unit.toml", "--population", "A=20"], 1, "A: 30 respondents are more than"),
            (["unit.toml", "--level", "100"], 2, '--level: "100", expected a percentage between'),
            (["unit.toml", "--level", "0"], 2, '--level: "0", expected a percentage between'),
            (["unit.toml", "--level", "most"], 2, '--level: "most", expected a percentage'),
            (["unit.toml", "-o", "x.xlsx"], 2, "xlsx is for the scores of many units"),
            (["none.csv", "--unit", "unit"], 1, "none.csv: the file cannot be read: no such file"),
            (["unit.toml", "-o", "unit.toml"], 2, "unit.toml"),
            (
                ["two.csv", "--unit", "unit", "--population", "a", "--population", "b"],
                2,
                "a column or a file",
            ),
            (["two.csv", "unit.toml", "--unit", "unit"], 1, "unit.toml: "),
            (["staff.csv", "unit.toml"], 1, "unit.toml:2:1: a1: "),
            (["staff.csv"], 1, "b1: "),
        ],
    )
    def test_what_is_wrong_is_told(
        self, call: Call, words: list[str], status: int, says: str
    ) -> None:
        done = call("certainty", "asked.toml", *words, "--lang", "en")
        assert done.status == status
        assert says in done.err

    def test_a_population_that_serves_nothing_is_told(self, call: Call) -> None:
        Path("scores.toml").write_text("A = 80\nb1 = 70\nc1 = 80\nc2 = 100\n", "utf-8")
        done = call(
            *("certainty", "asked.toml", "scores.toml", "--lang", "en"),
            *("--population", "A=0", "--population", "B=9"),
        )
        assert "changes nothing, because no respondents are known: A, B\n" in done.out
        given = ("certainty", "asked.toml", "unit.toml", "--population", "A=90")
        assert "changes nothing" not in call(*given, "--lang", "en").out
        record = json.loads(call(*given, "--format", "json").out)
        assert record["unused_populations"] == []

    def test_without_scipy_the_extra_is_named(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in [name for name in sys.modules if name.startswith("itakit.uncertainty")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "scipy", None)
        done = call("certainty", "asked.toml", "unit.toml", "--lang", "en")
        assert done.status == 2
        assert 'pip install "itakit[certainty]"' in done.err


@pytest.mark.usefixtures("here")
class TestRobustness:
    """`itakit robustness`."""

    def test_of_one_unit(self, call: Call) -> None:
        words = ("--method", "min", "--draws", "50", "--lang", "en")
        done = call("robustness", "asked.toml", "unit.toml", *words)
        assert done.status == 0
        assert "each multiplied with a number up to 25 % off one\n" in done.out
        assert "min in place of the declared method (level: total): " in done.out
        assert "places moved" not in done.out

    def test_of_many_units(self, call: Call) -> None:
        two = ("two.csv", "two_checks.csv", "--unit", "unit")
        words = ("--method", "min", "--at", "survey", "--concentration", "30", "--draws", "50")
        done = call("robustness", "asked.toml", *two, *words, "--lang", "en")
        assert done.status == 0
        assert "(Dirichlet, concentration 30)\n" in done.out
        assert "min in place of the declared method (level: survey): another grade for" in done.out
        assert "\n=q " in done.out

    @pytest.mark.parametrize("form", ["json", "csv", "md"])
    def test_in_other_formats(self, call: Call, form: str) -> None:
        done = call("robustness", "asked.toml", "unit.toml", "--draws", "20", "--format", form)
        assert done.status == 0
        assert {"json": '"draws": 20', "csv": "rounded,grade,least", "md": "| ---: |"}[
            form
        ] in done.out

    def test_nothing_varied_is_told(self, call: Call) -> None:
        words = ("--spread", "0", "--draws", "3", "--lang", "en")
        assert "nothing was varied" in call("robustness", "asked.toml", "unit.toml", *words).out

    def test_what_is_wrong_is_told(self, call: Call) -> None:
        words = ("--concentration", "x", "--method", "mena", "--at", "x", "--lang", "en")
        done = call("robustness", "asked.toml", "unit.toml", *words)
        assert (done.status, done.err) == (1, 'concentration: "x", expected a number above 0\n')
        for spread in ("x", "150", "-1"):
            done = call("robustness", "asked.toml", "unit.toml", "--spread", spread)
            assert done.status == 2
            assert f'--spread: "{spread}", expected a percentage between 0 and 100' in done.err


class TestExtra:
    """ "An extra is imported only where it is used." """

    @pytest.mark.parametrize("name", ["certainty", "robustness"])
    def test_without_numpy_the_name_tells_what_to_install(
        self, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """`import itakit` does without; the name does not."""
        for module in [m for m in sys.modules if m.startswith("itakit.uncertainty")]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.delitem(vars(itakit), name, raising=False)
        monkeypatch.setitem(sys.modules, "numpy", None)
        with pytest.raises(ModuleNotFoundError, match=r'pip install "itakit\[certainty\]"'):
            getattr(itakit, name)
