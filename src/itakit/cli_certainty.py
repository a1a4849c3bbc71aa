"""The commands of uncertainty: had others been asked, had the rules been others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from os.path import isfile  # which says no of a name that no file can have
from typing import TYPE_CHECKING, Any, TypeVar

import click

from itakit import numerals, tables
from itakit.arguments import holds_one_unit, inputs_of, names_a_file
from itakit.asking import extras, keep_out, language, looked_up, responses, text_format
from itakit.cli_score import terms_of
from itakit.dossier import assess, read_dossier
from itakit.errors import EvidenceError, Problem
from itakit.output import deliver, spare
from itakit.progress import Progress
from itakit.scheme import Scheme
from itakit.text import printable
from itakit.wording import Message, say

if TYPE_CHECKING:
    from itakit.frames.panel import Panel
    from itakit.uncertainty.linking import Linked

T = TypeVar("T")


def _common(command: Callable[..., T]) -> Callable[..., T]:
    """What both commands are asked with."""
    options: list[Callable[..., Any]] = [
        click.argument("scheme"),
        click.argument("files", metavar="FILE...", nargs=-1, required=True),
        click.option(
            "--unit", metavar="COLUMN", help="What is assessed; without it, all is of one unit."
        ),
        responses,
        click.option("--seed", type=click.IntRange(0), default=0, help="The same draws the same."),
        click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all."),
        click.option(
            "--format",
            "format_",
            type=click.Choice(tables.FORMATS),
            help="By default what OUT's name ends in: .json, .csv, .md, or .txt.",
        ),
        language,
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@_common
@click.option(
    "--population",
    metavar="SURVEY=NUMBER|COLUMN|FILE",
    multiple=True,
    help="How many people respondents are a sample of; with --unit a column, or a file with a "
    "column per survey.",
)
@click.option("--level", metavar="PERCENT", default="95", help="Of the intervals; 95 by default.")
@click.option(
    "--replications", type=click.IntRange(0), default=1000, help="Draws for the grades; 1000."
)
@click.option(
    "--assume",
    type=click.Choice(["worst", "independent"]),
    default="worst",
    help="Of answers of which it is not known whose they are.",
)
def certainty(
    scheme: str,
    files: tuple[str, ...],
    unit: str | None,
    population: tuple[str, ...],
    level: str,
    replications: int,
    assume: str,
    *,
    seed: int,
    output: str | None,
    format_: tables.Format | None,
    lang: str,
    **reading: Any,
) -> None:
    """Tell how far scores would move, had others of the same people been asked.

    Respondents are a sample. With responses, a row for each, errors are those of the design; with
    tallies, the widest that they can be.
    """
    chosen = text_format(format_, output, lang)
    sizes = _sizes(population, lang) if unit is None else {}
    column, sheet = _places(population, lang) if unit is not None else (None, None)
    with extras(lang):
        from itakit.uncertainty import calling, pages
        from itakit.uncertainty.assessing import Asking, of_panel
    asking = Asking.checked(_share("--level", level, lang), replications, seed, assume)
    rules, inputs = _read(scheme, files, output, lang, [] if sheet is None else [sheet])
    if unit is None and all(holds_one_unit(file, reading) for file in files):
        found = calling.certainty(
            assess(rules, files),
            population=sizes,
            level=asking.level,
            replications=replications,
            seed=seed,
            dependence=asking.dependence,
        )
    else:
        from itakit.populations import read_populations

        with Progress(lang) as tell:
            panel, linked = _panel(rules, files, unit, column, reading, tell)
            if sheet is not None:
                panel = calling.populated(panel, read_populations(panel, sheet, unit))
            panel = calling.populated(panel, sizes)
            found = of_panel(panel, linked, unit, asking, tell)
    deliver(output, pages.render(found, chosen, lang), inputs)


@click.command()
@_common
@click.option("--spread", metavar="PERCENT", help="How far weights are drawn off; 25 by default.")
@click.option("--concentration", metavar="NUMBER", help="Or from Dirichlet's distribution.")
@click.option("--method", multiple=True, help="Another method than the declared; repeatable.")
@click.option("--at", "levels", metavar="LEVEL", multiple=True, help="Whose method; the root's.")
@click.option("--draws", type=click.IntRange(1), default=1000, help="Of the rules; 1000.")
def robustness(
    scheme: str,
    files: tuple[str, ...],
    unit: str | None,
    spread: str | None,
    concentration: str | None,
    method: tuple[str, ...],
    levels: tuple[str, ...],
    draws: int,
    *,
    seed: int,
    output: str | None,
    format_: tables.Format | None,
    lang: str,
    **reading: Any,
) -> None:
    """Tell what becomes of scores, grades and ranks where the rules could have been others.

    Weights are drawn at random around those declared, and methods are swapped.
    """
    chosen = text_format(format_, output, lang)
    with extras(lang):
        from itakit.uncertainty import pages
        from itakit.uncertainty.assessing import units_of
        from itakit.uncertainty.examining import examine
        from itakit.uncertainty.ruling import ruled
        from itakit.uncertainty.samples import alone
    rules, inputs = _read(scheme, files, output, lang, [])
    away = None if spread is None else _share("--spread", spread, lang)
    varied = ruled(rules, away, concentration, method, levels, draws, seed)
    if unit is None and all(holds_one_unit(file, reading) for file in files):
        assess(rules, files)
        units = [alone(rules, None, read_dossier(files).evidence)]
    else:
        with Progress(lang) as tell:
            panel, _ = _panel(rules, files, unit, None, reading, tell)
            units = list(units_of(panel, {}))
    found = examine(rules, unit, units, varied, draws, seed)
    deliver(output, pages.render(found, chosen, lang), inputs)


def _read(
    scheme: str, files: Sequence[str], output: str | None, lang: str, more: Sequence[str]
) -> tuple[Scheme, list[str]]:
    """The scheme, and the inputs that no output may go over."""
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    inputs = [path, *checked.files, *inputs_of([*files, *more], lang)]
    if output is not None:
        spare(output, inputs)
        keep_out(output, files, lang)
    return rules, inputs


def _panel(
    rules: Scheme,
    files: Sequence[str],
    unit: str | None,
    population: str | None,
    reading: Mapping[str, Any],
    tell: Callable[[Message], None],
) -> tuple[Panel, Mapping[str, Linked]]:
    """What files of responses say, and whose answers they are."""
    from itakit.uncertainty.reading import read_together

    dossiers = [file for file in files if holds_one_unit(file, reading)]
    # What is not there holds nothing: that is told when it is opened.
    there = [file for file in dossiers if isfile(file)]  # noqa: PTH113
    if unit is not None and there:
        raise EvidenceError(Problem(say("dossier-with-unit"), path=file) for file in there)
    dossiers = [] if unit is not None else dossiers
    responses_ = [file for file in files if file not in dossiers]
    return read_together(
        rules, responses_, dossiers, terms_of(unit, population, reading, None), tell
    )


def _share(option: str, percent: str, lang: str) -> Fraction:
    """A number of hundredths as a share."""
    try:
        share = numerals.exact(percent) / 100
    except (TypeError, ValueError):
        share = Fraction(-1)
    if not 0 <= share < 1 or (share == 0 and option == "--level"):
        says = say("expected", found=printable(percent), expected=say("a-percentage"))
        raise click.UsageError(f"{option}: {says.text(lang)}")
    return share


def _places(population: Sequence[str], lang: str) -> tuple[str | None, str | None]:
    """The column or the file of populations."""
    if len(population) > 1:
        raise click.UsageError(say("certainty-option-file").text(lang))
    only = population[0] if population else None
    return (None, only) if only is not None and names_a_file(only) else (only, None)


def _sizes(population: Sequence[str], lang: str) -> dict[str, str]:
    """The populations of one unit, by survey."""
    sizes = {}
    for given in population:
        code, equals, size = given.partition("=")
        if not equals:
            raise click.UsageError(say("certainty-option-population").text(lang))
        sizes[code] = size
    return sizes
