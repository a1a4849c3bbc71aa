"""The pytest plugin: golden cases are tests, each case an item of its own.

pytest loads this module in every project where itakit is installed, so it imports nothing of
itakit before there is a file of cases to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from itakit.casebook import Case
    from itakit.cases import Cases
    from itakit.scheme import Scheme

_SUFFIX = ".cases.toml"
_SWITCH = "itakit_cases"
_SCHEME_TABLE = re.compile(rb"^[ \t]*\[?[ \t]*scheme(?![\w-])", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The setting that switches the collection off."""
    about = "collect the golden cases of schemes, NAME.cases.toml beside NAME.toml, as tests"
    parser.addini(_SWITCH, about, type="bool", default=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of cases beside its scheme; one named on the command line even without it."""
    if not file_path.name.endswith(_SUFFIX) or not parent.config.getini(_SWITCH):
        return None
    if not parent.session.isinitpath(file_path) and not _is_scheme(_scheme_of(file_path)):
        return None
    return CasesFile.from_parent(parent, path=file_path)


def _scheme_of(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(_SUFFIX) + ".toml")


def _is_scheme(path: Path) -> bool:
    """Whether a file is meant for a scheme: other tools' files are not looked at."""
    try:
        return _SCHEME_TABLE.search(path.read_bytes()) is not None
    except OSError:
        return False


class CasesFile(pytest.File):
    """The golden cases of a scheme."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for every case, by its name; a broken file or scheme is told and ends it."""
        from itakit import catalogue
        from itakit.cases import open_cases
        from itakit.errors import ItakitError
        from itakit.language import system_language

        lang = system_language()
        try:
            cases = open_cases(self.path)
            scheme = catalogue.check(_scheme_of(self.path)).unwrap()
        except ItakitError as error:
            raise self.CollectError(error.text(lang)) from None
        given: dict[str, int] = {}
        for case in cases.cases:
            # An id is one line, and a double colon in it would be taken for its end.
            name = " ".join(case.name.split()).replace("::", ":") or "case"
            given[name] = given.get(name, 0) + 1
            if given[name] > 1:
                name = f"{name} ({given[name]})"
            yield CaseItem.from_parent(
                self, name=name, scheme=scheme, cases=cases, case=case, lang=lang
            )


class DoesNotHold(Exception):
    """A case whose result differs from what was published; its text tells all of it."""


class CaseItem(pytest.Item):
    """One golden case."""

    def __init__(self, *, scheme: Scheme, cases: Cases, case: Case, lang: str, **kw: Any) -> None:
        super().__init__(**kw)
        self._scheme, self._cases, self._case, self._lang = scheme, cases, case, lang

    def runtest(self) -> None:
        """Evaluate the case, and compare."""
        problems = self._cases.outcome(self._scheme, self._case).problems
        if problems:
            raise DoesNotHold("\n".join(problem.text(self._lang) for problem in problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What does not hold, in words; a traceback would be of itakit and tell nothing."""
        if isinstance(excinfo.value, DoesNotHold):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands; pytest counts lines from 0."""
        return self.path, self._cases.line(self._case) - 1, self.name
