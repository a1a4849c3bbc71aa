"""What a scheme file may say, and what it means."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.methods import Use
from itakit.notation import dumps
from itakit.numerals import LIMIT
from itakit.policy import Missing
from itakit.rounding import Rounding
from itakit.scale import Goalposts
from itakit.scheme import Node, Sample, Scheme

FOLDER = Path(__file__).with_name("valid")
CASES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def loaded(name: str) -> Scheme:
    return itakit.load(FOLDER / f"{name}.toml")


def scale_of(node: Node) -> str | None:
    return None if node.scale is None else node.scale.name


def described(use: Use) -> tuple[object, ...]:
    return (use.name, *use.parameters)


def written(number: str, text: str = "") -> str:
    return f"""
format = 1
[scheme]
id = "written"
range = [-1e100, 1e100]
weights = "relative"
[aggregation]
item = "mean"
total = "mean"
[[item]]
code = "a"
weight = {number}
{text}
"""


class TestDumping:
    """Dumping then loading gives the same scheme and the same hash."""

    @pytest.mark.parametrize("name", CASES)
    def test_what_was_dumped_loads_as_the_same_scheme(self, name: str) -> None:
        scheme = loaded(name)
        again = itakit.loads(dumps(scheme))
        assert again == scheme
        assert again.hash == scheme.hash
        assert dumps(again) == dumps(scheme)

    @given(st.integers(0, 10**60), st.integers(-LIMIT, 37))
    def test_so_does_every_number_that_a_file_can_hold(self, digits: int, exponent: int) -> None:
        scheme = itakit.loads(written(f"{digits}.5e{exponent}" if digits else "1"))
        assert itakit.loads(dumps(scheme)) == scheme

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_so_does_every_text(self, text: str) -> None:
        quoted = "".join(f"\\U{ord(c):08x}" for c in text)
        scheme = itakit.loads(written("1", f'title.th = "x{quoted}"'))
        assert scheme["a"].title["th"] == f"x{text}"
        assert itakit.loads(dumps(scheme)) == scheme

    def test_a_number_without_an_end_cannot_be_dumped(self) -> None:
        third = Goalposts(Fraction(1, 3), Fraction(1))
        scheme = loaded("numeric")
        [scale, *_] = scheme.scale_list
        broken = evolve(scheme, scale_list=(evolve(scale, goalposts=third),))
        with pytest.raises(ValueError, match="1/3"):
            dumps(broken)

    def test_nor_can_one_with_more_digits_than_a_file_may_hold(self) -> None:
        scheme = loaded("least")
        long = evolve(scheme, range=(Fraction(0), Fraction(10**LIMIT) + Fraction(1, 10**LIMIT)))
        with pytest.raises(ValueError, match="too many digits"):
            dumps(long)


class TestHead:
    """Required: format, [scheme] with id and range, [aggregation] with every level that is used and
    the root's, at least one node; a node needs a code, and its title defaults to it."""

    def test_everything_else_has_a_default(self) -> None:
        scheme = loaded("least")
        assert (scheme.version, scheme.source, scheme.weights) == ("", (), "share")
        assert scheme.rounding == Rounding(2, "half-up")
        assert scheme.missing == Missing("error")
        assert scheme.root.code == scheme.root.level == "total"
        assert str(scheme["q1"].title) == "q1"

    def test_the_root_is_named_by_its_level(self) -> None:
        scheme = loaded("uneven")
        assert scheme.root.code == scheme.root.level == "ทั้งหมด"
        assert scheme["ทั้งหมด"] is scheme.root

    def test_numbers_are_exact(self) -> None:
        scheme = loaded("uneven")
        assert scheme.range == (Fraction(-3, 2), Fraction(100))
        assert scheme["A"].weight == Fraction(333, 1000)
        assert scheme["C"].weight == Fraction(12345678901234567890123456789, 10**9)

    def test_rounding_may_carry_levels(self) -> None:
        assert loaded("uneven").rounding == Rounding(0, "half-even", ("b",))

    def test_the_format_is_a_number_however_written(self) -> None:
        text = dumps(loaded("least"))
        assert itakit.loads(text.replace("format = 1", "format = 1.0")) == loaded("least")

    def test_a_source_may_be_one_text(self) -> None:
        text = dumps(loaded("least")).replace('id = "least"', 'id = "x"\nsource = "ราชกิจจานุเบกษา"')
        assert itakit.loads(text).source == ("ราชกิจจานุเบกษา",)

    def test_a_byte_order_mark_is_no_part_of_the_text(self) -> None:
        text = (FOLDER / "least.toml").read_text("utf-8")
        assert itakit.loads(f"\ufeff{text}") == itakit.loads(text)


