"""A file costs little, whatever is in it. `hostile` has the files."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import itakit
from itakit.notation import Sources, check, parse
from itakit.notation.flaws import MOST
from tests.notation import hostile

LEGAL = {"a title of everything", "a list of scales", "languages", "answers"}


@cache
def reports() -> tuple[tuple[str, float, str, int], ...]:
    """What became of each file: its name, seconds, how it ended, memory in MiB."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, str(Path(hostile.__file__)), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return tuple(json.loads(line) for line in done.stdout.splitlines())


class TestHostileFile:
    """Loading stops at a sane depth and size. No other exception reaches a caller because of bad
    input."""

    def test_each_ends_in_a_scheme_error_or_is_legal(self) -> None:
        assert len(reports()) > 70
        for name, _, ended, _ in reports():
            legal = name in LEGAL or "0,000 nodes" in name
            assert ended.startswith("SchemeError") or legal, (name, ended)

    def test_each_is_judged_within_seconds(self) -> None:
        """Two on an idle machine; the limit leaves room for a busy one."""
        assert {name: seconds for name, seconds, _, _ in reports() if seconds > 15} == {}

    def test_all_of_them_need_little_memory(self) -> None:
        assert max(most for *_, most in reports()) < 700

    def test_no_file_is_told_more_problems_than_anyone_reads(self) -> None:
        told = {name: ended.split()[1] for name, _, ended, _ in reports() if " " in ended}
        assert {name: n for name, n in told.items() if int(n) > MOST} == {}

    def test_errors_are_told_before_warnings(self) -> None:
        """However many warnings there are, an error among them is found."""
        scales = "".join(f"[scale.s{n}]\ngoalposts = [0, 1]\n" for n in range(2 * MOST))
        text = hostile.HEAD + hostile.LEVELS + '[[q]]\ncode = "q"\nweight = -1\n' + scales
        with pytest.raises(itakit.SchemeError, match="found the weight -1"):
            itakit.loads(text)

    def test_few_grades_are_compared_with_each_other(self) -> None:
        """The first twenty that start at one score: a scheme has two or three."""

        def grades(*asked: int) -> str:
            text = "".join(
                f'[[grade]]\nname = "{i}"\nfrom = 0\nrequires = {{ q{n} = 1 }}\n'
                for i, n in enumerate(asked)
            )
            return text + '[[grade]]\nname = "last"\nfrom = 0\n'

        items = "".join(f'[[q]]\ncode = "q{n}"\n' for n in range(40))
        scheme = hostile.HEAD + hostile.LEVELS + items
        with pytest.raises(itakit.SchemeError, match='the grade "19" in line'):
            itakit.loads(scheme + grades(*range(20), 19))
        assert itakit.loads(scheme + grades(*range(40), 39)).grades

    def test_few_methods_are_looked_up(self) -> None:
        """What is installed is searched for every new name."""
        asked: list[str] = []
        levels = "".join(f'l{n} = "method{n}"\n' for n in range(1000))
        text = hostile.HEAD + hostile.LEVELS + levels + '[[q]]\ncode = "q"\n'
        sources = Sources(asked.append, lambda id, document: document)
        assert check(parse(text, "x.toml"), sources).scheme is None
        assert len(asked) <= 200
