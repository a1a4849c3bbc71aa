"""Titles: one text in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

ANY = ""
"""The language of a title that was given as a plain text."""


@frozen
class Title:
    """A text by language; where a language is asked for that it lacks, another one serves."""

    texts: tuple[tuple[str, str], ...] = field(default=())
    """Pairs of a language and a text, in the order in which they were written."""

    @classmethod
    def of(cls, texts: str | Mapping[str, str]) -> Title:
        """A title from a plain text or from a table by language."""
        return cls(((ANY, texts),) if isinstance(texts, str) else tuple(texts.items()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return tuple(lang for lang, _ in self.texts)

    def __getitem__(self, lang: str) -> str:
        """The text in a language, else in English, else in the first one written.

        >>> title = Title.of({"th": "คะแนนรวม", "en": "Total"})
        >>> title["th"], title["lo"]
        ('คะแนนรวม', 'Total')
        """
        texts = dict(self.texts)
        return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")

    def __str__(self) -> str:
        return self["en"]

    def __bool__(self) -> bool:
        return any(text for _, text in self.texts)
