"""From text to plain tables: tomli, within bounds.

A file is refused by its size and its depth before either can cost anything, and numbers are read
as exact fractions.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import tomli
from attrs import frozen

from itakit import numerals
from itakit.errors import Problem, SchemeError
from itakit.notation.flaws import MOST, show
from itakit.notation.positions import Duplicate, duplicates
from itakit.system import unreadable
from itakit.wording import Message, say

MAX_BYTES = 8 * 1024 * 1024
"""The largest file that is read."""
MAX_CHARACTERS = 2_500_000
"""The longest text that is taken for TOML: a hundred times that of ita_2565."""
MAX_DEPTH = 200
"""The most tables and lists that may stand inside each other."""


@frozen
class Document:
    """A TOML file as it was read."""

    name: str
    """Its path, or what stands for it."""
    text: str
    tables: dict[str, Any]


def read_text(path: Path | str) -> str:
    """The text of a file. Raises `SchemeError` where it cannot be read, is too large or no text.

    A byte order mark is dropped; a file that is not UTF-8 is refused, with the place.
    """
    name = str(path)
    if not name:
        raise refused(name, say("empty-path"), say("give-path"))
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise refused(name, unreadable(error)) from None
    if len(data) > MAX_BYTES:
        raise refused(name, say("file-too-large", megabytes=MAX_BYTES >> 20), say("shorten-file"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        at = _place(before, len(before))
        raise refused(name, say("not-utf8"), say("save-as-utf8"), *at) from None


def parse(text: str, name: str) -> Document:
    """The tables of a TOML text. Raises `SchemeError` with the place where it is not TOML."""
    if len(text) > MAX_CHARACTERS:
        limit = f"{MAX_CHARACTERS:,}"
        raise refused(name, say("text-too-long", limit=limit), say("shorten-file"))
    text = text.removeprefix("\ufeff")
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half a character, which only a caller's text can hold
        at = _place(text, error.start)
        raise refused(name, say("not-utf8"), say("save-as-utf8"), *at) from None
    try:
        tables = tomli.loads(text, parse_float=_number)
    except tomli.TOMLDecodeError as error:
        raise SchemeError(_syntax(text, name, error)) from None
    except RecursionError:
        raise refused(name, say("too-deep", depth=MAX_DEPTH)) from None
    except ValueError:  # an integer of more digits than Python converts
        found = re.search(rf"(?<![\w\"'])[+-]?\d[\d_]{{{numerals.LIMIT},}}", text)
        place = _place(text, found.start()) if found else (None, None)
        raise refused(name, say("number-too-long", limit=numerals.LIMIT), None, *place) from None
    if _depth(tables) > MAX_DEPTH:
        raise refused(name, say("too-deep", depth=MAX_DEPTH))
    return Document(name, text, tables)


def _place(text: str, offset: int) -> tuple[int, int]:
    """The line and the column of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _number(text: str) -> Fraction | numerals.Unreadable:
    try:
        return numerals.read(text.replace("_", ""))
    except ValueError:
        return numerals.Unreadable(text[: numerals.LIMIT])


def _depth(tables: dict[str, Any]) -> int:
    depth = 0
    floor: list[Any] = [tables]
    while floor and depth <= MAX_DEPTH:
        depth += 1
        below: list[Any] = []
        for value in floor:
            inner = value.values() if isinstance(value, dict) else value
            below.extend(part for part in inner if isinstance(part, dict | list))
        floor = below
    return depth


def _syntax(text: str, name: str, error: tomli.TOMLDecodeError) -> list[Problem]:
    """What tomli refused; keys given twice are all told, each at its place."""
    lines = text.split("\n")
    twice: dict[object, Problem] = {}
    for found in duplicates(text)[:MOST]:
        problem = _twice(found, lines, name)
        twice.setdefault((problem.says.name, problem.line, problem.column), problem)
    if twice:
        return list(twice.values())
    meant = (sentence for start, sentence in _SENTENCES.items() if error.msg.startswith(start))
    sentence = next(meant, None)
    character = text[error.pos : error.pos + 1]
    if sentence == "toml-character" and character == "\n":
        sentence = "toml-string"
    reason = say(sentence) if sentence else error.msg[:1].lower() + error.msg[1:]
    advice = _advice(sentence, character)
    return [Problem(say("not-toml", reason=reason), advice, name, error.lineno, error.colno)]


_SENTENCES = {
    "Invalid statement": "toml-statement",
    "Expected newline": "toml-newline",
    "Expected ']": "toml-header",
    "Expected '='": "toml-equals",
    "Invalid initial character": "toml-key",
    "Unclosed array": "toml-array",
    "Unclosed inline table": "toml-inline",
    "Unterminated string": "toml-string",
    "Illegal character": "toml-character",
    "Found invalid character": "toml-character",
    "Unescaped": "toml-backslash",
    "Escaped character": "toml-escape",
    "Invalid hex": "toml-escape",
    "Invalid value": "toml-value",
    "Invalid date": "toml-date",
}
"""What tomli says, by how that begins; anything else is passed on in its own words."""


def _advice(sentence: str | None, character: str) -> Message | None:
    if character and character in "“”„‘’":
        return say("straight-quotes")
    if sentence == "toml-value" and character.isalpha():
        return say("quote")
    if sentence in ("toml-statement", "toml-key") and character > "\x7f":
        return say("quote-key")
    return None


def _twice(found: Duplicate, lines: list[str], name: str) -> Problem:
    first, again, key = found.first, found.again, show(found.path)
    on_the_way = re.match(r"[\w-]+[ \t]*\.", lines[first.line - 1][first.column - 1 :])
    if on_the_way and lines[again.line - 1].lstrip().startswith("[["):
        header = ".".join(part for part in found.path if isinstance(part, str))
        says, hint = say("table-before-list", line=again.line), say("list-first", name=header)
        return Problem(says, hint, name, first.line, first.column, key)
    says, hint = say("given-twice", line=first.line), say("delete-one")
    return Problem(says, hint, name, again.line, again.column, key)


def refused(
    name: str,
    says: Message,
    advice: Message | None = None,
    line: int | None = None,
    column: int | None = None,
) -> SchemeError:
    """The error for a file that could not be read at all."""
    return SchemeError([Problem(says, advice, name, line, column)])
