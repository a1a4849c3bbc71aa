"""Slips of the hand: every key of a scheme file deleted, misspelt, moved one level up and doubled.

The keys are found by their positions, and the text is changed around them; nothing here knows the
notation. `Slip.lines` says which lines count as "the exact line" of a report:

* misspelt: the line on which the changed key stands;
* moved: the lines on which the key and its value now stand, that of a key of the same name which it
  meets there, and that of the table which it was taken from;
* doubled: the lines of the two keys;
* deleted: the line of the table that it was deleted from, and the lines of the table's siblings,
  which may now be what is odd; for a key that declares a name, also the lines that use the name;
* a table's header deleted or misspelt: the line of the header as well as the lines of the keys
  and the tables below it, which now belong to another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

import tomli
from attrs import frozen

from itakit.notation.positions import Path, Position, locate

Where: TypeAlias = Mapping[Path, Position]
Change = Literal["deleted", "misspelt", "moved", "doubled"]

_TOKEN = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_BEFORE = re.compile(rf"(?:{_TOKEN}[ \t]*\.[ \t]*)*$")
_HEADER = re.compile(r"^[ \t]*(\[\[?)([^\[\]\n]+)(\]\]?)", re.MULTILINE)
_OPEN, _CLOSE = "[{", "]}"
_LEXEME = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|.',
    re.DOTALL,
)


@frozen
class Key:
    """A definition ``a.b = value``, or a header, in a text."""

    path: Path
    start: int
    """Where its first part begins; for a header, its line."""
    at: int
    """Where the part begins that gives it its own name."""
    name: str
    end: int
    """The end of its value, or of the header."""
    kind: Literal["line", "inline", "header"]


@frozen
class Slip:
    """A text with one slip in it."""

    change: Change
    key: Key
    text: str
    lines: frozenset[int]
    """The lines where a report of the slip is exact, in the text with the slip."""


def keys(text: str) -> Iterator[Key]:
    """Every key that is given a value, and every header, in the order of the text."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    seen: set[int] = set()
    closed = 0  # the end of the definition that is open
    tables = tomli.loads(text)
    for path, place in sorted(
        locate(text).items(), key=lambda item: (item[1].line, item[1].column)
    ):
        at = starts[place.line - 1] + place.column - 1
        token = re.compile(_TOKEN).match(text, at)
        if token is None or at in seen:
            continue
        after = text[token.end() :].lstrip(" \t")
        header = _HEADER.match(text, starts[place.line - 1])
        if after.startswith("=") and not isinstance(path[-1], int):
            seen.add(at)
            start = at - len(_BEFORE.search(text[starts[place.line - 1] : at])[0])  # type: ignore[index]
            value = text.index("=", token.end()) + 1
            inline = start < closed or bool(text[starts[place.line - 1] : start].strip())
            end = _end(text, value)
            closed = max(closed, end)
            yield Key(path, start, at, token[0], end, "inline" if inline else "line")
        elif (
            header is not None
            and header.start(2) <= at
            and token.end() == header.end(2)
            and isinstance(_at(tables, path), dict)
        ):
            seen.add(at)
            yield Key(path, header.start(), at, token[0], header.end(), "header")


