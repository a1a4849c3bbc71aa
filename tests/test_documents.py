"""Every console block of every document is run, and its output compared to the letter.

``UPDATE_DOCUMENTS=1 pytest tests/test_documents.py`` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for folder in (".", "docs", "examples", "benchmarks")
    for path in (ROOT / folder).glob("*.md" if folder == "." else "**/*.md")
    if "_build" not in path.parts and "$ itakit " in path.read_text("utf-8")
)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run(command: str, folder: Path) -> str:
    """What a command prints, to its output and its error output, and its status if not 0."""
    words = shlex.split(command)
    if words[0] == "itakit":
        words = [sys.executable, "-m", "itakit", *words[1:]]
    environment = os.environ | {"LANG": "C.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    return done.stdout.decode("utf-8")


def fresh(block: str, folder: Path) -> str:
    """A console block with the output that its commands have now."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{run(line[2:], folder).rstrip()}\n" for line in commands)


class TestEveryCommandInADocumentIsRunByATest:
    """'Every command in it is run by a test' (issue 2, items 9 and 12)."""

    @pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
    def test_a_console_block_shows_what_its_commands_print(self, path: Path) -> None:
        """The outputs in the documents are those of this version."""
        text = path.read_text("utf-8")
        blocks = [block for block in BLOCK.findall(text) if "$ itakit " in block]
        now = BLOCK.sub(
            lambda match: (
                f"```console\n{fresh(match[1], ROOT)}```" if "$ itakit " in match[1] else match[0]
            ),
            text,
        )
        assert "a fault in itakit" not in now
        if os.environ.get("UPDATE_DOCUMENTS"):
            path.write_text(now, "utf-8")
        assert blocks
        assert now == text

    def test_there_are_documents_to_run(self) -> None:
        """The check cannot pass by finding nothing."""
        names = {str(path.relative_to(ROOT)) for path in DOCUMENTS}
        assert {"README.md", "examples/chiang_mai_2564/README.md"} <= names
