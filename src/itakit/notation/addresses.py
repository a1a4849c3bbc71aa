"""Addresses: from a flaw at a key path to a problem with a file, a line and a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, evolve, field

from itakit.errors import Problem
from itakit.notation.flaws import Flaw, Spot, show
from itakit.notation.positions import Path, Position, locate
from itakit.notation.reading import Document
from itakit.wording import Message, say


@define
class Addresses:
    """Where keys stand in the documents of one check; each document is searched once at most."""

    _known: dict[str, Mapping[Path, Position]] = field(factory=dict)

    def problem(
        self,
        flaw: Flaw,
        document: Document,
        path: Path,
        origin: Callable[[Path], tuple[Document, Path]] | None = None,
    ) -> Problem:
        """A flaw as a problem at a key path of a document.

        What does not stand there is told at the nearest key above it that does. ``origin`` says
        where the spots stand that the flaw speaks of; without it, in the same document.
        """
        spots = {
            name: self._where(document, *(origin(spot.path) if origin else (document, spot.path)))
            for name, spot in flaw.says.values.items()
            if isinstance(spot, Spot)
        }
        place = self._position(document, path)
        return Problem(
            evolve(flaw.says, values={**flaw.says.values, **spots}) if spots else flaw.says,
            flaw.advice,
            document.name,
            place.line,
            place.column,
            show(path),
            "warning" if flaw.warning else "error",
        )

    def _where(self, reader: Document, document: Document, path: Path) -> Message:
        """A place in words, for who reads one of the documents."""
        line = self._position(document, path).line
        if document is reader:
            return say("at-line", line=line)
        return say("at-line-of", line=line, path=document.name)

    def _position(self, document: Document, path: Path) -> Position:
        known = self._known.get(document.name)
        if known is None:
            known = self._known[document.name] = locate(document.text)
        above = (path[:n] for n in range(len(path), 0, -1))
        return next((known[key] for key in above if key in known), Position(1, 1))
