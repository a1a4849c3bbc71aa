"""From the tables of scales to scales: one of three kinds, each checked, reverses resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from itakit.notation.flaws import Flaw
from itakit.notation.positions import Path
from itakit.notation.tables import ScaleTable
from itakit.numerals import plain
from itakit.scale import Choice, Goalposts, Scale
from itakit.suggest import did_you_mean
from itakit.text import normal, printable
from itakit.wording import say


def build_scales(
    tables: Mapping[str, ScaleTable], range: tuple[Fraction, Fraction]
) -> tuple[dict[str, Scale], list[Flaw]]:
    """The scales by name, in the order of the file, and what is wrong with those left out."""
    flaws = [flaw for name, table in tables.items() for flaw in _flaws(name, table, range)]
    wrong = {flaw.path[1] for flaw in flaws}
    scales: dict[str, Scale] = {}
    for name, table in tables.items():
        if table.reverse is None and name not in wrong:
            scales[name] = _plain(name, table, range)
    for name, table in tables.items():
        if table.reverse is None or name in wrong:
            continue
        flaw, origin, flips = _origin(name, tables)
        if flaw is not None:
            flaws.append(flaw)
        elif origin in scales:
            scale = scales[origin]
            mirrored = scale.reversed(name)
            scales[name] = mirrored if flips % 2 else mirrored.reversed(name)
    return {name: scales[name] for name in tables if name in scales}, flaws


def _origin(name: str, tables: Mapping[str, ScaleTable]) -> tuple[Flaw | None, str, int]:
    """The scale that a reverse leads to at last, and after how many turns; or why to none."""
    at, trail = name, [name]
    while (target := tables[at].reverse) is not None:
        path: Path = ("scale", at, "reverse")
        if target not in tables:
            if at != name:
                return None, "", 0  # told where it stands
            says = say("no-scale-of-name", name=printable(target))
            return Flaw(path, says, did_you_mean(target, tables)), "", 0
        if target in trail:
            return Flaw(("scale", name, "reverse"), say("scale-cycle")), "", 0
        trail.append(target)
        at = target
    if tables[at].goalposts is not None:
        says = say("reverse-of-number", name=printable(at))
        return Flaw(("scale", name, "reverse"), says, say("swap-goalposts")), "", 0
    return None, at, len(trail) - 1


def _plain(name: str, table: ScaleTable, range: tuple[Fraction, Fraction]) -> Scale:
    posts = table.goalposts
    return Scale(
        name,
        tuple(Choice(answer.code, answer.score, answer.title) for answer in table.answer),
        tuple(table.not_applicable),
        posts and Goalposts(posts[0], posts[1], table.clamp, table.transform),
        range,
    )


def _flaws(
    name: str, table: ScaleTable, range: tuple[Fraction, Fraction]
) -> Iterator[Flaw]:
    path: Path = ("scale", name)
    kinds = [
        key
        for key, given in (
            ("answer", table.answer),
            ("reverse", table.reverse is not None),
            ("goalposts", table.goalposts is not None),
        )
        if given
    ]
    if len(kinds) != 1:
        at = (*path, kinds[1]) if kinds else path
        yield Flaw(at, say("one-kind", n=len(kinds)), say("scale-kinds"))
    for key, given in (("clamp", table.clamp), ("transform", table.transform)):
        if given and table.goalposts is None:
            yield Flaw((*path, key), say("only-goalposts"))
    if table.not_applicable and table.reverse is not None:
        yield Flaw((*path, "not_applicable"), say("not-with-reverse"))
    yield from _goalpost_flaws(path, table)
    yield from _answer_flaws(path, table, range)


def _goalpost_flaws(path: Path, table: ScaleTable) -> Iterator[Flaw]:
    if table.goalposts is None:
        return
    worst, best = table.goalposts
    if worst == best:
        yield Flaw((*path, "goalposts"), say("goalposts-equal"))
    lowest = min(worst, best)
    if table.transform in ("log", "log10") and lowest <= 0:
        yield Flaw((*path, "goalposts"), say("log-positive", transform=table.transform))
    if table.transform == "sqrt" and lowest < 0:
        yield Flaw((*path, "goalposts"), say("sqrt-positive"))


def _answer_flaws(
    path: Path, table: ScaleTable, range: tuple[Fraction, Fraction]
) -> Iterator[Flaw]:
    """Codes and titles must tell answers apart, whatever data give; scores lie in the range."""
    low, high = range
    meant: dict[str, str] = {}
    for i, answer in enumerate(table.answer):
        at: Path = (*path, "answer", i)
        if not low <= answer.score <= high:
            yield Flaw(
                (*at, "score"),
                say(
                    "outside-range",
                    value=plain(answer.score),
                    low=plain(low),
                    high=plain(high),
                ),
            )
        if answer.code in meant.values():
            yield Flaw((*at, "code"), say("answer-twice", text=printable(answer.code)))
            continue
        for key, text in (("code", answer.code), *(("title", t) for _, t in answer.title.texts)):
            other = meant.setdefault(normal(text), answer.code)
            if other != answer.code:
                says = say("answer-ambiguous", text=printable(text), other=printable(other))
                yield Flaw((*at, key), says)
    for i, code in enumerate(table.not_applicable):
        if normal(code) in meant:
            says = say("answer-ambiguous", text=printable(code), other=meant[normal(code)])
            yield Flaw((*path, "not_applicable", i), says)
