"""Explanations, as a person reads them: each folder in explanations/ holds a scheme, and evidence
with the whole text beside it in English and in Thai.

``UPDATE_GOLDEN=1 pytest tests/floor_3/test_explanation.py`` writes them anew; read them before you
commit them.
"""

from __future__ import annotations

import os
import re
import tomllib
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit import Result
from itakit.dossier import read_dossier
from itakit.explanation import _no_less, align, short
from itakit.methods import BUILT_IN
from itakit.wording import sentences

FOLDER = Path(__file__).parent / "explanations"
EVIDENCE = sorted(path for path in FOLDER.glob("*/*.toml") if path.name != "scheme.toml")


def result(path: Path) -> Result:
    """The scores of a file of evidence by the scheme beside it."""
    scheme = itakit.load(path.with_name("scheme.toml"))
    return itakit.evaluate(scheme, read_dossier([str(path)]).evidence)


def columns(text: str) -> int:
    """The columns that a text takes on a terminal, told independently: Thai vowels and tone marks
    above and below take none."""
    above_and_below = {0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)}
    return sum(ord(character) not in above_and_below for character in text)


class TestExplanation:
    """ "Every number explains itself, in Thai and in English." (README.md)"""

    @pytest.mark.parametrize("lang", ["en", "th"])
    @pytest.mark.parametrize("path", EVIDENCE, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_the_whole_text_is_as_it_was_read(self, path: Path, lang: str) -> None:
        """To the letter: methods, counts, what is missing, what is carried, the next grade."""
        now = result(path).explain(lang=lang) + "\n"
        beside = path.with_suffix(f".{lang}.txt")
        if os.environ.get("UPDATE_GOLDEN"):
            beside.write_text(now, "utf-8")
        assert now == beside.read_text("utf-8")

    def test_there_are_texts_to_read(self) -> None:
        """The check cannot pass by finding nothing."""
        assert {path.parent.name for path in EVIDENCE} == {"carried", "graded", "missing"}

    def test_a_scheme_without_a_version_is_named_by_its_id(self) -> None:
        """No space stands before the comma."""
        found = result(FOLDER / "graded" / "next.toml")
        scheme = evolve(found.scheme, version="")
        text = itakit.evaluate(scheme, {scheme.root.code: 0}).explain()
        assert text.splitlines()[-1].startswith("scheme graded, hash ")

    def test_a_code_has_its_own_tree(self) -> None:
        """Its line comes first, without the grade, which is the unit's."""
        lines = result(FOLDER / "missing" / "evidence.toml").explain("left_out").splitlines()
        assert lines[0] == "Left out: 50.00"
        assert lines[3].startswith("left_out  Left out")
        assert [line.split()[0] for line in lines[4:7]] == ["a1", "a2", "a3"]
        assert lines[7] == ""

    def test_a_node_below_a_given_one_was_not_used(self) -> None:
        """And says so when it is asked for by its code."""
        text = result(FOLDER / "carried" / "evidence.toml").explain("h1")
        assert text.splitlines()[0] == "h1: no score"
        assert "not used: given above" in text

    def test_an_unknown_code_is_a_key_error(self) -> None:
        """As in any mapping."""
        with pytest.raises(KeyError):
            result(FOLDER / "missing" / "evidence.toml").explain("nothing")

    @pytest.mark.parametrize("lang", ["en", "th"])
    @pytest.mark.parametrize("path", EVIDENCE, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_columns_line_up(self, path: Path, lang: str) -> None:
        """Combining vowels take no column: every line has its gaps where the others have theirs."""
        table = result(path).explain(lang=lang).split("\n\n")[1].splitlines()
        lines = ["".join(c for c in line if columns(c)) for line in table]
        # Where every line has two spaces, a column ends; as many do as there are heads.
        longest = range(max(map(len, lines)))
        gaps = [all(not line[i : i + 2].strip() for line in lines) for i in longest]
        ends = sum(gap and not before for before, gap in pairwise([False, *gaps]))
        assert ends + 1 == len(re.split("  +", table[0]))

    def test_every_built_in_method_has_a_name(self) -> None:
        """In both languages; one that a package brings goes by its own."""
        for lang in ("en", "th"):
            assert {f"method-{name}" for name in BUILT_IN} <= set(sentences(lang))

    @pytest.mark.parametrize(
        ("method", "english", "thai"),
        [
            ("mean", "weighted mean of 2", "ค่าเฉลี่ยถ่วงน้ำหนักของ 2 รายการ"),
            ("weighted-mean", "weighted mean of 2", "ค่าเฉลี่ยถ่วงน้ำหนักของ 2 รายการ"),
            ("sum", "weighted sum of 2", "ผลรวมถ่วงน้ำหนักของ 2 รายการ"),
            ("geometric-mean", "weighted geometric mean of 2", "ค่าเฉลี่ยเรขาคณิตถ่วงน้ำหนักของ 2"),
            ("max", "greatest of 2", "ค่าสูงสุดของ 2 รายการ"),
        ],
    )
    def test_a_method_that_goes_by_weights_says_so(
        self, method: str, english: str, thai: str
    ) -> None:
        """Where there are weights, and where they change anything."""
        scheme = itakit.loads(
            'format = 1\n[scheme]\nid = "a"\nrange = [0, 10]\n'
            f'[aggregation]\nitem = "mean"\ntotal = "{method}"\n'
            '[[item]]\ncode = "i"\nweight = 0.7\n[[item]]\ncode = "j"\nweight = 0.3\n'
        )
        found = itakit.evaluate(scheme, {"i": 1, "j": 2})
        assert f"  {english} " in found.explain()
        assert f"  {thai}" in found.explain(lang="th")

    def test_a_language_that_there_is_not_is_english(self) -> None:
        """None too."""
        found = result(FOLDER / "missing" / "evidence.toml")
        for lang in ("xx", None):
            assert found.explain(lang=lang) == found.explain()  # type: ignore[arg-type]

    def test_a_method_of_a_package_goes_by_its_own_name(self) -> None:
        """Nothing is known about it but that."""
        scheme = itakit.loads(
            'format = 1\n[scheme]\nid = "a"\nrange = [0, 1]\n'
            '[aggregation]\nitem = "mean"\ntotal = "mean"\n[[item]]\ncode = "i"\n'
        )
        import attrs

        use = scheme.root.method
        other = attrs.evolve(use, method=attrs.evolve(use.method, name="house-blend"))
        scheme = attrs.evolve(scheme, root=attrs.evolve(scheme.root, method=other))
        assert "house-blend of 1" in itakit.evaluate(scheme, {"i": 1}).explain()


class TestNumbers:
    """ "Exact." (design.md, section 1)"""

    @given(st.fractions(min_value="1/1000000000000000000000000000000", max_value=1))
    def test_an_error_bound_is_never_understated(self, error: Fraction) -> None:
        """It is told with one digit, and rounded up."""
        told = _no_less(error)
        assert Fraction(told) >= error
        assert len(told.as_tuple().digits) == 1
        assert Fraction(told) <= 2 * error

    def test_the_error_that_is_told_is_that_of_the_score(self) -> None:
        """And no constant: a mean of roots is known less well than a root."""
        found = result(FOLDER / "carried" / "evidence.toml")
        text = found.explain()
        for row in found:
            assert (f"± {_no_less(row.error)}" in text) is (row.error > 0)
        assert any(row.error for row in found)

    @given(st.fractions())
    def test_a_number_without_a_sign_is_exact(self, value: Fraction) -> None:
        """What is left away is told by ≈, and off by half a unit of the last place at most."""
        shown = short(value)
        if shown.startswith("≈ "):
            assert abs(Fraction(shown[2:]) - value) <= Fraction(1, 20_000)
        else:
            assert Fraction(shown) == value

    def test_no_number_is_no_text(self) -> None:
        """A column without numbers is left out."""
        assert short(None) == ""
        assert align([["a", "b"], ["1", ""]]) == ["a", "1"]
        assert align([["a", "b"]]) == ["a  b"]


def test_the_evidence_uses_every_status() -> None:
    """The texts show all that can become of a node."""
    found = {row.status for path in EVIDENCE for row in result(path)}
    assert found == {"given", "scored", "missing", "not applicable", "unused"}
    assert all(tomllib.loads(path.read_text("utf-8")) for path in EVIDENCE)
