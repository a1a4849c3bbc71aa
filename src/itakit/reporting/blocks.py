"""Blocks: what a section of a report is made of. Texts are plain, and stay texts."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, TypeAlias

from attrs import frozen

from itakit.numerals import plain

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
class Bar:
    """A figure, and how much of the range it is, from 0 to 1."""

    code: str
    title: str
    figure: str
    size: Fraction | None
    depth: int = 0
    was: str = ""
    """The figure of the year before."""
    was_size: Fraction | None = None
    change: str = ""


@frozen
class Mark:
    """A bound that bars are held against, from 0 to 1."""

    at: Fraction
    text: str


@frozen
class Bars:
    """Figures as bars. It is a table as well, for whoever does not see the bars."""

    kind: ClassVar[str] = "bars"
    caption: str
    heads: tuple[str, ...]
    """Of the name, of the figure and, where there are figures from before, of those and changes."""
    rows: tuple[Bar, ...]
    mark: Mark | None = None


@frozen
class Part:
    """A part of a stack: an answer, how many gave it, and how good it is, from -3 to 3."""

    text: str
    tone: int
    share: Fraction


@frozen
class Stack:
    """The answers to an item, from the worst to the best."""

    code: str
    title: str
    n: str
    figure: str
    parts: tuple[Part, ...]

    @property
    def worse(self) -> Fraction:
        """The share left of the middle: the bad answers, and half of those in the middle."""
        halves = sum((part.share / 2 for part in self.parts if part.tone == 0), Fraction(0))
        return sum((part.share for part in self.parts if part.tone < 0), halves)

    @property
    def lead(self) -> Fraction:
        """How far from the left end of a line the stack begins, for its middle to be the line's."""
        return (1 - self.worse) / 2


@frozen
class Stacks:
    """Distributions of answers about a middle, with what the colours mean."""

    kind: ClassVar[str] = "stacks"
    caption: str
    heads: tuple[str, str, str, str]
    legends: tuple[tuple[str, tuple[Part, ...]], ...]
    """By the items that they are for, the answers from the worst to the best."""
    rows: tuple[Stack, ...]


@frozen
class Rung:
    """A grade on the ladder of grades: its name, and from where to where it goes."""

    name: str
    start: Fraction
    end: Fraction
    reached: bool


@frozen
class Ladder:
    """Where a score stands among the bounds of the grades."""

    kind: ClassVar[str] = "ladder"
    text: str
    """The same in words."""
    rungs: tuple[Rung, ...]
    at: Fraction
    figure: str


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


Block: TypeAlias = Text | Points | Facts | Table | Bars | Stacks | Ladder | Branch | Fold | Listing


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
