"""Loading: the action plan that a file holds, with everything that is wrong with it at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from itakit.action_plan.joining import Joined, joined
from itakit.action_plan.measures import Measure, measure_of
from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.idiom import TOML
from itakit.improving import Gains
from itakit.notation import Document, parse, read_text
from itakit.notation.addresses import Addresses
from itakit.notation.flaws import Flaw, Refused, Spot
from itakit.notation.kinds import records, texts, title
from itakit.notation.positions import Path as KeyPath
from itakit.notation.positions import locate
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.system import absent
from itakit.text import normal, printable
from itakit.titles import Title
from itakit.wording import say

SHEETS = (".csv", ".xlsx", ".xlsm", ".tsv", ".txt")
"""The kinds of files that have a measure in each row."""
_HEAD = ("title", "source", "measure")


@frozen
class ActionPlan:
    """The measures of a unit, in the order of the file."""

    scheme: Scheme
    measures: tuple[Measure, ...]
    title: Title = Title()
    source: tuple[str, ...] = ()
    """Where the plan was published."""

    def __getitem__(self, code: str) -> tuple[Measure, ...]:
        """The measures for a code; none for one that has none."""
        return tuple(measure for measure in self.measures if measure.code == code)

    def join(self, gains: Gains, on: datetime.date) -> Joined:
        """The measures beside what each node would gain, as they stand on a date.

        Raises `EvidenceError` where the gains are of another scheme.
        """
        return joined(self.scheme, self.measures, gains, on)


def load_measures(path: str | Path, scheme: Scheme) -> ActionPlan:
    """The action plan of a file: TOML with a ``[[measure]]`` for each, or rows of CSV or Excel.

    Raises `EvidenceError` with every problem at once: unknown codes and keys, what is missing,
    days that are none, a period that ends before it begins, a measure that is there twice.
    """
    if not isinstance(scheme, Scheme):
        raise SchemeError([Problem(say("not-a-scheme", value=printable(scheme)), say("find-load"))])
    suffix = Path(path).suffix.lower()
    if suffix in SHEETS:
        try:
            from itakit.action_plan.sheet_plan import read_rows
        except ModuleNotFoundError:
            raise EvidenceError([Problem(say("frames-missing"), path=str(path))]) from None
        return ActionPlan(scheme, read_rows(str(path), scheme))
    if suffix != TOML:
        known = ", ".join((TOML, *SHEETS))
        says = say("file-kind", suffix=printable(suffix), known=known)
        if not suffix:
            says = say("file-no-kind", known=known)
        says = absent(str(path)) or says
        raise EvidenceError([Problem(says, path=str(path))])
    try:
        document = parse(read_text(path), str(path))
    except SchemeError as error:
        raise EvidenceError(error.problems) from None
    return _plan(document, scheme)


def _plan(document: Document, scheme: Scheme) -> ActionPlan:
    flaws = [
        Flaw((key,), say("unknown-key"), did_you_mean(key, _HEAD) or _known())
        for key in document.tables
        if key not in _HEAD
    ]
    head: dict[str, Any] = {"title": Title(), "source": ()}
    for key, hook in (("title", title), ("source", texts)):
        try:
            if key in document.tables:
                head[key] = hook(document.tables[key])
        except Refused as refused:
            flaws.extend(flaw.below(key) for flaw in refused.flaws)
    try:
        tables = records(document.tables, "measure")
    except Refused as refused:
        flaws.extend(refused.flaws)
        tables = []
    places = locate(document.text)
    found: list[tuple[KeyPath, Measure]] = []
    for i, table in enumerate(tables):
        path = ("measure", i)
        line = places[path].line if path in places else None
        try:
            found.append((path, measure_of(table, scheme, line)))
        except Refused as refused:
            flaws.extend(flaw.below(*path) for flaw in refused.flaws)
    flaws.extend(_twice(found))
    if flaws:
        addresses = Addresses()
        raise EvidenceError(addresses.problem(flaw, document, flaw.path) for flaw in flaws)
    return ActionPlan(scheme, tuple(measure for _, measure in found), **head)


def _known() -> Any:
    return say("known-keys", keys=", ".join(_HEAD))


def _twice(found: Iterable[tuple[KeyPath, Measure]]) -> Iterator[Flaw]:
    first: dict[object, KeyPath] = {}
    for path, measure in found:
        before = first.setdefault(same(measure), path)
        if before != path:
            says = say("plan-twice", place=Spot((*before, "measure")))
            yield Flaw((*path, "measure"), says, say("delete-one"))


def same(measure: Measure) -> object:
    """What two entries that are one measure have in common."""
    texts_ = tuple(normal(text) for _, text in measure.measure.texts)
    return measure.code, texts_, measure.start, measure.end
