"""What packages bring: schemes and methods, good ones and broken ones.

The packages are made up: folders on Python's path with the metadata that an installer writes.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import itakit
from itakit import CatalogueError, EvidenceError, SchemeError, catalogue, plugins
from itakit.methods import BUILT_IN

ROOT = Path(__file__).parents[2]
TEXT = """
format = 1
[scheme]
id = "{id}"
range = [0, 100]
[aggregation]
item = "mean"
total = "{method}"
[[item]]
code = "a"
[[item]]
code = "b"
"""
Package = Callable[..., Path]


def scheme_text(id: str, method: str = "mean") -> str:
    return TEXT.format(id=id, method=method)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    """Installs a made-up package: its files, and its entry points."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def install(name: str, points: str | bytes, files: dict[str, str] | None = None) -> Path:
        info = site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        text = points if isinstance(points, bytes) else dedent(points).encode()
        (info / "entry_points.txt").write_bytes(text)
        for path, content in (files or {}).items():
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
        return site

    plugins.method.cache_clear()
    yield install
    plugins.method.cache_clear()


def schemes_at(package: str) -> str:
    return f"[itakit.schemes]\n{package} = {package}\n"


def method_at(place: str, name: str = "double") -> str:
    return f"[itakit.aggregations]\n{name} = {place}\n"


