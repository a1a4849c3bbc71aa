"""What can go wrong, as values with an address; and the exceptions that carry them.

One exception for each thing a caller can do about it: mend the scheme, mend the data, or mend
what is installed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from itakit.wording import Message

Severity = Literal["error", "warning"]


@frozen
class Problem:
    """One thing that is wrong, where it is wrong, and what to do about it."""

    says: Message
    """What was found and what was expected."""
    advice: Message | None = None
    """What to do about it."""
    path: str = ""
    """The file, or what stands for it."""
    line: int | None = None
    """Counted from 1; `None` where the problem has no line."""
    column: int | None = None
    """Counted from 1, in characters."""
    key: str = ""
    """The key, column or code that is wrong."""
    severity: Severity = "error"
    """A warning is shown by a check and stops nothing."""
    rank: int = 0
    """Told after those of a lower rank: what is missing comes last, in the scheme's order."""

    @property
    def message(self) -> str:
        """What was found and what was expected, in English."""
        return self.says.text("en")

    @property
    def hint(self) -> str:
        """What to do about it, in English; empty where there is nothing to add."""
        return "" if self.advice is None else self.advice.text("en")

    def text(self, lang: str = "en") -> str:
        """The whole sentence: ``path:line:column: key: found, expected; hint``."""
        places = (self.path, *(str(n) for n in (self.line, self.column) if n is not None))
        head = ":".join(place for place in places if place)
        parts = [part for part in (head, self.key) if part]
        if self.severity == "warning":
            parts.append(Message("warning").text(lang))
        parts.append(self.says.text(lang))
        sentence = ": ".join(parts)
        return sentence if self.advice is None else f"{sentence}; {self.advice.text(lang)}"

    def __str__(self) -> str:
        return self.text()

    @property
    def order(self) -> tuple[object, ...]:
        """Problems are told file by file, from the top down; what is missing comes last."""
        return (self.rank, self.path, self.line or 0, self.column or 0, self.key, self.message)


class ItakitError(Exception):
    """Bad input: every exception of itakit is one of these, and has all problems at once."""

    problems: tuple[Problem, ...]
    """Sorted by rank, then by file, line and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.order))
        super().__init__(self.problems)

    def text(self, lang: str = "en") -> str:
        """All problems, a line each."""
        return "\n".join(problem.text(lang) for problem in self.problems)

    def __str__(self) -> str:
        return self.text()


class SchemeError(ItakitError):
    """The scheme is wrong: mend the file that each problem names."""


class EvidenceError(ItakitError):
    """The data are wrong, or do not fit the scheme: mend the data."""


class EvidenceWarning(UserWarning):
    """The data fit the scheme, and something about them is likely not meant."""


class CatalogueError(ItakitError):
    """No such scheme or method is installed, or two packages claim one name."""
