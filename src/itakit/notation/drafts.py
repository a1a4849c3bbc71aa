"""Drafts: the nodes of a scheme while several files make them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import define, field

from itakit.notation.positions import Path
from itakit.notation.reading import Document

Origin: TypeAlias = tuple[Document, Path]


@define(eq=False)
class Draft:
    """A node: its keys, where each of them comes from, and its children."""

    level: str
    origin: Origin
    keys: dict[str, Any] = field(factory=dict)
    origins: dict[str, Origin] = field(factory=dict)
    children: dict[int, Draft] = field(factory=dict)  # by identity, in order
    parent: Draft | None = None

    @property
    def code(self) -> str | None:
        """The node's code, where it has one."""
        code = self.keys.get("code")
        return code if isinstance(code, str) else None

    def at(self, key: str) -> Path:
        """Where a key of it stands, in the file that spoke of the node last."""
        return (*self.origin[1], key)

    def taken(self, key: str) -> str | None:
        """The text that a key holds, taken out; what is no text stays, to be told of."""
        value = self.keys.get(key)
        return self.keys.pop(key) if isinstance(value, str) else None

    def walk(self) -> Iterator[Draft]:
        """The node and all below it, a parent before its children."""
        stack = [self]
        while stack:
            draft = stack.pop()
            yield draft
            stack.extend(reversed(draft.children.values()))

    def leave(self) -> None:
        """Go from the parent, with all that is below."""
        if self.parent is not None:
            del self.parent.children[id(self)]
            self.parent = None

    def move(self, level: str, parent: Draft) -> None:
        """Go under a parent; among the children of its own one it keeps its place."""
        if self.parent is not parent or self.level != level:
            self.leave()
            parent.children[id(self)] = self
            self.level, self.parent = level, parent

    def order(self, before: Mapping[int, Draft]) -> list[Draft]:
        """Let children come before the siblings they are mapped to, by identity and in that order.

        Those whose places hang on a circle come last, and are returned.
        """
        waiting: dict[int, list[Draft]] = {}
        for i, sibling in before.items():
            waiting.setdefault(id(sibling), []).append(self.children[i])
        placed: dict[int, Draft] = {}
        for child in self.children.values():
            stack = [] if id(child) in before else [(child, False)]
            while stack:
                draft, is_next = stack.pop()
                if is_next:
                    placed[id(draft)] = draft
                else:
                    stack.append((draft, True))
                    stack.extend((other, False) for other in reversed(waiting.get(id(draft), [])))
        rest = {i: child for i, child in self.children.items() if i not in placed}
        self.children = placed | rest
        return list(rest.values())


def drafted(
    tables: object,
    level: str,
    path: Path,
    levels: Collection[str],
    origin: Callable[[Path], Origin],
) -> Draft:
    """The draft of a node and of all below it."""
    table = tables if isinstance(tables, Mapping) else {"code": tables}
    draft = Draft(level, origin(path))
    for key, value in table.items():
        if key in levels and isinstance(value, list) and value:
            for i, child in enumerate(value):
                drafted(child, key, (*path, key, i), levels, origin).move(key, draft)
        else:
            draft.keys[key] = value
            draft.origins[key] = origin((*path, key))
    return draft


def tabled(draft: Draft, path: Path, elsewhere: dict[Path, Origin]) -> dict[str, Any]:
    """The table of a node, with a note of where each of its keys stands."""
    if path:
        elsewhere[path] = draft.origin
    table: dict[str, Any] = {}
    for key, value in draft.keys.items():
        table[key] = value
        if key in draft.origins:
            elsewhere.setdefault((*path, key), draft.origins[key])
    for child in draft.children.values():
        siblings = table[child.level] = table.get(child.level) or []
        siblings.append(tabled(child, (*path, child.level, len(siblings)), elsewhere))
    return table
