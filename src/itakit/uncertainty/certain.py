"""Certainty: what is told of how far scores would move, had others been asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np
from attrs import frozen

from itakit.grade import award
from itakit.record import number
from itakit.scheme import Scheme
from itakit.scores import Scores
from itakit.uncertainty import shown
from itakit.uncertainty.combining import Floats
from itakit.uncertainty.intervals import Estimates
from itakit.uncertainty.tallies import Dependence
from itakit.version import __version__

FORMAT, VERSION = "itakit-certainty", 1
PLACES = 2
"""So many more decimal places than published figures have are told of errors and ends."""


@frozen
class Asked:
    """The respondents of one survey and unit."""

    survey: str
    items: tuple[int, ...]
    """The numbers of the items that they were asked."""
    n: int
    population: int | None
    linked: bool
    """Whether it is known which answers are of one person."""


@frozen(eq=False)
class UnitCertainty:
    """How certain the scores of one unit are."""

    unit: object
    """Its name; `None` where all is of one unit."""
    scores: Scores
    asked: tuple[Asked, ...]
    estimates: Estimates
    chances: Floats | None
    """The share of replications with each grade, the last that without any; `None` where too
    little is known to draw, or the scheme has no grades."""

    @property
    def grade(self) -> str | None:
        """The grade that was found."""
        scheme, plan = self.scores.scheme, self.scores.scheme.plan

        def rounded(target: str) -> list[Decimal | None]:
            numbers = plan.levels.get(target) or (plan.index[target],)
            return [
                self.scores.rounded(i) for i in numbers if self.scores.status(i) != "not applicable"
            ]

        won = award(scheme.grades, self.scores.rounded(0), rounded)
        return None if won is None else won.name

    def grades(self, replications: int) -> dict[str | None, Fraction] | None:
        """The probability of each grade, best first; that of none under `None`, where there is."""
        if self.chances is None:
            return None
        names = [*(grade.name for grade in self.scores.scheme.grades), None]
        shares = [Fraction(round(float(c) * replications), replications) for c in self.chances]
        return {
            name: share
            for name, share in zip(names, shares, strict=True)
            if name is not None or share
        }

    def asked_of(self, i: int) -> list[Asked]:
        """The samples that a node is made of."""
        end = self.scores.scheme.plan.ends[i]
        return [a for a in self.asked if any(i <= item < end for item in a.items)]


@frozen(eq=False)
class Certainty:
    """How far the scores of units would move, had others of the same people been asked."""

    scheme: Scheme
    column: str | None
    """The name of the units' column; `None` where all is of one unit."""
    units: tuple[UnitCertainty, ...]
    level: Fraction
    """The share of intervals that would hold the score of everybody."""
    replications: int
    seed: int
    dependence: Dependence
    """What is assumed where it is not known which answers are of one person."""
    unused: tuple[str, ...] = ()
    """The surveys whose population was given, though no respondents of them are known."""

    def __getitem__(self, unit: object) -> UnitCertainty:
        """What is known of a unit by its name. Raises `KeyError`."""
        return self._by_name[unit]

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for every unit and node that has a score.

        Columns: unit (where there are several), code, level, title, score (exact), rounded,
        standard_error, low, high (rounded to two places more than published figures; `None` where
        they cannot be known), n, population (of the samples that it is made of; `None` for none).
        """
        return [row for unit in self.units for row in self._rows(unit, lang)]

    def grade_rows(self) -> list[dict[str, object]]:
        """A row for every unit and grade: unit, grade, probability (a share of replications)."""
        return [
            {**self._name(unit), "grade": name, "probability": share}
            for unit in self.units
            for name, share in (unit.grades(self.replications) or {}).items()
        ]

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON can hold it, with what it takes to find the same again."""
        scheme = self.scheme
        return {
            "format": FORMAT,
            "version": VERSION,
            "itakit": __version__,
            "scheme": {"id": scheme.id, "version": scheme.version, "hash": scheme.hash},
            "level": number(self.level),
            "replications": self.replications,
            "seed": self.seed,
            "dependence": self.dependence,
            "unused_populations": list(self.unused),
            "units": [self._unit(unit) for unit in self.units],
        }

    def explain(self, lang: str = "en") -> str:
        """What was found and what it does not say, in words."""
        return shown.told(self, lang)

    def _repr_html_(self) -> str:
        return shown.html(self)

    @cached_property
    def _by_name(self) -> Mapping[object, UnitCertainty]:
        return {unit.unit: unit for unit in self.units}

    def _name(self, unit: UnitCertainty) -> dict[str, object]:
        return {} if self.column is None else {"unit": unit.unit}

    def _rows(self, unit: UnitCertainty, lang: str) -> Iterator[dict[str, object]]:
        nodes, found = self.scheme.plan.nodes, unit.estimates
        for i, node in enumerate(nodes):
            if np.isnan(found.scores[i]):
                continue
            asked = unit.asked_of(i)
            sizes = [a.population for a in asked]
            yield {
                **self._name(unit),
                "code": node.code,
                "level": node.level,
                "title": node.title[lang],
                "score": unit.scores.score(i)[0],
                "rounded": unit.scores.rounded(i),
                "standard_error": self._decimal(found.errors[i]),
                "low": self._decimal(found.low[i]),
                "high": self._decimal(found.high[i]),
                "n": sum(a.n for a in asked) if asked else None,
                "population": _sum(sizes) if asked else None,
            }

    def _decimal(self, value: float) -> Decimal | None:
        if np.isnan(value):
            return None
        places = self.scheme.rounding.places + PLACES
        return Decimal(f"{value:.{places}f}")

    def _unit(self, unit: UnitCertainty) -> dict[str, object]:
        grades = unit.grades(self.replications)
        return {
            **self._name(unit),
            "rounded": number(unit.scores.rounded(0)),
            "grade": unit.grade,
            "grades": grades
            and [{"grade": g, "probability": number(share)} for g, share in grades.items()],
            "surveys": [
                {"code": a.survey, "n": a.n, "population": a.population, "linked": a.linked}
                for a in unit.asked
            ],
            "nodes": [
                {
                    name: number(value) if isinstance(value, Fraction | Decimal) else value
                    for name, value in row.items()
                    if name not in ("unit", "title")
                }
                for row in self._rows(unit, "en")
            ],
        }


def _sum(sizes: Sequence[int | None]) -> int | None:
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None
