"""Joining: measures beside what each node would gain, as they stand on a date."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from attrs import field, frozen

from itakit.action_plan.days import shown
from itakit.action_plan.measures import Measure
from itakit.action_plan.saying import recorded, told
from itakit.errors import EvidenceError, Problem
from itakit.explanation import headline
from itakit.improving import Gain, Gains
from itakit.improving.fullness import entries
from itakit.improving.telling import figure
from itakit.language import system_language
from itakit.listing import Listing
from itakit.scheme import Scheme
from itakit.text import one_line
from itakit.wording import say

_COLUMNS = {
    "code": "code",
    "title": "title",
    "gain": "gains-gain",
    "rounded": "gains-rounded",
    "measure": "plan-measure",
    "office": "plan-office",
    "from": "plan-from",
    "to": "plan-to",
    "state": "gains-standing",
}
_RIGHT = (2, 3)


@frozen
class PlanRow:
    """A measure beside what its node would gain; or an item that has no measure."""

    gain: Gain
    measure: Measure | None
    """`None` for an item for which nothing is planned."""
    late: bool = False
    """Whether it should have been done by the date, and is not."""

    @property
    def code(self) -> str:
        """The code of the node."""
        return self.gain.code

    @property
    def worth(self) -> Fraction:
        """What the total would gain; 0 where that is not known."""
        return self.gain.gain or Fraction(0)

    @property
    def no_office(self) -> bool:
        """Whether it is a measure that nobody is responsible for."""
        return self.measure is not None and not self.measure.office

    @property
    def states(self) -> tuple[str, ...]:
        """What is to be said of it: late, without an office, without a measure, its status."""
        if self.measure is None:
            return ("no measure",)
        found = ["late"] * self.late + ["no office"] * self.no_office
        return (*found, *filter(None, [self.measure.status]))


@frozen(eq=False)
class Joined:
    """An action plan joined with the gains of a unit, what is worth most first."""

    gains: Gains = field(repr=False)
    on: datetime.date
    """The date on which it is looked at."""
    entries: tuple[PlanRow, ...]
    """A row for each measure, and one for each item without any."""

    def _which(self, holds: Callable[[PlanRow], bool]) -> tuple[PlanRow, ...]:
        return tuple(row for row in self.entries if holds(row))

    @property
    def planned(self) -> tuple[PlanRow, ...]:
        """The measures."""
        return self._which(lambda row: row.measure is not None)

    @property
    def late(self) -> tuple[PlanRow, ...]:
        """What should have been done by the date, and is not."""
        return self._which(lambda row: row.late)

    @property
    def under_way(self) -> tuple[PlanRow, ...]:
        """What is under way."""
        return self._which(
            lambda row: row.measure is not None and row.measure.status == "under way"
        )

    @property
    def untold(self) -> tuple[PlanRow, ...]:
        """Measures whose status nobody told; they count as open."""
        return self._which(lambda row: row.measure is not None and row.measure.status is None)

    @property
    def without_office(self) -> tuple[PlanRow, ...]:
        """Measures that nobody is responsible for."""
        return self._which(lambda row: row.no_office)

    @property
    def lacking(self) -> tuple[PlanRow, ...]:
        """Items with something to gain for which no measure is planned."""
        return self._which(lambda row: row.measure is None and row.worth > 0)

    @property
    def at_rest(self) -> tuple[PlanRow, ...]:
        """Items without a measure that have nothing to gain."""
        return self._which(lambda row: row.measure is None and row.worth <= 0)

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for each measure and for each item without one.

        Columns: code, title, gain (exact), rounded and grade (of the unit, if the node were full),
        measure, how, office, from, to, follow_up, status, late (yes or empty), note.
        """
        return [self._row(row, lang) for row in self.entries]

    def _row(self, row: PlanRow, lang: str) -> dict[str, object]:
        own, gain = row.measure, row.gain
        start = own.start if own else None
        end = own.end if own else None
        return {
            "code": row.code,
            "title": self.gains.result[row.code].title[lang],
            "gain": gain.gain,
            "rounded": gain.rounded,
            "grade": gain.grade,
            "measure": own.measure[lang] if own else None,
            "how": own.how[lang] if own else None,
            "office": own.office[lang] if own else None,
            "from": start.isoformat() if start else None,
            "to": end.isoformat() if end else None,
            "follow_up": own.follow_up[lang] if own else None,
            "status": own.status if own else None,
            "late": "yes" if row.late else None,
            "note": own.note[lang] if own else None,
        }

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON can hold it, exact."""
        return recorded(self)

    def explain(self, lang: str = "en", limit: int | None = None) -> str:
        """In words: what is worth most, late, without an office, without a measure, under way."""
        return told(self, lang, limit)

    def listing(self, lang: str) -> Listing:
        """What a page shows of it: every measure, and every item without one."""
        lines = []
        for row, cells in zip(self.entries, self.rows(lang), strict=True):
            states = (say(f"plan-is-{state.replace(' ', '-')}").text(lang) for state in row.states)
            texts = {
                **cells,
                "gain": figure(row.gain.gain, self.gains.result),
                "from": shown(row.measure.start, lang) if row.measure else "",
                "to": shown(row.measure.end, lang) if row.measure else "",
                "state": ", ".join(states),
            }
            lines.append(
                [one_line(str(texts[n] if texts[n] is not None else "")) for n in _COLUMNS]
            )
        result = self.gains.result
        places = result.scheme.rounding.places + 2
        return Listing(
            above=[headline(result.root, lang), say("plan-on", on=shown(self.on, lang)).text(lang)],
            heads=[say(f"column-{name}").text(lang) for name in _COLUMNS.values()],
            rows=lines,
            right=_RIGHT,
            below=[say("gains-rounded", places=places).text(lang)],
        )

    def _repr_html_(self) -> str:
        lang = system_language()
        return self.listing(lang).html(lang)


def joined(scheme: Scheme, measures: Sequence[Measure], gains: Gains, on: datetime.date) -> Joined:
    """Measures joined with gains. Raises `EvidenceError` where those are of another scheme."""
    if gains.result.scheme.hash != scheme.hash:
        says = say("plan-other-scheme", plan=scheme.id, gains=gains.result.scheme.id)
        raise EvidenceError([Problem(says)])
    index = scheme.plan.index
    rows = [PlanRow(gains[m.code], m, late=m.late(on)) for m in measures]
    rows += [PlanRow(gains[code], None) for code in _lacking(gains, measures)]
    rows.sort(key=lambda row: (-row.worth, index[row.code]))
    return Joined(gains, on, tuple(rows))


def _lacking(gains: Gains, measures: Sequence[Measure]) -> Iterator[str]:
    """What the score is made of, and no measure is for: neither for it, nor for a node above.

    A measure for something below a score that was given as a whole is a measure for that.
    """
    plan = gains.result.scheme.plan
    has = {plan.index[measure.code] for measure in measures}
    for entry in entries(gains.result):
        i = start = plan.index[entry.code]
        below = any(start < j < plan.ends[start] for j in has)
        while i >= 0 and i not in has:
            i = plan.parents[i]
        if i < 0 and not below:
            yield entry.code
