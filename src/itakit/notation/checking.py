"""From a document to a scheme and to all its problems, each with a line and a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from attrs import field, frozen

from itakit.errors import Problem, SchemeError
from itakit.methods import Method
from itakit.notation.addresses import Addresses
from itakit.notation.advice import advised
from itakit.notation.building import build
from itakit.notation.drafts import Origin
from itakit.notation.extending import Merged, extend
from itakit.notation.flaws import MOST, Flaw
from itakit.notation.mending import mend
from itakit.notation.reading import Document
from itakit.notation.soundness import unsound
from itakit.notation.structure import structure
from itakit.notation.suspicions import suspicious
from itakit.notation.tables import FileTable
from itakit.scheme import Scheme
from itakit.text import printable
from itakit.wording import say


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
    base: str = ""
    """The id of the scheme that this one extends, where it does."""
    renamed: Mapping[str, str] = field(factory=dict)
    """The codes that changed from that scheme to this one, by what they were."""
    regraded: Mapping[str, str] = field(factory=dict)
    """The names of grades that changed, in the same way."""
    files: tuple[str, ...] = ()
    """The files that were read: that of the scheme, and of the schemes that it extends."""

    def unwrap(self) -> Scheme:
        """The scheme. Raises `SchemeError` with all errors."""
        if self.scheme is None:
            raise SchemeError(p for p in self.problems if p.severity == "error")
        return self.scheme


def check(document: Document, sources: Sources) -> Checked:
    """The scheme that a document declares, and everything that is wrong with it.

    Where the scheme that it extends cannot be read, nothing else is told: what is missing here may
    stand there.
    """
    addresses = Addresses()
    try:
        merged, problems = extend(document, sources.base, addresses)
    except SchemeError as error:
        return Checked(None, error.problems)
    scheme, flaws = _scheme(merged.tables, sources)
    flaws.sort(key=lambda flaw: flaw.warning)
    places = [_told_at(flaw, merged) for flaw in flaws[:MOST]]
    causes, follows = _out_of_place(flaws, places, merged)
    problems += [addresses.problem(flaw, document, flaw.path) for flaw in causes]
    problems += [
        addresses.problem(flaw, *place, merged.origin)
        for k, (flaw, place) in enumerate(zip(flaws, places, strict=False))
        if k not in follows
    ]
    problems = list(dict.fromkeys(problems))
    if any(problem.severity == "error" for problem in problems):
        scheme = None
    told = tuple(sorted(problems, key=lambda problem: problem.order))
    return Checked(scheme, told, merged.base, merged.renamed, merged.regraded, merged.files)


def _told_at(flaw: Flaw, merged: Merged) -> Origin:
    """Where a flaw is told: where it stands, or in the file itself if that is as much to blame."""
    first, *others = (merged.origin(path) for path in (flaw.path, *flaw.others))
    own = merged.document
    if first[0] is own:
        return first
    return next((place for place in others if place[0] is own and _stands(place)), first)


_OF_LEVELS = ("inner-among-leaves", "leaf-among-inner")


def _out_of_place(
    flaws: Sequence[Flaw], places: Sequence[Origin], merged: Merged
) -> tuple[list[Flaw], set[int]]:
    """The nodes of the base that seem to have been put in another place by mistake.

    Those are among siblings of the level that they had, or something is wrong with them. Returns
    them as flaws, and the numbers of the flaws that only follow from that.
    """
    causes: list[Flaw] = []
    follows: set[int] = set()
    for moved in merged.moved:
        own = {
            k
            for k, (document, path) in enumerate(places)
            if document is merged.document and path[: len(moved.path)] == moved.path
        }
        odd = {k for k in own if flaws[k].says.name in _OF_LEVELS}
        if moved.strays or odd or any(not flaws[k].warning for k in own):
            values = {"base": merged.base, "level": moved.level}
            name = "moved-below" if moved.parent else "moved-top"
            says = say(name, parent=printable(moved.parent), **values)
            causes.append(Flaw(moved.path, says, say("meant-to-move"), warning=True))
            follows |= odd
    return causes, follows


def _stands(place: Origin) -> bool:
    """Whether a document has a key."""
    table: Any = place[0].tables
    for key in place[1]:
        try:
            table = table[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _scheme(tables: Mapping[str, Any], sources: Sources) -> tuple[Scheme | None, list[Flaw]]:
    file, flaws = structure(tables)
    if file is not None:
        return _judged(file, sources)
    flaws = advised(flaws, tables)
    mended = mend(tables, flaws)
    rest, _ = (None, None) if mended is None else structure(mended.tables)
    if mended is not None and rest is not None:
        _, others = _judged(rest, sources)
        told = {flaw.path for flaw in flaws}
        flaws += [flaw for flaw in others if flaw.path not in told and not mended.causes(flaw)]
    return None, flaws


def _judged(file: FileTable, sources: Sources) -> tuple[Scheme | None, list[Flaw]]:
    """The scheme of a well-formed file, and what is wrong with it all the same."""
    built, flaws = build(file, sources.method)
    if built is None:
        return None, flaws
    for judge in (unsound, suspicious):
        told = {flaw.path for flaw in flaws}
        flaws.extend(islice((flaw for flaw in judge(built) if flaw.path not in told), MOST))
    return built.scheme, flaws
