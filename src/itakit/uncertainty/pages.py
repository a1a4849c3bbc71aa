"""Pages: certainty and robustness in the formats that commands write."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from itakit.numerals import plain, terminates
from itakit.text import FORMULA
from itakit.uncertainty import shown
from itakit.uncertainty.certain import Certainty
from itakit.uncertainty.robust import Robustness
from itakit.uncertainty.typesetting import cell, right

Found: TypeAlias = "Certainty | Robustness"
ENDLESS = 20
"""The decimal places of a number in CSV that as a decimal has no end; JSON has the fraction."""


def render(found: Found, format: str, lang: str) -> str:
    """What was found, in a format: table, json, csv or md; ends with a line break."""
    match format:
        case "json":
            return json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"
        case "csv":
            return _csv(found.rows(lang))
        case "md":
            return _markdown(found, lang)
        case _:
            return found.explain(lang) + "\n"


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    """A row for every unit and node, behind a byte order mark, so that Excel reads Thai."""
    out = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    """A cell of a spreadsheet, which runs no text as a formula."""
    match value:
        case None:
            return ""
        case Fraction():
            places = Fraction(round(value * 10**ENDLESS), 10**ENDLESS)
            return plain(value if terminates(value) else places)
        case Decimal() | int():
            return str(value)
        case _:
            text = cell(value)
            return "'" + text if re.match(FORMULA, text) else text


def _markdown(found: Found, lang: str) -> str:
    if isinstance(found, Certainty):
        above, rows = shown.summary(found, lang), shown.table(found, lang)
        below = shown.notes(found, lang)
    else:
        above, rows = shown.summary_of_rules(found, lang), shown.table_of_rules(found, lang)
        below = shown.notes_of_rules(found, lang)
    figures = right(rows[0])
    heads, *rest = [[_escaped(text) for text in row] for row in rows]
    ruler = ["---:" if k in figures else "---" for k in range(len(heads))]
    table = ["| " + " | ".join(row) + " |" for row in (heads, ruler, *rest)]
    head, *more = map(_escaped, above)
    notes = [f"- {_escaped(line)}" for line in below]
    return "\n\n".join([f"**{head}**", *more, "\n".join(table), "\n".join(notes)]) + "\n"


def _escaped(text: str) -> str:
    """A text as Markdown shows it, and does not read it; what stands deeper stays so."""
    deep = (len(text) - len(text.lstrip())) // 2
    return "\u2003" * deep + re.sub(r"([\\|<>&*_`~$\[\]])", r"\\\1", text.lstrip())
