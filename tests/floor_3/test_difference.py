"""What is said of every kind of change, in both languages and in JSON."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from attrs import evolve

import itakit
from itakit.difference import Difference
from itakit.methods import BUILT_IN, Use
from itakit.scheme import Scheme
from itakit.titles import Title
from itakit.wording import sentences

FOLDER = Path(__file__).with_name("differences")
OLD, NEW = (itakit.load(FOLDER / f"{name}.toml") for name in ("old", "new"))
TEXT = (FOLDER / "old.toml").read_text("utf-8")


def use(name: str) -> Use:
    """A method without parameters."""
    return Use(BUILT_IN[name])


def changed(before: str, after: str) -> Scheme:
    """The scheme of old.toml with one passage of it written otherwise."""
    assert TEXT.count(before) == 1
    return itakit.loads(TEXT.replace(before, after))


def told(difference: Difference) -> list[str]:
    """All that is said of it but who it is of."""
    return [line.strip() for line in difference.text().splitlines() if line.startswith("  ")]


def expected(name: str, found: str) -> str:
    """A file beside the schemes; UPDATE_DIFFERENCES=1 writes it anew."""
    path = FOLDER / name
    if os.environ.get("UPDATE_DIFFERENCES"):
        path.write_text(found, "utf-8")
    return path.read_text("utf-8")


class TestEveryKindOfChange:
    """itakit.diff tells the difference between any two schemes in words, Thai or English, and as
    JSON."""

    @pytest.mark.parametrize("lang", ["en", "th"])
    def test_two_schemes_between_which_everything_changed(self, lang: str) -> None:
        """Their texts stand beside them."""
        found = itakit.diff(OLD, NEW).text(lang) + "\n"
        assert found == expected(f"difference.{lang}.txt", found)

    def test_the_same_as_json(self) -> None:
        """It is JSON through and through, every number exact."""
        found = json.dumps(itakit.diff(OLD, NEW).to_dict(), ensure_ascii=False, indent=1) + "\n"
        found = re.sub(r'"itakit": "[^"]*"', '"itakit": ""', found)
        assert found == expected("difference.json", found)

    def test_every_kind_is_among_these(self) -> None:
        """A kind of change without a sentence would be an exception; one without a test, a risk."""
        cases = [itakit.diff(OLD, NEW), itakit.diff(NEW, OLD), itakit.diff(OLD, NEW, {"i1": "i9"})]
        cases += [itakit.diff(OLD, changed(*case[0])) for case in CASES]
        kinds = {f"diff-{c.part}-{c.kind}" for difference in cases for c in difference.changes}
        of_parts = re.compile("diff-(scheme|level|scale|grade|node|phase)-")
        said = {name for name in sentences("en") if of_parts.match(name)}
        other = {"below", "last", "shares", "weight-share"}  # which are of several changes
        assert kinds - {"diff-scheme-source"} == said - {f"diff-node-{name}" for name in other}


SMALL = """format = 1
g = [{tree}]
[scheme]
id = "small"
range = [0, 100]
[aggregation]
g = "mean"
i = "mean"
total = "mean"
"""


CASES = [
    (('name = "low"', 'name = "last"'), ["renamed: low → last"]),
    (('source = "a circular"', 'source = "a law"'),
     ["source, new: \"a law\"; source no longer named: \"a circular\""]),
    (
        ('[{ code = "e1", scale = "absence" }, { code = "e2", scale = "days" }]',
         '[{ code = "e1", weight = 4e1 }, { code = "e2", weight = 60, scale = "days" }]'),
        [
            "weight: none → 40; of the total 10 % → 8 %",
            "scale: absence → none",
            "weight: none → 60; of the total 10 % → 12 %",
        ],
    ),
    (
        ('[scale.days]\n', '[scale.days]\nno_answer = [".."]\n'),
        ["codes for no answer: none → .."],
    ),
    (
        ('score = 0, title.en = "Little"', 'score = 100, title.en = "Little"'),
        ["answer 1 scores 0 → 100"],
    ),
    (
        ('{ code = "a", score = 0 }, { code = "b", score = 100 }',
         '{ code = "a", score = 100 }, { code = "b", score = 0 }'),
        ["the direction is turned round: a = 0, b = 100 → a = 100, b = 0"],
    ),
    (
        ('{ code = "a", score = 0 }', '{ code = "a", score = 0, title = "answers" }'),
        ['title of answer a: none → "answers"'],
    ),
    (
        ('"i5", "i6", "i7", "i8"', '"i5", "i7", "i8", "i6"'),
        ["now comes last"],
    ),
    (
        ('{ code = "2", question = ["i5", "i6", "i7", "i8"] }',
         '{ code = "2", part = ["i5", "i6", "i7", "i8"] }'),
        ["level: question → part"] * 4,
    ),
    (
        ('requires = { survey = 10 }', 'requires = { survey = 10, "1" = 20 }'),
        ["requires: survey ≥ 10 → survey ≥ 10, 1 ≥ 20"],
    ),
    (
        ('total = "weighted-mean"', 'total = { method = "power-mean", exponent = 2 }'),
        ["method: weighted mean → power mean (exponent = 2)"],
    ),
    (
        ('title = { th = "ภายใน", en = "Internal" }', 'title = { en = "Internal", th = "ภายใน" }'),
        ['title: th "ภายใน", en "Internal" → en "Internal", th "ภายใน"'],
    ),
    (
        ('title = { th = "ภายใน", en = "Internal" }', 'title = "Internal"'),
        ['title: th "ภายใน", en "Internal" → "Internal"'],
    ),
    (
        ('title.en = "Appeals"\n', ""),
        ['title: en "Appeals" → none'],
    ),
    (
        ('[[calendar]]\nfrom = 2022-05-01\nto = 2022-05-31\ntitle.en = "Appeals"\n', ""),
        ['no longer there: 2022-05-01 – 2022-05-31, en "Appeals"'],
    ),
    (
        ('weight = 60', 'weight = 60.0'),
        [],
    ),
    (
        ('sample = { fraction = 0.1, at_least = 30, at_most = 400 }', ""),
        ["how many are asked: 0.1 of them, at least 30, at most 400 → none"],
    ),
    (
        ('code = "x", score = 5', 'code = "x", score = 6'),
        ["answer x scores 5 → 6"],
    ),
    (
        ('part = "mean"', 'part = "min"'),
        ["method: mean → least"],
    ),
    (
        ('goalposts = [30, 1]', 'goalposts = [30, 1]\ntransform = "sqrt"'),
        ["transform: none → sqrt"],
    ),
]  # fmt: skip


class TestOneChange:
    """Once, and under the code of what it is of."""

    @pytest.mark.parametrize(("passage", "said"), CASES, ids=lambda value: str(value)[:40])
    def test_it_is_told_once(self, passage: tuple[str, str], said: list[str]) -> None:
        """In one sentence; what only follows from it is not told again."""
        difference = itakit.diff(OLD, changed(*passage))
        assert told(difference) == said
        assert bool(difference) == bool(said)
        assert difference.scores == (OLD.hash != difference.new.hash)

    def test_no_difference_is_said_to_be_none(self) -> None:
        """Whatever the schemes are called."""
        same = evolve(OLD, id="same", version="")
        assert itakit.diff(OLD, same).text() == "old 1 → same: no difference in meaning"
        assert itakit.diff(OLD, same).text("th") == "old 1 → same: ไม่มีความหมายใดต่างกัน"

    def test_what_can_change_no_score_is_said_to_be_that(self) -> None:
        """The hashes are equal then."""
        other = changed('title.en = "Duties"', 'title.en = "Work"')
        head, *_ = itakit.diff(OLD, other).text().splitlines()
        assert head == "old 1 → old 1; differences: 1, none of which can change a score or a grade"
        assert OLD.hash == other.hash

    def test_a_rule_that_changes_for_all_is_told_once(self) -> None:
        """And again where a node did not follow it."""
        other = changed('id = "old"', 'id = "old"\nmissing = "zero"')
        assert told(itakit.diff(OLD, other)) == ["what is missing: an error → the lowest score"]
        other = changed('[aggregation]\npart = "mean"\nquestion = "mean"',
                        '[aggregation]\npart = "mean"\nquestion = "min"')  # fmt: skip
        assert told(itakit.diff(OLD, other)) == ["method: mean → least"]

    def test_a_rule_that_names_a_node_follows_its_new_code(self) -> None:
        """Neither the method nor the condition means another thing."""
        method = 'total = {{ method = "deduction", base = "{}" }}'
        condition = '[[grade]]\nname = "top"\nfrom = 1\nrequires = {{ {} = 1 }}\n'
        last = '[[grade]]\nname = "low"\nfrom = 0\n'
        old, new = (
            itakit.loads(
                SMALL.format(tree=f'{{ code = "{code}" }}, {{ code = "b", i = ["x"] }}').replace(
                    'total = "mean"', method.format(code)
                )
                + condition.format(code)
                + last
            )
            for code in "ac"
        )
        changes = itakit.diff(old, new, {"a": "c"}).changes
        assert [(change.part, change.kind) for change in changes] == [("node", "renamed")]
        assert {change.kind for change in itakit.diff(old, new).changes} > {"method", "requires"}

    def test_the_parts_of_a_sum_have_no_share(self) -> None:
        """Each of them counts all of its points, and that is no part of a whole."""
        old = itakit.loads(SMALL.format(tree='{ code = "a" }, { code = "b", i = ["x"] }'))
        new = evolve(old, root=evolve(old.root, method=use("sum")))
        assert told(itakit.diff(old, new)) == ["method: mean → sum"]
        three = itakit.loads(SMALL.format(tree='{ code = "a", i = ["x"] }, "b", "d"'))
        added = told(itakit.diff(new, evolve(three, root=evolve(three.root, method=use("sum")))))
        assert "new: g below total" in added

    def test_the_root_of_another_scheme_is_not_renamed(self) -> None:
        """It is the root of either; that its level is called otherwise is told once."""
        text = SMALL.format(tree='{ code = "a" }, { code = "b", i = ["x"] }')
        other = text.replace("total", "index").replace("range", 'root = "index"\nrange')
        changes = itakit.diff(itakit.loads(text), itakit.loads(other)).changes
        assert "renamed" not in {change.kind for change in changes}
        assert [change.name for change in changes if change.kind == "level"] == ["index"]

    def test_sources_in_another_order_are_said_to_be(self) -> None:
        """There is nothing new to name."""
        one = evolve(OLD, source=("a", "b"))
        found = told(itakit.diff(one, evolve(OLD, source=("b", "a"))))
        assert found == ["the sources are the same in another order"]

    def test_orders_that_mean_nothing_are_no_difference(self) -> None:
        """Of the levels that are carried rounded, of the declared levels, of the phases."""
        one = evolve(OLD, rounding=evolve(OLD.rounding, carry=("survey", "indicator")))
        other = evolve(OLD, rounding=evolve(OLD.rounding, carry=("indicator", "survey")))
        other = evolve(other, levels=OLD.levels[::-1], calendar=OLD.calendar[::-1])
        assert itakit.diff(one, other).changes == ()

    def test_a_scale_that_changes_for_a_branch_is_told_at_its_top(self) -> None:
        """Not for every item below."""
        other = changed('weight = 40\nscale = "degree"', 'weight = 40\nscale = "either"')
        difference = itakit.diff(OLD, other)
        assert [change.name for change in difference.changes] == ["IIT"]

    def test_a_missing_policy_that_changes_for_a_branch_is_told_at_its_top(self) -> None:
        """Likewise."""
        difference = itakit.diff(OLD, changed('missing = "zero"', 'missing = "skip"'))
        assert [change.name for change in difference.changes] == ["EIT"]

    def test_a_title_of_the_root_is_that_of_the_scheme(self) -> None:
        """Unless a program gave it another."""
        root = evolve(OLD.root, title=Title.of("Sum"))
        assert [c.part for c in itakit.diff(OLD, evolve(OLD, root=root)).changes] == ["node"]
        other = changed('title = { th = "ปีก่อน", en = "Last year" }\n', "")
        assert [c.part for c in itakit.diff(OLD, other).changes] == ["scheme"]


class TestRenamed:
    """Only say "renamed" when it is certain, or say "perhaps"."""

    def test_a_code_that_is_known_to_have_changed_is_renamed(self) -> None:
        """And nothing else is to be told of the node."""
        other = changed('"i2", {', '"i20", {')
        assert told(itakit.diff(OLD, other, {"i2": "i20"})) == ["renamed: i2 → i20"]

    def test_what_only_looks_the_same_is_perhaps_the_same(self) -> None:
        """It is one node less and one more all the same."""
        difference = itakit.diff(OLD, changed('"i3", title', '"i30", title'))
        assert sorted((c.kind, c.name, c.perhaps) for c in difference.changes) == [
            ("added", "i30", "i3"),
            ("retired", "i3", "i30"),
        ]

    @pytest.mark.parametrize(
        "passage",
        [
            ('"i2", {', '"i20", {'),
            ('{ code = "i3", title.en = "Equal treatment" }',
             '{ code = "i30", title.en = "Unequal treatment" }'),
            ('{ code = "i3", title.en = "Equal treatment" }, "i4"',
             ('{ code = "i8x", title.en = "Equal treatment" }, '
              '{ code = "i9x", title.en = "Equal treatment" }, "i4"')),
            ('{ code = "i3", title.en = "Equal treatment" }',
             '{ code = "i30", scale = "either", title.en = "Equal treatment" }'),
        ],
    )  # fmt: skip
    def test_nothing_is_guessed_where_it_could_be_another(self, passage: tuple[str, str]) -> None:
        """No title, another one, two of it, or another scale."""
        difference = itakit.diff(OLD, changed(*passage))
        assert difference.changes
        assert all(not change.perhaps for change in difference.changes)

    def test_names_that_a_scheme_does_not_have_rename_nothing(self) -> None:
        """Nor is a node renamed to two, or two to one."""
        renamed = {"x": "i2", "i2": "x", "i5": "total", "total": "i5"}
        assert not itakit.diff(OLD, OLD, renamed)
        changes = itakit.diff(OLD, OLD, {"i5": "i6", "i7": "i6"}).changes
        assert [(c.old, c.new) for c in changes if c.kind == "renamed"] == [("i5", "i6")]


POINTS = """
format = 1
[scheme]
id = "points"
range = [0, 100]
[aggregation]
item = "mean"
total = "sum"
[[item]]
code = "a"
"""


class TestShares:
    """ "Of the total" is a part of it."""

    def test_what_is_added_up_without_weights_is_no_part_of_the_total(self) -> None:
        """How much of a sum an item is depends on the others' scores."""
        old, new = (itakit.loads(POINTS + more) for more in ("", '[[item]]\ncode = "b"\n'))
        assert told(itakit.diff(old, new)) == ["new: item below total"]


