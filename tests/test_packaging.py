"""The shape of the package: who may import whom, what a name may be, what an import costs."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import itakit

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "itakit"

# Which floor a module stands on. `name.*` is a package with all that is in it.
ROOF = 5
FLOORS: dict[int, tuple[str, ...]] = {
    0: (
        "errors",
        "language",
        "numerals",
        "reals.*",
        "rounding",
        "suggest",
        "system",
        "text",
        "titles",
        "version",
        "wording.*",
    ),
    1: ("evidence", "grade", "methods.*", "policy", "scale"),
    2: ("notebook", "plan", "scheme"),
    3: (
        "clamping",
        "difference.*",
        "document.*",
        "draft",
        "evaluation",
        "explanation",
        "intake",
        "listing",
        "notation.*",
        "publication",
        "record",
        "result",
        "sampling",
        "scores",
        "showing",
    ),
    4: (
        "auditing.*",
        "casebook",
        "cases",
        "catalogue",
        "changing.*",
        "detection",
        "dossier",
        "entries",
        "expectation",
        "files.*",
        "frames.*",
        "idiom",
        "action_plan.*",
        "improving.*",
        "mutations",
        "omissions",
        "plugins",
        "populations",
        "ranks",
        "reach",
        "scoring",
        "sheet",
        "slips",
        "transplants",
        "uncertainty.*",
        "verdict",
    ),
    ROOF: (
        "__init__",
        "__main__",
        "account",
        "arguments",
        "asking",
        "boards",
        "cli",
        "cli_compare",
        "cli_audit",
        "cli_certainty",
        "cli_gains",
        "cli_plan",
        "cli_new",
        "cli_report",
        "cli_schemes",
        "cli_describe",
        "cli_score",
        "collecting",
        "output",
        "progress",
        "reporting.*",
        "scaffold",
        "sphinx",
        "pytest_plugin",
        "tables",
        "testing.*",
        "trial",
    ),
}

# Libraries that are imported where they are used and never by `import itakit`.
HEAVY = {
    "click",
    "dask",
    "duckdb",
    "hypothesis",
    "ibis",
    "jinja2",
    "narwhals",
    "numpy",
    "openpyxl",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "pytest",
    "rich",
    "scipy",
    "sphinx",
    "xlsxwriter",
}

# Words that say nothing of what a module is about.
EMPTY_WORDS = set(
    "base bases common core helper helpers manager managers misc util utils".split()  # noqa: SIM905
)


def modules() -> dict[str, Path]:
    """Every module under src/itakit by its full name."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = ("itakit", *path.relative_to(SOURCE).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def entry(module: str) -> str | None:
    """The entry of FLOORS that a module falls under."""
    name = module.removeprefix("itakit").removeprefix(".") or "__init__"
    for names in FLOORS.values():
        for listed in names:
            package = listed.removesuffix(".*")
            if name == package or (listed != package and name.startswith(f"{package}.")):
                return listed
    return None


def floor(module: str) -> int:
    """The floor a module stands on; the roof if it is listed nowhere."""
    listed = entry(module)
    return next((floor for floor, names in FLOORS.items() if listed in names), ROOF)


