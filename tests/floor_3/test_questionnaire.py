"""The questionnaire: form platforms take it, and what they export is what a scheme asked."""

from __future__ import annotations

import io
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from attrs import evolve
from pyxform.xls2xform import convert

import itakit
from itakit import ItakitError
from itakit.document.fields import Fields, item_fields, legal_name, node_of
from itakit.document.questionnaire import _term, questionnaire
from itakit.document.workbook import workbook
from itakit.titles import Title

FOLDER = Path(__file__).with_name("documents")
PROBE = itakit.load(FOLDER / "probe.toml")
ITA = itakit.find("ita_2565")
MIXED = itakit.loads("""
format = 1
scheme = { id = "mixed", range = [0, 10] }
aggregation = { question = "mean", survey = "mean", total = "mean" }
[scale.yes]
answer = [{ code = "1", score = 0 }, { code = "2", score = 10 }]
no_answer = ["-9999", ".."]
[scale.years]
goalposts = [0, 5]
[[survey]]
code = "S"
question = [{ code = "asked", scale = "yes" }, "scored", { code = "years", scale = "years" }]
[[survey]]
code = "T"
question = ["plan"]
""")
CHOSEN = (
    """(number(.) >= 20 and number(.) <= 85.5) or . = "n'a" or . = 'n"a' """
    """or . = concat('n', "'", '"a')"""
)
XFORM = "{http://www.w3.org/2002/xforms}"


def sheets(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows of a form by sheet, each by its heads."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for sheet in book:
        heads, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, heads), row, strict=True)) for row in rows]
    return found


