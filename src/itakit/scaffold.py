"""The scaffold: a package for schemes, or for a method, that works before anything is changed.

Its files stand in ``package_template``: those of either kind, and those of ``both``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions, requires
from importlib.util import find_spec
from keyword import iskeyword
from pathlib import Path
from string import Template
from typing import Final, Literal, TypeAlias

from attrs import frozen

from itakit import catalogue
from itakit.errors import CatalogueError, Problem
from itakit.methods import BUILT_IN
from itakit.notation.jsonschema import json_schema
from itakit.plugins import METHODS, plugins
from itakit.tables import escape_markdown
from itakit.text import printable
from itakit.version import __version__
from itakit.wording import say

Kind: TypeAlias = Literal["scheme", "method"]

_TEMPLATES: Final = Path(__file__).with_name("package_template")
_SUFFIX: Final = ".template"
"""So that no tool takes a template for the file that it becomes."""
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
"""An id that can also be the name of a distribution and, with _ for -, of a Python package."""
_ELSEWHERE: Final = re.compile(r"tests|con|prn|aux|nul|(?:com|lpt)[0-9]")
"""The folder of the tests, and names that Windows keeps for devices."""
_NEED: Final = re.compile(r"[\w.-]*")
"""The name at the start of a requirement."""
_BUILDS: Final = frozenset({"hatchling"})
"""What builds the package that is made."""
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Characters that no line of text can hold."""


@frozen
class Scaffold:
    """A package to be made."""

    kind: Kind
    name: str
    """The id of the scheme, or the name of the method."""
    titles: Mapping[str, str]
    """What it is called, by language; where one is not given, it is made of the name."""

    @property
    def package(self) -> str:
        """The name of its Python package."""
        return self.name.replace("-", "_")

    @property
    def distribution(self) -> str:
        """The name under which it is installed."""
        return self.name.replace("_", "-")

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with its name and its titles, and what else has the name already."""
        return (*self._name_problems(), *self._title_problems())

    def files(self) -> dict[str, str]:
        """The texts of its files by their paths."""
        blanks = self._blanks()
        texts = {}
        for folder in (_TEMPLATES / "both", _TEMPLATES / self.kind):
            for file in sorted(folder.rglob(f"*{_SUFFIX}")):
                path = file.relative_to(folder).as_posix().removesuffix(_SUFFIX)
                path = path.replace("PACKAGE", self.package).replace("NAME", self.name)
                texts[path] = Template(file.read_text("utf-8")).substitute(blanks)
        if self.kind == "scheme":
            schema = json.dumps(json_schema(), ensure_ascii=False, indent=2)
            texts["scheme-format-1.json"] = f"{schema}\n"
        return texts

    def _blanks(self) -> Mapping[str, str]:
        spoken = self.name.replace("-", " ").replace("_", " ").capitalize()
        titles = {lang: self.titles.get(lang, spoken).strip() for lang in ("th", "en")}
        return {
            "name": self.name,
            "package": self.package,
            "distribution": self.distribution,
            "checked": self.name if self.kind == "scheme" else "tests/example.toml",
            "itakit": __version__,
            **{f"title_{lang}": escape_markdown(title) for lang, title in titles.items()},
            # Without control characters, what is quoted in JSON is quoted in TOML.
            **{
                f"title_{lang}_quoted": json.dumps(title, ensure_ascii=False)
                for lang, title in titles.items()
            },
        }

    def _name_problems(self) -> Iterator[Problem]:
        if not _NAME.fullmatch(self.name):
            joint = "_" if self.kind == "scheme" else "-"
            likely = re.sub(r"[^a-z0-9]+", joint, self.name.lower()).strip("_-0123456789")
            advice = say("did-you-mean", name=printable(likely)) if likely else None
            yield Problem(say("no-package-name", name=printable(self.name)), advice, key="NAME")
        elif iskeyword(self.package) or _ELSEWHERE.fullmatch(self.name):
            says = say("name-means-else", name=printable(self.name))
            yield Problem(says, say("another-name"), key="NAME")
        else:
            yield from self._claims()

    def _claims(self) -> Iterator[Problem]:
        """What is installed and has the name already."""
        name, says = self.name, None
        if self.kind == "scheme":
            try:
                says = say("scheme-there", id=name, package=catalogue.locate(name).package)
            except CatalogueError as error:
                # Where packages quarrel about the id, that is the problem.
                yield from (p for p in error.problems if p.says.name != "no-scheme")
        else:
            brought = {plugin.point.name: plugin.package for plugin in plugins(METHODS).found}
            package = "itakit" if name in BUILT_IN else brought.get(name)
            if package is not None:
                says = say("method-there", name=name, package=package)
        if says is None and _importable(self.package):
            says = say("module-there", module=self.package)
        if says is None and _distributed(self.distribution):
            says = say("distribution-there", name=self.distribution)
        if says is not None:
            yield Problem(says, say("another-name"), key="NAME")

    def _title_problems(self) -> Iterator[Problem]:
        for lang, title in self.titles.items():
            if not title.strip() or _UNFIT.search(title):
                says = say("no-title", title=printable(title))
                yield Problem(says, key=f"--title-{lang}")


def _distributed(name: str) -> bool:
    """Whether a distribution of a name is installed, or is what a package of itakit needs."""
    needs = {_NEED.findall(need)[0].lower() for need in requires("itakit") or ()}
    return name in needs | _BUILDS or any(distributions(name=name))


def _importable(package: str) -> bool:
    """Whether Python has a module of a name, or has one on some system."""
    if package in sys.stdlib_module_names:
        return True
    spec = find_spec(package)
    # A folder that merely lies on Python's path makes a module without an origin.
    return spec is not None and spec.origin is not None
