"""The kit finds a law that does not hold, and tells it in the scheme's own codes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import itakit
from itakit.errors import ItakitError, SchemeError
from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally
from itakit.methods import BUILT_IN, Inapplicable, Law, Method, Use
from itakit.result import Result
from itakit.rounding import Rounding
from itakit.scheme import Scheme
from itakit.scores import Scores
from itakit.testing import RATIONAL, LawError, Scope, check_laws, scheme_laws
from itakit.testing.breach import Breach
from itakit.testing.drawing import dice
from itakit.testing.files import document
from itakit.testing.method_laws import METHOD_LAWS
from itakit.testing.scheme_laws import SCHEME_LAWS
from itakit.trial import Trial, tried
from itakit.wording import say

PLAIN = """
format = 1
scheme = { id = "plain", range = [0, 10] }
aggregation = { part = "mean", total = "mean" }
scale = { yes = { answer = [{ code = "0", score = 0 }, { code = "1", score = 10 }] } }
part = [{ code = "a", scale = "yes" }, "b"]
grade = [{ name = "good", from = 5 }, { name = "bad", from = 0 }]
"""

NESTED = """
format = 1
scheme = { id = "nested", range = [0, 10] }
aggregation = { part = "mean", group = "mean", total = "mean" }
group = [{ code = "A", part = ["a", "b"] }, { code = "B", part = ["c", "d"] }]
grade = [{ name = "good", from = 5 }, { name = "bad", from = 0 }]
"""

LIARS: dict[Law, Callable[..., Any]] = {
    "internal": lambda terms, ends: ends[1],
    "equal": lambda terms, ends: ends[0],
    "monotone": lambda terms, ends: ends[1] - max(value for value, _ in terms),
    "symmetric": lambda terms, ends: terms[0][0],
    "replication": lambda terms, ends: Fraction(len(terms)),
    "weight-scale": lambda terms, ends: min(terms[0][1], ends[1]),
    "affine": lambda terms, ends: max(value for value, _ in terms) ** 2 / 10,
    "stretch": lambda terms, ends: max(value for value, _ in terms) ** 2 / 10,
}
"""For each law, a method that says to keep it and does not."""


def with_method(method: Method) -> Scheme:
    scheme = itakit.loads(PLAIN)
    use = Use(method)
    children = tuple(evolve(child, method=use) for child in scheme.root.children)
    levels = tuple((level, use) for level, _ in scheme.levels)
    root = evolve(scheme.root, method=use, children=children)
    return evolve(scheme, root=root, levels=levels)


def found(law: str) -> bool:
    """Whether anything is found against a law of schemes in some tries."""
    scheme = itakit.loads(NESTED)
    return any(SCHEME_LAWS[law](dice(number), scheme) is not None for number in range(60))


class TestLaws:
    """A law that a method does not have is declared on the method, and checked only where
    declared."""

    @pytest.mark.parametrize("law", LIARS)
    def test_a_law_that_is_declared_and_not_kept_is_told_with_the_codes(self, law: Law) -> None:
        liar = Method("liar", LIARS[law], {law})
        with pytest.raises(LawError) as caught:
            check_laws(with_method(liar))
        told = f'the law "{say(f"law-{law}").text()}" does not hold'
        (problem,) = [p for p in caught.value.problems if p.message.startswith(told)]
        assert problem.key == "total"
        assert "a = " in str(problem)

    def test_every_law_that_does_not_hold_is_told(self) -> None:
        """In one exception, each with a story of its own; none hides another."""
        liar = Method("liar", lambda terms, ends: ends[1] - terms[0][0], {"monotone", "equal"})
        with pytest.raises(LawError) as caught:
            check_laws(with_method(liar))
        laws = [story.law for story in caught.value.stories]
        assert laws == ["equal", "monotone", "better"]
        assert len(caught.value.problems) == 3
        assert caught.value.story == caught.value.stories[0]
        assert LawError([]).story is None

    def test_a_trial_tells_them_all_too(self, tmp_path: Path) -> None:
        """As `itakit test` does, each with the file of the scheme."""
        liar = Method("liar", lambda terms, ends: ends[1] - terms[0][0], {"monotone", "equal"})
        path = str(tmp_path / "liar.toml")
        with pytest.raises(ItakitError) as caught:
            [*tried(with_method(liar), path, Trial(laws=check_laws))]
        told = [(problem.path, problem.says.values["law"]) for problem in caught.value.problems]
        laws = {(path, say(f"law-{law}")) for law in ("equal", "monotone", "better")}
        assert len(told) == 3
        assert all(law in told for law in laws)

    @pytest.mark.parametrize("law", LIARS)
    def test_a_law_that_is_not_declared_is_not_checked(self, law: Law) -> None:
        said = [say(f"law-{name}").text() for name in METHOD_LAWS]
        assert not {*said} & {*check_laws(with_method(Method("honest", LIARS[law])))}

    def test_a_case_against_a_law_is_a_small_one(self) -> None:
        liar = Method("liar", LIARS["monotone"], {"monotone"})
        with pytest.raises(LawError, match=r"with a = 0\.5, b = 0: total = 9\.5, expected ≥ 10$"):
            check_laws(with_method(liar))

    def test_a_mean_below_its_least_term_is_found(self) -> None:
        liar = Method("liar", lambda terms, ends: ends[0], {"internal"})
        with pytest.raises(LawError, match=r"total = 0, expected ≥ 0\.5$"):
            check_laws(with_method(liar))

    def test_a_method_that_refuses_more_terms_does_not_take_every_term_twice(self) -> None:
        liar = Method("liar", BUILT_IN["min"].function, {"replication"}, terms=(1, 2))
        with pytest.raises(
            LawError,
            match=r"with a = 0, b = 0 \(every child taken twice\): total = –, expected = 0$",
        ):
            check_laws(with_method(liar))

    def test_a_node_of_weight_zero_takes_no_code_that_is_taken(self) -> None:
        text = 'format = 1\nscheme = { id = "s", range = [0, 1] }\npart = ["0", "00"]\n'
        scheme = itakit.loads(text + 'aggregation = { part = "mean", total = "min" }')
        assert "a node of weight zero might as well not exist" in check_laws(scheme, max_examples=2)

    def test_a_method_that_has_no_score_breaks_no_law(self) -> None:
        def refuse(terms: object, ends: object) -> Fraction:
            raise Inapplicable("negative-term", method="liar")

        laws: list[Law] = list(LIARS)
        assert check_laws(with_method(Method("liar", refuse, laws)), max_examples=2)

    def test_evidence_of_every_kind_is_told_and_only_the_first_of_it(self) -> None:
        unit: dict[str, Evidence] = {f"n{i}": i for i in range(9)}
        unit |= {"n0": Answer("few"), "n1": NOT_APPLICABLE, "n2": Tally({"4": 1})}
        told = str(Breach("total", unit, "total = 1", "= 2").error("law-equal"))
        first = 'with n0 = "few", n1 = "not applicable", n2 = {4: 1}, n3 = 3, '
        assert first in told
        assert "n7 = 7 and 1 more: total = 1, expected = 2" in told

    def test_a_sum_that_leaves_the_range_breaks_no_law(self) -> None:
        text = 'format = 1\nscheme = { id = "s", range = [0, 10] }\npart = ["a", "b"]\n'
        scheme = itakit.loads(text + 'aggregation = { part = "mean", total = "sum" }')
        trials = [SCHEME_LAWS["better"](dice(number), scheme) for number in range(60)]
        assert trials == [None] * 60

    def test_a_linear_method_must_be_what_it_says_it_is(self) -> None:
        liar = Method("liar", BUILT_IN["min"].function, {"linear"}, "average")
        with pytest.raises(LawError, match="the score is the sum of its children's contributions"):
            check_laws(with_method(liar))

    @pytest.mark.parametrize(
        ("name", "liar"),
        [
            ("pooling", Method("liar", BUILT_IN["max"].function, (), "average", terms=(1, 9))),
            ("twice", Method("liar", LIARS["weight-scale"], {"weight-scale"})),
            ("answer-order", Method("liar", LIARS["symmetric"], {"symmetric"})),
            ("agreement", Method("liar", LIARS["weight-scale"], {"equal"})),
        ],
    )
    def test_so_are_the_laws_of_answers(self, name: str, liar: Method) -> None:
        plain = itakit.loads(PLAIN)
        a, b = plain.root.children
        children = (evolve(a, method=Use(liar)), b)
        with pytest.raises(LawError) as caught:
            check_laws(evolve(plain, root=evolve(plain.root, children=children)))
        assert say(f"law-{name}").text() in str(caught.value)
        assert "with a = " in str(caught.value)


class TestSchemes:
    """The laws of section 7 on anyone's scheme."""

    def test_a_score_without_a_grade_is_found(self) -> None:
        scheme = itakit.loads(PLAIN)
        with pytest.raises(LawError, match="every score has exactly one grade"):
            check_laws(evolve(scheme, grades=scheme.grades[:1]))

    def test_what_no_file_could_declare_is_told_beside_the_others(self) -> None:
        """A scheme that can not be dumped and loaded again hides no other law."""
        scheme = itakit.loads(PLAIN)
        with pytest.raises(LawError, match="the last grade starts at") as caught:
            check_laws(evolve(scheme, grades=scheme.grades[:1]))
        assert [story.law for story in caught.value.stories] == ["one-grade", "dump"]

    @pytest.mark.parametrize("wrong", ["ita_2565", None, 3])
    def test_what_is_no_scheme_is_told_as_everywhere(self, wrong: Any) -> None:
        with pytest.raises(SchemeError, match=r"^expected a scheme, found .*; itakit\.find gives"):
            check_laws(wrong)

    @pytest.mark.parametrize("wrong", [0, -1, True, "25", 2.5, None])
    def test_a_number_of_cases_is_a_whole_number(self, wrong: Any) -> None:
        scheme = itakit.loads(PLAIN)
        said = r"^max_examples: found .*, expected a whole number, 1 or more$"
        with pytest.raises(ItakitError, match=said):
            check_laws(scheme, max_examples=wrong)

    @pytest.mark.parametrize("wrong", [True, "0", 2.5])
    def test_so_is_a_seed(self, wrong: Any) -> None:
        scheme = itakit.loads(PLAIN)
        said = r"^seed: found .*, expected a whole number, or None for other cases in every run$"
        with pytest.raises(ItakitError, match=said):
            check_laws(scheme, max_examples=1, seed=wrong)

    def test_a_scheme_that_its_text_does_not_hold_is_found(self) -> None:
        scheme = itakit.loads(PLAIN)
        other = evolve(scheme, root=evolve(scheme.root, method=Use(BUILT_IN["min"])))
        with pytest.raises(LawError, match="dumping then loading"):
            check_laws(other)

    @pytest.mark.parametrize("law", ["subtree", "better", "evidence-order"])
    def test_an_engine_that_forgets_is_found(
        self, law: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        calls = count()

        def forgetful(scheme: Scheme, evidence: dict[str, Evidence]) -> Result:
            lost = next(calls) % 2 == 1
            zeros: dict[str, Evidence] = dict.fromkeys(evidence, 0)
            return itakit.evaluate(scheme, zeros if lost else evidence)

        monkeypatch.setattr(scheme_laws, "evaluate", forgetful)
        assert found(law)

    def test_contributions_that_do_not_add_up_are_found(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Scores, "contributions", (Fraction(1),) * 99)
        assert found("contributions")

    @pytest.mark.parametrize(
        "wrong",
        [
            lambda self, value: Decimal(-self.integer(value)),
            lambda self, value: Decimal(self.integer(value) + 1),
            lambda self, value: Decimal(self.integer(value)) / 100 + 1,
            lambda self, value: Decimal(self.integer(value)) / 100 // 1,
        ],
    )
    def test_a_wrong_rounding_is_found(
        self, wrong: Callable[..., Decimal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Rounding, "__call__", wrong)
        assert found("rounding")

    @pytest.mark.parametrize("number", range(8))
    def test_drawn_schemes_keep_the_laws(self, number: int) -> None:
        text = document(dice(number), Scope(depth=2, methods=RATIONAL))
        assert len(check_laws(itakit.loads(text), max_examples=5)) > 10

    def test_the_shipped_scheme_keeps_the_laws(self) -> None:
        assert len(check_laws(itakit.find("ita_2565"), max_examples=5)) == 21

    def test_the_same_cases_are_tried_every_time_and_others_on_demand(self) -> None:
        scheme = with_method(Method("liar", LIARS["symmetric"], {"symmetric"}))
        told = []
        for seed in (1, 1, None):
            with pytest.raises(LawError) as caught:
                check_laws(scheme, seed=seed)
            told.append(str(caught.value))
        assert told[0] == told[1]


class TestImports:
    """Importing itakit imports no Hypothesis."""

    def test_hypothesis_is_imported_only_by_the_kit(self) -> None:
        code = (
            "import sys, itakit; itakit.evaluate, itakit.loads; print('hypothesis' in sys.modules)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert ran.stdout == "False\n"
