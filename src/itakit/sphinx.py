"""A directive for Sphinx that tells of a scheme in anyone's documentation.

    .. itakit-scheme:: rules.toml
       :lang: th
       :sections: asked grades

The argument is the path of a scheme file, as Sphinx reads paths, or the id of an installed scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from itakit import catalogue
from itakit.document.description import SECTIONS, page
from itakit.document.page import Block, Cell, Paragraph, Points, Section, Table
from itakit.errors import CatalogueError
from itakit.language import LANGUAGES
from itakit.notation import Checked
from itakit.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LOG: Final = logging.getLogger(__name__)
_ID: Final = re.compile("[a-z0-9_-]+")


def _language(argument: str | None) -> str:
    return str(directives.choice(argument, LANGUAGES))


def _sections(argument: str | None) -> tuple[str, ...]:
    """Names of sections between spaces or commas. Raises `ValueError` for one that there is not."""
    names = re.split(r"[\s,]+", directives.unchanged_required(argument).strip())
    return tuple(str(directives.choice(name, tuple(SECTIONS))) for name in names)


class SchemeDirective(SphinxDirective):
    """The method document of a scheme, below the heading where the directive stands."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"lang": _language, "sections": _sections}

    def run(self) -> list[nodes.Node]:
        """The document's nodes; where the scheme has errors, a warning for each and nothing."""
        checked = self.checked(self.arguments[0])
        lang = self.options.get("lang") or self.language()
        if checked.scheme is None:
            errors = (p for p in checked.problems if p.severity == "error")
            for problem in errors:
                _LOG.warning("%s", problem.text(lang), location=self.get_location())
            return []
        told = page(checked.scheme, lang, self.options.get("sections", tuple(SECTIONS)))
        places = _Places(self.state.document, _anchors(told.blocks))
        return list(_written(told.blocks, places, nested=self.nested()))

    def nested(self) -> bool:
        """Whether it stands inside a list, a note or the like, where no section may begin."""
        return not isinstance(self.state_machine.node, nodes.document | nodes.section)

    def language(self) -> str:
        """The language of the documentation, where it is one that schemes are told in."""
        return next((lang for lang in LANGUAGES if lang == self.config.language), "en")

    def checked(self, scheme: str) -> Checked:
        """The scheme, on which the page depends from now on, and its problems."""
        if _ID.fullmatch(scheme):
            try:
                entry = catalogue.locate(scheme)
            except CatalogueError as error:
                return Checked(None, error.problems)
            found = str(entry.path)
            checked = catalogue.check_installed(entry)
        else:
            _, found = self.env.relfn2path(scheme)
            checked = catalogue.check(found)
        for path in (found, *checked.files):
            self.env.note_dependency(path)
        return checked


def _anchors(blocks: Iterable[Block]) -> Iterator[str]:
    """All places of blocks that something may lead to."""
    for block in blocks:
        if isinstance(block, Section):
            yield block.anchor
            yield from _anchors(block.blocks)
        elif isinstance(block, Table):
            yield from (row[0].anchor for row in block.rows if row[0].anchor)


class _Places:
    """The ids of anchors: an anchor itself, unless the page has that id from somewhere else."""

    def __init__(self, document: nodes.document, anchors: Iterable[str]) -> None:
        self.document = document
        self.ids: dict[str, str] = {}
        for anchor in anchors:
            found, number = anchor, 1
            while found in document.ids:
                number += 1
                found = f"{anchor}-{number}"
            self.ids[anchor] = found

    def make(self, node: nodes.Element, anchor: str) -> None:
        """Make a node the place of an anchor."""
        node["ids"].append(self.ids[anchor])
        self.document.set_id(node)


def _written(blocks: Iterable[Block], places: _Places, *, nested: bool) -> Iterator[nodes.Node]:
    """The nodes of blocks. Where no section may begin, a section is its heading and its blocks."""
    for block in blocks:
        match block:
            case Paragraph(text):
                yield nodes.paragraph("", text)
            case Points(texts):
                items = (nodes.list_item("", nodes.paragraph("", text)) for text in texts)
                yield nodes.bullet_list("", *items, bullet="*")
            case Table():
                yield _table(block, places)
            case _ if nested:
                heading = nodes.rubric("", block.title)
                places.make(heading, block.anchor)
                yield heading
                yield from _written(block.blocks, places, nested=True)
            case _:
                section = nodes.section("", nodes.title("", block.title))
                places.make(section, block.anchor)
                section.extend(_written(block.blocks, places, nested=False))
                yield section


def _table(table: Table, places: _Places) -> nodes.table:
    """A table whose first column holds heads, too."""
    heads = nodes.row(
        "", *(_entry(Cell(head), i, table, places) for i, head in enumerate(table.heads))
    )
    body = nodes.tbody()
    for cells in table.rows:
        row = nodes.row("", *(_entry(cell, i, table, places) for i, cell in enumerate(cells)))
        if cells[0].anchor:
            places.make(row, cells[0].anchor)
        body.append(row)
    columns = len(table.heads)
    widths = (nodes.colspec(colwidth=100 // columns, stub=int(i == 0)) for i in range(columns))
    group = nodes.tgroup("", *widths, nodes.thead("", heads), body, cols=columns)
    return nodes.table("", group, classes=["colwidths-auto"])


def _entry(cell: Cell, column: int, table: Table, places: _Places) -> nodes.entry:
    text: nodes.Node = nodes.Text("\u2003" * cell.depth + cell.text)
    if cell.to in places.ids:
        text = nodes.reference("", "", text, internal=True, refid=places.ids[cell.to])
    classes = ["text-right"] if column in table.right else []
    return nodes.entry("", nodes.paragraph("", "", text), classes=classes)


def setup(app: Sphinx) -> Mapping[str, object]:
    """Make the directive known."""
    app.add_directive("itakit-scheme", SchemeDirective)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
