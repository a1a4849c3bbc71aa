"""Evidence with something wrong in it, or with nothing where something could be."""

from __future__ import annotations

from fractions import Fraction

from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally
from itakit.scheme import Scheme
from itakit.testing.drawing import Draw, pick

Unit = dict[str, Evidence | None]


def spoilt(draw: Draw, scheme: Scheme, evidence: dict[str, Evidence]) -> Unit:
    """The same evidence with some more for a node or two, most of it wrong there."""
    unit: Unit = dict(evidence)
    low, high = scheme.range
    for _ in range(draw(1, 2)):
        code = pick(draw, [node.code for node in scheme.nodes()])
        scale = scheme[code].scale
        some = scale.answers[0].code if scale and scale.answers else "5"
        unit[pick(draw, (code, code, code, code, "unknown"))] = pick(
            draw,
            (
                low,
                high + Fraction(1, 1000),
                low - 1,
                None,
                NOT_APPLICABLE,
                "not applicable",
                "much",
                Tally(),
                Tally({some: 0}),
                Tally({some: 2, "9": 1}),
                Tally({"nobody's answer": 0}),
                Answer("nobody's answer"),
                Answer(10**9),
            ),
        )
    return unit
