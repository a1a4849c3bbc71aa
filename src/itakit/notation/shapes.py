"""What a value of each kind looks like in a file, as JSON Schemas.

A schema says no more than the reader does: what the reader takes is never refused. Where a value
may be of two types, the keywords of both stand side by side if they can, because an editor tells
what is wrong with one schema and not which of several was meant.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias

from itakit.methods import Method, Parameter
from itakit.notation.kinds import MAX_COUNT, MAX_PLACES
from itakit.notation.tables import Code, Count, Identifier, Pair, Places, Share, Texts
from itakit.numerals import LIMIT
from itakit.policy import POLICIES, Missing
from itakit.titles import Title

Schema: TypeAlias = dict[str, Any]

_REAL = ["integer", "number"]  # an integer is a number, but tombi tells nothing of one as such
_NUMBER: Schema = {"type": _REAL, "minimum": -1e101, "maximum": 1e101}
_SHARE: Schema = {"type": _REAL, "minimum": 0, "maximum": 1}
_CODE: Schema = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^\S(.*\S)?$"}
_FILLED: Schema = {"type": "string", "pattern": r"\S"}
_LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

KINDS: Mapping[Any, Schema] = MappingProxyType(
    {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        Fraction: _NUMBER,
        Code: _CODE,
        Identifier: {"type": "string", "pattern": "^[a-z0-9_-]{1,100}$"},
        Count: {"type": "integer", "minimum": 0, "maximum": MAX_COUNT},
        Places: {"type": "integer", "minimum": 0, "maximum": MAX_PLACES},
        Share: _SHARE,
        # The two numbers of a pair are never the same.
        Pair: {
            "type": "array",
            "items": _NUMBER,
            "minItems": 2,
            "maxItems": 2,
            "uniqueItems": True,
        },
        Texts: {"type": ["string", "array"], "items": {"type": "string"}},
        datetime.date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"},
        Title: {
            "type": ["string", "object"],
            "pattern": r"\S",
            "minProperties": 1,
            "propertyNames": {"pattern": _LANGUAGE},
            "properties": {
                "th": {"description": "in Thai", **_FILLED},
                "en": {"description": "in English", **_FILLED},
            },
            "additionalProperties": _FILLED,
        },
        Missing: {
            "oneOf": [
                {"type": "string", "enum": list(POLICIES)},
                {
                    "type": "object",
                    "required": ["policy"],
                    "properties": {
                        "policy": {"type": "string", "enum": list(POLICIES)},
                        "at_least": _SHARE,
                    },
                    "additionalProperties": False,
                    # A share of weight that must have evidence goes with leaving out the rest.
                    "if": {"required": ["at_least"]},
                    "then": {"properties": {"policy": {"enum": ["skip"]}}},
                },
            ]
        },
    }
)
"""The schema of a value by the type that it has in a table; methods have `method_schema`."""

_PARAMETERS: Mapping[str, Schema] = MappingProxyType(
    {
        "number": _NUMBER,
        "score": _NUMBER,
        "exponent": {"type": _REAL, "minimum": -LIMIT, "maximum": LIMIT},
        "count": {"type": "integer", "minimum": 1},
        "code": {"type": "string"},
    }
)
_NOT_NEGATIVE = {"deduction": ("ceiling",)}
"""Parameters of built-in methods that no scheme can use below 0."""


def code_or(table: Schema) -> Schema:
    """A table, or a code that stands for one."""
    return {**_CODE, **table, "type": ["object", "string"]}


def method_schema(methods: Iterable[Method]) -> Schema:
    """A method by its name, or a table with its name and its parameters."""
    known = tuple(methods)
    plain = [m for m in known if not any(p.required for p in m.parameters.values())]
    return {
        "description": "how the scores below a node, or those of its answers, become its score",
        "oneOf": [
            {
                "type": "string",
                "enum": [method.name for method in plain],
                "x-taplo": {"docs": {"enumValues": [method.about or None for method in plain]}},
            },
            {"type": "object", "oneOf": [_with_parameters(method) for method in known]},
        ],
    }


def _with_parameters(method: Method) -> Schema:
    parameters = method.parameters
    return {
        "title": method.name,
        "description": method.about,
        "type": "object",
        "required": ["method", *(name for name, p in parameters.items() if p.required)],
        "properties": {
            "method": {"description": method.about, "type": "string", "enum": [method.name]},
            **{name: _parameter(method, name, p) for name, p in parameters.items()},
        },
        "additionalProperties": False,
    }


def _parameter(method: Method, name: str, parameter: Parameter) -> Schema:
    schema = {"description": parameter.about, **_PARAMETERS[parameter.kind]}
    return schema | {"minimum": 0} if name in _NOT_NEGATIVE.get(method.name, ()) else schema


def open_ended(schema: Any) -> Any:
    """The same schema, saying wherever it speaks of a table that other keys may stand there.

    That goes without saying but in tombi, which is strict and forbids what is not mentioned.
    """
    match schema:
        case list():
            return [open_ended(part) for part in schema]
        case dict():
            parts = {
                key: {name: open_ended(part) for name, part in value.items()}
                if key in ("properties", "definitions")
                else open_ended(value)
                for key, value in schema.items()
            }
            return {**parts, "additionalProperties": True} if _leaves_open(schema) else parts
        case _:
            return schema


def _leaves_open(schema: Schema) -> bool:
    speaks = schema.keys() & {"properties", "required", "propertyNames", "minProperties"}
    of_tables = bool(speaks) or "object" in schema.get("type", ())
    return of_tables and "additionalProperties" not in schema
