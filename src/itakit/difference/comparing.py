"""Two schemes compared: all that changed from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from itakit.difference.change import Change
from itakit.difference.matching import Matching
from itakit.difference.nodes import Nodes
from itakit.difference.rules import calendar, levels, scales, whole
from itakit.difference.rules import grades as of_grades
from itakit.scheme import Scheme
from itakit.version import __version__

FORMAT = "itakit-difference"
VERSION = 1
"""The version of the form in JSON; it grows when a reader must change."""
_NONE: Mapping[str, str] = MappingProxyType({})


@frozen
class Difference:
    """All that changed from one scheme to another; false where they mean the same.

    Ids and versions are names of schemes and no part of what they mean.
    """

    old: Scheme
    new: Scheme
    changes: tuple[Change, ...]
    """The whole, then levels, scales, grades, nodes and phases, each in the scheme's order."""

    @property
    def scores(self) -> bool:
        """Whether scores or grades can differ; if not, the schemes have the same hash."""
        return any(change.scores for change in self.changes)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def text(self, lang: str = "en") -> str:
        """The changes in words, in a language."""
        from itakit.difference.telling import text

        return text(self, lang)

    def to_dict(self) -> dict[str, object]:
        """The changes as JSON can hold them."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "itakit": __version__,
            "old": _identity(self.old),
            "new": _identity(self.new),
            "changes": [change.to_dict() for change in self.changes],
        }


def diff(
    old: Scheme,
    new: Scheme,
    renamed: Mapping[str, str] = _NONE,
    grades: Mapping[str, str] = _NONE,
) -> Difference:
    """What changed in meaning from one scheme to another.

    Nodes are the same where they have the same code. ``renamed`` names others that are known to be
    the same, new codes by old ones; what only looks alike is told as perhaps the same. ``grades``
    names grades that have another name, new names by old ones.

    >>> import itakit
    >>> scheme = itakit.find("ita_2565")
    >>> bool(itakit.diff(scheme, scheme))
    False
    """
    matching = Matching.of(old, new, renamed)
    nodes = Nodes(matching)
    of_nodes = tuple(nodes.changes())
    return Difference(
        old,
        new,
        (
            *whole(old, new, nodes.inherited),
            *levels(matching, nodes.inherited),
            *scales(old, new),
            *of_grades(matching, grades),
            *of_nodes,
            *calendar(old, new),
        ),
    )


def _identity(scheme: Scheme) -> dict[str, object]:
    return {"id": scheme.id, "version": scheme.version, "hash": scheme.hash}
