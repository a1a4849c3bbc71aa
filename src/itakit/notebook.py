"""A notebook's view of a value: a small table in HTML that stands alone.

It has no script, no address and no colour of its own, so that it reads on a dark page as on a
light one, and every text in it stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

from itakit.methods import BUILT_IN
from itakit.numerals import plain
from itakit.text import one_line
from itakit.wording import say

if TYPE_CHECKING:
    from itakit.grade import Grade
    from itakit.scheme import Node, Scheme

Cell: TypeAlias = str | int | Fraction | Decimal | None

MOST: Final = 500
"""The most rows that are shown; how many more there are is told."""
_INDENT: Final = "\u2003"
"""A wide space, and no style: what shows a notebook on the web takes styles away."""
_THAI: Final = re.compile("[\u0e01-\u0e5b]")
_LEFT: Final = "text-align:left"
_RIGHT: Final = "text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap"


def html_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    depths: Sequence[int] = (),
    right: Collection[int] | None = None,
    notes: Iterable[str] = (),
    lang: str = "en",
) -> str:
    """A table with its title above it and its notes below.

    A number is shown exactly; a column of nothing but numbers stands to the right, or the columns
    that ``right`` numbers do. ``depths`` says how deep each row is indented.
    """
    body = [list(row) for row in rows]
    aligned = _numeric(body, len(columns)) if right is None else right
    styles = [_RIGHT if k in aligned else _LEFT for k in range(len(columns))]
    lines = [_element("caption", title, lang, "text-align:left;font-weight:bold")] if title else []
    heads = (
        _element("th", head, lang, style, 'scope="col"')
        for head, style in zip(columns, styles, strict=True)
    )
    lines.append(f"<thead><tr>{''.join(heads)}</tr></thead>")
    lines.append("<tbody>")
    for number, row in enumerate(body[:MOST]):
        depth = depths[number] if depths else 0
        first, *rest = (_shown(cell) for cell in row)
        texts = [_INDENT * depth + first, *rest]
        cells = (
            _element("td", text, lang, style) for text, style in zip(texts, styles, strict=True)
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</tbody>")
    below = list(notes)
    if len(body) > MOST:
        below.insert(0, say("notebook-more", n=len(body) - MOST).text(lang))
    told = "".join(_element("div", note, lang) + "\n" for note in below)
    return (
        f'<div lang="{escape(lang)}">\n<table>\n' + "\n".join(lines) + f"\n</table>\n{told}</div>"
    )


def _numeric(rows: Sequence[Sequence[Cell]], width: int) -> set[int]:
    """The columns that hold numbers, and nothing else."""
    kinds = [{type(row[k]) for row in rows} - {type(None)} for k in range(width)]
    return {k for k, found in enumerate(kinds) if found and str not in found}


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Fraction():
            return plain(cell)
        case _:
            return str(cell)


def _element(tag: str, text: str, lang: str, style: str = "", more: str = "") -> str:
    """An element with a text; Thai on a page of another language is marked as such."""
    thai = 'lang="th"' if lang != "th" and _THAI.search(text) else ""
    styled = f'style="{style}"' if style else ""
    return f"<{' '.join(filter(None, (tag, more, thai, styled)))}>{escape(text)}</{tag}>"


def scheme_html(scheme: Scheme, lang: str) -> str:
    """A scheme: its tree with weights and methods, and its grades."""
    plan = scheme.plan
    depths = [0] * len(plan.nodes)
    for i, parent in enumerate(plan.parents[1:], 1):
        depths[i] = depths[parent] + 1
    heads = [
        say(f"column-{name}").text(lang) for name in ("code", "title", "level", "weight", "method")
    ]
    rows = [_node_row(node, lang) for node in plan.nodes]
    title = one_line(scheme.title[lang]) or scheme.id
    identity = f"{scheme.id} {scheme.version}".strip()
    notes = [say("notebook-scheme", scheme=identity, hash=scheme.hash[:12]).text(lang)]
    if not scheme.grades:
        return html_table(title, heads, rows, depths=depths, right=(3,), notes=notes, lang=lang)
    grades = html_table(
        "",
        [say(f"column-{name}").text(lang) for name in ("grade", "from", "requires")],
        [_grade_row(grade, lang) for grade in scheme.grades],
        right=(1,),
        notes=notes,
        lang=lang,
    )
    tree = html_table(title, heads, rows, depths=depths, right=(3,), lang=lang)
    return f"{tree}\n{grades}"


def _node_row(node: Node, lang: str) -> list[Cell]:
    name, title = node.method.name, one_line(node.title[lang])
    method = say(f"method-{name}").text(lang) if name in BUILT_IN else name
    if node.scale is not None and not node.children:
        method = say("how-answers", method=method).text(lang)
    elif not node.children:
        method = say("how-given").text(lang)
    return [node.code, "" if title == node.code else title, node.level, node.weight, method]


def _grade_row(grade: Grade, lang: str) -> list[Cell]:
    conditions = (
        say("notebook-requires", target=r.target, bound=plain(r.at_least)).text(lang)
        for r in grade.requires
    )
    return [grade.name, grade.lowest, "; ".join(conditions)]
