"""Addresses: from a flaw at a key path to a problem with a file, a line and a column."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from itakit.errors import Problem
from itakit.notation.flaws import Flaw, show
from itakit.notation.positions import Path, Position, locate
from itakit.notation.reading import Document


@define
class Addresses:
    """Where keys stand in the documents of one check; each document is searched once at most."""

    _known: dict[str, Mapping[Path, Position]] = field(factory=dict)

    def problem(self, flaw: Flaw, document: Document, path: Path) -> Problem:
        """A flaw as a problem at a key path of a document.

        What does not stand there is told at the nearest key above it that does.
        """
        known = self._known.get(document.name)
        if known is None:
            known = self._known[document.name] = locate(document.text)
        above = (path[:n] for n in range(len(path), 0, -1))
        place = next((known[key] for key in above if key in known), Position(1, 1))
        return Problem(
            flaw.says,
            flaw.advice,
            document.name,
            place.line,
            place.column,
            show(path),
            "warning" if flaw.warning else "error",
        )
