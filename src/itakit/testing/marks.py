"""Rounding, scales and grades of a scheme file, drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from itakit.rounding import Rounding
from itakit.testing.drawing import Draw, chance, pick
from itakit.testing.scope import Scope


def rounding(
    draw: Draw, scope: Scope, levels: Sequence[str], ends: tuple[Fraction, Fraction]
) -> dict[str, Any]:
    """How a score is published, and what is rounded on the way."""
    whole = all(end.denominator == 1 for end in ends) or scope.ends == "any"
    rounding: dict[str, Any] = {"places": pick(draw, (2, 1, 4, 0) if whole else (2, 1, 4))}
    rounding["mode"] = pick(draw, ("half-up", "half-even", "down", "up"))
    carried = [pick(draw, levels) for _ in range(pick(draw, scope.carry))]
    if carried:
        rounding["carry"] = sorted(set(carried))
    return rounding


def scales(draw: Draw, scope: Scope, ends: tuple[Fraction, Fraction]) -> dict[str, Any]:
    """Up to three scales, by name."""
    scales: dict[str, Any] = {}
    for kind in [pick(draw, scope.scales) for _ in range(3)]:
        if kind in ("choice", "reverse"):
            scales["choice"] = _choice(draw, ends)
        if kind == "reverse":
            scales["ย้อนกลับ"] = {"reverse": "choice"}
        if kind in ("goalposts", "transform"):
            scales[kind] = _goalposts(draw, kind == "transform")
    return scales


def _choice(draw: Draw, ends: tuple[Fraction, Fraction]) -> dict[str, Any]:
    answers = [{"code": str(i), "score": twentieth(draw, ends)} for i in range(draw(1, 5))]
    for answer in answers:
        if chance(draw, 2):
            answer["title"] = {"th": f"ระดับ {answer['code']}", "en": f"Degree {answer['code']}"}
    scale: dict[str, Any] = {"answer": answers}
    if chance(draw, 2):
        scale["not_applicable"] = pick(draw, (["9"], ["9", "ไม่ทราบ"]))
    return scale


def _goalposts(draw: Draw, transformed: bool) -> dict[str, Any]:  # noqa: FBT001  # one caller
    posts = ["0 100", "20 85", "-5 5", "0.5 3"]
    scale: dict[str, Any] = {}
    if transformed:
        scale["transform"] = transform = pick(draw, ("sqrt", "log", "log10"))
        posts = ["4 9", "0 100"] if transform == "sqrt" else ["1 100", "2 32", "20 85"]
    scale["goalposts"] = list(pair(pick(draw, posts)))
    if chance(draw, 3):
        scale["goalposts"].reverse()
    if chance(draw, 2):
        scale["clamp"] = True
    return scale


def grades(
    draw: Draw,
    scope: Scope,
    ends: tuple[Fraction, Fraction],
    targets: Sequence[str],
    rounding: Rounding,
) -> list[dict[str, Any]]:
    """Grades that start at different published scores, so that each can be reached."""
    kind = pick(draw, scope.grades)
    if kind == "none":
        return []
    low, high = ends
    lowest, highest = Fraction(rounding(low)), Fraction(rounding(high))
    unit = 10**rounding.places
    grades: list[dict[str, Any]] = []
    last = highest + 1
    for step in sorted({draw(1, 20) for _ in range(draw(0, 4))}, reverse=True):
        start = low + (high - low) * Fraction(step, 20)
        published = Fraction(ceil(start * unit), unit)
        if not lowest < published < last or published > highest:
            continue
        last = published
        if kind == "requires" and chance(draw, 2):
            requires = {pick(draw, targets): twentieth(draw, ends)}
            grades.append({"name": f"{step}+", "from": start, "requires": requires})
        else:
            grades.append({"name": str(step), "from": start})
    return [*grades, {"name": "last", "from": min(low, lowest)}]


def pair(text: str) -> tuple[Fraction, Fraction]:
    """Two numbers of a text."""
    low, high = text.split()
    return Fraction(low), Fraction(high)


def twentieth(draw: Draw, ends: tuple[Fraction, Fraction]) -> Fraction:
    """A score that is some twentieths of the way through a range."""
    low, high = ends
    return low + (high - low) * Fraction(draw(0, 20), 20)
