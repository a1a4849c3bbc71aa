"""The command on what to do: what a unit would gain, and what a better grade takes."""

from __future__ import annotations

from typing import Any, Final

import click

from itakit.arguments import inputs_of
from itakit.asking import keep_out, language, looked_up, responses, text_format
from itakit.cli_score import result_of
from itakit.improving import gains as gains_of
from itakit.output import deliver, spare
from itakit.tables import FORMATS, Format, of_analysis

_TOP: Final = 10
"""As many items are told where nobody asks for another number."""


@click.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--unit", metavar="[COLUMN=]UNIT", help="Whose gains, where files tell of many.")
@responses
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="N",
    default=_TOP,
    help="Tell in words no more than the N items that would gain most; by default 10.",
)
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="By default what OUT's name ends in: .json, .csv, .md, or .txt.",
)
@language
def gains(
    scheme: str,
    files: tuple[str, ...],
    unit: str | None,
    top: int,
    *,
    output: str | None,
    format_: Format | None,
    lang: str,
    **reading: Any,
) -> None:
    """Tell what a unit would gain, item by item, and what a better grade takes.

    In words: what would add most, the fewest items, and the fewest steps of respondents. In a file
    of data: every node.
    """
    chosen = text_format(format_, output, lang)
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    inputs = [path, *checked.files, *inputs_of(files, lang)]
    if output is not None:
        spare(output, inputs)
        keep_out(output, files, lang)
    found = gains_of(result_of(rules, files, unit, reading, lang))
    words = chosen == "table"
    text = found.explain(lang, top) + "\n" if words else of_analysis(found, chosen, lang)
    deliver(output, text, inputs)
