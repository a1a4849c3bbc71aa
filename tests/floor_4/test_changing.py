"""Two results compared: what is refused, what is split, and what nobody can tell."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import itakit
from itakit import Comparison, NodeChange, Tally

OLD = """
format = 1
[scheme]
id = "old"
title = "Score"
range = [0, 100]
[aggregation]
item = "mean"
part = "mean"
total = "weighted-mean"
[scale.yes]
answer = [{ code = "1", score = 0, title = "No" }, { code = "2", score = 100, title = "Yes" }]
[[grade]]
name = "good"
from = 75
[[grade]]
name = "poor"
from = 0
[[part]]
code = "A"
weight = 60
item = [{ code = "a1", title = "First" }, { code = "a2", title = "Second" }]
[[part]]
code = "B"
weight = 40
item = [{ code = "b1", scale = "yes", title = "Asked" }]
"""
NEW = (
    OLD.replace('id = "old"', 'id = "new"')
    .replace('{ code = "a2", title = "Second" }', '{ code = "a3", title = "Third" }')
    .replace('"b1"', '"b2"')
    .replace("weight = 60", "weight = 50")
    .replace("weight = 40", "weight = 50")
    .replace('"1", score = 0', '"1", score = 20')
    .replace('"2", score = 100', '"2", score = 80')
)
BEFORE: dict[str, Any] = {"a1": 80, "a2": 40, "b1": Tally({"1": 1, "2": 1})}
AFTER: dict[str, Any] = {"a1": 90, "a3": 50, "b2": Tally({"2": 1})}
UNSAID = (
    "different rules, and nobody has said that they are to be compared; say which codes changed, "
    "or that none did: --codes and --same-codes, or codes= in Python"
)
BECAME = "say what became of it: its later code, be it the same, or that it is gone"
CODES = {"b1": "b2", "a2": None}


def scored(text: str, evidence: dict[str, Any]) -> itakit.Result:
    return itakit.evaluate(itakit.loads(text), evidence)


def compared(
    old: str = OLD,
    new: str = NEW,
    before: dict[str, Any] = BEFORE,
    after: dict[str, Any] = AFTER,
    codes: Any = CODES,
) -> Comparison:
    return itakit.compare(scored(old, before), scored(new, after), codes)


def refused(*args: Any, **words: Any) -> list[str]:
    with pytest.raises(itakit.EvidenceError) as caught:
        compared(*args, **words)
    return str(caught.value).splitlines()


def parts(change: NodeChange) -> tuple[object, ...]:
    return change.data, change.added, change.revised, change.retired


class TestByHand:
    """A change of 19 points, split on paper."""

    def test_the_total(self) -> None:
        """Earlier 0.6 × 60 + 0.4 × 50 = 56, later 0.5 × 70 + 0.5 × 80 = 75.

        Without a3 the later data have 0.5 × 90 + 0.5 × 80 = 85, the earlier by the later rules
        0.5 × 80 + 0.5 × 50 = 65, and by their own without a2 0.6 × 80 + 0.4 × 50 = 68.
        """
        found = compared()
        assert [found.change, found.data, found.rules] == [19, 20, -1]
        assert parts(found.root) == (20, 75 - 85, 65 - 68, 68 - 56)
        assert not found.same_rules
        assert (found.before.grade, found.after.grade) == ("poor", "good")

    def test_every_node(self) -> None:
        """Each by itself: indicator A lost an item and got another, B was asked anew."""
        found = compared()
        assert [change.code for change in found] == [
            "total", "A", "a1", "a2", "a3", "B", "b2"
        ]  # fmt: skip
        assert parts(found["A"]) == (10, -20, 0, 20)
        assert parts(found["a1"]) == (10, 0, 0, 0)
        assert parts(found["B"]) == (30, 0, 0, 0)
        assert [found["b2"].was, found["b2"].change] == ["b1", 30]
        assert (found["a2"].kind, found["a2"].change, found["a2"].after) == ("retired", None, None)
        assert (found["a3"].kind, found["a3"].change, found["a3"].was) == ("added", None, None)
        with pytest.raises(KeyError):
            found["b1"]

    def test_contributions_are_of_one_scheme(self) -> None:
        """Between two, they are not told."""
        assert {change.contribution for change in compared()} == {None}
        later = {**BEFORE, "a1": 100}
        found = compared(new=OLD, after=later, codes=None)
        assert found.same_rules
        assert found.root.contribution == found["A"].contribution == found["a1"].contribution == 6
        assert found["b1"].contribution == 0


class TestRefused:
    """ "Comparing under different rules without saying so is refused." (issue 5)"""

    def test_other_rules(self) -> None:
        """What looks alike under other codes is proposed."""
        assert refused(codes=None) == [f"old and new are {UNSAID}; these look alike: b1 → b2"]
        assert refused(NEW, OLD.replace('"b1"', '"b2"').replace('"a2"', '"a3"'),
                       AFTER, {"a1": 1, "a3": 2, "b2": 3}, codes=None) == [
            f"new and old are {UNSAID}"
        ]  # fmt: skip

    def test_ids_and_versions_are_no_rules(self) -> None:
        """Two years of the same rules under other names are compared as they are."""
        renamed = OLD.replace('id = "old"', 'id = "next"\nversion = "2"')
        assert compared(new=renamed, after=BEFORE, codes=None).change == 0

    def test_codes_that_are_not_there(self) -> None:
        """All of them at once, each with what may have been meant."""
        assert refused(codes={"b1": "b3", "c": None, "total": "total", "B": 'x"'}) == [
            'B: the later scheme has no node "x""',
            'b1: the later scheme has no node "b3"; did you mean "B"?',
            'c: the earlier scheme has no node "c"',
        ]

    def test_codes_that_contradict_each_other(self) -> None:
        """One later node has one earlier one; a root is a root; what lost its code is gone where it
        is said to be."""
        assert refused(codes={"b1": "a1", "a2": "a1"}) == [
            f"a1: b1 has this code now; {BECAME}",
            "a2: b1 has become a1 already",
        ]
        new = NEW.replace("First", "Foremost")
        assert len(refused(new=new, codes={"b1": "a1", "a2": "a1"})) == 2
        assert refused(codes={"total": "A"}) == ["total: a root stays a root"]
        assert refused(codes={"total": None}) == ["total: a root stays a root"]
        assert refused(codes={"A": "total"}) == ["A: a root stays a root"]
        assert compared(codes={**CODES, "total": "total"}).change == 19

    def test_titles_that_differ(self) -> None:
        """A code for something else would be silently wrong: all are listed."""
        new = NEW.replace("First", "Foremost").replace('code = "A"', 'code = "A"\ntitle = "Part"')
        assert refused(new=new) == [f'a1: its title was "First" and is "Foremost"; {BECAME}']
        assert compared(new=new, codes={**CODES, "a1": "a1"}).change == 19
        assert compared(new=NEW.replace("First", " first ")).change == 19
        same = OLD.replace("First", "Foremost")
        assert len(refused(new=same, after=BEFORE, codes=None)) == 1
        assert compared(new=same, after=BEFORE, codes={"a1": "a1"}).change == 0
        th = NEW.replace('title = "First"', 'title.th = "หนึ่ง"')
        assert compared(new=th).change == 19

    def test_ranges_that_differ(self) -> None:
        """Ninety of a hundred and nine of ten have no difference."""
        new = NEW.replace("100]", "1000]")
        assert refused(new=new, codes={}) == [
            "scores of 0 – 100 and of 0 – 1000 cannot be compared"
        ]

    @pytest.mark.parametrize("codes", [["b1"], {"b1": 3}, {1: "b1"}])
    def test_what_is_no_table_of_codes(self, codes: object) -> None:
        """It is told and not raised as another library's error."""
        (line,) = refused(codes=codes)
        assert line.startswith("the codes that changed are a table from earlier codes to later")

    def test_what_is_no_result(self) -> None:
        """Such as evidence."""
        with pytest.raises(itakit.EvidenceError, match="no result to compare, but 5"):
            itakit.compare(5, scored(OLD, BEFORE))  # type: ignore[arg-type]


