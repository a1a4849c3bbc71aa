"""What is found about tables that were published, and what is wrong with files of figures."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import itakit
from itakit.auditing import Span, read_published
from itakit.auditing.grading import Grading
from itakit.catalogue import loads
from itakit.errors import EvidenceError, SchemeError
from itakit.reals import Undecidable
from itakit.scheme import Scheme

ROOT = Path(__file__).parents[2]
SUMMARY = ROOT / "examples/chiang_mai_2564/published.toml"
RANKING = ROOT / "examples/chiang_mai_2564/published_ranking.toml"
CODES = tuple(map(str, range(1, 11)))
TRAT = "93.55 87.72 91.01 87.93 89.52 90.55 88.68 88.58 72.89 65.56"
SLIP = "89.06 59.89 95.62 92.82 51.78 52.61 66.38 86.89 68.08 68.75"
UDON = "85.21 70.59 75.10 72.88 73.24 81.14 83.12 76.79 100.00 100.00"


class TestChiangMai:
    """The figures of the document: what follows and what cannot be."""

    def test_the_summary_table(self) -> None:
        """39.57 and 95.01 are impossible, 27.70 and 27.74 follow, the grade hangs on rounding."""
        found = itakit.audit(itakit.find("ita_2565"), SUMMARY)
        assert found.figure("OIT", "weighted").verdict == "impossible"
        assert found.figure("total").verdict == "impossible"
        assert found.figure("IIT", "weighted").verdict == "follows"
        assert found.figure("EIT", "weighted").verdict == "follows"
        assert found.grades == ("AA", "A")
        assert found.rounding_only
        assert [(hinge.grade, hinge.edge) for hinge in found.hinges] == [("AA", Fraction("94.995"))]
        assert [hint.slip for hint in found.hints] == ["sum-of-weighted"]

    def test_with_the_figure_of_the_ranking_table(self) -> None:
        """With 91.57, 95.01 follows, and AA is certain."""
        found = itakit.audit(itakit.find("ita_2565"), SUMMARY, RANKING)
        assert found.against is not None
        differences = {one.code: one for one in found.against.differences}
        assert set(differences) == {"3", "5"}
        assert differences["3"].mends == (("total", "score", "follows"),)
        assert differences["5"].mends == ()

    def test_one_item_of_nine(self) -> None:
        """97.78 is one item of nine in 9.1, and nothing else."""
        found = itakit.audit(itakit.find("ita_2565"), {"9": "97.78"})
        (implication,) = found.implied
        assert implication.n == 1
        counts = {group.code: group.counts for group in implication.ways[0]}
        assert counts.pop("9.1") == ((Fraction(100), 8), (Fraction(0), 1))
        assert {score for pairs in counts.values() for score, _ in pairs} == {Fraction(100)}


class TestOtherTables:
    """Tables whose figures follow."""

    def test_a_mean_of_agencies(self) -> None:
        """No item gives 65.56; the total agrees, so that nothing is impossible."""
        table = {**dict(zip(CODES, TRAT.split(), strict=True)), "total": "81.45"}
        found = itakit.audit(itakit.find("ita_2565"), table)
        assert found.consistent
        assert found.unattainable == ("10",)
        assert "agree, but no combination of items gives those of 10;" in found.explain()
        alone = itakit.audit(itakit.find("ita_2565"), {"10": "65.56"})
        assert alone.figure("10").verdict == "impossible"

    def test_a_single_slip_is_no_mean_of_agencies(self) -> None:
        """68.08 for 68.03 is within what the total leaves, but so is a score that items give."""
        table: dict[str, object] = dict(zip(CODES, SLIP.split(), strict=True))
        table |= {"weighted": {"IIT": "23.35", "EIT": "20.59", "OIT": "27.36"}, "total": "71.30"}
        found = itakit.audit(itakit.find("ita_2565"), table)
        assert found.figure("9").verdict == "impossible"
        assert [(repair.code, "68.03" in repair.values) for repair in found.repairs] == [
            ("9", True)
        ]

    def test_a_total_that_leaves_much_room_bears_nothing_out(self) -> None:
        """Indicator 8 is not printed: the total says next to nothing of 9 and 10."""
        table = {**dict(zip(CODES, TRAT.split(), strict=True)), "9": "99.99", "total": "84.16"}
        del table["8"]
        found = itakit.audit(itakit.find("ita_2565"), table)
        verdicts = {code: found.figure(code).verdict for code in ("9", "10")}
        assert verdicts == {"9": "impossible", "10": "impossible"}

    def test_a_rating_with_conditions(self) -> None:
        """Udon Thani Vocational College 2566: two surveys below 85, so that it only passes."""
        table = dict(zip(CODES, UDON.split(), strict=True))
        table |= {"IIT": "75.40", "EIT": "80.35", "total": "86.73", "grade": "ผ่าน"}
        scheme = itakit.load(ROOT / "examples/gallery/ita_2566.toml")
        found = itakit.audit(scheme, table)
        assert found.consistent
        assert found.grades == ("ผ่าน",)
        other = itakit.audit(scheme, {**table, "grade": "ผ่านดี"})
        assert not other.consistent
        assert [(r.kind, r.values) for r in other.repairs] == [("grade", ("ผ่าน",))]


class TestReading:
    """ "All problems at once with address." """

    def test_everything_wrong_with_a_file_is_told(self, tmp_path: Path) -> None:
        """With its line and column."""
        file = tmp_path / "table.toml"
        file.write_text(
            'grade = "AAA"\n[score]\n"1" = "high"\n"11" = "95.00"\n[weighted]\ntotal = "95.01"\n',
            "utf-8",
        )
        with pytest.raises(EvidenceError) as caught:
            itakit.audit(itakit.find("ita_2565"), file)
        assert [(p.line, p.column, p.key) for p in caught.value.problems] == [
            (1, 1, "grade"),
            (3, 1, "score.1"),
            (4, 1, "score.11"),
            (6, 1, "weighted.total"),
        ]

    def test_a_float_has_lost_its_decimals(self) -> None:
        """Unless it is said how many there were."""
        scheme = itakit.find("ita_2565")
        with pytest.raises(EvidenceError, match="binary number"):
            itakit.audit(scheme, {"1": 96.5})
        assert itakit.audit(scheme, {"1": 96.5}, places=2).figure("1").printed == "96.50"

    def test_decimals_count_in_every_kind_of_file(self, tmp_path: Path) -> None:
        """In TOML and JSON without quotes, in CSV as Excel writes Thai, in Thai digits."""
        texts = {
            "a.toml": b"[score]\n1 = 96.50\n",
            "a.json": b'{"1": 96.50}',
            "a.csv": "รหัส,คะแนน\r\n1,๙๖.๕๐\r\nระดับ,A\r\n".encode("cp874"),
            "b.csv": "\ufeffcode;score;weighted\n1;96.50;19.30\n".encode(),
        }
        for name, data in texts.items():
            (tmp_path / name).write_bytes(data)
            found = itakit.audit(itakit.find("ita_2565"), tmp_path / name)
            assert found.figure("1").printed == "96.50"

    def test_what_does_not_apply_is_left_out(self) -> None:
        """The weights of the others are shared out anew; a figure for it is refused."""
        scheme = itakit.find("ita_2565")
        found = itakit.audit(scheme, {"OIT": "-", "IIT": "90.00", "EIT": "80.00", "total": "85.00"})
        assert found.figure("total").verdict == "follows"
        with pytest.raises(EvidenceError, match="said not to apply"):
            itakit.audit(scheme, {"OIT": "-", "9": "80.00"})

    def test_values_of_items_may_be_said(self) -> None:
        """Then other figures are possible, or any is."""
        scheme = itakit.find("ita_2565")
        assert not itakit.audit(scheme, {"9": "97.79"}).consistent
        assert itakit.audit(scheme, {"9": "97.79"}, values={"OIT": None}).consistent
        with pytest.raises(EvidenceError, match="found 200, expected scores"):
            itakit.audit(scheme, {"9": "97.79"}, values={"OIT": [200]})


class TestTelling:
    """For people, programs and notebooks."""

    @pytest.mark.parametrize("lang", ["en", "th"])
    def test_text_from_data_is_escaped(self, lang: str) -> None:
        """In a notebook."""
        table = {"1": "96.50", "source": "<script>alert(1)</script>"}
        found = itakit.audit(itakit.find("ita_2565"), table)
        assert "<script>" not in found._repr_html_()
        assert "<script>" in found.explain(lang)

    def test_the_record_is_exact(self) -> None:
        """Fractions as texts, and the hash of the scheme."""
        scheme = itakit.find("ita_2565")
        record = itakit.audit(scheme, SUMMARY, RANKING).to_dict()
        assert record["scheme"] == {"id": scheme.id, "version": scheme.version, "hash": scheme.hash}
        assert '"low": "356/9"' in json.dumps(record)


SMALL = """
format = 1
[scheme]
id = "small"
range = [0, 100]
root = "whole"
rounding = {{ places = {places}, mode = "{mode}"{carry} }}
[aggregation]
item = {item}
part = {part}
whole = {whole}
{grades}
[[part]]
code = "a"
{weight}
item = ["a1", "a2"]
[[part]]
code = "b"
{weight}
item = ["b1", "b2"]
"""


USUAL = {
    "places": "0",
    "mode": "half-up",
    "carry": "",
    "item": '"mean"',
    "part": '"mean"',
    "whole": '"mean"',
    "grades": "",
    "weight": "",
}


def small(**given: str) -> Scheme:
    """A scheme of two parts with two items each, by default all means, to no decimals."""
    return loads(SMALL.format(**(USUAL | given)))


GRADES = """
[[grade]]
name = "high"
from = 80
requires = { part = 80 }
[[grade]]
name = "middle"
from = 60
requires = { a = 60 }
[[grade]]
name = "low"
from = 40
[[grade]]
name = "none"
from = 0
"""


class TestTables:
    """What a table may be, and what is wrong with it."""

    @pytest.mark.parametrize(
        ("table", "says"),
        [
            (5, "5"),
            ({"1": {"2": "96.50"}}, "a table inside a table is no figure"),
            ({"1": "96,50"}, "no separators"),
            ({"1": "96.50%"}, "%"),
            ({"1": "๙6.50"}, "one script"),
            ({"1": "9.6e1"}, "in quotes"),
            ({"1": "1." + "0" * 31}, "in quotes"),
            ({"1": [96]}, "in quotes"),
            ({"1": Decimal("NaN")}, "in quotes"),
            ({1: "96.50"}, "1: 1, expected a text in quotes"),
            ({"11": "96.50"}, "no such code"),
            ({"score": 7}, "score: 7, expected a table of figures by code"),
            ({"1": "90", "weighted": "x"}, 'weighted: "x", expected a table of figures by code'),
            ({"1": "", "2": None}, "no figure"),
            ({"score": {"1": "96.50"}, "1": "96.50"}, "given twice"),
            ({"1": "96.50", "grade": ""}, None),
            ({"1": "96.50", "weighted": {"IIT": "-"}}, None),
        ],
    )
    def test_what_is_wrong_is_told(self, table: object, says: str | None) -> None:
        """In a sentence; what is merely left empty is not wrong."""
        scheme = itakit.find("ita_2565")
        if says is None:
            assert [j.code for j in itakit.audit(scheme, table).figures] == ["1"]
            return
        with pytest.raises(EvidenceError, match=says):
            itakit.audit(scheme, table)

    def test_a_table_is_read_once(self) -> None:
        """And may be audited again, with other values of items."""
        scheme = itakit.find("ita_2565")
        table = read_published(scheme, {"9": "97.79", "1": Decimal("96.50"), "2": 100})
        assert [figure.text for figure in table.figures] == ["96.50", "100", "97.79"]
        assert not itakit.audit(scheme, table).consistent
        assert itakit.audit(scheme, table, values={"OIT": None}).consistent

    def test_places_of_a_workbook(self, tmp_path: Path) -> None:
        """Numbers of cells have lost their zeros; where they differ, how many must be said."""
        file = tmp_path / "table.xlsx"
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            cells = [["code", "figure", "weighted"], ["1", 96.5], ["2", 93.11]]
            for i, row in enumerate([*cells, ["IIT", None, 27.7], ["grade", "A"]]):
                sheet.write_row(i, 0, row)
        scheme = itakit.find("ita_2565")
        with pytest.raises(EvidenceError, match="lost the zeros") as caught:
            itakit.audit(scheme, file)
        assert caught.value.problems[0].path == str(file)
        found = itakit.audit(scheme, file, places=2)
        printed = {(judged.code, judged.kind): judged.printed for judged in found.figures}
        assert printed == {
            ("IIT", "weighted"): "27.70",
            ("1", "score"): "96.50",
            ("2", "score"): "93.11",
            ("total", "grade"): "A",
        }

    @pytest.mark.parametrize(
        ("cells", "printed"),
        [
            ([("96.50", "@"), ("93.111", "@"), ("89", "@")], ["96.50", "93.111", "89"]),
            ([(96.5, "0.00"), (93, "#,##0.000;-0.0"), (89, "0")], ["96.50", "93.000", "89"]),
            ([(96.5, "0.00"), ("93.11", "@"), (89.02, "General")], ["96.50", "93.11", "89.02"]),
            (
                [(96.512, "0.00"), (93.1, '0.00" คะแนน"'), ("๘๙.๐๐", "@")],
                ["96.512", "93.10", "89.00"],
            ),
            ([(96, "General"), (93, "General"), (89, "0.##")], ["96", "93", "89"]),
            ([(96.5, "General"), (93.11, "0.00"), (89.02, "0.00")], None),
            ([(96, "0.##"), ("93.1", "@"), (89.02, "0.00")], None),
        ],
    )
    def test_a_workbook_keeps_what_its_cells_show(
        self, tmp_path: Path, cells: list[tuple[Any, str]], printed: list[str] | None
    ) -> None:
        """Text stands as it is, a format puts zeros back; only what neither tells is asked for."""
        file = tmp_path / "table.xlsx"
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet("ผล")
            sheet.write_row(1, 1, ["รหัส", "คะแนน"])
            for i, (value, shown) in enumerate(cells, 1):
                sheet.write_row(1 + i, 1, [str(i)])
                sheet.write(1 + i, 2, value, book.add_format({"num_format": shown}))
        scheme = itakit.find("ita_2565")
        if printed is None:
            with pytest.raises(EvidenceError, match="lost the zeros"):
                itakit.audit(scheme, file)
        else:
            found = itakit.audit(scheme, f"{file}#ผล")
            assert [judged.printed for judged in found.figures] == printed

    def test_places_put_back_zeros_and_take_no_decimals_away(self) -> None:
        """A whole number needs no point."""
        scheme = itakit.find("ita_2565")
        found = itakit.audit(scheme, {"1": 96, "2": "93.115", "3": 91.0}, places=0)
        assert [judged.printed for judged in found.figures] == ["96", "93.115", "91"]

    @pytest.mark.parametrize(
        ("name", "text", "says"),
        [
            ("table", "", "no ending|ends in|kind"),
            ("table.pdf", "", "pdf"),
            ("a.json", '{"1": "96.50",}', ":1:1"),
            ("a.json", "[" * 200_000, "a table inside a table"),
            ("a.json", '{"1": "96.50", "1": "96.51"}', "1"),
            ("a.json", '{"score": {"1": "96.50", "1": "96.51"}}', "1"),
            ("a.json", '["96.50"]', "96.50"),
            ("a.csv", "code,points\n1,96.50\n", "points: unknown column"),
            ("a.csv", "code,figure,score\n1,96.50,96.50\n", "each once"),
            ("a.csv", "figure,weighted\n1,96.50\n", "each once"),
        ],
    )
    def test_what_is_wrong_with_a_file(
        self, name: str, text: str, says: str, tmp_path: Path
    ) -> None:
        """Its kind, its form, its columns."""
        file = tmp_path / name
        file.write_text(text, "utf-8")
        with pytest.raises(EvidenceError, match=says):
            itakit.audit(itakit.find("ita_2565"), str(file))

    def test_json_with_tables(self, tmp_path: Path) -> None:
        """Scores and weighted scores apart, and the source of a table of rows."""
        (tmp_path / "a.json").write_text('{"score": {"1": 96.50}, "weighted": {"IIT": 27.74}}')
        (tmp_path / "a.csv").write_text("code,figure,weighted\n1,96.50,\nIIT,,27.74\nsource,me,\n")
        scheme = itakit.find("ita_2565")
        one, two = (read_published(scheme, tmp_path / name) for name in ("a.json", "a.csv"))
        assert one.figures == two.figures
        assert (one.source, two.source) == ("", "me")

    def test_rows_need_the_extra(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Without what reads them, it is said which to install."""
        monkeypatch.setitem(sys.modules, "itakit.files", None)
        (tmp_path / "a.csv").write_text("code,figure\n1,96.50\n")
        with pytest.raises(EvidenceError, match="frames"):
            itakit.audit(itakit.find("ita_2565"), tmp_path / "a.csv")

    def test_calls_that_are_wrong(self) -> None:
        """No scheme, an unknown code of values, values that are no numbers."""
        with pytest.raises(SchemeError):
            itakit.audit("ita_2565", {"1": "96.50"})  # type: ignore[arg-type]
        scheme = itakit.find("ita_2565")
        with pytest.raises(EvidenceError) as caught:
            itakit.audit(
                scheme, {"11": "1"}, {"12": "1"}, values={"OITT": [0], "OIT": ["high"], "9": []}
            )
        assert [problem.key for problem in caught.value.problems] == [
            "11",
            "12",
            "9",
            "OIT",
            "OITT",
        ]

    def test_what_the_others_say_nothing_of_may_be_anything(self) -> None:
        """No list of all figures helps."""
        found = itakit.audit(itakit.find("ita_2565"), {"1": "150", "total": "90"})
        assert "1: 150 → anything from 0 to 100, as the others say nothing of it" in found.explain()

    def test_a_figure_that_is_not_there(self) -> None:
        """A KeyError names its code."""
        with pytest.raises(KeyError, match="IIT"):
            itakit.audit(itakit.find("ita_2565"), {"1": "96.50"}).figure("IIT")


