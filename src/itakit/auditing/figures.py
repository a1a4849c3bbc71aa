"""Figures: what a table prints, each to its own number of decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from attrs import field, frozen

from itakit import numerals
from itakit.entries import Place
from itakit.notation.flaws import Refused
from itakit.suggest import numeral
from itakit.text import printable, tidy
from itakit.wording import say

Kind: TypeAlias = Literal["score", "weighted", "grade"]
MOST_PLACES: Final = 30
_FIGURE = re.compile(r"[+-]?\d+(?:\.(\d+))?")
_NOWHERE: Final = Place("")


@frozen
class Figure:
    """One printed figure: the score of a node, its weighted score, or the grade."""

    code: str
    """Of the node; of the root for a grade."""
    kind: Kind
    text: str
    """As it is printed, in western digits."""
    place: Place = field(default=_NOWHERE, eq=False, repr=False)

    @property
    def value(self) -> Decimal:
        """The number that is printed, with its decimals. No grade is one."""
        return Decimal(self.text)

    @property
    def places(self) -> int:
        """How many decimals are printed."""
        return len(self.text.partition(".")[2])


@frozen
class Published:
    """A published table: its figures in the scheme's order, the grade last."""

    figures: tuple[Figure, ...]
    absent: tuple[str, ...] = ()
    """The codes that do not apply to the unit."""
    source: str = ""
    """Where it was published."""
    name: str = ""
    """The file it was read of."""


def printed(value: object, places: int | None) -> str:
    """A figure as it is printed. Raises `Refused`.

    Its decimals count. A number of Python or of a workbook has lost the zeros at its end: where
    ``places`` says how many decimals were printed, they are put back.
    """
    if isinstance(value, float):
        if places is None:
            raise Refused(say("figure-float", value=printable(value)), say("figure-quote"))
        value = float.__repr__(value).removesuffix(".0")
    if isinstance(value, Decimal):
        value = format(value, "f") if value.is_finite() and abs(value.adjusted()) < 100 else "…"
    elif not isinstance(value, str):
        try:
            value = numerals.plain(numerals.exact(value))
        except (TypeError, ValueError):
            raise Refused(say("no-figure", value=printable(value)), say("figure-quote")) from None
    text = tidy(value)
    match = _FIGURE.fullmatch(text)
    try:
        numerals.read(text)
    except ValueError:
        advice = numeral(text) or say("figure-quote")
        raise Refused(say("no-figure", value=printable(value)), advice) from None
    if match is None or len(match[1] or "") > MOST_PLACES:
        raise Refused(say("no-figure", value=printable(value)), say("figure-quote"))
    western = "".join(str(int(c)) if c.isdecimal() else c for c in text.removeprefix("+"))
    if places is None:
        return western
    whole, _, decimals = western.partition(".")
    decimals = decimals.ljust(places, "0")
    return f"{whole}.{decimals}" if decimals else whole
