"""Did you mean: the name that a misspelt one was probably meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from itakit import numerals
from itakit.text import printable
from itakit.wording import Message, say

_ALIKE = str.maketrans("1i|0", "lllo")
"""Characters that look the same in many a typeface, once upper case is lower case."""
_ENOUGH = 0.6


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like another, where one is alike enough to have been meant.

    Characters that are easily taken for each other, such as l, I and 1, make less of a difference
    than others.

    >>> nearest("IlT", ["OIT", "IIT"]), nearest("o1O", ["o1", "o10", "o11"])
    ('IIT', 'o10')
    """
    from difflib import SequenceMatcher

    names = {candidate.casefold(): candidate for candidate in known}
    written = name.casefold()[:100]
    spelt, seen = SequenceMatcher(), SequenceMatcher()
    spelt.set_seq2(written)
    seen.set_seq2(written.translate(_ALIKE))
    close: list[tuple[float, str]] = []
    for candidate in names:
        spelt.set_seq1(candidate)
        seen.set_seq1(candidate.translate(_ALIKE))
        # A bound on both that costs little, and then a closer one, before what takes long.
        if spelt.real_quick_ratio() >= _ENOUGH <= max(spelt.quick_ratio(), seen.quick_ratio()):
            ratios = spelt.ratio(), seen.ratio()
            if max(ratios) >= _ENOUGH:
                close.append((sum(ratios), candidate))
    return names[max(close)[1]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> Message | None:
    """The advice for a misspelt name, where there is any."""
    found = nearest(name, known)
    return None if found is None else say("did-you-mean", name=printable(found))


def numeral(text: str) -> Message | None:
    """What to write in the place of a text that is nearly a numeral; `None` for any other.

    >>> [numeral(text) is not None for text in ("1,234", "99 %", "−9", "๙9", "95")]
    [True, True, True, True, False]
    """
    written = text.strip()
    if re.fullmatch(r"[+-]?[\d.,]+\s*[%٪％]", written):
        return say("no-percent")
    if "," in written and re.fullmatch(r"[+-]?[\d.,]+", written):
        return say("no-comma")
    if re.fullmatch(r"[‐‑‒–—−－][\d.,]+", written):
        return say("hyphen-minus")
    try:
        numerals.read(written)
    except numerals.MixedDigits:
        return say("one-script")
    except ValueError:
        return None
    return None
