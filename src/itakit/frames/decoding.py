"""Decoding: what a cell says, as an answer of a scale or as a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from itakit import numerals
from itakit.evidence import NOT_APPLICABLE, NotApplicable, inapplicable
from itakit.frames.cells import shown
from itakit.scale import OutsideGoalposts, Scale, UnknownAnswer
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean, numeral
from itakit.wording import Message, say


@frozen
class Undecoded:
    """A cell that says nothing the scheme knows, and what to do about it."""

    says: Message
    advice: Message | None = None


class Silent(Enum):
    """The type of `SILENT`."""

    SILENT = "no answer"


SILENT: Final = Silent.SILENT
"""A cell whose code says that nobody answered."""


def answer(scale: Scale, value: Any) -> str | Silent | Undecoded:
    """The code of the answer that a cell holds; on a scale with goalposts, the number."""
    cell = shown(value)
    try:
        code = scale.code(value)
        if scale.score(code) is None:
            return SILENT
    except UnknownAnswer:
        if scale.goalposts is not None:
            return Undecoded(say("cell-no-number", value=cell, scale=scale.name), _nearly(value))
        codes = [choice.code for choice in scale.answers]
        codes += [*scale.not_applicable, *scale.no_answer]
        titles = [text for choice in scale.answers for _, text in choice.title.texts]
        says = say("cell-unknown", value=cell, scale=scale.name, expected=", ".join(codes))
        text = value if isinstance(value, str) else ""
        return Undecoded(says, did_you_mean(text, [*codes, *titles]) or say("on-unknown"))
    except OutsideGoalposts as outside:
        low, high = map(numerals.plain, outside.bounds)
        return Undecoded(say("cell-goalposts", value=cell, low=low, high=high), say("clamp"))
    return code


def _nearly(value: Any) -> Message:
    """What to do about a cell that is no number."""
    return (numeral(value) if isinstance(value, str) else None) or say("on-unknown")


def beyond(scale: Scale | None, meaning: Mapping[tuple[type, Any], Any]) -> set[tuple[type, Any]]:
    """The values that lie beyond a goalpost of a scale and count as the goalpost."""
    if scale is None or scale.goalposts is None or not scale.goalposts.clamp:
        return set()
    posts = scale.goalposts
    return {
        value
        for value, code in meaning.items()
        if isinstance(code, str)
        and code not in scale.not_applicable
        and posts.beyond(numerals.read(code))
    }


def score(scheme: Scheme, value: Any) -> Fraction | NotApplicable | Undecoded:
    """The score that a cell holds."""
    if isinstance(value, str) and inapplicable(value):
        return NOT_APPLICABLE
    cell = shown(value)
    try:
        exact = numerals.exact(value)
    except (TypeError, ValueError):
        return Undecoded(say("cell-no-score", value=cell), _nearly(value))
    low, high = scheme.range
    if low <= exact <= high:
        return exact
    bounds = {"low": numerals.plain(low), "high": numerals.plain(high)}
    return Undecoded(say("cell-range", value=cell, **bounds))


def weight(value: Any) -> int | Fraction | Undecoded:
    """How many respondents one stands for."""
    try:
        exact = numerals.exact(value)
    except (TypeError, ValueError):
        exact = Fraction(-1)
    if exact < 0:
        return Undecoded(say("cell-weight", value=shown(value)))
    return exact.numerator if exact.denominator == 1 else exact


def distinct(values: Iterable[Any]) -> dict[tuple[type, Any], Any]:
    """The different values of a column: 1, 1.0 and a truth value are three."""
    return {(type(value), value): value for value in values}


def weights(units: Sequence[Any], cells: Sequence[Any] | None) -> Sequence[int | Fraction]:
    """How many each of some respondents stands for; none where nobody can tell."""
    if cells is None:
        return [1] * len(units)
    known = {
        key: 0 if isinstance(found := weight(cell), Undecoded) else found
        for key, cell in distinct(cells).items()
    }
    return [known[type(cell), cell] for cell in cells]


def meanings(
    scheme: Scheme, scale: Scale | None, values: Iterable[Any]
) -> dict[tuple[type, Any], Any]:
    """What the different values of a column say: answers of a scale, or scores without one."""
    return {
        known: score(scheme, value) if scale is None else answer(scale, value)
        for known, value in distinct(values).items()
    }
