"""Tables as a TOML text, in the plainest way: what is drawn should be read as anyone's file is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from itakit.numerals import plain


def toml(tables: Mapping[str, Any]) -> str:
    """A line for every table; what stands inside it stands in that line."""
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in tables.items() if value)


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | Fraction():
            return plain(Fraction(value))
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case _:
            pairs = (f"{_key(key)} = {_value(inner)}" for key, inner in value.items())
            return "{ " + ", ".join(pairs) + " }"
