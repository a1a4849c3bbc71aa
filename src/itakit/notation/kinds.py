"""The kinds of values a key may have: each is taken as TOML gives it, or refused.

Nothing is coerced. A refusal says what was found and what was expected.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, TypeVar

from itakit.notation.flaws import Flaw, Refused
from itakit.notation.tables import MethodTable
from itakit.numerals import LIMIT, Unreadable, plain
from itakit.policy import POLICIES, Missing
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.titles import Title
from itakit.wording import Message, say

T = TypeVar("T")
K = TypeVar("K", bound=str | int)
_MISSING = ("policy", "at_least")


def found(value: object) -> Message:
    """What a value is, in words."""
    match value:
        case bool():
            return say("found-truth", value=str(value).lower())
        case int() | Fraction() | Unreadable():
            return say("found-number", value=_number_text(value))
        case str():
            return say("found-text", value=printable(value))
        case list():
            return say("found-list")
        case dict():
            return say("found-table")
        case _:
            return say("found-date", value=printable(value))


def _number_text(value: int | Fraction | Unreadable) -> str:
    if isinstance(value, Unreadable):
        return value.text
    if isinstance(value, Fraction):
        return printable(plain(value))[1:-1]
    return printable(value)


def expected(name: str, value: object, advice: Message | None = None) -> Refused:
    """The flaw of a value of the wrong kind."""
    return Refused(say("expected", found=found(value), expected=say(name)), advice)


def number(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > 3 * LIMIT:
            raise Refused(say("number-too-long", limit=LIMIT))
        return Fraction(value)
    if isinstance(value, Unreadable):
        raise Refused(say("unreadable-number", value=value.text, limit=LIMIT))
    is_numeral = isinstance(value, str) and re.fullmatch(r"\s*[+-]?[\d.]+\s*", value)
    raise expected("a-number", value, say("no-quotes") if is_numeral else None)


def text(value: object) -> str:
    if isinstance(value, str):
        return value
    quote = isinstance(value, int | Fraction) and not isinstance(value, bool)
    raise expected("a-text", value, say("quote") if quote else None)


def code(value: object) -> str:
    given = text(value)
    if not given or given != given.strip() or not given.isprintable() or len(given) > 200:
        raise expected("a-code", value)
    return given


def identifier(value: object) -> str:
    given = text(value)
    if not re.fullmatch(r"[a-z0-9_-]{1,100}", given):
        raise expected("an-identifier", value)
    return given


def truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise expected("a-truth", value)


def count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**9:
        return value
    raise expected("a-count", value)


def share(value: object) -> Fraction:
    if 0 <= (given := number(value)) <= 1:
        return given
    raise expected("a-share", value)


def pair(value: object) -> tuple[Fraction, Fraction]:
    if not isinstance(value, list) or len(value) != 2:
        raise expected("two-numbers", value)
    first, second = each(enumerate(value), number).values()
    return first, second


def each(items: Iterable[tuple[K, object]], hook: Callable[[Any], T]) -> dict[K, T]:
    """What a hook makes of every element; all that it does not take is told at once."""
    taken: dict[K, T] = {}
    flaws: list[Flaw] = []
    for key, value in items:
        try:
            taken[key] = hook(value)
        except Refused as refused:
            flaws.extend(flaw.below(key) for flaw in refused.flaws)
    if flaws:
        raise Refused(flaws)
    return taken


def texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(each(enumerate(value), text).values())
    return (text(value),)


def date(value: object) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    raise expected("a-date", value)


def title(value: object) -> Title:
    if isinstance(value, str):
        return Title.of(_filled(value))
    if not isinstance(value, dict) or not value:
        raise expected("a-title", value)
    flaws = [
        Flaw((lang,), say("no-language", lang=printable(lang)), say("languages"))
        for lang in value
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang)
    ]
    if flaws:
        raise Refused(flaws)
    return Title.of(each(value.items(), _filled))


def _filled(value: object) -> str:
    given = text(value)
    if not given.strip():
        raise expected("a-filled-text", value)
    return given


def missing(value: object) -> Missing:
    if isinstance(value, str):
        return Missing(_policy(value))
    if not isinstance(value, dict):
        raise expected("a-policy", value)
    flaws = [
        Flaw((key,), say("unknown-key"), did_you_mean(key, _MISSING) or say("known-keys", keys=", ".join(_MISSING)))
        for key in value
        if key not in _MISSING
    ]
    if "policy" not in value:
        flaws.append(Flaw(("policy",), say("missing-key", key="policy")))
    elif "at_least" in value and value["policy"] != "skip":
        flaws.append(Flaw(("at_least",), say("at-least-skip")))
    if flaws:
        raise Refused(flaws)
    return Missing(
        *each([("policy", value["policy"])], _policy).values(),
        *each(((k, v) for k, v in value.items() if k == "at_least"), share).values(),
    )


def _policy(value: object) -> Any:
    return one_of(value, POLICIES)


def one_of(value: object, options: tuple[Any, ...]) -> Any:
    if isinstance(value, bool) or value not in options:
        choices = ", ".join(
            option if isinstance(option, str) else str(option) for option in options
        )
        known = [option for option in options if isinstance(option, str)]
        advice = did_you_mean(value, known) if isinstance(value, str) else None
        raise Refused(say("one-of", found=found(value), options=choices), advice)
    return value


def method(value: object) -> MethodTable:
    if isinstance(value, str):
        return MethodTable(_filled(value))
    if not isinstance(value, dict):
        raise expected("a-method", value)
    if "method" not in value:
        raise Refused(say("missing-key", key="method"), None, ("method",))
    if not isinstance(value["method"], str):
        raise Refused(
            say("expected", found=found(value["method"]), expected=say("a-text")), None, ("method",)
        )
    return MethodTable(
        value["method"], {key: given for key, given in value.items() if key != "method"}
    )


