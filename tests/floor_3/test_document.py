"""The method document: everything that a scheme says, in both languages, and nothing that it runs.

``UPDATE_DOCUMENTS=1 pytest tests/floor_3/test_document.py`` writes the expected texts anew.
"""

from __future__ import annotations

import os
import re
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from markdown_it import MarkdownIt

import itakit
from itakit.document.description import SECTIONS, page
from itakit.document.markup import MARKUPS, Markup, escaped, write
from itakit.document.page import Cell, Page, Paragraph, Points, Section, Table, shown
from itakit.document.shares import shares
from itakit.methods import Method, Use

FOLDER = Path(__file__).with_name("documents")
ALL = itakit.load(FOLDER / "all.toml")
UGLY = [
    "# a",
    "a #",
    "- a",
    "+ a",
    "* a",
    "1. a",
    "1) a",
    "= a",
    "---",
    "> a",
    "a | b",
    "\\",
    "a \\| b",
    "`a",
    "*a*",
    "_a_",
    "~~a~~",
    "[a](b)",
    "![a](b)",
    "<script>alert(1)</script>",
    "<b>",
    "&lt;",
    "a & b",
    "$a$",
    "{a}`b`",
    ":::{note}",
    "```{note}",
    "%comment",
    "|---|---|",
    "'\"",
    "https://example.org/_a_*b*",
    "a  b",
]


def scheme(text: str = "", **head: str) -> itakit.Scheme:
    """A small scheme, with keys of its own."""
    keys = "\n".join(f"{key} = {value}" for key, value in head.items())
    below = text or '[[item]]\ncode = "a"\n[[item]]\ncode = "b"\n'
    return itakit.loads(
        f'format = 1\n[scheme]\nid = "s"\nrange = [0, 100]\n{keys}\n'
        f'[aggregation]\nitem = "mean"\ntotal = "mean"\n{below}'
    )


class Tags(HTMLParser):
    """The tags of a page and its texts by the tag that they stand in."""

    VOID = ("meta",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1], data))


