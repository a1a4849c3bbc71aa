"""The scheme file: a node is a table with everything that it takes over from above."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from fractions import Fraction

from tests.laws.oracle.methods import Table, Wrong
from tests.laws.oracle.numbers import Number, divide, log, plus, real, root, rounded, times


class Node:
    def __init__(
        self,
        given: str | Table,
        level: str,
        above: Node | None,
        levels: set[str],
        methods: Table,
        weights: str,
    ) -> None:
        table: Table = {"code": given} if isinstance(given, str) else given
        self.code: str = table["code"]
        self.level = level
        self.weight: Fraction | None = table.get("weight")
        self.scale: str | None = table.get("scale")
        self.missing: Table = as_table(table.get("missing", "error"), "policy")
        if above is not None:
            self.scale = table.get("scale", above.scale)
            self.missing = (
                as_table(table["missing"], "policy") if "missing" in table else above.missing
            )
        below = {**methods, **table.get("aggregation", {})}
        self.method = as_table({"aggregate": methods[level], **table}["aggregate"], "method")
        self.children = [
            Node(child, key, self, levels, below, weights)
            for key in table
            if key in levels
            for child in table[key]
        ]
        # What each child counts: once, its share, or what it says.
        self.counts = Fraction(1)
        declared = sum(Fraction(child.weight or 0) for child in self.children)
        for child in self.children:
            if child.weight is not None:
                whole = declared if weights == "share" else 1
                child.counts = Fraction(child.weight) / whole

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def as_table(value: str | Table, key: str) -> Table:
    return {key: value} if isinstance(value, str) else dict(value)


class Scheme:
    def __init__(self, text: str) -> None:
        file: Table = tomllib.loads(text, parse_float=Fraction)
        head = file["scheme"]
        self.low, self.high = self.ends = Fraction(head["range"][0]), Fraction(head["range"][1])
        rounding = head.get("rounding", {})
        self.places, self.mode = rounding.get("places", 2), rounding.get("mode", "half-up")
        self.carry = rounding.get("carry", [])
        name = head.get("root", "total")
        levels = set(file["aggregation"])
        top = {key: file[key] for key in file if key in levels}
        table = {"code": name, "missing": head.get("missing", "error"), **top}
        weights = head.get("weights", "share")
        self.root = Node(table, name, None, levels, file["aggregation"], weights)
        self.scales = file.get("scale", {})
        self.grades = file.get("grade", [])

    def round(self, x: Number) -> Fraction:
        return rounded(x, self.places, self.mode)

    def answer(self, name: str, text: str) -> tuple[object, Number | None]:
        """The code and the score of an answer; no score where it does not apply."""
        scale: Table = self.scales[name]
        flips = 0
        while "reverse" in scale:
            scale, flips = self.scales[scale["reverse"]], flips + 1
        left_out = scale.get("not_applicable", [])
        for code in [left_out] if isinstance(left_out, str) else left_out:
            if alike(code) == alike(text):
                return code, None
        if "goalposts" in scale:
            return self.number(scale, text)
        for answer in scale["answer"]:
            title = answer.get("title", {})
            titles = [title] if isinstance(title, str) else list(title.values())
            if alike(text) in map(alike, [answer["code"], *titles]):
                score = Fraction(answer["score"])
                return answer["code"], self.low + self.high - score if flips % 2 else score
        raise Wrong("unknown-answer")

    def number(self, scale: Table, text: str) -> tuple[object, Number]:
        try:
            x = Fraction(text)
        except ValueError:
            raise Wrong("answer-no-number") from None
        worst, best = (Fraction(post) for post in scale["goalposts"])
        code = x
        if not min(worst, best) <= x <= max(worst, best):
            if not scale.get("clamp"):
                raise Wrong("outside-goalposts")
            x = min(max(x, min(worst, best)), max(worst, best))
        ways: dict[str | None, Callable[[Number], Number]] = {
            None: lambda x: x,
            "sqrt": lambda x: root(x, 2),
            "log": log,
            "log10": lambda x: real(x).log10(),
        }
        way = ways[scale.get("transform")]
        if x in (worst, best):
            share: Number = Fraction(int(x == best))
        else:
            above, below = (plus(way(end), -way(worst)) for end in (x, best))
            share = divide(above, below)
        return code, plus(self.low, times(self.high - self.low, share))


def alike(text: object) -> str:
    return " ".join(unicodedata.normalize("NFKC", str(text)).split()).casefold()
