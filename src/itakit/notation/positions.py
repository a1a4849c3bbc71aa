"""Positions: where every key of a TOML document stands, and which keys are defined twice.

tomli keeps no positions, and only a problem needs one. So the text is read a second time then, by
the lexer below. It knows where a token ends and what a key leads to; what a value means, and
whether the text is TOML at all, is tomli's to say.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

import tomli
from attrs import define, field, frozen

Path: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a value, outermost first; an integer counts an array's elements from 0."""

# A path is as long as its key lies deep: without bounds, a file could ask for its size squared.
_DEEPEST: Final = 1_000  # tomli reads no key of more parts
_MOST: Final = 10_000

# Repetitions are possessive: what one took is never given back and read again.
_GAP: Final = re.compile(r"(?:[ \t\r\n,]++|#[^\n]*+)*+(?=.)")  # if anything comes after it
_STRING: Final = r'"(?!"")(?:[^"\\\n]++|\\[^\n])*+"' + r"|'(?!'')[^'\n]*+'"
_TEXT: Final = r'"""(?:[^"\\]++|\\.|(?!""")")*+"{3,5}+' + r"|'''(?:[^']++|(?!''')')*+'{3,5}+"
_BARE: Final = r"[A-Za-z0-9_.:+-]++(?: [0-9][0-9.:Zz+-]*+)?+"  # a date and its time may stand apart
_SCALAR: Final = re.compile(rf"{_TEXT}|{_STRING}|{_BARE}", re.DOTALL)
_PART: Final = re.compile(rf"[A-Za-z0-9_-]++|{_STRING}")
_KEY: Final = rf"[ \t]*+(?:{_PART.pattern})[ \t]*+"
_KEYS: Final = rf"{_KEY}(?:\.{_KEY}){{0,{_DEEPEST - 1}}}+"
_DEFINITION: Final = re.compile(
    rf"(?P<value>{_KEYS})=[ \t]*+|\[(?P<table>{_KEYS})\]|\[\[(?P<element>{_KEYS})\]\]"
)

_Key: TypeAlias = str | int
_Kind: TypeAlias = Literal["table", "tables", "inline", "array"]
_BRACKETS: Final[Mapping[str, _Kind]] = {"[": "array", "{": "inline"}


@frozen(order=True)
class Position:
    """Where a token begins, counted from 1; columns count characters, however wide."""

    line: int
    column: int


@frozen
class Duplicate:
    """A key or a table that is defined although it is defined already."""

    path: Path
    first: Position
    again: Position


def locate(text: str) -> Mapping[Path, Position]:
    """The position of every key and of every element of a document.

    A key stands where it is first named; a table with a header of its own, at that header's last
    key. An element stands at its first character; in an array of tables, at its header's last key.
    The mapping ends where the text stops being TOML, or lies more than a thousand keys deep.

    >>> locate('title.th = "การใช้อำนาจ"')["title", "th"]
    Position(line=1, column=7)
    """
    return _read(text)


def duplicates(text: str) -> tuple[Duplicate, ...]:
    """What a document defines twice, in the order of the second definitions.

    Nothing where tomli refuses the text for something before that. The list ends where the text
    stops being TOML, and after ten thousand.

    >>> [found.path for found in duplicates("a = {b = 1, b = 2}")]
    [('a', 'b')]
    """
    refused = Position(1, 1)
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        refused = Position(error.lineno, error.colno)
    except (ValueError, RecursionError):  # a number too long for Python, or brackets too deep
        return ()
    places = _read(text)
    found = tuple(
        Duplicate((*table.path(), key), places.position(first), places.position(again))
        for table, key, first, again in places.root.repeats[:_MOST]
    )
    return found if found and found[0].again < refused else ()


