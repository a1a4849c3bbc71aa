"""What keys say of each other, as clauses of a JSON Schema: if this stands here, then that.

Each refuses only what the reader refuses. JSON Schema compares no value with another one of the
same file: it cannot add up weights, look up a code, or put two dates in order. What can be said
with bounds and with the usual names of levels is said with them, and so holds for most files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from itakit.methods import Method
from itakit.notation.shapes import Schema

USUAL_LEVELS = {
    "survey": "the surveys: instruments such as IIT, EIT and OIT",
    "indicator": "the indicators",
    "sub_indicator": "the sub-indicators",
    "question": "the questions",
    "part": "the parts of a question, each scored on its own",
    "item": "the items",
}
"""Names of levels that many schemes have: offered to who types, and followed through the file."""
_TOPS, _BOTTOM = (1, 10, 100), 0
_LADDER = tuple(digit * 10**power for power in range(5) for digit in (1, 2, 5))
_PLACES = 19
"""The reader compares the first twenty grades of one score, and these are among them."""
_BANDS, _ORDERED = range(50, 100, 10), 6
_NO_NEGATIVES = ("geometric-mean", "harmonic-mean", "power-mean")


def having(required: Sequence[str] = (), /, **properties: Schema) -> Schema:
    """A table that has some keys, and whatever else."""
    return {"type": "object", "required": [*required], "properties": properties}


def none_but(keys: Iterable[str], others: Schema | None = None) -> Schema:
    """A table each of whose keys is one of some, or holds what `others` describes, if anything."""
    return {
        "type": "object",
        "properties": dict.fromkeys(keys, True),
        "additionalProperties": False if others is None else others,
    }


def some_value(which: Schema) -> Schema:
    """A table in which some value is such as `which` describes."""
    return {"not": {"type": "object", "additionalProperties": {"not": which}}}


def when(condition: Schema, then: Schema) -> Schema:
    """One clause."""
    return {"if": condition, "then": then}


def used(method: Iterable[str]) -> Schema:
    """One of some methods, with parameters or without."""
    names = {"enum": [*method]}
    return {"anyOf": [names, having(["method"], method=names)]}


def scheme_clauses(file_keys: Sequence[str], methods: Sequence[Method]) -> Iterator[Schema]:
    """What holds for a file that extends no other."""
    unrooted = having(["scheme"], scheme={"not": {"required": ["root"]}})
    yield when(unrooted, having(aggregation=having(["total"])))
    yield {"not": {"propertyNames": {"enum": [*file_keys]}}}
    yield _not_all_zero(file_keys)
    for names, lists in _lists(methods):
        at_root = having(["aggregation"], aggregation=having(["total"], total=used(names)))
        yield when({"allOf": [unrooted, at_root]}, none_but(file_keys, lists))
    below = having(["scheme"], scheme=_range(1, {"exclusiveMaximum": _BOTTOM}))
    root = {"not": {"anyOf": [used(_NO_NEGATIVES), _ADDS]}}
    yield when({"allOf": [unrooted, below]}, having(aggregation=having(total=root)))
    levels: Schema = {"enum": [*USUAL_LEVELS, "total"]}
    usual = having(["aggregation"], aggregation={"propertyNames": levels})
    yield when(usual, {**none_but(file_keys), "properties": _usual(file_keys)})
    carried = having(carry={"items": levels})
    yield when(usual, having(scheme=having(root=levels, rounding=carried)))
    mirrored = having(["scale"], scale=some_value(having(["reverse"])))
    yield when(mirrored, having(scale=some_value(having(["answer"]))))
    for level in USUAL_LEVELS:
        declared = having(["aggregation"], aggregation=having([level]))
        reference = {"$ref": f"#/definitions/has_{level}"}
        is_root = having(["scheme"], scheme=having(["root"], root={"enum": [level]}))
        yield when(declared, {"anyOf": [reference, is_root]})
        yield when(reference, declared)
        carried = having(["rounding"], rounding=having(["carry"], carry={"contains": _is(level)}))
        yield when(having(["scheme"], scheme=carried), declared)


def any_clauses() -> Iterator[Schema]:
    """What holds for every file that says what its range is, be it a whole scheme or changes."""
    for top in _TOPS:
        yield when(_ranged(1, {"maximum": top}), _scores({"maximum": top}))
    yield when(_ranged(0, {"minimum": _BOTTOM}), _scores({"minimum": _BOTTOM}, grades={}))
    # The last grade takes every score that the others leave, so one of them does.
    takes_all = {
        **having(["from"], **{"from": {"maximum": _BOTTOM}}),
        "not": having(["requires"], requires={"minProperties": 1}),
    }
    covered = having(grade={"anyOf": [{"maxItems": 0}, {"contains": takes_all}]})
    yield when(_ranged(0, {"maximum": _BOTTOM}), covered)
    for i in range(_PLACES):
        taken = {"minItems": i + 1, "items": [*[True] * i, takes_all], "additionalItems": True}
        nothing_left = having(grade=when(taken, {"maxItems": i + 1}))
        yield when(_ranged(0, {"minimum": _BOTTOM}), nothing_left)
    for i, bound in product(range(_ORDERED), _BANDS):
        start = having(**{"from": {"exclusiveMaximum": bound}})
        low = {"minItems": i + 1, "items": [*[True] * i, start], "additionalItems": True}
        lower = {"items": [True] * (i + 1), "additionalItems": start}
        yield having(grade=when(low, lower))


def range_clauses() -> Iterator[Schema]:
    """The lowest score is less than the highest."""
    for bound in (*_TOPS, _BOTTOM):
        first = {"items": [{"minimum": bound}], "additionalItems": True}
        second = {"items": [True, {"exclusiveMinimum": bound}], "additionalItems": True}
        yield when(first, second)


def scale_clauses() -> Iterator[Schema]:
    """A scale is one of three things, with what goes with it."""
    yield {"oneOf": [{"required": [key]} for key in ("answer", "reverse", "goalposts")]}
    yield when(having(["transform"]), having(["goalposts"]))
    yield when(having(["clamp"], clamp={"enum": [True]}), having(["goalposts"]))
    nothing = {"type": "array", "maxItems": 0}
    yield when(having(["reverse"]), having(not_applicable=nothing, no_answer=nothing))
    for names, bound in ((("log", "log10"), {"exclusiveMinimum": 0}), (("sqrt",), {"minimum": 0})):
        transformed = having(["transform"], transform={"enum": [*names]})
        yield when(transformed, having(goalposts={"items": bound}))


def sample_clauses() -> Iterator[Schema]:
    """The most is no less than the least."""
    for bound in _LADDER:
        least = having(["at_least"], at_least={"minimum": bound})
        yield when(least, having(at_most={"minimum": bound}))


def node_clauses(node_keys: Sequence[str], methods: Sequence[Method]) -> Iterator[Schema]:
    """What holds for a node of a file that extends no other."""
    yield _not_all_zero(node_keys)
    for names, lists in _lists(methods):
        own = having(["aggregate"], aggregate=used(names))
        yield when(own, none_but(node_keys, lists))
    for level in USUAL_LEVELS:
        said = having(["aggregation"], aggregation=having([level]))
        yield when(said, {"$ref": f"#/definitions/has_{level}"})


def has_level(level: str) -> Schema:
    """A table with nodes of a level somewhere below it."""
    below = {"type": "array", "contains": {"$ref": f"#/definitions/has_{level}"}}
    return {
        "type": "object",
        "anyOf": [
            {"required": [level]},
            some_value(below),
        ],
    }


def usual_node(keys: Sequence[str]) -> Schema:
    """A node below which all levels have usual names."""
    return {**none_but(keys), "type": ["object", "string"], "properties": _usual(keys)}


def siblings(node: Schema) -> Schema:
    """Nodes that stand side by side: all have a weight, or none has."""
    one_has = {"contains": _WEIGHED["items"]}
    return {"type": "array", "items": node, **when(one_has, _WEIGHED)}


_WEIGHED: Schema = {"items": {"type": "object", "required": ["weight"]}}
_ADDS: Schema = {
    "anyOf": [
        {"enum": ["deduction"]},
        {
            **having(["method"], method={"enum": ["deduction"]}),
            "not": having(["base"]),
        },
    ]
}
"""A deduction without a base, which takes every child off the highest score."""


def _usual(keys: Sequence[str]) -> Schema:
    nodes = {"type": "array", "items": {"$ref": "#/definitions/usual_node"}}
    return dict.fromkeys(keys, True) | dict.fromkeys((*USUAL_LEVELS, "total"), nodes)


def _not_all_zero(keys: Sequence[str]) -> Schema:
    """The weights of the children are not all 0, where there are children."""
    zero = having(["weight"], weight={"enum": [0]})
    all_zero = none_but(keys, {"type": "array", "items": zero})
    return when({"not": {"propertyNames": {"enum": [*keys]}}}, {"not": all_zero})


def _lists(methods: Sequence[Method]) -> Iterator[tuple[list[str], Schema]]:
    """Methods that ask the same of the children, and what: not too many, or a weight of each."""
    for most in sorted({m.terms[1] for m in methods if m.terms[1] is not None}):
        yield [method.name for method in methods if method.terms[1] == most], {"maxItems": most}
    yield [method.name for method in methods if method.weighted], _WEIGHED


def _is(text: str) -> Schema:
    return {"enum": [text]}


def _range(place: int, bound: Schema) -> Schema:
    """The head of a scheme whose lowest (0) or highest (1) score is within a bound."""
    end = {
        "type": "array",
        "minItems": 2,
        "items": [*[True] * place, {"type": ["integer", "number"], **bound}],
    }
    return having(["range"], range={**end, "additionalItems": True})


def _ranged(place: int, bound: Schema) -> Schema:
    return having(["scheme"], scheme=_range(place, bound))


def _scores(bound: Schema, grades: Schema | None = None) -> Schema:
    """Every score that a file names is within a bound; and, if not said otherwise, every grade."""
    answers = {"items": having(score=bound)}
    scales = {"type": "object", "additionalProperties": having(answer=answers)}
    requires = {"type": "object", "additionalProperties": bound}
    start = bound if grades is None else grades
    grade = having(**{"from": start}, requires=requires)
    return having(scale=scales, grade={"items": grade})
