"""The command `itakit report`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import itakit
from itakit.frames.evaluating import evaluated, read
from itakit.frames.pooling import pool
from itakit.frames.responses import Named, by_row
from itakit.frames.roles import Columns
from itakit.reporting.nation import nation_report
from itakit.reporting.page import Headline, write
from tests.roof.calling import SCHEME, Call

ASKED = """
format = 1
[scheme]
id = "asked"
range = [0, 100]
[aggregation]
item = "mean"
survey = "mean"
total = "mean"
[scale.yes]
answer = [{ code = "0", score = 0 }, { code = "1", score = 100 }]
[[survey]]
code = "s"
population = "all"
item = [{ code = "a", scale = "yes" }, { code = "b", scale = "yes" }]
[[grade]]
name = "high"
from = 50
[[grade]]
name = "low"
from = 0
"""
MANY = "place,a,b\nnorth,10,20\nsouth,30,40.5\n"


@pytest.fixture(autouse=True)
def files(call: Call, tmp_path: Path) -> None:
    (tmp_path / "many.csv").write_text(MANY, "utf-8")
    (tmp_path / "last.json").write_text('{"a": 5, "b": 5}', "utf-8")


class TestOfOneUnit:
    """`itakit report SCHEME FILE… [--unit U] [-o OUT.html]`."""

    def test_evidence_makes_a_page(self, call: Call, tmp_path: Path) -> None:
        """In a file, and nothing is printed; or on the output."""
        done = call("report", "small.toml", "ab.json", "-o", "r.html", "--name", "North")
        assert done == (0, "", "")
        text = (tmp_path / "r.html").read_text("utf-8")
        assert "<h1>North</h1>" in text
        printed = call("report", "small.toml", "ab.json", "--name", "North")
        assert (printed.status, printed.out) == (0, text)

    def test_responses_of_a_unit(self, call: Call) -> None:
        """By its name, and by its column where that must be said."""
        for unit in ("south", "place=south"):
            done = call("report", "small.toml", "many.csv", "--unit", unit, "--lang", "th")
            assert done.status == 0, done.err
            assert "<h1>south</h1>" in done.out
            assert '<span class="score">35.25</span>' in done.out

    def test_responses_without_names_are_of_one_unit(self, call: Call, tmp_path: Path) -> None:
        (tmp_path / "one.csv").write_text("a,b\n10,20\n", "utf-8")
        done = call("report", "small.toml", "one.csv")
        assert '<span class="score">15.00</span>' in done.out

    def test_last_year_beside_this_year(self, call: Call) -> None:
        """What the data did, by the rules of both."""
        done = call("report", "small.toml", "ab.json", "--before", "last.json")
        assert done.status == 0, done.err
        assert "Last year and this year" in done.out
        assert "all of it is what the data did" in done.out.lower()
        assert "+10.0025" in done.out

    def test_last_year_by_other_rules(self, call: Call, tmp_path: Path) -> None:
        """Which must be said, as `itakit compare` has it said."""
        old = (tmp_path / "small.toml").read_text("utf-8").replace('"small"', '"old"')
        old = old.replace('total = "mean"', 'total = "min"').replace('"a"', '"z"')
        (tmp_path / "old.toml").write_text(old, "utf-8")
        (tmp_path / "old.csv").write_text(MANY.replace("a,b", "z,b"), "utf-8")
        words = ("--before", "old.csv", "--before-scheme", "old.toml", "--unit", "south")
        done = call("report", "small.toml", "many.csv", *words)
        assert (done.status, done.out) == (1, "")
        assert "nobody has said that they are to be compared" in done.err
        (tmp_path / "codes.toml").write_text('z = "a"\n', "utf-8")
        done = call("report", "small.toml", "many.csv", *words, "--codes", "codes.toml")
        assert done.status == 0, done.err
        assert "was z" in done.out
        assert '<span class="aside">Added' not in done.out
        done = call("report", "small.toml", "many.csv", *words, "--same-codes")
        assert done.status == 0, done.err
        assert "added" in done.out
        assert "retired" in done.out

    def test_how_to_compare_needs_something_to_compare_with(self, call: Call) -> None:
        done = call("report", "small.toml", "ab.json", "--same-codes", "--before-scheme", "x")
        assert done.status == 2
        assert "only together with --before: --before-scheme, --same-codes" in done.err
        words = ("--before", "last.json", "--same-codes", "--codes", "c.toml")
        assert call("report", "small.toml", "ab.json", *words).status == 2

    def test_certainty_where_people_were_asked(self, call: Call, tmp_path: Path) -> None:
        """By whose answers are whose where responses are there, and by tallies where not."""
        (tmp_path / "asked.toml").write_text(ASKED, "utf-8")
        rows = "".join(f"{unit},{k % 2},{k // 2 % 2}\n" for k in range(20) for unit in "xy")
        (tmp_path / "rows.csv").write_text("place,a,b\nw,1,1\nw,0,1\n" + rows, "utf-8")
        words = ("rows.csv", "--unit", "y", "--population", "s=100")
        done = call("report", "asked.toml", *words)
        assert done.status == 0, done.err
        assert "How certain the scores are" in done.out
        assert "of 500 draws of the respondents (seed 0)" in done.out
        assert "20 of 100" in done.out
        assert "which answers are of one person is not known" not in done.out.lower()
        (tmp_path / "one.csv").write_text("a,b\n" + rows.replace("x,", "").replace("y,", ""))
        done = call("report", "asked.toml", "one.csv")
        assert done.status == 0, done.err
        assert "How certain the scores are" in done.out
        long = "a,1\na,1\na,0\nb,1\n"
        (tmp_path / "long.csv").write_text("item,answer\n" + long, "utf-8")
        done = call("report", "asked.toml", "long.csv")
        assert done.status == 0, done.err
        assert "which answers are of one person is not known" in done.out.lower()
        done = call("report", "asked.toml", "long.csv", "--population", "s=2")
        assert done.status == 1
        assert "3 respondents are more than the population of 2" in done.err

    def test_nobody_was_asked(self, call: Call, tmp_path: Path) -> None:
        """Then there is nothing to tell, though something was counted."""
        text = ASKED.replace('population = "all"', "")
        text += '[[survey]]\ncode = "t"\npopulation = "all"\nitem = ["c"]\n'
        (tmp_path / "unasked.toml").write_text(text, "utf-8")
        (tmp_path / "c.json").write_text('{"c": 5}', "utf-8")
        (tmp_path / "one.csv").write_text("a,b\n1,1\n0,1\n", "utf-8")
        done = call("report", "unasked.toml", "one.csv", "c.json")
        assert done.status == 0, done.err
        assert "How certain the scores are" not in done.out

    def test_without_numpy_a_sentence_says_so(
        self, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And the report is there; what else is missing is not passed off as that."""
        (tmp_path / "asked.toml").write_text(ASKED, "utf-8")
        (tmp_path / "one.csv").write_text("a,b\n1,1\n0,1\n", "utf-8")
        for name in [n for n in sys.modules if n.startswith("itakit.uncertainty")]:
            monkeypatch.delitem(sys.modules, name)
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "numpy", None)
            done = call("report", "asked.toml", "one.csv")
            assert done.status == 0, done.err
            assert "was not computed: numpy or scipy is not installed" in done.out
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "itakit.uncertainty.assessing", None)
            done = call("report", "asked.toml", "one.csv")
            assert done.status not in (0, None)
            assert "numpy" not in done.out + done.err

    def test_the_plan_and_published_figures(self, call: Call, tmp_path: Path) -> None:
        """Both are named among the files, and what is wrong with them is told."""
        plan = '[[measure]]\ncode = "a"\nmeasure = "Do"\nto = "31/3/2565"\n'
        (tmp_path / "plan.toml").write_text(plan, "utf-8")
        (tmp_path / "table.toml").write_text('a = "10.00"\ntotal = "15.00"\n', "utf-8")
        words = ("--measures", "plan.toml", "--on", "1/4/2565", "--published", "table.toml")
        done = call("report", "small.toml", "ab.json", *words, "--lang", "en")
        assert done.status == 0, done.err
        assert "As things stand on 2022-04-01" in done.out
        assert "The figures agree; of 2" in done.out
        assert "ab.json, plan.toml, table.toml" in done.out
        done = call("report", "small.toml", "ab.json", "--on", "1/4/2565")
        assert done.status == 2
        assert "only together with --measures: --on" in done.err
        for name, told in (("plan.toml", "no such code"), ("table.toml", "no such code")):
            (tmp_path / name).write_text('zz = 1\n[[measure]]\ncode = "q"\nmeasure = "x"\n')
            done = call("report", "small.toml", "ab.json", *words)
            assert (done.status, done.out) == (1, "")
            assert done.err.startswith(f"{name}:")
            assert told in done.err
            (tmp_path / "plan.toml").write_text(plan, "utf-8")
        done = call("report", "small.toml", "ab.json", *words, "-o", "plan.toml")
        assert done.status in (1, 2)
        assert (tmp_path / "plan.toml").read_text("utf-8") == plan

    def test_a_workbook(self, call: Call, tmp_path: Path) -> None:
        assert call("report", "small.toml", "ab.json", "-o", "r.xlsx") == (0, "", "")
        assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")

    def test_a_workbook_drops_nothing_that_was_asked_for(self, call: Call, tmp_path: Path) -> None:
        """It has no place for what a page shows beside the scores."""
        words = ("--before", "last.json", "--measures", "p.toml", "--published", "t.toml")
        more = ("--population", "total=9", "-o", "r.xlsx")
        done = call("report", "small.toml", "ab.json", *words, *more)
        assert (done.status, done.out) == (2, "")
        told = "only together with -o OUT.html: --before, --population, --measures, --published"
        assert told in done.err
        assert not (tmp_path / "r.xlsx").exists()

    def test_populations(self, call: Call) -> None:
        done = call("report", "small.toml", "ab.json", "--population", "total=1200")
        assert '<td class="n">1200</td>' in done.out
        for code in ("totl", "a"):  # a is a node, and no survey
            done = call("report", "small.toml", "ab.json", "--population", f"{code}=5")
            assert (done.status, done.out) == (1, "")
            assert done.err.startswith(f"{code}: no survey of the scheme, expected one of total")
        done = call("report", "small.toml", "ab.json", "--population", "total=many")
        assert done.status == 2
        assert '"total=many" is not a survey\'s code and a number' in done.err


