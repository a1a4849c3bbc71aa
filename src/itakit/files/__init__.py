"""Files: tables of answers as frames of text, with every damage told at its place.

Data flows one way: what a user names (`paths`) -> what a file is (`kinds`) -> its rows (text:
`encoding`, `skeleton`, `delimited`; Excel: `workbook`, `worksheet`, `spreadsheet`; `parquet`) ->
its columns (`header`) -> a `Source`. Nothing here knows a scheme, and no file is held in memory.
"""

from __future__ import annotations

from itakit.files.opening import open_sources
from itakit.files.paths import expand, is_table, stands_for
from itakit.files.source import Source, reading

__all__ = ["open_sources", "is_table", "expand", "stands_for", "Source", "reading"]
