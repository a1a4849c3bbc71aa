"""Clamping: the numbers beyond a goalpost that count as the goalpost, which nobody may overlook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from itakit.numerals import grouped, plain, read
from itakit.result import Result
from itakit.text import one_line
from itakit.wording import Message, say

_NAMES: Final = 5
"""The most names that a line has."""


@frozen
class Clamped:
    """The numbers of one item that lie beyond a goalpost, and count as the goalpost."""

    item: str
    n: int | Fraction
    """How many they are, each as often as it was answered."""
    value: str
    """The first of them."""
    place: str = ""
    """Where that stands, if somebody can tell."""


def clamped_of(result: Result) -> Iterator[Clamped]:
    """The clamped numbers of one unit, item by item."""
    for node in result:
        posts = None if node.scale is None else node.scale.goalposts
        if posts is None:
            continue
        # Where the scale does not clamp, such a number is an error, and there is no result.
        outside = {code: n for code, n in (node.answers or {}).items() if posts.beyond(read(code))}
        if outside:
            yield Clamped(node.code, sum(outside.values()), next(iter(outside)))


def beyond(clamped: Sequence[Clamped]) -> Iterator[Message]:
    """The numbers beyond a goalpost that count as the goalpost: how many, in which items."""
    if clamped:
        yield say("sum-clamped", n=_people(sum(each.n for each in clamped)))
    for each in clamped[:_NAMES]:
        values = {"item": one_line(each.item), "n": _people(each.n), "value": each.value}
        if each.place:
            yield say("sum-clamped-at", place=one_line(each.place), **values)
        else:
            yield say("sum-clamped-item", **values)
    if more := clamped[_NAMES:]:
        yield say("sum-clamped-more", n=_people(sum(each.n for each in more)))


def _people(n: int | Fraction) -> str:
    """A number of answers; a fraction where respondents have weights."""
    return grouped(n) if isinstance(n, int) else plain(n)
