"""The commands that make documents from a scheme, and the way back from the field."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

import itakit
from itakit.document.codebook import codebook
from itakit.document.fields import Fields
from tests.roof.calling import Call

ITA = itakit.find("ita_2565")


class TestDescribe:
    """ "`itakit describe SCHEME` writes the method document as Markdown and HTML." """

    def test_it_is_markdown_on_the_output(self, call: Call) -> None:
        """In the language asked for."""
        for lang in ("th", "en"):
            assert call("describe", "ita_2565", "--lang", lang) == (
                0,
                itakit.describe(ITA, lang),
                "",
            )

    @pytest.mark.parametrize(
        ("name", "options", "markup"),
        [
            ("a.md", (), "md"),
            ("a.html", (), "html"),
            ("a.HTM", (), "html"),
            ("a.txt", ("--format", "html"), "html"),
            ("a.html", ("--format", "md"), "md"),
        ],
    )
    def test_a_file_is_what_its_name_says_unless_an_option_does(
        self, call: Call, tmp_path: Path, name: str, options: tuple[str, ...], markup: str
    ) -> None:
        """Written whole."""
        assert call("describe", "ita_2565", "-o", name, *options) == (0, "", "")
        told = itakit.describe(ITA, "en", "html" if markup == "html" else "md")
        assert (tmp_path / name).read_text("utf-8") == told

    @pytest.mark.parametrize(
        ("words", "status", "told"),
        [
            (("describe", "small.toml", "-o", "a.pdf"), 2, '"a.pdf" does not end in .md or .html'),
            (("describe", "none.toml"), 1, "none.toml"),
            (("codebook", "small.toml", "-o", "a.txt"), 2, "does not end in .csv, .xlsx or .md"),
            (("codebook", "small.toml", "-o", "none/a.csv"), 1, "the file cannot be written"),
            (("questionnaire", "small.toml", "total", "-o", "a.csv"), 2, "does not end in .xlsx"),
            (("questionnaire", "small.toml", "a", "-o", "a.xlsx"), 1, "nothing stands below this"),
            (("questionnaire", "small.toml", "total"), 2, "Missing option"),
        ],
    )
    def test_a_wrong_call_is_told_and_writes_nothing(
        self, call: Call, tmp_path: Path, words: tuple[str, ...], status: int, told: str
    ) -> None:
        """In a sentence, with the status of its kind."""
        before = sorted(tmp_path.iterdir())
        done = call(*words)
        assert done.status == status
        assert told in done.err
        assert sorted(tmp_path.iterdir()) == before

    @pytest.mark.parametrize(
        "words",
        [
            ("describe", "small.md", "-o", "small.md"),
            ("codebook", "small.csv", "-o", "small.csv"),
            ("questionnaire", "small.xlsx", "total", "-o", "small.xlsx"),
        ],
    )
    def test_a_scheme_is_never_written_over(
        self, call: Call, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        """Whatever it is called."""
        text = (tmp_path / "small.toml").read_text("utf-8")
        (tmp_path / words[1]).write_text(text, "utf-8")
        done = call(*words)
        assert done.status == 1
        assert "input" in done.err
        assert (tmp_path / words[1]).read_text("utf-8") == text


class TestCodebook:
    """ "The codebook comes from the same file." """

    def test_it_is_written_in_three_formats(self, call: Call, tmp_path: Path) -> None:
        """CSV on the output, else what the name of the file says."""
        done = call("codebook", "ita_2565")
        assert done.out.encode() == codebook(ITA, "csv")
        assert call("codebook", "ita_2565", "-o", "a.md").status == 0
        assert (tmp_path / "a.md").read_bytes() == codebook(ITA, "md")
        assert call("codebook", "ita_2565", "-o", "a.xlsx").status == 0
        assert (tmp_path / "a.xlsx").read_bytes() == codebook(ITA, "xlsx")

    def test_a_workbook_does_not_go_to_a_terminal(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is no text."""
        import itakit.cli_describe

        class Terminal:
            def isatty(self) -> bool:
                return True

        class System:
            stdout = Terminal()

        monkeypatch.setattr(itakit.cli_describe, "sys", System)
        done = call("codebook", "ita_2565", "--format", "xlsx")
        assert done.status == 2
        assert "xlsx" in done.err


