"""Where there is most to gain: bars of what each node would add, and what the next grade takes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.improving import Gain, Gains
from itakit.improving.telling import figure, reach_lines
from itakit.reporting.blocks import Block, Fold, Points, Section, Text
from itakit.reporting.charts import Bar, Bars
from itakit.reporting.outline import named
from itakit.wording import say

_MOST = 12
"""As many bars are drawn; how many more there are is told."""


def gained(gains: Gains, lang: str) -> Section:
    """The section of gains."""
    best = gains.best()
    blocks: list[Block] = []
    if gains.next is not None:
        title, *lines = (line.strip() for line in reach_lines(gains.result, gains.next, lang))
        blocks.append(Points(tuple(map(shown, lines)), shown(title[:1].upper() + title[1:])))
    if best:
        heads = tuple(said(say(head), lang) for head in ("column-title", "column-gains-gain"))
        caption = said(say("gains-head"), lang).rstrip(":")
        blocks.append(Bars(caption, heads, tuple(_bars(gains, lang))))
        if len(best) > _MOST:
            blocks.append(Text(said(say("gains-more", n=len(best) - _MOST), lang), note=True))
        places = gains.result.scheme.rounding.places + 2
        blocks.append(Text(said(say("gains-rounded", places=places), lang), note=True))
    else:
        blocks.append(Text(said(say("gains-nothing"), lang)))
    blocks.append(Fold(said(say("report-in-words"), lang), gains.explain(lang)))
    return Section("gains", said(say("report-gains"), lang), tuple(blocks))


def _bars(gains: Gains, lang: str) -> Iterator[Bar]:
    """A bar for each node, the longest for what would add most."""
    best = gains.best(_MOST)
    most = best[0].gain or Fraction(1)
    for gain in best:
        code, title = named(gains.result, gains.result[gain.code], lang)
        size = Fraction(gain.gain or 0) / most
        yield Bar(code, title, figure(gain.gain, gains.result), size, note=_then(gain, lang))


def _then(gain: Gain, lang: str) -> str:
    """What the total would be."""
    after = f"{gain.rounded} {gain.grade or ''}".rstrip()
    return said(say("report-gains-then", after=after), lang)
