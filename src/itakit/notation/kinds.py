"""The kinds of values a key may have: each is taken as TOML gives it, or refused.

Nothing is coerced. A refusal says what was found and what was expected.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeGuard, TypeVar

from itakit.notation.flaws import MOST, Flaw, Refused
from itakit.notation.tables import MethodTable
from itakit.numerals import LIMIT, Unreadable, plain
from itakit.policy import POLICIES, Missing
from itakit.suggest import did_you_mean
from itakit.text import normal, printable
from itakit.titles import Title
from itakit.wording import Message, say

T = TypeVar("T")
K = TypeVar("K", bound=str | int)
_MISSING = ("policy", "at_least")
MAX_COUNT = 10**9
"""The greatest whole number where something is counted."""
MAX_PLACES = 50
"""The most decimal places of a published score: digits of an irrational one cost time."""


def found(value: object) -> Message:
    """What a value is, in words."""
    match value:
        case bool():
            return say("found-truth", value=str(value).lower())
        case int() if abs(value) >= 10**LIMIT:
            return say("found-long-number", limit=LIMIT)
        case int() | Fraction():
            return say("found-number", value=plain(Fraction(value)))
        case Unreadable():
            return say("found-number", value=value.text)
        case str():
            return say("found-text", value=printable(value))
        case list():
            return say("found-list", n=len(value))
        case dict():
            return say("found-table" if value else "found-empty-table")
        case _:
            return say("found-date", value=printable(value))


def expected(name: str, value: object, advice: Message | None = None, **values: object) -> Refused:
    """The flaw of a value of the wrong kind; the values fill the blanks of what was expected."""
    return Refused(say("expected", found=found(value), expected=say(name, **values)), advice)


def is_number(value: object) -> TypeGuard[int | Fraction]:
    """Whether a value is a number; `True` is none."""
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def number(value: object) -> Fraction:
    """A finite number of a sane length."""
    if is_number(value):
        if isinstance(value, int) and abs(value) >= 10**LIMIT:
            raise Refused(say("number-too-long", limit=LIMIT))
        return Fraction(value)
    if isinstance(value, Unreadable):
        raise Refused(say("unreadable-number", value=value.text, limit=LIMIT))
    is_numeral = isinstance(value, str) and re.fullmatch(r"\s*[+-]?[\d.]+\s*", value)
    raise expected("a-number", value, say("no-quotes") if is_numeral else None)


def text(value: object) -> str:
    """A text, which is never made of something else."""
    if isinstance(value, str):
        return value
    raise expected("a-text", value, say("quote") if is_number(value) else None)


def records(tables: Mapping[str, Any], key: str) -> list[object]:
    """The tables under ``[[key]]``, of which there is at least one."""
    value = tables.get(key)
    advice = say("brackets-for", key=key)
    if key not in tables or value == []:
        raise Refused(say("missing-key", key=key), advice)
    if not isinstance(value, list):
        raise Refused(flaw.below(key) for flaw in expected("a-list", value, advice).flaws)
    return value


def code(value: object) -> str:
    """A code or a name."""
    if is_code(given := text(value)):
        return given
    raise expected("a-code", value)


def is_code(given: str) -> bool:
    """Whether a text can be a code or a name: it shows, and shows where it ends."""
    return 0 < len(given) <= 200 and given == given.strip() and given.isprintable()


def identifier(value: object) -> str:
    """An id."""
    given = text(value)
    if not re.fullmatch(r"[a-z0-9_-]{1,100}", given):
        raise expected("an-identifier", value)
    return given


def truth(value: object) -> bool:
    """True or false, as TOML writes it."""
    if isinstance(value, bool):
        return value
    raise expected("a-truth", value)


def count(value: object, most: int = MAX_COUNT, name: str = "a-count") -> int:
    """A whole number, 0 or more."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
        return value
    raise expected(name, value, most=most)


def places(value: object) -> int:
    """A number of decimal places."""
    return count(value, MAX_PLACES, "a-number-of-places")


def share(value: object) -> Fraction:
    """A number from 0 to 1."""
    if 0 <= (given := number(value)) <= 1:
        return given
    raise expected("a-share", value)


def pair(value: object) -> tuple[Fraction, Fraction]:
    """A list of two numbers."""
    if not isinstance(value, list) or len(value) != 2:
        raise expected("two-numbers", value)
    first, second = each(enumerate(value), number).values()
    return first, second


def each(items: Iterable[tuple[K, object]], hook: Callable[[Any], T]) -> dict[K, T]:
    """What a hook makes of every element; what it does not take is told at once."""
    taken: dict[K, T] = {}
    flaws: list[Flaw] = []
    for key, value in items:
        try:
            taken[key] = hook(value)
        except Refused as refused:
            flaws.extend(flaw.below(key) for flaw in refused.flaws)
            if len(flaws) > MOST:
                break
    if flaws:
        raise Refused(flaws)
    return taken


def texts(value: object) -> tuple[str, ...]:
    """A text or a list of texts."""
    if isinstance(value, list):
        return tuple(each(enumerate(value), text).values())
    return (text(value),)


def date(value: object) -> datetime.date:
    """A day."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    raise expected("a-date", value)


def title(value: object) -> Title:
    """A text, or a table of texts by language."""
    if isinstance(value, str):
        return Title.of(_filled(value))
    if not isinstance(value, dict) or not value:
        raise expected("a-title", value)
    return Title.of(each(((lang, (lang, given)) for lang, given in value.items()), _in_language))


def _in_language(pair: tuple[str, object]) -> str:
    lang, given = pair
    if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
        return _filled(given)
    raise Refused(say("no-language", lang=printable(lang)), say("languages"))


def _filled(value: object) -> str:
    given = text(value)
    # Most texts begin with a letter or a digit; whether any other is empty takes longer to tell.
    if not given[:1].isalnum() and not normal(given):
        raise expected("a-filled-text", value)
    return given


def missing(value: object) -> Missing:
    """What a missing node means: a policy, or a table with one."""
    if isinstance(value, str):
        return Missing(_policy(value))
    if not isinstance(value, dict):
        raise expected("a-policy", value)
    flaws = [
        Flaw(
            (key,),
            say("unknown-key"),
            did_you_mean(key, _MISSING) or say("known-keys", keys=", ".join(_MISSING)),
        )
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
    """One of a few values."""
    for option in options:
        if value == option and not isinstance(value, bool):
            return option
    if len(options) == 1:
        raise Refused(say("expected", found=found(value), expected=_quoted(options[0])))
    choices = ", ".join(_quoted(option) for option in options)
    known = [option for option in options if isinstance(option, str)]
    advice = did_you_mean(value, known) if isinstance(value, str) else None
    raise Refused(say("one-of", found=found(value), options=choices), advice)


def _quoted(option: object) -> str:
    return f'"{option}"' if isinstance(option, str) else str(option)


def method(value: object) -> MethodTable:
    """A method by name, or a table with its parameters."""
    if isinstance(value, str):
        return MethodTable(_filled(value))
    if not isinstance(value, dict):
        raise expected("a-method", value)
    if "method" not in value:
        raise Refused(say("missing-key", key="method"), None, ("method",))
    name = each([("method", value["method"])], text)["method"]
    return MethodTable(name, {key: given for key, given in value.items() if key != "method"})
