"""Expectations: what a golden case says of a node, to the printed digit or between bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from itakit import numerals
from itakit.dossier import unquoted
from itakit.notation.flaws import Flaw, Refused
from itakit.notation.kinds import expected, number, text
from itakit.result import NodeResult, Result
from itakit.rounding import Rounding
from itakit.suggest import did_you_mean
from itakit.wording import Message, say

NONE: Final = "none"
"""What a case expects of a node without a score, or of a unit without a grade."""
GRADE: Final = "grade"
"""The key, among the codes, of the grade that a case expects."""
_ENDS: Final = ("from", "to")
_FIGURE = re.compile(r"-?(?:0|[1-9][0-9]{0,99})(?:\.[0-9]{1,30}|/[1-9][0-9]{0,99})?")


@frozen
class Interval:
    """The scores from one bound to another, both included; a bound that is `None` is open."""

    low: Fraction | None = None
    high: Fraction | None = None

    def holds(self, node: NodeResult) -> bool:
        """Whether the exact score of a node lies between the bounds for certain."""
        if node.score is None:
            return False
        least, most = node.score - node.error, node.score + node.error
        return (self.low is None or self.low <= least) and (self.high is None or most <= self.high)

    @property
    def words(self) -> Message:
        """The interval as a sentence holds it."""
        if self.high is None:
            return say("interval-from", low=numerals.plain(self.low or Fraction(0)))
        if self.low is None:
            return say("interval-to", high=numerals.plain(self.high))
        return say("interval", low=numerals.plain(self.low), high=numerals.plain(self.high))


Expected: TypeAlias = str | Interval
"""A figure as it was printed, a fraction, the name of a grade or `NONE`; or an interval."""


def expectation(code: str, value: object) -> Expected:
    """What a file expects of a code. Raises `Refused`."""
    if isinstance(value, dict):
        if value and (any(end in value for end in _ENDS) or did_you_mean(next(iter(value)), _ENDS)):
            return _interval(value)
        if flaws := list(unquoted(code, value)):
            raise Refused(flaws)
    # A figure as it was published: a text, because its places count.
    given = text(value)
    if code == GRADE or given == NONE or _FIGURE.fullmatch(given):
        return given
    raise expected("a-figure", value)


def _interval(table: Mapping[str, object]) -> Interval:
    flaws: list[Flaw] = []
    ends: dict[str, Fraction] = {}
    for key, value in table.items():
        if key not in _ENDS:
            advice = did_you_mean(key, _ENDS) or say("known-keys", keys=", ".join(_ENDS))
            flaws.append(Flaw((key,), say("unknown-key"), advice))
            continue
        try:
            ends[key] = _bound(value)
        except Refused as refused:
            flaws.extend(flaw.below(key) for flaw in refused.flaws)
    interval = Interval(ends.get("from"), ends.get("to"))
    if interval.low is not None and interval.high is not None and interval.low > interval.high:
        flaws.append(Flaw(("to",), say("interval-empty")))
    if flaws:
        raise Refused(flaws)
    return interval


def _bound(value: object) -> Fraction:
    """A bound is exact however it is written: its places do not count."""
    if not isinstance(value, str):
        return number(value)
    try:
        return numerals.read(value)
    except ValueError:
        raise expected("a-number", value) from None


def figure(result: Result, code: str, like: str) -> str:
    """A node's score as it is published to as many places as another figure has.

    A fraction such as ``880/9`` asks for the exact score.
    """
    node = result[code]
    if node.score is None:
        return NONE
    if "/" in like:
        if node.error == 0 and node.score == Fraction(like):
            return like
        return exact(node)
    rounding = result.scheme.rounding
    places = rounding.places if like == NONE else len(like.partition(".")[2])
    if places == rounding.places:
        return str(node.rounded)
    return str(Rounding(places, rounding.mode)(node.score))


def exact(node: NodeResult) -> str:
    """A node's score with all its digits, or as near as it is known; `NONE` where it has none."""
    if node.score is None:
        return NONE
    return "≈ " * bool(node.error) + numerals.plain(node.score)