class TestTree:
    """A key inside a node is a child level if and only if it is named in [aggregation]. A level may
    be skipped. Depth is arbitrary. A bare string is { code = … }."""

    def test_nodes_stand_in_the_order_of_the_file(self) -> None:
        codes = [node.code for node in loaded("whole").nodes()]
        parts = ["i4", "i4.1", "i4.2", "i4.3"]
        first = ["total", "IIT", "1", "i1", "i1.1", "i1.2", "i2", *parts, "i5"]
        assert codes == [*first, "OIT", "9.1", "o1"]

    def test_a_level_may_be_skipped(self) -> None:
        levels = [node.level for node in loaded("whole")["OIT"].walk()]
        assert levels == ["survey", "sub_indicator", "question"]

    def test_levels_may_be_mixed_below_one_node(self) -> None:
        scheme = loaded("uneven")
        assert [child.level for child in scheme.root.children] == ["a", "a", "b", "ค ง"]
        assert [child.level for child in scheme["A"].children] == ["b", "b", "a"]

    def test_a_level_may_stand_below_itself(self) -> None:
        assert [node.code for node in loaded("uneven")["C"].walk()] == ["C", "D", "E"]

    def test_a_bare_text_is_a_node_of_that_code(self) -> None:
        scheme = loaded("whole")
        assert scheme["i4.2"].level == "part"
        assert str(scheme["i4.2"].title) == "i4.2"

    def test_samples_and_populations_are_kept(self) -> None:
        node = loaded("whole")["IIT"]
        assert node.sample == Sample(Fraction(1, 10), 30, 400)
        assert node.population["th"] == "บุคลากร"
        assert loaded("uneven")["B"].sample == Sample(Fraction(1), 0, None)
        assert loaded("uneven")["C"].sample == Sample(Fraction(1, 2), 0, 0)


class TestInheritance:
    """scale: inherited by every item below that names none. aggregate: this node's own method.
    aggregation: the methods of the levels below this node. missing: inherited by every node,
    overridable at any node."""

    def test_an_item_has_the_scale_of_the_nearest_node_that_names_one(self) -> None:
        scheme = loaded("whole")
        scales = {leaf.code: scale_of(leaf) for leaf in scheme.leaves()}
        assert scales == {
            "i1.1": "degree",
            "i1.2": "degree",
            "i2": "degree",
            "i4.1": "absence",
            "i4.2": "absence",
            "i4.3": "absence",
            "i5": "degree_reversed",
            "o1": "life_expectancy",
        }
        assert scale_of(loaded("uneven")["A.b2"]) is None

    def test_a_node_has_the_method_of_its_level_nearest_above(self) -> None:
        scheme = loaded("whole")
        assert described(scheme["i4"].method) == ("min",)
        assert described(scheme["i4.1"].method) == ("power-mean", ("exponent", Fraction(1, 2)))
        assert described(scheme["o1"].method) == ("mean",)
        assert described(scheme["1"].method) == ("mean",)

    def test_its_own_method_is_nearer_still(self) -> None:
        scheme = loaded("uneven")
        assert described(scheme["A.b"].method) == ("min",)
        assert described(scheme["A.b2"].method) == ("max",)
        assert described(scheme["B"].method) == ("sum",)
        assert described(scheme["D"].method) == ("k-of-n", ("at_least", Fraction(1, 2)), ("k", 1))

    def test_what_missing_means_is_inherited(self) -> None:
        scheme = loaded("whole")
        assert scheme["i1.1"].missing == Missing("skip")
        assert scheme["o1"].missing == Missing("error")
        assert loaded("uneven")["A.a"].missing == Missing("skip", Fraction(3, 5))
        assert loaded("uneven")["A2"].missing == Missing("zero")


