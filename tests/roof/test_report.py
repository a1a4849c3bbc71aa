"""Reports as text: what they say, in which order, and that no text of the data is markup."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import itakit
from itakit import ActionPlan, Measure
from itakit.cases import cases_path
from itakit.dossier import assess
from itakit.errors import EvidenceError
from itakit.evidence import Tally
from itakit.ranks import Place, Ranking
from itakit.reporting import ReportParts, report
from itakit.reporting.answers import tone
from itakit.reporting.charts import Part, Stack
from itakit.reporting.outline import inner_nodes, levels, paths
from itakit.reporting.page import embedded, unbroken
from itakit.result import Result
from itakit.titles import Title
from itakit.wording import say

ROOT = Path(__file__).parents[2]
PRINTED = ROOT / "examples" / "chiang_mai_2564"
FOLDERS = (ROOT / "schemes", ROOT / "examples" / "gallery")
EMPTY = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """The elements of a page, each closed, and the texts of its tables."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[list[list[str]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        self.tables = [[[cell.strip() for cell in row] for row in t] for t in self.tables]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if {"td", "th"} & set(self.open):
            said = self.tables[-1][-1]
            said[-1] = re.sub(r"\s+", " ", said[-1] + data).lstrip()

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def chiang_mai(name: str = "summary_table") -> Result:
    return assess(itakit.find("ita_2565"), [str(PRINTED / f"{name}.toml")])


def scheme(
    title: str = "t", grade: str = "", calendar: str = "", node: str = "", missing: str = "error"
) -> itakit.Scheme:
    """A small scheme with a scale, its mirror image and a number."""
    quoted = json.dumps(title, ensure_ascii=True).replace("\\u", "\\u")
    return itakit.loads(
        f"""
format = 1
[scheme]
id = "small"
title = {quoted}
range = [0, 100]
missing = "{missing}"
[aggregation]
item = "mean"
group = "mean"
total = "mean"
[scale.degree]
answer = [
  {{ code = "4", score = 100, title = "most" }},
  {{ code = "1", score = 0, title = "least" }},
  {{ code = "2", score = 50, title = {quoted} }},
]
not_applicable = ["9"]
[scale.mirrored]
reverse = "degree"
[scale.years]
goalposts = [20, 85]
[[group]]
code = "g"
title = {quoted}
population = {quoted}
sample = {{ fraction = 0.1, at_least = 2 }}
item = [
  {{ code = "a", scale = "degree", title = {quoted} }},
  {{ code = "b", scale = "mirrored" }},
  {{ code = "c", scale = "years" }},
]
[[group]]
code = "h"
{node}
item = ["d", "e"]
{grade}
{calendar}
"""
    )


GRADES = """
[[grade]]
name = "gold"
title = "the best"
from = 80
requires = { group = 60 }
[[grade]]
name = "none"
from = 0
"""
ANSWERS: dict[str, Any] = {
    "a": Tally({"1": 1, "2": 2, "4": 5, "9": 2}),
    "b": Tally({"1": 3, "4": 1}),
    "c": itakit.Answer(72),
    "d": 50,
    "e": itakit.NOT_APPLICABLE,
}
EVERYBODY: dict[str, Any] = {**ANSWERS, "c": Tally({"72": 3, "60": 5})}


class Rows:
    """An analysis, as all of them are."""

    def __init__(self, *rows: dict[str, object], told: str = "") -> None:
        self.found, self.told = list(rows), told

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        return self.found

    def explain(self, lang: str = "en") -> str:
        return self.told


