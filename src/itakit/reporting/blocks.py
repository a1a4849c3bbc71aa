"""Blocks: what a section of a report is made of. Texts are plain, and stay texts."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, TypeAlias

from attrs import frozen

from itakit.numerals import plain
from itakit.reporting.charts import Bars, Intervals, Ladder, Stacks

NONE = "–"
"""What stands where there is nothing."""


@frozen
class Text:
    """A paragraph."""

    kind: ClassVar[str] = "text"
    text: str
    note: bool = False
    """Whether it is set smaller, as what is said about a table."""


@frozen
class Points:
    """A list without numbers."""

    kind: ClassVar[str] = "points"
    texts: tuple[str, ...]
    title: str = ""


@frozen
class Facts:
    """Pairs of what is told and what it is."""

    kind: ClassVar[str] = "facts"
    pairs: tuple[tuple[str, str], ...]


@frozen
class Head:
    """The head of a column."""

    text: str
    number: bool = False


@frozen
class Cell:
    """A cell of a table."""

    text: str
    number: bool = False
    head: bool = False
    """Whether the rest of the row is about it."""
    rows: int = 1
    """How many rows it spans."""
    columns: int = 1
    label: str = ""
    """What it is called where the heads of the columns are not shown."""
    role: str = ""
    """How it is set on a narrow screen: lead, own, part or none."""


@frozen
class Table:
    """Rows below the heads of their columns."""

    kind: ClassVar[str] = "table"
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    stacks: bool = False
    """Whether a narrow screen shows each row as a block."""


@frozen
class Branch:
    """How one node's score came about, with those of the nodes below it."""

    kind: ClassVar[str] = "branch"
    code: str
    title: str
    figure: str
    pairs: tuple[tuple[str, str], ...]
    below: tuple[Branch, ...]


@frozen
class Fold:
    """Blocks that are shown on demand."""

    kind: ClassVar[str] = "fold"
    title: str
    text: str
    """Set as it is, with its line breaks."""


@frozen
class Listing:
    """All units of a nation, which the page's script lists."""

    kind: ClassVar[str] = "listing"


Block: TypeAlias = (
    Text | Points | Facts | Table | Bars | Intervals | Stacks | Ladder | Branch | Fold | Listing
)


@frozen
class Section:
    """What stands below a heading."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


def percent(share: Fraction) -> str:
    """A share in hundredths with at most two places, for a length.

    >>> percent(Fraction(1, 3))
    '33.33'
    """
    return plain(Fraction(round(share * 10000), 100))


def whole(share: Fraction) -> str:
    """A share in whole hundredths, as it is read."""
    return str(round(share * 100))


def roomy(share: Fraction) -> bool:
    """Whether a part of a stack has room for its share in figures, even on a phone."""
    return share >= Fraction(4, 25)