class TestDescription:
    """ "The method document: who is asked, what, on what scale, how it adds up, what each grade
    takes, sources." (issue 4, item 6)"""

    @pytest.mark.parametrize("lang", ["en", "th"])
    @pytest.mark.parametrize("markup", MARKUPS)
    def test_every_kind_of_rule_is_told(self, lang: str, markup: Markup) -> None:
        """To the letter, as a person has read it over."""
        told = itakit.describe(ALL, lang, markup)
        told = told.replace(ALL.hash, "HASH").replace(itakit.__version__, "VERSION")
        path = FOLDER / f"all.{lang}.{markup}"
        if os.environ.get("UPDATE_DOCUMENTS"):
            path.write_text(told, "utf-8", newline="")
        assert told == path.read_text("utf-8")

    def test_every_item_and_answer_of_a_real_scheme_is_told(self) -> None:
        """None is left out, in either language."""
        rules = itakit.find("ita_2565")
        for lang in ("en", "th"):
            lines = itakit.describe(rules, lang).replace("&emsp;", "").splitlines()
            cells = [line.strip("| ").split(" | ") for line in lines]
            for item in rules.leaves():
                assert item.scale
                (row,) = [row for row in cells if row[0] == item.code]
                assert row[1:3] == [escaped(item.title[lang]), escaped(item.scale.name)]

    @pytest.mark.parametrize("name", SECTIONS)
    def test_a_section_may_be_had_alone(self, name: str) -> None:
        """As the directive for Sphinx offers them."""
        _, _, *sections = page(ALL, "en", (name,)).blocks
        (section,) = sections
        assert isinstance(section, Section)
        assert section.anchor == f"section-{name}"

    def test_what_a_scheme_does_not_say_is_not_made_up(self) -> None:
        """No sources, scales or calendar: no such section. No grades, no respondents: told so."""
        told = itakit.describe(scheme())
        assert re.findall("^## (.*)", told, re.MULTILINE) == [
            "Who is asked",
            "What is asked",
            "How scores add up",
            "What is missing or does not apply",
            "Rounding",
            "Grades",
        ]
        assert "The scheme does not say who is asked." in told
        assert "The scheme has no grades." in told
        assert told.startswith("# s\n")
        assert "| Version | — |" in told

    @pytest.mark.parametrize(
        ("title", "heading"),
        [
            ('title = "Health"', "Health"),
            ('title = "health"', "health"),
            ("", "health"),
            ('title = "Good health"', "health Good health"),
        ],
    )
    def test_a_heading_keeps_the_title_as_it_is_written(self, title: str, heading: str) -> None:
        """Where it is the code but for upper and lower case, it stands for both."""
        node = f'[[item]]\ncode = "health"\n{title}\nitem = ["a"]\n'
        assert f"### {heading}\n" in itakit.describe(scheme(node))

    def test_a_method_of_a_package_says_what_it_is(self) -> None:
        """By its name, what it says of itself, and its parameters."""
        method = Method("odd", max, about="every | other", parameters={})
        use = Use(method, (("half", Fraction(1, 2)), ("of", "b")))
        rules = scheme()
        told = itakit.describe(evolve(rules, root=evolve(rules.root, method=use)))
        assert "The method odd: every \\| other; half = 0.5; of = b" in told

    @pytest.mark.parametrize(
        ("use", "told"),
        [
            ('"sum"', "The sum"),
            ('"min"', "The lowest"),
            ('"max"', "The highest"),
            ('"harmonic-mean"', "The harmonic mean: the reciprocal"),
            ('{ method = "deduction" }', "100 less the sum of all scores below, never below 0"),
            (
                '{ method = "deduction", ceiling = 5 }',
                "100 less the sum of all scores below (at most 5 is deducted), never below 0",
            ),
            ('"single"', "Taken over as it is: there is exactly one"),
        ],
    )
    def test_methods_without_weights_are_told_as_such(self, use: str, told: str) -> None:
        """Nothing is said of weights that there are not."""
        top = "1000" if use == '"sum"' else "100"  # a sum of two must have room
        rules = itakit.loads(
            f'format = 1\n[scheme]\nid = "s"\nrange = [0, {top}]\n'
            f'[aggregation]\nitem = "mean"\ntotal = {use}\n[[item]]\ncode = "a"\n'
        )
        assert f"| total | total | item | {told}" in itakit.describe(rules)

    @pytest.mark.parametrize(
        ("total", "weight", "missing", "told"),
        [
            ("mean", "", '"skip"', "What is missing is left out. What"),
            ("sum", "", '"skip"', "What is missing is left out. What"),
            ("min", "weight = 1", '"skip"', "What is missing is left out. What"),
            (
                "weighted-mean",
                "weight = 1",
                '"skip"',
                "What is missing is left out, and the weights of the rest are raised to the whole.",
            ),
            (
                "weighted-mean",
                "weight = 1",
                '{ policy = "skip", at_least = 0.5 }',
                "missing where less than 50% of the weight below it is known, and what is",
            ),
            (
                "mean",
                "",
                '{ policy = "skip", at_least = 0.5 }',
                "missing where less than 50% of what is below it is known, and what is",
            ),
            (
                "mean",
                "",
                '{ policy = "skip", at_least = 1 }',
                "A node is itself missing where anything below it is. What",
            ),
        ],
    )
    def test_weights_are_told_of_where_there_are_some(
        self, total: str, weight: str, missing: str, told: str
    ) -> None:
        """Nothing is raised to a whole where nothing is weighted."""
        rules = itakit.loads(
            f'format = 1\nscheme = {{ id = "s", range = [0, 1], missing = {missing} }}\n'
            f'aggregation = {{ item = "mean", total = "{total}" }}\n'
            f'[[item]]\ncode = "a"\n{weight}\n'
        )
        assert told in itakit.describe(rules)

    @pytest.mark.parametrize(
        ("low", "places", "told", "thai"),
        [
            (0, 2, "Published decimals: 2 (halves rounded up). Scores", "ทศนิยม 2 ตำแหน่ง (ครึ่งปัดขึ้น)"),
            (-1, 1, "1 (halves rounded away from zero). Scores", "(ครึ่งปัดออกจากศูนย์)"),
            (0, 0, "Published as whole numbers (halves rounded up).", "เผยแพร่เป็นจำนวนเต็ม ("),
        ],
    )
    def test_rounding_is_told_as_it_is_done(
        self, low: int, places: int, told: str, thai: str
    ) -> None:
        """Below zero, half-up rounds away from zero: -0.5 is published as -1."""
        rules = itakit.loads(
            f'format = 1\nscheme = {{ id = "s", range = [{low}, 1], '
            f"rounding = {{ places = {places} }} }}\n"
            'aggregation = { item = "mean", total = "mean" }\n[[item]]\ncode = "a"\n'
        )
        assert told in itakit.describe(rules)
        assert thai in itakit.describe(rules, "th")
        if low < 0:
            assert str(itakit.evaluate(rules, {"a": "-0.25"}).rounded) == "-0.3"

    def test_only_means_make_shares_of_a_total(self) -> None:
        """A sum has points that count; where nothing is linear, there is no such column."""
        sums, least, mean = (
            itakit.describe(
                itakit.loads(
                    'format = 1\nscheme = { id = "s", range = [0, 100] }\n'
                    f'aggregation = {{ item = "mean", total = "{use}" }}\n[[item]]\ncode = "a"\n'
                )
            )
            for use in ("sum", "min", "mean")
        )
        assert (
            "| a |  | A score from 0 to 100 is given directly | 1 point for every point |" in sums
        )
        assert "Counts in the total" in sums
        assert "share" not in sums
        assert "hare of the total" not in least
        assert "ounts in the total" not in least
        assert "| Share of the total |" in mean

    def test_codes_for_no_answer_are_told_with_the_scale(self) -> None:
        """Beside the answers that are left out."""
        rules = itakit.loads(
            'format = 1\nscheme = { id = "s", range = [0, 1] }\n'
            'aggregation = { item = "mean", total = "mean" }\n'
            '[scale.n]\ngoalposts = [0, 1]\nno_answer = "-9999"\n'
            '[[item]]\ncode = "a"\nscale = "n"\n'
        )
        assert "| -9999 | No answer, as if nothing stood there | — |" in itakit.describe(rules)
        assert "| -9999 | ไม่ได้ตอบ นับเหมือนเว้นว่าง | — |" in itakit.describe(rules, "th")

    def test_a_level_of_ones_own_stands_apart_in_thai(self) -> None:
        """Words of Thai follow one another without a space; others do not."""
        rules = itakit.loads(
            'format = 1\nscheme = { id = "s", range = [0, 1] }\n'
            'aggregation = { group = "mean", survey = "mean", total = "mean" }\n'
            '[[grade]]\nname = "A"\nfrom = 0.5\nrequires = { group = 0.1, survey = 0.2 }\n'
            '[[grade]]\nname = "B"\nfrom = 0\n'
            '[[survey]]\ncode = "a"\ngroup = ["g"]\n'
        )
        told = itakit.describe(rules, "th")
        assert "ทุก group ได้อย่างน้อย 0.10 และทุกแบบวัดได้อย่างน้อย 0.20" in told

    def test_a_sample_is_told_in_words(self) -> None:
        """A sample in words, with all of its numbers."""
        below = '[[item]]\ncode = "a"\nsample = { fraction = 0.5, at_least = 3, at_most = 9 }\n'
        told = itakit.describe(scheme(below))
        assert "50% of them, rounded up to a whole person; at least 3, or everyone" in told
        assert "at most 9" in told


