"""Recording: gains in a form that JSON can hold, exact and with the identity of the scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itakit.grade import Requirement
from itakit.improving.ways import Gain, ItemsWay, Reach, StepsWay
from itakit.record import number
from itakit.scheme import Scheme
from itakit.version import __version__

if TYPE_CHECKING:
    from itakit.improving.improvement import Gains

FORMAT = "itakit-gains"
VERSION = 1
"""The version of the record's form; it grows when a reader must change."""


def recorded(gains: Gains) -> dict[str, object]:
    """Gains as JSON can hold them. Every number is a text that reads as an exact fraction."""
    result = gains.result
    return {
        "format": FORMAT,
        "version": VERSION,
        "itakit": __version__,
        "scheme": identity(result.scheme),
        "score": number(result.score),
        "rounded": number(result.rounded),
        "grade": result.grade,
        "nodes": [recorded_gain(gain) for gain in gains.nodes],
        "grades": [_reach(reach) for reach in gains.reaches],
    }


def identity(scheme: Scheme) -> dict[str, str]:
    """Which scheme it was."""
    return {"id": scheme.id, "version": scheme.version, "hash": scheme.hash}


def recorded_gain(gain: Gain) -> dict[str, object]:
    """The gain of one node."""
    return {
        "code": gain.code,
        "standing": gain.standing,
        "item": gain.item,
        "score": number(gain.score),
        "top": number(gain.top),
        "gain": number(gain.gain),
        "error": number(gain.error),
        "total": number(gain.total),
        "rounded": number(gain.rounded),
        "grade": gain.grade,
        "problem": None if gain.problem is None else gain.problem.text("en"),
    }


def _reach(reach: Reach) -> dict[str, object]:
    return {
        "grade": reach.grade.name,
        "lowest": number(reach.grade.lowest),
        "points": number(reach.points),
        "unmet": [_condition(requirement) for requirement in reach.unmet],
        "never": [_condition(requirement) for requirement in reach.never],
        "best": number(reach.best),
        "items": _items(reach.items),
        "steps": _steps(reach.steps),
    }


def _condition(requirement: Requirement) -> dict[str, object]:
    return {"target": requirement.target, "at_least": number(requirement.at_least)}


def _items(way: ItemsWay) -> dict[str, object]:
    return {
        "outcome": way.outcome,
        "number": way.number,
        "least": way.least,
        "exact": way.exact,
        "sets": [list(codes) for codes in way.sets],
        "every": way.every,
        "count": way.count,
        "whole": way.whole,
        "nearly": number(way.nearly),
    }


def _steps(way: StepsWay) -> dict[str, object]:
    return {
        "outcome": way.outcome,
        "number": way.number,
        "least": way.least,
        "exact": way.exact,
        "moves": [
            {
                "code": move.code,
                "answer": move.answer,
                "better": move.better,
                "people": move.people,
                "steps": move.steps,
            }
            for move in way.moves
        ],
        "reason": way.reason or None,
    }
