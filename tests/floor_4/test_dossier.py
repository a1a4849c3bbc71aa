"""Evidence files: what they may hold, and what is told of those that hold something else.

Every file in evidence/invalid has its problems beside it, in English and in Thai.
``UPDATE_GOLDEN=1 pytest tests/floor_4`` writes them anew; read them before you commit them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest

import itakit
from itakit import EvidenceError, Scheme
from itakit.dossier import Dossier, assess, read_dossier
from itakit.entries import KINDS, Place
from itakit.errors import Problem
from itakit.evidence import Evidence
from itakit.sheet import is_sheet
from itakit.wording import say

FOLDER = Path(__file__).parent / "evidence"
VALID = sorted((FOLDER / "valid").iterdir())
INVALID = sorted(path for path in (FOLDER / "invalid").iterdir() if path.suffix != ".problems")


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return itakit.load(FOLDER / "small.toml")


@pytest.fixture(scope="module")
def goals() -> Scheme:
    return itakit.load(FOLDER / "goals.toml")


def problems(error: EvidenceError, lang: str = "en") -> list[str]:
    """The problems without the folder of the file."""
    return [problem.text(lang).replace(f"{FOLDER}/invalid/", "") for problem in error.problems]


def told(read: Callable[[], object]) -> list[str]:
    """What a reading that fails says."""
    with pytest.raises(EvidenceError) as caught:
        read()
    return problems(caught.value)


def written(folder: Path, name: str, text: str | bytes) -> str:
    """The path of a file with a text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


