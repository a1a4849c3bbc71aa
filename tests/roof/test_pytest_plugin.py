"""The pytest plugin, as a project sees it: pytest is started anew on files of that project.

A process of its own each time, because that is how the plugin is loaded: before anything else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SCHEME = """\
format = 1
scheme = { id = "small", range = [0, 100] }
aggregation = { item = "mean", total = "mean" }
item = ["a", "b"]
"""
CASES = """\
[[case]]
name = "รวมคะแนน"
evidence = { a = 1, b = 2 }
expect = { total = "1.50" }

[[case]]
name = "twice"
evidence = { a = 1, b = 3 }
expect = { total = "2.00" }

[[case]]
name = "twice"
evidence = { a = 1 }
expect_error = "b: missing"

[[case]]
name = "a::b\\n c"
evidence = { a = 1, b = 3 }
expect = { total = { from = 1.9, to = "2" } }
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a scheme and its cases, and nothing else."""
    (tmp_path / "small.toml").write_text(SCHEME, "utf-8")
    (tmp_path / "small.cases.toml").write_text(CASES, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    return tmp_path


def run(project: Path, *arguments: str, lang: str = "C.UTF-8") -> tuple[int, str]:
    """What pytest says in a project, without the time that it took."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:cov", *arguments],
        cwd=project,
        env={**os.environ, "LC_ALL": lang, "PYTEST_ADDOPTS": "", "COLUMNS": "200"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout.decode("utf-8") + done.stderr.decode("utf-8")


class TestEveryCaseIsATest:
    """ "A pytest plugin that collects them as tests, each case an item with a readable id."
    (issue 4, item 3)"""

    def test_a_case_is_an_item_by_its_name(self, project: Path) -> None:
        """In Thai as it stands; on one line, and no two of one id."""
        status, out = run(project, "--collect-only", "-q")
        assert (status, out.splitlines()[:4]) == (
            0,
            [
                "small.cases.toml::รวมคะแนน",
                "small.cases.toml::twice",
                "small.cases.toml::twice (2)",
                "small.cases.toml::a:b c",
            ],
        )

    @pytest.mark.parametrize(
        ("arguments", "passed"),
        [
            ((), 4),
            (("small.cases.toml",), 4),
            (("-k", "twice"), 2),
            (("-k", "รวม"), 1),
            (("small.cases.toml::รวมคะแนน",), 1),
            (("small.cases.toml::a:b c",), 1),
            (("-p", "xdist", "-n", "1"), 4),
            (("--doctest-modules", "-W", "error", "--strict-config", "--strict-markers"), 4),
        ],
    )
    def test_items_are_chosen_and_run_as_any_others(
        self, project: Path, arguments: tuple[str, ...], passed: int
    ) -> None:
        """By path, by id, by -k, and in other processes."""
        status, out = run(project, *arguments)
        assert status == 0, out
        assert f"{passed} passed" in out.splitlines()[-1]

    @pytest.mark.parametrize(
        ("lang", "text"),
        [
            ("C.UTF-8", 'case "twice": found 2.00, expected 2.01'),
            ("th_TH.UTF-8", 'กรณี "twice": ได้ 2.00 แต่ต้องเป็น 2.01'),
        ],
    )
    def test_a_case_that_does_not_hold_fails_in_words(
        self, project: Path, lang: str, text: str
    ) -> None:
        """With file, line and column, in the user's language, and no traceback."""
        file = project / "small.cases.toml"
        file.write_text(CASES.replace('"2.00"', '"2.01"'), "utf-8")
        status, out = run(project, lang=lang)
        place = f"{file}:9:12: case[1].expect.total: "
        assert (status, place + text in out, "Traceback" in out, ".py" in out) == (
            1,
            True,
            False,
            False,
        )
        assert "1 failed, 3 passed" in out
        assert f"{file.name}:6:" not in out.replace(place, "")

    def test_a_fault_of_itakit_keeps_its_traceback(self, project: Path) -> None:
        """It is no failure of the case."""
        (project / "conftest.py").write_text(
            "import itakit.cases\n\ndef fault(self, scheme, case):\n    raise KeyError('fault')\n\n"
            "itakit.cases.Cases.outcome = fault\n",
            "utf-8",
        )
        status, out = run(project)
        assert (status, "KeyError: 'fault'" in out) == (1, True)

    def test_a_case_knows_its_line(self, project: Path) -> None:
        """Editors jump to it: a skipped case is told with its place."""
        (project / "conftest.py").write_text(
            "import pytest\n\ndef pytest_collection_modifyitems(items):\n"
            "    print([item.location[1] for item in items])\n",
            "utf-8",
        )
        assert "[0, 5, 10, 15]" in run(project, "-s", "--collect-only")[1]


class TestWhateverIsBrokenFails:
    """ "Break a scheme or a case anywhere and a test fails." (issue 4, item 3)"""

    @pytest.mark.parametrize(
        ("file", "was", "now"),
        [
            ("small.toml", 'total = "mean"', 'total = "max"'),
            ("small.toml", 'item = ["a", "b"]', 'item = ["a", "b", "c"]'),
            ("small.toml", "[0, 100]", "[2, 100]"),
            ("small.toml", 'id = "small"', 'id = "small", missing = "skip"'),
            ("small.cases.toml", '"1.50"', '"1.51"'),
            ("small.cases.toml", '"b: missing"', '"a: missing"'),
            ("small.cases.toml", "{ a = 1 }", "{ a = 1, b = 1 }"),
            ("small.cases.toml", "{ a = 1, b = 2 }", "{ a = 2, b = 2 }"),
            ("small.cases.toml", 'from = 1.9, to = "2"', "from = 2.1"),
        ],
    )
    def test_the_command_and_the_plugin_tell_the_same(
        self, project: Path, file: str, was: str, now: str
    ) -> None:
        """Something fails, and each tells what the other does."""
        text = (project / file).read_text("utf-8")
        assert was in text
        (project / file).write_text(text.replace(was, now), "utf-8")
        status, out = run(project)
        done = subprocess.run(
            [sys.executable, "-m", "itakit", "test", "--cases-only", str(project / "small.toml")],
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            check=False,
        )
        lines = done.stdout.decode("utf-8").splitlines()
        assert (status, done.returncode) == (1, 1), out
        assert lines
        assert [line for line in lines if line not in out] == []


class TestAFileThatIsBroken:
    """ "A broken file or scheme is a collection error told in our own words." """

    @pytest.mark.parametrize(
        ("name", "text", "told"),
        [
            ("small.cases.toml", "x = 1\n" + CASES, "1:1: x: unknown key; known here: case"),
            ("small.toml", SCHEME + "itm = 1\n", '5:1: itm: unknown key; did you mean "item"?'),
            ("small.toml", "[scheme\n", "not TOML"),
        ],
    )
    def test_it_is_told(self, project: Path, name: str, text: str, told: str) -> None:
        """With its place, and no traceback."""
        (project / name).write_text(text, "utf-8")
        status, out = run(project)
        assert (status, str(project / name) in out, "Traceback" in out) == (2, True, False), out
        assert told in out
        assert "1 error" in out

    def test_a_file_that_was_named_needs_its_scheme(self, project: Path) -> None:
        """Whoever names a file wants it run."""
        (project / "small.toml").unlink()
        status, out = run(project, "small.cases.toml")
        assert "small.toml: the file cannot be read: no such file or directory" in out
        assert status == 2


class TestOtherProjects:
    """Who does not use it does not notice it."""

    def test_what_is_no_scheme_is_left_alone(self, project: Path) -> None:
        """Another tool's `x.cases.toml`, alone or beside an `x.toml` of its own."""
        for name in ("alone.cases.toml", "other.cases.toml", "deep/x.cases.toml"):
            (project / name).parent.mkdir(exist_ok=True)
            (project / name).write_text("anything", "utf-8")
        (project / "other.toml").write_text("[tool]\nschemes = 1\n# scheme = 2\n", "utf-8")
        (project / "deep" / "x.toml").mkdir()
        status, out = run(project)
        assert (status, out.splitlines()[-1].strip("= ").partition(" in ")[0]) == (0, "4 passed")

    @pytest.mark.parametrize("head", ["[scheme]", " [ scheme ]", "scheme = {", "scheme.id = 1"])
    def test_a_scheme_is_known_by_its_table(self, project: Path, head: str) -> None:
        """Broken as it may be otherwise: that is told."""
        (project / "small.toml").write_text(f"format = 1\n{head}\n", "utf-8")
        assert run(project)[0] == 2

    def test_it_can_be_switched_off(self, project: Path) -> None:
        """By a line in the project's settings."""
        (project / "pytest.ini").write_text("[pytest]\nitakit_cases = false\n", "utf-8")
        assert run(project)[0] == pytest.ExitCode.NO_TESTS_COLLECTED

    def test_loading_it_reads_nothing(self, project: Path) -> None:
        """Where there is no file of cases, not even what reads one."""
        (project / "small.cases.toml").unlink()
        (project / "test_it.py").write_text(
            "import sys\n\ndef test_it():\n"
            "    found = {m for m in sys.modules if m.partition('.')[0] in "
            "('itakit', 'cattrs', 'hypothesis')}\n"
            "    assert found <= {'itakit', 'itakit.pytest_plugin'} | {m for m in found if "
            "m.startswith('hypothesis')}\n",
            "utf-8",
        )
        status, out = run(project, "-p", "no:hypothesispytest")
        assert status == 0, out
        assert re.search("1 passed", out)