class TestPlaces:
    """A move is told by the codes of both sides, so that they differ."""

    FAMILIES = """
format = 1
[scheme]
id = "families"
range = [0, 100]
[aggregation]
item = "mean"
group = "mean"
total = "mean"
"""

    def families(self, **groups: list[str]) -> Scheme:
        """Groups of items."""
        tables = (f'[[group]]\ncode = "{g}"\nitem = {items}\n' for g, items in groups.items())
        return itakit.loads(self.FAMILIES + "".join(tables))

    def test_codes_that_changed_hands_are_told_with_what_they_were(self) -> None:
        """The old g1 is now g2, and the new g1 was g2."""
        old = self.families(g1=["a", "b"], g2=["c", "d"])
        new = self.families(g2=["b"], g1=["a", "c", "d"])
        moves = [
            line
            for line in told(itakit.diff(old, new, {"g1": "g2", "g2": "g1"}))
            if line.startswith("moved")
        ]
        assert moves == ["moved: below g1 (now g2) → below g1 (g2 before)"]

    def test_children_of_a_node_that_was_renamed_did_not_move(self) -> None:
        """They are where they were."""
        old, new = self.families(g1=["a", "b"]), self.families(h1=["a", "b"])
        assert told(itakit.diff(old, new, {"g1": "h1"})) == ["renamed: g1 → h1"]

    def test_the_root_is_never_renamed(self) -> None:
        """It is the root of each: that its level has another name is enough."""
        old = self.families(g1=["a"])
        group = '[[group]]\ncode = "g1"\nitem = ["a"]\n'
        new = itakit.loads(
            self.FAMILIES.replace("total", "whole").replace("id =", 'root = "whole"\nid =') + group
        )
        kinds = [change.kind for change in itakit.diff(old, new).changes if change.part == "node"]
        assert kinds == ["level"]


class TestForeignValues:
    """A scheme made in Python is as good as one from a file."""

    def test_what_is_no_value_of_a_scheme_is_no_json(self) -> None:
        """It is refused and not printed somehow."""
        with pytest.raises(TypeError, match="object"):
            itakit.Change("node", "a", "weight", object()).to_dict()
