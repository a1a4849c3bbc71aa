"""Opening: all files that are named, with all that is wrong with any of them told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from itakit.errors import EvidenceError, Problem
from itakit.files.delimited import open_delimited
from itakit.files.kinds import mistaken
from itakit.files.parquet import open_parquet
from itakit.files.paths import PARQUET, WORKBOOK, TableFile, expand
from itakit.files.source import Source
from itakit.system import unreadable
from itakit.wording import say


@contextmanager
def open_sources(paths: Iterable[object]) -> Iterator[Sequence[Source]]:
    """The tables that names, patterns and folders stand for, in that order.

    Raises `EvidenceError` with the problems of all files. Sources are read inside the ``with``:
    copies that had to be made are deleted when it ends.
    """
    files, found = expand(paths)
    problems: list[Problem] = list(found)
    sources = []
    with TemporaryDirectory(prefix="itakit-", ignore_cleanup_errors=True) as folder:
        for i, table in enumerate(files):
            own = Path(folder, str(i))
            own.mkdir()
            try:
                sources.append(_open(table, own))
            except EvidenceError as error:
                problems += error.problems
        if problems:
            raise EvidenceError(problems)
        yield sources


def _open(table: TableFile, folder: Path) -> Source:
    try:
        if (problem := mistaken(table)) is not None:
            raise EvidenceError([problem])
        if table.suffix in PARQUET:
            return open_parquet(table)
        if table.suffix in WORKBOOK:
            return _open_workbook(table, folder)
        return open_delimited(table, folder)
    except OSError as error:
        raise EvidenceError([table.problem(unreadable(error))]) from None


def _open_workbook(table: TableFile, folder: Path) -> Source:
    try:
        from itakit.files.spreadsheet import open_spreadsheet
    except ModuleNotFoundError:
        raise EvidenceError([table.problem(say("xlsx-missing"))]) from None
    return open_spreadsheet(table, folder)
