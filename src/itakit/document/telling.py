"""Telling: a scheme in a language, and the cells that all parts of its document share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from itakit.document import phrases
from itakit.document.page import Cell, Table, shown
from itakit.document.phrases import said
from itakit.document.shares import Share
from itakit.numerals import plain
from itakit.scheme import Node, Scheme
from itakit.wording import say


@frozen
class Telling:
    """A scheme that is told of in a language."""

    scheme: Scheme
    lang: str
    shares: tuple[Share | None, ...]
    """Of the nodes, in their order."""
    anchors: Mapping[str, str]
    """What nodes, scales and sections are led to by."""

    def table(self, heads: str, rows: Sequence[tuple[Cell, ...]], *right: int) -> Table:
        """A table with heads by the names of their sentences."""
        texts = (said(say(head), self.lang) for head in heads.split())
        return Table(tuple(texts), tuple(rows), frozenset(right))

    @property
    def head(self) -> str:
        """What the head of a column is called that tells what points count in the total.

        Empty where no point of any node has such a share, so that there is no column.
        """
        known = [share for share in self.shares[1:] if share is not None]
        if not known:
            return ""
        return "page-head-share" if all(share.whole for share in known) else "page-head-counts"

    def counts(self, node: Node) -> tuple[Cell, ...]:
        """What a point of a node counts in the total, as a cell of that column."""
        share = self.shares[self.scheme.plan.index[node.code]]
        return (Cell(phrases.share(share, self.lang)),) if self.head else ()

    def code(self, node: Node) -> Cell:
        """A node's code, which leads to where the node is told of."""
        root = node is self.scheme.root
        return Cell(shown(node.code), to="" if root else self.anchors[node.code])

    def scale_of(self, node: Node) -> Cell:
        """An item's scale, which leads to what its answers score."""
        if node.scale is None:
            low, high = map(plain, self.scheme.range)
            return Cell(said(say("scale-none", low=low, high=high), self.lang))
        return Cell(shown(node.scale.name), to=self.anchors.get(f"scale {node.scale.name}", ""))

    def title(self, node: Node) -> Cell:
        """A node's title; none where it says no more than the code."""
        own = shown(node.title[self.lang])
        return Cell("" if own == shown(node.code) else own)
