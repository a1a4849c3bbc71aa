"""How long a nation's certainty takes: a thousand replications of 8,303 agencies.

    python benchmarks/replications.py FOLDER [--replications 1000] [--agencies 8303]

FOLDER holds the nation that nation/make.py writes, or national.py --folder FOLDER. The respondents
of every agency are drawn anew, all their answers together, for the probability of its grades;
errors and intervals of all nodes are computed too. Populations are ten times the respondents.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import polars as pl

import itakit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--agencies", type=int, help="only so many")
    asked = parser.parse_args()
    scheme = itakit.find("ita_2565")
    frames = {
        survey: pl.scan_parquet(asked.folder / f"{survey.lower()}.parquet")
        for survey in ("IIT", "EIT", "OIT")
    }
    if asked.agencies:
        names = frames["OIT"].select("agency").collect()["agency"].sort()[: asked.agencies]
        frames = {
            name: frame.filter(pl.col("agency").is_in(names.implode()))
            for name, frame in frames.items()
        }
    populations = {
        survey: {
            name: 10 * n
            for name, n in frames[survey].group_by("agency").len().collect().iter_rows()
        }
        for survey in ("IIT", "EIT")
    }
    versions = ", ".join(f"{name} {version(name)}" for name in ("itakit", "numpy", "scipy"))
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}")
    for replications in dict.fromkeys((0, asked.replications)):
        start = perf_counter()
        found = itakit.certainty(
            scheme, frames, "agency", population=populations, replications=replications
        )
        seconds = perf_counter() - start
        print(f"{len(found.units):,} agencies, {replications:,} replications: {seconds:.1f} s")
    drawn = [unit for unit in found.units if unit.chances is not None]
    sure = sum(max(unit.chances) >= 0.95 for unit in drawn)
    print(f"drawn anew: {len(drawn):,}; one grade in at least 95 of 100 draws: {sure:,}")
    print("grades:", dict(sorted(Counter(str(unit.grade) for unit in found.units).items())))


if __name__ == "__main__":
    main()
