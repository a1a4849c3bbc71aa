"""The scores of all agencies, as an analyst would compute them with pandas, in floats.

    python pandas_floats.py tree.json iit.csv eit.csv oit.csv OUT.parquet

Writes a row for each agency: the score of every node rounded to two places, and the grade.
An agency that lacks an item has no score from there upwards, and no grade.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd


def leaves(node):
    """The items below a node."""
    if "children" not in node:
        return [node]
    return [leaf for child in node["children"] for leaf in leaves(child)]


def item_means(survey, path):
    """The mean score of each of a survey's items, by agency."""
    items = leaves(survey)
    if path.endswith(".parquet"):
        answers = pd.read_parquet(path)
    else:
        types = {"agency": "category"} | {item["code"]: "float32" for item in items}
        answers = pd.read_csv(path, dtype=types, engine="pyarrow")
    scores = {"agency": answers["agency"]}
    for item in items:
        points = {int(code): score for code, score in item["points"].items()}
        scores[item["code"]] = answers[item["code"]].map(points)
    return pd.DataFrame(scores).groupby("agency", observed=True).mean()


def scored(node, table, scores):
    """The score of a node, after those of all nodes below it."""
    if "children" not in node:
        score = table[node["code"]]
    else:
        below = pd.concat([scored(child, table, scores) for child in node["children"]], axis=1)
        if "weight" in node["children"][0]:
            weights = np.array([child["weight"] for child in node["children"]])
            score = (below * weights).sum(axis=1, skipna=False) / weights.sum()
        else:
            score = below.mean(axis=1, skipna=False)
    scores[node["code"]] = score
    return score


def half_up(scores):
    """To two places, halves up: pandas itself rounds halves to even."""
    return np.floor(scores * 100 + 0.5) / 100


def main(rules, *files, out):
    tree = json.loads(Path(rules).read_text(encoding="utf-8"))
    root = tree["root"]
    surveys = zip(root["children"], files, strict=True)
    table = pd.concat([item_means(survey, path) for survey, path in surveys], axis=1)
    scores = {}
    scored(root, table, scores)
    published = half_up(pd.DataFrame(scores))
    bands = sorted(tree["grades"], key=lambda band: band["from"])
    edges = [*(band["from"] for band in bands), np.inf]
    names = [band["name"] for band in bands]
    grade = pd.cut(published[root["code"]], edges, right=False, labels=names)
    published["grade"] = grade.astype("str")
    published.sort_index().reset_index().to_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:-1], out=sys.argv[-1])
