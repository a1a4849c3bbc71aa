"""A nation, made up: the answers of everyone who is asked about Thailand's public agencies.

    python benchmarks/nation/make.py FOLDER [--times 10]

Writes iit, eit and oit, each as .csv and as .parquet, and tree.json, the rules as plain data for
scripts that know nothing of itakit. A file has the column `agency` and one for each item, with the
codes of the item's scale; a row of iit or eit is a respondent, one of oit an agency. Nothing here
is anybody's answer, and no agency exists.

All chance comes from numpy's PCG64, seeded. With the same versions of numpy and polars the files
are the same, byte for byte. Memory is bounded but for two bytes a respondent, so that the rows of
an agency can lie anywhere in the file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import itakit

SEED = 2565
SCHEME = "ita_2565"
AGENCIES = 8_303
RESPONDENTS = {"IIT": 450_000, "EIT": 850_000}
LARGEST = 40_000  # of an agency's respondents to the EIT
SPREAD = 1.5  # of the sizes of agencies: the standard deviation of their logarithms
MISSING = 0.02  # of the answers of respondents
CHUNK = 50_000  # rows

# An answer is drawn by an ordered logit: the better the agency and the easier the item, the more
# of the bars between a scale's answers it takes. So agencies get all grades, from AA to F.
QUALITY = 1.9, 0.9  # of agencies: mean and standard deviation
EASE = 0.4  # of items, and of an agency's surveys: standard deviation
BAR = 1.2  # between one bar and the next
DICE = 1 << 16


def sizes(pull: np.ndarray, total: int, largest: int) -> np.ndarray:
    """The respondents of each agency: as its pull, but at least 1, and `largest` of the greatest;
    exactly `total` of all."""
    size = np.ones(len(pull), dtype=np.int64)
    top = int(pull.argmax())
    size[top] = largest
    pull = np.where(np.arange(len(pull)) == top, 0, pull)
    rest = total - int(size.sum())
    due = pull * (rest / pull.sum())
    size += due.astype(np.int64)
    short = total - int(size.sum())
    size[np.argsort(due % 1)[len(due) - short :]] += 1  # largest remainders
    if size.sum() != total or size.max() != largest:
        raise SystemExit(f"no {len(pull)} agencies of 1 to {largest} have {total} respondents")
    return size


class Items:
    """The items of a survey, and how the agencies fare with each."""

    def __init__(self, survey: itakit.Node, quality: np.ndarray, rng: np.random.Generator) -> None:
        self.rng = rng
        self.items = [node for node in survey.walk() if not node.children]
        quality = quality + rng.normal(0, EASE, len(quality))
        self.codes, self.bars = [], []
        for item in self.items:
            choices = sorted(item.scale.answers, key=lambda choice: choice.score)
            self.codes.append(np.array([int(choice.code) for choice in choices], dtype=np.int8))
            steps = len(choices) - 1
            bars = BAR * (np.arange(steps) - (steps - 1) / 2)
            chance = 1 / (1 + np.exp(bars[:, None] - quality - rng.normal(0, EASE)))
            self.bars.append((chance * DICE).clip(0, DICE - 1).astype(np.uint16))

    def dice(self, n: int) -> np.ndarray:
        return self.rng.integers(DICE, size=n, dtype=np.uint16)

    def answers(self, agencies: np.ndarray, missing: float) -> pl.DataFrame:
        """A row of answers for each agency in the list."""
        columns = []
        for item, codes, bars in zip(self.items, self.codes, self.bars, strict=True):
            level = (self.dice(len(agencies)) < bars[:, agencies]).sum(axis=0)
            column = pl.Series(item.code, codes[level])
            if missing:
                lacking = pl.Series(self.dice(len(agencies)) < round(missing * DICE))
                column = column.set(lacking, None)
            columns.append(column)
        return pl.DataFrame(columns)


def write(file: Path, names: pl.Series, chunks: Iterator[tuple[np.ndarray, pl.DataFrame]]) -> None:
    """The rows as file.csv, and the same as file.parquet."""
    with file.with_suffix(".csv").open("wb") as csv:
        first = True
        for agencies, answers in chunks:
            column = names.gather(agencies)
            answers.insert_column(0, column).write_csv(csv, include_header=first)
            first = False
    types = dict.fromkeys(answers.columns, pl.Int8) | {"agency": pl.String}
    pl.scan_csv(file.with_suffix(".csv"), schema=types).sink_parquet(
        file.with_suffix(".parquet"), row_group_size=CHUNK
    )


def rules(scheme: itakit.Scheme) -> dict[str, Any]:
    """What a script must know: the tree, the points of each item's answers, and the grades."""

    def plain(node: itakit.Node) -> dict[str, Any]:
        told: dict[str, Any] = {"code": node.code}
        if node.weight is not None:
            told["weight"] = int(node.weight)
        if node.children:
            told["children"] = [plain(child) for child in node.children]
        else:
            told["points"] = {choice.code: int(choice.score) for choice in node.scale.answers}
        return told

    grades = [{"name": grade.name, "from": int(grade.lowest)} for grade in scheme.grades]
    return {"root": plain(scheme.root), "grades": grades}


def make(
    folder: Path, agencies: int, respondents: dict[str, int], largest: int, times: int
) -> None:
    """Write the nation into the folder."""
    scheme = itakit.find(SCHEME)
    text = json.dumps(rules(scheme), ensure_ascii=False, indent=1)
    (folder / "tree.json").write_text(text, encoding="utf-8")
    width = len(str(agencies))
    names = pl.Series("agency", [f"หน่วยงานที่ {i:0{width}}" for i in range(1, agencies + 1)])
    rng = np.random.default_rng(SEED)
    pull = rng.lognormal(0, SPREAD, agencies)
    quality = rng.normal(*QUALITY, agencies)
    for survey in scheme.root.children:
        items = Items(survey, quality, rng)
        rows = np.arange(agencies, dtype=np.int16 if agencies < 1 << 15 else np.int32)
        missing = 0.0
        if survey.code in respondents:
            total, missing = respondents[survey.code], MISSING
            size = sizes(pull, total, largest * total // respondents["EIT"])
            rows = np.repeat(rows, size * times)
        rng.shuffle(rows)
        starts = range(0, len(rows), CHUNK)
        parts = (rows[start : start + CHUNK] for start in starts)
        chunks = ((part, items.answers(part, missing)) for part in parts)
        write(folder / survey.code.lower(), names, chunks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--agencies", type=int, default=AGENCIES)
    parser.add_argument("--iit", type=int, default=RESPONDENTS["IIT"], help="respondents")
    parser.add_argument("--eit", type=int, default=RESPONDENTS["EIT"], help="respondents")
    parser.add_argument("--largest", type=int, default=LARGEST, help="EIT respondents of an agency")
    parser.add_argument("--times", type=int, default=1, help="so many times the respondents")
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    respondents = {"IIT": told.iit, "EIT": told.eit}
    make(told.folder, told.agencies, respondents, told.largest, told.times)


if __name__ == "__main__":
    main()
