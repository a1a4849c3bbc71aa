"""From a document to a scheme and to all its problems, each with a line and a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from itakit.errors import Problem, SchemeError
from itakit.methods import Method
from itakit.notation.building import build
from itakit.notation.extending import Merged, extend
from itakit.notation.flaws import Flaw, show
from itakit.notation.positions import Path, Position, locate
from itakit.notation.reading import Document
from itakit.notation.soundness import check as unsound
from itakit.notation.structure import structure
from itakit.scheme import Scheme


@frozen
class Sources:
    """Where a document's names are looked up: the file itself looks nothing up."""

    method: Callable[[str], Method | None]
    """The aggregation method of a name."""
    base: Callable[[str, Document], Document]
    """The document of the scheme that a document extends. Raises `SchemeError` where there is
    none."""


@frozen
class Checked:
    """What became of a document."""

    scheme: Scheme | None
    """The scheme; `None` where there are errors."""
    problems: tuple[Problem, ...]
    """Errors and warnings, in the order of the file."""

    def unwrap(self) -> Scheme:
        """The scheme. Raises `SchemeError` with all errors."""
        if self.scheme is None:
            raise SchemeError(p for p in self.problems if p.severity == "error")
        return self.scheme


def check(document: Document, sources: Sources) -> Checked:
    """The scheme that a document declares, and everything that is wrong with it.

    Raises `SchemeError` where the scheme that it extends cannot be read.
    """
    merged, flaws = extend(document, sources.base)
    file, found = structure(merged.tables)
    flaws.extend(found)
    scheme = None
    if file is not None:
        built, found = build(file, sources.method)
        flaws.extend(found)
        if built is not None:
            known = {flaw.path for flaw in flaws}
            flaws.extend(flaw for flaw in unsound(built) if flaw.path not in known)
            scheme = built.scheme
    if any(not flaw.warning for flaw in flaws):
        scheme = None
    return Checked(scheme, tuple(sorted(_addressed(flaws, merged), key=lambda p: p.order)))


def _addressed(flaws: Iterable[Flaw], merged: Merged) -> Iterable[Problem]:
    """Flaws with the file, line and column of the nearest key that stands in a file."""
    positions: dict[str, Mapping[Path, Position]] = {}
    for flaw in flaws:
        document, path = merged.origin(flaw.path)
        known = positions.get(document.name)
        if known is None:
            known = positions[document.name] = locate(document.text)
        place = next(
            (known[path[:n]] for n in range(len(path), 0, -1) if path[:n] in known), Position(1, 1)
        )
        yield Problem(
            flaw.says,
            flaw.advice,
            document.name,
            place.line,
            place.column,
            show(path),
            "warning" if flaw.warning else "error",
        )
