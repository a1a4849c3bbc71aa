"""Text as people write it: normal forms for comparison, and widths for a terminal."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SPACES: Final = "[\\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
"""Spaces of any kind: what is one for Python is not for every engine."""
_SPACES = re.compile(r"\s+")
# NFKC splits SARA AM into NIKHAHIT + SARA AA. People type the tone mark on either side of the
# NIKHAHIT, and both look alike.
_NIKHAHIT_BEFORE_TONE = re.compile("(\u0e4d)([\u0e48-\u0e4b])")

# The characters of Unicode's category Cf, which have no width; a test holds them against it.
INVISIBLE: Final = (
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_UNSEEN = re.compile(INVISIBLE)

FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
"""How a text begins that a spreadsheet would run as a formula."""


def normal(text: str) -> str:
    r"""Two texts that look alike have one normal form.

    Compatibility forms, the two spellings of SARA AM, zero-width characters, kinds of spaces,
    upper and lower case make no difference.

    >>> normal(" น้ำ\u200b ") == normal("น\u0e4d\u0e49\u0e32")
    True
    """
    return tidy(text).casefold()


def tidy(text: str) -> str:
    """The same where upper and lower case do make a difference, as in names."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = _UNSEEN.sub("", text)
        text = _NIKHAHIT_BEFORE_TONE.sub(r"\2\1", text)
    return _SPACES.sub(" ", text).strip()


def one_line(text: str) -> str:
    """A text without the line breaks that a file may have in it."""
    return " ".join(text.split())


def width(text: str) -> int:
    """The number of terminal columns a text takes: vowels and tone marks above and below take none.

    >>> width("ที่"), width("ITA"), width("透明")
    (1, 3, 4)
    """
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled with spaces to a number of terminal columns, on its right or on its left."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def printable(value: object, limit: int = 60) -> str:
    """A value as an error message can show it: on one line, never long, never failing."""
    if isinstance(value, str):
        return '"' + _shortened(value, limit) + '"'
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 200:
        return f"{'-' if value < 0 else ''}10^{value.bit_length() * 30103 // 100000}…"
    try:
        shown = str(value)
    except Exception:  # noqa: BLE001  # a caller's own object may fail in any way while it prints itself
        shown = type(value).__name__
    return _shortened(shown, limit)


def _shortened(text: str, limit: int) -> str:
    shown = text if len(text) <= limit else text[:limit] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown)
