"""Units: what is assessed, under one number however its name is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import field, frozen

from itakit.errors import Problem
from itakit.frames.cells import blank, name_of
from itakit.text import printable, tidy
from itakit.wording import say

_WHOLE = re.compile(r"(?<=[0-9])\.0+\Z")


@frozen(eq=False)
class Units:
    """The units of several frames, numbered in the order of their names."""

    names: Sequence[Any]
    """Integers where every frame has them so, else texts."""
    respelled: int
    """How many of them are written in more than one way."""
    _keys: dict[str, int]
    _known: dict[Any, int | None] = field(factory=dict)

    def twins(self) -> Iterator[Problem]:
        """Names that differ only in how a whole number is written: 7 and 7.0."""
        for name in self._keys:
            whole = _WHOLE.sub("", name)
            if whole != name and whole in self._keys:
                says = say("unit-twins", one=printable(whole), other=printable(name))
                yield Problem(says, say("write-unit-alike"))

    @classmethod
    def of(cls, raws: Iterable[Any]) -> Units:
        """The units that frames name. Spaces and Unicode forms make no difference."""
        spelled: dict[str, set[str]] = {}
        keys: dict[Any, str] = {}
        numbered = True
        for raw in raws:
            if (type(raw), raw) not in keys and not blank(raw):
                name = name_of(raw)
                key = keys[type(raw), raw] = tidy(name)
                spelled.setdefault(key, set()).add(name)
                numbered &= isinstance(raw, int) and not isinstance(raw, bool)
        names = {key: min(ways) for key, ways in spelled.items()}
        respelled = sum(len(ways) > 1 for ways in spelled.values())
        order = sorted(names, key=lambda key: int(names[key]) if numbered else names[key])
        shown = [int(names[key]) if numbered else names[key] for key in order]
        numbers = {key: number for number, key in enumerate(order)}
        return cls(shown, respelled, numbers, {raw: numbers[key] for raw, key in keys.items()})

    def number(self, raw: Any) -> int | None:
        """The number of a unit as a frame writes it; `None` where there is no name."""
        key = type(raw), raw
        try:
            return self._known[key]
        except KeyError:
            found = None if blank(raw) else self._keys[tidy(name_of(raw))]
            self._known[key] = found
            return found
