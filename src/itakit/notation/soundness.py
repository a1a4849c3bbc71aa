"""The laws a tree must keep, whatever file it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from itakit.notation.building import Built
from itakit.notation.flaws import Flaw
from itakit.notation.positions import Path
from itakit.numerals import plain
from itakit.scheme import Node, Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import say


def check(built: Built) -> Iterator[Flaw]:
    """What is wrong with a scheme, each flaw at the key path of what it is wrong with."""
    scheme = built.scheme
    nodes = tuple(scheme.root.walk())
    paths = dict(zip(map(id, nodes), built.paths, strict=True))
    if not scheme.root.children:
        yield Flaw(("aggregation",), say("no-nodes"))
    yield from _codes(nodes, built.paths)
    for node in nodes:
        if node.children:
            yield from _weights(node, scheme, paths)
            yield from _arity(node, paths)
    yield from _levels(nodes, scheme)
    yield from _grades(nodes, scheme)
    for i, phase in enumerate(scheme.calendar):
        if phase.start > phase.end:
            yield Flaw(("calendar", i, "to"), say("ends-before"))
    yield from _suspicions(nodes, paths)


def _codes(nodes: tuple[Node, ...], paths: tuple[Path, ...]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for node, path in zip(nodes, paths, strict=True):
        if node.code in seen:
            yield Flaw((*path, "code"), say("code-twice", code=printable(node.code)))
        seen.add(node.code)


def _weights(node: Node, scheme: Scheme, paths: Mapping[int, Path]) -> Iterator[Flaw]:
    siblings = node.children
    given = [child for child in siblings if child.weight is not None]
    method = node.method.name
    if not given and node.method.method.weighted:
        for child in siblings:
            yield Flaw((*paths[id(child)], "weight"), say("weights-needed", method=method))
        return
    if not given:
        return
    for child in siblings:
        at: Path = (*paths[id(child)], "weight")
        if child.weight is None:
            yield Flaw(at, say("weight-missing"), say("all-or-none"))
        elif child.weight < 0:
            yield Flaw(at, say("weight-negative"))
    total = sum((child.weight or Fraction(0) for child in siblings), Fraction(0))
    if len(given) < len(siblings) or any((child.weight or 0) < 0 for child in given):
        return
    at = (*paths[id(siblings[-1])], "weight")
    if scheme.weights == "share" and total not in (1, 100):
        says = say("weights-sum", sum=plain(total), n=len(siblings), parent=printable(node.code))
        yield Flaw(at, says, say("weights-relative"))
    elif total == 0:
        yield Flaw(at, say("weights-zero", parent=printable(node.code)))


def _arity(node: Node, paths: Mapping[int, Path]) -> Iterator[Flaw]:
    least, most = node.method.method.terms
    n = len(node.children)
    path = paths[id(node)]
    if n < least or (most is not None and n > most):
        says = say("terms-count", method=node.method.name, n=n, expected=most or least)
        yield Flaw(path, says)
    k = node.method.parameter("k")
    if isinstance(k, Fraction) and k > n:
        yield Flaw(path, say("k-too-large", k=k, n=n))
    base = node.method.parameter("base")
    codes = [child.code for child in node.children]
    if isinstance(base, str) and base not in codes:
        yield Flaw(path, say("base-missing", base=printable(base)), did_you_mean(base, codes))


def _levels(nodes: tuple[Node, ...], scheme: Scheme) -> Iterator[Flaw]:
    used = {node.level for node in nodes}
    for level, _ in scheme.levels:
        if level not in used:
            yield Flaw(("aggregation", level), say("level-unused"), say("delete-level"))


def _grades(nodes: tuple[Node, ...], scheme: Scheme) -> Iterator[Flaw]:
    low, high = scheme.range
    codes = Counter(node.code for node in nodes)
    levels = {node.level for node in nodes}
    above = None
    for i, grade in enumerate(scheme.grades):
        path: Path = ("grade", i)
        if grade.lowest > high:
            yield Flaw(
                (*path, "from"), say("grade-above", value=plain(grade.lowest), high=plain(high))
            )
        if above is not None and (
            grade.lowest > above.lowest or (grade.lowest == above.lowest and not above.requires)
        ):
            says = say("grade-order", value=plain(grade.lowest), above=plain(above.lowest))
            yield Flaw((*path, "from"), says, say("highest-first"))
        for requirement in grade.requires:
            at: Path = (*path, "requires", requirement.target)
            if requirement.target not in codes and requirement.target not in levels:
                hint = did_you_mean(requirement.target, [*levels, *codes])
                yield Flaw(at, say("requires-nothing"), hint)
            elif requirement.target in levels & set(codes) - {scheme.root.code}:
                yield Flaw(at, say("requires-both"))
            if not low <= requirement.at_least <= high:
                values = {"low": plain(low), "high": plain(high)}
                yield Flaw(
                    at, say("outside-range", value=plain(requirement.at_least), **values)
                )
        above = grade
    if above is not None:
        path = ("grade", len(scheme.grades) - 1)
        if above.lowest > low:
            says = say("grades-cover", value=plain(above.lowest), low=plain(low))
            yield Flaw((*path, "from"), says)
        if above.requires:
            yield Flaw((*path, "requires"), say("last-grade-requires"))


def _suspicions(nodes: tuple[Node, ...], paths: Mapping[int, Path]) -> Iterator[Flaw]:
    """What may well be meant, and more often is a slip: told as warnings."""
    inner = {node.level for node in nodes if node.children}
    deep = {node.level for node in nodes if any(child.level in inner for child in node.children)}
    titled = Counter(lang for node in nodes for lang in node.title.languages if lang)
    for node in nodes:
        path = paths[id(node)]
        if not node.children and node.level in deep:
            yield Flaw(path, say("leaf-among-inner", level=node.level), None, warning=True)
        items = [child for child in node.children if not child.children]
        scaled = [item for item in items if item.scale is not None]
        for item in items:
            if scaled and item.scale is None:
                says = say("no-scale-here", sibling=printable(scaled[0].code))
                yield Flaw((*paths[id(item)], "scale"), says, say("add-scale"), warning=True)
        for lang, times in titled.items():
            if times > len(nodes) / 2 and lang not in node.title.languages:
                yield Flaw(
                    (*path, "title"), say("title-missing", lang=lang), None, warning=True
                )
