"""What the built-in methods and scales make of numbers, as their textbooks say it.

Shares no code with itakit. A `Decimal` stands for a number that is not rational.
"""

# mypy: ignore-errors

from decimal import Context, Decimal, localcontext
from fractions import Fraction as F  # noqa: N817
from math import lcm
from statistics import median

DIGITS = Context(prec=100, traps=[])


def real(x):
    return DIGITS.divide(Decimal(x.numerator), Decimal(x.denominator))


def exact(text):
    return None if text is None else F(text)


def published(x, rounding):
    if x is None:
        return None
    mode = "ROUND_" + rounding["mode"].upper().replace("-", "_")
    return F(real(x).quantize(Decimal(10) ** -rounding["places"], mode, DIGITS))


def head(scheme, root, figure):
    """The root's figures, and the name of the first grade whose least figures are all reached."""
    told = {"score": root["score"], "rounded": root["rounded"], "grade": None}
    for band in scheme["grades"]:
        bounds = [(figure[r["code"]], exact(r["at_least"])) for r in band["requires"]]
        if all(found is not None and found >= least for found, least in bounds):
            return told | {"grade": band["name"]}
    return told


def near(made, told, error):
    """What was told, where what was made is that as far as both are known.

    Nothing where the error is too large to tell anything.
    """
    if error > F(1, 10**20):
        return None
    inexact = isinstance(made, Decimal) or error
    close = told is not None and inexact and abs(F(made) - told) <= error + F(1, 10**20)
    return told if close else F(made)


def power(terms, p):
    total = sum(w for _, w, _ in terms)
    pairs = [(real(v), real(w / total)) for v, w, _ in terms]
    with localcontext(DIGITS):
        if p == 0:
            return sum(w * v.ln() for v, w in pairs).exp()
        return sum(w * v ** real(p) for v, w in pairs) ** (1 / real(p))


def middle(terms):
    unit = lcm(*(w.denominator for _, w, _ in terms))
    return median([v for v, w, _ in terms for _ in range(int(w * unit))])


def count(terms, method, low, high):
    reached = sum(v >= F(method.get("at_least", high)) for v, _, _ in terms)
    return high if reached >= F(method.get("k", len(terms))) else low


def deduction(terms, method, low, high):
    start = [v for v, _, code in terms if code == method.get("base")] or [high]
    taken = sum(v * w for v, w, code in terms if code != method.get("base"))
    return max(low, start[0] - min(taken, F(method.get("ceiling", taken))))


def average(terms):
    return sum(v * w for v, w, _ in terms) / sum(w for _, w, _ in terms)


def shares(terms, method, stretch):
    """What a linear method multiplies each term with; nothing for one that is not linear."""
    whole = {"average": sum(w for _, w, _ in terms), "sum": 1}.get(method["shape"])
    return whole and {code: stretch * w / whole for _, w, code in terms}


def aggregate(terms, method, low, high):
    return METHODS[method["name"]](terms, method, low, high)


METHODS = {
    **dict.fromkeys(("mean", "weighted-mean", "single"), lambda t, m, *_: average(t)),
    **dict.fromkeys(("sum", "weighted-sum"), lambda t, m, *_: sum(v * w for v, w, _ in t)),
    **dict.fromkeys(("k-of-n", "all-of"), count),
    "min": lambda t, m, *_: min(v for v, _, _ in t),
    "max": lambda t, m, *_: max(v for v, _, _ in t),
    "median": lambda t, m, *_: middle(t),
    "geometric-mean": lambda t, m, *_: power(t, F(0)),
    "harmonic-mean": lambda t, m, *_: power(t, F(-1)),
    "power-mean": lambda t, m, *_: power(t, F(m["exponent"])),
    "deduction": deduction,
}


def points(scale, code, low, high):
    """What an answer scores; nothing where it is left out."""
    if code in scale["answers"]:
        return exact(scale["answers"][code])
    x, worst, best = map(F, (code, *scale["goalposts"]))
    x = sorted((x, worst, best))[1]
    if change := scale["transform"]:
        x, worst, best = (F(getattr(DIGITS, change)(real(end))) for end in (x, worst, best))
    # The way from 2 to 32 is half done at 8, but for the last digit.
    way = (x - worst) / (best - worst)
    return low + (high - low) * (way.limit_denominator(10**50) if change else way)
