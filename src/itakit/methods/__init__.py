"""Aggregation methods: from the scores and weights of terms to one score.

A term is a pair (value, weight). Averaging respondents, averaging indicators and weighting
surveys are one operation on terms: a term without a weight of its own counts once, and a term of
weight zero does not count. Names follow the OECD/JRC Handbook on Constructing Composite
Indicators (2008), part 1.6.
"""

from itakit.methods.built_in import BUILT_IN
from itakit.methods.method import (
    Inapplicable,
    Law,
    Method,
    Parameter,
    Range,
    Shape,
    Term,
    Terms,
    Use,
)

__all__ = [
    "BUILT_IN",
    "Inapplicable",
    "Law",
    "Method",
    "Parameter",
    "Range",
    "Shape",
    "Term",
    "Terms",
    "Use",
]
