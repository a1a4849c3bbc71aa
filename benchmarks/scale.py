"""How the cost of a scheme grows with its items and with its depth.

    python benchmarks/scale.py

Each line is a scheme; each column what is done with it, in seconds and, from the second line on, as
a multiple of the line above. Ten times the items should take some ten times as long.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import itakit

HEAD = 'format = 1\nscheme = { id = "large", range = [0, 100] }\n'
SCALE = 'scale.s = { answer = [{ code = "1", score = 0 }, { code = "2", score = 100 }] }\n'


def wide(items: int, each: int = 50) -> str:
    """A scheme of many indicators with so many questions each."""
    text = HEAD + SCALE + 'aggregation = { q = "mean", i = "mean", total = "mean" }\n'
    for i in range(items // each):
        questions = ", ".join(f'{{ code = "{i}.{j}", title = "Item {j}" }}' for j in range(each))
        text += f'[[i]]\ncode = "{i}"\nscale = "s"\nq = [{questions}]\n'
    return text


def deep(depth: int, items: int) -> str:
    """A scheme of chains of nodes, each with one item beside the next."""
    levels = "\n".join(f'aggregation.l{i} = "mean"' for i in range(depth))
    text = f'{HEAD}{SCALE}{levels}\naggregation.total = "mean"\n'
    for c in range(items // depth):
        node = f'"{c}.{depth - 1}"'
        for i in range(depth - 1, 0, -1):
            node = f'{{ code = "{c}.{i - 1}", l{i} = [{node}, "{c}.{i - 1}x"] }}'
        inner = node.removeprefix("{").removesuffix("}").strip()
        code, _, children = inner.partition(", ")
        text += f'[[l0]]\n{code}\nscale = "s"\n{children}\n'
    return text


def times(text: str, file: Path) -> dict[str, float]:
    """How long each thing takes, in seconds."""
    file.write_text(text, "utf-8")
    taken: dict[str, float] = {}

    def clock(name: str, do: Callable[[], object]) -> object:
        start = time.perf_counter()
        made = do()
        taken[name] = time.perf_counter() - start
        return made

    scheme = clock("load", lambda: itakit.load(file))
    assert isinstance(scheme, itakit.Scheme)
    clock("check", lambda: itakit.check(file))
    evidence = {leaf.code: itakit.Tally({"1": 3, "2": 4}) for leaf in scheme.leaves()}
    result = clock("evaluate", lambda: itakit.evaluate(scheme, evidence))
    assert isinstance(result, itakit.Result)
    clock("rows", lambda: list(result.rows()))
    clock("to_dict", result.to_dict)
    clock("explain", result.explain)
    clock("dumps", lambda: itakit.dumps(scheme))
    clock("hash", lambda: itakit.load(file).hash)
    return taken


def main() -> None:
    """Print the table."""
    schemes = {f"{n} items, depth 2": wide(n) for n in (1_000, 3_000, 10_000)}
    schemes |= {f"10000 items, depth {d}": deep(d, 10_000) for d in (5, 20, 50)}
    before: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in schemes.items():
            taken = times(text, Path(folder) / "large.toml")
            shown = (
                f"{key} {value:.2f}" + (f" ({value / before[key]:.1f}x)" if before else "")
                for key, value in taken.items()
            )
            print(f"{name:21}", *shown, sep="  ")
            before = taken


if __name__ == "__main__":
    main()
