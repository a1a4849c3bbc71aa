"""The notation, key by key: what a scheme file may hold.

Each class is one table of the file and each field one key. The reader, the JSON Schema and the
reference in the documentation are all made from these classes.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any, Literal, NewType, TypeVar

from attrs import field, frozen

from itakit.policy import Missing
from itakit.rounding import Mode
from itakit.scale import Transform
from itakit.scheme import Weights
from itakit.titles import Title

Identifier = NewType("Identifier", str)
"""Letters a to z, digits, ``_`` and ``-``."""
Code = NewType("Code", str)
"""A text without spaces at its ends."""
Count = NewType("Count", int)
"""A whole number, 0 or more."""
Places = NewType("Places", int)
"""A number of decimal places."""
Share = NewType("Share", Fraction)
"""A number from 0 to 1."""
Pair = NewType("Pair", tuple[Fraction, Fraction])
"""Two different numbers."""
Texts = NewType("Texts", tuple[str, ...])
"""A text or a list of texts."""

T = TypeVar("T")


def key(about: str, *, default: Any = ..., name: str | None = None) -> Any:
    """A key of a table: what it means, what it is when left out, and its name in the file."""
    metadata = {"about": about} if name is None else {"about": about, "name": name}
    if default is ...:
        return field(metadata=metadata)
    if default == {}:
        return field(factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


@frozen
class RoundingTable:
    """How a score is published. Carried scores stay exact unless `carry` says otherwise."""

    places: Places = key("decimal places of a published score", default=2)
    mode: Mode = key(
        "what becomes of the rest; a tie of half-up goes away from zero", default="half-up"
    )
    carry: tuple[Code, ...] = key(
        "levels whose rounded scores, in place of the exact ones, are carried upward", default=()
    )


@frozen
class SchemeTable:
    """What the scheme is, and the rules that hold for all of it."""

    id: Identifier = key("the scheme's identity: a-z, 0-9, `_` and `-`")
    range: Pair = key("the lowest and the highest score")
    version: str = key("the version of these rules", default="")
    title: Title = key("the scheme's title", default=Title())
    source: Texts = key("where the rules are stated", default=())
    root: Code = key("the level name and the code of the root", default="total")
    rounding: RoundingTable = key("how a score is published", default=RoundingTable())
    missing: Missing = key("what a missing node means; inherited by every node", default=Missing())
    weights: Weights = key(
        "`share`: siblings' weights sum to exactly 1 or 100; `relative`: any numbers, 0 or more",
        default="share",
    )
    extends: Identifier | None = key(
        "the id of the scheme that this one changes: a file of that id beside it, else an "
        "installed one",
        default=None,
    )
    retired: tuple[Code, ...] = key(
        "with `extends`: the codes of the nodes that are no longer there, with all below them",
        default=(),
    )


@frozen
class MethodTable:
    """How the scores of a node's children, or of its answers, become its score."""

    method: str = key("the method's name")
    parameters: dict[str, Any] = key(
        "a parameter of the method, under its own name", default={}, name="PARAMETER"
    )


@frozen
class AnswerTable:
    """An answer of a scale."""

    code: Code = key("what the data hold")
    score: Fraction = key("what it scores, within the scheme's range")
    title: Title = key("what the questionnaire says; data may hold it as well", default=Title())


@frozen
class ScaleTable:
    """What an answer may be and what it scores: a choice, the reverse of one, or a number."""

    answer: tuple[AnswerTable, ...] = key("the answers to choose from", default=())
    not_applicable: Texts = key("answers that are left out and counted", default=())
    no_answer: Texts = key(
        "what data hold where the respondent gave no answer: it counts as an empty cell, and not "
        "as an answer",
        default=(),
    )
    reverse: str | None = key(
        "the scale whose answers this one has, with the scores mirrored in the range",
        default=None,
    )
    goalposts: Pair | None = key(
        "for a number: the one that earns the lowest score and the one that earns the highest",
        default=None,
    )
    clamp: bool = key(
        "whether a number beyond a goalpost counts as the goalpost; if not, it is an error",
        default=False,
    )
    transform: Transform | None = key(
        "applied to the number and the goalposts before they are compared", default=None
    )


@frozen
class GradeTable:
    """A band of the rounded score, written as its lower bound."""

    name: Code = key("the grade's name")
    lowest: Fraction = key("the least rounded score of the band", name="from")
    requires: dict[str, Fraction] = key(
        "what every node of a level, or the node of a code, must score at least", default={}
    )
    title: Title = key("the grade's title", default=Title())


@frozen
class SampleTable:
    """How many of the population are asked."""

    fraction: Share = key("the part of the population")
    at_least: Count = key("not fewer, or everyone where there are fewer", default=0)
    at_most: Count | None = key("not more", default=None)


@frozen
class NodeTable:
    """A node; its level is the key it stands under. A bare text is a node of that code."""

    code: Code = key("unique in the scheme")
    was: Code | None = key(
        "with `extends`: the code that this node has in the other scheme", default=None
    )
    before: Code | None = key(
        "with `extends`: the code of the sibling that this node comes before; else it keeps its "
        "place, or comes last",
        default=None,
    )
    title: Title = key("the node's title; its code where there is none", default=Title())
    weight: Fraction | None = key("among its siblings; if one has a weight, all must", default=None)
    scale: str | None = key("the scale of every item below that names none", default=None)
    aggregate: MethodTable | None = key("this node's own method", default=None)
    aggregation: dict[str, MethodTable] = key(
        "the methods of the levels below this node", default={}
    )
    missing: Missing | None = key(
        "what it means that this node or one below is missing", default=None
    )
    population: Title = key("who is asked", default=Title())
    sample: SampleTable | None = key("how many of them are asked", default=None)
    children: dict[str, tuple[NodeTable, ...]] = key(
        "the nodes below, in a list under the name of their level", default={}, name="LEVEL"
    )


@frozen
class PhaseTable:
    """A phase of the assessment."""

    start: datetime.date = key("its first day", name="from")
    end: datetime.date = key("its last day", name="to")
    title: Title = key("what happens", default=Title())


@frozen
class FileTable:
    """The whole file."""

    format: Literal[1] = key("the version of the notation")
    scheme: SchemeTable = key("what the scheme is")
    aggregation: dict[str, MethodTable] = key("the levels, each with its method")
    scale: dict[str, ScaleTable] = key("the scales by name", default={})
    grade: tuple[GradeTable, ...] = key(
        "the grades, highest first; with `extends` either all of them, or `[grade.NAME]` with what "
        "changes of one",
        default=(),
    )
    calendar: tuple[PhaseTable, ...] = key("the assessment's phases", default=())
    children: dict[str, tuple[NodeTable, ...]] = key(
        "the nodes below the root, in a list under the name of their level",
        default={},
        name="LEVEL",
    )
