"""Publication: how scores are rounded when they are published, in words."""

from __future__ import annotations

from collections.abc import Sequence

from itakit.scheme import Scheme
from itakit.wording import Message, say


def published(scheme: Scheme) -> Message:
    """With how many decimals a score is published, and what becomes of the rest."""
    places, mode = scheme.rounding.places, scheme.rounding.mode
    # Up and away from zero are one where no score is below zero, and only the first is plain.
    below = mode == "half-up" and scheme.range[0] < 0
    values = {"places": places, "mode": say("mode-half-away" if below else f"mode-{mode}")}
    return say("published-decimals" if places else "published-whole", **values)


def carried(levels: Sequence[str]) -> Message:
    """Whether rounded scores of some levels, by their names, are what the next ones are made of."""
    if not levels:
        return say("carried-exact")
    return say("carried-levels" if len(levels) > 1 else "carried-level", levels=", ".join(levels))
