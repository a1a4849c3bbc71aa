"""A source: a file of answers as a frame, and where its rows stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import narwhals.exceptions
import polars
from attrs import field, frozen

from itakit.errors import EvidenceError, Problem
from itakit.wording import say

Decimals: TypeAlias = Mapping[tuple[int, str], int | None]
_JARGON = re.compile(r"\s+")


def _no_line(_: int) -> None:
    return None


@frozen(eq=False)
class Source:
    """A table of answers; it can be read while the files it is of are open."""

    path: str
    """As the user wrote it; a sheet that was asked for by name stands in brackets behind it."""
    frame: polars.LazyFrame
    """Text cells, null where a cell is empty; a Parquet file keeps its own types."""
    blank_rows: int = 0
    """How many rows without anything in them were left out."""
    _line: Callable[[int], int | None] = field(default=_no_line, repr=False)
    _numbers: Callable[[Collection[str]], polars.LazyFrame] | None = field(default=None, repr=False)

    _check: Callable[[], None] = field(default=lambda: None, repr=False)

    encoding: str = "UTF-8"
    """What the text was read as."""
    _decimals: Callable[[], Decimals] = field(default=dict, repr=False)

    def check(self) -> None:
        """Raise `EvidenceError` with the place of what was left to whoever reads the text."""
        self._check()

    def decimals(self) -> Decimals:
        """With how many decimals a workbook shows the numbers in its cells, by row and column.

        `None` where their zeros at the end are not shown. A cell of text is not among them.
        """
        return self._decimals()

    def numbers(self, columns: Collection[str]) -> polars.LazyFrame | None:
        """The same with some columns read as whole numbers below 128, which is faster.

        Reading it fails where a cell is no such number. `None` where that is not faster.
        """
        return None if self._numbers is None else self._numbers(columns)

    def line(self, row: int) -> int | None:
        """The line of the file where a row of the frame begins, or its row of the sheet.

        Rows are counted from 0, lines from 1. A Parquet file has no lines.
        """
        return self._line(row)


@contextmanager
def reading(sources: Sequence[Source]) -> Iterator[None]:
    """What goes wrong while frames are read is an `EvidenceError`: a file changed, or is damaged.

    Text files and workbooks have been read through when they are open. The pages of a Parquet
    file are read here for the first time.
    """
    try:
        yield
    except (
        narwhals.exceptions.NarwhalsError,
        polars.exceptions.PolarsError,
        polars.exceptions.PanicException,
        OSError,
    ) as error:
        for source in sources:
            source.check()
        reason = _JARGON.sub(" ", str(error)).strip()[:200]
        says = say("read-failed", reason=reason)
        raise EvidenceError([Problem(says, path=s.path) for s in sources]) from None