class TestQuestionnaire:
    """ "So that the exported data can be scored by `itakit score` without hand work." """

    def test_what_assessors_score_is_not_asked_and_the_command_says_so(self, call: Call) -> None:
        """A form for them is one that asks for nothing else."""
        text = (
            'format = 1\n[scheme]\nid = "mixed"\nrange = [0, 1]\n[aggregation]\nitem = "mean"\n'
            'part = "mean"\ntotal = "mean"\n[scale.n]\ngoalposts = [0, 1]\n'
            '[[part]]\ncode = "P"\nitem = [{ code = "a", scale = "n" }, "b"]\n'
            '[[part]]\ncode = "Q"\nitem = ["c"]\n'
        )
        Path("mixed.toml").write_text(text, "utf-8")
        asked = call("questionnaire", "mixed.toml", "total", "-o", "form.xlsx").out.splitlines()
        assert asked[0].startswith("form.xlsx: 1 questions; ")
        assert asked[1:] == ["not asked, as assessors score them and not respondents: b, c"]
        scored = call("questionnaire", "mixed.toml", "Q", "-o", "form.xlsx").out.splitlines()
        assert scored[0].startswith("form.xlsx: 1 questions; ")
        told = "the form is for assessors, as no item has a scale: send it once for each unit"
        assert scored[1:] == [told]
        thai = call("questionnaire", "mixed.toml", "total", "-o", "form.xlsx", "--lang", "th").out
        assert "เพราะผู้ประเมินเป็นผู้ให้คะแนน ไม่ใช่ผู้ตอบ: b, c" in thai

    @pytest.mark.parametrize("between", [None, "/", "-"])
    def test_what_a_platform_exports_is_scored_as_it_is(
        self, call: Call, tmp_path: Path, between: str | None
    ) -> None:
        """A form, answers under the names of its fields, and the scores that the codes give."""
        done = call("questionnaire", "ita_2565", "IIT", "-o", "form.xlsx")
        told = "score the answers with: itakit score ita_2565 FILE --unit unit"
        assert done == (0, f"form.xlsx: 51 questions; {told}\n", "")
        book = openpyxl.load_workbook(tmp_path / "form.xlsx")
        heads, *rows = book["survey"].iter_rows(values_only=True)
        kinds: dict[str, str] = {}
        path: list[str] = []
        for row in rows:
            kind, name = row[heads.index("type")], row[heads.index("name")]
            if kind == "begin_group":
                path.append(str(name))
            elif kind == "end_group":
                path.pop()
            else:
                own = [str(name)] if between is None else [*path, str(name)]
                kinds[(between or "").join(own)] = str(kind)
        lists: dict[str, list[str]] = {}
        for own, name, *_ in list(book["choices"].iter_rows(values_only=True))[1:]:
            lists.setdefault(f"select_one {own}", []).append(str(name))
        exported, plain = [], []
        codes = [node.code for node in ITA["IIT"].walk() if not node.children]
        for person in range(9):
            answers = [
                lists[kind][(person * 7 + k) % len(lists[kind])]
                for k, kind in enumerate(kinds.values())
                if kind != "text"
            ]
            exported.append(["2026-01-01", "Agency", *answers, f"uuid:{person}"])
            plain.append(["Agency", *answers])
        with (tmp_path / "export.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["_submission_time", *kinds, "_uuid"], *exported])
        with (tmp_path / "codes.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["unit", *codes], *plain])
        options = ("--keep", "_submission_time", "--respondent", "_uuid")
        tail = ("--unit", "unit", "--format", "csv")
        scored = call("score", "ita_2565", "export.csv", *options, *tail)
        assert scored.status == 0
        assert scored.out == call("score", "ita_2565", "codes.csv", *tail).out
        assert "Agency" in scored.out
        unknown = call("score", "ita_2565", "export.csv", *tail)
        assert unknown.status == 1
        assert "_submission_time" in unknown.err

    def test_a_field_and_its_code_are_one_item(self, call: Call, tmp_path: Path) -> None:
        """Both in one file are twice the same, and an error."""
        name = Fields.of(ITA).names["i1.1"]
        (tmp_path / "a.csv").write_text(f"unit,i1.1,{name}\nx,4,4\n", "utf-8")
        done = call("score", "ita_2565", "a.csv", "--unit", "unit")
        assert done.status == 1
        assert "i1_1: " in done.err
        assert '"i1.1"' in done.err
