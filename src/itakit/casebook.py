"""The casebook: what a file of golden cases holds, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from itakit.dossier import evidence_of
from itakit.evidence import Evidence
from itakit.expectation import Expected, expectation
from itakit.notation.flaws import Flaw, Refused
from itakit.notation.kinds import expected, places, records, text
from itakit.notation.positions import Path
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import say

T = TypeVar("T")
_KEYS = ("name", "source", "evidence", "expect", "expect_error", "places")


@frozen
class Case:
    """One published result: the evidence, and the figures that must follow from it."""

    name: str
    evidence: Mapping[str, Evidence]
    expect: Mapping[str, Expected] = field(factory=dict)
    """Published figures by code, each to its own number of places, or the interval that holds the
    score; ``grade`` is the grade."""
    expect_error: str | None = None
    """A part of the error that must follow instead."""
    places: int | None = None
    """How many decimal places the scheme publishes; `None` where the case does not say."""
    source: str = ""
    path: Path = ()
    """Where it stands in its file."""


def read_cases(tables: Mapping[str, Any]) -> list[Case]:
    """The cases that the tables of a file hold. Raises `Refused` with every flaw at once."""
    flaws = [
        Flaw((key,), say("unknown-key"), say("known-keys", keys="case"))
        for key in tables
        if key != "case"
    ]
    try:
        cases = records(tables, "case")
    except Refused as refused:
        raise Refused([*flaws, *refused.flaws]) from None
    found = []
    for i, table in enumerate(cases):
        try:
            found.append(_case(table, ("case", i)))
        except Refused as refused:
            flaws.extend(refused.flaws)
    if flaws:
        raise Refused(flaws)
    return found


def _case(table: object, path: Path) -> Case:
    if not isinstance(table, dict):
        raise Refused(flaw.below(*path) for flaw in expected("a-table", table).flaws)
    flaws = list(_missing_or_unknown(table))

    def take(key: str, default: T, hook: Callable[[object], T]) -> T:
        try:
            return hook(table[key]) if key in table else default
        except Refused as refused:
            flaws.extend(flaw.below(key) for flaw in refused.flaws)
            return default

    case = Case(
        name=take("name", "", text),
        evidence=take("evidence", {}, _evidence),
        expect=take("expect", {}, _figures),
        expect_error=take("expect_error", None, _part_of_an_error),
        places=take("places", None, places),
        source=take("source", "", text),
        path=path,
    )
    if flaws:
        raise Refused(flaw.below(*path) for flaw in flaws)
    return case


def _missing_or_unknown(table: Mapping[str, Any]) -> Iterator[Flaw]:
    for key in table:
        if key not in _KEYS:
            advice = did_you_mean(key, _KEYS) or say("known-keys", keys=", ".join(_KEYS))
            yield Flaw((key,), say("unknown-key"), advice)
    for key in ("name", "evidence"):
        if key not in table:
            yield Flaw((), say("missing-key", key=key))
    if table.get("expect") in (None, {}) and "expect_error" not in table:
        shown = printable(table.get("name", ""))
        yield Flaw((), say("case-nothing", case=shown), say("case-expect"))
    if "expect" in table and "expect_error" in table:
        yield Flaw(("expect_error",), say("case-both"), say("one-of-both"))


def _evidence(value: object) -> Mapping[str, Evidence]:
    if not isinstance(value, dict):
        raise expected("a-table", value)
    return _each(value, evidence_of)


def _figures(value: object) -> Mapping[str, Expected]:
    if not isinstance(value, dict):
        raise expected("a-table", value)
    return _each(value, expectation)


def _each(table: Mapping[str, Any], hook: Callable[[str, object], T]) -> dict[str, T]:
    taken: dict[str, T] = {}
    flaws: list[Flaw] = []
    for key, value in table.items():
        try:
            taken[key] = hook(key, value)
        except Refused as refused:
            flaws.extend(flaw.below(key) for flaw in refused.flaws)
    if flaws:
        raise Refused(flaws)
    return taken


def _part_of_an_error(value: object) -> str:
    given = text(value)
    if not given.strip():
        raise expected("a-filled-text", value)
    return given
