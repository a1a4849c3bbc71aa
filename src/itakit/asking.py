"""Asking: what commands have in common, such as the language and how files are to be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from glob import has_magic
from os.path import isdir  # which says no of a name that no file can have
from pathlib import Path
from typing import Final, Literal, TypeAlias, TypeVar, get_args

import click

from itakit import catalogue, tables
from itakit.errors import CatalogueError, ItakitError, Problem
from itakit.language import LANGUAGES, system_language
from itakit.notation import Checked
from itakit.text import printable
from itakit.wording import say

Format: TypeAlias = Literal["table", "json", "csv", "md", "parquet", "xlsx"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
BINARY: Final[tuple[Format, ...]] = ("parquet", "xlsx")
"""The formats that are no text, and for many units only."""
SUFFIXES: Final[Mapping[str, Format]] = {
    **tables.SUFFIXES,
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}
"""The format by what a file's name ends in."""
T = TypeVar("T")
_EXTRAS: Final = {
    "jinja2": "report-missing-extra",
    "narwhals": "frames-missing",
    "numpy": "certainty-missing",
    "polars": "frames-missing",
    "scipy": "certainty-missing",
    "xlsxwriter": "xlsx-missing",
}
"""By the library that is not there, what to say."""


def _remember(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
    """Keep the language for what is told after the command is over."""
    root = ctx.find_root()
    root.obj = value or root.obj or system_language()
    return str(root.obj)


def language(command: Callable[..., T]) -> Callable[..., T]:
    """The option --lang."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        callback=_remember,
        is_eager=True,
        help="Language of titles and messages; by default the system's.",
    )(command)


def responses(command: Callable[..., T]) -> Callable[..., T]:
    """The options that say how files of responses are to be read."""
    options = [
        click.option("--item", metavar="COLUMN", help="In long files: the item's code."),
        click.option("--answer", metavar="COLUMN", help="In long files: the answer to it."),
        click.option("--respondent", metavar="COLUMN", help="Nobody may be counted twice."),
        click.option("--weight", metavar="COLUMN", help="How many a respondent stands for."),
        click.option(
            "--keep", metavar="COLUMN", multiple=True, help="Leave a column alone; repeatable."
        ),
        click.option("--scores", is_flag=True, help="Every column holds scores."),
        click.option(
            "--on-unknown",
            type=click.Choice(["error", "missing"]),
            default="error",
            help="What an answer means that nobody declared: an error, or missing and counted.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def looked_up(scheme: str) -> tuple[str, Checked]:
    """The file of a SCHEME and what became of it; an id that is not installed is a problem."""
    if not re.fullmatch("[a-z0-9_-]+", scheme):
        return scheme, catalogue.check(scheme)
    try:
        entry = catalogue.locate(scheme)
    except CatalogueError as error:
        problems = error.problems
        beside = f"{scheme}.toml"
        if problems[0].says.name == "no-scheme" and Path(beside).is_file():
            advice = say("did-you-mean", name=printable(beside))
            problems = (Problem(problems[0].says, advice, key=scheme),)
        return scheme, Checked(None, problems)
    return str(entry.path), catalogue.check_installed(entry)


@contextmanager
def extras(lang: str) -> Iterator[None]:
    """What reads responses and writes workbooks is an extra: that it is missing is told."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = str(error.name).partition(".")[0]
        if library not in _EXTRAS:
            raise
        click.echo(say(_EXTRAS[library]).text(lang), err=True)
        raise SystemExit(2) from None


def format_of(output: str | None, lang: str) -> Format:
    """The format that the name of a file asks for; a table where there is no file."""
    if output is None:
        return "table"
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise click.UsageError(say("output-kind", output=printable(output), known=known).text(lang))
    return SUFFIXES[suffix]


def text_format(given: tables.Format | None, output: str | None, lang: str) -> tables.Format:
    """The format asked for, or that of a file's name; one for scores of many units is refused."""
    chosen = given or format_of(output, lang)
    if chosen == "parquet" or chosen == "xlsx":  # noqa: PLR1714  # so that types are narrowed
        raise click.UsageError(say("format-of-one", format=chosen).text(lang))
    return chosen


def keep_out(output: str, files: Iterable[str], lang: str) -> None:
    """Refuse an output that the next call would take for an input."""
    meant = [name for name in files if has_magic(name) or isdir(name)]  # noqa: PTH112
    if meant:
        with extras(lang):
            from itakit.files import stands_for
        if within := [name for name in meant if stands_for(name, output)]:
            says = say("output-among-inputs", inputs=printable(within[0]))
            raise ItakitError([Problem(says, say("write-elsewhere"), path=output)])
