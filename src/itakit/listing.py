"""A listing: a table with a few sentences, as a terminal, a page or a notebook shows it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from itakit.document.markup import escaped, grid
from itakit.document.page import Cell, Table
from itakit.explanation import align
from itakit.notebook import html_table


@frozen
class Listing:
    """Sentences, a table, and sentences below it; all of it plain texts."""

    above: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    depths: Sequence[int] = ()
    """How deep each row stands below the others."""
    right: Sequence[int] = ()
    """The columns that hold numbers."""
    below: Sequence[str] = ()
    then: Listing | None = None
    """Another table below all of this."""

    def text(self) -> str:
        """For a terminal, with columns that line up; without those that are empty."""
        indented = [
            ["  " * depth + row[0], *row[1:]]
            for row, depth in zip(self.rows, self._depths, strict=True)
        ]
        table = align([list(self.heads), *indented], tuple(self.right))
        blocks = ["\n".join(block) for block in (self.above, table, self.below) if block]
        return "\n\n".join([*blocks, *([] if self.then is None else [self.then.text()])])

    def markdown(self) -> str:
        """For a page; no text of it is read as Markdown."""
        kept = self._kept()
        rows = (
            tuple(Cell(row[k], depth=depth if k == 0 else 0) for k in kept)
            for row, depth in zip(self.rows, self._depths, strict=True)
        )
        right = frozenset(place for place, k in enumerate(kept) if k in self.right)
        table = grid(Table(tuple(self.heads[k] for k in kept), tuple(rows), right))
        # In bold, no sentence can begin a list, a heading or a quotation.
        above = [f"**{escaped(line)}**" for line in self.above]
        below = [escaped(line.strip()) for line in self.below if line.strip()]
        after = [] if self.then is None else [self.then.markdown()]
        return "\n\n".join([*above, table, *below, *after])

    def html(self, lang: str) -> str:
        """For a notebook."""
        kept = self._kept()
        own = html_table(
            " · ".join(self.above),
            [self.heads[k] for k in kept],
            [[row[k] for k in kept] for row in self.rows],
            depths=self._depths,
            right=[place for place, k in enumerate(kept) if k in self.right],
            notes=[line for line in self.below if line],
            lang=lang,
        )
        return own if self.then is None else own + self.then.html(lang)

    @property
    def _depths(self) -> Sequence[int]:
        return self.depths or [0] * len(self.rows)

    def _kept(self) -> list[int]:
        """The columns that are not empty."""
        return [k for k in range(len(self.heads)) if any(row[k] for row in self.rows)]


def rounded(value: Fraction | None, places: int) -> str:
    """A change as people read it: with its sign, to a number of places, halves to the even digit.

    >>> rounded(Fraction(1, 3), 2), rounded(Fraction(-2), 1), rounded(Fraction(0), 1)
    ('+0.33', '-2.0', '0.0')
    """
    if value is None:
        return ""
    scaled = round(abs(value) * 10**places)
    digits = str(scaled).rjust(places + 1, "0")
    shown = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return ("-" if value < 0 else "+" if value else "") + shown
