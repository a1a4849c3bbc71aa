"""The kit finds a law that does not hold, and tells it in the scheme's own codes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import itakit
from itakit.methods import BUILT_IN, Law, Method, Use
from itakit.scheme import Scheme
from itakit.testing import RATIONAL, LawError, Scope, check_laws
from itakit.testing.drawing import dice
from itakit.testing.files import document
from itakit.testing.method_laws import METHOD_LAWS
from itakit.wording import say

PLAIN = """
format = 1
scheme = { id = "plain", range = [0, 10] }
aggregation = { part = "mean", total = "mean" }
scale = { yes = { answer = [{ code = "0", score = 0 }, { code = "1", score = 10 }] } }
part = [{ code = "a", scale = "yes" }, "b"]
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
    return evolve(scheme, root=evolve(scheme.root, method=use, children=children))


class TestLaws:
    """A law that a method does not have is declared on the method, and checked only where
    declared."""

    @pytest.mark.parametrize("law", LIARS)
    def test_a_law_that_is_declared_and_not_kept_is_told_with_the_codes(self, law: Law) -> None:
        liar = Method("liar", LIARS[law], {law})
        with pytest.raises(LawError) as caught:
            check_laws(with_method(liar))
        (problem,) = caught.value.problems
        assert str(say(f"law-{law}").text()) in str(problem)
        assert problem.key == "total"
        assert "a = " in str(problem)

    @pytest.mark.parametrize("law", LIARS)
    def test_a_law_that_is_not_declared_is_not_checked(self, law: Law) -> None:
        said = [say(f"law-{name}").text() for name in METHOD_LAWS]
        assert not {*said} & {*check_laws(with_method(Method("honest", LIARS[law])))}

    def test_a_case_against_a_law_is_a_small_one(self) -> None:
        liar = Method("liar", LIARS["monotone"], {"monotone"})
        with pytest.raises(LawError, match=r"with a = 0, b = 0\.5: total = 9\.5, expected ≥ 10"):
            check_laws(with_method(liar))

    def test_a_linear_method_must_be_what_it_says_it_is(self) -> None:
        liar = Method("liar", BUILT_IN["min"].function, {"linear"}, "average")
        with pytest.raises(LawError, match="the score is the sum of its children's contributions"):
            check_laws(with_method(liar))

    @pytest.mark.parametrize(
        ("law", "name", "function"),
        [
            ("affine", "pooling", lambda terms, ends: max(value for value, _ in terms)),
            ("weight-scale", "twice", LIARS["weight-scale"]),
            ("symmetric", "answer-order", LIARS["symmetric"]),
            ("equal", "agreement", lambda terms, ends: min(terms[0][1], ends[1])),
        ],
    )
    def test_so_are_the_laws_of_answers(
        self, law: Law, name: str, function: Callable[..., Any]
    ) -> None:
        liar = Method("liar", function, {law})
        plain = itakit.loads(PLAIN)
        a, b = plain.root.children
        scheme = evolve(plain, root=evolve(plain.root, children=(evolve(a, method=Use(liar)), b)))
        with pytest.raises(LawError) as caught:
            check_laws(scheme)
        assert say(f"law-{name}").text() in str(caught.value)
        assert "with a = " in str(caught.value)


class TestSchemes:
    """The laws of section 7 on anyone's scheme."""

    def test_a_score_without_a_grade_is_found(self) -> None:
        scheme = itakit.loads(PLAIN)
        with pytest.raises(LawError, match="every score has exactly one grade"):
            check_laws(evolve(scheme, grades=scheme.grades[:1]))

    def test_a_grade_that_a_better_score_loses_is_found(self) -> None:
        scheme = itakit.loads(PLAIN)
        good, bad = scheme.grades
        grades = (bad, evolve(good, lowest=Fraction(3)))
        with pytest.raises(LawError, match="grade"):
            check_laws(evolve(scheme, grades=grades))

    def test_a_scheme_that_its_text_does_not_hold_is_found(self) -> None:
        scheme = itakit.loads(PLAIN)
        with pytest.raises(LawError, match="dumping then loading"):
            check_laws(evolve(scheme, levels=tuple(reversed(scheme.levels)), source=("", "")))

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
