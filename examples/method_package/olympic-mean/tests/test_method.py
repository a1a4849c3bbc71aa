"""The method gives what it should, and keeps its laws. pytest runs the golden cases by itself.

ทดสอบว่าวิธีรวมคะแนนให้ผลถูกต้อง และเป็นไปตามกฎที่ประกาศไว้
"""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import itakit
import pytest
from itakit.methods import Use
from itakit.testing import check_laws

from olympic_mean.method import METHOD

EXAMPLE = Path(__file__).with_name("example.toml")
RANGE = Fraction(0), Fraction(100)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([55, 90, 95, 70], Fraction(80)),
        ([1, 2, 4, 4], Fraction(3)),
        ([0, 0, 1, 1, 100], Fraction(2, 3)),
        ([7, 7, 7], Fraction(7)),
    ],
)
def test_by_hand(scores: list[int], expected: Fraction) -> None:
    """Exactly: compare fractions with ==."""
    terms = [(Fraction(score), Fraction(1)) for score in scores]
    assert Use(METHOD)(terms, RANGE) == expected


def test_the_laws_that_it_declares_hold() -> None:
    """On random scores, for every node of the example that uses the method."""
    check_laws(itakit.load(EXAMPLE), max_examples=100)


def test_the_example_has_no_problem() -> None:
    """The scheme names the method: this fails where itakit does not find it."""
    must_hold("check", "--strict", str(EXAMPLE))


def must_hold(*words: str) -> None:
    """Run a command of itakit; if it finds a problem, its own words are the test's."""
    done = subprocess.run(
        [sys.executable, "-m", "itakit", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        pytest.fail(f"itakit {' '.join(words)}\n{done.stdout}", pytrace=False)
