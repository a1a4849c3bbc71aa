"""Pooling: the counts of several frames, in their own words, become one panel in the scheme's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import define, evolve, field

from itakit.clamping import Clamped
from itakit.errors import EvidenceError, Problem
from itakit.frames import decoding, doubles, people, persons
from itakit.frames.cells import blank, name_of
from itakit.frames.clamping import clamped_in
from itakit.frames.counting import count
from itakit.frames.decoding import SILENT, Undecoded
from itakit.frames.findings import Findings
from itakit.frames.gathering import Gathering
from itakit.frames.panel import Panel
from itakit.frames.persons import Asked
from itakit.frames.responses import (
    ITEM,
    RESPONDENT,
    UNIT,
    VALUE,
    WEIGHT,
    Counts,
    Groups,
    Responses,
)
from itakit.frames.roles import OnUnknown
from itakit.frames.units import Units
from itakit.sampling import surveys
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import normal, printable
from itakit.wording import Message, say

Asking = Mapping[str, set[int]]
"""By survey, the numbers of the items that it asks."""


def pool(
    scheme: Scheme,
    frames: Sequence[Responses],
    *,
    scores: bool,
    on_unknown: OnUnknown,
    tell: Callable[[Message], None] = lambda _: None,
) -> Panel:
    """What several frames say of the units. Raises `EvidenceError` with all that is wrong.

    Long work says what it is at to ``tell``.
    """
    asking = {
        node.code: {scheme.plan.index[n.code] for n in node.walk() if not n.children}
        for node in surveys(scheme)
    }
    counted = []
    for number, frame in enumerate(frames, 1):
        tell(say("counting", name=frame.name, number=number, of=len(frames)))
        counted.append((frame, count(scheme, frame, asking, scores=scores)))
    units = Units.of(raw for _, counts in counted for raw in counts.units)
    pooling = _Pooling(scheme, units, scores, on_unknown, Gathering(scheme, units))
    pooling.problems.extend(units.twins())
    for frame, counts in counted:
        pooling.add(frame, counts, asking)
    pooling.count_persons(asking)
    pooling.problems.extend(persons.repeated(pooling.asked))
    pooling.problems.extend(persons.uneven(pooling.asked, asking))
    if not units.names and not pooling.problems:
        names = ", ".join(frame.name for frame in frames)
        pooling.problems.append(Problem(say("no-responses"), path=names))
    if pooling.problems:
        raise EvidenceError(pooling.problems)
    panel = pooling.gathered.panel(pooling.untold, pooling.unknown)
    clamped, warnings = tuple(pooling.clamped), tuple(pooling.warnings)
    return evolve(panel, reading=evolve(panel.reading, clamped=clamped, warnings=warnings))


@define
class _Pooling:
    """A panel while it comes into being."""

    scheme: Scheme
    units: Units
    scores: bool
    on_unknown: OnUnknown
    gathered: Gathering
    problems: list[Problem] = field(factory=list)
    asked: list[Asked] = field(factory=list)
    unknown: list[Problem] = field(factory=list)
    """What is taken as missing because nobody knows what it says."""
    untold: int = 0
    """In how many cells that stands."""
    clamped: list[Clamped] = field(factory=list)
    """What counts as a goalpost."""
    warnings: list[Problem] = field(factory=list)
    """What is likely a slip."""

    def add(self, frame: Responses, counts: Counts, asking: Asking) -> None:
        """Pool what one frame holds with what the others do."""
        findings, strange, beyond = Findings(frame), Findings(frame), Findings(frame)
        numbers = [self.units.number(raw) for raw in counts.units]
        for raw, number, rows in zip(counts.units, numbers, counts.rows, strict=True):
            self.gathered.rows += rows
            if number is None:
                findings.note(UNIT, raw, rows, None, say("no-unit"), say("name-unit"))
        for raw, n in persons.unnamed(frame):
            findings.note(RESPONDENT, None, n, raw, say("no-respondent"))
        for raw, cell, n, wrong in people.weightless(frame):
            findings.note(WEIGHT, cell, n, raw, wrong.says)
        long, items = frame.roles.long, frame.roles.items
        self.gathered.cells += sum(counts.rows) * (1 if long else len(items))
        self.gathered.add_table(items, counts.answers, numbers)
        asked: dict[int, list[Any]] = {i: [column] for column, i in items.items()}
        silent: dict[Any, Sequence[Any]] = dict(counts.silent)
        for key, groups in counts.groups.items():
            i = self.item(findings, key, groups) if long else items[key]
            if i is not None:
                if long:
                    asked.setdefault(i, []).append(key)
                silent[key] = self.decode(
                    (findings, strange, beyond), i, groups, key if long else None, key
                )
        self.asked.append(Asked(frame, counts, asked, silent))
        self.clamped.extend(clamped_in(self.scheme, beyond))
        self.warnings.extend(doubles.doubled(frame, counts, self.units))
        for code, found in counts.respondents.items():
            self.gathered.add_people(code, asking[code] & set(asked), self.by_unit(found))
        surveyed = [code for code, items in asking.items() if items & set(asked)]
        people.take_populations(self.gathered, findings, frame, surveyed)
        if self.on_unknown == "missing":
            self.unknown.extend(strange.problems())
        else:
            self.problems.extend(strange.problems())
        self.problems.extend(findings.problems())

    def by_unit(self, found: Groups) -> dict[int, int]:
        """Numbers of people by the number of the unit."""
        by_unit: dict[int, int] = {}
        for raw, n in zip(found.units, found.counts, strict=True):
            if (number := self.units.number(raw)) is not None:
                by_unit[number] = by_unit.get(number, 0) + int(n)
        return by_unit

    def count_persons(self, asking: Asking) -> None:
        """Count respondents by name, where a survey is spread over frames or a long one."""
        for code, items in asking.items():
            these = [asked for asked in self.asked if not items.isdisjoint(asked.items)]
            spread = len(these) > 1 or any(asked.frame.roles.long for asked in these)
            if spread and (found := persons.respondents(these, items)) is not None:
                numbers = (self.units.number(raw) for a in these for raw in a.counts.units)
                nobody = dict.fromkeys((n for n in numbers if n is not None), 0)
                self.gathered.people[code] = [(items, nobody | self.by_unit(found))]

    # Values

    @cached_property
    def _codes(self) -> Mapping[str, int]:
        return {normal(code): i for code, i in self.scheme.plan.index.items()}

    def item(self, findings: Findings, raw: Any, groups: Groups) -> int | None:
        """The node that rows of a long frame are about."""
        index = self.scheme.plan.index
        name = "" if blank(raw) else name_of(raw)
        i = index.get(name, self._codes.get(normal(name)))
        if i is None:
            says = (
                say("no-item")
                if not name
                else say("unknown-item", value=printable(name), scheme=self.scheme.id)
            )
            advice = did_you_mean(name, index) if name else None
            findings.note(ITEM, raw, sum(groups.counts), groups.units[0], says, advice)
        return i

    def decode(
        self,
        notes: tuple[Findings, Findings, Findings],
        i: int,
        groups: Groups,
        item: Any,
        key: Any,
    ) -> Sequence[Any]:
        """Turn the values of an item into answers of its scale, or scores.

        Notes what is wrong, what is unknown, and what lies beyond goalposts. The values that say
        that nobody answered.
        """
        findings, strange, beyond = notes
        node = self.scheme.plan.nodes[i]
        column = key if item is None else VALUE
        scale = None if self.scores or node.children else node.scale
        meaning = decoding.meanings(self.scheme, scale, groups.values)
        outside = decoding.beyond(scale, meaning)
        by_code: dict[str, dict[int, int | Fraction]] = {}
        weights = decoding.weights(groups.units, groups.weights)
        scored: dict[int, list[tuple[Any, Any, int]]] = {}
        for raw, value, n, weight in zip(
            groups.units, groups.values, groups.counts, weights, strict=True
        ):
            number, found = self.units.number(raw), meaning[type(value), value]
            if isinstance(found, Undecoded):
                strange.note(column, value, n, raw, found.says, found.advice, item)
                self.untold += n
                if number is not None:
                    self.gathered.add_strangers(i, number, n)
            elif number is None:
                continue
            elif found is SILENT:
                self.gathered.silent += n
            elif isinstance(found, str):
                if (type(value), value) in outside:
                    beyond.note(column, value, n, raw, say("sum-clamped"), item=item)
                counted = by_code.setdefault(found, {})
                counted[number] = counted.get(number, 0) + n * weight
                self.gathered.note_cells(scale, found, n)
            else:
                scored.setdefault(number, []).append((raw, found, n))
        self.add_scores(findings, column, i, scored, item)
        if scale is not None:
            for code, counted in by_code.items():
                self.gathered.add_answers(i, scale, code, counted)
        return [value for (_, value), found in meaning.items() if found is SILENT]

    def add_scores(
        self,
        findings: Findings,
        column: str,
        i: int,
        scored: Mapping[int, Sequence[tuple[Any, Any, int]]],
        item: Any,
    ) -> None:
        """Take the one score of each unit."""
        for number, cells in scored.items():
            raw, found, _ = min(cells, key=lambda cell: str(cell[0]))
            n = sum(cell[2] for cell in cells) + (i in self.gathered.given.get(number, {}))
            if n > 1:
                says = say("two-scores", unit=printable(self.units.names[number]))
                findings.note_unit(column, n, raw, says, say("one-row"), item)
            else:
                self.gathered.add_score(i, number, found)
                self.gathered.note_cells(None, found, 1)
