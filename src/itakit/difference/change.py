"""A change: one thing that two schemes say differently."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import frozen

from itakit.grade import Requirement
from itakit.methods import Use
from itakit.numerals import plain
from itakit.policy import Missing
from itakit.scheme import Sample
from itakit.titles import Title

Part: TypeAlias = Literal["scheme", "level", "scale", "grade", "node", "phase"]


@frozen
class Change:
    """One thing that two schemes say differently."""

    part: Part
    """What is different: the scheme as a whole, a level, a scale, a grade, a node or a phase."""
    name: str
    """Its name or code, in the new scheme where that has it; empty for the whole scheme."""
    kind: str
    """What about it, such as ``weight``; ``added`` and ``retired`` are of all of it."""
    old: object = None
    """What the old scheme says."""
    new: object = None
    """What the new scheme says."""
    scores: bool = True
    """Whether scores or grades can depend on it, and so the scheme's hash does."""
    item: str = ""
    """The code of an answer, where the change is of one answer of a scale."""
    perhaps: str = ""
    """For an added or a retired node: the code of one of the other scheme that has the same title,
    level, scale and parent, and so may be the same under another code."""

    def to_dict(self) -> dict[str, object]:
        """The change as JSON can hold it; a number is a text that reads as an exact fraction."""
        told: dict[str, object] = {
            "part": self.part,
            "name": self.name,
            "kind": self.kind,
            "old": _plain(self.old),
            "new": _plain(self.new),
            "scores": self.scores,
        }
        more = {"item": self.item, "perhaps": self.perhaps}
        return told | {key: text for key, text in more.items() if text}


def _plain(value: object) -> object:
    """A value of a scheme as JSON can hold it."""
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return plain(value)
        case datetime.date():
            return value.isoformat()
        case Title():
            return dict(value.texts)
        case Use():
            return {"method": value.name, **{name: _plain(v) for name, v in value.parameters}}
        case Missing():
            return {"policy": value.policy, "at_least": plain(value.at_least)}
        case Sample():
            fraction = plain(value.fraction)
            return {"fraction": fraction, "at_least": value.at_least, "at_most": value.at_most}
        case Requirement():
            return {"target": value.target, "at_least": plain(value.at_least)}
        case Mapping():
            return {name: _plain(v) for name, v in value.items()}
        case tuple() | list():
            return [_plain(v) for v in value]
        case _:
            raise TypeError(type(value).__name__)
