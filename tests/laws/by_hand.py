"""The rule of ita_2565 from first principles, and one unit's figures by it, as exact fractions.

``python tests/laws/by_hand.py`` prints the case that stands in schemes/ita_2565.cases.toml. The
rule is written down here a second time, from its sources, in sums that can be followed with a
pencil: nothing of itakit is used, and the scheme's file is not read.
"""

from __future__ import annotations

import sys
from fractions import Fraction

NAME = "every item, every node, as exact fractions"
SOURCE = (
    "computed by hand from the rule, of invented answers: an item is the mean of its answers, a "
    "node the mean of those below it, the total 0.30 IIT + 0.30 EIT + 0.40 OIT. The rule gives an "
    "OIT item one finding; thirty findings are counted here, to tell a mean from anything else"
)
# A letter is a part: D four levels, R the same reversed, B bad and G good where there is any.
IIT = {
    "1": ["DD", "D", "DDD", "BBB", "BBB", "BBB"],
    "2": ["D", "DD", "R", "R", "DR", "DDD"],
    "3": ["D", "D", "D", "R", "R", "RRR"],
    "4": ["R", "D", "D", "R", "D", "D"],
    "5": ["D", "GG", "D", "DDD", "D", "DDDD"],
}
EIT = {
    "6": ["DD", "D", "D", "BBB", "D"],
    "7": ["DD", "D", "G", "D", "G"],
    "8": ["D", "D", "G", "D", "D"],
}
OIT = {
    "9": {"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5},
    "10": {"10.1": 8, "10.2": 2},
}
WEIGHTS = {"IIT": Fraction(30, 100), "EIT": Fraction(30, 100), "OIT": Fraction(40, 100)}
POINTS = {
    "D": {"1": 0, "2": 33, "3": 67, "4": 100},
    "R": {"1": 100, "2": 67, "3": 33, "4": 0},
    "B": {"1": 0, "0": 100},
    "G": {"1": 100, "0": 0},
    "O": {"100": 100, "0": 0},
}
PEOPLE = 30
"""Who answered each item: thirds do not end in any number of decimals."""


class Sheet:
    """The answers as they are given out, and the figures as they are worked out."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, int]] = {}
        self.figures: dict[str, Fraction] = {}

    def item(self, code: str, letter: str) -> Fraction:
        """Answers that no two neighbours have alike, and their mean."""
        k = len(self.answers)
        points = POINTS[letter]
        if len(points) == 4:
            four, three, two = 3 + 7 * k % 11, 5 + k % 5, 2 + k % 3
            counts = [PEOPLE - four - three - two, two, three, four]
        else:
            first = 16 + 5 * k % 13
            counts = [first, PEOPLE - first]
        self.answers[code] = dict(zip(points, counts, strict=True))
        total = sum(points[answer] * n for answer, n in self.answers[code].items())
        return self.note(code, Fraction(total, PEOPLE))

    def mean(self, code: str, scores: list[Fraction]) -> Fraction:
        return self.note(code, sum(scores, Fraction(0)) / len(scores))

    def note(self, code: str, score: Fraction) -> Fraction:
        self.figures[code] = score
        return score

    def questions(self, letter: str, start: int, parts: list[str]) -> list[Fraction]:
        """The scores of an indicator's questions, numbered on from a start."""
        found = []
        for number, letters in enumerate(parts, start):
            code = f"{letter}{number}"
            if len(letters) == 1:
                found.append(self.item(code, letters))
            else:
                below = [self.item(f"{code}.{i}", one) for i, one in enumerate(letters, 1)]
                found.append(self.mean(code, below))
        return found


def worked_out() -> Sheet:
    """All the answers and all the figures."""
    sheet = Sheet()
    surveys = {}
    for survey, letter, indicators in (("IIT", "i", IIT), ("EIT", "e", EIT)):
        start, scores = 1, []
        for code, parts in indicators.items():
            scores.append(sheet.mean(code, sheet.questions(letter, start, parts)))
            start += len(parts)
        surveys[survey] = sheet.mean(survey, scores)
    start, scores = 1, []
    for code, groups in OIT.items():
        below = []
        for group, n in groups.items():
            items = [sheet.item(f"o{number}", "O") for number in range(start, start + n)]
            below.append(sheet.mean(group, items))
            start += n
        scores.append(sheet.mean(code, below))
    surveys["OIT"] = sheet.mean("OIT", scores)
    sheet.note("total", sum((WEIGHTS[code] * surveys[code] for code in surveys), Fraction(0)))
    return sheet


def as_toml() -> str:
    """The case as the file of cases has it."""
    sheet = worked_out()
    lines = ["[[case]]", f'name   = "{NAME}"', f'source = "{SOURCE}"', "", "[case.evidence]"]
    for code, answers in sheet.answers.items():
        counts = ", ".join(f'"{answer}" = {n}' for answer, n in answers.items())
        lines.append(f'"{code}" = {{ answers = {{ {counts} }} }}')
    lines += ["", "[case.expect]"]
    for code, score in sheet.figures.items():
        lines.append(f'"{code}" = "{score.numerator}/{score.denominator}"')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_toml())
