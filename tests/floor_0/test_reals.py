"""Numbers that are not rational: what they are equal to, how they compare, what their digits are.

The oracle is the ball arithmetic of FLINT, through python-flint. It shares no code with `decimal`
or with `itakit.reals`, and evaluates each expression as it stands, without collapsing anything.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from decimal import Context
from fractions import Fraction
from typing import Any

import flint
import pytest
from flint import arb, fmpq
from hypothesis import assume, given
from hypothesis import strategies as st

from itakit.reals import (
    Irrational,
    Number,
    Undecidable,
    approximate,
    arithmetic,
    compare,
    coprime,
    enclose,
    enclosure,
    linear,
    log_ratio,
    power,
    product,
)

ZERO, HALF, ONE = Fraction(0), Fraction(1, 2), Fraction(1)
THIRD = Fraction(1, 3)


# --- numbers that the tests are about ---


def root(n: int | Fraction, k: int = 2) -> Number:
    return power(Fraction(n), Fraction(1, k))


def log(r: int | Fraction, s: int | Fraction) -> Number:
    return log_ratio(Fraction(r), Fraction(s))


def plus(*numbers: Number) -> Number:
    return linear((ONE, x) for x in numbers)


def times(k: int | Fraction, x: Number) -> Number:
    return linear([(Fraction(k), x)])


def minus(x: Number, y: Number) -> Number:
    return linear([(ONE, x), (-ONE, y)])


def geometric_mean(*numbers: Number) -> Number:
    return product((x, Fraction(1, len(numbers))) for x in numbers)


def power_mean(exponent: Fraction, *numbers: Number) -> Number:
    inner = linear((Fraction(1, len(numbers)), power(x, exponent)) for x in numbers)
    return power(inner, 1 / exponent)


# --- expressions, evaluated by itakit and by FLINT ---

# ("rational", x), ("linear", ((k, tree), ...), constant), ("log", r, s), or
# ("product", ((tree, exponent), ...)) of the trees' sizes, as only those have powers.
Tree = tuple[Any, ...]

rationals = st.builds(Fraction, st.integers(0, 60), st.integers(1, 60)) | st.builds(
    Fraction, st.integers(0, 2**200), st.integers(1, 2**200)
)
positive = rationals.filter(bool)
coefficients = st.builds(Fraction, st.integers(-5, 9), st.integers(1, 7))
exponents = st.sampled_from(
    [Fraction(e) for e in ("1/2", "1/3", "2", "-1", "2/3", "1/12", "763/1000", "-1/2", "3/2", "0")]
)
leaves = st.tuples(st.just("rational"), rationals) | st.tuples(
    st.just("log"), positive, positive.filter(lambda s: s != 1)
)


def grown(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    terms = st.lists(st.tuples(coefficients, trees), min_size=1, max_size=3).map(tuple)
    factors = st.lists(st.tuples(trees, exponents), min_size=1, max_size=3).map(tuple)
    return st.tuples(st.just("linear"), terms, coefficients) | st.tuples(
        st.just("product"), factors
    )


trees = st.recursive(leaves, grown, max_leaves=5)


def ours(tree: Tree) -> Number:
    match tree:
        case ("rational", Fraction() as x):
            return x
        case ("log", r, s):
            return log_ratio(r, s)
        case ("linear", terms, constant):
            return linear([(k, ours(x)) for k, x in terms], constant)
        case (_, factors):
            sizes = [(size(ours(x)), exponent) for x, exponent in factors]
            assume(all(exponent >= 0 or compare(x, ZERO) for x, exponent in sizes))
            return product(sizes)
    raise ValueError(tree)


def size(x: Number) -> Number:
    return x if compare(x, ZERO) >= 0 else times(-1, x)


def ball(x: Fraction) -> arb:
    return arb(fmpq(x.numerator, x.denominator))


def truth(tree: Tree) -> arb:
    match tree:
        case ("rational", x):
            return ball(x)
        case ("log", r, s):
            return ball(r).log() / ball(s).log()
        case ("linear", terms, constant):
            return sum((ball(k) * truth(x) for k, x in terms), ball(constant))
        case (_, factors):
            value = arb(1)
            for x, exponent in factors:
                value *= abs(truth(x)) ** ball(exponent) if exponent else arb(1)
            return value
    raise ValueError(tree)


@pytest.fixture(autouse=True)
def oracle_precision() -> Iterator[None]:
    with flint.ctx.workprec(300):
        yield


class TestOracle:
    """Nothing is rounded before a caller asks for digits, and `compare` never guesses."""

    @given(trees, trees)
    def test_any_two_numbers_compare_as_they_do_in_truth(self, one: Tree, other: Tree) -> None:
        """The one that FLINT finds greater is greater, and what it cannot part is equal."""
        difference = truth(one) - truth(other)
        assume(difference.is_finite())
        expected = (difference > 0) - (difference < 0)
        assert compare(ours(one), ours(other)) == expected
        assert compare(ours(other), ours(one)) == -expected

    @given(trees, st.integers(0, 200))
    def test_an_enclosure_holds_the_truth_and_is_as_narrow_as_promised(
        self, tree: Tree, bits: int
    ) -> None:
        """The ends are on either side of FLINT's value, and no further apart than was asked."""
        low, high = enclose(ours(tree), bits)
        assert 0 <= high - low <= Fraction(1, 2**bits)
        value = truth(tree)
        assert not ball(low) > value
        assert not ball(high) < value

    @given(trees, st.integers(0, 60))
    def test_an_approximation_is_within_its_error(self, tree: Tree, digits: int) -> None:
        """The decimal fraction is as far from FLINT's value as stated, or less."""
        number = ours(tree)
        value, error = approximate(number, digits)
        assert not abs(ball(value) - truth(tree)) > ball(error)
        assert error == (Fraction(1, 10**digits) if isinstance(number, Irrational) else 0)

    @given(trees)
    def test_a_number_and_the_rest_make_the_whole(self, tree: Tree) -> None:
        """x + (1 - x) is the rational number 1, whatever x is."""
        x = ours(tree)
        assert plus(x, linear([(-ONE, x)], ONE)) == 1

    @given(trees, exponents.filter(bool))
    def test_a_power_is_undone_by_the_inverse_power(self, tree: Tree, exponent: Fraction) -> None:
        """The square root of the square of a number is its size."""
        x = size(ours(tree))
        assume(compare(x, ZERO))
        assert compare(power(power(x, exponent), 1 / exponent), x) == 0


