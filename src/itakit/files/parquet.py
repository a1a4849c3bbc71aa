"""Parquet: a table that has types, as a frame."""

from __future__ import annotations

import polars

from itakit.errors import EvidenceError, Problem
from itakit.files.header import clean, duplicates, shown
from itakit.files.paths import TableFile
from itakit.files.source import Source
from itakit.wording import say


def open_parquet(table: TableFile) -> Source:
    """A Parquet file as a source. Raises `EvidenceError` with everything that is wrong with it."""
    frame = polars.scan_parquet(table.file, glob=False)
    try:
        schema = frame.collect_schema()
        rows = frame.select(polars.len()).collect(engine="streaming").item()
    except polars.exceptions.DuplicateError:
        raise EvidenceError([table.problem(say("parquet-columns-twice"))]) from None
    except (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError):
        raise EvidenceError([table.problem(say("not-parquet"), say("fetch-again"))]) from None
    names = [clean(name) for name in schema]
    problems: list[Problem] = list(duplicates(table, names, None, lambda i: str(i + 1)))
    for i, (name, dtype) in enumerate(zip(names, schema.values(), strict=True)):
        if not name:
            problems.append(table.problem(say("parquet-unnamed"), key=str(i + 1)))
        if dtype.is_nested() or dtype in (polars.Binary, polars.Object):
            says = say("column-nested", kind=say("nested" if dtype.is_nested() else "bytes"))
            problems.append(table.problem(says, say("one-value"), key=shown(name)))
    if not problems and not rows:
        problems.append(table.problem(say("no-rows")))
    if problems:
        raise EvidenceError(problems)
    renamed = {old: new for old, new in zip(schema, names, strict=True) if old != new}
    return Source(table.shown, frame.rename(renamed))