class TestTheOfficialSummary:
    """ "The official summary table (survey, weight, indicator, score, weighted score, total)." """

    def test_chiang_mai_as_it_follows_from_the_printed_indicators(self) -> None:
        """27.74, 27.70 and 39.56, and 94.99 with the grade A."""
        table = Page(report(chiang_mai(), lang="en")).tables[0]
        assert table[0] == [
            "Survey",
            "Weight",
            "Indicator",
            "Indicator score",
            "Sub-indicator",
            "Sub-indicator score",
            "Survey score",
            "Weighted score",
        ]
        iit = "IIT Internal Integrity and Transparency Assessment"
        assert table[1] == [
            iit,
            "30",
            "1 Performance of duties",
            "96.50",
            "–",
            "–",
            "92.48",
            "27.74",
        ]
        assert table[2] == ["2 Use of the budget", "93.11", "–", "–"]
        assert [row[-1] for row in table if len(row) == 8][1:] == ["27.74", "27.70", "39.56"]
        assert table[-2:] == [["Total", "94.99"], ["Grade", "A"]]

    def test_sub_indicators_stand_beside_their_indicator(self) -> None:
        """Which spans their rows, as the survey spans those of its indicators."""
        result = assess(
            itakit.find("ita_2565"), [str(PRINTED / f) for f in ("perception.toml", "o_items.csv")]
        )
        page = Page(report(result, lang="th"))
        spans = [int(each["rowspan"] or 1) for each in page.of("td") if each.get("rowspan")]
        assert 5 in spans  # indicator 9 and its five sub-indicators
        assert ["9.2 การบริหารงาน", "100.00"] in page.tables[0]
        assert page.of("html")[0]["lang"] == "th"

    def test_a_scheme_without_weights_tells_parts(self) -> None:
        """And a flat one shows its items, as it has nothing else."""
        flat = itakit.loads(
            'format = 1\n[scheme]\nid = "f"\nrange = [0, 10]\n[aggregation]\nitem = "mean"\n'
            'total = "geometric-mean"\n[[item]]\ncode = "a"\n[[item]]\ncode = "b"\n'
        )
        result = itakit.evaluate(flat, {"a": 4, "b": 9})
        assert levels(flat) == ("item",)
        table = Page(report(result, lang="en")).tables[0]
        assert table == [
            ["Item", "Item score", "Part of the total"],
            ["a", "4.00", "–"],
            ["b", "9.00", "–"],
            ["Total", "6.00"],
        ]

    def test_a_skipped_level_is_a_dash_and_an_unused_one_is_not_there(self) -> None:
        result = chiang_mai()
        assert {len(path) for path in paths(result)} == {2}
        depths = [depth for _, depth in inner_nodes(result.scheme)]
        assert (depths.count(0), depths.count(1), depths.count(2)) == (3, 10, 7)


class TestGradesAndBars:
    """ "The grade and how far the next one is; bars by indicator; last year beside this year." """

    def test_how_far_the_next_grade_is(self) -> None:
        text = Page(report(chiang_mai(), lang="en")).text
        assert "Grade A (from 85.00)" in text
        assert "0.01 below grade AA (from 95.00)" in text
        assert "Grade AA begins at 95.00" in text

    def test_conditions_have_a_column_where_there_are_some(self) -> None:
        result = itakit.evaluate(scheme(grade=GRADES), ANSWERS)
        page = Page(report(result, lang="en"))
        assert ["gold — the best", "80.00", "every group at least 60.00", ""] in page.tables[1]
        assert ["none", "0.00", "–", "This grade"] in page.tables[1]

    def test_a_bar_is_as_long_as_its_score_is_of_the_range(self) -> None:
        page = Page(report(chiang_mai(), lang="en"))
        widths = [s["style"] for s in page.of("span") if str(s.get("class")).startswith("bar ")]
        assert widths[1] == "width:96.5%"

    def test_last_year_and_what_changed(self) -> None:
        """With the sign of the change, and nothing where there was nothing."""
        now = chiang_mai()
        found = itakit.compare(chiang_mai("ranking_table"), now)
        page = Page(report(now, ReportParts(comparison=found), "en"))
        rows = [row[:4] for table in page.tables for row in table if len(row) == 5]
        assert ["Title", "This year", "Last year", "Change"] in rows
        assert ["Total", "94.99", "95.01", "−0.0156"] in rows
        assert ["2 Use of the budget", "93.11", "93.11", "0.0000"] in rows
        assert "All of it is what the data did" in page.text.replace("all of it", "All of it")
        assert "each rounded to 4 places" in page.text

    def test_other_rules_are_told(self) -> None:
        """And a node that last year did not have has no change."""
        old = itakit.loads(
            'format = 1\n[scheme]\nid = "old"\nrange = [0, 100]\n[aggregation]\nitem = "mean"\n'
            'group = "mean"\ntotal = "mean"\n[[group]]\ncode = "g"\ntitle = "t"\nitem = ["a"]\n'
            '[[group]]\ncode = "k"\nitem = ["z"]\n'
        )
        before = itakit.evaluate(old, {"a": 40, "z": 20})
        result = itakit.evaluate(scheme(), ANSWERS)
        found = itakit.compare(before, result, {})
        page = Page(report(result, ReportParts(comparison=found), "en"))
        rows = [row[:6] for table in page.tables for row in table if len(row) == 7]
        head = ["Title", "This year", "Last year", "Change", "Data", "Rules"]
        assert rows[0] == head
        by_code = {row[0]: row[1:] for row in rows[1:]}
        assert by_code["h added"] == ["50.00", "–", "–", "–", "–"]
        assert by_code["k retired"] == ["–", "20.00", "–", "–", "–"]
        change, data, rules = (Fraction(text.replace("−", "-")) for text in by_code["Total"][2:])
        assert change == data + rules != data

    def test_a_scheme_whose_next_grade_is_everything_has_no_mark(self) -> None:
        grade = '[[grade]]\nname = "all"\nfrom = 100\n[[grade]]\nname = "rest"\nfrom = 0\n'
        page = Page(report(itakit.evaluate(scheme(grade=grade), ANSWERS), lang="en"))
        assert not [s for s in page.of("span") if s.get("class") == "mark"]


