"""Progress: on a terminal, and nothing in a pipe."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
import unicodedata
from contextlib import suppress

import pytest

from itakit import progress
from itakit.progress import Progress
from itakit.wording import say


class Terminal(io.StringIO):
    """A stream that says it is a terminal, and knows when something was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.written.set()


def opened(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal for errors, with no patience."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_QUIET", 0)
    monkeypatch.setattr(progress, "_EVERY", 0.001)
    return terminal


def shown(text: str) -> str:
    """The line that a terminal shows of a text: what was written last, over what was before."""
    line: list[str] = []
    # A vowel or a tone mark above or below takes no room.
    wide = "".join(c for c in text if unicodedata.category(c) != "Mn")
    for part in wide.split("\r"):
        line[: len(part)] = part
    return "".join(line).rstrip()


class TestProgress:
    """ "Long work shows progress on a terminal, nothing in a pipe." (design.md, section 6)"""

    def test_a_terminal_shows_what_is_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In the language, with how long it takes; and when it is over, nothing is left."""
        terminal = opened(monkeypatch)
        with Progress("th") as tell:
            tell(say("evaluating", n=3))
            assert terminal.written.wait(5)
            assert shown(terminal.getvalue()).startswith("กำลงคำนวณ 3 หนวยงาน (0 s)")
            terminal.written.clear()
            tell(say("opening"))
            while "กำลังเปิดไฟล์" not in terminal.getvalue():
                time.sleep(0.001)
        assert shown(terminal.getvalue()) == ""

    def test_nothing_is_left_when_work_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The error stands on a line of its own."""
        terminal = opened(monkeypatch)
        with suppress(ZeroDivisionError), Progress("en") as tell:
            tell(say("opening"))
            assert terminal.written.wait(5)
            raise ZeroDivisionError
        assert shown(terminal.getvalue()) == ""

    def test_a_line_is_never_broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A broken one could not be undone."""
        terminal = opened(monkeypatch)
        monkeypatch.setenv("COLUMNS", "20")
        with Progress("en") as tell:
            tell(say("counting", name="x" * 50, number=1, of=2))
            assert terminal.written.wait(5)
        assert max(map(len, terminal.getvalue().split("\r"))) == 19

    def test_quick_work_says_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor does work that has nothing to say yet."""
        terminal = opened(monkeypatch)
        with Progress("en"):
            time.sleep(0.01)
        monkeypatch.setattr(progress, "_QUIET", 60)
        with Progress("en") as tell:
            tell(say("opening"))
        assert terminal.getvalue() == ""

    def test_a_terminal_that_goes_away_stops_no_work(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The scores are still written."""
        terminal = opened(monkeypatch)
        tried = threading.Event()

        def gone(_: str) -> int:
            tried.set()
            raise OSError

        monkeypatch.setattr(terminal, "write", gone)
        with Progress("en") as tell:
            tell(say("opening"))
            assert tried.wait(5)

    def test_a_pipe_gets_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor does a program that has no error output."""
        terminal = opened(monkeypatch)
        monkeypatch.setattr(terminal, "isatty", lambda: False)
        with Progress("en") as tell:
            tell(say("opening"))
            time.sleep(0.01)
        assert terminal.getvalue() == ""
        monkeypatch.setattr(sys, "stderr", None)
        with Progress("en") as tell:
            tell(say("opening"))

    def test_a_real_terminal_is_cleared(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A pseudo-terminal, byte by byte."""
        ours, theirs = os.openpty()
        monkeypatch.setattr(progress, "_QUIET", 0)
        with os.fdopen(theirs, "w", encoding="utf-8") as stderr:
            monkeypatch.setattr(sys, "stderr", stderr)
            with Progress("en") as tell:
                tell(say("opening"))
                first = os.read(ours, 100)
            last = os.read(ours, 100)
        os.close(ours)
        assert first == b"\ropening the files (0 s)"
        assert last == b"\r" + b" " * len("opening the files (0 s)") + b"\r"
