"""Text files of answers: however they are written, the same cells are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itakit import EvidenceError
from itakit.files import Source, encoding, open_sources, reading, skeleton
from itakit.files.paths import TableFile

Cells = list[tuple[str | None, ...]]
THAI = "หน่วยงาน,ข้อ 1\nกรุงเทพฯ,4\nน่าน,3\n"


def collected(source: Source) -> Cells:
    """The cells of a source."""
    return source.frame.collect(engine="streaming").rows()


def read(folder: Path, data: bytes, name: str = "a.csv") -> tuple[list[str], Cells]:
    """The columns and the cells of a file."""
    (folder / name).write_bytes(data)
    with open_sources([folder / name]) as (source,):
        return source.frame.collect_schema().names(), collected(source)


def lines(folder: Path, data: bytes) -> tuple[list[int | None], int]:
    """The line of each row of a file, and how many blank rows it has."""
    (folder / "a.csv").write_bytes(data)
    with open_sources([folder / "a.csv"]) as (source,):
        return [source.line(i) for i, _ in enumerate(collected(source))], source.blank_rows


ABC = (["a", "b", "c"], [("1", "2", "3"), ("4", None, "6")])


class TestOneTableHoweverItIsWritten:
    """ "CSV as Excel, forms and programs write it." """

    @pytest.mark.parametrize(
        "data",
        [
            b"a,b,c\n1,2,3\n4,,6\n",
            b"a,b,c\n1,2,3\n4,,6",
            b"a,b,c\r\n1,2,3\r\n4,,6\r\n",
            b"a,b,c\r\n1,2,3\r\n4,,6",
            b"a,b,c\r1,2,3\r4,,6\r",
            b"a,b,c\n1,2,3\r\n4,,6\r",
            b"a,b,c\r\r\n1,2,3\r\r\n4,,6\r\r\n",
            b"a;b;c\n1;2;3\n4;;6\n",
            b"a\tb\tc\n1\t2\t3\n4\t\t6\n",
            b"sep=;\r\na;b;c\r\n1;2;3\r\n4;;6\r\n",
            b'\xef\xbb\xbf"sep=;"\na;b;c\n1;2;3\n4;;6\n',
            b"\xef\xbb\xbfa,b,c\n1,2,3\n4,,6\n",
            b'\xef\xbb\xbf"a","b","c"\n1,2,3\n4,,6\n',
            b'"a","b","c"\r\n"1","2","3"\r\n"4","","6"\r\n',
            b'a,b,c\n1,"2",3\n4,"",6',
            b'a,b,c\n1,2,"3"\n4,,"6"',
            b" a , b,c\xe2\x80\x8b\n1,2,3\n4,,6\n",
            b"\n\na,b,c\n\n\n1,2,3\n\n4,,6\n\n\n",
            b",,\r\na,b,c\r\n,,\r\n1,2,3\r\n4,,6\r\n,,\r\n,,\r\n,,",
            b'a,b,c\n"","",""\n1,2,3\n"",,\n4,,6\n"",\n,\n',
            b"a,b,c,,\n1,2,3,,\n4,,6,,\n",
            b'a,b,c,,\n1,2,3,"",\n4,,6,,\n,,,,\n',
            "a,b,c\n1,2,3\n4,,6\n".encode("utf-16"),
            "\ufeffa\tb\tc\r\n1\t2\t3\r\n4\t\t6\r\n".encode("utf-16-be"),
        ],
    )
    def test_the_same_cells_are_read(self, data: bytes, tmp_path: Path) -> None:
        """An empty cell is null, in quotes or without."""
        assert read(tmp_path, data) == ABC

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16"])
    def test_thai_is_thai(self, encoding: str, tmp_path: Path) -> None:
        """Excel in Thailand writes Windows-874."""
        names, cells = read(tmp_path, THAI.encode(encoding))
        assert names == ["หน่วยงาน", "ข้อ 1"]
        assert cells == [("กรุงเทพฯ", "4"), ("น่าน", "3")]

    @pytest.mark.parametrize("chunk", [1, 2, 3, 1 << 20])
    def test_a_copy_is_made_only_where_it_is_needed(
        self, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """UTF-8 with line ends of either kind is read where it is."""
        monkeypatch.setattr(encoding, "CHUNK", chunk)
        table, copy = TableFile(str(tmp_path / "a.csv")), tmp_path / "copy"
        for data, expected in (
            (THAI.encode(), (table.file, "UTF-8")),
            (THAI.replace("\n", "\r\n").encode(), (table.file, "UTF-8")),
            (THAI.replace("\n", "\r").encode(), (copy, "UTF-8")),
            (THAI.encode("cp874"), (copy, "Windows-874")),
        ):
            table.file.write_bytes(data)
            assert encoding.as_utf8(table, copy) == expected
            assert expected[0].read_text("utf-8") == THAI

    @pytest.mark.parametrize("suffix", ["csv", "tsv", "txt", "CSV"])
    def test_the_separator_is_that_of_the_header(self, suffix: str, tmp_path: Path) -> None:
        """Whatever the name of the file says; what stands in quotes does not count."""
        data = b'"a;x;y;z",b\n1,2\n'
        assert read(tmp_path, data, f"a.{suffix}") == (["a;x;y;z", "b"], [("1", "2")])

    def test_a_cell_may_hold_anything_in_quotes(self, tmp_path: Path) -> None:
        """Separators, line breaks and quotes, in the header too."""
        data = b'"a\nb","say ""x"", y"\n"1\r\n2","3,""4"""\n"""","\x0b"\n'
        names, cells = read(tmp_path, data)
        assert names == ["a\nb", 'say "x", y']
        assert cells == [("1\r\n2", '3,"4"'), ('"', "\x0b")]

    @pytest.mark.parametrize("quote", [b"", b'"'])
    def test_a_cell_may_be_long(self, quote: bytes, tmp_path: Path) -> None:
        """A million characters, and the rows around it are as they were."""
        data = b"a,b\n1,2\n" + quote + b"x" * 1_000_000 + quote + b",2\n3,4\n"
        assert read(tmp_path, data)[1] == [("1", "2"), ("x" * 1_000_000, "2"), ("3", "4")]

    def test_text_is_kept_as_it_stands(self, tmp_path: Path) -> None:
        """No comments, no numbers, no names for nothing, no spaces taken off."""
        data = b"a,b\n#1, 2 \n007,NA\nnull,1e5\n"
        assert read(tmp_path, data)[1] == [("#1", " 2 "), ("007", "NA"), ("null", "1e5")]

    def test_one_column_needs_no_separator(self, tmp_path: Path) -> None:
        """An empty line is a blank row there too."""
        assert read(tmp_path, b'a\n1\n\n2\n""\n3') == (["a"], [("1",), ("2",), ("3",)])


class TestLines:
    """ "With every damage told at its place." """

    @pytest.mark.parametrize(
        ("data", "expected", "blank"),
        [
            (b"a,b\n1,2\n3,4\n", [2, 3], 0),
            (b"\nsep=,\na,b\n1,2\n3,4", [4, 5], 0),
            (b'a,b\n"1\n\n2",3\n4,"5\n6"\n7,8\n', [2, 5, 7], 0),
            (b"a,b\n\n1,2\n,\n3,4\n,\n,", [3, 5], 4),
            (b'a,b\n"\n,\n",2\n,\n3,4\n', [2, 6], 1),
            (b"a,b\r1,2\r\r3,4\r", [2, 4], 1),
            (b'a,b\n"",""\n1,2\n', [3], 1),
            (b"a,b\n1,2\n,", [2], 1),
        ],
    )
    def test_a_row_has_the_line_where_it_begins(
        self, data: bytes, expected: list[int], blank: int, tmp_path: Path
    ) -> None:
        """Line breaks in cells and blank rows are counted; blank rows are no rows of the frame."""
        assert lines(tmp_path, data) == (expected, blank)

    @pytest.mark.parametrize("row", [-1, 2])
    def test_a_row_that_is_not_there_has_none(self, row: int, tmp_path: Path) -> None:
        """The header is no row."""
        (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n3,4\n")
        with (
            open_sources([tmp_path / "a.csv"]) as (source,),
            pytest.raises(IndexError, match=f"^{row}$"),
        ):
            source.line(row)


CELL = st.text(alphabet='x1ก,;"\n \t', max_size=4)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A table of texts; its columns have names."""
    width = draw(st.integers(2, 4))
    row = st.lists(CELL, min_size=width, max_size=width)
    return [[f"c{i}" for i in range(width)], *draw(st.lists(row, min_size=1, max_size=6))]