class TestOfMany:
    """ "For a nation: one HTML." """

    def test_responses_of_many_make_a_report_of_all(self, call: Call) -> None:
        """Whether or not the column is named."""
        done = call("report", "small.toml", "many.csv")
        assert done.status == 0, done.err
        assert "Report of 2 units" in done.out
        assert '"units":["north","south"]' in done.out
        assert '"scores":[[1500,3525],' in done.out
        assert call("report", "small.toml", "many.csv", "--by", "place").out == done.out

    def test_two_free_columns_are_told(self, call: Call, tmp_path: Path) -> None:
        (tmp_path / "two.csv").write_text("place,land,a,b\nx,y,1,2\n", "utf-8")
        done = call("report", "small.toml", "two.csv")
        assert done.status == 1
        assert '"land", "place"' in done.err

    def test_what_there_is_for_one_is_refused(self, call: Call) -> None:
        done = call("report", "small.toml", "many.csv", "-o", "r.xlsx")
        assert done.status == 2
        assert "a workbook is of one unit: name it with --unit" in done.err
        words = ("--name", "x", "--before", "last.json", "--population", "total=5")
        more = ("--measures", "plan.toml", "--published", "table.toml")
        done = call("report", "small.toml", "many.csv", *words, *more)
        assert done.status == 2
        assert "--name, --before, --population, --measures, --published go with" in done.err

    def test_a_unit_and_a_column_of_units_are_two_reports(self, call: Call) -> None:
        done = call("report", "small.toml", "many.csv", "--unit", "north", "--by", "place")
        assert (done.status, done.out) == (2, "")
        assert "--unit is for the report of one unit, --by for that of all" in done.err

    def test_a_report_does_not_tell_of_its_folder(self, call: Call, tmp_path: Path) -> None:
        """A file read as Windows-874 is named as the others are."""
        for folder in ("here", "there"):
            (tmp_path / folder).mkdir()
            text = "place,a,b\nเหนือ,10,20\n".encode("cp874")
            (tmp_path / folder / "many.csv").write_bytes(text)
        one, two = (call("report", "small.toml", f"{name}/many.csv") for name in ("here", "there"))
        assert one.out == two.out
        assert "Windows-874" in one.out

    def test_evidence_of_one_is_not_of_many(self, call: Call) -> None:
        done = call("report", "small.toml", "ab.json", "--by", "place")
        assert done.status == 1
        assert done.err.startswith("ab.json: ")

    def test_no_scores_no_grades(self, call: Call, tmp_path: Path) -> None:
        """Then there is nothing to distribute, and the units are listed all the same."""
        (tmp_path / "none.csv").write_text("place,a,b\nx,,\n", "utf-8")
        done = call("report", "small.toml", "none.csv", "--by", "place")
        assert done.status == 0, done.err
        assert '"scores":[[null],' in done.out

    def test_grades_samples_and_sources(self, call: Call, tmp_path: Path) -> None:
        """What the scheme has of them is in the report, of the unit and in the summary."""
        text = (
            (tmp_path / "small.toml")
            .read_text("utf-8")
            .replace("range = [0, 100]", 'range = [0, 100]\nsource = ["the law"]\nmissing = "skip"')
        )
        text = text.replace('code = "a"', 'code = "a"\npopulation = "all"')
        grades = '[[grade]]\nname = "high"\nfrom = 20\n[[grade]]\nname = "low"\nfrom = 0\n'
        (tmp_path / "graded.toml").write_text(text + grades, "utf-8")
        (tmp_path / "some.csv").write_text(MANY + "west,,\n", "utf-8")
        done = call("report", "graded.toml", "some.csv")
        assert done.status == 0, done.err
        assert '"grades":["high","low"]' in done.out
        assert '"grade":[1,0,-1]' in done.out
        assert "No grade" in done.out
        assert '"head":"Respondents a","numbers":[1,1,0]' in done.out
        assert "the law" in done.out


