"""Mutations of schemes, and what golden cases notice of them.

``UPDATE_GOLDEN=1 pytest tests/floor_4`` writes the list of mutations anew; read it before you
commit it.
"""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

import itakit
from itakit import Case, Scheme, SchemeError
from itakit.cases import cases_path, open_cases
from itakit.detection import Detection, detect
from itakit.mutations import mutations
from itakit.notation.soundness import is_sound
from itakit.verdict import judge

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "cases"
SHIPPED = sorted(f for f in (ROOT / "schemes").glob("*.toml") if not f.match("*.cases.toml"))
SMALL = """\
format = 1
scheme = { id = "small", range = [0, 100], rounding = { places = 0 } }
aggregation = { item = "mean", total = "mean" }
item = ["a", "b", "c"]
"""


@pytest.fixture(scope="module")
def rich() -> Scheme:
    return itakit.load(FOLDER / "rich.toml")


class TestMutations:
    """ "It changes the scheme's meaning one place at a time." (issue 4)"""

    def test_every_place_is_changed(self, rich: Scheme) -> None:
        """Weights, scores, goalposts, directions, methods, parents, bounds, conditions, policies
        and rounding: told to the letter in both languages."""
        lines = [m.what.text(lang) for lang in ("en", "th") for m in mutations(rich)]
        now = "\n".join(lines) + "\n"
        file = FOLDER / "rich.mutations"
        if os.environ.get("UPDATE_GOLDEN"):
            file.write_text(now, "utf-8")
        assert now == file.read_text("utf-8")

    @pytest.mark.parametrize("path", [*SHIPPED, FOLDER / "rich.toml"], ids=lambda path: path.stem)
    def test_each_means_something_else(self, path: Path) -> None:
        """No two of them have one hash, and none the scheme's."""
        scheme = itakit.load(path)
        hashes = [mutation.scheme.hash for mutation in mutations(scheme)]
        assert len({scheme.hash, *hashes}) == len(hashes) + 1

    def test_a_scheme_that_could_be_declared_can_be_loaded(self, rich: Scheme) -> None:
        """What is sound without a file is sound in one, and what is not is not."""
        for mutation in mutations(rich):
            text = itakit.dumps(mutation.scheme)
            if is_sound(mutation.scheme):
                itakit.loads(text)
            else:
                with pytest.raises(SchemeError):
                    itakit.loads(text)

    def test_a_relative_weight_grows_alone(self, rich: Scheme) -> None:
        """Nothing has to add up."""
        first = next(iter(mutations(evolve(rich, weights="relative"))))
        weights = [node.weight for node in first.scheme.root.children]
        assert weights == [Fraction(66), Fraction(40), Fraction(0)]

    def test_the_places_are_at_least_none(self) -> None:
        """And two equal terms have no middle but their mean."""
        told = [m.what.text() for m in mutations(itakit.loads(SMALL.replace(', "c"', "")))]
        assert [text for text in told if "places" in text] == ["rounding: 0 places become 1"]
        assert [text for text in told if "total" in text][:2] == [
            "the method of total: mean becomes min",
            "the method of total: mean becomes max",
        ]

    @pytest.mark.parametrize(
        ("policy", "weights", "group", "expected"),
        [
            ("at_least = 1", (1, 1, 1), "", []),  # two of three are less than 0.99
            ("at_least = 1", (1, 1, 0), "", []),  # and a weight of zero is no gap
            ("at_least = 1", (99, 99, 1), "", ["skip 1 becomes skip 0.99"]),
            ("at_least = 1", (1, 1, 1), 'missing = "skip", ', ["skip 1 becomes skip 0.99"]),
            (
                "at_least = 0.9",
                (1, 1, 1),
                "",
                ["skip 0.9 becomes skip 0.91", "skip 0.9 becomes skip 0.89"],
            ),
        ],
    )
    def test_a_share_that_no_gap_can_tell_from_another_has_no_mutation(
        self, policy: str, weights: tuple[int, ...], group: str, expected: list[str]
    ) -> None:
        """A node that needs all its children has no score without one, be 0.99 of them enough."""
        groups = [
            f'{{ code = "g{i}", weight = {weight}, {group} item = ["{i}a", "{i}b"] }}'
            for i, weight in enumerate(weights)
        ]
        scheme = itakit.loads(
            'format = 1\nscheme = { id = "s", range = [0, 1], weights = "relative", '
            f'missing = {{ policy = "skip", {policy} }} }}\n'
            'aggregation = { item = "single", group = "mean", total = "weighted-mean" }\n'
            f"group = [{', '.join(groups)}]\n"
        )
        told = [m.what.text() for m in mutations(scheme) if m.what.name == "mutation-missing"]
        ofs = [text.partition(": ")[2] for text in told if " of total " in text]
        assert [text for text in ofs if "becomes skip 0." in text] == expected

    def test_of_one_figure_every_method_makes_the_same(self) -> None:
        """Where `single` says that there is one, of an index: no case could tell them apart."""
        scheme = itakit.loads(
            'format = 1\nscheme = { id = "s", range = [0, 1] }\n'
            'aggregation = { item = "single", pillar = "single", total = "mean" }\n'
            "scale.years.goalposts = [20, 85]\n"
            'pillar = [{ code = "p", scale = "years", item = ["a"] },'
            ' { code = "q", scale = "years", item = ["b"], aggregation = { item = "mean" } }]\n'
        )
        told = [m.what.text() for m in mutations(scheme) if m.what.name == "mutation-method"]
        assert sorted({text.split(":")[0] for text in told}) == [
            "the method of b",  # which may have several
            "the method of total",
        ]

    def test_of_an_only_item_all_is_known_or_nothing(self) -> None:
        """So that no share of it can be told from another."""
        scheme = itakit.loads(
            'format = 1\nscheme = { id = "s", range = [0, 1] }\n'
            'aggregation = { item = "mean", pillar = "single", total = "mean" }\n'
            'pillar = [{ code = "p", missing = { policy = "skip", at_least = 0.5 },'
            ' item = ["a"] }, "q"]\n'
        )
        told = [m.what.text() for m in mutations(scheme) if m.what.name == "mutation-missing"]
        of_p = [text.partition(" becomes ")[2] for text in told if "of p" in text]
        assert of_p == ["error", "zero"]

    def test_what_has_no_other_is_left_as_it_is(self) -> None:
        """The weight of an only child, and a parameter that is no number."""
        scheme = itakit.loads(
            'format = 1\nscheme = { id = "s", range = [0, 100] }\n'
            'aggregation = { item = "mean", group = { method = "deduction", base = "a", '
            'ceiling = 20 }, total = "mean" }\n'
            '[[group]]\ncode = "g"\nweight = 1\nitem = ["a", "b", "c"]\n'
        )
        told = [m.what.text() for m in mutations(scheme)]
        assert [text for text in told if "weight" in text or " its " in text] == [
            "the method of g: its ceiling, 20, becomes 21",
            "the method of g: its ceiling, 20, becomes 19",
        ]

    def test_a_node_moves_to_a_parent_of_its_parents_level(self, rich: Scheme) -> None:
        """With all that is below it; everything else stays."""
        moved = next(m.scheme for m in mutations(rich) if m.what.text() == "A1 stands under B")
        parents = {c.code: n.code for n in moved.nodes() for c in n.children}
        before = {c.code: n.code for n in rich.nodes() for c in n.children}
        assert parents == {**before, "A1": "B"}


