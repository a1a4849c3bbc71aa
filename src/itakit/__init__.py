"""itakit: public-integrity scores from rules written as data.

A scheme is a tree. A node's score is the aggregate of the scores below it, down to the answers
people gave. The result is the same tree with scores on it.

>>> import itakit
>>> scheme = itakit.find("ita_2565")
>>> result = itakit.evaluate(scheme, {"IIT": "92.478", "EIT": "92.3166", "OIT": "98.89"})
>>> result.rounded, result.grade
(Decimal('94.99'), 'A')
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itakit.action_plan import ActionPlan as ActionPlan
    from itakit.action_plan import Joined as Joined
    from itakit.action_plan import Measure as Measure
    from itakit.action_plan import load_measures as load_measures
    from itakit.auditing import Audit as Audit
    from itakit.auditing import audit as audit
    from itakit.casebook import Case as Case
    from itakit.cases import Outcome as Outcome
    from itakit.cases import run_cases as run_cases
    from itakit.catalogue import Installed as Installed
    from itakit.catalogue import available as available
    from itakit.catalogue import check as check
    from itakit.catalogue import find as find
    from itakit.catalogue import load as load
    from itakit.catalogue import loads as loads
    from itakit.changing import Comparison as Comparison
    from itakit.changing import NodeChange as NodeChange
    from itakit.changing import compare as compare
    from itakit.difference import Change as Change
    from itakit.difference import Difference as Difference
    from itakit.difference import diff as diff
    from itakit.document.description import describe as describe
    from itakit.errors import CatalogueError as CatalogueError
    from itakit.errors import EvidenceError as EvidenceError
    from itakit.errors import EvidenceWarning as EvidenceWarning
    from itakit.errors import ItakitError as ItakitError
    from itakit.errors import Problem as Problem
    from itakit.errors import SchemeError as SchemeError
    from itakit.evaluation import evaluate as evaluate
    from itakit.evidence import NOT_APPLICABLE as NOT_APPLICABLE
    from itakit.evidence import Answer as Answer
    from itakit.evidence import Tally as Tally
    from itakit.expectation import Interval as Interval
    from itakit.frames.evaluating import evaluate_frame as evaluate_frame
    from itakit.frames.evaluating import tally as tally
    from itakit.improving import Gains as Gains
    from itakit.improving import gains as gains
    from itakit.methods import Inapplicable as Inapplicable
    from itakit.methods import Method as Method
    from itakit.notation.jsonschema import json_schema as json_schema
    from itakit.notation.writing import dumps as dumps
    from itakit.ranks import Ranking as Ranking
    from itakit.ranks import ranking as ranking
    from itakit.ranks import ranking_of_units as ranking_of_units
    from itakit.reporting import ReportParts as ReportParts
    from itakit.reporting import report as report
    from itakit.reporting import report_workbook as report_workbook
    from itakit.result import NodeResult as NodeResult
    from itakit.result import Result as Result
    from itakit.sampling import sample_size as sample_size
    from itakit.scale import Scale as Scale
    from itakit.scheme import Node as Node
    from itakit.scheme import Scheme as Scheme
    from itakit.uncertainty.calling import certainty as certainty
    from itakit.uncertainty.calling import robustness as robustness
    from itakit.uncertainty.certain import Certainty as Certainty
    from itakit.uncertainty.robust import Robustness as Robustness
    from itakit.version import __version__ as __version__

# Each name is imported when it is first used: importing itakit costs next to nothing, and whoever
# only reads a result never pays for the reader of schemes. A test holds this against the above.
_HOMES = {
    "action_plan": ("ActionPlan", "Joined", "Measure", "load_measures"),
    "auditing": ("Audit", "audit"),
    "casebook": ("Case",),
    "cases": ("Outcome", "run_cases"),
    "catalogue": ("Installed", "available", "check", "find", "load", "loads"),
    "changing": ("Comparison", "NodeChange", "compare"),
    "difference": ("Change", "Difference", "diff"),
    "document.description": ("describe",),
    "errors": (
        "CatalogueError",
        "EvidenceError",
        "EvidenceWarning",
        "ItakitError",
        "Problem",
        "SchemeError",
    ),
    "evaluation": ("evaluate",),
    "evidence": ("NOT_APPLICABLE", "Answer", "Tally"),
    "expectation": ("Interval",),
    "frames.evaluating": ("evaluate_frame", "tally"),
    "improving": ("Gains", "gains"),
    "methods": ("Inapplicable", "Method"),
    "notation.jsonschema": ("json_schema",),
    "notation.writing": ("dumps",),
    "ranks": ("Ranking", "ranking", "ranking_of_units"),
    "reporting": ("ReportParts", "report", "report_workbook"),
    "result": ("NodeResult", "Result"),
    "sampling": ("sample_size",),
    "scale": ("Scale",),
    "scheme": ("Node", "Scheme"),
    "uncertainty.calling": ("certainty", "robustness"),
    "uncertainty.certain": ("Certainty",),
    "uncertainty.robust": ("Robustness",),
    "version": ("__version__",),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

_EXTRAS = {"narwhals": "frames", "polars": "frames", "numpy": "certainty", "scipy": "certainty"}
"""By the library that is not there, the extra that brings it."""

__all__ = sorted(_MODULES)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    if name == "testing":
        return import_module(f"{__name__}.testing")
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"{__name__}.{_MODULES[name]}")
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get(str(error.name).partition(".")[0])
        if extra is None:
            raise
        advice = f'{name} needs the extra {extra}: pip install "itakit[{extra}]"'
        raise ModuleNotFoundError(advice, name=error.name) from None
    value: object = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
