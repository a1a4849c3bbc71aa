"""The command line.

Exit status: 0 done, 1 the input is wrong, 2 the call is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from itakit import catalogue, tables
from itakit.dossier import assess
from itakit.entries import KINDS
from itakit.errors import CatalogueError, EvidenceError, ItakitError, Problem
from itakit.language import LANGUAGES, system_language
from itakit.notation import Checked
from itakit.notation.jsonschema import json_schema
from itakit.output import open_streams, put, write_whole
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.trial import law_checker, tried
from itakit.version import __version__
from itakit.wording import say

T = TypeVar("T")
INTERRUPTED = 130
"""The exit status after Ctrl-C, as a shell tells it of any program."""


def run() -> None:
    """Run a command; whatever is wrong with its input ends in sentences and a status."""
    open_streams()
    try:
        status = main.main(prog_name="itakit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        status = INTERRUPTED
    raise SystemExit(status or 0)


class Commands(click.Group):
    """Commands whose errors in the input are told and not raised."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and turn errors in its input into a status."""
        try:
            return super().invoke(ctx)
        except ItakitError as error:
            click.echo(error.text(ctx.obj or system_language()), err=True)
            raise SystemExit(1) from None


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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="itakit")
def main() -> None:
    """Compute public-integrity scores from rules written as data.

    SCHEME is the id of an installed scheme if it is written like one (a to z, digits, _ and -),
    else the path of a scheme file. FILE holds one unit's evidence: its name ends in .toml, .json
    or .csv (columns code and score).
    """


@main.command()
@click.argument("schemes", metavar="SCHEME...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="Warnings count as problems.")
@language
def check(schemes: tuple[str, ...], *, strict: bool, lang: str) -> None:
    """Tell every problem of scheme files."""
    failed = False
    for scheme in schemes:
        path, checked = looked_up(scheme)
        put("".join(problem.text(lang) + "\n" for problem in checked.problems))
        if not checked.problems:
            put(say("cli-ok", path=path).text(lang) + "\n")
        failed |= checked.scheme is None or (strict and bool(checked.problems))
    if failed:
        raise SystemExit(1)


@main.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(tables.FORMATS),
    help="By default what OUT's name ends in: .json, .csv, .md, or .txt for a table.",
)
@language
def score(
    scheme: str,
    files: tuple[str, ...],
    output: str | None,
    format_: tables.Format | None,
    lang: str,
) -> None:
    """Compute a unit's scores from its evidence.

    Several files are parts of one unit's evidence.
    """
    chosen = format_ or format_of(output, lang)
    path, checked = looked_up(scheme)
    text = tables.render(assess(checked.unwrap(), files), chosen, lang)
    if output is None:
        put(text)
    else:
        write_whole(output, text, (*files, path))


@main.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE... [CODE]", nargs=-1, required=True)
@language
def explain(scheme: str, files: tuple[str, ...], lang: str) -> None:
    """Explain a unit's score, node by node.

    The last argument is a CODE if there is a FILE before it and its name does not end in .toml,
    .json or .csv; then that node's score is explained.
    """
    _, checked = looked_up(scheme)
    rules = checked.unwrap()
    *before, last = files
    code = last if before and Path(last).suffix.lower() not in KINDS else None
    if code is not None and code not in rules:
        says = say("no-code-to-explain", scheme=rules.id, known=", ".join(KINDS))
        raise EvidenceError([Problem(says, did_you_mean(code, rules.plan.index), key=code)])
    put(assess(rules, files if code is None else before).explain(code, lang) + "\n")


@main.command()
@click.argument("schemes", metavar="SCHEME...", nargs=-1, required=True)
@click.option("--cases-only", is_flag=True, help="Leave out the laws.")
@language
def test(schemes: tuple[str, ...], *, cases_only: bool, lang: str) -> None:
    """Test schemes on their golden cases, and on the laws of averaging and weighting."""
    try:
        laws = None if cases_only else law_checker()
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        click.echo(say("testing-missing").text(lang), err=True)
        raise SystemExit(2) from None
    failed = False
    for scheme in schemes:
        path, checked = looked_up(scheme)
        try:
            rules = checked.unwrap()
            for done in tried(rules, path, laws):
                put(done.text(lang) + "\n")
        except ItakitError as error:
            put(error.text(lang) + "\n")
            failed = True
    if failed:
        raise SystemExit(1)


@main.command()
@language
def schemes(lang: str) -> None:
    """List the installed schemes, and the package that brought each."""
    found = catalogue.survey()
    rows = [[say(f"column-{name}").text(lang) for name in ("id", "version", "package", "title")]]
    problems = list(found.problems)
    for entry in found.schemes.values():
        checked = catalogue.check_installed(entry)
        if checked.scheme is None:
            problems.extend(p for p in checked.problems if p.severity == "error")
            rows.append([entry.id, "—", entry.package, "—"])
        else:
            title = checked.scheme.title[lang]
            rows.append([entry.id, checked.scheme.version or "—", entry.package, title])
    put(tables.columns(rows))
    if problems:
        raise CatalogueError(problems)


@main.command()
def schema() -> None:
    """Print the JSON Schema of scheme files, for editors."""
    put(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")


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


def format_of(output: str | None, lang: str) -> tables.Format:
    """The format that the name of a file asks for; a table where there is no file."""
    if output is None:
        return "table"
    suffix = Path(output).suffix.lower()
    if suffix not in tables.SUFFIXES:
        known = ", ".join(tables.SUFFIXES)
        raise click.UsageError(say("output-kind", output=printable(output), known=known).text(lang))
    return tables.SUFFIXES[suffix]
