"""Scheme files of any shape, drawn at random: every one of them is a sound scheme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import define, field, frozen

from itakit.methods import BUILT_IN
from itakit.rounding import Rounding
from itakit.testing import marks
from itakit.testing.drawing import Draw, chance, pick
from itakit.testing.marks import pair, twentieth
from itakit.testing.scope import ANYTHING, Scope
from itakit.testing.writing import toml

_LEVELS = ("survey", "indicator", "sub_indicator", "question", "part", "ด้าน")
_RANGES = ("0 100", "0 100", "0 1", "-10 10", "1 10", "-5 -1", "0.5 4")
_EXPONENTS = ("0.5", "2", "-1", "0", "1", "3", "-2", "-0.5", "1.5", "0.25")


@define(eq=False)
class _Draft:
    """A node while it is drawn, with what is effectively its own."""

    code: str
    level: str
    keys: dict[str, Any] = field(factory=dict)
    children: list[_Draft] = field(factory=list)
    method: Mapping[str, Any] = field(factory=dict)
    policy: Mapping[str, Any] | str = "error"

    def walk(self) -> Iterable[_Draft]:
        yield self
        for child in self.children:
            yield from child.walk()


def document(draw: Draw, scope: Scope = ANYTHING) -> str:
    """The text of a scheme file."""
    return toml(_Drawing(draw, scope).tables())


@frozen
class _Drawing:
    draw: Draw
    scope: Scope
    codes: list[str] = field(factory=list)

    def tables(self) -> dict[str, Any]:
        draw = self.draw
        ends = pair(pick(draw, _RANGES))
        weights = pick(draw, ("share", "relative"))
        names = _LEVELS[: draw(1, self.scope.depth)]
        root = _Draft(pick(draw, ("total", "รวม")), "")
        root.level = root.code
        style = pick(draw, ("n{}", "{}", "{}.1", "ข้อ {}"))
        scales = marks.scales(draw, self.scope, ends)
        self.fill(root, names, style, weights, tuple(scales))
        self.policies(root, "error")
        for node in root.walk():
            node.method = self.method(node, ends, weights)
        declared = {node.level: node.method for node in reversed(tuple(root.walk()))}
        rounding = marks.rounding(draw, self.scope, list(declared), ends)
        # Weighted or not, a level's method is whatever its first node has; the others say theirs.
        for child in root.children:
            self.methods(child, declared)
        return {
            "format": 1,
            "scheme": {
                "id": "drawn",
                "range": list(ends),
                "root": root.code,
                "weights": weights,
                "missing": root.policy,
                "rounding": rounding,
            },
            "aggregation": declared,
            "scale": scales,
            "grade": marks.grades(
                draw,
                self.scope,
                ends,
                [*declared, *self.codes],
                Rounding(rounding["places"], rounding["mode"]),
            ),
            **_grouped(root.children),
        }

    def fill(
        self,
        node: _Draft,
        names: Sequence[str],
        style: str,
        weights: str,
        scales: Sequence[str],
    ) -> None:
        """Draw the children of a node, and theirs."""
        draw = self.draw
        n = draw(1, self.scope.width)
        shares = self.weights(n, weights) if chance(draw, 2) else ()
        levels = [draw(0, len(names) - 1) if chance(draw, 4) else 0 for _ in range(n)]
        for i, level in enumerate(sorted(levels)):
            code = style.format(len(self.codes) + 1)
            self.codes.append(code)
            child = _Draft(code, names[level])
            node.children.append(child)
            if chance(draw, 4):
                child.keys["title"] = {"th": f"ข้อ {code}", "en": f"Item {code}"}
            if shares:
                child.keys["weight"] = shares[i]
            if scales and chance(draw, 2):
                child.keys["scale"] = pick(draw, scales)
            # A level may stand below itself, and one or more may be left out.
            below = names[level:] if chance(draw, 8) else names[level + 1 :]
            if below and len(self.codes) < 24 and draw(0, 2):
                self.fill(child, below, style, weights, scales)

    def weights(self, n: int, kind: str) -> list[Fraction]:
        draw = self.draw
        if kind == "share":
            cuts = sorted(draw(0, 20) for _ in range(n - 1))
            shares = [b - a for a, b in zip([0, *cuts], [*cuts, 20], strict=True)]
            whole = pick(draw, (100, 1))
            return [Fraction(share * whole, 20) for share in shares]
        relative = [Fraction(pick(draw, ("1", "2", "0", "0.5", "33.3"))) for _ in range(n)]
        return relative if any(relative) else [Fraction(1), *relative[1:]]

    def policies(self, node: _Draft, inherited: Mapping[str, Any] | str) -> None:
        draw = self.draw
        node.policy = inherited
        if node.level == node.code or chance(draw, 3):
            node.policy = pick(draw, self.scope.policies)
            if node.policy == "skip" and chance(draw, 2):
                node.policy = {"policy": "skip", "at_least": Fraction(draw(0, 10), 10)}
            node.keys["missing"] = node.policy
        for child in node.children:
            self.policies(child, node.policy)

    def method(
        self, node: _Draft, ends: tuple[Fraction, Fraction], weights: str
    ) -> Mapping[str, Any]:
        """A method that fits a node: for an item the mean, in three of four cases."""
        draw, n = self.draw, len(node.children)
        counting = [child for child in node.children if child.keys.get("weight", 1)]
        weighted = n and "weight" in node.children[0].keys
        names = [
            name
            for name in self.scope.methods
            if not (BUILT_IN[name].weighted and n and not weighted)
            and not (name == "single" and n > 1)
            and not (n and _never_inside(name, node, ends, weights))
        ]
        name = "mean" if not n and draw(0, 3) else pick(draw, names)
        found: dict[str, Any] = {"method": name}
        if name == "power-mean":
            found["exponent"] = Fraction(pick(draw, _EXPONENTS))
        elif name == "k-of-n":
            found["k"] = draw(1, len(counting) or 2)
        elif name == "deduction":
            if n and chance(draw, 2):
                found["base"] = pick(draw, counting).code
            if chance(draw, 2):
                found["ceiling"] = Fraction(draw(0, 20), 2)
        if name in ("k-of-n", "all-of") and chance(draw, 2):
            found["at_least"] = twentieth(draw, ends)
        return found

    def methods(self, node: _Draft, inherited: Mapping[str, Any]) -> None:
        """Write down what a node does not take over from above."""
        below = [child for child in node.walk() if child is not node]
        own: dict[str, Any] = {}
        if below and chance(self.draw, 4):
            child = pick(self.draw, below)
            own = node.keys["aggregation"] = {child.level: child.method}
        # Whether a node's own level counts among the levels below it is left open here.
        if node.method != inherited[node.level] or node.level in own:
            node.keys["aggregate"] = node.method
        for child in node.children:
            self.methods(child, {**inherited, **own})


def _never_inside(name: str, node: _Draft, ends: tuple[Fraction, Fraction], weights: str) -> bool:
    """Whether a method cannot give an inner node a score of the range, whatever is below it."""
    low, high = ends
    if high < 0 and name in ("geometric-mean", "harmonic-mean", "power-mean", "deduction"):
        return True
    given = [child.keys.get("weight") for child in node.children]
    total = sum((Fraction(1) if weight is None else weight for weight in given), Fraction(0))
    if BUILT_IN[name].shape != "sum" or (weights == "share" and None not in given):
        return False
    return total * low > high or total * high < low


def _grouped(nodes: Iterable[_Draft]) -> dict[str, Any]:
    """Nodes under their levels, as the notation has them."""
    groups: dict[str, Any] = {}
    for node in nodes:
        table = {"code": node.code, **node.keys, **_grouped(node.children)}
        groups.setdefault(node.level, []).append(table if len(table) > 1 else node.code)
    return groups
