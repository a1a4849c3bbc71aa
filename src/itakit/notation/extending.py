"""One scheme laid over another: `extends`.

`[scheme]`, `[aggregation]` and `[scale]` are laid over each other key by key, nodes code by code
(`laying`), and `[grade.NAME]` over the grade of that name. Any other key replaces the base's. What
the changes do not mention stays as it is, but for levels and scales that are left without a node.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from attrs import evolve, field, frozen

from itakit.errors import Problem, SchemeError
from itakit.notation.addresses import Addresses
from itakit.notation.drafts import Draft, Origin, drafted, tabled
from itakit.notation.flaws import Flaw, Flaws, listed
from itakit.notation.kinds import expected
from itakit.notation.laying import Laying, Moved
from itakit.notation.positions import Path
from itakit.notation.reading import Document
from itakit.notation.references import References
from itakit.notation.structure import RESERVED
from itakit.text import printable
from itakit.wording import say

_LAID_BY_KEY = ("scheme", "aggregation", "scale")
_OWN = ("extends", "version")
"""The keys of `[scheme]` that are never taken over: they belong to the base alone."""
_DEEPEST = 20
"""The longest chain of schemes that extend each other."""


@frozen
class Merged:
    """The tables of a document laid over those of the one it extends."""

    tables: Mapping[str, Any]
    document: Document
    elsewhere: Mapping[Path, Origin] = field(factory=dict)
    """Where the tables and keys stand that are not at their own path in the document."""
    base: str = ""
    """The id of the scheme that it extends, where it does."""
    renamed: Mapping[str, str] = field(factory=dict)
    """The codes that differ from those of that scheme, by what they are there."""
    regraded: Mapping[str, str] = field(factory=dict)
    """The names of grades that differ from those of that scheme, by what they are there."""
    moved: tuple[Moved, ...] = ()
    """The nodes of that scheme that its own document puts in another place."""
    files: tuple[str, ...] = ()
    """The names of the documents: its own, and those that it is laid over."""

    def origin(self, path: Path) -> Origin:
        """The document that a key path comes from, and its path there."""
        for n in range(len(path), 0, -1):
            found = self.elsewhere.get(path[:n])
            if found is not None:
                document, start = found
                return document, (*start, *path[n:])
        return self.document, path


def extend(
    document: Document,
    find: Callable[[str, Document], Document],
    addresses: Addresses,
    trail: tuple[str, ...] = (),
) -> tuple[Merged, list[Problem]]:
    """A document with everything that it takes from the scheme it extends, if it extends one.

    Raises `SchemeError` where there is no such scheme, or its file cannot be read.
    """
    head = document.tables.get("scheme")
    base_id = head.get("extends") if isinstance(head, dict) else None
    if not isinstance(head, dict) or not isinstance(base_id, str):
        return Merged(document.tables, document, files=(document.name,)), []
    trail = (*trail, str(head.get("id")))
    if base_id in trail or len(trail) > _DEEPEST:
        raise _no_base(
            Flaw(_EXTENDS, say("extends-cycle"), say("break-cycle")), document, addresses
        )
    try:
        found = find(base_id, document)
    except SchemeError as error:
        located = [problem for problem in error.problems if problem.path]
        told = error.problems[0]
        if located:
            told = Problem(say("extends-broken", id=base_id), say("mend-base"))
        flaw = Flaw(_EXTENDS, told.says, told.advice)
        raise _no_base(flaw, document, addresses, located) from None
    base, problems = extend(found, find, addresses, trail)
    merged, flaws = _lay(base, Merged(document.tables, document, base=base_id))
    problems.extend(addresses.problem(flaw, document, flaw.path) for flaw in flaws)
    return evolve(merged, files=(document.name, *base.files)), problems


_EXTENDS: Path = ("scheme", "extends")


def _no_base(
    flaw: Flaw, document: Document, addresses: Addresses, others: Collection[Problem] = ()
) -> SchemeError:
    return SchemeError([addresses.problem(flaw, document, flaw.path), *others])


def _lay(base: Merged, over: Merged) -> tuple[Merged, list[Flaw]]:
    """The base with the changes of the other document."""
    elsewhere: dict[Path, Origin] = {}
    head: dict[str, dict[str, Any]] = {}
    for key in _LAID_BY_KEY:
        old, new = base.tables.get(key), over.tables.get(key)
        if isinstance(old, dict) and isinstance(new, dict | None):
            kept = old.keys() - (_OWN if key == "scheme" else ())
            head[key] = {name: old[name] for name in old if name in kept} | (new or {})
            for name in head[key]:
                source = over if new and name in new else base
                elsewhere[key, name] = source.origin((key, name))
    retired = _taken_out(head.get("scheme", {}), over)
    levels = set(head.get("aggregation", ())) - RESERVED
    tree = drafted(base.tables, "", (), levels, base.origin)
    changes = drafted(over.tables, "", (), levels, over.origin)
    used = _used(tree, base.tables.get("scale"))
    grades, old = changes.keys.get("grade"), tree.keys.get("grade")
    if isinstance(grades, dict) and isinstance(old, list):
        del changes.keys["grade"]
    laying = Laying(tree, changes, levels)
    gone = laying.lay(retired)
    references = References(tree, levels, laying.renamed, gone, over.document)
    methods = head.get("aggregation", {})
    references.of_methods(methods, methods.keys() - (over.tables.get("aggregation") or {}).keys())
    if isinstance(old, list) and "grade" not in changes.keys:
        tree.keys["grade"] = references.of_grades(old, grades)
        _lay_grades(tree.keys["grade"], grades, laying.flaws, base, over, elsewhere)
    # What was taken over goes with the last node that it was for: it could be taken out nowhere.
    own = over.tables.get("scale")
    for key, name in used - _used(tree, head.get("scale"), own if isinstance(own, dict) else ()):
        if name in head.get(key, ()) and name not in over.tables.get(key, ()):
            del head[key][name]
    tree.keys.update(head)
    for key in _LAID_BY_KEY:
        tree.origins.pop(key, None)
    tables = tabled(tree, (), elsewhere)
    found = [*laying.flaws.found, *references.flaws.found]
    names = laying.renamed, _regraded(grades)
    moved = tuple(laying.moved)
    return Merged(tables, over.document, elsewhere, over.base, *names, moved), found


def _regraded(changes: object) -> dict[str, str]:
    """The grades that are given another name, by what they were."""
    tables = changes.items() if isinstance(changes, dict) else ()
    named = {was: table.get("name") for was, table in tables if isinstance(table, dict)}
    return {was: name for was, name in named.items() if isinstance(name, str) and name != was}


def _taken_out(rules: dict[str, Any], over: Merged) -> list[str]:
    """The codes that are retired; what is no list of codes stays, to be told of."""
    rules.pop("extends", None)
    own = over.tables["scheme"].get("retired")
    if not isinstance(own, list) or not all(isinstance(code, str) for code in own):
        return []
    codes: list[str] = rules.pop("retired")
    return codes


def _used(tree: Draft, scales: object, names: Collection[str] = ()) -> set[tuple[str, str]]:
    """The levels and the scales that nodes have, and the scales that some others reverse."""
    nodes = [*tree.walk()]
    used = {("aggregation", draft.level) for draft in nodes}
    waiting = [*names, *(draft.keys.get("scale") for draft in nodes)]
    while waiting:
        name = waiting.pop()
        if isinstance(name, str) and ("scale", name) not in used:
            used.add(("scale", name))
            scale = scales.get(name) if isinstance(scales, dict) else None
            waiting.append(scale.get("reverse") if isinstance(scale, dict) else None)
    return used


def _lay_grades(
    grades: list[Any],
    changes: object,
    flaws: Flaws,
    base: Merged,
    over: Merged,
    elsewhere: dict[Path, Origin],
) -> None:
    """Lay tables of grades over those of their names, and note where everything stands."""
    places: dict[str, int] = {}
    for i, grade in enumerate(grades):
        elsewhere["grade", i] = base.origin(("grade", i))
        if isinstance(grade, dict):
            places.setdefault(str(grade.get("name")), i)
            for key in grade:
                elsewhere["grade", i, key] = base.origin(("grade", i, key))
    for name, change in changes.items() if isinstance(changes, dict) else ():
        path: Path = ("grade", name)
        if name not in places:
            hint = flaws.meant(name, places) or say("known-grades", names=listed(places))
            flaws.add(path, "no-grade", hint, name=printable(name))
        elif not isinstance(change, dict):
            flaws.found.extend(flaw.below(*path) for flaw in expected("a-table", change).flaws)
        else:
            i = places[name]
            grades[i] = grades[i] | change
            for key in change:
                elsewhere["grade", i, key] = (over.document, (*path, key))
