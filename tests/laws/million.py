"""The engine against the oracle at length: ``python -m tests.laws.million N [SEED] [WORKERS]``.

Draws schemes and evidence by a plain random generator, N evaluations in all, and counts. The same
seed gives the same cases. Every difference is printed with what it takes to see it again.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from itakit import loads
from itakit.errors import EvidenceError
from itakit.evaluation import evaluate
from itakit.scheme import Scheme
from itakit.testing import RATIONAL, Habits, Scope
from itakit.testing.drawing import Draw, chance, dice, pick
from itakit.testing.files import document
from itakit.testing.units import evidence
from tests.laws import oracle
from tests.laws.comparison import differences
from tests.laws.mistakes import Unit, spoilt

UNITS = 20
"""Evaluations of each scheme."""
SCOPES = (
    Scope(ends="any"),
    Scope(methods=RATIONAL, scales=("none", "choice", "reverse", "goalposts")),
    Scope(methods=RATIONAL, scales=("none", "choice", "reverse", "goalposts"), ends="any"),
    Scope(methods=("mean", "weighted-mean", "single", "median", "weighted-sum"), depth=5),
)


def units(draw: Draw, scheme: Scheme) -> Iterator[Unit]:
    """Evidence for some units, most of it right."""
    for _ in range(UNITS):
        habits = Habits(gaps=pick(draw, ("none", "allowed", "allowed", "any")))
        unit = evidence(draw, scheme, habits)
        yield spoilt(draw, scheme, unit) if chance(draw, 6) else dict(unit)


def compare(seed: int) -> tuple[Counter[str], list[str]]:
    """What became of the cases of one seed."""
    counts: Counter[str] = Counter()
    found: list[str] = []
    draw = dice(seed)
    text = document(draw, pick(draw, SCOPES))
    scheme, rules = loads(text), oracle.Scheme(text)
    for unit in units(draw, scheme):
        different = list(differences(scheme, rules, unit))
        counts["compared"] += 1
        counts["different"] += bool(different)
        if different:
            found.append("\n".join([f"seed {seed}", text, repr(unit), *different]))
        counts.update(outcome(scheme, unit))
    return counts, found


def outcome(scheme: Scheme, unit: Unit) -> Iterator[str]:
    """What kind of case it was."""
    try:
        result = evaluate(scheme, unit)
    except EvidenceError as error:
        yield "with problems"
        yield from (f"problem {name}" for name in {p.says.name for p in error.problems})
    else:
        yield "without a score" if result.score is None else "scored"
        if any(node.error for node in result):
            yield "irrational"


def main(n: int, seed: int = 0, workers: int = 2) -> int:
    """Compare, print the counts, and say whether all was alike."""
    started, total = time.monotonic(), Counter[str]()
    seeds = range(seed, seed + -(-n // UNITS))
    with ProcessPoolExecutor(workers) as pool:
        for counts, found in pool.map(compare, seeds, chunksize=20):
            total += counts
            for text in found:
                print(text, end="\n\n", flush=True)  # noqa: T201  # a report
    for name, count in total.most_common():
        print(f"{count:>9,} {name}")  # noqa: T201
    print(f"{time.monotonic() - started:>9.0f} seconds, seeds {seeds}")  # noqa: T201
    return int(total["different"] > 0)


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
