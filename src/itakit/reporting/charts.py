"""Charts: the blocks that are drawn, and told as well, for whoever does not see them."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from attrs import frozen


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
    more: tuple[str, ...] = ()
    """What follows it, such as the change and what did it."""
    lead: str = ""
    """What stands before the name, such as a rank."""
    note: str = ""
    """What is said of it below its name."""


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
    """Of the name, of the figure and, where there are figures from before, of those and more."""
    rows: tuple[Bar, ...]
    mark: Mark | None = None
    lead: str = ""
    """The head of what stands before the names."""


@frozen
class Interval:
    """A figure and an interval about it, as texts and as places on an axis, from 0 to 1."""

    code: str
    title: str
    figure: str
    low: str
    """The lower end; empty where nobody was asked, or nobody can tell."""
    high: str
    n: str
    """How many were asked; empty for nobody."""
    at: Fraction
    span: tuple[Fraction, Fraction] | None
    depth: int = 0


@frozen
class Intervals:
    """Figures with intervals on an axis. It is a table as well, for whoever does not see it."""

    kind: ClassVar[str] = "intervals"
    caption: str
    heads: tuple[str, str, str, str, str]
    """Of the name, the figure, the ends of the interval, and how many were asked."""
    axis: tuple[str, str]
    """The scores at its ends."""
    rows: tuple[Interval, ...]


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
