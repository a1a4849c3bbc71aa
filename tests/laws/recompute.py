"""Every number of a record once more, from its JSON alone: the linear part of the rule."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Any


def rounded(x: Fraction, places: int, mode: str) -> Fraction:
    size = abs(x) * 10**places
    whole = {"half-up": floor(size + Fraction(1, 2)), "half-even": round(size), "down": floor(size)}
    return Fraction(whole.get(mode, -floor(-size)) * (1 if x > 0 else -1), 10**places)


def wrong(scheme: Any, nodes: Any) -> Iterator[tuple[str, str]]:
    """The code and the name of every number that does not follow from the others."""
    share: dict[str, Any] = {nodes[0]["code"]: Fraction(1) if nodes[0]["score"] else None}
    places, mode, carry = (scheme["rounding"][key] for key in ("places", "mode", "carry"))
    for node in nodes:
        code, name, part = node["code"], node["method"]["name"], share[node["code"]]
        score, given = (
            Fraction(node["score"] or 0),
            [a for a in node["answers"] or () if a["score"]],
        )
        up = Fraction(node["rounded"] or 0) if node["level"] in carry and node["parent"] else score
        below = [n for n in nodes if n["parent"] == code and n["weight"] != "0"]
        weight = {n["code"]: Fraction(n["weight"] or 1) for n in below}
        asked = [n for n in below if n["status"] != "not applicable"]
        there = [n for n in asked if n["score"]]
        whole = sum(weight[n["code"]] for n in there) or Fraction(1)
        if name in ("sum", "weighted-sum") and below:
            unit = sum(weight.values()) if scheme["weights"] == "relative" else 1
            whole = whole / unit if below[0]["weight"] else Fraction(1)
        expected: dict[str, Any] = {"contribution": None if part is None else part * up}
        linear, scored = name in LINEAR, node["status"] == "scored"
        if node["score"] and node["error"] == "0":
            expected["rounded"] = rounded(score, places, mode)
        if given and name in LINEAR[:3] and node["error"] == "0":
            n = sum(Fraction(a["count"]) for a in given)
            expected |= {
                "n": n,
                "score": sum(Fraction(a["count"]) * Fraction(a["score"]) for a in given) / n,
            }
        if scored:
            had = {n["code"]: Fraction(n["coverage"]) * (n["status"] != "missing") for n in asked}
            total = sum(weight[code] * share for code, share in had.items())
            expected["coverage"] = total / sum(weight[code] for code in had)
        if scored and linear:
            terms = {n["code"]: weight[n["code"]] / whole * value(n, carry) for n in there}
            expected["score"] = sum(terms.values(), Fraction(0))
        yield from (
            (code, key) for key, x in expected.items() if (node[key] and Fraction(node[key])) != x
        )
        for child in (n for n in nodes if n["parent"] == code):
            share[child["code"]] = (
                None if part is None or (part and scored and not linear) else Fraction(0)
            )
            if part and scored and linear and child in there:
                stretch = up / score if score else Fraction(1)
                share[child["code"]] = part * stretch * weight[child["code"]] / whole


LINEAR = ("mean", "weighted-mean", "single", "sum", "weighted-sum")


def value(node: Any, carry: Any) -> Fraction:
    return Fraction(node["rounded"] if node["level"] in carry else node["score"])
