"""`itakit new`: what it makes works before anything is changed, and is made whole or not at all.

That its packages install, and pass their tests by the commands in their READMEs, in an environment
of their own, is checked in `.ci/run`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import itakit
from itakit import plugins
from itakit.notation.jsonschema import json_schema
from itakit.scaffold import Scaffold
from itakit.text import printable
from itakit.wording import say
from tests.roof.calling import Call

ROOT = Path(__file__).parents[2]
EXAMPLES = {
    "scheme_package/district_office": [
        "--title-th=การให้บริการและการเปิดเผยข้อมูลของสำนักงานเขต",
        "--title-en=Service and openness of a district office",
    ],
    "method_package/olympic-mean": [
        "--method",
        "--title-th=ค่าเฉลี่ยแบบตัดคะแนนต่ำสุดและสูงสุด",
        "--title-en=The mean without the lowest and the highest score",
    ],
}
"""The packages among the examples, and the options that they were made with."""
TAKEN = "choose another name\n"
Install = Callable[[Path], None]


def contents(folder: Path) -> dict[str, str]:
    """The files of a folder by their paths; what tools leave behind is none of it."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes().decode()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not {"__pycache__", ".hypothesis", ".pytest_cache"} & {*file.parts}
    }


def project(folder: Path) -> dict[str, Any]:
    """The project table of a package."""
    table: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    return table


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a made package on Python's path, with the metadata that an installer would write."""

    def put(folder: Path) -> None:
        table = project(folder)
        info = folder / "src" / f"{table['name'].replace('-', '_')}-0.1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {table['name']}\n")
        points = "".join(
            f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in named.items())
            for group, named in table["entry-points"].items()
        )
        (info / "entry_points.txt").write_text(points)
        monkeypatch.syspath_prepend(folder / "src")
        # The tests of a package run the command line in processes of their own.
        monkeypatch.setenv("PYTHONPATH", str(folder / "src"))
        plugins.method.cache_clear()

    known = set(sys.modules)
    yield put
    plugins.method.cache_clear()
    for name in set(sys.modules) - known:
        if name.partition(".")[0] in ("rank_mean", "olympic_mean"):
            del sys.modules[name]


@pytest.fixture
def unclaimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the examples' names free, as somebody who works on itakit may have installed them."""
    monkeypatch.setattr(Scaffold, "problems", lambda _: ())