class TestShares:
    """ "The effective share of the total where linear." """

    def test_shares_of_items_add_up_to_the_whole(self) -> None:
        """Where all methods are means, exactly."""
        rules = itakit.find("ita_2565")
        found = dict(zip(rules.nodes(), shares(rules), strict=True))
        parts = [found[item] for item in rules.leaves()]
        assert sum(part.points for part in parts if part) == 1
        assert all(part and part.whole for part in parts)

    def test_a_share_is_what_a_point_adds(self) -> None:
        """One point more for an item raises the total by its share."""
        rules = itakit.find("ita_2565")
        base = {item.code: 50 for item in rules.leaves()}
        before = itakit.evaluate(rules, base).score
        found = shares(rules)
        for code in ("i1.1", "i2", "o1", "o43", "e4.2"):
            after = itakit.evaluate(rules, {**base, code: 51}).score
            assert before is not None
            assert after is not None
            own = found[rules.plan.index[code]]
            assert own
            assert after - before == own.points

    def test_nothing_counts_where_no_weight_does(self) -> None:
        """Relative weights of nothing make no share."""
        weights = '[[item]]\ncode = "a"\nweight = 1\n[[item]]\ncode = "b"\nweight = 0\n'
        rules = scheme(weights, weights='"relative"')
        nodes = tuple(evolve(node, weight=Fraction(0)) for node in rules.root.children)
        assert shares(rules)[2]
        assert shares(evolve(rules, root=evolve(rules.root, children=nodes)))[1:] == (None, None)


