"""Large schemes: "10,000 items and depth 50 load, check and evaluate without trouble"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import itakit
from benchmarks.scale import deep, wide


class TestScale:
    """Nothing is limited by the depth of Python's stack or by a bound meant for hostile files."""

    @pytest.mark.parametrize(
        ("text", "items", "depth"),
        [(wide(10_000), 10_000, 2), (deep(50, 10_000), 10_000, 50)],
        ids=["wide", "deep"],
    )
    def test_everything_that_a_scheme_can_do_it_can_do_when_it_is_large(
        self, text: str, items: int, depth: int, tmp_path: Path
    ) -> None:
        file = tmp_path / "large.toml"
        file.write_text(text, "utf-8")
        errors = [p for p in itakit.check(file).problems if p.severity == "error"]
        assert errors == []
        scheme = itakit.load(file)
        leaves = list(scheme.leaves())
        assert len(leaves) == items
        node, found = scheme.root, 0
        while node.children:
            node, found = node.children[0], found + 1
        assert found == depth
        result = itakit.evaluate(scheme, {leaf.code: itakit.Answer("2") for leaf in leaves})
        assert result.score == 100
        assert sum(node.contribution or 0 for node in result.root.children) == 100
        assert len(list(result.rows())) == len(list(scheme.nodes()))
        record: dict[str, Any] = result.to_dict()
        assert len(record["nodes"]) == len(list(scheme.nodes()))
        assert leaves[-1].code in result.explain()
        assert itakit.loads(itakit.dumps(scheme)).hash == scheme.hash
