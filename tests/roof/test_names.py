"""The table of contents: what `import itakit` offers, and what it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import itakit


class TestNames:
    """ "`__init__` is a table of contents." (house style, Modules)"""

    def test_the_lazy_table_is_what_a_type_checker_sees(self) -> None:
        """Name by name, module by module."""
        tree = ast.parse(Path(itakit.__file__).read_text("utf-8"))
        (guarded,) = [node for node in tree.body if isinstance(node, ast.If)]
        seen: dict[str, tuple[str, ...]] = {}
        for node in guarded.body:
            assert isinstance(node, ast.ImportFrom)
            assert node.module
            (alias,) = node.names
            assert alias.asname == alias.name  # else a type checker takes it for private
            home = node.module.removeprefix("itakit.")
            seen[home] = (*seen.get(home, ()), alias.name)
        assert seen == itakit._HOMES

    @pytest.mark.parametrize("name", itakit.__all__)
    def test_every_name_is_there(self, name: str) -> None:
        """And found again the second time."""
        assert getattr(itakit, name) is getattr(itakit, name)
        assert name in dir(itakit)

    def test_everything_can_be_imported_at_once(self) -> None:
        """`from itakit import *` brings the names of the table and no others."""
        program = (
            "before = set(dir()); from itakit import *; import itakit; "
            "assert set(dir()) - before - {'before', 'itakit'} == set(itakit.__all__)"
        )
        subprocess.run([sys.executable, "-c", program], check=True)

    def test_the_testing_kit_is_a_name_too(self) -> None:
        """`itakit.testing` needs no import of its own, and is imported only when it is named."""
        program = (
            "import sys, itakit; assert 'itakit.testing' not in sys.modules; "
            "assert itakit.testing.check_laws"
        )
        subprocess.run([sys.executable, "-c", program], check=True)

    def test_another_name_is_an_attribute_error(self) -> None:
        """As of any module."""
        with pytest.raises(AttributeError, match="module 'itakit' has no attribute 'nothing'"):
            itakit.nothing  # noqa: B018

    @pytest.mark.parametrize(
        ("library", "told"),
        [
            ("narwhals", 'tally needs the extra frames: pip install "itakit[frames]"'),
            ("polars", 'tally needs the extra frames: pip install "itakit[frames]"'),
            ("attrs", "ModuleNotFoundError: there is no attrs"),
        ],
    )
    def test_a_name_that_needs_an_extra_says_which(self, library: str, told: str) -> None:
        """Any other import that fails says so itself."""
        program = f"""
import sys

class Absent:
    def find_spec(self, name, *_):
        if name == {library!r}:
            raise ModuleNotFoundError(f"there is no {{name}}", name=name)

sys.meta_path.insert(0, Absent())
import itakit
itakit.tally
"""
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
        assert told in run.stderr
