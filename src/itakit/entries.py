"""Entries: what a file of evidence says, code by code, and where it says it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from json import JSONDecodeError
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from itakit import numerals
from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.evidence import Answer
from itakit.idiom import CSV, JSON, TOML, idiomatic
from itakit.notation import parse, read_text
from itakit.notation.flaws import Flaw, show
from itakit.notation.positions import Path as KeyPath
from itakit.notation.positions import Position, locate
from itakit.notation.reading import MAX_DEPTH
from itakit.numerals import Unreadable
from itakit.sheet import ANSWER, Row, read_sheet
from itakit.system import absent
from itakit.text import printable
from itakit.wording import Message, say

KINDS: Final = (TOML, JSON, CSV)
"""The kinds of files that hold one unit's evidence."""
_COMMA: Final = re.compile(r"[\s,]*")
_COLON: Final = re.compile(r"[\s:]*")


@frozen
class Place:
    """Where something stands in a file."""

    path: str
    line: int | None = None
    """Counted from 1."""
    column: int | None = None
    """Counted from 1, in characters."""

    def problem(
        self, says: Message, advice: Message | None = None, key: str = "", rank: int = 0
    ) -> Problem:
        """A problem at this place, in the words of the kind of file."""
        problem = Problem(says, advice, self.path, self.line, self.column, key, rank=rank)
        return idiomatic(problem, self.path)

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@frozen
class Entry:
    """What a file says of one code, as it stands there."""

    code: str
    value: object
    place: Place
    inside: Callable[[KeyPath], Place | None] = field(default=lambda _: None, eq=False, repr=False)
    """The place of a key inside the value, where the kind of file has one."""

    def problem(self, flaw: Flaw) -> Problem:
        """A flaw of the value as a problem at its place."""
        key = show((self.code, *flaw.path)) if flaw.path else name(self.code)
        return (self.inside(flaw.path) or self.place).problem(flaw.says, flaw.advice, key)


def name(code: str) -> str:
    """A code as a message can show it: on one line, and never long."""
    return code if code.isprintable() and len(code) <= 60 else printable(code)


@frozen
class Twins:
    """A JSON object that has a key twice; the standard reader would keep the last one."""

    pairs: Sequence[tuple[str, Any]]

    @property
    def key(self) -> str:
        """The first key that is there again."""
        names = [name for name, _ in self.pairs]
        return next(name for name in names if names.count(name) > 1)


def read_entries(path: str) -> tuple[Sequence[Entry], Sequence[Problem]]:
    """The entries of a file, by the kind that its name ends in; and what is wrong with it."""
    suffix = Path(path).suffix.lower()
    file = Place(path)
    if suffix not in KINDS:
        known = ", ".join(KINDS)
        says = say("file-kind", suffix=printable(suffix), known=known)
        if not suffix:
            says = say("file-no-kind", known=known)
        if (missing := absent(path)) is not None:
            return [], [file.problem(missing)]
        return [], [file.problem(says, say("save-as-csv") if suffix in _SHEETS else None)]
    try:
        if suffix == CSV:
            rows, problems = read_sheet(path)
            entries = [Entry(row.code, _cell(row), Place(path, row.line)) for row in rows]
        else:
            entries, problems = list(_READERS[suffix](path, read_text(path))), []
    except (SchemeError, EvidenceError) as error:
        return [], error.problems
    if not entries and not problems:
        problems = [file.problem(say("empty-evidence"))]
    return entries, problems


def _cell(row: Row) -> object:
    """What a cell stands for: one answer in a column of answers, else a score."""
    return Answer(row.value) if row.column == ANSWER else row.value


_SHEETS = (".xlsx", ".xls", ".ods", ".tsv", ".txt")


def _toml(path: str, text: str) -> Iterator[Entry]:
    document = parse(text, path)
    positions = locate(document.text)
    for code, value in document.tables.items():
        known = _Inside(path, code, positions)
        yield Entry(code, value, known(()) or Place(path, 1, 1), known)


@frozen
class _Inside:
    path: str
    code: str
    positions: Mapping[KeyPath, Position]

    def __call__(self, inside: KeyPath) -> Place | None:
        found = self.positions.get((self.code, *inside))
        return None if found is None else Place(self.path, found.line, found.column)


def _json(path: str, text: str) -> Iterable[Entry]:
    file = Place(path)
    try:
        table = _DECODER.decode(text)
    except JSONDecodeError as error:
        says = say("json-broken", reason=error.msg[:1].lower() + error.msg[1:])
        place = evolve(file, line=error.lineno, column=error.colno)
        raise EvidenceError([place.problem(says)]) from None
    except RecursionError:
        raise EvidenceError([file.problem(say("too-deep", depth=MAX_DEPTH))]) from None
    if not isinstance(table, dict | Twins):
        raise EvidenceError([file.problem(say("not-a-unit"))])
    pairs = table.pairs if isinstance(table, Twins) else table.items()
    return [
        Entry(code, value, evolve(file, line=line, column=column))
        for (code, value), (line, column) in zip(pairs, _key_places(text), strict=True)
    ]


def _key_places(text: str) -> Iterator[tuple[int, int]]:
    """The line and column of every key of a JSON object that has been read without an error."""
    at = text.index("{") + 1
    counted, line = 0, 1
    while text[at := _end(_COMMA, text, at)] != "}":
        line += text.count("\n", counted, at)
        counted = at
        yield line, at - text.rfind("\n", 0, at)
        _, at = _DECODER.raw_decode(text, at)
        _, at = _DECODER.raw_decode(text, _end(_COLON, text, at))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _exact(text: str) -> object:
    try:
        return numerals.read(text)
    except ValueError:
        return Unreadable(text[: numerals.LIMIT])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Twins:
    table = dict(pairs)
    return table if len(table) == len(pairs) else Twins(pairs)


_DECODER: Final = json.JSONDecoder(
    parse_float=_exact,
    parse_int=_exact,
    parse_constant=Unreadable,
    object_pairs_hook=_object,
)
_READERS: Final[Mapping[str, Callable[[str, str], Iterable[Entry]]]] = {
    TOML: _toml,
    JSON: _json,
}
