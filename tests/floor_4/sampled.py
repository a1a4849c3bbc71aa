"""A scheme whose surveys ask people and whose checks do not, and people who answer."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import itakit

TEXT = """
format = 1
[scheme]
id = "asked"
title = { th = "ถามคน", en = "Asked" }
range = [0, 100]
[aggregation]
item = "mean"
survey = "mean"
total = "weighted-mean"
[scale.degree]
answer = [
  { code = "1", score = 0 }, { code = "2", score = 33 },
  { code = "3", score = 67 }, { code = "4", score = 100 },
]
not_applicable = ["9"]
[[grade]]
name = "high"
from = 80
requires = { survey = 60 }
[[grade]]
name = "middle"
from = 50
[[grade]]
name = "low"
from = 0
[[survey]]
code = "A"
weight = 50
population = "staff"
scale = "degree"
item = ["a1", "a2", "a3"]
[[survey]]
code = "B"
weight = 30
population = "visitors"
scale = "degree"
item = ["b1"]
[[survey]]
code = "C"
weight = 20
item = ["c1", "c2"]
"""
SCHEME = itakit.loads(TEXT)
POINTS = {"1": 0, "2": 33, "3": 67, "4": 100}
Rows = list[dict[str, Any]]
STAFF: Rows = [
    {"a1": "4", "a2": "4", "a3": "3"},
    {"a1": "3", "a2": None, "a3": "3"},
    {"a1": "1", "a2": "2", "a3": "1"},
    {"a1": "4", "a2": "4", "a3": None},
    {"a1": "2", "a2": "1", "a3": "3"},
    {"a1": "4", "a2": "3", "a3": "9"},
    {"a1": "3", "a2": "3", "a3": "4"},
]
VISITORS: Rows = [{"b1": code} for code in "4432343"]
CHECKS = {"c1": 80, "c2": 100}


def score(code: str | None) -> Fraction | None:
    """What an answer scores; none where there is no answer, or one that does not apply."""
    return None if code in (None, "9") else Fraction(POINTS[str(code)])


def textbook(rows: Rows, population: int | None, shares: dict[str, int]) -> Fraction:
    """The variance of a weighted sum of ratio means, in fractions, by the formula in textbooks.

    Each person's residuals, divided by the number of answers, add up to a value; the variance is
    that of the sum of those values over a sample without replacement.
    """
    total = sum(shares.values())
    n = len(rows)
    values = [Fraction(0)] * n
    for item, share in shares.items():
        known = [(k, s) for k, row in enumerate(rows) if (s := score(row[item])) is not None]
        mean = sum((s for _, s in known), Fraction(0)) / len(known)
        for k, s in known:
            values[k] += Fraction(share, total) * (s - mean) / len(known)
    centre = sum(values, Fraction(0)) / n
    rest = 1 if population is None else 1 - Fraction(n, population)
    return rest * n * sum(((v - centre) ** 2 for v in values), Fraction(0)) / (n - 1)
