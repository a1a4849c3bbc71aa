"""Flaws: what is wrong at a key path, before the path has become a line and a column."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from itakit.notation.positions import Path
from itakit.text import printable
from itakit.wording import Message


@frozen
class Flaw:
    """Something wrong at a key path."""

    path: Path
    says: Message
    advice: Message | None = None
    warning: bool = False

    def below(self, *keys: str | int) -> Flaw:
        """The same flaw, seen from a place further up."""
        return evolve(self, path=(*keys, *self.path))


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
