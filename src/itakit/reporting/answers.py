"""How answers are distributed: for every item, from the worst answer to the best."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.numerals import plain
from itakit.reporting.blocks import Section
from itakit.reporting.charts import Part, Stack, Stacks
from itakit.reporting.outline import figure, named, whole_name
from itakit.result import NodeResult, Result
from itakit.scale import Scale
from itakit.wording import say

TONES = 3
"""The shades of good and of bad answers."""


def answers(result: Result, lang: str) -> Section | None:
    """The section of answers: a chart for every child of the root; none without answers."""
    charts = []
    for top in result.root.children:
        below = {node.code for node in top.node.walk()}
        rows = [node for node in result if node.code in below and _charted(node)]
        if rows:
            charts.append(_chart(result, top, rows, lang))
    if not charts:
        return None
    return Section("answers", said(say("report-answers"), lang), tuple(charts))


def _charted(node: NodeResult) -> bool:
    return bool(node.answers) and node.scale is not None and bool(node.scale.answers)


def _chart(result: Result, top: NodeResult, rows: list[NodeResult], lang: str) -> Stacks:
    heads = ("column-title", "report-n", "column-rounded", "report-shares")
    titles, n, score, shares = (said(say(head), lang) for head in heads)
    scales: dict[tuple[tuple[str, int], ...], tuple[tuple[Part, ...], list[str]]] = {}
    for node in rows:
        parts = tuple(_parts(node.scale, {}, lang)) if node.scale else ()
        key = tuple((part.text, part.tone) for part in parts)
        scales.setdefault(key, (parts, []))[1].append(node.code)
    legends = tuple((_codes(codes), parts) for parts, codes in scales.values())
    stacks = tuple(_stack(result, node, lang) for node in rows)
    return Stacks(whole_name(result, top, lang), (titles, n, score, shares), legends, stacks)


def _codes(codes: list[str]) -> str:
    """The codes that a legend is for; the first of them where they are many."""
    most = 8
    return ", ".join(map(shown, codes[:most])) + (", …" if len(codes) > most else "")


def _stack(result: Result, node: NodeResult, lang: str) -> Stack:
    n = plain(Fraction(node.n or 0))
    parts = tuple(_parts(node.scale, dict(node.answers or {}), lang)) if node.scale else ()
    return Stack(*named(result, node, lang), n, figure(node, lang), parts)


def _parts(scale: Scale, counts: dict[str, int | Fraction], lang: str) -> Iterator[Part]:
    """The answers from the worst to the best by what they score, whatever their order.

    A reversed scale scores the same answers the other way round, so theirs is turned around.
    """
    whole = Fraction(sum(counts.values()))
    for choice in sorted(scale.answers, key=lambda choice: choice.score):
        count = Fraction(counts.get(choice.code, 0))
        if whole and not count:
            continue
        title = shown(choice.title[lang]) or shown(choice.code)
        share = count / whole if whole else Fraction(0)
        yield Part(title, tone(scale, choice.score), share)


def tone(scale: Scale, score: Fraction) -> int:
    """How good a score is, from -3 to 3; 0 in the middle of the range and nowhere else."""
    low, high = scale.range
    about = (score - (low + high) / 2) / ((high - low) / 2)
    steps = max(1, round(abs(about) * TONES)) if about else 0
    return steps if about > 0 else -steps