class TestAnswers:
    """ "Answer distributions, from bad to good by score, reversed items handled." """

    def test_the_worst_answer_stands_first_whatever_its_place_in_the_scale(self) -> None:
        page = Page(report(itakit.evaluate(scheme(title="middle"), ANSWERS), lang="en"))
        rows = {row[0].split()[0]: row for table in page.tables for row in table if len(row) == 4}
        assert rows["a"][1:3] == ["8", "75.00"]
        assert rows["a"][3].startswith("least 12 %, middle 25 %, most 62 %")
        assert rows["b"][3].startswith("most 25 %, least 75 %")
        assert "c" not in rows

    def test_a_middle_answer_lies_across_the_middle(self) -> None:
        """Half of it on either side."""
        quarter, half = Fraction(1, 4), Fraction(1, 2)
        parts = (Part("x", -3, quarter), Part("y", 0, half), Part("z", 3, quarter))
        stack = Stack("", "", "", "", parts)
        assert stack.worse == Fraction(1, 2)
        assert stack.lead == Fraction(1, 4)

    def test_tones_are_symmetric_and_only_the_middle_has_none(self) -> None:
        scale = scheme().scales["degree"]
        tones = [tone(scale, Fraction(score)) for score in (0, 33, 49, 50, 51, 67, 100)]
        assert tones == [-3, -1, -1, 0, 1, 1, 3]

    def test_a_long_legend_names_the_first_items(self) -> None:
        rules = itakit.find("ita_2565")
        evidence = {
            item.code: Tally({item.scale.answers[0].code: 1})
            for item in rules.leaves()
            if item.scale is not None
        }
        text = report(itakit.evaluate(rules, evidence), lang="en")
        assert "i1.1, i1.2, i2, i3.1, i3.2, i3.3, i7, i8.1, …" in text

    def test_codes_for_no_answer_are_nobodys_answers(self) -> None:
        """They are in no share and no count; what does not apply is counted apart."""
        rules = itakit.loads(NO_ANSWER)
        evidence = {"a": Tally({"1": 1, "2": 3, "9": 2, "99": 5}), "b": Tally({"99": 4})}
        result = itakit.evaluate(rules, evidence)
        page = Page(report(result, lang="en"))
        rows = [row for table in page.tables for row in table if len(row) == 4]
        assert ["a", "4", "75.00", "1 25 %, 2 75 %2575"] in rows
        assert "99" not in page.text.replace(rules.hash, "")
        assert [r for r in rows if r[0] == "b"] == []
        sheet = next(r for t in page.tables for r in t if len(r) == 7 and r[1] == "2")
        assert sheet == ["total", "2", "6", "1", "0", "2", "50 %"]


