"""What the operating system says, in the user's language."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from itakit.system import absent, reason, unreadable


@pytest.mark.parametrize(
    ("number", "thai"),
    [
        (errno.ENOENT, "ไม่มีไฟล์หรือโฟลเดอร์นี้"),
        (errno.EACCES, "ไม่มีสิทธิ์เข้าถึง"),
        (errno.EPERM, "ไม่มีสิทธิ์เข้าถึง"),
        (errno.EISDIR, "เป็นโฟลเดอร์ ไม่ใช่ไฟล์"),
        (errno.ENOTDIR, "ไม่ใช่โฟลเดอร์"),
        (errno.ENAMETOOLONG, "ชื่อไฟล์ยาวเกินไป"),
        (errno.ENOSPC, "เนื้อที่เก็บข้อมูลเต็ม"),
        (errno.EROFS, "ที่เก็บข้อมูลอ่านได้อย่างเดียว"),
    ],
)
def test_what_is_common_is_told_in_thai(number: int, thai: str) -> None:
    error = OSError(number, os.strerror(number), "a.csv")
    assert unreadable(error).text("th") == f"อ่านไฟล์ไม่ได้: {thai}"


def test_what_is_not_is_passed_on() -> None:
    assert reason(OSError(errno.EIO, "Input/output error")) == "input/output error"
    assert reason(OSError("odd")) == "odd"
    assert "NUL" in unreadable(ValueError("embedded null byte")).text("th")


def test_a_broken_link_is_there(tmp_path: Path) -> None:
    """It is for the system to say what is wrong with it."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert absent(str(tmp_path / "link")) is None
    assert absent(str(tmp_path / "nowhere")) is not None
