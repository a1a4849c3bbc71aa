"""The laws of every scheme, each tried on all of it; and those of the tallies of its items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from itakit.errors import EvidenceError, SchemeError
from itakit.evaluation import evaluate
from itakit.evidence import Evidence, Tally
from itakit.grade import award
from itakit.methods import Method
from itakit.notation import Sources, check, dumps, parse
from itakit.result import NodeResult, Result
from itakit.scheme import Scheme
from itakit.testing.breach import Breach, short
from itakit.testing.drawing import Draw, pick, score
from itakit.testing.families import seen
from itakit.testing.method_laws import Trial
from itakit.testing.units import USUAL, WHOLE, Habits, answer, evidence, tally

# Items: answers and those who gave them


def _pooling(draw: Draw, item: Scheme) -> Breach | None:
    code = item.root.code
    tallies = [_tally(draw, item), _tally(draw, item)]
    parts = [_root(item, {code: one}) for one in tallies]
    pooled = {code: Tally.merge(tallies)}
    whole = _root(item, pooled)
    if whole is None or whole.error:
        return None
    known = [part for part in parts if part is not None]
    points = sum((part.score or 0) * (part.n or 0) for part in known)
    if whole.score is None or whole.score * (whole.n or 0) == points:
        return None
    expected = f"= {short(Fraction(points) / Fraction(whole.n or 1))}"
    return Breach(code, pooled, f"{code} = {short(whole.score)}", expected)


def _twice(draw: Draw, item: Scheme) -> Breach | None:
    once = _tally(draw, item)
    return _alike(item, once, Tally.merge([once, once]))


def _answer_order(draw: Draw, item: Scheme) -> Breach | None:
    once = _tally(draw, item)
    return _alike(item, once, Tally(reversed(list(once))))


def _agreement(draw: Draw, item: Scheme) -> Breach | None:
    (scale,) = item.scale_list
    one = answer(draw, scale)
    return _alike(item, one, Tally([(one.value, draw(1, 500))]))


def _tally(draw: Draw, item: Scheme) -> Tally:
    (scale,) = item.scale_list
    return tally(draw, scale)


def _root(item: Scheme, known: Mapping[str, Evidence]) -> NodeResult | None:
    try:
        return evaluate(item, known).root
    except EvidenceError:
        return None


def _alike(item: Scheme, one: Evidence, other: Evidence) -> Breach | None:
    code = item.root.code
    expected, found = seen(item, {code: one}), seen(item, {code: other})
    if expected is None or found is None or found.equals(expected):
        return None
    shown = f"{code} = {short(found.score)}", f"= {short(expected.score)}"
    return Breach(code, {code: other}, *shown, before={code: one})


ITEM_LAWS: Mapping[str, tuple[Callable[[Method], bool], Trial]] = {
    "pooling": (lambda method: method.shape == "average", _pooling),
    "twice": (lambda method: "weight-scale" in method.laws, _twice),
    "answer-order": (lambda method: "symmetric" in method.laws, _answer_order),
    "agreement": (lambda method: "equal" in method.laws, _agreement),
}
"""Each law of tallies, with whether it follows from what an item's method declares."""


# The whole tree


def _evaluated(
    draw: Draw, scheme: Scheme, habits: Habits = USUAL
) -> tuple[dict[str, Evidence], Result] | None:
    known = evidence(draw, scheme, habits)
    try:
        return known, evaluate(scheme, known)
    except EvidenceError:
        return None


def _contributions(draw: Draw, scheme: Scheme) -> Breach | None:
    if (case := _evaluated(draw, scheme)) is None:
        return None
    known, result = case
    for node in result:
        linear = node.node.method.method.linear
        if node.status == "scored" and linear and node.contribution is not None:
            parts = [child.contribution or Fraction(0) for child in node.children]
            if sum(parts) != node.contribution:
                shown = " + ".join(short(part) for part in parts)
                return Breach(node.code, known, shown, f"= {short(node.contribution)}")
    return None


def _subtree(draw: Draw, scheme: Scheme) -> Breach | None:
    if (case := _evaluated(draw, scheme)) is None:
        return None
    known, result = case
    cuts = [
        node
        for node in result
        if node.children and node.status == "scored" and not node.error and node.coverage == 1
    ]
    cut = pick(draw, cuts) if cuts else result.root
    if cut.score is None or not cuts:
        return None
    below = {node.code for node in cut.node.walk()}
    rest = {code: value for code, value in known.items() if code not in below}
    other = evaluate(scheme, {**rest, cut.code: cut.score})
    for before, after in zip(result, other, strict=True):
        if before.code not in below and (before.score, before.rounded) != (
            after.score,
            after.rounded,
        ):
            found = f"{after.code} = {after.rounded}"
            cut_there = {**rest, cut.code: cut.score}
            return Breach(after.code, cut_there, found, f"= {before.rounded}", known)
    return None