NO_ANSWER = """
format = 1
[scheme]
id = "silent"
range = [0, 100]
missing = "skip"
[aggregation]
item = "mean"
total = "mean"
[scale.degree]
answer = [{ code = "1", score = 0 }, { code = "2", score = 100 }]
not_applicable = ["9"]
no_answer = ["99"]
[[item]]
code = "a"
scale = "degree"
[[item]]
code = "b"
scale = "degree"
"""


class TestFieldwork:
    """ "The calendar; coverage and sampling." """

    def test_the_sample_and_what_it_lacks(self) -> None:
        """The most answers to any item, those that do not apply among them."""
        result = itakit.evaluate(scheme(), ANSWERS)
        page = Page(report(result, ReportParts(population={"g": 200}), "en"))
        row = next(row for table in page.tables for row in table if row and row[0] == "g t")
        row = next(r for t in page.tables for r in t if len(r) == 10 and r[0] == "g t")
        assert row == ["g t", "3", "10", "200", "20", "10", "0", "0", "2", "100 %"]
        other = next(r for t in page.tables for r in t if len(r) == 10 and r[0] == "h")
        assert other == ["h", "2", "–", "–", "–", "–", "0", "1", "0", "100 %"]

    def test_a_population_of_a_survey_without_a_sample(self) -> None:
        result = itakit.evaluate(scheme(node='population = "all"'), ANSWERS)
        page = Page(report(result, ReportParts(population={"h": 7}), "en"))
        assert ["h", "2", "–", "7", "–", "–", "0", "1", "0", "100 %"] in [
            row for table in page.tables for row in table
        ]

    def test_a_calendar_in_the_years_of_the_language(self) -> None:
        calendar = "[[calendar]]\nfrom = 2022-01-01\nto = 2022-03-31\ntitle = 'fieldwork'\n"
        result = itakit.evaluate(scheme(calendar=calendar), ANSWERS)
        rows = [r for t in Page(report(result, lang="th")).tables for r in t]
        assert ["fieldwork", "01/01/2565", "31/03/2565"] in rows
        assert 'id="calendar"' not in report(itakit.evaluate(scheme(), ANSWERS))

    def test_missing_and_inapplicable_units_have_a_report(self) -> None:
        """Without a score there is no ladder, no grade and no mark."""
        rules = scheme(grade=GRADES, missing="skip")
        for evidence in ({}, dict.fromkeys(("g", "h"), itakit.NOT_APPLICABLE)):
            text = report(itakit.evaluate(rules, evidence), lang="en")
            page = Page(text)
            assert "ladder" not in {each.get("class") for each in page.of("div")}
            assert page.tables[0][-1] == ["Grade", "–"]
            assert page.of("span")


class TestAnalyses:
    """Others' analyses are shown by their rows and sentences alone."""

    def test_rows_are_a_table_and_sentences_stand_behind_it(self) -> None:
        rows: tuple[dict[str, object], ...] = (
            {"code": "a", "weight": Fraction(1, 3), "x_y": Decimal("1.50"), "empty": None, "z": 1},
            {"code": "b", "weight": None, "x_y": None, "empty": "", "z": True},
        )
        parts = ReportParts(robustness=Rows(*rows, told="one\ntwo"))
        page = Page(report(chiang_mai(), parts, "en"))
        table = next(table for table in page.tables if table[0] == ["Code", "Weight", "X y", "Z"])
        assert table[1:] == [["a", "≈ 0.3333", "1.50", "1"], ["b", "–", "–", "True"]]
        assert "one two" in page.text
        nothing = Page(report(chiang_mai(), ReportParts(robustness=Rows()), "en"))
        assert "There is nothing to tell" in nothing.text

    def test_sections_stand_in_one_order(self) -> None:
        """What is to be done before how it was found out."""
        calendar = "[[calendar]]\nfrom = 2022-01-01\nto = 2022-03-31\n"
        result = itakit.evaluate(scheme(grade=GRADES, calendar=calendar), ANSWERS)
        parts = ReportParts(
            comparison=itakit.compare(result, result),
            certainty=itakit.certainty(result, replications=10),
            plan=ActionPlan(result.scheme, ()).join(itakit.gains(result), date(2022, 4, 1)),
            audit=itakit.audit(result.scheme, {"total": "50"}),
            robustness=Rows({"code": "a"}),
        )
        page = Page(report(result, parts, "en"))
        anchors = [section["id"] for section in page.of("section")]
        assert anchors == [
            "summary",
            "grade",
            "scores",
            "change",
            "ranking",
            "gains",
            "plan",
            "answers",
            "calendar",
            "fieldwork",
            "certainty",
            "robustness",
            "audit",
            "derivation",
            "origin",
        ]
        links = [a["href"] for a in page.of("a")]
        assert links == ["#main", *(f"#{anchor}" for anchor in anchors)]