class TestProduct:
    """A weighted product is that of the numbers, each to the power of its exponent."""

    def test_a_rational_geometric_mean_is_a_fraction(self) -> None:
        """The geometric mean of 2, 4 and 8 is 4, of a number with itself that number."""
        assert geometric_mean(*map(Fraction, (2, 4, 8))) == Fraction(4)
        assert geometric_mean(Fraction(7, 3), Fraction(7, 3)) == Fraction(7, 3)

    def test_a_geometric_mean_of_geometric_means_is_exact(self) -> None:
        """GM(GM(1, 2), GM(1, 8)) is the fourth root of 16."""
        one, two, eight = map(Fraction, (1, 2, 8))
        assert geometric_mean(geometric_mean(one, two), geometric_mean(one, eight)) == 2

    def test_no_factor_makes_one(self) -> None:
        """The empty product is 1."""
        assert product([]) == 1

    def test_zero_with_a_weight_makes_zero(self) -> None:
        """One score of 0 makes a geometric mean 0, whatever the others are."""
        assert product([(ZERO, HALF), (root(2), HALF)]) == 0

    def test_zero_without_weight_does_not_exist(self) -> None:
        """A factor with exponent 0 changes nothing, also where it is 0."""
        assert product([(ZERO, ZERO), (Fraction(9), HALF)]) == 3

    def test_a_zero_that_hides_is_zero(self) -> None:
        """sqrt(3 + 2 sqrt 2) - sqrt 2 - 1 is 0, and so is its square root."""
        nested = power(linear([(Fraction(2), root(2))], Fraction(3)), HALF)
        hidden = linear([(ONE, nested), (-ONE, root(2))], -ONE)
        assert isinstance(hidden, Irrational)
        assert power(hidden, HALF) == 0

    def test_a_negative_number_has_no_powers(self) -> None:
        """Neither a negative fraction nor a negative irrational number is a factor."""
        for x in (Fraction(-4), linear([(-ONE, root(2))], ONE)):
            with pytest.raises(ValueError, match=r"^a negative number to the power of 1/2$"):
                product([(x, HALF)])

    def test_zero_has_no_negative_power(self) -> None:
        """Dividing by 0 is an error, also where another factor is 0."""
        with pytest.raises(ValueError, match=r"^zero to the power of -1$"):
            product([(ZERO, ONE), (ZERO, -ONE)])

    @given(st.lists(st.tuples(rationals, st.integers(1, 9)), min_size=1, max_size=5), positive)
    def test_stretched_factors_make_the_stretched_mean(
        self, terms: list[tuple[Fraction, int]], k: Fraction
    ) -> None:
        """Multiplying every score by k multiplies their geometric mean by k."""
        total = sum(weight for _, weight in terms)
        mean = product((x, Fraction(weight, total)) for x, weight in terms)
        stretched = product((k * x, Fraction(weight, total)) for x, weight in terms)
        assert compare(stretched, times(k, mean)) == 0


