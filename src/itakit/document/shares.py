"""Shares: what a point of each node's score counts in the total, as the scheme stands."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from itakit.scheme import Scheme


@frozen
class Share:
    """The points of the total that one point of a node's score makes."""

    points: Fraction
    whole: bool
    """Whether it is a part of a whole: there are only means on the way up, and no sums."""


def shares(scheme: Scheme) -> tuple[Share | None, ...]:
    """The share of every node, in the order of the nodes, where nothing is missing.

    None where a method on the way to the root is not linear, or no weight counts.

    >>> import itakit
    >>> scheme = itakit.find("ita_2565")
    >>> shares(scheme)[scheme.plan.index["9"]].points
    Fraction(1, 5)
    """
    plan = scheme.plan
    totals = [Fraction(0)] * len(plan.nodes)
    for i, parent in enumerate(plan.parents):
        if parent >= 0:
            totals[parent] += plan.weights[i]
    found: list[Share | None] = []
    for i, parent in enumerate(plan.parents):
        above = Share(Fraction(1), whole=True) if parent < 0 else found[parent]
        if parent < 0 or above is None:
            found.append(above)
            continue
        weight, shape = plan.weights[i], plan.nodes[parent].method.method.shape
        if shape == "sum":
            found.append(Share(above.points * weight, whole=False))
        elif shape == "average" and totals[parent]:
            found.append(Share(above.points * weight / totals[parent], above.whole))
        else:
            found.append(None)
    return tuple(found)
