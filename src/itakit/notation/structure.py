"""From plain tables to typed ones: cattrs, strict, with every flaw at its key path.

Keys that a table does not have are flaws, with the key that was probably meant or the table
where it belongs.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args, get_origin

import attrs

from itakit.notation import kinds
from itakit.notation.flaws import Flaw, Refused
from itakit.notation.positions import Path
from itakit.notation.tables import (
    AnswerTable,
    Code,
    Count,
    FileTable,
    GradeTable,
    Identifier,
    MethodTable,
    NodeTable,
    Pair,
    PhaseTable,
    RoundingTable,
    SampleTable,
    ScaleTable,
    SchemeTable,
    Share,
    Texts,
)
from itakit.policy import Missing
from itakit.suggest import did_you_mean, nearest
from itakit.titles import Title
from itakit.wording import Message, say

if TYPE_CHECKING:
    from cattrs import Converter

Hook: TypeAlias = Callable[[object, object], Any]
CHILDREN = "\0"
"""The key under which a node's children are gathered; no file can hold it unescaped."""
TABLES: Mapping[type, str] = {
    NodeTable: "place-node",
    SchemeTable: "place-scheme",
    RoundingTable: "place-rounding",
    GradeTable: "place-grade",
    ScaleTable: "place-scale",
    AnswerTable: "place-answer",
    SampleTable: "place-sample",
    PhaseTable: "place-calendar",
    FileTable: "place-file",
}
"""The tables of the notation, each with the sentence that says where it stands."""


def keys_of(table: type) -> dict[str, str]:
    """The keys of a table as the file has them, by the names of their fields."""
    return {
        field.name: CHILDREN if field.name == "children" else field.metadata.get("name", field.name)
        for field in attrs.fields(table)
    }


_KEYS: Mapping[type, Mapping[str, str]] = {table: keys_of(table) for table in TABLES}
RESERVED = {key for table in (NodeTable, FileTable) for key in _KEYS[table].values()}
"""Names that no level can have: the keys of a node and of a file."""


def structure(raw: Mapping[str, Any]) -> tuple[FileTable | None, list[Flaw]]:
    """The typed file, or the flaws that keep it from being one."""
    from cattrs import BaseValidationError

    aggregation = raw.get("aggregation")
    levels = set(aggregation) - RESERVED if isinstance(aggregation, dict) else set()
    try:
        return _converter().structure(_gather(raw, levels), FileTable), []
    except BaseValidationError as error:
        return None, [_advised(flaw, raw, levels) for flaw in _flaws(error)]


def _gather(raw: Mapping[str, Any], levels: Collection[str]) -> dict[str, Any]:
    """The same tables with the lists of children under one key.

    Levels are names in the data, so only the file knows which keys of a node hold children.
    """
    table: dict[str, Any] = {}
    children: dict[str, Any] = {}
    for key, value in raw.items():
        if key in levels:
            if isinstance(value, list):
                value = [_gather(v, levels) if isinstance(v, dict) else v for v in value]
            children[key] = value
        else:
            table["\\0" if key == CHILDREN else key] = value
    if children:
        table[CHILDREN] = children
    return table


def _flaws(error: BaseException) -> Iterator[Flaw]:
    """The flaws that cattrs has collected, each with the path that leads to it."""
    from cattrs import ClassValidationError, ForbiddenExtraKeysError

    match error:
        case ClassValidationError():
            noted, others = error.group_exceptions()
            for inner, attribute in noted:
                key = _KEYS[error.cl].get(attribute.name, attribute.name)
                if isinstance(inner, KeyError):
                    yield Flaw((key,), say("missing-key", key=key))
                else:
                    above = () if key == CHILDREN else (key,)
                    yield from (flaw.below(*above) for flaw in _flaws(inner))
            for inner in others:
                yield from _flaws(inner)
        case ForbiddenExtraKeysError():
            for key in error.extra_fields:
                yield Flaw((key,), say("unknown-key", table=error.cl))
        case Refused():
            yield from error.flaws
        case _:
            raise error


