"""Recording what an audit found: for programs, spreadsheets, notebooks and pages."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import asdict

from itakit.auditing.telling import RIGHT, headlines, lines, notes
from itakit.notebook import html_table
from itakit.numerals import plain, terminates
from itakit.record import number
from itakit.text import FORMULA, one_line
from itakit.version import __version__

if TYPE_CHECKING:
    from itakit.auditing.finding import Audit
    from itakit.auditing.holding import Against
    from itakit.auditing.implying import Implication
    from itakit.auditing.mending import Repair
    from itakit.auditing.span import Span
    from itakit.auditing.verdicts import Judged

FORMAT: Final = "itakit-audit"
VERSION: Final = 1
"""The version of the record's form; it grows when a reader must change."""
_ENDLESS: Final = 20


def rows(audit: Audit, lang: str) -> list[dict[str, object]]:
    """A row for every figure."""
    return [
        {
            "code": judged.code,
            "level": audit.scheme[judged.code].level,
            "title": audit.scheme[judged.code].title[lang],
            "kind": judged.kind,
            "printed": judged.printed,
            "verdict": judged.verdict,
            "first": judged.first,
            "last": judged.last,
            "recomputed": judged.recomputed,
            "below_low": None if judged.below is None else judged.below.low,
            "below_high": None if judged.below is None else judged.below.high,
            "rest_low": None if judged.rest is None else judged.rest.low,
            "rest_high": None if judged.rest is None else judged.rest.high,
        }
        for judged in audit.figures
    ]


def record(audit: Audit) -> dict[str, object]:
    """An audit as JSON can hold it. Every number is a text that reads as an exact fraction."""
    scheme = audit.scheme
    return {
        "format": FORMAT,
        "version": VERSION,
        "itakit": __version__,
        "scheme": {"id": scheme.id, "version": scheme.version, "hash": scheme.hash},
        "source": audit.published.source,
        "not_applicable": list(audit.published.absent),
        "consistent": audit.consistent,
        "figures": [_judged(judged) for judged in audit.figures],
        "grades": list(audit.grades),
        "grades_as_printed": list(audit.grades_as_printed),
        "hinges": [
            {
                "grade": hinge.grade,
                "code": hinge.code,
                "bound": number(hinge.bound),
                "edge": number(hinge.edge),
                "interval": _span(hinge.span),
            }
            for hinge in audit.hinges
        ],
        "repairs": [_repair(repair) for repair in audit.repairs],
        "replaced": [_repair(repair) for repair in audit.replaced],
        "hints": [asdict(hint) for hint in audit.hints],
        "implied": [_implication(implication) for implication in audit.implied],
        "unattainable": list(audit.unattainable),
        "against": None if audit.against is None else _against(audit.against),
    }


def _judged(judged: Judged) -> dict[str, object]:
    return {
        "code": judged.code,
        "kind": judged.kind,
        "printed": judged.printed,
        "verdict": judged.verdict,
        "below": _span(judged.below),
        "rest": _span(judged.rest),
        "first": number(judged.first),
        "last": number(judged.last),
        "recomputed": number(judged.recomputed),
    }


def _span(span: Span | None) -> dict[str, object] | None:
    if span is None:
        return None
    return {
        "low": number(span.low),
        "low_open": span.low_open,
        "high": number(span.high),
        "high_open": span.high_open,
    }


def _repair(repair: Repair) -> dict[str, object]:
    return {**asdict(repair), "values": list(repair.values)}


def _implication(implication: Implication) -> dict[str, object]:
    return {
        "code": implication.code,
        "n": implication.n,
        "ways": [
            [
                {
                    "code": group.code,
                    "items": list(group.items),
                    "counts": [{"score": number(score), "n": n} for score, n in group.counts],
                }
                for group in way
            ]
            for way in implication.ways
        ],
    }


def _against(against: Against) -> dict[str, object]:
    return {
        "source": against.published.source,
        "differences": [
            {
                "code": one.code,
                "kind": one.kind,
                "printed": one.printed,
                "other": one.other,
                "mends": [
                    {"code": code, "kind": kind, "verdict": verdict}
                    for code, kind, verdict in one.mends
                ],
            }
            for one in against.differences
        ],
        "figures": [_judged(judged) for judged in against.figures],
    }


def to_json(audit: Audit) -> str:
    """The record as text."""
    return json.dumps(record(audit), ensure_ascii=False, indent=2) + "\n"


def to_csv(audit: Audit, lang: str) -> str:
    """A row for every figure, behind a byte order mark, so that Excel reads Thai."""
    out = io.StringIO(newline="")
    table = rows(audit, lang)
    writer = csv.DictWriter(out, list(table[0]))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in table)
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    """A cell of a spreadsheet; a text that would run as a formula is kept a text."""
    match value:
        case None:
            return ""
        case Fraction():
            near = Fraction(round(value * 10**_ENDLESS), 10**_ENDLESS)
            return plain(value if terminates(value) else near)
        case Decimal():
            return str(value)
        case _:
            text = one_line(str(value))
            number_ = re.fullmatch(r"-?\d+(\.\d+)?", text)
            return "'" + text if re.match(FORMULA, text) and not number_ else text


def to_markdown(audit: Audit, lang: str) -> str:
    """The verdicts as a table, and what was found beside them as paragraphs."""
    heads, *body = [[_escaped(cell) for cell in row] for row in lines(audit, lang)]
    ruler = ["---:" if k in RIGHT else "---" for k in range(len(heads))]
    table = "\n".join("| " + " | ".join(row) + " |" for row in (heads, ruler, *body))
    told = [_escaped(line.strip()) for line in notes(audit, lang) if line.strip()]
    first, *rest = [_escaped(line) for line in headlines(audit, lang)]
    return "\n\n".join([f"**{first}**", *rest, table, *told]) + "\n"


def _escaped(text: str) -> str:
    """A text as Markdown shows it, and does not read it."""
    return re.sub(r"([\\|<>&*_`~$\[\]])", r"\\\1", text)


def html(audit: Audit, lang: str = "en") -> str:
    """The verdicts as a table for a notebook; every text is escaped."""
    heads, *body = lines(audit, lang)
    title, *rest = headlines(audit, lang)
    told = [line for line in notes(audit, lang) if line]
    return html_table(title, heads, body, right=RIGHT, notes=[*rest, *told], lang=lang)