class TestPower:
    """A positive number has every power, and zero those that are not negative."""

    @pytest.mark.parametrize(
        ("x", "exponent", "expected"),
        [
            ("8", "1/3", "2"),
            ("4/9", "1/2", "2/3"),
            ("4/9", "-3/2", "27/8"),
            ("64", "5/6", "32"),
            ("0", "1/2", "0"),
            ("0", "0", "1"),
            ("5", "0", "1"),
            ("1", "1/7", "1"),
        ],
    )
    def test_a_rational_power_is_a_fraction(self, x: str, exponent: str, expected: str) -> None:
        """What can be written as a fraction is one."""
        value = power(Fraction(x), Fraction(exponent))
        assert (value, type(value)) == (Fraction(expected), Fraction)

    def test_a_sum_to_the_power_of_one_is_that_sum(self) -> None:
        """Roots of a sum that make it up again do so, beside other factors too."""
        x = linear([(ONE, root(2))], ONE)
        assert product([(x, HALF), (x, HALF)]) == x
        assert product([(x, ONE), (Fraction(2), HALF)]) == plus(root(2), Fraction(2))

    @given(
        st.lists(positive, min_size=2, max_size=4),
        positive,
        st.sampled_from([HALF, THIRD, Fraction(-1, 2), Fraction(2), Fraction(2, 3)]),
    )
    def test_stretched_terms_make_the_stretched_power_mean(
        self, terms: list[Fraction], k: Fraction, exponent: Fraction
    ) -> None:
        """Multiplying every score by k multiplies their power mean by k."""
        mean = power_mean(exponent, *terms)
        assert compare(power_mean(exponent, *(k * x for x in terms)), times(k, mean)) == 0

    def test_logarithms_have_power_means_too(self) -> None:
        """Stretching is seen in sums that no root makes up, and in sums of either sign."""
        x, y = log(3, 2), linear([(Fraction(9), log(5, 2))], Fraction(-20))
        mean = power_mean(HALF, x, y)
        assert compare(power_mean(HALF, times(6, x), times(6, y)), times(6, mean)) == 0
        assert compare(power_mean(HALF, y, y), y) == 0


