"""What goes against a law, in the scheme's own codes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from itakit.errors import ItakitError, Problem
from itakit.evidence import Answer, Evidence, NotApplicable, Tally
from itakit.numerals import plain
from itakit.text import printable
from itakit.wording import Message, say

if TYPE_CHECKING:
    from itakit.testing.story import Story

FEW = 8
"""The most nodes whose evidence is told."""


class LawError(ItakitError):
    """Laws do not hold for a scheme: mend the scheme, or what its method declares."""

    stories: tuple[Story, ...] = ()
    """The case against each of them, told at length."""

    @property
    def story(self) -> Story | None:
        """The case against the first of them."""
        return self.stories[0] if self.stories else None


@frozen
class Breach:
    """A case in which a law does not hold."""

    code: str
    """The node where it shows."""
    evidence: Mapping[str, Evidence]
    found: str | Message
    expected: str
    before: Mapping[str, Evidence] = field(factory=dict)
    """The evidence that gives what is expected, where it is another."""
    weights: Mapping[str, Fraction] = field(factory=dict)
    """The weights of the children, where they are not the scheme's."""
    done: Message | None = None
    """What was done to the node's children, where evidence and weights do not say it."""

    def error(self, law: str) -> LawError:
        """The exception that tells it."""
        told = _told(self.evidence)
        if self.done is not None:
            told = say("law-done", evidence=told, done=self.done)
        seen = say("law-seen", evidence=told, found=self.found, expected=self.expected)
        return LawError([Problem(say("law-broken", law=say(law), reason=seen), key=self.code)])


def _told(evidence: Mapping[str, Evidence]) -> Message | str:
    shown = ", ".join(f"{code} = {_one(known)}" for code, known in list(evidence.items())[:FEW])
    more = len(evidence) - FEW
    return say("law-and-others", evidence=shown, n=more) if more > 0 else shown


def _one(known: Evidence) -> str:
    if isinstance(known, Tally):
        return "{" + ", ".join(f"{answer}: {count}" for answer, count in known) + "}"
    if isinstance(known, Answer | NotApplicable):
        return printable(known.value)
    return short(known)


def short(value: object) -> str:
    """A number as it is told."""
    return printable(plain(value) if isinstance(value, Fraction) else str(value))[1:-1]
