"""Collecting: what a report shows beside the result, read from files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from itakit.arguments import holds_one_unit
from itakit.cli_score import terms_of
from itakit.evidence import Tally
from itakit.progress import Progress
from itakit.result import Result
from itakit.text import tidy
from itakit.wording import Message, say

if TYPE_CHECKING:
    from itakit.uncertainty.certain import Certainty

REPLICATIONS: Final = 500
"""How often respondents are drawn for the chances of grades: half as often as by `certainty`."""
_NEEDED: Final = ("numpy", "scipy")


def certainty_of(
    result: Result,
    files: Sequence[str],
    unit: tuple[str, str] | None,
    population: Mapping[str, int],
    reading: Mapping[str, Any],
    lang: str,
) -> Certainty | Message | None:
    """How certain the scores of a result are, which was made of files.

    ``unit`` is the column and the name of the unit, where files tell of many. `None` where nobody
    was asked, or files of responses do not say what people answered; a sentence where what computes
    it is not installed.
    """
    if not any(isinstance(node.evidence, Tally) for node in result):
        return None
    try:
        from itakit.uncertainty.assessing import Asking, of_unit
        from itakit.uncertainty.reading import read_together
        from itakit.uncertainty.samples import Design
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _NEEDED:
            raise
        return say("report-no-certainty")
    scheme = result.scheme
    asked = Design.of(scheme).items
    sizes = {code: size for code, size in population.items() if code in asked}
    asking = Asking(replications=REPLICATIONS)
    dossiers = [file for file in files if holds_one_unit(file, reading)]
    responses = [file for file in files if file not in dossiers]
    column, name = unit or (None, None)
    terms = terms_of(column, None, reading, None)
    with Progress(lang) as tell:
        panel, linked = read_together(scheme, responses, dossiers, terms, tell)
    names = [tidy(str(each)) for each in panel.units]
    number = 0 if name is None else names.index(tidy(name))
    found = of_unit(panel, linked, number, sizes, asking)
    return found if found.units[0].asked else None
