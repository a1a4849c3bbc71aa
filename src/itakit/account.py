"""The account: what was read for a board, and how its units came out, in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from itakit.clamping import beyond
from itakit.numerals import grouped
from itakit.text import one_line
from itakit.version import __version__
from itakit.wording import Message, say

if TYPE_CHECKING:
    # Which takes an engine, that the account of one unit does without.
    from itakit.frames.board import Board

_NAMES: Final = 5
"""The most names that a line has."""


def account(board: Board, called: Callable[[str], str] = str) -> Iterator[Message]:
    """What was read, how the units came out, and what those without a score lack.

    ``called`` says what a file is called, by its path.
    """
    scheme = board.scheme
    identity = {"version": scheme.version or "—", "hash": scheme.hash[:12], "itakit": __version__}
    yield say("sum-scheme", id=scheme.id, **identity)
    yield say("sum-units", n=grouped(len(board.units)))
    for code, n in board.respondents.items():
        yield say("sum-respondents", code=code, n=grouped(n))
    yield from _cells(board, called)
    yield from _samples(board)
    yield from _outcomes(board)


def _cells(board: Board, called: Callable[[str], str]) -> Iterator[Message]:
    reading = board.reading
    yield say(
        "sum-cells",
        answers=grouped(reading.answers),
        inapplicable=grouped(reading.inapplicable),
        missing=grouped(reading.missing),
        unknown=grouped(reading.unknown),
    )
    if reading.silent:
        yield say("sum-silent", n=grouped(reading.silent))
    if absent := board.absent:
        codes = ", ".join(map(one_line, absent[:_NAMES])) + ", …" * (len(absent) > _NAMES)
        yield say("sum-absent", n=grouped(len(absent)), codes=codes)
    yield from beyond(reading.clamped)
    if reading.windows_874:
        yield say("sum-windows", files=", ".join(map(called, reading.windows_874)))
    if reading.blank_rows:
        yield say("sum-blank", n=grouped(reading.blank_rows))
    if reading.respelled:
        yield say("sum-respelled", n=grouped(reading.respelled))


def _samples(board: Board) -> Iterator[Message]:
    for code, n in board.short.items():
        yield say("sum-short", code=code, n=grouped(n))
    for i, node in enumerate(board.scheme.plan.nodes):
        without = board.figures("population", i).count(None)
        if without < len(board.units) and without:
            yield say("sum-no-population", code=node.code, n=grouped(without))


def _outcomes(board: Board) -> Iterator[Message]:
    counts = {grade.name: board.grades.count(grade.name) for grade in board.scheme.grades}
    if counts:
        shown = ", ".join(f"{name} {grouped(n)}" for name, n in counts.items())
        yield say("sum-grades", grades=shown)
    if without := board.without_score:
        names = [one_line(str(name)) for name in without[:_NAMES]]
        names += ["…"] * (len(without) > _NAMES)
        yield say("sum-unscored", n=grouped(len(without)), names=", ".join(names))
    lacking = board.lacking
    if without and not lacking:
        below = [f"{one_line(code)} {grouped(n)}" for code, n in board.scoreless_below[:_NAMES]]
        yield say("sum-scoreless", below=", ".join(below) or "—")
    for item, n in lacking[:_NAMES]:
        yield say("sum-lacking", item=item, n=grouped(n))
    if len(lacking) > _NAMES:
        yield say("sum-lacking-more", n=grouped(len(lacking) - _NAMES))
