"""Golden cases: published results that a scheme must reproduce, each from its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from attrs import evolve, field, frozen

from itakit.casebook import Case, read_cases
from itakit.errors import Problem, SchemeError
from itakit.idiom import idiomatic
from itakit.notation import Document, parse, read_text
from itakit.notation.addresses import Addresses
from itakit.notation.flaws import MOST, Flaw, Refused
from itakit.scheme import Scheme
from itakit.verdict import Ranked, judge
from itakit.wording import say

SUFFIX = ".cases.toml"
"""What the names of files of cases end in."""


@frozen
class Outcome:
    """What became of a case: nothing to tell where it holds."""

    case: Case
    problems: tuple[Problem, ...]


@frozen
class Cases:
    """The cases of a file, which know where in it they stand."""

    document: Document
    cases: tuple[Case, ...] = ()
    _addresses: Addresses = field(factory=Addresses, repr=False)

    def outcome(self, scheme: Scheme, case: Case) -> Outcome:
        """Evaluate one of the cases, and compare."""
        return Outcome(case, self.located(judge(scheme, case)))

    def line(self, case: Case) -> int:
        """The line where one of the cases begins, counted from 1."""
        says = say("case-nothing", case=case.name)
        return self._addresses.problem(Flaw((), says), self.document, case.path).line or 1

    def located(self, flaws: Iterable[Ranked]) -> tuple[Problem, ...]:
        """Flaws as problems of the file, from the top down."""
        found = (
            evolve(
                idiomatic(
                    self._addresses.problem(flaw, self.document, flaw.path), self.document.name
                ),
                rank=rank,
            )
            for flaw, rank in islice(flaws, MOST)
        )
        return tuple(sorted(found, key=lambda problem: problem.order))


def cases_path(scheme: str | Path) -> Path:
    """Where the cases of a scheme file stand: ``NAME.cases.toml`` beside ``NAME.toml``."""
    return Path(scheme).with_suffix(SUFFIX)


def open_cases(path: str | Path) -> Cases:
    """The cases of a file. Raises `SchemeError` with everything that is wrong with it."""
    empty = Cases(parse(read_text(path), str(path)))
    try:
        return evolve(empty, cases=tuple(read_cases(empty.document.tables)))
    except Refused as refused:
        raise SchemeError(empty.located((flaw, 0) for flaw in refused.flaws)) from None


def run_cases(scheme: Scheme, path: str | Path) -> tuple[Outcome, ...]:
    """Evaluate every case of a file and compare. Raises `SchemeError` for a broken file."""
    cases = open_cases(path)
    return tuple(cases.outcome(scheme, case) for case in cases.cases)
