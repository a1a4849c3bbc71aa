"""The command line in a folder of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.roof.calling import SCHEME, Call, called


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Calls the command line in a folder of its own, in English."""
    for name in ("LC_ALL", "LC_MESSAGES", "ITAKIT_TRACEBACK", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.toml").write_text(SCHEME, "utf-8")
    (tmp_path / "ab.json").write_text('{"a": 10, "b": "20.005"}', "utf-8")
    return partial(called, monkeypatch)