class TestLogRatio:
    """The logarithm of r to the base s is ln r / ln s."""

    @pytest.mark.parametrize(
        ("r", "s", "expected"),
        [
            ("10", "100", "1/2"),
            ("1", "7", "0"),
            ("8", "4", "3/2"),
            ("1/2", "2", "-1"),
            ("2", "1/2", "-1"),
            ("9/4", "8/27", "-2/3"),
            ("1000000", "1/1000", "-2"),
        ],
    )
    def test_a_rational_logarithm_is_a_fraction(self, r: str, s: str, expected: str) -> None:
        """Powers of one number have a rational logarithm to each other's base."""
        value = log(Fraction(r), Fraction(s))
        assert (value, type(value)) == (Fraction(expected), Fraction)

    @pytest.mark.parametrize(("r", "s"), [("0", "2"), ("-1", "2"), ("2", "0"), ("2", "1")])
    def test_other_logarithms_do_not_exist(self, r: str, s: str) -> None:
        """The number and the base are positive, and the base is not 1."""
        with pytest.raises(ValueError, match=f"^the logarithm of {r} to the base {s}$"):
            log(Fraction(r), Fraction(s))

    def test_the_ends_of_the_goalposts_are_exact(self) -> None:
        """ln x - ln 100 over ln 75000 - ln 100 is 0 at the one end and 1 at the other."""
        assert [log(Fraction(x, 100), 750) for x in (100, 75000)] == [0, 1]

    @given(positive, positive, positive.filter(lambda s: s != 1))
    def test_the_logarithm_of_a_product_is_the_sum(
        self, q: Fraction, r: Fraction, s: Fraction
    ) -> None:
        """Whatever they are written with, nothing is left of their difference."""
        assert minus(plus(log(q, s), log(r, s)), log(q * r, s)) == 0

    @given(positive, positive.filter(lambda s: s != 1), st.integers(1, 5))
    def test_the_logarithm_to_a_power_of_the_base_is_a_part_of_it(
        self, r: Fraction, s: Fraction, k: int
    ) -> None:
        """log 4 of 3 is half of log 2 of 3, though either is written down in its own way."""
        assert compare(times(k, log(r, s**k)), log(r, s)) == 0

    def test_a_mean_of_logarithms_may_be_rational(self) -> None:
        """The decimal logarithms of 2 and of 5 add up to 1."""
        assert linear([(HALF, log(2, 10)), (HALF, log(5, 10))]) == HALF
        assert compare(linear([(HALF, log(2, 10)), (HALF, log(5, 10))]), HALF) == 0

    def test_logarithms_inside_powers_are_written_alike(self) -> None:
        """The root of log 2 + log 3 is the root of log 6."""
        apart, together = power(plus(log(2, 5), log(3, 5)), HALF), power(log(6, 5), HALF)
        assert compare(apart, together) == 0
        assert plus(apart, times(-1, together)) == 0


class TestLinear:
    """A weighted sum is a constant plus the numbers, each times its coefficient."""

    def test_fractions_make_a_fraction(self) -> None:
        """A sum of rational numbers never leaves them; the constant is 0 where none is given."""
        assert linear([(HALF, Fraction(3)), (THIRD, Fraction(1))], ONE) == Fraction(17, 6)
        assert linear([]) == 0

    def test_roots_with_a_rational_ratio_are_one(self) -> None:
        """sqrt 8 is 2 sqrt 2, and sqrt 12 + sqrt 27 is 5 sqrt 3."""
        assert linear([(ONE, root(8)), (Fraction(-2), root(2))]) == 0
        assert compare(plus(root(12), root(27)), times(5, root(3))) == 0
        assert minus(plus(root(12), root(27)), root(75)) == 0

    def test_roots_hidden_in_larger_numbers_are_found(self) -> None:
        """A perfect power shows only when another number has split the one it was part of."""
        assert minus(root(12, 4), product([(root(3, 4), ONE), (Fraction(2), HALF)])) == 0
        assert minus(root(60, 3), product([(root(15, 3), ONE), (Fraction(4), THIRD)])) == 0

    def test_a_coefficient_of_zero_removes_its_term(self) -> None:
        """Zero times an irrational number is 0."""
        assert times(0, root(2)) == 0

    @given(st.lists(st.tuples(coefficients, rationals), max_size=5), st.randoms())
    def test_the_order_of_the_terms_does_not_matter(self, terms: Any, dice: Any) -> None:
        """Sums of the same terms are written alike."""
        roots = [(k, power(x, HALF)) for k, x in terms]
        shuffled = dice.sample(roots, len(roots))
        assert linear(roots) == linear(shuffled)


