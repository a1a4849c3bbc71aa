"""The header: the names of a table's columns, and what is wrong with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from itakit.errors import Problem
from itakit.files.paths import TableFile
from itakit.text import printable
from itakit.wording import say


def clean(name: str) -> str:
    r"""A column's name without what cannot be seen at its ends.

    >>> clean("\ufeff 9.1\u200b ")
    '9.1'
    """
    unseen = {c for c in name if c.isspace() or unicodedata.category(c) in ("Cf", "Cc")}
    return name.strip("".join(unseen))


def duplicates(
    table: TableFile, names: Sequence[str], line: int | None, place: Callable[[int], str]
) -> Iterator[Problem]:
    """Every name that two columns have, with both columns."""
    first: dict[str, int] = {}
    for i, name in enumerate(names):
        if name and first.setdefault(name, i) != i:
            says = say("column-twice", first=place(first[name]), second=place(i))
            yield table.problem(says, say("rename-column"), line=line, key=shown(name))


def shown(name: str) -> str:
    """A column's name as a message can show it."""
    return name if name.isprintable() and len(name) <= 60 else printable(name)


def letters(column: int) -> str:
    """A column of a sheet by its letters, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
