"""Flaws: what is wrong at a key path, before the path has become a line and a column."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from attrs import define, evolve, field, frozen

from itakit.notation.positions import Path
from itakit.suggest import nearest
from itakit.text import printable
from itakit.wording import Message, say

MOST = 1_000
"""No more flaws of a file are told: who wrote it did not mean a scheme."""
_COMPARISONS = 20_000
_NAMES = 30


@frozen
class Flaw:
    """Something wrong at a key path."""

    path: Path
    says: Message
    advice: Message | None = None
    warning: bool = False
    others: tuple[Path, ...] = ()
    """Other places that it is as much about: of a scheme that extends another, the first one that
    stands in its own file is told."""

    def below(self, *keys: str | int) -> Flaw:
        """The same flaw, seen from a place further up."""
        return evolve(self, path=(*keys, *self.path))


@frozen
class Spot:
    """A place that a sentence speaks of, by its key path, before it has become a line."""

    path: Path


@define
class Flaws:
    """What has been found so far."""

    found: list[Flaw] = field(factory=list)
    _comparisons: int = _COMPARISONS

    def add(
        self, path: Path, name: str, advice: Message | None = None, /, **values: object
    ) -> None:
        """Note a flaw by the name of its sentence."""
        self.found.append(Flaw(path, say(name, **values), advice))

    def nearest(self, name: str, known: Collection[str]) -> str | None:
        """The known name that a misspelt one was meant to be; none where the search is too long."""
        # Alikeness is slow to find out, and a hostile file has many names.
        self._comparisons -= len(known)
        return nearest(name, known) if self._comparisons >= 0 else None

    def meant(self, name: str, known: Collection[str]) -> Message | None:
        """The advice for a misspelt name, where there is any."""
        found = self.nearest(name, known)
        return None if found is None else say("did-you-mean", name=printable(found))


def listed(names: Iterable[str]) -> str:
    """Names as a sentence can hold them: not more than can be read."""
    first = list(islice(names, _NAMES + 1))
    return ", ".join(name if len(name) <= 60 else f"{name[:60]}…" for name in first[:_NAMES]) + (
        ", …" if len(first) > _NAMES else ""
    )


class Refused(ValueError):
    """A value that is not taken: its flaws, each with the path below the value."""

    def __init__(
        self, says: Message | Iterable[Flaw], advice: Message | None = None, path: Path = ()
    ) -> None:
        flaws = [Flaw(path, says, advice)] if isinstance(says, Message) else says
        self.flaws = tuple(flaws)
        super().__init__()


def show(path: Path) -> str:
    """A key path as people write it: ``survey[0].indicator[2].weight``."""
    shown = ""
    for part in path:
        if isinstance(part, int):
            shown += f"[{part}]"
        else:
            plain = part.replace("-", "").replace("_", "").isalnum()
            shown += f".{part}" if plain else f".{printable(part)}"
    return shown.removeprefix(".")
