"""Evaluating frames: from responses, in whatever frames they are, to scores and tallies."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from itakit.clamping import beyond
from itakit.errors import EvidenceError, EvidenceWarning, Problem, SchemeError
from itakit.evidence import Evidence
from itakit.frames.batch import evaluate_panel
from itakit.frames.board import Board, lay_out
from itakit.frames.counting import whole_codes
from itakit.frames.native import returned
from itakit.frames.panel import Panel
from itakit.frames.people import with_population
from itakit.frames.pooling import pool
from itakit.frames.responses import Frame, Named, Responses, adopt, by_row, prepared
from itakit.frames.roles import ON_UNKNOWN, Columns, OnUnknown, absent, assign
from itakit.scheme import Scheme
from itakit.text import printable
from itakit.wording import say

Population: TypeAlias = "str | Mapping[Any, Any] | None"


def evaluate_frame(
    scheme: Scheme,
    frames: Any,
    unit: str | None = None,
    *,
    item: str | None = None,
    answer: str | None = None,
    respondent: str | None = None,
    weight: str | None = None,
    population: Population = None,
    keep: Iterable[str] = (),
    scores: bool = False,
    on_unknown: OnUnknown = "error",
    lang: str = "en",
) -> Any:
    """The scores of all units, in the caller's own kind of frame: a row for every unit and node.

    ``frames`` is a frame of any library that narwhals supports, eager or lazy, or several: a list,
    or a mapping from names, by which errors call them. A frame is wide, with a column for every
    item and a row for every respondent or unit, or long, with a row for every answer, whose columns
    ``item`` and ``answer`` hold the item's code and the answer. Items without a scale hold scores,
    and so do nodes above items; with ``scores`` all columns do.

    ``unit``, ``respondent`` (nobody may be counted twice), ``weight`` (how many a respondent stands
    for) and ``population`` name columns. A population may also be a mapping from units to numbers
    of people, or from surveys to such mappings. ``keep`` names columns to be left alone. With
    ``on_unknown="missing"``, what is no answer of its scale counts as missing.

    Columns of the result: that of the unit, code, level, parent, title, rounded (a decimal, `null`
    where there is no score), grade (of the root), coverage (0 to 1, to six places), n (respondents
    whose answers count), unknown (answers taken as missing because nobody knows them), status; and
    where a survey's respondents are known, respondents, population, required (the sample) and
    shortfall. Units stand in the order of their names.

    A unit that lacks an item, where the scheme says that missing is an error, has no score and the
    status missing. Raises `EvidenceError` with everything else that is wrong, at once. Warns with
    `EvidenceWarning` of numbers that count as a goalpost, and of units with rows twice.
    """
    check_options(scores, on_unknown, lang)
    columns = columns_named(unit, item, answer, respondent, weight, population, keep)
    responses, first = read(scheme, named(frames), columns)
    panel = pool(scheme, responses, scores=scores, on_unknown=on_unknown)
    for told in warned(panel, lang):
        warnings.warn(told, EvidenceWarning, stacklevel=2)
    return returned(evaluated(panel, columns, population, lang).table, first)


def warned(panel: Panel, lang: str) -> Iterator[str]:
    """What is likely not meant in the responses of a panel, in a sentence each."""
    if clamped := panel.reading.clamped:
        yield "; ".join(message.text(lang).strip() for message in beyond(clamped))
    yield from (problem.text(lang) for problem in panel.reading.warnings)


def tally(
    scheme: Scheme,
    frames: Any,
    unit: str | None = None,
    *,
    item: str | None = None,
    answer: str | None = None,
    respondent: str | None = None,
    weight: str | None = None,
    keep: Iterable[str] = (),
    scores: bool = False,
    on_unknown: OnUnknown = "error",
) -> dict[Any, dict[str, Evidence]]:
    """What is known of each unit, by unit and code: tallies, and scores where columns hold scores.

    Each unit's part is what `evaluate` takes. Arguments are those of `evaluate_frame`; without a
    ``unit``, all rows are of one unit, whose name is ``"*"``. Raises `EvidenceError` with
    everything that is wrong, at once.
    """
    check_options(scores, on_unknown)
    columns = columns_named(unit, item, answer, respondent, weight, None, keep)
    responses, _ = read(scheme, named(frames), columns)
    panel = pool(scheme, responses, scores=scores, on_unknown=on_unknown)
    return {name: panel.evidence(number) for number, name in enumerate(panel.units)}


def evaluated(panel: Panel, columns: Columns, population: Population, lang: str) -> Board:
    """The board of a panel."""
    if isinstance(population, Mapping):
        panel = with_population(panel, population)
    return lay_out(panel, evaluate_panel(panel), columns.unit, lang)


def read(
    scheme: Scheme, frames: Iterable[Named], columns: Columns
) -> tuple[list[Responses], Frame]:
    """The responses of named frames, and the first of the frames.

    Raises `EvidenceError` for what is no frame and for columns without a role.
    """
    if not isinstance(scheme, Scheme):
        raise SchemeError([Problem(say("not-a-scheme", value=printable(scheme)), say("find-load"))])
    problems: list[Problem] = []
    responses: list[Responses] = []
    known: dict[int, str] = {}
    found: list[Sequence[str]] = []
    first: Frame | None = None
    for named in frames:
        try:
            frame, names = adopt(named.native, named.name)
        except EvidenceError as error:
            problems.extend(error.problems)
            continue
        first = frame if first is None else first
        other = known.setdefault(id(named.native), named.name)
        if other != named.name:
            problems.append(Problem(say("frame-twice", other=other), path=named.name))
        found.append(names)
        roles, wrong = assign(scheme, named.name, names, columns)
        problems.extend(wrong)
        if not wrong:
            codes = [c for c, i in roles.items.items() if whole_codes(scheme.plan.nodes[i])]
            try:
                responses.append(prepared(named, frame, roles, codes))
            except EvidenceError as error:
                problems.extend(error.problems)
    problems.extend(absent(columns, found))
    if first is None and not problems:
        problems.append(Problem(say("no-frames")))
    if problems or first is None:
        raise EvidenceError(problems)
    return responses, first


def columns_named(
    unit: str | None,
    item: str | None,
    answer: str | None,
    respondent: str | None,
    weight: str | None,
    population: Population,
    keep: Iterable[str],
) -> Columns:
    """The columns that a caller names. Raises `EvidenceError` for what is no name of one."""
    one = isinstance(keep, str | bytes) or not hasattr(keep, "__iter__")
    kept: list[Any] = [keep] if one else list(keep)
    column = None if isinstance(population, Mapping) else population
    # Frames may call their columns by numbers.
    names: list[Any] = [
        str(name) if type(name) is int else name
        for name in (unit, item, answer, respondent, weight, column, *kept)
    ]
    if wrong := [name for name in names if not isinstance(name, str | None)]:
        raise EvidenceError(Problem(say("no-column-name", value=printable(name))) for name in wrong)
    unit, item, answer, respondent, weight, column, *kept = names
    return Columns(unit, item, answer, respondent, weight, column, kept)


def check_options(scores: object, on_unknown: object, lang: object = "en") -> None:
    """Refuse what is no value of an option. Raises `EvidenceError` with all of them."""
    problems = []
    if not isinstance(scores, bool):
        says = say("expected", found=printable(scores), expected=say("a-truth"))
        problems.append(Problem(says, key="scores"))
    if on_unknown not in ON_UNKNOWN:
        says = say("one-of", found=printable(on_unknown), options=", ".join(ON_UNKNOWN))
        problems.append(Problem(says, key="on_unknown"))
    if not (isinstance(lang, str) and re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang)):
        says = say("expected", found=printable(lang), expected=say("a-language"))
        problems.append(Problem(says, key="lang"))
    if problems:
        raise EvidenceError(problems)


def named(frames: Any) -> list[Named]:
    """The frames of a caller, and what errors call them."""
    if isinstance(frames, Mapping):
        return [Named(str(name), frame, by_row) for name, frame in frames.items()]
    if not isinstance(frames, list | tuple):
        return [Named("", frames, by_row)]
    if len(frames) == 1:
        return [Named("", frames[0], by_row)]
    return [Named(f"frame {k}", frame, by_row) for k, frame in enumerate(frames, 1)]
