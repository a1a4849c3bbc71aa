"""The workbook of a report: what a spreadsheet computes is what itakit computed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import itakit
from itakit.cases import cases_path
from itakit.errors import ItakitError
from itakit.evidence import Tally
from itakit.methods import BUILT_IN
from itakit.reporting import ReportParts, report_workbook
from itakit.reporting.formulas import number, safe
from itakit.reporting.workbook import by_level
from itakit.result import Result
from itakit.rounding import MODES, Rounding
from tests.roof.recalculating import SOFFICE, recalculated

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "schemes", ROOT / "examples" / "gallery")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
CODE, COUNTS, SCORE, PUBLISHED, STATUS, NOTE = 0, 4, 5, 6, 7, 8
HEAD = 3
"""The rows above the root's."""

METHODS = """
format = 1
[scheme]
id = "methods"
range = [0, 100]
weights = "relative"
missing = "skip"
rounding = {{ places = {places}, mode = "{mode}"{carry} }}
[aggregation]
item = "mean"
group = {method}
total = "mean"
[scale.degree]
answer = [
  {{ code = "1", score = 0 }}, {{ code = "2", score = 33 }}, {{ code = "3", score = 67 }},
  {{ code = "4", score = 100 }},
]
not_applicable = ["9"]
[scale.years]
goalposts = [20, 85]
clamp = true
[scale.log]
goalposts = [100, 75000]
transform = "log"
[scale.root]
goalposts = [1, 16]
transform = "sqrt"
[[group]]
code = "g"
item = [
  {{ code = "a", weight = {weight} }},
  {{ code = "b", weight = 3 }},
  {{ code = "c", weight = 3, scale = "degree" }},
]
"""


def scheme(
    method: str = '"mean"', mode: str = "half-up", places: int = 2, carry: str = "", weight: int = 3
) -> itakit.Scheme:
    """A scheme whose groups are made by a method."""
    text = METHODS.format(method=method, mode=mode, places=places, carry=carry, weight=weight)
    return itakit.loads(
        text.replace("[scale.years]\ngoalposts = [20, 85]\nclamp = true\n", "")
        .replace('[scale.log]\ngoalposts = [100, 75000]\ntransform = "log"\n', "")
        .replace('[scale.root]\ngoalposts = [1, 16]\ntransform = "sqrt"\n', "")
    )


def together(
    groups: Sequence[tuple[Mapping[str, Any], int]],
    method: str = '"mean"',
    mode: str = "half-up",
    places: int = 2,
) -> Result:
    """The result of one scheme with a group for each evidence and weight, made by a method."""
    text = METHODS.format(method='"mean"', mode=mode, places=places, carry="", weight=3)
    head = text[: text.index("[scale.years]")]
    evidence: dict[str, Any] = {}
    for k, (given, weight) in enumerate(groups):
        weights = {"a": weight, "b": 3, "c": 3}
        items = [f'{{ code = "{code}{k}", weight = {w} }}' for code, w in weights.items()]
        items[2] = items[2].replace(" }", ', scale = "degree" }')
        own = method.replace('base = "a"', f'base = "a{k}"')
        head += f'[[group]]\ncode = "g{k}"\naggregate = {own}\nitem = [{", ".join(items)}]\n'
        evidence |= {f"{code}{k}": value for code, value in given.items()}
    return itakit.evaluate(itakit.loads(head), evidence)


def golden() -> Iterator[tuple[str, Result]]:
    """The results of golden cases of every scheme here, the first and the last of each."""
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.toml")):
            if path.name.endswith(".cases.toml"):
                continue
            rules = itakit.load(path)
            outcomes = itakit.run_cases(rules, cases_path(path))
            cases = [outcome.case for outcome in outcomes if outcome.case.expect_error is None]
            for k, case in enumerate({c.name: c for c in (*cases[:1], *cases[-1:])}.values()):
                yield f"{path.stem}-{k}", itakit.evaluate(rules, case.evidence)


