"""Arguments: what the words of a command stand for, which may be files, patterns or folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from glob import has_magic
from os.path import exists, isdir, isfile  # which say no of a name that no file can have
from pathlib import Path
from typing import Any, Final

from itakit.asking import extras
from itakit.idiom import CSV, JSON, TOML
from itakit.sheet import is_sheet

_TABLES: Final = (CSV, ".tsv", ".txt", ".parquet", ".pq", ".xlsx", ".xlsm")
KNOWN: Final = (TOML, JSON, *_TABLES)
"""What the names of files of evidence and of responses end in."""


def holds_one_unit(path: str, reading: Mapping[str, Any]) -> bool:
    """Whether a file holds one unit's evidence, and not responses."""
    suffix = Path(path).suffix.lower()
    if suffix in (TOML, JSON):
        return True
    if suffix != CSV or reading["item"] is not None or reading["answer"] is not None:
        return False
    if isfile(path):  # noqa: PTH113
        return is_sheet(path)
    return not has_magic(path) and not isdir(path)  # noqa: PTH112


def names_a_file(argument: str) -> bool:
    """Whether an argument is the name of a file, a pattern or a folder, and not a code."""
    suffix = Path(argument.partition("#")[0]).suffix.lower()
    return suffix in KNOWN or any(c in argument for c in "*?/\\") or exists(argument)  # noqa: PTH110


def inputs_of(files: Iterable[str], lang: str) -> list[str]:
    """The files that names, folders and patterns stand for."""
    named = list(files)
    if not any(has_magic(name) or isdir(name) or "#" in name for name in named):  # noqa: PTH112
        return named  # and polars, which makes a reader deaf to Ctrl-C, is not imported
    with extras(lang):
        from itakit.files import expand
    return [str(found.file) for found in expand(named)[0]]
