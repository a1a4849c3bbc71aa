"""The action plan: what a file may say, what is told of what it may not, and its join."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import itakit
from itakit import ActionPlan, Joined, Measure, load_measures
from itakit.action_plan.days import first_day, last_day, period, shown
from itakit.action_plan.measures import _SAID, KEYS
from itakit.action_plan.sheet_plan import _HEADS
from itakit.errors import EvidenceError, SchemeError
from itakit.notation.flaws import Refused
from itakit.titles import Title

RULES = """
format = 1
[scheme]
id = "town"
range = [0, 100]
[aggregation]
item = "mean"
part = "mean"
total = "mean"
[[grade]]
name = "A"
from = 80
[[grade]]
name = "B"
from = 0
[[part]]
code = "p"
title = { th = "ส่วน ก", en = "First | part" }
item = ["p1", "p2"]
[[part]]
code = "q"
item = ["q1", "q2"]
"""
TOWN = itakit.loads(RULES)
EXAMPLE = Path(__file__, "../../../examples/chiang_mai_2564").resolve()
ON = date(2022, 4, 1)

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and says where."""

    def written(text: str, name: str = "plan.toml", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return written


def refused(path: Path | str, scheme: itakit.Scheme = TOWN) -> list[str]:
    """What is told of a file, without its folder."""
    with pytest.raises(EvidenceError) as caught:
        load_measures(path, scheme)
    folder = f"{Path(path).parent}/"
    return [problem.text().replace(folder, "") for problem in caught.value.problems]


class TestDays:
    """Days are read as they are written in Thailand, in either era, and never guessed."""

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2022-03-31", "2022-03-31", "2022-03-31"),
            ("2565-3-31", "2022-03-31", "2022-03-31"),
            ("2022-03-31 00:00:00", "2022-03-31", "2022-03-31"),
            ("31/3/2565", "2022-03-31", "2022-03-31"),
            ("3/12/2022", "2022-12-03", "2022-12-03"),
            ("๓๑.๓.๒๕๖๕", "2022-03-31", "2022-03-31"),
            ("31 มี.ค. 65", "2022-03-31", "2022-03-31"),
            ("31 มีนาคม พ.ศ. 2565", "2022-03-31", "2022-03-31"),
            ("31 March 2022", "2022-03-31", "2022-03-31"),
            ("ก.พ. 2567", "2024-02-01", "2024-02-29"),
            ("กุมภาพันธ์ 66", "2023-02-01", "2023-02-28"),
            ("Sept 2022", "2022-09-01", "2022-09-30"),
            (" ธ.ค.\u200b  65 ", "2022-12-01", "2022-12-31"),
        ],
    )
    def test_a_day_or_a_month(self, text: str, first: str, last: str) -> None:
        assert first_day(text).isoformat() == first
        assert last_day(text).isoformat() == last

    def test_a_day_of_toml_may_be_of_either_era(self) -> None:
        assert first_day(date(2565, 3, 31)) == last_day(date(2022, 3, 31)) == date(2022, 3, 31)

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ("soon", '"soon" is no day that can be read'),
            ("1/2-2565", '"1/2-2565" is no day that can be read'),
            ("มี.ค.", '"มี.ค." has no year'),
            ("31 มี.ค.", '"31 มี.ค." has no year'),
            ("31/3/65", 'the year in "31/3/65" cannot be told: it has not four digits'),
            ("March 22", 'the year in "March 22" cannot be told: it has not four digits'),
            ("มี.ค. 565", 'the year in "มี.ค. 565" cannot be told: it has not four digits'),
            ("31/2/2565", '"31/2/2565" is a day that the calendar does not have'),
            ("29 ก.พ. 2566", '"29 ก.พ. 2566" is a day that the calendar does not have'),
            ("31/3/2300", 'the year in "31/3/2300" is of neither era'),
            ("March 1800", 'the year in "March 1800" is of neither era'),
            (65, "expected a day such as 2022-03-31"),
            (datetime.datetime(2022, 3, 31), "expected a day such as 2022-03-31"),  # noqa: DTZ001
        ],
    )
    def test_what_cannot_be_told_is_refused(self, value: object, told: str) -> None:
        with pytest.raises(Refused) as caught:
            last_day(value)
        assert told in caught.value.flaws[0].says.text("en")

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("ต.ค.64-มี.ค.65", "2021-10-01", "2022-03-31"),
            ("ม.ค. ถึง มี.ค. 65", "2022-01-01", "2022-03-31"),
            ("1-15 ม.ค. 2565", "2022-01-01", "2022-01-15"),
            ("1 ม.ค. – 31 มี.ค. 2565", "2022-01-01", "2022-03-31"),
            ("๑/๑/๒๕๖๕ - ๓๑/๓/๒๕๖๕", "2022-01-01", "2022-03-31"),
            ("1/1/2565-31/3/2565", "2022-01-01", "2022-03-31"),
            ("2022-01-01 to 2022-03-31", "2022-01-01", "2022-03-31"),
            ("1-2-2565", "2022-02-01", "2022-02-01"),
            ("ม.ค. 65", "2022-01-01", "2022-01-31"),
        ],
    )
    def test_a_period(self, text: str, first: str, last: str) -> None:
        assert [day.isoformat() for day in period(text)] == [first, last]

    @pytest.mark.parametrize("text", ["", "-", "ม.ค.-ก.พ.-มี.ค. 65", "1 - 2", "1/1/2565 - x"])
    def test_what_is_no_period_is_refused(self, text: str) -> None:
        with pytest.raises(Refused):
            period(text)

    def test_days_are_shown_in_the_era_of_the_language(self) -> None:
        assert shown(date(2022, 3, 31), "th") == "31 มี.ค. 2565"
        assert shown(date(2022, 3, 31), "en") == "2022-03-31"
        assert shown(None, "th") == ""


