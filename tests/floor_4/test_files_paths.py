"""Names of files: what a user means by them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from itakit import EvidenceError
from itakit.files import is_table, open_sources, stands_for
from itakit.files.paths import expand
from tests.floor_4.files.workbooks import book

ROW = b"a,b\n1,2\n"
KNOWN = ".csv, .tsv, .txt, .parquet, .pq, .xlsx, .xlsm"
UNREADABLE = "the file cannot be read"
LONG = "x" * 300 + ".csv"


def opened(folder: Path, names: Iterable[str]) -> list[str]:
    """What is opened for some names."""
    with open_sources(os.path.join(folder, name) for name in names) as sources:  # noqa: PTH118
        return [source.path.replace(f"{folder}{os.sep}", "") for source in sources]


def told(folder: Path, names: Iterable[str]) -> list[str]:
    """What is told of some names."""
    with pytest.raises(EvidenceError) as caught:
        opened(folder, names)
    return str(caught.value).replace(str(folder) + os.sep, "").splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files, some of which are no tables."""
    (tmp_path / "in").mkdir()
    for name in ("b.csv", "a.csv", "in/c.csv", "in/~$c.xlsx", "in/.d.csv", "x[1].csv", "read.me"):
        (tmp_path / name).write_bytes(ROW)
    (tmp_path / "in/d.xlsx").write_bytes(book([["a"], [1]], [["b"], [2]]))
    (tmp_path / "e#1.xlsx").write_bytes(book([["a"], [1]]))
    return tmp_path


class TestOutputs:
    """ "Never over an input": nor where the next call would take it for one."""

    @pytest.mark.parametrize(
        ("path", "output", "stands"),
        [
            ("in", "in/out.csv", True),
            ("in", "in/../in/out.parquet", True),
            ("in", "in/out.json", False),
            ("in", "in/.out.csv", False),
            ("in", "out.csv", False),
            ("*.csv", "out.csv", True),
            ("*.csv", "in/out.csv", False),
            ("*.csv", "out.parquet", False),
            ("a.csv", "out.csv", False),
        ],
    )
    def test_a_folder_or_a_pattern_may_stand_for_it(
        self, folder: Path, path: str, output: str, stands: bool
    ) -> None:
        assert stands_for(str(folder / path), f"{folder}/{output}") == stands


class TestNames:
    """ "Folders, globs, the same file twice." """

    @pytest.mark.parametrize(
        ("names", "files"),
        [
            ([], []),
            (["b.csv", "a.csv"], ["b.csv", "a.csv"]),
            (["?.csv"], ["a.csv", "b.csv"]),
            (["x[1].csv"], ["x[1].csv"]),
            (["in/d.xlsx#Sheet2", "in/d.xlsx#Sheet1"], ["in/d.xlsx[Sheet2]", "in/d.xlsx[Sheet1]"]),
            (["e#1.xlsx"], ["e#1.xlsx"]),
            (["e#1.xlsx#Sheet1"], ["e#1.xlsx[Sheet1]"]),
            (["**/c.*"], ["in/c.csv"]),
        ],
    )
    def test_files_are_opened_in_the_order_given(
        self, names: list[str], files: list[str], folder: Path
    ) -> None:
        """Those of a pattern by their names."""
        assert opened(folder, names) == files

    def test_a_folder_stands_for_the_tables_in_it(self, folder: Path) -> None:
        """What another program keeps there of its own is none."""
        (folder / "in/d.xlsx").unlink()
        assert opened(folder, ["in"]) == ["in/c.csv"]

    def test_a_file_by_another_name_is_the_same_file(self, folder: Path) -> None:
        """A hard link, and a workbook beside one of its sheets."""
        os.link(folder / "a.csv", folder / "link.csv")
        assert told(folder, ["a.csv", "link.csv"]) == ["link.csv: the file is given twice"]
        book = "in/d.xlsx"
        assert f"{book}[One]: the file is given twice" in told(folder, [book, f"{book}#One"])
        assert f"{book}: the file is given twice" in told(folder, [f"{book}#One", book])

    def test_no_name_is_no_folder(self) -> None:
        """As a variable of the shell is that was never set."""
        (problem,) = expand([""])[1]
        assert str(problem) == "the path of the file is empty; write where the file is"

    @pytest.mark.parametrize(
        ("names", "problems"),
        [
            (["a.csv", "./a.csv"], ["./a.csv: the file is given twice"]),
            (["a.csv", "*.csv"], ["a.csv: the file is given twice"]),
            (["none.csv"], ["none.csv: the file cannot be read: no such file or directory"]),
            (["none"], ["none: the file cannot be read: no such file or directory"]),
            (["bare"], [f"bare: the file's name has no ending, expected one of {KNOWN}"]),
            (["no*.csv"], ["no*.csv: no table fits this pattern"]),
            (["a.csv/b.csv"], ["a.csv/b.csv: the file cannot be read: not a directory"]),
            (["a\0.csv"], [f"a\0.csv: {UNREADABLE}: its name holds a NUL"]),
            ([LONG], [f"{LONG}: {UNREADABLE}: file name too long"]),
        ],
    )  # fmt: skip
    def test_a_name_that_leads_nowhere_is_told(
        self, names: list[str], problems: list[str], folder: Path
    ) -> None:
        """And a file that is meant twice, however it is written."""
        (folder / "bare").touch()
        assert told(folder, names) == problems

    def test_a_folder_without_tables_is_told(self, tmp_path: Path) -> None:
        """It is not the same as nothing at all."""
        (tmp_path / "in").mkdir()
        assert told(tmp_path, ["in"]) == ["in: the folder has no table in it"]

    def test_a_folder_of_that_name_is_no_file(self, tmp_path: Path) -> None:
        """Unless there are tables in it."""
        (tmp_path / "a.csv").mkdir()
        assert told(tmp_path, ["a.csv"]) == ["a.csv: the folder has no table in it"]

    @pytest.mark.parametrize(
        ("name", "table"),
        [
            ("a.csv", True),
            ("a.TSV", True),
            ("a.pq", True),
            ("a.xlsm", True),
            ("a.xls", True),
            ("a.xlsx#x.y", True),
            ("a.json", False),
            ("a.csv#x", False),
            ("csv", False),
        ],
    )
    def test_a_table_is_known_by_its_name(self, name: str, table: bool) -> None:
        """A kind of sheet that is not read is told of, and not passed over."""
        assert is_table(name) is table
        assert is_table(Path(name)) is table


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_what_can_be_read_only_once_is_told(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    assert told(folder, ["pipe.csv"]) == [
        (
            "pipe.csv: this is no file that can be read more than once; "
            "save what it gives in a file, and name that"
        )
    ]
