"""The laws a tree must keep, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from itakit.notation.building import Built
from itakit.notation.flaws import Flaw, Flaws, Spot
from itakit.notation.grades import unsound_grades
from itakit.notation.positions import Path
from itakit.notation.workings import unworkable
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
            yield from _terms(node, built)
        yield from _sample(node, built)
    used = {node.level for node in built.nodes}
    for level, _ in scheme.levels:
        if level not in used:
            yield Flaw(("aggregation", level), say("level-unused"), say("delete-level"))
    yield from unworkable(built, hints)
    yield from unsound_grades(scheme, built.nodes, hints)
    for i, phase in enumerate(scheme.calendar):
        if phase.start > phase.end:
            values = {"start": phase.start.isoformat(), "end": phase.end.isoformat()}
            yield Flaw(("calendar", i, "to"), say("ends-before", **values))


def is_sound(scheme: Scheme) -> bool:
    """Whether a scheme that no file has declared keeps the laws as well."""
    nodes = scheme.nodes()
    uses = {id(node.method): (node.method, ()) for node in nodes}
    built = Built(scheme, nodes, ((),) * len(nodes), (), tuple(uses.values()))
    return all(flaw.warning for flaw in unsound(built))


def _codes(built: Built) -> Iterator[Flaw]:
    seen: dict[str, Path] = {}
    for node, path in zip(built.nodes, built.paths, strict=True):
        first = seen.setdefault(node.code, path)
        if first is not path:
            says = say("code-twice", code=printable(node.code), where=Spot((*first, "code")))
            yield Flaw((*path, "code"), says, say("codes-unique"))


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
        siblings = [(*built.path(child), "weight") for child in reversed(node.children)]
        others = (*siblings, ("scheme", "retired"))
        yield Flaw(at, say("weights-sum", **values), say("weights-relative"), others=others)
    elif total == 0:
        yield Flaw(at, say("weights-zero", parent=printable(node.code)))


def _sample(node: Node, built: Built) -> Iterator[Flaw]:
    sample = node.sample
    if sample is not None and sample.at_most is not None and sample.at_most < sample.at_least:
        at: Path = (*built.path(node), "sample", "at_most")
        yield Flaw(at, say("sample-order", most=sample.at_most, least=sample.at_least))


def _terms(node: Node, built: Built) -> Iterator[Flaw]:
    """A method has its say on how many children there are."""
    least, most = node.method.method.terms
    path, n, method = built.path(node), len(node.children), node.method.name
    if n < least:
        yield Flaw(path, say("terms-few", method=method, n=n, least=least))
    if most is not None and n > most:
        yield Flaw(path, say("terms-many", method=method, n=n, most=most))
