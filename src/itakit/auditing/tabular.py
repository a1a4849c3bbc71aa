"""Files of published figures: TOML and JSON by code, CSV and Excel with a row for each code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

import tomli
from attrs import frozen

from itakit.entries import Place, Twins
from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.idiom import CSV, JSON, TOML
from itakit.notation import parse, read_text
from itakit.notation.positions import locate
from itakit.system import absent
from itakit.text import normal, printable
from itakit.wording import say

KINDS: Final = (TOML, JSON, CSV, ".tsv", ".txt", ".xlsx", ".xlsm")
"""What the name of a file of figures may end in."""
_COLUMNS: Final[Mapping[str, Literal["code", "score", "weighted"]]] = {
    "code": "code",
    "รหัส": "code",
    "figure": "score",
    "score": "score",
    "คะแนน": "score",
    "weighted": "weighted",
    "ถ่วงน้ำหนัก": "weighted",
    "คะแนนถ่วงน้ำหนัก": "weighted",
}
_TABLES: Final = ("score", "weighted")


@frozen
class Cell:
    """What a table says of one code."""

    kind: Literal["", "score", "weighted"]
    """Empty where a code stands beside grade and source."""
    code: object
    value: object
    place: Place = Place("")
    decimals: int | None = None
    """How many are shown of a number in a workbook."""
    lost: bool = False
    """Whether it is a number that has lost the zeros at its end."""


@frozen
class Found:
    """What a file says, and what is wrong with it."""

    cells: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()
    name: str = ""


def read_file(path: str) -> Found:
    """The cells of a file, by the kind that its name ends in."""
    suffix = Path(path.partition("#")[0]).suffix.lower()
    if suffix not in KINDS:
        says = say("file-kind", suffix=printable(suffix), known=", ".join(KINDS))
        if not suffix:
            says = say("file-no-kind", known=", ".join(KINDS))
        says = absent(path.partition("#")[0]) or says
        return Found(problems=(Problem(says, path=path),), name=path)
    try:
        if suffix == TOML:
            cells = tuple(_toml(path))
        elif suffix == JSON:
            cells = tuple(_json(path))
        else:
            cells = tuple(_rows(path))
    except (SchemeError, EvidenceError) as error:
        return Found(problems=error.problems, name=path)
    return Found(cells, (), path)


def _toml(path: str) -> Iterator[Cell]:
    document = parse(read_text(path), path)
    positions = locate(document.text)
    # A figure without quotes keeps its decimals, too.
    for key, value in tomli.loads(document.text, parse_float=Decimal).items():
        nested = key in _TABLES and isinstance(value, dict)
        for code, inner in value.items() if nested else [(key, value)]:
            found = positions.get((key, code) if nested else (key,))
            place = Place(path, found.line, found.column) if found else Place(path)
            yield Cell(_kind(key) if nested else "", code, inner, place)


def _kind(key: str) -> Literal["score", "weighted"]:
    return "weighted" if key == "weighted" else "score"


def _json(path: str) -> Iterator[Cell]:
    place = Place(path)
    try:
        table = _DECODER.decode(read_text(path))
    except json.JSONDecodeError as error:
        says = say("json-broken", reason=error.msg[:1].lower() + error.msg[1:])
        raise EvidenceError([Problem(says, None, path, error.lineno, error.colno)]) from None
    except RecursionError:
        raise EvidenceError([Problem(say("figure-split"), path=path)]) from None
    for pairs in (table, *(table.values() if isinstance(table, dict) else ())):
        if isinstance(pairs, Twins):
            says = say("json-twice", key=printable(pairs.key))
            raise EvidenceError([Problem(says, say("delete-one"), path, key=pairs.key)])
    if not isinstance(table, dict):
        raise EvidenceError([Problem(say("no-table", value=printable(table)), path=path)])
    for key, value in table.items():
        if key in _TABLES and isinstance(value, dict):
            yield from (Cell(_kind(key), code, inner, place) for code, inner in value.items())
        else:
            yield Cell("", key, value, place)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Twins:
    table = dict(pairs)
    return table if len(table) == len(pairs) else Twins(pairs)


_DECODER: Final = json.JSONDecoder(
    parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal, object_pairs_hook=_unique
)


def _rows(path: str) -> Iterator[Cell]:
    """A row for each code, with its score, its weighted score or both, and one for the grade."""
    try:
        from itakit.files import open_sources
    except ModuleNotFoundError:
        raise EvidenceError([Problem(say("frames-missing"), path=path)]) from None
    with open_sources([path]) as sources:
        for source in sources:
            frame = source.frame.collect()
            roles = {name: _COLUMNS.get(normal(name)) for name in frame.columns}
            problems = [
                Problem(say("figure-column"), say("figure-columns"), source.path, 1, key=name)
                for name, role in roles.items()
                if role is None
            ]
            taken = list(roles.values())
            if not problems and (taken.count("code") != 1 or len(set(taken)) < max(2, len(taken))):
                problems = [Problem(say("figure-columns"), path=source.path)]
            if problems:
                raise EvidenceError(problems)
            shown = source.decimals()
            heads = {role: name for name, role in roles.items() if role is not None}
            for i, row in enumerate(frame.iter_rows(named=True)):
                code = str(row[heads["code"]] or "").strip()
                line = Place(source.path, source.line(i))
                apart = code in ("grade", "source") or normal(code) == "ระดับ"
                for role in _TABLES:
                    value = row[heads[role]] if role in heads else None
                    if value is not None and apart:
                        yield Cell("", "source" if code == "source" else "grade", value, line)
                    elif value is not None:
                        cell = (line.line or 0, heads[role])
                        places = shown.get(cell)
                        lost = cell in shown and places is None
                        yield Cell(_kind(role), code, value, line, places, lost)