def own_tests(folder: Path) -> str:
    """What a package's own tests say, run where they stand."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTEST_ADDOPTS": ""},
    )
    return done.stdout


class TestASchemePackage:
    """ "Makes an installable scheme package." (issue 4, item 4)"""

    def test_its_files_and_the_next_two_commands_are_told(self, call: Call, tmp_path: Path) -> None:
        """In the language of the user."""
        commands = '  python -m pip install -e ".[test]"\n  python -m pytest\n'
        assert call("new", "our_town") == (
            0,
            (
                "our_town: a scheme package, 12 files\n"
                "next, in a virtual environment in which itakit is installed:\n"
                f"  cd our_town\n{commands}"
                "what stands where, and how to make it yours: our_town/README.md\n"
            ),
            "",
        )
        assert len(contents(tmp_path / "our_town")) == 12
        (tmp_path / "a place").mkdir()
        status, out, err = call("new", "our_town", "-C", "a place", "--lang", "th")
        assert (status, err) == (0, "")
        assert out.startswith("a place/our_town: ชุดหลักเกณฑ์ 12 ไฟล์\n")
        assert f"  cd 'a place/our_town'\n{commands}" in out
        assert out.endswith(": a place/our_town/README.th.md\n")

    @pytest.mark.parametrize("name", ["our_town", "our-town-2"])
    def test_it_passes_its_own_tests(
        self, call: Call, tmp_path: Path, install: Install, name: str
    ) -> None:
        """The scheme is found by its id, has no problem, and its cases and laws hold."""
        call("new", name)
        folder = tmp_path / name
        install(folder)
        package = name.replace("-", "_")
        assert itakit.available()[name].path == folder / "src" / package / f"{name}.toml"
        assert call("check", "--strict", name).out.endswith(": no problem found\n")
        assert ": 8 cases hold, 20 figures compared\n" in call("test", "--cases-only", name).out
        assert "10 passed" in own_tests(folder)
        assert call("score", name, f"{name}/answers.toml").out.startswith(
            itakit.find(name).title["en"]
        )

    def test_a_wrong_weight_fails_its_tests_with_the_place(
        self, call: Call, tmp_path: Path, install: Install
    ) -> None:
        """The error is itakit's own, and not a failed comparison of the test."""
        call("new", "our_town")
        install(tmp_path / "our_town")
        file = tmp_path / "our_town" / "src" / "our_town" / "our_town.toml"
        file.write_text(re.sub("weight( +)= 60", r"weight\1= 50", file.read_text("utf-8")), "utf-8")
        said = own_tests(tmp_path / "our_town")
        assert f"{file}:95:1: survey[1].weight: the weights of the 2 nodes" in said
        assert "1 error during collection" in said

    @pytest.mark.parametrize(
        ("rule", "other"),
        [
            (r"score = 25\b", "score = 24"),
            (r"score = 50\b", "score = 51"),
            (r"score = 75\b", "score = 74"),
            (r"score = 0\b", "score = 1"),
            (r"score = 100\b", "score = 99"),
            (r', scale = "degree_reversed"', ""),
            (r'not_applicable = \["9"\]', 'not_applicable = ["8"]'),
            (r"from     = 80", "from     = 79.99"),
            (r"from     = 80", "from     = 80.01"),
            (r"from     = 60", "from     = 59.99"),
            (r"from     = 60", "from     = 60.01"),
            (r"survey = 60 }", "survey = 59.99 }"),
            (r"survey = 60 }", "survey = 60.01 }"),
            (r"survey = 60 }", "visitors = 60 }"),
            (r"weight     = 60((?s:.*))weight   = 40", r"weight     = 59\1weight   = 41"),
            (r"weight = 50(.*\n.*)weight = 30", r"weight = 49\1weight = 31"),
            (r"weight = 30(.*\n.*)weight = 20", r"weight = 31\1weight = 19"),
            (r'item      = "mean"', 'item      = "median"'),
            (r'indicator = "mean"', 'indicator = "min"'),
            (r'survey    = "mean"', 'survey    = "max"'),
            (r'total     = "weighted-mean"', 'total     = "geometric-mean"'),
            (r'missing  = "error"', 'missing  = "skip"'),
            (r'mode = "half-up"', 'mode = "down"'),
        ],
    )
    def test_a_change_of_its_meaning_is_caught_by_its_cases(
        self, call: Call, tmp_path: Path, rule: str, other: str
    ) -> None:
        """The cases teach what cases are for."""
        call("new", "our_town")
        file = tmp_path / "our_town" / "src" / "our_town" / "our_town.toml"
        text, n = re.subn(rule, other, file.read_text("utf-8"), count=1)
        assert n == 1
        file.write_text(text, "utf-8")
        assert call("check", str(file)).status == 0
        assert call("test", "--cases-only", str(file)).status == 1

    def test_its_editor_has_the_notation(self, call: Call, tmp_path: Path) -> None:
        """The first line of the scheme leads to the schema, which is this version's."""
        call("new", "our_town")
        file = tmp_path / "our_town" / "src" / "our_town" / "our_town.toml"
        first = file.read_text("utf-8").splitlines()[0]
        schema = file.parent / first.removeprefix("#:schema ")
        assert json.loads(schema.read_text("utf-8")) == json_schema()
        assert schema.read_text("utf-8") == call("schema").out


class TestAMethodPackage:
    """ "Aggregation plugins likewise, with the laws they declare." (issue 4, item 4)"""

    def test_it_passes_its_own_tests(self, call: Call, tmp_path: Path, install: Install) -> None:
        """The method is found by its name, and its laws hold."""
        assert call("new", "rank-mean", "--method").out.startswith(
            "rank-mean: a method package, 11 files\n"
        )
        folder = tmp_path / "rank-mean"
        install(folder)
        found = plugins.method("rank-mean")
        assert found is not None
        assert found.laws >= {"internal", "monotone", "affine"}
        assert "8 passed" in own_tests(folder)

    @pytest.mark.parametrize("law", ["replication", "linear"])
    def test_a_law_that_it_does_not_keep_fails_its_tests(
        self, call: Call, tmp_path: Path, install: Install, law: str
    ) -> None:
        """The law is told, with the scores on which it fails."""
        call("new", "rank-mean", "--method")
        folder = tmp_path / "rank-mean"
        file = folder / "src" / "rank_mean" / "method.py"
        file.write_text(file.read_text("utf-8").replace("laws={", f'laws={{"{law}",'), "utf-8")
        install(folder)
        said = own_tests(folder)
        assert say(f"law-{law}").text() in said
        assert "1 failed, 7 passed" in said


