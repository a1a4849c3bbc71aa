"""Explanation: how a score came about, as a table that a person can follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from itakit import numerals
from itakit.grade import Grade, Requirement
from itakit.methods import BUILT_IN
from itakit.publication import carried, published
from itakit.reals import approximate
from itakit.scores import DIGITS
from itakit.text import one_line, pad, width
from itakit.version import __version__
from itakit.wording import say

if TYPE_CHECKING:
    from itakit.result import NodeResult, Result
    from itakit.scale import Scale

SHORT = 12
"""The most characters of an exact value that is shown beside the rounded one."""
_WEIGHED = (
    "mean",
    "sum",
    "median",
    "geometric-mean",
    "harmonic-mean",
    "power-mean",
    "deduction",
)
"""Methods that go by weights where there are some and whose names do not say so."""
HEADS = ("code", "title", "method", "exact", "rounded", "weight", "contribution", "note")


def explain(result: Result, code: str | None, lang: str) -> str:
    """The tree below a node, a line for each.

    A line has the method, the exact and the rounded score, the weight, the part of the total, and
    what was missing. Raises `KeyError` for an unknown code.
    """
    plan = result.scheme.plan
    start = 0 if code is None else plan.index[code]
    depths = {start: 0}
    rows = [[say(f"column-{name}").text(lang) for name in HEADS]]
    for i, node in enumerate(result):
        if start <= i < plan.ends[start]:
            depth = depths.setdefault(i, depths.get(plan.parents[i], 0) + 1)
            if i == start or node.status != "unused":
                rows.append(line(result, node, depth, lang))
    lines = [headline(result[plan.nodes[start].code], lang)]
    if start == 0:
        lines.extend(standing(result, lang))
    lines += ["", *align(rows), "", *footer(result, lang)]
    return "\n".join(lines)


def headline(node: NodeResult, lang: str) -> str:
    """A node's title and its published score."""
    title = one_line(node.title[lang])
    if node.rounded is None:
        return say("explain-no-score", title=title).text(lang)
    return say("explain-total", title=title, rounded=node.rounded).text(lang)


def standing(result: Result, lang: str) -> Iterator[str]:
    """The grade, how far the next one is, and what else it requires."""
    grades, band = result.scheme.grades, result.band
    if not grades:
        return
    if band is None:
        yield say("explain-no-grade").text(lang)
    else:
        lowest = _bound(result, band.lowest)
        yield say("explain-grade", grade=band.name, lowest=lowest).text(lang)
    place = len(grades) if band is None else grades.index(band)
    if place == 0:
        yield say("explain-highest").text(lang)
    elif result.rounded is not None:
        yield from _to_go(result, result.rounded, grades[place - 1], lang)


def _to_go(result: Result, rounded: Decimal, grade: Grade, lang: str) -> Iterator[str]:
    values = {"grade": grade.name, "lowest": _bound(result, grade.lowest)}
    points = grade.lowest - Fraction(rounded)
    if points > 0:
        yield say("explain-next", points=_bound(result, points), **values).text(lang)
    unmet = [
        _condition(result, requirement, lang) for requirement in grade.unmet(result.rounded_of)
    ]
    if unmet:
        yield say("explain-next-unmet", conditions="; ".join(unmet), **values).text(lang)


def _condition(result: Result, requirement: Requirement, lang: str) -> str:
    """A condition that is not met, and the scores that do not meet it."""
    target, least = requirement.target, requirement.at_least
    found = [
        f"{node.code} {say('cli-none').text(lang) if node.rounded is None else node.rounded}"
        for node in result
        if target in (node.level, node.code)
        and node.status != "not applicable"
        and (node.rounded is None or node.rounded < least)
    ]
    values = {"target": target, "at_least": _bound(result, least)}
    shown = ", ".join(found) or say("cli-none").text(lang)
    return say("explain-condition", found=shown, **values).text(lang)


def _bound(result: Result, bound: Fraction) -> str:
    """A bound with the places of a published score, where it has no more than those."""
    rounded = result.scheme.rounding(bound)
    return str(rounded) if Fraction(rounded) == bound else numerals.plain(bound)


