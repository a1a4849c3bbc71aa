"""What is asked, of whom, and what answers score: the first half of the method document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from itakit.document import phrases
from itakit.document.page import Block, Cell, Paragraph, Points, Section, shown
from itakit.document.phrases import prose, said
from itakit.document.telling import Telling
from itakit.numerals import plain
from itakit.sampling import surveys
from itakit.scale import Scale
from itakit.scheme import Node
from itakit.wording import say

NESTED: Final = 2
"""How many levels below the total have headings of their own; what is below them is in tables."""


def sources(told: Telling) -> Iterator[Block]:
    """Where the rules are stated."""
    if told.scheme.source:
        yield Points(tuple(map(shown, told.scheme.source)))


def respondents(told: Telling) -> Iterator[Block]:
    """Who is asked, and how many of them."""
    scheme, lang = told.scheme, told.lang
    asked = [node for node in surveys(scheme) if node.sample or node.population]
    if not asked:
        yield Paragraph(prose([say("page-no-respondents")], lang))
        return
    within = {below.code for node in asked for below in node.walk()}
    silent = [n for n in scheme.root.children if within.isdisjoint(b.code for b in n.walk())]
    unsaid = said(say("page-none-stated"), lang)
    rows = [
        (
            told.code(node),
            told.title(node),
            Cell(shown(node.population[lang]) or unsaid),
            Cell(phrases.sample(node.sample, lang) if node.sample else unsaid),
        )
        for node in (*asked, *(() if scheme.root in asked else silent))
    ]
    yield told.table("column-code column-title page-head-population page-head-sample", rows)


def asked(told: Telling) -> Iterator[Block]:
    """Every survey, indicator, question and part, with its scale and its share of the total."""
    yield from _below(told, told.scheme.root, NESTED)


def _below(told: Telling, node: Node, nested: int) -> Iterator[Block]:
    """What stands below a node: under headings as far as all of it has something below."""
    if not (nested and all(child.children for child in node.children)):
        rows = [row for child in node.children for row in _rows(told, child)]
        heads = f"column-code column-title page-head-scale {told.head}"
        yield told.table(heads, rows, 3)
        return
    for child in node.children:
        title = phrases.name(child.title, child.code, told.lang)
        blocks = (Paragraph(_standing(told, child)), *_below(told, child, nested - 1))
        yield Section(told.anchors[child.code], title, blocks)


def _rows(told: Telling, top: Node) -> Iterator[tuple[Cell, ...]]:
    """A node and all that is below it, a row for each."""
    stack = [(top, 0)]
    while stack:
        node, depth = stack.pop()
        yield (
            Cell(shown(node.code), anchor=told.anchors[node.code], depth=depth),
            told.title(node),
            Cell("") if node.children else told.scale_of(node),
            *told.counts(node),
        )
        stack.extend((child, depth + 1) for child in reversed(node.children))


def _standing(told: Telling, node: Node) -> str:
    """A node's level, its weight, and its share of the total."""
    lang = told.lang
    parts = [phrases.level(node.level, lang)]
    if node.weight is not None:
        parts.append(f"{say('column-weight').text(lang)} {plain(node.weight)}")
    parts += [f"{say(told.head).text(lang)}: {cell.text}" for cell in told.counts(node)]
    text = phrases.together(parts, lang)
    return text[:1].upper() + text[1:]


def scales(told: Telling) -> Iterator[Block]:
    """Every scale that an item has: its answers, and what each scores."""
    leaves = told.scheme.leaves()
    before: list[Scale] = []
    for scale in told.scheme.scale_list:
        if used := sum(leaf.scale == scale for leaf in leaves):
            uses = Paragraph(prose([say("scale-used", n=used)], told.lang))
            blocks = (*_answers(told, scale, before), uses)
            anchor = told.anchors[f"scale {scale.name}"]
            yield Section(anchor, shown(scale.name), blocks)
            before.append(scale)


def _answers(told: Telling, scale: Scale, before: list[Scale]) -> Iterator[Block]:
    lang = told.lang
    if scale.goalposts is not None:
        yield Paragraph(prose(phrases.number(told.scheme, scale.goalposts), lang))
    else:
        mirrors = (s.name for s in before if s.answers and s.reversed(scale.name) == scale)
        mirror = next(mirrors, None)
        says = [say("scale-choice")]
        if mirror is not None:
            says.append(say("scale-reversed", scale=shown(mirror)))
        yield Paragraph(prose(says, lang))
    rows = [
        (Cell(shown(c.code)), Cell(shown(c.title[lang])), Cell(plain(c.score)))
        for c in scale.answers
    ]
    left_out = Cell(said(say("scale-inapplicable"), lang))
    rows += [(Cell(shown(code)), left_out, Cell("—")) for code in scale.not_applicable]
    silent = Cell(said(say("scale-no-answer"), lang))
    rows += [(Cell(shown(code)), silent, Cell("—")) for code in scale.no_answer]
    if rows:
        yield told.table("page-head-answer column-title page-head-score", rows, 2)