class TestXLSForm:
    """ "The blank questionnaire (XLSForm, so that KoboToolbox, ODK and SurveyCTO can field it)."
    (issue 4, item 6)"""

    @pytest.mark.parametrize(
        ("scheme", "code"),
        [(ITA, "IIT"), (ITA, "EIT"), (ITA, "OIT"), (ITA, "9.1"), (ITA, "total"), (PROBE, "S")],
        ids=lambda value: value if isinstance(value, str) else value.id,
    )
    def test_the_platforms_own_converter_takes_it(
        self, scheme: itakit.Scheme, code: str, tmp_path: Path
    ) -> None:
        """Without a warning; ODK Validate has nothing to say either, where there is a Java."""
        path = tmp_path / "form.xlsx"
        path.write_bytes(questionnaire(scheme, code, "th").data)
        done = convert(str(path), validate=shutil.which("java") is not None)
        assert done.warnings == []
        form = ElementTree.fromstring(done.xform)
        names = {part.attrib["nodeset"].rpartition("/")[2] for part in form.iter(f"{XFORM}bind")}
        fields = Fields.of(scheme)
        items = {fields.names[n.code] for n in scheme[code].walk() if n.scale and not n.children}
        assert names - {"instanceID"} == items | {fields.unit}

    def test_every_item_is_asked_with_its_answers_in_their_order(self) -> None:
        """In both languages, in groups, and so that nobody can pass one over."""
        form = sheets(questionnaire(ITA, "IIT", "th").data)
        first, *asked = form["survey"]
        assert first["type"] == "text"
        assert first["name"] == "unit"
        assert (first["label::ไทย (th)"], first["label::English (en)"]) == (
            "หน่วยที่ประเมินคือหน่วยใด",
            "Which unit is assessed?",
        )
        questions = [row for row in asked if not row["type"].endswith("_group")]
        items = [node for node in ITA["IIT"].walk() if not node.children]
        assert len(questions) == len(items) == 51
        for row, item in zip(questions, items, strict=True):
            assert item.scale
            assert row["type"] == f"select_one {item.scale.name}"
            assert row["name"] == item.code.replace(".", "_")
            assert row["label::ไทย (th)"] == f"{item.code} {item.title['th']}"
            assert row["label::English (en)"] == f"{item.code} {item.title['en']}"
            assert row["required"] == "yes"
            listed = [c for c in form["choices"] if c["list_name"] == item.scale.name]
            assert [(c["name"], c["label::ไทย (th)"]) for c in listed] == [
                (answer.code, answer.title["th"]) for answer in item.scale.answers
            ]
        groups = [row["name"] for row in asked if row["type"] == "begin_group"]
        assert groups[:3] == ["q_1", "i1", "i3"]
        assert [row["type"] for row in asked].count("end_group") == len(groups)

    def test_the_form_says_what_it_is(self) -> None:
        """Its title, its identity, the version of the rules, the language that it opens in."""
        for lang, language in (("th", "ไทย (th)"), ("en", "English (en)")):
            (settings,) = sheets(questionnaire(ITA, "9.1", lang).data)["settings"]
            title = f"{ITA.title[lang]} — 9.1 {ITA['9.1'].title[lang]}"
            assert settings == {
                "form_title": title,
                "form_id": "ita_2565_q_9_1",
                "version": "1.0.0",
                "default_language": language,
            }
        (settings,) = sheets(questionnaire(PROBE, "total", "en").data)["settings"]
        assert settings["form_title"] == "Probe"
        assert settings["version"] == PROBE.hash[:12]
        untitled = evolve(PROBE, title=Title())
        (settings,) = sheets(questionnaire(untitled, "total", "en").data)["settings"]
        assert settings["form_title"] == "probe"

    def test_respondents_are_not_asked_what_assessors_score(self) -> None:
        """A score that every respondent gave could not be taken for that of the unit."""
        form = questionnaire(MIXED, "total", "en")
        names = [row["name"] for row in sheets(form.data)["survey"] if row["name"]]
        assert names == ["unit", "S", "asked", "years"]
        assert (form.questions, form.left_out, form.assessors) == (2, ("scored", "plan"), False)
        assert [row["code"] for row in sheets(form.data)["itakit"]] == ["S", "asked", "years"]

    def test_what_only_assessors_score_is_a_form_for_them(self) -> None:
        """A decimal number within the range for every item."""
        form = questionnaire(MIXED, "T", "en")
        found = sheets(form.data)["survey"][1:]
        assert found[0]["hint::English (en)"] == "A score from 0 to 10"
        assert [
            (row["name"], row["type"], row["constraint"], row["required"]) for row in found
        ] == [("plan", "decimal", ". >= 0 and . <= 10", "yes")]
        assert (form.questions, form.left_out, form.assessors) == (1, (), True)

    def test_where_data_may_say_that_nobody_answered_so_may_a_form(self) -> None:
        """By an empty field: the codes for no answer are no answers to choose from."""
        form = sheets(questionnaire(MIXED, "S", "en").data)
        required = {row["name"]: row["required"] for row in form["survey"]}
        assert (required["asked"], required["years"]) == (None, "yes")
        assert [row["name"] for row in form["choices"]] == ["1", "2"]

    def test_a_thai_hint_has_no_comma(self) -> None:
        form = sheets(questionnaire(PROBE, "S", "en").data)["survey"]
        hints = [row["hint::ไทย (th)"] for row in form if row["hint::ไทย (th)"]]
        assert "ตัวเลขตั้งแต่ 20 ถึง 85 หรือ -99 หากไม่เกี่ยวข้อง" in hints

    def test_numbers_are_bounded_as_the_scheme_bounds_them(self) -> None:
        """And what means not applicable is an answer, too."""
        form = sheets(questionnaire(PROBE, "S", "en").data)["survey"]
        found = {
            row["name"]: (row["type"], row["constraint"], row["hint::English (en)"])
            for row in form
            if row["type"] in ("decimal", "text")
        }
        assert found["unit_2"] == ("text", None, None)
        assert found["q_2"] == (
            "decimal",
            "(. >= 20 and . <= 85) or . = -99",
            "A number from 20 to 85, or -99 where it does not apply",
        )
        assert found["unit"] == (
            "text",
            CHOSEN,
            "A number from 20 to 85.5, or n'a, n\"a, n'\"a where it does not apply",
        )
        assert found["meta_2"] == ("decimal", None, None)
        assert found["a_b_2"] == (
            "text",
            "(number(.) = number(.)) or . = 'na'",
            "Or na where it does not apply",
        )
        assert found["a_b"][:2] == ("decimal", ". >= 0.5 and . <= 20")
        assert _term(Fraction(1, 3)) == "(1 div 3)"  # of a scheme made in Python
        messages = {row["name"]: row["constraint_message::ไทย (th)"] for row in form}
        assert messages["a_b"] == "ตัวเลขตั้งแต่ 0.5 ถึง 20"

    def test_lists_of_scales_whose_names_look_alike_are_two(self) -> None:
        """And what does not apply can be chosen, by its code where there are several."""
        choices = sheets(questionnaire(PROBE, "S", "en").data)["choices"]
        assert [tuple(row.values()) for row in choices] == [
            ("a_b", "ใช่ ครับ", "ใช่ $\u2060{x} <b> *a*", "=Yes"),
            ("a_b", "no", "no", "no"),
            ("a_b", "9", "ไม่เกี่ยวข้อง", "Not applicable"),
            ("a_b_2", "no", "no", "no"),
            ("a_b_2", "yes", "yes", "yes"),
            ("a_b_2", "8", "ไม่เกี่ยวข้อง (8)", "Not applicable (8)"),
            ("a_b_2", "9", "ไม่เกี่ยวข้อง (9)", "Not applicable (9)"),
        ]

    def test_a_sheet_leads_from_fields_to_codes(self) -> None:
        """For whoever reads the answers without itakit."""
        rows = sheets(questionnaire(ITA, "9", "en").data)["itakit"]
        assert rows[0] == {
            "name": "q_9_1",
            "code": "9.1",
            "level": "sub_indicator",
            "scheme": "ita_2565",
            "version": "1.0.0",
            "hash": ITA.hash,
        }
        assert [row["code"] for row in rows[1:10]] == [f"o{n}" for n in range(1, 10)]

    def test_the_same_scheme_makes_the_same_file(self) -> None:
        """To the byte, so that a changed file is a changed questionnaire."""
        assert questionnaire(ITA, "IIT", "th").data == questionnaire(ITA, "IIT", "th").data

    @pytest.mark.parametrize(
        ("code", "told"),
        [
            ("OlT", '"OlT": no node of the scheme ita_2565 has this code; did you mean "OIT"?'),
            ("i2", "i2: a questionnaire asks what stands below a node, and nothing stands below"),
        ],
    )
    def test_a_code_that_asks_nothing_is_refused(self, code: str, told: str) -> None:
        """With what was perhaps meant."""
        with pytest.raises(ItakitError, match=re.escape(told)):
            questionnaire(ITA, code, "en")

    def test_a_text_that_no_cell_holds_is_an_error(self) -> None:
        """And is not left out in silence."""
        with pytest.raises(ItakitError, match="a text of 32768 characters is longer"):
            workbook({"a": [["b" * 32_768]]})


