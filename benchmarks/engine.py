"""How fast itakit loads, imports and evaluates, beside what else one could use for it.

    python benchmarks/engine.py [--json] [--seconds 5]

Everything is measured in one run, on one core, by turns, so that whatever else the machine does
slows all of them. Ratios carry over from one machine to the next, seconds do not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise, repeat
from math import inf
from operator import mul, truediv
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, TypeAlias

import tomli
import zen

import itakit

SCHEME = Path(__file__).parents[1] / "schemes" / "ita_2565.toml"
TRACED, UNTRACED = "ZEN, traced: the score of every node", "ZEN, untraced: that of the root only"
EXACT, FLOATING = "plain Python, Fraction", "plain Python, float"

TURN = 0.002  # seconds
WARMING = 3  # calls

Evidence: TypeAlias = Mapping[str, itakit.Tally]


def race(contenders: Mapping[str, Callable[[], object]], seconds: float) -> dict[str, float]:
    """The least seconds of a call, over many turns: of processor time, which on an idle machine is
    the time on the clock, because all of them keep to one thread.

    All turns are about as long, and short: the longer one is, the likelier it is disturbed. The
    first calls of each are not timed: they find the caches full of the others' work.
    """
    calls = dict.fromkeys(contenders, 1)
    best = dict.fromkeys(contenders, inf)
    end = perf_counter() + seconds
    while perf_counter() < end:
        for name, call in contenders.items():
            for _ in repeat(None, WARMING):
                call()
            start = process_time()
            for _ in repeat(None, calls[name]):
                call()
            best[name] = min(best[name], (process_time() - start) / calls[name])
            calls[name] = max(1, int(TURN / best[name]))
    return best


# Loading


def loading(seconds: float) -> dict[str, float]:
    """The seconds that it takes to load the scheme, and to parse its TOML alone."""
    text = SCHEME.read_text(encoding="utf-8")
    contenders = {
        "itakit.loads": lambda: itakit.loads(text),
        "tomli.loads": lambda: tomli.loads(text),
    }
    return race(contenders, seconds)


# Importing

IMPORTS = {
    "nothing": "pass",
    "import attrs, cattrs, tomli": "import attrs, cattrs, tomli",
    "import itakit": "import itakit",
    # itakit imports each of its modules at first use. So that nothing hides behind that, the same
    # with what stands behind two of its names, and with the first use itself, up to a score.
    "import itakit; itakit.evaluate; itakit.load": "import itakit; itakit.evaluate; itakit.load",
    "import itakit, load ita_2565, evaluate": (
        f"import itakit; itakit.evaluate(itakit.load({str(SCHEME)!r}), {{'total': 90}})"
    ),
}
TIMED = "from time import perf_counter as now; start = now(); {}; print(now() - start)"


def importing(rounds: int) -> dict[str, dict[str, list[float]]]:
    """The seconds of imports in fresh interpreters, least and median: inside, and of the whole
    process beyond those of an interpreter that imports nothing."""
    inside: dict[str, list[float]] = {name: [] for name in IMPORTS}
    whole: dict[str, list[float]] = {name: [] for name in IMPORTS}
    with TemporaryDirectory() as compiled:
        # Installed packages are compiled; a checkout need not be, and is left as it was.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(rounds + 1):
            for name, code in IMPORTS.items():
                start = perf_counter()
                told = subprocess.run(
                    [sys.executable, "-c", TIMED.format(code)],
                    env=environment,
                    check=True,
                    capture_output=True,
                ).stdout
                whole[name].append(perf_counter() - start)
                inside[name].append(float(told))
    for times in (*inside.values(), *whole.values()):
        del times[0]  # that round compiled
    return {
        name: {
            "inside": [of(inside[name]) for of in (min, median)],
            "process": [of(whole[name]) - of(whole["nothing"]) for of in (min, median)],
        }
        for name in IMPORTS
        if name != "nothing"
    }


# Evaluating


def made_up(scheme: itakit.Scheme) -> dict[str, itakit.Tally]:
    """The tallies of an agency: some 400 respondents, of whom not all answer each item, and one
    finding for each item of the OIT."""
    random = Random(2565)
    evidence = {}
    for item in scheme.leaves():
        codes = [choice.code for choice in item.scale.answers]
        weights = [1 + choice.score * random.randrange(1, 9) // 25 for choice in item.scale.answers]
        n = 1 if item.scale.name == "disclosure" else 400 - random.randrange(40)
        given = random.choices(codes, weights, k=n)
        evidence[item.code] = itakit.Tally(
            {code: given.count(code) for code in codes if code in given}
        )
    return evidence


def reading(scheme: itakit.Scheme, evidence: Evidence) -> dict[str, Callable[[], object]]:
    """itakit, with more and more of the result read: it makes fractions of its integers and
    rounds them when asked."""

    def scores() -> object:
        return [node.score for node in itakit.evaluate(scheme, evidence)]

    def published() -> object:
        result = itakit.evaluate(scheme, evidence)
        return [(node.score, node.rounded) for node in result], result.grade

    return {
        "a  itakit.evaluate": lambda: itakit.evaluate(scheme, evidence),
        "b  a, and the score of every node": scores,
        "c  b, and all of them rounded, and the grade": published,
        "d  a, and rows()": lambda: itakit.evaluate(scheme, evidence).rows(),
    }


# The same tree in the ZEN engine


class Zen:
    """ita_2565 as a decision graph of the ZEN engine, in the way that suits ZEN best.

    There is an expression for each node of the tree and an expression node for each level. A level
    reads those below it from `$nodes`: nothing is passed through, because a trace would tell it
    again at each level. Counts are arrays in the order of the scale. The graph is compiled once,
    by `ZenDecisionContent`; what `create_decision` makes of its text takes almost twice as long.
    """

    def __init__(self, scheme: itakit.Scheme, evidence: Evidence) -> None:
        self.levels = ["item", *(level for level, _ in scheme.levels if level != "part")]
        compiled = zen.ZenDecisionContent(json.dumps(self.graph(scheme)))
        self.engine = zen.ZenEngine({"loader": lambda _: compiled})
        self.counts = {
            self.name(item): [evidence[item.code].counts.get(c.code, 0) for c in item.scale.answers]
            for item in scheme.leaves()
        }

    def evaluate(self, *, trace: bool) -> Any:
        return self.engine.evaluate("ita_2565", self.counts, {"trace": trace})

    def scores(self) -> dict[str, float]:
        """The scores of all nodes, by the names that they have here."""
        trace = self.evaluate(trace=True)["trace"]
        return {
            name: score for level in self.levels for name, score in trace[level]["output"].items()
        }

    @staticmethod
    def name(node: itakit.Node) -> str:
        return "n" + node.code.replace(".", "_")

    def graph(self, scheme: itakit.Scheme) -> object:
        chain = ["in", *self.levels, "out"]
        kinds = {"in": "inputNode", "out": "outputNode"}
        nodes = [
            {
                "id": id,
                "name": id,
                "type": kinds.get(id, "expressionNode"),
                "content": {
                    "expressions": [
                        {
                            "id": self.name(node),
                            "key": self.name(node),
                            "value": self.expression(node),
                        }
                        for node in scheme.nodes()
                        if self.level(node) == id
                    ]
                },
            }
            for id in chain
        ]
        edges = [
            {"id": f"to {after}", "type": "edge", "sourceId": before, "targetId": after}
            for before, after in pairwise(chain)
        ]
        return {"nodes": nodes, "edges": edges}

    @staticmethod
    def level(node: itakit.Node) -> str:
        return node.level if node.children else "item"

    def expression(self, node: itakit.Node) -> str:
        if not node.children:
            name, answers = self.name(node), enumerate(node.scale.answers)
            terms = [f"{name}[{i}] * {choice.score}" for i, choice in answers if choice.score]
            return f"({' + '.join(terms)}) / sum({name})"
        weights = [child.weight or 1 for child in node.children]
        below = [f"$nodes.{self.level(child)}.{self.name(child)}" for child in node.children]
        if len(set(weights)) > 1:
            below = [f"{score} * {weight}" for score, weight in zip(below, weights, strict=True)]
        return f"({' + '.join(below)}) / {sum(weights)}"


# The same tree as a few lines for the purpose


class Plain:
    """ita_2565 as one would write it without a library, in fractions or in floats.

    It knows that an item's score is a mean, that all answers are codes, that their scores are
    whole and that nothing is missing, and checks none of it.
    """

    def __init__(self, scheme: itakit.Scheme, evidence: Evidence) -> None:
        self.root, self.evidence = scheme.root, evidence
        self.points = {
            scale.name: {choice.code: choice.score.numerator for choice in scale.answers}
            for scale in scheme.scale_list
        }

    def evaluate(self, number: type[Any]) -> dict[str, Any]:
        scores: dict[str, Any] = {}
        self.score(self.root, number, scores)
        return scores

    def score(self, node: itakit.Node, number: type[Any], scores: dict[str, Any]) -> Any:
        if not node.children:
            points, tally = self.points[node.scale.name], self.evidence[node.code]
            total = sum(points[answer] * count for answer, count in tally.counts.items())
            score = number(total) / tally.n
        else:
            below = [self.score(child, number, scores) for child in node.children]
            if node.children[0].weight is None:
                score = sum(below) / len(below)
            else:
                weights = [child.weight.numerator for child in node.children]
                score = sum(map(mul, weights, below)) / sum(weights)
        scores[node.code] = score
        return score


def evaluating(seconds: float) -> dict[str, float]:
    """The evaluations a second of the whole tree by each of the ways, all of which agree."""
    scheme = itakit.load(SCHEME)
    evidence = made_up(scheme)
    engine, plain = Zen(scheme, evidence), Plain(scheme, evidence)
    scores = {node.code: node.score for node in itakit.evaluate(scheme, evidence)}
    by_zen, by_floats = engine.scores(), plain.evaluate(float)
    assert len(by_zen) == len(scores)
    assert plain.evaluate(Fraction) == scores
    for node in scheme.nodes():  # those two count in floats
        assert abs(by_zen[engine.name(node)] - scores[node.code]) < 1e-9
        assert abs(by_floats[node.code] - scores[node.code]) < 1e-9
    contenders = {
        **reading(scheme, evidence),
        TRACED: lambda: engine.evaluate(trace=True),
        UNTRACED: lambda: engine.evaluate(trace=False),
        EXACT: lambda: plain.evaluate(Fraction),
        FLOATING: lambda: plain.evaluate(float),
    }
    return {name: 1 / best for name, best in race(contenders, seconds).items()}


# Telling


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table that reads well as it stands."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        "| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |"
        for row in [head, rule, *rows]
    )


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def verdict(target: str, *, met: bool) -> str:
    return f"{target}: {'yes' if met else 'NO'}"


def told_loading(found: Mapping[str, float]) -> str:
    ours, theirs = found["itakit.loads"], found["tomli.loads"]
    most = 4 * theirs + 0.005
    target = verdict(f"at most 4 × and 5 ms ({milliseconds(most)})", met=ours <= most)
    return table(
        ["loading", "ratio", "time", "target"],
        [
            ["tomli.loads", "1.0 ×", milliseconds(theirs), ""],
            ["itakit.loads", f"{ours / theirs:.1f} ×", milliseconds(ours), target],
        ],
    )


def told_importing(found: Mapping[str, Mapping[str, list[float]]]) -> str:
    reference, *_ = found.values()
    rows = []
    for name, times in found.items():
        row = [name]
        ratios = []
        for clock in ("inside", "process"):
            least, middle = map(truediv, times[clock], reference[clock])
            row += [f"{least:.2f} ×", f"{middle:.2f} ×", milliseconds(times[clock][0])]
            ratios += [least, middle]
        target = verdict("at most 1.3 ×", met=max(ratios) <= 1.3)
        rows.append([*row, target if name == "import itakit" else ""])
    inside = ["inside: least", "median", "least"]
    process = ["process: least", "median", "least"]
    told = table(["importing", *inside, *process, "target"], rows)
    return (
        f"{told}\n\n`import itakit` puts off nearly everything to the first use: the last two rows."
    )


def told_evaluating(found: Mapping[str, float]) -> str:
    a, b, *_ = found.values()
    rows = [
        [name, f"{a / speed:.2f} ×", f"{b / speed:.2f} ×", f"{speed:,.0f} /s", ""]
        for name, speed in found.items()
    ]
    rows[0][-1] = verdict("at least 5,000 /s", met=a >= 5000)
    return table(["evaluating", "a is faster by", "b is faster by", "speed", "target"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--json", action="store_true", help="print seconds, and evaluations a second"
    )
    parser.add_argument(
        "--seconds", type=float, default=5, help="how long to measure each contender"
    )
    arguments = parser.parse_args()
    found: dict[str, Any] = {
        "python": platform.python_version(),
        "itakit": itakit.__version__,
        "loading": loading(2 * arguments.seconds),
        "importing": importing(rounds=max(15, int(5 * arguments.seconds))),
        "evaluating": evaluating(8 * arguments.seconds),
    }
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for tell in (told_loading, told_importing, told_evaluating):
        print(tell(found[tell.__name__.removeprefix("told_")]), end="\n\n")


if __name__ == "__main__":
    main()
