"""What the reference says of tables, methods and commands, made from the code: as Markdown.

Nothing here knows of Sphinx, so that a test can read it too.
"""

from __future__ import annotations

import ast
import datetime
import inspect
from collections.abc import Iterable, Iterator
from fractions import Fraction
from importlib import import_module
from types import FunctionType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import click

from itakit.cli import main
from itakit.methods import BUILT_IN, Law, Method
from itakit.notation import tables
from itakit.policy import Missing
from itakit.titles import Title
from itakit.wording import say

LAWS: tuple[str, ...] = get_args(Law)
TABLES: dict[str, type] = {
    name: table
    for name, table in vars(tables).items()
    if isinstance(table, type) and name.endswith("Table")
}
"""The tables of the notation by the names of their classes."""
COMMANDS = main.commands
"""The commands of the command line by name."""

_KINDS: dict[Any, str] = {
    str: "text",
    bool: "`true` or `false`",
    int: "whole number",
    Fraction: "[number](#notation-numbers)",
    datetime.date: "date",
    Any: "value",
    Title: "[title](#notation-titles)",
    Missing: "[missing](#notation-missing)",
    tables.MethodTable: "[method](#notation-methods)",
    tables.Identifier: "[identifier](#notation-codes)",
    tables.Code: "[code](#notation-codes)",
    tables.Count: "whole number, 0 or more",
    tables.Places: "whole number from 0 to 50",
    tables.Share: "number from 0 to 1",
    tables.Pair: "list of two numbers",
    tables.Texts: "text, or list of texts",
}
_PLACES = {
    "AnswerTable": "answers",
    "GradeTable": "grades",
    "NodeTable": "nodes",
    "PhaseTable": "calendar",
    "RoundingTable": "rounding",
    "SampleTable": "sample",
    "ScaleTable": "scales",
    "SchemeTable": "scheme",
}


def keys(table: type) -> dict[str, attrs.Attribute[Any]]:
    """The fields of a table by the key that a file has for each."""
    return {field.metadata.get("name", field.name): field for field in attrs.fields(table)}


