"""What became of the nodes from one scheme to another."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from itakit.difference.change import Change
from itakit.difference.matching import Matching, own_title, shares
from itakit.scheme import Node, Scheme
from itakit.titles import Title


@frozen
class Nodes:
    """The nodes of two schemes, compared one by one."""

    matching: Matching
    inherited: set[tuple[str, str]] = field(factory=set)
    """Rules that changed, and nodes with them: ``level`` and its name, ``missing`` and none."""

    def changes(self) -> Iterator[Change]:
        """Everything that is different, node by node, in the order of the new scheme."""
        matching = self.matching
        parts = shares(matching.old), shares(matching.new)
        alike, displaced = matching.alike(), set(matching.displaced())
        for is_new, n in matching.order():
            if not is_new:
                facts = _facts(matching.old, n, parts[0][n])
                code = matching.old.plan.nodes[n].code
                perhaps = alike.get((False, n), "")
                yield Change("node", code, "retired", old=facts, perhaps=perhaps)
            elif n not in matching.back:
                facts = _facts(matching.new, n, parts[1][n])
                code = matching.new.plan.nodes[n].code
                yield Change("node", code, "added", new=facts, perhaps=alike.get((True, n), ""))
            else:
                i = matching.back[n]
                yield from self._changed(i, n)
                if i in displaced:
                    nexts = _next(matching.old, i), _next(matching.new, n)
                    yield Change("node", matching.new.plan.nodes[n].code, "place", *nexts)
                yield from self._share(i, n, parts[0], parts[1])

    def _changed(self, i: int, j: int) -> Iterator[Change]:
        old, new = self.matching.old.plan.nodes[i], self.matching.new.plan.nodes[j]
        # The root is called by its level: one change of both is told once.
        if old.code != new.code and (i or old.level == new.level):
            yield Change("node", new.code, "renamed", old.code, new.code)
        if i and not self.matching.stays(i):
            above = self._parent(self.matching.old, i), self._parent(self.matching.new, j)
            yield Change("node", new.code, "moved", *above)
        yield from self._values(i, j, old, new)

    def _values(self, i: int, j: int, old: Node, new: Node) -> Iterator[Change]:
        """What the node says of itself; what it only takes over is told where it is said."""
        values: list[tuple[str, object, object, bool]] = [
            ("level", old.level, new.level, True),
            ("title", own_title(old), own_title(new), False),
            ("weight", old.weight, new.weight, True),
            ("scale", _scale(old), _scale(new), True),
            ("method", self.matching.renamed(old.method), new.method, True),
            ("missing", old.missing, new.missing, True),
            ("population", old.population, new.population, False),
            ("sample", old.sample, new.sample, False),
        ]
        for kind, before, after, scores in values:
            if before != after and not self._taken_over(kind, i, j):
                yield Change("node", new.code, kind, before, after, scores)

    def _taken_over(self, kind: str, i: int, j: int) -> bool:
        """Whether a rule that the node takes over changed in the same way."""
        a, b = self.matching.old, self.matching.new
        old, new = a.plan.nodes[i], b.plan.nodes[j]
        match kind:
            case "title":
                # The title of the whole is told with what else is said of the whole.
                titles = a.title or Title.of(old.code), b.title or Title.of(new.code)
                return not i and titles == (old.title, new.title)
            case "method":
                rules = dict(a.levels).get(old.level), dict(b.levels).get(new.level)
                if old.level == new.level and rules == (old.method, new.method):
                    self.inherited.add(("level", new.level))
                    return True
                return False
            case "missing":
                if (a.missing, b.missing) == (old.missing, new.missing):
                    self.inherited.add(("missing", ""))
                    return True
            case "scale":
                pass
            case _:
                return False
        if not i or not self.matching.stays(i):
            return False
        above = a.plan.nodes[a.plan.parents[i]], b.plan.nodes[b.plan.parents[j]]
        if kind == "missing":
            return (above[0].missing, above[1].missing) == (old.missing, new.missing)
        return (_scale(above[0]), _scale(above[1])) == (_scale(old), _scale(new))

    def _share(
        self, i: int, j: int, old: list[Fraction | None], new: list[Fraction | None]
    ) -> Iterator[Change]:
        """What the node counts in the total, where that changed among its siblings."""
        before, after = old[i], new[j]
        if before is None or after is None or before == after or not i:
            return
        # What a node counts is known only where it is known of its parent.
        above: Any = old[self.matching.old.plan.parents[i]], new[self.matching.new.plan.parents[j]]
        if not self.matching.stays(i) or before * above[1] != after * above[0]:
            yield Change("node", self.matching.new.plan.nodes[j].code, "share", before, after)

    def _parent(self, scheme: Scheme, n: int) -> str:
        return scheme.plan.nodes[scheme.plan.parents[n]].code


def _scale(node: Node) -> str | None:
    return None if node.scale is None else node.scale.name


def _next(scheme: Scheme, n: int) -> str | None:
    end = scheme.plan.ends[n]
    if end < len(scheme.plan.nodes) and scheme.plan.parents[end] == scheme.plan.parents[n]:
        return scheme.plan.nodes[end].code
    return None


def _facts(scheme: Scheme, n: int, share: Fraction | None) -> dict[str, object]:
    """What is to be known of a node that one of the schemes does not have."""
    node = scheme.plan.nodes[n]
    return {
        "title": own_title(node),
        "level": node.level,
        "parent": scheme.plan.nodes[scheme.plan.parents[n]].code,
        "weight": node.weight,
        "share": share,
        "scale": _scale(node),
        "method": node.method,
        "missing": node.missing,
        "population": node.population,
        "sample": node.sample,
    }