def _better(draw: Draw, scheme: Scheme) -> Breach | None:
    if (case := _evaluated(draw, scheme, WHOLE)) is None:
        return None
    known, result = case
    code = pick(draw, sorted(known))
    plan = scheme.plan
    above = plan.parents[plan.index[code]]
    while above >= 0:
        if "monotone" not in plan.nodes[above].method.method.laws:
            return None
        above = plan.parents[above]
    least = result[code]
    if least.score is None or least.error:
        return None
    better = {**known, code: score(draw, (least.score, scheme.range[1]))}
    try:
        other = evaluate(scheme, better)
    except EvidenceError:
        return None  # a sum may leave the range
    before, after = _standing(result), _standing(other)
    if after >= before:
        return None
    found = f"{scheme.root.code} = {other.rounded} {other.grade or ''}"
    expected = f"≥ {result.rounded} {result.grade or ''}"
    return Breach(scheme.root.code, better, found, expected, known)


def _standing(result: Result) -> tuple[object, ...]:
    """A result by its published score and then by its grade, the highest last."""
    grades = [grade.name for grade in reversed(result.scheme.grades)]
    return result.rounded, grades.index(result.grade) if result.grade else -1


def _evidence_order(draw: Draw, scheme: Scheme) -> Breach | None:
    if (case := _evaluated(draw, scheme)) is None:
        return None
    known, result = case
    other = evaluate(scheme, dict(reversed(known.items())))
    for before, after in zip(result, other, strict=True):
        if before.score != after.score:
            found = f"{after.code} = {short(after.score)}"
            return Breach(after.code, known, found, f"= {short(before.score)}")
    return None


def _one_grade(draw: Draw, scheme: Scheme) -> Breach | None:
    if not scheme.grades or any(grade.requires for grade in scheme.grades):
        return None
    value = score(draw, scheme.range)
    rounded = scheme.rounding(value)
    bounds = [grade.lowest for grade in scheme.grades]
    bands = [
        grade.name
        for grade, above in zip(scheme.grades, [None, *bounds], strict=False)
        if grade.lowest <= rounded and (above is None or rounded < above)
    ]
    grade = award(scheme.grades, rounded, lambda _: ())
    if grade is not None and bands == [grade.name]:
        return None
    root = scheme.root.code
    return Breach(root, {root: value}, f"{rounded} = {', '.join(bands) or '–'}", "= 1")


def _rounding(draw: Draw, scheme: Scheme) -> Breach | None:
    rounding = scheme.rounding
    low, high = sorted(score(draw, scheme.range) for _ in range(2))
    root, unit = scheme.root.code, Fraction(1, 10**rounding.places)
    published, above = Fraction(rounding(low)), Fraction(rounding(high))
    off, half = abs(published - low), rounding.mode.startswith("half")
    if published > above:
        return Breach(root, {root: high}, short(above), f"≥ {short(published)}")
    if Fraction(rounding(published)) != published:
        return Breach(root, {root: published}, str(rounding(published)), f"= {short(published)}")
    if off >= unit or (half and 2 * off > unit):
        return Breach(root, {root: low}, short(published), f"≈ {short(low)}")
    return None


def dumped(scheme: Scheme) -> Breach | None:
    """Dumping then loading gives the same scheme and the same hash, whatever methods it brings."""
    own = {node.method.name: node.method.method for node in scheme.nodes()}
    own |= {use.name: use.method for _, use in scheme.levels}
    document = parse(dumps(scheme), scheme.id)
    try:
        other = check(document, Sources(own.get, lambda _, document: document)).unwrap()
    except SchemeError as error:
        return Breach(scheme.root.code, {}, error.problems[0].says, f"= {scheme.hash}")
    if other == scheme and other.hash == scheme.hash:
        return None
    return Breach(scheme.root.code, {}, other.hash, f"= {scheme.hash}")


SCHEME_LAWS: Mapping[str, Trial] = {
    "contributions": _contributions,
    "subtree": _subtree,
    "better": _better,
    "evidence-order": _evidence_order,
    "one-grade": _one_grade,
    "rounding": _rounding,
}
"""The laws of every scheme."""
