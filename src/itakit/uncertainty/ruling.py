"""Ruling: what callers write of rules to be drawn anew, checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from itakit.errors import EvidenceError, Problem
from itakit.methods import BUILT_IN, Use
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.uncertainty.arguments import exact, miscounted, unexpected
from itakit.uncertainty.redrawing import Rules
from itakit.wording import say

QUARTER = Fraction(1, 4)
"""How far weights are drawn off by default."""


def ruled(
    scheme: Scheme,
    spread: object,
    concentration: object,
    methods: Iterable[str],
    levels: Iterable[str],
    draws: object,
    seed: object,
) -> Rules:
    """The rules to be drawn anew. Raises `EvidenceError` with all that is wrong with them."""
    problems = [
        *miscounted("draws", draws, least=1),
        *miscounted("seed", seed),
        *_no_names("methods", methods),
        *_no_names("levels", levels),
    ]
    if spread is not None and concentration is not None:
        problems.append(Problem(say("robustness-both"), key="spread"))
    if spread is None and concentration is None:
        spread = QUARTER
    away, nearness = exact(spread), exact(concentration)
    if spread is not None and (away is None or not 0 <= away < 1):
        problems.append(unexpected("spread", spread, say("a-spread")))
    if concentration is not None and (nearness is None or nearness <= 0):
        problems.append(unexpected("concentration", concentration, say("a-concentration")))
    if problems:
        raise EvidenceError(problems)
    names, chosen = list(methods), list(levels) or [scheme.root.level]
    for name in names:
        method = BUILT_IN.get(name)
        if method is None or any(p.required for p in method.parameters.values()):
            known = [n for n, m in BUILT_IN.items() if not any(_required(m))]
            says = say("one-of", found=printable(name), options=", ".join(known))
            problems.append(Problem(says, did_you_mean(str(name), known), key="methods"))
    inner = dict.fromkeys(node.level for node in scheme.nodes() if node.children)
    for level in chosen:
        if level not in inner:
            says = say("one-of", found=printable(level), options=", ".join(inner))
            problems.append(Problem(says, key="levels"))
    if problems:
        raise EvidenceError(problems)
    uses = tuple(Use(BUILT_IN[name]) for name in names)
    return Rules(_float(away), _float(nearness), uses, frozenset(chosen))


def _required(method: object) -> Iterator[bool]:
    return (p.required for p in getattr(method, "parameters", {}).values())


def _float(value: Fraction | None) -> float | None:
    return None if value is None else value.numerator / value.denominator


def _no_names(key: str, value: object) -> Iterator[Problem]:
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        yield unexpected(key, value, say("a-list"))
