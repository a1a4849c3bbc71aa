"""Paths: which files a user means by a name, a pattern or a folder."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from itakit.errors import Problem
from itakit.system import unreadable
from itakit.wording import Message, say

TEXT = (".csv", ".tsv", ".txt")
PARQUET = (".parquet", ".pq")
WORKBOOK = (".xlsx", ".xlsm")
OTHER_SHEETS = (".xls", ".xlsb", ".ods")
"""Not read, and not passed over in silence either: they are told to be saved as .xlsx."""
_SHEET = "#"
_LOCKS = ("~$", ".")


@frozen
class TableFile:
    """A file that a user means."""

    path: str
    """As the user wrote it, without the sheet."""
    sheet: str | None = None
    """The sheet that the user asks for: what stands behind # in ``answers.xlsx#Sheet2``."""

    @property
    def file(self) -> Path:
        """Where it is."""
        return Path(self.path)

    @property
    def suffix(self) -> str:
        """What its name ends in, in small letters."""
        return self.file.suffix.lower()

    @property
    def shown(self) -> str:
        """How messages call it."""
        return self.path if self.sheet is None else f"{self.path}[{self.sheet}]"

    def problem(
        self,
        says: Message,
        advice: Message | None = None,
        *,
        line: int | None = None,
        column: int | None = None,
        key: str = "",
    ) -> Problem:
        """Something wrong in this file."""
        return Problem(says, advice, self.shown, line, column, key)


def is_table(path: object) -> bool:
    """Whether a name is that of a table of answers, by what it ends in.

    >>> is_table("iit.csv"), is_table("iit.XLSX#ตอบ"), is_table("ita_2565.toml")
    (True, True, False)
    """
    return _named(str(path)).suffix in (*TEXT, *PARQUET, *WORKBOOK, *OTHER_SHEETS)


def expand(paths: Iterable[object]) -> tuple[Sequence[TableFile], Sequence[Problem]]:
    """The files that are meant, in the order given, and what is wrong with the names.

    A folder stands for the tables directly in it, a pattern such as ``*.csv`` for the files that
    it fits, by name. A file is taken once.
    """
    files: list[TableFile] = []
    seen: dict[object, set[str | None]] = {}
    problems: list[Problem] = []
    for path in paths:
        found, problem = _meant(str(path))
        if problem is not None:
            problems.append(problem)
        for table in found:
            try:
                sheets = seen.setdefault(_identity(table.file), set())
            except (OSError, RuntimeError, ValueError) as error:
                problems.append(table.problem(unreadable(error)))
                continue
            # A workbook without the name of a sheet may stand for any of them.
            if sheets and (table.sheet is None or not sheets.isdisjoint({None, table.sheet})):
                problems.append(table.problem(say("file-twice")))
                continue
            sheets.add(table.sheet)
            files.append(table)
    return files, problems


def stands_for(path: str, output: str) -> bool:
    """Whether a folder or a pattern would stand for a file, too, once that is written."""
    target = Path(output).absolute()
    if not is_table(output) or target.name.startswith(_LOCKS):
        return False
    if Path(path).is_dir():
        return target.parent.resolve() == Path(path).resolve()
    return glob.has_magic(path) and target.match(str(Path(path).absolute()))


def _identity(file: Path) -> object:
    """What is the same for all names of one file, hard links among them."""
    resolved = file.resolve()
    if not resolved.exists():
        return str(resolved)
    status = resolved.stat()
    return (status.st_dev, status.st_ino) if status.st_ino else str(resolved)


def _named(path: str) -> TableFile:
    name, hash_, sheet = path.rpartition(_SHEET)
    if hash_ and Path(name).suffix.lower() in WORKBOOK and not Path(path).exists():
        return TableFile(name, sheet)
    return TableFile(path)


def _meant(path: str) -> tuple[Sequence[TableFile], Problem | None]:
    """The files that one name stands for."""
    named = _named(path)
    if not path:
        return [], named.problem(say("empty-path"), say("give-path"))
    try:
        if named.file.is_dir():
            inside = sorted(named.file.iterdir())
            tables = [p for p in inside if is_table(p) and not p.name.startswith(_LOCKS)]
            if tables:
                return [TableFile(str(p)) for p in tables], None
            return [], named.problem(say("no-tables"))
        if named.file.exists() and not named.file.is_file():
            return [], named.problem(say("no-plain-file"), say("save-first"))
        if named.file.exists() or not glob.has_magic(path):
            return [named], None
        tables = sorted(Path(p) for p in glob.glob(path, recursive=True) if is_table(p))  # noqa: PTH207  # a pattern may begin with a drive or a root
    except OSError as error:
        return [], named.problem(unreadable(error))
    tables = [p for p in tables if not p.name.startswith(_LOCKS)]
    return [TableFile(str(p)) for p in tables], None if tables else named.problem(say("no-match"))
