"""Redrawing rules: the tree with other weights and other methods, for many units at once.

What the OECD and the JRC call uncertainty analysis (Handbook on Constructing Composite Indicators,
2008, part 1.7): choices of a method that could have been made otherwise are drawn at random, and
what becomes of the scores is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from attrs import frozen

from itakit.methods import Use
from itakit.plan import Step
from itakit.scheme import Scheme
from itakit.uncertainty.awarding import asked, awarded, needed, published
from itakit.uncertainty.combining import Floats, combine
from itakit.uncertainty.samples import Unit


@frozen
class Rules:
    """What of a scheme is drawn anew."""

    spread: float | None = None
    """Every declared weight is multiplied with a number from 1 - spread to 1 + spread."""
    concentration: float | None = None
    """Or weights are drawn from Dirichlet's distribution around the declared shares; the higher
    the number, the nearer."""
    methods: tuple[Use, ...] = ()
    """Other methods of all nodes of the levels, each as likely as the declared one."""
    levels: frozenset[str] = frozenset()

    def weights(self, declared: Floats, rng: np.random.Generator) -> Floats:
        """The weights of siblings, drawn anew, with the same sum."""
        total = float(declared.sum())
        if self.concentration is not None:
            drawn = np.zeros(len(declared))
            counts = declared > 0
            drawn[counts] = rng.dirichlet(self.concentration * declared[counts] / total)
        else:
            away = self.spread or 0.0
            drawn = declared * rng.uniform(1 - away, 1 + away, len(declared))
        return np.asarray(drawn * (total / drawn.sum()))


@frozen(eq=False)
class Field:
    """Many units, their scores under the declared rules, and which of them are made of others'."""

    scheme: Scheme
    values: Floats
    """By unit and node; not a number where there is no score."""
    made: npt.NDArray[np.bool_]
    """By unit and node, whether its score is made of what is below."""
    applies: npt.NDArray[np.bool_]
    """By unit and node, whether it applies."""

    @classmethod
    def of(cls, scheme: Scheme, units: Sequence[Unit]) -> Field:
        """The field of some units."""
        size = len(units), len(scheme.plan.nodes)
        values, made, applies = np.full(size, np.nan), np.zeros(size, bool), np.ones(size, bool)
        for k, unit in enumerate(units):
            values[k] = unit.fold.values(unit.own)
            made[k, [joint.index for joint in unit.fold.joints]] = True
            applies[k] = [status != "not applicable" for status in unit.fold.statuses]
        return cls(scheme, values, made, applies)

    def redone(self, weights: Mapping[int, Floats], methods: Mapping[int, Use]) -> Floats:
        """The scores of all nodes under other weights of children and other methods, by node."""
        plan, rounding = self.scheme.plan, self.scheme.rounding
        values = self.values.copy()
        upward = values.copy()
        for i, node in enumerate(plan.nodes):
            if node.level in rounding.carry:
                upward[:, i] = published(values[:, i], rounding)
        for step in self.affected(weights.keys() | methods.keys()):
            i = step.index
            own = weights.get(i, self.declared(step))
            use = methods.get(i, plan.nodes[i].method)
            score = self._combined(step, use, own, upward[:, list(step.children)])
            values[:, i] = np.where(self.made[:, i], score, values[:, i])
            carried = plan.nodes[i].level in rounding.carry
            upward[:, i] = published(values[:, i], rounding) if carried else values[:, i]
        return values

    def affected(self, changed: set[int]) -> Iterator[Step]:
        """The inner nodes that change with some of them, each after those below it."""
        parents = self.scheme.plan.parents
        found: set[int] = set()
        for start in changed:
            i = start
            while i >= 0:
                found.add(i)
                i = parents[i]
        return (step for step in self.scheme.plan.steps if step.index in found)

    def declared(self, step: Step) -> Floats:
        """What the children of a node count."""
        weights = [self.scheme.plan.weights[child] for child in step.children]
        return np.array([weight.numerator / weight.denominator for weight in weights])

    def weighted(self) -> list[Step]:
        """The inner nodes whose children have weights of their own."""
        nodes = self.scheme.plan.nodes
        return [s for s in self.scheme.plan.steps if nodes[s.children[0]].weight is not None]

    def grades(self, values: Floats) -> npt.NDArray[np.intp]:
        """The number of each unit's grade; -1 for none."""
        found = np.full(len(values), -1, dtype=np.intp)
        for rows, nodes in self._asked:
            found[rows] = awarded(self.scheme, values[rows][:, needed(nodes)], nodes)
        return found

    @cached_property
    def _asked(self) -> list[tuple[npt.NDArray[np.intp], Mapping[str, list[int]]]]:
        """The units to which the same nodes apply, and what grades ask of them."""
        kinds, which = np.unique(self.applies, axis=0, return_inverse=True)
        found = []
        for k, applies in enumerate(kinds):
            statuses = ["scored" if yes else "not applicable" for yes in applies]
            rows = np.flatnonzero(which.ravel() == k)
            found.append((rows, asked(self.scheme, statuses)))  # type: ignore[arg-type]
        return found

    def _combined(self, step: Step, use: Use, weights: Floats, terms: Floats) -> Floats:
        """The scores of one node by unit; children without a score drop out."""
        nodes = self.scheme.plan.nodes
        there = ~np.isnan(terms) & (weights > 0)
        found = np.full(len(terms), np.nan)
        kinds, which = np.unique(there, axis=0, return_inverse=True)
        for k, counts in enumerate(kinds):
            if not counts.any():
                continue
            rows, own = which.ravel() == k, weights[counts]
            if use.method.shape == "sum" and nodes[step.children[0]].weight is not None:
                own = own * (weights.sum() / own.sum())
            codes = [nodes[c].code for c, yes in zip(step.children, counts, strict=True) if yes]
            found[rows] = combine(use, terms[rows][:, counts], own, self.scheme.range, codes)
        return found
