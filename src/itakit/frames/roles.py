"""Roles: what each column of a frame stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, get_args

from attrs import field, frozen

from itakit.document.fields import item_fields, node_of
from itakit.errors import Problem
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import normal, printable
from itakit.wording import say

OnUnknown: TypeAlias = Literal["error", "missing"]
ON_UNKNOWN: Final[tuple[OnUnknown, ...]] = get_args(OnUnknown)
MOST = 50
"""The most columns of a frame that are told to be unknown; the rest is told as a number."""
ITEM, ANSWER, SCORE = "item", "answer", "score"
"""What the columns of a long frame are called where nobody says."""


def _names_of(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


@frozen
class Columns:
    """The columns that a caller names."""

    unit: str | None = None
    """What is assessed; all rows are of one unit where there is none."""
    item: str | None = None
    """In a long frame, the code of the item."""
    answer: str | None = None
    """In a long frame, the answer to it, or the score of it."""
    respondent: str | None = None
    """Who answered: nobody may be counted twice."""
    weight: str | None = None
    """How many a respondent stands for; 1 where there is none."""
    population: str | None = None
    """How many people the unit's respondents are a sample of."""
    keep: tuple[str, ...] = field(default=(), converter=_names_of)
    """Columns that are none of these, and are left alone."""


@frozen
class Roles:
    """What the columns of one frame stand for."""

    unit: str | None
    items: Mapping[str, int]
    """In a wide frame, columns by the number of the node whose answers or scores they hold."""
    item: str | None = None
    answer: str | None = None
    respondent: str | None = None
    weight: str | None = None
    population: str | None = None

    @property
    def long(self) -> bool:
        """Whether there is a row for every answer, and not for every respondent."""
        return self.item is not None


def assign(
    scheme: Scheme, name: str, found: Iterable[str], columns: Columns
) -> tuple[Roles, list[Problem]]:
    """The roles of a frame's columns, and what is wrong with them.

    A frame is long where it has a column of items and one of answers and no column is an item.
    """
    present = list(found)
    problems: list[Problem] = []
    named = {c for c in (columns.unit, columns.respondent, columns.weight, columns.population) if c}
    free = [c for c in present if c not in named and c not in columns.keep]
    codes = {normal(code): i for code, i in scheme.plan.index.items()}
    exact = scheme.plan.index
    items = {c: i for c in free if (i := exact.get(c, codes.get(normal(c)))) is not None}
    items |= _exported(scheme, [c for c in free if c not in items])
    item, answer = _long(columns, free, items)
    if item is not None:
        items = {}
    if columns.unit is not None and columns.unit not in present:
        advice = did_you_mean(columns.unit, present) or say("columns-are", names=_names(present))
        problems.append(Problem(say("no-unit-column"), advice, path=name, key=columns.unit))
    problems += _items_named(scheme, name, present, columns, codes)
    twice: dict[int, str] = {}
    for column, i in items.items():
        if (first := twice.setdefault(i, column)) != column:
            says = say("item-twice", first=printable(first))
            problems.append(Problem(says, path=name, key=column))
    used = {*items, item, answer}
    known = [*scheme.plan.index, *named, ITEM, ANSWER]
    strange = [column for column in free if column not in used]
    for column in strange[:MOST]:
        others = (other for other in known if other != column)
        advice = did_you_mean(column, others) or say("keep-column")
        problems.append(Problem(say("unknown-column"), advice, path=name, key=column))
    if len(strange) > MOST:
        problems.append(Problem(say("more-columns", n=len(strange) - MOST), path=name))
    if not items and item is None:
        problems.append(Problem(say("no-item-column", scheme=scheme.id), path=name))
    here = set(present)
    roles = Roles(
        columns.unit,
        items,
        item,
        answer,
        *(c if c in here else None for c in _optional(columns)),
    )
    return roles, problems


def _items_named(
    scheme: Scheme, name: str, present: list[str], columns: Columns, codes: Mapping[str, int]
) -> Iterator[Problem]:
    """Columns of items that are named as something else, so that they would not be counted.

    A node above items may be left alone: its score is computed.
    """
    others = {c for c in (columns.unit, *_optional(columns)) if c is not None}
    for column in present:
        i = scheme.plan.index.get(column, codes.get(normal(column)))
        if i is None or (column not in others and column not in columns.keep):
            continue
        if column in others or not scheme.plan.nodes[i].children:
            code = printable(scheme.plan.nodes[i].code)
            says = say("item-as-other", code=code)
            yield Problem(says, say("only-an-item"), path=name, key=column)


def _exported(scheme: Scheme, columns: list[str]) -> Mapping[str, int]:
    """Nodes by the columns that have the names of their fields in a questionnaire.

    Such a name may stand behind those of its groups.
    """
    fields = item_fields(scheme) if columns else {}
    found = {column: node_of(scheme, column, fields) for column in columns}
    return {column: i for column, i in found.items() if i is not None}


def absent(columns: Columns, found: Iterable[Iterable[str]]) -> Iterator[Problem]:
    """Columns that a caller names and that no frame has."""
    present = {column for frame in found for column in frame}
    for column in (*_optional(columns), columns.item, columns.answer, *columns.keep):
        if column is not None and column not in present:
            yield Problem(say("no-column"), did_you_mean(column, present), key=column)


def _optional(columns: Columns) -> tuple[str | None, str | None, str | None]:
    return columns.respondent, columns.weight, columns.population


def _long(columns: Columns, free: list[str], items: Mapping[str, int]) -> tuple[Any, Any]:
    """The columns of items and answers of a long frame; none in a wide one."""
    item = columns.item or (ITEM if not items else None)
    if item not in free:
        return None, None
    given = [columns.answer] if columns.answer else [ANSWER, SCORE]
    return next(((item, c) for c in given if c in free), (None, None))


def _names(present: list[str]) -> str:
    shown = ", ".join(printable(name)[1:-1] for name in present[:8])
    return shown + (", …" if len(present) > 8 else "")
