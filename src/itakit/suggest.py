"""Did you mean: the name that a misspelt one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from itakit.text import printable
from itakit.wording import Message, say


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like another, where one is alike enough to have been meant."""
    from difflib import get_close_matches

    names = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(name.casefold()[:100], names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> Message | None:
    """The advice for a misspelt name, where there is any."""
    found = nearest(name, known)
    return None if found is None else say("did-you-mean", name=printable(found))
