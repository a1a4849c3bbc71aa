"""Laws of every scheme, each tried on drawn ones."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.evidence import Evidence
from itakit.scheme import Scheme
from itakit.testing import ANYTHING, RATIONAL, Habits, Scope, documents, evidence, schemes
from itakit.testing.scheme_laws import SCHEME_LAWS, dumped
from itakit.testing.strategies import drawn_by
from tests.laws import oracle
from tests.laws.comparison import differences
from tests.laws.mistakes import spoilt


def keeps(data: st.DataObject, scheme: Scheme, law: str) -> None:
    assert SCHEME_LAWS[law](drawn_by(data.draw), scheme) is None


class TestTree:
    """Children's contributions sum exactly to the parent's; replacing a subtree by its score
    changes nothing above; the order of rows does not matter."""

    @given(st.data(), schemes())
    def test_childrens_contributions_sum_exactly_to_the_parents(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "contributions")

    @given(st.data(), schemes())
    def test_replacing_a_subtree_by_its_score_changes_nothing_above(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "subtree")

    @given(st.data(), schemes())
    def test_the_order_of_evidence_does_not_matter(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "evidence-order")


class TestGrades:
    """Every score has exactly one grade; a better score never earns a worse grade."""

    @given(st.data(), schemes(Scope(grades=("plain",), depth=1)))
    def test_every_score_has_exactly_one_grade(self, data: st.DataObject, scheme: Scheme) -> None:
        keeps(data, scheme, "one-grade")

    @given(st.data(), schemes(Scope(grades=("plain", "requires"))))
    def test_a_better_score_never_earns_a_worse_grade(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "better")


class TestRounding:
    """Rounding is monotone, idempotent, off by at most half a unit."""

    @given(st.data(), schemes(Scope(depth=1)))
    def test_rounding_is_monotone_idempotent_and_off_by_at_most_half_a_unit(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "rounding")


class TestNotation:
    """Dumping then loading gives the same scheme and the same hash."""

    @given(schemes())
    def test_dumping_then_loading_gives_the_same_scheme_and_the_same_hash(
        self, scheme: Scheme
    ) -> None:
        assert dumped(scheme) is None


class TestOracle:
    """Every score is right: a program that shares no code with the engine finds the same."""

    @given(st.data(), documents(ANYTHING))
    def test_the_engine_and_the_oracle_agree(self, data: st.DataObject, text: str) -> None:
        scheme = itakit.loads(text)
        unit = data.draw(evidence(scheme))
        assert list(differences(scheme, oracle.Scheme(text), unit)) == []

    @given(st.data(), documents(Scope(methods=RATIONAL, ends="any")))
    def test_they_agree_on_what_is_missing_and_what_is_wrong(
        self, data: st.DataObject, text: str
    ) -> None:
        scheme = itakit.loads(text)
        unit = spoilt(drawn_by(data.draw), scheme, data.draw(evidence(scheme, Habits(gaps="any"))))
        assert list(differences(scheme, oracle.Scheme(text), unit)) == []


class TestPaths:
    """The fast way and the slow one give the same number."""

    @given(st.data(), schemes(Scope(ends="any")))
    def test_integers_over_one_denominator_give_what_the_methods_give(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        unit = data.draw(evidence(scheme))
        assert told(scheme, unit) == told(slow(scheme), unit)


def slow(scheme: Scheme) -> Scheme:
    """The scheme with a plan that leaves everything to the methods themselves."""
    plan = scheme.plan
    steps = tuple(evolve(step, coefficients=None) for step in plan.steps)
    other = evolve(scheme)
    tables = tuple(None for _ in plan.nodes)
    object.__setattr__(other, "plan", evolve(plan, steps=steps, tables=tables))
    return other


def told(scheme: Scheme, unit: dict[str, Evidence]) -> object:
    try:
        return itakit.evaluate(scheme, unit).rows()
    except itakit.EvidenceError as error:
        return sorted(map(str, error.problems))
