"""Problems and the exceptions that carry them, and the sentences they are told in."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itakit.errors import CatalogueError, EvidenceError, ItakitError, Problem, SchemeError
from itakit.suggest import did_you_mean, nearest
from itakit.wording import Message, say

MISSING = say("missing")
places = st.none() | st.integers(1, 3)
problems = st.builds(
    Problem,
    st.sampled_from([MISSING, say("no-scale"), say("clamp")]),
    path=st.sampled_from(["", "a.toml", "b.toml"]),
    line=places,
    column=places,
    key=st.sampled_from(["", "a", "b"]),
)


class TestProblem:
    """ "`path:line:column: key: what was found, what was expected; hint`, lower case, no full
    stop." (house style, Errors)"""

    @pytest.mark.parametrize(
        ("problem", "text"),
        [
            (Problem(MISSING), "MISSING"),
            (Problem(MISSING, say("clamp")), "MISSING; CLAMP"),
            (Problem(MISSING, path="f"), "f: MISSING"),
            (Problem(MISSING, path="f", line=3), "f:3: MISSING"),
            (Problem(MISSING, path="f", line=3, column=1), "f:3:1: MISSING"),
            (Problem(MISSING, None, "f", 3, 1, "a.b"), "f:3:1: a.b: MISSING"),
            (Problem(MISSING, key="a.b"), "a.b: MISSING"),
            (Problem(MISSING, severity="warning"), "WARNING: MISSING"),
            (
                Problem(MISSING, say("clamp"), "f", 3, 1, "k", "warning"),
                "f:3:1: k: WARNING: MISSING; CLAMP",
            ),
        ],
    )
    @pytest.mark.parametrize("lang", ["en", "th"])
    def test_it_reads_as_the_house_style_has_it(
        self, problem: Problem, text: str, lang: str
    ) -> None:
        """What it does not have leaves no trace."""
        for word in ("missing", "clamp", "warning"):
            text = text.replace(word.upper(), Message(word).text(lang))
        assert problem.text(lang) == text
        assert str(problem) == problem.text("en")

    def test_its_parts_are_in_english(self) -> None:
        """For a program that shows them in its own way."""
        problem = Problem(MISSING, say("clamp"))
        assert problem.message == MISSING.text("en")
        assert problem.hint == say("clamp").text("en")
        assert Problem(MISSING).hint == ""


class TestErrors:
    """ "All at once, sorted. One exception class for each thing a caller can do about it." """

    @given(st.lists(problems))
    def test_problems_are_told_from_the_top_down(self, found: list[Problem]) -> None:
        """File by file, line by line, however they were found."""
        error = ItakitError(found)
        assert list(error.problems) == sorted(found, key=lambda problem: problem.order)
        assert error.problems == ItakitError(reversed(found)).problems
        keys = [(p.path, p.line or 0, p.column or 0) for p in error.problems]
        assert keys == sorted(keys)
        assert str(error).splitlines() == [str(problem) for problem in error.problems]
        assert error.text("th").splitlines() == [p.text("th") for p in error.problems]

    @pytest.mark.parametrize("kind", [SchemeError, EvidenceError, CatalogueError])
    def test_every_error_is_one_of_itakit(self, kind: type[ItakitError]) -> None:
        """A program that only reports catches them all, in another process too."""
        with pytest.raises(ItakitError, match=r"^a: ") as caught:
            raise kind([Problem(MISSING, key="a")])
        again = pickle.loads(pickle.dumps(caught.value))
        assert type(again) is kind
        assert again.problems == caught.value.problems


class TestSuggestions:
    """ "What to do about it." """

    @pytest.mark.parametrize(
        ("name", "known", "meant"),
        [
            ("wieght", ["weight", "title"], "weight"),
            ("IIT ", ["EIT", "IIT"], "IIT"),
            ("iit", ["EIT", "IIT"], "IIT"),
            ("คะแน", ["คะแนน"], "คะแนน"),
            ("IlT", ["EIT", "IIT", "OIT"], "IIT"),
            ("0IT", ["EIT", "IIT", "OIT"], "OIT"),
            ("o1O", ["o1", "o10", "o11", "o100"], "o10"),
            ("Il", ["e1", "i1", "o1"], "i1"),
            ("zzz", [""], None),
            ("zzz", ["weight"], None),
            ("weight", [], None),
            ("", ["weight"], None),
            ("z" * 10_000, ["weight"], None),
        ],
    )
    def test_a_name_is_suggested_where_one_is_alike(
        self, name: str, known: list[str], meant: str | None
    ) -> None:
        """Upper and lower case do not matter, and characters that look the same matter less; what
        is far off is not guessed."""
        assert nearest(name, known) == meant
        advice = did_you_mean(name, known)
        assert (advice and advice.text()) == (meant and f'did you mean "{meant}"?')

    @given(st.lists(st.text(min_size=1, max_size=20), min_size=1))
    def test_a_known_name_is_nearest_to_itself(self, known: list[str]) -> None:
        """Up to upper and lower case."""
        found = nearest(known[0], known)
        assert found is not None
        assert found.casefold() == known[0].casefold()
