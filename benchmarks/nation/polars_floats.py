"""The scores of all agencies, as an analyst would compute them with polars, in floats.

    python polars_floats.py tree.json iit.csv eit.csv oit.csv OUT.parquet

Writes a row for each agency: the score of every node rounded to two places, and the grade.
An agency that lacks an item has no score from there upwards, and no grade.
"""

import json
import sys
from pathlib import Path

import polars as pl


def leaves(node):
    """The items below a node."""
    if "children" not in node:
        return [node]
    return [leaf for child in node["children"] for leaf in leaves(child)]


def item_means(survey, path):
    """The mean score of each of a survey's items, by agency."""
    items = leaves(survey)
    if path.endswith(".parquet"):
        answers = pl.scan_parquet(path)
    else:
        types = {"agency": pl.String} | {item["code"]: pl.Int8 for item in items}
        answers = pl.scan_csv(path, schema=types)
    means = []
    for item in items:
        codes = [int(code) for code in item["points"]]
        scores = list(item["points"].values())
        answer = pl.col(item["code"])
        means.append(answer.replace_strict(codes, scores, return_dtype=pl.Float64).mean())
    return answers.group_by("agency").agg(means)


def add_scores(table, node):
    """The table with the score of the node and of all nodes below it."""
    if "children" not in node:
        return table
    for child in node["children"]:
        table = add_scores(table, child)
    children = [pl.col(child["code"]) for child in node["children"]]
    if "weight" in node["children"][0]:
        weights = [child["weight"] for child in node["children"]]
        terms = [column * weight for column, weight in zip(children, weights, strict=True)]
        score = pl.sum_horizontal(terms, ignore_nulls=False) / sum(weights)
    else:
        score = pl.mean_horizontal(children, ignore_nulls=False)
    return table.with_columns(score.alias(node["code"]))


def main(rules, *files, out):
    tree = json.loads(Path(rules).read_text(encoding="utf-8"))
    root = tree["root"]
    table = None
    for survey, path in zip(root["children"], files, strict=True):
        means = item_means(survey, path)
        if table is None:
            table = means
        else:
            table = table.join(means, on="agency", how="full", coalesce=True)
    table = add_scores(table, root)
    table = table.with_columns(pl.selectors.float().round(2, mode="half_away_from_zero"))
    grade = None
    for band in reversed(tree["grades"]):
        reached = pl.col(root["code"]) >= band["from"]
        grade = pl.when(reached).then(pl.lit(band["name"])).otherwise(grade)
    table.with_columns(grade.alias("grade")).sort("agency").sink_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:-1], out=sys.argv[-1])