def _advised(flaw: Flaw, raw: Mapping[str, Any], levels: Collection[str]) -> Flaw:
    """An unknown key with the advice that fits it: the key or the place that was meant."""
    table = flaw.says.values.get("table")
    if not isinstance(table, type):
        return flaw
    key = str(flaw.path[-1])
    own = [name for name in _KEYS[table].values() if name != CHILDREN]
    holds_nodes = CHILDREN in _KEYS[table].values()
    known = [*own, *levels] if holds_nodes else own
    places = [place for other, place in TABLES.items() if key in _KEYS[other].values()]
    advice = did_you_mean(key, known)
    if places and not (advice and nearest(key, known) == key):
        advice = say("belongs", place=say(places[0]))
    elif advice is None and holds_nodes and isinstance(_at(raw, flaw.path), list):
        advice = say("name-level", level=key)
    return Flaw(flaw.path, say("unknown-key"), advice or say("known-keys", keys=", ".join(known)))


def _at(raw: Any, path: Path) -> object:
    for part in path:
        raw = raw.get(part) if isinstance(raw, dict) else raw[part]
    return raw


_HOOKS: Mapping[Any, Callable[[Any], Any]] = {
    Fraction: kinds.number,
    str: kinds.text,
    bool: kinds.truth,
    Code: kinds.code,
    Identifier: kinds.identifier,
    Count: kinds.count,
    Share: kinds.share,
    Pair: kinds.pair,
    Texts: kinds.texts,
    datetime.date: kinds.date,
    Title: kinds.title,
    Missing: kinds.missing,
    MethodTable: kinds.method,
}


@cache
def _converter() -> Converter:
    # cattrs takes longer to import than all of itakit, and only reading a scheme needs it.
    from cattrs import BaseValidationError, Converter
    from cattrs.gen import make_dict_structure_fn, override

    converter = Converter(detailed_validation=True, forbid_extra_keys=True)

    def taken(kind: Any) -> Callable[[object], Any]:
        """The hook of a kind, with cattrs's collected errors as flaws."""
        inner = converter.get_structure_hook(kind)

        def hook(value: object) -> Any:
            try:
                return inner(value, kind)
            except BaseValidationError as error:
                raise Refused(_flaws(error)) from None

        return hook

    def listed(kind: Any) -> Hook:
        part = get_args(kind)[0]

        def hook(value: object, _: object) -> tuple[Any, ...]:
            if not isinstance(value, list):
                advice = say("double-brackets") if isinstance(value, dict) else None
                raise kinds.expected("a-list", value, advice)
            return tuple(kinds.each(enumerate(value), taken(part)).values())

        return hook

    def named(kind: Any) -> Hook:
        part = get_args(kind)[1]

        def hook(value: object, _: object) -> dict[str, Any]:
            if not isinstance(value, dict):
                raise kinds.expected("a-table", value)
            return kinds.each(value.items(), taken(part))

        return hook

    def tabular(table: Any) -> Hook:
        names = {name: override(rename=key) for name, key in _KEYS[table].items()}
        made = make_dict_structure_fn(table, converter, **names)  # type: ignore[arg-type]

        def hook(value: object, _: object) -> Any:
            if table is NodeTable and isinstance(value, str):
                return NodeTable(Code(kinds.code(value)))
            if not isinstance(value, dict):
                raise kinds.expected("a-node" if table is NodeTable else "a-table", value)
            return made(value, table)

        return hook

    for kind, function in _HOOKS.items():
        converter.register_structure_hook_func(
            lambda t, kind=kind: t is kind, lambda value, _, function=function: function(value)
        )
    converter.register_structure_hook_func(
        lambda t: get_origin(t) is Literal, lambda value, t: kinds.one_of(value, get_args(t))
    )
    converter.register_structure_hook_factory(lambda t: get_origin(t) is tuple, listed)
    converter.register_structure_hook_factory(lambda t: get_origin(t) is dict, named)
    converter.register_structure_hook_factory(lambda t: t in TABLES, tabular)
    return converter
