"""Arguments: what callers write, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from itakit import numerals
from itakit.errors import Problem
from itakit.text import printable
from itakit.wording import Message, say

MOST = 10**9


def unexpected(key: str, found: object, expected: Message) -> Problem:
    """The problem of an argument that is not what it should be."""
    return Problem(say("expected", found=printable(found), expected=expected), key=key)


def miscounted(key: str, value: object, *, least: int = 0) -> Iterator[Problem]:
    """What is wrong with a number of times."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST:
        yield unexpected(key, value, say("a-count") if least == 0 else say("a-positive-count"))


def exact(value: object) -> Fraction | None:
    """A number that a caller wrote; `None` for what is none."""
    try:
        return numerals.exact(value)
    except (TypeError, ValueError):
        return None
