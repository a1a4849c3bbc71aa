"""Deductions and conditions: what is taken off, and how many must reach a score."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from itakit.methods.means import sum_up
from itakit.methods.method import Inapplicable, Range, Term, Terms
from itakit.reals import Number, compare, linear


def deduction(
    terms: Terms,
    range: Range,
    codes: Sequence[str] = (),
    base: str | None = None,
    ceiling: Fraction | None = None,
) -> Number:
    """A base less the sum of the other terms, at most a ceiling, and never below the range."""
    low, high = range
    start: Number = high
    deducted: list[Term] = []
    for (value, weight), code in zip(terms, codes, strict=True):
        if code == base:
            start = value
        else:
            deducted.append((value, weight))
    if base is not None and base not in codes:
        raise Inapplicable("base-missing", base=base)
    total = sum_up(deducted, range)
    if ceiling is not None and compare(total, ceiling) > 0:
        total = ceiling
    score = linear([(Fraction(1), start), (Fraction(-1), total)])
    return low if compare(score, low) < 0 else score


def k_of_n(terms: Terms, range: Range, k: Fraction, at_least: Fraction | None = None) -> Number:
    """The highest score where at least k terms reach a score, else the lowest."""
    low, high = range
    bar = high if at_least is None else at_least
    passed = sum(compare(value, bar) >= 0 for value, _ in terms)
    return high if passed >= k else low


def all_of(terms: Terms, range: Range, at_least: Fraction | None = None) -> Number:
    """The highest score where all terms reach a score, else the lowest."""
    return k_of_n(terms, range, Fraction(len(terms)), at_least)
