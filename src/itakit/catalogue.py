"""The catalogue: scheme files, and the schemes that installed packages bring.

A package registers under the entry points `itakit.schemes` by naming a package that holds scheme
files. No code of it is run, and a broken one harms only itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath

from attrs import evolve, frozen

from itakit.errors import CatalogueError, ItakitError, Problem, SchemeError
from itakit.notation import Checked, Document, Sources, parse, read_text
from itakit.notation import check as check_document
from itakit.notation.addresses import Addresses
from itakit.notation.flaws import Flaw
from itakit.plugins import broken, method, plugins, why
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import say

SCHEMES = "itakit.schemes"
"""The group of entry points that name a package with scheme files."""


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
    """By id, in alphabetical order."""
    problems: tuple[Problem, ...]


def load(path: str | os.PathLike[str]) -> Scheme:
    """The scheme of a file.

    Raises `SchemeError` with everything that is wrong with it, and `CatalogueError` where it names
    a method that a broken package brings.
    """
    return _read(_name(path)).unwrap()


def loads(text: str, name: str = "<text>") -> Scheme:
    """The scheme of a TOML text. Raises what `load` raises."""
    if not isinstance(text, str):
        raise SchemeError(
            [Problem(say("not-a-text", value=printable(text)), say("give-text"), name)]
        )
    return check_document(parse(text, name), _SOURCES).unwrap()


def check(path: str | os.PathLike[str]) -> Checked:
    """The scheme of a file and all its problems, warnings included.

    It never raises for the file's sake, nor for that of a package.
    """
    try:
        return _told(_name(path), _read)
    except SchemeError as error:
        return Checked(None, error.problems)


def check_installed(entry: Installed) -> Checked:
    """The same for an installed scheme, whose file must be called by its id."""
    return _told(str(entry.path), lambda _: check_document(_named(entry.id, entry.path), _SOURCES))


def find(id: str) -> Scheme:
    """The installed scheme of an id.

    Raises `CatalogueError` where there is none, or where two packages claim the id, and
    `SchemeError` where the installed file is wrong.
    """
    if not isinstance(id, str):
        raise CatalogueError([Problem(say("not-an-id", value=printable(id)), say("load-file"))])
    return check_document(_named(id, locate(id).path), _SOURCES).unwrap()


def _name(path: str | os.PathLike[str]) -> str:
    """A path as text. Raises `SchemeError` for what is no path."""
    try:
        return os.fsdecode(path)
    except TypeError:
        raise SchemeError([Problem(say("not-a-path", value=printable(path)))]) from None


def _read(path: str) -> Checked:
    return check_document(parse(read_text(path), path), _SOURCES)


def _told(path: str, read: Callable[[str], Checked]) -> Checked:
    try:
        return read(path)
    except ItakitError as error:
        told = (evolve(problem, path=problem.path or path) for problem in error.problems)
        return Checked(None, tuple(told))


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
    if advice is None and found.schemes:
        advice = say("installed-schemes", ids=", ".join(found.schemes))
    raise CatalogueError([Problem(say("no-scheme"), advice, key=printable(id)[1:-1])])


def survey() -> Catalogue:
    """Everything that is installed, with what is broken and what is claimed twice."""
    installed = plugins(SCHEMES)
    problems = list(installed.problems)
    claims: dict[str, dict[Path, Installed]] = {}
    for plugin in installed.found:
        package, point = plugin.package, plugin.point
        try:
            files = _scheme_files(point.value)
        except Exception as error:  # noqa: BLE001 - a broken package may fail in any way
            problems.append(broken(package, why(error), point.name))
            continue
        if not files:
            problems.append(broken(package, say("no-folder"), point.name))
        for file in files:
            claims.setdefault(file.stem, {})[file] = Installed(file.stem, package, file)
    schemes: dict[str, Installed] = {}
    for id, files_of_id in sorted(claims.items()):
        claimants = list(files_of_id.values())
        if len(claimants) == 1:
            schemes[id] = claimants[0]
            continue
        packages = sorted({claim.package for claim in claimants})
        names = packages if len(packages) > 1 else [str(claim.path) for claim in claimants]
        says = say("claimed-twice", claimants=" and ".join(names), id=id)
        problems.append(Problem(says, say("uninstall-one"), key=id))
    return Catalogue(schemes, tuple(problems))


def _scheme_files(package: str) -> list[Path]:
    """The scheme files of a package, found without running any of its code."""
    top, *rest = package.split(".")
    if not all(part.isidentifier() for part in (top, *rest)):
        return []
    spec = find_spec(top)
    folders = [Path(place, *rest) for place in (spec and spec.submodule_search_locations) or ()]
    if package == SCHEMES:
        # In a checkout the schemes stand beside src; only in the wheel are they inside itakit.
        folders.append(Path(__file__).parents[2] / "schemes")
    for folder in folders:
        files = [f for f in sorted(folder.glob("*.toml")) if not f.name.endswith(".cases.toml")]
        if files:
            return files
    return []


def _named(id: str, path: Path) -> Document:
    """The document of a file that is called by its id. Raises `SchemeError` if it is not."""
    document = parse(read_text(path), str(path))
    head = document.tables.get("scheme")
    found = head.get("id") if isinstance(head, dict) else None
    if isinstance(found, str) and found != id:
        says = say("file-scheme-id", id=printable(found), name=printable(id))
        flaw = Flaw(("scheme", "id"), says, say("rename-file"))
        raise SchemeError([Addresses().problem(flaw, document, flaw.path)])
    return document


def _base(id: str, document: Document) -> Document:
    """The document of a scheme that another extends: a file beside it, else an installed one."""
    file = Path(document.name)
    # An id is no path: it leads to the file's own folder and nowhere else.
    if id.replace("_", "").replace("-", "").isalnum() and file.is_file():
        beside = file.with_name(f"{id}.toml")
        if beside.is_file():
            return _named(id, beside)
    try:
        return _named(id, locate(id).path)
    except CatalogueError as error:
        claims = [problem for problem in error.problems if problem.says.name != "no-scheme"]
        advice = error.problems[0].advice
        path = PureWindowsPath(id)  # which knows both kinds of slashes
        if len(path.parts) > 1 or path.suffix == ".toml" or id != path.name:
            advice = say("base-is-id", id=printable(path.stem)[1:-1])
        none = Problem(say("no-base", id=printable(id)[1:-1]), advice)
        raise SchemeError(claims or [none]) from None


_SOURCES = Sources(method, _base)
