"""No other exception reaches a caller because of bad input."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itakit import Answer, EvidenceError, Result, SchemeError, Tally, evaluate, loads

SCHEME = loads(
    """
format = 1
scheme = { id = "s", range = [0, 100], missing = "skip" }
item = [{ code = "a", scale = "yes" }, { code = "b", scale = "life" }, "c"]
aggregation = { item = "mean", total = "mean" }
[scale]
yes = { answer = [{ code = "0", score = 0 }, { code = "1", score = 100 }] }
life = { goalposts = [20, 85], transform = "log" }
"""
)


class Hostile:
    """An object that fails in whatever is asked of it."""

    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__

    def __index__(self) -> int:
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    __hash__ = object.__hash__


class Array:
    """Like an array of numbers: a comparison gives no truth value."""

    def __eq__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise ValueError

    __hash__ = object.__hash__


class Single(float):
    """Like a number of another library: a float that prints itself otherwise."""

    def __repr__(self) -> str:
        return f"np.float64({float.__repr__(self)})"


HOSTILE: dict[str, Callable[[], object]] = {
    "huge": lambda: 10**10_000,
    "minus huge": lambda: -(10**10_000),
    "exponent": lambda: "1e999999999",
    "exponents": lambda: "1e" + "9" * 10_000,
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "decimal nan": lambda: Decimal("sNaN"),
    "decimal": lambda: Decimal("1e99999"),
    "fraction": lambda: Fraction(10**9000, 3),
    "true": lambda: True,
    "list": lambda: [1],
    "dict": lambda: {"4": 1},
    "bytes": lambda: b"5",
    "complex": lambda: 1j,
    "hostile": Hostile,
    "array": Array,
    "class": lambda: Tally,
    "surrogate": lambda: "\ud800\n" * 99,
}
ANYTHING = st.one_of(
    st.sampled_from(sorted(HOSTILE)).map(lambda name: HOSTILE[name]()),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.fractions(),
    st.text(),
    st.binary(),
    st.dates(),
    st.lists(st.integers(), max_size=2),
)
STRANGE: dict[str, object] = {
    "none": None,
    "one": 1,
    "true": True,
    "huge": 10**10_000,
    "tuple": ("a",),
    "hostile": Hostile(),
    "array": Array(),
    "bytes": b"a",
    "long": "A" * 999,
}
KEYS = st.one_of(
    st.sampled_from(["a", "b", "c", "total"]),
    st.sampled_from(sorted(STRANGE)).map(lambda name: STRANGE[name]),
    st.text(max_size=5),
)


def survives(evidence: dict[Any, Any]) -> Result | None:
    """The result, or none where the evidence is refused; every sentence can be said."""
    try:
        result = evaluate(SCHEME, evidence)
    except EvidenceError as error:
        told = [error.text(lang) for lang in ("th", "en")]
        return None if all(told) else pytest.fail("nothing is said")
    assert result.to_dict()
    return result


class TestHostileEvidence:
    """`EvidenceError` (the data are wrong). No other exception reaches a caller because of bad
    input."""

    @given(st.dictionaries(KEYS, ANYTHING, max_size=4))
    def test_any_object_as_a_score_or_a_code_is_taken_or_refused(
        self, evidence: dict[Any, Any]
    ) -> None:
        survives(evidence)

    @given(st.sampled_from(["a", "b", "c", "total"]), ANYTHING)
    def test_any_object_as_an_answer_is_taken_or_refused(self, code: str, value: object) -> None:
        survives({code: Answer(value)})

    @given(st.sampled_from(["a", "b", "c"]), st.lists(st.tuples(ANYTHING, ANYTHING), max_size=3))
    def test_any_object_in_a_tally_is_taken_or_refused(
        self, code: str, pairs: list[tuple[object, object]]
    ) -> None:
        try:
            tally = Tally(pairs)
        except EvidenceError:
            return
        survives({code: tally})

    @pytest.mark.parametrize("name", HOSTILE)
    def test_what_is_no_score_is_refused_by_its_code(self, name: str) -> None:
        with pytest.raises(EvidenceError) as caught:
            evaluate(SCHEME, {"c": HOSTILE[name]()})  # type: ignore[dict-item]
        assert [problem.key for problem in caught.value.problems] == ["c"]
        assert len(str(caught.value)) < 500

    @pytest.mark.parametrize("name", STRANGE)
    def test_what_is_no_code_is_refused(self, name: str) -> None:
        with pytest.raises(EvidenceError, match="the scheme s has no such code"):
            evaluate(SCHEME, {STRANGE[name]: 1})  # type: ignore[dict-item]

    def test_a_count_of_any_length_is_told_and_kept(self) -> None:
        for count in (Fraction(10**9000), Fraction(10**9000, 3)):
            assert survives({"a": Tally({"1": count})}) is not None
            with pytest.raises(EvidenceError, match=r"given [0-9]{60}…×"):
                evaluate(SCHEME, {"a": Tally({"x": count})})

    def test_a_number_of_another_library_is_the_decimal_that_it_prints_as(self) -> None:
        result = survives({"c": Single(0.1)})
        assert result is not None
        assert result.score == Fraction(1, 10)

    def test_a_very_long_score_within_the_range_is_kept_exactly(self) -> None:
        value = Fraction(1, 3**9000)
        result = survives({"c": value})
        assert result is not None
        assert (result.score, str(result.rounded)) == (value, "0.00")


class TestWhatIsNoEvidence:
    """No other exception reaches a caller because of bad input (section 5)."""

    @pytest.mark.parametrize("known", [[1, 2], None, "IIT", {"IIT"}])
    def test_what_is_no_table_by_code_is_refused(self, known: Any) -> None:
        """As JSON that holds a list gives it."""
        with pytest.raises(EvidenceError, match="expected a table of evidence by code"):
            evaluate(SCHEME, known)

    @pytest.mark.parametrize("scheme", ["ita_2565", None, dict])
    def test_what_is_no_scheme_is_refused(self, scheme: Any) -> None:
        """With the two ways to one."""
        with pytest.raises(SchemeError, match=r"expected a scheme, found .*itakit\.find gives"):
            evaluate(scheme, {})

    @pytest.mark.parametrize("answers", [None, 3, "44", [1]])
    def test_what_is_no_tally_is_refused(self, answers: Any) -> None:
        """A count without its answer counts nothing."""
        with pytest.raises(EvidenceError, match="is no tally of counts by answer"):
            Tally(answers)
