"""The workbook: a result whose numbers a spreadsheet computes anew, from the answers up.

Nodes stand level by level, so that the children of each are neighbours and a formula can take them
as one range. Every text is written as a text, and no text of the data becomes part of a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from itakit.document.page import shown
from itakit.document.phrases import level as level_name
from itakit.document.phrases import said
from itakit.explanation import HEADS, line
from itakit.reporting import formulas
from itakit.reporting.answer_sheet import AnswerSheet
from itakit.reporting.formulas import Terms
from itakit.reporting.grade_sheet import grade_sheet
from itakit.reporting.origin import identity
from itakit.reporting.parts import ReportParts
from itakit.reporting.sheet import Sheet
from itakit.result import NodeResult, Result
from itakit.wording import say

CODE, LEVEL, TITLE, WEIGHT, COUNTS, SCORE, PUBLISHED, STATUS, NOTE = range(9)
"""The columns of the summary; behind them stands how a score came about, in words."""
_HEADS: Final = (
    "column-code",
    "page-head-level",
    "column-title",
    "column-weight",
    "book-counts",
    "column-exact",
    "column-rounded",
    "book-status",
    "book-live",
)
_SHEETS: Final = {
    "summary": "book-summary",
    "answers": "book-answers",
    "grade": "book-grade",
    "about": "book-about",
}
_WIDTHS: Final = (10, 14, 46, 9, 10, 16, 10, 14, 34)


FIRST: Final = 3
"""The row of the root, counted from 0: above it stand a title, a space and the heads."""


def workbook(result: Result, parts: ReportParts, lang: str) -> bytes:
    """The workbook of a unit's result (.xlsx). The same result makes the same file, to the byte."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(1980, 1, 1, tzinfo=UTC)})
    book.set_calc_mode("auto")
    places = result.scheme.rounding.places
    sheets = {key: Sheet.of(book, say(name).text(lang), places) for key, name in _SHEETS.items()}
    answers = AnswerSheet.write(sheets["answers"], result, lang)
    nodes = _Summary(result, lang, sheets["summary"], answers)
    nodes.write(parts)
    published = {code: nodes.sheet.cell(row, PUBLISHED) for code, row in nodes.rows.items()}
    grade_sheet(result, lang, sheets["grade"], published)
    _about(result, parts, lang, sheets["about"])
    book.close()
    return out.getvalue()


def by_level(result: Result) -> list[int]:
    """The numbers of the nodes level by level, so that the children of each are neighbours."""
    plan = result.scheme.plan
    children: list[list[int]] = [[] for _ in plan.nodes]
    for i, parent in enumerate(plan.parents):
        if parent >= 0:
            children[parent].append(i)
    order = [0]
    for i in order:
        order.extend(children[i])
    return order


@frozen
class _Summary:
    """The sheet of all nodes, while it is written."""

    result: Result
    lang: str
    sheet: Sheet
    answers: AnswerSheet
    rows: dict[str, int] = field(factory=dict)
    """By code, the row of a node."""

    def write(self, parts: ReportParts) -> None:
        """Write the heads, and a row for every node."""
        result, sheet = self.result, self.sheet
        title = shown(parts.unit) or shown(result.scheme.title[self.lang]) or result.scheme.id
        sheet.text(0, 0, title, sheet.bold)
        sheet.heads(FIRST - 1, [said(say(name), self.lang) for name in _HEADS], _WIDTHS)
        order = by_level(result)
        nodes = result.scheme.plan.nodes
        self.rows.update({nodes[i].code: FIRST + k for k, i in enumerate(order)})
        for i in order:
            self.node(i, result[nodes[i].code])

    def node(self, i: int, node: NodeResult) -> None:
        """The row of one node."""
        sheet, row, lang = self.sheet, self.rows[node.code], self.lang
        told = dict(zip(HEADS, line(self.result, node, 0, lang), strict=True))
        sheet.text(row, CODE, node.code)
        sheet.text(row, LEVEL, level_name(node.level, lang))
        sheet.text(row, TITLE, shown(node.title[lang]))
        if node.weight is not None:
            sheet.number(row, WEIGHT, node.weight)
        weight = self.result.scheme.plan.weights[i]
        sheet.formula(row, COUNTS, formulas.number(weight), None, weight)
        sheet.text(row, STATUS, node.status)
        formula = self.formula(node)
        live = formula is not None
        cell = sheet.cell(row, SCORE)
        if node.score is None:
            sheet.text(row, SCORE, "")
            sheet.text(row, PUBLISHED, "")
        else:
            if formula is None:
                sheet.number(row, SCORE, node.score)
            else:
                sheet.formula(row, SCORE, formula, None, node.score)
            figure = Fraction(node.rounded or 0)
            if formulas.safe(self.result.scheme.rounding, node.score):
                rounding = formulas.rounded(self.result.scheme.rounding, cell)
                sheet.formula(row, PUBLISHED, rounding, sheet.figure, figure)
            else:
                live = False
                sheet.number(row, PUBLISHED, figure, sheet.figure)
        constant = node.score is None or (node.status != "scored" and node.answers is None)
        notes = [] if live or constant else [said(say("book-not-live"), lang)]
        notes += [text for text in (told["method"], told["note"]) if text]
        sheet.text(row, NOTE, "; ".join(notes))

    def formula(self, node: NodeResult) -> str | None:
        """What computes a node's score from its answers or its children's scores."""
        if node.answers is not None:
            return self.answers.formula(node)
        if node.status != "scored" or not node.children:
            return None
        terms = self.terms(node)
        if terms is None:
            return None
        return formulas.score(node.node.method, terms, self.result.scheme.range)

    def terms(self, node: NodeResult) -> Terms | None:
        """Where the scores of a node's children stand; none where they are in two columns."""
        plan = self.result.scheme.plan
        carry = self.result.scheme.rounding.carry
        children = node.children
        rows = [self.rows[child.code] for child in children]
        rounded = {child.level in carry for child in children}
        if len(rounded) > 1:
            return None
        column = PUBLISHED if True in rounded else SCORE
        weights = [plan.weights[plan.index[child.code]] for child in children]
        base = node.node.method.parameter("base")
        at = None
        if isinstance(base, str) and base in self.rows:
            row = self.rows[base]
            at = (self.sheet.cell(row, column), self.sheet.cell(row, COUNTS))
        return Terms(
            self.sheet.span(rows[0], rows[-1], column),
            self.sheet.span(rows[0], rows[-1], COUNTS),
            at,
            all(child.score is not None for child in children),
            len(set(weights)) == 1 and weights[0] > 0,
            children[0].weight is not None,
        )


def _about(result: Result, parts: ReportParts, lang: str, sheet: Sheet) -> None:
    """The sheet that says of what the workbook is made, and how it counts."""
    rows: list[Sequence[str]] = [*identity(result.scheme, lang)]
    rows += [(said(say("report-files"), lang), name) for name in parts.files]
    rows += [(said(say("page-sources"), lang), source) for source in result.scheme.source]
    rows += [("", said(say("book-floats"), lang)), ("", said(say("book-edit"), lang))]
    sheet.widths((26, 100))
    for k, row in enumerate(rows):
        for j, text in enumerate(row):
            sheet.text(k, j, text)
