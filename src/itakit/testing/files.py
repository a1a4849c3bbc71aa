"""Scheme files of any shape, drawn at random: every one of them is a sound scheme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any, Literal

from attrs import define, field, frozen

from itakit.methods import BUILT_IN
from itakit.rounding import Rounding
from itakit.testing.drawing import Draw, chance, pick
from itakit.testing.writing import toml

LINEAR = tuple(name for name, method in BUILT_IN.items() if method.linear)
"""The built-in methods whose score is a sum of parts."""
RATIONAL = (*LINEAR, "min", "max", "median", "deduction", "k-of-n", "all-of")
"""The built-in methods that never leave the rational numbers."""
_LEVELS = ("survey", "indicator", "sub_indicator", "question", "part", "ด้าน")
_RANGES = ("0 100", "0 100", "0 1", "-10 10", "1 10", "-5 -1", "0.5 4")
_EXPONENTS = ("0.5", "2", "-1", "0", "1", "3", "-2", "-0.5", "1.5", "0.25")


@frozen
class Scope:
    """What a drawn scheme may hold; the first of each is the simplest."""

    methods: tuple[str, ...] = tuple(BUILT_IN)
    """Methods, by name."""
    policies: tuple[str, ...] = ("error", "skip", "zero")
    """What a missing node may mean."""
    scales: tuple[str, ...] = ("none", "choice", "reverse", "goalposts", "transform")
    """Kinds of scales."""
    carry: tuple[int, ...] = (0, 0, 0, 1, 2)
    """How many levels may be rounded on the way."""
    grades: tuple[str, ...] = ("plain", "requires", "none")
    """Kinds of grades."""
    depth: int = 4
    """The most levels below the root."""
    width: int = 4
    """The most children of a node."""
    ends: Literal["published", "any"] = "published"
    """Whether the ends of the range are figures that can be published, or may need rounding."""


ANYTHING = Scope()


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
        ends = _pair(pick(draw, _RANGES))
        weights = pick(draw, ("share", "relative"))
        names = _LEVELS[: draw(1, self.scope.depth)]
        root = _Draft(pick(draw, ("total", "รวม")), "")
        root.level = root.code
        style = pick(draw, ("n{}", "{}", "{}.1", "ข้อ {}"))
        scales = self.scales(ends)
        self.fill(root, names, style, weights, tuple(scales))
        self.policies(root, "error")
        for node in root.walk():
            node.method = self.method(node, ends, weights)
        declared = {node.level: node.method for node in reversed(tuple(root.walk()))}
        rounding = self.rounding(list(declared), ends)
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
            "grade": self.grades(
                ends, [*declared, *self.codes], Rounding(rounding["places"], rounding["mode"])
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
            found["at_least"] = _twentieth(draw, ends)
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

    def rounding(self, levels: Sequence[str], ends: tuple[Fraction, Fraction]) -> dict[str, Any]:
        draw = self.draw
        whole = all(end.denominator == 1 for end in ends) or self.scope.ends == "any"
        rounding: dict[str, Any] = {"places": pick(draw, (2, 1, 4, 0) if whole else (2, 1, 4))}
        rounding["mode"] = pick(draw, ("half-up", "half-even", "down", "up"))
        carried = [pick(draw, levels) for _ in range(pick(draw, self.scope.carry))]
        if carried:
            rounding["carry"] = sorted(set(carried))
        return rounding

    def scales(self, ends: tuple[Fraction, Fraction]) -> dict[str, Any]:
        scales: dict[str, Any] = {}
        for kind in [pick(self.draw, self.scope.scales) for _ in range(3)]:
            if kind in ("choice", "reverse"):
                scales["choice"] = self.choice(ends)
            if kind == "reverse":
                scales["ย้อนกลับ"] = {"reverse": "choice"}
            if kind in ("goalposts", "transform"):
                scales[kind] = self.goalposts(kind == "transform")
        return scales

    def choice(self, ends: tuple[Fraction, Fraction]) -> dict[str, Any]:
        draw = self.draw
        answers = [{"code": str(i), "score": _twentieth(draw, ends)} for i in range(draw(1, 5))]
        for answer in answers:
            if chance(draw, 2):
                answer["title"] = {"th": f"ระดับ {answer['code']}", "en": f"Degree {answer['code']}"}
        scale: dict[str, Any] = {"answer": answers}
        if chance(draw, 2):
            scale["not_applicable"] = pick(draw, (["9"], ["9", "ไม่ทราบ"]))
        return scale

    def goalposts(self, transformed: bool) -> dict[str, Any]:  # noqa: FBT001  # one caller
        draw = self.draw
        posts = ["0 100", "20 85", "-5 5", "0.5 3"]
        scale: dict[str, Any] = {}
        if transformed:
            scale["transform"] = transform = pick(draw, ("sqrt", "log", "log10"))
            posts = ["4 9", "0 100"] if transform == "sqrt" else ["1 100", "2 32", "20 85"]
        scale["goalposts"] = list(_pair(pick(draw, posts)))
        if chance(draw, 3):
            scale["goalposts"].reverse()
        if chance(draw, 2):
            scale["clamp"] = True
        return scale

    def grades(
        self, ends: tuple[Fraction, Fraction], targets: Sequence[str], rounding: Rounding
    ) -> list[dict[str, Any]]:
        """Grades that start at different published scores, so that each can be reached."""
        draw = self.draw
        kind = pick(draw, self.scope.grades)
        if kind == "none":
            return []
        low, high = ends
        lowest, highest = Fraction(rounding(low)), Fraction(rounding(high))
        unit = 10**rounding.places
        grades: list[dict[str, Any]] = []
        last = highest + 1
        for step in sorted({draw(1, 20) for _ in range(draw(0, 4))}, reverse=True):
            start = low + (high - low) * Fraction(step, 20)
            published = Fraction(ceil(start * unit), unit)
            if not lowest < published < last or published > highest:
                continue
            last = published
            if kind == "requires" and chance(draw, 2):
                requires = {pick(draw, targets): _twentieth(draw, ends)}
                grades.append({"name": f"{step}+", "from": start, "requires": requires})
            else:
                grades.append({"name": str(step), "from": start})
        return [*grades, {"name": "last", "from": min(low, lowest)}]


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


def _pair(text: str) -> tuple[Fraction, Fraction]:
    low, high = text.split()
    return Fraction(low), Fraction(high)


def _twentieth(draw: Draw, ends: tuple[Fraction, Fraction]) -> Fraction:
    low, high = ends
    return low + (high - low) * Fraction(draw(0, 20), 20)
