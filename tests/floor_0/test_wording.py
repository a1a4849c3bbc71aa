"""The sentences: each name that is used has one in every language, and none is left over."""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import itakit
from itakit.wording import say, sentences

SRC = Path(itakit.__file__).parent
LANGUAGES = sorted(path.stem for path in (SRC / "wording").glob("*.toml"))


SAY = ("say", "Message", "Inapplicable", "expected")


def texts() -> Iterator[ast.expr]:
    """Every text in the source, and every text that is put together."""
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant | ast.JoinedStr):
                yield node


def said() -> Iterator[str]:
    """Every name of a sentence in a call that takes one; of a name put together, its beginning."""
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                yield from (name for choice in choices if called in SAY for name in names(choice))


def names(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield from (f"{name}*" for name in names(node.values[0]))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def blanks(sentence: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(sentence) if name})


class TestSentences:
    """Every sentence shown to an end user exists in Thai and English."""

    def test_every_name_that_is_said_has_a_sentence(self) -> None:
        known = sentences("en")
        assert sorted(name for name in set(said()) if not fnmatch.filter(known, name)) == []

    def test_every_sentence_is_said_somewhere(self) -> None:
        used = {name for text in texts() for name in names(text)}
        begun = tuple(name[:-1] for name in used if name.endswith("-*"))
        unused = (name for name in sentences("en") if name not in used)
        assert sorted(name for name in unused if not name.startswith(begun)) == []

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_language_has_the_same_sentences(self, lang: str) -> None:
        assert sentences(lang).keys() == sentences("en").keys()

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_language_has_the_same_blanks(self, lang: str) -> None:
        theirs = {name: blanks(sentence) for name, sentence in sentences(lang).items()}
        assert theirs == {name: blanks(sentence) for name, sentence in sentences("en").items()}

    def test_a_language_without_sentences_speaks_english(self) -> None:
        assert say("a-number").text("lo") == say("a-number").text("en")

    def test_a_sentence_is_lower_case_and_has_no_full_stop(self) -> None:
        for sentence in sentences("en").values():
            assert not sentence.endswith((".", "!", " "))
            assert not sentence[0].isupper() or sentence.startswith(("TOML", "CSV", "JSON"))
