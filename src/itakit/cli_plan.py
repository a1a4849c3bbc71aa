"""The command on the action plan: which measure is worth most, what is late, what is lacking."""

from __future__ import annotations

import datetime
from typing import Any, Final

import click

from itakit.action_plan import load_measures
from itakit.action_plan.days import last_day
from itakit.arguments import inputs_of
from itakit.asking import keep_out, language, looked_up, responses, text_format
from itakit.cli_score import result_of
from itakit.errors import Problem
from itakit.improving import gains
from itakit.notation.flaws import Refused
from itakit.output import deliver, spare
from itakit.tables import FORMATS, Format, of_analysis

_TOP: Final = 10
"""As many measures are told of each kind where nobody asks for another number."""


@click.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--measures",
    metavar="PLAN",
    required=True,
    help="The measures: a .toml, .csv, .tsv, .txt, .xlsx or .xlsm.",
)
@click.option("--on", metavar="DATE", help="The day on which it is looked at; by default today.")
@click.option("--unit", metavar="[COLUMN=]UNIT", help="Whose scores, where files tell of many.")
@responses
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="N",
    default=_TOP,
    help="Tell in words no more than N of each kind; by default 10.",
)
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="By default what OUT's name ends in: .json, .csv, .md, or .txt.",
)
@language
def plan(
    scheme: str,
    files: tuple[str, ...],
    measures: str,
    on: str | None,
    unit: str | None,
    top: int,
    *,
    output: str | None,
    format_: Format | None,
    lang: str,
    **reading: Any,
) -> None:
    """Join an action plan to what each item would gain.

    In words: which measures are worth most, which are late, which have nobody responsible, and
    which items have no measure. In a file of data: every measure, and every item without one.
    """
    chosen = text_format(format_, output, lang)
    day = day_of(on, lang)
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    inputs = [path, *checked.files, *inputs_of(files, lang), measures]
    if output is not None:
        spare(output, inputs)
        keep_out(output, files, lang)
    own = load_measures(measures, rules)
    found = own.join(gains(result_of(rules, files, unit, reading, lang)), day)
    words = chosen == "table"
    text = found.explain(lang, top) + "\n" if words else of_analysis(found, chosen, lang)
    deliver(output, text, inputs)


def day_of(given: str | None, lang: str) -> datetime.date:
    """The day that somebody named, in either era; today where nobody did."""
    if given is None:
        return datetime.datetime.now().astimezone().date()
    try:
        return last_day(given)
    except Refused as refused:
        flaw = refused.flaws[0]
        told = Problem(flaw.says, flaw.advice, key="--on").text(lang)
        raise click.UsageError(told) from None
