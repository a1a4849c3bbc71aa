"""The codebook: every item with what it asks, what may be answered, and what that scores."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Final, Literal, TypeAlias, get_args

from itakit.document.markup import grid
from itakit.document.page import Cell, Table, shown
from itakit.document.shares import Share, shares
from itakit.document.workbook import workbook
from itakit.numerals import plain
from itakit.scale import Scale
from itakit.scheme import Node, Scheme
from itakit.text import FORMULA

Format: TypeAlias = Literal["csv", "xlsx", "md"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_FIRST: Final = ("code", "level")
_REST: Final = (
    "question_th",
    "question_en",
    "scale",
    "answers_th",
    "answers_en",
    "not_applicable",
    "no_answer",
    "range",
    "clamp",
    "transform",
    "share",
)
_PLACES: Final = 10
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")


def codebook(scheme: Scheme, format: Format) -> bytes:
    """The codebook of a scheme, a row for every item."""
    return _WRITERS[format](rows(scheme))


def rows(scheme: Scheme) -> list[list[str]]:
    """The rows of the codebook, the first of which holds the heads.

    Between the code and the question stands the code of the node above on each level. The share
    is the points of the total that one point of the item makes, to ten places.
    """
    plan = scheme.plan
    found = shares(scheme)
    above = [level for level, _ in reversed(scheme.levels) if level in _inner(scheme)]
    heads = [f"level:{level}" if level in (*_FIRST, *_REST) else level for level in above]
    table = [[*_FIRST, *heads, *_REST]]
    for i, node in enumerate(plan.nodes):
        if node.children:
            continue
        chain = _chain(scheme, i)
        codes = {parent.level: parent.code for parent in chain}
        cells = [
            node.code,
            node.level,
            *(codes.get(level, "") for level in above),
            _question(chain, node, "th"),
            _question(chain, node, "en"),
            node.scale.name if node.scale else "",
            _answers(node.scale, "th"),
            _answers(node.scale, "en"),
            "; ".join(node.scale.not_applicable) if node.scale else "",
            "; ".join(node.scale.no_answer) if node.scale else "",
            _numbers(scheme, node.scale),
            *_beyond(node.scale),
            _share(found[i]),
        ]
        table.append([shown(cell) for cell in cells])
    return table


def _inner(scheme: Scheme) -> set[str]:
    """The levels of the nodes that have others below them, but for the root."""
    return {node.level for node in scheme.nodes()[1:] if node.children}


def _chain(scheme: Scheme, number: int) -> list[Node]:
    """The nodes above a node, the nearest first, without the root."""
    chain, plan = [], scheme.plan
    while (number := plan.parents[number]) > 0:
        chain.append(plan.nodes[number])
    return chain


def _question(chain: list[Node], node: Node, lang: str) -> str:
    """What is asked: for a part of a question, the question before it."""
    own = node.title[lang]
    if chain and node.level == "part":
        return f"{chain[0].title[lang]}: {own}"
    return own


def _answers(scale: Scale | None, lang: str) -> str:
    """The answers to choose from: their codes, titles and scores."""
    choices = scale.answers if scale else ()
    return "; ".join(
        f"{choice.code} = {choice.title[lang] or choice.code} ({plain(choice.score)})"
        for choice in choices
    )


def _numbers(scheme: Scheme, scale: Scale | None) -> str:
    """The numbers that may be given, where there are no answers to choose from."""
    if scale is None:
        return " … ".join(map(plain, scheme.range))
    posts = scale.goalposts
    return f"{plain(posts.worst)} … {plain(posts.best)}" if posts else ""


def _beyond(scale: Scale | None) -> tuple[str, str]:
    """Whether a number beyond the goalposts counts as one, and what is done to it before."""
    posts = scale.goalposts if scale else None
    return ("yes" if posts.clamp else "no", posts.transform or "") if posts else ("", "")


def _share(share: Share | None) -> str:
    if share is None:
        return ""
    return plain(Fraction(round(share.points * 10**_PLACES), 10**_PLACES))


def _csv(table: list[list[str]]) -> bytes:
    """Behind a byte order mark, so that Excel reads Thai."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_harmless(cell) for cell in row] for row in table])
    return ("\ufeff" + out.getvalue()).encode()


def _harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula. A number is none."""
    return "'" + text if re.match(FORMULA, text) and not _NUMBER.fullmatch(text) else text


def _xlsx(table: list[list[str]]) -> bytes:
    return workbook({"codebook": table})


def _md(table: list[list[str]]) -> bytes:
    heads, *rest = table
    cells: Iterable[tuple[Cell, ...]] = (tuple(map(Cell, row)) for row in rest)
    return (grid(Table(tuple(heads), tuple(cells))) + "\n").encode()


_WRITERS: Final[Mapping[Format, Callable[[list[list[str]]], bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "md": _md,
}
