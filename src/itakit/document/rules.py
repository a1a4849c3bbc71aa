"""How scores add up, what is missing, and what a grade takes: the second half of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itakit.document import phrases
from itakit.document.page import Block, Cell, Paragraph, Points, shown
from itakit.document.phrases import prose, said
from itakit.document.telling import Telling
from itakit.methods import Use
from itakit.numerals import plain
from itakit.policy import Missing
from itakit.publication import carried, published
from itakit.scheme import Node
from itakit.wording import Message, say


def adding(told: Telling) -> Iterator[Block]:
    """How each level is made of the one below it, and what counts how much."""
    lang = told.lang
    yield told.table("page-head-level page-head-where page-head-from page-head-how", _ways(told))
    rows = [
        (
            told.code(node),
            told.title(node),
            Cell(plain(node.weight)),
            *told.counts(node),
        )
        for node in told.scheme.nodes()
        if node.weight is not None
    ]
    if rows:
        yield told.table(f"column-code column-title column-weight {told.head}", rows, 2, 3)
    if told.head:
        says = [say("adding-shares" if told.head == "page-head-share" else "adding-counts")]
        if any(share is None for share in told.shares):
            says.append(say("adding-not-linear"))
        yield Paragraph(prose(says, lang))


def _ways(told: Telling) -> list[tuple[Cell, ...]]:
    """A row for every way in which nodes of a level are made, the lowest level first."""
    scheme, lang = told.scheme, told.lang
    nodes, parents = scheme.nodes(), scheme.plan.parents
    heights = [0] * len(nodes)
    for i in reversed(range(1, len(nodes))):
        heights[parents[i]] = max(heights[parents[i]], heights[i] + 1)
    levels: dict[str, int] = {}
    alike: dict[tuple[str, Use | None, bool], list[Node]] = {}
    for node, height in zip(nodes, heights, strict=True):
        levels[node.level] = max(levels.get(node.level, 0), height)
        direct = not node.children and node.scale is None
        weighed = any(child.weight is not None for child in node.children)
        kind = (node.level, None if direct else node.method, weighed)
        alike.setdefault(kind, []).append(node)
    ordered = sorted(alike.items(), key=lambda item: (levels[item[0][0]], item[0][0]))
    return [
        (
            Cell(phrases.level(level, lang)),
            Cell(_which(found, scheme.plan.levels[level], lang)),
            Cell(_made_of(found, lang)),
            Cell(said(phrases.method(scheme, use, weighed=weighed), lang) if use else "—"),
        )
        for (level, use, weighed), found in ordered
    ]


def _which(found: list[Node], level: Sequence[int], lang: str) -> str:
    """The codes of nodes, or that they are all of their level."""
    if len(found) == len(level) > 1:
        return say("page-count-all", n=len(found)).text(lang)
    return ", ".join(shown(node.code) for node in found)


def _made_of(nodes: list[Node], lang: str) -> str:
    """The levels below nodes, or what is given for them."""
    parts: dict[str, None] = {}
    for node in nodes:
        if not node.children:
            own = "made-of-answers" if node.scale else "made-of-score"
            parts[say(own).text(lang)] = None
        parts |= {phrases.level(child.level, lang): None for child in node.children}
    return ", ".join(parts)


def missing(told: Telling) -> Iterator[Block]:
    """What becomes of nodes of which nothing is known."""
    rule = phrases.missing(told.scheme, told.scheme.missing)
    yield Paragraph(prose([*rule, say("missing-inapplicable")], told.lang))
    if found := _exceptions(told):
        yield Points(tuple(prose([message], told.lang) for message in found))


def _exceptions(told: Telling) -> list[Message]:
    """The rules of nodes that have others than the nodes above them."""
    nodes = told.scheme.nodes()
    others: dict[Missing, list[str]] = {}
    for node, parent in zip(nodes, told.scheme.plan.parents, strict=True):
        if parent >= 0 and node.missing != nodes[parent].missing:
            others.setdefault(node.missing, []).append(shown(node.code))
    lang = told.lang
    return [
        say(
            "missing-at",
            codes=", ".join(codes),
            rule=phrases.together((m.text(lang) for m in phrases.missing(told.scheme, rule)), lang),
        )
        for rule, codes in others.items()
    ]


def rounding(told: Telling) -> Iterator[Block]:
    """How a score is published."""
    levels = [phrases.level(level, told.lang) for level in told.scheme.rounding.carry]
    yield Paragraph(prose([published(told.scheme), carried(levels)], told.lang))


def grades(told: Telling) -> Iterator[Block]:
    """What each grade takes."""
    scheme, lang = told.scheme, told.lang
    if not scheme.grades:
        yield Paragraph(prose([say("grades-none")], lang))
        return
    conditions = any(grade.requires for grade in scheme.grades)
    order = say("grades-conditions") if conditions else say("grades-order")
    yield Paragraph(prose([order], lang))
    rows = [
        (
            Cell(phrases.name(grade.title, grade.name, lang)),
            Cell(phrases.figure(scheme, grade.lowest)),
            Cell(phrases.conditions(scheme, grade, lang)),
        )
        for grade in scheme.grades
    ]
    if conditions:
        yield told.table("column-grade page-head-bound page-head-requires", rows, 1)
    else:
        yield told.table("column-grade page-head-bound", [row[:2] for row in rows], 1)


def calendar(told: Telling) -> Iterator[Block]:
    """The phases of the assessment."""
    lang = told.lang
    rows = [
        (
            Cell(phrases.date(phase.start, lang)),
            Cell(phrases.date(phase.end, lang)),
            Cell(shown(phase.title[lang])),
        )
        for phase in told.scheme.calendar
    ]
    if rows:
        yield told.table("page-head-start page-head-end page-head-phase", rows)
