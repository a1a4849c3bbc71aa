"""Evidence: what is known about a unit's node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, TypeAlias

from attrs import field, frozen

from itakit import numerals
from itakit.errors import EvidenceError, Problem
from itakit.text import normal, printable
from itakit.wording import say


class NotApplicable(Enum):
    """The type of `NOT_APPLICABLE`."""

    NOT_APPLICABLE = "not applicable"

    def __repr__(self) -> str:
        return "NOT_APPLICABLE"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE
"""A node that does not apply to a unit: declared, so not missing; it drops out and is counted."""

_WORDS: Final = frozenset(map(normal, (NOT_APPLICABLE.value, "ไม่เกี่ยวข้อง")))


def inapplicable(text: str) -> bool:
    """Whether a text says that a node does not apply, in English or in Thai.

    >>> inapplicable("Not  applicable"), inapplicable("ไม่เกี่ยวข้อง"), inapplicable("0")
    (True, True, False)
    """
    return normal(text) in _WORDS


@frozen
class Answer:
    """One person's reply to one item: a code, a title, or a number on a scale with goalposts."""

    value: object

    @property
    def tally(self) -> Tally:
        """The tally of the one respondent. Raises `NoCount` for what is no answer."""
        return Tally([(self.value, 1)])


def _refused(name: str, value: object) -> EvidenceError:
    """The error for answers that cannot be counted."""
    return EvidenceError([Problem(say(name, value=printable(value)))])


def _no_count(answer: object, value: object) -> EvidenceError:
    says = say("no-count", value=printable(value))
    return EvidenceError([Problem(says, say("give-count"), key=printable(answer))])


def _count(answer: object, value: object) -> int | Fraction:
    """A count, exact; what is none is told with the answer that it was given for."""
    if type(value) is int and value.bit_length() < 64:
        exact: int | Fraction = value
    else:
        try:
            exact = numerals.exact(value)
        except (TypeError, ValueError):
            raise _no_count(answer, value) from None
        if exact.denominator == 1:
            exact = exact.numerator
    if exact < 0:
        raise _no_count(answer, value)
    return exact


def _counts(answers: Mapping[Any, object] | Iterable[tuple[object, object]]) -> Counts:
    try:
        pairs = [(a, n) for a, n in (answers.items() if isinstance(answers, Mapping) else answers)]
    except (TypeError, ValueError):
        raise _refused("no-tally", answers) from None
    counts: dict[str, int | Fraction] = {}
    for answer, given in pairs:
        count = _count(answer, given)
        try:
            text = answer_text(answer)
        except ValueError:
            raise _refused("no-answer", answer) from None
        counts[text] = counts[text] + count if text in counts else count
    return counts


Counts: TypeAlias = dict[str, int | Fraction]


def answer_text(value: object) -> str:
    """An answer as text: 4, 4.0 and "4" are one answer.

    Raises `ValueError` for what is no answer, such as a truth value or a number without end.
    """
    if isinstance(value, str):
        return value
    try:
        return numerals.plain(numerals.exact(value))
    except (TypeError, ValueError):
        raise ValueError("no answer") from None


@frozen(init=False)
class Tally:
    """How many respondents gave each answer to an item.

    Counts are integers, or exact fractions where respondents have weights. Raises
    `EvidenceError` for a count below zero, and for what is no count or no answer; a count is told
    with its answer.

    >>> Tally({"4": 310, "3": 42}).n
    352
    """

    counts: Mapping[str, int | Fraction] = field(hash=False)
    """The number of respondents by answer."""
    n: int | Fraction
    """The number of respondents."""

    def __init__(
        self, answers: Mapping[Any, object] | Iterable[tuple[object, object]] = ()
    ) -> None:
        counts = _counts(answers)
        self.__attrs_init__(counts, sum(counts.values()))

    @classmethod
    def counted(cls, counts: Mapping[str, int | Fraction]) -> Tally:
        """The tally of counts that are known to be sound, by texts."""
        tally: Tally = cls.__new__(cls)
        tally.__attrs_init__(counts, sum(counts.values()))
        return tally

    @classmethod
    def merge(cls, tallies: Iterable[Tally]) -> Tally:
        """The tally of the pooled respondents.

        >>> Tally.merge([Tally({"4": 1}), Tally({"4": 2, "3": 1})])
        Tally(counts={'4': 3, '3': 1}, n=4)
        """
        return cls(pair for tally in tallies for pair in tally.counts.items())

    def __iter__(self) -> Iterator[tuple[str, int | Fraction]]:
        return iter(self.counts.items())


Score: TypeAlias = int | str | Decimal | Fraction | float
Evidence: TypeAlias = Score | Tally | Answer | NotApplicable
