"""How a result shows itself in a notebook: its tree as a table, its grade above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itakit.errors import EvidenceError
from itakit.explanation import headline, part, standing, title
from itakit.notebook import html_table
from itakit.wording import say

if TYPE_CHECKING:
    from itakit.result import NodeResult, Result

_COLUMNS = ("code", "title", "rounded", "contribution", "note")


def result_html(result: Result, code: str | None, lang: str) -> str:
    """The tree below a node, or the whole with its grade, as a notebook shows it."""
    plan = result.scheme.plan
    start = 0 if code is None else plan.index[code]
    depths = {start: 0}
    shown: list[NodeResult] = []
    for i, node in enumerate(result):
        if start <= i < plan.ends[start]:
            depths.setdefault(i, depths.get(plan.parents[i], 0) + 1)
            if i == start or node.status != "unused":
                shown.append(node)
    scheme = result.scheme
    identity = f"{scheme.id} {scheme.version}".strip()
    return html_table(
        " · ".join(_summary(result, shown[0], lang)),
        [say(f"column-{name}").text(lang) for name in _COLUMNS],
        [_row(result, node, lang) for node in shown],
        depths=[depths[plan.index[node.code]] for node in shown],
        right=(2, 3),
        notes=[say("notebook-scheme", scheme=identity, hash=scheme.hash[:12]).text(lang)],
        lang=lang,
    )


def _summary(result: Result, node: NodeResult, lang: str) -> list[str]:
    """The score, and for the unit's its grade; where no precision settles them, that is told."""
    try:
        graded = node.code == result.scheme.root.code
        return [headline(node, lang), *(standing(result, lang) if graded else ())]
    except EvidenceError as error:
        return [problem.text(lang) for problem in error.problems]


def _row(result: Result, node: NodeResult, lang: str) -> list[str]:
    notes = []
    if node.status in ("missing", "not applicable", "unused"):
        notes.append(say(f"note-{node.status.replace(' ', '-')}").text(lang))
    try:
        score = "" if node.rounded is None else str(node.rounded)
        contribution = part(node.contribution, result)
    except EvidenceError:
        score = contribution = "?"
    return [node.code, title(result, node, lang), score, contribution, "; ".join(notes)]


def figure(node: NodeResult) -> str:
    """A node's published figure as its one line has it, which never fails to print."""
    try:
        return str(node.rounded)
    except EvidenceError:
        return "?"


def grade(result: Result) -> str:
    """The unit's grade as its one line has it; nothing where the scheme has none."""
    try:
        return f", grade={result.grade!r}" if result.scheme.grades else ""
    except EvidenceError:
        return ", grade=?"