class TestEitherPackage:
    """ "A README in Thai and English, CI, …, by the two commands in its README." """

    @pytest.fixture(params=["scheme", "method"])
    def made(self, request: pytest.FixtureRequest) -> Scaffold:
        return Scaffold(request.param, "our-thing", {"th": "ชื่อ", "en": 'A "good" \\ name <b>'})

    def test_the_first_commands_of_both_readmes_are_the_two(self, made: Scaffold) -> None:
        """And those that the command itself tells."""
        for readme in ("README.md", "README.th.md"):
            block = re.search(r"```sh\n(.*?)```", made.files()[readme], re.DOTALL)
            assert block is not None
            assert block[1] == 'python -m pip install -e ".[test]"\npython -m pytest\n'

    def test_a_readme_names_every_file_that_a_user_changes(self, made: Scaffold) -> None:
        """And none that is not there."""
        files = made.files()
        for readme in ("README.md", "README.th.md"):
            rows = re.findall(r"^\| `(.+?)` \|", files[readme], re.MULTILINE)
            told = {"README.md", "README.th.md", "LICENSE", ".gitignore", *rows}
            assert {path for path in files if not path.endswith("__init__.py")} == told

    def test_titles_stand_in_every_file_as_they_were_given(self, made: Scaffold) -> None:
        """Whatever characters they have; Markdown shows them and reads nothing into them."""
        files = made.files()
        assert files["README.md"].startswith('# A "good" \\\\ name \\<b\\>\n')
        assert files["README.th.md"].startswith("# ชื่อ\n")
        assert tomllib.loads(files["pyproject.toml"])["project"]["description"] == made.titles["en"]
        if made.kind == "scheme":
            scheme = itakit.loads(files["src/our_thing/our-thing.toml"])
            assert (scheme.title["th"], scheme.title["en"]) == ("ชื่อ", 'A "good" \\ name <b>')

    def test_without_titles_the_name_serves(self, call: Call, tmp_path: Path) -> None:
        """In words."""
        call("new", "our_town-hall", "--title-th", " เทศบาล ")
        text = (tmp_path / "our_town-hall/src/our_town_hall/our_town-hall.toml").read_text("utf-8")
        title = itakit.loads(text).title
        assert (title["th"], title["en"]) == ("เทศบาล", "Our town hall")

    def test_it_asks_for_the_itakit_that_made_it(self, made: Scaffold) -> None:
        """What is installed is enough, so nothing of it is fetched."""
        table = tomllib.loads(made.files()["pyproject.toml"])["project"]
        assert table["dependencies"] == [f"itakit>={itakit.__version__}"]
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        assert {"cli", "testing"} <= set(extras["optional-dependencies"])
        assert table["optional-dependencies"] == {"test": ["itakit[cli,testing]"]}

    def test_its_ci_runs_on_every_python_of_itakit(self, made: Scaffold) -> None:
        """Those that itakit says it supports."""
        text = made.files()[".github/workflows/test.yml"]
        classifiers = project(ROOT)["classifiers"]
        versions = [c.rpartition(" ")[2] for c in classifiers if re.search(r":: 3\.\d+$", c)]
        assert f"python: {json.dumps(versions)}\n" in text
        assert "python-version: ${{ matrix.python }}\n" in text
        assert 'run: python -m pip install "$ITAKIT"\n' in text
        for command in ('pip install -e ".[test]"', "itakit check --strict", "pytest"):
            assert f"- run: python -m {command}" in text