class TestWhatToDo:
    """ "How far the next one is, ... the plan by gain." """

    def test_the_next_grade_and_what_would_add_most(self) -> None:
        page = Page(report(chiang_mai(), lang="en"))
        assert "Grade AA (from 95.00):" in page.text
        table = next(table for table in page.tables if table[0][:2] == ["Title", "Gain"])
        assert table[1][0].startswith("7 Efficiency of communication Then 96.02 AA")
        assert table[1][1] == "1.022"
        styles = [a["style"] for a in page.of("span") if "style" in a]
        assert "width:100%" in styles

    def test_no_more_than_twelve_bars(self) -> None:
        """How many more there are is told."""
        rules = itakit.find("ita_2565")
        result = itakit.evaluate(rules, {node.code: 50 for node in rules.leaves()})
        page = Page(report(result, lang="en"))
        table = next(table for table in page.tables if table[0][:2] == ["Title", "Gain"])
        assert len(table) == 1 + 12
        assert f"And {len(itakit.gains(result).best()) - 12} more" in page.text

    def test_a_full_score_has_nothing_to_gain(self) -> None:
        rules = itakit.find("ita_2565")
        page = Page(report(itakit.evaluate(rules, {"IIT": 100, "EIT": 100, "OIT": 100}), lang="en"))
        assert "nothing would add" in page.text.lower()
        assert not [table for table in page.tables if table[0][:2] == ["Title", "Gain"]]

    def test_the_plan_by_gain_and_by_month(self) -> None:
        """Without a date, an office or a status, a dash stands there."""
        result = chiang_mai()
        measures = (
            Measure("9", Title.of("Write <it>")),
            Measure(
                "7", Title.of("Speak"), office=Title.of("All"), start=date(2022, 1, 1),
                end=date(2022, 3, 31), status="under way",
            ),
            Measure("8", Title.of("Mend"), end=date(2022, 9, 30)),
        )  # fmt: skip
        joined = ActionPlan(result.scheme, measures).join(itakit.gains(result), date(2022, 4, 1))
        page = Page(report(result, ReportParts(plan=joined), "en"))
        table = next(table for table in page.tables if table[0][:2] == ["Measure", "Responsible"])
        assert table[1:] == [
            ["7 Speak", "All", "2022-01-01 – 2022-03-31", "late, under way", "1.022"],
            ["8 Mend", "–", "– 2022-09-30", "nobody responsible", "0.676"],
            ["9 Write <it>", "–", "–", "nobody responsible", "0.444"],
        ]
        months = next(table for table in page.tables if table[0][0] == "Due in")
        assert months[1:] == [
            ["2022-03", "1", "1", "7"],
            ["2022-09", "1", "0", "8"],
            ["No date", "1", "0", "9"],
        ]
        thai = Page(report(result, ReportParts(plan=joined), "th")).text.replace("\u00a0", " ")
        assert "1 ม.ค. 2565 – 31 มี.ค. 2565" in thai
        assert "ตามสภาพ ณ วันที่ 1 เม.ย. 2565" in thai

    def test_a_plan_of_which_nothing_is_lacking(self) -> None:
        result = chiang_mai()
        measure = Measure(result.root.code, Title.of("All of it"))
        joined = ActionPlan(result.scheme, (measure,)).join(itakit.gains(result), date(2022, 4, 1))
        page = Page(report(result, ReportParts(plan=joined), "en"))
        assert page.text.count("Something to gain and no measure") == 1  # the number of them

    def test_published_figures_and_what_follows(self) -> None:
        """A code keeps its small letters; another table stands below."""
        rules, folder = itakit.find("ita_2565"), ROOT / "examples/chiang_mai_2564"
        names = ("published.toml", "published_ranking.toml")
        one = itakit.audit(rules, folder / names[0])
        two = itakit.audit(rules, folder / names[0], folder / names[1])
        page = Page(report(chiang_mai(), ReportParts(audit=one), "en"))
        table = next(table for table in page.tables if table[0][2:4] == ["Printed", "Verdict"])
        assert table[1][:4] == ["total", "–", "95.01", "IMPOSSIBLE"]
        assert "The figures contradict each other; of 15" in page.text
        assert "total: 95.01 is the sum of the printed weighted scores" in page.text
        assert "total: 95.01 → 95.00 or 94.99" in page.text
        both = Page(report(chiang_mai(), ReportParts(audit=two), "en"))
        assert sum(table[0][2:4] == ["Printed", "Verdict"] for table in both.tables) == 2


