"""Hypothesis strategies: schemes of any shape, and evidence for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import count

from hypothesis import strategies as st

from itakit.catalogue import loads
from itakit.evidence import Evidence
from itakit.scheme import Scheme
from itakit.testing import files, units
from itakit.testing.drawing import Draw
from itakit.testing.scope import ANYTHING, Scope
from itakit.testing.units import USUAL, Habits


def drawn_by(draw: Callable[[st.SearchStrategy[int]], int]) -> Draw:
    """Whole numbers as Hypothesis draws them; what is large repeats itself.

    Hypothesis gives up a case of many thousands of choices, which a large scheme would need.
    """
    drawn: list[int] = []
    repeated = count()

    def number(low: int, high: int) -> int:
        if low == high:
            return low
        if len(drawn) < MOST:
            drawn.append(draw(_integers(low, high)) - low)
            return low + drawn[-1]
        return low + drawn[next(repeated) % MOST] % (high - low + 1)

    return number


MOST = 1_000
"""The most choices of a case that are its own."""
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


@st.composite
def responses(draw: st.DrawFn, scheme: Scheme, unit: str = "unit") -> list[dict[str, object]]:
    """Rows as a questionnaire gives them: a row for a respondent, a column for an item.

    Any dataframe library makes a frame of them: ``polars.DataFrame(rows)``. The column ``unit``
    names the respondent's unit; cells hold answers by code or title, numbers, or nothing.
    """
    return units.responses(drawn_by(draw), scheme, unit)
