"""Ranks: the nodes of a result, or units, in the order of their published scores; ties stated.

Equal published figures share a rank, and the next one counts all that stand before it: 1, 2, 2, 4.
What is not printed settles nothing; it is told apart whether the exact scores of those who share a
rank are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from typing import Any, Final, Literal, TypeAlias

from attrs import evolve, frozen

from itakit.errors import EvidenceError, Problem
from itakit.language import system_language
from itakit.listing import Listing
from itakit.record import number
from itakit.result import NodeResult, Result
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import one_line, printable
from itakit.titles import Title
from itakit.version import __version__
from itakit.wording import say

FORMAT = "itakit-ranking"
VERSION = 1
"""The version of the form in JSON; it grows when a reader must change."""
Kind: TypeAlias = Literal["nodes", "units"]
_EXACT: Final = {"same": "rank-exact-same", "differ": "rank-exact-differ"}
_HEADS: Final = ("title", "rounded", "note")


@frozen
class Place:
    """One place in a ranking."""

    name: str
    """The node's code, or the unit."""
    rounded: Decimal
    """The published score, which settles the rank."""
    score: Fraction | None = None
    """The exact score; `None` where only the published one is known."""
    error: Fraction = Fraction(0)
    """The most by which `score` is off: 0 for every rational score."""
    title: Title = Title()
    rank: int = 1
    """One more than the number of those with a higher published score."""
    tied: int = 1
    """How many share the rank: 1 where it is not shared."""
    exact_scores: Literal["same", "differ"] | None = None
    """Whether the exact scores of those who share it are the same; `None` where that is not known,
    or nobody shares it."""


@frozen(repr=False)
class Ranking:
    """Nodes of one level, or units by the score of one node: highest first."""

    kind: Kind
    of: str
    """The level of the nodes, or the code of the node by which units are ranked; empty for the root
    of a table that does not say."""
    places: tuple[Place, ...]
    """Those who share a rank in the scheme's order, or in that of their names."""
    unscored: tuple[str, ...] = ()
    """Those who have no score, and no rank."""
    scheme: Scheme | None = None
    """`None` for a table that does not say."""

    def __repr__(self) -> str:
        return f"Ranking({self.kind} by {self.of!r}, {len(self.places)} places)"

    def _repr_html_(self) -> str:
        return self.listing(system_language()).html(system_language())

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for every place, and behind them one for each without a score.

        Columns: rank, name (a code or a unit), title, rounded, score (exact), tied (how many share
        the rank) and exact_scores (whether their exact scores are the same).
        """
        columns = ("rank", "name", "title", "rounded", "score", "tied", "exact_scores")
        ranked = [
            {name: getattr(place, name) for name in columns} | {"title": place.title[lang]}
            for place in self.places
        ]
        nothing = dict.fromkeys(columns)
        return [*ranked, *({**nothing, "name": name} for name in self.unscored)]

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON can hold it; scores are texts that read as exact fractions."""
        scheme = self.scheme
        return {
            "format": FORMAT,
            "version": VERSION,
            "itakit": __version__,
            "scheme": scheme and {"id": scheme.id, "version": scheme.version, "hash": scheme.hash},
            "kind": self.kind,
            "of": self.of,
            "places": [
                {
                    "rank": place.rank,
                    "name": place.name,
                    "title": dict(place.title.texts),
                    "rounded": number(place.rounded),
                    "score": number(place.score),
                    "error": number(place.error),
                    "tied": place.tied,
                    "exact_scores": place.exact_scores,
                }
                for place in self.places
            ],
            "unscored": list(self.unscored),
        }

    def explain(self, lang: str = "en") -> str:
        """The ranking in words and a table."""
        return self.listing(lang).text()

    def listing(self, lang: str) -> Listing:
        """The ranking as a terminal, a page or a notebook shows it."""
        below = []
        if self.unscored:
            names = [*map(one_line, self.unscored[:20]), *["…"] * (len(self.unscored) > 20)]
            says = say("rank-unscored", n=len(self.unscored), names=", ".join(names))
            below.append(says.text(lang))
        root = "" if self.scheme is None else self.scheme.root.code
        units = "rank-units-root" if self.of == root else "rank-units"
        name = "rank-nodes" if self.kind == "nodes" else units
        what = "code" if self.kind == "nodes" else "name"
        return Listing(
            above=[say(name, of=one_line(self.of), n=len(self.places)).text(lang)],
            heads=[say(f"column-{name}").text(lang) for name in ("rank", what, *_HEADS)],
            rows=[_row(place, lang) for place in self.places],
            right=(0, 3),
            below=below,
        )


