"""One scheme laid over another: `extends`.

`[scheme]`, `[aggregation]` and `[scale]` are laid over each other key by key, nodes code by code: a
code that the base has elsewhere moves here, a new one is added. Any other key replaces the base's.
What the changes do not mention stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import define, field, frozen

from itakit.errors import Problem, SchemeError
from itakit.notation.addresses import Addresses
from itakit.notation.flaws import Flaw, Spot
from itakit.notation.positions import Path
from itakit.notation.reading import Document
from itakit.notation.structure import RESERVED
from itakit.text import printable
from itakit.wording import say

_LAID_BY_KEY = ("scheme", "aggregation", "scale")
_OWN = ("extends", "version")
"""The keys of `[scheme]` that are never taken over: they belong to the base alone."""
Origin: TypeAlias = tuple[Document, Path]
_DEEPEST = 20
"""The longest chain of schemes that extend each other."""


@frozen
class Merged:
    """The tables of a document laid over those of the one it extends."""

    tables: Mapping[str, Any]
    document: Document
    elsewhere: Mapping[Path, Origin] = field(factory=dict)
    """Where the tables and keys stand that are not at their own path in the document."""

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
        return Merged(document.tables, document), []
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
    merged, flaws = _lay(base, Merged(document.tables, document))
    problems.extend(addresses.problem(flaw, document, flaw.path) for flaw in flaws)
    return merged, problems


_EXTENDS: Path = ("scheme", "extends")


def _no_base(
    flaw: Flaw, document: Document, addresses: Addresses, others: Collection[Problem] = ()
) -> SchemeError:
    return SchemeError([addresses.problem(flaw, document, flaw.path), *others])


@define(eq=False)
class _Draft:
    """A node while two files make it: its keys, where each comes from, and its children."""

    level: str
    origin: Origin
    keys: dict[str, Any] = field(factory=dict)
    origins: dict[str, Origin] = field(factory=dict)
    children: dict[int, _Draft] = field(factory=dict)  # by identity, in order
    parent: _Draft | None = None

    @property
    def code(self) -> str | None:
        code = self.keys.get("code")
        return code if isinstance(code, str) else None

    def walk(self) -> Iterator[_Draft]:
        stack = [self]
        while stack:
            draft = stack.pop()
            yield draft
            stack.extend(reversed(draft.children.values()))

    def move(self, level: str, parent: _Draft) -> None:
        """Put the node under a parent; among the children of its own one it keeps its place."""
        if self.parent is parent and self.level == level:
            return
        if self.parent is not None:
            del self.parent.children[id(self)]
        parent.children[id(self)] = self
        self.level, self.parent = level, parent


def _draft(merged: Merged, node: object, level: str, path: Path, levels: Collection[str]) -> _Draft:
    table = node if isinstance(node, Mapping) else {"code": node}
    draft = _Draft(level, merged.origin(path))
    for key, value in table.items():
        if key in levels and isinstance(value, list) and value:
            for i, child in enumerate(value):
                _draft(merged, child, key, (*path, key, i), levels).move(key, draft)
        else:
            draft.keys[key] = value
            draft.origins[key] = merged.origin((*path, key))
    return draft


def _lay(base: Merged, over: Merged) -> tuple[Merged, list[Flaw]]:
    """The base with the changes of the other document."""
    elsewhere: dict[Path, Origin] = {}
    head: dict[str, Any] = {}
    for key in _LAID_BY_KEY:
        old, new = base.tables.get(key), over.tables.get(key)
        if isinstance(old, dict) and isinstance(new, dict | None):
            kept = old.keys() - (_OWN if key == "scheme" else ())
            head[key] = {name: old[name] for name in old if name in kept} | (new or {})
            for name in head[key]:
                source = over if new and name in new else base
                elsewhere[key, name] = source.origin((key, name))
    head.get("scheme", {}).pop("extends", None)
    levels = set(head.get("aggregation", ())) - RESERVED
    tree = _draft(base, base.tables, "", (), levels)
    changes = _draft(over, over.tables, "", (), levels)
    flaws, codes = list[Flaw](), dict[str, Path]()
    for change in [*changes.walk()]:
        path, code = change.origin[1], change.code
        if code in codes and change.parent is not None:
            # Left out, or a node could come to stand below itself.
            del change.parent.children[id(change)]
            says = say("code-twice", code=printable(code), where=Spot((*codes[code], "code")))
            flaws.append(Flaw((*path, "code"), says, say("codes-unique")))
        elif code is not None:
            codes[code] = path
        for key in levels & change.keys.keys():
            if change.keys[key] == []:
                del change.keys[key]
                flaws.append(Flaw((*path, key), say("no-children"), say("delete-or-fill")))
    _change(tree, changes, {draft.code: draft for draft in tree.walk()})
    tree.keys.update(head)
    return Merged(_table(tree, (), elsewhere), over.document, elsewhere), flaws


def _change(target: _Draft, changes: _Draft, known: dict[str | None, _Draft]) -> None:
    """Lay the keys of a node over those of another, and then those of the nodes below it."""
    target.keys.update(changes.keys)
    target.origins.update(changes.origins)
    target.origin = changes.origin
    for change in changes.children.values():
        child = None if change.code is None else known.get(change.code)
        if child is None:
            child = _Draft(change.level, change.origin)
        child.move(change.level, target)
        _change(child, change, known)


def _table(draft: _Draft, path: Path, elsewhere: dict[Path, Origin]) -> dict[str, Any]:
    """The table of a node, with a note of where each of its keys stands."""
    if path:
        elsewhere[path] = draft.origin
    table: dict[str, Any] = {}
    for key, value in draft.keys.items():
        table[key] = value
        if path or key not in _LAID_BY_KEY:
            elsewhere.setdefault((*path, key), draft.origins[key])
    for child in draft.children.values():
        siblings = table[child.level] = table.get(child.level) or []
        siblings.append(_table(child, (*path, child.level, len(siblings)), elsewhere))
    return table
