"""The audit: what was found about each figure of a published table, and about all together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from itakit import numerals
from itakit.auditing import recording, telling
from itakit.auditing.figures import Published
from itakit.auditing.grading import Grading, Hinge
from itakit.auditing.holding import Against, held_against
from itakit.auditing.implying import Implication, implied
from itakit.auditing.mending import Hint, Repair, hints, regraded, repairs, replaced
from itakit.auditing.network import Network
from itakit.auditing.published import read_published
from itakit.auditing.recomputing import values_as_printed
from itakit.auditing.verdicts import Bench, Judged, Verdict, bench, leaves_of
from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.language import system_language
from itakit.listing import Listing
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import say


@frozen
class Audit:
    """What was found about a published table."""

    scheme: Scheme
    published: Published
    figures: tuple[Judged, ...]
    """A verdict of each figure, in the scheme's order, the grade last."""
    consistent: bool
    """Whether there are scores that all figures, and the grade, can be printed for."""
    grades: tuple[str, ...]
    """The grades that the figures allow, highest first, those excluded from below left aside. Empty
    where the scheme has none."""
    grades_as_printed: tuple[str, ...]
    """The grades that the printed total allows on its own."""
    rounding_only: bool
    """Whether all that the total is made of is printed, so that nothing is open but what was lost
    by rounding."""
    hinges: tuple[Hinge, ...]
    """What decides between the grades, where there are several."""
    repairs: tuple[Repair, ...]
    """Every single figure that another one in its place would make fit, the least change first;
    the grade before them, where it alone contradicts the figures."""
    replaced: tuple[Repair, ...]
    """Where no single change would do: what each impossible figure would have to be by those below
    it, and the grade by those that are not impossible."""
    hints: tuple[Hint, ...]
    """Usual slips that give figures which do not follow."""
    implied: tuple[Implication, ...]
    """What the figures imply about items that take few scores."""
    unattainable: tuple[str, ...]
    """The codes whose figures fit the table, though no combination of their items gives them."""
    against: Against | None = None
    """What another table says."""

    def figure(self, code: str, kind: str = "score") -> Judged:
        """What was found about the figure of a code. Raises `KeyError`."""
        for judged in self.figures:
            if (judged.code, judged.kind) == (code, kind):
                return judged
        raise KeyError(code)

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for every figure."""
        return recording.rows(self, lang)

    def to_dict(self) -> dict[str, object]:
        """All that was found as JSON can hold it, exact."""
        return recording.record(self)

    def explain(self, lang: str = "en") -> str:
        """What was found, for people: verdicts, the grade, what is implied, repairs."""
        return self.listing(lang).text()

    def listing(self, lang: str) -> Listing:
        """What a page shows of it: every figure, and what was found beside them."""
        return telling.listing(self, lang)

    def _repr_html_(self) -> str:
        lang = system_language()
        return self.listing(lang).html(lang)


def audit(
    scheme: Scheme,
    published: object,
    against: object = None,
    *,
    values: Mapping[str, Iterable[object] | None] | None = None,
    places: int | None = None,
) -> Audit:
    """Whether the figures of a published table follow from the scheme, and from each other.

    ``published`` is a mapping from codes to figures as they are printed, with ``"weighted"`` (a
    mapping) and ``"grade"`` beside them, or the path of a file. ``against`` is another table of the
    same results. ``values`` says which scores items take, by the code or level of a node above
    them, `None` for any; without it, an item that one assessor scores on a choice takes the scores
    of its scale. ``places`` says how many decimals figures have whose zeros at the end are lost.

    Raises `EvidenceError` with everything that is wrong with the tables.
    """
    if not isinstance(scheme, Scheme):
        raise SchemeError([Problem(say("not-a-scheme", value=printable(scheme)), say("find-load"))])
    problems: list[Problem] = []
    tables: list[Published] = []
    for given in (published, *([] if against is None else [against])):
        try:
            tables.append(read_published(scheme, given, places))
        except EvidenceError as error:
            problems += error.problems
    known = _values(scheme, values or {}, problems)
    if problems:
        raise EvidenceError(problems)
    table = tables[0]
    index = scheme.plan.index
    network = Network(scheme, frozenset(index[code] for code in table.absent), known)
    judged = bench(network, [f for f in table.figures if f.kind != "grade"])
    return _found(scheme, table, judged, tables[1] if len(tables) > 1 else None)


def _values(
    scheme: Scheme, values: Mapping[str, Iterable[object] | None], problems: list[Problem]
) -> dict[int, tuple[Fraction, ...] | None]:
    """The scores that items take, by their numbers."""
    low, high = scheme.range
    found: dict[int, tuple[Fraction, ...] | None] = {}
    for name, given in values.items():
        items = leaves_of(scheme, name)
        if not items:
            hint = did_you_mean(name, (*scheme.plan.index, *scheme.plan.levels))
            problems.append(Problem(say("unknown-code", scheme=scheme.id), hint, key=name))
            continue
        try:
            scores = None if given is None else tuple(numerals.exact(value) for value in given)
        except (TypeError, ValueError):
            problems.append(_no_values(scheme, name, given))
            continue
        if scores is not None and not all(low <= score <= high for score in scores or (low - 1,)):
            problems.append(_no_values(scheme, name, given))
            continue
        found.update(dict.fromkeys(items, scores))
    return found


def _no_values(scheme: Scheme, name: str, given: Iterable[object] | None) -> Problem:
    low, high = map(numerals.plain, scheme.range)
    values = ", ".join(printable(value) for value in given or ())
    return Problem(say("audit-values", values=values or "-", low=low, high=high), key=name)


def _found(scheme: Scheme, table: Published, judged: Bench, other: Published | None) -> Audit:
    claims = judged.claims
    cuts = claims.cuts(judged.counted) or {}
    grading = Grading(claims.network, cuts)
    grades = grading.possible() if claims.settle(judged.counted) is not None else ()
    root = scheme.root.code
    totals = [f for f in claims.numbers if f.code == root and f.kind == "score"]
    total = claims.cuts(totals)
    as_printed = Grading(claims.network, total).possible() if totals and total is not None else ()
    figures = [judged.judged(figure) for figure in claims.numbers]
    grade = next((f for f in table.figures if f.kind == "grade"), None)
    fits = True
    if grade is not None:
        fits = grade.text in grades or not grades
        verdict: Verdict = (
            "impossible" if not fits else "follows" if len(grades) == 1 else "possible"
        )
        figures.append(Judged(root, "grade", grade.text, verdict))
    consistent = judged.consistent
    agrees = consistent and fits
    single: tuple[Repair, ...] = ()
    apart: tuple[Repair, ...] = ()
    if not agrees:
        single = repairs(claims, None if grade is None else grade.text)
        other_grade = () if grade is None else regraded(claims, grade.text, grades)
        if consistent:
            single = (*other_grade, *single)
        elif not single:
            apart = (*replaced(claims, judged.risen), *other_grade)
    doubtful = [
        figure
        for figure in claims.numbers
        if figure in judged.risen.impossible
        or judged.remade.get(figure, figure.value) != figure.value
    ]
    regions = claims.settle(judged.counted, everywhere=True)
    return Audit(
        scheme,
        table,
        tuple(figures),
        agrees,
        grades,
        as_printed,
        0 in values_as_printed(claims, judged.counted)[0],
        grading.hinges(grades),
        single,
        apart,
        hints(claims, doubtful),
        () if regions is None else implied(claims.network, regions, cuts),
        tuple(figure.code for figure in judged.unattainable),
        None if other is None else held_against(judged, table, other),
    )
