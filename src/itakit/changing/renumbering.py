"""Renumbering: a file that says which codes changed from one scheme to another.

A table in TOML or JSON, of later codes by earlier ones; `false` for a node that is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from itakit.entries import Entry, Place, read_entries
from itakit.errors import EvidenceError, Problem
from itakit.idiom import JSON, TOML
from itakit.notation.flaws import Flaw
from itakit.system import absent
from itakit.text import printable
from itakit.wording import say


def read_codes(path: str) -> Mapping[str, str | None]:
    """Which codes changed, as a file says. Raises `EvidenceError` with all that is wrong."""
    if Path(path).suffix.lower() not in (TOML, JSON):
        raise EvidenceError([Place(path).problem(absent(path) or say("codes-kind"))])
    entries, problems = read_entries(path)
    found: dict[str, str | None] = {}
    wrong: list[Problem] = [*problems]
    for entry in entries:
        flaw = _flaw(entry, found)
        if flaw is not None:
            wrong.append(entry.problem(flaw))
        else:
            found[entry.code] = entry.value if isinstance(entry.value, str) else None
    if wrong:
        raise EvidenceError(wrong)
    return found


def _flaw(entry: Entry, found: Mapping[str, str | None]) -> Flaw | None:
    if entry.code in found:
        return Flaw((), say("codes-twice"))
    if isinstance(entry.value, str) or entry.value is False:
        return None
    advice = say("codes-quote") if isinstance(entry.value, dict) else None
    return Flaw((), say("codes-value", value=printable(entry.value)), advice)
