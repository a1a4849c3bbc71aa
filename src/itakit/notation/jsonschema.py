"""The JSON Schema of the notation, for editors: made from the tables, key by key.

It is looser than the reader where JSON Schema cannot follow it: level names stand only in the
file, so any key of a node may hold a list of nodes.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from itakit.notation.structure import CHILDREN, TABLES, keys_of
from itakit.notation.tables import (
    Code,
    Count,
    FileTable,
    GradeTable,
    Identifier,
    MethodTable,
    NodeTable,
    Pair,
    SchemeTable,
    Share,
    Texts,
)
from itakit.policy import POLICIES, Missing
from itakit.titles import Title

DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXTS = {"type": "array", "items": {"type": "string"}}
_KINDS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    Fraction: {"type": "number"},
    Code: {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^\S(.*\S)?$"},
    Identifier: {"type": "string", "pattern": "^[a-z0-9_-]{1,100}$"},
    Count: {"type": "integer", "minimum": 0},
    Share: {"type": "number", "minimum": 0, "maximum": 1},
    Pair: {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    Texts: {"oneOf": [{"type": "string"}, _TEXTS]},
    # Editors hand dates over as text or as a type of their own, so nothing more is asked of them.
    datetime.date: {},
    Title: {
        "oneOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
                "additionalProperties": {"type": "string", "minLength": 1},
            },
        ]
    },
    Missing: {
        "oneOf": [
            {"enum": list(POLICIES)},
            {
                "type": "object",
                "required": ["policy"],
                "properties": {
                    "policy": {"enum": list(POLICIES)},
                    "at_least": {"type": "number", "minimum": 0, "maximum": 1},
                },
                "additionalProperties": False,
            },
        ]
    },
    MethodTable: {
        "oneOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "required": ["method"],
                "properties": {"method": {"type": "string"}},
                "additionalProperties": {"type": ["number", "string"]},
            },
        ]
    },
}


def json_schema() -> dict[str, Any]:
    """The notation as a JSON Schema, draft 7."""
    tables = {_name(table): _table(table) for table in TABLES}
    file, scheme = tables.pop(_name(FileTable)), tables[_name(SchemeTable)]
    # What is required may stand in the scheme that this one extends.
    extends = {"required": ["extends"]}
    scheme["anyOf"] = [extends, {"required": scheme.pop("required")}]
    scheme["dependencies"] = {"retired": ["extends"]}
    # Without a base there is nothing for `[grade.NAME]` to change.
    listed = file["properties"]["grade"]
    change = {**tables[_name(GradeTable)], "required": []}
    named = {"type": "object", "minProperties": 1, "additionalProperties": change}
    about = {"description": listed.pop("description")}
    file["properties"]["grade"] = {**about, "oneOf": [listed, named]}
    grades = {"properties": {"grade": {"type": "array"}}}
    whole = {"required": file.pop("required"), **grades}
    file["anyOf"] = [{"properties": {"scheme": extends}, "required": ["scheme"]}, whole]
    return {
        "$schema": DRAFT,
        "$id": "https://itakit.invalid/scheme-format-1.json",
        "title": "itakit scheme, format 1",
        **file,
        "definitions": tables,
    }


def _name(table: type) -> str:
    return table.__name__.removesuffix("Table").lower()


def _table(table: type) -> dict[str, Any]:
    hints = get_type_hints(table, include_extras=True)
    keys = keys_of(table)
    fields = [field for field in attrs.fields(table) if keys[field.name] != CHILDREN]
    return {
        "type": "object",
        "description": (table.__doc__ or "").partition("\n")[0],
        "properties": {
            keys[field.name]: {"description": field.metadata["about"], **_kind(hints[field.name])}
            for field in fields
        },
        "required": [keys[f.name] for f in fields if f.default is attrs.NOTHING],
        "additionalProperties": (
            {"type": "array", "minItems": 1, "items": _kind(NodeTable)}
            if len(fields) < len(keys)
            else False
        ),
    }


def _kind(kind: Any) -> dict[str, Any]:
    """What a value of a type looks like in a file."""
    if kind in _KINDS:
        return _KINDS[kind]
    if kind in TABLES:
        reference = {"$ref": f"#/definitions/{_name(kind)}"}
        return {"oneOf": [_KINDS[Code], reference]} if kind is NodeTable else {"allOf": [reference]}
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is tuple:
        return {"type": "array", "items": _kind(parts[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _kind(parts[1])}
    return _kind(next(part for part in parts if part is not type(None)))
