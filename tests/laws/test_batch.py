"""The law of the batch: all units at once score what each of them scores by itself."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit import numerals
from itakit.errors import EvidenceError
from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally
from itakit.frames.batch import FEW, evaluate_panel
from itakit.frames.board import lay_out
from itakit.frames.panel import Panel
from itakit.reals import Undecidable
from itakit.scheme import Scheme
from itakit.testing import LINEAR, Scope, evidence, schemes


def panel_of(scheme: Scheme, units: Sequence[Mapping[str, Evidence]]) -> Panel:
    """A panel of what is known of units, counted as columns would be."""
    counts: dict[int, dict[str, list[int]]] = {}
    given_: list[dict[int, Evidence]] = []
    for number, known in enumerate(units):
        others: dict[int, Evidence] = {}
        for code, value in known.items():
            i = scheme.plan.index[code]
            scale = scheme.plan.scales[i]
            tally = value.tally if isinstance(value, Answer) else value
            if not isinstance(tally, Tally):
                others[i] = tally if tally is NOT_APPLICABLE else numerals.exact(tally)
                continue
            assert scale is not None
            whole = all(isinstance(n, int) for _, n in tally)
            if scale.goalposts is None and whole and not scheme.plan.nodes[i].children:
                for answer, n in tally:
                    column = counts.setdefault(i, {}).setdefault(
                        scale.code(answer), [0] * len(units)
                    )
                    column[number] += int(n)
            else:
                others[i] = tally
        given_.append(others)
    return Panel(
        scheme,
        [f"u{number:02}" for number in range(len(units))],
        {i: {c: pl.Series(n, dtype=pl.Int64) for c, n in by.items()} for i, by in counts.items()},
        given_,
    )


def varied(
    scheme: Scheme, known: Mapping[str, Evidence], dice: random.Random
) -> dict[str, Evidence]:
    """Other figures where the same is known."""
    low, high = scheme.range
    found: dict[str, Evidence] = {}
    for code, value in known.items():
        scale = scheme.plan.scales[scheme.plan.index[code]]
        if isinstance(value, Tally) and scale is not None and scale.goalposts is None:
            codes = [choice.code for choice in scale.answers]
            found[code] = Tally(
                {c: dice.choice((0, 1, 2, 3, 5, 40)) for c in codes} | {codes[0]: 1}
            )
        elif isinstance(value, Tally | Answer) or value is NOT_APPLICABLE:
            found[code] = value
        else:
            found[code] = low + (high - low) * Fraction(dice.randint(0, 16), 16)
    return found


def by_hand(scheme: Scheme, known: Mapping[str, Evidence]) -> list[tuple[object, ...]] | None:
    """What evaluation by itself says of every node; none where it is an error."""
    try:
        result = itakit.evaluate(scheme, known)
    except EvidenceError:
        return None
    million = Decimal("0.000001")
    return [
        (
            node.code,
            node.rounded,
            result.grade if node.node is scheme.root else None,
            None
            if node.coverage is None
            else (Decimal(node.coverage.numerator) / node.coverage.denominator).quantize(million),
            node.status,
        )
        for node in result
    ]


def by_batch(panel: Panel) -> list[list[tuple[object, ...]]]:
    board = lay_out(panel, evaluate_panel(panel), "unit", "en")
    assert board.table["unit"].to_list() == [
        name for name in panel.units for _ in panel.scheme.nodes()
    ]
    rows = board.table.select("code", "rounded", "grade", "coverage", "status").rows()
    size = len(panel.scheme.nodes())
    return [rows[k : k + size] for k in range(0, len(rows), size)]


def agree(scheme: Scheme, units: Sequence[Mapping[str, Evidence]]) -> None:
    expected = [(known, rows) for known in units if (rows := by_hand(scheme, known)) is not None]
    if expected:
        panel = panel_of(scheme, [known for known, _ in expected])
        assert by_batch(panel) == [rows for _, rows in expected]


class TestBatch:
    """Batch evaluation is exact, and equal to evaluating one unit at a time, bit for bit."""

    @given(st.data(), schemes())
    def test_all_units_at_once_score_what_each_scores_by_itself(
        self, data: st.DataObject, scheme: Scheme
    ) -> None:
        agree(scheme, [data.draw(evidence(scheme)) for _ in range(3)])

    @given(
        st.data(),
        schemes(Scope(methods=LINEAR, scales=("none", "choice", "reverse"), carry=(0,))),
        st.randoms(use_true_random=False),
    )
    def test_units_of_which_the_same_is_known_score_what_each_scores_by_itself(
        self, data: st.DataObject, scheme: Scheme, dice: random.Random
    ) -> None:
        """These are evaluated in columns of floats, but for those near a rounding edge."""
        known = data.draw(evidence(scheme))
        alike = [varied(scheme, known, dice) for _ in range(FEW + 2)]
        agree(scheme, [known, *alike])

    @pytest.mark.parametrize("mode", ["half-up", "half-even", "up", "down"])
    def test_scores_on_a_rounding_edge_are_rounded_in_fractions(self, mode: str) -> None:
        """Sums of three floats end up on either side of the half that they add up to."""
        mean = SUM.replace('total = "sum"', 'total = "mean"').replace(
            "missing", f'rounding = {{ mode = "{mode}" }}\nmissing'
        )
        scheme = itakit.loads(mean + '[[item]]\ncode = "c"\n')
        dice = random.Random(0)
        units = []
        for _ in range(300):
            a, b = (Fraction(dice.randint(0, 2000), 100) for _ in range(2))
            edge = Fraction(dice.randint(4000, 6000) * 2 + 1, 200)
            units.append({"a": a, "b": b, "c": 3 * edge - a - b})
        agree(scheme, [unit for unit in units if unit["c"] <= 100])

    def test_scores_of_many_digits_are_computed_in_fractions(self) -> None:
        scheme = itakit.loads(SUM.replace('total = "sum"', 'total = "mean"'))
        digits = ["12.34499999999999999999", "0.0000000000000000001", "49.99500000000000000000001"]
        agree(scheme, [{"a": a, "b": b} for a in digits for b in (*digits, "1")])


SUM = """
format = 1
[scheme]
id = "sums"
range = [0, 100]
missing = "skip"
[aggregation]
item = "mean"
total = "sum"
[[item]]
code = "a"
[[item]]
code = "b"
"""


class TestRefusals:
    """Evidence that no score can be made of is refused; what is missing is not."""

    @pytest.mark.parametrize("units", [1, FEW + 1])
    def test_a_sum_beyond_the_range_is_told_of_its_unit(self, units: int) -> None:
        scheme = itakit.loads(SUM)
        known: list[Mapping[str, Evidence]] = [{"a": 60, "b": 30}] * units
        panel = panel_of(scheme, [*known, {"a": 60, "b": 50}])
        with pytest.raises(EvidenceError) as caught:
            evaluate_panel(panel)
        assert [problem.text() for problem in caught.value.problems] == [
            f'total: in "u{units:02}": the score 110 lies outside the range from 0 to 100'
        ]

    def test_what_is_wrong_with_all_is_told_of_each(self) -> None:
        """Also where the first of those of which the same is known already shows it."""
        scheme = itakit.loads(SUM)
        panel = panel_of(scheme, [{"a": 60, "b": 50}] * (FEW + 1))
        with pytest.raises(EvidenceError) as caught:
            evaluate_panel(panel)
        assert len(caught.value.problems) == FEW + 1

    def test_a_score_that_nobody_can_tell_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def never(*_: object) -> int:
            raise Undecidable

        monkeypatch.setattr("itakit.frames.batch._published", never)
        with pytest.raises(EvidenceError, match="the score cannot be told"):
            evaluate_panel(panel_of(itakit.loads(SUM), [{"a": 1, "b": 2}]))

    def test_a_table_has_no_room_for_any_number_of_places(self) -> None:
        scheme = itakit.loads(SUM.replace("missing", "rounding = { places = 20 }\nmissing"))
        with pytest.raises(EvidenceError, match="20 decimal places"):
            evaluate_panel(panel_of(scheme, [{"a": 1, "b": 2}]))


class TestMissing:
    """What is missing for many units in the same way is so for each of them."""

    @pytest.mark.parametrize("policy", ["zero", "skip", "error"])
    def test_units_that_lack_the_same_item_score_what_each_scores_by_itself(
        self, policy: str
    ) -> None:
        scheme = itakit.loads(
            SUM.replace("skip", policy).replace('total = "sum"', 'total = "mean"')
        )
        units: list[Mapping[str, Evidence]] = [{"b": Fraction(n, 3)} for n in range(FEW + 3)]
        board = lay_out(panel := panel_of(scheme, units), evaluate_panel(panel), "unit", "en")
        if policy == "error":
            assert board.without_score == panel.units
        else:
            agree(scheme, units)
