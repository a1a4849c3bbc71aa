"""Clamping: the numbers beyond a goalpost that count as the goalpost, which nobody may overlook."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from itakit.numerals import read
from itakit.result import Result


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