def summary(book: Any) -> dict[str, tuple[Any, ...]]:
    """The rows of the sheet of nodes by code."""
    rows = islice(book.worksheets[0].iter_rows(values_only=True), HEAD, None)
    return {str(row[CODE]): row for row in rows}


def opened(data: bytes) -> Any:
    """A workbook with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(data))


def differences(result: Result, book: Any) -> list[str]:
    """Where a computed workbook has other figures, or another grade, than a result."""
    found = []
    rows = summary(book)
    for node in result:
        shown = rows[node.code][PUBLISHED]
        figure = None if shown in (None, "") else Decimal(str(shown))
        if figure != node.rounded:
            found.append(f"{node.code}: {figure}, not {node.rounded}")
    grade = book.worksheets[2]["B1"].value
    if (None if grade in (None, "") else str(grade)) != result.grade:
        found.append(f"grade {grade}, not {result.grade}")
    return found


@needs_soffice
class TestASpreadsheetComputesTheSame:
    """ "Recalculated by LibreOffice they give the same numbers as itakit." (issue 5, item 7)"""

    def test_golden_cases_of_every_scheme(self, tmp_path: Path) -> None:
        """Figures and grades, with all values taken out of the file before."""
        results = dict(golden())
        assert len(results) > 20
        books = recalculated(
            {name: report_workbook(result) for name, result in results.items()}, tmp_path
        )
        wrong = {name: differences(result, books[name]) for name, result in results.items()}
        assert {name: lines for name, lines in wrong.items() if lines} == {}

    def test_every_method(self, tmp_path: Path) -> None:
        """Those that a spreadsheet has no formula for among them; all of one in one workbook."""
        methods = [
            f'"{name}"' for name in BUILT_IN if name not in ("single", "power-mean", "k-of-n")
        ]
        methods += [
            '{ method = "power-mean", exponent = 0.5 }',
            '{ method = "power-mean", exponent = 0 }',
            '{ method = "power-mean", exponent = -2 }',
            '{ method = "deduction", base = "a", ceiling = 30 }',
            '{ method = "deduction", base = "a" }',
            '{ method = "k-of-n", k = 2, at_least = 50 }',
            '{ method = "all-of", at_least = 20 }',
        ]
        given: list[dict[str, Any]] = [
            {"a": "27.695", "b": "88.5", "c": Tally({"1": 2, "4": 5, "9": 1})},
            {"a": "99", "b": "0", "c": Tally({"2": 7})},
            {"b": "12.345", "c": Tally({"3": 1, "4": 3})},
            {"a": itakit.NOT_APPLICABLE, "b": "64.125"},
            {"b": "4.5"},
        ]
        seen, results = 0, {}
        for m, method in enumerate(methods):
            groups = []
            for evidence, weight in product(given, (3, 1, 0)):
                try:
                    itakit.evaluate(scheme(method, weight=weight), evidence)
                except ItakitError:  # a sum may leave the range, a base be missing
                    continue
                groups.append((evidence, weight))
            if groups:
                results[f"m{m}"] = together(groups, method)
                seen += len(groups)
        assert seen > 120
        books = recalculated({n: report_workbook(r) for n, r in results.items()}, tmp_path)
        wrong = {name: differences(result, books[name]) for name, result in results.items()}
        assert {name: lines for name, lines in wrong.items() if lines} == {}

    def test_ties_and_what_floats_make_of_them(self, tmp_path: Path) -> None:
        """27.695 is 27.70, which no float is, and halves go where the scheme's mode says."""
        values = ("27.695", "1.005", "2.675", "0.145", "94.995", "27.685")
        groups = [(dict.fromkeys("abc", value), 3) for value in values]
        results = {
            f"t{k}-{places}": together(groups, mode=mode, places=places)
            for (k, mode), places in product(enumerate(MODES), (2, 0))
        }
        books = recalculated({n: report_workbook(r) for n, r in results.items()}, tmp_path)
        assert {n: differences(result, books[n]) for n, result in results.items()} == {
            name: [] for name in results
        }

    def test_a_change_of_an_answer_changes_every_score_above_it(self, tmp_path: Path) -> None:
        """Which is what live formulas are for."""
        rules = scheme()
        was = itakit.evaluate(rules, {"a": 50, "b": 60, "c": Tally({"1": 2, "4": 5})})
        now = itakit.evaluate(rules, {"a": 50, "b": 60, "c": Tally({"1": 9, "4": 5})})
        book = opened(report_workbook(was))
        cells = book.worksheets[1]
        changed = [row for row in cells.iter_rows(min_row=2) if row[2].value == "1"]
        changed[0][5].value = 9
        out = io.BytesIO()
        book.save(out)
        assert differences(now, recalculated({"x": out.getvalue()}, tmp_path)["x"]) == []
        assert was.rounded != now.rounded

    def test_rounded_scores_that_are_carried_upward(self, tmp_path: Path) -> None:
        """A scheme that rounds on the way does so in the workbook."""
        results = {
            f"c{k}": itakit.evaluate(scheme(carry=f', carry = ["{level}"]', places=0), given)
            for k, (level, given) in enumerate(
                product(
                    ("group", "item"),
                    ({"a": "10.5", "b": "20.4", "c": "1.3"}, {"a": "0.5", "b": "0.5", "c": "0.4"}),
                )
            )
        }
        books = recalculated({n: report_workbook(r) for n, r in results.items()}, tmp_path)
        assert {n: differences(r, books[n]) for n, r in results.items()} == {
            name: [] for name in results
        }


