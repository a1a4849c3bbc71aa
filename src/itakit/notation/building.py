"""From typed tables to the scheme: names become what they stand for, and inheritance is resolved.

Whatever cannot be resolved is a flaw at its key path and is left out, so that one run finds all.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from itakit.grade import Grade, Requirement
from itakit.methods import BUILT_IN, Use
from itakit.notation.flaws import Flaw, Flaws, listed
from itakit.notation.kinds import found, is_code
from itakit.notation.positions import Path
from itakit.notation.scales import build_scales, check_names
from itakit.notation.structure import RESERVED
from itakit.notation.tables import FileTable, NodeTable
from itakit.notation.uses import FindMethod, Uses
from itakit.policy import Missing
from itakit.rounding import Rounding
from itakit.scale import Scale
from itakit.scheme import Node, Phase, Sample, Scheme
from itakit.text import printable
from itakit.titles import Title
from itakit.wording import say


@frozen
class Inherited:
    """What a node takes over from the nodes above it."""

    methods: ChainMap[str, Use]
    missing: Missing
    scale: Scale | None = None


@frozen
class Built:
    """A scheme, and where in the file each of its nodes stands."""

    scheme: Scheme
    nodes: tuple[Node, ...]
    """A parent before its children, in the order of the file."""
    paths: tuple[Path, ...]
    """The key paths of the nodes; for the root, that of its method."""
    plain_scales: tuple[str, ...]
    """The scales that are no reverse of another."""
    uses: tuple[tuple[Use, Path], ...]
    """The methods as they are written, and where: a node has one of these very uses."""

    def path(self, node: Node) -> Path:
        """The key path of a node."""
        return self._paths[id(node)]

    @cached_property
    def _paths(self) -> Mapping[int, Path]:
        return dict(zip(map(id, self.nodes), self.paths, strict=True))


def build(file: FileTable, find_method: FindMethod) -> tuple[Built | None, list[Flaw]]:
    """The scheme that a file declares, as far as its names can be resolved, and the flaws."""
    flaws = Flaws()
    head = file.scheme
    low, high = head.range
    if low >= high:
        flaws.add(("scheme", "range"), "range-order", say("lowest-first"))
        return None, flaws.found
    scales = build_scales(file.scale, head.range, flaws)
    tree = _Tree(file, scales, Uses(find_method, head.range, flaws), flaws)
    methods = tree.levels()
    root = Node(
        code=head.root,
        level=head.root,
        title=head.title or Title.of(head.root),
        method=methods.get(head.root, _UNKNOWN),
        missing=head.missing,
        children=tuple(
            tree.children(file.children, Inherited(ChainMap(methods), head.missing), ())
        ),
    )
    check_names(file.scale, tree.scale_names, flaws)
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
    own = tuple(name for name in scales if file.scale[name].reverse is None)
    uses = tuple(tree.uses.written)
    return Built(scheme, tuple(root.walk()), tuple(tree.paths), own, uses), flaws.found


@frozen
class _Tree:
    """The nodes while they are built; the flaws and the names found on the way are noted."""

    file: FileTable
    scales: Mapping[str, Scale]
    uses: Uses
    flaws: Flaws
    paths: list[Path] = field(factory=list)
    scale_names: dict[str, list[Path]] = field(factory=dict)
    """Where nodes name scales, by name."""

    def levels(self) -> dict[str, Use]:
        """The methods of the levels that the file declares."""
        head, declared = self.file.scheme, self.file.aggregation
        for level in declared:
            at: Path = ("aggregation", level)
            if level in RESERVED:
                self.flaws.add(at, "reserved-level", say("rename-level"))
            elif not is_code(level):
                self.flaws.add(at, "expected", found=found(level), expected=say("a-name"))
        if head.root not in declared:
            hint = say("declare-root", root=printable(head.root))
            self.flaws.add(("aggregation",), "root-method", hint, root=printable(head.root))
        for i, level in enumerate(head.rounding.carry):
            if level not in declared:
                self._no_level(("scheme", "rounding", "carry", i), level)
        if head.retired:
            self.flaws.add(("scheme", "retired"), "needs-extends", say("write-extends"))
        self.paths.append(("aggregation", head.root))
        return self.uses.all(declared, ("aggregation",))

    def _no_level(self, path: Path, level: str) -> None:
        declared = self.file.aggregation
        hint = self.flaws.meant(level, declared) or say("known-levels", levels=listed(declared))
        self.flaws.add(path, "no-level", hint, level=printable(level))

    def children(
        self, tables: Mapping[str, tuple[NodeTable, ...]], inherited: Inherited, path: Path
    ) -> Iterator[Node]:
        """The nodes below a node, with all that is below them."""
        for level, siblings in tables.items():
            if not siblings:
                self.flaws.add((*path, level), "no-children", say("delete-or-fill"))
            for i, table in enumerate(siblings):
                yield self._node(table, level, inherited, (*path, level, i))

    def _node(self, table: NodeTable, level: str, inherited: Inherited, path: Path) -> Node:
        self.paths.append(path)
        for key in ("was", "before"):
            if getattr(table, key) is not None:
                self.flaws.add((*path, key), "needs-extends", say("write-extends"))
        scale = inherited.scale
        if table.scale is not None:
            scale = self.scales.get(table.scale)
            self.scale_names.setdefault(table.scale, []).append((*path, "scale"))
        own = self.uses.all(table.aggregation, (*path, "aggregation"))
        levels_below = {*_levels(table)} if table.aggregation else set()
        for below in table.aggregation:
            at: Path = (*path, "aggregation", below)
            if below not in self.file.aggregation:
                self._no_level(at, below)
            elif below not in levels_below:
                hint = say("own-method") if below == level else say("delete-key")
                self.flaws.add(at, "no-level-below", hint, level=printable(below))
        method = inherited.methods.get(level, _UNKNOWN)
        inherited = Inherited(
            inherited.methods.new_child(own) if own else inherited.methods,
            inherited.missing if table.missing is None else table.missing,
            scale,
        )
        if table.aggregate is not None:
            method = self.uses.one(table.aggregate, (*path, "aggregate")) or _UNKNOWN
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
            sample=None
            if sample is None
            else Sample(sample.fraction, sample.at_least, sample.at_most),
            children=tuple(self.children(table.children, inherited, path)),
        )


def _levels(table: NodeTable) -> Iterator[str]:
    """The levels below a node."""
    for level, children in table.children.items():
        yield level
        for child in children:
            if child.children:
                yield from _levels(child)


_UNKNOWN = Use(BUILT_IN["mean"])
"""Stands in for a method that could not be resolved, which is among the flaws."""
