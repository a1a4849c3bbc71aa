"""Recording what an audit found: as rows, and as JSON can hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import asdict

from itakit.record import number
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
