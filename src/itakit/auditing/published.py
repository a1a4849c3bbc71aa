"""Reading a published table: from a mapping or a file to figures that fit a scheme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike, fspath
from typing import Final, Literal

from attrs import define, field

from itakit.auditing.figures import Figure, Kind, Published, printed
from itakit.auditing.tabular import Cell, Found, read_file
from itakit.entries import Place, name
from itakit.errors import EvidenceError, Problem
from itakit.evidence import NOT_APPLICABLE, inapplicable
from itakit.notation.flaws import Refused
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import normal, printable, tidy
from itakit.wording import Message, say

SCORE: Final = "score"
WEIGHTED: Final = "weighted"
GRADE: Final = "grade"
SOURCE: Final = "source"
_DASHES: Final = frozenset("-‐‑‒–—−")
_KINDS: Final[Mapping[str, Literal["score", "weighted"]]] = {SCORE: "score", WEIGHTED: "weighted"}


def read_published(scheme: Scheme, published: object, places: int | None = None) -> Published:
    """The figures of a table, given as a mapping, as the path of a file, or already read.

    Raises `EvidenceError` with every problem at once.
    """
    if isinstance(published, Published):
        return published
    if isinstance(published, Mapping):
        found = Found(tuple(_cells(published)))
    elif isinstance(published, str | PathLike):
        found = read_file(fspath(published))
    else:
        raise EvidenceError([Problem(say("no-table", value=printable(published)))])
    taking = _Taking(scheme, places, list(found.problems))
    for cell in found.cells:
        taking.take(cell)
    taking.weigh_zeros(found.name)
    return taking.finish(found.name)


def _cells(table: Mapping[object, object]) -> Iterator[Cell]:
    """What a mapping holds; ``score`` and ``weighted`` may be tables by code."""
    for key, value in table.items():
        if key in _KINDS and isinstance(value, Mapping):
            yield from (Cell(_KINDS[str(key)], code, inner) for code, inner in value.items())
        else:
            yield Cell("", key, value)


@define
class _Taking:
    """A table on its way: what has been taken of it, and what is wrong with it."""

    scheme: Scheme
    places: int | None
    problems: list[Problem]
    figures: dict[tuple[str, Kind], Figure] = field(factory=dict)
    absent: dict[str, Place] = field(factory=dict)
    source: str = ""
    lost: list[Figure] = field(factory=list)
    """Numbers of a workbook that have lost the zeros at their end."""

    def take(self, cell: Cell) -> None:
        """Take a figure, a grade, a source, or a node that does not apply."""
        value = cell.value
        if cell.kind == "" and cell.code == GRADE and GRADE not in self.scheme:
            self._grade(cell)
        elif cell.kind == "" and cell.code == SOURCE and SOURCE not in self.scheme:
            self.source = str(value)
        elif not isinstance(cell.code, str) or cell.code not in self.scheme:
            self._unknown(cell)
        elif isinstance(value, Mapping):
            whole = printable(f"{cell.code}.{next(iter(value), '')}")[1:-1]
            self._problem(cell, say("figure-split"), say("quote-code", code=whole))
        elif value is NOT_APPLICABLE or (isinstance(value, str) and _absent(value)):
            if cell.kind != "weighted":
                self.absent.setdefault(cell.code, cell.place)
        elif value is not None and not (isinstance(value, str) and not value.strip()):
            self._figure(cell, cell.code)

    def _figure(self, cell: Cell, code: str) -> None:
        kind: Kind = cell.kind or "score"
        places = cell.decimals if self.places is None else self.places
        if kind == "weighted" and not self._weighs(code):
            self._problem(cell, say("figure-weightless"))
            return
        try:
            figure = Figure(code, kind, printed(cell.value, places), cell.place)
        except Refused as refused:
            for flaw in refused.flaws:
                self._problem(cell, flaw.says, flaw.advice)
            return
        if (code, kind) in self.figures:
            self._problem(cell, say("figure-twice"), say("one-of-both"))
        self.figures.setdefault((code, kind), figure)
        if cell.lost and self.places is None:
            self.lost.append(figure)

    def weigh_zeros(self, path: str) -> None:
        """Refuse numbers that may have had more decimals, as others of the table have."""
        most = max((f.places for f in self.figures.values() if f.kind != "grade"), default=0)
        if any(figure.places < most for figure in self.lost):
            says = say("figure-decimals")
            self.problems.append(Problem(says, say("figure-give-places"), path=path))

    def _weighs(self, code: str) -> bool:
        """Whether a node is part of another and counts there."""
        i = self.scheme.plan.index[code]
        return i > 0 and self.scheme.plan.weights[i] > 0

    def _grade(self, cell: Cell) -> None:
        given = tidy(str(cell.value))
        if not given:
            return
        for grade in self.scheme.grades:
            titles = (text for _, text in grade.title.texts)
            if normal(given) in map(normal, (grade.name, *titles)):
                figure = Figure(self.scheme.root.code, "grade", grade.name, cell.place)
                self.figures[self.scheme.root.code, "grade"] = figure
                return
        names = [grade.name for grade in self.scheme.grades]
        says = say("figure-grade", value=printable(given), known=", ".join(names) or "-")
        self._problem(cell, says, did_you_mean(given, names))

    def _unknown(self, cell: Cell) -> None:
        if not isinstance(cell.code, str):
            says = say("expected", found=printable(cell.code), expected=say("a-text"))
            self._problem(cell, says)
        elif cell.code in _KINDS and not cell.kind:
            says = say("expected", found=printable(cell.value), expected=say("a-table-of-figures"))
            self._problem(cell, says)
        else:
            hint = did_you_mean(cell.code, self.scheme.plan.index)
            self._problem(cell, say("unknown-code", scheme=self.scheme.id), hint)

    def _problem(self, cell: Cell, says: Message, advice: Message | None = None) -> None:
        shown = name(cell.code) if isinstance(cell.code, str) else printable(cell.code)
        key = f"{cell.kind}.{shown}" if cell.kind else shown
        place = cell.place
        self.problems.append(Problem(says, advice, place.path, place.line, place.column, key))

    def finish(self, path: str) -> Published:
        """The table. Raises `EvidenceError`."""
        plan = self.scheme.plan
        for code, place in self.absent.items():
            below = range(plan.index[code], plan.ends[plan.index[code]])
            for figure in self.figures.values():
                if figure.kind != "grade" and plan.index[figure.code] in below:
                    says = say("figure-absent", code=name(code))
                    where = figure.place if figure.place.path else place
                    self.problems.append(
                        Problem(
                            says,
                            say("one-of-both"),
                            where.path,
                            where.line,
                            where.column,
                            figure.code,
                        )
                    )
        if not self.figures and not self.problems:
            self.problems.append(Problem(say("figures-none"), path=path))
        if self.problems:
            raise EvidenceError(self.problems)
        ordered = sorted(
            self.figures.values(),
            key=lambda f: (f.kind == "grade", plan.index[f.code], f.kind == "weighted"),
        )
        return Published(tuple(ordered), tuple(self.absent), self.source, path)


def _absent(text: str) -> bool:
    """Whether a cell says that a node does not apply: in words, or with a dash."""
    return inapplicable(text) or tidy(text) in _DASHES
