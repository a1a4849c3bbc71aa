"""Silence: cells whose codes say that nobody answered, and that count as empty ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from itakit.frames.responses import Groups
from itakit.scheme import Scheme


def silent_values(
    scheme: Scheme, items: Mapping[str, int], groups: Mapping[Any, Groups]
) -> dict[str, list[Any]]:
    """By column, the values that say that nobody answered, however they are written."""
    found: dict[str, list[Any]] = {}
    for column, group in groups.items():
        scale = scheme.plan.nodes[items[column]].scale
        if scale is not None and scale.no_answer:
            values = [value for value in dict.fromkeys(group.values) if scale.silent(value)]
            found |= {column: values} if values else {}
    return found


def speaks(column: str, silent: Sequence[Any]) -> nw.Expr:
    """Whether a cell holds something else than some values."""
    holds = ~nw.col(column).is_null()
    for value in silent:
        holds &= nw.col(column) != value
    return holds