class TestMethods:
    """Figures of other methods than means."""

    def test_a_median_and_an_extreme(self) -> None:
        """Their intervals are exact."""
        scheme = small(part='"median"', whole='"min"')
        found = itakit.audit(scheme, {"a1": "40", "a2": "60", "a": "51", "whole": "45"})
        assert found.figure("a").verdict == "impossible"
        assert found.figure("a").below == Span((Fraction("49.5"), 0), (Fraction("50.5"), -1))
        assert not found.consistent

    @pytest.mark.parametrize("mode", ["half-up", "half-even", "down", "up"])
    def test_rounding_on_the_way(self, mode: str) -> None:
        """Weighted figures are made of the rounded scores that go on upward."""
        scheme = small(
            mode=mode,
            carry=', carry = ["part"]',
            whole='"weighted-mean"',
            weight="weight = 50",
            places="1",
        )
        table = {"score": {"a": "60.3", "whole": "55.2"}, "weighted": {"a": "30.15", "b": "25.05"}}
        found = itakit.audit(scheme, table)
        assert found.consistent
        assert found.figure("a", "weighted").verdict == "follows"
        other = itakit.audit(scheme, {"weighted": {"a": "30.17"}})
        assert other.figure("a", "weighted").verdict == "impossible"
        assert other.repairs[0].values[:2] == ("30.15", "30.20")

    def test_a_condition(self) -> None:
        """It is met or not, and says which of its parts reached it."""
        scheme = small(part='{ method = "k-of-n", k = 1, at_least = 50 }')
        found = itakit.audit(scheme, {"a1": "20", "a": "100"})
        assert found.consistent
        rest = itakit.audit(scheme, {"a1": "20", "a2": "10", "a": "100", "whole": "50"})
        assert rest.figure("a").verdict == "impossible"
        failed = itakit.audit(scheme, {"a1": "60", "a": "0"})
        assert [(repair.code, repair.values) for repair in failed.repairs] == [
            ("a1", ("50", "49", "48", "47", "46", "45", "44", "43", "42", "41")),
            ("a", ("100",)),
        ]

    def test_a_deduction_with_a_ceiling(self) -> None:
        """Below the ceiling it is exact; at it, more may have been deducted."""
        deducts = '{ method = "deduction", base = "a1", ceiling = 10 }'
        text = SMALL.replace('code = "a"\n', f'code = "a"\naggregate = {{{deducts}}}\n')
        scheme = loads(text.format(**USUAL))
        found = itakit.audit(scheme, {"a1": "90", "a2": "4", "a": "86"})
        assert found.consistent
        assert str(found.figure("a").below) == "(85, 87)"
        assert itakit.audit(scheme, {"a1": "90", "a2": "60", "a": "80"}).consistent
        assert not itakit.audit(scheme, {"a1": "90", "a2": "60", "a": "82"}).consistent
        assert not itakit.audit(scheme, {"a1": "90", "a2": "3", "a": "80"}).consistent
        assert itakit.audit(scheme, {"a1": "-", "a2": "3", "a": "80"}).consistent

    def test_deductions_from_the_highest_score(self) -> None:
        """Without a base they are taken from 100."""
        scheme = small(part='{ method = "deduction" }')
        assert itakit.audit(scheme, {"a1": "4", "a2": "5", "a": "91"}).consistent
        assert not itakit.audit(scheme, {"a1": "4", "a2": "5", "a": "93"}).consistent
        assert not itakit.audit(scheme, {"b1": "96", "b": "9"}).consistent
        assert itakit.audit(scheme, {"b1": "60", "b2": "60", "b": "0"}).consistent

    def test_means_that_are_no_sums(self) -> None:
        """Geometric, harmonic and power means: never narrower than the truth."""
        for method in ("geometric-mean", "harmonic-mean"):
            scheme = small(part=f'"{method}"')
            found = itakit.audit(scheme, {"a1": "40", "a2": "90", "a": "60"})
            assert found.consistent == (method == "geometric-mean")
            assert not itakit.audit(scheme, {"a1": "40", "a2": "90", "a": "66"}).consistent
        scheme = small(part='{ method = "power-mean", exponent = 2 }')
        assert itakit.audit(scheme, {"a1": "30", "a2": "60", "a": "47"}).consistent
        found = itakit.audit(scheme, {"a1": "0", "a2": "60", "a": "50"})
        assert not found.consistent

    def test_a_tie_that_nobody_can_decide_follows_from_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where a recomputed score cannot be told from a half, no figure is made of it."""
        scheme = small(part='"geometric-mean"', weight="weight = 50")
        table = {"a1": "2", "a2": "3", "a": "60", "whole": "9", "weighted": {"a": "8"}}
        assert itakit.audit(scheme, table).figure("a").recomputed == 2

        def undecided(*_: object) -> None:
            raise Undecidable

        monkeypatch.setattr("itakit.rounding.compare", undecided)
        found = itakit.audit(scheme, table)
        assert found.figure("a").recomputed is None
        assert found.figure("a").verdict == "impossible"

    def test_a_mean_that_does_not_apply_says_nothing(self) -> None:
        """No geometric mean is of numbers below 0."""
        text = SMALL.replace("[scheme]", "[scheme]\nrange = [-1, 1]")
        text = text.replace("range = [0, 100]\n", "")
        scheme = loads(text.format(**(USUAL | {"part": '"geometric-mean"'})))
        assert itakit.audit(scheme, {"a1": "-1", "a2": "-1", "a": "0"}).consistent

    def test_sums(self) -> None:
        """A weighted part of a plain sum is the score itself."""
        scheme = small(part='"sum"')
        assert itakit.audit(scheme, {"a1": "30", "a2": "40", "a": "71"}).consistent
        assert not itakit.audit(scheme, {"a1": "30", "a2": "40", "a": "72"}).consistent


class TestGrades:
    """Grades with conditions."""

    def test_the_grade_hangs_on_a_bound(self) -> None:
        """Between two grades lies one."""
        found = itakit.audit(small(grades=GRADES), {"whole": "40"})
        assert found.grades == ("low",)
        found = itakit.audit(small(grades=GRADES), {"a": "30", "b": "49"})
        assert found.grades == ("low", "none")
        assert [hinge.grade for hinge in found.hinges] == ["low"]

    def test_the_grade_hangs_on_a_condition(self) -> None:
        """A hinge names the node whose score decides."""
        found = itakit.audit(small(grades=GRADES, places="1"), {"a": "80", "b": "90"})
        assert found.grades == ("high", "middle")
        assert [(hinge.code, hinge.edge) for hinge in found.hinges] == [("a", Fraction("79.95"))]

    def test_a_grade_that_asks_for_what_does_not_apply_is_mended_alone(self) -> None:
        """No other figure makes it true."""
        found = itakit.audit(small(grades=GRADES), {"a": "-", "b": "65", "grade": "middle"})
        assert [(repair.code, repair.kind) for repair in found.repairs] == [("whole", "grade")]

    def test_beyond_a_budget_a_grade_counts_as_possible(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Never the other way round."""
        table = {"a": "80", "b": "90"}
        exact = itakit.audit(small(grades=GRADES, places="1"), table).grades
        monkeypatch.setattr(Grading.__init__, "__defaults__", (0,))
        rough = itakit.audit(small(grades=GRADES, places="1"), table).grades
        assert set(exact) < set(rough)

    def test_a_condition_on_what_does_not_apply_fails(self) -> None:
        """So that the next grade holds."""
        found = itakit.audit(small(grades=GRADES), {"a": "-", "b": "90", "whole": "90"})
        assert found.grades == ("high",)
        found = itakit.audit(small(grades=GRADES), {"a": "-", "b": "70"})
        assert found.grades == ("low",)

    def test_a_figure_may_mend_what_the_grade_contradicts(self) -> None:
        """Beside the grade itself, the figures that would make the table agree with it."""
        found = itakit.audit(small(grades=GRADES), {"a": "78", "b": "90", "grade": "high"})
        assert [(r.code, r.kind, r.first, r.last) for r in found.repairs] == [
            ("whole", "grade", "middle", "middle"),
            ("a", "score", "80", "100"),
        ]
        assert "whole (grade): high → middle" in found.explain()

    def test_a_repair_agrees_with_the_printed_grade(self) -> None:
        """Of what would mend the total, only what has the grade; the nearest of several ranges."""
        table = {"a": "78", "b": "90", "whole": "70"}
        scheme = small(grades=GRADES)
        alone = itakit.audit(scheme, table)
        assert {r.code for r in alone.repairs} == {"a", "b", "whole"}
        graded = itakit.audit(scheme, {**table, "grade": "middle"})
        assert [(r.code, r.first, r.last) for r in graded.repairs] == [
            ("whole", "84", "84"),
            ("b", "61", "63"),
        ]
        graded = itakit.audit(scheme, {**table, "grade": "low"})
        assert [(r.code, r.first, r.last) for r in graded.repairs] == [("a", "49", "51")]

    def test_a_number_may_mend_what_only_the_grade_contradicts(self) -> None:
        """Each figure alone, in the range that gives the printed grade."""
        found = itakit.audit(small(grades=GRADES), {"a": "10", "b": "20", "grade": "low"})
        assert found.grades == ("none",)
        assert [(r.code, r.kind, r.first, r.last) for r in found.repairs] == [
            ("whole", "grade", "none", "none"),
            ("a", "score", "59", "99"),
            ("b", "score", "69", "100"),
        ]