class TestCompare:
    """The first of two numbers is less, equal or greater."""

    def test_fractions_compare_as_fractions(self) -> None:
        """Without an irrational number there is nothing to refine."""
        assert [compare(Fraction(x), ONE) for x in (0, 1, 2)] == [-1, 0, 1]

    @given(
        st.lists(st.integers(1, 10**6), min_size=1, max_size=4),
        st.lists(st.integers(1, 10**6), min_size=1, max_size=4),
    )
    def test_sums_of_square_roots_compare_as_in_truth(
        self, some: list[int], others: list[int]
    ) -> None:
        """Sums of few roots may be closer than they look."""
        difference = sum((arb(n).sqrt() for n in some), arb(0))
        difference -= sum((arb(n).sqrt() for n in others), arb(0))
        expected = (difference > 0) - (difference < 0)
        assert compare(plus(*map(root, some)), plus(*map(root, others))) == expected

    @given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 400))
    def test_nested_roots_compare_as_in_truth(self, a: int, b: int, places: int) -> None:
        """sqrt(a + b + 2 sqrt(ab)) is sqrt a + sqrt b, and off it by the least bit it is not."""
        nested = power(linear([(Fraction(2), root(a * b))], Fraction(a + b)), HALF)
        simple = plus(root(a), root(b))
        least = Fraction(1, 10**places)
        assert compare(nested, simple) == 0
        assert compare(nested, linear([(ONE, simple)], least)) == -1
        assert compare(nested, linear([(ONE, simple)], -least)) == 1

    def test_a_cube_root_may_be_a_golden_ratio(self) -> None:
        """The cube root of 2 + sqrt 5 is (1 + sqrt 5) / 2; its inverse is (sqrt 5 - 1) / 2."""
        nested = linear([(ONE, root(5))], Fraction(2))
        assert compare(power(nested, THIRD), linear([(HALF, root(5))], HALF)) == 0
        assert compare(power(nested, -THIRD), linear([(HALF, root(5))], -HALF)) == 0

    def test_factors_may_make_a_rational_number(self) -> None:
        """GM(sqrt 2 - 1, sqrt 2 + 1) is 1, which no single factor shows."""
        less, more = (linear([(ONE, root(2))], one) for one in (-ONE, ONE))
        assert compare(geometric_mean(less, more), ONE) == 0
        assert compare(geometric_mean(less, more), Fraction(10**40 + 1, 10**40)) == -1

    @given(st.recursive(st.builds(lambda x: ("rational", x), rationals), grown, max_leaves=5))
    def test_no_number_but_zero_is_below_its_separation(self, tree: Tree) -> None:
        """The size below which nested roots count as 0 is one that they do not get down to."""
        x, value = ours(tree), truth(tree)
        assume(not value.contains(0))
        assert isinstance(x, Fraction) or abs(value) > arb(2) ** -enclosure.separation(x)

    def test_numbers_of_small_size_are_above_their_separation(self) -> None:
        """Pell's equation, lattice reduction and long denominators come close to the bound."""
        big, small = 1, 0
        for _ in range(100):  # big**2 - 2 * small**2 == 1
            big, small = 3 * big + 4 * small, 2 * big + 3 * small
        for q in (1, 2**200 - 1):
            pell = linear([(Fraction(-small, q), root(2))], Fraction(big, q))
            assert isinstance(pell, Irrational)
            bits = enclosure.separation(pell)
            assert Fraction(1, 2**bits) < Fraction(1, 2 * big * q) < Fraction(1, 2 ** (bits - 10))
        reduced = {
            Fraction(-1286502599671178161): 0,
            Fraction(-3181091986335642837): 2,
            Fraction(2573020959972479985): 3,
            Fraction(1042979160805793876): 4,
        }
        close = linear((k, root(2**e, 6)) for k, e in reduced.items())
        assert isinstance(close, Irrational)
        value = sum((ball(k) * arb(2) ** ball(Fraction(e, 6)) for k, e in reduced.items()), arb(0))
        assert arb(2) ** -enclosure.separation(close) < abs(value) < arb(2) ** -180
        tiny = times(Fraction(1, 1048575), power(Fraction(1023), Fraction(-500)))
        assert isinstance(tiny, Irrational)
        assert Fraction(1, 1048575 * 1023**500) > Fraction(1, 2 ** enclosure.separation(tiny))

    def test_a_root_is_bounded_over_the_denominator_of_what_it_is_of(self) -> None:
        """sqrt(1 + 1/q) has the denominator q, so that its numerator is above q."""
        q = 1023**9000
        x = power(linear([(ONE, power(Fraction(1023), Fraction(-9000)))], ONE), HALF)
        assert isinstance(x, Irrational)
        above, below = enclosure.heights(x, {})
        assert 2**above > q
        assert 2**below > q

    def test_zero_is_what_is_below_its_separation_and_not_near_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As long as the enclosure does not tell, a bound that is not reached does not either."""
        monkeypatch.setattr(arithmetic, "separation", lambda x: 2000)
        nested = power(linear([(Fraction(2), root(6))], Fraction(5)), HALF)
        off = linear([(ONE, nested), (-ONE, root(2)), (-ONE, root(3))], Fraction(1, 2**1900))
        assert compare(off, ZERO) == 1
        assert compare(linear([(ONE, off)], -Fraction(1, 2**1900)), ZERO) == 0

    def test_what_is_not_known_is_not_guessed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A square of logarithms and its expansion look equal, and no theorem says they are."""
        monkeypatch.setattr(arithmetic, "CAP", 600)
        x = log(3, 2)
        square = power(linear([(ONE, x)], ONE), Fraction(2))
        expanded = linear([(Fraction(2), x), (ONE, power(x, Fraction(2)))], ONE)
        message = r"^two numbers look equal at 600 bits, and may or may not be$"
        with pytest.raises(Undecidable, match=message):
            compare(square, expanded)
        assert issubclass(Undecidable, ArithmeticError)


