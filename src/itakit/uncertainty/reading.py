"""Reading: files of responses, and whose answers they are; of one unit, what else is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import evolve

from itakit.dossier import read_dossier
from itakit.errors import EvidenceError
from itakit.evaluation import evaluate
from itakit.frames.panel import Panel
from itakit.scheme import Scheme
from itakit.scoring import Terms, with_responses
from itakit.uncertainty.linking import Linked, link
from itakit.uncertainty.samples import Design
from itakit.wording import Message, say


def read_together(
    scheme: Scheme,
    responses: Sequence[str],
    dossiers: Sequence[str],
    terms: Terms,
    tell: Callable[[Message], None],
) -> tuple[Panel, Mapping[str, Linked]]:
    """What files say of all units, and the respondents whose answers can be brought together.

    ``dossiers`` are files of evidence of one unit. Raises `EvidenceError` with all that is wrong.
    """
    items = Design.of(scheme).items
    panel, linked = with_responses(
        scheme, responses, terms, tell, lambda panel, frames: link(panel, frames, items)
    )
    if terms.columns.unit is not None:
        return panel, linked
    known, more = panel.evidence(0), read_dossier(dossiers)
    if twice := [code for code in more.evidence if code in known]:
        says, advice = say("twice-in-files", first=", ".join(responses)), say("one-of-both")
        raise EvidenceError(more.places[code].problem(says, advice, code) for code in twice)
    try:
        evaluate(scheme, {**known, **more.evidence})
    except EvidenceError as error:
        raise more.address(error) from None
    given = {scheme.plan.index[code]: told for code, told in more.evidence.items()}
    return evolve(panel, given=[{**panel.given[0], **given}]), linked
