"""Certainty as a section: intervals about scores, and the chances of grades."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

from itakit.document import phrases
from itakit.document.phrases import said
from itakit.errors import EvidenceError, Problem
from itakit.reporting.blocks import NONE, Block, Fold, Section, Text, percent
from itakit.reporting.charts import Bar, Bars, Interval, Intervals
from itakit.reporting.outline import named, outlined
from itakit.result import Result
from itakit.wording import Message, say

if TYPE_CHECKING:
    from itakit.uncertainty.certain import Certainty

_STEPS: Final = 20
"""Axes begin and end at twentieths of the scheme's range."""


def certainty(found: Certainty | Message, result: Result, lang: str) -> Section:
    """The section of how certain the scores are, or of why nobody tells."""
    title = said(say("report-certainty"), lang)
    if isinstance(found, Message):
        return Section("certainty", title, (Text(said(found, lang)),))
    if len(found.units) != 1:
        raise EvidenceError([Problem(say("report-certainty-units", n=len(found.units)))])
    from itakit.uncertainty import shown

    caption = said(say("report-intervals-caption", level=phrases.percent(found.level)[0]), lang)
    blocks: list[Block] = [_intervals(caption, found, result, lang)]
    blocks += _chances(found, lang)
    blocks += [Text(_capital(note), note=True) for note in shown.notes(found, lang)]
    blocks.append(Fold(said(say("report-in-words"), lang), found.explain(lang)))
    return Section("certainty", title, tuple(blocks))


def _intervals(caption: str, found: Certainty, result: Result, lang: str) -> Intervals:
    """The root and the nodes of the summary that have a score."""
    told = {str(row["code"]): row for row in found.rows(lang)}
    shown = [(0, result.root), *((depth + 1, node) for depth, node in outlined(result))]
    shown = [(depth, node) for depth, node in shown if node.code in told]
    ends = [_ends(told[node.code]) for _, node in shown]
    low, high = _axis(result, [end for pair in ends for end in pair])
    rows = []
    for (depth, node), (start, at, end) in zip(shown, ends, strict=True):
        row = told[node.code]
        places = [(value - low) / (high - low) for value in (start, at, end)]
        known, asked = row["low"] is not None, _asked(row, lang)
        code, title = named(result, node, lang)
        if depth == 0:
            name = phrases.level(node.level, lang)
            code, title = "", _capital(name)
        rows.append(
            Interval(
                code,
                title,
                str(row["rounded"]),
                str(row["low"]) if known and asked else "",
                str(row["high"]) if known and asked else "",
                asked,
                places[1],
                (places[0], places[2]) if known else None,
                depth,
            )
        )
    heads = ("column-title", "column-rounded", "column-low", "column-high", "column-n")
    title, score, start_, end_, n = (said(say(head), lang) for head in heads)
    axis = (phrases.figure(result.scheme, low), phrases.figure(result.scheme, high))
    return Intervals(caption, (title, score, start_, end_, n), axis, tuple(rows))


def _ends(row: dict[str, Any]) -> tuple[Fraction, Fraction, Fraction]:
    """The interval's ends with the score in between; the score thrice where they are not known."""
    at = Fraction(row["rounded"])
    if row["low"] is None:
        return at, at, at
    return Fraction(row["low"]), at, Fraction(row["high"])


def _axis(result: Result, ends: list[Fraction]) -> tuple[Fraction, Fraction]:
    """The part of the range that holds all ends, from a twentieth of it to another."""
    low, high = result.scheme.range
    step = (high - low) / _STEPS
    first = floor((min(ends) - low) / step)
    last = max(ceil((max(ends) - low) / step), first + 1)
    return low + first * step, low + last * step


def _asked(row: dict[str, Any], lang: str) -> str:
    """How many were asked, and of how many, where that is known."""
    if row["n"] is None:
        return ""
    if row["population"] is None:
        return str(row["n"])
    return say("report-n-of", n=row["n"], population=row["population"]).text(lang)


def _chances(found: Certainty, lang: str) -> Iterator[Block]:
    """The share of each grade in what was drawn."""
    (unit,) = found.units
    chances = unit.grades(found.replications)
    if chances is None:
        return
    rows = tuple(
        Bar(
            name or NONE,
            "",
            f"{_places(share)} %",
            share or None,
            note=_own(name == unit.grade, lang),
        )
        for name, share in chances.items()
    )
    says = say("report-chances", n=found.replications, seed=found.seed)
    heads = (said(say("column-grade"), lang), said(say("report-chance"), lang))
    yield Bars(said(says, lang), heads, rows)


def _own(own: bool, lang: str) -> str:  # noqa: FBT001
    return say("report-this-grade").text(lang) if own else ""


def _places(share: Fraction) -> Decimal:
    return Decimal(percent(share)).quantize(Decimal("0.1"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
