"""Fieldwork: when the assessment took place, who answered, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from itakit.document import phrases
from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.numerals import plain
from itakit.reporting.blocks import NONE, Block, Cell, Head, Section, Table, Text
from itakit.reporting.outline import whole_name
from itakit.result import NodeResult, Result
from itakit.sampling import required, surveys
from itakit.scheme import Node, Scheme
from itakit.wording import say


def calendar(scheme: Scheme, lang: str) -> Section | None:
    """The section of the assessment's phases; none where the scheme has no calendar."""
    if not scheme.calendar:
        return None
    title = said(say("page-calendar"), lang)
    heads = tuple(
        Head(said(say(f"page-head-{name}"), lang), number=name != "phase")
        for name in ("phase", "start", "end")
    )
    rows = tuple(
        (
            Cell(shown(phase.title[lang]) or NONE, head=True),
            Cell(phrases.date(phase.start, lang), number=True),
            Cell(phrases.date(phase.end, lang), number=True),
        )
        for phase in scheme.calendar
    )
    return Section("calendar", title, (Table(title, heads, rows),))


def coverage(result: Result, population: Mapping[str, int] | None, lang: str) -> Section:
    """The section of who answered and what is missing, survey by survey."""
    asked = list(surveys(result.scheme))
    within = {below.code for node in asked for below in node.walk()}
    others = [node for node in result.scheme.root.children if node.code not in within]
    everyone = population or {}
    heads = ["page-head-population", "report-items", "report-n"]
    if everyone:
        heads += ["report-population", "column-required", "column-shortfall"]
    heads += ["report-missing", "report-inapplicable", "report-left-out", "report-coverage"]
    columns = tuple(Head(said(say(name), lang), number=k > 0) for k, name in enumerate(heads))
    rows = tuple(_row(result, node, everyone, lang) for node in (*asked, *others))
    caption = said(say("report-fieldwork-caption"), lang)
    blocks: list[Block] = [Table(caption, columns, rows)]
    blocks += [Text(line) for line in _samples(asked, lang)]
    blocks.append(Text(phrases.prose([say("report-n-about")], lang), note=True))
    return Section("fieldwork", said(say("report-fieldwork"), lang), tuple(blocks))


def _row(
    result: Result, survey: Node, population: Mapping[str, int], lang: str
) -> tuple[Cell, ...]:
    node = result[survey.code]
    items = [result[below.code] for below in survey.walk() if not below.children]
    heads = [_answering(item) for item in items]
    answered = max((n for n in heads if n is not None), default=None)
    numbers = [str(len(items)), NONE if answered is None else plain(answered)]
    if population:
        numbers += _sample(survey, population.get(survey.code), answered)
    left_out = sum((Fraction(sum((i.inapplicable or {}).values())) for i in items), Fraction(0))
    covered = node.coverage
    numbers += [
        str(sum(item.status == "missing" for item in items)),
        str(sum(item.status == "not applicable" for item in items)),
        plain(left_out),
        NONE if covered is None else f"{phrases.percent(covered)[0]} %",
    ]
    cells = [Cell(text, number=True) for text in numbers]
    return (Cell(whole_name(result, node, lang), head=True), *cells)


def _answering(item: NodeResult) -> Fraction | None:
    """How many gave an answer to an item, an inapplicable one among them."""
    if item.answers is None:
        return None
    counted = [*item.answers.values(), *(item.inapplicable or {}).values()]
    return Fraction(sum(counted))


def _sample(survey: Node, people: int | None, answered: Fraction | None) -> list[str]:
    """The population of a survey, how many of it are required, and how many are short."""
    if people is None:
        return [NONE, NONE, NONE]
    if survey.sample is None:
        return [str(people), NONE, NONE]
    size = required(survey.sample, people)
    short = max(Fraction(0), size - (answered or Fraction(0)))
    return [str(people), str(size), plain(short)]


def _samples(asked: list[Node], lang: str) -> Iterator[str]:
    """Who is asked, and how many of them, as the scheme says."""
    for node in asked:
        who = shown(node.population[lang])
        sample = phrases.sample(node.sample, lang) if node.sample else ""
        if who or sample:
            yield f"{shown(node.code)}: " + "; ".join(filter(None, (who, sample)))
