"""A workbook computed anew by LibreOffice, which does not see what itakit says formulas come to."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

SOFFICE = shutil.which("soffice")
FILES = 50
"""The most workbooks that are handed over at once: LibreOffice leaves some of very many undone."""
_FORMULA = re.compile(rb'(<c [^>]*?)( t="str")?>(<f>.*?</f>)<v>.*?</v></c>')


def without_values(book: bytes) -> bytes:
    """A workbook in which no formula has a value: whoever shows one must compute it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = _FORMULA.sub(rb"\1>\3</c>", data)
            new.writestr(name, data)
    return out.getvalue()


def batched(paths: Sequence[Path], size: int) -> Iterator[Sequence[Path]]:
    """The paths, so many at a time."""
    return (paths[k : k + size] for k in range(0, len(paths), size))


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """The workbooks by name as LibreOffice computes them, with values in place of formulas."""
    import openpyxl

    before, after = folder / "before", folder / "after"
    before.mkdir()
    for name, book in books.items():
        (before / f"{name}.xlsx").write_bytes(without_values(book))
    profile = (folder / "profile").as_uri()
    for files in batched(sorted(before.iterdir()), FILES):
        subprocess.run(
            [
                str(SOFFICE),
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                "xlsx",
                "--outdir",
                str(after),
                *map(str, files),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return {name: openpyxl.load_workbook(after / f"{name}.xlsx", data_only=True) for name in books}
