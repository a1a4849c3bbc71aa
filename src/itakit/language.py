"""The language of a user: what the environment says, unless an option says otherwise."""

from __future__ import annotations

import locale
import os
from typing import Final

LANGUAGES: Final = ("th", "en")
"""The languages in which every sentence exists."""


def system_language() -> str:
    """Thai where the environment says so, else English.

    The first of LC_ALL, LC_MESSAGES and LANG that is set counts; where none is, as on Windows, the
    system's own setting does.
    """
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    found = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "th" if found.lower().startswith("th") else "en"
