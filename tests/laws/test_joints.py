"""What a joint leaves possible, upward and downward, is never less than what trying finds.

The oracle tries numbers of every region with the method itself.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

import itakit
from itakit.auditing.joint import Joint
from itakit.auditing.linear import Region
from itakit.auditing.network import overlap
from itakit.auditing.points import LONGEST, Points
from itakit.auditing.span import Span
from itakit.methods import Inapplicable
from itakit.reals import enclose

METHODS = (
    '"mean"',
    '"weighted-mean"',
    '"sum"',
    '"min"',
    '"max"',
    '"median"',
    '"geometric-mean"',
    '"harmonic-mean"',
    '{ method = "power-mean", exponent = 2 }',
    '{ method = "k-of-n", k = 2, at_least = 5 }',
    '{ method = "all-of", at_least = 4 }',
    '{ method = "deduction" }',
    '{ method = "deduction", ceiling = 3 }',
    '{ method = "deduction", base = "i0", ceiling = 2 }',
    '{ method = "deduction", base = "i0" }',
)
TWO = Points.of([Fraction(1), Fraction(9)])
TINY = Fraction(1, 10**6)


def joint(method: str, weights: list[int]) -> Joint:
    """A node with an item for each weight, all scored from 0 to 10."""
    items = "\n".join(f'[[item]]\ncode = "i{k}"\nweight = {w}' for k, w in enumerate(weights))
    scheme = itakit.loads(
        f'format = 1\n[scheme]\nid = "one"\nrange = [0, 10]\nweights = "relative"\n'
        f'[aggregation]\nitem = "mean"\ntotal = {method}\n{items}\n'
    )
    codes = tuple(f"i{k}" for k in range(len(weights)))
    counted = tuple(map(Fraction, weights))
    places = tuple(range(1, len(weights) + 1))
    ends = Fraction(0), Fraction(10)
    return Joint(0, places, scheme.root.method, counted, codes, ends)


def region(rng: random.Random) -> Region:
    """Some points, or a span with ends that belong to it or do not."""
    if rng.random() < 0.4:
        return Points.of(Fraction(rng.randint(0, 40), 4) for _ in range(rng.randint(1, 4)))
    low, high = sorted(Fraction(rng.randint(0, 20), 2) for _ in range(2))
    if low == high:
        return Span.of(low, high)
    return Span((low, rng.choice([0, 1])), (high, rng.choice([0, -1])))


def some(of: Region) -> list[Fraction]:
    """Numbers of a region, those next to its ends among them."""
    if isinstance(of, Points):
        return list(of)
    low, high = of.low + TINY * of.low_open, of.high - TINY * of.high_open
    return [low, (2 * low + high) / 3, high]


@pytest.mark.parametrize("method", METHODS)
def test_what_is_possible_is_kept(method: str) -> None:
    """And `None` only where nothing is possible."""
    rng = random.Random(method)
    for _ in range(60):
        weights = [rng.randint(1, 3) for _ in range(rng.randint(2, 3))]
        made = joint(method, weights)
        regions = [region(rng) for _ in weights]
        whole = region(rng)
        up = made.up(regions)
        assert up is not None
        down = made.down(regions, whole)
        for scores in product(*map(some, regions)):
            terms = list(zip(scores, made.weights, strict=True))
            try:
                low, high = enclose(made.use(terms, made.range, made.codes), 64)
            except Inapplicable:
                continue
            assert up.span.low <= high
            assert low <= up.span.high
            if low == high:
                assert low in (up if isinstance(up, Span) else set(up))
            if low in some(whole) or (isinstance(whole, Span) and low in whole and high in whole):
                assert down is not None, (weights, regions, whole, scores)
                for score, part in zip(scores, down, strict=True):
                    assert score in (part if isinstance(part, Span) else set(part))


def test_a_condition_says_which_side_parts_are_on() -> None:
    """Two of two reach 5, or only one of them does."""
    made = joint('{ method = "k-of-n", k = 2, at_least = 5 }', [1, 1])
    few = Points.of([Fraction(4), Fraction(6)])
    six, four = (Span.of(Fraction(n), Fraction(n)) for n in (6, 4))
    high, low = Points.of([Fraction(10)]), Points.of([Fraction(0)])
    assert [part.span for part in made.down([few, few], high) or ()] == [six, six]
    assert [part.span for part in made.down([six, few], low) or ()] == [six, four]
    assert made.down([Points.of([Fraction(4), Fraction(49, 10)]), six], low) is not None


@pytest.mark.parametrize(
    ("method", "regions", "whole"),
    [
        ('"mean"', [Points.of([Fraction(2)]), Span.of(Fraction(0), Fraction(1))], (5, 6)),
        ('"mean"', [Points.of([Fraction(2)]), Points.of([Fraction(3)])], (5, 6)),
        ('"mean"', [Span.of(Fraction(0), Fraction(1))] * 2, (5, 6)),
        ('"max"', [Span.of(Fraction(0), Fraction(1))] * 2, (5, 6)),
        ('"min"', [Span.of(Fraction(7), Fraction(8))] * 2, (5, 6)),
        ('"max"', [TWO], (5, 6)),
        ('"geometric-mean"', [TWO], (4, 5)),
        ('{ method = "deduction" }', [Points.of([Fraction(1)])] * 2, (5, 6)),
        ('{ method = "deduction" }', [Points.of([Fraction(0), Fraction(4)])] * 2, (7, 9)),
        ('{ method = "deduction" }', [TWO], (5, 6)),
        ('{ method = "deduction", base = "i0" }', [TWO], (5, 6)),
    ],
)
def test_what_cannot_be_is_none(method: str, regions: list[Region], whole: tuple[int, int]) -> None:
    """No numbers of these regions make a score there."""
    made = joint(method, [1] * len(regions))
    assert made.down(regions, Span.of(Fraction(whole[0]), Fraction(whole[1]))) is None


class TestSetsThatAreTooLong:
    """They are treated as intervals, or one by one."""

    FINE = Points.of([Fraction(0), Fraction(1, LONGEST)])
    COARSE = Points.of([Fraction(0), Fraction(10, 3)])

    def test_sums(self) -> None:
        made = joint('"mean"', [1, 2])
        up = made.up([self.FINE, self.COARSE])
        assert up == Span.of(Fraction(0), (Fraction(1, LONGEST) + Fraction(20, 3)) / 3)
        down = made.down([self.FINE, self.COARSE], Span.of(Fraction(2), Fraction(3)))
        assert down is not None
        assert down[1].span == Span.of(Fraction(10, 3), Fraction(10, 3))

    def test_sums_that_are_too_long(self) -> None:
        """Each set may be listed, and their sums not."""
        long = Points.of([Fraction(0), Fraction(1), Fraction(LONGEST * 3 // 4)])
        made = joint('"sum"', [1, 1])
        up = made.up([long, long])
        assert isinstance(up, Span)
        assert up.high == 2 * long.high
        assert made.down([long, long], up) == [long, long]

    def test_with_a_span_beside_them(self) -> None:
        made = joint('"mean"', [1, 2, 1])
        wide = Span.of(Fraction(0), Fraction(10))
        assert made.down([self.FINE, self.COARSE, wide], wide) == [self.FINE, self.COARSE, wide]

    def test_what_two_share(self) -> None:
        """Those that are in both."""
        third = Points.of([Fraction(0), Fraction(1, 3)])
        for one, other in ((self.FINE, third), (third, self.FINE)):
            kept = one.keep(other)
            assert kept is not None
            assert list(kept) == [0]
        assert Points.of([Fraction(1, LONGEST), Fraction(2)]).keep(third) is None

    def test_a_span_and_points(self) -> None:
        span, only = Span.of(Fraction(1), Fraction(5)), Points.of([Fraction(10, 3)])
        found = overlap(span, self.COARSE), overlap(self.COARSE, span)
        assert [list(one) for one in found if isinstance(one, Points)] == [list(only)] * 2
        assert overlap(self.COARSE, self.COARSE) is self.COARSE
