"""Directives that put into a page what `reference_text` makes from the code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import reference_text
from sphinx.util.docutils import SphinxDirective

from itakit.methods import BUILT_IN

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx


class Generated(SphinxDirective):
    """A directive whose content is Markdown that a function makes of its argument."""

    required_arguments = 1
    has_content = False

    def text(self) -> str:
        """The Markdown that stands in for the directive."""
        raise NotImplementedError

    def run(self) -> list[Node]:
        """Parse the text where the directive stands."""
        return self.parse_text_to_nodes(self.text())


class NotationTable(Generated):
    """The keys of a table of the notation."""

    def text(self) -> str:
        """A row for each key."""
        return reference_text.notation_table(reference_text.TABLES[self.arguments[0]])


class BuiltInMethod(Generated):
    """A built-in method."""

    def text(self) -> str:
        """Its terms, weights, parameters and laws."""
        return reference_text.method(BUILT_IN[self.arguments[0]])


class Command(Generated):
    """A command of the command line."""

    def text(self) -> str:
        """Its usage and options."""
        return reference_text.command(self.arguments[0])


class LawsOfMethods(Generated):
    """Which method keeps which law."""

    required_arguments = 0

    def text(self) -> str:
        """A row for each method."""
        return reference_text.laws_of_methods()


class LawsTried(Generated):
    """Every law that a scheme is tested on."""

    required_arguments = 0

    def text(self) -> str:
        """A row for each, in English and Thai."""
        return reference_text.laws_tried()


class TestingNames(Generated):
    """The names of the testing kit."""

    required_arguments = 0

    def text(self) -> str:
        """What is public in it, each with its docstring."""
        return reference_text.names_of("itakit.testing")


DIRECTIVES: dict[str, type[Generated]] = {
    "notation-table": NotationTable,
    "built-in-method": BuiltInMethod,
    "command": Command,
    "laws-of-methods": LawsOfMethods,
    "laws-tried": LawsTried,
    "testing-names": TestingNames,
}


def signature(
    _app: Sphinx,
    what: str,
    _name: str,
    obj: object,
    _options: object,
    arguments: str | None,
    returned: str | None,
) -> tuple[str | None, str | None]:
    """A signature without what attrs has made of it, and none for what only itakit makes."""
    fields = getattr(obj, "__attrs_attrs__", ()) if what == "class" else ()
    if any(field.name.startswith("_") for field in fields):
        return "", None
    if arguments is not None:
        arguments = re.sub(r"attr_dict\['\w+'\]\.default|\bNOTHING\b|\b_ZERO\b", "...", arguments)
    return arguments, returned


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directives known."""
    app.connect("autodoc-process-signature", signature)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
