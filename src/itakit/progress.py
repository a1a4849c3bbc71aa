"""Progress: what a long piece of work is at, on a terminal, and nothing in a pipe."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from contextlib import suppress
from types import TracebackType

from attrs import define, field

from itakit.text import width
from itakit.wording import Message

_EVERY = 0.2
_QUIET = 0.5
"""Work that is done within so many seconds says nothing."""


@define
class Progress:
    """A line on the terminal that says what is being done, and for how long."""

    lang: str
    _said: Message | None = None
    _shown: int = 0
    """The columns of the terminal that the line takes."""
    _since: float = field(factory=time.monotonic)
    _done: threading.Event = field(factory=threading.Event)
    _thread: threading.Thread | None = None

    def __call__(self, says: Message) -> None:
        """Say what is being done from now on."""
        self._said = says

    def __enter__(self) -> Progress:
        if sys.stderr is not None and sys.stderr.isatty():
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()
            if self._shown:
                self._write("")

    def _run(self) -> None:
        pause = _QUIET
        while not self._done.wait(pause):
            pause = _EVERY
            if self._said is not None:
                seconds = int(time.monotonic() - self._since)
                self._write(f"{self._said.text(self.lang)} ({seconds} s)")

    def _write(self, line: str) -> None:
        """Put a line in the place of the one before. A line that is broken could not be undone."""
        room = shutil.get_terminal_size().columns - 1
        while width(line) > room:
            line = line[:-1]
        blank = " " * (self._shown - width(line))
        self._shown = width(line)
        with suppress(OSError):  # the terminal went away; the work goes on
            sys.stderr.write(f"\r{line}{blank}" if line else f"\r{blank}\r")
            sys.stderr.flush()
