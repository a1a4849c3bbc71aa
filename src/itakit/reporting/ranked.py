"""The ranking of a report: the nodes of one level, highest score first."""

from __future__ import annotations

from itakit.document import phrases
from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.ranks import Place, Ranking, ranking
from itakit.reporting.blocks import Block, Section, Text
from itakit.reporting.charts import Bar, Bars
from itakit.reporting.outline import levels, outlined, size
from itakit.result import Result
from itakit.scheme import Scheme
from itakit.text import one_line
from itakit.wording import say


def usual(result: Result) -> Ranking | None:
    """The ranking of a level that has something to rank; `None` where there is none.

    Of the first two levels of a summary, the lower one: that of indicators. The upper one is taken
    where the other has fewer than two scores.
    """
    scored = [node.level for _, node in outlined(result) if node.rounded is not None]
    first = levels(result.scheme)[:2]
    level = next((level for level in reversed(first) if scored.count(level) > 1), None)
    return None if level is None else ranking(result, level)


def ranked(found: Ranking, scheme: Scheme, lang: str) -> Section:
    """The section of a ranking, with ties."""
    told = phrases.level(found.of, lang) if found.kind == "nodes" else shown(found.of)
    caption = said(say("report-ranking-caption", of=told, n=len(found.places)), lang)
    heads = (said(say("column-title"), lang), said(say("column-rounded"), lang))
    rows = tuple(_row(place, scheme, lang) for place in found.places)
    blocks: list[Block] = [Bars(caption, heads, rows, lead=said(say("column-rank"), lang))]
    if found.unscored:
        names = ", ".join(map(shown, found.unscored))
        says = say("rank-unscored", n=len(found.unscored), names=names)
        blocks.append(Text(said(says, lang), note=True))
    return Section("ranking", said(say("report-ranking"), lang), tuple(blocks))


def _row(place: Place, scheme: Scheme, lang: str) -> Bar:
    title = one_line(place.title[lang])
    told = []
    if place.tied > 1:
        told.append(say("rank-tied", n=place.tied).text(lang))
        if place.exact_scores is not None:
            told.append(say(f"rank-exact-{place.exact_scores}").text(lang))
    return Bar(
        shown(place.name),
        "" if title == place.name else shown(title),
        str(place.rounded),
        size(scheme, place.rounded),
        lead=str(place.rank),
        note="; ".join(told),
    )
