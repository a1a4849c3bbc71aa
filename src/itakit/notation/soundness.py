"""The laws a tree must keep, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from itakit.notation.building import Built
from itakit.notation.flaws import Flaw, Flaws
from itakit.notation.positions import Path
from itakit.numerals import plain
from itakit.scheme import Node, Scheme
from itakit.text import printable
from itakit.wording import say


def unsound(built: Built) -> Iterator[Flaw]:
    """What is wrong with a scheme, each flaw at the key path of what it is wrong with."""
    scheme, hints = built.scheme, Flaws()
    if not scheme.root.children:
        yield Flaw((), say("no-nodes"), say("write-nodes"))
    yield from _codes(built)
    for node in built.nodes:
        if node.children:
            yield from _weights(node, built)
            yield from _terms(node, built, hints)
        yield from _sample(node, built)
    used = {node.level for node in built.nodes}
    for level, _ in scheme.levels:
        if level not in used:
            yield Flaw(("aggregation", level), say("level-unused"), say("delete-level"))
    yield from _grades(scheme, used, {node.code for node in built.nodes}, hints)
    for i, phase in enumerate(scheme.calendar):
        if phase.start > phase.end:
            values = {"start": phase.start.isoformat(), "end": phase.end.isoformat()}
            yield Flaw(("calendar", i, "to"), say("ends-before", **values))


def _codes(built: Built) -> Iterator[Flaw]:
    seen: set[str] = set()
    for node in built.nodes:
        if node.code in seen:
            at: Path = (*built.path(node), "code")
            yield Flaw(at, say("code-twice", code=printable(node.code)), say("codes-unique"))
        seen.add(node.code)


def _weights(node: Node, built: Built) -> Iterator[Flaw]:
    weights = [child.weight for child in node.children]
    given = [weight for weight in weights if weight is not None]
    if not given and not node.method.method.weighted:
        return
    for child in node.children:
        at: Path = (*built.path(child), "weight")
        if not given:
            yield Flaw(at, say("weights-needed", method=node.method.name))
        elif child.weight is None:
            yield Flaw(at, say("weight-missing"), say("all-or-none"))
        elif child.weight < 0:
            yield Flaw(at, say("weight-negative", value=plain(child.weight)))
    if len(given) < len(weights) or min(given) < 0:
        return
    at, total = (*built.path(node.children[-1]), "weight"), sum(given, Fraction(0))
    if built.scheme.weights == "share" and total not in (1, 100):
        values = {"sum": plain(total), "n": len(given), "parent": printable(node.code)}
        yield Flaw(at, say("weights-sum", **values), say("weights-relative"))
    elif total == 0:
        yield Flaw(at, say("weights-zero", parent=printable(node.code)))


def _sample(node: Node, built: Built) -> Iterator[Flaw]:
    sample = node.sample
    if sample is not None and sample.at_most is not None and sample.at_most < sample.at_least:
        at: Path = (*built.path(node), "sample", "at_most")
        yield Flaw(at, say("sample-order", most=sample.at_most, least=sample.at_least))


def _terms(node: Node, built: Built, hints: Flaws) -> Iterator[Flaw]:
    """A method has its say on how many children there are, and on which."""
    least, most = node.method.method.terms
    path, n, method = built.path(node), len(node.children), node.method.name
    if n < least:
        yield Flaw(path, say("terms-few", method=method, n=n, least=least))
    if most is not None and n > most:
        yield Flaw(path, say("terms-many", method=method, n=n, most=most))
    k = node.method.parameter("k")
    if isinstance(k, Fraction) and k > n:
        yield Flaw(path, say("k-too-large", k=plain(k), n=n))
    base = node.method.parameter("base")
    codes = [child.code for child in node.children]
    if isinstance(base, str) and base not in codes:
        yield Flaw(path, say("base-missing", base=printable(base)), hints.meant(base, codes))


def _grades(scheme: Scheme, levels: set[str], codes: set[str], hints: Flaws) -> Iterator[Flaw]:
    (low, high), above = scheme.range, None
    ends = {"low": plain(low), "high": plain(high)}
    for i, grade in enumerate(scheme.grades):
        path: Path = ("grade", i)
        value = plain(grade.lowest)
        if grade.lowest > high:
            yield Flaw((*path, "from"), say("grade-above", value=value, high=ends["high"]))
        if above is not None and (
            grade.lowest > above.lowest or (grade.lowest == above.lowest and not above.requires)
        ):
            says = say("grade-order", value=value, above=plain(above.lowest))
            yield Flaw((*path, "from"), says, say("highest-first"))
        for requirement in grade.requires:
            target, at = requirement.target, (*path, "requires", requirement.target)
            if target not in codes and target not in levels:
                hint = hints.meant(target, levels | codes)
                yield Flaw(at, say("requires-nothing"), hint or say("level-or-code"))
            elif target in levels and target in codes and target != scheme.root.code:
                yield Flaw(at, say("requires-both"), say("rename-code"))
            if not low <= requirement.at_least <= high:
                value = plain(requirement.at_least)
                yield Flaw(at, say("outside-range", value=value, **ends))
        above = grade
    if above is not None:
        path = ("grade", len(scheme.grades) - 1)
        if above.lowest > low:
            says = say("grades-cover", value=plain(above.lowest), low=ends["low"])
            yield Flaw((*path, "from"), says, say("add-grade", low=ends["low"]))
        if above.requires:
            yield Flaw((*path, "requires"), say("last-grade-requires"), say("add-last-grade"))