NUMBERS = """
format = 1
[scheme]
id = "numbers"
range = [0, 100]
[aggregation]
item = "mean"
total = "mean"
[scale.years]
goalposts = [20, 85]
clamp = true
[scale.log]
goalposts = [100, 75000]
transform = "log"
[scale.log10]
goalposts = [100, 75000]
transform = "log10"
[scale.root]
goalposts = [16, 1]
transform = "sqrt"
clamp = true
[[item]]
code = "years"
scale = "years"
[[item]]
code = "log"
scale = "log"
[[item]]
code = "log10"
scale = "log10"
[[item]]
code = "root"
scale = "root"
[[grade]]
name = "=1+1"
from = 50
requires = { item = 20 }
[[grade]]
name = "low"
from = 10
requires = { years = 10 }
[[grade]]
name = "lowest"
from = 0
"""


class TestNumbersAndAnswers:
    """Items that are answered with a number, and what is not live."""

    @needs_soffice
    def test_goalposts_and_conditions_of_grades(self, tmp_path: Path) -> None:
        """Transforms and clamps have formulas; the first grade whose conditions hold is the one."""
        rules = itakit.loads(NUMBERS)
        results = {}
        for k, (years, money) in enumerate(product((10, 30, 72.3, 90), (150, 40000))):
            answers = {"years": years, "log": money, "log10": money, "root": 4}
            evidence = {code: itakit.Answer(value) for code, value in answers.items()}
            results[f"n{k}"] = itakit.evaluate(rules, evidence)
        assert {result.grade for result in results.values()} == {"=1+1", "low", "lowest"}
        books = recalculated({n: report_workbook(r) for n, r in results.items()}, tmp_path)
        assert {n: differences(r, books[n]) for n, r in results.items()} == {
            name: [] for name in results
        }

    def test_what_has_no_formula_says_so(self) -> None:
        """A weighted median is written as a value, and is not passed off as live."""
        result = itakit.evaluate(scheme('"median"', weight=1), {"a": 1, "b": 2, "c": 3})
        book = opened(report_workbook(result, lang="en"))
        row = summary(book)["g"]
        assert row[SCORE] == 2
        assert row[NOTE].startswith("Not live: a value")
        live = summary(opened(report_workbook(itakit.evaluate(scheme(), {"a": 1}), lang="en")))["g"]
        assert live[SCORE].startswith("=SUMPRODUCT(")
        assert "Not live" not in live[NOTE]

    def test_answers_to_what_is_no_mean_have_no_formula_where_there_is_none(self) -> None:
        """k of n answers is counted by heads, which stand for many answers each."""
        text = NUMBERS.replace('item = "mean"', 'item = { method = "k-of-n", k = 1 }')
        rules = itakit.loads(text)
        evidence = {code: itakit.Answer(85) for code in ("years", "log", "log10", "root")}
        evidence["log"] = evidence["log10"] = itakit.Answer(75000)
        rows = summary(opened(report_workbook(itakit.evaluate(rules, evidence), lang="en")))
        assert rows["years"][SCORE] == 100

    def test_only_answers_that_do_not_apply_leave_an_item_without_a_score(self) -> None:
        """They are listed, and nothing is divided by none of them."""
        result = itakit.evaluate(scheme(), {"a": 1, "b": 2, "c": Tally({"9": 3})})
        book = opened(report_workbook(result, lang="en"))
        assert summary(book)["c"][SCORE] in ("", None)
        answers = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
        assert answers[-1][2:] == ("9", "", "Not applicable", 3)

    def test_a_number_that_does_not_apply_has_no_score(self) -> None:
        """It is listed among the answers, and the item has no formula."""
        text = NUMBERS.replace("clamp = true", 'clamp = true\nnot_applicable = ["na"]', 1)
        rules = itakit.loads(text.replace('id = "numbers"', 'id = "numbers"\nmissing = "skip"'))
        result = itakit.evaluate(rules, {"years": itakit.Answer("na"), "root": itakit.Answer(4)})
        book = opened(report_workbook(result, lang="en"))
        assert summary(book)["years"][SCORE] in ("", None)
        assert [c.value for c in book.worksheets[1][2]][4:] == ["Not applicable", 1]

    def test_children_in_two_columns_have_no_formula(self) -> None:
        """Where some children carry rounded scores and others exact ones."""
        text = """
format = 1
[scheme]
id = "mixed"
range = [0, 100]
rounding = { places = 0, carry = ["group"] }
[aggregation]
item = "mean"
group = "mean"
total = "mean"
[[group]]
code = "g"
item = ["a", "b"]
[[item]]
code = "c"
"""
        result = itakit.evaluate(itakit.loads(text), {"a": "1.3", "b": "1.4", "c": "1.2"})
        assert summary(opened(report_workbook(result)))["total"][SCORE] == float(result.score or 0)

    def test_a_figure_that_no_float_can_settle_is_a_value(self) -> None:
        """Rounding to nine places first would make 0.01 of 0.00499999999999."""
        assert safe(Rounding(2), Fraction("27.695"))
        assert not safe(Rounding(2), Fraction("0.00499999999999"))
        evidence = dict.fromkeys("abc", "0.00499999999999")
        row = summary(opened(report_workbook(itakit.evaluate(scheme(), evidence), lang="en")))["g"]
        assert row[PUBLISHED] == 0


