"""What goes against a law, told at length: the law, the node, the evidence and the two results.

Evidence is told as a file of evidence holds it, so that it can be pasted into one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from itakit.evidence import Answer, Evidence, NotApplicable, Tally
from itakit.numerals import exact, plain, terminates
from itakit.scheme import Node, Scheme
from itakit.testing.breach import Breach
from itakit.wording import Message, say

MOST = 12
"""More lines of evidence than this are told by what most of them say."""
_NAMES = 3


@frozen
class Story:
    """A case in which a law does not hold, as an analyst needs it who has to act on it."""

    law: str
    breach: Breach
    scheme: Scheme
    """The whole scheme."""
    part: Scheme
    """The part of it on which the law was tried."""

    def text(self, lang: str = "en") -> str:
        """Several lines: what does not hold, where, with what evidence, and what to do."""
        return "\n".join(line.text(lang) for line in self._lines())

    def _lines(self) -> Iterator[Message]:
        breach, node = self.breach, self._node
        yield say("story-law", law=say(f"law-{self.law}"))
        values = {"code": breach.code, "level": node.level, "method": node.method.name}
        yield say("story-where", id=self.scheme.id, **values)
        if breach.before:
            yield say("story-before", lines=_evidence(breach.before))
        if breach.evidence:
            yield say("story-evidence", lines=_evidence(breach.evidence))
        if breach.weights:
            shown = (f"    {_key(code)} = {_number(w)}" for code, w in breach.weights.items())
            yield say("story-weights", lines="\n".join(shown))
        if breach.done is not None:
            yield say("story-done", done=breach.done)
        yield say("story-found", found=breach.found, expected=breach.expected)
        if self.part is not self.scheme:
            yield say("story-declared", method=node.method.name)

    @property
    def _node(self) -> Node:
        found = self.part if self.breach.code in self.part else self.scheme
        return found[self.breach.code]


def _evidence(evidence: Mapping[str, Evidence]) -> str:
    """A line for each code; where there are many, those that say what most say come together."""
    lines = {code: _value(known) for code, known in evidence.items()}
    common: list[str] = []
    if len(lines) > MOST:
        values = [*lines.values()]
        usual = max(dict.fromkeys(values), key=values.count)
        common = [code for code, value in lines.items() if value == usual]
    shown = [f"    {_key(code)} = {lines[code]}" for code in lines if code not in {*common}]
    if common:
        names = ", ".join(common[:_NAMES])
        shown.append(f"    # {names} … ({len(common)}): {lines[common[0]]}")
    return "\n".join(shown)


def _key(code: str) -> str:
    plain_key = re.fullmatch(r"[A-Za-z0-9_-]+", code)
    return code if plain_key else json.dumps(code, ensure_ascii=False)


def _value(known: Evidence) -> str:
    match known:
        case Tally():
            counts = (f"{json.dumps(str(a), ensure_ascii=False)} = {_number(n)}" for a, n in known)
            return f"{{ answers = {{ {', '.join(counts)} }} }}"
        case Answer():
            return f"{{ answer = {json.dumps(str(known.value), ensure_ascii=False)} }}"
        case NotApplicable():
            return json.dumps(known.value)
        case _:
            return _number(known)


def _number(value: object) -> str:
    given = exact(value)
    return plain(given) if terminates(given) else f'"{plain(Fraction(given))}"'