class TestRanking:
    """ "Ranking of the indicators." """

    def test_indicators_by_their_published_scores(self) -> None:
        """The level below the surveys, highest first."""
        page = Page(report(chiang_mai(), lang="en"))
        table = next(table for table in page.tables if table[0][0] == "Rank")
        assert table[0][:3] == ["Rank", "Title", "Score"]
        assert [row[0] for row in table[1:]] == [str(k) for k in range(1, len(table))]
        figures = [Decimal(row[2]) for row in table[1:]]
        assert figures == sorted(figures, reverse=True)
        assert len(figures) == 10

    def test_what_was_given_above_ranks_what_was_given(self) -> None:
        """Surveys, where indicators have no scores; and nothing where one score is all."""
        rules = itakit.find("ita_2565")
        result = itakit.evaluate(rules, {"IIT": 80, "EIT": 90, "OIT": 90})
        page = Page(report(result, lang="en"))
        table = next(table for table in page.tables if table[0][0] == "Rank")
        ranks = [(row[0], row[1][:3], row[2]) for row in table[1:]]
        assert ranks == [("1", "EIT", "90.00"), ("1", "OIT", "90.00"), ("3", "IIT", "80.00")]
        assert table[1][1].endswith("shared by 2; exact scores are the same")
        alone = itakit.evaluate(rules, {"total": 80})
        assert 'id="ranking"' not in report(alone, lang="en")
        single = itakit.evaluate(scheme(missing="skip"), {"d": 5})
        assert 'id="ranking"' not in report(single, lang="en")

    def test_another_level_is_ranked_on_demand_and_the_unscored_are_named(self) -> None:
        """With titles where they say more than the code; roots of irrational scores are no ties."""
        result = itakit.evaluate(scheme(missing="skip"), {"a": Tally({"1": 1}), "d": 7, "e": 7})
        page = Page(report(result, ReportParts(ranking=itakit.ranking(result, "item")), "en"))
        table = next(table for table in page.tables if table[0][0] == "Rank")
        assert table[1][:3] == ["1", "d shared by 2; exact scores are the same", "7.00"]
        assert table[3][:3] == ["3", "a t", "0.00"]
        assert "Without a score, 2: b, c" in page.text

    def test_a_tie_of_which_nobody_knows_the_exact_scores(self) -> None:
        """Is told as a tie and no more."""
        places = tuple(Place(name, Decimal("1.00"), tied=2) for name in "ab")
        found = Ranking("units", "x", places)
        page = Page(report(chiang_mai(), ReportParts(ranking=found), "en"))
        table = next(table for table in page.tables if table[0][0] == "Rank")
        assert table[1][1] == "a shared by 2"


