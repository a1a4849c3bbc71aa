"""From text to plain tables: tomli, within bounds.

A file is refused by its size and its depth before either can cost anything, and numbers are read
as exact fractions.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import tomli
from attrs import frozen

from itakit import numerals
from itakit.errors import Problem, SchemeError
from itakit.notation.flaws import show
from itakit.notation.positions import duplicates
from itakit.wording import Message, say

MAX_BYTES = 8 * 1024 * 1024
"""The largest file that is read."""
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
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refused(name, say("unreadable-file", reason=reason.lower())) from None
    if len(data) > MAX_BYTES:
        raise refused(name, say("file-too-large", megabytes=MAX_BYTES >> 20))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise refused(name, say("not-utf8"), say("save-as-utf8"), line, column) from None


def parse(text: str, name: str) -> Document:
    """The tables of a TOML text. Raises `SchemeError` with the place where it is not TOML."""
    if len(text) > MAX_BYTES:
        raise refused(name, say("file-too-large", megabytes=MAX_BYTES >> 20))
    try:
        tables = tomli.loads(text.removeprefix("\ufeff"), parse_float=_number)
    except tomli.TOMLDecodeError as error:
        raise SchemeError(_syntax(text, name, error)) from None
    except RecursionError:
        raise refused(name, say("too-deep", depth=MAX_DEPTH)) from None
    except ValueError:  # an integer of more digits than Python converts
        raise refused(name, say("number-too-long", limit=numerals.LIMIT)) from None
    if _depth(tables) > MAX_DEPTH:
        raise refused(name, say("too-deep", depth=MAX_DEPTH))
    return Document(name, text, tables)


def _number(text: str) -> Fraction | numerals.Unreadable:
    try:
        return numerals.read(text.replace("_", ""))
    except ValueError:
        return numerals.Unreadable(text[: numerals.LIMIT])


def _depth(tables: dict[str, Any]) -> int:
    depth, floor = 0, [tables]
    while floor and depth <= MAX_DEPTH:
        depth += 1
        below: list[Any] = []
        for value in floor:
            for inner in value.values() if isinstance(value, dict) else value:
                if isinstance(inner, dict | list):
                    below.append(inner)
        floor = below
    return depth


def _syntax(text: str, name: str, error: tomli.TOMLDecodeError) -> list[Problem]:
    """What tomli refused; keys given twice are all told, each at its place."""
    twice = [
        Problem(
            say("given-twice", line=found.first.line),
            say("delete-one"),
            name,
            found.again.line,
            found.again.column,
            show(found.path),
        )
        for found in duplicates(text)
    ]
    if twice:
        return twice
    says = say("not-toml", reason=error.msg[:1].lower() + error.msg[1:])
    return [Problem(says, None, name, error.lineno, error.colno)]


def refused(
    name: str,
    says: Message,
    advice: Message | None = None,
    line: int | None = None,
    column: int | None = None,
) -> SchemeError:
    """The error for a file that could not be read at all."""
    return SchemeError([Problem(says, advice, name, line, column)])
