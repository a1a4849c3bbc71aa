"""Laws of methods: each at every node of drawn schemes whose method declares it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from itakit.methods import Law
from itakit.scheme import Scheme
from itakit.testing import RATIONAL, Scope, schemes
from itakit.testing.families import families, items
from itakit.testing.method_laws import METHOD_LAWS
from itakit.testing.scheme_laws import ITEM_LAWS
from itakit.testing.strategies import drawn_by

SMALL = schemes(Scope(depth=2))
ANSWERED = schemes(Scope(methods=RATIONAL, scales=("choice", "reverse", "goalposts"), depth=1))


def keeps(data: st.DataObject, scheme: Scheme, law: Law) -> None:
    for family in families(scheme):
        if law in family.root.method.method.laws:
            breach = METHOD_LAWS[law](drawn_by(data.draw), family)
            assert breach is None, (family.root.method, breach)


def counts(data: st.DataObject, scheme: Scheme, name: str) -> None:
    follows, trial = ITEM_LAWS[name]
    for item in items(scheme):
        if follows(item.root.method.method):
            breach = trial(drawn_by(data.draw), item)
            assert breach is None, (item.root.method, breach)


class TestTerms:
    """A mean lies between its least and greatest term; equal scores average to that score."""

    @given(st.data(), SMALL)
    def test_a_mean_lies_between_its_least_and_greatest_term(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "internal")

    @given(st.data(), SMALL)
    def test_equal_scores_average_to_that_score(self, data: st.DataObject, scheme: Scheme) -> None:
        keeps(data, scheme, "equal")

    @given(st.data(), SMALL)
    def test_raising_one_score_never_lowers_the_total(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "monotone")

    @given(st.data(), SMALL)
    def test_the_order_of_terms_does_not_matter(self, data: st.DataObject, scheme: Scheme) -> None:
        keeps(data, scheme, "symmetric")

    @given(st.data(), SMALL)
    def test_taking_every_term_twice_changes_nothing(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "replication")

    @given(st.data(), SMALL)
    def test_shifting_and_stretching_every_score_does_the_same_to_the_mean(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "affine")

    @given(st.data(), SMALL)
    def test_stretching_every_score_does_the_same_to_a_score_without_a_zero_of_its_own(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "stretch")

    @given(st.data(), SMALL)
    def test_a_linear_score_is_what_its_method_says_and_the_sum_of_its_parts(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "linear")


class TestWeights:
    """Multiplying all relative weights changes nothing; a node of weight zero might as well not
    exist."""

    @given(st.data(), SMALL)
    def test_multiplying_all_relative_weights_changes_nothing(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "weight-scale")

    @given(st.data(), SMALL)
    def test_a_node_of_weight_zero_might_as_well_not_exist(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        keeps(data, scheme, "zero-weight")


class TestRespondents:
    """Merging tallies is pooling respondents; asking everyone twice changes nothing; order of
    rows does not matter."""

    @given(st.data(), ANSWERED)
    def test_merging_tallies_is_pooling_respondents(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        counts(data, scheme, "pooling")

    @given(st.data(), ANSWERED)
    def test_asking_everyone_twice_changes_nothing(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        counts(data, scheme, "twice")

    @given(st.data(), ANSWERED)
    def test_the_order_of_answers_does_not_matter(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        counts(data, scheme, "answer-order")

    @given(st.data(), ANSWERED)
    def test_where_everyone_gives_one_answer_its_score_is_the_score(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        counts(data, scheme, "agreement")


class TestNonLaw:
    """A mean of means need not be the pooled mean."""

    def test_a_mean_of_means_need_not_be_the_pooled_mean(self) -> None:
        few, many = [Fraction(100)], [Fraction(0)] * 3
        means = [sum(group, Fraction(0)) / len(group) for group in (few, many)]
        assert sum(means) / 2 == 50
        assert sum(few + many) / 4 == 25
