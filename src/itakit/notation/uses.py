"""Uses of methods: from a method's name and parameters to what a scheme aggregates with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from itakit.methods import BUILT_IN, Method, Parameter, Use
from itakit.notation.flaws import Flaws
from itakit.notation.kinds import found, is_number
from itakit.notation.positions import Path
from itakit.notation.tables import MethodTable
from itakit.numerals import LIMIT, plain
from itakit.text import printable
from itakit.wording import Message, say

FindMethod: TypeAlias = Callable[[str], Method | None]
_NAMES = 200
"""The most methods that a scheme may name."""


@frozen
class Uses:
    """The methods that a file names, looked up and checked."""

    find: FindMethod
    range: tuple[Fraction, Fraction]
    flaws: Flaws
    known: dict[str, Method | None] = field(factory=dict)
    """The methods that were looked up, by name: a name is asked for once."""
    written: list[tuple[Use, Path]] = field(factory=list)
    """Every use without a flaw, and where it is written."""

    def all(self, tables: Mapping[str, MethodTable], path: Path) -> dict[str, Use]:
        """The uses by level, without those that are flawed."""
        uses = {level: self.one(table, (*path, level)) for level, table in tables.items()}
        return {level: use for level, use in uses.items() if use is not None}

    def one(self, table: MethodTable, path: Path) -> Use | None:
        """The use of a method, or `None` where it is flawed."""
        name = table.method
        if name not in self.known:
            # What is installed is searched for every new name, and a hostile file has many.
            self.known[name] = self.find(name) if len(self.known) < _NAMES else None
        method = self.known[name]
        if method is None:
            advice = self.flaws.meant(table.method, BUILT_IN)
            advice = advice or say("known-methods", names=", ".join(BUILT_IN))
            self.flaws.add(path, "no-method", advice, name=printable(table.method))
            return None
        before = len(self.flaws.found)
        for name, parameter in method.parameters.items():
            if parameter.required and name not in table.parameters:
                hint = say("write-parameter", method=method.name, name=name)
                self.flaws.add(path, "missing-parameter", hint, method=method.name, name=name)
        given: dict[str, Fraction | str] = {}
        for name, value in table.parameters.items():
            if name in method.parameters:
                given[name] = self._value(method.parameters[name], value, (*path, name))
            else:
                advice = self.flaws.meant(name, method.parameters)
                if advice is None and method.parameters:
                    advice = say("known-keys", keys=", ".join(method.parameters))
                self.flaws.add((*path, name), "no-parameter", advice, method=method.name)
        if len(self.flaws.found) > before:
            return None
        use = Use(method, tuple(sorted(given.items())))
        self.written.append((use, path))
        return use

    def _value(self, parameter: Parameter, value: object, path: Path) -> Fraction | str:
        wanted: Message | None = say("a-child" if parameter.kind == "code" else "a-number")
        if parameter.kind == "code" and isinstance(value, str):
            return value
        if parameter.kind != "code" and is_number(value):
            given, wanted = Fraction(value), self._wanted(parameter, Fraction(value))
            if wanted is None:
                return given
        self.flaws.add(path, "expected", found=found(value), expected=wanted)
        return ""

    def _wanted(self, parameter: Parameter, given: Fraction) -> Message | None:
        """What a parameter must be, where a number is not that."""
        low, high = self.range
        match parameter.kind:
            case "score":
                fits = low <= given <= high
                return None if fits else say("a-score", low=plain(low), high=plain(high))
            case "count":
                fits = given.denominator == 1 and 1 <= given <= 10**LIMIT
                return None if fits else say("a-positive-count")
            case "exponent":
                # A root of a high degree costs more than it is worth.
                fits = abs(given) <= LIMIT and given.denominator <= 1000
                return None if fits else say("a-small-number", limit=LIMIT)
            case _:
                return None
