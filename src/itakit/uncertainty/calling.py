"""Calling: the functions that users call, for a result and for frames of responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from itakit.errors import EvidenceError, Problem
from itakit.evidence import Evidence
from itakit.frames.evaluating import (
    Population,
    check_options,
    columns_named,
    named,
    read,
)
from itakit.frames.panel import Panel
from itakit.frames.people import with_population
from itakit.frames.pooling import pool
from itakit.frames.responses import SOLE
from itakit.frames.roles import OnUnknown
from itakit.result import Result
from itakit.sampling import surveys
from itakit.scheme import Scheme
from itakit.uncertainty.assessing import Asking, of_one, of_panel, units_of
from itakit.uncertainty.certain import Certainty
from itakit.uncertainty.examining import examine
from itakit.uncertainty.linking import link
from itakit.uncertainty.robust import Robustness
from itakit.uncertainty.ruling import ruled
from itakit.uncertainty.samples import Design, Unit, alone
from itakit.uncertainty.tallies import Dependence
from itakit.wording import say


def certainty(
    source: Result | Scheme,
    frames: Any = None,
    unit: str | None = None,
    *,
    population: Population = None,
    level: object = "0.95",
    replications: int = 1000,
    seed: int = 0,
    dependence: Dependence = "worst",
    item: str | None = None,
    answer: str | None = None,
    respondent: str | None = None,
    weight: str | None = None,
    keep: Iterable[str] = (),
    scores: bool = False,
    on_unknown: OnUnknown = "error",
) -> Certainty:
    """How far scores would move, had others of the same people been asked.

    ``source`` is a result, of which tallies are known, or a scheme, with ``frames`` of responses
    and further arguments as `evaluate_frame` takes them. Respondents are taken for a simple random
    sample without replacement, surveys for independent of each other, and what no survey asks,
    such as what assessors check, for certain.

    ``population`` says how many people a survey's respondents are a sample of: for a result, and
    for frames without a ``unit``, a mapping from surveys to numbers; else as for `evaluate_frame`.
    Without it there is no finite-population correction, which is on the safe side.

    ``level`` is the share of intervals that would hold the score of everybody, ``replications`` how
    often a unit is drawn anew for the probability of its grades; the same ``seed`` draws the same.
    ``dependence`` is what is assumed of answers of which it is not known whose they are, as in
    tallies: "worst", that everyone's all go one way, or "independent", that they have nothing to
    do with each other; the truth is in between.

    Raises `EvidenceError` for arguments that are wrong, and with all that is wrong with frames.
    """
    asking = Asking.checked(level, replications, seed, dependence)
    if isinstance(source, Result):
        _alone(frames, unit)
        if isinstance(population, str):
            raise EvidenceError([Problem(say("certainty-population"), key="population")])
        return of_one(source.scheme, evidence_of(source), population, asking)
    check_options(scores, on_unknown)
    columns = columns_named(unit, item, answer, respondent, weight, population, keep)
    responses, _ = read(source, named(frames), columns)
    panel = pool(source, responses, scores=scores, on_unknown=on_unknown)
    panel = populated(panel, population)
    linked = link(panel, responses, Design.of(source).items)
    return of_panel(panel, linked, columns.unit, asking)


def robustness(
    source: Result | Mapping[Any, Result] | Scheme,
    frames: Any = None,
    unit: str | None = None,
    *,
    spread: object = None,
    concentration: object = None,
    methods: Iterable[str] = (),
    levels: Iterable[str] = (),
    draws: int = 1000,
    seed: int = 0,
    item: str | None = None,
    answer: str | None = None,
    respondent: str | None = None,
    weight: str | None = None,
    keep: Iterable[str] = (),
    scores: bool = False,
    on_unknown: OnUnknown = "error",
) -> Robustness:
    """What becomes of scores, grades and ranks where the rules could have been others.

    ``source`` is a result, or results by unit, or a scheme with ``frames`` of responses and further
    arguments as `evaluate_frame` takes them. In each of the ``draws``, declared weights are drawn
    anew: each multiplied with a number up to ``spread`` (a share, by default a quarter) off one, or
    all together from Dirichlet's distribution around the declared shares with a ``concentration``.
    One of ``methods``, or the declared one, takes the place of the methods of some ``levels``, by
    default that of the root. The same ``seed`` draws the same rules, which are the
    same for all units.

    Raises `EvidenceError` for arguments that are wrong, and with all that is wrong with frames.
    """
    scheme, units, column = _known(
        source, frames, unit, (item, answer, respondent, weight, keep), scores, on_unknown
    )
    rules = ruled(scheme, spread, concentration, methods, levels, draws, seed)
    return examine(scheme, column, units, rules, draws, seed)


def _known(
    source: Result | Mapping[Any, Result] | Scheme,
    frames: Any,
    unit: str | None,
    roles: tuple[Any, Any, Any, Any, Any],
    scores: bool,  # noqa: FBT001
    on_unknown: OnUnknown,
) -> tuple[Scheme, list[Unit], str | None]:
    """The scheme, what is known of the units, and what their column is called."""
    if isinstance(source, Result | Mapping):
        _alone(frames, unit)
    if isinstance(source, Result):
        return source.scheme, [alone(source.scheme, None, evidence_of(source))], None
    if isinstance(source, Mapping):
        schemes = {result.scheme.hash: result.scheme for result in source.values()}
        if len(schemes) != 1:
            says = say("robustness-schemes", n=len(schemes))
            raise EvidenceError([Problem(says, key="source")])
        (scheme,) = schemes.values()
        units = [alone(scheme, name, evidence_of(result)) for name, result in source.items()]
        return scheme, units, "unit"
    check_options(scores, on_unknown)
    item, answer, respondent, weight, keep = roles
    columns = columns_named(unit, item, answer, respondent, weight, None, keep)
    responses, _ = read(source, named(frames), columns)
    panel = pool(source, responses, scores=scores, on_unknown=on_unknown)
    return source, list(units_of(panel, {})), columns.unit


def _alone(frames: Any, unit: str | None) -> None:
    """Refuse frames beside results, of which all is known. Raises `EvidenceError`."""
    if frames is not None or unit is not None:
        raise EvidenceError([Problem(say("certainty-frames"), key="frames")])


def evidence_of(result: Result) -> dict[str, Evidence]:
    """What a result was made of."""
    return {row.code: row.evidence for row in result if row.evidence is not None}


def populated(panel: Panel, population: Population) -> Panel:
    """A panel with populations that are no column; of one unit, they may be given by survey."""
    if not isinstance(population, Mapping):
        return panel
    if list(panel.units) == [SOLE] and SOLE not in population:
        codes = {node.code for node in surveys(panel.scheme)}
        if codes.issuperset(population) and not any(
            isinstance(size, Mapping) for size in population.values()
        ):
            population = {code: {SOLE: size} for code, size in population.items()}
    return with_population(panel, population)
