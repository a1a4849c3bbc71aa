"""The command that audits a published table."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.roof.calling import Call

FOLDER = Path(__file__).parents[2] / "examples/chiang_mai_2564"
SUMMARY = str(FOLDER / "published.toml")
RANKING = str(FOLDER / "published_ranking.toml")


class TestAudit:
    """ "itakit audit SCHEME PUBLISHED" """

    def test_the_status_is_0_unless_strict(self, call: Call) -> None:
        """A contradiction is what was asked for, and no failure."""
        assert call("audit", "ita_2565", SUMMARY).status == 0
        assert call("audit", "ita_2565", SUMMARY, "--strict").status == 1

    @pytest.mark.parametrize("suffix", [".json", ".csv", ".md", ".txt"])
    def test_the_name_of_a_file_says_the_format(self, suffix: str, call: Call) -> None:
        """As with itakit score."""
        name = f"out{suffix}"
        assert call("audit", "ita_2565", SUMMARY, "-o", name, "--lang", "th") == (0, "", "")
        text = Path(name).read_text("utf-8-sig")
        assert "39.57" in text
        if suffix == ".json":
            assert json.loads(text)["consistent"] is False

    def test_csv_has_a_row_for_each_figure(self, call: Call) -> None:
        done = call("audit", "ita_2565", SUMMARY, "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"))))
        found = {(row["code"], row["kind"]): (row["printed"], row["verdict"]) for row in rows}
        assert found["OIT", "weighted"] == ("39.57", "impossible")
        assert found["EIT", "weighted"] == ("27.70", "follows")
        assert len(rows) == 15

    def test_a_second_table_is_a_table_in_markdown_too(self, call: Call) -> None:
        """Its rows stand below each other, and not as paragraphs."""
        out = call("audit", "ita_2565", SUMMARY, RANKING, "--format", "md", "--lang", "en").out
        assert out.count("| --- | --- | ---: |") == 2
        last = out.rpartition("**")[2].strip().splitlines()
        assert len(last) == 2 + 4
        assert all(line.startswith("| ") for line in last)

    @pytest.mark.parametrize("name", ["out.pdf", "out.xlsx", "out.parquet"])
    def test_other_files_are_not_written(self, call: Call, name: str) -> None:
        assert call("audit", "ita_2565", SUMMARY, "-o", name).status == 2
        assert not Path(name).exists()

    def test_an_input_is_never_written_over(self, call: Call) -> None:
        Path("t.csv").write_text("code,score\n1,90\n", "utf-8")
        done = call("audit", "ita_2565", "t.csv", "-o", "t.csv")
        assert done == (1, "", "t.csv: the output is one of the inputs\n")

    def test_a_wrong_call(self, call: Call) -> None:
        """Status 2 for the call, 1 for the input."""
        assert call("audit", "ita_2565", SUMMARY, "--values", "OIT").status == 2
        assert (
            call("audit", "ita_2565", SUMMARY, "--values", "OIT=any", "--places", "2").status == 0
        )

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["none.toml"], "none.toml: the file cannot be read: no such file or directory"),
            (["none"], "none: the file cannot be read: no such file or directory"),
            ([SUMMARY, "none.xlsx"], "none.xlsx: the file cannot be read: no such file"),
            ([SUMMARY, "--values", "OIT=a"], 'OIT: found "a", expected scores from 0 to 100'),
            ([SUMMARY, "--values", "9=0,500"], '9: found "0", "500", expected scores from 0 to'),
        ],
    )
    def test_what_is_wrong_is_told(self, call: Call, words: list[str], told: str) -> None:
        done = call("audit", "ita_2565", *words)
        assert (done.status, done.out) == (1, "")
        assert told in done.err