class TestWhatAFileMayHold:
    """ "Evidence files: toml, json, csv" with a number, a numeral, answers, one answer or "not
    applicable" for any code (design.md, sections 3 and 6)."""

    @pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
    def test_every_form_is_read_exactly(self, path: Path, scheme: Scheme) -> None:
        """The files of one kind of evidence, in any kind of file, say the same."""
        known = dict(read_dossier([str(path)]).evidence)
        expected: dict[str, Evidence | None] = {
            "IIT": Fraction(191, 2),
            "9.1": Fraction(50),
            "9.2": Fraction(667, 10),
            "o3": itakit.NOT_APPLICABLE,
        }
        if path.name == "answers.toml":
            expected = {
                "i1": itakit.Tally({"4": 3, "น้อย": 1}),
                "i2": itakit.Answer(4),
                "OIT": Fraction(200, 3),
            }
        assert known == expected
        assert assess(scheme, [str(path)]).score == itakit.evaluate(scheme, expected).score

    @pytest.mark.parametrize(
        "text",
        [
            "code,answer\nlife,52.5\nq,4\n",
            'Answer;CODE\r\n52.5;life\r\n"4";q\r\n',
            "code\tanswer\nlife\t๕๒.๕\nq\tเห็นด้วย\n",
            "\ufeffcode,answer\nlife,105/2\nq,Agree\n",
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
    def test_a_sheet_may_hold_answers(
        self, tmp_path: Path, goals: Scheme, text: str, encoding: str
    ) -> None:
        """Codes, titles, and numbers on a scale with goalposts; from any Excel."""
        data = text.encode(encoding, "ignore")
        sheet = written(tmp_path, "a.csv", data)
        result = assess(goals, [sheet, written(tmp_path, "b.toml", "plain = 1")])
        assert [node.score for node in result.root.children] == [Fraction(1, 2), 1, 1]

    def test_in_a_column_of_answers_too_an_item_may_not_apply(
        self, tmp_path: Path, goals: Scheme
    ) -> None:
        """Unless its scale has an answer of those words: then it is that answer."""
        text = "code,answer\nlife,ไม่เกี่ยวข้อง\nq,ไม่เกี่ยวข้อง\nplain,Not Applicable\n"
        result = assess(goals, [written(tmp_path, "a.csv", text)])
        assert [node.status for node in result.root.children] == [
            "not applicable",
            "given",
            "not applicable",
        ]
        assert result["q"].score == Fraction(1, 2)

    def test_several_files_are_parts_of_one(self, tmp_path: Path, scheme: Scheme) -> None:
        """The order of the files does not matter."""
        files = [
            written(tmp_path, "a.json", '{"IIT": 50}'),
            written(tmp_path, "b.csv", "code,score\n9.1,50\n9.2,50\n"),
            written(tmp_path, "c.TOML", "o3 = 50"),
        ]
        assert assess(scheme, files).score == assess(scheme, files[::-1]).score == 50

    def test_windows_874_is_what_excel_writes_in_thailand(self, tmp_path: Path) -> None:
        """A CSV file that is not UTF-8 is read as Windows-874."""
        text = "code,score\nข้อ ๑,๕๐\n"
        path = written(tmp_path, "a.csv", text.encode("cp874"))
        assert read_dossier([path]).evidence == {"ข้อ ๑": 50}

    def test_a_cell_may_be_in_quotes(self, tmp_path: Path) -> None:
        """A separator, a quote and a line break inside quotes are part of the cell."""
        path = written(tmp_path, "a.csv", 'score,code\n5,"a,b"\n6,"c""d"\n')
        assert read_dossier([path]).evidence == {"a,b": 5, 'c"d': 6}

    def test_numbers_are_exact(self, tmp_path: Path) -> None:
        """No kind of file turns a numeral into a binary float."""
        digits = "27.69500000000000000000000000000000000001"
        files = [
            written(tmp_path, "a.json", f'{{"a": {digits}}}'),
            written(tmp_path, "b.csv", f"code,score\nb,{digits}\n"),
            written(tmp_path, "c.toml", f"c = {digits}\n"),
        ]
        assert set(read_dossier(files).evidence.values()) == {Fraction(digits)}

    def test_a_file_without_problems_has_the_place_of_every_code(self, tmp_path: Path) -> None:
        """Every code has its line, in JSON too, whatever stands between the keys."""
        text = '\n{ "a": {"answers": {"{": 1, "}": 2}},\n\n"b\\"\\n" : [\n1],\t"c": "x:,"\n}\n'
        path = written(tmp_path, "a.json", text.replace("[\n1]", "\n1"))
        places = read_dossier.__globals__["_read"]([path])[0].places
        assert {code: (place.line, place.column) for code, place in places.items()} == {
            "a": (2, 3),
            'b"\n': (4, 1),
            "c": (5, 4),
        }


class TestProblems:
    """ "Each is an error with an address, and all of them are reported at once." """

    @pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
    def test_a_file_is_told_to_the_letter(self, path: Path, scheme: Scheme) -> None:
        """Every problem of the file, in both languages, each with its line."""
        with pytest.raises(EvidenceError) as caught:
            assess(scheme, [str(path)])
        now = "\n".join([*problems(caught.value), "", *problems(caught.value, "th"), ""])
        beside = path.with_name(f"{path.name}.problems")
        if os.environ.get("UPDATE_GOLDEN"):
            beside.write_text(now, "utf-8")
        assert now == beside.read_text("utf-8")

    def test_there_is_a_file_of_every_kind(self) -> None:
        """The check cannot pass by finding nothing."""
        assert {path.suffix for path in VALID} == set(KINDS) < {path.suffix for path in INVALID}

    def test_all_files_are_told_at_once(self, tmp_path: Path, scheme: Scheme) -> None:
        """What is wrong with one file hides neither the others nor what they say."""
        files = [
            str(tmp_path / "none.csv"),
            str(tmp_path / "none.pdf"),
            written(tmp_path, "a.toml", "i1 = 1\nxyz = 3\n"),
            written(tmp_path, "b.csv", "code,score\ni2,5%\n9.1,101\n"),
            written(tmp_path, "c.toml", "i1 = 2 2"),
        ]
        found = [line.removeprefix(f"{tmp_path}/") for line in told(lambda: assess(scheme, files))]
        assert [line.partition(": expected the end")[0] for line in found] == [
            'a.toml:2:1: "xyz": the scheme small has no such code',
            'b.csv:2: i2: "5%" is not a score; write the number without the percent sign',
            "b.csv:3: 9.1: the score 101 lies outside the range from 0 to 100",
            "c.toml:1:8: not TOML",
            "none.csv: the file cannot be read: no such file or directory",
            "none.pdf: the file cannot be read: no such file or directory",
        ]

    def test_what_is_missing_is_told_beside_other_problems(
        self, tmp_path: Path, scheme: Scheme
    ) -> None:
        """Where every code could be read, everything else is missing."""
        path = written(tmp_path, "a.json", '{"IIT": 1, "9.1": 2, "9.2": true}')
        found = [
            line.removeprefix(path).split("; ")[0] for line in told(lambda: assess(scheme, [path]))
        ]
        assert found == [
            (
                ":1:22: 9.2: found true, expected a number, a numeral in quotes, "
                '{ "answers": … }, { "answer": … } or "not applicable"'
            ),
            "o3: missing: neither answers nor a score",
        ]

    def test_a_wrong_value_is_told_where_the_rest_would_do(
        self, tmp_path: Path, scheme: Scheme
    ) -> None:
        """No result comes of files of which one is wrong."""
        good = written(tmp_path, "a.json", '{"IIT": 1, "OIT": 2}')
        bad = written(tmp_path, "b.csv", "nothing")
        assert told(lambda: assess(scheme, [good, bad])) == [
            f"{bad}:1: expected the columns code and score, or code and answer, found nothing"
        ]
        assert told(lambda: read_dossier([good, bad])) == told(lambda: read_dossier([bad]))

    @pytest.mark.parametrize(
        ("name", "text", "advice"),
        [
            ("a.toml", "life = 72.3\n", "write { answer = … }"),
            ("a.json", '{"life": 72.3}', 'write { "answer": … }'),
            (
                "a.csv",
                "code,score\nlife,72.3\n",
                "give it in a file with the columns code and answer",
            ),
        ],
    )
    def test_an_answer_given_as_a_score_is_told_how_to_be_written(
        self, tmp_path: Path, goals: Scheme, name: str, text: str, advice: str
    ) -> None:
        """ "A number in evidence is always a score"; each file in its own words."""
        rest = written(tmp_path, "rest.json", '{"q": 1, "plain": 1}')
        (line,) = told(lambda: assess(goals, [written(tmp_path, name, text), rest]))
        assert line.endswith(
            "life: the score 72.3 lies outside the range from 0 to 1; "
            f"if it is an answer on the scale years, {advice}"
        )

    def test_what_is_missing_is_told_in_the_order_of_the_scheme(
        self, tmp_path: Path, scheme: Scheme
    ) -> None:
        """After everything that may be the cause of it."""
        path = written(tmp_path, "a.csv", "code,score\n9.2,1\n9.10,3\n")
        with pytest.raises(EvidenceError) as caught:
            assess(scheme, [path])
        keys = [problem.key for problem in caught.value.problems]
        assert keys == ['"9.10"', "i1", "i2", "9.1", "o3"]

    def test_a_code_is_given_once_in_all_files(self, tmp_path: Path, scheme: Scheme) -> None:
        """The second place tells of the first."""
        files = [
            written(tmp_path, "a.csv", "code,score\nIIT,5\nOIT,6\nIIT,5\n"),
            written(tmp_path, "b.json", '{"OIT": 6}'),
        ]
        assert told(lambda: assess(scheme, files)) == [
            (
                f"{files[0]}:4: IIT: evidence is given twice, first in {files[0]}:2; "
                "keep one of the two"
            ),
            (
                f"{files[1]}:1:2: OIT: evidence is given twice, first in {files[0]}:3; "
                "keep one of the two"
            ),
        ]

    def test_a_file_is_given_once(self, tmp_path: Path, scheme: Scheme) -> None:
        """One sentence, and not one for each code."""
        path = written(tmp_path, "a.json", '{"IIT": 1, "OIT": 2}')
        assert told(lambda: assess(scheme, [path, path])) == [f"{path}: the file is given twice"]

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        """Whatever its name ends in."""
        folder = tmp_path / "a.csv"
        folder.mkdir()
        assert told(lambda: read_dossier([str(folder)])) == [
            f"{folder}: the file cannot be read: is a directory"
        ]

    def test_a_file_is_of_a_sane_size(self, tmp_path: Path) -> None:
        """A huge file is refused before it costs anything."""
        path = written(tmp_path, "a.csv", b"code,score\n" + b"," * (8 << 20))
        (line,) = told(lambda: read_dossier([path]))
        assert line.startswith(f"{path}: the file is larger than 8 MiB")

    def test_a_number_is_of_a_sane_size(self, tmp_path: Path) -> None:
        """No numeral of a file can make the arithmetic endless."""
        long = "9" * 100_000
        text = f'{{"a": {long}, "b": {{"answer": {long}}}, "c": {{"answers": {{"4": {long}}}}}}}'
        path = written(tmp_path, "a.json", text)
        found = [line.removeprefix(f"{path}:1:") for line in told(lambda: read_dossier([path]))]
        assert found == [
            f"2: a: {'9' * 100} is not a finite number of at most 100 digits",
            f"100009: b.answer: {'9' * 100} is not an answer",
            (
                f"200028: c.answers.4: {'9' * 100} is not a count of answers; "
                "give a number of respondents, 0 or more"
            ),
        ]

    def test_a_file_is_of_a_sane_depth(self, tmp_path: Path) -> None:
        """A hostile file exhausts nothing."""
        path = written(tmp_path, "a.json", '{"a": ' + "[" * 100_000)
        assert told(lambda: read_dossier([path])) == [
            f"{path}: more than 200 tables and lists stand inside each other"
        ]

    def test_any_json_is_told_and_not_raised(self, tmp_path: Path) -> None:
        """What is JSON and no evidence is a problem with a place."""
        values: list[object] = [None, True, [], [[]], {"a": []}, "", "x", 1e400]
        for i, value in enumerate(values):
            path = written(tmp_path, f"{i}.json", json.dumps({"a": value}))
            found = told(partial(read_dossier, [path]))
            assert all(line.startswith(f"{path}:1:2: a") for line in found)

    def test_a_problem_without_a_place_stays_as_it_is(self) -> None:
        """Only the codes that files give have a place in them."""
        dossier = Dossier({}, {"a": Place("f.csv", 3)})
        error = EvidenceError([Problem(say("missing"), key=key) for key in ("a", "b", '"a"')])
        assert [(p.path, p.line, p.key) for p in dossier.address(error).problems] == [
            ("", None, "b"),
            ("f.csv", 3, '"a"'),
            ("f.csv", 3, "a"),
        ]


class TestSheets:
    """A file of codes and scores is told from a file of responses by its head."""

    def test_what_cannot_be_looked_at_is_left_to_whoever_reads_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert is_sheet(str(tmp_path))

        def refuse(*_: object) -> None:
            raise PermissionError

        path = tmp_path / "a.csv"
        path.write_text("agency,i1\n", "utf-8")
        assert not is_sheet(str(path))
        monkeypatch.setattr(Path, "open", refuse)
        assert is_sheet(str(path))