class TestDetection:
    """ "It runs the cases, and lists the mutations that no case catches." (issue 4)"""

    def test_what_no_case_notices_is_told(self) -> None:
        """A total of three equal scores is the same by any mean; one more case tells them apart."""
        scheme = itakit.loads(SMALL)
        alike = Case("alike", {"a": 1, "b": 1, "c": 1}, {"total": "1"})
        uneven = Case("uneven", {"a": 1, "b": 2, "c": 10}, {"total": "13/3"})
        found = detect(scheme, [alike])
        assert [m.what.text() for m in found.missed][:3] == [
            f"the method of total: mean becomes {name}" for name in ("median", "min", "max")
        ]
        better = detect(scheme, [alike, uneven])
        assert better.caught == found.caught + 3
        assert len(better.missed) == len(found.missed) - 3

    def test_what_no_file_could_declare_does_not_count(self, rich: Scheme) -> None:
        """A last grade that leaves scores without one."""
        found = detect(rich, open_cases(FOLDER / "rich.cases.toml").cases)
        assert found.refused == 1
        assert found.total + found.refused == len(list(mutations(rich)))
        assert 0 < found.share < 100

    def test_a_share_is_exact(self) -> None:
        """Of none, all are caught."""
        assert Detection(1, (), 0).share == 100
        assert Detection(0, (), 7).share == 100

    @pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
    def test_the_cases_of_a_shipped_scheme_catch_its_mutations(self, path: Path) -> None:
        """ "Every mutation of a shipped scheme's meaning is caught: at least 95 %." """
        scheme, cases = itakit.load(path), open_cases(cases_path(path)).cases
        assert not [flaw for case in cases for flaw in judge(scheme, case)]
        found = detect(scheme, cases)
        assert found.total
        assert found.share >= 95, [mutation.what.text() for mutation in found.missed]

    def test_there_are_shipped_schemes(self) -> None:
        """The check cannot pass by finding nothing."""
        assert "ita_2565" in [path.stem for path in SHIPPED]