class TestToml:
    """A plan in TOML."""

    FULL = """
    title = { th = "แผน", en = "Plan" }
    source = "a document"
    [[measure]]
    code = "p1"
    measure = { th = "ทำ", en = "Do" }
    how = "by hand"
    office = "Clerk"
    from = 2022-01-01
    to = "31/3/2565"
    follow_up = "look"
    status = "กำลังดำเนินการ"
    note = "unclear"
    [[measure]]
    code = "q"
    measure = "More"
    period = "ต.ค.64-มี.ค.65"
    """

    def test_all_that_it_says_is_kept(self, write: Write) -> None:
        plan = load_measures(write(self.FULL), TOWN)
        assert (plan.title["th"], plan.source) == ("แผน", ("a document",))
        first, second = plan.measures
        assert (first.code, first.measure["en"], first.how["en"]) == ("p1", "Do", "by hand")
        assert (first.office["en"], first.follow_up["th"]) == ("Clerk", "look")
        assert (first.start, first.end) == (date(2022, 1, 1), date(2022, 3, 31))
        assert (first.status, first.note["en"], first.line) == ("under way", "unclear", 4)
        assert (second.start, second.end) == (date(2021, 10, 1), date(2022, 3, 31))
        assert second.status is None
        assert plan["p1"] == (first,)
        assert plan["p2"] == ()

    def test_all_that_is_wrong_is_told_at_once(self, write: Write) -> None:
        path = write(
            """
titel = "x"
vvv = 1
source = 3
measure = [
  { code = "p9", measure = "x", stauts = "done" },
  { code = "p1" },
  { code = "p2", measure = "x", status = "perhaps" },
  { code = "p2", measure = "x", from = 2022-02-01, to = 2022-01-01 },
  { code = "p2", measure = "x", from = 2022-02-01, period = "ก.พ.65" },
  { code = "q1", measure = "x" },
  { code = "q1", measure = "X" },
  7,
]
"""
        )
        told = refused(path)
        assert [line.split("; ")[0].split(", expected one")[0] for line in told] == [
            "plan.toml:2:1: titel: unknown key",
            "plan.toml:3:1: vvv: unknown key",
            "plan.toml:4:1: source: found the number 3, expected a text in quotes",
            "plan.toml:6:5: measure[0].code: the scheme town has no such code",
            "plan.toml:6:33: measure[0].stauts: unknown key",
            "plan.toml:7:3: measure[1]: the key measure is missing",
            'plan.toml:8:33: measure[2].status: "perhaps" is no status',
            "plan.toml:9:52: measure[3].to: it ends on 2022-01-01, before it begins on 2022-02-01",
            "plan.toml:10:33: measure[4].from: the period says so already",
            "plan.toml:12:18: measure[6].measure: the same measure is there already, line 11",
            "plan.toml:13:3: measure[7]: found the number 7, expected a table",
        ]
        assert told[0].endswith('did you mean "title"?')
        assert told[1].endswith("known here: title, source, measure")
        assert told[6].endswith(
            "expected one of planned (ตามแผน), under way (กำลังดำเนินการ), done (แล้วเสร็จ), "
            "postponed (เลื่อน), cancelled (ยกเลิก)"
        )

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "plan.toml:1:1: the key measure is missing; write [[measure]] for each"),
            ("measure = []", "the key measure is missing; write [[measure]] for each"),
            ("measure = 3", "measure: found the number 3, expected a list; write [[measure]]"),
            ("[measure]\ncode = 'p1'\n", "measure: found a table, expected a list; write [["),
        ],
    )
    def test_a_file_without_measures_is_refused(self, write: Write, text: str, told: str) -> None:
        assert told in refused(write(text))[0]

    def test_text_that_is_no_toml_is_told_with_its_place(self, write: Write) -> None:
        assert refused(write("a = \n"))[0].startswith("plan.toml:1:")

    def test_other_files_are_told_what_may_be_read(self, write: Write) -> None:
        assert 'the file\'s name ends in ".json", expected one of .toml, .csv' in "".join(
            refused(write("{}", "plan.json"))
        )
        assert "the file's name has no ending" in refused(write("", "plan"))[0]

    @pytest.mark.parametrize("name", ["absent", "absent.toml", "absent.csv", "absent.pdf"])
    def test_a_file_that_is_not_there_is_told_so(self, tmp_path: Path, name: str) -> None:
        told = f"{name}: the file cannot be read: no such file or directory"
        assert refused(tmp_path / name) == [told]

    def test_something_else_than_a_scheme_is_refused(self) -> None:
        with pytest.raises(SchemeError, match="find"):
            load_measures("plan.toml", "ita_2565")  # type: ignore[arg-type]