class TestTwoTables:
    """One table held against another."""

    def test_tables_that_agree(self) -> None:
        """Nothing is printed otherwise, and nothing is judged anew."""
        found = itakit.audit(small(), {"whole": "50"}, {"whole": "50.4"})
        assert found.against is not None
        assert not found.against.differences
        assert found.explain().endswith("the other table prints no figure otherwise")

    def test_a_difference_mends_nothing_where_nothing_is_impossible(self) -> None:
        found = itakit.audit(small(), {"a": "50"}, {"a": "60"})
        assert found.against is not None
        (difference,) = found.against.differences
        assert (difference.printed, difference.other, difference.mends) == ("50", "60", ())

    def test_grades_and_figures_that_differ(self) -> None:
        """Impossible figures are tried with the other table's."""
        scheme = small(grades=GRADES)
        table = {"a": "70", "b": "80", "whole": "85", "grade": "high"}
        found = itakit.audit(scheme, table, {"a": "90", "whole": "75", "grade": "middle"})
        assert found.against is not None
        mends = {(one.code, one.kind): one.mends for one in found.against.differences}
        assert mends == {
            ("whole", "score"): (),
            ("a", "score"): (("whole", "score", "follows"),),
            ("whole", "grade"): (),
        }
        assert "whole (grade): here high, there middle" in found.explain()


