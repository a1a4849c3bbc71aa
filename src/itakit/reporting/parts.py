"""The parts of a report that are not in the result itself, each of them optional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from attrs import frozen

from itakit.result import Result


class Analysis(Protocol):
    """What every analysis of a result offers: a flat table, and sentences."""

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """Rows of plain values, all with the same keys."""

    def explain(self, lang: str = "en") -> str:
        """The same in sentences."""


@frozen
class ReportParts:
    """What a report shows beside the result. A part that is not there has no section."""

    unit: str = ""
    """What the unit is called."""
    before: Result | None = None
    """The unit's result of the year before."""
    population: Mapping[str, int] | None = None
    """By survey, how many people the respondents are a sample of."""
    comparison: Analysis | None = None
    """Why the score changed."""
    ranking: Analysis | None = None
    gains: Analysis | None = None
    """What would be gained where."""
    plan: Analysis | None = None
    """What is to be done, by whom and until when."""
    certainty: Analysis | None = None
    robustness: Analysis | None = None
    audit: Analysis | None = None
    files: Sequence[str] = ()
    """The names of the files that the evidence stands in."""

    def analyses(self) -> list[tuple[str, Analysis]]:
        """The analyses that are there, by the name of their section, in the order of a report."""
        found = [
            ("comparison", self.comparison),
            ("ranking", self.ranking),
            ("gains", self.gains),
            ("plan", self.plan),
            ("certainty", self.certainty),
            ("robustness", self.robustness),
            ("audit", self.audit),
        ]
        return [(name, analysis) for name, analysis in found if analysis is not None]