class TestScales:
    """reverse: same answers, score mirrored in the scheme's range. goalposts: mapped linearly onto
    the scheme's range. not_applicable: answers that are left out and counted."""

    def test_a_reversed_scale_mirrors_the_scores(self) -> None:
        scales = loaded("whole").scales
        assert [choice.score for choice in scales["degree_reversed"].answers] == [100, 67, 33, 0]
        assert scales["degree_reversed"].not_applicable == ("9",)

    def test_reversing_twice_changes_nothing(self) -> None:
        scales = loaded("uneven").scales
        assert scales["back"].answers == scales["ก ข"].answers
        assert [choice.score for choice in scales["there"].answers] == [Fraction("98.499"), 100]

    def test_codes_for_no_answer_are_read_on_every_kind_of_scale(self) -> None:
        scales = loaded("no_answer").scales
        assert scales["degree"].no_answer == scales["turned"].no_answer == ("-9999", "ไม่ตอบ")
        assert scales["years"].no_answer == ("..",)
        assert scales["turned"].score("ไม่ตอบ ") is None
        assert scales["years"].score("..") is None
        assert scales["degree"].score(-9999.0) is None

    def test_they_are_part_of_what_the_scheme_means(self) -> None:
        """Without them the hash is another; an empty list of them says nothing."""
        text = (FOLDER / "no_answer.toml").read_text("utf-8")
        without = text.replace('no_answer = ".."', "")
        empty = text.replace('no_answer = ".."', "no_answer = []")
        assert itakit.loads(text).hash != itakit.loads(without).hash == itakit.loads(empty).hash

    def test_goalposts_lead_to_the_ends_of_the_range(self) -> None:
        scheme = loaded("numeric")
        assert scheme.scales["years"].score("20") == 0
        assert scheme.scales["years"].score("52.5") == 5
        assert scheme.scales["income"].score("75000") == 10
        assert scheme.scales["area"].score("625") == 5

    def test_they_may_descend(self) -> None:
        scale = loaded("numeric").scales["deaths"]
        assert [scale.score(n) for n in ("100", "25", "0", "120")] == [0, Fraction(15, 2), 10, 0]

    def test_a_title_may_have_any_language(self) -> None:
        choice = loaded("uneven").scales["ก ข"].answers[1]
        assert choice.title["de-AT"] == "Jänner"


class TestExtends:
    """extends takes another scheme (a file of that id beside it, else an installed one; never a
    path) and overrides it node by node, by code."""

    def test_what_is_not_mentioned_stays(self) -> None:
        scheme = loaded("changed")
        assert (scheme.id, scheme.version) == ("changed", "2")
        assert scheme.title["th"] == "ฐาน"
        assert [level for level, _ in scheme.levels] == ["question", "survey", "total", "part"]
        assert scale_of(scheme["a1"]) == "yes"

    def test_what_is_mentioned_is_overridden(self) -> None:
        scheme = loaded("changed")
        assert [child.weight for child in scheme.root.children] == [50, 50]
        assert described(scheme["b1"].method) == ("min",)
        assert [choice.score for choice in scheme.scales["no"].answers] == [10, 90]
        assert [grade.name for grade in scheme.grades] == ["any"]

    def test_a_new_code_is_added_and_a_known_one_moves(self) -> None:
        scheme = loaded("changed")
        assert [child.code for child in scheme["A"].children] == ["a1", "a3"]
        assert [child.code for child in scheme["B"].children] == ["b1", "a2", "b2"]
        assert scale_of(scheme["a2"]) == "no"
        assert scale_of(scheme["b2.1"]) == "yes"

    def test_nodes_keep_their_places(self) -> None:
        assert [child.code for child in loaded("changed").root.children] == ["A", "B"]

    def test_one_may_extend_one_that_extends_another(self) -> None:
        scheme = loaded("changed_again")
        assert [child.code for child in scheme.root.children] == ["A", "B", "C"]
        assert [child.code for child in scheme["C"].children] == ["b1"]
        assert scale_of(scheme["b1"]) == "no"
        assert scheme.title["en"] == "Base"

    def test_it_means_the_same_when_written_out(self) -> None:
        scheme = loaded("changed_again")
        assert itakit.loads(dumps(scheme)).hash == scheme.hash

    def test_next_year_is_this_year_and_what_changed(self) -> None:
        """Weights, a grade, nodes that are new, renumbered, moved, put in place and retired; what
        speaks of a node by its code speaks of it by the new one."""
        scheme, whole = loaded("next_year"), loaded("next_year_whole")
        assert evolve(scheme, id=whole.id) == whole
        assert scheme.hash == whole.hash

    @pytest.mark.parametrize("name", ["./base", "base.toml", "up\\base"])
    def test_an_id_is_no_path(self, tmp_path: Path, name: str) -> None:
        """What to write in its place is told."""
        head = "format = 1\n[scheme]\nid = 'over'\n"
        (tmp_path / "over.toml").write_text(f"{head}extends = '{name}'\n", "utf-8")
        (problem,) = itakit.check(tmp_path / "over.toml").problems
        assert problem.hint.startswith('extends takes an id and no path: write "base", and keep')

    def test_methods_that_are_no_table_are_told_where_they_stand(self, tmp_path: Path) -> None:
        """In the base, whose nodes they are taken over from."""
        head = "format = 1\n[scheme]\nrange = [0, 1]\nid = "
        base = f'{head}"base"\n[aggregation]\nitem = "mean"\npart = "mean"\ntotal = "mean"\n'
        base += '[[part]]\ncode = "p"\naggregation = 3\nitem = ["a", "b"]\n'
        (tmp_path / "base.toml").write_text(base, "utf-8")
        over = (
            'format = 1\n[scheme]\nid = "over"\nextends = "base"\n[[part]]\ncode = "q"\nwas = "p"\n'
        )
        (tmp_path / "over.toml").write_text(over, "utf-8")
        problems = itakit.check(tmp_path / "over.toml").problems
        told = [p for p in problems if p.path.endswith("base.toml")]
        assert [(p.line, "found the number 3" in p.message) for p in told] == [(11, True)]

    def test_levels_and_scales_go_with_their_last_node(self) -> None:
        assert {"part", "group"} <= {level for level, _ in loaded("this_year").levels}
        assert {"part", "group"}.isdisjoint(level for level, _ in loaded("next_year").levels)
        assert [*loaded("this_year").scales] == ["choice", "mirrored"]
        assert [*loaded("next_year").scales] == ["choice"]

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ('[[survey]]\ncode = "A"\nweight = 41', ("over.toml", 8, 1)),
            ('[[survey]]\ncode = "B"\nweight = 61', ("over.toml", 8, 1)),
            (
                '[[survey]]\ncode = "A"\nquestion = [{ code = "a2", scale = 3 }]',
                ("over.toml", 8, 28),
            ),
            ('[scale.yes]\nanswer = [{ code = "1", score = 101 }]', ("over.toml", 7, 25)),
            ('[aggregation]\nquestion = "maen"', ("over.toml", 7, 1)),
            ("[scheme.rounding]\nplaces = -1", ("over.toml", 7, 1)),
            ('[[survey]]\ncode = "C"\nquestion = ["c1"]', ("over.toml", 6, 3)),
            (
                '[[survey]]\ncode = "B"\naggregate = "single"\nquestion = ["b2"]',
                ("over.toml", 6, 3),
            ),
            (
                '[[survey]]\ncode = "B"\nquestion = [{ code = "b1", question = ["B"] }]',
                ("over.toml", 8, 40),
            ),
        ],
    )
    def test_what_is_wrong_is_told_where_it_stands(
        self, tmp_path: Path, text: str, place: tuple[str, int, int]
    ) -> None:
        (tmp_path / "base.toml").write_bytes((FOLDER / "base.toml").read_bytes())
        over = f'format = 1\n[scheme]\nid = "over"\nextends = "base"\n\n{text}\n'
        (tmp_path / "over.toml").write_text(over, "utf-8")
        [problem] = itakit.check(tmp_path / "over.toml").problems
        assert (Path(problem.path).name, problem.line, problem.column) == place

    def test_weights_that_no_longer_add_up_are_told_where_they_were_changed(
        self, tmp_path: Path
    ) -> None:
        """At a node that was retired, or where they stand, if only their meaning changed."""
        base = """format = 1
[scheme]
id = "base"
range = [0, 100]
weights = "relative"
[aggregation]
item = "mean"
total = "weighted-mean"
[[item]]
code = "a"
weight = 50
[[item]]
code = "b"
weight = 60
"""
        (tmp_path / "base.toml").write_text(base, "utf-8")
        whole = base.replace("60", "50").replace("relative", "share").replace('"base"', '"whole"')
        (tmp_path / "whole.toml").write_text(whole, "utf-8")
        for over, place in (
            ('extends = "whole"\nretired = ["b"]', ("over.toml", 5, "scheme.retired")),
            ('extends = "base"\nweights = "share"', ("base.toml", 14, "item[1].weight")),
        ):
            text = f'format = 1\n[scheme]\nid = "over"\n{over}\n'
            (tmp_path / "over.toml").write_text(text, "utf-8")
            [problem] = itakit.check(tmp_path / "over.toml").problems
            assert (Path(problem.path).name, problem.line, problem.key) == place


