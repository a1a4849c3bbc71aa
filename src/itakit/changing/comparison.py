"""A comparison: the nodes of two results side by side, and the change of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from itakit.language import system_language
from itakit.listing import Listing
from itakit.record import number
from itakit.result import NodeResult, Result
from itakit.scheme import Scheme
from itakit.titles import Title
from itakit.version import __version__
from itakit.wording import Message

FORMAT = "itakit-comparison"
VERSION = 1
"""The version of the form in JSON; it grows when a reader must change."""
Kind: TypeAlias = Literal["both", "added", "retired"]


@frozen(eq=False, repr=False)
class NodeChange:
    """One node in both results, or in the one that has it.

    All changes are exact, and `data` and `rules` add up to `change`. They are `None` where nobody
    can tell; `reason` says why.
    """

    kind: Kind
    """Whether both schemes have the node, or only the later or the earlier one."""
    before: NodeResult | None = None
    after: NodeResult | None = None
    change: Fraction | None = None
    """Of the exact score."""
    data: Fraction | None = None
    """What the data did."""
    rules: Fraction | None = None
    """What the rules did: the three below together."""
    added: Fraction | None = None
    """What the items did that only the later rules have."""
    revised: Fraction | None = None
    """What weights, methods and scales did that are others now, and places in the tree."""
    retired: Fraction | None = None
    """What the items did that only the earlier rules have."""
    contribution: Fraction | None = None
    """What the node did to the root's score: the change of its contribution.

    Under one scheme only, whose methods above the node are linear: then those of a node's children
    add up to the node's.
    """
    error: Fraction = Fraction(0)
    """The most by which each change is off: 0 where all scores are rational."""
    reason: Message | None = None
    """Why the change, or what did it, cannot be told."""

    def __repr__(self) -> str:
        return f"NodeChange({self.code!r}, {self.kind}, change={self.change})"

    @property
    def node(self) -> NodeResult:
        """The later node, or the earlier one where it is gone."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  # a node is in one of the results
        return found

    @property
    def code(self) -> str:
        """The later code, or the earlier one where the node is gone."""
        return self.node.code

    @property
    def was(self) -> str | None:
        """The earlier code; `None` for a node that was added."""
        return None if self.before is None else self.before.code

    @property
    def title(self) -> Title:
        """The node's title."""
        return self.node.title


@frozen(eq=False, repr=False)
class Comparison:
    """Two results, and what became of every score from one to the other."""

    before: Result
    after: Result
    codes: Mapping[str, str | None] | None
    """What was said about codes that changed."""
    changes: tuple[NodeChange, ...]
    """In the order of the later scheme; what is gone stands behind what it followed."""
    same_rules: bool
    """Whether both were scored by the same rules: then all change is the data's."""
    _by_code: Mapping[str, NodeChange] = field(init=False)

    def __attrs_post_init__(self) -> None:
        gone = {change.code: change for change in self.changes if change.kind == "retired"}
        there = {change.code: change for change in self.changes if change.kind != "retired"}
        object.__setattr__(self, "_by_code", gone | there)

    def __repr__(self) -> str:
        return f"Comparison({self.before!r}, {self.after!r})"

    def _repr_html_(self) -> str:
        lang = system_language()
        return self.listing(lang).html(lang)

    def __getitem__(self, code: str) -> NodeChange:
        """The change of a node by its later code, or by the earlier one of a node that is gone."""
        return self._by_code[code]

    def __iter__(self) -> Iterator[NodeChange]:
        """All changes, a parent before its children."""
        return iter(self.changes)

    @property
    def root(self) -> NodeChange:
        """The change of the unit's score."""
        return self.changes[0]

    @property
    def change(self) -> Fraction | None:
        """Of the unit's exact score; `None` where one is missing."""
        return self.root.change

    @property
    def data(self) -> Fraction | None:
        """What the data did to the unit's score."""
        return self.root.data

    @property
    def rules(self) -> Fraction | None:
        """What the rules did to the unit's score."""
        return self.root.rules

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for every node of either scheme.

        Columns: code, was (the earlier code), level, title, kind, before and after (published),
        change, data, rules, added, revised, retired, contribution, error (exact) and reason.
        """
        return [
            {
                "code": change.code,
                "was": change.was,
                "level": change.node.level,
                "title": change.title[lang],
                "kind": change.kind,
                "before": change.before and change.before.rounded,
                "after": change.after and change.after.rounded,
                **_numbers(change),
                "reason": change.reason and change.reason.text(lang),
            }
            for change in self.changes
        ]

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON can hold it; numbers are texts that read as exact fractions."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "itakit": __version__,
            "same_rules": self.same_rules,
            "codes": self.codes,
            "before": _identity(self.before),
            "after": _identity(self.after),
            "nodes": [
                {
                    "code": change.code,
                    "was": change.was,
                    "level": change.node.level,
                    "title": dict(change.title.texts),
                    "kind": change.kind,
                    "before": _scores(change.before),
                    "after": _scores(change.after),
                    **{name: number(value) for name, value in _numbers(change).items()},
                    "reason": change.reason and change.reason.text("en"),
                }
                for change in self.changes
            ],
        }

    def explain(self, lang: str = "en") -> str:
        """Last year beside this year, and what did it, in words and a table."""
        return self.listing(lang).text()

    def listing(self, lang: str) -> Listing:
        """The comparison as a terminal, a page or a notebook shows it."""
        from itakit.changing.telling import listing

        return listing(self, lang)


def _numbers(change: NodeChange) -> dict[str, Fraction | None]:
    return {
        "change": change.change,
        "data": change.data,
        "rules": change.rules,
        "added": change.added,
        "revised": change.revised,
        "retired": change.retired,
        "contribution": change.contribution,
        "error": change.error,
    }


def _scores(node: NodeResult | None) -> dict[str, str | None] | None:
    if node is None:
        return None
    return {"score": number(node.score), "rounded": number(node.rounded)}


def _identity(result: Result) -> dict[str, object]:
    scheme: Scheme = result.scheme
    return {
        "id": scheme.id,
        "version": scheme.version,
        "hash": scheme.hash,
        "rounded": number(result.rounded),
        "grade": result.grade,
    }
