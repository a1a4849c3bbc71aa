"""Scales: what an answer may be, and what it scores."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal, TypeAlias, get_args

from attrs import evolve, frozen

from itakit import numerals
from itakit.evidence import NOT_APPLICABLE, NotApplicable, answer_text
from itakit.reals import Number, linear, log_ratio, power
from itakit.text import normal
from itakit.titles import Title

Transform: TypeAlias = Literal["log", "log10", "sqrt"]
TRANSFORMS: tuple[Transform, ...] = get_args(Transform)


_WHOLE = re.compile(r"([+-]?\d+)(?:\.0*)?")
LONGEST = 40
"""The most characters of a whole number that is taken for a code."""


class UnknownAnswer(ValueError):
    """An answer that a scale does not declare."""


class OutsideGoalposts(ValueError):
    """A number beyond the goalposts of a scale that does not clamp."""

    def __init__(self, number: Fraction, low: Fraction, high: Fraction) -> None:
        self.bounds = low, high
        super().__init__(number)


@frozen
class Choice:
    """An answer of a scale: a code, the score that it earns, and a title."""

    code: str
    score: Fraction
    title: Title = Title()


@frozen
class Goalposts:
    """The two numbers that are mapped onto the ends of the scheme's range.

    The first may be the larger one, where less is better. The values in between are mapped
    linearly, after the transform where there is one.
    """

    worst: Fraction
    """The number that earns the lowest score."""
    best: Fraction
    """The number that earns the highest score."""
    clamp: bool = False
    """Whether a number beyond a goalpost counts as the goalpost; if not, it is an error."""
    transform: Transform | None = None

    def beyond(self, number: Fraction) -> bool:
        """Whether a number lies beyond a goalpost."""
        return not min(self.worst, self.best) <= number <= max(self.worst, self.best)

    def place(self, number: Fraction) -> Number:
        """The share of the way from the worst to the best goalpost, from 0 to 1.

        Raises `OutsideGoalposts` for a number beyond them, unless the scale clamps.
        """
        if self.beyond(number):
            low, high = sorted((self.worst, self.best))
            if not self.clamp:
                raise OutsideGoalposts(number, low, high)
            number = min(max(number, low), high)
        worst, best = self.worst, self.best
        match self.transform:
            case None:
                return (number - worst) / (best - worst)
            case "sqrt":
                if number in (worst, best):
                    return Fraction(int(number == best))
                # (√x - √w) / (√b - √w), freed of the roots in its denominator
                half, rest = Fraction(1, 2), 1 / (best - worst)
                return linear(
                    [
                        (rest, power(number * best, half)),
                        (rest, power(number * worst, half)),
                        (-rest, power(worst * best, half)),
                    ],
                    -worst * rest,
                )
            case _:
                # A ratio of logarithms is the same in every base.
                return log_ratio(number / worst, best / worst)


@frozen
class Scale:
    """What an answer may be and what it scores: a choice of answers, or a number."""

    name: str
    answers: tuple[Choice, ...] = ()
    """The answers to choose from; none where the answer is a number."""
    not_applicable: tuple[str, ...] = ()
    """The answers that are left out and counted."""
    goalposts: Goalposts | None = None
    """What turns a number into a score; `None` where the answer is a choice."""
    range: tuple[Fraction, Fraction] = (Fraction(0), Fraction(100))
    """The lowest and the highest score of the scheme."""
    no_answer: tuple[str, ...] = ()
    """What data hold where the respondent gave no answer, as if the cell were empty."""

    @cached_property
    def points(self) -> tuple[Mapping[str, int], int]:
        """The scores by code as integers over one denominator, and that denominator."""
        unit = lcm(*(choice.score.denominator for choice in self.answers))
        return {choice.code: int(choice.score * unit) for choice in self.answers}, unit

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """Codes by the normal forms of what people write for them."""
        codes = {
            normal(text): choice.code
            for choice in self.answers
            for text in (*(text for _, text in choice.title.texts), choice.code)
        }
        return codes | {normal(code): code for code in (*self.not_applicable, *self.no_answer)}

    @cached_property
    def _numbers(self) -> Mapping[int, str | None]:
        """Codes by the whole numbers that they are; `None` for a number that two of them are."""
        numbers: dict[int, str | None] = {}
        for code in dict.fromkeys(self._codes.values()):
            if _WHOLE.fullmatch(code):
                numbers[int(code)] = None if int(code) in numbers else code
        return numbers

    def _numbered(self, text: str) -> str | None:
        """The code that is the same whole number: 4, 4.0, 04 and ๔ are one."""
        match = _WHOLE.fullmatch(text.strip())
        return self._numbers.get(int(match[1])) if match and len(text) <= LONGEST else None

    @cached_property
    def _scores(self) -> Mapping[str, Fraction]:
        return {choice.code: choice.score for choice in self.answers}

    def code(self, answer: object) -> str:
        """The code of an answer given as a code or as a title in any language.

        A code that is a whole number may be written as any numeral of it. On a scale with
        goalposts, the number itself. Raises `UnknownAnswer`.
        """
        try:
            text = answer_text(answer)
        except ValueError:
            raise UnknownAnswer(answer) from None
        code = self._codes.get(text) or self._codes.get(normal(text)) or self._numbered(text)
        if code is not None:
            return code
        if self.goalposts is None:
            raise UnknownAnswer(answer)
        try:
            return numerals.plain(numerals.read(text))
        except ValueError:
            raise UnknownAnswer(answer) from None

    def score(self, answer: object) -> Number | NotApplicable | None:
        """The score of an answer, or `NOT_APPLICABLE` for one that is left out.

        `None` where a code says that nobody answered. Raises `UnknownAnswer`, or
        `OutsideGoalposts` for a number beyond them.
        """
        code = self.code(answer)
        if code in self.not_applicable:
            return NOT_APPLICABLE
        if code in self.no_answer:
            return None
        if self.goalposts is None:
            return self._scores[code]
        low, high = self.range
        place = self.goalposts.place(numerals.read(code))
        return linear([(high - low, place)], low)

    def reversed(self, name: str) -> Scale:
        """The scale with the same answers and every score mirrored in the scheme's range."""
        low, high = self.range
        mirrored = tuple(
            Choice(choice.code, low + high - choice.score, choice.title) for choice in self.answers
        )
        return evolve(self, name=name, answers=mirrored)

    def silent(self, answer: object) -> bool:
        """Whether a value is a code for no answer."""
        try:
            return bool(self.no_answer) and self.code(answer) in self.no_answer
        except UnknownAnswer:
            return False