def ranking(result: Result, level: str | None = None) -> Ranking:
    """The nodes of a level by their published scores, highest first.

    Without a level, that of the root's grandchildren, or of its children where it has no others.
    Nodes that were not used, as a score was given above them, are left out. Raises `EvidenceError`
    for a level that the scheme does not have, or of which no node was used.
    """
    if not isinstance(result, Result):
        raise EvidenceError([Problem(say("rank-no-results", value=printable(result)))])
    scheme = result.scheme
    if level is None:
        below = [*scheme.root.children]
        level = next((node for child in below for node in child.children), below[0]).level
    if level not in scheme.plan.levels:
        levels = scheme.plan.levels
        says = say("rank-no-level", levels=", ".join(levels))
        raise EvidenceError([Problem(says, did_you_mean(level, levels), key=printable(level))])
    nodes = (result[scheme.plan.nodes[i].code] for i in scheme.plan.levels[level])
    used = [(node.code, node) for node in nodes if node.status != "unused"]
    if not used:
        raise EvidenceError([Problem(say("rank-nothing"), key=level)])
    return _of_nodes("nodes", level, used, scheme)


def ranking_of_units(results: Mapping[Any, Result] | Any, code: str | None = None) -> Ranking:
    """Units by the published score of a node, highest first; of the root without a code.

    ``results`` are results by unit, all by the same rules, or a table as `evaluate_frame` gives it,
    in which only published scores stand. Raises `EvidenceError` for rules that differ, for a code
    that there is not, and for what is neither.
    """
    if not isinstance(results, Mapping):
        from itakit.frames.figures import published

        return of_figures(published(results, code), None, code or "")
    wrong = [value for value in results.values() if not isinstance(value, Result)]
    if not results or wrong:
        value = printable([*wrong, results][0])
        raise EvidenceError([Problem(say("rank-no-results", value=value))])
    first, *others = results.values()
    scheme = first.scheme
    if any(other.scheme.hash != scheme.hash for other in others):
        raise EvidenceError([Problem(say("rank-rules-differ"))])
    of = scheme.root.code if code is None else code
    if of not in scheme:
        advice = did_you_mean(of, scheme.plan.index)
        raise EvidenceError([Problem(say("rank-no-code"), advice, key=printable(of)[1:-1])])
    nodes = sorted(((str(unit), result[of]) for unit, result in results.items()), key=itemgetter(0))
    return _of_nodes("units", of, nodes, scheme)


def _of_nodes(
    kind: Kind, of: str, nodes: Iterable[tuple[str, NodeResult]], scheme: Scheme
) -> Ranking:
    places, unscored = [], []
    for name, node in nodes:
        if node.rounded is None:
            unscored.append(name)
        else:
            title = node.title if kind == "nodes" else Title()
            places.append(Place(name, node.rounded, node.score, node.error, title))
    return Ranking(kind, of, _ranked(places), tuple(unscored), scheme)


def of_figures(figures: Mapping[Any, Decimal | None], scheme: Scheme | None, code: str) -> Ranking:
    """Units by their published figures of a node, of which no exact score is known."""
    pairs = sorted(((str(unit), figure) for unit, figure in figures.items()), key=itemgetter(0))
    places = [Place(unit, figure) for unit, figure in pairs if figure is not None]
    unscored = tuple(unit for unit, figure in pairs if figure is None)
    return Ranking("units", code, _ranked(places), unscored, scheme)


def _ranked(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places with their ranks; those who share one stay in the order in which they came."""
    groups: dict[Decimal, list[Place]] = {}
    for place in places:
        groups.setdefault(place.rounded, []).append(place)
    found: list[Place] = []
    for _, group in sorted(groups.items(), reverse=True, key=itemgetter(0)):
        rank, exact = len(found) + 1, _exact(group)
        found += [evolve(place, rank=rank, tied=len(group), exact_scores=exact) for place in group]
    return tuple(found)


def _exact(group: Sequence[Place]) -> Literal["same", "differ"] | None:
    """Whether the exact scores of those who share a rank are the same.

    They differ where two of them do; where none can be told apart and one is not known exactly,
    nobody can say.
    """
    known = [(p.score - p.error, p.score + p.error) for p in group if p.score is not None]
    if len(group) == 1 or len(known) < len(group):
        return None
    if max(low for low, _ in known) > min(high for _, high in known):
        return "differ"
    return "same" if all(low == high for low, high in known) else None


def _row(place: Place, lang: str) -> list[str]:
    note = ""
    if place.tied > 1:
        note = say("rank-tied", n=place.tied).text(lang)
        if place.exact_scores is not None:
            note += "; " + say(_EXACT[place.exact_scores]).text(lang)
    own = one_line(place.title[lang])
    title = "" if own == place.name else own
    return [str(place.rank), one_line(place.name), title, str(place.rounded), note]
