"""Folding in floats: the tree of one way in which units stand, for many units or draws at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from attrs import frozen

from itakit.methods import Use
from itakit.scheme import Scheme
from itakit.scores import Scores, Status
from itakit.uncertainty.awarding import published
from itakit.uncertainty.combining import Floats, combine

_STEP: Final = 1e-5
"""How far a term is moved to see what becomes of the score, as a share of the range."""


@frozen(eq=False)
class Joint:
    """How one node is made of those of its children that have a score."""

    index: int
    children: tuple[int, ...]
    weights: Floats
    """What the children's scores are multiplied with, where the method is linear; else weights."""
    linear: bool
    carried: bool
    """Whether its rounded score is what goes on upward."""


@frozen(eq=False)
class Fold:
    """The tree of all units of which the same is known."""

    scheme: Scheme
    known: tuple[int, ...]
    """The nodes whose scores are not made of others': items, and nodes whose score was given."""
    joints: tuple[Joint, ...]
    """The other nodes that have a score, each after those below it."""
    statuses: tuple[Status, ...]
    """By node."""

    @classmethod
    def of(cls, scores: Scores) -> Fold:
        """The fold of what an evaluation of one unit found."""
        scheme, plan = scores.scheme, scores.scheme.plan
        made = {}
        for step in plan.steps:
            i = step.index
            if scores.status(i) != "scored" or scores.numerators[i] is None:
                continue
            parts = scores.coefficients(step)
            linear = plan.nodes[i].method.method.shape is not None
            if not linear:
                parts = {k: plan.weights[k] for k in step.counting}
            counting = {k: w for k, w in parts.items() if scores.numerators[k] is not None}
            weights = np.array([w.numerator / w.denominator for w in counting.values()])
            carried = plan.nodes[i].level in scheme.rounding.carry
            made[i] = Joint(i, tuple(counting), weights, linear, carried)
        there = [n is not None for n in scores.numerators]
        nodes = range(len(plan.nodes))
        known = tuple(i for i in nodes if there[i] and i not in made)
        return cls(scheme, known, tuple(made.values()), tuple(scores.status(i) for i in nodes))

    def values(self, own: Floats, nodes: Sequence[int] | None = None) -> Floats:
        """The scores of some nodes, or of all; the last axis runs over `known`, then over them.

        Not a number where a node has no score.
        """
        if self._matrix is not None:
            chosen = slice(None) if nodes is None else list(nodes)
            values = own @ self._matrix[chosen].T
            values[..., ~self.scored[chosen]] = np.nan
            return np.asarray(values)
        values = np.full((*own.shape[:-1], len(self.statuses)), np.nan)
        values[..., list(self.known)] = own
        upward = values.copy()
        for i in self._carried:
            upward[..., i] = published(values[..., i], self.scheme.rounding)
        for joint in self.joints:
            score = self._combined(joint, upward[..., list(joint.children)])
            values[..., joint.index] = score
            rounding = self.scheme.rounding
            upward[..., joint.index] = published(score, rounding) if joint.carried else score
        return values if nodes is None else np.asarray(values[..., list(nodes)])

    def slopes(self, own: Floats) -> Floats:
        """What each node's score moves with each of `known`, by node: the delta method's factors.

        ``own`` is of one unit. A method that is not linear is taken to be so nearby; rounding on
        the way is taken for none.
        """
        if self._matrix is not None:
            return self._matrix
        values = self.values(own)
        slopes = np.zeros((len(self.statuses), len(self.known)))
        slopes[list(self.known), range(len(self.known))] = 1
        for joint in self.joints:
            slopes[joint.index] = self._nearby(joint, values) @ slopes[list(joint.children)]
        return slopes

    @cached_property
    def scored(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each node has a score."""
        found = np.zeros(len(self.statuses), bool)
        found[[*self.known, *(joint.index for joint in self.joints)]] = True
        return found

    @cached_property
    def ends(self) -> Floats:
        """The least and the greatest score that answers can give each of `known`, as two rows."""
        found = []
        for i in self.known:
            scale = self.scheme.plan.scales[i]
            scores = [choice.score for choice in scale.answers] if scale is not None else []
            least, most = (min(scores), max(scores)) if scores else self.scheme.range
            found.append((least.numerator / least.denominator, most.numerator / most.denominator))
        return np.array(found, dtype=np.float64).reshape(-1, 2).T

    @cached_property
    def _matrix(self) -> Floats | None:
        """The scores of all nodes as sums of products, where all methods are linear."""
        if self._carried or any(joint.carried or not joint.linear for joint in self.joints):
            return None
        matrix = np.zeros((len(self.statuses), len(self.known)))
        matrix[list(self.known), range(len(self.known))] = 1
        for joint in self.joints:
            matrix[joint.index] = joint.weights @ matrix[list(joint.children)]
        return matrix

    @property
    def _carried(self) -> list[int]:
        """The nodes of `known` whose rounded scores go on upward."""
        nodes, carry = self.scheme.plan.nodes, self.scheme.rounding.carry
        return [i for i in self.known if nodes[i].level in carry]

    def _combined(self, joint: Joint, terms: Floats) -> Floats:
        if joint.linear:
            return np.asarray(terms @ joint.weights)
        return combine(
            self._use(joint),
            terms,
            joint.weights,
            self.scheme.range,
            [self.scheme.plan.nodes[child].code for child in joint.children],
        )

    def _use(self, joint: Joint) -> Use:
        return self.scheme.plan.nodes[joint.index].method

    def _nearby(self, joint: Joint, values: Floats) -> Floats:
        """By child, what the score moves with it: the quotient of two small differences."""
        if joint.linear:
            return joint.weights
        low, high = (end.numerator / end.denominator for end in self.scheme.range)
        terms = values[list(joint.children)]
        step = (high - low) * _STEP * np.eye(len(terms))
        above, below = (np.clip(terms + sign * step, low, high) for sign in (1, -1))
        rise = self._combined(joint, above) - self._combined(joint, below)
        run = np.diagonal(above - below)
        return np.asarray(rise / run)
