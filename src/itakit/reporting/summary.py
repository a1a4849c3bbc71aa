"""The official summary: surveys, weights, indicators, scores, weighted scores, total and grade."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from itakit.document import phrases
from itakit.document.phrases import said
from itakit.explanation import short, standing
from itakit.reporting.blocks import (
    NONE,
    Block,
    Cell,
    Head,
    Section,
    Table,
    Text,
)
from itakit.reporting.charts import Ladder, Rung
from itakit.reporting.outline import figure, levels, paths, size, whole_name
from itakit.result import NodeResult, Result
from itakit.wording import say


def summary(result: Result, lang: str) -> Section:
    """The section of the official summary table."""
    blocks: list[Block] = [_table(result, lang)]
    linear = result.root.contribution is not None and result.scheme.root.method.method.linear
    if linear and result.root.status == "scored" and not result.scheme.rounding.carry:
        blocks.append(Text(said(say("report-rounded-once"), lang), note=True))
    return Section("summary", said(say("report-summary"), lang), tuple(blocks))


def grades(result: Result, lang: str) -> Section | None:
    """The section of the grade, and of how far the next one is."""
    scheme = result.scheme
    if not scheme.grades:
        return None
    told = [Text(_capital(line)) for line in standing(result, lang)]
    ladder = _ladder(result, " ".join(block.text for block in told))
    heads = (
        Head(said(say("column-grade"), lang)),
        Head(said(say("page-head-bound"), lang), number=True),
        Head(said(say("page-head-requires"), lang)),
        Head(said(say("report-reached"), lang)),
    )
    rows = []
    for grade in scheme.grades:
        name = grade.name + (f" — {grade.title[lang]}" if grade.title else "")
        conditions = phrases.conditions(scheme, grade, lang)
        own = result.band == grade
        rows.append(
            (
                Cell(name, head=True),
                Cell(phrases.figure(scheme, grade.lowest), number=True),
                Cell(conditions or NONE),
                Cell(said(say("report-this-grade"), lang) if own else ""),
            )
        )
    table = Table(said(say("page-grades"), lang), heads, tuple(rows))
    if not any(grade.requires for grade in scheme.grades):
        table = _without(table, 2)
    blocks: list[Block] = [*told, *([ladder] if ladder else []), table]
    return Section("grade", said(say("report-grade"), lang), tuple(blocks))


def _without(table: Table, k: int) -> Table:
    """A table without one of its columns."""
    rows = tuple((*row[:k], *row[k + 1 :]) for row in table.rows)
    return Table(table.caption, (*table.heads[:k], *table.heads[k + 1 :]), rows)


def _ladder(result: Result, text: str) -> Ladder | None:
    """The bounds of the grades on a line; none where the unit has no score."""
    scheme, at = result.scheme, size(result.scheme, result.rounded)
    if at is None:
        return None
    rungs, end = [], Fraction(1)
    for grade in scheme.grades:
        start = size(scheme, grade.lowest) or Fraction(0)
        rungs.append(Rung(grade.name, start, end, result.band == grade))
        end = start
    return Ladder(text, tuple(reversed(rungs)), at, str(result.rounded))


def _table(result: Result, lang: str) -> Table:
    """A row for every way down, in which a node that has several rows below it spans them."""
    scheme = result.scheme
    top, *lower = levels(scheme)
    weighed = any(node.weight is not None for node in scheme.root.children)
    top_name = phrases.level(top, lang)
    heads = [Head(_capital(top_name))]
    if weighed:
        heads.append(Head(said(say("column-weight"), lang), number=True))
    for level in lower:
        heads.append(Head(_capital(phrases.level(level, lang))))
        heads.append(Head(_score_of(level, lang), number=True))
    heads.append(Head(_score_of(top, lang), number=True))
    weighted = said(say("report-weighted" if weighed else "report-part"), lang)
    heads.append(Head(weighted, number=True))
    ways = paths(result)
    rows = []
    for k, way in enumerate(ways):
        cells: list[Cell] = []
        first = way[0]
        begins = k == 0 or ways[k - 1][0].code != first.code
        span = sum(other[0].code == first.code for other in ways)
        if begins:
            cells.append(Cell(whole_name(result, first, lang), head=True, rows=span, role="lead"))
            if weighed:
                cells.append(_own(short(first.weight) or NONE, span, heads[1].text))
        by_level = {node.level: node for node in way}
        for depth, level in enumerate(lower):
            role = "part deep" if depth else "part"
            cells += _lower(result, by_level.get(level), ways, k, role, lang)
        if begins:
            cells.append(_own(figure(first, lang), span, _score_of(top, lang)))
            cells.append(_own(_part(result, first), span, weighted))
        rows.append(tuple(cells))
    width = len(heads)
    foot = [
        _foot(_capital(phrases.level(scheme.root.level, lang)), figure(result.root, lang), width)
    ]
    if scheme.grades:
        foot.append(_foot(said(say("column-grade"), lang), result.grade or NONE, width))
    caption = said(say("report-summary-caption"), lang)
    return Table(caption, tuple(heads), tuple(rows), tuple(foot), stacks=True)


def _lower(
    result: Result,
    node: NodeResult | None,
    ways: list[tuple[NodeResult, ...]],
    k: int,
    role: str,
    lang: str,
) -> Iterator[Cell]:
    """The name and the score of a node in its first row; nothing in the others that it spans."""
    if node is None:
        yield Cell(NONE, role="none")
        yield Cell(NONE, number=True, role="none")
        return
    at = [i for i, way in enumerate(ways) if any(other.code == node.code for other in way)]
    if at[0] == k:
        yield Cell(whole_name(result, node, lang), rows=len(at), role=role)
        yield Cell(figure(node, lang), number=True, rows=len(at), role=role)


def _own(text: str, span: int, label: str) -> Cell:
    return Cell(text, number=True, rows=span, label=label, role="own")


def _foot(label: str, text: str, width: int) -> tuple[Cell, ...]:
    return Cell(label, head=True, columns=width - 1), Cell(text, number=True)


def _part(result: Result, node: NodeResult) -> str:
    """The part of the total that a node accounts for, as it is published."""
    if node.contribution is None:
        return NONE
    return str(result.scheme.rounding(node.contribution))


def _score_of(level: str, lang: str) -> str:
    return _capital(say("report-score-of", level=phrases.level(level, lang)).text(lang))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
