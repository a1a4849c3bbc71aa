"""Analyses as sections: whatever offers rows and sentences has a table and its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.explanation import short
from itakit.reporting.blocks import NONE, Block, Cell, Fold, Head, Section, Table, Text
from itakit.reporting.parts import Analysis
from itakit.wording import say, sentences

_TITLES: Final = {"robustness": "report-robustness"}
"""What a section is headed by, by its name."""


def analysed(name: str, analysis: Analysis, lang: str) -> Section:
    """The section of an analysis: what it found as a table, and in words on demand."""
    title = said(say(_TITLES[name]), lang)
    rows = analysis.rows(lang)
    blocks: list[Block] = []
    if rows:
        blocks.append(_table(title, rows, lang))
    else:
        blocks.append(Text(said(say("report-nothing"), lang)))
    told = analysis.explain(lang)
    if told.strip():
        blocks.append(Fold(said(say("report-in-words"), lang), told))
    return Section(name, title, tuple(blocks))


def _table(caption: str, rows: list[dict[str, object]], lang: str) -> Table:
    """A table of rows; the columns in which nothing stands are left out."""
    names = [n for n in rows[0] if any(row.get(n) not in (None, "") for row in rows)]
    numbers = {name for name in names if all(_is_number(row.get(name)) for row in rows)}
    heads = tuple(Head(_head(name, lang), name in numbers) for name in names)
    lines = tuple(
        tuple(_cell(row, name, numbers, first=k == 0) for k, name in enumerate(names))
        for row in rows
    )
    return Table(caption, heads, lines)


def _cell(row: Mapping[str, object], name: str, numbers: set[str], *, first: bool) -> Cell:
    return Cell(_shown(row.get(name)), number=name in numbers, head=first)


def _is_number(value: object) -> bool:
    counts = isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool)
    return value is None or counts


def _shown(value: object) -> str:
    match value:
        case None | "":
            return NONE
        case Fraction():
            return short(value, fractions=False)
        case _:
            return shown(str(value))


def _head(name: str, lang: str) -> str:
    """The head of a column: in words where there are some for it."""
    key = f"column-{name.replace('_', '-')}"
    if key in sentences("en"):
        return said(say(key), lang)
    text = shown(name.replace("_", " "))
    return text[:1].upper() + text[1:]
