"""The sentences: all there in both languages, each with the same blanks, and none too many."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from itakit.wording import Message, say, sentences

SOURCE = Path(__file__).parents[2] / "src" / "itakit"
# Sentences whose names are made while the program runs; everything else stands in the source.
FAMILIES = (
    "does-",
    "gains-is-",
    "law-",
    "level-",
    "missing-",
    "method-",
    "mode-",
    "column-",
    "diff-",
    "note-missing-",
    "note-",
    "once-",
    "os-",
    "page-",
    "place-",
    "plan-is-",
    "report-plan-",
    "times-",
    "toml-",
    "transform-",
)
# What is found in cells is told when all cells are read: how often it stands there comes last.
COUNTED_LATER = {"decoding.py", "people.py", "pooling.py"}


def blanks(sentence: str) -> set[str]:
    """The names of a sentence's blanks."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def texts() -> Iterator[tuple[str, str]]:
    """Every text that stands in the source, with its file."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path.name, node.value
    for path in sorted(SOURCE.rglob("*.jinja")):
        for name in re.findall(r'words\("([a-z-]+)"\)', path.read_text("utf-8")):
            yield path.name, name


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Every call of `say` with a plain name: where it is, the name, and the blanks it fills."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "say"
                and isinstance(node.args[0], ast.Constant)
            ):
                filled = {word.arg for word in node.keywords}
                if path.name in COUNTED_LATER:
                    filled.add("n")
                if None not in filled:  # else some are filled by name while the program runs
                    where = f"{path.name}:{node.lineno}"
                    yield where, str(node.args[0].value), {name for name in filled if name}


class TestSentences:
    """ "Every sentence shown to an end user exists in Thai and English." (design.md, section 2)"""

    def test_both_languages_have_the_same_sentences(self) -> None:
        """In the same order, so that a translator can lay them side by side."""
        assert list(sentences("en")) == list(sentences("th"))

    def test_a_sentence_has_the_same_blanks_in_both(self) -> None:
        """And never an unnamed one."""
        english, thai = sentences("en"), sentences("th")
        assert [name for name in english if blanks(english[name]) != blanks(thai[name])] == []
        assert [name for name in english if "" in blanks(english[name])] == []

    def test_a_sentence_is_no_sentence_of_prose(self) -> None:
        """ "Lower case, no full stop." An abbreviation keeps its capitals."""
        prose = re.compile(r"[A-Z][a-z].*|.*[^.…]\.|\s.*|.*\s")
        assert [name for name, text in sentences("en").items() if prose.fullmatch(text)] == []

    def test_a_thai_sentence_is_thai(self) -> None:
        """Unless there is nothing to translate."""
        words = {name: re.sub(r"\{\w*\}", "", text) for name, text in sentences("en").items()}
        assert [
            name
            for name, text in sentences("th").items()
            if re.search("[a-z]{3}", words[name]) and not re.search("[ก-๛]", text)
        ] == []

    def test_every_sentence_that_is_said_is_there_with_its_blanks(self) -> None:
        """A blank that nobody fills would be an exception while an error is told."""
        english = sentences("en")
        assert [
            f"{where}: {name} {sorted(blanks(english.get(name, '{?}')) - filled)}"
            for where, name, filled in calls()
            if name not in english or not blanks(english[name]) <= filled
        ] == []

    def test_no_sentence_is_said_nowhere(self) -> None:
        """One that went out of use takes its translation with it."""
        said = {text for _, text in texts()}
        unused = [
            name for name in sentences("en") if name not in said and not name.startswith(FAMILIES)
        ]
        assert unused == []


class TestMessage:
    """ "What it lacks is said in English." """

    @pytest.mark.parametrize("lang", ["en", "xx", "../en", "en.toml", "", "th-TH"])
    def test_another_language_is_english(self, lang: str) -> None:
        """And no text leads to another file."""
        assert Message("missing").text(lang) == sentences("en")["missing"]

    def test_no_language_is_english(self) -> None:
        """As one that there is not."""
        lang: Any = None
        assert Message("missing").text(lang) == sentences("en")["missing"]

    def test_a_value_may_be_a_sentence(self) -> None:
        """Then it is said in the same language."""
        message = say("expected", found=say("found-list", n=0), expected=say("a-text"))
        for lang in ("en", "th"):
            assert sentences(lang)["a-text"] in message.text(lang)

    def test_a_value_with_braces_is_a_value(self) -> None:
        """No text of a user is taken for a blank."""
        assert "{n}" in say("did-you-mean", name="{n}").text("th")

    def test_a_message_is_a_value(self) -> None:
        """It can be compared and put in a set."""
        assert say("missing") == say("missing")
        assert len({say("did-you-mean", name=name) for name in "aab"}) == 2
        assert say("did-you-mean", name="a") != say("did-you-mean", name="b")
