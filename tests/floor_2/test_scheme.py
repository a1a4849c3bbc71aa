"""The scheme: a whole declared methodology, as a tree of nodes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

import itakit
from itakit.scheme import Scheme

TEXT = """
format = 1
scheme = { id = "s", range = [0, 10], title = "A scheme" }
aggregation = { group = "mean", item = "mean", total = "weighted-mean" }
scale = { yes = { answer = [{ code = "0", score = 0, title = "No" }] } }
group = [
  { code = "A", weight = 0.4, item = [{ code = "a", scale = "yes" }, "b"] },
  { code = "B", weight = 0.6, item = ["c"] },
]
"""


@pytest.fixture
def scheme() -> Scheme:
    return itakit.loads(TEXT)


class TestTree:
    """One node type; levels are names in the data."""

    def test_nodes_stand_in_the_order_of_the_file_a_parent_before_its_children(
        self, scheme: Scheme
    ) -> None:
        assert [node.code for node in scheme.nodes()] == ["total", "A", "a", "b", "B", "c"]
        assert [node.code for node in scheme.leaves()] == ["a", "b", "c"]
        assert [node.level for node in scheme["A"].walk()] == ["group", "item", "item"]

    def test_a_node_is_found_by_its_code_and_the_root_by_its_level(self, scheme: Scheme) -> None:
        assert scheme["total"] is scheme.root
        assert "A" in scheme
        assert "nothing" not in scheme
        assert None not in scheme
        with pytest.raises(KeyError):
            scheme["nothing"]

    def test_shares_are_of_their_sum(self, scheme: Scheme) -> None:
        index, weights = scheme.plan.index, scheme.plan.weights
        assert [weights[index[code]] for code in "ABa"] == [Fraction(2, 5), Fraction(3, 5), 1]
        assert scheme.scales["yes"] is scheme["a"].scale


class TestHash:
    """A hash of its meaning (not of its comments)."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("0.4", "0.5"),
            ("[0, 10]", "[0, 9]"),
            ('"mean", item', '"min", item'),
            ('title = "No"', 'title = "Never"'),
            ('code = "b"', 'code = "d"'),
            ('id = "s"', 'id = "s", missing = "skip"'),
            ('id = "s"', 'id = "s", rounding = { places = 1 }'),
        ],
    )
    def test_what_can_change_a_score_changes_it(self, scheme: Scheme, old: str, new: str) -> None:
        text = TEXT.replace('"b"]', '{ code = "b" }]').replace("0.6", "0.6")
        assert itakit.loads(text).hash == scheme.hash
        changed = text.replace(old, new).replace("0.6", "0.5" if new == "0.5" else "0.6")
        assert itakit.loads(changed).hash != scheme.hash

    def test_what_is_only_said_about_it_does_not(self, scheme: Scheme) -> None:
        said = TEXT.replace("A scheme", "The scheme").replace('id = "s"', 'id = "t"')
        assert itakit.loads(said + "# a comment\n").hash == scheme.hash
        assert evolve(scheme, version="2").hash == scheme.hash
