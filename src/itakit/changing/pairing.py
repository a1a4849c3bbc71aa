"""Which nodes of two schemes are held against each other, and where nobody has said so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from itakit.difference.matching import Matching, own_title
from itakit.errors import EvidenceError, Problem
from itakit.numerals import plain
from itakit.scheme import Node, Scheme
from itakit.suggest import did_you_mean
from itakit.text import normal, printable
from itakit.titles import Title
from itakit.wording import say


def paired(old: Scheme, new: Scheme, codes: Mapping[str, str | None] | None) -> Matching:
    """The nodes that both schemes have.

    ``codes`` says of old codes what they are now, or that they are gone (`None`); what it does not
    mention has kept its code. Without it, only what means the same is compared.

    Raises `EvidenceError` for rules that differ where ``codes`` is not given, and for every code
    of which it is doubtful what it means.
    """
    if old.range != new.range:
        then, now = (" – ".join(map(plain, scheme.range)) for scheme in (old, new))
        raise EvidenceError([Problem(say("compare-range", old=then, new=now))])
    if codes is None and old.hash != new.hash:
        raise EvidenceError([_unsaid(old, new)])
    if codes is not None and not _is_table(codes):
        raise EvidenceError([Problem(say("compare-no-table", value=printable(codes)))])
    said = codes or {}
    problems = [*_unknown(old, new, said), *_contested(old, new, said), *_unlike(old, new, said)]
    if problems:
        raise EvidenceError(problems)
    forth = {0: 0}
    for code, i in old.plan.index.items():
        later = said.get(code, code)
        j = 0 if later is None else new.plan.index.get(later, 0)
        if i and j:
            forth[i] = j
    return Matching(old, new, forth, {j: i for i, j in forth.items()})


def _is_table(codes: object) -> bool:
    return isinstance(codes, Mapping) and all(
        isinstance(was, str) and (code is None or isinstance(code, str))
        for was, code in codes.items()
    )


def _unsaid(old: Scheme, new: Scheme) -> Problem:
    """Rules that differ, and what it takes to compare under them."""
    values = {"old": _named(old), "new": _named(new)}
    alike = Matching.of(old, new, {}).alike()
    pairs = [
        f"{old.plan.nodes[i].code} → {code}"
        for (is_new, i), code in sorted(alike.items())
        if not is_new
    ]
    advice = say("compare-alike", pairs=", ".join(pairs)) if pairs else say("compare-say-so")
    return Problem(say("compare-rules-differ", **values), advice)


def _named(scheme: Scheme) -> str:
    return f"{scheme.id} {scheme.version}".strip()


def _unknown(old: Scheme, new: Scheme, said: Mapping[str, str | None]) -> Iterator[Problem]:
    """Codes that a scheme does not have."""
    for was, code in said.items():
        if was not in old:
            says = say("compare-no-old-code", code=printable(was))
            yield Problem(says, did_you_mean(was, old.plan.index), key=printable(was)[1:-1])
        if code is not None and code not in new:
            says = say("compare-no-new-code", code=printable(code))
            yield Problem(says, did_you_mean(code, new.plan.index), key=printable(was)[1:-1])


def _contested(old: Scheme, new: Scheme, said: Mapping[str, str | None]) -> Iterator[Problem]:
    """New codes that more than one old node would have, and roots that would be no roots."""
    takers: dict[str, str] = {}
    for was, code in said.items():
        if code is None and was != old.root.code:
            continue
        if code is None or (was == old.root.code) != (code == new.root.code):
            yield Problem(say("compare-root"), key=was)
        elif code in takers:
            yield Problem(say("compare-twice", code=code, other=takers[code]), key=was)
        else:
            takers[code] = was
    for code, taker in takers.items():
        if code in old and code not in said and code != old.root.code:
            says = say("compare-taken", other=taker)
            yield Problem(says, say("compare-what-became"), key=code)


def _unlike(old: Scheme, new: Scheme, said: Mapping[str, str | None]) -> Iterator[Problem]:
    """Codes that both schemes have, for nodes of different titles."""
    for code, i in old.plan.index.items():
        j = new.plan.index.get(code, 0)
        if i and j and code not in said and code not in said.values():
            one, other = old.plan.nodes[i], new.plan.nodes[j]
            lang = differing(one, other)
            if lang is not None:
                titles = {"old": printable(one.title[lang]), "new": printable(other.title[lang])}
                yield Problem(say("compare-title", **titles), say("compare-what-became"), key=code)


def differing(one: Node, other: Node) -> str | None:
    """A language in which two nodes have titles of their own that say different things."""
    first, second = own_title(one), own_title(other)
    return None if first is None or second is None else unlike(first, second)


def unlike(one: Title, other: Title) -> str | None:
    """A language in which two titles differ by more than letter case and spaces."""
    first, second = dict(one.texts), dict(other.texts)
    return next(
        (
            lang
            for lang, text in first.items()
            if text and second.get(lang) and normal(text) != normal(second[lang])
        ),
        None,
    )
