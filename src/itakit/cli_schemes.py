"""The commands on schemes themselves: how two of them differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

import click

from itakit.asking import language, looked_up
from itakit.difference import Difference
from itakit.difference import diff as difference
from itakit.difference.telling import headline, sections
from itakit.errors import SchemeError
from itakit.notation import Checked
from itakit.output import deliver, spare
from itakit.tables import escape_markdown
from itakit.text import printable
from itakit.wording import say

Format: TypeAlias = Literal["text", "md", "json"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_SUFFIXES: Final[Mapping[str, Format]] = {".txt": "text", ".md": "md", ".json": "json"}


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("-o", "--output", metavar="OUT", help="Write to a file, whole or not at all.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="By default what OUT's name ends in: .txt, .md or .json.",
)
@language
def diff(old: str, new: str, output: str | None, format_: Format | None, lang: str) -> None:
    """Tell what changed in meaning from one scheme to another.

    OLD and NEW are SCHEMEs: ids or paths.
    """
    chosen = format_ or _format_of(output, lang)
    (first, before), (second, after) = looked_up(old), looked_up(new)
    paths = [first, second, *before.files, *after.files]
    if output is not None:
        spare(output, paths)
    broken = [p for checked in (before, after) if checked.scheme is None for p in checked.problems]
    if broken:
        raise SchemeError(dict.fromkeys(p for p in broken if p.severity == "error"))
    names = (dict(names) for names in (renamed(before, after), regraded(before, after)))
    told = difference(before.unwrap(), after.unwrap(), *names)
    data = _rendered(told, chosen, lang) + "\n"
    deliver(output, data, paths)


def _format_of(output: str | None, lang: str) -> Format:
    """The format that the name of a file asks for; text where there is no file."""
    if output is None:
        return "text"
    suffix = Path(output).suffix.lower()
    if suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise click.UsageError(say("output-kind", output=printable(output), known=known).text(lang))
    return _SUFFIXES[suffix]


def renamed(old: Checked, new: Checked) -> Iterator[tuple[str, str]]:
    """The codes that one of two schemes says have changed, as it extends the other."""
    return _either_way(old, new, new.renamed, old.renamed)


def regraded(old: Checked, new: Checked) -> Iterator[tuple[str, str]]:
    """The names of grades that have changed in the same way."""
    return _either_way(old, new, new.regraded, old.regraded)


def _either_way(
    old: Checked, new: Checked, forth: Mapping[str, str], back: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if new.base == old.unwrap().id:
        yield from forth.items()
    elif old.base == new.unwrap().id:
        yield from ((now, was) for was, now in back.items())


def _rendered(told: Difference, format: Format, lang: str) -> str:
    match format:
        case "json":
            return json.dumps(told.to_dict(), ensure_ascii=False, indent=2)
        case "text":
            return told.text(lang)
    found = [*sections(told, lang)]
    lines = [f"**{escape_markdown(headline(told, found, lang))}**"]
    for section in found:
        sentences = (f"- {escape_markdown(sentence)}" for sentence in section.sentences)
        lines += ["", f"**{escape_markdown(section.heading)}**", "", *sentences]
    return "\n".join(lines)
