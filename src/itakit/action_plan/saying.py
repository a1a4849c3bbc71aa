"""Saying: a joined plan in words, and in a form that JSON can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from itakit.action_plan.days import shown
from itakit.explanation import headline, standing
from itakit.improving.recording import identity, recorded_gain
from itakit.improving.telling import figure
from itakit.record import number
from itakit.text import one_line
from itakit.version import __version__
from itakit.wording import say

if TYPE_CHECKING:
    from itakit.action_plan.joining import Joined, PlanRow

FORMAT = "itakit-plan"
VERSION = 1
"""The version of the record's form; it grows when a reader must change."""


def recorded(joined: Joined) -> dict[str, object]:
    """A joined plan as JSON can hold it; texts by language, numbers as texts that read exactly."""
    result = joined.gains.result
    return {
        "format": FORMAT,
        "version": VERSION,
        "itakit": __version__,
        "scheme": identity(result.scheme),
        "on": joined.on.isoformat(),
        "score": number(result.score),
        "rounded": number(result.rounded),
        "grade": result.grade,
        "entries": [_entry(row) for row in joined.entries],
    }


def _entry(row: PlanRow) -> dict[str, object]:
    own = row.measure
    return {
        "code": row.code,
        "gain": recorded_gain(row.gain),
        "measure": None
        if own is None
        else {
            "measure": dict(own.measure.texts),
            "how": dict(own.how.texts),
            "office": dict(own.office.texts),
            "from": own.start and own.start.isoformat(),
            "to": own.end and own.end.isoformat(),
            "follow_up": dict(own.follow_up.texts),
            "status": own.status,
            "note": dict(own.note.texts),
        },
        "late": row.late,
        "no_office": row.no_office,
    }


def told(joined: Joined, lang: str, limit: int | None) -> str:
    """What is worth most, late, without an office, without a measure, and under way."""
    result = joined.gains.result
    lines = [headline(result.root, lang), *standing(result, lang)]
    worth = [row for row in joined.planned if row.worth > 0 and row.measure and row.measure.open]
    sections = {
        "plan-worth": worth,
        "plan-late": joined.late,
        "plan-no-office": joined.without_office,
        "plan-lacking": joined.lacking,
        "plan-under-way": joined.under_way,
    }
    for name, rows in sections.items():
        head = say(name, n=len(rows), on=shown(joined.on, lang)).text(lang)
        lines += ["", head, *_section(joined, rows, lang, limit)]
    lines += ["", say("plan-at-rest", n=len(joined.at_rest)).text(lang)]
    if joined.untold:
        lines.append(say("plan-untold", n=len(joined.untold)).text(lang))
    places = result.scheme.rounding.places + 2
    lines += ["", say("gains-rounded", places=places).text(lang)]
    return "\n".join(lines)


def _section(
    joined: Joined, rows: Sequence[PlanRow], lang: str, limit: int | None
) -> Iterator[str]:
    shown = rows if limit is None else rows[:limit]
    for row in shown:
        yield "  " + _sentence(joined, row, lang)
    if len(shown) < len(rows):
        yield "  " + say("gains-more", n=len(rows) - len(shown)).text(lang)


def _sentence(joined: Joined, row: PlanRow, lang: str) -> str:
    result, own = joined.gains.result, row.measure
    gain = figure(row.gain.gain, result) or "—"
    if own is None:
        title = one_line(result[row.code].title[lang])
        return say("plan-row-lacking", code=row.code, gain=gain, title=title).text(lang)
    values = {
        "code": row.code,
        "gain": gain,
        "measure": one_line(own.measure[lang]),
        "office": one_line(own.office[lang]) or "—",
        "to": shown(own.end, lang) or "—",
    }
    return say("plan-row", **values).text(lang)
