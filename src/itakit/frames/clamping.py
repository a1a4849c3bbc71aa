"""Clamping: the numbers beyond a goalpost that count as the goalpost, told item by item."""

from __future__ import annotations

from collections.abc import Iterator

from itakit.clamping import Clamped
from itakit.frames.cells import blank, name_of, shown
from itakit.frames.findings import Findings, key_of
from itakit.scheme import Scheme


def clamped_in(scheme: Scheme, beyond: Findings) -> Iterator[Clamped]:
    """How many numbers of each item of a frame lie beyond a goalpost, and where the first does."""
    frame = beyond.responses
    for (column, item), found in beyond.values.items():
        rows = beyond.first_rows(column, item, column)
        first = min(found.values(), key=lambda f: (rows.get(key_of(f.key), 0), str(f.unit)))
        line = frame.line(rows[key_of(first.key)]) if rows else None
        place = shown(first.unit) if line is None and not blank(first.unit) else ""
        if line is not None:
            place = f"{frame.name}:{line}" if frame.name else str(line)
        code = scheme.plan.nodes[frame.roles.items[column]].code if item is None else str(item)
        yield Clamped(code, sum(each.n for each in found.values()), name_of(first.key), place)
