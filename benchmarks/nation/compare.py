"""Whether the scores that were measured are right: each against itakit, one agency at a time.

    python compare.py FOLDER [OUT.parquet...]

polars counts the answers of the parquet files in FOLDER, and `itakit.evaluate` scores each
agency's tallies exactly. An OUT is what a contender wrote. Its first column is the agency; a row is
an agency and a node, with the columns code, rounded and grade among others, or a row is an agency,
with a column for each node and one for the grade.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import polars as pl

import itakit

SCHEME = "ita_2565"

Printed: TypeAlias = dict[str, str | None]
"""What is published of an agency: a figure for each node, and `grade`; none where it is missing."""


def tallies(folder: Path, scheme: itakit.Scheme) -> dict[str, dict[str, itakit.Tally]]:
    """The tallies of each agency, by item. An item without answers has none."""
    found: dict[str, dict[str, itakit.Tally]] = {}
    for survey in scheme.root.children:
        items = [node for node in survey.walk() if not node.children]
        keys = [(item.code, choice.code) for item in items for choice in item.scale.answers]
        counts = [
            (pl.col(item) == int(answer)).sum().alias(f"{item}={answer}") for item, answer in keys
        ]
        frame = pl.scan_parquet(folder / f"{survey.code.lower()}.parquet")
        table = frame.group_by("agency").agg(counts).collect(engine="streaming")
        for agency, *row in table.iter_rows():
            given: dict[str, dict[str, int]] = {}
            for (item, answer), count in zip(keys, row, strict=True):
                if count:
                    given.setdefault(item, {})[answer] = count
            unit = found.setdefault(agency, {})
            unit |= {item: itakit.Tally(answers) for item, answers in given.items()}
    return found


def exact(folder: Path) -> dict[str, Printed | None]:
    """What is published of each agency; nothing where an item is missing."""
    scheme = itakit.find(SCHEME)
    items = len(scheme.leaves())
    published: dict[str, Printed | None] = {}
    for agency, evidence in tallies(folder, scheme).items():
        if len(evidence) < items:
            published[agency] = None
        else:
            result = itakit.evaluate(scheme, evidence)
            published[agency] = {node.code: str(node.rounded) for node in result}
            published[agency]["grade"] = result.grade
    return published


def figure(value: object) -> str | None:
    """A figure as it is printed: two places."""
    return None if value is None else f"{Decimal(str(value)):.2f}"


def written(out: Path) -> dict[str, Printed]:
    """What a contender published of each agency."""
    table = pl.read_parquet(out)
    unit = table.columns[0]
    if "code" not in table.columns:
        nodes = [code for code in table.columns if code not in (unit, "grade")]
        return {
            row[unit]: {code: figure(row[code]) for code in nodes} | {"grade": row["grade"]}
            for row in table.iter_rows(named=True)
        }
    units: dict[str, Printed] = {}
    for agency, code, rounded, grade in table.select(unit, "code", "rounded", "grade").iter_rows():
        printed = units.setdefault(agency, {"grade": None})
        printed[code] = figure(rounded)
        printed["grade"] = printed["grade"] or grade
    return units


class Differences:
    """How much of what a contender wrote is not what itakit publishes."""

    def __init__(self, published: dict[str, Printed | None], out: Path) -> None:
        self.figures = self.wrong = self.agencies_wrong = 0
        self.totals = self.grades = self.without = 0
        self.most = Decimal(0)
        units = written(out)
        if units.keys() != published.keys():
            raise SystemExit(f"{out}: not the agencies of the nation, or not all of them")
        for agency, given in units.items():
            self.without += given["total"] is None
            expected = published[agency]
            if expected is None:
                # Nodes that lack no item may have a score; the total cannot.
                self.totals += given["total"] is not None
                self.grades += given["grade"] is not None
            elif given.keys() != expected.keys():
                raise SystemExit(f"{out}: {agency}: not the nodes of the scheme")
            else:
                self.count(given, expected)

    def count(self, given: Printed, expected: Printed) -> None:
        """Count an agency that has all scores."""
        self.grades += given["grade"] != expected["grade"]
        self.totals += given["total"] != expected["total"]
        codes = expected.keys() - {"grade"}
        wrong = [code for code in codes if given[code] != expected[code]]
        self.figures += len(codes)
        self.wrong += len(wrong)
        self.agencies_wrong += bool(wrong)
        for code in wrong:
            off = Decimal(given[code] or "Infinity") - Decimal(expected[code] or 0)
            self.most = max(self.most, abs(off))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("outs", type=Path, nargs="*")
    told = parser.parse_args()
    published = exact(told.folder)
    grades = Counter(printed["grade"] for printed in published.values() if printed)
    scheme = itakit.find(SCHEME)
    print(
        json.dumps(
            {
                "without": sum(printed is None for printed in published.values()),
                "grades": {grade.name: grades[grade.name] for grade in scheme.grades},
                "outs": {str(out): vars(Differences(published, out)) for out in told.outs},
            },
            default=str,
        )
    )


if __name__ == "__main__":
    main()
