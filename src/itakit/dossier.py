"""The dossier of one unit: evidence as files hold it, in TOML, JSON or CSV.

TOML and JSON hold a table by code: a number, a numeral in quotes, ``{ answers = { "4" = 310 } }``,
``{ answer = "72.3" }`` or ``"not applicable"``. CSV has the columns ``code`` and ``score``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.notation import parse, read_text
from itakit.notation.positions import Position, locate
from itakit.notation.reading import MAX_BYTES
from itakit.numerals import Unreadable
from itakit.tally import NOT_APPLICABLE, Answer, Evidence, Tally
from itakit.text import normal, printable
from itakit.wording import Message, say

KINDS = (".toml", ".json", ".csv")
"""The kinds of files that hold one unit's evidence."""


@frozen
class Dossier:
    """What files say of one unit, and where they say it."""

    evidence: Mapping[str, Evidence]
    places: Mapping[str, tuple[str, int | None, int | None]] = field(factory=dict)
    """The path, line and column of each code."""

    def address(self, error: EvidenceError) -> EvidenceError:
        """The same problems, each with the place of its code in the files."""
        return EvidenceError(
            evolve(problem, path=place[0], line=place[1], column=place[2])
            if (place := self.places.get(problem.key))
            else problem
            for problem in error.problems
        )


def read_dossier(paths: Iterable[str]) -> Dossier:
    """What several files say of one unit. Raises `EvidenceError` with every problem at once;
    a code that two files give is one."""
    evidence: dict[str, Evidence] = {}
    places: dict[str, tuple[str, int | None, int | None]] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            entries = _reader(path)(path)
        except (SchemeError, EvidenceError) as error:
            problems.extend(error.problems)
            continue
        if not entries:
            problems.append(Problem(say("empty-evidence"), path=path))
        for code, value, line, column in entries:
            if code in places:
                first = ":".join(str(part) for part in places[code][:2] if part)
                says = say("twice-in-files", first=first)
                problems.append(Problem(says, say("one-of-both"), path, line, column, code))
                continue
            places[code] = path, line, column
            try:
                evidence[code] = evidence_of(value)
            except ValueError:
                problems.append(Problem(say("bad-evidence"), None, path, line, column, code))
    if problems:
        raise EvidenceError(problems)
    return Dossier(evidence, places)


Entry = tuple[str, object, int | None, int | None]


def evidence_of(value: object) -> Evidence:
    """The evidence that a value of a TOML or JSON file stands for. Raises `ValueError`."""
    match value:
        case "not applicable":
            return NOT_APPLICABLE
        case bool() | Unreadable():
            raise ValueError
        case str() | int() | Fraction() | Decimal():
            return value
        case {"answers": dict(answers), **rest} if not rest:
            return Tally(answers)
        case {"answer": str() | int() | Fraction() | Decimal() as answer, **rest} if not rest:
            return Answer(answer)
        case _:
            raise ValueError


def _reader(path: str) -> Callable[[str], list[Entry]]:
    readers = dict(zip(KINDS, (_toml, _json, _csv), strict=True))
    suffix = Path(path).suffix.lower()
    if suffix in readers:
        return readers[suffix]
    says = say("file-kind", suffix=printable(suffix), known=", ".join(KINDS))
    raise EvidenceError([Problem(says, path=path)])


def _toml(path: str) -> list[Entry]:
    document = parse(read_text(path), path)
    positions = locate(document.text)
    entries: list[Entry] = []
    for code, value in document.tables.items():
        place = positions.get((code,), Position(1, 1))
        entries.append((code, value, place.line, place.column))
    return entries


def _json(path: str) -> list[Entry]:
    text = read_text(path)
    try:
        table = json.loads(
            text, parse_float=_exact, parse_int=_exact, parse_constant=Unreadable,
            object_pairs_hook=_no_twins,
        )  # fmt: skip
    except json.JSONDecodeError as error:
        says = say("json-broken", reason=error.msg[:1].lower() + error.msg[1:])
        raise EvidenceError([Problem(says, None, path, error.lineno, error.colno)]) from None
    except RecursionError:
        raise EvidenceError([Problem(say("too-deep", depth=200), path=path)]) from None
    except _Twins as twins:
        says = say("json-broken", reason=f"{twins} is given twice")
        raise EvidenceError([Problem(says, path=path)]) from None
    if not isinstance(table, dict):
        raise EvidenceError([Problem(say("not-a-unit"), path=path)])
    return [(code, value, None, None) for code, value in table.items()]


class _Twins(Exception):
    """A key that a JSON object has twice; the standard reader would keep the last one."""


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twins(printable(next(name for name in names if names.count(name) > 1)))
    return table


def _exact(text: str) -> object:
    from itakit.numerals import read

    try:
        return read(text)
    except ValueError:
        return Unreadable(text[:100])


def _csv(path: str) -> list[Entry]:
    text = _csv_text(path)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    entries: list[Entry] = []
    problems: list[Problem] = []

    def wrong(says: Message, line: int) -> None:
        problems.append(Problem(says, None, path, line))

    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        header = [normal(cell) for cell in next(rows, [])]
        if sorted(header) != ["code", "score"]:
            wrong(say("csv-header", found=printable(delimiter.join(header))), 1)
        else:
            code, score = header.index("code"), header.index("score")
            for row in rows:
                line = rows.line_num
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) == 2:
                    entries.append((row[code].strip(), row[score].strip(), line, None))
                else:
                    wrong(say("csv-row", found=len(row), expected=2), line)
    except csv.Error as error:
        wrong(say("csv-broken", reason=str(error)), rows.line_num)
    if problems:
        raise EvidenceError(problems)
    return entries


def _csv_text(path: str) -> str:
    """The text of a CSV file: UTF-8 with or without a byte order mark, else Windows-874, as
    Excel writes it in Thailand."""
    try:
        return read_text(path)
    except SchemeError as error:
        if error.problems[0].says.name != "not-utf8":
            raise
    with open(path, "rb") as file:
        data = file.read(MAX_BYTES)
    try:
        return data.decode("cp874")
    except UnicodeDecodeError:
        raise EvidenceError([Problem(say("csv-encoding"), path=path)]) from None
