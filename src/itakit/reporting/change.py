"""Scores as bars, and last year's beside them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from itakit.changing.comparison import Comparison, NodeChange
from itakit.changing.telling import notes
from itakit.document import phrases
from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.listing import rounded
from itakit.reporting.blocks import NONE, Block, Fold, Section, Text
from itakit.reporting.charts import Bar, Bars, Mark
from itakit.reporting.outline import figure, named, outlined, size
from itakit.result import Result
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


def change(comparison: Comparison, lang: str) -> Section:
    """The section of last year beside this year: the nodes of a summary, and what did it."""
    places = _places(comparison)
    told = comparison.listing(lang).above
    blocks: list[Block] = [Text(line[:1].upper() + line[1:]) for line in map(shown, told)]
    heads = ["column-title", "report-now", "report-before", "report-change"]
    if not comparison.same_rules:
        heads += ["column-data", "column-rules"]
    rows = tuple(_rows(comparison, places, lang))
    caption = said(say("report-change-caption"), lang)
    blocks.append(Bars(caption, tuple(said(say(head), lang) for head in heads), rows))
    note = said(say("report-change-rounded", places=places), lang)
    blocks.append(Text(note, note=True))
    blocks.append(Fold(said(say("report-in-words"), lang), comparison.explain(lang)))
    return Section("change", said(say("report-changed"), lang), tuple(blocks))


def _places(comparison: Comparison) -> int:
    """Two more than a published figure has, as a change is none."""
    return max(r.scheme.rounding.places for r in (comparison.before, comparison.after)) + 2


def _rows(comparison: Comparison, places: int, lang: str) -> Iterator[Bar]:
    """A row for each node of the later summary, and for what only the earlier one had."""
    depths = {node.code: depth + 1 for depth, node in outlined(comparison.after)}
    gone = {node.code: depth + 1 for depth, node in outlined(comparison.before)}
    for each in comparison:
        found = gone if each.kind == "retired" else depths
        depth = 0 if each is comparison.root else found.get(each.code)
        if depth is not None:
            yield _row(comparison, each, depth, places, lang)


def _row(comparison: Comparison, each: NodeChange, depth: int, places: int, lang: str) -> Bar:
    now, was = each.after, each.before
    result = comparison.before if now is None else comparison.after
    code, title = named(result, each.node, lang)
    if depth == 0:
        name = phrases.level(each.node.level, lang)
        code, title = "", name[:1].upper() + name[1:]
    numbers = [each.change] if comparison.same_rules else [each.change, each.data, each.rules]
    return Bar(
        code,
        title,
        NONE if now is None else figure(now, lang),
        None if now is None else size(comparison.after.scheme, now.rounded),
        depth,
        NONE if was is None else figure(was, lang),
        None if was is None else size(comparison.before.scheme, was.rounded),
        tuple(_signed(number, places) for number in numbers),
        note="; ".join(map(shown, notes(comparison, each, lang))),
    )


def _signed(number: Fraction | None, places: int) -> str:
    return rounded(number, places).replace("-", "−") or NONE


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
