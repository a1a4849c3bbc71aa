"""The laws as tests of pytest, and a failure as an analyst can act on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any

import polars as pl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import itakit
from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally
from itakit.methods import BUILT_IN, Law, Method, Use
from itakit.scheme import Node, Scheme
from itakit.testing import LawError, SchemeLaws, check_laws, method_laws, responses
from itakit.testing.breach import Breach
from itakit.testing.checking import check_law, laws_of
from itakit.testing.families import Seen
from itakit.testing.story import Story
from itakit.testing.writing import toml

MEAN = BUILT_IN["mean"]
TEXT = """
format = 1
scheme = { id = "plain", range = [0, 100] }
aggregation = { part = "mean", total = "mean" }
part = [{ code = "a" }, { code = "ข" }, "c", "d", "e", "f"]
"""
MODULE = f"""
from attrs import evolve
import itakit
from itakit.methods import BUILT_IN, Method, Use
from itakit.testing import SchemeLaws

PLAIN = itakit.loads('''{TEXT}''')
LIAR = Use(Method("liar", lambda terms, ends: ends[1] - terms[0][0], {{"monotone", "equal"}}))

class TestKept(SchemeLaws):
    scheme = PLAIN
    max_examples = 2

    def test_of_our_own(self):
        assert self.scheme.id == "plain"

class TestBroken(SchemeLaws):
    scheme = evolve(PLAIN, root=evolve(PLAIN.root, method=LIAR))
    max_examples = 5
"""


def with_root(function: Callable[..., Any], laws: set[Law]) -> Scheme:
    """The plain scheme with a method of its own at its root."""
    plain = itakit.loads(TEXT)
    return evolve(plain, root=evolve(plain.root, method=Use(Method("liar", function, laws))))


def story(scheme: Scheme, law: str) -> Story:
    """What is told where a law does not hold."""
    with pytest.raises(LawError) as caught:
        check_law(scheme, law, max_examples=200)
    assert caught.value.story is not None
    return caught.value.story


class TestClass:
    """A class of one line makes each law a test of its own."""

    @pytest.fixture
    def run(self, tmp_path: Path) -> Callable[..., tuple[int, str]]:
        def run(*words: str, source: str = MODULE) -> tuple[int, str]:
            (tmp_path / "test_ours.py").write_text(dedent(source), "utf-8")
            ran = subprocess.run(
                [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words],
                check=False,
                cwd=tmp_path,
                # How this run was asked for is no concern of the other.
                env={**os.environ, "PYTEST_ADDOPTS": "", "PYTHONIOENCODING": "utf-8"},
                capture_output=True,
                text=True,
                encoding="utf-8",
            )
            return ran.returncode, ran.stdout + ran.stderr

        return run

    def test_every_law_is_a_test_with_a_name(self, run: Callable[..., tuple[int, str]]) -> None:
        """The same in every run, so that it can be chosen and shared out among processes."""
        status, out = run("--collect-only", "-q")
        assert status == 0, out
        names = re.findall(r"::TestKept::test_law\[(.+)\]", out)
        assert names == laws_of(itakit.loads(TEXT))
        assert "TestKept::test_of_our_own\n" in out
        assert {"monotone", "better", "rounding", "dump"} <= {*names}

    def test_one_law_that_fails_hides_no_other(self, run: Callable[..., tuple[int, str]]) -> None:
        status, out = run("-q", "-rA")
        assert status == 1
        failed = re.findall(r"^FAILED test_ours.py::(\w+)::test_law\[(.+?)\]", out, re.MULTILINE)
        assert {*failed} >= {("TestBroken", "equal"), ("TestBroken", "monotone")}
        assert {name for name, _ in failed} == {"TestBroken"}
        assert "PASSED test_ours.py::TestBroken::test_law[rounding]" in out

    def test_what_fails_is_told_without_a_traceback(
        self, run: Callable[..., tuple[int, str]]
    ) -> None:
        """The law, the node, the two cases and the two results; of the kit itself, nothing."""
        _, out = run("-q", "-k", "TestBroken and monotone")
        told = out[out.index("the law does not hold") : out.index("short test summary")]
        assert told.startswith(
            "the law does not hold: raising one score never lowers the score above it\n"
            "where: total (total, method liar), in the scheme plain\n"
            "evidence to compare with:\n    a = 0\n"
        )
        assert "Traceback" not in out
        assert "checking.py" not in out
        assert "During handling" not in out
        assert out[: out.index("short test summary")].count("the law does not hold") == 1
        assert "1 failed" in out

    def test_the_tests_can_be_shared_out(self, run: Callable[..., tuple[int, str]]) -> None:
        status, out = run("-q", "-n", "1", "-k", "TestKept and (equal or dump)")
        assert (status, "2 passed" in out) == (0, True)

    def test_a_class_that_can_not_be_tried_is_one_test_that_fails(
        self, run: Callable[..., tuple[int, str]]
    ) -> None:
        """It says what is wrong, once, and keeps no other test from running."""
        source = """
            import itakit
            from itakit.testing import SchemeLaws

            class TestNothing(SchemeLaws):
                pass

            class TestText(SchemeLaws):
                scheme = "ita_2565"

            class TestNoCases(SchemeLaws):
                scheme = itakit.find("ita_2565")
                max_examples = 0

            class TestMisspelt(SchemeLaws):
                scheme = itakit.find("ita_2565")
                max_exampels = 2

            def test_of_another_kind():
                pass
        """
        status, out = run("-q", "-rA", source=source)
        assert (status, "4 failed, 1 passed" in out) == (1, True), out
        told = out[: out.index("short test summary")]
        assert told.count('TestNothing names no scheme: write scheme = itakit.load("…") in it') == 1
        assert told.count('expected a scheme, found "ita_2565"; itakit.find gives') == 1
        assert told.count("max_examples: found ") == 1
        assert told.count('max_exampels: unknown key; did you mean "max_examples"?') == 1
        assert "Traceback" not in out
        assert "During handling" not in out


class TestShipped(SchemeLaws):
    """The shipped scheme in the line that the reference shows."""

    scheme = itakit.find("ita_2565")
    max_examples = 2


class TestShrinking:
    """Failures shrink to a small case, told in the scheme's own codes."""

    @staticmethod
    def lifted(story: Story) -> dict[str, Evidence]:
        """The evidence that is not the simplest there is."""
        return {code: known for code, known in story.breach.evidence.items() if known != 0}

    @pytest.mark.parametrize(
        ("law", "planted"),
        [
            ("internal", lambda terms, ends: ends[1]),
            ("equal", lambda terms, ends: ends[1]),
            ("monotone", lambda terms, ends: ends[0]),
            ("symmetric", lambda terms, ends: terms[0][0]),
        ],
    )
    def test_a_planted_breach_shrinks_to_one_or_two_items(
        self, law: Law, planted: Callable[..., Fraction]
    ) -> None:
        """It needs any score above 50 and shows with nothing else."""

        def function(terms: Any, ends: Any) -> Any:
            high = any(value > 50 for value, _ in terms)
            return planted(terms, ends) if high else MEAN.function(terms, ends)

        lifted = self.lifted(story(with_root(function, {law}), law))
        assert 55 in lifted.values()
        assert len(lifted) == 6 if law == "equal" else 1 <= len(lifted) <= 2

    def test_so_does_one_in_a_scheme_of_113_items(self) -> None:
        def planted(terms: Any, ends: Any) -> Any:
            right: Any = MEAN.function(terms, ends)
            return right / 2 if any(value > 50 for value, _ in terms) else right

        def swapped(node: Node) -> Node:
            method = Use(liar) if node.level == "indicator" else node.method
            return evolve(node, method=method, children=tuple(map(swapped, node.children)))

        liar = Method("liar", planted, MEAN.laws, "average")
        shipped = itakit.find("ita_2565")
        found = story(evolve(shipped, root=swapped(shipped.root)), "contributions")
        scored = [known for known in self.lifted(found).values() if known is not NOT_APPLICABLE]
        assert len(scored) <= 2
        assert len(found.text().splitlines()) < 20


