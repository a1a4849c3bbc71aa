"""Ranking: nodes and units by their published scores, ties stated."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.ranks import Place, of_figures

CHIANG_MAI = Path(__file__).parents[2] / "examples" / "chiang_mai_2564"
SCHEME = """
format = 1
[scheme]
id = "small"
range = [0, 100]
missing = "skip"
[aggregation]
item = "mean"
total = "mean"
[[item]]
code = "a"
title = "First"
[[item]]
code = "b"
[[item]]
code = "c"
"""


def small(**scores: object) -> itakit.Result:
    known: dict[str, Any] = scores
    return itakit.evaluate(itakit.loads(SCHEME), known)


def standings(ranking: itakit.Ranking) -> list[tuple[int, str]]:
    return [(place.rank, place.name) for place in ranking.places]


RESULTS = {"x": small(a=1, b=2), "w": small(a=3, b=0), 7: small(c=9), "v": small()}


class TestNodes:
    """ "Ranking of a unit's nodes (ties stated), as in the document." (issue 5)"""

    def test_chiang_mai(self) -> None:
        """The ten indicators that the ranking table of the document prints, by their figures."""
        evidence = tomllib.loads((CHIANG_MAI / "ranking_table.toml").read_text("utf-8"))
        result = itakit.evaluate(itakit.find("ita_2565"), evidence)
        found = itakit.ranking(result)
        assert found.of == "indicator"
        printed = sorted(evidence.items(), key=lambda pair: -Decimal(pair[1]))
        assert [(p.name, str(p.rounded)) for p in found.places] == printed
        assert [p.rank for p in found.places] == [*range(1, 11)]
        assert [p.name for p in itakit.ranking(result, "survey").places] == ["OIT", "IIT", "EIT"]

    def test_equal_figures_share_a_rank(self) -> None:
        """And the next rank counts all before it; exact scores settle nothing."""
        found = itakit.ranking(small(a="66.664", b="66.66", c=90))
        assert standings(found) == [(1, "c"), (2, "a"), (2, "b")]
        assert [place.tied for place in found.places] == [1, 2, 2]
        assert [place.exact_scores for place in found.places] == [None, "differ", "differ"]
        found = itakit.ranking(small(a=5, b="90.001", c="90.00"))
        assert standings(found) == [(1, "b"), (1, "c"), (3, "a")]
        found = itakit.ranking(small(a=5, b=5, c=5))
        assert [(place.rank, place.tied, place.exact_scores) for place in found.places] == [
            (1, 3, "same")
        ] * 3

    def test_what_is_not_known_exactly_is_not_said_to_be_the_same(self) -> None:
        """Two scores that are not rational may be equal; nobody can say."""
        near, off = Fraction(1), Fraction(1, 100)
        group = [Place("a", Decimal("1.00"), near, off), Place("b", Decimal("1.00"), near)]
        from itakit.ranks import _exact

        assert _exact(group) is None
        assert _exact([group[0], Place("b", Decimal("1.00"), near + 2 * off)]) == "differ"

    def test_nodes_without_a_score_have_no_rank(self) -> None:
        """They are listed apart."""
        found = itakit.ranking(small(a=1, c=2))
        assert standings(found) == [(1, "c"), (2, "a")]
        assert found.unscored == ("b",)
        assert "without a score, 1: b" in found.explain()
        assert found.rows()[-1] == dict.fromkeys(found.rows()[0]) | {"name": "b"}

    def test_errors(self) -> None:
        """A level that is not there or was not used, and what is no result."""
        with pytest.raises(itakit.EvidenceError, match=r'^"itm": .* one of total, item; did you'):
            itakit.ranking(small(a=1), "itm")
        with pytest.raises(itakit.EvidenceError, match="item: no node of this level was used"):
            itakit.ranking(small(total=1))
        with pytest.raises(itakit.EvidenceError, match="no results to rank, but 5"):
            itakit.ranking(5)  # type: ignore[arg-type]


class TestUnits:
    """ "Ranking of units (ties stated)." (issue 5)"""

    def test_results_by_unit(self) -> None:
        """By the root's score, or by a node's."""
        found = itakit.ranking_of_units(RESULTS)
        assert standings(found) == [(1, "7"), (2, "w"), (2, "x")]
        assert found.unscored == ("v",)
        assert found.explain().startswith("units by score: 3 ranked")
        found = itakit.ranking_of_units(RESULTS, "b")
        assert standings(found) == [(1, "x"), (2, "w")]
        assert found.unscored == ("7", "v")
        assert found.explain().startswith("units by the score of b: 2 ranked")

    @pytest.mark.parametrize("kind", [pl.DataFrame, pl.LazyFrame, pd.DataFrame, pa.table])
    def test_a_table_of_evaluate_frame(self, kind: Any) -> None:
        """In whatever frame: the same ranks, and exact scores that nobody knows."""
        data = {"unit": ["x", "w", "7", "v"], "a": [1, 3, None, None], "b": [2, 0, None, None],
                "c": [None, None, 9, None]}  # fmt: skip
        frame = pl.DataFrame(data).to_pandas() if kind is pd.DataFrame else kind(data)
        table = itakit.evaluate_frame(itakit.loads(SCHEME), frame, "unit")
        for code in (None, "b"):
            found, expected = (itakit.ranking_of_units(value, code) for value in (table, RESULTS))
            assert standings(found) == standings(expected)
            assert found.unscored == expected.unscored
            assert {place.exact_scores for place in found.places} == {None}
        by_b = itakit.ranking_of_units(table, "b").explain()
        assert by_b.startswith("units by the score of b: 2 ranked")
        assert itakit.ranking_of_units(table).explain().startswith("units by score: 3 ranked")

    def test_errors_of_tables(self) -> None:
        """What is none, a code that is not there, a unit that is there twice."""
        table = itakit.evaluate_frame(
            itakit.loads(SCHEME), pl.DataFrame({"unit": ["x"], "a": [1]}), "unit"
        )
        for value, code, told in [
            (5, None, "no results to rank, but 5"),
            (table.drop("unit"), None, "the table has no column for units"),
            (table.drop("rounded"), None, "the table has no column for units"),
            (table, "aa", 'aa: no node has this code; did you mean "a"?'),
            (pl.concat([table, table]), None, '"x": the table has this unit twice'),
        ]:
            with pytest.raises(itakit.EvidenceError) as caught:
                itakit.ranking_of_units(value, code)
            assert str(caught.value).startswith(told)
        empty = itakit.ranking_of_units(table.clear())
        assert (empty.places, empty.unscored) == ((), ())

    def test_errors_of_results(self) -> None:
        """Rules that differ, what is no result, a code that is not there, no units at all."""
        other = itakit.evaluate(itakit.loads(SCHEME.replace('"b"', '"bb"')), {})
        with pytest.raises(itakit.EvidenceError, match="scored by different rules"):
            itakit.ranking_of_units({"x": small(), "y": other})
        with pytest.raises(itakit.EvidenceError, match="no results to rank, but 5"):
            itakit.ranking_of_units({"x": small(), "y": 5})
        with pytest.raises(itakit.EvidenceError, match=r"no results to rank, but \{\}"):
            itakit.ranking_of_units({})
        with pytest.raises(itakit.EvidenceError, match=r"^aa: no node has this code"):
            itakit.ranking_of_units({"x": small()}, "aa")


FIGURES = st.dictionaries(
    st.text("abc", min_size=1, max_size=3),
    st.none() | st.integers(0, 5).map(lambda n: Decimal(n).scaleb(-1)),
)


class TestLaws:
    """What holds of any ranking."""

    @given(FIGURES)
    def test_as_many_stand_above_as_the_rank_says(self, figures: dict[str, Decimal | None]) -> None:
        """The number of higher figures is the rank less one; those who share it are counted."""
        found = of_figures(figures, None, "")
        scored = [figure for figure in figures.values() if figure is not None]
        assert len(found.places) == len(scored)
        assert len(found.places) + len(found.unscored) == len(figures)
        for place in found.places:
            assert figures[place.name] == place.rounded
            assert sum(figure > place.rounded for figure in scored) == place.rank - 1
            assert scored.count(place.rounded) == place.tied
        ranks = [place.rank for place in found.places]
        assert ranks == sorted(ranks)

    @given(FIGURES, st.randoms())
    def test_the_order_of_the_input_makes_no_difference(
        self, figures: dict[str, Decimal | None], random: Any
    ) -> None:
        """Those who share a rank stand in the order of their names."""
        pairs = [*figures.items()]
        random.shuffle(pairs)
        assert of_figures(dict(pairs), None, "") == of_figures(figures, None, "")


class TestTelling:
    """A ranking says what it found: as rows, as JSON, in words."""

    def test_rows_and_json(self) -> None:
        """Exact, with the scheme; without it where a table does not say."""
        found = itakit.ranking(small(a="1/3", c=2))
        assert found.rows()[1] == {
            "rank": 2,
            "name": "a",
            "title": "First",
            "rounded": Decimal("0.33"),
            "score": Fraction(1, 3),
            "tied": 1,
            "exact_scores": None,
        }
        record = json.loads(json.dumps(found.to_dict()))
        assert (record["format"], record["version"]) == ("itakit-ranking", 1)
        assert record["scheme"]["hash"] == itakit.loads(SCHEME).hash
        assert record["places"][1]["score"] == "1/3"
        assert record["unscored"] == ["b"]
        assert of_figures({"x": None}, None, "").to_dict()["scheme"] is None

    def test_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ties are stated, and titles that say no more than the code are left out."""
        found = itakit.ranking(small(a="66.664", b="66.66", c=90))
        assert found.explain() == (
            "item by score: 3 ranked\n"
            "\n"
            "rank  code  title  score  note\n"
            "   1  c            90.00\n"
            "   2  a     First  66.66  shared by 2; exact scores differ\n"
            "   2  b            66.66  shared by 2; exact scores differ"
        )
        assert repr(found) == "Ranking(nodes by 'item', 3 places)"
        monkeypatch.setenv("LC_ALL", "th_TH.UTF-8")
        assert "อันดับ" in found._repr_html_()
        many = of_figures({f"u{n:02}": None for n in range(21)}, None, "")
        assert many.explain().splitlines()[-1].endswith("u18, u19, …")
