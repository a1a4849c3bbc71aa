"""Hypothesis strategies: schemes of any shape, and evidence for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

from itakit.catalogue import loads
from itakit.evidence import Evidence
from itakit.scheme import Scheme
from itakit.testing import files, units
from itakit.testing.drawing import Draw
from itakit.testing.files import ANYTHING, Scope
from itakit.testing.units import USUAL, Habits


def drawn_by(draw: Callable[[st.SearchStrategy[int]], int]) -> Draw:
    """Whole numbers as Hypothesis draws them."""
    return lambda low, high: low if low == high else draw(_integers(low, high))


_integers = cache(st.integers)


@st.composite
def documents(draw: st.DrawFn, scope: Scope = ANYTHING) -> str:
    """The texts of scheme files, all of them sound."""
    return files.document(drawn_by(draw), scope)


def schemes(scope: Scope = ANYTHING) -> st.SearchStrategy[Scheme]:
    """Schemes of any shape, read from such files."""
    return documents(scope).map(loads)


@st.composite
def evidence(draw: st.DrawFn, scheme: Scheme, habits: Habits = USUAL) -> dict[str, Evidence]:
    """What is known about a unit: tallies, answers and scores, at any node, with gaps."""
    return units.evidence(drawn_by(draw), scheme, habits)