@define(eq=False, repr=False)
class _Node:
    """What holds keys or elements. Keys can be added to a table and to no other kind."""

    kind: _Kind
    repeats: list[tuple[_Node, _Key, int, int]]  # of the whole document; the offsets of both keys
    depth: int = 0
    parent: _Node | None = None
    key: _Key = ""
    section: int | None = None  # the offset of what defines it; none while it is only named
    at: dict[_Key, int] = field(factory=dict)  # the offset of everything in it
    inside: dict[_Key, _Node] = field(factory=dict)  # of that, what holds something

    def path(self) -> Path:
        keys, node = list[_Key](), self
        while node.parent is not None:
            keys.append(node.key)
            node = node.parent
        return tuple(reversed(keys))

    def put(self, key: _Key, at: int, node: _Node | None = None) -> None:
        """Define a key. A second definition stays outside the tree, with all that is in it."""
        first = self.at.setdefault(key, at)
        if first != at:
            self.repeats.append((self, key, first, at))
        elif node is not None:
            self.inside[key] = node

    def get(self, kind: _Kind, key: _Key, at: int, section: int | None = None) -> _Node:
        """What a key leads to, defined by one section at most; in an array of tables, the last."""
        node = self.inside.get(key)
        if node is not None and node.kind == "tables" and kind == "table":
            node = node.inside[len(node.at) - 1]
        if node is None or node.kind != kind:
            node = _Node(kind, self.repeats, self.depth + 1, self, key)
            self.put(key, at, node)
        if node.section is None:
            node.section = section
        elif section not in (None, node.section):
            self.put(key, at)
        return node

    def header(self, keys: list[tuple[_Key, int]], *, element: bool) -> _Node:
        """The table that a header defines; the tables on the way it only names."""
        table = self
        for key, at in keys[:-1]:
            table = table.get("table", key, at)
        key, at = keys[-1]
        if element:
            table = table.get("tables", key, at)
            key = len(table.at)
        node = table.get("table", key, at, section=at)
        if node.section == at and table.inside.get(key) is node:
            table.at[key] = at
        return node


@frozen(eq=False, repr=False)
class _Places(Mapping[Path, Position]):
    # No dict of paths: in a hostile file, of 8 MiB and 400 brackets deep, they take gigabytes.
    root: _Node
    lines: array[int]

    def __getitem__(self, path: Path) -> Position:
        if not path:
            raise KeyError(path)
        node = self.root
        for key in path[:-1]:
            node = node.inside[key]
        return self.position(node.at[path[-1]])

    def __iter__(self) -> Iterator[Path]:
        nodes = [self.root]
        for node in nodes:
            path = node.path()
            yield from ((*path, key) for key in node.at)
            nodes.extend(node.inside.values())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def position(self, offset: int) -> Position:
        line = bisect_right(self.lines, offset)
        return Position(line, offset - self.lines[line - 1] + 1)


def _read(text: str) -> _Places:
    root = _Node("table", [], section=-1)
    opened, at = [root], 0  # the section's table, and the brackets that are open in it
    while (gap := _GAP.match(text, at)) and opened[-1].depth < _DEEPEST:
        at, holder = gap.end(), opened[-1]
        keys: list[tuple[_Key, int]] = [(len(holder.at), at)]
        if len(opened) > 1 and text[at] in "]}":
            opened.pop()
            at += 1
            continue
        if holder.kind != "array":
            if not (match := _DEFINITION.match(text, at)):
                break
            form, at = match.lastgroup or "", match.end()
            parts = _PART.finditer(text, *match.span(form))
            keys = [(_name(part[0]), part.start()) for part in parts]
            if form != "value":
                opened = [root.header(keys, element=form == "element")]
                continue
            for key, stands in keys[:-1]:
                holder = holder.get("table", key, stands, opened[-1].section)
        key, stands = keys[-1]
        if kind := _BRACKETS.get(text[at : at + 1]):
            opened.append(_Node(kind, root.repeats, holder.depth + 1, holder, key))
            holder.put(key, stands, opened[-1])
            at += 1
        elif scalar := _SCALAR.match(text, at):
            holder.put(key, stands)
            at = scalar.end()
        else:
            break
    return _Places(root, array("q", [0, *(feed.end() for feed in re.finditer("\n", text))]))


def _name(token: str) -> str:
    try:
        return next(iter(tomli.loads(f"{token} = 0"))) if token[0] in "\"'" else token
    except tomli.TOMLDecodeError:
        return token
