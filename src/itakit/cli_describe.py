"""The commands that make documents from a scheme: for readers, for coders, and for the field."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from itakit.asking import extras, language, looked_up
from itakit.output import deliver, put, write_whole
from itakit.text import printable
from itakit.wording import say

_PAGES: Final = {".md": "md", ".html": "html", ".htm": "html"}
_BOOKS: Final = {".csv": "csv", ".xlsx": "xlsx", ".md": "md"}


@click.command()
@click.argument("scheme")
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["md", "html"]),
    help="By default what OUT's name ends in, .md or .html; else md.",
)
@language
def describe(scheme: str, *, output: str | None, format_: str | None, lang: str) -> None:
    """Write the method document of a scheme, for people to read.

    It says who is asked and what, what answers score, how scores add up, what each grade takes,
    and where the rules are stated. HTML is one whole file that prints on A4.
    """
    from itakit.document.description import page
    from itakit.document.markup import write

    chosen = _kind(output, format_, _PAGES, "describe-kind", lang)
    path, checked = looked_up(scheme)
    text = write(page(checked.unwrap(), lang), "html" if chosen == "html" else "md")
    deliver(output, text, [path, *checked.files])


@click.command()
@click.argument("scheme")
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["csv", "xlsx", "md"]),
    help="By default what OUT's name ends in, .csv, .xlsx or .md; else csv.",
)
@language
def codebook(scheme: str, *, output: str | None, format_: str | None, lang: str) -> None:
    """Write the codebook of a scheme: a row for every item.

    With its code, what it is part of, the question in Thai and English, the answers with their
    codes and scores, and its share of the total.
    """
    from itakit.document.codebook import FORMATS
    from itakit.document.codebook import codebook as written

    kind = _kind(output, format_, _BOOKS, "codebook-kind", lang)
    chosen = next(name for name in FORMATS if name == kind)
    if output is None and chosen == "xlsx" and sys.stdout.isatty():
        raise click.UsageError(say("format-needs-file", format=chosen).text(lang))
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    with extras(lang):
        data = written(rules, chosen)
    deliver(output, data, [path, *checked.files])


@click.command()
@click.argument("scheme")
@click.argument("survey")
@click.option("-o", "--output", metavar="OUT", required=True, help="The form, a workbook: .xlsx.")
@language
def questionnaire(scheme: str, survey: str, *, output: str, lang: str) -> None:
    """Write the blank questionnaire of a survey, for KoboToolbox, ODK and SurveyCTO.

    SURVEY is the code of a node: all items below it that have a scale are asked. Where none has
    one, it is a form for assessors, which takes a score for each item. The form is an XLSForm in
    Thai and English, and opens in the language of --lang. What the platform exports is scored as
    it is.
    """
    from itakit.document.page import shown
    from itakit.document.questionnaire import questionnaire as written

    if Path(output).suffix.lower() != ".xlsx":
        raise click.UsageError(say("form-kind", output=printable(output)).text(lang))
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    with extras(lang):
        form = written(rules, survey, lang)
    write_whole(output, form.data, [path, *checked.files])
    told = [say("form-written", path=output, n=form.questions, scheme=scheme, unit=form.unit)]
    if form.left_out:
        told.append(say("form-left-out", codes=", ".join(map(shown, form.left_out))))
    if form.assessors:
        told.append(say("form-assessors"))
    put("".join(message.text(lang) + "\n" for message in told))


def _kind(
    output: str | None, given: str | None, kinds: dict[str, str], refusal: str, lang: str
) -> str:
    """The format asked for, or the one that the name of a file asks for; the first else."""
    if given is not None:
        return given
    if output is None:
        return next(iter(kinds.values()))
    suffix = Path(output).suffix.lower()
    if suffix not in kinds:
        raise click.UsageError(say(refusal, output=printable(output)).text(lang))
    return kinds[suffix]
