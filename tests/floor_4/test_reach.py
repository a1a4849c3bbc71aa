"""Reach: what golden cases come to."""

from __future__ import annotations

from pathlib import Path

import itakit
from itakit import Case
from itakit.cases import open_cases
from itakit.reach import Part, reach

FOLDER = Path(__file__).parent / "cases"


def told(part: Part, lang: str = "en") -> tuple[int, int, list[str]]:
    """How many of a kind are reached, of how many, and what is said of the others."""
    return part.reached, part.total, [message.text(lang) for message in part.lacking]


class TestWhatNoCaseReaches:
    """ "The report says which items, answers, bands and conditions no case reaches."
    (issue 4, item 3)"""

    def test_of_a_scheme_without_cases_nothing_is_reached(self) -> None:
        """Everything is told, in both languages: a scale that no item uses is no part of it."""
        found = reach(itakit.load(FOLDER / "rich.toml"), [])
        assert [told(part) for part in found.parts] == [
            (0, 10, ["items: 10 (A1.1, A1.2, A2.1, A2.2, A2.3, A3, B1, B2, B3, C1)"]),
            (
                0,
                6,
                [
                    "scale choice: answer a, b",
                    "scale choice: not applicable x",
                    "scale same: answer a",
                    "scale length: any number",
                    "scale time: any number",
                ],
            ),
            (0, 2, ["grade high", "grade low"]),
            (
                0,
                4,
                [
                    "grade high: a unit that meets its condition, group at least 60",
                    "grade high: a unit that fails its condition, group at least 60",
                    "grade high: a unit that meets its condition, B at least 70",
                    "grade high: a unit that fails its condition, B at least 70",
                ],
            ),
        ]
        assert told(found.grades, "th")[2] == ["ระดับ high", "ระดับ low"]

    def test_what_cases_come_to_is_reached(self) -> None:
        """A subtree that is cut off is not; nor is anything by a case that ends in an error."""
        scheme = itakit.load(FOLDER / "rich.toml")
        found = reach(scheme, open_cases(FOLDER / "rich.cases.toml").cases)
        assert [told(part) for part in found.parts] == [
            (5, 10, ["items: 5 (A1.1, A1.2, A2.3, B3, C1)"]),
            (5, 6, ["scale same: answer a"]),
            (2, 2, []),
            (4, 4, []),
        ]

    def test_a_condition_is_come_to_with_its_grade(self) -> None:
        """Where the total is too low for the grade, nobody asks for more; where a unit has an
        earlier one, neither."""
        scheme = itakit.load(FOLDER / "rich.toml")
        low = Case("low", {"A": 70, "B": 70, "C": 90})
        assert told(reach(scheme, [low]).conditions)[0] == 0
        high = Case("high", {"A": 90, "B": 90, "C": 90})
        assert told(reach(scheme, [low, high]).conditions)[:2] == (2, 4)
        assert told(reach(scheme, [high]).grades) == (1, 2, ["grade low"])

    def test_an_answer_that_nobody_gave_is_not_reached(self) -> None:
        """A count of none is no answer; one that is not applicable may stand between goalposts."""
        scheme = itakit.loads(
            'format = 1\nscheme = { id = "s", range = [0, 1], missing = "skip" }\n'
            'aggregation = { item = "mean", total = "mean" }\n'
            '[scale.n]\ngoalposts = [0, 10]\nnot_applicable = ["99"]\n'
            '[[item]]\ncode = "a"\nscale = "n"\n[[item]]\ncode = "b"\nscale = "n"\n'
        )
        none = Case("none", {"a": itakit.Tally({"99": 0, "5": 0})})
        assert told(reach(scheme, [none]).answers)[0] == 0
        some = Case("some", {"a": itakit.Tally({"99": 1, "5": 1, "6": 2})})
        assert told(reach(scheme, [some]).answers) == (2, 2, [])
