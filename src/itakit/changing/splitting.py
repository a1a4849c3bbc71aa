"""Splitting: of the change of every score, what the data did and what the rules did."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from itakit.changing.comparison import Comparison, NodeChange
from itakit.changing.pairing import paired
from itakit.changing.supposing import Supposed, alone, by_later_rules, items_of_other, without
from itakit.difference.matching import Matching
from itakit.errors import EvidenceError, Problem
from itakit.result import NodeResult, Result
from itakit.text import printable
from itakit.wording import say


def compare(
    before: Result, after: Result, codes: Mapping[str, str | None] | None = None
) -> Comparison:
    """What became of every score from one result to another: two years, or two schemes.

    The change of a node is what the data did and what the rules did, which add up to it exactly.
    What the data did is measured by the later rules, on the nodes that both schemes have:

    * items added: by the later rules, the later data with the new items, less without them;
    * the data: by the later rules without the new items, the later data less the earlier;
    * the rules revised: on the earlier data without what was retired, the later rules without the
      new items less the earlier rules;
    * items retired: by the earlier rules, the earlier data without them, less with them.

    Under one scheme all of it is data. Rules that differ are compared only where ``codes`` is
    given, which says so: for each earlier code that changed the later one, or `None` where the
    node is gone; all others have kept their codes.

    Raises `EvidenceError` for rules that differ and nobody said so, for ranges that differ, and
    for every code that has another title now and is not mentioned.
    """
    for result in (before, after):
        if not isinstance(result, Result):
            raise EvidenceError([Problem(say("compare-no-result", value=printable(result)))])
    matching = paired(before.scheme, after.scheme, codes)
    same = before.scheme.hash == after.scheme.hash and all(
        i == j for i, j in matching.forth.items()
    )
    suppositions = None if same else _suppositions(before, after, matching)
    changes = []
    for is_new, number in matching.order():
        if not is_new:
            changes.append(NodeChange("retired", before=_node(before, number)))
        elif number not in matching.back:
            changes.append(NodeChange("added", after=_node(after, number)))
        else:
            i = matching.back[number]
            changes.append(_split(_node(before, i), _node(after, number), i, number, suppositions))
    return Comparison(before, after, None if codes is None else dict(codes), tuple(changes), same)


def _node(result: Result, i: int) -> NodeResult:
    return result[result.scheme.plan.nodes[i].code]


@frozen(eq=False)
class _Suppositions:
    """What would be scored without the items that only one of the schemes has."""

    later: Supposed
    """The later data by the later rules."""
    across: Supposed
    """The earlier data by the later rules."""
    earlier: Supposed
    """The earlier data by the earlier rules."""


def _suppositions(before: Result, after: Result, matching: Matching) -> _Suppositions:
    old_items, new_items = items_of_other(matching)
    retired = alone(matching.old.plan, matching.forth, old_items)
    added = alone(matching.new.plan, matching.back, new_items)
    return _Suppositions(
        without(after, added), by_later_rules(before, matching, added), without(before, retired)
    )


def _split(
    before: NodeResult, after: NodeResult, i: int, j: int, supposed: _Suppositions | None
) -> NodeChange:
    then, now, nothing = before.score, after.score, Fraction(0)
    if then is None or now is None:
        reason = say("compare-no-score-before" if then is None else "compare-no-score-after")
        return NodeChange("both", before, after, reason=reason)
    change, error = now - then, before.error + after.error
    if supposed is None:
        old, new = before.contribution, after.contribution
        share = None if old is None or new is None else new - old
        parts = (change, nothing, nothing, nothing, nothing, share, error)
        return NodeChange("both", before, after, change, *parts)
    (later, off), (across, more) = supposed.later.score(j), supposed.across.score(j)
    earlier, most = supposed.earlier.score(i)
    error += 2 * (off + more + most)
    if later is None or across is None:
        doubts = {**supposed.later.doubts, **supposed.across.doubts}
        reason = doubts.get(j) or say("compare-nothing-shared")
        return NodeChange("both", before, after, change, error=error, reason=reason)
    data = later - across
    return NodeChange(
        "both",
        before,
        after,
        change,
        data,
        change - data,
        added=now - later,
        revised=None if earlier is None else across - earlier,
        retired=None if earlier is None else earlier - then,
        error=error,
    )
