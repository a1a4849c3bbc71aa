"""Files that nobody means well with, checked one after the other in a process of its own.

Run as a program with a folder to work in, it prints a line of JSON for every case: its name, the
processor time in seconds, how it ended, and how much memory the process has taken so far in MiB.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import itakit
from itakit.notation.reading import MAX_BYTES, MAX_CHARACTERS

HEAD = 'format = 1\n[scheme]\nid = "x"\nrange = [0, 100]\nweights = "relative"\n'
LEVELS = '[aggregation]\nq = "mean"\ntotal = "mean"\n'
DEEP = 10_000


def full(text: str, head: str = "") -> str:
    """A text repeated as often as the largest file can hold it."""
    return head + text * ((MAX_CHARACTERS - len(head)) // len(text))


def lines(line: Callable[[int], str], head: str, size: int = MAX_CHARACTERS // 5) -> str:
    """Numbered lines up to a size."""
    parts, length = [head], len(head)
    while length < size - 200:
        parts.append(line(len(parts)))
        length += len(parts[-1])
    return "".join(parts)


def texts() -> Iterator[tuple[str, Callable[[], str | bytes]]]:
    body = HEAD + LEVELS
    dice = random.Random(1)
    yield "random bytes", lambda: dice.randbytes(MAX_BYTES)
    yield "random text", lambda: "".join(dice.choices("[]{}=\"'.,\n #a1ก\\-_", k=MAX_CHARACTERS))
    for junk in ("\0", "\n", "[", "]", "{", "a=", "a.", '"', "'", '"""', "[a]\n", "[[a]]\n"):
        yield f"junk {junk!r}", partial(full, junk)
    for junk in ("a=1\n", "a=[", "#", "a={", "é", "\\", "[[a.b]]\n[a.b.c]\n", "a.b=1\n", "\r\n"):
        yield f"junk {junk!r}", partial(full, junk)
    yield "8 MiB of junk", lambda: "[" * MAX_BYTES
    yield "8 MiB of Thai junk", lambda: "ก" * (MAX_BYTES // 3)
    yield "8 MiB of comments", lambda: "#\n" * (MAX_BYTES // 2)
    yield "all digits", lambda: full("9", "a=")
    yield "all hexadecimal digits", lambda: full("f", "a=0x")
    yield "all decimals", lambda: full("3", "a=0.")
    yield "underscores", lambda: full("1_", "a=") + "1"
    yield "a weight of hexadecimal digits", lambda: full("f", body + '[[q]]\ncode="a"\nweight=0x')
    yield "a code of hexadecimal digits", lambda: full("f", body + "[[q]]\ncode=0x")
    yield "an endless exponent", lambda: full("9", "a=1e")
    yield "deep lists", lambda: "a=" + "[" * DEEP + "]" * DEEP
    yield "deep tables", lambda: "a=" + "{a=" * DEEP + "1" + "}" * DEEP
    yield "deep keys", lambda: "a." * DEEP + "a=1"
    yield "a deep header", lambda: "[" + "a." * DEEP + "a]"
    yield "a deep list header", lambda: "[[" + "a." * DEEP + "a]]"
    yield "many deep keys", lambda: lines(lambda n: "a." * 150 + f"a{n}=1\n", "")
    yield (
        "many deep nodes",
        lambda: lines(lambda n: '[["q"' + '."q"' * 40 + f']]\ncode="c{n}"\n', body),
    )
    yield "a text of everything", lambda: full("ก", body + 'a="') + '"'
    yield "a title of everything", lambda: full("ก", body + '[[q]]\ncode="q"\ntitle="')[:-9] + '"'
    yield "a code of everything", lambda: full("x", body + '[[q]]\ncode="')[:-9] + '"'
    yield "a key of everything", lambda: full("x", body)[:-9] + "=1"
    yield "a file of numbers", lambda: full("1,", "a=[") + "]"
    yield "sources", lambda: full('"",', HEAD + "source=[") + "]\n" + LEVELS
    yield "wrong sources", lambda: full("1,", HEAD + "source=[") + "]\n" + LEVELS
    yield "unknown keys", lambda: lines(lambda n: f"ab{n}c=1\n", HEAD)
    yield "unknown keys of nodes", lambda: lines(lambda n: f'[[q]]\ncode="c{n}"\nad{n}=1\n', body)
    yield "unknown levels", lambda: lines(lambda n: f'[[q{n}]]\ncode="c{n}"\n', body)
    yield "unused levels", lambda: lines(lambda n: f'q{n}="mean"\n', body)
    yield "unknown methods", lambda: lines(lambda n: f'q{n}="maen{n}"\n', body)
    yield "levels without a name", lambda: lines(lambda n: f'" {n}"="mean"\n', body)
    yield "unknown scales", lambda: lines(lambda n: f'[[q]]\ncode="c{n}"\nscale="s{n}"\n', body)
    yield "empty scales", lambda: lines(lambda n: f"[scale.s{n}]\n", body)
    yield (
        "a chain of scales",
        lambda: lines(
            lambda n: f'[scale.s{n}]\nreverse="s{n + 1}"\n', body + '[[q]]\ncode="q"\nscale="s1"\n'
        ),
    )
    yield (
        "a list of scales",
        lambda: lines(
            lambda n: f'[scale.s{n}]\nreverse="s{n - 1}"\n',
            body + '[[q]]\ncode="q"\n[scale.s0]\nanswer=[{code="1",score=1}]\n',
        ),
    )
    yield (
        "answers",
        lambda: lines(lambda n: f'{{code="{n}",score=1}},', body + "[scale.s]\nanswer=["),
    )
    yield "equal codes", lambda: lines(lambda n: '"c",', body.replace(HEAD, "q=[", 1)) + "]"
    yield (
        "conditions",
        lambda: lines(
            lambda n: f"r{n}=1\n",
            body + '[[q]]\ncode="q"\n[[grade]]\nname="a"\nfrom=0\n[grade.requires]\n',
        ),
    )
    yield (
        "grades",
        lambda: lines(lambda n: f'[[grade]]\nname="a"\nfrom={n}\n', body + '[[q]]\ncode="q"\n'),
    )
    conditions = ",".join(f"c{n}=1" for n in range(19))
    yield (
        "grades from one score",
        lambda: lines(
            lambda n: f'[[grade]]\nname="{n}"\nfrom=0\nrequires={{d{n}=1,{conditions}}}\n',
            body + '[[q]]\ncode="q"\n',
        ),
    )
    yield (
        "languages",
        lambda: lines(lambda n: f'[[q]]\ncode="c{n}"\ntitle.{"th" if n % 2 else "ht"}="x"\n', body),
    )
    yield (
        "policies",
        lambda: lines(lambda n: f'[[q]]\ncode="c{n}"\nmissing={{polcy="skip"}}\n', body),
    )
    yield (
        "methods below",
        lambda: lines(
            lambda n: f'[[q]]\ncode="c{n}"\naggregation={{q="min",q{n}="mean"}}\nq=["d{n}"]\n', body
        ),
    )
    yield (
        "inherited methods",
        lambda: (
            lines(lambda n: f'l{n}="mean"\n', body, MAX_CHARACTERS // 10)
            + lines(
                lambda n: f'[[q]]\ncode="c{n}"\naggregation={{q="min"}}\nq=["d{n}"]\n',
                "",
                MAX_CHARACTERS // 2,
            )
        ),
    )
    nodes = [f'"{n}"' for n in range(100_000)]
    yield "100,000 nodes", lambda: f"q=[{','.join(nodes)}]\n{HEAD}{LEVELS}"
    some = ",".join(nodes[:10_000])
    base = f"q=[{some}]\n{HEAD}{LEVELS}".replace('"x"', '"y"')
    (Path(sys.argv[1]) / "y.toml").write_text(base, "utf-8")
    yield "10,000 nodes over as many", lambda: f'q=[{some}]\n{HEAD}extends="y"\n{LEVELS}'
    yield (
        "10,000 nodes moved",
        lambda: f'{HEAD}extends="y"\n{LEVELS}[[q]]\ncode="new"\nq=[{some}]\n',
    )


def places(folder: Path) -> Iterator[tuple[str, str]]:
    """Paths that lead to no scheme."""
    with (folder / "sparse.toml").open("wb") as file:
        file.truncate(1 << 30)
    yield "a gigabyte", str(folder / "sparse.toml")
    yield "a folder", str(folder)
    yield "nothing", str(folder / "nothing.toml")
    yield "zeros without end", "/dev/zero"
    yield "no path", "a\0b"
    yield "a long path", "x" * 100_000
    yield "an empty path", ""


def main() -> None:
    folder = Path(sys.argv[1])
    itakit.loads(HEAD + LEVELS + '[[q]]\ncode="q"\n')  # imports what is needed

    def report(name: str, path: str) -> None:
        start = time.process_time()
        try:
            itakit.load(path)
        except itakit.SchemeError as error:
            ended = f"SchemeError {len(error.text('th').splitlines())}"
        else:
            ended = "loaded"
        seconds = time.process_time() - start
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(json.dumps([name, round(seconds, 3), ended, most]) + "\n")

    for name, path in places(folder):
        report(name, path)
    for name, make in texts():
        made = make()
        (folder / "x.toml").write_bytes(made if isinstance(made, bytes) else made.encode())
        del made
        report(name, str(folder / "x.toml"))


if __name__ == "__main__":
    main()
