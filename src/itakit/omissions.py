"""Omissions: what a scheme's policies on what is missing may be taken for."""

from __future__ import annotations

from collections.abc import Container, Iterator
from fractions import Fraction

from attrs import evolve

from itakit.policy import POLICIES, Missing
from itakit.scheme import Scheme


def other_policies(scheme: Scheme) -> Iterator[tuple[str, set[str], Missing, Missing]]:
    """Where a policy is written, and other ones that may stand there.

    Yields the code of the node that has it, the codes of that and of all that take it over from
    there, the policy, and another one.
    """
    parents = scheme.plan.parents
    nodes = scheme.nodes()
    writers: list[int] = []  # for each node, the one whose policy it has taken over
    for i, node in enumerate(nodes):
        own = i == 0 or node.missing != nodes[parents[i]].missing
        writers.append(i if own else writers[parents[i]])
    for i in sorted(set(writers)):
        codes = {node.code for node, writer in zip(nodes, writers, strict=True) if writer == i}
        was = nodes[i].missing
        others = [Missing(policy) for policy in POLICIES if policy != was.policy]
        if was.at_least:
            shares = (was.at_least + Fraction(d, 100) for d in (1, -1))
            near = (share for share in shares if 0 < share <= 1)
            others += [evolve(was, at_least=s) for s in near if _differ(scheme, codes, was, s)]
        yield from ((nodes[i].code, codes, was, new) for new in others)


def _differ(scheme: Scheme, codes: Container[str], was: Missing, share: Fraction) -> bool:
    """Whether a node can lack so little that two shares tell it apart."""
    for node in scheme.nodes():
        counting = [child for child in node.children if child.weight != 0]
        if node.code not in codes or (len(counting) == 1 and not counting[0].children):
            continue  # of an only item all is known, or nothing
        if counting:
            weights = [Fraction(1 if c.weight is None else c.weight) for c in counting]
            least = min(weights) / sum(weights)
            inner = any(c.children and c.code not in codes for c in node.children)
            if was.at_least < 1 or inner or least <= 1 - share:
                return True
    return False