class TestNoAnswer:
    """Codes that say that nobody answered."""

    @needs_soffice
    def test_they_are_counted_nowhere(self, tmp_path: Path) -> None:
        """Neither as answers nor as what does not apply."""
        text = METHODS.format(method='"mean"', mode="half-up", places=2, carry="", weight=3)
        text = text[: text.index("[scale.years]")] + text[text.index("[[group]]") :]
        rules = itakit.loads(text.replace('["9"]\n', '["9"]\nno_answer = ["99"]\n'))
        silent: dict[str, Any] = {"a": 1, "b": 2, "c": Tally({"1": 1, "4": 2, "9": 3, "99": 50})}
        result = itakit.evaluate(rules, silent)
        data = report_workbook(result, lang="en")
        sheet = opened(data).worksheets[1].iter_rows(min_row=2, values_only=True)
        counts = {row[2]: row[5] for row in sheet}
        assert counts == {"1": 1, "2": 0, "3": 0, "4": 2, "9": 3}
        assert differences(result, recalculated({"x": data}, tmp_path)["x"]) == []
        nobody = itakit.evaluate(rules, {"a": 1, "b": 2, "c": Tally({"99": 4})})
        book = opened(report_workbook(nobody, lang="en"))
        assert list(book.worksheets[1].iter_rows(min_row=2, values_only=True)) == []
        assert summary(book)["c"][SCORE] in ("", None)
        middle = itakit.loads(
            text.replace('item = "mean"', 'item = "median"').replace(
                '["9"]\n', '["9"]\nno_answer = ["99"]\n'
            )
        )
        book = opened(report_workbook(itakit.evaluate(middle, silent), lang="en"))
        answers = book.worksheets[1].iter_rows(min_row=2, values_only=True)
        assert {row[2] for row in answers} == {"1", "4", "9"}