class TestStory:
    """An analyst can act on what is told."""

    def test_it_tells_the_law_the_node_the_evidence_and_both_results(self) -> None:
        liar = with_root(lambda terms, ends: ends[1] - terms[0][0], {"monotone"})
        assert (
            story(liar, "monotone").text()
            == dedent(
                """\
            the law does not hold: raising one score never lowers the score above it
            where: total (total, method liar), in the scheme plain
            evidence to compare with:
                a = 0
                "ข" = 0
                c = 0
                d = 0
                e = 0
                f = 0
            evidence:
                a = 5
                "ข" = 0
                c = 0
                d = 0
                e = 0
                f = 0
            result: total = 95
            expected: ≥ 100
            what to do: the method liar declares this law; """
            )
            + "mend the method, or take the law out of what it declares"
        )

    def test_weights_that_are_not_the_scheme_s_are_told(self) -> None:
        liar = with_root(lambda terms, ends: terms[0][1], {"weight-scale"})
        assert (
            'with the weights:\n    a = 0.5\n    "ข" = 0.5\n' in story(liar, "weight-scale").text()
        )

    @pytest.mark.parametrize(
        ("law", "function", "done"),
        [
            (
                "replication",
                lambda terms, ends: terms[0][0] / len(terms),
                "every child taken twice",
            ),
            (
                "symmetric",
                lambda terms, ends: terms[0][0],
                "the children taken in the order ข, a, c, d, e, f",
            ),
        ],
    )
    def test_what_was_done_is_told_in_words_and_the_codes_are_the_scheme_s(
        self, law: Law, function: Callable[..., Any], done: str
    ) -> None:
        """No node is told that the scheme lacks, and no evidence twice."""
        found = story(with_root(function, {law}), law)
        told = found.text()
        assert f"\nwhat was done: {done}\n" in told
        assert {*found.breach.evidence} == {"a", "ข", "c", "d", "e", "f"}
        assert "evidence to compare with" not in told
        assert "สิ่งที่ทำ: " in found.text("th")

    def test_a_node_that_is_added_is_told_in_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No method sees a weight of zero, so that only an engine can break this law."""

        def counting(scheme: Scheme, evidence: object) -> Seen:
            return Seen(Fraction(len(scheme.root.children)))

        monkeypatch.setattr(method_laws, "seen", counting)
        found = story(with_root(MEAN.function, {"zero-weight"}), "zero-weight")
        assert (
            "\nwhat was done: a further child of weight 0 added, with the score 0\n" in found.text()
        )
        assert {*found.breach.evidence} == {"a", "ข", "c", "d", "e", "f"}
        assert {*found.breach.weights} <= {"a", "ข", "c", "d", "e", "f"}

    def test_evidence_is_told_as_a_file_of_evidence_holds_it(self, tmp_path: Path) -> None:
        text = TEXT.replace('"c"', '{ code = "c", scale = "s" }, { code = "c 2", scale = "s" }')
        answers = "answer = [{ code = '1', score = 0 }, { code = 'มาก', score = 100 }]"
        scheme = itakit.loads(f"{text}[scale.s]\n{answers}")
        evidence: dict[str, Evidence] = {
            "a": Fraction(1, 3),
            "ข": NOT_APPLICABLE,
            "c": Tally({"1": 2, "มาก": Fraction(1, 4)}),
            "c 2": Answer("มาก"),
            "d": "0.5",
            "e": 100,
            "f": 0,
        }
        breach = Breach("total", evidence, "total = 1", "= 2")
        told = Story("equal", breach, scheme, scheme).text()
        lines = [line for line in told.splitlines() if line.startswith("    ")]
        assert lines == [
            '    a = "1/3"',
            '    "ข" = "not applicable"',
            '    c = { answers = { "1" = 2, "มาก" = 0.25 } }',
            '    "c 2" = { answer = "มาก" }',
            "    d = 0.5",
            "    e = 100",
            "    f = 0",
        ]
        assert "what to do" not in told

    def test_what_most_items_have_is_told_once(self) -> None:
        scheme = itakit.loads(TEXT)
        evidence: dict[str, Evidence] = {f"q{i}": int(i == 7) for i in range(40)}
        told = Story("equal", Breach("total", evidence, "", ""), scheme, scheme).text()
        assert "evidence:\n    q7 = 1\n    # q0, q1, q2 … (39): 0\nresult" in told

    def test_it_is_told_in_thai(self) -> None:
        liar = with_root(lambda terms, ends: ends[0], {"equal"})
        assert story(liar, "equal").text("th").startswith("กฎไม่เป็นจริง: คะแนนที่เท่ากัน")

    def test_a_scheme_that_its_text_does_not_hold_has_a_story(self) -> None:
        plain = itakit.loads(TEXT)
        other = evolve(plain, root=evolve(plain.root, method=Use(BUILT_IN["min"])))
        told = story(other, "dump").text()
        assert "evidence" not in told
        assert "dumping then loading gives the same scheme" in told

    def test_check_laws_has_it_too(self) -> None:
        with pytest.raises(LawError) as caught:
            check_laws(with_root(lambda terms, ends: ends[0], {"equal"}))
        assert caught.value.story is not None


class TestResponses:
    """Rows as a questionnaire gives them, for any scheme."""

    SCHEME = itakit.find("ita_2565")

    @given(st.data())
    @settings(max_examples=10, deadline=None)
    def test_what_is_drawn_can_be_counted(self, data: st.DataObject) -> None:
        """Every row is one respondent of one unit, and every answer in it is counted."""
        rows = data.draw(responses(self.SCHEME, "agency"))
        columns = dict.fromkeys(rows[0], pl.String)
        counts = itakit.tally(self.SCHEME, pl.DataFrame(rows, schema=columns), unit="agency")
        assert {*counts} <= {row["agency"] for row in rows}
        given = sum(cell is not None for row in rows for cell in row.values()) - len(rows)
        tallies: list[Any] = [tally for items in counts.values() for tally in items.values()]
        assert sum(n for tally in tallies for _, n in tally) == given


class TestSize:
    """10,000 items are no trouble for the laws either."""

    @pytest.mark.parametrize("groups", [1, 200])
    def test_the_laws_of_a_large_scheme_are_tried(self, groups: int) -> None:
        """Hypothesis gives up a case of too many choices, so a large one repeats itself."""
        n = 4_000 // groups
        nodes = [{"code": f"g{i}", "part": [f"{i}.{j}" for j in range(n)]} for i in range(groups)]
        scheme = itakit.loads(
            "format = 1\n"
            "aggregation = { part = 'mean', group = 'mean', total = 'mean' }\n"
            f"scheme = {{ id = 'large', range = [0, 100] }}\n{toml({'group': nodes})}"
        )
        assert len(check_laws(scheme, max_examples=1)) > 10
        liar = Use(Method("liar", lambda terms, ends: ends[0], {"equal"}))
        first, *rest = scheme.root.children
        root = evolve(scheme.root, children=(evolve(first, method=liar), *rest))
        found = story(evolve(scheme, root=root), "equal").breach.found
        assert "100" not in str(found)
