"""The parts of a report that are not in the result itself, each of them optional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from itakit.action_plan import Joined
from itakit.auditing import Audit
from itakit.changing.comparison import Comparison
from itakit.improving import Gains
from itakit.ranks import Ranking
from itakit.wording import Message

if TYPE_CHECKING:
    from itakit.uncertainty.certain import Certainty


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
    population: Mapping[str, int] | None = None
    """By survey, how many people the respondents are a sample of."""
    comparison: Comparison | None = None
    """Last year's result and this one, as `compare` holds them against each other."""
    ranking: Ranking | None = None
    """In place of that of indicators, which there is anyway."""
    gains: Gains | None = None
    """What would be gained where; without it, the report computes it."""
    plan: Joined | None = None
    """What is to be done, by whom and until when, joined with the gains."""
    certainty: Certainty | Message | None = None
    """How far the scores of this unit would move, had others been asked; or why it is not told."""
    robustness: Analysis | None = None
    audit: Audit | None = None
    """Whether a published table holds."""
    files: Sequence[str] = ()
    """The names of the files that the evidence stands in."""