class TestSheets:
    """A plan in rows, as an office keeps it."""

    THAI = (
        "รหัส,มาตรการ/ แนวทาง,ผู้รับผิดชอบ,ระยะเวลา ดำเนินการ,สถานะ,หมายเหตุ\r\n"
        "p1,ทำ,สำนักปลัด,ต.ค.๖๔-มี.ค.๖๕,ดำเนินการแล้ว,\r\n"
        ",,,,,\r\n"
        "p2,ทำอีก,-,,,ดู\r\n"
    )

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
    def test_thai_heads_in_each_encoding(self, write: Write, encoding: str) -> None:
        """Empty rows are passed over; a dash in a cell says that there is nothing."""
        one, two = load_measures(write(self.THAI, "plan.csv", encoding), TOWN).measures
        assert (one.office["th"], one.start, one.end) == (
            "สำนักปลัด",
            date(2021, 10, 1),
            date(2022, 3, 31),
        )
        assert (one.status, one.line) == ("done", 2)
        assert (two.office, two.end, two.note["th"], two.line) == (
            Title(),
            None,
            "ดู",
            4,
        )

    def test_english_heads_in_tabs(self, write: Write) -> None:
        text = "Code\tAction\tOwner\tStart\tDue\tStatus\np1\tDo\tClerk\t\t31/3/2022\tin progress\n"
        (own,) = load_measures(write(text, "plan.tsv"), TOWN).measures
        assert (own.office["en"], own.start, own.end, own.status) == (
            "Clerk",
            None,
            date(2022, 3, 31),
            "under way",
        )

    def test_a_workbook_with_real_dates(self, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        for row in (
            ["code", "measure", "from", "to"],
            ["p1", "Do", date(2022, 1, 1), datetime.datetime(2022, 3, 31)],  # noqa: DTZ001
            [None] * 4,
            ["p2", "=1+1", "1/1/2565", None],
        ):
            book.active.append(row)
        book.save(tmp_path / "plan.xlsx")
        path = tmp_path / "plan.xlsx"
        assert "formula" in "".join(refused(path))
        book.active["B4"].value = "More"
        book.save(path)
        one, two = load_measures(path, TOWN).measures
        assert (one.start, one.end) == (date(2022, 1, 1), date(2022, 3, 31))
        assert (two.start, two.line) == (date(2022, 1, 1), 4)

    def test_all_that_is_wrong_is_told_with_its_line(self, write: Write) -> None:
        path = write(
            "code,มาตรการ,สถานะ,ระยะเวลา\np9,x,,\np1,,,\np1,x,maybe,\np2,x,,มี.ค.65-ม.ค.65\n"
            "q1,x,,\nq1,x,,\n",
            "plan.csv",
        )
        assert [line.split(";")[0].split(", expected")[0] for line in refused(path)] == [
            "plan.csv:2: code: the scheme town has no such code",
            "plan.csv:3: the key measure is missing",
            'plan.csv:4: สถานะ: "maybe" is no status',
            "plan.csv:5: ระยะเวลา: it ends on 2022-01-31, before it begins on 2022-03-01",
            "plan.csv:7: มาตรการ: the same measure is there already, line 6",
        ]

    def test_columns_that_are_not_known_double_or_missing(self, write: Write) -> None:
        path = write("offices,office,ผู้รับผิดชอบ\na,b,c\n", "plan.csv")
        assert [line.split(";")[0] for line in refused(path)] == [
            "plan.csv:1: the column code is missing",
            "plan.csv:1: the column measure is missing",
            'plan.csv:1: "offices": no measure has such a column',
            'plan.csv:1: "ผู้รับผิดชอบ": both this column and "office" are office',
        ]

    def test_rows_need_the_extra(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        """TOML does without."""
        monkeypatch.delitem(sys.modules, "itakit.action_plan.sheet_plan", raising=False)
        monkeypatch.setitem(sys.modules, "itakit.files", None)
        (told,) = refused(write("code,measure\np1,Do\n", "plan.csv"))
        assert told.startswith("plan.csv: ")
        assert 'pip install "itakit[frames]"' in told
        assert load_measures(write(TestToml.FULL), TOWN).measures

    def test_rows_without_a_measure_are_no_plan(self, write: Write) -> None:
        for text in ("code,measure\n", "code,measure\n,\n,\n"):
            assert refused(write(text, "plan.csv")) == [
                "plan.csv: there are no rows below the header"
            ]


def plan(*measures: Measure) -> ActionPlan:
    return ActionPlan(TOWN, measures)


def titled(text: str) -> Title:
    return Title.of(text)


class TestJoining:
    """Measures beside what each node would gain, on a date."""

    GAINS = itakit.gains(itakit.evaluate(TOWN, {"p1": 0, "p2": 100, "q1": 60, "q2": 80}))
    MANY = """
    [[measure]]
    code = "p1"
    measure = "=Do"
    office = "Clerk"
    to = 2022-03-31
    [[measure]]
    code = "p1"
    measure = "Done long ago"
    to = 2021-03-31
    status = "done"
    [[measure]]
    code = "p2"
    measure = "Keep"
    office = "Clerk"
    to = 2022-04-01
    status = "in progress"
    [[measure]]
    code = "q1"
    measure = "Leave"
    office = "Clerk"
    to = 2022-01-01
    status = "cancelled"
    """

    @pytest.fixture
    def found(self, write: Write) -> Joined:
        return load_measures(write(self.MANY), TOWN).join(self.GAINS, ON)

    def test_what_is_worth_most_comes_first(self, found: Joined) -> None:
        assert [(row.code, int(row.worth)) for row in found.entries] == [
            ("p1", 25),
            ("p1", 25),
            ("q1", 10),
            ("q2", 5),
            ("p2", 0),
        ]

    def test_late_is_what_should_be_done_and_is_not(self, found: Joined) -> None:
        """The last day is still in time; what is done or cancelled is never late."""
        assert [row.states for row in found.late] == [("late",)]
        assert found.late[0].measure is not None
        assert found.late[0].measure.end == date(2022, 3, 31)

    def test_who_and_how_it_stands(self, found: Joined) -> None:
        assert [row.code for row in found.without_office] == ["p1"]
        assert [row.code for row in found.under_way] == ["p2"]
        assert [row.code for row in found.untold] == ["p1"]
        assert [row.code for row in found.lacking] == ["q2"]
        assert found.at_rest == ()
        assert len(found.planned) == 4

    def test_a_measure_for_a_node_is_one_for_what_is_below_it(self) -> None:
        found = plan(Measure("p", titled("x"))).join(self.GAINS, ON)
        assert [row.code for row in found.lacking] == ["q1", "q2"]
        assert [row.code for row in found.entries] == ["p", "q1", "q2"]

    def test_a_measure_below_a_score_given_as_a_whole_is_one_for_it(self) -> None:
        gains = itakit.gains(itakit.evaluate(TOWN, {"p": 50, "q": 100}))
        found = plan(Measure("p2", titled("x"))).join(gains, ON)
        assert [(row.code, int(row.worth)) for row in found.entries] == [("p2", 0), ("q", 0)]
        assert [row.code for row in found.at_rest] == ["q"]

    def test_gains_of_another_scheme_are_refused(self) -> None:
        other = itakit.loads(RULES.replace("from = 80", "from = 81"))
        gains = itakit.gains(itakit.evaluate(other, {"p": 50, "q": 100}))
        with pytest.raises(EvidenceError, match="another form of it"):
            plan().join(gains, ON)

    def test_words_tell_of_each_kind(self, found: Joined) -> None:
        told = found.explain()
        for line in (
            "planned and still open, what is worth most first: 1\n  p1 (25): =Do; Clerk; by",
            "late on 2022-04-01: 1\n  p1 (25)",
            "without anyone responsible: 1\n  p1 (25): Done long ago; —; by 2021-03-31",
            "something to gain and no measure: 1\n  q2 (5): ",
            "under way: 1\n  p2 (0): Keep; Clerk; by 2022-04-01",
            "nothing to gain and no measure: 0",
            "measures whose status is not told, which count as open: 1",
        ):
            assert line in told
        assert "เลยกำหนด ณ วันที่ 1 เม.ย. 2565: 1" in found.explain("th")

    def test_no_more_is_told_than_asked_for(self) -> None:
        found = plan().join(self.GAINS, ON)
        assert "\n  p1 (25): p1\n  and 2 more\n" in found.explain(limit=1)
        assert "not told" not in found.explain()

    def test_rows_have_all_of_it(self, found: Joined) -> None:
        first, *_, last = found.rows("th")
        assert first == {
            "code": "p1",
            "title": "p1",
            "gain": Fraction(25),
            "rounded": 85,
            "grade": "A",
            "measure": "=Do",
            "how": "",
            "office": "Clerk",
            "from": None,
            "to": "2022-03-31",
            "follow_up": "",
            "status": None,
            "late": "yes",
            "note": "",
        }
        assert (last["status"], last["late"]) == ("under way", None)
        lacking = found.rows()[3]
        assert (lacking["code"], lacking["measure"], lacking["to"]) == ("q2", None, None)

    def test_it_is_json(self, found: Joined) -> None:
        read = json.loads(json.dumps(found.to_dict()))
        assert (read["format"], read["on"], read["scheme"]["id"]) == (
            "itakit-plan",
            "2022-04-01",
            "town",
        )
        assert [entry["late"] for entry in read["entries"]] == [True, *[False] * 4]
        assert read["entries"][0]["gain"]["gain"] == "25"
        assert read["entries"][1]["measure"]["status"] == "done"
        assert read["entries"][1]["no_office"] is True
        assert read["entries"][3]["measure"] is None

    def test_a_notebook_shows_it(self, found: Joined, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LANG", "th_TH.UTF-8")
        for name in ("LC_ALL", "LC_MESSAGES"):
            monkeypatch.delenv(name, raising=False)
        page = found._repr_html_()
        assert "ไม่มีผู้รับผิดชอบ, แล้วเสร็จ" in page
        assert "31 มี.ค. 2565" in page

    def test_a_table_holds_a_line_for_each(self, found: Joined) -> None:
        lines = found.listing("en").markdown().splitlines()
        assert sum(line.startswith("| p1 ") for line in lines) == 2
        assert any("no measure" in line and line.startswith("| q2 ") for line in lines)


class TestChiangMai:
    """The document's own plan: 43 items, each with an office and a period."""

    PLAN = load_measures(EXAMPLE / "plan.toml", itakit.find("ita_2565"))

    def test_each_item_has_one_measure(self) -> None:
        assert [own.code for own in self.PLAN.measures] == [f"o{i}" for i in range(1, 44)]
        for own in self.PLAN.measures:
            assert own.office["th"]
            assert own.office["en"]
            assert own.start is not None
            assert own.end is not None
            assert own.status is None

    def test_what_it_is_worth(self) -> None:
        """o6 is the one item with something to gain: 4/9, a ninth of a fifth of 20."""
        rules = itakit.find("ita_2565")
        known = {f"o{i}": 100 for i in range(1, 44)} | {"o6": 0}
        result = itakit.evaluate(rules, known | {"IIT": "92.478", "EIT": "92.3166"})
        found = self.PLAN.join(itakit.gains(result), date(2022, 4, 1))
        assert (found.planned[0].code, found.planned[0].worth) == ("o6", Fraction(4, 9))
        assert {row.worth for row in found.planned[1:]} == {0}
        assert len(found.late) == 29
        assert [row.code for row in found.lacking] == ["EIT", "IIT"]


def test_the_page_tells_every_word_that_is_read() -> None:
    """Each key, status and head, with all that may stand for it."""
    page = Path(__file__, "../../../docs/how_to/action_plan.md").resolve().read_text("utf-8")
    for name, words in [*_SAID.items(), *_HEADS.items()]:
        assert f"| `{name}` | {', '.join(words)} |" in page
    assert set(KEYS) == set(_HEADS)
