"""What a missing node means."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from attrs import frozen

Policy: TypeAlias = Literal["error", "skip", "zero"]
POLICIES: tuple[Policy, ...] = get_args(Policy)


@frozen
class Missing:
    """What becomes of a node without evidence, and when an inner node counts as one.

    ``error`` stops the evaluation, ``skip`` drops the node and renormalises the weights of its
    siblings, ``zero`` counts it as the lowest score of the range.
    """

    policy: Policy = "error"
    at_least: Fraction = Fraction(0)
    """An inner node is itself missing where a smaller share of weight below it had evidence."""
