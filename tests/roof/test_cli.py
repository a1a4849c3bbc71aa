"""The commands: what they print, where, and with which status."""

from __future__ import annotations

import json
import locale
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

import itakit
from itakit import Problem, Scheme, catalogue, cli, plugins
from itakit.__main__ import main as program
from itakit.language import system_language
from itakit.methods import BUILT_IN, Method
from itakit.testing import LawError
from itakit.wording import say
from tests.roof.calling import SCHEME, Call, clean, run

ROOT = Path(__file__).parents[2]
CHIANG_MAI = str(ROOT / "examples" / "chiang_mai_2564" / "summary_table.toml")


class TestScheme:
    """ "SCHEME is a path or an id." (design.md, section 6)"""

    def test_an_id_is_that_of_an_installed_scheme(self, call: Call, tmp_path: Path) -> None:
        """Whatever lies in the folder under that name."""
        (tmp_path / "ita_2565").mkdir()
        assert call("check", "ita_2565").status == 0
        (tmp_path / "ita_2565").rmdir()
        (tmp_path / "ita_2565").write_text("nothing")
        assert call("check", "ita_2565").status == 0

    @pytest.mark.parametrize("path", ["small.toml", "./small.toml", "./small", "SMALL", "s.txt"])
    def test_anything_else_is_a_path(self, call: Call, tmp_path: Path, path: str) -> None:
        """A folder's sign, an ending or a capital is enough."""
        (tmp_path / path).write_text(SCHEME, "utf-8")
        assert call("check", path) == (0, f"{path}: no problem found\n", "")

    def test_an_id_that_is_not_installed_may_be_a_file_here(self, call: Call) -> None:
        """Then that is what was meant."""
        none = "no scheme of this id is installed, and there is no such file"
        assert call("score", "small", "ab.json") == (
            1,
            "",
            f'small: {none}; did you mean "small.toml"?\n',
        )
        assert call("check", "smal").out == f"smal: {none}; installed: ita_2565\n"

    def test_a_folder_is_no_scheme(self, call: Call) -> None:
        """It is told as any file that cannot be read."""
        assert call("check", "./") == (1, "./: the file cannot be read: is a directory\n", "")

    def test_an_installed_scheme_has_the_id_that_its_file_is_called_by(
        self, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Every command holds to it."""
        entry = itakit.Installed("other", "pack", tmp_path / "small.toml")
        monkeypatch.setattr(catalogue, "survey", lambda: catalogue.Catalogue({"other": entry}, ()))
        for words in (("check", "other"), ("score", "other", "ab.json"), ("schemes",)):
            done = call(*words)
            assert done.status == 1
            assert 'expected "other", as its file is called' in done.out + done.err


class TestCheck:
    """ "every problem, `path:line:column: key: what was found, what was expected; hint`; exit 1 if
    any" """

    def test_every_problem_of_every_file_is_told(self, call: Call, tmp_path: Path) -> None:
        """One file does not hide another."""
        (tmp_path / "bad.toml").write_text(SCHEME.replace("range", "rang"), "utf-8")
        status, out, err = call("check", "bad.toml", "nothing", "none.toml", "small.toml")
        assert (status, err) == (1, "")
        lines = out.splitlines()
        assert lines[0].startswith("bad.toml:")
        assert "nothing: no scheme of this id is installed" in out
        assert "none.toml: the file cannot be read: no such file or directory" in out
        assert lines[-1] == "small.toml: no problem found"

    def test_warnings_stop_nothing_unless_asked_to(self, call: Call, tmp_path: Path) -> None:
        """`--strict` counts them as problems."""
        (tmp_path / "odd.toml").write_text(SCHEME.replace('th = "ข้อ ก", ', ""), "utf-8")
        plain, strict = call("check", "odd.toml"), call("check", "--strict", "odd.toml")
        assert (plain.status, strict.status) == (0, 1)
        assert plain.out == strict.out
        assert ": warning: " in plain.out
        assert call("check", "--strict", "small.toml").status == 0
        assert call("score", "odd.toml", "ab.json").status == 0

    def test_problems_are_told_in_thai(self, call: Call) -> None:
        """Where the option says so."""
        assert call("check", "small.toml", "--lang", "th").out == "small.toml: ไม่พบปัญหา\n"


class TestScore:
    """ "itakit score SCHEME FILE… [-o OUT] [--format table|json|csv|md]" """

    def test_the_unit_s_scores_are_printed(self, call: Call) -> None:
        """As a table where nothing else is asked for."""
        status, out, err = call("score", "small.toml", "ab.json")
        assert (status, err) == (0, "")
        assert out == (
            "Small: 15.00\n\n"
            "code   title   score  contributes\n"
            "total          15.00      15.0025\n"
            "  a    Item a  10.00            5\n"
            "  b    Item b  20.01      10.0025\n"
        )

    @pytest.mark.parametrize(
        ("words", "start"),
        [
            (["-o", "x.json"], "{"),
            (["-o", "x.CSV"], "\ufeffcode,"),
            (["-o", "x.md"], "**Small"),
            (["-o", "x.txt"], "Small"),
            (["-o", "x.txt", "--format", "json"], "{"),
            (["-o", "x", "--format", "csv"], "\ufeffcode,"),
            (["-o", "x.json", "--format", "table"], "Small"),
        ],
    )
    def test_the_file_s_name_tells_the_format(
        self, call: Call, tmp_path: Path, words: list[str], start: str
    ) -> None:
        """Unless the option does."""
        assert call("score", "small.toml", "ab.json", *words) == (0, "", "")
        assert (tmp_path / words[1]).read_bytes().decode().startswith(start)

    @pytest.mark.parametrize("output", ["x.xls", "x", ".json"])
    def test_a_name_that_tells_no_format_is_no_call(self, call: Call, output: str) -> None:
        """It is not silently a table, and nothing is read or written."""
        status, out, err = call("score", "none.toml", "ab.json", "-o", output)
        assert (status, out) == (2, "")
        known = ".json, .csv, .md, .txt, .parquet, .xlsx"
        assert f'"{output}" ends in none of {known}: give --format' in err
        assert not Path(output).exists()

    def test_the_formats_are_those_of_the_result(self, call: Call) -> None:
        """JSON reads as the record, CSV begins with a byte order mark."""
        record = json.loads(call("score", "small.toml", "ab.json", "--format", "json").out)
        assert record["score"] == "15.0025"
        assert call("score", "small.toml", "ab.json", "--format", "csv").out.startswith("\ufeff")
        assert call("score", "small.toml", "ab.json", "--format", "md").out.startswith("**")
        assert call("score", "small.toml", "ab.json", "--format", "xml").status == 2

    def test_no_input_is_written_over(self, call: Call, tmp_path: Path) -> None:
        """Neither the evidence nor the scheme, be it given by its id."""
        (tmp_path / "link.csv").symlink_to("ab.json")
        for output in ("ab.json", "link.csv", "small.toml"):
            done = call("score", "small.toml", "ab.json", "-o", output, "--format", "csv")
            assert done == (1, "", f"{output}: the output is one of the inputs\n")
        path = str(catalogue.locate("ita_2565").path)
        done = call("score", "ita_2565", CHIANG_MAI, "-o", path, "--format", "csv")
        assert done == (1, "", f"{path}: the output is one of the inputs\n")

    def test_what_is_wrong_with_the_evidence_is_told_in_the_language(self, call: Call) -> None:
        """On the error output, in every line the place."""
        Path("bad.csv").write_text("code,score\na,5%\nc,1\n", "utf-8")
        status, out, err = call("score", "small.toml", "bad.csv", "--lang", "th")
        assert (status, out) == (1, "")
        assert [line[:12] for line in err.splitlines()] == [
            "bad.csv:2: a",
            'bad.csv:3: "',
            "b: ขาดข้อมูล",
        ]

    def test_a_broken_scheme_is_told_before_the_evidence(self, call: Call) -> None:
        """Nothing can be said about evidence without it."""
        assert call("score", "ab.json", "ab.json").err.startswith("ab.json:1:")


class TestExplain:
    """ "itakit explain SCHEME FILE… [CODE]" """

    def test_the_whole_tree_or_one_node_is_explained(self, call: Call) -> None:
        """A last argument that is no evidence file is a code."""
        assert call("explain", "small.toml", "ab.json").out.startswith("Small: 15.00\n")
        assert call("explain", "small.toml", "ab.json", "a").out.startswith("Item a: 10.00\n")
        assert call("explain", "small.toml", "ab.json", "total", "--lang", "th").out.startswith(
            "เล็ก"
        )

    @pytest.mark.parametrize("code", ["aa", "b.ods"])
    def test_a_code_is_one_of_the_scheme(self, call: Call, code: str) -> None:
        """What was meant is told, and what the name of a file ends in."""
        status, out, err = call("explain", "small.toml", "ab.json", code)
        assert (status, out) == (1, "")
        assert err.startswith(
            f"{code}: the scheme small has no such code, and the name of a file ends in "
            ".toml, .json, .csv, .tsv, .txt, .parquet, .pq, .xlsx, .xlsm"
        )

    def test_a_file_is_a_file_whatever_the_scheme_calls_its_nodes(self, call: Call) -> None:
        """How its name ends decides, and nothing else."""
        Path("odd.toml").write_text(SCHEME.replace('"b"', '"b.csv"'), "utf-8")
        Path("b.csv").write_text("code,score\nb.csv,20\n", "utf-8")
        Path("a.json").write_text('{"a": 10}', "utf-8")
        assert call("explain", "odd.toml", "a.json", "b.csv").out.startswith("Small: 15.00")

    def test_one_argument_is_a_file(self, call: Call) -> None:
        """There is nothing to explain without evidence."""
        assert call("explain", "small.toml", "a") == (
            1,
            "",
            ("a: the file cannot be read: no such file or directory\n"),
        )


class TestTest:
    """ "itakit test SCHEME…: its golden cases and its laws" """

    CASES = '[[case]]\nname = "one"\nevidence = { a = 1, b = 2 }\nexpect = { total = "1.50" }\n'

    def test_cases_and_laws_are_tested(self, call: Call) -> None:
        """And counted."""
        Path("small.cases.toml").write_text(self.CASES, "utf-8")
        status, out, err = call("test", "small.toml")
        assert (status, err) == (0, "")
        first, reached, last = out.splitlines()
        assert first == "small.toml: 1 cases hold, 1 figures compared"
        assert reached == (
            "small.toml: cases reach items 2/2, answers 0/0, grades 0/0, "
            "conditions met and failed 0/0"
        )
        assert last.endswith(" laws hold")

    def test_what_no_case_reaches_is_told(self, call: Call) -> None:
        """On demand, in full."""
        text = self.CASES.replace("{ a = 1, b = 2 }", "{ total = 1.5 }")
        Path("small.cases.toml").write_text(text, "utf-8")
        status, out, _ = call("test", "small.toml", "--cases-only", "--reach", "--lang", "th")
        assert (status, out.splitlines()[2:]) == (
            0,
            ["small.toml: ไม่มีกรณีใดครอบคลุมข้อ 2 ข้อ (a, b)"],
        )

    def test_what_no_case_notices_is_told(self, call: Call) -> None:
        """In words; the status says so where a share is asked for."""
        Path("small.cases.toml").write_text(self.CASES, "utf-8")
        status, out, err = call("test", "small.toml", "--cases-only", "--mutations")
        lines = out.splitlines()[2:]
        assert (status, err) == (0, "")
        assert lines[:-1] == [
            f"small.toml: no case notices: {what}"
            for what in (
                "what it means that something of total is missing: error becomes skip",
                "what it means that something of total is missing: error becomes zero",
                "rounding: the mode half-up becomes half-even",
                "rounding: the mode half-up becomes down",
                "rounding: the mode half-up becomes up",
                "rounding: 2 places become 3",
                "rounding: 2 places become 1",
                "rounding: scores of the level item are carried rounded",
            )
        ]
        assert lines[-1] == (
            "small.toml: cases catch 2 of 10 mutations, 20.0 %; "
            "not counted, as no file could declare them: 0"
        )
        options = ("--cases-only", "--mutations", "--at-least")
        assert call("test", "small.toml", *options, "20").status == 0
        status, out, _ = call("test", "small.toml", *options, "21")
        assert (status, out.splitlines()[-1]) == (
            1,
            "small.toml: fewer than 21 % of the mutations are caught",
        )

    def test_a_share_is_asked_of_cases_that_are_there(self, call: Call) -> None:
        """Without any, none of the mutations are caught; without mutations, there is no share."""
        options = ("--cases-only", "--mutations", "--at-least")
        status, out, _ = call("test", "small.toml", *options, "1")
        assert (status, out.splitlines()[-1]) == (
            1,
            "small.toml: fewer than 1 % of the mutations are caught",
        )
        assert call("test", "small.toml", *options, "0").status == 0
        assert call("test", "small.toml", "--at-least", "1").status == 2

    def test_the_laws_may_be_left_out(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        """Then the extra for them is not needed."""
        monkeypatch.setitem(sys.modules, "itakit.testing", None)
        assert call("test", "small.toml", "--cases-only") == (
            0,
            "small.toml: there are no cases: no file small.cases.toml beside the scheme\n",
            "",
        )

    def test_everything_that_does_not_hold_is_told(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of every scheme: cases, laws, and files that cannot be read."""

        def laws(scheme: Scheme) -> Sequence[str]:
            if scheme.id == "small":
                says = say("law-broken", law="x", reason="y")
                raise LawError([Problem(says, key="total")])
            return ["one law"]

        monkeypatch.setattr(cli, "law_checker", lambda: laws)
        Path("small.cases.toml").write_text(self.CASES.replace("1.50", "1.51"), "utf-8")
        Path("other.toml").write_text(SCHEME.replace('"small"', '"other"'), "utf-8")
        Path("other.cases.toml").write_text("x = 1\n" + self.CASES, "utf-8")
        status, out, err = call("test", "none.toml", "small.toml", "other.toml", "nothing")
        assert (status, err) == (1, "")
        assert out.splitlines() == [
            "none.toml: the file cannot be read: no such file or directory",
            'small.cases.toml:4:12: case[0].expect.total: case "one": found 1.50, expected 1.51',
            'small.toml: total: the law "x" does not hold: y',
            "other.toml: 1 laws hold",
            "other.cases.toml:1:1: x: unknown key; known here: case",
            (
                "nothing: no scheme of this id is installed, and there is no such file; "
                "installed: ita_2565"
            ),
        ]

    def test_without_hypothesis_the_call_is_wrong(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing is tested by half."""

        def missing() -> None:
            raise ModuleNotFoundError("no", name="hypothesis")

        monkeypatch.setattr(cli, "law_checker", missing)
        status, out, err = call("test", "small.toml", "--lang", "th")
        assert (status, out) == (2, "")
        assert 'pip install "itakit[testing]"' in err

    def test_another_missing_module_is_a_fault(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is not told to be the extra."""

        def missing() -> None:
            raise ModuleNotFoundError("no", name="another")

        monkeypatch.setattr(cli, "law_checker", missing)
        assert call("test", "small.toml").status == 1


class TestSchemesAndSchema:
    """ "itakit schemes: what is installed, and from which package" """

    def test_what_is_installed_is_listed(self, call: Call) -> None:
        """With the package that has brought it."""
        status, out, err = call("schemes")
        assert (status, err) == (0, "")
        head, row = out.splitlines()
        assert head.split() == ["id", "version", "package", "title"]
        assert row.split()[:3] == ["ita_2565", itakit.find("ita_2565").version, "itakit"]
        assert "แพ็กเกจ" in call("schemes", "--lang", "th").out

    def test_what_is_broken_is_told_after_the_rest(
        self, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The list is whole, and the status tells."""
        Path("bad.toml").write_text("format = 2\n", "utf-8")
        entries = {
            name: itakit.Installed(name, "pack", tmp_path / f"{name}.toml")
            for name in ("bad", "small")
        }
        problem = Problem(say("no-folder"), key="point")
        found = catalogue.Catalogue(entries, (problem,))
        monkeypatch.setattr(catalogue, "survey", lambda: found)
        status, out, err = call("schemes")
        assert status == 1
        assert [line.split() for line in out.splitlines()[1:]] == [
            ["bad", "—", "pack", "—"],
            ["small", "—", "pack", "Small"],
        ]
        assert err.startswith("point: ")
        assert f"{tmp_path}/bad.toml:" in err

    def test_the_schema_is_json(self, call: Call) -> None:
        """For an editor to read."""
        assert json.loads(call("schema").out) == itakit.json_schema()

    def test_the_schema_knows_the_methods_that_are_installed(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And the call fails, as that for schemes does, where one of them is broken."""
        brought = (*BUILT_IN.values(), Method("brought", max))
        wrong = Problem(say("not-a-method"), key="point")
        monkeypatch.setattr(plugins, "methods", lambda: (brought, (wrong,)))
        status, out, err = call("schema")
        assert (status, err.partition(": ")[0]) == (1, "point")
        assert json.loads(out) == itakit.json_schema(brought)


class TestLanguage:
    """ "--lang th and --lang en choose the language; without it the system's is taken." """

    @pytest.mark.parametrize(
        ("environment", "lang"),
        [
            ({"LANG": "th_TH.UTF-8"}, "th"),
            ({"LANG": "th"}, "th"),
            ({"LANG": "en_US.UTF-8"}, "en"),
            ({"LANG": "de_DE"}, "en"),
            ({"LANG": "en_US", "LC_MESSAGES": "th_TH"}, "th"),
            ({"LANG": "th_TH", "LC_ALL": "C"}, "en"),
            ({"LANG": "th_TH", "LC_ALL": ""}, "th"),
            ({}, "en"),
        ],
    )
    def test_the_environment_tells(
        self, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], lang: str
    ) -> None:
        """LC_ALL before LC_MESSAGES before LANG."""
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(locale, "getlocale", lambda: (None, None))
        assert system_language() == lang

    def test_where_the_environment_is_silent_the_system_tells(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As on Windows."""
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(locale, "getlocale", lambda: ("Thai_Thailand", "874"))
        assert system_language() == "th"

    def test_an_option_comes_before_the_environment(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In what is printed and in what is told to be wrong."""
        monkeypatch.setenv("LANG", "th_TH.UTF-8")
        assert "ไม่พบปัญหา" in call("check", "small.toml").out
        assert "no problem" in call("check", "small.toml", "--lang", "en").out
        assert "อ่านไฟล์ไม่ได้" in call("score", "none.toml", "ab.json").err
        assert "cannot be read" in call("score", "none.toml", "ab.json", "--lang", "en").err
        assert call("check", "small.toml", "--lang", "de").status == 2


class TestStatus:
    """ "Exit status: 0 done, 1 the input is wrong, 2 the call is wrong." """

    @pytest.mark.parametrize(
        "words",
        [
            ["nothing"],
            ["score"],
            ["score", "x"],
            ["check"],
            ["check", "--nothing", "x"],
            ["schema", "x"],
        ],
    )
    def test_a_wrong_call_is_told(self, call: Call, words: list[str]) -> None:
        """With how it is used."""
        status, out, err = call(*words)
        assert (status, out) == (2, "")
        assert err.startswith("Usage: itakit")

    @pytest.mark.parametrize("words", [["--help"], ["-h"], ["score", "-h"], ["--version"]])
    def test_help_is_no_error(self, call: Call, words: list[str]) -> None:
        """It goes to the output."""
        status, out, err = call(*words)
        assert (status, err) == (0, "")
        assert "itakit" in out

    def test_the_help_tells_a_file_from_a_code(self, call: Call) -> None:
        """And a path from an id."""
        assert ".csv" in call("explain", "--help").out
        assert "digits" in call("--help").out

    def test_without_click_the_extra_is_missing(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The call is wrong, and what to install is told."""
        monkeypatch.delitem(sys.modules, "itakit.cli")
        monkeypatch.delattr(itakit, "cli", raising=False)
        monkeypatch.setitem(sys.modules, "click", None)
        status, out, err = call("schema")
        assert (status, out) == (2, "")
        assert 'pip install "itakit[cli]"' in err

    def test_a_fault_of_itakit_is_a_sentence(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With the kind of exception, and how to get the traceback; no traceback without it."""

        def fault(*_: object) -> None:
            raise ZeroDivisionError("by\nzero")

        monkeypatch.setattr(cli, "json_schema", fault)
        assert call("schema") == (
            1,
            "",
            (
                "this is a fault in itakit, not in your files: ZeroDivisionError: by\\u000azero; "
                "please report it with what ITAKIT_TRACEBACK=1 shows\n"
            ),
        )
        monkeypatch.setenv("ITAKIT_TRACEBACK", "1")
        monkeypatch.setattr(sys, "argv", ["itakit", "schema"])
        with pytest.raises(ZeroDivisionError):
            program()

    @pytest.mark.parametrize("place", ["command", "import"])
    def test_an_interrupt_is_silent(
        self, call: Call, monkeypatch: pytest.MonkeyPatch, place: str
    ) -> None:
        """Wherever it happens; the status is the shell's for it."""

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(cli, "json_schema" if place == "command" else "run", interrupt)
        status, out, err = call("schema")
        assert (status, out, err.strip()) == (130, "", "")

    def test_a_click_error_keeps_its_status(
        self, call: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As click has it."""

        def fault(*_: object) -> None:
            raise click.ClickException("no")

        monkeypatch.setattr(cli, "json_schema", fault)
        assert call("schema") == (1, "", "Error: no\n")


class TestProgram:
    """The program as a shell runs it."""

    def test_thai_goes_through_a_pipe(self) -> None:
        """Whatever the locale."""
        for environment in ({"LANG": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}):
            done = run("score", "ita_2565", CHIANG_MAI, "--lang", "th", **environment)
            assert (done.returncode, done.stderr) == (0, b"")
            assert "คุณธรรม" in done.stdout.decode()

    def test_an_encoding_without_thai_crashes_nothing(self) -> None:
        """What cannot be shown becomes a question mark."""
        done = run("score", "ita_2565", CHIANG_MAI, "--lang", "th", PYTHONIOENCODING="cp1252")
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"94.99" in done.stdout
        done = run("score", "ita_2565", "none.csv", "--lang", "th", PYTHONIOENCODING="cp1252")
        assert done.returncode == 1
        assert done.stderr.startswith(b"none.csv: ???")

    def test_a_reader_that_goes_away_is_no_error_of_ours(self) -> None:
        """`itakit schema | head -1`: no traceback, and a shell's status for it."""
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            [sys.executable, "-m", "itakit", "schema"],
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(write)
        assert (done.returncode, done.stderr) == (141, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
    def test_an_output_that_takes_no_more_is_told(self) -> None:
        """A full disk behind the shell's redirection."""
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "itakit", "schema"],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                env=clean({}),
            )
        assert done.returncode == 1
        assert done.stderr == b"<stdout>: the file cannot be written: no space left on device\n"

    def test_ctrl_c_ends_it_without_a_traceback(self, tmp_path: Path) -> None:
        """While it waits for a file."""
        pipe = tmp_path / "slow.json"
        os.mkfifo(pipe)
        with (
            subprocess.Popen(
                [sys.executable, "-m", "itakit", "score", "ita_2565", str(pipe)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            ) as process,
            pipe.open("wb"),
        ):  # opens when the program reads
            time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err.strip()) == (130, b"", b"")
