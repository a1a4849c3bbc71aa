"""The catalogue: schemes and methods that installed packages bring.

Two groups of entry points: ``itakit.schemes`` names a package that holds scheme files, and
``itakit.aggregations`` leads to a `Method`. Nothing is looked up before it is asked for, no code
of a scheme package is run, and a broken package harms only itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from itakit.errors import CatalogueError, ItakitError, Problem, SchemeError
from itakit.methods import BUILT_IN, Inapplicable, Method
from itakit.notation import Checked, Document, Sources, parse, read_text
from itakit.notation import check as check_document
from itakit.reals import Irrational
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import Message, say

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

SCHEMES = "itakit.schemes"
METHODS = "itakit.aggregations"


@frozen
class Installed:
    """A scheme file that a package has brought."""

    id: str
    package: str
    path: Path


@frozen
class Catalogue:
    """What is installed, and what is wrong with it."""

    schemes: Mapping[str, Installed]
    problems: tuple[Problem, ...]


def load(path: str | os.PathLike[str]) -> Scheme:
    """The scheme of a file. Raises `SchemeError` with everything that is wrong with it."""
    return check(path).unwrap()


def loads(text: str, name: str = "<text>") -> Scheme:
    """The scheme of a TOML text. Raises `SchemeError` with everything that is wrong with it."""
    return check_document(parse(text, name), _SOURCES).unwrap()


def check(path: str | os.PathLike[str]) -> Checked:
    """The scheme of a file and all its problems, warnings included; never raises for the file's
    sake."""
    try:
        return check_document(parse(read_text(os.fspath(path)), os.fspath(path)), _SOURCES)
    except SchemeError as error:
        return Checked(None, error.problems)


def find(id: str) -> Scheme:
    """The installed scheme of an id.

    Raises `CatalogueError` where there is none, or where two packages claim the id, and
    `SchemeError` where the installed file is wrong.
    """
    return load(locate(id).path)


def available() -> Mapping[str, Installed]:
    """The installed schemes by id, in alphabetical order. Their files are not read."""
    return survey().schemes


def locate(id: str) -> Installed:
    """Where an installed scheme stands. Raises `CatalogueError`."""
    found = survey()
    if id in found.schemes:
        return found.schemes[id]
    claims = [problem for problem in found.problems if problem.key == id]
    if claims:
        raise CatalogueError(claims)
    advice = did_you_mean(id, found.schemes)
    advice = advice or say("installed-schemes", ids=", ".join(found.schemes))
    raise CatalogueError([Problem(say("no-scheme"), advice, key=printable(id)[1:-1])])


def survey() -> Catalogue:
    """Everything that is installed, with what is broken and what is claimed twice."""
    claims: dict[str, list[Installed]] = {}
    problems: list[Problem] = []
    for point in _entry_points(SCHEMES):
        package = _package(point)
        try:
            files = _scheme_files(point.value)
        except Exception as error:  # a broken package may fail in any way
            reason = printable(str(error) or type(error).__name__)[1:-1]
            says = say("broken-plugin", package=package, reason=reason)
            problems.append(Problem(says, key=point.name))
            continue
        if not files:
            says = say("broken-plugin", package=package, reason=say("no-folder"))
            problems.append(Problem(says, key=point.name))
        for file in files:
            claims.setdefault(file.stem, []).append(Installed(file.stem, package, file))
    for id, claimants in claims.items():
        packages = sorted({claim.package for claim in claimants})
        if len(packages) > 1:
            says = say("claimed-twice", packages=" and ".join(packages), id=id)
            problems.append(Problem(says, say("uninstall-one"), key=id))
    schemes = {
        id: claims[id][0]
        for id in sorted(claims)
        if len({claim.package for claim in claims[id]}) == 1
    }
    return Catalogue(schemes, tuple(problems))


def _entry_points(group: str) -> list[EntryPoint]:
    from importlib.metadata import entry_points  # slow to import, and rarely needed

    return sorted(entry_points(group=group), key=lambda point: (point.name, point.value))


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


def _scheme_files(package: str) -> list[Path]:
    """The scheme files of a package, found without running any of its code."""
    top, *rest = package.split(".")
    spec = find_spec(top)
    folders = [Path(place, *rest) for place in (spec and spec.submodule_search_locations) or ()]
    if package == SCHEMES:
        # In a checkout the schemes stand beside src; only in the wheel are they inside itakit.
        folders.append(Path(__file__).parents[2] / "schemes")
    for folder in folders:
        files = sorted(folder.glob("*.toml"))
        if files:
            return [file for file in files if not file.name.endswith(".cases.toml")]
    return []


@cache
def method(name: str) -> Method | None:
    """The method of a name: a built-in one, else one that a package has brought.

    Raises `CatalogueError` where two packages claim the name, or the one that does is broken.
    """
    if name in BUILT_IN:
        return BUILT_IN[name]
    points = [point for point in _entry_points(METHODS) if point.name == name]
    packages = sorted({_package(point) for point in points})
    if len(packages) > 1:
        says = say("method-claimed-twice", packages=" and ".join(packages), id=name)
        raise CatalogueError([Problem(says, say("uninstall-one"), key=name)])
    return _loaded(points[0]) if points else None


def _loaded(point: EntryPoint) -> Method:
    package = _package(point)
    try:
        found = point.load()
    except Exception as error:  # a broken package may fail in any way
        reason: object = printable(str(error) or type(error).__name__)[1:-1]
    else:
        if isinstance(found, Method) and found.name == point.name:
            return evolve(found, function=_guarded(found, package))
        reason = say("not-a-method")
    says = say("broken-plugin", package=package, reason=reason)
    raise CatalogueError([Problem(says, key=point.name)])


def _guarded(found: Method, package: str) -> Any:
    """The function of a package's method, which cannot fail in a way that nobody can place."""

    def function(*arguments: object, **parameters: object) -> object:
        try:
            score = found.function(*arguments, **parameters)
        except Inapplicable:
            raise
        except Exception as error:  # the package's code may fail in any way
            reason = printable(str(error) or type(error).__name__)[1:-1]
            raise _failed(found, package, reason) from None
        if isinstance(score, int) and not isinstance(score, bool):
            return Fraction(score)
        if not isinstance(score, Fraction | Irrational):
            raise _failed(found, package, f"{type(score).__name__} ≠ Fraction")
        return score

    return function


def _failed(found: Method, package: str, reason: str) -> Inapplicable:
    return Inapplicable("plugin-failed", method=found.name, package=package, reason=reason)


def _base(id: str, document: Document) -> Document:
    """The document of a scheme that another extends: a file beside it, else an installed one."""
    plain = id.replace("_", "").replace("-", "")
    if plain.isascii() and plain.isalnum():
        beside = Path(document.name).with_name(f"{id}.toml") if "<" not in document.name else None
        if beside is not None and beside.is_file():
            return parse(read_text(beside), str(beside))
        try:
            path = locate(id).path
        except CatalogueError:
            pass
        else:
            return parse(read_text(path), str(path))
    raise SchemeError([Problem(say("no-base", id=printable(id)[1:-1]))])


_SOURCES = Sources(method, _base)
