"""The scripts that itakit is measured against score a nation rightly.

The oracle is `itakit.evaluate` on tallies that plain Python counts here: it shares with the scripts
the files of answers and nothing else, not even the tree, which they read from tree.json.
"""

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

import itakit

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SURVEYS = "iit", "eit", "oit"
SMALL = ["--agencies", "9", "--iit", "60", "--eit", "80", "--largest", "40"]
HUNDREDTH = Decimal("0.01")


def run(script: str, *arguments: object) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a nation of nine agencies."""
    folder = tmp_path_factory.mktemp("nation")
    run("nation/make.py", folder, *SMALL)
    return folder


def answers(nation: Path) -> dict[str, dict[str, Counter[str]]]:
    """How often each answer was given, by agency and item."""
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for survey in SURVEYS:
        with (nation / f"{survey}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                agency = row.pop("agency")
                for item, answer in row.items():
                    if answer:
                        found[agency][item][answer] += 1
    return found


class TestMadeUpNation:
    """`benchmarks/nation/make.py`: with the same versions, the files are the same."""

    def test_it_is_the_same_each_time(self, nation: Path, tmp_path: Path) -> None:
        """Whoever makes it gets the same bytes, so that figures can be compared."""
        run("nation/make.py", tmp_path, *SMALL)
        names = {file.name for file in tmp_path.iterdir()}
        assert names == {"tree.json"} | {f"{s}.{f}" for s in SURVEYS for f in ("csv", "parquet")}
        for name in names:
            assert (tmp_path / name).read_bytes() == (nation / name).read_bytes()

    def test_it_has_the_size_that_was_asked_for(self, nation: Path) -> None:
        """Totals are exact, and the largest agency is as large as it should be."""
        for survey, rows, largest in (("iit", 60, 30), ("eit", 80, 40), ("oit", 9, 1)):
            table = pl.read_parquet(nation / f"{survey}.parquet")
            sizes = Counter(table["agency"])
            assert (len(sizes), sizes.total(), max(sizes.values())) == (9, rows, largest)
            assert table.equals(pl.read_csv(nation / f"{survey}.csv", schema=table.schema))


def test_scripts_in_floats_print_the_score_of_every_node_to_a_hundredth(nation: Path) -> None:
    """All nodes of all agencies, from either format; a hundredth off where a float falls short of
    the edge of rounding. Where an item has no answer, neither itakit nor they have a total."""
    scripts = "polars", "pandas"
    told = run("national.py", "--folder", nation, "--made", "--repeats", 1, "--who", *scripts)
    assert told.count("floats") == 8, told  # in each table by two scripts from two formats
    scheme = itakit.find("ita_2565")
    results: dict[str, itakit.Result | None] = {}
    for agency, given in answers(nation).items():
        tallies = {item: itakit.Tally(counts) for item, counts in given.items()}
        if len(tallies) < len(scheme.leaves()):
            with pytest.raises(itakit.EvidenceError):
                itakit.evaluate(scheme, tallies)
            results[agency] = None
        else:
            results[agency] = itakit.evaluate(scheme, tallies)
    assert 0 < list(results.values()).count(None) < len(results)
    for script in scripts:
        for form in ("csv", "parquet"):
            table = pl.read_parquet(nation / f"scores.{script}.{form}.parquet")
            rows = {row["agency"]: row for row in table.iter_rows(named=True)}
            assert rows.keys() == results.keys()
            for agency, result in results.items():
                row = rows[agency]
                if result is None:
                    assert (row["total"], row["grade"]) == (None, None)
                    continue
                assert row.keys() == {node.code for node in result} | {"agency", "grade"}
                assert row["grade"] == result.grade
                for node in result:
                    assert node.rounded is not None
                    assert abs(Decimal(str(row[node.code])) - node.rounded) <= HUNDREDTH
