"""A page: headings, paragraphs, lists and tables, whatever they are written down in.

Texts are plain. What writes a page down keeps every character of them a character.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen


@frozen
class Cell:
    """A text in a table, or in a paragraph of its own."""

    text: str
    anchor: str = ""
    """By which other places of the page lead here."""
    to: str = ""
    """The anchor of the place that it leads to."""
    depth: int = 0
    """How far it is set in: how many cells above it stand over it."""


@frozen
class Paragraph:
    """Sentences that belong together."""

    text: str


@frozen
class Points:
    """A list without numbers."""

    texts: tuple[str, ...]


@frozen
class Table:
    """Rows below their heads. The first cell of a row is what the row is about."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: frozenset[int] = frozenset()
    """The columns that hold numbers."""


@frozen
class Section:
    """What stands below a heading."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@frozen
class Page:
    """A whole document in one language."""

    lang: str
    title: str
    blocks: tuple[Block, ...]


Block: TypeAlias = Paragraph | Points | Table | Section


def shown(text: str) -> str:
    """A text on one line, and without what would command a terminal or turn a line around."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