class TestNames:
    """ "NAME is checked." """

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("My Town", "my_town"),
            ("2565_ita", "ita"),
            ("our__town", "our_town"),
            ("our_town_", "our_town"),
            ("../town", "town"),
            ("a/b", "a_b"),
            ("Town.toml", "town_toml"),
            ("x\n", "x"),
        ],
    )
    def test_a_name_is_an_id_that_a_package_can_have(
        self, call: Call, tmp_path: Path, name: str, meant: str
    ) -> None:
        """What was probably meant is told, and nothing is made."""
        before = contents(tmp_path)
        status, out, err = call("new", "--", name)
        assert (status, out) == (1, "")
        assert err == (
            f"NAME: {printable(name)} cannot name a package, "
            "expected a to z and 0 to 9, a letter first, and single _ or - between words; "
            f'did you mean "{meant}"?\n'
        )
        assert contents(tmp_path) == before

    @pytest.mark.parametrize("name", ["", "ก", "42", "___"])
    def test_where_nothing_can_be_guessed_nothing_is(self, call: Call, name: str) -> None:
        """The rule is told all the same."""
        done = call("new", name)
        assert done.status == 1
        assert done.err.endswith("single _ or - between words\n")

    def test_a_method_is_written_with_hyphens(self, call: Call) -> None:
        """As those that are built in."""
        assert 'did you mean "top-two"?' in call("new", "--method", "Top two").err

    @pytest.mark.parametrize("name", ["tests", "class", "con", "com1", "nul"])
    def test_a_name_that_means_something_else_is_refused(self, call: Call, name: str) -> None:
        """A keyword cannot be imported, and Windows has no such folder."""
        says = f'NAME: "{name}" means something else to Python, to its tests or to Windows'
        assert call("new", name) == (1, "", f"{says}; {TAKEN}")

    @pytest.mark.parametrize("name", ["json", "pytest", "winreg", "pip", "itakit"])
    def test_a_module_of_the_name_would_stand_in_its_way(self, call: Call, name: str) -> None:
        """Python's own, on whatever system, and those of packages."""
        says = f"NAME: there is a Python module {name} already"
        assert call("new", name) == (1, "", f"{says}; {TAKEN}")

    @pytest.mark.parametrize("name", ["hatchling", "python-flint", "markdown_it_py"])
    def test_a_distribution_of_the_name_would_be_replaced(self, call: Call, name: str) -> None:
        """What itakit and the package itself need, whether it is installed or not."""
        says = f"NAME: there is a distribution {name.replace('_', '-')} already"
        assert call("new", name) == (1, "", f"{says}; {TAKEN}")

    def test_a_folder_of_the_name_on_pythons_path_is_no_module(
        self, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Python takes any folder for a package if it finds no better one."""
        (tmp_path / "path" / "our_town").mkdir(parents=True)
        monkeypatch.syspath_prepend(tmp_path / "path")
        assert find_spec("our_town") is not None
        assert call("new", "our_town").status == 0

    def test_an_id_that_is_installed_is_told(
        self, call: Call, tmp_path: Path, install: Install
    ) -> None:
        """With the package that has brought it."""
        says = "a scheme ita_2565 is installed already, by the package itakit"
        assert call("new", "ita_2565") == (1, "", f"NAME: {says}; {TAKEN}")
        call("new", "our_town")
        install(tmp_path / "our_town")
        (tmp_path / "other").mkdir()
        says = "a scheme our_town is installed already, by the package our-town"
        assert call("new", "our_town", "-C", "other").err == f"NAME: {says}; {TAKEN}"
        assert not list((tmp_path / "other").iterdir())

    def test_an_id_that_packages_quarrel_about_is_told(
        self, call: Call, tmp_path: Path, install: Install
    ) -> None:
        """With both."""
        for name in ("one", "two"):
            call("new", name)
            source = tmp_path / name / "src" / name / f"{name}.toml"
            source.rename(source.with_name("both.toml"))
            install(tmp_path / name)
        done = call("new", "both")
        assert done.status == 1
        assert "one and two" in done.err

    def test_a_method_that_there_is_is_told(
        self, call: Call, tmp_path: Path, install: Install
    ) -> None:
        """A built-in one, and one of a package; a scheme may be called like one."""
        says = "there is a method median already, of the package itakit"
        assert call("new", "--method", "median") == (1, "", f"NAME: {says}; {TAKEN}")
        assert call("new", "median").status == 0
        assert call("new", "--method", "rank-mean").status == 0
        install(tmp_path / "rank-mean")
        says = "there is a method rank-mean already, of the package rank-mean"
        assert call("new", "--method", "rank-mean").err == f"NAME: {says}; {TAKEN}"

    def test_all_that_is_wrong_is_told_at_once(self, call: Call, tmp_path: Path) -> None:
        """The name and both titles."""
        status, out, err = call("new", "A", "--title-th", " ", "--title-en", "two\nlines")
        assert (status, out) == (1, "")
        assert [line.partition(":")[0] for line in err.splitlines()] == [
            "--title-en",
            "--title-th",
            "NAME",
        ]
        assert '--title-th: " " is no title, expected one line of text\n' in err
        assert not (tmp_path / "A").exists()

    def test_an_empty_title_is_no_title(self, call: Call) -> None:
        """It is not silently one that was not given."""
        says = '--title-en: "" is no title, expected one line of text\n'
        assert call("new", "our_town", "--title-en", "") == (1, "", says)


class TestAFolderIsMadeWholeOrNotAtAll:
    """ "An existing folder is never overwritten; the whole folder is written or nothing." """

    THERE = (
        "our_town: it is there already, and nothing is written over it; "
        "choose another name, or another place with --folder\n"
    )

    @pytest.mark.parametrize("kind", ["full", "file", "link", "link to nothing"])
    def test_what_is_there_is_left_alone(self, call: Call, tmp_path: Path, kind: str) -> None:
        """A folder with something in it, a file, a link."""
        target = tmp_path / "our_town"
        if kind == "full":
            target.mkdir()
            (target / ".hidden").write_text("mine")
        elif kind == "file":
            target.write_text("mine")
        else:
            target.symlink_to(tmp_path if kind == "link" else tmp_path / "nothing")
        before = sorted(tmp_path.iterdir()), contents(tmp_path)
        assert call("new", "our_town") == (1, "", self.THERE)
        assert (sorted(tmp_path.iterdir()), contents(tmp_path)) == before

    def test_an_empty_folder_is_filled(self, call: Call, tmp_path: Path) -> None:
        """As one makes it before one knows what for."""
        (tmp_path / "our_town").mkdir()
        assert call("new", "our_town").status == 0
        assert len(contents(tmp_path / "our_town")) == 12

    @pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(28, "No space left")])
    def test_what_is_interrupted_leaves_nothing(
        self,
        call: Call,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        failure: BaseException,
    ) -> None:
        """Ctrl-C among the files, or a disk that is full."""
        write, written = Path.write_text, []

        def fail(path: Path, *arguments: Any, **options: Any) -> int:
            written.append(path)
            if len(written) == 5:
                raise failure
            return write(path, *arguments, **options)

        before = sorted(tmp_path.iterdir())
        monkeypatch.setattr(Path, "write_text", fail)
        done = call("new", "our_town")
        assert done.status == (130 if isinstance(failure, KeyboardInterrupt) else 1)
        assert done.out == ""
        if isinstance(failure, OSError):
            assert done.err == "our_town: the file cannot be written: no space left on device\n"
        assert len(written) == 5
        assert sorted(tmp_path.iterdir()) == before

    def test_a_place_that_is_not_there_is_not_made(self, call: Call, tmp_path: Path) -> None:
        """It is more likely misspelt."""
        says = "the file cannot be written: no such file or directory"
        advice = "make it first, or name another with -C"
        assert call("new", "our_town", "-C", "no") == (1, "", f"no: {says}; {advice}\n")
        assert not (tmp_path / "no").exists()
        status, out, err = call("new", "our_town", "-C", "small.toml")
        assert (status, out) == (1, "")
        assert err == "small.toml/our_town: the file cannot be written: not a directory\n"

    def test_its_files_have_the_usual_rights_and_line_ends(
        self, call: Call, tmp_path: Path
    ) -> None:
        """As if the user had made them."""
        (tmp_path / "plain").mkdir()
        call("new", "our_town")
        assert (tmp_path / "our_town").stat().st_mode == (tmp_path / "plain").stat().st_mode
        for text in contents(tmp_path / "our_town").values():
            assert "\r" not in text
            assert text.endswith("\n")
            assert not re.search(r"[ \t]$", text, re.MULTILINE)


@pytest.mark.usefixtures("unclaimed")
class TestExamples:
    """ "One such package lives in the repository as an example." """

    @pytest.mark.parametrize("place", EXAMPLES)
    def test_an_example_is_what_the_command_makes(
        self, call: Call, tmp_path: Path, place: str
    ) -> None:
        """`UPDATE_EXAMPLES=1 pytest tests/roof/test_new.py` makes it anew."""
        name = Path(place).name
        assert call("new", name, *EXAMPLES[place]).status == 0
        made, kept = contents(tmp_path / name), ROOT / "examples" / place
        if os.environ.get("UPDATE_EXAMPLES"):
            for path in contents(kept).keys() - made.keys():
                (kept / path).unlink()
            for path, text in made.items():
                (kept / path).parent.mkdir(parents=True, exist_ok=True)
                (kept / path).write_text(text, "utf-8")
        assert contents(kept) == made


@pytest.mark.usefixtures("unclaimed")
class TestHowTo:
    """ "Works in ten minutes, on paper instructions alone." (issue 4)"""

    @pytest.mark.parametrize(
        ("page", "words"),
        [("scheme_package", ["district_office"]), ("method_package", ["--method", "olympic-mean"])],
    )
    def test_the_page_shows_what_the_command_prints(
        self, call: Call, page: str, words: list[str]
    ) -> None:
        """And the command is the one that is shown."""
        text = (ROOT / "docs" / "how_to" / f"{page}.md").read_text("utf-8")
        command = " ".join(["itakit", "new", *words])
        assert f"```sh\n{command}\n```\n\n```text\n{call('new', *words).out}```\n" in text

    def test_every_file_on_the_page_is_made(self, call: Call, tmp_path: Path) -> None:
        """And none is made that the page does not name, but what no user looks for."""
        call("new", "district_office")
        text = (ROOT / "docs" / "how_to" / "scheme_package.md").read_text("utf-8")
        tree = re.search(r"^district_office/\n((?:  .*\n)+)", text, re.MULTILINE)
        assert tree is not None
        told = {
            path
            for line in tree[1].splitlines()
            for path in re.split(r" {2,}", line.strip())[0].split(", ")
        }
        hidden = {".gitignore", "src/district_office/__init__.py"}
        assert told | hidden == set(contents(tmp_path / "district_office"))

    def test_the_errors_on_the_page_are_those_that_come(self, call: Call, tmp_path: Path) -> None:
        """First one weight, then the other."""
        call("new", "district_office")
        text = (ROOT / "docs" / "how_to" / "scheme_package.md").read_text("utf-8")
        file = tmp_path / "district_office" / "src" / "district_office" / "district_office.toml"
        told = []
        for survey in ("60", "40"):
            rules = file.read_text("utf-8")
            rules = re.sub(rf"\nweight( +)= {survey}", r"\nweight\1= 50", rules)
            file.write_text(rules, "utf-8")
            told.append(call("test", "--cases-only", str(file)).out.splitlines()[0])
        for line in told:
            assert f"```text\n{line.removeprefix(f'{file.parent}/')}\n```\n" in text

    def test_the_broken_law_on_the_page_is_the_one_that_breaks(
        self, call: Call, tmp_path: Path, install: Install
    ) -> None:
        """The scores may be others: Hypothesis finds them."""
        call("new", "olympic-mean", "--method")
        file = tmp_path / "olympic-mean" / "src" / "olympic_mean" / "method.py"
        file.write_text(file.read_text("utf-8").replace("laws={", 'laws={"replication",'), "utf-8")
        install(tmp_path / "olympic-mean")
        example = tmp_path / "olympic-mean" / "tests" / "example.toml"
        broken = call("test", str(example)).out.splitlines()[-1].removeprefix(f"{example}: ")
        text = (ROOT / "docs" / "how_to" / "method_package.md").read_text("utf-8")
        assert f"  ```text\n  {broken.partition(': with')[0]}: with" in text
