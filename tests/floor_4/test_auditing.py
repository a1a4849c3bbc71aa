"""What is found about tables that were published, and what is wrong with files of figures."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

import itakit
from itakit.errors import EvidenceError

ROOT = Path(__file__).parents[2]
SUMMARY = ROOT / "examples/chiang_mai_2564/published.toml"
RANKING = ROOT / "examples/chiang_mai_2564/published_ranking.toml"
CODES = tuple(map(str, range(1, 11)))
TRAT = "93.55 87.72 91.01 87.93 89.52 90.55 88.68 88.58 72.89 65.56"
UDON = "85.21 70.59 75.10 72.88 73.24 81.14 83.12 76.79 100.00 100.00"


class TestChiangMai:
    """The figures of the document, as issue 5 judges them."""

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
        alone = itakit.audit(itakit.find("ita_2565"), {"10": "65.56"})
        assert alone.figure("10").verdict == "impossible"

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
        with pytest.raises(EvidenceError, match="list of scores"):
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
