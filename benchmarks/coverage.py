"""How often the intervals of `itakit.certainty` hold the score that asking everybody gives.

    python benchmarks/coverage.py [--samples 2000] [--people 20]

Populations of people are made up, whose answers go together: someone who is content with one thing
is content with others. Each is asked completely, by `itakit.evaluate_frame`, which gives the truth;
then samples are drawn from it without replacement, and the share of their intervals that hold the
truth is counted, by level of the tree of ita_2565. Items are left unanswered by two in a hundred.
Chance is numpy's, seeded; nothing here is anybody's answer.

``least`` is the share of the node of a level that fares worst, ``short`` the share of intervals
that lie wholly above the truth and ``over`` that of those wholly below.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from time import perf_counter

import numpy as np
import polars as pl

import itakit

SEED = 2565
SCHEME = "ita_2565"
SURVEYS = "IIT", "EIT"
MISSING = 0.02
PERSON = 1.0  # standard deviation of what makes all answers of a person better or worse
EASE = 0.6  # of items
BAR = 1.2  # between one answer and the next
SIZES = (300, 30), (1000, 100), (4000, 400), (60, 30)
QUALITIES = {"middling": 0.5, "good": 2.0, "near 100": 4.0, "above 99": 6.5}


def people(
    scheme: itakit.Scheme, survey: str, n: int, quality: float, rng: np.random.Generator
) -> pl.DataFrame:
    """The answers of a population, a row for each person."""
    content = quality + rng.normal(0, PERSON, n)
    columns = {}
    for item in scheme[survey].walk():
        if item.children:
            continue
        choices = sorted(item.scale.answers, key=lambda choice: choice.score)
        bars = BAR * (np.arange(len(choices) - 1) - (len(choices) - 2) / 2)
        felt = content + rng.normal(0, EASE) + rng.logistic(size=n)
        level = (felt[:, None] > bars).sum(axis=1)
        codes = np.array([int(choice.code) for choice in choices])[level]
        columns[item.code] = pl.Series(codes).set(pl.Series(rng.random(n) < MISSING), None)
    return pl.DataFrame(columns)


def checked(scheme: itakit.Scheme, units: list[str], rng: np.random.Generator) -> pl.DataFrame:
    """What assessors found of a unit, the same in every sample of it."""
    items = [node for node in scheme["OIT"].walk() if not node.children]
    codes = [rng.choice([0, 100], p=[0.1, 0.9]) for _ in items]
    found = {item.code: [int(code)] * len(units) for item, code in zip(items, codes, strict=True)}
    return pl.DataFrame({"unit": units, **found})


def trial(
    scheme: itakit.Scheme, n: int, size: int, quality: float, samples: int, seed: int
) -> Iterator[tuple[str, str, float, float]]:
    """By sample and node of a population: level, code, and how far the ends are from the truth."""
    rng = np.random.default_rng([SEED, seed, n, size])
    everyone = {survey: people(scheme, survey, n, quality, rng) for survey in SURVEYS}
    oit = checked(scheme, ["all"], rng)
    whole = [table.with_columns(unit=pl.lit("all")) for table in everyone.values()]
    truth = itakit.certainty(scheme, [*whole, oit], "unit", replications=0).rows()
    true = {row["code"]: row["score"] for row in truth}
    names = [f"{k:05}" for k in range(samples)]
    drawn = []
    for table in everyone.values():
        rows = np.concatenate([rng.permutation(n)[:size] for _ in names])
        drawn.append(table[rows].with_columns(unit=pl.Series(np.repeat(names, size))))
    repeated = pl.concat([oit.with_columns(unit=pl.lit(name)) for name in names])
    sizes = {survey: dict.fromkeys(names, n) for survey in SURVEYS}
    found = itakit.certainty(scheme, [*drawn, repeated], "unit", population=sizes, replications=0)
    for unit in found.units:
        for node, low, high in zip(
            scheme.nodes(), unit.estimates.low, unit.estimates.high, strict=True
        ):
            if node.code in true:
                value = float(true[node.code])
                yield node.level, node.code, low - value, high - value


def told(name: str, rows: list[tuple[str, str, float, float]]) -> Iterator[str]:
    table = pl.DataFrame(rows, schema=["level", "code", "low", "high"], orient="row")
    off = 1e-9
    table = table.with_columns(
        held=(pl.col("low") <= off) & (pl.col("high") >= -off),
        short=pl.col("low") > off,
        over=pl.col("high") < -off,
    ).filter(pl.col("low").is_not_nan())
    table = table.filter(~pl.col("code").str.starts_with("o"))
    table = table.filter(~pl.col("code").is_in(["OIT", "9", "10"]))
    table = table.filter(pl.col("level") != "sub_indicator")
    by = table.group_by("level", "code").agg(pl.col("held", "short", "over").mean())
    for level in ("part", "question", "indicator", "survey", "total"):
        these = by.filter(pl.col("level") == level)
        held, short, over = (100 * these[c].mean() for c in ("held", "short", "over"))
        least = 100 * these["held"].min()
        yield (
            f"| {name} | {level:<9} | {held:5.1f} % | {least:5.1f} % | {short:4.1f} % "
            f"| {over:4.1f} % |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=2000, help="of each size and quality")
    parser.add_argument("--people", type=int, default=20, help="populations of each")
    asked = parser.parse_args()
    scheme = itakit.find(SCHEME)
    start = perf_counter()
    print("| answers   | people | asked | level     | held    | least   | short  | over   |")
    print("| --------- | -----: | ----: | --------- | ------: | ------: | -----: | -----: |")
    for quality, centre in QUALITIES.items():
        for n, size in SIZES:
            rows: list[tuple[str, str, float, float]] = []
            for seed in range(asked.people):
                rows += trial(scheme, n, size, centre, asked.samples // asked.people, seed)
            for line in told(f"{quality:<9} | {n:6} | {size:5}", rows):
                print(line, flush=True)
    print(f"{perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
