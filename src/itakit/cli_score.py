"""The commands that score: of one unit or of many, from evidence or from responses."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from os.path import isfile  # which say no of a name that no file can have
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from itakit import tables
from itakit.arguments import KNOWN, holds_one_unit, inputs_of, names_a_file
from itakit.asking import (
    BINARY,
    FORMATS,
    Format,
    extras,
    format_of,
    keep_out,
    language,
    looked_up,
    responses,
)
from itakit.clamping import beyond, clamped_of
from itakit.dossier import assess, read_dossier
from itakit.errors import EvidenceError, Problem
from itakit.evaluation import evaluate
from itakit.idiom import in_options
from itakit.output import deliver, put, spare, write_whole
from itakit.progress import Progress
from itakit.result import Result
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.wording import say

if TYPE_CHECKING:
    from itakit.frames.board import Board
    from itakit.scoring import Terms


@click.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--unit", metavar="COLUMN", help="What is assessed; without it, all is of one unit.")
@responses
@click.option(
    "--population",
    metavar="COLUMN|FILE",
    help="How many people a unit's respondents are a sample of; in a FILE, a column per survey.",
)
@click.option("--strict", is_flag=True, help="A unit without a score is an error.")
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="By default what OUT's name ends in: .json, .csv, .md, .parquet, .xlsx, or .txt.",
)
@language
def score(
    scheme: str,
    files: tuple[str, ...],
    unit: str | None,
    population: str | None,
    *,
    strict: bool,
    output: str | None,
    format_: Format | None,
    lang: str,
    **reading: Any,
) -> None:
    """Compute the scores of one unit or of many.

    Several files are several instruments, or parts of one. With --unit, there is a row in OUT for
    every unit and node.
    """
    chosen = format_ or format_of(output, lang)
    of_one = _of_one(chosen, population, lang) if unit is None else None
    if output is None and chosen in BINARY and sys.stdout.isatty():
        raise click.UsageError(say("format-needs-file", format=chosen).text(lang))
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    inputs = [path, *checked.files, *inputs_of(files, lang)]
    sheet = population if population is not None and names_a_file(population) else None
    if sheet is not None:
        inputs += inputs_of([sheet], lang)
    if output is not None:
        spare(output, inputs)
        keep_out(output, files, lang)
    if of_one is not None:
        result = sole(rules, files, reading, lang)
        if strict and result.score is None:
            raise EvidenceError([Problem(say("no-score-at-all"), key=rules.root.code)])
        deliver(output, tables.render(result, of_one, lang), inputs)
        for line in beyond([*clamped_of(result)]):
            click.echo(line.text(lang), err=True)
        return
    with extras(lang):
        from itakit import boards
        from itakit.scoring import score_files

        if chosen == "xlsx":
            import_module("xlsxwriter")
    if sheets := [f for f in files if isfile(f) and holds_one_unit(f, reading)]:  # noqa: PTH113
        raise EvidenceError(Problem(say("dossier-with-unit"), path=file) for file in sheets)
    terms = terms_of(unit, None if sheet else population, reading, sheet)
    with Progress(lang) as tell:
        board = score_files(rules, files, terms, lang, tell)
        if strict and board.without_score:
            raise EvidenceError(board.problems())
        tell(say("writing", n=len(board.table)))
        data = boards.render(board, chosen, lang)
        if output is not None:
            write_whole(output, data, inputs)
    if output is None:
        put(data)
    _report(board, boards.summary(board, lang, chosen), output, chosen, lang)


@click.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE... [CODE]", nargs=-1, required=True)
@click.option(
    "--unit",
    metavar="[COLUMN=]UNIT",
    help="Whose score; the column may be left out where no other is without a role.",
)
@responses
@language
def explain(
    scheme: str, files: tuple[str, ...], unit: str | None, *, lang: str, **reading: Any
) -> None:
    """Explain a unit's score, node by node.

    The last argument is a CODE if there is a FILE before it and it is not the name of a file: that
    ends in .csv, .parquet, .xlsx, .toml or .json, is a pattern, or is there.
    """
    _, checked = looked_up(scheme)
    rules = checked.unwrap()
    *before, last = files
    code = last if before and not names_a_file(last) else None
    if code is not None and code not in rules:
        says = say("no-code-to-explain", scheme=rules.id, known=", ".join(KNOWN))
        raise EvidenceError([Problem(says, did_you_mean(code, rules.plan.index), key=code)])
    paths = files if code is None else tuple(before)
    result = result_of(rules, paths, unit, reading, lang)
    put(result.explain(code, lang) + "\n")


def result_of(
    rules: Scheme, paths: Sequence[str], unit: str | None, reading: Mapping[str, Any], lang: str
) -> Result:
    """The scores of one unit, by the column and the name of it where files tell of many."""
    if unit is None:
        return sole(rules, paths, reading, lang)
    with extras(lang):
        from itakit.scoring import evidence_of, unit_column

    column, name = unit.split("=", 1) if "=" in unit else ("", unit)
    column = column or unit_column(rules, paths, terms_of(None, None, reading, None))
    terms = terms_of(column, None, reading, None)
    with Progress(lang) as tell:
        return evaluate(rules, evidence_of(rules, paths, terms, name, tell))


def terms_of(
    unit: str | None, population: str | None, reading: Mapping[str, Any], sheet: str | None
) -> Terms:
    """How the files are to be read, of what the options say."""
    from itakit.frames.roles import Columns
    from itakit.scoring import Terms

    names = {name: reading[name] for name in ("item", "answer", "respondent", "weight", "keep")}
    columns = Columns(unit, population=population, **names)
    return Terms(columns, reading["scores"], reading["on_unknown"], sheet)


def _of_one(chosen: Format, population: str | None, lang: str) -> tables.Format:
    """A format for one unit; what there is for many only is refused."""
    if chosen == "parquet" or chosen == "xlsx":  # noqa: PLR1714  # so that types are narrowed
        raise click.UsageError(say("format-needs-unit", format=chosen).text(lang))
    if population is not None:
        raise click.UsageError(say("population-needs-unit").text(lang))
    return chosen


def sole(scheme: Scheme, files: Sequence[str], reading: Mapping[str, Any], lang: str) -> Result:
    """The scores of the one unit of which all files tell."""
    dossiers = [path for path in files if holds_one_unit(path, reading)]
    tables_ = [path for path in files if path not in dossiers]
    if not tables_:
        return assess(scheme, files)
    with extras(lang):
        from itakit.scoring import sole_evidence
    with Progress(lang) as tell:
        evidence = sole_evidence(scheme, tables_, terms_of(None, None, reading, None), tell)
    more = read_dossier(dossiers)
    if twice := [code for code in more.evidence if code in evidence]:
        says = say("twice-in-files", first=", ".join(tables_))
        advice = say("one-of-both")
        raise EvidenceError(more.places[code].problem(says, advice, code) for code in twice)
    try:
        return evaluate(scheme, {**evidence, **more.evidence})
    except EvidenceError as error:
        raise more.address(error) from None


def _report(board: Board, summary: str, output: str | None, chosen: Format, lang: str) -> None:
    """Tell what was read; on the error output where the scores went to the standard output."""
    if output is not None:
        put(summary)
    elif chosen not in ("table", "md"):
        click.echo(summary, err=True, nl=False)
    for problem in board.reading.warnings:
        click.echo(problem.text(lang), err=True)
    for problem in board.reading.problems:
        # What was to be done about it was done: it was asked for.
        told = evolve(in_options(problem), severity="warning", advice=None)
        click.echo(told.text(lang), err=True)
