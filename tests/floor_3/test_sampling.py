"""Sampling: how many respondents a scheme asks for, of how many people."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit import EvidenceError
from itakit.sampling import people, required, sample_size, surveys
from itakit.scheme import Sample

POPULATIONS = st.integers(0, 10**7)


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Any sample that a scheme may declare."""
    least = draw(st.integers(0, 500))
    most = draw(st.none() | st.integers(max(least, 1), 10**6))
    parts = draw(st.integers(1, 10**4))
    fraction = Fraction(draw(st.integers(0, parts)), parts)
    return Sample(fraction=fraction, at_least=least, at_most=most)


class TestLaws:
    """ "sample = { fraction = 0.10, at_least = 30, at_most = 400 }" (design.md, section 3)"""

    @given(samples(), POPULATIONS, POPULATIONS)
    def test_more_people_never_need_fewer_respondents(self, sample: Sample, a: int, b: int) -> None:
        """It is monotone."""
        few, many = sorted((a, b))
        assert required(sample, few) <= required(sample, many)

    @given(samples(), POPULATIONS)
    def test_it_is_never_more_than_there_are(self, sample: Sample, population: int) -> None:
        """Nobody is asked twice."""
        assert 0 <= required(sample, population) <= population

    @given(samples(), POPULATIONS)
    def test_it_is_at_least_the_least_unless_there_are_fewer(
        self, sample: Sample, population: int
    ) -> None:
        """Then everybody is asked."""
        assert required(sample, population) >= min(sample.at_least, population)

    @given(samples(), POPULATIONS)
    def test_it_is_what_one_counts_by_hand(self, sample: Sample, population: int) -> None:
        """In whole numbers, without a fraction: the least n with n/population at least p/q."""
        p, q = sample.fraction.numerator, sample.fraction.denominator
        n = (p * population + q - 1) // q
        if n < sample.at_least:
            n = sample.at_least
        if sample.at_most is not None and n > sample.at_most:
            n = sample.at_most
        if n > population:
            n = population
        assert required(sample, population) == n


class TestTheAssessment:
    """ITA 2565 asks one in ten of the staff and of the public, between 30 and 400."""

    @pytest.mark.parametrize(
        ("population", "size"),
        [
            (0, 0),
            (7, 7),
            (30, 30),
            (31, 30),
            (300, 30),
            (301, 31),
            (1200, 120),
            (4000, 400),
            (9999, 400),
        ],
    )
    def test_the_staff_are_sampled(self, population: int, size: int) -> None:
        """Worked by hand; a part of a person is a person."""
        assert sample_size(itakit.find("ita_2565"), "IIT", population) == size

    @pytest.mark.parametrize(
        "population", [1200, "1200", Decimal(1200), Fraction(1200), 1200.0, "1200.0"]
    )
    def test_a_population_is_a_number_however_it_is_written(self, population: object) -> None:
        """As all numbers are."""
        assert people(population) == 1200

    @pytest.mark.parametrize("population", [-1, 1.5, "many", None, True, "1,200", Fraction(1, 3)])
    def test_what_is_no_number_of_people_is_told(self, population: Any) -> None:
        """Nothing is rounded."""
        with pytest.raises(EvidenceError, match="is no number of people"):
            sample_size(itakit.find("ita_2565"), "IIT", population)

    def test_a_code_without_a_sample_is_told(self) -> None:
        """With those that have one."""
        scheme = itakit.find("ita_2565")
        with pytest.raises(
            EvidenceError, match="the scheme declares no sample for it; samples are"
        ):
            sample_size(scheme, "OIT", 10)
        with pytest.raises(EvidenceError, match='has no such code; did you mean "IIT"'):
            sample_size(scheme, "IIIT", 10)
        bare = itakit.loads(BARE)
        with pytest.raises(EvidenceError) as caught:
            sample_size(bare, "a", 10)
        assert str(caught.value) == "a: the scheme declares no sample for it"

    def test_respondents_are_counted_where_people_are_asked(self) -> None:
        """Of the whole, where the scheme does not say."""
        assert [node.code for node in surveys(itakit.loads(BARE))] == ["total"]
        assert "IIT" in [node.code for node in surveys(itakit.find("ita_2565"))]


BARE = """
format = 1
[scheme]
id = "bare"
range = [0, 100]
[aggregation]
item = "mean"
total = "mean"
[[item]]
code = "a"
"""