class TestFields:
    """ "Map to legal names reversibly." """

    @pytest.mark.parametrize("scheme", [ITA, PROBE], ids=["ita", "probe"])
    def test_a_name_is_legal_and_leads_back_to_its_code(self, scheme: itakit.Scheme) -> None:
        """Letters, digits and underscores; no two nodes have one name, whatever its case."""
        fields = Fields.of(scheme)
        derived = [name for code, name in fields.names.items() if name != code]
        assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name) for name in fields.names.values())
        assert len({*fields.names.values(), fields.unit}) == len(fields.names) + 1
        taken = {code.casefold() for code in scheme.plan.index}
        assert taken.isdisjoint(name.casefold() for name in (*derived, fields.unit))
        back = item_fields(scheme)
        for code, name in fields.names.items():
            assert node_of(scheme, name, back) == scheme.plan.index[code]

    @pytest.mark.parametrize(
        ("text", "name"),
        [("i1.1", "i1_1"), ("9", "q_9"), ("_a", "a"), ("ข้อ", "q"), ("a b--c", "a_b_c"), ("", "q")],
    )
    def test_a_name_looks_like_its_code(self, text: str, name: str) -> None:
        """As far as a name can."""
        assert legal_name(text) == name

    @pytest.mark.parametrize("between", ["/", "-"])
    def test_a_name_may_stand_behind_those_of_its_groups(self, between: str) -> None:
        """All of them or the nearest; of other groups it is no name of ours."""
        fields, number = item_fields(ITA), ITA.plan.index["i1.1"]
        for column in (
            ["i1_1"],
            ["i1", "i1_1"],
            ["q_1", "i1", "i1_1"],
            ["IIT", "q_1", "i1", "i1_1"],
        ):
            assert node_of(ITA, between.join(column), fields) == number
        for column in (
            ["i2", "i1_1"],
            ["q_1", "i1_1"],
            ["q_2", "i1", "i1_1"],
            ["total", "IIT", "q_1", "i1", "i1_1"],
            ["", "total", "IIT"],
            ["i1_1", ""],
            ["i1", "i1_9"],
        ):
            assert node_of(ITA, between.join(column), fields) is None