class TestCertainty:
    """ "Certainty, where people were asked." """

    def test_intervals_are_those_of_certainty(self) -> None:
        """Its ends and the number asked as texts, and as places on one axis."""
        result = itakit.evaluate(scheme(grade=GRADES), EVERYBODY)
        found = itakit.certainty(result, population={"g": 200}, replications=50)
        page = Page(report(result, ReportParts(certainty=found), "en"))
        table = next(table for table in page.tables if "Asked" in table[0])
        assert table[0] == ["Title", "Score", "From", "To", "Asked", *table[0][5:]]
        shown = {row[0]: row[1:5] for row in table[1:]}
        rows = {str(row["code"]): row for row in found.rows("en")}
        g = rows["g"]
        assert shown["g t"] == [str(g[k]) for k in ("rounded", "low", "high")] + [
            f"{g['n']} of 200"
        ]
        assert shown["h"] == [str(rows["h"]["rounded"]), "–", "–", "–"]
        low, high = (Fraction(text) for text in shown["g t"][1:3])
        spans = [s["style"] or "" for s in page.of("span") if s.get("class") == "span"]
        assert spans
        for span in spans:
            left, width = (Fraction(part.split(":")[1][:-1]) for part in span.split(";"))
            assert 0 <= left <= left + width <= 100
        assert low < Fraction(shown["g t"][0]) < high

    def test_chances_of_grades_name_draws_and_seed(self) -> None:
        result = itakit.evaluate(scheme(grade=GRADES), EVERYBODY)
        found = itakit.certainty(result, replications=40, seed=7)
        page = Page(report(result, ReportParts(certainty=found), "en"))
        assert "its share of 40 draws of the respondents (seed 7)" in page.text
        table = next(table for table in page.tables if "Share of draws" in table[0])
        shares = [Fraction(row[1].removesuffix(" %")) for row in table[1:]]
        (unit,) = found.units
        assert shares == [share * 100 for share in (unit.grades(40) or {}).values()]
        assert "." in table[1][1]
        assert len([row for row in table[1:] if row[0].endswith("this grade")]) == 1

    def test_a_score_of_which_nobody_can_tell_has_a_hollow_dot(self) -> None:
        """It was given without the answers that people gave."""
        result = itakit.evaluate(scheme(), {**ANSWERS, "a": 50, "b": 50, "c": 50})
        found = itakit.certainty(result, replications=0)
        page = Page(report(result, ReportParts(certainty=found), "en"))
        assert [s for s in page.of("span") if s.get("class") == "dot hollow"]

    def test_one_place_on_the_axis_is_no_axis_of_nothing(self) -> None:
        """Where all scores are the same and certain, and one of several units is refused."""
        result = itakit.evaluate(scheme(), dict.fromkeys("abcde", 100))
        found = itakit.certainty(result)
        page = Page(report(result, ReportParts(certainty=found), "en"))
        assert [s["style"] for s in page.of("span") if str(s.get("class")).startswith("dot")] == [
            "left:0%"
        ] * 3
        two = evolve(found, units=found.units * 2)
        with pytest.raises(EvidenceError, match="of 2 units, and the report is of one"):
            report(result, ReportParts(certainty=two), "en")

    def test_why_it_is_not_told_is_a_sentence(self) -> None:
        parts = ReportParts(certainty=say("report-no-certainty"))
        assert "which the extra certainty brings" in Page(report(chiang_mai(), parts, "en")).text


class TestHeads:
    """Compound words of Thai heads stay whole."""

    def test_they_are_marked_and_escaped(self) -> None:
        told = unbroken("<b>คะแนนถ่วงน้ำหนัก")
        assert told == '&lt;b&gt;คะแนนถ่วง<span class="word">น้ำหนัก</span>'
        assert unbroken("weight") == "weight"


class TestEveryNumberIsExplained:
    """ "The explanation of every number on demand." """

    def test_every_node_that_counts_unfolds(self) -> None:
        result = itakit.evaluate(scheme(), ANSWERS)
        page = Page(report(result, lang="en"))
        folds = [each for each in page.of("details") if each["class"] == "branch"]
        assert len(folds) == len(result.scheme.nodes())
        assert "8 answers: 1: 1 × 0, 2: 2 × 50, 4: 5 × 100; answered not applicable: 2" in page.text

    def test_where_the_rules_come_from_and_what_made_it(self) -> None:
        result = chiang_mai()
        page = Page(report(result, ReportParts(files=("answers.csv",)), "en"))
        for told in (result.scheme.hash, "ita_2565", itakit.__version__, "answers.csv"):
            assert told in page.text
        assert set(result.scheme.source) <= {text.strip() for text in page.texts}


