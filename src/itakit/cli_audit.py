"""The command that audits a published table."""

from __future__ import annotations

from typing import Final

import click

from itakit import tables
from itakit.asking import language, looked_up, text_format
from itakit.auditing import audit as audited
from itakit.output import deliver, spare
from itakit.tables import Format
from itakit.text import printable
from itakit.wording import say

_ANY: Final = "any"


@click.command()
@click.argument("scheme")
@click.argument("published")
@click.argument("against", metavar="[OTHER]", required=False)
@click.option(
    "--values",
    metavar="CODE=SCORE,SCORE…",
    multiple=True,
    help="The scores that the items of a code or level take, or CODE=any; repeatable.",
)
@click.option(
    "--places",
    type=click.IntRange(0, 30),
    help="How many decimals are printed, where cells have lost the zeros at their end.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 where figures contradict each other.")
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(tables.FORMATS),
    help="By default what OUT's name ends in: .json, .csv, .md, or .txt.",
)
@language
def audit(
    scheme: str,
    published: str,
    against: str | None,
    *,
    values: tuple[str, ...],
    places: int | None,
    strict: bool,
    output: str | None,
    format_: Format | None,
    lang: str,
) -> None:
    """Tell whether the figures of a published table hold.

    PUBLISHED is a table of figures as they are printed (.toml, .json, .csv or .xlsx). OTHER is
    another table of the same results, which is held against it. The exit status is 0 whatever is
    found, unless --strict is given.
    """
    chosen = text_format(format_, output, lang)
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    files = [name.partition("#")[0] for name in (published, against) if name is not None]
    inputs = [path, *checked.files, *files]
    if output is not None:
        spare(output, inputs)
    found = audited(rules, published, against, values=_values(values, lang), places=places)
    deliver(output, tables.of_analysis(found, chosen, lang), inputs)
    if strict and not found.consistent:
        raise SystemExit(1)


def _values(given: tuple[str, ...], lang: str) -> dict[str, list[str] | None]:
    """The scores that items take, by code."""
    found: dict[str, list[str] | None] = {}
    for option in given:
        code, equals, scores = option.rpartition("=")
        if not equals:
            raise click.UsageError(say("audit-values-option", given=printable(option)).text(lang))
        found[code] = None if scores.strip() == _ANY else scores.split(",")
    return found