def text_of(error: type[itakit.ItakitError], call: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        call()
    return str(caught.value)


class TestWhatIsNoScheme:
    """ "No other exception reaches a caller because of bad input." (design.md, section 5)"""

    def test_a_path_is_no_id(self) -> None:
        """And is told what reads it."""
        path: Any = Path("schemes/ita_2565.toml")
        assert text_of(CatalogueError, lambda: itakit.find(path)) == (
            f"expected the id of an installed scheme, found {path}; itakit.load reads a file"
        )

    @pytest.mark.parametrize("text", [b"format = 1", None, 1])
    def test_bytes_are_no_text(self, text: Any) -> None:
        """Whoever has bytes knows how they are encoded."""
        assert text_of(SchemeError, lambda: itakit.loads(text, "a.toml")) == (
            f"a.toml: expected the text of a scheme, found {text}; "
            "give a str; itakit.load reads a file"
        )

    @pytest.mark.parametrize("path", [None, 1, [], {"format": 1}])
    def test_a_table_is_no_path(self, path: Any) -> None:
        """A check tells it, as anything that is wrong."""
        says = f"expected the path of a file, found {path}"
        assert text_of(SchemeError, lambda: itakit.load(path)) == says
        assert [str(problem) for problem in itakit.check(path).problems] == [says]


class TestSchemes:
    """ "`itakit.schemes` (a package that holds *.toml, no code). Found lazily; a broken plugin is
    reported by name and hurts nobody else; two packages that claim one id are an error that names
    both." (design.md, section 8)"""

    def test_an_installed_scheme_is_found_by_its_id(self, package: Package) -> None:
        """With the package that has brought it; golden cases beside it are no schemes."""
        site = package(
            "good",
            schemes_at("good.files"),
            {"good/files/one.toml": scheme_text("one"), "good/files/one.cases.toml": ""},
        )
        assert catalogue.available()["one"] == itakit.Installed(
            "one", "good", site / "good" / "files" / "one.toml"
        )
        assert {"ita_2565", "one"} <= set(itakit.available())
        assert list(itakit.available()) == sorted(itakit.available())
        assert itakit.find("one").id == "one"
        assert catalogue.survey().problems == ()

    def test_no_code_of_a_scheme_package_runs(self, package: Package) -> None:
        """Neither the package's own nor that of a package around it."""
        package(
            "armed",
            schemes_at("armed.inner"),
            {
                "armed/__init__.py": "raise SystemExit('run')",
                "armed/inner/__init__.py": "raise SystemExit('run')",
                "armed/inner/one.toml": scheme_text("one"),
            },
        )
        assert itakit.find("one").id == "one"
        assert "armed" not in sys.modules

    def test_two_packages_that_claim_an_id_are_both_named(self, package: Package) -> None:
        """And the others are unharmed."""
        package("first", schemes_at("first"), {"first/one.toml": scheme_text("one")})
        package("second", schemes_at("second"), {"second/one.toml": scheme_text("one")})
        assert text_of(CatalogueError, lambda: itakit.find("one")) == (
            "one: first and second both claim the id one; uninstall one of them"
        )
        assert "one" not in itakit.available()
        assert itakit.find("ita_2565").id == "ita_2565"

    def test_two_folders_of_one_package_that_claim_an_id_are_both_named(
        self, package: Package
    ) -> None:
        """Neither of them silently wins."""
        site = package(
            "twice",
            "[itakit.schemes]\na = twice.a\nb = twice.b\n",
            {"twice/a/one.toml": scheme_text("one"), "twice/b/one.toml": scheme_text("one")},
        )
        (problem,) = catalogue.survey().problems
        assert problem.message == (
            f"{site}/twice/a/one.toml and {site}/twice/b/one.toml both claim the id one"
        )

    def test_two_entry_points_may_lead_to_one_folder(self, package: Package) -> None:
        """One file is no conflict with itself."""
        package(
            "same",
            "[itakit.schemes]\na = same\nb = same\n",
            {"same/one.toml": scheme_text("one")},
        )
        assert itakit.find("one").id == "one"

    @pytest.mark.parametrize(
        ("value", "reason"),
        [
            ("nowhere_at_all", "the entry point does not lead to a package with scheme files"),
            ("hollow", "the entry point does not lead to a package with scheme files"),
            ("hollow.a:b", "the entry point does not lead to a package with scheme files"),
            ("hollow./etc", "the entry point does not lead to a package with scheme files"),
            ("odd", "ValueError: odd.__spec__ is None"),
        ],
    )
    def test_a_broken_package_is_told_by_name(
        self, package: Package, monkeypatch: pytest.MonkeyPatch, value: str, reason: str
    ) -> None:
        """And hurts nobody else."""
        odd = type(sys)("odd")
        monkeypatch.setitem(sys.modules, "odd", odd)
        package("broken", f"[itakit.schemes]\nsome = {value}\n", {"hollow/a.cases.toml": ""})
        found = catalogue.survey()
        assert [problem.text() for problem in found.problems] == [
            f"some: the package broken is broken: {reason}"
        ]
        assert "ita_2565" in found.schemes
        assert text_of(CatalogueError, lambda: itakit.find("some")).endswith(reason)

    @pytest.mark.parametrize(
        "points", ["[itakit.schemes]\nno equals sign\n", b"[itakit.schemes]\na = \xff\n"]
    )
    def test_metadata_that_cannot_be_read_hurts_nobody_else(
        self, package: Package, points: str | bytes
    ) -> None:
        """Where the standard library would give up on all packages."""
        package("garbled", points)
        (problem,) = catalogue.survey().problems
        assert problem.text().startswith("the package garbled is broken: ")
        assert "ita_2565" in itakit.available()

    def test_a_package_without_a_name_is_told_all_the_same(self, package: Package) -> None:
        """Its metadata may be what is broken."""
        site = package("nameless", b"[itakit.schemes]\na = \xff\n")
        (site / "nameless-1.0.dist-info" / "METADATA").write_bytes(b"Name: \xff")
        (problem,) = catalogue.survey().problems
        assert problem.text().startswith("the package ? is broken: ")

    def test_broken_metadata_of_others_is_nobodys_business(self, package: Package) -> None:
        """Only what mentions itakit is told."""
        package("other", "[console_scripts]\nno equals sign\n")
        assert catalogue.survey().problems == ()

    @pytest.mark.parametrize("first", [schemes_at("twofold"), "[console_scripts]\n"])
    @pytest.mark.parametrize("second", [schemes_at("twofold"), "[itakit.schemes]\nnew = gone\n"])
    def test_the_first_of_two_installations_counts(
        self,
        package: Package,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        first: str,
        second: str,
    ) -> None:
        """As Python imports the first one on its path, whatever the second brings."""
        package("twofold", first, {"twofold/old.toml": scheme_text("old")})
        info = tmp_path / "later" / "twofold-2.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Name: twofold\n")
        (info / "entry_points.txt").write_text(second)
        monkeypatch.setattr(sys, "path", [*sys.path, str(info.parent)])
        assert ("old" in itakit.available()) is (first == schemes_at("twofold"))
        assert catalogue.survey().problems == ()

    def test_an_installed_file_is_called_by_its_id(self, package: Package) -> None:
        """Else the id that a result carries would lead to another scheme."""
        site = package("wrong", schemes_at("wrong"), {"wrong/one.toml": scheme_text("two")})
        assert text_of(SchemeError, lambda: itakit.find("one")) == (
            f'{site}/wrong/one.toml:4:1: scheme.id: the scheme\'s id is "two", expected "one", '
            "as its file is called; change the id, or rename the file"
        )

    @pytest.mark.parametrize(
        "text", ["format = 1\nscheme = 3", "format = 1\n[scheme]\nid = 3", "x ="]
    )
    def test_an_installed_file_that_is_wrong_is_told_as_any_other(
        self, package: Package, text: str
    ) -> None:
        """`find` and `check` say the same of it."""
        site = package("wrong", schemes_at("wrong"), {"wrong/one.toml": text})
        problems = itakit.check(site / "wrong" / "one.toml").problems
        assert text_of(SchemeError, lambda: itakit.find("one")) == "\n".join(map(str, problems))
        assert catalogue.check_installed(catalogue.locate("one")).problems == problems

    def test_an_id_that_is_not_installed_has_advice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The nearest one, else those there are."""
        none = "no scheme of this id is installed, and there is no such file"
        assert text_of(CatalogueError, lambda: itakit.find("ita_2566")) == (
            f'ita_2566: {none}; did you mean "ita_2565"?'
        )
        assert text_of(CatalogueError, lambda: itakit.find("../x\n")) == (
            f"../x\\u000a: {none}; installed: ita_2565"
        )
        monkeypatch.setattr(catalogue, "SCHEMES", "itakit.nothing")
        assert text_of(CatalogueError, lambda: itakit.find("x")) == f"x: {none}"

    def test_nothing_is_looked_up_before_it_is_asked_for(self) -> None:
        """Importing itakit looks up no packages, and listing schemes opens no scheme file."""
        program = """
            import sys
            opened = []
            import itakit
            assert "importlib.metadata" not in sys.modules
            sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
            assert "ita_2565" in itakit.available()
            print([path for path in opened if path.endswith("ita_2565.toml")])
        """
        done = subprocess.run(
            [sys.executable, "-c", dedent(program)], capture_output=True, text=True, check=True
        )
        assert done.stdout == "[]\n"


class TestExtending:
    """ "`extends` takes another scheme (a file of that id beside it, else an installed one; never
    a path)." (design.md, section 3)"""

    @staticmethod
    def child(folder: Path, base: str) -> Path:
        file = folder / "child.toml"
        file.write_text(f'format = 1\n[scheme]\nid = "child"\nextends = "{base}"\n', "utf-8")
        return file

    def test_a_file_beside_it_comes_first(self, package: Package, tmp_path: Path) -> None:
        """Then what is installed."""
        package("good", schemes_at("good"), {"good/one.toml": scheme_text("one")})
        file = self.child(tmp_path, "one")
        assert itakit.load(file).root.method.name == "mean"
        assert itakit.loads(file.read_text("utf-8")).root.method.name == "mean"
        (tmp_path / "one.toml").write_text(scheme_text("one", "max"), "utf-8")
        assert itakit.load(file).root.method.name == "max"
        assert itakit.loads(file.read_text("utf-8")).root.method.name == "mean"

    @pytest.mark.parametrize(
        "base", ["../one", "sub/one", "", ".", "..", "/one", "one.toml", "C:one"]
    )
    def test_an_id_is_no_path(self, tmp_path: Path, base: str) -> None:
        """A scheme reads no file elsewhere, whether or not there is one."""
        inner = tmp_path / "inner"
        (inner / "sub").mkdir(parents=True)
        for folder in (tmp_path, inner, inner / "sub"):
            (folder / "one.toml").write_text(scheme_text("one"), "utf-8")
        file = self.child(inner, base)
        assert f"no scheme {base}: neither a file" in text_of(
            SchemeError, lambda: itakit.load(file)
        )

    def test_the_base_has_the_id_that_its_file_is_called_by(self, tmp_path: Path) -> None:
        """A file beside it no less than an installed one."""
        (tmp_path / "one.toml").write_text(scheme_text("two"), "utf-8")
        lines = text_of(SchemeError, lambda: itakit.load(self.child(tmp_path, "one"))).splitlines()
        assert lines[1].startswith(f"{tmp_path}/one.toml:4:1: scheme.id: the scheme's id is")

    def test_a_base_that_two_packages_claim_is_told_so(
        self, package: Package, tmp_path: Path
    ) -> None:
        """And not as one that is not there."""
        package("first", schemes_at("first"), {"first/one.toml": scheme_text("one")})
        package("second", schemes_at("second"), {"second/one.toml": scheme_text("one")})
        text = text_of(SchemeError, lambda: itakit.load(self.child(tmp_path, "one")))
        assert "first and second both claim the id one; uninstall one of them" in text

    def test_a_base_that_is_not_there_has_advice(self, tmp_path: Path) -> None:
        """The nearest id that is installed."""
        text = text_of(SchemeError, lambda: itakit.load(self.child(tmp_path, "ita_2566")))
        assert text.endswith('did you mean "ita_2565"?')


