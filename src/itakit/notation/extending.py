"""One scheme laid over another: `extends`.

`[scheme]`, `[aggregation]` and `[scale]` are laid over each other key by key, nodes code by code: a
code that the base has elsewhere moves here, a new one is added. Any other key replaces the base's.
What the changes do not mention stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import define, field, frozen

from itakit.errors import SchemeError
from itakit.notation.flaws import Flaw
from itakit.notation.positions import Path
from itakit.notation.reading import Document
from itakit.wording import say

_LAID_BY_KEY = ("scheme", "aggregation", "scale")
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
    document: Document, find: Callable[[str, Document], Document], trail: tuple[str, ...] = ()
) -> tuple[Merged, list[Flaw]]:
    """A document with everything that it takes from the scheme it extends, if it extends one."""
    head = document.tables.get("scheme")
    base_id = head.get("extends") if isinstance(head, dict) else None
    if not isinstance(base_id, str):
        return Merged(document.tables, document), []
    own = head.get("id") if isinstance(head, dict) else None
    trail = (*trail, str(own))
    at: Path = ("scheme", "extends")
    if base_id in trail or len(trail) > _DEEPEST:
        return Merged(document.tables, document), [Flaw(at, say("extends-cycle"))]
    try:
        found = find(base_id, document)
    except SchemeError as error:
        problem = error.problems[0]
        return Merged(document.tables, document), [Flaw(at, problem.says, problem.advice)]
    base, flaws = extend(found, find, trail)
    if flaws:
        return Merged(document.tables, document), [Flaw(at, say("extends-broken", id=base_id))]
    return _lay(base, Merged(document.tables, document)), []


@define(eq=False)
class _Draft:
    """A node while two files make it: its keys, where each comes from, and its children."""

    keys: dict[str, Any]
    origins: dict[str, Origin]
    origin: Origin
    children: list[tuple[str, _Draft]]
    parent: _Draft | None = None

    @property
    def code(self) -> object:
        return self.keys.get("code")

    def walk(self) -> Iterator[_Draft]:
        yield self
        for _, child in self.children:
            yield from child.walk()

    def move(self, level: str, parent: _Draft) -> None:
        """Put the node under a parent; among the children of its own one it keeps its place."""
        if self.parent is parent and (level, self) in parent.children:
            return
        if self.parent is not None:
            self.parent.children = [pair for pair in self.parent.children if pair[1] is not self]
        parent.children.append((level, self))
        self.parent = parent


def _draft(merged: Merged, node: Any, path: Path, levels: Collection[str]) -> _Draft:
    table = node if isinstance(node, dict) else {"code": node}
    draft = _Draft({}, {}, merged.origin(path), [])
    for key, value in table.items():
        if key in levels and isinstance(value, list):
            for i, child in enumerate(value):
                _draft(merged, child, (*path, key, i), levels).move(key, draft)
        else:
            draft.keys[key] = value
            draft.origins[key] = merged.origin((*path, key))
    return draft


def _lay(base: Merged, over: Merged) -> Merged:
    """The base with the changes of the other document."""
    elsewhere: dict[Path, Origin] = {}
    head: dict[str, Any] = {}
    for key in _LAID_BY_KEY:
        old, new = base.tables.get(key), over.tables.get(key)
        if isinstance(old, dict) and isinstance(new, dict | None):
            head[key] = {**old, **(new or {})}
            for name in head[key]:
                source = over if new and name in new else base
                elsewhere[key, name] = source.origin((key, name))
    head.get("scheme", {}).pop("extends", None)
    levels = set(head.get("aggregation", ())) - set(_LAID_BY_KEY) - {"grade", "calendar"}
    tree = _draft(base, base.tables, (), levels)
    known = {draft.code: draft for draft in tree.walk() if isinstance(draft.code, str)}
    changes = _draft(over, over.tables, (), levels)
    _change(tree, changes, known)
    tree.keys.update(head)
    return Merged(_table(tree, (), elsewhere), over.document, elsewhere)


def _change(target: _Draft, changes: _Draft, known: dict[Any, _Draft]) -> None:
    """Lay the keys of a node over those of another, and then those of the nodes below it."""
    target.keys.update(changes.keys)
    target.origins.update(changes.origins)
    target.origin = changes.origin
    for level, change in changes.children:
        child = known.get(change.code) if isinstance(change.code, str) else None
        if child is None:
            child = _Draft({}, {}, change.origin, [])
            if isinstance(change.code, str):
                known[change.code] = child
        child.move(level, target)
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
    for level, child in draft.children:
        siblings = table.setdefault(level, [])
        siblings.append(_table(child, (*path, level, len(siblings)), elsewhere))
    return table
