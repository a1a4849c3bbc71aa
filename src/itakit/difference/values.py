"""Values of a scheme as a sentence holds them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from itakit.explanation import short
from itakit.grade import Requirement
from itakit.methods import BUILT_IN, Use
from itakit.numerals import plain
from itakit.policy import Missing
from itakit.scheme import Sample
from itakit.text import one_line, printable
from itakit.titles import ANY, Title
from itakit.wording import say

_LONGEST = 300
"""The most characters of a title that are shown."""


def percent(share: Fraction) -> str:
    """A part of the total in percent."""
    return short(share * 100, fractions=False) + " %"


def shown(value: object, lang: str) -> str:
    """A value in words, in a language."""
    match value:
        case None:
            return say("found-none").text(lang)
        case bool():
            return say("diff-yes" if value else "diff-no").text(lang)
        case Title():
            return ", ".join(_in(*text) for text in value.texts) or shown(None, lang)
        case Use():
            return _method(value, lang)
        case Missing():
            words = say(f"diff-policy-{value.policy}").text(lang)
            least = say("diff-at-least", least=plain(value.at_least)).text(lang)
            return f"{words} ({least})" if value.at_least else words
        case Sample():
            values = {"fraction": plain(value.fraction), "least": value.at_least}
            if value.at_most is None:
                return say("diff-sample", **values).text(lang)
            return say("diff-sample-most", most=value.at_most, **values).text(lang)
        case Mapping():
            return _facts(value, lang)
        case Fraction(), Fraction():  # a range or goalposts
            return " … ".join(map(_part, value))
        case tuple():
            return ", ".join(_part(part) for part in value) or shown(None, lang)
        case _:
            return _part(value)


def _part(value: object) -> str:
    """A value that may be one of several."""
    match value:
        case Fraction():
            return plain(value)
        case datetime.date():
            return value.isoformat()
        case Requirement():
            return f"{one_line(value.target)} ≥ {plain(value.at_least)}"
        case _:
            return one_line(str(value))


def _in(language: str, text: str) -> str:
    quoted = printable(text, _LONGEST)
    return quoted if language == ANY else f"{language} {quoted}"


def _method(use: Use, lang: str) -> str:
    name = say(f"method-{use.name}").text(lang) if use.name in BUILT_IN else use.name
    parameters = ", ".join(f"{key} = {shown(value, lang)}" for key, value in use.parameters)
    return f"{name} ({parameters})" if parameters else name


def _facts(facts: Mapping[str, Any], lang: str) -> str:
    """A scale, an answer, a phase or a grade."""
    if "answers" in facts:
        return ", ".join(
            f"{one_line(c)} = {plain(a['score'])}" for c, a in facts["answers"].items()
        )
    if "goalposts" in facts:
        return " … ".join(plain(post) for post in facts["goalposts"])
    if "score" in facts:
        words, more = plain(facts["score"]), facts["title"]
    elif "to" in facts:
        words, more = f"{facts['from'].isoformat()} – {facts['to'].isoformat()}", facts["title"]
    else:
        words, more = f"≥ {plain(facts['from'])}", facts["requires"]
    return f"{words}, {shown(more, lang)}" if more else words


def differing(old: object, new: object) -> tuple[object, object]:
    """Two titles without the languages in which they are the same."""
    if not isinstance(old, Title) or not isinstance(new, Title):
        return old, new
    same = {*old.texts} & {*new.texts}
    if same == {*old.texts} == {*new.texts}:  # only the order of languages differs
        return old, new
    before, after = ([text for text in title.texts if text not in same] for title in (old, new))
    return Title(tuple(before)), Title(tuple(after))
