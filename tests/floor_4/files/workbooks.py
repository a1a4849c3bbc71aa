"""Workbooks for tests: as a library writes them, and cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

import openpyxl

FORMULA = "=1+1"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def book(
    *sheets: Sequence[Sequence[object]], merged: Iterable[str] = (), hidden: Iterable[int] = ()
) -> bytes:
    """A workbook with these rows on its sheets, by openpyxl."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for i, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"Sheet{i}")
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if i in hidden else "visible"
    for area in merged:
        made.worksheets[0].merge_cells(area)
    made.calculation.fullCalcOnLoad = False
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(
    *,
    cells: str = "",
    sheet: bytes = b"",
    calc: str = "",
    texts: str = "",
    styles: str = "",
    properties: str = "",
    after: str = "",
    office: str = _OFFICE,
) -> bytes:
    """A workbook of one sheet, as its XML is given."""
    kinds = {"worksheet": "sheet", "sharedStrings": "texts", "styles": "styles"}
    links = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for kind, name in kinds.items()
    )
    places = {"sheet.main": "book", "sharedStrings": "texts"}
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for kind, name in places.items()
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">{overrides}</Types>',
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="/xl/book.xml"/></Relationships>'
        ),
        "xl/_rels/book.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
        "xl/book.xml": (
            f'<x:workbook xmlns:x="{_MAIN}" xmlns:r="{office}">{properties}<x:sheets>'
            f'<x:sheet name="One" sheetId="1" r:id="sheet"/></x:sheets>{calc}</x:workbook>'
        ),
        "xl/texts.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        "xl/sheet.xml": sheet
        or f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData>{after}</worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name, part in parts.items():
            opened.writestr(name, part)
    return out.getvalue()
