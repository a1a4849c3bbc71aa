"""The documentation is complete: whatever a user can write, call or read has its place in it.

Most of the reference is made from the code; these tests hold that every page asks for all of it.
That the site builds without a warning, and that its doctests hold, is checked in `.ci/run`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import itakit
import itakit.testing
from docs._ext import reference_text
from itakit.methods import BUILT_IN
from itakit.notation.clauses import USUAL_LEVELS
from itakit.notation.jsonschema import json_schema
from itakit.policy import POLICIES
from itakit.rounding import MODES
from itakit.scale import TRANSFORMS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = {
    str(path.relative_to(DOCS)): path.read_text("utf-8")
    for path in sorted(DOCS.rglob("*.md"))
    if "_build" not in path.parts
}


def page(name: str) -> str:
    """The text of a page of the reference."""
    return PAGES[f"reference/{name}.md"]


def arguments(directive: str, text: str) -> list[str]:
    """The arguments that a directive stands in a page with."""
    return re.findall(rf"^```{{{directive}}} (\S+)$", text, re.MULTILINE)


def told_keys(schema: Any) -> Iterator[str]:
    """The keys of tables that a schema describes and gives a title."""
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, dict | list):
            yield from told_keys(part)
    title = schema.get("title") if isinstance(schema, dict) else None
    if isinstance(title, str) and title not in BUILT_IN:
        yield from schema.get("properties", ())


class TestReference:
    """ "The reference covers every key, name, method and command." """

    def test_every_public_name_is_documented(self) -> None:
        """Each name of the package stands on the page of Python names, once."""
        named = re.findall(r"^\.\. (?:auto|py:)\w+:: itakit\.(\w+)$", page("python"), re.MULTILINE)
        assert sorted(named) == sorted(itakit.__all__)

    def test_every_name_of_the_testing_kit_is_documented(self) -> None:
        """The page asks for all of them, and they have something to say."""
        assert "```{testing-names}" in page("testing")
        text = reference_text.names_of("itakit.testing")
        for name in itakit.testing.__all__:
            assert f":: itakit.testing.{name}\n" in text
            assert getattr(itakit.testing, name).__doc__

    def test_a_value_of_the_testing_kit_is_told_in_its_own_words(self) -> None:
        """And not in those of its type: a tuple has others."""
        text = reference_text.names_of("itakit.testing")
        assert (
            ".. py:data:: itakit.testing.LINEAR\n\n"
            "   The built-in methods whose score is a sum of parts.\n"
        ) in text
        assert "autodata" not in text
        with pytest.raises(LookupError, match="nothing is said of check_laws in itakit"):
            reference_text.said_of("itakit.testing", "check_laws")

    def test_every_table_of_the_notation_has_its_place(self) -> None:
        """A new table is given a section before it can be used."""
        assert sorted(arguments("notation-table", page("notation"))) == sorted(
            reference_text.TABLES
        )

    @pytest.mark.parametrize("name", sorted(reference_text.TABLES))
    def test_every_key_of_a_table_is_told(self, name: str) -> None:
        """With what it may hold, what it is when left out, and what it means."""
        table = reference_text.TABLES[name]
        rows = reference_text.notation_table(table).splitlines()[2:]
        keys = reference_text.keys(table)
        assert [row.split("`")[1] for row in rows] == list(keys)
        for row in rows:
            assert all(cell.strip() for cell in row.strip("|").split("|"))

    def test_the_keys_are_those_of_the_json_schema(self) -> None:
        """The schema for editors and the reference tell of the same keys, and of all."""
        schema = json_schema()
        assert {*told_keys(schema)} - {*USUAL_LEVELS} == {
            key
            for name, table in reference_text.TABLES.items()
            if name != "MethodTable"
            for key in reference_text.keys(table)
            if key != "LEVEL"
        }

    @pytest.mark.parametrize("word", [*POLICIES, *MODES, *TRANSFORMS])
    def test_every_word_that_a_key_may_hold_is_explained(self, word: str) -> None:
        """A choice of words is of use only to who knows them."""
        assert re.search(rf"[`\"]{word}[`\"]", page("notation"))

    def test_every_built_in_method_is_documented(self) -> None:
        """Each has a section of its own, in the order of the code."""
        assert arguments("built-in-method", page("methods")) == list(BUILT_IN)

    @pytest.mark.parametrize("name", sorted(BUILT_IN))
    def test_the_parameters_and_laws_of_a_method_are_told(self, name: str) -> None:
        """All of them, and no others."""
        text = reference_text.method(BUILT_IN[name])
        assert re.findall(r"parameter `(\w+)`", text) == list(BUILT_IN[name].parameters)
        assert set(re.findall(r"#law-([a-z-]+)\)", text)) == BUILT_IN[name].laws

    @pytest.mark.parametrize("law", reference_text.LAWS)
    def test_every_law_is_put_in_words(self, law: str) -> None:
        """The name that a method declares leads to a sentence."""
        assert re.search(rf"^\(law-{law}\)=\n{law}\n: \w.*\.$", PAGES["laws.md"], re.MULTILINE)

    def test_every_law_that_is_tried_is_told(self) -> None:
        """In the very words in which the command tells it."""
        assert "```{laws-tried}" in PAGES["laws.md"]
        text = reference_text.laws_tried()
        for law in itakit.testing.check_laws(itakit.find("ita_2565"), max_examples=1):
            assert f"| {law} |" in text

    def test_every_command_is_documented(self) -> None:
        """In the order in which a user needs them."""
        assert sorted(arguments("command", page("commands"))) == sorted(reference_text.COMMANDS)

    @pytest.mark.parametrize("name", sorted(reference_text.COMMANDS))
    def test_every_option_of_a_command_is_told(self, name: str) -> None:
        """Each of its spellings, with what it does."""
        text = reference_text.command(name)
        for option in reference_text.COMMANDS[name].params:
            for switch in option.opts if option.param_type_name == "option" else ():
                assert re.search(rf"^\| .*`{switch}`.* \| \w.* \|$", text, re.MULTILINE)

    def test_every_field_of_the_record_is_documented(self) -> None:
        """Whoever recomputes a result finds each field explained."""
        scheme = itakit.find("ita_2565")
        record = itakit.evaluate(scheme, {"IIT": 90, "EIT": 90, "OIT": 90}).to_dict()
        fields: list[str] = []
        waiting: list[object] = [record]
        while waiting:
            match waiting.pop():
                case dict() as table:
                    titles = ({"th", "en"}, {"requires"})
                    fields += [key for key in table if not any(key in known for known in titles)]
                    waiting += [value for key, value in table.items() if key != "title"]
                case list() as values:
                    waiting += values
        assert [field for field in fields if f"`{field}`" not in page("record")] == []

    def test_every_field_of_a_problem_is_documented(self) -> None:
        """A program that shows problems finds each part of one explained."""
        parts = {"message", "hint", "path", "line", "column", "key", "severity", "text"}
        told = set(re.findall(r"`(\w+)(?:\(lang\))?`", page("errors")))
        assert parts <= told
        assert parts <= set(dir(itakit.Problem))

    def test_every_key_of_a_case_is_documented(self) -> None:
        """Those that are read and no others."""
        rows = re.findall(r"^\| `(\w+)` \|", page("cases"), re.MULTILINE)
        keys = {field.name for field in attrs.fields(itakit.Case)} - {"path"}
        assert sorted(rows) == sorted(keys)


class TestPages:
    """ "A newcomer finds the way." """

    def test_every_page_is_reached_from_the_front_page(self) -> None:
        """A page that no table of contents lists is not read."""
        listed = {"index.md"}
        for name, text in PAGES.items():
            folder = Path(name).parent
            for tree in re.findall(r"^```{toctree}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
                entries = [line for line in tree.split() if not line.startswith(":")]
                listed |= {f"{folder / entry}.md" for entry in entries}
        assert listed == set(PAGES)

    @pytest.mark.parametrize("name", sorted(PAGES))
    def test_a_file_that_a_page_shows_is_there(self, name: str) -> None:
        """The tutorial shows the files that its commands read."""
        for shown in arguments("literalinclude", PAGES[name]):
            assert (DOCS / name).parent.joinpath(shown).is_file()