def written(rows: Iterable[Sequence[str]], separator: str, end: str, quoting: int) -> bytes:
    """A table as Python's own writer has it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


def by_python(data: bytes, separator: str) -> tuple[Cells, list[int]]:
    """What Python's own reader says: rows that are not blank, and the lines where they begin."""
    rows, begun, before = [], [], 0
    reader = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=separator)
    for row in reader:
        if any(row):
            rows.append(tuple(cell or None for cell in row))
            begun.append(before + 1)
        before = reader.line_num
    return rows[1:], begun[1:]


class TestEveryTable:
    """The oracle is Python's reader, with which this one shares no code."""

    @given(
        rows=tables(),
        separator=st.sampled_from(",;\t"),
        end=st.sampled_from(["\n", "\r\n"]),
        quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        chunk=st.integers(1, 40),
    )
    def test_what_is_written_is_read(
        self,
        rows: list[list[str]],
        separator: str,
        end: str,
        quoting: int,
        chunk: int,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> None:
        """Cell by cell and line by line, wherever the file is cut into parts."""
        folder = tmp_path_factory.mktemp("t")
        data = written(rows, separator, end, quoting)
        expected = by_python(data, separator)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(skeleton, "CHUNK", chunk)
            if not expected[0]:
                with pytest.raises(EvidenceError, match="there are no rows below the header"):
                    read(folder, data)
            else:
                assert read(folder, data)[1] == expected[0]
                assert lines(folder, data)[0] == expected[1]

    @given(data=st.text(alphabet='a1,"\n\r', max_size=30), chunk=st.integers(1, 10))
    def test_any_text_is_read_as_python_reads_it_or_refused(
        self, data: str, chunk: int, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """And what is refused is told as an `EvidenceError`."""
        folder = tmp_path_factory.mktemp("t")
        whole = b"x,y\n" + data.encode()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(skeleton, "CHUNK", chunk)
            try:
                found = read(folder, whole)[1]
            except EvidenceError:
                return
        plain = whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        found = [tuple(c and c.replace("\r\n", "\n") for c in row) for row in found]
        assert found == by_python(plain, ",")[0]


class TestReading:
    """ "No other exception reaches a caller because of bad input." (design.md, section 5)"""

    def test_a_file_that_changes_is_told(self, tmp_path: Path) -> None:
        """It was whole when it was opened."""
        path = tmp_path / "a.csv"
        path.write_bytes(b"a,b\n1,2\n")
        with open_sources([path]) as sources:
            path.unlink()
            with pytest.raises(EvidenceError, match="has changed since"), reading(sources):
                collected(sources[0])

    def test_a_byte_that_is_no_text_is_told_however_far_down_it_stands(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Once a file is known to be UTF-8, whoever reads its text finds what is not."""
        monkeypatch.setattr(encoding, "ENOUGH", 8)
        monkeypatch.setattr(encoding, "CHUNK", 8)
        path = tmp_path / "a.csv"
        path.write_bytes("ก,b\nข,2\nค,3\n".encode() + b"\xa1\xa2,4\n")
        with (
            open_sources([path]) as sources,
            pytest.raises(EvidenceError, match=r"a\.csv:4:1: the file is not UTF-8"),
            reading(sources),
        ):
            collected(sources[0])

    def test_a_file_that_is_another_by_now_is_told(self, tmp_path: Path) -> None:
        """It is text as before, and its rows are no rows of that header."""
        path = tmp_path / "a.csv"
        path.write_bytes(b"a,b\n1,2\n")
        with open_sources([path]) as sources:
            path.write_bytes(b"a,b\n1,2,3\n" * 9)
            with pytest.raises(EvidenceError, match="has changed since"), reading(sources):
                collected(sources[0])

    def test_a_parquet_file_with_a_broken_page_is_told(self, tmp_path: Path) -> None:
        """Its pages are read only when they are counted."""
        path = tmp_path / "a.parquet"
        polars.DataFrame({"a": [str(i) for i in range(5000)]}).write_parquet(path)
        data = bytearray(path.read_bytes())
        data[4:400] = b"\xff" * 396
        path.write_bytes(data)
        with (
            open_sources([path]) as sources,
            pytest.raises(EvidenceError, match="cannot be read to its end"),
            reading(sources),
        ):
            collected(sources[0])


class TestParquet:
    """ "Parquet: its own types." """

    def test_it_keeps_its_types_and_has_no_lines(self, tmp_path: Path) -> None:
        """Several groups of rows and dictionaries make no difference."""
        frame = polars.DataFrame({" a ": ["x", "y"] * 50, "b": range(100)})
        frame = frame.with_columns(polars.col("b"), c=polars.col(" a ").cast(polars.Categorical))
        frame.write_parquet(tmp_path / "a.pq", row_group_size=10)
        with open_sources([tmp_path / "a.pq"]) as (source,):
            assert source.frame.collect().rename({"a": " a "}).equals(frame)
            assert source.line(0) is None

    def test_two_columns_of_one_name_are_told(self, tmp_path: Path) -> None:
        """Other programs write such a file; most engines refuse it."""
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        table = pyarrow.table([[1], [2]], names=["a", "a"])
        parquet.write_table(table, tmp_path / "a.parquet")
        with pytest.raises(EvidenceError, match="two columns have one name"):
            read(tmp_path, (tmp_path / "a.parquet").read_bytes(), "a.parquet")
