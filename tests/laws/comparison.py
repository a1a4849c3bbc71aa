"""Compares the engine with the oracle on one scheme and one unit, node by node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from itakit import EvidenceError, Scheme, evaluate, numerals
from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally
from tests.laws import oracle
from tests.laws.oracle.numbers import Number

TINY = Fraction(1, 10**50)
"""The oracle's irrational numbers are off by less, whatever was made of them."""


def differences(
    scheme: Scheme, rules: oracle.Scheme, evidence: Mapping[str, Evidence | None]
) -> Iterator[str]:
    """Everything that the engine and the oracle say differently."""
    expected = oracle.Evaluation(rules, {code: plain(known) for code, known in evidence.items()})
    try:
        result = evaluate(scheme, evidence)
    except EvidenceError as error:
        told = {(problem.key.strip('"'), problem.says.name) for problem in error.problems}
        if told != expected.problems:
            yield f"problems: {sorted(told)}, expected {sorted(expected.problems)}"
        return
    if expected.problems:
        yield f"no problems, expected {sorted(expected.problems)}"
        return
    if result.grade != expected.grade():
        yield f"grade: {result.grade}, expected {expected.grade()}"
    # Contributions are shares of scores told to 30 digits, and no share is greater than some 100.
    slack = 10**4 * max(node.error for node in result)
    for node, other in zip(result, expected.root.walk(), strict=True):
        exact = {
            "code": (node.code, other.node.code),
            "status": (node.status, other.status),
            "coverage": (node.coverage, other.coverage),
            "rounded": (node.rounded, other.rounded),
            "n": (node.n or None, other.n or None),
        }
        close = {
            "score": (node.score, other.score, node.error),
            "contribution": (node.contribution, other.contribution, slack),
        }
        for name, (found, wanted) in exact.items():
            if found != wanted:
                yield f"{node.code}: {name} {found}, expected {wanted}"
        for name, (value, truth, off) in close.items():
            if not same(value, truth, off):
                yield f"{node.code}: {name} {value}, expected {truth}"


def same(found: Fraction | None, wanted: Number | None, off: Fraction) -> bool:
    """Whether a figure is the oracle's: exactly, or within its stated error where irrational."""
    if found is None or wanted is None or (off == 0 and isinstance(wanted, Fraction)):
        return found == wanted
    return abs(found - Fraction(wanted)) <= off + TINY


def plain(known: Evidence | None) -> object:
    """Evidence without any type of itakit's."""
    if isinstance(known, Answer):
        known = Tally({known.value: 1})
    if isinstance(known, Tally):
        return {answer: Fraction(count) for answer, count in known}
    if known is None:
        return None
    if known is NOT_APPLICABLE or known == "not applicable":
        return "not applicable"
    try:
        return numerals.exact(known)
    except (TypeError, ValueError):
        return "nonsense"
