"""The plan: every measure by what it is worth, how it stands, and when it is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from itakit.action_plan import Joined, Measure, PlanRow
from itakit.action_plan.days import month
from itakit.action_plan.days import shown as day
from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.improving.telling import figure
from itakit.reporting.blocks import (
    NONE,
    Block,
    Cell,
    Facts,
    Fold,
    Head,
    Points,
    Section,
    Table,
    Text,
)
from itakit.reporting.outline import whole_name
from itakit.wording import say


def planned(plan: Joined, lang: str) -> Section:
    """The section of an action plan."""
    on = said(say("plan-on", on=day(plan.on, lang)), lang)
    blocks: list[Block] = [Text(on), Facts(tuple(_counts(plan, lang)))]
    if plan.planned:
        blocks += [_measures(plan, lang), _calendar(plan, lang)]
    if plan.lacking:
        result = plan.gains.result
        names = tuple(
            f"{whole_name(result, result[row.code], lang)} ({_worth(plan, row)})"
            for row in plan.lacking
        )
        blocks.append(Points(names, said(say("report-plan-lacking"), lang)))
    places = plan.gains.result.scheme.rounding.places + 2
    blocks.append(Text(said(say("gains-rounded", places=places), lang), note=True))
    blocks.append(Fold(said(say("report-in-words"), lang), plan.explain(lang)))
    return Section("plan", said(say("report-plan"), lang), tuple(blocks))


def _counts(plan: Joined, lang: str) -> Iterator[tuple[str, str]]:
    """How many measures there are, and how many of each kind."""
    counts = {
        "measures": plan.planned,
        "late": plan.late,
        "under-way": plan.under_way,
        "no-office": plan.without_office,
        "untold": plan.untold,
        "lacking": plan.lacking,
    }
    for name, rows in counts.items():
        yield said(say(f"report-plan-{name}"), lang), str(len(rows))


def _measures(plan: Joined, lang: str) -> Table:
    """A row for each measure; on a phone, a block for each."""
    heads = ["report-plan-measure", "column-plan-office", "report-plan-period"]
    heads += ["column-gains-standing", "column-gains-gain"]
    titles = [said(say(head), lang) for head in heads]
    rows = []
    for row, own in ((row, row.measure) for row in plan.planned if row.measure is not None):
        name, *rest = _texts(plan, row, own, lang)
        cells = [
            Cell(text, number=k == len(rest) - 1, label=title, role="own" if text else "none")
            for k, (title, text) in enumerate(zip(titles[1:], rest, strict=True))
        ]
        rows.append((Cell(name, head=True, role="lead"), *cells))
    columns = tuple(Head(title, number=k == len(titles) - 1) for k, title in enumerate(titles))
    return Table(said(say("report-plan-caption"), lang), columns, tuple(rows), stacks=True)


def _texts(plan: Joined, row: PlanRow, own: Measure, lang: str) -> Iterator[str]:
    yield shown(f"{row.code} {own.measure[lang]}")
    yield shown(own.office[lang]) or NONE
    ends = [day(end, lang).replace(" ", "\u00a0") for end in (own.start, own.end)]
    yield (f"{ends[0]} – {ends[1]}" if any(ends) else NONE)
    states = [say(f"plan-is-{state.replace(' ', '-')}").text(lang) for state in row.states]
    yield ", ".join(states) or NONE
    yield _worth(plan, row)


def _worth(plan: Joined, row: PlanRow) -> str:
    return figure(row.gain.gain, plan.gains.result) or NONE


def _calendar(plan: Joined, lang: str) -> Table:
    """What is due in which month, and what of it is late."""
    due: dict[tuple[int, int] | None, list[PlanRow]] = {}
    for row in plan.planned:
        end = row.measure.end if row.measure is not None else None
        due.setdefault(None if end is None else (end.year, end.month), []).append(row)
    dated = sorted(key for key in due if key is not None)
    keys: list[tuple[int, int] | None] = [*dated, *([None] if None in due else [])]
    rows = tuple(
        (
            Cell(_month(key, lang), head=True),
            Cell(str(len(due[key])), number=True),
            Cell(str(sum(row.late for row in due[key])), number=True),
            Cell(shown(", ".join(dict.fromkeys(row.code for row in _in_order(plan, due[key]))))),
        )
        for key in keys
    )
    heads = ("report-plan-month", "report-plan-due", "report-plan-late", "report-plan-codes")
    columns = tuple(Head(said(say(name), lang), number=k in (1, 2)) for k, name in enumerate(heads))
    return Table(said(say("report-plan-calendar"), lang), columns, rows)


def _in_order(plan: Joined, rows: list[PlanRow]) -> list[PlanRow]:
    index = plan.gains.result.scheme.plan.index
    return sorted(rows, key=lambda row: index[row.code])


def _month(key: tuple[int, int] | None, lang: str) -> str:
    if key is None:
        return said(say("report-plan-undated"), lang)
    return month(datetime.date(*key, 1), lang)