class TestMarkup:
    """ "Everything from data escaped." """

    @pytest.mark.parametrize("text", UGLY)
    def test_markdown_shows_every_text_and_reads_none(self, text: str) -> None:
        """In a heading, a paragraph, a list and a table, as a reader of Markdown sees them."""
        table = Table((text, "b"), ((Cell(text), Cell(text, depth=1)),))
        told = Page("en", text, (Paragraph(text), Points((text,)), Section("a", text, ()), table))
        tokens = MarkdownIt("commonmark").enable("table").parse(write(told, "md"))
        assert [token.type for token in tokens if token.nesting == 1] == [
            "heading_open",
            "paragraph_open",
            "bullet_list_open",
            "list_item_open",
            "paragraph_open",
            "heading_open",
            "table_open",
            "thead_open",
            "tr_open",
            "th_open",
            "th_open",
            "tbody_open",
            "tr_open",
            "td_open",
            "td_open",
        ]
        inline = [token.children or [] for token in tokens if token.type == "inline"]
        seen = ["".join(part.content for part in parts) for parts in inline]
        assert {kind.type for parts in inline for kind in parts} <= {"text", "text_special"}
        assert seen == [text, text, text, text, text, "b", text, "\u2003" + text]

    @pytest.mark.parametrize("text", UGLY)
    def test_html_shows_every_text_and_reads_none(self, text: str) -> None:
        """In every place that a text has."""
        table = Table(
            (text, "b"), ((Cell(text, text, depth=2), Cell(text, to=text)),), frozenset({1})
        )
        told = Page(text, text, (Paragraph(text), Points((text,)), Section(text, text, (table,))))
        tags = Tags(write(told, "html"))
        assert tags.open == []
        told_texts = [(tag, data) for tag, data in tags.texts if tag != "style"]
        assert told_texts == [
            ("title", text),
            ("h1", text),
            ("a", text),
            ("p", text),
            ("li", text),
            ("h2", text),
            ("th", text),
            ("th", "b"),
            ("th", text),
            ("a", text),
        ]
        assert ("html", {"lang": text}) in tags.found
        assert ("section", {"id": text}) in tags.found
        assert ("a", {"href": f"#{text}"}) in tags.found
        assert ("tr", {"id": text}) in tags.found

    def test_a_page_asks_nothing_of_any_other(self) -> None:
        """No script, picture, style sheet or font from anywhere; links stay on the page."""
        text = itakit.describe(itakit.find("ita_2565"), "th", "html")
        found = Tags(text).found
        assert {tag for tag, _ in found}.isdisjoint({"script", "img", "link", "iframe", "base"})
        assert [own for _, own in found if "src" in own] == []
        assert "url(" not in text
        assert "@import" not in text

    def test_a_page_can_be_read_aloud_and_led_into(self) -> None:
        """It has its language; a table has heads for columns and rows; a link leads somewhere."""
        tags = Tags(itakit.describe(itakit.find("ita_2565"), "th", "html"))
        assert tags.found[0] == ("html", {"lang": "th"})
        heads = [own.get("scope") for tag, own in tags.found if tag == "th"]
        assert set(heads) == {"col", "row"}
        ids = [own["id"] for _, own in tags.found if own.get("id")]
        assert len(ids) == len(set(ids))
        assert {"IIT", "i1.1", "9.1", "o43", "scale-degree"} <= set(ids)
        links = {own["href"] for tag, own in tags.found if tag == "a"}
        assert {str(link).removeprefix("#") for link in links} <= set(ids)
        levels = [int(tag[1]) for tag, _ in tags.found if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))

    def test_two_codes_that_differ_in_spaces_are_two_places(self) -> None:
        """An id has no spaces; what is taken gets a number."""
        tags = Tags(itakit.describe(ALL, "en", "html"))
        ids = {own.get("id") for tag, own in tags.found if tag == "tr"}
        assert {"a-2", "a-2-2"} <= ids

    def test_what_would_command_a_terminal_is_not_shown(self) -> None:
        """Nor what would turn a line around."""
        assert shown("a\x1b[31m\u202eb\n c\t") == "a[31mb c"
