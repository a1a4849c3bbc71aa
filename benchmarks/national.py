"""How long it takes to score a nation, with itakit and with scripts for the purpose.

    python benchmarks/national.py [--folder FOLDER] [--times 10] [--repeats 3]

A nation is 8,303 agencies, 450,000 respondents to the IIT and 850,000 to the EIT, made up by
nation/make.py. From files to a file of scores, three contend:

* the command `itakit score`, which counts answers and is exact from there on,
* nation/polars_floats.py and nation/pandas_floats.py, what an analyst would write for these files,
  in floats.

Each runs as a process of its own, from its start to its end, by turns with the others. The files
have just been written or read, so that all find them in the system's cache. Then what each wrote is
compared with `itakit.evaluate`, agency by agency.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

NATION = Path(__file__).parent / "nation"
SURVEYS = "iit", "eit", "oit"
FORMATS = "csv", "parquet"
WHO = {"itakit": "itakit score", "polars": "polars, floats", "pandas": "pandas, floats"}


def run(script: str, *arguments: object) -> str:
    """What a script of this benchmark prints."""
    command = [sys.executable, NATION / script, *arguments]
    return subprocess.run(
        list(map(str, command)), check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


# Measuring


def command(who: str, folder: Path, form: str, out: Path) -> list[object]:
    """What a contender is called with."""
    files = [folder / f"{survey}.{form}" for survey in SURVEYS]
    if who == "itakit":
        scored = ["score", "ita_2565", *files, "--unit", "agency", "-o", out]
        return [sys.executable, "-m", "itakit", *scored]
    return [sys.executable, NATION / f"{who}_floats.py", folder / "tree.json", *files, out]


class Contender:
    """Someone who scores the nation from files of one format, and what that took so far."""

    def __init__(self, who: str, form: str, folder: Path) -> None:
        self.who, self.form = who, form
        self.name = WHO[who]
        self.out = folder / f"scores.{who}.{form}.parquet"
        self.log = folder / f"log.{who}.{form}.txt"
        self.command = command(who, folder, form, self.out)
        self.seconds: list[float] = []
        self.peak = 0
        self.status = 0

    def turn(self) -> None:
        """Run once. Whoever wrote nothing once does not run again."""
        if self.status and not self.out.exists():
            return
        self.out.unlink(missing_ok=True)
        took = json.loads(run("clock.py", self.log, *self.command))
        self.seconds.append(took["seconds"])
        self.peak = max(self.peak, took["peak"])
        self.status = took["status"]

    @property
    def written(self) -> bool:
        return self.out.exists()

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[-1] if lines else ""


# Telling


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table that reads well as it stands; figures begin at the third column."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * width if i < 2 else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    lines = []
    for row in [head, rule, *rows]:
        words = map(str.ljust, row[:2], widths[:2])
        figures = map(str.rjust, row[2:], widths[2:])
        lines.append("| " + " | ".join([*words, *figures]) + " |")
    return "\n".join(lines)


def told_times(contenders: list[Contender]) -> str:
    base = {c.form: min(c.seconds) for c in contenders if c.who == "polars" and c.written}
    rows = []
    for c in contenders:
        if not c.written:
            rows.append([c.form, c.name, f"wrote nothing, exit status {c.status}", *[""] * 3])
            continue
        ratio = f"{min(c.seconds) / base[c.form]:.2f} ×" if c.form in base else ""
        seconds = [f"{of(c.seconds):.2f} s" for of in (min, median)]
        rows.append([c.form, c.name, *seconds, f"{c.peak / 1e6:,.0f} MB", ratio])
    return table(["input", "who", "best", "median", "peak memory", "best / polars"], rows)


def told_differences(contenders: list[Contender], found: dict[str, Any]) -> str:
    rows = []
    for c in contenders:
        if c.written:
            counts = found["outs"][str(c.out)]
            names = "figures", "wrong", "agencies_wrong", "totals", "grades", "without"
            most = counts["most"] if counts["wrong"] else ""
            rows.append([c.form, c.name, *(f"{counts[name]:,}" for name in names), most])
    head = ["input", "who", "figures", "wrong", "in agencies", "wrong totals", "wrong grades"]
    grades = ", ".join(f"{name} {n:,}" for name, n in found["grades"].items())
    return (
        f"Beside `itakit.evaluate`, agency by agency. Grades: {grades}; none, because an item has "
        f"no answer: {found['without']:,}.\n\n"
        + table([*head, "without score", "wrong by at most"], rows)
    )


def told_nation(folder: Path) -> str:
    sizes = [
        f"{survey}.{form} {(folder / f'{survey}.{form}').stat().st_size / 1e6:,.1f} MB"
        for form in FORMATS
        for survey in SURVEYS
    ]
    versions = [f"{name} {version(name)}" for name in ("itakit", "polars", "pandas", "numpy")]
    return (
        f"{', '.join(sizes)}\n\n{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{', '.join(versions)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="where the files go, and stay")
    parser.add_argument("--times", type=int, default=1, help="so many times the respondents")
    parser.add_argument("--repeats", type=int, default=3, help="turns of each contender")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--who", nargs="+", choices=WHO, default=list(WHO))
    parser.add_argument(
        "--made", action="store_true", help="the folder holds the nation from an earlier run"
    )
    told = parser.parse_args()
    if told.made and not told.folder:
        parser.error("--made needs --folder")
    with ExitStack() as stack:
        folder = told.folder or Path(stack.enter_context(TemporaryDirectory()))
        if not told.made:
            start = perf_counter()
            run("make.py", folder, "--times", told.times)
            print(f"made the nation in {perf_counter() - start:.1f} s", file=sys.stderr)
        print(told_nation(folder), end="\n\n")
        contenders = [Contender(who, form, folder) for form in told.formats for who in told.who]
        for _ in range(told.repeats):
            for contender in contenders:
                contender.turn()
        print(told_times(contenders), end="\n\n")
        for contender in contenders:
            if contender.status:
                status = f"exit status {contender.status}"
                print(f"{contender.name}, {contender.form}: {status}: {contender.last_words()}\n")
        outs = [contender.out for contender in contenders if contender.written]
        print(told_differences(contenders, json.loads(run("compare.py", folder, *outs))))


if __name__ == "__main__":
    main()
