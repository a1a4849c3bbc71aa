"""Every sentence shown to a user, in every language, kept apart from the code that says it.

The sentences are data: ``en.toml`` and ``th.toml`` beside this file. A language is added by
adding a file; what it lacks is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tomli
from attrs import field, frozen


@cache
def sentences(lang: object) -> Mapping[str, str]:
    """The sentences of a language by their names; none where the language has no file."""
    if not isinstance(lang, str) or not lang.isalpha():  # a language is no path
        return {}
    file = Path(__file__).with_name(f"{lang}.toml")
    return tomli.loads(file.read_text("utf-8")) if file.is_file() else {}


@frozen
class Message:
    """A sentence by name, with the values that fill its blanks."""

    name: str
    values: Mapping[str, object] = field(factory=dict, hash=False)

    def text(self, lang: str = "en") -> str:
        """The sentence in a language, or in English where that language lacks it."""
        template = sentences(lang).get(self.name) or sentences("en")[self.name]
        return template.format_map(
            {
                name: value.text(lang) if isinstance(value, Message) else value
                for name, value in self.values.items()
            }
        )


def say(name: str, /, **values: object) -> Message:
    """A sentence with its blanks filled."""
    return Message(name, values)
