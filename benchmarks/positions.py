"""Ways to the line and column of a key in a TOML file, each measured against `tomli.loads`.

    python benchmarks/positions.py

The file is made up like a real scheme: multi-line arrays of inline tables in inline tables, with
Thai titles. What is not installed is passed over. Times are the best of several, in one run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import tomli

from itakit.notation.positions import duplicates, locate

LINE_FEED = "\n"
SAMPLES = {
    "TOML 1.1": "a = {\n  b = 1,\n}\n",
    "a bracket missing": "[a]\nb = 1\nc = [1, 2\n[d]\ne = 1\n",
    "two keys twice": "[a]\nb = 1\nb = 2\n[c]\nd = 1\nd = 2\n",
}


def scheme(lines: int) -> str:
    """A scheme of about so many lines."""
    text = ["format = 1", "[scheme]", 'id = "made_up"', "range = [0, 100]"]
    survey = 0
    while len(text) < lines:
        survey += 1
        text += [
            "",
            "[[survey]]",
            f'code = "S{survey}"',
            'title.th = "แบบวัดการรับรู้"',
            "indicator = [",
        ]
        for indicator in range(1, 6):
            text.append(
                f'  {{ code = "{survey}.{indicator}", title.th = "การใช้อำนาจ", question = ['
            )
            for question in range(1, 7):
                code = f"{survey}.{indicator}.{question}"
                parts = ", ".join(f'{{ code = "{code}.{part}" }}' for part in (1, 2))
                title = 'th = "เจ้าหน้าที่ปฏิบัติงานตามขั้นตอน", en = "staff follow the procedure"'
                text.append(
                    f'    {{ code = "{code}", title = {{ {title} }}, '
                    f'scale = "degree", part = [{parts}] }},'
                )
            text.append("  ] },")
        text += ["]", "[survey.sample]", "fraction = 0.10"]
    return "\n".join(text) + "\n"


def paths(value: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in inner:
        yield (*above, key)
        if isinstance(below, dict | list):
            yield from paths(below, (*above, key))


def best(run: Callable[[], object], seconds: float = 1.0) -> float:
    """The least time that a call took, of as many calls as fit into some seconds."""
    times: list[float] = []
    while not times or sum(times) < seconds:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def growing_prefixes(text: str) -> int:
    """The lines of all keys: those of the shortest prefix that tomli reads and that has the key."""
    lines = text.split("\n")
    known: dict[tuple[str | int, ...], int] = {}
    for number in range(1, len(lines) + 1):
        try:
            read = tomli.loads("\n".join(lines[:number]))
        except tomli.TOMLDecodeError:
            continue
        for path in paths(read):
            known.setdefault(path, number)
    return len(set(known.values()))


def toml_rs_positions(text: str) -> int:
    """How many keys and elements toml-rs has a position of."""
    import toml_rs

    def count(node: Any) -> int:
        if isinstance(node, list):
            return sum(map(count, node))
        if not isinstance(node, dict):
            return 0
        told = "key_line" in node or "value_line" in node
        return told + sum(map(count, node.values()))

    return count(toml_rs.load_with_metadata(text).meta["nodes"])


def tree_sitter_keys(text: str) -> tuple[int, bool]:
    """How many key tokens tree-sitter finds, and whether it minds the text."""
    import tree_sitter
    import tree_sitter_toml

    language = tree_sitter.Language(tree_sitter_toml.language())
    tree = tree_sitter.Parser(language).parse(text.encode())
    cursor, keys, deeper = tree.walk(), 0, True
    while True:
        keys += cursor.node is not None and cursor.node.type in ("bare_key", "quoted_key")
        if deeper and cursor.goto_first_child():
            continue
        while not (deeper := cursor.goto_next_sibling()):
            if not cursor.goto_parent():
                return keys, tree.root_node.has_error


def toml_rs_on(text: str) -> str:
    """How many keys toml-rs has a position of, or why it has none."""
    try:
        return f"{toml_rs_positions(text)} positions"
    except ValueError as error:
        return f"refused ({str(error).strip().splitlines()[-1]})"


def tree_sitter_on(text: str) -> str:
    keys, wrong = tree_sitter_keys(text)
    return f"{keys} key tokens, without paths, {'an error' if wrong else 'no error'}"


def lines_of(text: str) -> int:
    return len({place.line for place in locate(text).values()})


def main() -> None:
    text = scheme(450)
    total = sum(1 for _ in paths(tomli.loads(text)))
    print(f"{text.count(LINE_FEED)} lines, {len(text.encode())} bytes, {total} keys and elements")
    base = best(lambda: tomli.loads(text))

    def tell(name: str, run: Callable[[], object], note: str) -> None:
        taken = best(run)
        print(f"{name:36}{taken * 1000:9.2f} ms {taken / base:8.1f} x tomli   {note}")

    last = tuple(paths(tomli.loads(text)))[-1]
    tell("tomli.loads", lambda: tomli.loads(text), "no positions")
    tell("locate, one key looked up", lambda: locate(text)[last], "lines, columns of characters")
    tell(
        "locate, every key looked up", lambda: dict(locate(text)), f"{len(locate(text))} positions"
    )
    tell("duplicates", lambda: duplicates(text), "reads the text with tomli as well")
    told = f"in {growing_prefixes(text)} lines; keys stand in {lines_of(text)}"
    tell("growing prefixes with tomli", lambda: growing_prefixes(text), told)
    if find_spec("toml_rs"):
        import toml_rs

        told = f"{toml_rs_on(text)}, columns of bytes"
        tell("toml-rs load_with_metadata", lambda: toml_rs.load_with_metadata(text), told)
        for what, sample in SAMPLES.items():
            print(f"    {what}: {toml_rs_on(sample)}")
    else:
        print("toml-rs: not installed")
    if find_spec("tree_sitter") and find_spec("tree_sitter_toml"):
        told = f"{tree_sitter_on(text)}, columns of bytes"
        tell("tree-sitter-toml, walked", lambda: tree_sitter_keys(text), told)
        for what, sample in SAMPLES.items():
            print(f"    {what}: {tree_sitter_on(sample)}")
    else:
        print("tree-sitter and tree-sitter-toml: not installed")

    large = scheme(52_000)
    base, taken = best(lambda: tomli.loads(large)), best(lambda: locate(large))
    print(f"{len(large.encode()) / 2**20:.1f} MiB: ", end="")
    print(f"tomli {base:.2f} s, locate {taken:.2f} s, {taken / base:.1f} x tomli")


if __name__ == "__main__":
    main()
