"""A small scheme, responses to it, and what follows from them by counting on one's fingers.

The count here shares nothing with the library's but what an answer is called: `evaluate`, whose own
tests lie elsewhere, turns it into scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import itakit
from itakit.scheme import Scheme

TEXT = """
format = 1

[scheme]
id = "counter"
version = "1"
range = [0, 100]
rounding = {{ places = 2, mode = "half-up" }}
missing = "{missing}"

[aggregation]
question = "mean"
survey = "mean"
total = "weighted-mean"

[scale.degree]
answer = [
  {{ code = "1", score = 0, title.th = "น้อยที่สุด", title.en = "Least" }},
  {{ code = "2", score = 33, title.th = "น้อย", title.en = "Little" }},
  {{ code = "3", score = 67, title.th = "มาก", title.en = "Much" }},
  {{ code = "4", score = 100, title.th = "ทำมาก", title.en = "Most" }},
]
not_applicable = ["9"]

[scale.reversed]
reverse = "degree"

[scale.years]
goalposts = [20, 85]

[[survey]]
code = "asked"
weight = 60
scale = "degree"
population = "visitors"
sample = {{ fraction = 0.5, at_least = 3, at_most = 9 }}
question = ["q.1", "q.2", {{ code = "q.3", scale = "reversed" }}]

[[survey]]
code = "looked at"
weight = 40
question = [{{ code = "life", scale = "years" }}, "budget", "plan"]

[[grade]]
name = "good"
from = 50

[[grade]]
name = "poor"
from = 0
"""
ITEMS = ("q.1", "q.2", "q.3", "life", "budget", "plan")
ASKED, LOOKED_AT = ITEMS[:3], ITEMS[3:]
TITLES = {"1": "น้อยที่สุด", "2": "Little", "3": " MUCH", "4": "ทํามาก", "9": "9"}
"""How people write an answer: in either language, and in another Unicode form."""


def scheme(missing: str = "skip") -> Scheme:
    return itakit.loads(TEXT.format(missing=missing))


Row = dict[str, Any]


def people(units: Iterable[Any], each: int = 12) -> list[Row]:
    """Respondents of some units, who answer the first survey; some leave an item out."""
    dice = Random(65)
    found = []
    for unit in units:
        for k in range(each):
            answers = {item: dice.choice(["1", "2", "3", "4", "9", None]) for item in ASKED}
            found.append({"unit": unit, "who": f"{unit}/{k}", **answers})
    dice.shuffle(found)
    return found


def facts(units: Iterable[Any]) -> list[Row]:
    """What was looked up of each unit: a row each."""
    dice = Random(66)
    return [
        {
            "unit": unit,
            "life": dice.choice(["71.3", "20", "85", None]),
            "budget": dice.choice(["0", "33.35", "100"]),
            "plan": dice.choice(["0", "66.675", None]),
        }
        for unit in units
    ]


def counted(rows: Iterable[Row], weight: str | None = None) -> dict[Any, dict[str, Any]]:
    """The evidence of each unit, counted one by one."""
    tallies: dict[Any, dict[str, Counter[str]]] = {}
    scores: dict[Any, dict[str, Any]] = {}
    for row in rows:
        times = 1 if weight is None else Fraction(str(row[weight]))
        of_unit = tallies.setdefault(row["unit"], {})
        scores.setdefault(row["unit"], {})
        for item in ITEMS:
            value = row.get(item)
            if value is None:
                continue
            if item in ("budget", "plan"):
                scores[row["unit"]][item] = value
            else:
                of_unit.setdefault(item, Counter())[value] += times  # type: ignore[assignment]
    return {
        unit: {item: itakit.Tally(counter) for item, counter in of_unit.items()} | scores[unit]
        for unit, of_unit in tallies.items()
    }


def expected(
    scheme: Scheme, evidence: dict[Any, dict[str, Any]]
) -> list[tuple[Any, str, Decimal | None, str | None, Decimal | None]]:
    """Unit, code, rounded, grade and coverage of each unit and node, one unit at a time."""
    found: list[tuple[Any, str, Decimal | None, str | None, Decimal | None]] = []
    for unit in sorted(evidence):
        result = itakit.evaluate(scheme, evidence[unit])
        for node in scheme.nodes():
            scored = result[node.code]
            grade = result.grade if node is scheme.root else None
            coverage = scored.coverage
            six = (
                None
                if coverage is None
                else round(Decimal(coverage.numerator) / coverage.denominator, 6)
            )
            found.append((unit, node.code, scored.rounded, grade, six))
    return found
