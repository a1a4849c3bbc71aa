"""The sheet of answers: how many gave each answer to each item, and what it scores."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.evidence import NotApplicable
from itakit.numerals import read
from itakit.reals import approximate
from itakit.reporting import formulas
from itakit.reporting.formulas import Terms
from itakit.reporting.sheet import Sheet
from itakit.result import NodeResult, Result
from itakit.scale import Scale
from itakit.scores import DIGITS
from itakit.wording import say

CODE, TITLE, ANSWER, ANSWER_TITLE, SCORE, COUNT = range(6)
_HEADS = (
    "column-code",
    "column-title",
    "page-head-answer",
    "book-answer-title",
    "page-head-score",
    "book-count",
)
_MEANS = ("mean", "weighted-mean", "single", "sum", "weighted-sum")
"""The methods for which an answer that nobody gave is as if it were not there."""


@frozen
class AnswerSheet:
    """Where the answers to each item stand."""

    result: Result
    sheet: Sheet
    places: dict[str, tuple[int, int]] = field(factory=dict)
    """By code, the first and the last row of an item's answers that apply."""

    @classmethod
    def write(cls, sheet: Sheet, result: Result, lang: str) -> AnswerSheet:
        """The sheet of a result's answers."""
        own = cls(result, sheet)
        widths = (10, 46, 12, 30, 12, 12)
        sheet.heads(0, [said(say(name), lang) for name in _HEADS], widths)
        row = 1
        for node in result:
            if node.scale is not None and node.answers is not None:
                row = own._item(node, node.scale, row, lang)
        return own

    def _item(self, node: NodeResult, scale: Scale, first: int, lang: str) -> int:
        """The rows of an item's answers: those that apply, then those that are left out."""
        counts = dict(node.answers or {})
        if scale.answers and node.node.method.name in _MEANS:
            counts = {choice.code: counts.get(choice.code, 0) for choice in scale.answers}
        titles = {choice.code: shown(choice.title[lang]) for choice in scale.answers}
        row = first
        for code, count in (*counts.items(), *(node.inapplicable or {}).items()):
            self.sheet.text(row, CODE, node.code)
            self.sheet.text(row, TITLE, shown(node.title[lang]))
            self.sheet.text(row, ANSWER_TITLE, titles.get(code, ""))
            self._score(scale, code, row, lang)
            self.sheet.number(row, COUNT, Fraction(count))
            row += 1
        if counts:
            self.places[node.code] = (first, first + len(counts) - 1)
        return row

    def _score(self, scale: Scale, code: str, row: int, lang: str) -> None:
        """An answer and what it scores; that of a number is computed from the number."""
        value = scale.score(code)
        if value is None or isinstance(value, NotApplicable):  # nobody is counted who gave none
            self.sheet.text(row, ANSWER, code)
            self.sheet.text(row, SCORE, said(say("note-not-applicable"), lang))
            return
        score = approximate(value, DIGITS)[0]
        if scale.goalposts is None:
            self.sheet.text(row, ANSWER, code)
            self.sheet.number(row, SCORE, score)
            return
        self.sheet.number(row, ANSWER, read(code))
        formula = formulas.answer(scale.goalposts, self.sheet.cell(row, ANSWER), scale.range)
        self.sheet.formula(row, SCORE, formula, None, score)

    def formula(self, node: NodeResult) -> str | None:
        """What computes the score of an item from its answers."""
        if node.code not in self.places:
            return None
        first, last = self.places[node.code]
        counts = set((node.answers or {}).values())
        terms = Terms(
            self.sheet.span(first, last, SCORE),
            self.sheet.span(first, last, COUNT),
            even=len(counts) == 1,
            declared=False,
        )
        if node.node.method.name in ("deduction", "k-of-n", "all-of"):
            return None
        return formulas.score(node.node.method, terms, self.result.scheme.range)
