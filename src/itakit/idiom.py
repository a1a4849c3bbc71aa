"""Idiom: what to do about evidence, in the words of the place where it is written.

The evaluation speaks of evidence as Python has it. Whoever wrote a file is told in the words of
that kind of file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import evolve

from itakit.errors import Problem
from itakit.wording import Message, say

TOML: Final = ".toml"
JSON: Final = ".json"
CSV: Final = ".csv"

_IDIOMS: Final[Mapping[str, Mapping[str, str]]] = {
    TOML: {
        "give-evidence": "give-evidence-toml",
        "score-or-answer": "score-or-answer-toml",
    },
    JSON: {
        "give-evidence": "give-evidence-json",
        "score-or-answer": "score-or-answer-json",
        "an-evidence": "an-evidence-json",
        "a-tally": "a-tally-json",
        "code-split": "code-split-json",
        "quote-code": "quote-code-json",
    },
    CSV: {
        "give-evidence": "give-evidence-csv",
        "score-or-answer": "score-or-answer-csv",
    },
}
"""By the ending of a file's name, what stands there for a sentence."""
_OPTIONS: Final[Mapping[str, str]] = {
    "keep-column": "keep-column-option",
    "no-column": "no-column-file",
    "no-unit-column": "no-unit-column-file",
    "on-unknown": "on-unknown-option",
}
"""What stands for a sentence where arguments are options of a command and frames are files."""


def idiomatic(problem: Problem, path: str) -> Problem:
    """A problem in the words of the kind of file that a path leads to."""
    return _worded(problem, _IDIOMS.get(Path(path).suffix.lower(), {}))


def in_options(problem: Problem) -> Problem:
    """A problem in the words of the command line."""
    if problem.says.name == "no-column" and "," in problem.key:
        # Names of columns may have commas, so no option takes several.
        problem = evolve(problem, advice=say("one-each"))
    return _worded(problem, _OPTIONS)


def _worded(problem: Problem, words: Mapping[str, str]) -> Problem:
    advice = problem.advice
    return evolve(
        problem,
        says=_said(problem.says, words),
        advice=None if advice is None else _said(advice, words),
    )


def _said(message: Message, words: Mapping[str, str]) -> Message:
    values = {
        name: _said(value, words) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return Message(words.get(message.name, message.name), values)
