"""Gathering: what frames say of the units, added up item by item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import polars as pl
from attrs import define, field

from itakit.evidence import NOT_APPLICABLE, Evidence, NotApplicable, Tally
from itakit.frames.panel import Panel, Reading
from itakit.frames.units import Units
from itakit.scale import Scale
from itakit.scheme import Scheme

COUNTABLE = 1 << 53
"""Counts below this one stay whole in every column."""


@define
class Gathering:
    """What is known of the units while frames are read."""

    scheme: Scheme
    units: Units
    counts: dict[int, dict[str, pl.Series]] = field(factory=dict)
    """By item and code, the number of each unit's respondents who gave that answer."""
    tallies: dict[int, dict[int, dict[str, int | Fraction]]] = field(factory=dict)
    """By item and unit, answers that are not integer counts of codes."""
    given: dict[int, dict[int, Evidence]] = field(factory=dict)
    """By unit and node, scores."""
    strangers: dict[int, dict[int, int]] = field(factory=dict)
    """By item and unit, the cells taken as missing because nobody knows what they say."""
    people: dict[str, list[tuple[set[int], dict[int, int]]]] = field(factory=dict)
    """By survey, respondents by unit, for sets of items that were asked together."""
    population: dict[str, dict[int, int]] = field(factory=dict)
    """By survey and unit."""
    rows: int = 0
    cells: int = 0
    answered: int = 0
    inapplicable: int = 0
    silent: int = 0
    """The cells whose codes say that nobody answered."""

    def add_counts(self, i: int, code: str, series: pl.Series) -> None:
        """Add the respondents of each unit who gave an answer."""
        before = self.counts.setdefault(i, {}).get(code)
        self.counts[i][code] = series if before is None else before + series

    def add_table(
        self,
        items: Mapping[str, int],
        answers: Mapping[str, Mapping[str, pl.Series]],
        numbers: Sequence[int | None],
    ) -> None:
        """Add the answers of a frame by column and code, in the order of some units."""
        columns = {
            f"{column} {code}": series
            for column, codes in answers.items()
            for code, series in codes.items()
        }
        table = pl.DataFrame({"unit": numbers, **columns}, schema_overrides={"unit": pl.Int64})
        table = table.filter(pl.col("unit").is_not_null())
        if table["unit"].n_unique() < len(table):
            table = table.group_by("unit").sum()
        everyone = pl.DataFrame({"unit": range(len(self.units.names))}, schema={"unit": pl.Int64})
        aligned = everyone.join(table, on="unit", how="left", maintain_order="left").fill_null(0)
        for column, codes in answers.items():
            scale = self.scheme.plan.nodes[items[column]].scale
            for code in codes:
                series = aligned[f"{column} {code}"]
                if scale is not None and code in scale.no_answer:
                    self.silent += int(series.sum())
                    continue
                self.add_counts(items[column], code, series)
                self.note_cells(scale, code, int(series.sum()))

    def add_answers(
        self, i: int, scale: Scale, code: str, counted: Mapping[int, int | Fraction]
    ) -> None:
        """The same for some units, where respondents may have weights or answers be numbers."""
        whole = all(isinstance(n, int) and n < COUNTABLE for n in counted.values())
        if whole and scale.goalposts is None:
            column = [0] * len(self.units.names)
            for unit, n in counted.items():
                column[unit] = int(n)
            self.add_counts(i, code, pl.Series(column, dtype=pl.Int64))
            return
        for unit, n in counted.items():
            self._tally(i, unit, code, n)

    def _tally(self, i: int, unit: int, code: str, n: int | Fraction) -> None:
        tally = self.tallies.setdefault(i, {}).setdefault(unit, {})
        tally[code] = tally.get(code, 0) + n

    def note_cells(self, scale: Scale | None, found: str | Evidence, n: int) -> None:
        """Count cells that hold an answer's code or a score."""
        self.answered += n
        left_out = () if scale is None else scale.not_applicable
        if found is NOT_APPLICABLE or found in left_out:
            self.inapplicable += n

    def add_score(self, i: int, unit: int, score: Fraction | NotApplicable) -> None:
        """Take the one score of a unit."""
        self.given.setdefault(unit, {})[i] = score

    def add_strangers(self, i: int, unit: int, n: int) -> None:
        """Count cells that nobody knows."""
        by_unit = self.strangers.setdefault(i, {})
        by_unit[unit] = by_unit.get(unit, 0) + n

    def add_people(self, code: str, items: set[int], found: Mapping[int, int]) -> None:
        """Add the respondents of a survey by unit, who were asked some of its items.

        Frames that ask an item alike are of different people, who add up. Frames that have no item
        in common may be two halves of one questionnaire, so that only the larger number is certain.
        """
        apart = []
        together = dict(found)
        for asked, by_unit in self.people.get(code, []):
            if asked.isdisjoint(items):
                apart.append((asked, by_unit))
                continue
            items = items | asked
            for unit, n in by_unit.items():
                together[unit] = together.get(unit, 0) + n
        self.people[code] = [*apart, (items, together)]

    def panel(self, unknown: int, problems: Iterable[Any]) -> Panel:
        """The panel of all that was gathered."""
        for i in list(self.tallies):
            # An item is counted in one way: what another frame counted as integers joins.
            for code, series in self.counts.pop(i, {}).items():
                for unit, n in enumerate(series.to_list()):
                    if n:
                        self._tally(i, unit, code, n)
            for unit, tally in self.tallies[i].items():
                self.given.setdefault(unit, {})[i] = Tally(tally)
        numbers = range(len(self.units.names))
        reading = Reading(
            rows=self.rows,
            answers=self.answered,
            inapplicable=self.inapplicable,
            missing=self.cells - self.answered - unknown,
            silent=self.silent,
            unknown=unknown,
            respelled=self.units.respelled,
            problems=tuple(problems),
        )
        return Panel(
            self.scheme,
            self.units.names,
            self.counts,
            [self.given.get(unit, {}) for unit in numbers],
            {code: self._respondents(code) for code in self.people},
            {
                code: [sizes.get(unit) for unit in numbers]
                for code, sizes in self.population.items()
            },
            self.strangers,
            reading,
        )

    def _respondents(self, code: str) -> Sequence[int | None]:
        known = [by_unit for _, by_unit in self.people[code]]
        return [
            max((by_unit[unit] for by_unit in known if unit in by_unit), default=None)
            for unit in range(len(self.units.names))
        ]
