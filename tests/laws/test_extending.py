"""Laws of schemes that extend another, on trees drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.methods import BUILT_IN
from itakit.notation import Document, Sources, check, parse
from itakit.notation.addresses import Addresses
from itakit.notation.extending import Merged, extend
from itakit.testing import ANYTHING, documents

Table: TypeAlias = dict[str, Any]
LEVELS: Final = ("outer", "inner")
POOL: Final = [f"n{i}" for i in range(12)]


@st.composite
def trees(draw: st.DrawFn) -> tuple[Table, dict[str, Table]]:
    """The nodes below a root, by level, and the same nodes by code."""
    codes = draw(st.lists(st.sampled_from(POOL), unique=True, min_size=1))
    root: Table = {}
    nodes: dict[str, Table] = {}
    for code in codes:
        above = [root, *nodes.values()][draw(st.integers(0, len(nodes)))]
        nodes[code] = {"code": code}
        above.setdefault(draw(st.sampled_from(LEVELS)), []).append(nodes[code])
    return root, nodes


@st.composite
def years(draw: st.DrawFn) -> tuple[Table, Table, Table]:
    """A tree, another one, and the first one's changes that lead to it.

    Every node of the second has a node of the first that it was, or is a new one.
    """
    old, old_nodes = draw(trees())
    new, nodes = draw(trees())
    for code, node in old_nodes.items():
        node["title"] = f"{code} of old"
    past = draw(st.permutations([*old_nodes, *(None for _ in nodes)]))[: len(nodes)]
    if draw(st.booleans()):  # most nodes keep their codes from year to year
        past = [code if code in old_nodes else None for code in nodes]
    was = {
        # A code that none has taken on, and that is there again, is of the same node.
        code: code if origin is None and code in old_nodes and code not in past else origin
        for code, origin in zip(nodes, past, strict=True)
    }
    changes = told(new, was)
    changes["retired"] = [code for code in old_nodes if code not in was.values()]
    return old, titled(new, was), changes


def told(table: Mapping[str, Any], was: Mapping[str, str | None]) -> Table:
    """The changes that lead to a table, each in its place."""
    changes: Table = {}
    if "code" in table:
        changes["code"] = table["code"]
        if was[table["code"]] not in (None, table["code"]):
            changes["was"] = was[table["code"]]
    for level in LEVELS:
        siblings: Sequence[Table] = table.get(level, ())
        for i, child in enumerate(siblings):
            change = told(child, was)
            if i + 1 < len(siblings):
                change["before"] = siblings[i + 1]["code"]
            changes.setdefault(level, []).append(change)
    return changes


def titled(table: Mapping[str, Any], was: Mapping[str, str | None]) -> Table:
    """A tree whose nodes have the titles of those they were."""
    made = {key: table[key] for key in ("code",) if key in table}
    if was.get(made.get("code", "")) is not None:
        made["title"] = f"{was[made['code']]} of old"
    for level in LEVELS:
        if level in table:
            made[level] = [titled(child, was) for child in table[level]]
    return made


def laid(base: Mapping[str, Any], changes: Mapping[str, Any], head: Table) -> Merged:
    levels = dict.fromkeys((*LEVELS, "total"), "mean")
    old = {"scheme": {"id": "old"}, "aggregation": levels, **base}
    new = {"scheme": {"id": "new", "extends": "old", **head}, "aggregation": levels, **changes}
    documents = {"old": Document("old", "", old), "new": Document("new", "", new)}
    merged, problems = extend(documents["new"], lambda id, _: documents[id], Addresses())
    assert problems == []
    return merged


class TestNextYear:
    """Next year's rules are this year's plus what changed: an item added, renamed, retired, moved,
    by code."""

    @given(years())
    def test_any_tree_can_become_any_other(self, drawn: tuple[Table, Table, Table]) -> None:
        """Whatever was renumbered, swapped, moved below what stood below it, retired or put in
        another order, the result is the tree that was meant, node for node."""
        old, new, changes = drawn
        merged = laid(old, changes, {"retired": changes.pop("retired")})
        assert {level: merged.tables[level] for level in LEVELS if level in merged.tables} == new

    @given(documents(ANYTHING))
    def test_with_nothing_changed_it_means_the_same(self, text: str) -> None:
        """Whatever the scheme holds."""
        base = parse(text, "base.toml")
        id = base.tables["scheme"]["id"]
        over = parse(f'format = 1\n[scheme]\nid = "over"\nextends = "{id}"\n', "over.toml")
        same = check(over, Sources(BUILT_IN.get, lambda *_: base)).unwrap()
        assert same.hash == itakit.loads(text).hash
