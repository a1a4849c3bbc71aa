"""Every way for a scheme file to be wrong, and what is said of it.

A case is a file and, beside it, what is said: a new one needs no Python.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest

from itakit.errors import Problem, SchemeError
from itakit.methods import BUILT_IN, Method
from itakit.notation import Document, Sources, check, parse, read_text
from itakit.wording import Message, say, sentences

FOLDER = Path(__file__).with_name("invalid")
CASES = sorted(path.name for path in FOLDER.glob("*.toml"))
PAIR = Method("pair", lambda terms, range: Fraction(0), terms=(2, 2))
"""A method as a package may bring it: no built-in one needs more than one term."""
SOURCES = Sources({**BUILT_IN, "pair": PAIR}.get, lambda id, _: beside(id))


def beside(id: str) -> Document:
    """The document of an id in the current folder."""
    if not Path(f"{id}.toml").is_file():
        raise SchemeError([Problem(say("no-base", id=id))])
    return parse(read_text(f"{id}.toml"), f"{id}.toml")


def problems(name: str) -> tuple[Problem, ...]:
    """What is said of a file in the current folder."""
    try:
        return check(parse(read_text(name), name), SOURCES).problems
    except SchemeError as error:
        return error.problems


@pytest.mark.parametrize("name", CASES)
class TestInvalidFile:
    """Errors are sentences with an address: path:line:column: key: what was found, what was
    expected; hint. All at once, sorted, lower case, no full stop. Their exact text is tested from
    files, so that a new case needs no Python."""

    @pytest.fixture(autouse=True)
    def folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(FOLDER)

    def test_everything_that_is_wrong_is_said_in_one_run(self, name: str) -> None:
        said = "".join(f"{problem.text()}\n" for problem in problems(name))
        assert said == Path(name).with_suffix(".expected").read_text("utf-8")

    def test_problems_come_in_the_order_of_the_file(self, name: str) -> None:
        found = problems(name)
        places = [(problem.path, problem.line or 0, problem.column or 0) for problem in found]
        assert found
        assert places == sorted(places)

    def test_each_is_a_lower_case_sentence_without_a_full_stop(self, name: str) -> None:
        for problem in problems(name):
            for sentence in filter(None, (problem.message, problem.hint)):
                assert not sentence.endswith((".", " "))
                assert not sentence[0].isupper() or sentence.startswith("TOML")

    def test_it_is_said_in_thai_too(self, name: str) -> None:
        for problem in problems(name):
            for said in filter(None, (problem.says, problem.advice)):
                thai = said.text("th")
                assert thai != said.text("en")
                assert re.search("[ก-๙]", thai)
                assert blanks(said) <= said.values.keys()


def blanks(message: Message) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentences("th")[message.name]) if name}
