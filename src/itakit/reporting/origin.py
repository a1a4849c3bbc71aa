"""Origin: the rules that a report follows, by id, version and hash, and what it was made of."""

from __future__ import annotations

from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.explanation import footer
from itakit.reporting.blocks import NONE, Block, Facts, Points, Section, Text
from itakit.reporting.parts import ReportParts
from itakit.result import Result
from itakit.scheme import Scheme
from itakit.version import __version__
from itakit.wording import say


def identity(scheme: Scheme, lang: str) -> tuple[tuple[str, str], ...]:
    """What tells a scheme from any other, and itakit's version."""
    return (
        (said(say("report-scheme"), lang), shown(scheme.title[lang]) or scheme.id),
        (said(say("column-id"), lang), scheme.id),
        (said(say("column-version"), lang), shown(scheme.version) or NONE),
        (said(say("page-head-hash"), lang), scheme.hash),
        ("itakit", __version__),
    )


def origin(result: Result, parts: ReportParts, lang: str) -> Section:
    """The section of the rules, their sources, and how the report was made."""
    facts = list(identity(result.scheme, lang))
    if parts.files:
        facts.append((said(say("report-files"), lang), ", ".join(map(shown, parts.files))))
    made = said(say("report-made", itakit=__version__), lang)
    blocks: list[Block] = [Facts(tuple(facts)), Text(made), Text(next(footer(result, lang)))]
    if result.scheme.source:
        sources = tuple(map(shown, result.scheme.source))
        blocks.append(Points(sources, said(say("page-sources"), lang)))
    return Section("origin", said(say("report-origin"), lang), tuple(blocks))
