"""The commands that hold scores against each other: of two years, of nodes, of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os.path import isfile  # which says no of a name that no file can have
from typing import Any

import click

from itakit.arguments import holds_one_unit, inputs_of
from itakit.asking import extras, keep_out, language, looked_up, responses, text_format
from itakit.changing import compare as comparison
from itakit.changing.renumbering import read_codes
from itakit.cli_schemes import renamed
from itakit.cli_score import result_of, sole, terms_of
from itakit.errors import EvidenceError, Problem, SchemeError
from itakit.notation import Checked
from itakit.output import deliver, spare
from itakit.progress import Progress
from itakit.ranks import Ranking, of_figures, ranking
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean
from itakit.tables import FORMATS, Format, of_analysis
from itakit.text import printable
from itakit.wording import say


@click.command()
@click.argument("scheme")
@click.option(
    "--before", metavar="FILE", multiple=True, required=True, help="The earlier data; repeatable."
)
@click.option(
    "--after", metavar="FILE", multiple=True, required=True, help="The later data; repeatable."
)
@click.option(
    "--before-scheme", metavar="SCHEME", help="The earlier rules, where they were others."
)
@click.option(
    "--codes",
    metavar="TABLE",
    help="Which codes changed: a .toml or .json, later code by earlier; false: gone.",
)
@click.option("--same-codes", is_flag=True, help="No code changed.")
@click.option("--unit", metavar="[COLUMN=]UNIT", help="Whose scores, where files tell of many.")
@responses
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="By default what OUT's name ends in: .json, .csv, .md, or .txt.",
)
@language
def compare(
    scheme: str,
    before: tuple[str, ...],
    after: tuple[str, ...],
    before_scheme: str | None,
    codes: str | None,
    *,
    same_codes: bool,
    unit: str | None,
    output: str | None,
    format_: Format | None,
    lang: str,
    **reading: Any,
) -> None:
    """Compare two results: what became of every score, and what did it.

    SCHEME is the rules of the later data. Where the earlier ones were scored by others, those are
    named by --before-scheme, and which codes changed by --codes or --same-codes.
    """
    if codes is not None and same_codes:
        raise click.UsageError(say("codes-or-same").text(lang))
    chosen = text_format(format_, output, lang)
    path, later = looked_up(scheme)
    earlier_path, earlier = (path, later) if before_scheme is None else looked_up(before_scheme)
    broken = [p for checked in (earlier, later) if checked.scheme is None for p in checked.problems]
    if broken:
        raise SchemeError(dict.fromkeys(p for p in broken if p.severity == "error"))
    inputs = [path, earlier_path, *later.files, *earlier.files, *inputs_of([*before, *after], lang)]
    inputs += [] if codes is None else [codes]
    _spare(output, inputs, [*before, *after], lang)
    said = read_codes(codes) if codes is not None else {} if same_codes else None
    if said is None:
        extended(earlier, later)
    old = result_of(earlier.unwrap(), before, unit, reading, lang)
    new = result_of(later.unwrap(), after, unit, reading, lang)
    found = comparison(old, new, said)
    deliver(output, of_analysis(found, chosen, lang), inputs)


def extended(earlier: Checked, later: Checked) -> None:
    """Tell what a scheme that extends the other says has changed, where nobody else did."""
    pairs = ", ".join(f"{was} → {code}" for was, code in renamed(earlier, later))
    old, new = earlier.unwrap(), later.unwrap()
    if pairs and old.hash != new.hash:
        names = [f"{rules.id} {rules.version}".strip() for rules in (old, new)]
        says = say("compare-rules-differ", old=names[0], new=names[1])
        raise EvidenceError([Problem(says, say("compare-extends", pairs=pairs))])


@click.command()
@click.argument("scheme")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--level", metavar="LEVEL", help="Rank the nodes of a level; by default indicators.")
@click.option("--unit", metavar="COLUMN", help="Rank units, which this column names.")
@click.option("--code", metavar="CODE", help="By the score of this node; by default the root's.")
@responses
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="By default what OUT's name ends in: .json, .csv, .md, or .txt.",
)
@language
def rank(
    scheme: str,
    files: tuple[str, ...],
    level: str | None,
    unit: str | None,
    code: str | None,
    *,
    output: str | None,
    format_: Format | None,
    lang: str,
    **reading: Any,
) -> None:
    """Rank a unit's nodes, or units, by their published scores; ties are stated.

    Equal scores share a rank. Without --level, what is ranked is the level below the root's
    children: the indicators, in ita_2565.
    """
    if unit is None and code is not None:
        raise click.UsageError(say("rank-code-alone").text(lang))
    if unit is not None and level is not None:
        raise click.UsageError(say("rank-level-or-unit").text(lang))
    chosen = text_format(format_, output, lang)
    path, checked = looked_up(scheme)
    rules = checked.unwrap()
    inputs = [path, *checked.files, *inputs_of(files, lang)]
    _spare(output, inputs, files, lang)
    if unit is None:
        found = ranking(sole(rules, files, reading, lang), level)
    else:
        found = _of_units(rules, files, unit, code or rules.root.code, reading, lang)
    deliver(output, of_analysis(found, chosen, lang), inputs)


def _of_units(
    rules: Scheme,
    files: Sequence[str],
    unit: str,
    code: str,
    reading: Mapping[str, Any],
    lang: str,
) -> Ranking:
    if code not in rules:
        advice = did_you_mean(code, rules.plan.index)
        raise EvidenceError([Problem(say("rank-no-code"), advice, key=printable(code)[1:-1])])
    if sheets := [f for f in files if isfile(f) and holds_one_unit(f, reading)]:  # noqa: PTH113
        raise EvidenceError(Problem(say("dossier-with-unit"), path=file) for file in sheets)
    with extras(lang):
        from itakit.scoring import score_files
    with Progress(lang) as tell:
        board = score_files(rules, files, terms_of(unit, None, reading, None), lang, tell)
    figures = board.figures("rounded", rules.plan.index[code])
    return of_figures(dict(zip(board.units, figures, strict=True)), rules, code)


def _spare(output: str | None, inputs: Sequence[str], files: Sequence[str], lang: str) -> None:
    if output is not None:
        spare(output, inputs)
        keep_out(output, files, lang)
