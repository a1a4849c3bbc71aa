"""What a notebook shows of a scheme and of a result."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any, NoReturn

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

import itakit
from itakit.notebook import MOST, html_table
from itakit.reals import Undecidable

EVIDENCE = {"IIT": "92.478", "EIT": "92.3166", "OIT": "98.89"}


class Page(HTMLParser):
    """What a browser finds in a table: elements with their attributes, and the texts of cells."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data
        elif data.strip():
            self.texts.append(data)


def shown(value: object) -> Page:
    """What IPython, with its own formatters, hands to a notebook as HTML."""
    data, _ = DisplayFormatter().format(value)  # type: ignore[no-untyped-call]  # IPython has none
    assert set(data) == {"text/plain", "text/html"}
    assert len(data["text/plain"].splitlines()) == 1
    return Page(data["text/html"])


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture(scope="module")
def scheme() -> itakit.Scheme:
    return itakit.find("ita_2565")


@pytest.fixture
def result(scheme: itakit.Scheme) -> itakit.Result:
    return itakit.evaluate(scheme, EVIDENCE)


class TestTable:
    """A table that stands alone: no script, no address, no colour; every text stays a text."""

    @given(st.text(), st.lists(st.text(), min_size=2, max_size=2), st.text())
    def test_every_text_stays_a_text(self, title: str, cells: list[str], note: str) -> None:
        """Whatever it holds, the elements are those of a table that holds plain words."""
        page = Page(html_table(title, ["a", "b"], [cells], notes=[note]))
        plain = Page(html_table(title and "x", ["a", "b"], [["x", "y"]], notes=["z"]))
        assert [tag for tag, _ in page.elements] == [tag for tag, _ in plain.elements]
        allowed = {"lang", "style", "scope"}
        assert {name for _, found in page.elements for name in found} <= allowed

    def test_markup_is_escaped(self) -> None:
        """A title that is a script is shown and not run."""
        text = html_table("<script>", ["<b>"], [["<img src=x onerror=alert(1)>"]], notes=['"&'])
        assert "<script" not in text
        assert "<b>" not in text
        assert "<img" not in text
        page = Page(text)
        assert page.rows == [["<b>"], ["<img src=x onerror=alert(1)>"]]
        assert page.texts == ["<script>", '"&']

    def test_it_brings_nothing_and_asks_for_nothing(self, result: itakit.Result) -> None:
        """No script and no address; and no colour, which on a dark page would be unreadable."""
        for text in (result._repr_html_(), result.scheme._repr_html_()):
            tags = {tag for tag, _ in Page(text).elements}
            assert tags <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}
            assert re.findall("http|url|color|background|class=|id=", text) == []

    def test_numbers_stand_to_the_right(self) -> None:
        """Where a column has nothing but numbers and gaps, or where it is asked for."""
        rows: list[Any] = [
            ["a", Fraction(1, 3), None, 1],
            ["b", Decimal("2.50"), None, "x"],
        ]
        page = Page(html_table("", ["w", "x", "y", "z"], rows))
        assert page.rows[1:] == [["a", "1/3", "", "1"], ["b", "2.50", "", "x"]]
        styles = [str(found["style"]) for tag, found in page.elements if tag == "td"][:4]
        assert ["right" in style for style in styles] == [False, True, False, False]
        page = Page(html_table("", ["w", "x"], [["a", "b"]], right=(0,)))
        styles = [str(found["style"]) for tag, found in page.elements if tag == "td"]
        assert ["right" in style for style in styles] == [True, False]

    def test_rows_are_indented(self) -> None:
        """By wide spaces, which stay where styles are taken away."""
        page = Page(html_table("", ["code"], [["a"], ["b"]], depths=[0, 2]))
        assert page.rows[1:] == [["a"], ["\u2003\u2003b"]]

    def test_thai_is_marked_as_thai(self) -> None:
        """So that a browser breaks its lines and a screen reader reads it right."""
        page = Page(html_table("รวม", ["a"], [["ก"], ["b"]], lang="en"))
        langs = {tag: found.get("lang") for tag, found in page.elements}
        assert langs["caption"] == "th"
        assert [found.get("lang") for tag, found in page.elements if tag == "td"] == ["th", None]
        page = Page(html_table("รวม", ["a"], [["ก"]], lang="th"))
        assert [(tag, found["lang"]) for tag, found in page.elements if "lang" in found] == [
            ("div", "th")
        ]

    def test_a_long_table_is_cut_and_says_so(self) -> None:
        """A notebook with ten thousand rows opens nowhere."""
        page = Page(html_table("", ["n"], [[n] for n in range(MOST + 3)], notes=["end"]))
        assert page.rows[1:] == [[str(n)] for n in range(MOST)]
        assert page.texts == ["3 more rows are not shown", "end"]
        page = Page(html_table("", ["n"], [[n] for n in range(MOST)]))
        assert page.texts == []


