"""From the tables of scales to scales: one of three kinds, each checked, reverses resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from itakit.notation.flaws import Flaw, Flaws
from itakit.notation.kinds import found, is_code
from itakit.notation.positions import Path
from itakit.notation.tables import ScaleTable
from itakit.numerals import plain, read
from itakit.scale import Choice, Goalposts, Scale
from itakit.text import normal, printable
from itakit.wording import say


def build_scales(
    tables: Mapping[str, ScaleTable], range: tuple[Fraction, Fraction], flaws: Flaws
) -> dict[str, Scale]:
    """The scales by name, in the order of the file, without those that are flawed."""
    wrong: set[str] = set()
    for name, table in tables.items():
        own = [*_flaws(name, table, range)]
        flaws.found.extend(own)
        wrong |= {name} if own else set()
    scales: dict[str, Scale] = {}
    for name, table in tables.items():
        if table.reverse is None and name not in wrong:
            scales[name] = _plain(name, table, range)
    tried: set[str] = set()
    for name, table in tables.items():
        if table.reverse is not None and name not in tried and name not in wrong:
            _mirror(name, tables, scales, tried, flaws)
    return {name: scales[name] for name in tables if name in scales}


def _mirror(
    name: str,
    tables: Mapping[str, ScaleTable],
    scales: dict[str, Scale],
    tried: set[str],
    flaws: Flaws,
) -> None:
    """Make the scales on the way from a reverse to the scale with answers that it leads to."""
    trail: list[str] = []
    at = name
    while at in tables and at not in tried and tables[at].reverse is not None:
        tried.add(at)
        trail.append(at)
        at = str(tables[at].reverse)
    if at in trail:
        # Each scale of the circle tells it for itself; what only leads there is not to blame.
        for one in trail[trail.index(at) :]:
            flaws.add(("scale", one, "reverse"), "scale-cycle", say("reverse-what"))
    elif at in scales:
        for one in reversed(trail):
            origin = scales[str(tables[one].reverse)]
            if origin.goalposts is not None:
                values = {"name": printable(origin.name)}
                flaws.add(
                    ("scale", one, "reverse"), "reverse-of-number", say("swap-goalposts"), **values
                )
                return
            scales[one] = origin.reversed(one)


def check_names(
    tables: Mapping[str, ScaleTable], named: Mapping[str, list[Path]], flaws: Flaws
) -> None:
    """Every scale that is named must be declared, and one that is declared may well be used.

    A name that is missing in several places, where only one declared name is like it and nobody
    uses that, is misspelt in its declaration: that is told once, there.
    """
    uses = {name: [*paths] for name, paths in named.items()}
    for name, table in tables.items():
        if not is_code(name):
            flaws.add(("scale", name), "expected", found=found(name), expected=say("a-name"))
        if table.reverse is not None:
            uses.setdefault(table.reverse, []).append(("scale", name, "reverse"))
    unused = [name for name in tables if name not in uses]
    for name, paths in uses.items():
        if name in tables:
            continue
        declared = flaws.nearest(name, unused) if len(paths) > 1 else None
        if declared is not None:
            unused.remove(declared)
            hint = flaws.meant(declared, [name])
            flaws.add(("scale", declared), "scale-unused", hint)
            continue
        hint = flaws.meant(name, tables)
        for path in paths:
            flaws.add(path, "no-scale-of-name", hint or say("declare-scale"), name=printable(name))
    for name in unused:
        flaw = Flaw(("scale", name), say("scale-unused"), say("check-scale-names"), warning=True)
        flaws.found.append(flaw)


def _plain(name: str, table: ScaleTable, range: tuple[Fraction, Fraction]) -> Scale:
    posts = table.goalposts
    return Scale(
        name,
        tuple(Choice(answer.code, answer.score, answer.title) for answer in table.answer),
        tuple(table.not_applicable),
        posts and Goalposts(posts[0], posts[1], table.clamp, table.transform),
        range,
        tuple(table.no_answer),
    )


def _flaws(name: str, table: ScaleTable, range: tuple[Fraction, Fraction]) -> Iterator[Flaw]:
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
    if not kinds:
        yield Flaw(path, say("no-kind"), say("add-kind"))
    if len(kinds) > 1:
        yield Flaw((*path, kinds[1]), say("one-kind", n=len(kinds)), say("scale-kinds"))
    for key, given in (("clamp", table.clamp), ("transform", table.transform)):
        if given and table.goalposts is None:
            yield Flaw((*path, key), say("only-goalposts"))
    for key, codes in (("not_applicable", table.not_applicable), ("no_answer", table.no_answer)):
        if codes and table.reverse is not None:
            yield Flaw((*path, key), say("not-with-reverse", key=key))
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
    codes: set[str] = set()
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
        if answer.code in codes:
            yield Flaw((*at, "code"), say("answer-twice", text=printable(answer.code)))
            continue
        codes.add(answer.code)
        texts: list[tuple[Path, str]] = [(("code",), answer.code)]
        texts += [(("title", lang) if lang else ("title",), t) for lang, t in answer.title.texts]
        for key, text in texts:
            other = meant.setdefault(normal(text), answer.code)
            if other != answer.code:
                values = {"text": printable(text), "other": printable(other)}
                yield Flaw((*at, *key), say("answer-ambiguous", **values), say("answer-own-text"))
    for name, apart in (("not_applicable", table.not_applicable), ("no_answer", table.no_answer)):
        for i, code in enumerate(apart):
            if normal(code) in meant:
                values = {"text": printable(code), "other": printable(meant[normal(code)])}
                yield Flaw((*path, name, i), say("answer-ambiguous", **values))
            meant.setdefault(normal(code), code)
    yield from _swallowed(path, table)


def _swallowed(path: Path, table: ScaleTable) -> Iterator[Flaw]:
    """A code for no answer that somebody may well have answered."""
    if table.goalposts is None:
        return
    posts = Goalposts(*table.goalposts)
    for i, code in enumerate(table.no_answer):
        try:
            number = read(code)
        except ValueError:
            continue
        if not posts.beyond(number):
            says = say("no-answer-between", code=printable(code))
            yield Flaw((*path, "no_answer", i), says, say("other-code"), warning=True)
