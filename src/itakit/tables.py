"""A result as a file or a page shows it: a table, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from itakit.explanation import align, part, short, standing, title
from itakit.numerals import plain
from itakit.result import Result
from itakit.wording import say

Format: TypeAlias = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)
_COLUMNS = ("code", "title", "weight", "rounded", "contribution")
_RIGHT = (2, 3, 4)


def render(result: Result, format: Format, lang: str) -> str:
    """A result in a format, ending with a line break."""
    writers: Mapping[Format, Callable[[Result, str], str]] = {
        "table": _terminal,
        "json": _json,
        "csv": _csv,
        "md": _markdown,
    }
    return writers[format](result, lang)


def columns(rows: Iterable[Iterable[str]], right: tuple[int, ...] = ()) -> str:
    """Rows, the first of which holds the heads, as lines that line up on a terminal."""
    return "\n".join(align([list(row) for row in rows], right)) + "\n"


def _lines(result: Result, lang: str) -> list[list[str]]:
    heads = [say(f"column-{name}").text(lang) for name in _COLUMNS]
    depths: dict[str | None, int] = {None: -1}
    rows = [heads]
    for row, node in zip(result.rows(lang), result, strict=True):
        depth = depths[node.code] = depths[_text_or_none(row["parent"])] + 1
        if node.status != "unused":
            rows.append(
                [
                    "  " * depth + node.code,
                    title(result, node, lang),
                    short(node.weight),
                    say("cli-none").text(lang) if node.rounded is None else str(node.rounded),
                    part(node.contribution, result),
                ]
            )
    return rows


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _summary(result: Result, lang: str) -> list[str]:
    rounded = say("cli-none").text(lang) if result.rounded is None else str(result.rounded)
    head = say("explain-total", title=result.root.title[lang], rounded=rounded).text(lang)
    return [head, *standing(result, lang)]


def _terminal(result: Result, lang: str) -> str:
    table = columns(_lines(result, lang), _RIGHT)
    return "\n".join(_summary(result, lang)) + "\n\n" + table


def _json(result: Result, lang: str) -> str:
    return json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _csv(result: Result, lang: str) -> str:
    """One row for every node, behind a byte order mark, so that Excel reads Thai."""
    out = io.StringIO(newline="")
    rows = result.rows(lang)
    writer = csv.DictWriter(out, [*rows[0], "status"])
    writer.writeheader()
    for row, node in zip(rows, result, strict=True):
        cells = {name: _cell(value) for name, value in row.items()}
        writer.writerow({**cells, "status": node.status})
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    """A cell of a spreadsheet: a text that would run as a formula is kept a text."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, Decimal | int):
        return str(value)
    text = str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _markdown(result: Result, lang: str) -> str:
    heads, *rows = _lines(result, lang)
    ruler = ["---:" if i in _RIGHT else "---" for i in range(len(heads))]
    depth_kept = [[_indent(row[0]), *row[1:]] for row in rows]
    table = ["| " + " | ".join(map(_escape, row)) + " |" for row in (heads, ruler, *depth_kept)]
    return "\n\n".join(_escape(line) for line in _summary(result, lang)) + "\n\n" + "\n".join(
        table
    ) + "\n"


def _indent(code: str) -> str:
    return "\u2003" * ((len(code) - len(code.lstrip())) // 2) + code.lstrip()


def _escape(text: str) -> str:
    for character in "\\|<>&*_`[]":
        text = text.replace(character, f"\\{character}") if character in text else text
    return text