CHECKS = """
format = 1
[scheme]
id = "checks"
range = [0, 100]
rounding = {{ places = {places} }}
[aggregation]
item = "mean"
part = "mean"
total = "mean"
[scale.found]
answer = [{{ code = "0", score = 0 }}, {{ code = "1", score = 50 }}, {{ code = "2", score = 100 }}]
[[part]]
code = "a"
scale = "found"
item = {items}
[[part]]
code = "b"
scale = "found"
item = ["b1", "b2"]
"""


def checks(n: int, places: int = 2) -> Scheme:
    """A scheme of items that one assessor scores on a choice, ``n`` of them in the first part."""
    return loads(CHECKS.format(items=[f"a{k}" for k in range(n)], places=places))


class TestImplied:
    """What figures say of items, in words."""

    def test_the_only_way(self) -> None:
        found = itakit.audit(checks(3), {"total": "100.00"})
        assert found.implied[0].certain
        assert "nothing else is possible: all 5 at 100" in found.explain()

    def test_parts_that_stand_alike_are_told_together(self) -> None:
        found = itakit.audit(checks(3), {"a": "0.00", "b": "100.00"})
        (way,) = found.implied[0].ways
        assert {group.code for group in way} == {"a", "b"}
        assert "a: all 3 at 0; all 2 others at 100" in found.explain()

    def test_several_ways_are_listed_and_no_more_than_five(self) -> None:
        few = itakit.audit(checks(3), {"total": "8.33"})
        assert few.implied[0].n == 1
        told = itakit.audit(checks(3), {"a": "50.00"}).explain()
        assert "2 ways are possible:\n  a (3 items): 1 at 100, 1 at 50, 1 at 0\n" in told
        many = itakit.audit(checks(15), {"a": "50.00"}).explain()
        assert "\n  …" in many
        assert not itakit.audit(checks(9), {"a": "50.00"}).implied[0].certain

    def test_too_many_ways_are_not_counted(self) -> None:
        found = itakit.audit(checks(300), {"a": "50.00"})
        assert found.implied[0].n is None
        assert "too many ways" in found.explain()

    def test_figures_that_items_cannot_give_are_left_out_of_a_repair(self) -> None:
        """Every sixth of 100 is a score of three items, and nothing between."""
        found = itakit.audit(checks(3), {"a": "40.00"})
        (repair,) = (repair for repair in found.repairs if repair.code == "a")
        assert repair.gaps
        assert repair.values[:3] == ("33.33", "50.00", "16.67")
        assert "a: 40.00 → 33.33, 50.00, 16.67 or …" in found.explain()
