"""The command line.

Exit status: 0 done, 1 the input is wrong, 2 the call is wrong.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import click

from itakit import catalogue, plugins, tables
from itakit.asking import language, looked_up
from itakit.cli_audit import audit
from itakit.cli_certainty import certainty, robustness
from itakit.cli_compare import compare, rank
from itakit.cli_describe import codebook, describe, questionnaire
from itakit.cli_gains import gains
from itakit.cli_new import new
from itakit.cli_plan import plan
from itakit.cli_report import report
from itakit.cli_schemes import diff
from itakit.cli_score import explain, score
from itakit.errors import CatalogueError, ItakitError
from itakit.idiom import in_options
from itakit.language import system_language
from itakit.notation.jsonschema import json_schema
from itakit.output import open_streams, put
from itakit.trial import Trial, law_checker, tried
from itakit.version import __version__
from itakit.wording import say

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
            lang = ctx.obj or system_language()
            for problem in error.problems:
                click.echo(in_options(problem).text(lang), err=True)
            raise SystemExit(1) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="itakit")
def main() -> None:
    """Compute public-integrity scores from rules written as data.

    SCHEME is the id of an installed scheme if it is written like one (a to z, digits, _ and -),
    else the path of a scheme file. FILE holds responses, a row for every respondent, unit or
    answer (.csv, .parquet or .xlsx; a folder or a pattern stands for several), or one unit's
    evidence (.toml, .json, or .csv with the columns code and score, or code and answer).
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
@click.argument("schemes", metavar="SCHEME...", nargs=-1, required=True)
@click.option("--cases-only", is_flag=True, help="Leave out the laws.")
@click.option("--reach", is_flag=True, help="Tell everything that no case reaches.")
@click.option(
    "--mutations", is_flag=True, help="Change the scheme one place at a time: do cases notice?"
)
@click.option(
    "--at-least",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="How many of the mutations the cases must catch.",
)
@language
def test(
    schemes: tuple[str, ...],
    *,
    cases_only: bool,
    reach: bool,
    mutations: bool,
    at_least: int | None,
    lang: str,
) -> None:
    """Test schemes on their golden cases, and on the laws of averaging and weighting."""
    if at_least is not None and not mutations:
        raise click.UsageError(say("no-mutations-alone").text(lang))
    try:
        laws = None if cases_only else law_checker()
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        click.echo(say("testing-missing").text(lang), err=True)
        raise SystemExit(2) from None
    trial = Trial(laws, reach, mutations, Fraction(at_least or 0))
    failed = False
    for scheme in schemes:
        path, checked = looked_up(scheme)
        try:
            rules = checked.unwrap()
            for done in tried(rules, path, trial):
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
    methods, problems = plugins.methods()
    put(json.dumps(json_schema(methods), ensure_ascii=False, indent=2) + "\n")
    if problems:
        raise CatalogueError(problems)


main.add_command(score)
main.add_command(explain)
main.add_command(compare)
main.add_command(rank)
main.add_command(new)
main.add_command(diff)
main.add_command(describe)
main.add_command(codebook)
main.add_command(questionnaire)
main.add_command(audit)
main.add_command(certainty)
main.add_command(robustness)
main.add_command(report)
main.add_command(gains)
main.add_command(plan)