def line(result: Result, row: NodeResult, depth: int, lang: str) -> list[str]:
    """A node's cells below the heads of an explanation."""
    return [
        "  " * depth + row.code,
        title(result, row, lang),
        _how(result, row, lang),
        short(row.score),
        "" if row.rounded is None else str(row.rounded),
        short(row.weight),
        part(row.contribution, result),
        "; ".join(_notes(result, row, lang)),
    ]


def title(result: Result, row: NodeResult, lang: str) -> str:
    """A node's title beside its code.

    None where it says no more than the code, and none for the root, whose title stands above.
    """
    own = one_line(row.title[lang])
    return "" if row.code in (own, result.scheme.root.code) else own


def part(contribution: Fraction | None, result: Result) -> str:
    """A contribution as a decimal, with two places more than a published score."""
    return short(contribution, result.scheme.rounding.places + 2, fractions=False)


def _how(result: Result, row: NodeResult, lang: str) -> str:
    if row.score is None or row.status == "missing":
        return ""
    name = row.node.method.name
    method = say(f"method-{name}").text(lang) if name in BUILT_IN else name
    if row.answers is not None:
        return say("how-answers", method=method).text(lang)
    if row.status == "given":
        return say("how-given").text(lang)
    there = sum(result[child.code].score is not None for child in row.node.children)
    if name in _WEIGHED and row.node.children[0].weight is not None:
        return say("how-weighted", method=method, n=there).text(lang)
    return say("how-children", method=method, n=there).text(lang)


def _notes(result: Result, row: NodeResult, lang: str) -> Iterator[str]:
    if row.status == "missing":
        policy = row.node.missing.policy
        name = "note-missing"
        if row.code != result.scheme.root.code and policy != "error":
            name = f"note-missing-{policy}"
        yield say(name, low=numerals.plain(result.scheme.range[0])).text(lang)
    elif row.status in ("not applicable", "unused"):
        yield say(f"note-{row.status.replace(' ', '-')}").text(lang)
    if row.answers and row.scale:
        yield _counts(row.scale, row.answers, lang)
    if row.inapplicable:
        yield say("note-inapplicable", n=_count(sum(row.inapplicable.values()))).text(lang)
    if row.coverage is not None and row.coverage < 1 and row.node.children:
        yield say("note-coverage", share=short(row.coverage * 100, 2, fractions=False)).text(lang)
    if row.error:
        yield say("note-about", error=_no_less(row.error)).text(lang)
    if row.level in result.scheme.rounding.carry and row.rounded is not None:
        yield say("note-carried", rounded=row.rounded).text(lang)


def _counts(scale: Scale, answers: Mapping[str, int | Fraction], lang: str) -> str:
    """How many gave each answer, and what it scores: enough to check the mean by hand."""
    terms = []
    for code, n in answers.items():
        terms.append(f"{code}: {_count(n)} × {short(_points(scale, code))}")
    n = sum(answers.values())
    name = "note-answer" if n == 1 else "note-answers"
    return say(name, n=_count(n), counts=", ".join(terms)).text(lang)


def _no_less(error: Fraction) -> Decimal:
    """The least number of one digit that is no less than an error bound."""
    context = Context(prec=1, rounding=ROUND_CEILING)
    return context.divide(Decimal(error.numerator), Decimal(error.denominator))


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


def footer(result: Result, lang: str) -> Iterator[str]:
    """How scores are rounded, and by which rules they were computed."""
    scheme = result.scheme
    rounded = {"published": published(scheme), "carried": carried(scheme.rounding.carry)}
    yield say("explain-rounding", **rounded).text(lang)
    yield say(
        "explain-scheme",
        scheme=f"{scheme.id} {scheme.version}".strip(),
        hash=scheme.hash[:12],
        itakit=__version__,
    ).text(lang)


def align(rows: Sequence[Sequence[str]], right: Sequence[int] = (3, 4, 5, 6)) -> list[str]:
    """Rows as lines with columns that line up on a terminal; empty columns are left out."""
    used = [k for k in range(len(rows[0])) if len(rows) == 1 or any(row[k] for row in rows[1:])]
    widths = {k: max(width(row[k]) for row in rows) for k in used}
    return [
        "  ".join(pad(row[k], widths[k], right=k in right) for k in used).rstrip() for row in rows
    ]


def _points(scale: Scale, code: str) -> Fraction:
    """What an answer that applies scores, as closely as scores are told."""
    return approximate(scale.score(code), DIGITS)[0]  # type: ignore[arg-type]  # it applies