class TestMethods:
    """ "`itakit.aggregations` (a function with its declared laws)." (design.md, section 8)"""

    SOURCE = """
        from fractions import Fraction
        from itakit import Inapplicable, Method

        def function(terms, range):
            return {returned}

        double = Method("double", function)
    """

    def score(self, package: Package, returned: str) -> Fraction | None:
        source = dedent(self.SOURCE.format(returned=returned))
        package("brings", method_at("brings_double:double"), {"brings_double.py": source})
        sys.modules.pop("brings_double", None)
        scheme = itakit.loads(scheme_text("one", "double"))
        return itakit.evaluate(scheme, {"a": 10, "b": 20}).score

    @pytest.mark.parametrize(
        ("returned", "score"), [("Fraction(1, 3)", Fraction(1, 3)), ("7", Fraction(7))]
    )
    def test_a_method_may_come_from_a_package(
        self, package: Package, returned: str, score: Fraction
    ) -> None:
        """A whole number is a score too."""
        assert self.score(package, returned) == score

    @pytest.mark.parametrize(
        ("returned", "reason"),
        [
            ("1 / 0", "ZeroDivisionError: division by zero"),
            ("[].pop(1, 2, 3)", "TypeError: pop expected at most 1 argument, got 3"),
            ("0.5", "it returns a float, expected a Fraction"),
            ("True", "it returns a bool, expected a Fraction"),
            ("None", "it returns a NoneType, expected a Fraction"),
        ],
    )
    def test_a_method_that_fails_is_told_with_its_package(
        self, package: Package, returned: str, reason: str
    ) -> None:
        """It cannot fail in a way that nobody can place."""
        assert text_of(EvidenceError, lambda: self.score(package, returned)) == (
            f"total: the method double of the package brings failed: {reason}"
        )

    def test_a_method_may_decline(self, package: Package) -> None:
        """With a sentence of its own choice."""
        returned = "(_ for _ in ()).throw(Inapplicable('no-children'))"
        assert text_of(EvidenceError, lambda: self.score(package, returned)) == (
            "total: the list of children is empty"
        )

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("import nothing_of_the_kind", "ModuleNotFoundError: No module named"),
            ("raise SystemExit(3)", "SystemExit: 3"),
            ("raise ValueError", "ValueError"),
            ("double = 3", "the entry point does not lead to an itakit.Method of its own name"),
            (
                "import itakit; double = itakit.Method('triple', max)",
                "the entry point does not lead to an itakit.Method of its own name",
            ),
        ],
    )
    def test_a_broken_package_is_told_by_name(
        self, package: Package, tmp_path: Path, source: str, reason: str
    ) -> None:
        """Where its method is used, and nowhere else."""
        package("breaks", method_at("breaks_double:double"), {"breaks_double.py": source})
        sys.modules.pop("breaks_double", None)
        told = text_of(CatalogueError, lambda: plugins.method("double"))
        assert told.startswith(f"double: the package breaks is broken: {reason}")
        assert text_of(CatalogueError, lambda: itakit.loads(scheme_text("one", "double"))) == told
        file = tmp_path / "one.toml"
        file.write_text(scheme_text("one", "double"), "utf-8")
        assert text_of(CatalogueError, lambda: itakit.load(file)) == told
        assert str(itakit.check(file).problems[0]) == f"{file}: {told}"
        assert itakit.loads(scheme_text("one")).id == "one"

    def test_two_packages_that_claim_a_method_are_both_named(self, package: Package) -> None:
        """Neither of them silently wins, and none is run."""
        package("first", method_at("nowhere:double"))
        package("second", method_at("nowhere:double"))
        assert text_of(CatalogueError, lambda: plugins.method("double")) == (
            "double: first and second both claim the method double; uninstall one of them"
        )

    def test_a_built_in_method_is_what_it_is(self, package: Package) -> None:
        """No package changes what a published scheme means."""
        package("usurps", method_at("nowhere:mean", "mean"))
        assert itakit.loads(scheme_text("one")).root.method.name == "mean"

    def test_all_methods_are_those_that_can_be_used(self, package: Package) -> None:
        """The built-in ones first; what is wrong with others is told."""
        source = dedent(self.SOURCE.format(returned="0"))
        package("brings", method_at("brings_double:double"), {"brings_double.py": source})
        package("breaks", method_at("nowhere:broken", "broken"))
        package("usurps", method_at("nowhere:mean", "mean"))
        sys.modules.pop("brings_double", None)
        methods, problems = plugins.methods()
        assert [method.name for method in methods] == [*BUILT_IN, "double"]
        assert methods[0] is BUILT_IN["mean"]
        (problem,) = problems
        assert str(problem).startswith("broken: the package breaks is broken: ModuleNotFoundError")

    def test_a_method_of_no_package_is_none(self) -> None:
        """The notation tells what to do about it."""
        assert plugins.method("no-such-method") is None