HOSTILE = "<script>alert(1)</script>\"'>&amp;\u202e<img src=x onerror=alert(1)>{{ 7*7 }}"


class TestNoTextIsMarkup:
    """ "All text from data is escaped." """

    def test_wherever_it_comes_from(self) -> None:
        """Titles of nodes and answers, names of grades and files, an analysis."""
        grade = f"[[grade]]\nname = {json.dumps('<b>A')}\nfrom = 0\n"
        rules = scheme(HOSTILE, grade=grade)
        result = itakit.evaluate(rules, ANSWERS)
        named = Title.of(HOSTILE)
        measure = Measure(rules.root.code, named, office=named, end=date(2022, 3, 31))
        parts = ReportParts(
            HOSTILE,
            plan=ActionPlan(rules, (measure,)).join(itakit.gains(result), date(2022, 4, 1)),
            audit=itakit.audit(rules, {rules.root.code: "50", "source": HOSTILE}),
            robustness=Rows({HOSTILE: HOSTILE}, told=HOSTILE),
            files=(HOSTILE,),
        )
        text = report(result, parts, "en")
        page = Page(text)
        assert page.of("script") == page.of("img") == page.of("b") == []
        assert "\u202e" not in "".join(p["style"] or "" for p in page.of("span") if "style" in p)
        assert page.text.count("<script>alert(1)</script>") > 5
        assert "49" not in page.text.partition("{{ 7*7 }}")[0][-3:]

    def test_json_in_a_script_ends_nothing(self) -> None:
        value = {"x": "</script><!--\u2028&"}
        text = embedded(value)
        assert not set("<>&\u2028") & set(text)
        assert json.loads(text) == value


class TestOneFile:
    """ "No request leaves it; the same input makes the same bytes." """

    def test_nothing_is_loaded(self) -> None:
        page = Page(report(chiang_mai()))
        names = {"src", "href", "action", "data", "poster", "srcset"}
        asked = {a[key] for _, a in page.elements for key in names & a.keys()}
        assert {value for value in asked if not str(value).startswith("#")} == {"data:,"}
        style = (ROOT / "src/itakit/reporting/templates/report.css").read_text("utf-8")
        assert not re.search(r"url\(|@import|@font-face", style)
        policy = next(m["content"] for m in page.of("meta") if "http-equiv" in m)
        assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

    @pytest.mark.parametrize("lang", ["th", "en"])
    def test_the_same_result_is_the_same_text(self, lang: str) -> None:
        parts = ReportParts(comparison=itakit.compare(chiang_mai("ranking_table"), chiang_mai()))
        assert report(chiang_mai(), parts, lang) == report(chiang_mai(), parts, lang)

    @pytest.mark.parametrize("lang", ["th", "en"])
    def test_every_golden_case_has_a_report_in_order(self, lang: str) -> None:
        """With headings that skip no level and names that stand for one element each."""
        seen = 0
        for folder in FOLDERS:
            for path in sorted(folder.glob("*.toml")):
                if path.name.endswith(".cases.toml"):
                    continue
                rules = itakit.load(path)
                outcomes = itakit.run_cases(rules, cases_path(path))
                cases = [o.case for o in outcomes if o.case.expect_error is None][:3]
                for case in cases:
                    page = Page(report(itakit.evaluate(rules, case.evidence), lang=lang))
                    seen += 1
                    tags = [tag for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
                    heads = [int(tag[1]) for tag in tags]
                    assert heads[0] == 1
                    assert all(b - a <= 1 for a, b in pairwise(heads))
                    names = [a["id"] for _, a in page.elements if "id" in a]
                    assert len(names) == len(set(names))
        assert seen > 30
