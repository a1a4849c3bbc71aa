"""Description: the document that says what is asked, how it adds up, what each grade takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from itakit.document import asked, rules
from itakit.document.markup import Markup, write
from itakit.document.page import Block, Cell, Page, Paragraph, Section, shown
from itakit.document.phrases import prose, said
from itakit.document.shares import shares
from itakit.document.telling import Telling
from itakit.numerals import plain
from itakit.scheme import Scheme
from itakit.version import __version__
from itakit.wording import say

Teller: TypeAlias = Callable[[Telling], Iterator[Block]]

SECTIONS: Final[Mapping[str, Teller]] = {
    "sources": asked.sources,
    "respondents": asked.respondents,
    "asked": asked.asked,
    "scales": asked.scales,
    "adding": rules.adding,
    "missing": rules.missing,
    "rounding": rules.rounding,
    "grades": rules.grades,
    "calendar": rules.calendar,
}
"""The sections of the document by name, in the order in which they stand."""


def describe(scheme: Scheme, lang: str = "en", format: Markup = "md") -> str:
    r"""The method document of a scheme, in Thai or English, as Markdown or HTML.

    It says who is asked and what, what answers score, how scores add up, what each grade takes,
    and where the rules are stated.

    >>> import itakit
    >>> print(describe(itakit.find("ita_2565")).partition("\n")[0])
    # Integrity and Transparency Assessment (ITA) of public agencies, fiscal year B.E. 2565 (2022)

    HTML is one whole file that loads no other. Raises `KeyError` for another format.
    """
    return write(page(scheme, lang), format)


def page(scheme: Scheme, lang: str, names: tuple[str, ...] = tuple(SECTIONS)) -> Page:
    """The method document: what the scheme is, and the sections of some names.

    A section that has nothing to say is left out.
    """
    anchors = _anchors(scheme)
    told = Telling(scheme, lang, shares(scheme), anchors)
    sections = (
        Section(
            anchors[f"section {name}"],
            said(say(f"page-{name}"), lang),
            tuple(SECTIONS[name](told)),
        )
        for name in names
    )
    title = shown(scheme.title[lang]) or scheme.id
    return Page(lang, title, (*_about(told), *(part for part in sections if part.blocks)))


def _about(told: Telling) -> Iterator[Block]:
    scheme, lang = told.scheme, told.lang
    rows = [
        (said(say("column-id"), lang), scheme.id),
        (said(say("column-version"), lang), shown(scheme.version) or "—"),
        (said(say("page-head-hash"), lang), scheme.hash),
    ]
    cells = [(Cell(key), Cell(value)) for key, value in rows]
    yield told.table("page-head-key page-head-value", cells)
    low, high = map(plain, scheme.range)
    yield Paragraph(
        prose([say("page-about", itakit=__version__), say("page-range", low=low, high=high)], lang)
    )


def _anchors(scheme: Scheme) -> Mapping[str, str]:
    """What nodes, scales and sections are led to by: a node by its code, without its spaces."""
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    keys = [node.code for node in scheme.nodes()]
    keys += [f"scale {name}" for name in scheme.scales]
    keys += [f"section {name}" for name in SECTIONS]
    for key in keys:
        anchor = wanted = "-".join(shown(key).split())
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{wanted}-{number}"
        taken.add(anchor)
        anchors.setdefault(key, anchor)
    return anchors
