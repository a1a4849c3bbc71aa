"""No slip in a shipped scheme is swallowed. `mutations` says what is one, and where it shows."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest
from attrs import NOTHING, evolve, fields, has

from itakit.catalogue import check
from itakit.errors import Problem
from itakit.notation import tables
from itakit.scheme import Node, Scheme
from tests.notation.mutations import Slip, slips

SCHEMES = sorted(
    path
    for path in (Path(__file__).parents[2] / "schemes").glob("*.toml")
    if not path.name.endswith(".cases.toml")
)


Outcome: TypeAlias = tuple[Slip, tuple[Problem, ...], Scheme | None]


@cache
def outcomes(file: Path) -> tuple[Outcome, ...]:
    """What is said of every slip in a scheme; at short length, of a few of each kind."""
    most = None if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 2
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path in SCHEMES:  # what it may extend
            (folder / path.name).write_bytes(path.read_bytes())

        def outcome(slip: Slip) -> Outcome:
            (folder / file.name).write_text(slip.text, "utf-8")
            checked = check(folder / file.name)
            return slip, checked.problems, checked.scheme

        return tuple(outcome(slip) for slip in slips(file.read_text("utf-8"), most))


def by_item(node: Node) -> Node:
    """The tree with scales at its items only: the scale of an inner node scores no item."""
    scale = None if node.children else node.scale
    return evolve(node, scale=scale, children=tuple(map(by_item, node.children)))


def same(one: Scheme, other: Scheme) -> bool:
    """Whether every item scores the same and counts for the same."""
    return evolve(one, root=by_item(one.root)).hash == evolve(other, root=by_item(other.root)).hash


def optional(slip: Slip) -> bool:
    """Whether what was deleted is no more than what a scheme may lack: an optional key, a list of
    nodes. What is left is another scheme, and nobody can know that it was not meant."""
    required = {
        field.metadata.get("name", field.name)
        for table in vars(tables).values()
        if isinstance(table, type) and has(table)
        for field in fields(table)
        if field.default is NOTHING
    }
    return slip.change == "deleted" and slip.key.path[-1] not in required


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda path: path.stem)
class TestSlip:
    """Never silently wrong. An unknown key, a misplaced table, a weight that does not add up, an
    answer nobody declared, an item without data: each is an error with an address."""

    def test_a_slip_is_told_or_changes_nothing(self, scheme: Path) -> None:
        """Or it is the deletion of something that a scheme may well lack."""
        whole = check(scheme).unwrap()
        silent = [
            (slip.change, slip.key.path)
            for slip, problems, found in outcomes(scheme)
            if not problems and not (found and same(found, whole)) and not optional(slip)
        ]
        assert not silent

    def test_it_is_told_at_its_line(self, scheme: Path) -> None:
        """At least 98 % of those that are told at all."""
        told = [(slip, problems) for slip, problems, _ in outcomes(scheme) if problems]
        astray = [
            (slip.change, slip.key.path, sorted(slip.lines), str(problems[0]))
            for slip, problems in told
            if not any(problem.line in slip.lines for problem in problems)
        ]
        assert len(astray) <= len(told) // 50, astray
