"""The sheet of grades: which of them hold, and the first of those."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from itakit.document import phrases
from itakit.document.phrases import said
from itakit.grade import Grade, Requirement
from itakit.reporting import formulas
from itakit.reporting.sheet import Sheet
from itakit.result import Result
from itakit.wording import say

_HEADS = ("column-grade", "page-head-bound", "page-head-requires", "book-holds")
NAME, BOUND, REQUIRES, HOLDS = range(4)


def grade_sheet(result: Result, lang: str, sheet: Sheet, published: Mapping[str, str]) -> None:
    """Write the grades below each other, and the unit's own at the top.

    ``published`` has the cells of the published figures by code.
    """
    scheme = result.scheme
    sheet.text(0, 0, said(say("column-grade"), lang), sheet.bold)
    if not scheme.grades:
        sheet.text(2, 0, said(say("explain-no-grade"), lang))
        return
    first, last = 3, 2 + len(scheme.grades)
    names, holds = sheet.span(first, last, NAME), sheet.span(first, last, HOLDS)
    award = f'IFERROR(INDEX({names},MATCH(1,{holds},0)),"")'
    sheet.formula(0, 1, award, sheet.bold, result.grade or "")
    sheet.heads(2, [said(say(name), lang) for name in _HEADS], (16, 12, 60, 10))
    for k, grade in enumerate(scheme.grades):
        row = first + k
        sheet.text(row, NAME, grade.name)
        sheet.number(row, BOUND, grade.lowest, sheet.figure)
        sheet.text(row, REQUIRES, phrases.conditions(scheme, grade, lang))
        own = result.rounded is not None and grade.holds(result.rounded, result.rounded_of)
        sheet.formula(row, HOLDS, _holds(result, grade, published), None, Fraction(int(own)))


def _holds(result: Result, grade: Grade, published: Mapping[str, str]) -> str:
    """1 where a grade's bound and its conditions hold, else 0."""
    total = published[result.root.code]
    tests = [_reaches([total], grade.lowest)]
    tests += [_condition(result, requirement, published) for requirement in grade.requires]
    return "*".join(tests)


def _condition(result: Result, requirement: Requirement, published: Mapping[str, str]) -> str:
    """Whether all nodes of a level that apply, or the node of a code, reach a score."""
    plan = result.scheme.plan
    numbers = plan.levels.get(requirement.target) or (plan.index[requirement.target],)
    nodes = [result[plan.nodes[i].code] for i in numbers]
    applying = [published[node.code] for node in nodes if node.status != "not applicable"]
    return _reaches(applying, requirement.at_least) if applying else "0"


def _reaches(cells: list[str], bound: Fraction) -> str:
    """1 where all cells hold numbers that are no less than a bound: a text has no figure."""
    least = formulas.number(bound)
    return "*".join(f"ISNUMBER({cell})*(N({cell})>={least})" for cell in cells)