class TestEnclose:
    """A number lies between the ends of its enclosure, which are 2**-bits apart at most."""

    def test_a_fraction_is_its_own_enclosure(self) -> None:
        """There is nothing to narrow."""
        assert enclose(THIRD, 5) == (THIRD, THIRD)

    @pytest.mark.parametrize("places", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 400])
    def test_a_large_number_is_enclosed_as_narrowly(self, places: int) -> None:
        """What stands before the point takes more digits, and they are spent."""
        square = 2 * 10 ** (2 * places) + 1
        low, high = enclose(root(square, 2), 64)
        assert low**2 < square < high**2
        assert high - low <= Fraction(1, 2**64)
        cube = 2 * 10 ** (3 * places) + 1
        low, high = enclose(root(cube, 3), 64)
        assert low**3 < cube < high**3
        assert high - low <= Fraction(1, 2**64)

    def test_a_base_close_to_one_is_no_trouble(self) -> None:
        """Where the first digits cannot tell ln s from 0, the enclosure is infinite and retried."""
        low, high = enclose(log(2, 1 + Fraction(1, 10**60)), 64)
        assert low < high <= low + Fraction(1, 2**64)
        assert compare(Fraction(69 * 10**58), low) < 0 < compare(Fraction(70 * 10**58), high)

    def test_a_root_of_a_number_close_to_zero_is_no_trouble(self) -> None:
        """Where the first digits cannot tell a positive number from 0, more are taken."""
        near = Fraction("1.4142135623730950488016887242096980785696")
        x, value = power(minus(root(2), near), HALF), (arb(2).sqrt() - ball(near)).sqrt()
        low, high = enclose(x, 128)
        assert ball(low) < value < ball(high)
        assert compare(x, ZERO) == 1

    def test_a_number_too_large_is_refused(self) -> None:
        """Nobody gets a million digits by asking for 64 bits, nor waits for infinitely many."""
        for exponent in (10**6, 10**20):
            x = power(Fraction(2), exponent + HALF)
            message = r"^a number is not known to 2\*\*-64 with 8192 bits more$"
            with pytest.raises(Undecidable, match=message):
                enclose(x, 64)
            assert compare(x, ONE) == 1


class TestApproximate:
    """A number differs from its approximation, a decimal fraction, by the error at most."""

    def test_a_fraction_is_its_own_approximation(self) -> None:
        """Its error is 0."""
        assert approximate(THIRD, 5) == (THIRD, ZERO)

    def test_a_root_has_the_digits_that_are_in_every_book(self) -> None:
        """The square root of 2 to 9 decimals, and the decimal logarithm of 2."""
        assert approximate(root(2), 9) == (Fraction("1.414213562"), Fraction(1, 10**9))
        assert approximate(log(2, 10), 9)[0] == Fraction("0.301029996")


