"""A comparison in words, and as a table that a person can follow."""

from __future__ import annotations

from collections.abc import Iterator

from itakit.changing.comparison import Comparison, NodeChange
from itakit.listing import Listing, rounded
from itakit.numerals import plain
from itakit.result import NodeResult, Result
from itakit.text import one_line
from itakit.wording import say

_HEADS = ("code", "title", "before", "after", "change", "data", "rules", "share", "note")


def listing(comparison: Comparison, lang: str) -> Listing:
    """Last year beside this year: sentences on the unit, and a row for every node."""
    places = _places(comparison)
    rows, depths = [], []
    for change in comparison:
        depth = _depth(comparison, change)
        if _used(change.before) or _used(change.after):
            rows.append(_row(comparison, change, places, lang))
            depths.append(depth)
    return Listing(
        above=[*_summary(comparison, places, lang)],
        heads=[say(f"column-{name}").text(lang) for name in _HEADS],
        rows=rows,
        depths=depths,
        right=range(2, 8),
        below=[*_footer(comparison, places, lang)],
    )


def _places(comparison: Comparison) -> int:
    """Two more than a published figure has."""
    return max(r.scheme.rounding.places for r in (comparison.before, comparison.after)) + 2


def _depth(comparison: Comparison, change: NodeChange) -> int:
    result = comparison.before if change.after is None else comparison.after
    plan = result.scheme.plan
    depth, i = 0, plan.index[change.code]
    while (i := plan.parents[i]) >= 0:
        depth += 1
    return depth


def _used(node: NodeResult | None) -> bool:
    return node is not None and node.status != "unused"


def _summary(comparison: Comparison, places: int, lang: str) -> Iterator[str]:
    root = comparison.root
    figures = {
        "title": one_line(root.title[lang]),
        "before": _figure(comparison.before.root, lang),
        "after": _figure(comparison.after.root, lang),
    }
    if root.change is None:
        yield say("compare-from-to", **figures).text(lang)
    else:
        change = rounded(root.change, places)
        yield say("compare-headline", change=change, **figures).text(lang)
    if comparison.before.scheme.grades or comparison.after.scheme.grades:
        old, new = (_grade(result, lang) for result in (comparison.before, comparison.after))
        name = "compare-grade-same" if old == new else "compare-grade"
        yield say(name, old=old, new=new).text(lang)
    scales = [_scale(result) for result in (comparison.before, comparison.after)]
    if scales[0] != scales[1]:
        yield say("compare-grades-differ", old=scales[0] or "-", new=scales[1] or "-").text(lang)
    if comparison.same_rules:
        yield say("compare-all-data").text(lang)
    elif root.data is None or root.rules is None:
        yield say("compare-no-split", reason=root.reason).text(lang)
    else:
        shown = {"data": rounded(root.data, places), "rules": rounded(root.rules, places)}
        yield say("compare-split", **shown).text(lang)
        if root.added or root.retired:
            parts = {
                name: rounded(value, places) or "?"
                for name, value in (
                    ("added", root.added),
                    ("revised", root.revised),
                    ("retired", root.retired),
                )
            }
            yield say("compare-rules-parts", **parts).text(lang)


def _scale(result: Result) -> str:
    """The grades that there are, with what each begins at."""
    return ", ".join(f"{grade.name} {plain(grade.lowest)}" for grade in result.scheme.grades)


def _grade(result: Result, lang: str) -> str:
    return say("cli-none").text(lang) if result.grade is None else result.grade


def _figure(node: NodeResult | None, lang: str) -> str:
    """The published figure, or why there is none."""
    if node is None or node.status == "unused":
        return ""
    if node.rounded is not None:
        return str(node.rounded)
    return say(f"note-{node.status.replace(' ', '-')}").text(lang)


def _row(comparison: Comparison, change: NodeChange, places: int, lang: str) -> list[str]:
    same = comparison.same_rules
    own = one_line(change.title[lang])
    named = own != change.code and change is not comparison.root
    return [
        change.code,
        own if named else "",
        _figure(change.before, lang),
        _figure(change.after, lang),
        rounded(change.change, places),
        "" if same else rounded(change.data, places),
        "" if same else rounded(change.rules, places),
        rounded(change.contribution, places),
        "; ".join(notes(comparison, change, lang)),
    ]


def notes(comparison: Comparison, change: NodeChange, lang: str) -> Iterator[str]:
    """What is said of one node beside its figures."""
    if change.kind != "both":
        yield say("compare-added" if change.before is None else "compare-retired").text(lang)
    elif change.was != change.code and change is not comparison.root:
        yield say("compare-was", code=change.was).text(lang)
    if change.kind == "both" and _used(change.before) != _used(change.after):
        yield say("note-unused").text(lang)
    if change.reason is not None and change.change is not None:
        yield change.reason.text(lang)
    if change.error:
        yield say("compare-about").text(lang)


def _footer(comparison: Comparison, places: int, lang: str) -> Iterator[str]:
    yield say("compare-rounded", places=places).text(lang)
    schemes = [comparison.before.scheme, comparison.after.scheme]
    names = (
        say(
            "notebook-scheme",
            scheme=f"{scheme.id} {scheme.version}".strip(),
            hash=scheme.hash[:12],
        ).text(lang)
        for scheme in schemes[: 1 if comparison.same_rules else 2]
    )
    yield " → ".join(names)
