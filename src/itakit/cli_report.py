"""The command that writes reports: of one unit, with live formulas or as a page, or of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os.path import isfile  # which says no of a name that no file can have
from pathlib import Path
from typing import Any, Final

import click

from itakit.action_plan import load_measures
from itakit.arguments import holds_one_unit, inputs_of
from itakit.asking import extras, keep_out, language, looked_up, responses
from itakit.auditing import audit
from itakit.changing import compare as comparison
from itakit.changing.renumbering import read_codes
from itakit.cli_compare import extended
from itakit.cli_plan import day_of
from itakit.cli_score import result_of, terms_of
from itakit.collecting import certainty_of
from itakit.errors import EvidenceError, Problem
from itakit.improving import gains
from itakit.output import deliver, spare
from itakit.progress import Progress
from itakit.sampling import people, surveys
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import say

_KINDS: Final = {".html": "html", ".htm": "html", ".xlsx": "xlsx"}


@click.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--unit",
    metavar="[COLUMN=]UNIT",
    help="Whose report; without it, of all units, or of the one that all files tell of.",
)
@click.option(
    "--by", metavar="COLUMN", help="The column that names the units, for a report of all."
)
@responses
@click.option(
    "--name", metavar="NAME", help="What the unit is called, where the files do not say so."
)
@click.option(
    "--before", metavar="FILE", multiple=True, help="Last year's evidence or responses; repeatable."
)
@click.option(
    "--before-scheme", metavar="SCHEME", help="Last year's rules; by default those of this year."
)
@click.option(
    "--codes",
    metavar="TABLE",
    help="Which codes changed since: a .toml or .json, later code by earlier; false: gone.",
)
@click.option("--same-codes", is_flag=True, help="The rules are others, and no code changed.")
@click.option(
    "--population",
    metavar="CODE=NUMBER",
    multiple=True,
    help="How many people a survey's respondents are a sample of; repeatable.",
)
@click.option("--measures", metavar="PLAN", help="The action plan, as for itakit plan.")
@click.option("--on", metavar="DATE", help="The day on which the plan is looked at; today.")
@click.option("--published", metavar="FIGURES", help="A published table, as for itakit audit.")
@click.option("-o", "--output", metavar="OUT", help="Write to a file, .html or .xlsx.")
@language
def report(
    scheme: str,
    files: tuple[str, ...],
    unit: str | None,
    by: str | None,
    name: str | None,
    before: tuple[str, ...],
    before_scheme: str | None,
    codes: str | None,
    population: tuple[str, ...],
    measures: str | None,
    on: str | None,
    published: str | None,
    *,
    same_codes: bool,
    output: str | None,
    lang: str,
    **reading: Any,
) -> None:
    """Write the report of a unit, or of many, as one HTML file or as a workbook.

    The HTML loads nothing from anywhere and prints on A4. The workbook (.xlsx) has formulas that
    compute every score anew. Files that tell of many units make a report of all of them, with a
    table to sort and to search.
    """
    kind = _kind(output, lang)
    only_before = {"--before-scheme": before_scheme, "--codes": codes, "--same-codes": same_codes}
    _belong(only_before, "--before", before, lang)
    _belong({"--on": on}, "--measures", measures, lang)
    if unit is not None and by is not None:
        raise click.UsageError(say("report-unit-or-by").text(lang))
    pages = {"--before": before, "--population": population, "--measures": measures}
    _belong({**pages, "--published": published}, "-o OUT.html", kind == "html", lang)
    day = day_of(on, lang)
    if codes is not None and same_codes:
        raise click.UsageError(say("codes-or-same").text(lang))
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    inputs = [path, *checked.files, *inputs_of(files, lang), *inputs_of(before, lang)]
    more = [name for name in (codes, measures, published) if name is not None]
    inputs += [name.partition("#")[0] for name in more]
    if output is not None:
        spare(output, inputs)
        keep_out(output, (*files, *before), lang)
    column = None if unit is not None else by or _column(rules, files, reading, lang)
    if column is not None:
        only = {"--name": name, "--before": before, "--population": population}
        _only_for_one(kind, {**only, "--measures": measures, "--published": published}, lang)
        deliver(output, _of_many(rules, files, column, reading, lang), inputs)
        return
    sizes = _sizes(rules, population, lang)
    with extras(lang):
        import jinja2  # noqa: F401  # so that it is told at once if it is not there

        from itakit.reporting import ReportParts, report_workbook
        from itakit.reporting import report as written
    whose = _whose(unit, rules, files, reading, lang)
    named = None if whose is None else "=".join(whose)
    result = result_of(rules, files, named, reading, lang)
    past = None
    if before:
        old_path, old = (path, checked) if before_scheme is None else looked_up(before_scheme)
        inputs += [old_path, *old.files]
        said = read_codes(codes) if codes is not None else {} if same_codes else None
        old_rules = old.unwrap()
        if said is None:
            extended(old, checked)
        its = unit if _many(before, reading) else None
        past = comparison(result_of(old_rules, before, its, reading, lang), result, said)
    found = gains(result)
    parts = ReportParts(
        name or (whose[1] if whose is not None else ""),
        sizes or None,
        past,
        gains=found,
        plan=None if measures is None else load_measures(measures, rules).join(found, day),
        audit=None if published is None else audit(rules, published),
        certainty=certainty_of(result, files, whose, sizes, reading, lang),
        files=tuple(dict.fromkeys(Path(file).name for file in (*files, *more))),
    )
    with extras(lang):
        data = (report_workbook if kind == "xlsx" else written)(result, parts, lang)
    deliver(output, data, inputs)


def _whose(
    unit: str | None, scheme: Scheme, files: Sequence[str], reading: Mapping[str, Any], lang: str
) -> tuple[str, str] | None:
    """The column and the name of the unit."""
    if unit is None:
        return None
    column, equals, name = unit.partition("=")
    if equals:
        return column, name
    with extras(lang):
        from itakit.scoring import unit_column

        return unit_column(scheme, files, terms_of(None, None, reading, None)), unit


def _belong(options: Mapping[str, object], to: str, there: object, lang: str) -> None:
    """Refuse what says more of an option that is not there."""
    given = [option for option, value in options.items() if value]
    if given and not there:
        raise click.UsageError(say("report-only", options=", ".join(given), to=to).text(lang))


def _kind(output: str | None, lang: str) -> str:
    """What the name of a file asks for; a page where there is no file."""
    if output is None:
        return "html"
    suffix = Path(output).suffix.lower()
    if suffix not in _KINDS:
        raise click.UsageError(say("report-kind", output=printable(output)).text(lang))
    return _KINDS[suffix]


def _many(files: Sequence[str], reading: Mapping[str, Any]) -> bool:
    """Whether files hold responses, which may be of many units."""
    return not any(holds_one_unit(file, reading) for file in files)


def _column(
    scheme: Scheme, files: Sequence[str], reading: Mapping[str, Any], lang: str
) -> str | None:
    """The column that names units, where there is one and only one that may."""
    if not _many(files, reading):
        return None
    with extras(lang):
        from itakit.scoring import free_columns, unit_column
    terms = terms_of(None, None, reading, None)
    if not free_columns(scheme, files, terms):
        return None
    return unit_column(scheme, files, terms)


def _only_for_one(kind: str, options: Mapping[str, object], lang: str) -> None:
    """Refuse what there is for one unit only."""
    if kind == "xlsx":
        raise click.UsageError(say("report-xlsx-one").text(lang))
    if given := [option for option, value in options.items() if value]:
        says = say("report-option-one", options=", ".join(given))
        raise click.UsageError(says.text(lang))


def _of_many(
    scheme: Scheme, files: Sequence[str], column: str, reading: Mapping[str, Any], lang: str
) -> str:
    """The report of all units."""
    if sheets := [f for f in files if isfile(f) and holds_one_unit(f, reading)]:  # noqa: PTH113
        raise EvidenceError(Problem(say("dossier-with-unit"), path=file) for file in sheets)
    with extras(lang):
        import jinja2  # noqa: F401

        from itakit.reporting.nation import nation_report
        from itakit.scoring import score_files
    with Progress(lang) as tell:
        board = score_files(scheme, files, terms_of(column, None, reading, None), lang, tell)
    names = tuple(dict.fromkeys(Path(file).name for file in files))
    return nation_report(board, lang, names)


def _sizes(scheme: Scheme, population: Sequence[str], lang: str) -> dict[str, int]:
    """The population of each survey that is given one."""
    sizes = {}
    for given in population:
        code, _, number = given.partition("=")
        codes = [node.code for node in surveys(scheme)]
        if code not in codes:
            says = say("no-survey", codes=", ".join(codes))
            raise EvidenceError([Problem(says, did_you_mean(code, codes), key=code)])
        try:
            sizes[code] = people(number)
        except EvidenceError:
            says = say("report-population-value", value=printable(given))
            raise click.UsageError(says.text(lang)) from None
    return sizes