class TestDoubt:
    """ "Where a counterfactual cannot be evaluated, the split is none with a reason; never a
    guess." """

    def told(self, found: Comparison, *codes: str) -> str:
        """The one reason why nodes have no split, and all other nodes have one."""
        silent = {c.code: c for c in found if c.kind == "both" and c.data is None}
        assert set(silent) == set(codes)
        reasons = {str(c.reason and c.reason.text()) for c in silent.values()}
        assert all(c.change is not None and c.rules is None for c in silent.values())
        (reason,) = reasons
        return reason

    def test_an_answer_that_the_later_scale_does_not_know(self) -> None:
        """Its item, and what is made of it; the other branch is split."""
        new = NEW.replace('code = "1"', 'code = "9"')
        reason = self.told(compared(new=new), "total", "B", "b2")
        assert reason == ('b2: "1" (given 1×) is no answer of the scale yes, expected one of 9, 2')

    def test_an_answer_that_means_something_else(self) -> None:
        """The same code with another title, by which it would be scored silently."""
        new = NEW.replace('title = "No"', 'title = "Never"')
        reason = self.told(compared(new=new), "total", "B", "b2")
        assert reason == 'b2: the answer "1" meant "No" and means "Never"'
        one: dict[str, Any] = {**BEFORE, "b1": itakit.Answer("1")}
        assert self.told(compared(new=new, before=one), "total", "B", "b2") == reason

    def test_a_score_is_a_score(self) -> None:
        """What was given as a score stays that, whatever answers mean now."""
        new = NEW.replace('title = "No"', 'title = "Never"')
        found = compared(new=new, before={**BEFORE, "b1": 50})
        assert parts(found["b2"]) == (30, 0, 0, 0)
        found = compared(before={"A": 60, "b1": 50})
        assert parts(found["A"]) == (30, -20, 0, 0)
        found = compared(after={"A": 70, "b2": 80})
        assert parts(found["A"]) == (-10, 0, 0, 20)

    def test_a_missing_item(self) -> None:
        """Which the earlier rules forgave, and the later ones do not."""
        old = OLD.replace("range = [0, 100]", 'range = [0, 100]\nmissing = "skip"')
        found = compared(old=old, before={"a2": 40, "b1": 50})
        assert found["a1"].change is None
        assert found["a1"].reason is not None
        assert found["a1"].reason.text() == "no score before"
        silent = {c.code for c in found if c.change is not None and c.data is None}
        assert silent == {"total", "A"}
        assert str(found["A"].reason and found["A"].reason.text()).startswith("a1: missing")
        back = compared(NEW, old, AFTER, {"a2": 40, "b1": 50}, {"b2": "b1", "a3": None})
        assert str(back["a1"].reason and back["a1"].reason.text()) == "no score after"

    def test_an_item_of_items_that_are_gone(self) -> None:
        """It has no answer of its own to be scored anew."""
        new = NEW.replace(
            'item = [{ code = "a1", title = "First" }, { code = "a3", title = "Third" }]', ""
        )
        found = compared(new=new, after={"A": 70, "b2": 80}, codes={**CODES, "a1": None})
        reason = self.told(found, "total", "A")
        assert reason == "A: it was scored below, by a2, which the later rules do not have"
        found = compared(new=new, before={"A": 60, "b1": 50}, after={"A": 70, "b2": 80},
                         codes={**CODES, "a1": None})  # fmt: skip
        assert parts(found["A"]) == (10, 0, 0, 0)

    def test_an_item_that_became_items(self) -> None:
        """What is below it now is a part of it, and no item that was added."""
        old = NEW.replace(
            'item = [{ code = "a1", title = "First" }, { code = "a3", title = "Third" }]', ""
        )
        found = compared(old, NEW, {"A": 60, "b2": 80}, {"a1": 90, "a3": 50, "b2": 80}, {})
        assert parts(found["A"]) == (10, 0, 0, 0)
        assert found["a1"].kind == "added"

    def test_a_node_that_was_scored_whole_and_took_others_in(self) -> None:
        """Its score does not know of what it has below it now."""
        new = NEW.replace('{ code = "a3", title = "Third" }', '{ code = "b2", title = "Asked", '
                          'scale = "yes" }')  # fmt: skip
        new = new.replace('item = [{ code = "b2", scale = "yes", title = "Asked" }]\n', "")
        after = {"a1": 90, "b2": 80, "B": 70}
        before = {"A": 60, "b1": Tally({"1": 1, "2": 1})}
        found = compared(new=new, before=before, after=after)
        reasons = {c.code: str(c.reason and c.reason.text()) for c in found if c.kind == "both"}
        assert reasons["A"] == "A: it was scored whole, and has more below it now"
        assert reasons["total"] == reasons["A"]
        assert parts(found["b2"]) == (30, 0, 0, 0)

    def test_an_item_that_was_scored_above_and_moved(self) -> None:
        """Nobody knows what it would have scored where it stands now."""
        new = NEW.replace(', { code = "a3", title = "Third" }', "").replace(
            '{ code = "b2"', '{ code = "a2", title = "Second" }, { code = "b2"'
        )
        found = compared(new=new, before={"A": 60, "b1": 50}, after={"a1": 90, "a2": 1, "b2": 80},
                         codes={"b1": "b2"})  # fmt: skip
        assert str(found["B"].reason and found["B"].reason.text()) == (
            "a2: it was scored above, and stands elsewhere now"
        )
        assert parts(found["A"]) == (30, 0, 0, 0)
        assert found.data is None

    def test_a_node_of_which_nothing_is_left(self) -> None:
        """All below it is other: then there is nothing to hold against each other."""
        new, after = NEW.replace('"a1"', '"a4"'), {"a4": 90, "a3": 50, "b2": 80}
        found = compared(new=new, after=after, codes={"a1": None, "a2": None, "b1": "b2"})
        assert found["A"].data is None
        assert str(found["A"].reason and found["A"].reason.text()) == (
            "nothing below it is in both schemes"
        )
        assert found.data == 30

    def test_what_weighs_nothing_leaves_no_doubt_above(self) -> None:
        """Its parent does not depend on it."""
        new = NEW.replace('title = "No"', 'title = "Never"')
        new = new.replace("weight = 50", "weight = 100", 1).replace("weight = 50", "weight = 0")
        found = compared(new=new)
        assert found["B"].data is None
        assert found.data == 10


