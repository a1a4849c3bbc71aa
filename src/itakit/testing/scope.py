"""What a drawn scheme may hold."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from itakit.methods import BUILT_IN

LINEAR = tuple(name for name, method in BUILT_IN.items() if method.linear)
"""The built-in methods whose score is a sum of parts."""
RATIONAL = (*LINEAR, "min", "max", "median", "deduction", "k-of-n", "all-of")
"""The built-in methods that never leave the rational numbers."""


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
"""Whatever a scheme may hold."""
