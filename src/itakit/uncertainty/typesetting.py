"""Typesetting: rows as lines of a terminal or as a table of a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from itakit.explanation import align
from itakit.notebook import html_table
from itakit.text import one_line
from itakit.wording import say

NOTHING: Final = "—"
_LANGUAGES: Final = ("en", "th")
_TEXTS: Final = ("code", "title", "unit", "grade")
"""The columns that are no numbers."""
Rows: TypeAlias = list[list[str]]
"""Cells by row, the heads first."""


def heads(names: Iterable[str], lang: str) -> list[str]:
    """The heads of columns."""
    return [say(f"column-{name}").text(lang) for name in names]


def right(first: Sequence[str]) -> tuple[int, ...]:
    """The columns of numbers, by their heads in any language."""
    texts = {say(f"column-{name}").text(lang) for name in _TEXTS for lang in _LANGUAGES}
    return tuple(k for k, head in enumerate(first) if head not in texts)


def per_cent(share: Fraction | None) -> str:
    """A share as a number of hundredths with one decimal.

    >>> per_cent(Fraction(477, 500)), per_cent(None)
    ('95.4 %', '—')
    """
    if share is None:
        return NOTHING
    tenths = round(share * 1000)
    return f"{tenths // 10}.{tenths % 10} %"


def cell(value: object) -> str:
    """A cell as a page shows it: on one line, and without what would command a terminal."""
    text = NOTHING if value is None else one_line(str(value))
    return "".join(c for c in text if c.isprintable())


def as_text(above: Sequence[str], rows: Rows, below: Iterable[str]) -> str:
    """Sentences, a table whose columns line up, and sentences."""
    return "\n".join([*above, "", *align(rows, right(rows[0])), "", *below])


def as_html(above: Sequence[str], rows: Rows, below: Iterable[str], lang: str) -> str:
    """The same as a notebook shows it."""
    first, *rest = rows
    title, *more = above
    notes = [*more, *below]
    return html_table(title, first, rest, right=right(first), notes=notes, lang=lang)
