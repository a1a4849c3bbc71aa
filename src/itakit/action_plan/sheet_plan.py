"""The plan as a sheet: a measure in each row of CSV or Excel, under Thai or English heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from itakit.action_plan.measures import KEYS, Measure, measure_of
from itakit.errors import EvidenceError, Problem
from itakit.files import Source, open_sources, reading
from itakit.notation.flaws import Flaw, Refused
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import normal, printable
from itakit.wording import say

_HEADS: Final[Mapping[str, Sequence[str]]] = {
    "code": ("รหัส", "รหัสข้อ", "ข้อ"),
    "measure": ("มาตรการ", "มาตรการ/แนวทาง", "มาตรการ/ แนวทาง", "แนวทาง", "action"),
    "how": ("วิธีดำเนินการ", "วิธีการดำเนินการ", "วิธีการ"),
    "office": ("ผู้รับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "responsible", "owner"),
    "from": ("เริ่ม", "วันที่เริ่ม", "วันเริ่มต้น", "ตั้งแต่", "start"),
    "to": ("สิ้นสุด", "วันที่สิ้นสุด", "วันสิ้นสุด", "ถึง", "end", "due", "deadline"),
    "period": ("ระยะเวลาดำเนินการ", "ระยะเวลา ดำเนินการ", "ระยะเวลา"),
    "follow_up": ("การติดตามผล", "ติดตามผล", "follow-up", "follow up"),
    "status": ("สถานะ", "ผลการดำเนินการ"),
    "note": ("หมายเหตุ", "remarks"),
}
HEADS: Final = {normal(head): key for key in KEYS for head in (key, *_HEADS[key])}
"""The keys of a measure by what a column may be called."""
_FIRST: Final = "measure"


def read_rows(path: str, scheme: Scheme) -> tuple[Measure, ...]:
    """The measures of a file. Raises `EvidenceError` with every problem at once."""
    problems: list[Problem] = []
    measures: list[Measure] = []
    with open_sources([path]) as sources, reading(sources):
        for source in sources:
            for found in _rows(source, scheme):
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    measures.append(found)
    if problems:
        raise EvidenceError(problems)
    return tuple(measures)


def _rows(source: Source, scheme: Scheme) -> Iterator[Measure | Problem]:
    from itakit.action_plan.loading import same

    frame = source.frame.collect()
    heads = {name: HEADS.get(normal(name)) for name in frame.columns}
    broken = list(_heads(source, heads))
    if broken:
        yield from broken
        return
    columns = {key: name for name, key in heads.items() if key}
    first: dict[object, int] = {}
    for row, cells in enumerate(frame.iter_rows(named=True)):
        line = source.line(row) or row + 1
        table = {key: text for key, name in columns.items() if (text := _text(cells[name]))}
        try:
            measure = measure_of(table, scheme, line)
        except Refused as refused:
            for flaw in refused.flaws:
                yield _problem(source, line, flaw, columns)
            continue
        before = first.setdefault(same(measure), line)
        if before != line:
            says = say("plan-twice", place=say("at-line", line=before))
            yield Problem(says, say("delete-one"), source.path, line, key=columns[_FIRST])
        else:
            yield measure


def _text(cell: Any) -> str:
    """What a cell says; a dash says that there is nothing to be said."""
    said = "" if cell is None else " ".join(str(cell).split())
    return said.strip("-–—") and said


def _heads(source: Source, heads: Mapping[str, str | None]) -> Iterator[Problem]:
    """Columns that are not known, that mean the same, or that are missing."""
    known: dict[str, str] = {}
    for name, key in heads.items():
        if key is None:
            advice = did_you_mean(name, HEADS) or say("known-keys", keys=", ".join(KEYS))
            yield Problem(say("plan-column"), advice, source.path, 1, key=printable(name))
        elif key in known:
            says = say("plan-columns", first=printable(known[key]), key=key)
            yield Problem(says, say("one-of-both"), source.path, 1, key=printable(name))
        else:
            known[key] = name
    for key in ("code", _FIRST):
        if key not in known:
            advice = say("known-keys", keys=", ".join((key, *_HEADS[key])))
            yield Problem(say("plan-no-column", key=key), advice, source.path, 1)


def _problem(source: Source, line: int, flaw: Flaw, columns: Mapping[str, str]) -> Problem:
    key = columns.get(str(flaw.path[0]), str(flaw.path[0])) if flaw.path else ""
    return Problem(flaw.says, flaw.advice, source.path, line, key=key)
