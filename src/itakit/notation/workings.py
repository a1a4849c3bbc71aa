"""Methods that cannot work where they are used, whatever the evidence.

Each is told where it is written, however many nodes take it over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from itakit.methods import Range, Use
from itakit.notation.building import Built
from itakit.notation.flaws import Flaw, Flaws
from itakit.notation.kinds import found
from itakit.notation.positions import Path
from itakit.numerals import plain
from itakit.scheme import Node
from itakit.text import printable
from itakit.wording import Message, say

_NEED_NO_NEGATIVES = ("geometric-mean", "harmonic-mean", "power-mean")


def unworkable(built: Built, hints: Flaws) -> Iterator[Flaw]:
    """What is wrong with methods and parameters, once for each place where one is written."""
    inner: dict[int, list[Node]] = {}
    for node in built.nodes:
        if node.children:
            inner.setdefault(id(node.method), []).append(node)
    for use, path in built.uses:
        nodes = inner.get(id(use), [])
        ceiling = use.parameter("ceiling")
        if use.name == "deduction" and isinstance(ceiling, Fraction) and ceiling < 0:
            says = say("expected", found=found(ceiling), expected=say("a-limit"))
            yield Flaw((*path, "ceiling"), says)
        if nodes:
            yield from _count(use, nodes, path)
            yield from _base(use, nodes, path, built, hints)
            yield from _sums(use, nodes, path, built)
            yield from _signs(use, path, built.scheme.range)


def _count(use: Use, nodes: Sequence[Node], path: Path) -> Iterator[Flaw]:
    """No more children can reach a score than there are; one of weight 0 does not count."""
    k = use.parameter("k")
    if isinstance(k, Fraction):
        few = [node for node in nodes if k > sum(child.weight != 0 for child in node.children)]
        if few:
            yield Flaw((*path, "k"), say("k-too-large", k=plain(k), nodes=_names(few)))


def _base(
    use: Use, nodes: Sequence[Node], path: Path, built: Built, hints: Flaws
) -> Iterator[Flaw]:
    """What is deducted from is a child, and counts."""
    base = use.parameter("base")
    if not isinstance(base, str):
        return
    lacking: list[Node] = []
    for node in nodes:
        child = next((child for child in node.children if child.code == base), None)
        if child is None:
            lacking.append(node)
        elif child.weight == 0:
            says = say("base-weightless", base=printable(base), parent=printable(node.code))
            yield Flaw((*built.path(child), "weight"), says)
    if lacking:
        says = say("base-elsewhere", base=printable(base), nodes=_names(lacking))
        hint = hints.meant(base, [child.code for child in lacking[0].children])
        yield Flaw((*path, "base"), says, hint)


def _sums(use: Use, nodes: Sequence[Node], path: Path, built: Built) -> Iterator[Flaw]:
    """A sum that lies outside the range even of the least, or of the greatest, scores below."""
    if use.method.shape != "sum":
        return
    (low, high), ends = built.scheme.range, [_sum(node, built) for node in nodes]
    above = [node for node, (least, _) in zip(nodes, ends, strict=True) if least > high]
    below = [node for node, (_, most) in zip(nodes, ends, strict=True) if most < low]
    if above:
        least = min(least for least, _ in ends if least > high)
        values = {"sum": plain(least), "high": plain(high)}
        yield Flaw(path, say("sum-above", nodes=_names(above), **values), say("sum-room"))
    if below:
        most = max(most for _, most in ends if most < low)
        values = {"sum": plain(most), "low": plain(low)}
        yield Flaw(path, say("sum-below", nodes=_names(below), **values), say("sum-room"))


def _sum(node: Node, built: Built) -> Range:
    """The least and the greatest sum of the scores below a node, where all of them apply."""
    scheme = built.scheme
    low, high = scheme.range
    if any(child.level in scheme.rounding.carry for child in node.children):
        unit = 10**scheme.rounding.places
        rounded = [Fraction(scheme.rounding.integer(end), unit) for end in (low, high)]
        low, high = min(low, rounded[0]), max(high, rounded[1])
    n = len(node.children)
    weights = [child.weight for child in node.children if child.weight is not None]
    if weights:
        # The weights of what drops out go to the rest. Weights that are flawed are told as such.
        total = sum(weights, Fraction(0))
        known = scheme.weights == "relative" and len(weights) == n and min(weights) >= 0 < total
        return (total * low, total * high) if known else (low, high)
    sure = max(1, sum(child.missing.policy != "skip" for child in node.children))
    return (sure if low > 0 else n) * low, (sure if high < 0 else n) * high


def _signs(use: Use, path: Path, range: Range) -> Iterator[Flaw]:
    """No root of a number below 0; and to deduct it is to add."""
    high = range[1]
    adds = use.name == "deduction" and use.parameter("base") is None
    if high < 0 and (adds or use.name in _NEED_NO_NEGATIVES):
        says = say("never-inside", method=use.name, high=plain(high))
        yield Flaw(path, says, say("other-method"))


def _names(nodes: Sequence[Node]) -> Message | str:
    """The first of some nodes, and how many more there are."""
    first = printable(nodes[0].code)
    return say("and-more", first=first, n=len(nodes) - 1) if len(nodes) > 1 else first
