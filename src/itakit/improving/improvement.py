"""Gains: what a unit would gain, node by node, and what it takes to reach each better grade."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from itakit.errors import EvidenceError, ItakitError, Problem
from itakit.explanation import headline, short
from itakit.grade import Grade
from itakit.improving.fullness import after, below, entries, is_full
from itakit.improving.recording import recorded
from itakit.improving.searching import items_ways
from itakit.improving.stepping import steps_ways
from itakit.improving.telling import figure, told
from itakit.improving.ways import Gain, Reach, Standing
from itakit.language import system_language
from itakit.listing import Listing
from itakit.result import NodeResult, Result
from itakit.text import one_line, printable
from itakit.wording import say

_COLUMNS = (
    *("code", "title", "gains-score", "gains-top", "gains-gain"),
    *("gains-rounded", "gains-grade", "gains-standing"),
)
_RIGHT = (2, 3, 4, 5)


@frozen(eq=False)
class Gains:
    """What the total of one unit would gain, and what it takes to reach a better grade."""

    result: Result = field(repr=False)
    """The unit's result."""
    nodes: tuple[Gain, ...]
    """A gain for every node, a parent before its children."""
    reaches: tuple[Reach, ...]
    """What each better grade takes, the next one first; none at the best grade."""

    def __getitem__(self, code: str) -> Gain:
        """The gain of a node. Raises `KeyError`."""
        return self.nodes[self.result.scheme.plan.index[code]]

    @property
    def next(self) -> Reach | None:
        """What the next grade takes; `None` where there is none."""
        return self.reaches[0] if self.reaches else None

    def best(self, limit: int | None = None) -> tuple[Gain, ...]:
        """What would gain most, first: items, and inner nodes that were given as a whole.

        Only what would gain something; as many as ``limit`` says.
        """
        made_of = {entry.code for entry in entries(self.result)}
        worth = [g for g in self.nodes if g.code in made_of and g.gain is not None and g.gain > 0]
        return tuple(sorted(worth, key=lambda gain: -(gain.gain or 0))[:limit])

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for every node, a parent before its children.

        Columns: code, level, title, standing, score and top (exact, of the node), gain, total
        (exact), rounded and grade (of the unit, if the node were full).
        """
        return [
            {
                "code": gain.code,
                "level": self.result[gain.code].level,
                "title": self.result[gain.code].title[lang],
                "standing": gain.standing,
                "score": gain.score,
                "top": gain.top,
                "gain": gain.gain,
                "total": gain.total,
                "rounded": gain.rounded,
                "grade": gain.grade,
            }
            for gain in self.nodes
        ]

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON can hold it, exact."""
        return recorded(self)

    def explain(self, lang: str = "en", limit: int | None = None) -> str:
        """In words: what would gain most, and what each better grade takes."""
        return told(self, lang, limit)

    def listing(self, lang: str) -> Listing:
        """What a page shows of it: what can gain, and what is missing."""
        lines = []
        for gain in self.nodes:
            if gain.standing not in ("unused", "not applicable"):
                name = gain.standing.replace(" ", "-")
                standing = say(f"gains-is-{name}").text(lang)
                title = one_line(self.result[gain.code].title[lang])
                own = short(gain.score), short(gain.top), figure(gain.gain, self.result)
                then = "" if gain.rounded is None else str(gain.rounded)
                lines.append([gain.code, title, *own, then, gain.grade or "", standing])
        heads = [say(f"column-{name}").text(lang) for name in _COLUMNS]
        return Listing([headline(self.result.root, lang)], heads, lines, right=_RIGHT)

    def _repr_html_(self) -> str:
        lang = system_language()
        return self.listing(lang).html(lang)


def gains(result: Result) -> Gains:
    """What a unit would gain with every node full, and what it takes to reach each better grade.

    A gain is exactly the difference that `evaluate` makes of the change. Raises `ItakitError` for
    what is no result.
    """
    if not isinstance(result, Result):
        raise ItakitError([Problem(say("gains-no-result", value=printable(result)))])
    index = result.scheme.plan.index
    able = [(index[e.code], e.code) for e in entries(result) if not is_full(result, e.code)]
    nodes = tuple(_gain(result, node, able) for node in result)
    return Gains(result, nodes, tuple(_reaches(result)))


def _gain(result: Result, node: NodeResult, able: Sequence[tuple[int, str]]) -> Gain:
    """The gain of a node, from what can gain anything by its number and code."""
    standing: Standing = "can gain"
    start = result.scheme.plan.index[node.code]
    end = result.scheme.plan.ends[start]
    codes = [code for _, code in able[bisect_left(able, (start,)) : bisect_left(able, (end,))]]
    if node.status in ("unused", "not applicable"):
        standing, codes = node.status, []
    elif node.status == "missing":
        standing = "missing"
    elif not codes:
        standing = "full"
    full = after(result, codes) if codes else result
    item = not node.node.children
    if isinstance(full, EvidenceError):
        nothing = (None, None, Fraction(0), None, None, None)
        return Gain(node.code, standing, item, node.score, *nothing, full.problems[0])
    gain = None if result.score is None or full.score is None else full.score - result.score
    error = result.root.error + full.root.error if codes else Fraction(0)
    return Gain(
        node.code,
        standing,
        item,
        node.score,
        full[node.code].score,
        gain,
        error,
        full.score,
        full.rounded,
        full.grade,
    )


def _reaches(result: Result) -> Iterable[Reach]:
    """What each better grade takes, the next one first."""
    grades = result.scheme.grades
    band = result.band
    better = grades[: grades.index(band) if band is not None else len(grades)]
    if not better:
        return
    items, steps = items_ways(result, better), steps_ways(result, better)
    full = after(result, below(result, result.root.code))
    for grade in reversed(better):
        yield Reach(
            grade,
            items[grade.name],
            steps[grade.name],
            _points(result, grade),
            tuple(grade.unmet(result.rounded_of)),
            tuple(grade.unmet(full.rounded_of)) if isinstance(full, Result) else (),
            full.rounded if isinstance(full, Result) else None,
        )


def _points(result: Result, grade: Grade) -> Fraction:
    rounded = result.rounded if result.rounded is not None else Decimal(0)
    return max(Fraction(0), grade.lowest - Fraction(rounded))
