"""From plain tables to typed ones: cattrs, strict, with every flaw at its key path.

Keys that a table does not have are flaws, with the key that was probably meant or the table
where it belongs.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args, get_origin

import attrs

from itakit.notation import kinds
from itakit.notation.flaws import Flaw, Refused
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
    Places,
    RoundingTable,
    SampleTable,
    ScaleTable,
    SchemeTable,
    Share,
    Texts,
)
from itakit.policy import Missing
from itakit.titles import Title
from itakit.wording import say

if TYPE_CHECKING:
    from cattrs import Converter

Hook: TypeAlias = Callable[[object, object], Any]
CHILDREN = "⟨levels⟩"
"""The key under which a node's children are gathered; one that a file has by itself is renamed."""
_ASIDE = CHILDREN + "⟩"
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


KEYS: Mapping[type, Mapping[str, str]] = {table: keys_of(table) for table in TABLES}
"""The keys of every table."""
RESERVED = {key for table in (NodeTable, FileTable) for key in KEYS[table].values()}
"""Names that no level can have: the keys of a node and of a file."""


def structure(raw: Mapping[str, Any]) -> tuple[FileTable | None, list[Flaw]]:
    """The typed file, or the flaws that keep it from being one.

    The sentence of an unknown key has the class of its table among its values.
    """
    from cattrs import BaseValidationError

    aggregation = raw.get("aggregation")
    levels = set(aggregation) - RESERVED if isinstance(aggregation, dict) else set()
    try:
        return _converter().structure(_gather(raw, levels), FileTable), []
    except BaseValidationError as error:
        return None, [*_flaws(error)]


def _gather(raw: Mapping[str, Any], levels: Collection[str]) -> dict[str, Any]:
    """The same tables with the lists of children under one key.

    Levels are names in the data, so only the file knows which keys of a node hold children.
    """
    table: dict[str, Any] = {}
    children: dict[str, Any] = {}
    for key, value in raw.items():
        if key in levels:
            listed = isinstance(value, list)
            children[key] = [_node(v, levels) for v in value] if listed else value
        else:
            table[_ASIDE if key == CHILDREN else key] = value
    if children:
        table[CHILDREN] = children
    return table


def _node(node: object, levels: Collection[str]) -> object:
    return _gather(node, levels) if isinstance(node, dict) else node


def _flaws(error: Any) -> Iterator[Flaw]:
    """The flaws that cattrs has collected, each with the path that leads to it."""
    from cattrs import ForbiddenExtraKeysError

    match error:
        case Refused():
            yield from error.flaws
        case ForbiddenExtraKeysError():
            for key in error.extra_fields:
                found = CHILDREN if key == _ASIDE else key
                yield Flaw((found,), say("unknown-key", table=error.cl))
        case _:  # what was collected for one table
            noted, others = error.group_exceptions()
            for inner, attribute in noted:
                key = KEYS[error.cl].get(attribute.name, attribute.name)
                if isinstance(inner, KeyError):
                    yield Flaw((key,), say("missing-key", key=key))
                else:
                    above = () if key == CHILDREN else (key,)
                    yield from (flaw.below(*above) for flaw in _flaws(inner))
            for inner in others:
                yield from _flaws(inner)


_HOOKS: Mapping[Any, Callable[[Any], Any]] = {
    Fraction: kinds.number,
    str: kinds.text,
    bool: kinds.truth,
    Code: kinds.code,
    Identifier: kinds.identifier,
    Count: kinds.count,
    Places: kinds.places,
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
    from cattrs import Converter

    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for kind, take in _HOOKS.items():
        # By its class, or cattrs would go on calling `str` and `bool`, which take anything.
        if isinstance(kind, type):
            converter.register_structure_hook(kind, partial(_taken, take))
        else:
            converter.register_structure_hook_func(partial(_is, kind), partial(_taken, take))
    converter.register_structure_hook_func(
        _is_choice,
        lambda value, kind: kinds.one_of(value, get_args(kind)),
    )
    for holds, make in ((_is_list, _listed), (_is_table, _named), (TABLES.__contains__, _tabular)):
        converter.register_structure_hook_factory(holds, partial(make, converter))
    return converter


def _is_choice(kind: Any) -> bool:
    return bool(get_origin(kind) == Literal)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_table(kind: Any) -> bool:
    return get_origin(kind) is dict


def _is(kind: object, other: object) -> bool:
    return kind is other


def _taken(take: Callable[[Any], Any], value: object, _: object) -> Any:
    return take(value)


def _part(converter: Converter, kind: Any) -> Callable[[object], Any]:
    """The hook of the parts of a list or a table, with what cattrs has collected as flaws."""
    from cattrs import BaseValidationError

    inner = converter.get_structure_hook(kind)

    def hook(value: object) -> Any:
        try:
            return inner(value, kind)
        except BaseValidationError as error:
            raise Refused(_flaws(error)) from None

    return hook


def _listed(converter: Converter, kind: Any) -> Hook:
    part = _part(converter, get_args(kind)[0])

    def hook(value: object, _: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            advice = say("double-brackets") if isinstance(value, dict) else None
            raise kinds.expected("a-list", value, advice)
        return tuple(kinds.each(enumerate(value), part).values())

    return hook


def _named(converter: Converter, kind: Any) -> Hook:
    part = _part(converter, get_args(kind)[1])

    def hook(value: object, _: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise kinds.expected("a-table", value)
        return kinds.each(value.items(), part)

    return hook


def _tabular(converter: Converter, table: Any) -> Hook:
    from cattrs.gen import make_dict_structure_fn, override

    names = {name: override(rename=key) for name, key in KEYS[table].items()}
    made = make_dict_structure_fn(table, converter, **names)  # type: ignore[arg-type]

    def hook(value: object, _: object) -> Any:
        if table is NodeTable and isinstance(value, str):
            return NodeTable(Code(kinds.code(value)))
        if not isinstance(value, dict):
            raise kinds.expected("a-node" if table is NodeTable else "a-table", value)
        return made(value, table)

    return hook
