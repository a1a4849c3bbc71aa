"""Measures: what a unit is going to do about an item, who does it, by when, and how it stands."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, TypeVar

from attrs import frozen

from itakit.action_plan.days import first_day, last_day, period
from itakit.notation.flaws import Flaw, Refused
from itakit.notation.kinds import code as code_of
from itakit.notation.kinds import expected, text, title
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import normal, printable
from itakit.titles import Title
from itakit.wording import say

T = TypeVar("T")
Status: TypeAlias = Literal["planned", "under way", "done", "postponed", "cancelled"]
KEYS: Final = (
    *("code", "measure", "how", "office", "from", "to", "period"),
    *("follow_up", "status", "note"),
)
"""The keys of a measure; ``period`` stands for ``from`` and ``to``."""
_SAID: Final[Mapping[Status, tuple[str, ...]]] = {
    "planned": (
        "ตามแผน",
        "วางแผน",
        "วางแผนแล้ว",
        "ยังไม่เริ่ม",
        "ยังไม่ดำเนินการ",
        "รอดำเนินการ",
        "not started",
    ),
    "under way": ("กำลังดำเนินการ", "อยู่ระหว่างดำเนินการ", "ระหว่างดำเนินการ", "in progress", "ongoing"),
    "done": (
        "แล้วเสร็จ",
        "เสร็จแล้ว",
        "เสร็จสิ้น",
        "ดำเนินการแล้ว",
        "ดำเนินการแล้วเสร็จ",
        "completed",
        "finished",
    ),
    "postponed": ("เลื่อน", "เลื่อนออกไป", "delayed"),
    "cancelled": ("ยกเลิก", "ยกเลิกแล้ว", "canceled"),
}
_WORDS: Final[Mapping[str, Status]] = {
    normal(word): status for status, words in _SAID.items() for word in (status, *words)
}


@frozen
class Measure:
    """What is to be done about an item, or about any other node."""

    code: str
    """The code of a node of the scheme."""
    measure: Title
    """What is to be done."""
    how: Title = Title()
    office: Title = Title()
    """Who is responsible; empty where that is not told."""
    start: datetime.date | None = None
    """The first day."""
    end: datetime.date | None = None
    """The last day by which it is to be done."""
    follow_up: Title = Title()
    """How it is seen that it is done."""
    status: Status | None = None
    """How it stands; `None` where that is not told."""
    note: Title = Title()
    """What is to be known about the entry itself, such as what is unclear in its source."""
    line: int | None = None
    """Where it stands in its file."""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.status not in ("done", "cancelled")

    def late(self, on: datetime.date) -> bool:
        """Whether its last day has passed on a date and it is still to be done."""
        return self.open and self.end is not None and self.end < on


def status(value: object) -> Status:
    """How a measure stands, in English or in Thai. Raises `Refused`."""
    given = text(value)
    if (found := _WORDS.get(normal(given))) is not None:
        return found
    known = (f"{name} ({words[0]})" for name, words in _SAID.items())
    raise Refused(
        say("plan-status", value=printable(given), known=", ".join(known)),
        did_you_mean(given, _WORDS),
    )


def measure_of(table: object, scheme: Scheme, line: int | None = None) -> Measure:
    """The measure that a table holds. Raises `Refused` with every flaw at once."""
    if not isinstance(table, dict):
        raise expected("a-table", table)
    flaws = list(_keys(table))

    def take(key: str, default: T, hook: Callable[[Any], T]) -> T:
        try:
            return hook(table[key]) if key in table else default
        except Refused as refused:
            flaws.extend(flaw.below(key) for flaw in refused.flaws)
            return default

    code = take("code", "", code_of)
    if code and code not in scheme:
        advice = did_you_mean(code, scheme.plan.index)
        flaws.append(Flaw(("code",), say("unknown-code", scheme=scheme.id), advice))
    both = take("period", None, lambda value: period(text(value)))
    start, end = both or (take("from", None, first_day), take("to", None, last_day))
    if start and end and end < start:
        says = say("plan-backwards", start=start.isoformat(), end=end.isoformat())
        flaws.append(Flaw(("period" if both else "to",), says))
    made = Measure(
        code,
        take("measure", Title(), title),
        take("how", Title(), title),
        take("office", Title(), title),
        start,
        end,
        take("follow_up", Title(), title),
        take("status", None, status),
        take("note", Title(), title),
        line,
    )
    if flaws:
        raise Refused(flaws)
    return made


def _keys(table: Mapping[str, Any]) -> Iterator[Flaw]:
    """Keys that are not known, that are missing, or that say one thing twice."""
    for key in table:
        if key not in KEYS:
            advice = did_you_mean(key, KEYS) or say("known-keys", keys=", ".join(KEYS))
            yield Flaw((key,), say("unknown-key"), advice)
        elif key in ("from", "to") and "period" in table:
            yield Flaw((key,), say("plan-period-twice"), say("one-of-both"))
    for key in ("code", "measure"):
        if key not in table:
            yield Flaw((), say("missing-key", key=key))
