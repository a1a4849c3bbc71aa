"""The command line.

Exit status: 0 done, 1 the input is wrong, 2 the call is wrong.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from itakit import catalogue, tables
from itakit.cases import cases_path, run_cases
from itakit.dossier import Dossier, read_dossier
from itakit.errors import EvidenceError, ItakitError, Problem
from itakit.evaluation import evaluate
from itakit.notation.jsonschema import json_schema
from itakit.result import Result
from itakit.scheme import Scheme
from itakit.version import __version__
from itakit.wording import Message, say

T = TypeVar("T")
LANGUAGES = ("th", "en")


def system_language() -> str:
    """Thai where the environment says so, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "th" if os.environ[name].lower().startswith("th") else "en"
    return "en"


def run() -> None:
    """Run a command; whatever is wrong with its input ends in sentences and a status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Thai goes through a pipe whatever the locale; a terminal keeps its own encoding.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    main(prog_name="itakit")


def fail(error: ItakitError, lang: str) -> None:
    """Tell all problems and stop."""
    click.echo(error.text(lang), err=True)
    raise SystemExit(1)


class Commands(click.Group):
    """Commands whose errors in the input are told and not raised."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and turn errors in its input into a status."""
        try:
            return super().invoke(ctx)
        except ItakitError as error:
            return fail(error, ctx.params.get("lang") or _lang(ctx))


def _lang(ctx: click.Context) -> str:
    return str((ctx.obj or {}).get("lang") or system_language())


def _remember(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
    lang = value or _lang(ctx)
    ctx.find_root().obj = {"lang": lang}
    return lang


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

    SCHEME is the path of a scheme file or the id of an installed scheme.
    """


@main.command()
@click.argument("schemes", metavar="SCHEME...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="Warnings count as problems.")
@language
def check(schemes: tuple[str, ...], strict: bool, lang: str) -> None:
    """Tell every problem of scheme files."""
    failed = False
    for scheme in schemes:
        path = scheme_path(scheme)
        problems = catalogue.check(path).problems
        for problem in problems:
            click.echo(problem.text(lang))
        failed |= strict and bool(problems)
        failed |= any(problem.severity == "error" for problem in problems)
        if not problems:
            click.echo(say("cli-ok", path=path).text(lang))
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
    help="By default what OUT's name ends in, else a table.",
)
@language
def score(
    scheme: str, files: tuple[str, ...], output: str | None, format_: str | None, lang: str
) -> None:
    """Compute a unit's scores from evidence in TOML, JSON or CSV (code,score).

    Several files are parts of one unit's evidence.
    """
    result = evaluated(load_scheme(scheme), files)
    suffix = Path(output or "").suffix[1:].lower()
    chosen = next((f for f in tables.FORMATS if f in (format_, None if format_ else suffix)), "table")
    text = tables.render(result, chosen, lang)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text, (*files, scheme))


@main.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE... [CODE]", nargs=-1, required=True)
@language
def explain(scheme: str, files: tuple[str, ...], lang: str) -> None:
    """Explain a unit's score, node by node; with CODE, that node's alone."""
    rules = load_scheme(scheme)
    code = None
    if len(files) > 1 and not Path(files[-1]).exists() and not Path(files[-1]).suffix.isalpha():
        last = files[-1]
        if last in rules or "." not in last:
            code, files = last, files[:-1]
    if code is not None and code not in rules:
        raise EvidenceError([Problem(say("no-code-to-explain", scheme=rules.id), key=code)])
    click.echo(evaluated(rules, files).explain(code, lang))


@main.command()
@click.argument("schemes", metavar="SCHEME...", nargs=-1, required=True)
@click.option("--cases-only", is_flag=True, help="Leave out the laws.")
@language
def test(schemes: tuple[str, ...], cases_only: bool, lang: str) -> None:
    """Test schemes on their golden cases, and on the laws of averaging and weighting."""
    failed = False
    for scheme in schemes:
        path = scheme_path(scheme)
        rules = catalogue.load(path)
        problems = list(run_golden(rules, path, lang))
        failed |= bool(problems)
        for problem in problems:
            click.echo(problem.text(lang))
        if not cases_only:
            laws = checked_laws(rules, lang)
            click.echo(say("cli-laws", path=path, n=len(laws)).text(lang))
    if failed:
        raise SystemExit(1)


@main.command()
@language
def schemes(lang: str) -> None:
    """List the installed schemes, and the package that brought each."""
    found = catalogue.survey()
    rows = [["id", "version", "package", say("column-title").text(lang)]]
    problems = list(found.problems)
    for entry in found.schemes.values():
        checked = catalogue.check(entry.path)
        if checked.scheme is None:
            problems.extend(p for p in checked.problems if p.severity == "error")
        title = checked.scheme.title[lang] if checked.scheme else "—"
        version = checked.scheme.version if checked.scheme else "—"
        rows.append([entry.id, version, entry.package, title])
    click.echo(tables.columns(rows), nl=False)
    for problem in problems:
        click.echo(problem.text(lang), err=True)
    if problems:
        raise SystemExit(1)


@main.command()
def schema() -> None:
    """Print the JSON Schema of scheme files, for editors."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def is_path(scheme: str) -> bool:
    """Whether a SCHEME is the path of a file; if not, it is an id."""
    return scheme.endswith(".toml") or os.path.sep in scheme or Path(scheme).exists()


def scheme_path(scheme: str) -> str:
    """The file of a SCHEME. Raises `CatalogueError` for an id that is not installed."""
    return scheme if is_path(scheme) else str(catalogue.locate(scheme).path)


def load_scheme(scheme: str) -> Scheme:
    """The scheme of a path or an id."""
    return catalogue.load(scheme_path(scheme))


def evaluated(scheme: Scheme, files: Iterable[str]) -> Result:
    """The result of a unit whose evidence stands in files; its errors name file and line."""
    dossier: Dossier = read_dossier(files)
    try:
        return evaluate(scheme, dossier.evidence)
    except EvidenceError as error:
        raise dossier.address(error) from None


def run_golden(scheme: Scheme, path: str, lang: str) -> Iterable[Problem]:
    """The problems of a scheme's golden cases."""
    beside = cases_path(path)
    if not beside.is_file():
        click.echo(f"{path}: {say('no-cases', name=beside.name).text(lang)}", err=True)
        return
    outcomes = run_cases(scheme, beside)
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    yield from problems
    if not problems:
        figures = sum(len(outcome.case.expect) for outcome in outcomes)
        done = say("cli-cases", path=path, n=len(outcomes), expectations=figures)
        click.echo(done.text(lang))


def checked_laws(scheme: Scheme, lang: str) -> tuple[str, ...]:
    """The laws that hold for a scheme, each tried on random evidence."""
    try:
        from itakit.testing import check_laws
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        click.echo(say("testing-missing").text(lang), err=True)
        raise SystemExit(2) from None
    return tuple(check_laws(scheme))


def write_whole(output: str, text: str, inputs: Iterable[str]) -> None:
    """Write a file whole or not at all, and never over an input."""
    target = Path(output)
    for path in inputs:
        if target.exists() and Path(path).exists() and target.samefile(path):
            raise EvidenceError([Problem(say("would-overwrite"), path=output)])
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with open(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        says: Message = say("cannot-write", reason=(error.strerror or str(error)).lower())
        raise EvidenceError([Problem(says, path=output)]) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
