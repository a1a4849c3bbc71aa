"""Telling what an audit found: to people in sentences, and to programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from itakit.auditing.span import Span
from itakit.explanation import short
from itakit.listing import Listing
from itakit.numerals import plain
from itakit.text import one_line
from itakit.wording import say

if TYPE_CHECKING:
    from itakit.auditing.figures import Kind
    from itakit.auditing.finding import Audit
    from itakit.auditing.grading import Hinge
    from itakit.auditing.implying import Group, Implication
    from itakit.auditing.mending import Repair
    from itakit.auditing.verdicts import Judged

_HEADS: Final = (
    "audit-code",
    "audit-title",
    "audit-printed",
    "audit-verdict",
    "audit-could-be",
    "audit-interval",
)
_VERDICTS: Final = {
    "follows": "verdict-follows",
    "possible": "verdict-possible",
    "impossible": "verdict-impossible",
}
_KINDS: Final = {"score": "kind-score", "weighted": "kind-weighted", "grade": "kind-grade"}
_SLIPS: Final = {
    "sum-of-weighted": "slip-sum-of-weighted",
    "rounded-first": "slip-rounded-first",
}
_RIGHT = (2,)
_SHOWN = 5
_HINGES = 4
_FEW = 3


def lines(audit: Audit, lang: str, figures: Sequence[Judged] | None = None) -> list[list[str]]:
    """The table of verdicts, its heads first."""
    found = [[say(head).text(lang) for head in _HEADS]]
    everything = Span.of(*audit.scheme.range)
    for judged in audit.figures if figures is None else figures:
        span = judged.rest if audit.consistent or judged.below is None else judged.below
        title = one_line(audit.scheme[judged.code].title[lang])
        named = [] if judged.code in (title, audit.scheme.root.code) else [title]
        named += [] if judged.kind == "score" else [of(judged.kind, lang)]
        found.append(
            [
                judged.code,
                ", ".join(named),
                judged.printed,
                say(_VERDICTS[judged.verdict]).text(lang),
                "" if span == everything else _could_be(judged, lang),
                "" if span in (None, everything) or judged.first is None else interval(span),
            ]
        )
    return found


def of(kind: Kind, lang: str) -> str:
    """What a figure is of, in a word."""
    return say(_KINDS[kind]).text(lang)


def _could_be(judged: Judged, lang: str) -> str:
    if judged.first is None:
        return ""
    if judged.first == judged.last:
        return str(judged.first)
    return say("audit-range", first=judged.first, last=judged.last).text(lang)


def interval(span: Span) -> str:
    """An interval as mathematics writes it: a square bracket at an end that belongs to it."""
    ends = [short(end, 6, fractions=False) for end in (span.low, span.high)]
    if span.low == span.high:
        return ends[0]
    about = "≈ " * any(end.startswith("≈") for end in ends)
    low, high = (end.removeprefix("≈ ") for end in ends)
    return f"{about}{'[('[span.low_open]}{low}, {high}{'])'[span.high_open]}"


def listing(audit: Audit, lang: str) -> Listing:
    """All that was found, in sentences around a table."""
    heads, *rows = lines(audit, lang)
    above, below = list(headlines(audit, lang)), list(notes(audit, lang))
    return Listing(above, heads, rows, right=_RIGHT, below=below, then=_given(audit, lang))


def _given(audit: Audit, lang: str) -> Listing | None:
    """What the figures of another table give for those that it lacks."""
    if audit.against is None or not audit.against.figures:
        return None
    heads, *rows = lines(audit, lang, audit.against.figures)
    says = say("audit-given", other=_other(audit, lang)).text(lang)
    return Listing([says], heads, rows, right=_RIGHT)


def _other(audit: Audit, lang: str) -> str:
    """What the other table is called."""
    name = "" if audit.against is None else audit.against.published.name
    return name or say("audit-other").text(lang)


def headlines(audit: Audit, lang: str) -> Iterator[str]:
    """Whether the figures hold."""
    counts = {
        v: sum(j.verdict == v for j in audit.figures) for v in ("follows", "possible", "impossible")
    }
    if audit.published.source:
        yield one_line(audit.published.source)
    name = "audit-consistent" if audit.consistent else "audit-contradictory"
    if audit.unattainable:
        name = "audit-consistent-but"
    codes = ", ".join(audit.unattainable)
    yield say(name, n=len(audit.figures), codes=codes, **counts).text(lang)


def notes(audit: Audit, lang: str) -> Iterator[str]:
    """The grade, what is implied, what would mend the table, and what another table says."""
    yield from _grade(audit, lang)
    for implication in audit.implied:
        yield from _implied(implication, lang)
    if audit.unattainable:
        yield say("audit-unattainable", codes=", ".join(audit.unattainable)).text(lang)
    if audit.repairs:
        yield say("audit-repairs").text(lang)
        yield from ("  " + _repair(audit, repair, lang) for repair in audit.repairs)
    elif audit.replaced:
        yield say("audit-replaced").text(lang)
        yield from ("  " + _repair(audit, repair, lang) for repair in audit.replaced)
    for hint in audit.hints:
        yield say(_SLIPS[hint.slip], code=hint.code, printed=hint.printed).text(lang)
    yield from _against(audit, lang)


def _grade(audit: Audit, lang: str) -> Iterator[str]:
    names = audit.grades
    if len(names) == 1:
        yield say("audit-grade-certain", grade=names[0]).text(lang)
    elif names:
        name = "audit-grade-hangs" if audit.rounding_only else "audit-grade-open"
        yield say(name, grades=say_or(names, lang)).text(lang)
        if len(audit.hinges) <= _HINGES:
            yield from ("  " + _hinge(hinge, lang) for hinge in audit.hinges)
    printed = audit.grades_as_printed
    if len(printed) == 1 and printed != audit.grades:
        yield say("audit-grade-printed", grade=printed[0]).text(lang)


def say_or(names: Sequence[str], lang: str) -> str:
    """Names with an 'or' before the last."""
    if len(names) < 2:
        return "".join(names)
    return say("audit-or", some=", ".join(names[:-1]), last=names[-1]).text(lang)


def _hinge(hinge: Hinge, lang: str) -> str:
    values = {"grade": hinge.grade, "code": hinge.code, "bound": plain(hinge.bound)}
    edge = short(hinge.edge, 6, fractions=False)
    return say("audit-hinge", edge=edge, interval=interval(hinge.span), **values).text(lang)


def _implied(implication: Implication, lang: str) -> Iterator[str]:
    code, n = implication.code, implication.n
    if n is None:
        yield say("audit-implied-many", code=code).text(lang)
    elif n == 1:
        yield say("audit-implied", code=code, way=_way(implication.ways[0], lang)).text(lang)
    else:
        yield say("audit-implied-several", code=code, n=n).text(lang)
        yield from ("  " + _way(way, lang) for way in implication.ways[:_SHOWN])
        if n > _SHOWN:
            yield "  …"


def _way(way: Sequence[Group], lang: str) -> str:
    """How items stand; groups of which every item has the same score are taken together."""
    alike: dict[str, list[Group]] = {}
    found = []
    for group in way:
        if len(group.counts) == 1:
            alike.setdefault(plain(group.counts[0][0]), []).append(group)
        else:
            counts = ", ".join(
                say("audit-count", n=n, score=plain(score)).text(lang) for score, n in group.counts
            )
            n = len(group.items)
            found.append(say("audit-group", code=group.code, n=n, counts=counts).text(lang))
    # The score that most groups have is told last, of all others.
    ordered = sorted(alike.items(), key=lambda pair: len(pair[1]))
    for place, (score, groups) in enumerate(ordered, 1):
        values = {"n": sum(len(group.items) for group in groups), "score": score}
        codes = ", ".join(dict.fromkeys(group.code for group in groups))
        if place < len(ordered):
            found.append(say("audit-alike", codes=codes, **values).text(lang))
        else:
            found.append(say("audit-others" if found else "audit-all", **values).text(lang))
    return "; ".join(found)


def _repair(audit: Audit, repair: Repair, lang: str) -> str:
    low, high = audit.scheme.range
    code = repair.code if repair.kind == "score" else f"{repair.code} ({of(repair.kind, lang)})"
    if repair.kind == "grade" or repair.n <= _FEW:
        values = say_or(repair.values[: repair.n], lang)
    elif repair.gaps:
        values = say_or([*repair.values[:_FEW], "…"], lang)
    else:
        values = say("audit-range", first=repair.first, last=repair.last).text(lang)
        if repair.kind == "score" and Span.of(low, high) == _span_of(repair):
            values = say("audit-anything", values=values).text(lang)
    name = "audit-repair-swapped" if repair.swapped else "audit-repair"
    return say(name, code=code, printed=repair.printed, values=values).text(lang)


def _span_of(repair: Repair) -> Span:
    return Span.of(Fraction(repair.first), Fraction(repair.last))


def _against(audit: Audit, lang: str) -> Iterator[str]:
    if audit.against is None:
        return
    other = _other(audit, lang)
    yield ""
    differences = audit.against.differences
    name = "audit-differences" if differences else "audit-no-differences"
    yield say(name, other=other).text(lang)
    for one in differences:
        code = one.code if one.kind == "score" else f"{one.code} ({of(one.kind, lang)})"
        yield "  " + say("audit-differs", code=code, printed=one.printed, other=one.other).text(
            lang
        )
        for mended, kind, verdict in one.mends:
            printed = audit.figure(mended, kind).printed
            what = say(_VERDICTS[verdict]).text(lang)
            yield "    " + say(
                "audit-mends", other=one.other, code=mended, printed=printed, verdict=what
            ).text(lang)