class TestContext:
    """The contexts are made here; the caller's is neither used nor changed."""

    def test_the_callers_context_does_not_matter(self) -> None:
        """With three digits and every trap set, results are what they were and no flag is up."""

        def results() -> list[object]:
            x = product([(log(13005, 750), THIRD), (Fraction(77, 100), THIRD), (root(3), THIRD)])
            return [compare(x, ONE), enclose(x, 90), approximate(x, 20), compare(x, x)]

        before = results()
        every = list(decimal.getcontext().traps)
        with decimal.localcontext(Context(prec=3, Emax=2, Emin=-2, traps=every)) as context:
            assert results() == before
            assert not any(context.flags.values())
            assert context.prec == 3

    def test_the_default_for_new_contexts_does_not_matter(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Who traps inexact results in all future contexts does not trap them here."""
        monkeypatch.setattr(decimal.DefaultContext, "Emax", 0)
        monkeypatch.setitem(decimal.DefaultContext.traps, decimal.Inexact, True)
        assert compare(root(1000), Fraction(31)) == 1


class TestLength:
    """An integral power of thousands of digits is not written out."""

    def bits(self, x: Number) -> int:
        """The longest integer that a number is written with."""
        numbers = [x] if isinstance(x, Fraction) else [x.constant]
        if isinstance(x, Irrational):
            numbers += [k for _, k in x.terms]
            numbers += [Fraction(n) for n, _ in coprime.integers(x)]
        return max(max(abs(n.numerator), n.denominator).bit_length() for n in numbers)

    @given(*[st.integers(2**299, 2**300)] * 4)
    def test_weights_in_thousandths_cost_no_thousandfold(
        self, a: int, b: int, c: int, d: int
    ) -> None:
        """A mean with weights 763/1000 and 237/1000 is written with numbers of the given length."""
        x, y = Fraction(a, b), Fraction(c, d)
        mean = product([(x, Fraction(763, 1000)), (y, Fraction(237, 1000))])
        assert self.bits(mean) <= 600
        assert compare(min(x, y), mean) <= 0 <= compare(max(x, y), mean)

    def test_a_million_is_an_exponent_like_any_other(self) -> None:
        """Powers that would fill the memory are compared, and undone, without being written."""
        million = Fraction(10**6)
        x = power(Fraction(2, 3), million)
        assert self.bits(x) < 30
        assert power(x, 1 / million) == Fraction(2, 3)
        assert compare(x, power(Fraction(4, 9), million / 2)) == 0
        assert compare(x, ZERO) == 1
        mean = power_mean(million, Fraction(2, 3), Fraction(3, 4))
        assert compare(Fraction(2, 3), mean) < 0 < compare(Fraction(3, 4), mean)
        assert compare(power_mean(million, Fraction(2, 3), Fraction(2, 3)), Fraction(2, 3)) == 0

    def test_long_powers_that_differ_by_a_factor_are_one(self) -> None:
        """2 times 2 ** (10**6 + 1/2) is 2 ** (10**6 + 3/2), and 2 ** 3000 is a plain number."""
        long, longer = (power(Fraction(2), 10**6 + half) for half in (HALF, 3 * HALF))
        assert compare(times(2, long), longer) == 0
        assert plus(longer, times(-2, long)) == 0
        assert isinstance(plus(longer, power(Fraction(3), 10**6 * ONE)), Irrational)
        beside = [product([(x, ONE), (log(3, 2), ONE)]) for x in (long, longer)]
        assert compare(times(2, beside[0]), beside[1]) == 0
        assert compare(power(Fraction(2), Fraction(3000)), Fraction(2**3000)) == 0
        assert compare(power(Fraction(2**3000), Fraction(2)), Fraction(2**6000)) == 0

    def test_long_powers_that_are_written_out_in_part_are_one(self) -> None:
        """What was short enough to write out may be squared to what was not."""
        x = power(Fraction(309, 16), Fraction(1000))
        assert compare(power(power(x, HALF), Fraction(2)), x) == 0
        assert compare(power(power(x, -HALF), Fraction(-2)), x) == 0

    def test_a_long_number_stays_a_fraction(self) -> None:
        """What a caller has written out remains so to the power of 1 and of -1."""
        x = Fraction(3**9000 + 1, 2**9000)
        assert power(x, ONE) == x
        assert power(x, -ONE) == 1 / x