def slips(text: str, most: int | None = None) -> Iterator[Slip]:
    """Every key deleted, misspelt, moved one level up and doubled, where that can be done.

    Or only in so many of the keys that differ in no more than which node they are of.
    """
    where = locate(text)
    all_keys = tuple(keys(text))
    alike: dict[object, list[Key]] = {}
    for key in all_keys:
        name = tuple(part for part in key.path if isinstance(part, str))
        alike.setdefault((name, key.kind), []).append(key)
    for same in alike.values():
        chosen = same if most is None else same[:: -(-len(same) // most)]
        for key in chosen:
            yield from _slips(text, key, where, all_keys)


def _slips(text: str, key: Key, where: Where, all_keys: tuple[Key, ...]) -> Iterator[Slip]:
    yield _deleted(text, key, where, all_keys)
    yield from _misspelt(text, key, all_keys)
    yield from _moved(text, key, where, all_keys)
    yield _doubled(text, key)


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _end(text: str, at: int) -> int:
    depth, end = 0, at
    while at < len(text):
        lexeme = _LEXEME.match(text, at)
        assert lexeme is not None
        found = lexeme[0]
        if depth == 0 and (found in ",\n" or found in _CLOSE or found[0] == "#"):
            break
        depth += (found in _OPEN) - (found in _CLOSE)
        at = lexeme.end()
        if not found.isspace():
            end = at
    return end


def _at(tables: Any, path: Path) -> Any:
    for part in path:
        tables = tables[part]
    return tables


def _cut(text: str, key: Key) -> tuple[int, int]:
    """What goes when a key goes: its line, or it and the comma after or before it."""
    start, end = key.start, key.end
    if key.kind == "inline":
        after = re.compile(r"\s*,[ \t]*").match(text, end)
        if after:
            return start, after.end()
        before = re.search(r",\s*$", text[:start])
        return (before.start() if before else start), end
    return text.rfind("\n", 0, start) + 1, (text.find("\n", end) + 1 or len(text))


def _section(text: str, key: Key, all_keys: tuple[Key, ...]) -> range:
    """The lines of a header, of the keys below it and of the tables in its table."""
    name = text[key.start : key.end].strip("[] \t")
    following = [
        other.start
        for other in all_keys
        if other.kind == "header"
        and other.start > key.start
        and not text[other.start : other.end].strip("[] \t").startswith(f"{name}.")
    ]
    last = line_of(text, following[0]) - 1 if following else line_of(text, len(text))
    return range(line_of(text, key.start), last + 1)


def _deleted(text: str, key: Key, where: Where, all_keys: tuple[Key, ...]) -> Slip:
    start, end = _cut(text, key)
    changed = text[:start] + text[end:]
    gone = text.count("\n", start, end)
    cut_line = line_of(text, start)
    lines: set[int] = set()
    if key.kind == "header":
        lines |= set(_section(text, key, all_keys))
    above = key.path[:-1]
    for path, place in where.items():
        sibling = len(path) == len(above) and path[:-1] == above[:-1]
        if path == above or sibling or (len(path) == len(key.path) and path[:-1] == above):
            lines.add(place.line)
    if above and above not in where:
        lines.add(line_of(text, key.start))
    name = key.name.strip("\"'")
    if "aggregation" in key.path or "scale" in key.path[:1] or key.name == "root":
        used = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        lines |= {line_of(text, match.start()) for match in used.finditer(text)}
    if not above:
        lines.add(1)
    shifted = {n - gone if n > cut_line else n for n in lines}
    return Slip("deleted", key, changed, frozenset(shifted))


def _misspelling(name: str) -> str:
    """A plausible slip: two letters change places, or the last one is struck twice."""
    bare = name.strip("\"'")
    for i in range(1, len(bare) - 1):
        if bare[i] != bare[i + 1]:
            slip = bare[:i] + bare[i + 1] + bare[i] + bare[i + 2 :]
            return name.replace(bare, slip)
    return name.replace(bare, bare + bare[-1])


def _misspelt(text: str, key: Key, all_keys: tuple[Key, ...]) -> Iterator[Slip]:
    """The key itself and, before it, the keys that lead to it, each in turn."""
    lines = {line_of(text, key.at)}
    if key.kind == "header":
        lines |= set(_section(text, key, all_keys))
    first = text.find(text[key.start :].lstrip("[ \t")[:1], key.start)
    for part in re.compile(_TOKEN).finditer(text, first, key.at + len(key.name)):
        changed = text[: part.start()] + _misspelling(part[0]) + text[part.end() :]
        yield Slip("misspelt", key, changed, frozenset(lines))


def _moved(text: str, key: Key, where: Where, all_keys: tuple[Key, ...]) -> Iterator[Slip]:
    if key.kind == "header":
        parts = text[key.start : key.end].split(".", 1)
        if len(parts) > 1:
            brackets = parts[0][: len(parts[0]) - len(parts[0].lstrip(" \t["))]
            changed = text[: key.start] + brackets + parts[1] + text[key.end :]
            yield Slip("moved", key, changed, frozenset(_section(text, key, all_keys)))
        return
    if key.at > key.start:  # title.th = … becomes th = …
        dots = list(re.finditer(rf"{_TOKEN}[ \t]*\.[ \t]*", text[key.start : key.at]))
        changed = text[: key.start + dots[-1].start()] + text[key.at :]
        yield Slip("moved", key, changed, frozenset({line_of(text, key.start)}))
        return
    target = _above(text, key, all_keys)
    if target is None:
        return
    at, opened, glue = target
    start, end = _cut(text, key)
    definition = text[key.start : key.end]
    put = opened + definition + glue
    changed = text[:at] + put + text[at:start] + text[end:]
    first = line_of(changed, at + len(opened))
    lines = set(range(first, first + definition.count("\n") + 1))
    above = key.path[:-1]
    for path in (
        above,
        (*(above[:-2] if isinstance(above[-1], int) else above[:-1]), key.path[-1]),
    ):
        if path in where:  # the table that it was taken from, and the key that it may meet
            line = where[path].line
            put_above = line >= line_of(text, at)
            cut_above = line > line_of(text, start)
            line += put.count("\n") * put_above - text.count("\n", start, end) * cut_above
            lines.add(line)
    yield Slip("moved", key, changed, frozenset(lines))


def _above(text: str, key: Key, all_keys: tuple[Key, ...]) -> tuple[int, str, str] | None:
    """Where the table above a key's own takes keys, what opens it there, and what ends a key."""
    if key.kind == "inline":
        around = [other for other in all_keys if other.at < key.start and key.end <= other.end]
        holder = max(around, key=lambda other: other.at, default=None)
        if holder is None:
            return None
        return holder.start, "", ", " if holder.kind == "inline" else "\n"
    headers = [other for other in all_keys if other.kind == "header"]
    own = [header for header in headers if header.start < key.start]
    if not own:
        return None
    inner = [part[0] for part in re.finditer(_TOKEN, text[own[-1].start : own[-1].end])][:-1]
    if not inner:
        return text.rfind("\n", 0, headers[0].start) + 1, "", "\n"
    name = re.compile(rf"^[ \t]*\[+{re.escape('.'.join(inner))}\]+[^\n]*\n", re.MULTILINE)
    above = [match for match in name.finditer(text) if match.start() < own[-1].start]
    if above:
        return above[-1].end(), "", "\n"
    return text.rfind("\n", 0, own[-1].start) + 1, f"[{'.'.join(inner)}]\n", "\n"


def _doubled(text: str, key: Key) -> Slip:
    copy = text[key.start : key.end]
    glue = ", " if key.kind == "inline" else "\n"
    changed = text[: key.end] + glue + copy + text[key.end :]
    first = line_of(text, key.at)
    second = line_of(changed, key.end + len(glue) + key.at - key.start)
    return Slip("doubled", key, changed, frozenset({first, second}))
