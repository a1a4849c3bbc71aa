"""Plugins: what installed packages bring by entry points, and the methods among it.

Nothing is looked up before it is asked for. A broken package is told by name and harms only
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from itakit.errors import CatalogueError, Problem
from itakit.methods import BUILT_IN, Inapplicable, Method
from itakit.reals import Irrational
from itakit.text import printable
from itakit.wording import Message, say

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

    from itakit.reals import Number

METHODS = "itakit.aggregations"
"""The group of entry points that lead to a `Method` of the entry point's name."""


@frozen
class Plugin:
    """An entry point, and the package that has brought it."""

    package: str
    point: EntryPoint


@frozen
class Plugins:
    """What packages bring under the name of a group, and what is wrong with some of them."""

    found: tuple[Plugin, ...]
    """In the order of their names."""
    problems: tuple[Problem, ...]


def plugins(group: str) -> Plugins:
    """Everything that packages bring under the name of a group; none of their code is run."""
    from importlib.metadata import distribution, distributions  # slow, and rarely needed

    found: list[Plugin] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for package in distributions():
        try:
            text = package.read_text("entry_points.txt") or ""
            if group not in text or package.name in seen:
                continue
            # Where two of one name lie on Python's path, the first is the one that is installed.
            if distribution(package.name).read_text("entry_points.txt") == text:
                seen.add(package.name)
                points = package.entry_points.select(group=group)
                found.extend(Plugin(package.name, point) for point in points)
        except Exception as error:  # noqa: BLE001 - a broken package may fail in any way
            problems.append(broken(_name(package), why(error)))
    found.sort(key=lambda plugin: (plugin.point.name, plugin.package, plugin.point.value))
    return Plugins(tuple(found), tuple(problems))


def _name(package: Distribution) -> str:
    try:
        return str(package.name)
    except Exception:  # noqa: BLE001 - its metadata may be what is broken
        return "?"


def broken(package: str, reason: object, key: str = "") -> Problem:
    """The problem of a package that does not bring what it promises."""
    return Problem(say("broken-plugin", package=package, reason=reason), key=key)


def why(error: BaseException) -> str:
    """What an exception of somebody else's code says, on one line."""
    name, text = type(error).__name__, printable(str(error))[1:-1]
    return f"{name}: {text}" if text else name


@cache
def method(name: str) -> Method | None:
    """The method of a name: a built-in one, else one that a package has brought.

    Raises `CatalogueError` where two packages claim the name, or the one that does is broken.
    """
    if name in BUILT_IN:
        return BUILT_IN[name]
    claims = [plugin for plugin in plugins(METHODS).found if plugin.point.name == name]
    if len(claims) > 1:
        packages = " and ".join(sorted({claim.package for claim in claims}))
        says = say("method-claimed-twice", packages=packages, id=name)
        raise CatalogueError([Problem(says, say("uninstall-one"), key=name)])
    return _loaded(claims[0]) if claims else None


def methods() -> tuple[tuple[Method, ...], tuple[Problem, ...]]:
    """Every method that a scheme may use here, and what is wrong with those that none may."""
    brought = plugins(METHODS)
    found, problems = dict(BUILT_IN), [*brought.problems]
    for name in dict.fromkeys(plugin.point.name for plugin in brought.found):
        try:
            known = method(name)
        except CatalogueError as error:
            problems.extend(error.problems)
        else:
            found |= {name: known} if known is not None else {}
    return tuple(found.values()), tuple(problems)


def _loaded(plugin: Plugin) -> Method:
    reason: Message | str
    try:
        found = plugin.point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it may fail in any way
        reason = why(error)
    else:
        if isinstance(found, Method) and found.name == plugin.point.name:
            return evolve(found, function=_guarded(found, plugin.package))
        reason = say("not-a-method")
    raise CatalogueError([broken(plugin.package, reason, plugin.point.name)])


def _guarded(found: Method, package: str) -> Callable[..., Number]:
    """The function of a package's method, which cannot fail in a way that nobody can place."""

    def failed(reason: object) -> Inapplicable:
        return Inapplicable("plugin-failed", method=found.name, package=package, reason=reason)

    def function(*arguments: object, **parameters: object) -> Number:
        try:
            score: object = found.function(*arguments, **parameters)
        except Inapplicable:
            raise
        except Exception as error:
            raise failed(why(error)) from error
        if isinstance(score, int) and not isinstance(score, bool):
            return Fraction(score)
        if not isinstance(score, Fraction | Irrational):
            raise failed(say("not-exact", kind=type(score).__name__))
        return score

    return function
