"""Tables as agencies publish them, whole and with one error: none is missed, none is made up.

Whether a table contradicts itself is decided here by intervals alone, without the audit's code.
"""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import itakit
from itakit.result import Result
from itakit.rounding import Rounding
from itakit.scheme import Node, Scheme
from tests.laws.test_auditing import single_choices, true_value, verdicts

GALLERY = Path(__file__).parents[2] / "examples/gallery"
ERRORS = ("digits", "shift", "grade", "sum", "surveys")
SHEETS = 15
YEARS = {"2565": itakit.find("ita_2565"), "2566": itakit.load(GALLERY / "ita_2566.toml")}
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
Sheet = dict[tuple[str, str], str]


def agency(scheme: Scheme, rng: random.Random) -> Result:
    """An agency whose assessors found most of what they looked for."""
    choices, least = single_choices(scheme), rng.choice([60, 80, 94])
    return itakit.evaluate(
        scheme,
        {
            node.code: rng.choice([choices[node.code][0], *[max(choices[node.code])] * 6])
            if node.code in choices
            else Fraction(rng.randint(least * 997, 99_700), 997)
            for node in scheme.leaves()
        },
    )


def sheet(result: Result, rng: random.Random) -> Sheet:
    """What an agency publishes, by code and kind; the grade stands at the root's code."""
    rounding, left_out = Rounding(rng.choice([0, 1, 2, 2, 2, 3])), rng.choice([0, 0, 0.2])
    found: Sheet = {}
    surveys = rng.choice(["score", "weighted"])
    for row in result:
        kind = surveys if row.level == "survey" else "score"
        printed = row.level in {"total", "survey", "indicator"} or (
            row.level == "sub_indicator" and left_out
        )
        if printed and rng.random() >= left_out:
            found[row.code, kind] = str(rounding(true_value(result, row.code, kind)))
    found["total", "grade"] = result.grade or ""
    return found


def as_table(figures: Sheet, form: str) -> dict[str, object]:
    """The same as it may be handed over: as texts, in Thai digits, as numbers that keep zeros."""
    score: dict[str, object] = {}
    weighted: dict[str, object] = {}
    for (code, kind), text in figures.items():
        value: object = Decimal(text) if form == "number" and kind != "grade" else text
        if form == "number" and text.isdecimal():
            value = int(text)
        if form == "thai" and kind != "grade":
            value = text.translate(THAI)
        if kind != "grade":
            (score if kind == "score" else weighted)[code] = value
    return {"score": score, "weighted": weighted, "grade": figures["total", "grade"]}


def mistaken(figures: Sheet, result: Result, error: str, rng: random.Random) -> tuple[str, str]:
    """Plant one error; what it was planted in."""
    numbers = sorted(key for key in figures if key[1] != "grade")
    key, grades = rng.choice(numbers), [grade.name for grade in result.scheme.grades]
    scheme = result.scheme
    surveys = [node.code for node in scheme.root.children]
    shares = [Fraction(3, 10), Fraction(3, 10), Fraction(4, 10)]
    match error:
        case "digits":
            text = figures[key].rjust(2, "0")
            swaps = [
                text[:k] + text[k + 1] + text[k] + text[k + 2 :]
                for k in range(len(text) - 1)
                if text[k : k + 2].isdecimal()
            ]
            figures[key] = str(Decimal(rng.choice(swaps)))
        case "shift":
            value = Decimal(figures[key])
            unit = Decimal(1).scaleb(int(str(value.as_tuple().exponent)))
            by = unit * rng.randint(1, max(1, int(1 / unit))) * rng.choice([-1, 1])
            figures[key] = str(value + by if 0 <= value + by <= 100 else value - by)
        case "grade":
            key = ("total", "grade")
            figures[key] = rng.choice([name for name in grades if name != result.grade])
        case _:
            key = ("total", "score")
            old = figures.get(key, "0.00")
            rounding = Rounding(len(old.partition(".")[2]))
            scores = [result[code].score or Fraction(0) for code in surveys]
            if error == "sum":
                parts = [
                    rounding(share * score) for share, score in zip(shares, scores, strict=True)
                ]
                figures[key] = str(sum(parts))
            else:
                figures[key] = str(
                    rounding(
                        sum(
                            (
                                s * Fraction(rounding(x))
                                for s, x in zip(shares, scores, strict=True)
                            ),
                            Fraction(0),
                        )
                    )
                )
    return key


def contradict(scheme: Scheme, figures: Sheet) -> bool:
    """Whether figures cannot stand together, even if every item may have any score.

    Where every method is a mean, intervals need only be taken from the items up, each closed.
    """
    ends: dict[str, tuple[Fraction, Fraction]] = {}

    def at(node: Node) -> bool:
        low, high = Fraction(0), Fraction(100)
        if node.children:
            if not all(at(child) for child in node.children):
                return False
            whole = sum((child.weight or Fraction(1) for child in node.children), Fraction(0))
            low, high = (
                sum(((c.weight or 1) * ends[c.code][k] for c in node.children), Fraction(0)) / whole
                for k in (0, 1)
            )
        for kind in ("score", "weighted"):
            if (node.code, kind) in figures:
                text = figures[node.code, kind]
                half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
                share = (node.weight or Fraction(100)) / 100 if kind == "weighted" else 1
                low = max(low, (Fraction(text) - half) / share)
                high = min(high, (Fraction(text) + half) / share)
        ends[node.code] = low, high
        return low <= high

    if not at(scheme.root):
        return True
    # A grade is excluded where a bound of it is missed, or all bounds of a better one are reached.
    rounding = scheme.rounding
    for grade in scheme.grades:
        bounds = {"total": grade.lowest}
        for asked in grade.requires:
            bounds |= {node.code: asked.at_least for node in scheme.root.children}
        if grade.name == figures["total", "grade"]:
            return any(rounding(ends[code][1]) < bound for code, bound in bounds.items())
        if all(rounding(ends[code][0]) >= bound for code, bound in bounds.items()):
            return True
    return True


class TestTablesOfITA:
    """Tables as agencies publish them, whole and with one error."""

    @pytest.mark.parametrize("seed", range(SHEETS))
    def test_no_false_alarm_and_no_missed_error(self, seed: int) -> None:
        """A true table agrees; an error is found that no rounding explains, and named."""
        rng = random.Random(seed)
        scheme = rng.choice(list(YEARS.values()))
        result = agency(scheme, rng)
        figures, form = sheet(result, rng), rng.choice(["text", "thai", "number"])
        found = itakit.audit(scheme, as_table(figures, form))
        assert found.consistent
        assert "impossible" not in verdicts(found).values()
        assert result.grade in found.grades
        true, error = dict(figures), ERRORS[seed % len(ERRORS)]
        code, kind = mistaken(figures, result, error, rng)
        found = itakit.audit(scheme, as_table(figures, form))
        assert not contradict(scheme, true)
        if contradict(scheme, figures):
            assert not found.consistent
        if found.consistent:
            return
        assert "impossible" in verdicts(found).values()
        mended = [r for r in found.repairs if (r.code, r.kind) == (code, kind)]
        if (code, kind) in true:
            assert mended
        if kind != "grade" and (code, kind) in true:
            first, last = Decimal(mended[0].first), Decimal(mended[0].last)
            assert first <= Decimal(true[code, kind]) <= last
