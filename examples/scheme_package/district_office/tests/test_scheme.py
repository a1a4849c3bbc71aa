"""The scheme is sound and keeps the laws of averaging. pytest runs its golden cases by itself.

ทดสอบว่าหลักเกณฑ์ไม่มีข้อผิดพลาด และเป็นไปตามกฎของการเฉลี่ยและถ่วงน้ำหนัก ส่วนกรณีทดสอบนั้น pytest เรียกใช้เอง
"""

import subprocess
import sys

import itakit
import pytest
from itakit.testing import check_laws

SCHEME = "district_office"


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


def test_the_scheme_has_no_problem() -> None:
    """Not even a warning."""
    must_hold("check", "--strict", SCHEME)


def test_the_laws_hold() -> None:
    """Such as: better answers never lower the total."""
    check_laws(itakit.find(SCHEME))
