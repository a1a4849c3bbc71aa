"""Shown: certainty and robustness as people read them, in the words of a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from itakit.language import system_language
from itakit.numerals import plain
from itakit.scores import Scores
from itakit.text import one_line
from itakit.uncertainty.typesetting import (
    NOTHING,
    Rows,
    as_html,
    as_text,
    cell,
    heads,
    per_cent,
)
from itakit.wording import Message, say

if TYPE_CHECKING:
    from itakit.uncertainty.certain import Asked, Certainty, UnitCertainty
    from itakit.uncertainty.robust import Robustness, UnitRobustness


# Certainty


def table(found: Certainty, lang: str) -> Rows:
    """The rows of a table, its heads first: nodes of one unit, or units."""
    if found.column is not None:
        return [heads(_UNITS, lang), *(_unit(found, unit) for unit in found.units)]
    plan = found.scheme.plan
    depths = dict.fromkeys((found.scheme.root.code,), 0)
    rows = [heads(_NODES, lang)]
    for row in found.rows(lang):
        i = plan.index[str(row["code"])]
        if i:
            depths[str(row["code"])] = depths.get(plan.nodes[plan.parents[i]].code, 0) + 1
        code = "  " * depths[str(row["code"])] + str(row["code"])
        title = "" if row["title"] in (row["code"], found.scheme.title[lang]) else row["title"]
        asked = ["" if row["n"] is None else cell(row[name]) for name in ("n", "population")]
        rows.append([code, cell(title), *(cell(row[name]) for name in _NODES[2:-2]), *asked])
    return rows


_NODES = ("code", "title", "rounded", "standard_error", "low", "high", "n", "population")
_UNITS = ("unit", "rounded", "low", "high", "grade", "chance")


def _unit(found: Certainty, unit: UnitCertainty) -> list[str]:
    ends = (unit.estimates.low[0], unit.estimates.high[0])
    grades = unit.grades(found.replications)
    grade = unit.grade
    chance = None if grades is None else grades.get(grade, Fraction(0))
    places = found.scheme.rounding.places + 2
    low, high = (None if np.isnan(end) else f"{end:.{places}f}" for end in ends)
    shown = (unit.unit, unit.scores.rounded(0), low, high, grade)
    return [*map(cell, shown), per_cent(chance)]


def summary(found: Certainty, lang: str) -> list[str]:
    """What stands above the table."""
    if found.column is not None:
        return [say("certainty-of-units", n=len(found.units)).text(lang)]
    (unit,) = found.units
    lines = [_headline(unit.scores, lang)]
    if unit.grade is not None:
        lines.append(say("certainty-grade", grade=unit.grade).text(lang))
    grades = unit.grades(found.replications)
    if grades is not None:
        likely = [
            say("certainty-chance", grade=name or NOTHING, share=per_cent(share)).text(lang)
            for name, share in grades.items()
            if share
        ]
        values = {"n": found.replications, "seed": found.seed, "grades": ", ".join(likely)}
        lines.append(say("certainty-chances", **values).text(lang))
    return lines


def notes(found: Certainty, lang: str) -> Iterator[str]:
    """What stands below the table: what the figures mean, and what they do not."""
    for message in _notes(found):
        yield message.text(lang)


def _notes(found: Certainty) -> Iterator[Message]:
    asked = [a for unit in found.units for a in unit.asked]
    if asked:
        yield say("certainty-means", level=plain(found.level * 100))
        yield say("certainty-design")
    units = len(found.units)
    if census := [a for a in asked if a.population == a.n]:
        yield say("certainty-everyone", surveys=_surveys(census, units))
    if found.unused:
        yield say("certainty-unused", surveys=", ".join(found.unused))
    if unbounded := [a for a in asked if a.population is None]:
        yield say("certainty-no-population", surveys=_surveys(unbounded, units))
    if apart := [a for a in asked if not a.linked]:
        name = {"worst": "certainty-worst", "independent": "certainty-independent"}
        yield say(name[found.dependence], surveys=_surveys(apart, units))
    scored = [unit.estimates for unit in found.units]
    unknown = any((np.isnan(e.errors) & ~np.isnan(e.scores)).any() for e in scored)
    if unknown:
        yield say("certainty-unknown")
    if found.column is not None and any(unit.chances is not None for unit in found.units):
        yield say("certainty-drawn", n=found.replications, seed=found.seed)
    if asked:
        yield say("certainty-limits")
    elif not unknown:
        yield say("certainty-nobody")


def _surveys(asked: Iterable[Asked], units: int) -> str:
    """Codes of surveys, each with the number of units where those are not all."""
    counts = Counter(a.survey for a in asked)
    return ", ".join(f"{code} ({n}/{units})" if n < units else code for code, n in counts.items())


def _headline(scores: Scores, lang: str) -> str:
    title, rounded = one_line(scores.scheme.root.title[lang]), scores.rounded(0)
    if rounded is None:
        return say("explain-no-score", title=title).text(lang)
    return say("explain-total", title=title, rounded=rounded).text(lang)


def told(found: Certainty, lang: str) -> str:
    """Certainty as a text for a terminal."""
    return as_text(summary(found, lang), table(found, lang), notes(found, lang))


def html(found: Certainty) -> str:
    """Certainty as a notebook shows it."""
    lang = system_language()
    return as_html(summary(found, lang), table(found, lang), notes(found, lang), lang)


# Robustness


def table_of_rules(found: Robustness, lang: str) -> Rows:
    """The rows of a table, its heads first: a row for every unit."""
    names = [name for name in _RULES if found.column or name not in ("unit", "shift")]
    return [heads(names, lang), *(_shaken(unit, names) for unit in found.units)]


_RULES = ("unit", "rounded", "low", "high", "grade", "changed", "shift")


def _shaken(unit: UnitRobustness, names: Sequence[str]) -> list[str]:
    return [
        per_cent(unit.changed) if name == "changed" else cell(getattr(unit, name)) for name in names
    ]


def summary_of_rules(found: Robustness, lang: str) -> list[str]:
    """What stands above the table."""
    lines = []
    if found.varied:
        name = "robustness-spread" if found.rules.spread is not None else "robustness-dirichlet"
        number = found.rules.concentration or (found.rules.spread or 0) * 100
        values = {"codes": ", ".join(found.varied), "number": f"{number:g}"}
        lines.append(say(name, **values).text(lang))
    one = found.column is None and len(found.units) == 1
    levels = ", ".join(sorted(found.rules.levels))
    for swap in found.swaps:
        told: dict[str, object] = {"method": swap.method, "levels": levels}
        if one:
            told |= {"score": cell(swap.scores[0]), "grade": swap.grades[0] or NOTHING}
            lines.append(say("robustness-swap-one", **told).text(lang))
        else:
            told |= {"changed": per_cent(swap.changed), "shift": swap.shift}
            lines.append(say("robustness-swap", **told).text(lang))
    about: dict[str, object] = {"draws": found.draws, "seed": found.seed}
    about["changed"] = per_cent(found.changed)
    if one:
        lines.append(say("robustness-one", **about).text(lang))
    else:
        about |= {"n": len(found.units), "shift": found.shift}
        lines.append(say("robustness-all", **about).text(lang))
    return lines


def notes_of_rules(found: Robustness, lang: str) -> Iterator[str]:
    """What stands below the table."""
    if not found.varied and not found.swaps:
        yield say("robustness-nothing").text(lang)
    yield say("robustness-means").text(lang)
    yield say("robustness-limits").text(lang)


def told_rules(found: Robustness, lang: str) -> str:
    """Robustness as a text for a terminal."""
    rows = table_of_rules(found, lang)
    return as_text(summary_of_rules(found, lang), rows, notes_of_rules(found, lang))


def html_rules(found: Robustness) -> str:
    """Robustness as a notebook shows it."""
    lang = system_language()
    rows = table_of_rules(found, lang)
    return as_html(summary_of_rules(found, lang), rows, notes_of_rules(found, lang), lang)
