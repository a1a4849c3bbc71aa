"""Tables: by the number of items that are made full, the most that a node can have.

Conditions stand on nodes, and nodes lie inside each other. What a node's items do to everything
above it goes through its own score alone. So the highest score that each number of items gives,
among the choices that keep the conditions below, is all that the node above has to know; from the
items up to the root that is exact, for every method that folds its children one by one into
something that grows with them. Rounding on the way is monotone and changes nothing of this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from itakit.grade import Grade
from itakit.improving.fullness import after
from itakit.result import NodeResult, Result

Fold: TypeAlias = Callable[[Fraction, Fraction], Fraction]
_FOLDED = ("min", "max", "k-of-n", "all-of")


@frozen
class Best:
    """The most of a number of items, and which they are."""

    value: Fraction
    chosen: tuple[Any, ...] = ()
    """Pairs inside each other: a code, or two such choices."""

    def codes(self) -> set[str]:
        """The codes that were chosen."""
        found: set[str] = set()
        stack: list[Any] = [self.chosen]
        while stack:
            part = stack.pop()
            if isinstance(part, str):
                found.add(part)
            else:
                stack.extend(part)
        return found


Table: TypeAlias = list[Best | None]
"""By the number of items, `None` where a condition below is not met."""


def foldable(result: Result, codes: Sequence[str]) -> bool:
    """Whether tables are exact for a unit and the items that may be made full."""
    plan = result.scheme.plan
    if result.score is None or any(node.error for node in result):
        return False
    above: set[int] = set()
    for code in codes:
        entry = result[code]
        if entry.status == "missing" and entry.node.missing.policy != "zero":
            return False
        i = plan.parents[plan.index[code]]
        while i >= 0 and i not in above:
            above.add(i)
            i = plan.parents[i]
    for i in above:
        node = result[plan.nodes[i].code]
        method = node.node.method
        if node.status != "scored" or not (method.method.linear or method.name in _FOLDED):
            return False
    full = after(result, codes)
    # Nothing between now and then leaves the range either.
    return isinstance(full, Result) and not any(node.error for node in full)


def bounds_of(result: Result, grade: Grade) -> Mapping[str, Fraction] | None:
    """The least published score of each node that a grade asks about.

    `None` where it asks about a node that has no score now.
    """
    plan = result.scheme.plan
    bounds = {result.root.code: grade.lowest}
    for requirement in grade.requires:
        targets = plan.levels.get(requirement.target) or (plan.index[requirement.target],)
        nodes = [result[plan.nodes[i].code] for i in targets]
        applying = [node for node in nodes if node.status != "not applicable"]
        if not applying or any(node.score is None for node in applying):
            return None
        for node in applying:
            least = requirement.at_least
            bounds[node.code] = max(least, bounds.get(node.code, least))
    return bounds


@frozen
class Tables:
    """The most that a unit can have with each number of items, for the conditions of a grade."""

    result: Result
    tops: Mapping[str, Fraction]
    """The score of each item that may be made full, if it is."""
    bounds: Mapping[str, Fraction] = field(factory=dict)
    """The least published score of each node that a condition is on."""

    @classmethod
    def of(cls, result: Result, codes: Sequence[str], grade: Grade) -> Tables:
        """The tables of a unit, the items that may be made full, and a grade."""
        full = after(result, codes)
        assert isinstance(full, Result)  # noqa: S101  # as `foldable` has made sure
        tops = {code: full[code].score or Fraction(0) for code in codes}
        return cls(result, tops, bounds_of(result, grade) or {})

    def root(self) -> tuple[Table, Table]:
        """The table of the root, and the same before the grade's own bound is asked of it."""
        tables: dict[str, Table] = {}
        plan = self.result.scheme.plan
        loose: Table = []
        for i in reversed(range(len(plan.nodes))):
            node = self.result[plan.nodes[i].code]
            if i == 0 or node.code in self.tops or node.score is not None:
                loose = self._table(node, tables)
                tables[node.code] = self._held(node, loose, carried=i > 0)
        return tables[self.result.root.code], loose

    def _table(self, node: NodeResult, tables: dict[str, Table]) -> Table:
        """The node's own scores by the number of items."""
        own = node.score if node.score is not None else self.result.scheme.range[0]
        if node.code in self.tops:
            return [Best(own), Best(self.tops[node.code], (node.code,))]
        if node.status != "scored" or not node.node.children:
            return [Best(own)]
        if not any(len(tables.get(child.code, ())) > 1 for child in node.children):
            # Nothing below can change; conditions there hold or do not.
            below = [tables[child.code][0] for child in node.children if child.code in tables]
            return [Best(own) if None not in below else None]
        return self._folded(node, tables)

    def _folded(self, node: NodeResult, tables: dict[str, Table]) -> Table:
        name, range_ = node.node.method.name, self.result.scheme.range
        plan = self.result.scheme.plan
        weights = {child.code: plan.weights[plan.index[child.code]] for child in node.children}
        # What weighs nothing counts for the conditions on it alone, and comes last.
        scores = sorted((code for code in weights if code in tables), key=lambda c: not weights[c])
        counting = sum(bool(weights[code]) for code in scores)
        parts = self.result.coefficients(node.code)
        fold: Fold = _FOLDS.get(name, _add)
        bar = node.node.method.parameter("at_least")
        table: Table | None = None
        for code in scores:
            own: Table = [
                best
                and Best(
                    self._folds_as(name, best.value, parts.get(code), bar, range_[1]), best.chosen
                )
                for best in tables[code]
            ]
            joining = fold if weights[code] else _first
            table = own if table is None else joined(table, own, joining)
        need = node.node.method.parameter("k") if name == "k-of-n" else Fraction(counting)
        return [
            best
            and (
                best
                if name not in ("k-of-n", "all-of")
                else Best(range_[best.value >= Fraction(need or 0)], best.chosen)
            )
            for best in table or []
        ]

    @staticmethod
    def _folds_as(
        name: str,
        value: Fraction,
        part: Fraction | None,
        bar: Fraction | str | None,
        high: Fraction,
    ) -> Fraction:
        """What a child's score counts in what its parent folds."""
        if name in ("k-of-n", "all-of"):
            return Fraction(value >= (high if bar is None else Fraction(bar)))
        return value if part is None else part * value

    def _held(self, node: NodeResult, table: Table, *, carried: bool) -> Table:
        """The table of what goes on upward, where the condition on the node is met."""
        rounding = self.result.scheme.rounding
        bound = self.bounds.get(node.code)
        held: Table = []
        for best in table:
            if best is None or (bound is not None and rounding(best.value) < bound):
                held.append(None)
            elif carried and node.level in rounding.carry:
                held.append(Best(Fraction(rounding(best.value)), best.chosen))
            else:
                held.append(best)
        return held


def _add(one: Fraction, other: Fraction) -> Fraction:
    return one + other


def _first(one: Fraction, _: Fraction) -> Fraction:
    return one


_FOLDS: Mapping[str, Fold] = {"min": min, "max": max}


def joined(one: Table, other: Table, fold: Fold) -> Table:
    """The most of two tables together, by the number of items in both."""
    found: Table = [None] * (len(one) + len(other) - 1)
    for i, first in enumerate(one):
        if first is None:
            continue
        for j, second in enumerate(other):
            if second is None:
                continue
            value = fold(first.value, second.value)
            before = found[i + j]
            if before is None or before.value < value:
                found[i + j] = Best(value, (first.chosen, second.chosen))
    return found
