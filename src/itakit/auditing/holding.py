"""Holding two tables of the same results against each other."""

from __future__ import annotations

from attrs import frozen

from itakit.auditing.figures import Figure, Kind, Published
from itakit.auditing.verdicts import Bench, Judged, Verdict, bench


@frozen
class Difference:
    """A figure that two tables print differently."""

    code: str
    kind: Kind
    printed: str
    other: str
    mends: tuple[tuple[str, Kind, Verdict], ...] = ()
    """The figures that are impossible in the first table, and what they are with the other
    table's figure in the place of this one."""


@frozen
class Against:
    """What another table of the same results says about a table."""

    published: Published
    differences: tuple[Difference, ...]
    """The figures that both print, and that no score is printed as."""
    figures: tuple[Judged, ...]
    """Those figures of the first table that the other has figures below, judged by these, and by
    the first table's own where the other has none."""


def held_against(judged: Bench, table: Published, other: Published) -> Against:
    """Two tables against each other."""
    here = {(f.code, f.kind): f for f in table.figures}
    there = {(f.code, f.kind): f for f in other.figures}
    shared = [(figure, there[key]) for key, figure in here.items() if key in there]
    different = [pair for pair in shared if _differ(judged, *pair)]
    plan = judged.claims.network.scheme.plan
    merged = [f for f in ({**here, **there}).values() if f.kind != "grade"]
    found = []
    for figure in judged.claims.numbers:
        i = judged.claims.node(figure)
        inside = range(i + 1, plan.ends[i])
        if any(f.kind != "grade" and plan.index[f.code] in inside for f in other.figures):
            below = [f for f in merged if plan.index[f.code] in inside]
            alone = bench(judged.claims.network, [*below, figure])
            found.append(alone.judged(figure))
    return Against(
        other,
        tuple(
            Difference(
                one.code,
                one.kind,
                one.text,
                two.text,
                () if one.kind == "grade" else _mends(judged, one, two),
            )
            for one, two in different
        ),
        tuple(found),
    )


def _differ(judged: Bench, one: Figure, two: Figure) -> bool:
    """Whether no value is printed as both."""
    if one.kind == "grade":
        return one.text != two.text
    network = judged.claims.network
    spans = [network.figure(figure.value, figure.places) for figure in (one, two)]
    return spans[0].meet(spans[1]) is None


def _mends(judged: Bench, one: Figure, two: Figure) -> tuple[tuple[str, Kind, Verdict], ...]:
    """What becomes of impossible figures with one figure in the place of another."""
    if not judged.risen.impossible:
        return ()
    with_other = [two if figure is one else figure for figure in judged.claims.numbers]
    changed = bench(judged.claims.network, with_other)
    found = [
        (figure.code, figure.kind, changed.judged(figure).verdict)
        for figure in judged.risen.impossible
        if figure is not one
    ]
    return tuple(entry for entry in found if entry[2] != "impossible")
