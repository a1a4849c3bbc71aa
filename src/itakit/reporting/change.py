"""Scores as bars, and last year's beside them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from itakit.document import phrases
from itakit.document.phrases import said
from itakit.reporting.blocks import NONE, Bar, Bars, Mark, Section, Text
from itakit.reporting.outline import figure, named, outlined, size
from itakit.result import NodeResult, Result
from itakit.wording import say


def scores(result: Result, lang: str) -> Section:
    """The section of scores as bars, held against the bound of the next grade."""
    rows = tuple(
        Bar(
            *named(result, node, lang), figure(node, lang), size(result.scheme, node.rounded), depth
        )
        for depth, node in outlined(result)
    )
    heads = (said(say("column-title"), lang), said(say("column-rounded"), lang))
    bars = Bars(said(say("report-bars-caption"), lang), heads, rows, _mark(result, lang))
    return Section("scores", said(say("report-bars"), lang), (bars,))


def change(result: Result, before: Result, lang: str) -> Section:
    """The section of last year beside this year, node by node where both have the code."""
    rows = [_row(result, before, result.root, 0, lang)]
    rows += [_row(result, before, node, depth + 1, lang) for depth, node in outlined(result)]
    heads = tuple(
        said(say(name), lang)
        for name in ("column-title", "report-now", "report-before", "report-change")
    )
    bars = Bars(said(say("report-change-caption"), lang), heads, tuple(rows))
    blocks = [bars]
    if before.scheme.hash != result.scheme.hash:
        note = say("report-other-rules", before=before.scheme.id, now=result.scheme.id)
        return Section(
            "change", said(say("report-changed"), lang), (Text(said(note, lang)), *blocks)
        )
    return Section("change", said(say("report-changed"), lang), tuple(blocks))


def _row(result: Result, before: Result, node: NodeResult, depth: int, lang: str) -> Bar:
    code, title = named(result, node, lang)
    if node.code == result.root.code:
        name = phrases.level(node.level, lang)
        code, title = "", name[:1].upper() + name[1:]
    there = node.code in before.scheme or depth == 0
    old = before.root if depth == 0 else before[node.code] if there else None
    was = None if old is None else old.rounded
    return Bar(
        code,
        title,
        figure(node, lang),
        size(result.scheme, node.rounded),
        depth,
        NONE if was is None else str(was),
        size(before.scheme, was),
        _difference(node.rounded, was),
    )


def _difference(now: Decimal | None, was: Decimal | None) -> str:
    """The difference of two published figures, with its sign."""
    if now is None or was is None:
        return NONE
    difference = now - was
    return f"{difference:+}".replace("-", "−") if difference else f"±{difference}"


def _mark(result: Result, lang: str) -> Mark | None:
    """The bound of the next grade; of the highest, where the unit has it."""
    scheme = result.scheme
    if not scheme.grades:
        return None
    place = len(scheme.grades) if result.band is None else scheme.grades.index(result.band)
    grade = scheme.grades[max(place - 1, 0)]
    at = size(scheme, grade.lowest)
    if not at or at >= Fraction(1):
        return None
    bound = scheme.rounding(grade.lowest)
    return Mark(at, said(say("report-mark", grade=grade.name, lowest=bound), lang))