def imported(source: str, module: str, known: Mapping[str, Path]) -> Iterator[tuple[int, str]]:
    """The modules of itakit that a module's text imports, each with the line where it does."""
    is_package = module in known and known[module].name == "__init__.py"
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) + 1 - node.level]
                origin = ".".join([*above, origin]).removesuffix(".")
            names = [f"{origin}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            # What is imported from a module may be a module itself or a name inside it.
            target = name
            while target and target not in known:
                target = target.rpartition(".")[0]
            if target:
                yield node.lineno, target


def words(name: str) -> list[str]:
    """The words that a file's or a folder's name is made of."""
    return re.findall(r"[a-z]+", name.removesuffix(".py").lower())


def pyproject() -> dict[str, Any]:
    """The project table of pyproject.toml."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


class TestFloors:
    """ "No import climbs a floor." (CONTRIBUTING.md)"""

    def test_every_module_stands_on_a_floor(self) -> None:
        """A new module is given its floor in FLOORS before anything else."""
        assert [module for module in modules() if entry(module) is None] == []

    def test_every_module_listed_is_there(self) -> None:
        """A module that went takes its entry with it."""
        present = {entry(module) for module in modules()}
        assert [name for names in FLOORS.values() for name in names if name not in present] == []

    def test_no_import_climbs(self) -> None:
        """A module imports from its own floor and from those below."""
        known = modules()
        assert [
            f"{path.relative_to(ROOT)}:{line}: {module} is on floor {floor(module)}, "
            f"{target} on floor {floor(target)}"
            for module, path in known.items()
            for line, target in imported(path.read_text("utf-8"), module, known)
            if floor(target) > floor(module)
        ] == []

    @pytest.mark.parametrize(
        ("source", "targets"),
        [
            ("import itakit", ["itakit"]),
            ("import itakit.a.b", ["itakit.a.b"]),
            ("import itakit.a.b as c, os", ["itakit.a.b"]),
            ("from itakit import a", ["itakit.a"]),
            ("from itakit import name", ["itakit"]),
            ("from itakit.a import b, name", ["itakit.a.b", "itakit.a"]),
            ("from . import b", ["itakit.a.b"]),
            ("from .b import name", ["itakit.a.b"]),
            ("from .. import c", ["itakit.c"]),
            ("from ..c import name", ["itakit.c"]),
            ("def f():\n    from itakit import c", ["itakit.c"]),
            ("if TYPE_CHECKING:\n    import itakit.c", ["itakit.c"]),
            ("import attrs", []),
            ("from itakitten import a", []),
        ],
    )
    @pytest.mark.parametrize("module", ["itakit.a", "itakit.a.d"])
    def test_an_import_is_seen_however_it_is_written(
        self, source: str, targets: list[str], module: str
    ) -> None:
        """In a package's own file and in a module of it, at any depth."""
        files = ["__init__.py", "a/__init__.py", "a/b.py", "a/d.py", "c.py"]
        names = ["itakit", "itakit.a", "itakit.a.b", "itakit.a.d", "itakit.c"]
        known = dict(zip(names, map(Path, files), strict=True))
        assert [target for _, target in imported(source, module, known)] == targets


class TestNames:
    """ "One concept, one module, named by the concept." (CONTRIBUTING.md)"""

    @pytest.mark.parametrize("folder", ["src", "tests"])
    def test_no_file_is_named_by_an_empty_word(self, folder: str) -> None:
        """Nobody looks for a rule in a file called utils."""
        assert [
            str(path.relative_to(ROOT))
            for path in sorted((ROOT / folder).rglob("*.py"))
            if EMPTY_WORDS & {w for part in path.relative_to(ROOT).parts for w in words(part)}
        ] == []


class TestImport:
    """ "Everything but attrs, cattrs and tomli is imported only where it is used." """

    def test_importing_itakit_imports_no_heavy_library(self) -> None:
        """Reading a scheme costs no dataframe, no test tool and no command line."""
        program = "import sys, itakit; print(*{name.partition('.')[0] for name in sys.modules})"
        run = subprocess.run(
            [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
        )
        assert set(run.stdout.split()) & HEAVY == set()


class TestPyproject:
    """What pyproject.toml says twice, or says for the code, agrees."""

    def test_the_version_is_that_of_the_package(self) -> None:
        """Results carry the version; it is the one that was installed."""
        assert pyproject()["version"] == itakit.__version__

    def test_an_extra_is_made_of_extras_that_exist(self) -> None:
        """An installer only warns of an extra that is not there."""
        extras = pyproject()["optional-dependencies"]
        named = {
            extra.strip()
            for requirements in extras.values()
            for requirement in requirements
            for inside in re.findall(r"^itakit\[(.*)\]$", requirement)
            for extra in inside.split(",")
        }
        assert named - set(extras) == set()

    def test_the_package_says_it_is_typed(self) -> None:
        """Type checkers ignore a package without this marker."""
        assert (SOURCE / "py.typed").is_file()
