"""Formulas: aggregation methods as a spreadsheet computes them.

A spreadsheet counts in binary floats. A figure is therefore rounded to nine places first, where
what floats are off by goes away, and to the scheme's places then: so that 27.695 becomes 27.70.
Whoever writes the formula checks that this gives what the exact score gives.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from itakit.methods import Use
from itakit.numerals import plain, terminates
from itakit.rounding import Rounding
from itakit.scale import Goalposts

SAFE = 9
"""The places to which what floats are off by is rounded away."""
_SLACK = "1E-9"


@frozen
class Terms:
    """Where the terms of a score stand, and what is known of them."""

    scores: str
    """The cells of their scores; an empty text where a term has none."""
    weights: str
    """The cells of their weights."""
    base: tuple[str, str] | None = None
    """The cells of score and weight of the term that is deducted from."""
    whole: bool = True
    """Whether all of them have scores."""
    even: bool = True
    """Whether all weigh the same, and none nothing."""
    declared: bool = True
    """Whether their weights were declared."""


def number(value: Fraction) -> str:
    """A number as a formula has it, whatever decimal separator the reader's program shows."""
    if terminates(value):
        return plain(value)
    return f"({value.numerator}/{value.denominator})"


def score(use: Use, terms: Terms, bounds: tuple[Fraction, Fraction]) -> str | None:
    """The formula of a method; none where a spreadsheet has none for it."""
    s, w = terms.scores, terms.weights
    low, high = map(number, bounds)
    there = f"SUMPRODUCT({w},--ISNUMBER({s}))"
    match use.name:
        case "mean" | "weighted-mean" | "single":
            return f"SUMPRODUCT({s},{w})/{there}"
        case "sum" | "weighted-sum" if terms.whole or not terms.declared:
            return f"SUMPRODUCT({s},{w})"
        case "sum" | "weighted-sum":
            return f"SUMPRODUCT({s},{w})*SUM({w})/{there}"
        case "min" | "max" | "median" if terms.even:
            return f"{use.name.upper()}({s})"
        case "geometric-mean" | "harmonic-mean" | "power-mean" if terms.whole:
            exponents = {"geometric-mean": Fraction(0), "harmonic-mean": Fraction(-1)}
            given = use.parameter("exponent")
            exponent = given if isinstance(given, Fraction) else exponents[use.name]
            return _power(s, w, exponent)
        case "deduction":
            return _deduction(use, terms, low, high)
        case "k-of-n" | "all-of":
            given = use.parameter("at_least")
            bar = number(given) if isinstance(given, Fraction) else high
            passed = f"({w}>0)*ISNUMBER({s})*({s}>={bar}-{_SLACK})"
            least = f"SUMPRODUCT(({w}>0)*ISNUMBER({s}))"
            if isinstance(k := use.parameter("k"), Fraction):
                least = number(k)
            return f"IF(SUMPRODUCT({passed})>={least},{high},{low})"
        case _:
            return None


def _power(s: str, w: str, exponent: Fraction) -> str:
    if exponent == 0:
        return f"IF(MIN({s})<=0,0,EXP(SUMPRODUCT({w},LN({s}))/SUM({w})))"
    p = number(exponent)
    mean = f"(SUMPRODUCT({w},({s})^{p})/SUM({w}))^(1/{p})" if exponent > 0 else ""
    if exponent > 0:
        return mean
    return f"IF(MIN({s})<=0,0,(SUMPRODUCT({w},({s})^({p}))/SUM({w}))^(1/({p})))"


def _deduction(use: Use, terms: Terms, low: str, high: str) -> str:
    total, start = f"SUMPRODUCT({terms.scores},{terms.weights})", high
    if terms.base is not None:
        start, weight = terms.base
        total = f"({total}-{start}*{weight})"
    if isinstance(ceiling := use.parameter("ceiling"), Fraction):
        total = f"MIN({number(ceiling)},{total})"
    return f"MAX({low},{start}-{total})"


def answer(posts: Goalposts, cell: str, bounds: tuple[Fraction, Fraction]) -> str:
    """The formula of the score of a number between goalposts."""
    low, high = map(number, bounds)
    worst, best = number(posts.worst), number(posts.best)
    value = cell
    if posts.clamp:
        least, most = sorted((posts.worst, posts.best))
        value = f"MIN(MAX({cell},{number(least)}),{number(most)})"
    if posts.transform is not None:
        function = {"log": "LN", "log10": "LOG10", "sqrt": "SQRT"}[posts.transform]
        value, worst, best = (f"{function}({x})" for x in (value, worst, best))
    return f"{low}+({high}-{low})*({value}-{worst})/({best}-{worst})"


def rounded(rounding: Rounding, cell: str) -> str:
    """The formula of the published figure of the score in a cell."""
    safe, places = f"ROUND({cell},{SAFE})", rounding.places
    match rounding.mode:
        case "half-up":
            return f"ROUND({safe},{places})"
        case "down":
            return f"ROUNDDOWN({safe},{places})"
        case "up":
            return f"ROUNDUP({safe},{places})"
        case _:
            unit = f"({safe}*10^{places})"
            tie = f"ABS(ABS({unit}-TRUNC({unit}))-0.5)<1E-6"
            return f"IF({tie},2*ROUND({unit}/2,0),ROUND({unit},0))/10^{places}"


def safe(rounding: Rounding, value: Fraction) -> bool:
    """Whether rounding to nine places first leaves the published figure of a score what it is."""
    first = Fraction(Rounding(SAFE)(value))
    return rounding(first) == rounding(value)
