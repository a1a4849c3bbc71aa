"""Explanation: how a score came about, as a table that a person can follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from itakit import numerals
from itakit.grade import Grade
from itakit.text import pad, width
from itakit.version import __version__
from itakit.wording import say

if TYPE_CHECKING:
    from itakit.result import NodeResult, Result

SHORT = 12
"""The most characters of an exact value that is shown beside the rounded one."""


def explain(result: Result, code: str | None, lang: str) -> str:
    """The tree below a node, a line for each: method, exact and rounded score, weight, part of
    the total, and what was missing. Raises `KeyError` for an unknown code."""
    plan = result.scheme.plan
    start = 0 if code is None else plan.index[code]
    depths: dict[int, int] = {start: 0}
    rows = [_heads(lang)]
    for i, node in enumerate(result):
        if start <= i < plan.ends[start] and node.status != "unused":
            depth = depths.setdefault(i, depths.get(plan.parents[i], -1) + 1)
            rows.append(_row(result, node, depth, lang))
    lines = [_headline(result[plan.nodes[start].code], lang)]
    if start == 0:
        lines.extend(standing(result, lang))
    lines += ["", *align(rows), "", *_footer(result, lang)]
    return "\n".join(lines)


def _headline(node: NodeResult, lang: str) -> str:
    title = node.node.title[lang]
    if node.rounded is None:
        return say("explain-no-score", title=title).text(lang)
    return say("explain-total", title=title, rounded=node.rounded).text(lang)


def standing(result: Result, lang: str) -> Iterator[str]:
    """The grade, and how far the next one is."""
    grades, band = result.scheme.grades, result.band
    if not grades:
        return
    if band is None or result.rounded is None:
        yield say("explain-no-grade").text(lang)
        return
    yield say("explain-grade", grade=band.name, lowest=_bound(result, band.lowest)).text(lang)
    place = grades.index(band)
    if place == 0:
        yield say("explain-highest").text(lang)
        return
    yield _to_go(result, result.rounded, grades[place - 1], lang)


def _to_go(result: Result, rounded: Decimal, grade: Grade, lang: str) -> str:
    lowest = _bound(result, grade.lowest)
    points = grade.lowest - Fraction(rounded)
    if points > 0:
        return say(
            "explain-next", points=numerals.plain(points), grade=grade.name, lowest=lowest
        ).text(lang)
    conditions = ", ".join(
        say(
            "explain-condition",
            target=requirement.target,
            at_least=_bound(result, requirement.at_least),
        ).text(lang)
        for requirement in grade.unmet(result.rounded_of)
    )
    return say(
        "explain-next-unmet", grade=grade.name, lowest=lowest, conditions=conditions
    ).text(lang)


def _bound(result: Result, bound: Fraction) -> str:
    """A bound with the places of a published score, where it has no more than those."""
    rounded = result.scheme.rounding(bound)
    return str(rounded) if Fraction(rounded) == bound else numerals.plain(bound)


def _heads(lang: str) -> Sequence[str]:
    names = ("code", "title", "method", "exact", "rounded", "weight", "contribution", "note")
    return [say(f"column-{name}").text(lang) for name in names]


def _row(result: Result, row: NodeResult, depth: int, lang: str) -> Sequence[str]:
    return [
        "  " * depth + row.code,
        title(result, row, lang),
        _how(result, row, lang),
        short(row.score) if row.error == 0 else "",
        "" if row.rounded is None else str(row.rounded),
        short(row.weight),
        part(row.contribution, result),
        "; ".join(_notes(result, row, lang)),
    ]


def title(result: Result, row: NodeResult, lang: str) -> str:
    """A node's title beside its code; none where it says no more, and none for the root, whose
    title stands above the table."""
    own = row.title[lang]
    return "" if own == row.code or row.code == result.scheme.root.code else own


def part(contribution: Fraction | None, result: Result) -> str:
    """A contribution as a decimal, with two places more than a published score."""
    if contribution is None:
        return ""
    return short(contribution, result.scheme.rounding.places + 2, fractions=False)


def _how(result: Result, row: NodeResult, lang: str) -> str:
    if row.score is None or row.status == "missing":
        return ""
    name = row.node.method.name
    if row.answers is not None:
        return say("how-answers", method=name).text(lang)
    if row.status == "given":
        return say("how-given").text(lang)
    there = sum(result[child.code].score is not None for child in row.node.children)
    return say("how-children", method=name, n=there).text(lang)


def _notes(result: Result, row: NodeResult, lang: str) -> Iterator[str]:
    if row.status == "missing":
        policy = row.node.missing.policy
        name = f"note-missing-{policy}" if policy != "error" else "note-missing"
        yield say(name, low=numerals.plain(result.scheme.range[0])).text(lang)
    elif row.status in ("not applicable", "unused"):
        yield say(f"note-{row.status.replace(' ', '-')}").text(lang)
    if row.answers:
        counts = ", ".join(f"{code}: {_count(n)}" for code, n in row.answers.items())
        yield say("note-answers", n=_count(row.n or 0), counts=counts).text(lang)
    if row.inapplicable:
        yield say("note-inapplicable", n=_count(sum(row.inapplicable.values()))).text(lang)
    if row.coverage is not None and row.coverage < 1 and row.node.children:
        yield say("note-coverage", share=short(row.coverage * 100, 2)).text(lang)
    if row.error:
        yield say("note-about", error=f"{Decimal(1) / 10**29:.0e}").text(lang)
    if row.level in result.scheme.rounding.carry and row.rounded is not None:
        yield say("note-carried", rounded=row.rounded).text(lang)


def _count(n: int | Fraction) -> str:
    return numerals.plain(Fraction(n))


def short(value: Fraction | None, places: int = 4, *, fractions: bool = True) -> str:
    """The exact value where it is short, else the first places of it behind a ≈."""
    if value is None:
        return ""
    exact = numerals.plain(value)
    if len(exact) <= SHORT and (fractions or "/" not in exact):
        return exact
    scaled = round(value * 10**places)
    return "≈ " + numerals.plain(Fraction(scaled, 10**places))


def _footer(result: Result, lang: str) -> Iterator[str]:
    scheme = result.scheme
    rounding = scheme.rounding
    yield say("explain-rounding", places=rounding.places, mode=rounding.mode).text(lang)
    if rounding.carry:
        yield say("explain-carry", levels=", ".join(rounding.carry)).text(lang)
    yield say(
        "explain-scheme",
        id=scheme.id,
        version=scheme.version,
        hash=scheme.hash[:12],
        itakit=__version__,
    ).text(lang)


def align(rows: Sequence[Sequence[str]], right: Sequence[int] = (3, 4, 5, 6)) -> list[str]:
    """Rows as lines with columns that line up on a terminal; empty columns are left out."""
    used = [k for k in range(len(rows[0])) if any(row[k] for row in rows[1:])]
    widths = {k: max(width(row[k]) for row in rows) for k in used}
    return [
        "  ".join(pad(row[k], widths[k], right=k in right) for k in used).rstrip() for row in rows
    ]
