"""Unknown keys, with the advice that fits: the key, the level or the table that was meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from itakit.notation.flaws import Flaw, Flaws, listed
from itakit.notation.positions import Path
from itakit.notation.structure import CHILDREN, KEYS, RESERVED, TABLES
from itakit.notation.tables import GradeTable
from itakit.text import printable
from itakit.wording import Message, say


def advised(found: Iterable[Flaw], raw: Mapping[str, Any]) -> list[Flaw]:
    """Flaws of structure, with what to do about unknown keys and about levels that nobody uses.

    A key that is unknown in several places, where only one declared level is like it and no node
    is of that, is misspelt in its declaration: that is told once, there.
    """
    aggregation = raw.get("aggregation")
    declared = aggregation if isinstance(aggregation, dict) else ()
    levels = [level for level in declared if level not in RESERVED]
    flaws = Flaws()
    others: list[Flaw] = []
    unknown: dict[str, list[Flaw]] = {}
    for flaw in found:
        if isinstance(flaw.says.values.get("table"), type):
            unknown.setdefault(str(flaw.path[-1]), []).append(flaw)
        else:
            others.append(flaw)
    used = {_root(raw), *_used(raw, set(levels))}
    unused = [level for level in levels if level not in used]
    for key, those in unknown.items():
        lists = {id(flaw) for flaw in those if isinstance(_at(raw, flaw.path), list)}
        misspelt = flaws.nearest(key, unused) if len(lists) > 1 else None
        if misspelt is not None:
            unused.remove(misspelt)
            flaws.add(("aggregation", misspelt), "level-unused", flaws.meant(misspelt, [key]))
        for flaw in those:
            is_list = id(flaw) in lists
            if flaw.says.values["table"] is GradeTable and _is_grade(_at(raw, flaw.path)):
                flaws.add(flaw.path, "grade-beside", say("grade-beside-advice"))
            elif misspelt is None or not is_list:
                hint = _meant(key, flaw, levels, is_list=is_list, flaws=flaws)
                if hint.name == "declare-level":
                    flaws.add(flaw.path, "level-undeclared", hint, level=printable(key))
                else:
                    flaws.add(flaw.path, "unknown-key", hint)
    for level in unused:
        flaws.add(("aggregation", level), "level-unused", say("delete-level"))
    return [*others, *flaws.found]


def _meant(
    key: str, flaw: Flaw, levels: Collection[str], *, is_list: bool, flaws: Flaws
) -> Message:
    table: Any = flaw.says.values["table"]
    own = [name for name in KEYS[table].values() if name != CHILDREN]
    holds_nodes = CHILDREN in KEYS[table].values()
    known = [*own, *levels] if holds_nodes else own
    places = [place for other, place in TABLES.items() if key in KEYS[other].values()]
    if places:
        return say("belongs", place=say(places[0]))
    hint = flaws.meant(key, known)
    if hint is None and holds_nodes and is_list:
        hint = say("declare-level", level=_bare(key))
    return hint or say("known-keys", keys=listed(known))


def _is_grade(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and {*KEYS[GradeTable].values()} >= {*value}


def _root(raw: Mapping[str, Any]) -> str:
    head = raw.get("scheme")
    root = head.get("root") if isinstance(head, dict) else None
    return root if isinstance(root, str) else "total"


def _used(table: Mapping[str, Any], levels: Collection[str]) -> Iterator[str]:
    """The levels that nodes are of."""
    for level, children in table.items():
        if level not in levels:
            continue
        yield level
        for child in children if isinstance(children, list) else ():
            if isinstance(child, dict):
                yield from _used(child, levels)


def _at(raw: Any, path: Path) -> object:
    for part in path:
        raw = raw[part]
    return raw


def _bare(key: str) -> str:
    """A key as TOML takes it: in quotes where it needs them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else printable(key)
