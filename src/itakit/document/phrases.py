"""Phrases: the parts of a rule in words, as a person reads them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from fractions import Fraction

from itakit.document.page import shown
from itakit.document.shares import Share
from itakit.explanation import short
from itakit.grade import Grade, Requirement
from itakit.methods import BUILT_IN, Use
from itakit.numerals import plain
from itakit.policy import Missing
from itakit.scale import Goalposts
from itakit.scheme import Node, Sample, Scheme
from itakit.titles import Title
from itakit.wording import Message, say, sentences

BUDDHIST: dict[str, int] = {"th": 543}
"""What is added to a year of the common era, by language."""
_PLACES = 3
_WITHOUT_WEIGHTS = ("min", "max", "single", "deduction", "k-of-n", "all-of")
"""The methods whose scores do not change when weights are raised to the whole."""


def said(message: Message, lang: str) -> str:
    """A sentence with a capital at its head, where the language has capitals.

    What fills a blank there is left as it is.
    """
    text = message.text(lang)
    template = sentences(lang).get(message.name, "")
    return text[:1].upper() + text[1:] if template[:1].islower() else text


def prose(messages: Iterable[Message], lang: str) -> str:
    """Sentences one after another; Thai sets them apart by a space."""
    texts = [said(message, lang) for message in messages]
    return " ".join(texts) if lang == "th" else " ".join(f"{text}." for text in texts)


def together(parts: Iterable[str], lang: str) -> str:
    """The parts of a sentence; Thai sets them apart by a space."""
    return (" " if lang == "th" else "; ").join(parts)


def name(title: Title, code: str, lang: str) -> str:
    """A code with its title; the title alone where they differ in upper and lower case only."""
    own = shown(title[lang])
    if own.casefold() == shown(code).casefold():
        return own
    return f"{shown(code)} {own}".rstrip()


def level(name: str, lang: str) -> str:
    """The name of a level; in words where it is one that Thailand's assessment has."""
    known = f"level-{name}"
    return say(known).text(lang) if known in sentences("en") else shown(name)


def figure(scheme: Scheme, value: Fraction) -> str:
    """A bound with the places of a published score, where it has no more than those."""
    rounded = scheme.rounding(value)
    return str(rounded) if Fraction(rounded) == value else plain(value)


def percent(value: Fraction) -> tuple[str, bool]:
    """A share in hundredths, and whether that is exact."""
    scaled = Fraction(round(value * 100 * 10**_PLACES), 10**_PLACES)
    return plain(scaled), scaled == value * 100


def share(of: Share | None, lang: str) -> str:
    """What a point counts in the total: a percentage of it, or so many points."""
    if of is None:
        return "—"
    if not of.whole:
        times = "page-time" if of.points == 1 else "page-times"
        return say(times, value=short(of.points)).text(lang)
    value, exact = percent(of.points)
    return say("page-percent" if exact else "page-percent-about", value=value).text(lang)


def sample(of: Sample, lang: str) -> str:
    """How many are asked."""
    parts = [say("sample-share", share=plain(of.fraction * 100))]
    if of.at_least:
        parts.append(say("sample-least", n=of.at_least))
    if of.at_most is not None:
        parts.append(say("sample-most", n=of.at_most))
    return together([said(parts[0], lang), *(part.text(lang) for part in parts[1:])], lang)


def method(scheme: Scheme, use: Use, *, weighed: bool) -> Message:
    """How a method makes one score of several, which have weights of their own or have none."""
    low, high = map(plain, scheme.range)
    given = dict(use.parameters)
    if use.name not in BUILT_IN:
        told = [f"{key} = {_parameter(value)}" for key, value in given.items()]
        about = "; ".join(filter(None, [shown(use.method.about), *told]))
        return say("does-other", name=shown(use.name), about=about or "—")
    own = f"weighted-{use.name}" if weighed and use.name in ("mean", "sum") else use.name
    if own == "deduction":
        own += ("" if "base" in given else "-all") + ("-most" if "ceiling" in given else "")
    # A sentence takes those of the blanks that it has.
    return say(
        f"does-{own}",
        low=low,
        high=high,
        base=_parameter(given.get("base", high)),
        ceiling=_parameter(given.get("ceiling", high)),
        k=_parameter(given.get("k", "")),
        score=_parameter(given.get("at_least", high)),
        exponent=_parameter(given.get("exponent", "")),
    )


def _parameter(value: Fraction | str) -> str:
    return shown(value) if isinstance(value, str) else plain(value)


def missing(scheme: Scheme, rule: Missing) -> list[Message]:
    """What becomes of a node of which nothing is known."""
    weights = any(node.missing == rule and _weighs(node) for node in scheme.nodes())
    says = [say(f"missing-{rule.policy}", low=plain(scheme.range[0]))]
    if rule.policy == "skip" and weights:
        says = [say("missing-skip-weights")]
    if rule.at_least == 1:
        says.append(say("missing-any"))
    elif rule.at_least:
        least = "missing-least" if weights else "missing-least-number"
        says.append(say(least, share=plain(rule.at_least * 100)))
    return says


def _weighs(node: Node) -> bool:
    """Whether the weights of what is below a node make a part of its score."""
    given = any(child.weight is not None for child in node.children)
    return given and node.method.name not in _WITHOUT_WEIGHTS


def number(scheme: Scheme, posts: Goalposts) -> list[Message]:
    """What a number scores between two goalposts."""
    low, high = map(plain, scheme.range)
    worst, best = plain(posts.worst), plain(posts.best)
    says = [say("scale-number", worst=worst, best=best, low=low, high=high)]
    if posts.transform is not None:
        says.append(say("scale-transformed", transform=say(f"transform-{posts.transform}")))
    return [*says, say("scale-clamped" if posts.clamp else "scale-bounded")]


def requirement(scheme: Scheme, of: Requirement, lang: str) -> str:
    """A condition of a grade."""
    least = figure(scheme, of.at_least)
    if of.target in scheme:
        return say("grade-one", target=shown(of.target), least=least).text(lang)
    target = level(of.target, lang)
    if lang == "th" and not re.fullmatch("[ก-๛].*[ก-๛]|[ก-๛]", target):
        target = f" {target} "  # which Thai leaves out between words of its own only
    return say("grade-every", target=target, least=least).text(lang)


def conditions(scheme: Scheme, grade: Grade, lang: str) -> str:
    """What a grade requires, all of it; empty where that is nothing."""
    told = ""
    for of in grade.requires:
        phrase = requirement(scheme, of, lang)
        if told and lang == "th" and not re.match("[ก-๛]", phrase):
            phrase = f" {phrase}"  # which Thai leaves out between words of its own only
        told = say("grade-both", first=told, second=phrase).text(lang) if told else phrase
    return told


def date(day: datetime.date, lang: str) -> str:
    """A day as it is written in a language: in Thai by the Buddhist era."""
    year = day.year + BUDDHIST.get(lang, 0)
    return say("page-date", day=f"{day.day:02}", month=f"{day.month:02}", year=year).text(lang)
