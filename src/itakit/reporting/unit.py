"""The report of one unit: which sections it has, and in which order."""

from __future__ import annotations

from collections.abc import Iterator

from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.explanation import standing
from itakit.improving import gains
from itakit.reporting.analyses import analysed
from itakit.reporting.answers import answers
from itakit.reporting.audited import audited
from itakit.reporting.blocks import Section
from itakit.reporting.change import change, scores
from itakit.reporting.derivation import derivation
from itakit.reporting.fieldwork import calendar, coverage
from itakit.reporting.gaining import gained
from itakit.reporting.intervals import certainty
from itakit.reporting.origin import origin
from itakit.reporting.outline import figure
from itakit.reporting.page import Headline, write
from itakit.reporting.parts import ReportParts
from itakit.reporting.planned import planned
from itakit.reporting.ranked import ranked, usual
from itakit.reporting.summary import grades, summary
from itakit.result import Result
from itakit.wording import say


def report(result: Result, parts: ReportParts | None = None, lang: str = "th") -> str:
    """The report of a unit's result as one HTML file, for screens, for paper and for being heard.

    It loads nothing from anywhere. ``parts`` has what is not in the result: the unit's name, the
    comparison with last year, populations, and analyses.
    """
    own = parts or ReportParts()
    return write(lang, _headline(result, own, lang), list(_sections(result, own, lang)))


def report_workbook(result: Result, parts: ReportParts | None = None, lang: str = "th") -> bytes:
    """The same scores as a workbook (.xlsx) whose formulas compute them anew."""
    from itakit.reporting.workbook import workbook

    return workbook(result, parts or ReportParts(), lang)


def _headline(result: Result, parts: ReportParts, lang: str) -> Headline:
    scheme = result.scheme
    title = shown(scheme.title[lang]) or scheme.id
    told = [line[:1].upper() + line[1:] for line in standing(result, lang)][1:]
    return Headline(
        shown(parts.unit) or title,
        title if parts.unit else said(say("report-title"), lang),
        figure(result.root, lang),
        result.grade or "",
        said(say("column-grade"), lang) if result.grade else "",
        " · ".join(told),
    )


def _sections(result: Result, parts: ReportParts, lang: str) -> Iterator[Section]:
    yield summary(result, lang)
    optional = [grades(result, lang), scores(result, lang)]
    if parts.comparison is not None:
        optional.append(change(parts.comparison, lang))
    ranking = parts.ranking or usual(result)
    if ranking is not None:
        optional.append(ranked(ranking, result.scheme, lang))
    optional.append(gained(parts.gains or gains(result), lang))
    if parts.plan is not None:
        optional.append(planned(parts.plan, lang))
    optional.append(answers(result, lang))
    optional += [calendar(result.scheme, lang), coverage(result, parts.population, lang)]
    if parts.certainty is not None:
        optional.append(certainty(parts.certainty, result, lang))
    if parts.robustness is not None:
        optional.append(analysed("robustness", parts.robustness, lang))
    if parts.audit is not None:
        optional.append(audited(parts.audit, lang))
    yield from (section for section in optional if section is not None)
    yield derivation(result, lang)
    yield origin(result, parts, lang)
