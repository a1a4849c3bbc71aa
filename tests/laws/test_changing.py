"""Laws of comparing two results: what the data did and the rules did is the change, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, event, given
from hypothesis import strategies as st

import itakit
from itakit.changing.pairing import paired
from itakit.changing.splitting import _suppositions
from itakit.evidence import Evidence
from itakit.scheme import Node, Scheme
from itakit.testing import LINEAR, USUAL, WHOLE, Habits, Scope, evidence, schemes
from itakit.titles import Title
from tests.laws.test_difference import ANYWHERE, of_nodes, rebuilt

LINES = Scope(methods=LINEAR, depth=3, width=3)
AVERAGES = Scope(methods=("mean", "weighted-mean"), carry=(0,), depth=3, width=3)
ITEMS = Habits(gaps="none", exceptions="none", cuts="none")


def scored(scheme: Scheme, known: Mapping[str, Evidence]) -> itakit.Result:
    """The scores of a unit; what has none by its rules, as a sum beyond the range, is no case."""
    try:
        return itakit.evaluate(scheme, known)
    except itakit.EvidenceError:
        assume(False)
        raise


def result(data: st.DataObject, scheme: Scheme, habits: Habits = USUAL) -> itakit.Result:
    """The scores of a unit about which anything may be known, or not."""
    return scored(scheme, data.draw(evidence(scheme, habits)))


def changed(data: st.DataObject, scheme: Scheme) -> Scheme:
    """A scheme with a few slight changes of its nodes; each still the method that it was."""
    root = scheme.root
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(ANYWHERE)
        change = data.draw(st.sampled_from([*of_nodes(n)[3:6], *of_nodes(n)[9:]]))
        at = data.draw(st.integers(0, len([*root.walk()]) - 1))
        root = rebuilt(root, [at + 1], change)
    codes = [node.code for node in root.walk()]
    assume(len(codes) == len(set(codes)))
    assume(all(node.method.name in LINEAR for node in root.walk()))
    new = evolve(scheme, root=root)
    assume(all(new.plan.weights))
    return new


def coded(node: Node, prefix: str) -> Node:
    """A tree with other codes, and titles of its own."""
    return evolve(
        node,
        code=prefix + node.code,
        title=Title.of(f"title of {node.code}"),
        children=tuple(coded(child, prefix) for child in node.children),
    )


def bare(node: Node, codes: set[str]) -> Node | None:
    """A tree without some nodes, and without those that nothing is left of."""
    children = tuple(filter(None, (bare(child, codes) for child in node.children)))
    if node.code in codes or (node.children and not children):
        return None
    return evolve(node, children=children)


class TestSplit:
    """ "The change of every node split into what the data did and what the rules did, adding up
    exactly" (issue 5)."""

    @given(st.data())
    def test_the_parts_add_up(self, data: st.DataObject) -> None:
        """Of any two results by two schemes, one of which is the other with slight changes."""
        old = data.draw(schemes(LINES))
        new = changed(data, old)
        before, after = result(data, old), result(data, new)
        found = itakit.compare(before, after, {})
        told = 0
        for change in found:
            if change.change is None:
                assert change.data is change.rules is None
                continue
            assert change.before is not None
            assert change.after is not None
            assert change.before.score is not None
            assert change.after.score == change.before.score + change.change
            if change.data is None:
                assert change.rules is None
                assert change.reason is not None
                continue
            told += 1
            assert change.rules is not None
            assert change.data + change.rules == change.change
            parts = (change.added, change.revised, change.retired)
            if None not in parts:
                assert sum(filter(None, parts), Fraction(0)) == change.rules
        event("split" if told else "nothing to split")

    @given(st.data())
    def test_under_the_same_rules_all_is_data(self, data: st.DataObject) -> None:
        """And the other way round is the opposite."""
        scheme = data.draw(schemes())
        before, after = result(data, scheme), result(data, scheme)
        there, back = itakit.compare(before, after), itakit.compare(after, before)
        for one, other in zip(there, back, strict=True):
            assert one.data == one.change
            assert (one.change is None) == (other.change is None)
            if one.change is not None:
                assert other.change == -one.change
                assert one.rules == one.added == one.revised == one.retired == 0

    @given(st.data())
    def test_the_same_rules_say_the_same_of_the_same_data(self, data: st.DataObject) -> None:
        """What was known, scored by the rules by which it was scored, is the score."""
        scheme = data.draw(schemes())
        before, after = result(data, scheme), result(data, scheme)
        supposed = _suppositions(before, after, paired(scheme, scheme, {}))
        for i, node in enumerate(before):
            later = after[node.code]
            assert supposed.earlier.score(i)[0] == supposed.across.score(i)[0] == node.score
            assert supposed.later.score(i)[0] == later.score

    @given(st.data())
    def test_other_codes_change_nothing(self, data: st.DataObject) -> None:
        """Where all nodes have another code and nothing else changed, all is data."""
        old = data.draw(schemes(LINES))
        new = evolve(old, root=coded(old.root, "new "), levels=old.levels)
        known = data.draw(evidence(old, WHOLE)), data.draw(evidence(old, WHOLE))
        before, after = (scored(old, given) for given in known)
        renamed = scored(new, {f"new {code}": e for code, e in known[1].items()})
        codes = {node.code: f"new {node.code}" for node in old.nodes()}
        plain, found = itakit.compare(before, after), itakit.compare(before, renamed, codes)
        assert not found.same_rules
        for one, other in zip(plain, found, strict=True):
            assert (other.was, other.code) == (one.code, f"new {one.code}")
            assert (other.change, other.data) == (one.change, one.data)
            if other.data is not None:
                assert other.rules == other.added == other.revised == other.retired == 0

    @given(st.data())
    def test_the_same_data_do_nothing(self, data: st.DataObject) -> None:
        """Where what both schemes ask was answered alike, what changed is the rules' doing."""
        old = data.draw(schemes(LINES))
        new = changed(data, old)
        given = data.draw(evidence(old, ITEMS))
        known: dict[str, Evidence] = {
            node.code: given.get(node.code, old.range[0]) for node in new.leaves()
        }
        items = {node.code for node in old.leaves()}
        assume(not any(node.children for node in new.nodes() if node.code in items))
        assume(all(node.code in items or node.code not in old for node in new.leaves()))
        before, after = scored(old, given), scored(new, known)
        found = itakit.compare(before, after, {})
        for change in found:
            if change.data is not None:
                assert change.data == 0
        event("rules did something" if found.rules else "rules did nothing")

    @given(st.data())
    def test_an_item_that_is_left_out_might_as_well_not_exist(self, data: st.DataObject) -> None:
        """Without new items, the later score is that of a tree that never had them."""
        old = data.draw(schemes(AVERAGES))
        leaves = [node.code for node in old.leaves()]
        lost = data.draw(st.sets(st.sampled_from(leaves), max_size=3))
        root = bare(old.root, lost)
        assume(root is not None and len(leaves) > 1)
        assert root is not None
        small = evolve(old, root=root, scale_list=old.scale_list)
        assume(all(weight for weight in (*old.plan.weights, *small.plan.weights)))
        given = data.draw(evidence(old, ITEMS))
        kept = {code: known for code, known in given.items() if code in small}
        before, after = scored(small, kept), scored(old, given)
        found = itakit.compare(before, after, {})
        for change in found:
            if change.change is not None:
                assert change.data == change.revised == change.retired == 0
                assert change.added == change.change
        back = itakit.compare(after, before, {})
        for change in back:
            if change.change is not None:
                assert change.data == change.revised == change.added == 0
                assert change.retired == change.change
        event("items left out" if len(small.leaves()) < len(leaves) else "none left out")


class TestContributions:
    """What of the total's change each child accounts for, under one scheme."""

    @given(st.data())
    def test_those_of_children_add_up(self, data: st.DataObject) -> None:
        """To their parent's; and the root's is all of the change."""
        scheme = data.draw(schemes(LINES))
        before, after = (result(data, scheme, WHOLE) for _ in range(2))
        found = itakit.compare(before, after)
        assert found.root.contribution == found.change
        for change in found:
            assert change.before is not None
            assert change.after is not None
            below = [found[node.code].contribution for node in change.node.node.children]
            both_made = change.before.status == change.after.status == "scored"
            if both_made and below and None not in below and not scheme.rounding.carry:
                assert sum(filter(None, below), Fraction(0)) == change.contribution