class TestNotebook:
    """ "Results, schemes and audits show themselves well in Jupyter." (issue 5)"""

    def test_a_result(self, result: itakit.Result) -> None:
        """Its score and grade on top, and a row for every node that was used."""
        page = shown(result)
        assert page.texts[0].endswith(": 94.99 · grade A (from 85.00) · "
                                      "0.01 below grade AA (from 95.00)")  # fmt: skip
        assert page.rows == [
            ["code", "title", "score", "contributes", "note"],
            ["total", "", "94.99", "94.99438", ""],
            ["\u2003IIT", result["IIT"].title["en"], "92.48", "27.7434", ""],
            ["\u2003EIT", result["EIT"].title["en"], "92.32", "27.69498", ""],
            ["\u2003OIT", result["OIT"].title["en"], "98.89", "39.556", ""],
        ]

    def test_a_node(self, result: itakit.Result) -> None:
        """Its own part of the tree, and no grade, which is the unit's."""
        page = shown(result["OIT"])
        assert page.texts[0] == f"{result['OIT'].title['en']}: 98.89"
        assert [row[0] for row in page.rows] == ["code", "OIT"]

    def test_what_has_no_score_says_why(self, scheme: itakit.Scheme) -> None:
        """An empty cell alone could mean anything."""
        skipping = evolve(scheme, root=evolve(scheme.root, children=tuple(
            evolve(child, missing=evolve(child.missing, policy="skip"))
            for child in scheme.root.children
        )))  # fmt: skip
        given: dict[str, Any] = {**EVIDENCE, "IIT": itakit.NOT_APPLICABLE}
        page = shown(itakit.evaluate(skipping, given))
        assert page.rows[2] == ["\u2003IIT", scheme["IIT"].title["en"], "", "0", "not applicable"]

    def test_a_scheme(self, scheme: itakit.Scheme) -> None:
        """Its tree with weights and methods, then its grades."""
        page = shown(scheme)
        assert page.rows[0] == ["code", "title", "level", "weight", "how"]
        assert page.rows[1][3:] == ["", "weighted mean"]
        assert page.rows[2][0] == "\u2003IIT"
        assert page.rows[2][2:] == ["survey", "30", "mean"]
        by_code = {row[0].strip(): row for row in page.rows}
        assert by_code["i1.1"][4] == "mean of answers"
        assert len(page.rows) == 1 + len(scheme.nodes()) + 1 + len(scheme.grades)
        assert page.rows[-8:][:2] == [["grade", "from", "requires"], ["AA", "95", ""]]
        assert page.texts == [
            scheme.title["en"],
            f"scheme ita_2565 {scheme.version}, hash {scheme.hash[:12]}",
        ]

    def test_a_scheme_of_scores_with_conditions(self) -> None:
        """What is scored as it is given is said to be; a grade tells what it requires."""
        made = itakit.loads("""
format = 1
[scheme]
id = "small"
range = [0, 10]
[aggregation]
part = "mean"
total = "mean"
[[grade]]
name = "good"
from = 5
requires = { part = 2.5, b = 1 }
[[grade]]
name = "bad"
from = 0
[[part]]
code = "a"
[[part]]
code = "b"
title = "Second"
""")
        page = shown(made)
        assert page.texts[0] == "small"
        assert page.rows[2:4] == [
            ["\u2003a", "", "part", "", "given"],
            ["\u2003b", "Second", "part", "", "given"],
        ]
        assert page.rows[-2] == ["good", "5", "part at least 2.5; b at least 1"]
        assert shown(evolve(made, grades=())).rows == page.rows[:4]

    def test_it_speaks_the_language_of_the_system(
        self, result: itakit.Result, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Thai where the environment says so, as the command line does."""
        monkeypatch.setenv("LC_ALL", "th_TH.UTF-8")
        for value in (result, result.root, result.scheme):
            page = shown(value)
            assert page.elements[0] == ("div", {"lang": "th"})
            assert page.rows[0][:2] == ["รหัส", "ชื่อ"]

    def test_what_cannot_be_settled_is_told_and_not_raised(
        self, result: itakit.Result, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A cell of a notebook ends in no traceback."""

        def undecided(*_: object) -> NoReturn:
            raise Undecidable

        monkeypatch.setattr("itakit.rounding.Rounding.__call__", undecided)
        page = shown(result)
        assert page.texts[0].startswith("total: ")
        assert page.rows[2][2:4] == ["?", "?"]
        assert repr(result) == "Result('ita_2565', rounded=?, grade=?)"


class TestLine:
    """A value prints on one line."""

    def test_it_says_what_it_is(self, result: itakit.Result) -> None:
        """All of a scheme would be more than a hundred thousand characters."""
        scheme = result.scheme
        nodes = len(scheme.nodes())
        assert repr(scheme) == f"Scheme('ita_2565', version={scheme.version!r}, {nodes} nodes)"
        assert repr(scheme.root) == "Node('total', level='total', 3 children)"
        assert repr(scheme["o1"]) == f"Node('o1', level={scheme['o1'].level!r})"
        assert repr(result) == "Result('ita_2565', rounded=94.99, grade='A')"
        assert repr(result["IIT"]) == "NodeResult('IIT', given, rounded=92.48)"
        bare = itakit.evaluate(evolve(scheme, grades=()), EVIDENCE)
        assert repr(bare) == "Result('ita_2565', rounded=94.99)"