class TestTextsStayTexts:
    """ "Formula injection: texts are written as strings, never as formulas." (issue 5, item 7)"""

    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+2"]
    )
    def test_a_text_that_looks_like_a_formula_is_none(self, text: str) -> None:
        """As a title of a node, of an answer, of the unit, and as the name of a grade."""
        quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        source = METHODS.format(method='"mean"', mode="half-up", places=2, carry="", weight=3)
        source = source[: source.index("[scale.years]")] + source[source.index("[[group]]") :]
        source = source.replace('code = "g"\n', f'code = "g"\ntitle = "{quoted}"\n')
        source = source.replace("score = 0", f'score = 0, title = "{quoted}"')
        source += f'\n[[grade]]\nname = "{text.strip()}"\nfrom = 0\n'
        result = itakit.evaluate(itakit.loads(source), {"a": 1, "b": 2, "c": Tally({"1": 1})})
        book = opened(report_workbook(result, ReportParts(unit=text, files=(text,))))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        same = [c for c in cells if isinstance(c.value, str) and c.value.strip() == text.strip()]
        assert len(same) >= 4
        assert {cell.data_type for cell in same} == {"s"}
        formulas = [c.value for c in cells if c.data_type == "f"]
        assert formulas
        assert [f for f in formulas if "cmd" in f or "SUM(A1)" in f] == []

    def test_a_text_that_no_cell_holds_is_refused(self) -> None:
        """Rather than cut off."""
        result = itakit.evaluate(scheme(), {"a": 1})
        with pytest.raises(ItakitError, match="32767"):
            report_workbook(result, ReportParts(files=("x" * 40_000,)))


class TestTheSameResultMakesTheSameFile:
    """ "Deterministic output." (issue 5, item 7)"""

    def test_to_the_byte(self) -> None:
        result = itakit.evaluate(scheme(), {"a": 1, "c": Tally({"1": 3})})
        assert report_workbook(result) == report_workbook(result)

    def test_a_scheme_without_grades_has_a_sheet_that_says_so(self) -> None:
        book = opened(report_workbook(itakit.evaluate(scheme(), {"a": 1}), lang="en"))
        assert book.worksheets[2]["A3"].value == "No grade"

    def test_children_are_neighbours(self) -> None:
        """So that a formula can take them as one range."""
        result = itakit.evaluate(itakit.find("ita_2565"), dict.fromkeys(("IIT", "EIT", "OIT"), 90))
        plan = result.scheme.plan
        order = by_level(result)
        places = {i: k for k, i in enumerate(order)}
        assert sorted(order) == list(range(len(plan.nodes)))
        for step in plan.steps:
            found = [places[child] for child in step.children]
            assert found == list(range(found[0], found[0] + len(found)))

    def test_a_number_without_end_is_a_quotient(self) -> None:
        """So that a formula has it as closely as the program counts."""
        assert [number(Fraction(*pair)) for pair in ((1, 3), (1, 4), (-7, 1))] == [
            "(1/3)",
            "0.25",
            "-7",
        ]
