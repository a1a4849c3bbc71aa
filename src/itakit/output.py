"""Output: text that goes to a terminal or a pipe, or into files whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

from itakit.errors import ItakitError, Problem
from itakit.system import reason
from itakit.wording import say

HUNG_UP = 141
"""The exit status when whoever was reading went away, as a shell tells it of any program."""


def open_streams() -> None:
    """Make the standard streams take Thai, whatever the locale.

    A pipe is UTF-8, unless PYTHONIOENCODING says otherwise. A terminal keeps its own encoding;
    what that cannot show becomes a question mark.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace", newline="")


def put(text: str | bytes) -> None:
    """Write a text, or what is none, to the standard output, at once."""
    if sys.stdout is None:  # a program may be started without one
        return
    try:
        if isinstance(text, str):
            sys.stdout.write(text)
        else:
            rest = memoryview(text)
            while rest:  # where PYTHONUNBUFFERED is set, a write may end before its text does
                rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.flush()
    except BrokenPipeError:
        raise SystemExit(HUNG_UP) from None
    except OSError as error:
        refuse("<stdout>", error)


def spare(output: str, inputs: Iterable[str]) -> None:
    """Refuse to write over an input, by whatever name. Raises `ItakitError`."""
    try:
        target = Path(output).resolve()
        for path in inputs:
            if target.exists() and Path(path).exists() and target.samefile(path):
                raise ItakitError([Problem(say("would-overwrite"), path=output)])
    except (OSError, ValueError) as error:
        refuse(output, error)


def write_whole(output: str, text: str | bytes, inputs: Iterable[str]) -> None:
    """Write a file whole or not at all, and never over an input.

    Raises `ItakitError`. A link is followed; what is no file, such as a device, is written to.
    """
    spare(output, inputs)
    try:
        target = Path(output).resolve()
        data = text.encode() if isinstance(text, str) else text
        if Path(output).exists() and not Path(output).is_file():
            Path(output).write_bytes(data)
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        refuse(output, error)


def deliver(output: str | None, data: str | bytes, inputs: Iterable[str]) -> None:
    """Write to a file, or to the standard output where there is none."""
    if output is None:
        put(data)
    else:
        write_whole(output, data, inputs)


def _replace(target: Path, data: bytes) -> None:
    """Put a new file in the place of another, which stands until the new one is complete."""
    new = target.with_name(f".itakit-{secrets.token_hex(8)}")
    try:
        with new.open("xb") as file:
            file.write(data)
        if target.exists():
            new.chmod(target.stat().st_mode & 0o777)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write a folder of files whole or not at all; only an empty one may be there before.

    Raises `ItakitError`.
    """
    try:
        if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
            says = say("folder-there")
            raise ItakitError([Problem(says, say("another-folder"), path=str(folder))])
        new = folder.with_name(f".itakit-{secrets.token_hex(8)}")
        new.mkdir()
        try:
            for path, text in texts.items():
                file = new / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8", newline="\n")
            if folder.is_dir():
                folder.rmdir()  # as Windows renames to no name that is taken
            new.rename(folder)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    except (OSError, ValueError) as error:
        refuse(str(folder), error)


def refuse(path: str, error: OSError | ValueError) -> NoReturn:
    """Tell why something could not be written."""
    raise ItakitError([Problem(say("cannot-write", reason=reason(error)), path=path)]) from None
