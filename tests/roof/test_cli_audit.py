"""The command that audits a published table."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUMMARY = "examples/chiang_mai_2564/published.toml"


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, and what became of it."""
    return subprocess.run(
        [sys.executable, "-m", "itakit", "audit", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


class TestAudit:
    """ "itakit audit SCHEME PUBLISHED" """

    def test_the_status_is_0_unless_strict(self) -> None:
        """A contradiction is what was asked for, and no failure."""
        assert call("ita_2565", SUMMARY).returncode == 0
        assert call("ita_2565", SUMMARY, "--strict").returncode == 1

    @pytest.mark.parametrize("suffix", [".json", ".csv", ".md", ".txt"])
    def test_the_name_of_a_file_says_the_format(self, suffix: str, tmp_path: Path) -> None:
        """As with itakit score."""
        out = tmp_path / f"out{suffix}"
        assert call("ita_2565", SUMMARY, "-o", str(out), "--lang", "th").returncode == 0
        text = out.read_text("utf-8-sig")
        assert "39.57" in text
        if suffix == ".json":
            assert json.loads(text)["consistent"] is False

    def test_a_wrong_call(self) -> None:
        """Status 2 for the call, 1 for the input."""
        assert call("ita_2565", SUMMARY, "--values", "OIT").returncode == 2
        assert call("ita_2565", SUMMARY, "-o", "out.pdf").returncode == 2
        assert call("ita_2565", "missing.toml").returncode == 1
        assert call("ita_2565", SUMMARY, "--values", "OIT=any", "--places", "2").returncode == 0