class TestParameters:
    """A method is a name or a table such as { method = "power-mean", exponent = 0.5 }."""

    def test_only_an_exponent_is_bounded(self) -> None:
        """A ceiling is as large as the range asks for."""
        scheme = itakit.loads(
            'format = 1\nitem = ["a", "b"]\n'
            '[scheme]\nid = "s"\nrange = [0, 1000]\n'
            '[aggregation]\nitem = "single"\n'
            'total = { method = "deduction", base = "a", ceiling = 500.1234 }\n'
        )
        assert itakit.evaluate(scheme, {"a": 1000, "b": 900}).score == 1000 - Fraction("500.1234")

    def test_the_methods_of_the_levels_below_are_not_the_node_s_own(self) -> None:
        """Not even where nodes of one level stand inside each other."""
        scheme = itakit.loads(
            'format = 1\n[scheme]\nid = "s"\nrange = [0, 100]\n'
            '[aggregation]\ngroup = "max"\ntotal = "mean"\n'
            '[[group]]\ncode = "A"\naggregation = { group = "min" }\n'
            'group = [{ code = "B", group = ["a", "b"] }, { code = "C", group = ["c", "d"] }]\n'
        )
        assert [scheme[code].method.name for code in ("A", "B", "C", "a")] == [
            "max", "min", "min", "min",
        ]  # fmt: skip