class TestOutput:
    """Whole or not at all, never over an input."""

    def test_an_unknown_kind_is_refused(self, call: Call) -> None:
        done = call("report", "small.toml", "ab.json", "-o", "r.pdf")
        assert done.status == 2
        assert '"r.pdf" ends in none of .html, .htm and .xlsx' in done.err

    def test_an_input_is_spared(self, call: Call, tmp_path: Path) -> None:
        (tmp_path / "last.html").write_text('{"a": 5, "b": 5}', "utf-8")
        (tmp_path / "x.json").symlink_to("last.html")
        done = call("report", "small.toml", "ab.json", "--before", "x.json", "-o", "last.html")
        assert done.status == 1
        assert (tmp_path / "last.html").read_text("utf-8") == '{"a": 5, "b": 5}'

    def test_what_is_wrong_with_evidence_is_told(self, call: Call, tmp_path: Path) -> None:
        (tmp_path / "bad.json").write_text('{"a": 10}', "utf-8")
        done = call("report", "small.toml", "bad.json", "-o", "r.html")
        assert done.status == 1
        assert not (tmp_path / "r.html").exists()

    def test_without_the_extra_it_is_named(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "jinja2", None)
        for file in ("ab.json", "many.csv"):
            done = call("report", "small.toml", file)
            assert done.status == 2
            assert 'pip install "itakit[report]"' in done.err


def test_a_board_without_files_names_none(tmp_path: Path) -> None:
    """In Python, units come from frames."""
    pl = pytest.importorskip("polars")
    rules = itakit.loads(SCHEME + '[[grade]]\nname = "all"\nfrom = 0\n')
    frames = [Named("", pl.DataFrame({"place": ["x"], "a": [1], "b": [2]}), by_row)]
    responses, _ = read(rules, frames, Columns("place"))
    board = evaluated(
        pool(rules, responses, scores=False, on_unknown="error"), Columns("place"), None, "en"
    )
    text = nation_report(board, "en")
    assert "Files" not in text
    assert "No grade" not in text


def test_a_page_without_sections_is_a_page() -> None:
    """What has no figure and no grade shows none."""
    text = write("en", Headline("a", "b"), [])
    assert "verdict" not in text.partition("</style>")[2]
    assert itakit.report is not None
