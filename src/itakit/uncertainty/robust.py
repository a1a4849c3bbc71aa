"""Robustness: what becomes of scores, grades and ranks where the rules could have been others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from itakit.record import number
from itakit.scheme import Scheme
from itakit.uncertainty import shown
from itakit.uncertainty.redrawing import Rules
from itakit.version import __version__

FORMAT, VERSION = "itakit-robustness", 1


@frozen(eq=False)
class Swap:
    """What becomes of all units where one method takes the place of another."""

    method: str
    changed: Fraction | None
    """The share of units with another grade; `None` where the scheme has no grades."""
    shift: Decimal
    """By how many places a unit moves in the ranking, on average."""
    scores: tuple[Decimal | None, ...]
    """By unit; `None` where the method has none."""
    grades: tuple[str | None, ...]
    """By unit."""


@frozen(eq=False)
class UnitRobustness:
    """What becomes of one unit."""

    unit: object
    """Its name; `None` where there is one."""
    rounded: Decimal | None
    grade: str | None
    least: Decimal
    low: Decimal
    """The 5th percentile of the scores that were drawn."""
    high: Decimal
    """The 95th."""
    most: Decimal
    changed: Fraction | None
    """The share of draws in which it has another grade."""
    grades: Mapping[str | None, Fraction]
    """The share of draws in which it has each grade, best first; that of none under `None`."""
    rank: int
    """Its place among the units, the best first; those with one published score share one."""
    shift: Decimal
    """By how many places it moves, on average."""


@frozen(eq=False)
class Robustness:
    """What becomes of units where rules are drawn at random."""

    scheme: Scheme
    column: str | None
    units: tuple[UnitRobustness, ...]
    """Those that have a score."""
    draws: int
    seed: int
    rules: Rules
    varied: tuple[str, ...]
    """The codes of the nodes whose children's weights were drawn."""
    swaps: tuple[Swap, ...]
    """Each of the other methods, with the declared weights."""
    changed: Fraction | None
    """The share of units with another grade, on average over draws."""
    shift: Decimal
    """By how many places a unit moves, on average over units and draws."""

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for every unit.

        Columns: unit (where there are several), rounded, grade, least, low, high, most (of the
        scores drawn; low and high are the 5th and 95th percentile), changed (the share of draws
        with another grade), rank, shift (places, on average).
        """
        del lang
        return [
            {
                **({} if self.column is None else {"unit": unit.unit}),
                "rounded": unit.rounded,
                "grade": unit.grade,
                "least": unit.least,
                "low": unit.low,
                "high": unit.high,
                "most": unit.most,
                "changed": unit.changed,
                "rank": unit.rank,
                "shift": unit.shift,
            }
            for unit in self.units
        ]

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON can hold it, with what it takes to find the same again."""
        scheme, rules = self.scheme, self.rules
        return {
            "format": FORMAT,
            "version": VERSION,
            "itakit": __version__,
            "scheme": {"id": scheme.id, "version": scheme.version, "hash": scheme.hash},
            "draws": self.draws,
            "seed": self.seed,
            "spread": None if rules.spread is None else f"{rules.spread:g}",
            "concentration": None if rules.concentration is None else f"{rules.concentration:g}",
            "methods": [use.name for use in rules.methods],
            "levels": sorted(rules.levels),
            "varied": list(self.varied),
            "changed": number(self.changed),
            "shift": number(self.shift),
            "swaps": [
                {"method": s.method, "changed": number(s.changed), "shift": number(s.shift)}
                for s in self.swaps
            ],
            "units": [
                {
                    **{
                        name: number(value) if isinstance(value, Fraction | Decimal) else value
                        for name, value in row.items()
                    },
                    "swaps": [
                        {"method": s.method, "rounded": number(s.scores[k]), "grade": s.grades[k]}
                        for s in self.swaps
                    ],
                    "grades": [
                        {"grade": grade, "share": number(share)}
                        for grade, share in unit.grades.items()
                    ],
                }
                for k, (row, unit) in enumerate(zip(self.rows(), self.units, strict=True))
            ],
        }

    def explain(self, lang: str = "en") -> str:
        """What was found and what it does not say, in words."""
        return shown.told_rules(self, lang)

    def _repr_html_(self) -> str:
        return shown.html_rules(self)
