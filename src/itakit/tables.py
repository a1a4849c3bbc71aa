"""A result as a file or a page shows it: a table, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, Protocol, TypeAlias, get_args

from itakit.explanation import align, headline, part, short, standing, title
from itakit.listing import Listing
from itakit.numerals import plain, terminates
from itakit.result import NodeResult, Result
from itakit.text import FORMULA, one_line
from itakit.wording import say

Format: TypeAlias = Literal["table", "json", "csv", "md"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
SUFFIXES: Final[Mapping[str, Format]] = {
    ".json": "json",
    ".csv": "csv",
    ".md": "md",
    ".txt": "table",
}
"""The format by what a file's name ends in."""
ENDLESS: Final = 20
"""The decimal places of a score in CSV that as a decimal has no end; JSON has the fraction."""
_COLUMNS = ("code", "title", "weight", "rounded", "contribution")
_RIGHT = (2, 3, 4)


class Analysis(Protocol):
    """What shows itself as rows, as JSON and as a listing."""

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table."""

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON can hold it."""

    def listing(self, lang: str) -> Listing:
        """As a person reads it."""


def render(result: Result, format: Format, lang: str) -> str:
    """A result in a format, ending with a line break."""
    return _WRITERS[format](result, lang)


def columns(rows: Iterable[Iterable[str]], right: tuple[int, ...] = ()) -> str:
    """Rows, the first of which holds the heads, as lines that line up on a terminal."""
    return "\n".join(align([list(row) for row in rows], right)) + "\n"


def _lines(result: Result, lang: str) -> list[list[str]]:
    plan = result.scheme.plan
    depths = [0] * len(plan.nodes)
    rows = [[say(f"column-{name}").text(lang) for name in _COLUMNS]]
    for i, (node, parent) in enumerate(zip(result, plan.parents, strict=True)):
        depths[i] = depths[parent] + 1 if i else 0
        if node.status != "unused":
            rows.append(
                [
                    "  " * depths[i] + node.code,
                    title(result, node, lang),
                    short(node.weight),
                    _published(node, lang),
                    part(node.contribution, result),
                ]
            )
    return rows


def _published(node: NodeResult, lang: str) -> str:
    """The published score, or why there is none."""
    if node.rounded is not None:
        return str(node.rounded)
    return say("note-missing" if node.status == "missing" else "note-not-applicable").text(lang)


def _summary(result: Result, lang: str) -> list[str]:
    return [headline(result.root, lang), *standing(result, lang)]


def _terminal(result: Result, lang: str) -> str:
    table = columns(_lines(result, lang), _RIGHT)
    return "\n".join(_summary(result, lang)) + "\n\n" + table


def _json(result: Result, _: str) -> str:
    return json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _csv(result: Result, lang: str) -> str:
    """One row for every node."""
    rows = zip(result.rows(lang), result, strict=True)
    return sheet([{**row, "status": node.status} for row, node in rows])


def sheet(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows of one kind as CSV, behind a byte order mark, so that Excel reads Thai."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*rows[0]])
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def of_analysis(analysis: Analysis, format: Format, lang: str) -> str:
    """What came of a result in a format, ending with a line break."""
    match format:
        case "json":
            return json.dumps(analysis.to_dict(), ensure_ascii=False, indent=2) + "\n"
        case "csv":
            return sheet(analysis.rows(lang))
        case "md":
            return analysis.listing(lang).markdown() + "\n"
        case _:
            return analysis.listing(lang).text() + "\n"


def _cell(value: object) -> str:
    """A cell of a spreadsheet.

    A text that would run as a formula is kept a text, and a fraction without end as a decimal is
    written as one all the same: spreadsheets take 5/6 for a day in June.
    """
    match value:
        case None:
            return ""
        case Fraction():
            places = Fraction(round(value * 10**ENDLESS), 10**ENDLESS)
            return plain(value if terminates(value) else places)
        case Decimal() | int():
            return str(value)
        case _:
            text = one_line(str(value))
            runs = re.match(FORMULA, text) and not re.fullmatch(r"-?\d+(\.\d+)?", text)
            return "'" + text if runs else text


def _markdown(result: Result, lang: str) -> str:
    heads, *rows = [[escape_markdown(cell) for cell in row] for row in _lines(result, lang)]
    ruler = ["---:" if i in _RIGHT else "---" for i in range(len(heads))]
    indented = [[_indent(row[0]), *row[1:]] for row in rows]
    table = ["| " + " | ".join(row) + " |" for row in (heads, ruler, *indented)]
    head, *rest = map(escape_markdown, _summary(result, lang))
    # In bold, no title can begin a list, a heading or a quotation.
    return "\n\n".join([f"**{head}**", *rest, "\n".join(table)]) + "\n"


def _indent(code: str) -> str:
    return "\u2003" * ((len(code) - len(code.lstrip())) // 2) + code.lstrip()


def escape_markdown(text: str) -> str:
    """A text as Markdown shows it, and does not read it."""
    return re.sub(r"([\\|<>&*_`~$\[\]])", r"\\\1", text)


_WRITERS: Final[Mapping[Format, Callable[[Result, str], str]]] = {
    "table": _terminal,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
}
