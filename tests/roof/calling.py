"""Calling the command line, within this process and as a shell would."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from itakit.__main__ import main as program

SCHEME = """
format = 1
[scheme]
id = "small"
title = { th = "เล็ก", en = "Small" }
range = [0, 100]
[aggregation]
item = "mean"
total = "mean"
[[item]]
code = "a"
title = { th = "ข้อ ก", en = "Item a" }
[[item]]
code = "b"
title = { th = "ข้อ ข", en = "Item b" }
"""


class Done(NamedTuple):
    """What came of a call."""

    status: int
    out: str
    err: str


Call = Callable[..., Done]


def called(monkeypatch: pytest.MonkeyPatch, *words: str) -> Done:
    """What came of a call within this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", ["itakit", *words])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as caught:
            program()
    assert isinstance(caught.value.code, int)
    written = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        written.append(stream.buffer.getvalue().decode("utf-8", "replace"))
    return Done(caught.value.code, *written)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a shell would run it."""
    return subprocess.run(
        [sys.executable, "-m", "itakit", *words],
        capture_output=True,
        check=False,
        env=clean(environment),
    )


def clean(environment: dict[str, str]) -> dict[str, str]:
    kept = {key: os.environ[key] for key in os.environ if not key.startswith(("LC_", "LANG"))}
    return kept | environment