def kind(annotation: Any) -> str:
    """What a value looks like in a file, in words."""
    if annotation in _KINDS:
        return _KINDS[annotation]
    name = getattr(annotation, "__name__", "")
    if name in _PLACES:
        return f"[table](#notation-{_PLACES[name]})"
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{option!r}`".replace("'", '"') for option in parts)
    if origin in (Union, UnionType):
        return kind(next(part for part in parts if part is not type(None)))
    if origin is tuple:
        return f"list of {_plural(kind(parts[0]))}"
    if origin is dict:
        inner = kind(parts[1])
        return inner if get_origin(parts[1]) is tuple else f"{_plural(inner)} by name"
    raise TypeError(f"no words for the type {annotation}")


def _plural(words: str) -> str:
    return words.replace("]", "s]", 1) if words.startswith("[") else f"{words}s"


def default(field: attrs.Attribute[Any]) -> str:
    """What a key is when it is left out."""
    value: Any = field.default
    if value is attrs.NOTHING:
        return "**required**"
    if value is None or not value or isinstance(value, attrs.Factory):  # type: ignore[arg-type]
        return "`false`" if value is False else "`0`" if value == 0 and value is not None else "—"
    if isinstance(value, Missing):
        return f'`"{value.policy}"`'
    if isinstance(value, tables.RoundingTable):
        return f'`{{ places = {value.places}, mode = "{value.mode}" }}`'
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def notation_table(table: type) -> str:
    """The keys of a table of the notation, a row for each."""
    hints = get_type_hints(table)
    rows = [
        (f"`{key}`", kind(hints[field.name]), default(field), field.metadata["about"])
        for key, field in keys(table).items()
    ]
    return _markdown(("key", "value", "left out", "meaning"), rows)


def method(method: Method) -> str:
    """What a built-in method is: terms, weights, parameters and laws."""
    least, most = method.terms
    count = f"exactly {least}" if least == most else f"{least} or more"
    lines = [
        f"{method.about[0].upper()}{method.about[1:]}.",
        "",
        f"* terms: {count}; weights: {'required' if method.weighted else _weights(method)}",
    ]
    lines += [
        f"* parameter `{name}` ({parameter.kind}{', required' if parameter.required else ''}): "
        f"{parameter.about}"
        for name, parameter in method.parameters.items()
    ]
    laws = ", ".join(f"[{law}](#law-{law})" for law in LAWS if law in method.laws)
    return "\n".join([*lines, f"* laws: {laws}"])


def _weights(method: Method) -> str:
    return "count in or out only" if method.name in ("k-of-n", "all-of") else "used where given"


def laws_of_methods() -> str:
    """Which built-in method keeps which law."""
    rows = [
        (f"[`{name}`](#method-{name})", *("✓" if law in m.laws else "" for law in LAWS))
        for name, m in BUILT_IN.items()
    ]
    return _markdown(("method", *(f"[{law}](#law-{law})" for law in LAWS)), rows)


def laws_tried() -> str:
    """Every law that a scheme is tested on, in the words in which the command tells it."""
    from itakit.testing.method_laws import METHOD_LAWS
    from itakit.testing.scheme_laws import ITEM_LAWS, SCHEME_LAWS

    groups: list[tuple[str, list[str]]] = [
        ("methods", [*METHOD_LAWS]),
        ("items", [*ITEM_LAWS]),
        ("schemes", [*SCHEME_LAWS, "dump"]),
    ]
    rows = [
        (say(f"law-{law}").text("en"), say(f"law-{law}").text("th"), of)
        for of, laws in groups
        for law in laws
    ]
    return _markdown(("law", "กฎ", "a law of"), rows)


def command(name: str) -> str:
    """A command as its own help tells it: usage, what it does, its options."""
    found = COMMANDS[name]
    # A command remembers what its help was first asked for with, also for whoever calls it later.
    context = click.Context(found, info_name=f"itakit {name}", help_option_names=["-h", "--help"])
    usage = found.get_usage(context).removeprefix("Usage: ")
    about = " ".join((found.help or "").split())
    rows = [
        (_switches(option), option.help or "")
        for option in found.params
        if isinstance(option, click.Option)
    ]
    table = _markdown(("option", "meaning"), [*rows, ("`-h`, `--help`", "Show the help and exit.")])
    return f"```text\n{usage}\n```\n\n{about}\n\n{table}"


def _switches(option: click.Option) -> str:
    switches = ", ".join(f"`{switch}`" for switch in option.opts)
    if option.is_flag:
        return switches
    if isinstance(option.type, click.Choice):
        return f"{switches} " + " or ".join(f"`{choice}`" for choice in option.type.choices)
    return f"{switches} *{option.metavar or option.type.name}*"


def names_of(module: str) -> str:
    """The public names of a module, each documented by its docstring."""
    names = import_module(module)
    directives = [_documented(module, name, getattr(names, name)) for name in names.__all__]
    return "\n".join(["```{eval-rst}", *directives, "```"])


def _documented(module: str, name: str, value: object) -> str:
    if isinstance(value, type):
        directive = "autoexception" if issubclass(value, Exception) else "autoclass"
    elif isinstance(value, FunctionType):
        directive = "autofunction"
    else:
        # A value has only its type's docstring: what is said of it stands below it in its module.
        about = " ".join(said_of(module, name).split())
        return f".. py:data:: {module}.{name}\n\n   {about}\n"
    return f".. {directive}:: {module}.{name}\n"


def said_of(module: str, name: str) -> str:
    """The docstring below the assignment of a name, in the module where it is made."""
    tree = ast.parse(inspect.getsource(import_module(module))).body
    for i, statement in enumerate(tree):
        if isinstance(statement, ast.ImportFrom) and statement.module:
            if name in [alias.name for alias in statement.names]:
                return said_of(statement.module, name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            if name in [target.id for target in targets if isinstance(target, ast.Name)]:
                match tree[i + 1 : i + 2]:
                    case [ast.Expr(ast.Constant(str() as text))]:
                        return text
    raise LookupError(f"nothing is said of {name} in {module}")


def _markdown(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(_lines(heads, rows))


def _lines(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
