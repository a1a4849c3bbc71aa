"""The report of many units: how their scores are distributed, and all of them to look up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Final

from itakit.account import account
from itakit.document import phrases
from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.frames.board import UNIT, Board
from itakit.numerals import grouped
from itakit.reporting.blocks import Block, Facts, Listing, Points, Section
from itakit.reporting.charts import Bar, Bars
from itakit.reporting.origin import identity
from itakit.reporting.outline import inner_nodes
from itakit.reporting.page import Directory, Headline, write
from itakit.rounding import Rounding
from itakit.wording import say

BINS: Final = 20
"""The bars that the range of scores is divided into."""
_PEOPLE: Final = ("respondents", "required", "shortfall")
_WORDS: Final = (
    "units-shown",
    "units-page",
    "units-none",
    "column-title",
    "column-grade",
    "column-rounded",
)


def nation_report(board: Board, lang: str = "th", files: Sequence[str] = ()) -> str:
    """The report of a board as one HTML file: distributions, and a table to sort and to search.

    A click on a unit shows its scores. It loads nothing from anywhere; its one script is its own.
    """
    scheme = board.scheme
    title = shown(scheme.title[lang]) or scheme.id
    head = Headline(title, said(say("units-title", n=grouped(len(board.units))), lang))
    sections = [*_graded(board, lang), _spread(board, lang)]
    sections.append(Section("units", said(say("report-units"), lang), (Listing(),)))
    sections += [_read(board, lang), _origin(board, files, lang)]
    return write(lang, head, sections, directory(board, lang))


def directory(board: Board, lang: str) -> Directory:
    """All units with the published scores of a summary's nodes, as integers of the last place."""
    scheme, places = board.scheme, board.scheme.rounding.places
    nodes = scheme.plan.nodes
    chosen = [(0, 0), *inner_nodes(scheme)]
    columns = [[_units(n, places) for n in board.figures("rounded", i)] for i, _ in chosen]
    names = [grade.name for grade in scheme.grades]
    grades = [names.index(g) if g is not None else -1 for g in board.grades]
    people = []
    for i, node in enumerate(nodes):
        for name in _PEOPLE:
            numbers = board.figures(name, i)
            if any(n is not None for n in numbers):
                asked = said(say(f"column-{name}"), lang)
                head = say("column-of", name=asked, code=shown(node.code))
                people.append({"head": head.text(lang), "numbers": numbers})
    total = phrases.level(scheme.root.level, lang)
    data = {
        "places": places,
        "grades": names,
        "nodes": [
            {
                "code": "" if i == 0 else shown(nodes[i].code),
                "title": total[:1].upper() + total[1:] if i == 0 else shown(nodes[i].title[lang]),
                "depth": depth,
            }
            for i, depth in chosen
        ],
        "units": [shown(str(name)) for name in board.units],
        "grade": grades,
        "scores": columns,
        "people": people,
    }
    words = {name: said(say(name, n="{n}", all="{all}"), lang) for name in _WORDS}
    return Directory(data, {**words, "lang": lang, "unit": shown(board.unit or UNIT)})


def _units(figure: Decimal | None, places: int) -> int | None:
    return None if figure is None else int(figure.scaleb(places))


def _read(board: Board, lang: str) -> Section:
    # Bare names, so that a report does not tell of the folder that it was made in.
    read = account(board, lambda path: Path(path).name)
    lines = [message for message in read if message.name != "sum-scheme"]
    told = tuple(said(message, lang) for message in lines)
    return Section("read", said(say("units-read"), lang), (Points(told),))


def _graded(board: Board, lang: str) -> Iterator[Section]:
    """How many units have each grade; nothing where there are none."""
    scheme = board.scheme
    if not scheme.grades:
        return
    counts = [(shown(grade.name), board.grades.count(grade.name)) for grade in scheme.grades]
    if without := board.grades.count(None):
        counts.append((said(say("explain-no-grade"), lang), without))
    heads = (said(say("column-grade"), lang), said(say("units-number"), lang))
    bars = Bars(said(say("units-graded-caption"), lang), heads, tuple(_bars(counts)))
    yield Section("grades", said(say("units-graded"), lang), (bars,))


def _spread(board: Board, lang: str) -> Section:
    """A histogram: how many units lie in each twentieth of the range."""
    low, high = board.scheme.range
    step = (high - low) / BINS
    counts = [0] * BINS
    scores = [Fraction(n) for n in board.figures("rounded", 0) if n is not None]
    for score in scores:
        counts[min(max(floor((score - low) / step), 0), BINS - 1)] += 1
    there = [k for k, n in enumerate(counts) if n]
    bins: list[tuple[str, int]] = []
    for k in reversed(range(there[0], there[-1] + 1) if there else range(0)):
        start, end = (phrases.figure(board.scheme, low + step * j) for j in (k, k + 1))
        last = say("units-bin-last" if k == BINS - 1 else "units-bin", low=start, high=end)
        bins.append((last.text(lang), counts[k]))
    heads = (said(say("column-rounded"), lang), said(say("units-number"), lang))
    bars = Bars(said(say("units-spread-caption"), lang), heads, tuple(_bars(bins)))
    blocks: list[Block] = [bars] if bins else []
    if scores:
        ordered = sorted(scores)
        middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
        mean = sum(ordered, Fraction(0)) / len(ordered)
        rounding = board.scheme.rounding
        facts = [
            (said(say("units-least"), lang), str(rounding(ordered[0]))),
            (said(say("units-median"), lang), str(rounding(middle))),
            (said(say("units-mean"), lang), str(rounding(mean))),
            (said(say("units-most"), lang), str(rounding(ordered[-1]))),
        ]
        blocks.append(Facts(tuple(facts)))
    return Section("spread", said(say("units-spread"), lang), tuple(blocks))


def _bars(counts: Sequence[tuple[str, int]]) -> Iterator[Bar]:
    """Numbers of units, the longest bar for the greatest."""
    most, whole = max((n for _, n in counts), default=0), sum(n for _, n in counts)
    for name, n in counts:
        share = Rounding(1)(Fraction(100 * n, whole or 1))
        yield Bar("", name, f"{grouped(n)} ({share} %)", Fraction(n, most or 1))


def _origin(board: Board, files: Sequence[str], lang: str) -> Section:
    facts = list(identity(board.scheme, lang))
    if files:
        facts.append((said(say("report-files"), lang), ", ".join(map(shown, files))))
    blocks: list[Block] = [Facts(tuple(facts))]
    if board.scheme.source:
        sources = tuple(map(shown, board.scheme.source))
        blocks.append(Points(sources, said(say("page-sources"), lang)))
    return Section("origin", said(say("report-origin"), lang), tuple(blocks))
