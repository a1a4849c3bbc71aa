"""What is left of a file when everything ill-formed is taken out, so that the rest is judged too.

One run tells all problems. A misspelt key must not hide a weight that does not add up elsewhere;
nor may taking it out make problems that are not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from attrs import frozen

from itakit.notation.flaws import Flaw
from itakit.notation.positions import Path
from itakit.notation.structure import KEYS, RESERVED
from itakit.notation.tables import NodeTable

_NODE_KEYS = frozenset(KEYS[NodeTable].values())
_OF_WEIGHTS = {"weight-missing", "weights-sum", "weights-zero", "weights-needed"}
_OF_NODES = {"level-unused", "no-nodes", "no-level-below", "terms-few", "k-too-large"}
_STAND_IN = "…"
"""How the codes begin that stand in for those that were taken out."""
_OF_SCALES = {"scale-unused", "no-scale-here"}
_NOT_OF_SCALES = _NODE_KEYS - {"scale"}
_OF_SUMS = {"sum-above", "sum-below"}
_NOT_OF_SUMS = {"code", "title", "scale", "population", "sample", "grade", "calendar", "format"}
_OF_CODES = {"requires-nothing", "base-elsewhere"}


@frozen
class Mended:
    """A file without its flaws, which may be judged further."""

    tables: Mapping[str, Any]
    gone: tuple[Path, ...]
    """The paths of what was taken out or replaced."""

    def causes(self, flaw: Flaw) -> bool:
        """Whether a flaw may well come from what was taken out."""
        name, path = flaw.says.name, flaw.path
        if any(path[: len(gone)] == gone for gone in self.gone):
            return True
        if any(str(value).startswith(f'"{_STAND_IN}') for value in flaw.says.values.values()):
            return True  # it would name a code that stands in no file
        if name in _OF_SUMS:
            return any(gone[-1] not in _NOT_OF_SUMS for gone in self.gone)
        if name in _OF_WEIGHTS:
            return any(_beside(path, gone) for gone in self.gone)
        if name in _OF_CODES:
            return any(gone[-1] == "code" or isinstance(gone[-1], int) for gone in self.gone)
        if name in _OF_NODES:
            return any(gone[-1] not in _NODE_KEYS for gone in self.gone)
        if name in _OF_SCALES:
            return any(gone[-1] not in _NOT_OF_SCALES for gone in self.gone)
        return name == "no-scale-of-name" and any(len(gone) == 1 for gone in self.gone)


def _beside(weight: Path, gone: Path) -> bool:
    """Whether something is gone from a sibling of the node of a weight, or a sibling itself."""
    parent = weight[:-3]
    if gone[: len(parent)] != parent:
        return False
    match gone[len(parent) :]:
        case (_, int()):
            return True
        case (_, int(), key):
            return key not in ("code", "title")
        case _:
            return False


def mend(tables: Mapping[str, Any], flaws: Iterable[Flaw]) -> Mended | None:
    """The file without its flaws; `None` where what is wrong bears on all the rest."""
    mended: dict[str, Any] = deepcopy(dict(tables))
    aggregation = mended.get("aggregation")
    head = mended.get("scheme")
    if not isinstance(aggregation, dict) or not isinstance(head, dict):
        return None
    gone: list[Path] = []
    for n, flaw in enumerate(flaws):
        match flaw.path:
            case ("scheme", "range", *_):
                return None
            case ("format", *_):
                path: Path = ("format",)
                mended["format"] = 1
            case ("scheme", "id", *_):
                path = ("scheme", "id")
                head["id"] = "mended"
            case ("scheme", key, *_):
                path = ("scheme", key)
                head.pop(key, None)
            case ("aggregation", str() as level, *_):
                path = ("aggregation", level)
                aggregation[level] = "mean"
            case ("scale", str() as name, *_) if isinstance(mended.get("scale"), dict):
                path = ("scale", name)
                mended["scale"][name] = {"answer": [{"code": "0", "score": head["range"][0]}]}
            case (level, int(), *_) if level in aggregation and level not in RESERVED:
                path = _mend_node(mended, flaw.path, set(aggregation) - RESERVED, n)
            case _:
                path = flaw.path[:1]
                mended.pop(str(path[0]), None)
        gone.append(path)
    return Mended(mended, tuple(gone))


def _mend_node(tables: dict[str, Any], path: Path, levels: set[str], n: int) -> Path:
    """Take a flaw out of the node where it stands, and say what is gone.

    The node itself stays, for the sake of those below it.
    """
    siblings: Any = ()
    node: Any = tables
    depth = 0
    while len(path) >= depth + 2 and path[depth] in levels and isinstance(path[depth + 1], int):
        siblings = node[str(path[depth])]
        place = path[depth + 1]
        node = siblings[place]
        depth += 2
        if not isinstance(node, dict):
            siblings[place] = {"code": f"{_STAND_IN}{n}"}
            return path[:depth]
    key = str(path[depth])
    if key == "code":
        node["code"] = f"{_STAND_IN}{n}"
    else:
        node.pop(key, None)
    return path[: depth + 1]
