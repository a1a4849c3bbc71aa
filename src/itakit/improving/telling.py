"""Telling: gains in words, what is worth most first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from itakit import numerals
from itakit.explanation import headline, short, standing
from itakit.grade import Requirement
from itakit.improving.ways import Gain, ItemsWay, Move, Reach, StepsWay
from itakit.result import Result
from itakit.text import one_line
from itakit.wording import Message, say

if TYPE_CHECKING:
    from itakit.improving.improvement import Gains


def told(gains: Gains, lang: str, limit: int | None) -> str:
    """The standing, what would add most, and what better grades take."""
    result = gains.result
    lines = [headline(result.root, lang), *standing(result, lang)]
    best = gains.best()
    shown = best if limit is None else best[:limit]
    lines += ["", say("gains-head" if best else "gains-nothing").text(lang)]
    lines += ["  " + sentence(result, gain, lang) for gain in shown]
    if len(shown) < len(best):
        lines.append("  " + say("gains-more", n=len(best) - len(shown)).text(lang))
    for reach in gains.reaches:
        lines += ["", *reach_lines(result, reach, lang)]
    if best:
        places = result.scheme.rounding.places + 2
        lines += ["", say("gains-rounded", places=places).text(lang)]
    return "\n".join(lines)


def figure(value: Fraction | None, result: Result) -> str:
    """A gain as a decimal, with two places more than a published score."""
    return short(value, result.scheme.rounding.places + 2, fractions=False)


def sentence(result: Result, gain: Gain, lang: str) -> str:
    """What one node would add."""
    title = one_line(result[gain.code].title[lang])
    code = gain.code if title == gain.code else f"{gain.code} {title}"
    after = f"{gain.rounded} {gain.grade or ''}".rstrip()
    values = {"gain": figure(gain.gain, result), "before": result.rounded, "after": after}
    return say("gains-one", code=code, **values).text(lang)


def reach_lines(result: Result, reach: Reach, lang: str) -> Iterator[str]:
    """What one grade takes, a sentence for each thing."""
    grade = reach.grade
    lowest = _bound(result, grade.lowest)
    yield say("gains-reach", grade=grade.name, lowest=lowest).text(lang)
    yield from ("  " + line.text(lang) for line in _items(result, reach, reach.items))
    yield from ("  " + line.text(lang) for line in _steps(reach.steps))


def _items(result: Result, reach: Reach, way: ItemsWay) -> Iterator[Message]:
    if way.number is None:
        if way.outcome == "unknown":
            yield say("gains-items-unknown")
        elif reach.never:
            never = "; ".join(_conditions(result, reach.never))
            yield say("gains-never-condition", conditions=never)
        else:
            yield say("gains-never", best=reach.best if reach.best is not None else "—")
        return
    name = "gains-items" if way.exact else "gains-items-at-most"
    sets = "; ".join(" + ".join(codes) for codes in way.sets)
    yield say(name, n=way.number, least=way.least, sets=sets)
    if way.count is not None and way.count > len(way.sets):
        yield say("gains-items-others", n=way.count)
    elif way.exact and not way.every:
        yield say("gains-items-perhaps")
    if way.whole:
        yield say("gains-items-whole")
    if isinstance(way.nearly, Decimal):
        yield say("gains-items-fewer", best=way.nearly)


def _conditions(result: Result, requirements: Iterable[Requirement]) -> Iterator[str]:
    for requirement in requirements:
        yield f"{requirement.target} ≥ {_bound(result, requirement.at_least)}"


def _steps(way: StepsWay) -> Iterator[Message]:
    if way.outcome == "none":
        return
    if way.number is None:
        yield say(way.reason)
        return
    name = "gains-steps" if way.exact else "gains-steps-at-most"
    yield say(name, n=way.number, least=way.least)
    for move in way.moves:
        yield say("gains-move", **_move(move))


def _move(move: Move) -> dict[str, object]:
    return {
        "code": move.code,
        "people": move.people,
        "answer": one_line(move.answer),
        "better": one_line(move.better),
        "steps": move.steps * move.people,
    }


def _bound(result: Result, bound: Fraction) -> str:
    rounded = result.scheme.rounding(bound)
    return str(rounded) if Fraction(rounded) == bound else numerals.plain(bound)
