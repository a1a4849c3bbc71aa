"""Damaged files of answers: each is told at its place, and none is read as if it were whole.

files/damage.txt has what is told of each, in English and in Thai.
``UPDATE_GOLDEN=1 pytest tests/floor_4/test_files_damage.py`` writes it anew; read it before you
commit it.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import polars
import pytest

from itakit import EvidenceError
from itakit.files import encoding, open_sources, skeleton
from tests.floor_4.files.workbooks import FORMULA, book, packed

GOLDEN = Path(__file__).parent / "files" / "damage.txt"


def parquet(frame: polars.DataFrame) -> bytes:
    """A frame as a Parquet file."""
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def zipped(**names: str) -> bytes:
    """A zip archive with files of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for i, name in enumerate(names.values()):
            opened.writestr(name, str(i))
    return out.getvalue()


TWO = b"agency,i1\nA,1\n"
WHOLE_PARQUET = parquet(polars.DataFrame({"a": ["1", "2"]}))
WHOLE_BOOK = book([["agency", "i1"], ["A", 1]])
THAI = "หน่วยงาน,ข้อ 1\nกทม,4\n"

DAMAGE: Mapping[str, Mapping[str, bytes]] = {
    # what is in a text file
    "empty file": {"a.csv": b""},
    "nothing but blanks": {"a.csv": b"\n,,,\n\r\n"},
    "byte order mark alone": {"a.csv": b"\xef\xbb\xbf"},
    "separator line alone": {"a.csv": b"sep=;\n"},
    "header only": {"a.csv": b"agency,i1\n"},
    "header only without line end": {"a.csv": b"agency,i1"},
    "header and blank rows": {"a.csv": b"agency,i1\n,\n,\n"},
    "short row": {"a.csv": b"agency,i1,i2\nA,1,2\nB,1\nC,1,2\n"},
    "long row": {"a.csv": b"agency,i1,i2\nA,1,2,3\nC,1,2\n"},
    "short row beside long row": {"a.csv": b"a,b,c\n1,2\n1,2,3,4\n"},
    "short row after quoted line breaks": {"a.csv": b'a,b\n"x\ny\nz",1\n2\n"p\nq"\n'},
    "row of separators that is too long": {"a.csv": b"a,b\n1,2\n,,,\n"},
    "many short rows": {"a.csv": b"a,b\n" + b"1\n" * 25},
    "last row cut off": {"a.csv": b"agency,i1,i2\nA,1,2\nB,1"},
    "last row cut off in quotes": {"a.csv": b'agency,i1,i2\nA,1,2\nB,"no'},
    "last row too long": {"a.csv": b"agency,i1\nA,1\nB,1,2"},
    "comma of decimals": {"a.csv": b"agency,i1\nA,1,5\n"},
    "quote never closed": {"a.csv": b'a,b\n1,2\n3,"4\n5,6\n7,8\n'},
    "quote never closed after line breaks": {"a.csv": b'a,b\n"1\n2",3\n"4\n5",6\n"7,8\n'},
    "quote in the middle of a cell": {"a.csv": 'a,b\n1,2\nสูง 5",2\n3,4\n'.encode()},
    "text after a closing quote": {"a.csv": b'a,b\n"1"x,2\n'},
    "space before a quote": {"a.csv": b'a,b\n1, "2"\n'},
    "two quotes in the middle": {"a.csv": b'a,b\n1,x""y\n'},
    "quote that ends a file": {"a.csv": b'a,b\n1,2"'},
    "quote in the middle of the header": {"a.csv": b'a,b"c\n1,2\n'},
    "quotes astray in the header": {"a.csv": b'a,b"c\nx"\n1,2\n'},
    "header without an end": {"a.csv": b'a,"b' + b"\nx" * 70_000},
    "NUL": {"a.csv": b"a,b\n1,2\n3,\0\n"},
    "UTF-16 without its mark": {"a.csv": "a,b\n1,2\n".encode("utf-16-le")},
    "UTF-16 cut off": {"a.csv": "a,b\n1,2\n".encode("utf-16")[:-1]},
    "UTF-16 with NUL": {"a.csv": "a,b\n1,\0\n".encode("utf-16")},
    "neither UTF-8 nor Windows-874": {"a.csv": b"a,b\n\xc1\xa1,2\n1,x\xfe\n"},
    "UTF-8 with one byte broken": {"a.csv": THAI.encode().replace("ท".encode(), b"\xe0\xb8")},
    "UTF-8 with a byte order mark and one byte broken": {
        "a.csv": b"\xef\xbb\xbf" + "ก,ข\nคน,1\nคน".encode() + b"\xa1,2\n"
    },
    "UTF-8 cut off in a character": {"a.csv": THAI.encode() + "ก".encode()[:2]},
    "two columns of one name": {"a.csv": b"agency,i1, i1 ,i2,i1\nA,1,2,3,4\n"},
    "column without a name": {"a.csv": b",agency,i1\n0,A,1\n1,B,2\n"},
    "columns without names": {"a.csv": b'a,,\n\n1,,\n"2\n3",,x\n4,y,\n'},
    "title above the header": {"a.csv": "ผลการสำรวจ,,\nagency,i1,i2\nA,1,2\n".encode()},
    "title of one cell above the header": {"a.csv": b"results\nagency,i1\nA,1\n"},
    "long names twice": {"a.csv": b"x" * 70 + b"," + b"x" * 70 + b"\n1,2\n"},
    # a file of another kind
    "workbook named csv": {"a.csv": WHOLE_BOOK},
    "Parquet named csv": {"a.csv": WHOLE_PARQUET},
    "web page named csv": {"a.csv": b"\xef\xbb\xbf\n<!DOCTYPE html><html>"},
    "text named xlsx": {"a.xlsx": TWO},
    "text named parquet": {"a.parquet": TWO},
    "Parquet named xlsx": {"a.xlsx": WHOLE_PARQUET},
    "web page named xls": {"a.xls": b"<table><tr><td>1"},
    "web page named xlsx": {"a.xlsx": b"<HTML><table>"},
    "XML named xlsx": {"a.xlsx": b'<?xml version="1.0"?><Workbook/>'},
    "old workbook": {"a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
    "workbook with a password": {"a.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
    "binary workbook": {"a.xlsb": zipped(a="xl/workbook.bin")},
    "OpenDocument": {"a.ods": zipped(a="mimetype")},
    "workbook named xls": {"a.xls": WHOLE_BOOK},
    "zip named csv": {"a.csv": zipped(a="b.csv")},
    "PDF named csv": {"a.csv": b"%PDF-1.7"},
    "gzip named csv": {"a.csv": b"\x1f\x8b\x08"},
    "database named csv": {"a.csv": b"SQLite format 3\0"},
    "no table by its name": {"a.docx": zipped(a="word/document.xml")},
    # Parquet
    "Parquet cut off": {"a.parquet": WHOLE_PARQUET[:-20]},
    "Parquet that is only its mark": {"a.parquet": b"PAR1"},
    "Parquet without rows": {"a.parquet": parquet(polars.DataFrame({"a": []}))},
    "Parquet of lists": {
        "a.pq": parquet(polars.DataFrame({"a": [[1]], "b": [{"c": 1}], "d": [b"x"], "e": [1]}))
    },
    "Parquet with names alike": {"a.parquet": parquet(polars.DataFrame({"a": [1], " a": [2]}))},
    "Parquet with no name": {"a.parquet": parquet(polars.DataFrame({"a": [1], " ": [2]}))},
    # workbooks
    "workbook cut off": {"a.xlsx": WHOLE_BOOK[:-100]},
    "workbook with a broken sheet": {"a.xlsx": packed(sheet=b"<worksheet><sheetData>")},
    "workbook with entities": {
        "a.xlsx": packed(sheet=b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>')
    },
    "workbook with a place that is none": {
        "a.xlsx": packed(cells='<row r="1"><c r="1A"><v>1</v></c></row>')
    },
    "workbook with a text that is none": {
        "a.xlsx": packed(cells='<row r="1"><c r="A1" t="s"><v>7</v></c></row>')
    },
    "workbook without anything": {"a.xlsx": book([])},
    "workbook with two full sheets": {"a.xlsx": book([["a"], [1]], [["b"], [2]])},
    "sheet that is not there": {"a.xlsx#ไม่มี": WHOLE_BOOK},
    "sheet without anything": {"a.xlsx#Sheet2": book([["a"], [1]], [])},
    "sheet with a header only": {"a.xlsx": book([["agency", "i1"]])},
    "formula that was never calculated": {
        "a.xlsx": book([["agency", "i1"], ["A", FORMULA], [FORMULA, 1]])
    },
    "many formulas": {"a.xlsx": book([["a", "b"], *[["A", FORMULA]] * 25])},
    "formula with a value that a program made up": {
        "a.xlsx": packed(
            cells='<row r="1"><c r="A1" t="str"><v>a</v></c></row>'
            '<row r="2"><c r="A2"><f>1+1</f><v>0</v></c></row>',
            calc='<calcPr fullCalcOnLoad="1"/>',
        )
    },
    "merged cells": {"a.xlsx": book([["a", "b"], ["A", 1], [None, 2]], merged=["A2:A3"])},
    "merged header": {"a.xlsx": book([["a", None], ["A", 1]], merged=["A1:B1"])},
    "many merged cells": {
        "a.xlsx": book(
            [["a", "b"], *[["A", 1]] * 44], merged=[f"B{2 * i}:B{2 * i + 1}" for i in range(1, 23)]
        )
    },
    "sheet with two columns of one name": {
        "a.xlsx": book([["a", None, 9.1, "9.1", "a"], ["A", None, 1, 2, 3]])
    },
    "sheet with a column without a name": {
        "a.xlsx": book([["a", None, "b"], ["A", None, 1], ["B", 7, 1]])
    },
    "title above the header of a sheet": {"a.xlsx": book([["title"], ["a", "b"], ["A", 1]])},
    # several files
    "all files at once": {"a.csv": b"a,b\n1\n", "b.csv": b"", "c.parquet": b"PAR1"},
}


def told(folder: Path, files: Mapping[str, bytes], lang: str) -> str:
    """What is told of files, without their folder."""
    for name, data in files.items():
        (folder / name.partition("#")[0]).write_bytes(data)
    with pytest.raises(EvidenceError) as caught, open_sources(folder / name for name in files):
        pass
    return caught.value.text(lang).replace(f"{folder}{os.sep}", "")


def expected() -> Mapping[str, str]:
    """What files/damage.txt has, by the name of the damage."""
    parts = GOLDEN.read_text("utf-8").split("### ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in parts}


class TestDamage:
    """ "Never silently wrong." (design.md, section 1)"""

    @pytest.mark.parametrize("name", DAMAGE)
    @pytest.mark.parametrize("chunk", [1 << 18, 1])
    def test_it_is_told_in_both_languages(
        self, name: str, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With its place, and with what to do about it, wherever a file is cut to be read."""
        monkeypatch.setattr(encoding, "CHUNK", chunk)
        monkeypatch.setattr(skeleton, "CHUNK", chunk)
        now = "\n\n".join(told(tmp_path, DAMAGE[name], lang) for lang in ("en", "th"))
        assert now == expected()[name]

    def test_every_damage_is_expected(self, tmp_path: Path) -> None:
        """The file has what is told of each, and of no other."""
        if os.environ.get("UPDATE_GOLDEN"):
            text = ""
            for name, files in DAMAGE.items():
                text += f"### {name}\n"
                text += "\n\n".join(told(tmp_path, files, lang) for lang in ("en", "th")) + "\n\n"
            GOLDEN.write_text(text, "utf-8")
        assert list(expected()) == list(DAMAGE)