class TestTelling:
    """A comparison says what it found: as rows, as JSON, in words."""

    def test_rows(self) -> None:
        """A row for every node, with plain values."""
        rows = compared().rows()
        assert rows[0] == {
            "code": "total",
            "was": "total",
            "level": "total",
            "title": "Score",
            "kind": "both",
            "before": scored(OLD, BEFORE).rounded,
            "after": scored(NEW, AFTER).rounded,
            "change": 19,
            "data": 20,
            "rules": -1,
            "added": -10,
            "revised": -3,
            "retired": 12,
            "contribution": None,
            "error": 0,
            "reason": None,
        }
        assert [row["kind"] for row in rows].count("retired") == 1

    def test_json(self) -> None:
        """Exact, with both schemes and what was said about codes."""
        before = {**BEFORE, "b1": Tally({"1": 1, "2": 2})}
        record = json.loads(json.dumps(compared(before=before).to_dict()))
        assert (record["format"], record["version"]) == ("itakit-comparison", 1)
        assert record["codes"] == CODES
        assert record["before"]["id"] == "old"
        assert record["before"]["hash"] == itakit.loads(OLD).hash
        assert record["after"]["grade"] == "good"
        assert record["nodes"][0]["change"] == "37/3"
        assert record["nodes"][3]["after"] is None

    def test_words(self) -> None:
        """Last year beside this year, the grades, and what did it."""
        lines = compared().explain().splitlines()
        assert lines[:4] == [
            "Score: 56.00 → 75.00, a change of +19.0000",
            "grade poor → good",
            "the data did +20.0000, the rules -1.0000",
            "of the rules: items added -10.0000, rules revised -3.0000, items retired +12.0000",
        ]
        assert lines[-2].startswith("changes are of exact scores, each rounded to 4 places")
        assert "retired" in lines[9]
        assert "was b1" in lines[12]

    def test_words_where_no_item_came_or_went(self) -> None:
        """The rules are told as one; what was not used has no row."""
        new = OLD.replace("weight = 60", "weight = 80").replace("weight = 40", "weight = 20")
        found = compared(new=new, before={"A": 60, "b1": 50}, after={"A": 60, "b1": 50}, codes={})
        lines = found.explain().splitlines()
        assert lines[2:4] == ["the data did 0.0000, the rules +2.0000", ""]
        assert [line.split()[0] for line in lines[4:9]] == ["code", "total", "A", "B", "b1"]

    def test_words_of_what_was_scored_above_in_one_year(self) -> None:
        """The other year's score stands alone, and why."""
        found = compared(OLD, OLD, BEFORE, {"A": 60, "b1": 50}, None)
        line = next(line for line in found.explain().splitlines() if "a1" in line)
        assert line.split(maxsplit=3) == ["a1", "First", "80.00", "not used: given above"]
        assert found.explain().splitlines()[4].split() == (
            ["code", "title", "before", "after", "change", "of", "the", "total's", "change", "note"]
        )

    def test_words_of_what_cannot_be_told(self) -> None:
        """The reason stands where the figures would."""
        new = NEW.replace('title = "No"', 'title = "Never"')
        lines = compared(new=new).explain().splitlines()
        assert lines[2] == (
            'what the data did cannot be told: b2: the answer "1" meant "No" and means "Never"'
        )
        bare = compared(before={"a1": 1, "a2": 1, "B": itakit.NOT_APPLICABLE})
        assert "not applicable" in bare.explain()

    def test_words_where_a_score_is_missing(self) -> None:
        """There is no change then, and no grade."""
        skip = OLD.replace("range = [0, 100]", 'range = [0, 100]\nmissing = "skip"')
        lines = compared(skip, skip, {}, BEFORE, None).explain().splitlines()
        assert lines[:3] == [
            "Score: missing → 56.00",
            "grade none → poor",
            "the rules are the same: all of it is what the data did",
        ]
        lines = compared(skip, NEW, {}, AFTER).explain().splitlines()
        assert lines[2] == "what the data did cannot be told: no score before"

    def test_irrational_scores_are_said_to_be(self) -> None:
        """The change is then known as closely as they are."""
        root = OLD.replace('part = "mean"', 'part = "geometric-mean"')
        found = compared(root, root, BEFORE, {**BEFORE, "a1": 90}, None)
        assert 0 < found["A"].error < Fraction(1, 10**9)
        assert "irrational, change rounded" in found.explain()

    def test_grades_of_different_kinds_are_said_to_be(self) -> None:
        """From good to A may be no step at all."""
        other = NEW.replace('"good"', '"A"').replace("from = 75", "from = 85.5")
        found = compared(new=other).explain()
        assert "have grades of different kinds: good 75, poor 0; then A 85.5, poor 0\n" in found
        assert "different kinds" not in compared().explain()

    def test_without_grades(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is said of them; and where they stay, that."""
        bare = evolve(itakit.loads(OLD), grades=())
        result = itakit.evaluate(bare, BEFORE)
        assert "grade" not in itakit.compare(result, result).explain()
        same = compared(new=OLD, after=BEFORE, codes=None)
        assert same.explain().splitlines()[1] == "grade poor, as before"
        assert repr(same).startswith("Comparison(Result('old', rounded=56.00, grade='poor'), ")
        assert repr(same["a1"]) == "NodeChange('a1', both, change=0)"
        assert same["a1"].title["en"] == "First"
        monkeypatch.setenv("LC_ALL", "th_TH.UTF-8")
        assert same._repr_html_().startswith('<div lang="th">')
        assert "เปลี่ยนแปลง" in same.explain("th")
