"""The commands on schemes themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.roof.calling import SCHEME, Call

NEXT = """
format = 1
[scheme]
id = "next"
extends = "small"
retired = ["b"]
[[item]]
code = "c"
was = "a"
"""


@pytest.fixture(autouse=True)
def schemes(tmp_path: Path, call: Call) -> Path:
    """A scheme, and next year's; the current folder is theirs."""
    (tmp_path / "small.toml").write_text(SCHEME, "utf-8")
    (tmp_path / "next.toml").write_text(NEXT, "utf-8")
    return tmp_path


class TestDiff:
    """`itakit diff A B` tells the difference between any two schemes in words, Thai or English, and
    as JSON."""

    def test_it_is_told_in_words(self, call: Call) -> None:
        """Of a scheme that extends the other, what it renames is renamed."""
        assert call("diff", "small.toml", "next.toml", "--lang", "en") == (
            0,
            (
                "small → next; differences: 3\n"
                "\n"
                "c Item a\n"
                "  renamed: a → c\n"
                "  of the total: 50 % → 100 %\n"
                "\n"
                "b Item b\n"
                "  no longer there: item below total; 50 % of the total\n"
            ),
            "",
        )

    def test_the_other_way_round_too(self, call: Call) -> None:
        """In Thai."""
        assert call("diff", "next.toml", "small.toml", "--lang", "th").out == (
            "next → small ต่างกัน 3 แห่ง\n"
            "\n"
            "a ข้อ ก\n"
            "  เปลี่ยนรหัส: c → a\n"
            "  ส่วนในคะแนนรวม: 100 % → 50 %\n"
            "\n"
            "b ข้อ ข\n"
            "  เพิ่มใหม่: รายการในระดับชั้น item ภายใต้ total; 50 % ของคะแนนรวม\n"
        )

    def test_a_grade_that_is_renamed_and_moved_is_one_grade(
        self, call: Call, schemes: Path
    ) -> None:
        """As the scheme that extends the other says; in both directions."""
        grades = '[[grade]]\nname = "A"\nfrom = 80\n[[grade]]\nname = "B"\nfrom = 0\n'
        (schemes / "graded.toml").write_text(SCHEME.replace("small", "graded") + grades, "utf-8")
        (schemes / "later.toml").write_text(
            'format = 1\n[scheme]\nid = "later"\nextends = "graded"\n'
            '[grade.A]\nname = "AA"\nfrom = 85\n',
            "utf-8",
        )
        out = call("diff", "graded.toml", "later.toml", "--lang", "en").out
        assert "renamed: A → AA\n" in out
        assert "80" in out
        assert "no longer there" not in out
        assert "added" not in out
        back = call("diff", "later.toml", "graded.toml", "--lang", "en").out
        assert "renamed: AA → A\n" in back
        assert "no longer there" not in back

    def test_of_schemes_that_know_nothing_of_each_other_nothing_is_renamed(
        self, call: Call, schemes: Path
    ) -> None:
        """Though they may be told to be alike."""
        (schemes / "other.toml").write_text(SCHEME.replace('"a"', '"x"'), "utf-8")
        out = call("diff", "small.toml", "other.toml", "--lang", "en").out
        assert "renamed" not in out
        assert "perhaps the same as x is" in out
        assert "perhaps the same as a was" in out

    @pytest.mark.parametrize("name", ["-", "changes", "changes.pdf"])
    def test_a_file_of_no_known_kind_is_refused(self, call: Call, schemes: Path, name: str) -> None:
        """Nothing is written."""
        done = call("diff", "small.toml", "next.toml", "-o", name, "--lang", "en")
        assert done.status == 2
        assert f'"{name}" ends in none of .txt, .md, .json: give --format' in done.err
        assert not (schemes / name).exists()

    def test_as_markdown(self, call: Call) -> None:
        """Text from a scheme is never read as Markdown."""
        assert call("diff", "small.toml", "next.toml", "--format", "md", "--lang", "en").out == (
            "**small → next; differences: 3**\n\n"
            "**c Item a**\n\n- renamed: a → c\n- of the total: 50 % → 100 %\n\n"
            "**b Item b**\n\n- no longer there: item below total; 50 % of the total\n"
        )

    @pytest.mark.parametrize("name", ["out.json", "out.md", "out.txt"])
    def test_into_a_file(self, call: Call, schemes: Path, name: str) -> None:
        """In the format that its name asks for; what is printed then is nothing."""
        kinds = {".json": "json", ".md": "md", ".txt": "text"}
        format = kinds[Path(name).suffix]
        printed = call("diff", "small.toml", "next.toml", "--format", format).out
        assert call("diff", "small.toml", "next.toml", "-o", name) == (0, "", "")
        assert (schemes / name).read_text("utf-8") == printed
        assert (name == "out.json") == (printed[0] == "{")

    def test_as_json(self, call: Call) -> None:
        """With the identities of both and a version of its own."""
        told = json.loads(call("diff", "small.toml", "next.toml", "--format", "json").out)
        assert (told["format"], told["version"]) == ("itakit-difference", 1)
        assert [told["old"]["id"], told["new"]["id"]] == ["small", "next"]
        assert [change["kind"] for change in told["changes"]] == ["renamed", "share", "retired"]

    def test_no_difference_is_no_failure(self, call: Call) -> None:
        """Either way the status is 0: the input is right."""
        assert call("diff", "small.toml", "small.toml", "--lang", "en") == (
            0,
            "small → small: no difference in meaning\n",
            "",
        )

    def test_what_is_wrong_with_either_is_told_at_once(self, call: Call, schemes: Path) -> None:
        """And once only. Warnings of a sound scheme are no concern here."""
        for name in ("x.toml", "y.toml"):
            (schemes / name).write_text("format = 2\n", "utf-8")
        done = call("diff", "x.toml", "y.toml", "--lang", "en")
        assert (done.status, done.out) == (1, "")
        assert {line.partition(":")[0] for line in done.err.splitlines()} == {"x.toml", "y.toml"}
        done = call("diff", "x.toml", "x.toml", "--lang", "en")
        assert len(done.err.splitlines()) == len({*done.err.splitlines()})

    def test_never_over_an_input(self, call: Call, schemes: Path) -> None:
        """By whatever name."""
        before = (schemes / "next.toml").read_text("utf-8")
        done = call("diff", "small.toml", "next.toml", "-o", "./next.toml", "--format", "text")
        assert done.status == 1
        assert (schemes / "next.toml").read_text("utf-8") == before
