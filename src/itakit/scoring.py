"""Scoring: from files of responses to the scores of all units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from attrs import evolve, frozen

from itakit.errors import EvidenceError, Problem
from itakit.evidence import Evidence
from itakit.files import open_sources, reading
from itakit.frames.board import Board
from itakit.frames.evaluating import evaluated, read
from itakit.frames.panel import Panel
from itakit.frames.pooling import pool
from itakit.frames.responses import Named, Responses
from itakit.frames.roles import ANSWER, ITEM, SCORE, Columns, OnUnknown
from itakit.populations import line_of, read_populations
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import normal, printable, tidy
from itakit.wording import Message, say

_MOST: Final = 20
"""The most names that are told one by one."""
T = TypeVar("T")
Tell = Callable[[Message], None]
"""Called with what is being done, while it takes long."""


@frozen
class Terms:
    """How files of responses are to be read."""

    columns: Columns = Columns()
    scores: bool = False
    """Whether every column holds scores."""
    on_unknown: OnUnknown = "error"
    population: str | None = None
    """A small file of the populations of units, by survey."""


def score_files(scheme: Scheme, paths: Iterable[str], terms: Terms, lang: str, tell: Tell) -> Board:
    """The scores of all units of which files tell.

    Raises `EvidenceError` with everything that is wrong with the files and with what they say.
    """
    panel = _panel(scheme, paths, terms, tell)
    populations: Mapping[str, Mapping[Any, int]] | None = None
    if terms.population is not None:
        populations = read_populations(panel, terms.population, terms.columns.unit)
    tell(say("evaluating", n=len(panel.units)))
    return evaluated(panel, terms.columns, populations, lang)


def sole_evidence(
    scheme: Scheme, paths: Iterable[str], terms: Terms, tell: Tell
) -> Mapping[str, Evidence]:
    """What files of responses say of the one unit that all of their rows are of."""
    return _panel(scheme, paths, terms, tell).evidence(0)


def evidence_of(
    scheme: Scheme, paths: Iterable[str], terms: Terms, unit: str, tell: Tell
) -> Mapping[str, Evidence]:
    """What files of responses say of one unit by its name. Raises `EvidenceError`."""
    panel = _panel(scheme, paths, terms, tell)
    names = [str(name) for name in panel.units]
    for number, name in enumerate(names):
        if tidy(name) == tidy(unit):
            return panel.evidence(number)
    advice = did_you_mean(unit, names)
    if tidy(unit) == tidy(terms.columns.unit or ""):
        advice = say("column-of-units", column=unit, unit=names[0] if names else "…")
    raise EvidenceError([Problem(say("no-such-unit"), advice, key=printable(unit))])


def free_columns(scheme: Scheme, paths: Iterable[str], terms: Terms) -> list[str]:
    """The columns of all files that have no role and no item is called by."""
    with open_sources(paths) as sources, reading(sources):
        found = {c for s in sources for c in s.frame.collect_schema().names()}
    named = {*terms.columns.keep, terms.columns.respondent, terms.columns.weight}
    item = terms.columns.item or ITEM
    named |= {item, terms.columns.answer} if terms.columns.answer else {item}
    if item in found and terms.columns.answer is None:
        named |= {ANSWER, SCORE}
    codes = {normal(code) for code in scheme.plan.index}
    return sorted(c for c in found if c not in named and normal(c) not in codes)


def unit_column(scheme: Scheme, paths: Iterable[str], terms: Terms) -> str:
    """The one column of all files that has no other role. Raises `EvidenceError`."""
    free = free_columns(scheme, paths, terms)
    if len(free) != 1:
        shown = [printable(name) for name in free[:_MOST]] + ["…"] * (len(free) > _MOST)
        says = say("which-unit-column", names=", ".join(shown) or "—")
        raise EvidenceError([Problem(says, say("name-unit-column"))])
    return free[0]


def with_responses(
    scheme: Scheme,
    paths: Iterable[str],
    terms: Terms,
    tell: Tell,
    take: Callable[[Panel, Sequence[Responses]], T],
) -> tuple[Panel, T]:
    """What files say of all units, and what is taken from their responses while they are open.

    Raises `EvidenceError` with everything that is wrong with the files and with what they say.
    """
    tell(say("opening"))
    with open_sources(paths) as sources, reading(sources):
        frames = (Named(s.path, s.frame, partial(line_of, s), s.numbers) for s in sources)
        responses, _ = read(scheme, frames, terms.columns)
        panel = pool(scheme, responses, scores=terms.scores, on_unknown=terms.on_unknown, tell=tell)
        taken = take(panel, responses)
    blank = sum(source.blank_rows for source in sources)
    guessed = tuple(source.path for source in sources if source.encoding == "Windows-874")
    read_ = evolve(panel.reading, blank_rows=blank, windows_874=guessed)
    return evolve(panel, reading=read_), taken


def _panel(scheme: Scheme, paths: Iterable[str], terms: Terms, tell: Tell) -> Panel:
    return with_responses(scheme, paths, terms, tell, lambda *_: None)[0]
