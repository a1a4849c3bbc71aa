"""The JSON Schema of the notation, for editors: made from the tables, key by key.

It is draft 7, which taplo and tombi both read, and looser than the reader where JSON Schema cannot
follow it: level names stand only in the file, so any key of a node may hold a list of nodes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from itakit.methods import BUILT_IN, Method
from itakit.notation import clauses
from itakit.notation.clauses import USUAL_LEVELS, having
from itakit.notation.shapes import KINDS, Schema, code_or, method_schema, open_ended
from itakit.notation.structure import CHILDREN, KEYS, RESERVED
from itakit.notation.tables import (
    AnswerTable,
    Code,
    FileTable,
    GradeTable,
    MethodTable,
    NodeTable,
    PhaseTable,
    RoundingTable,
    SampleTable,
)
from itakit.policy import Missing

DRAFT = "http://json-schema.org/draft-07/schema#"
_NODE, _WHOLE, _METHOD = (
    {"$ref": f"#/definitions/{name}"} for name in ("node", "whole_node", "method")
)
CHANGES = ("was", "before")
"""The keys of a node that a scheme has only where it extends another."""
_MANY = (AnswerTable, GradeTable, NodeTable, PhaseTable)
"""Tables that stand in lists and so have a definition; others stand where their key is."""


def json_schema(methods: Iterable[Method] | None = None) -> dict[str, Any]:
    """The notation as a JSON Schema, draft 7, for files that use these methods.

    Without any, for files that use the built-in ones. The schema refuses nothing that is read.
    """
    known = tuple(BUILT_IN.values() if methods is None else methods)
    file = _table(FileTable)
    _say_of_scheme(file)
    file_keys, node_keys = (
        [key for key in KEYS[table].values() if key != CHILDREN] for table in (FileTable, NodeTable)
    )
    whole = {
        "required": file.pop("required"),
        **clauses.none_but(file_keys, {"$ref": "#/definitions/siblings"}),
        "allOf": [*clauses.scheme_clauses(file_keys, known)],
    }
    whole["properties"] |= {"scheme": having(file["properties"]["scheme"].pop("required"))}
    _change_grades(file)
    whole["properties"] |= {"grade": {"type": "array"}}
    node = code_or(_table(NodeTable))
    node["properties"]["weight"]["minimum"] = 0
    schema: dict[str, Any] = {
        "$schema": DRAFT,
        "title": "itakit scheme, format 1",
        **file,
        "x-tombi-toml-version": "v1.1.0",
        "allOf": [*clauses.any_clauses()],
        # What is required may stand in the scheme that this one extends.
        "if": having(["scheme"], scheme=having(["extends"])),
        "else": whole,
        "definitions": {
            **{_name(table): _table(table) for table in _MANY},
            "node": node,
            "whole_node": {
                "properties": dict.fromkeys(node_keys, True) | dict.fromkeys(CHANGES, False),
                "additionalProperties": {"$ref": "#/definitions/siblings"},
                "allOf": [*clauses.node_clauses(node_keys, known)],
            },
            "usual_node": clauses.usual_node(node_keys),
            "siblings": clauses.siblings(_WHOLE),
            "method": method_schema(known),
            **{f"has_{level}": clauses.has_level(level) for level in USUAL_LEVELS},
        },
    }
    return dict(open_ended(schema))


def _say_of_scheme(file: Schema) -> None:
    """What the tables of the file do not say by themselves."""
    keys = file["properties"]
    keys["scheme"]["properties"]["retired"]["uniqueItems"] = True
    keys["scheme"]["dependencies"] = {"retired": ["extends"]}
    keys["scheme"]["properties"]["range"]["allOf"] = [*clauses.range_clauses()]
    keys["aggregation"]["propertyNames"] = {**KINDS[Code], "not": {"enum": sorted(RESERVED)}}
    keys["scale"]["propertyNames"] = KINDS[Code]
    keys["scale"]["additionalProperties"]["allOf"] = [*clauses.scale_clauses()]


def _change_grades(file: Schema) -> None:
    """A scheme that extends another may change one of its grades, by name."""
    grade = file["properties"]["grade"]
    change = {**_table(GradeTable), "required": []}
    file["properties"]["grade"] = {
        **grade,
        "type": ["array", "object"],
        "minProperties": 1,
        "additionalProperties": change,
    }


def _name(table: type) -> str:
    return table.__name__.removesuffix("Table").lower()


def _table(table: type) -> Schema:
    hints = get_type_hints(table, include_extras=True)
    keys = KEYS[table]
    fields = [field for field in attrs.fields(table) if keys[field.name] != CHILDREN]
    schema: Schema = {
        "type": "object",
        "title": _name(table),
        "description": (table.__doc__ or "").partition("\n")[0],
        "properties": {keys[field.name]: _key(field, hints[field.name]) for field in fields},
        "required": [keys[f.name] for f in fields if f.default is attrs.NOTHING],
        "additionalProperties": False,
    }
    if len(fields) < len(keys):
        nodes = {"type": "array", "minItems": 1, "uniqueItems": True, "items": _NODE}
        levels = {level: {"description": about, **nodes} for level, about in USUAL_LEVELS.items()}
        schema["properties"] |= levels
        schema["additionalProperties"] = nodes
        schema["x-tombi-additional-key-label"] = "level"
    else:
        # Not where nodes stand: there, the order of the keys is that of the nodes.
        schema["x-tombi-table-keys-order"] = "schema"
    if table is SampleTable:
        schema["allOf"] = [*clauses.sample_clauses()]
    return schema


def _key(field: attrs.Attribute[Any], hint: Any) -> Schema:
    """A key of a table: what it means, what it may hold, and what it is when left out."""
    schema = _kind(hint)
    # Beside a reference nothing else is read, and beside `allOf` taplo shows nothing else.
    schema = {"anyOf": [schema]} if "$ref" in schema else schema
    default = _default(field.default)
    return {
        **schema,
        "description": field.metadata["about"],
        **({} if default is None else {"default": default}),
    }


def _default(value: object) -> object:
    """What a key is when left out, as a file would say it; `None` where that says nothing."""
    match value:
        case bool():
            return value
        case str() | int():
            return value or None
        case Missing():
            return value.policy
        case RoundingTable():
            return {key: given for key, given in attrs.asdict(value).items() if given}
        case _:
            return None


def _kind(kind: Any) -> Schema:
    """What a value of a type looks like in a file."""
    if kind in KINDS:
        return dict(KINDS[kind])
    if kind is MethodTable:
        return _METHOD
    if kind in _MANY:
        return {"$ref": f"#/definitions/{_name(kind)}"}
    if kind in KEYS:
        return _table(kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is tuple:
        return {"type": "array", "items": _kind(parts[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _kind(parts[1])}
    return _kind(next(part for part in parts if part is not type(None)))
