"""From typed tables to the scheme: names become what they stand for, and inheritance is resolved.

Whatever cannot be resolved is a flaw at its key path and is left out, so that one run finds all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import evolve, field, frozen

from itakit.grade import Grade, Requirement
from itakit.methods import BUILT_IN, Method, Use
from itakit.notation.flaws import Flaw
from itakit.notation.positions import Path
from itakit.notation.scales import build_scales
from itakit.notation.structure import RESERVED
from itakit.notation.tables import FileTable, MethodTable, NodeTable
from itakit.numerals import LIMIT
from itakit.policy import Missing
from itakit.rounding import Rounding
from itakit.scale import Scale
from itakit.scheme import Node, Phase, Sample, Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.titles import Title
from itakit.wording import say

FindMethod: TypeAlias = Callable[[str], Method | None]


@frozen
class Inherited:
    """What a node takes over from the nodes above it."""

    methods: Mapping[str, Use]
    missing: Missing
    scale: Scale | None = None


@frozen
class Built:
    """A scheme with the key path of each of its nodes, in the order of the tree."""

    scheme: Scheme
    paths: tuple[Path, ...]


def build(file: FileTable, find_method: FindMethod) -> tuple[Built | None, list[Flaw]]:
    """The scheme that a file declares, as far as its names can be resolved, and the flaws."""
    builder = _Builder(file, find_method)
    return builder.scheme(), builder.flaws


@frozen
class _Builder:
    file: FileTable
    find_method: FindMethod
    flaws: list[Flaw] = field(factory=list)
    paths: list[Path] = field(factory=list)

    def flaw(self, path: Path, name: str, advice: Any = None, /, **values: object) -> None:
        self.flaws.append(Flaw(path, say(name, **values), advice))

    def scheme(self) -> Built | None:
        file, head = self.file, self.file.scheme
        low, high = head.range
        if low >= high:
            self.flaw(("scheme", "range"), "range-order")
            return None
        scales, flaws = build_scales(file.scale, head.range)
        self.flaws.extend(flaws)
        methods = self.methods(file.aggregation, ("aggregation",))
        for level in file.aggregation:
            if level in RESERVED:
                self.flaw(("aggregation", level), "reserved-level")
        if head.root not in file.aggregation:
            self.flaw(("aggregation",), "root-method", root=printable(head.root))
        for level in head.rounding.carry:
            if level not in file.aggregation:
                i = head.rounding.carry.index(level)
                hint = did_you_mean(level, file.aggregation)
                self.flaw(("scheme", "rounding", "carry", i), "no-level", hint)
        inherited = Inherited(methods, head.missing)
        self.paths.append(("scheme", "root"))
        children = self.children(file.children, inherited, scales, ())
        root = Node(
            code=head.root,
            level=head.root,
            title=head.title or Title.of(head.root),
            method=methods.get(head.root, _UNKNOWN),
            missing=head.missing,
            children=tuple(children),
        )
        scheme = Scheme(
            id=head.id,
            root=root,
            range=head.range,
            version=head.version,
            title=head.title,
            source=head.source,
            levels=tuple(methods.items()),
            rounding=Rounding(head.rounding.places, head.rounding.mode, head.rounding.carry),
            missing=head.missing,
            weights=head.weights,
            scale_list=tuple(scales.values()),
            grades=tuple(
                Grade(
                    grade.name,
                    grade.lowest,
                    tuple(Requirement(*condition) for condition in grade.requires.items()),
                    grade.title,
                )
                for grade in file.grade
            ),
            calendar=tuple(Phase(p.start, p.end, p.title) for p in file.calendar),
        )
        return Built(scheme, tuple(self.paths))

    def children(
        self,
        tables: Mapping[str, tuple[NodeTable, ...]],
        inherited: Inherited,
        scales: Mapping[str, Scale],
        path: Path,
    ) -> Iterator[Node]:
        for level, siblings in tables.items():
            if not siblings:
                self.flaw((*path, level), "no-children", say("delete-or-fill"))
            for i, table in enumerate(siblings):
                yield self.node(table, level, inherited, scales, (*path, level, i))

    def node(
        self,
        table: NodeTable,
        level: str,
        inherited: Inherited,
        scales: Mapping[str, Scale],
        path: Path,
    ) -> Node:
        self.paths.append(path)
        scale = inherited.scale
        if table.scale is not None:
            scale = scales.get(table.scale)
            if table.scale not in self.file.scale:
                hint = did_you_mean(table.scale, self.file.scale)
                self.flaw((*path, "scale"), "no-scale-of-name", hint, name=printable(table.scale))
        own = self.methods(table.aggregation, (*path, "aggregation"))
        for below in table.aggregation:
            if below not in self.file.aggregation:
                hint = did_you_mean(below, self.file.aggregation)
                self.flaw((*path, "aggregation", below), "no-level", hint)
            elif not _has_level(table, below):
                self.flaw((*path, "aggregation", below), "no-level-below", level=below)
        inherited = evolve(
            inherited,
            methods={**inherited.methods, **own},
            missing=inherited.missing if table.missing is None else table.missing,
            scale=scale,
        )
        method = inherited.methods.get(level, _UNKNOWN)
        if table.aggregate is not None:
            method = self.use(table.aggregate, (*path, "aggregate")) or _UNKNOWN
        sample = table.sample
        return Node(
            code=table.code,
            level=level,
            title=table.title or Title.of(table.code),
            method=method,
            weight=table.weight,
            scale=scale,
            missing=inherited.missing,
            population=table.population,
            sample=sample and Sample(sample.fraction, sample.at_least, sample.at_most),
            children=tuple(self.children(table.children, inherited, scales, path)),
        )

    def methods(self, tables: Mapping[str, MethodTable], path: Path) -> dict[str, Use]:
        uses = {level: self.use(table, (*path, level)) for level, table in tables.items()}
        return {level: use for level, use in uses.items() if use is not None}

    def use(self, table: MethodTable, path: Path) -> Use | None:
        method = self.find_method(table.method)
        if method is None:
            hint = did_you_mean(table.method, BUILT_IN) or say(
                "known-methods", names=", ".join(BUILT_IN)
            )
            self.flaw(path, "no-method", hint, name=printable(table.method))
            return None
        before = len(self.flaws)
        for name, parameter in method.parameters.items():
            if parameter.required and name not in table.parameters:
                self.flaw(path, "missing-parameter", None, method=method.name, name=name)
        given: dict[str, Fraction | str] = {}
        for name, value in table.parameters.items():
            if name in method.parameters:
                taken = self.parameter(method.parameters[name].kind, value, (*path, name))
                given |= {} if taken is None else {name: taken}
            else:
                hint = did_you_mean(name, method.parameters)
                self.flaw((*path, name), "no-parameter", hint, method=method.name)
        return None if len(self.flaws) > before else Use(method, tuple(sorted(given.items())))

    def parameter(self, kind: str, value: object, path: Path) -> Fraction | str | None:
        low, high = self.file.scheme.range
        if kind == "code":
            if isinstance(value, str):
                return value
            self.flaw(path, "parameter-code")
            return None
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            self.flaw(path, "parameter-number")
        elif abs(value) > LIMIT or Fraction(value).denominator > 1000:
            if kind == "score" and low <= value <= high:
                return Fraction(value)
            self.flaw(path, "parameter-size", limit=LIMIT)
        elif kind == "count" and (value < 1 or Fraction(value).denominator != 1):
            self.flaw(path, "parameter-count")
        elif kind == "score" and not low <= value <= high:
            self.flaw(path, "parameter-score", low=low, high=high)
        else:
            return Fraction(value)
        return None


def _has_level(table: NodeTable, level: str) -> bool:
    return any(
        key == level or any(_has_level(child, level) for child in children)
        for key, children in table.children.items()
    )


_UNKNOWN = Use(BUILT_IN["mean"])
"""Stands in for a method that could not be resolved, which is among the flaws."""
