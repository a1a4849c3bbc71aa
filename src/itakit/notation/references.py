"""What is taken over from another scheme and names nodes: methods with a base, and conditions.

It goes on speaking of the same nodes, by the codes that they have now. Of a node that is retired
nothing can speak any more: that is told where the node is retired.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from attrs import define, field

from itakit.notation.drafts import Draft
from itakit.notation.flaws import Flaw, Flaws
from itakit.notation.positions import Path
from itakit.notation.reading import Document
from itakit.text import printable
from itakit.wording import Message, say


@define
class References:
    """The rules of a scheme that is extended, as they speak of its nodes."""

    tree: Draft
    """The nodes as they are now."""
    levels: Collection[str]
    renamed: Mapping[str, str]
    """The codes that changed, by what they were."""
    gone: Mapping[str, Path]
    """The codes of the nodes that are retired, each with its place in the list."""
    over: Document
    """The document with the changes: what it says itself is as it stands."""
    flaws: Flaws = field(factory=Flaws)

    def of_methods(self, methods: dict[str, Any], taken: Collection[str]) -> None:
        """Let the methods that are taken over, of levels and of nodes, speak of today's nodes."""
        for level in methods.keys() & taken:
            methods[level] = self._method(methods[level])
        for draft in self.tree.walk():
            for key in {"aggregate", "aggregation"} & draft.keys.keys() & draft.origins.keys():
                if draft.parent is not None and draft.origins[key][0] is not self.over:
                    value = draft.keys[key]
                    take = self._method if key == "aggregate" else self._by_level
                    draft.keys[key] = take(value)

    def of_grades(self, grades: list[Any], changes: object) -> list[Any]:
        """The grades that are taken over, with what they require of today's nodes."""
        tables = changes if isinstance(changes, dict) else {}
        return [self._grade(grade, tables) for grade in grades]

    def _by_level(self, methods: Any) -> Any:
        if not isinstance(methods, dict):
            return methods
        return {level: self._method(method) for level, method in methods.items()}

    def _method(self, method: Any) -> Any:
        """A method by its parameters: a text among them is the code of a node."""
        if not isinstance(method, dict):
            return method
        told: dict[str, Any] = {}
        for name, value in method.items():
            if name == "method" or not isinstance(value, str):
                told[name] = value
            elif value in self.gone:
                self._missed(
                    value,
                    say("retired-method", code=printable(value), parameter=printable(name)),
                    say("give-method", parameter=printable(name)),
                )
            else:
                told[name] = self.renamed.get(value, value)
        return told

    def _grade(self, grade: Any, changes: Mapping[str, Any]) -> Any:
        requires = grade.get("requires") if isinstance(grade, dict) else None
        if not isinstance(requires, dict):
            return grade
        change = changes.get(str(grade.get("name")))
        if isinstance(change, dict) and "requires" in change:
            return grade
        now: dict[str, Any] = {}
        for target, bound in requires.items():
            if target in self.levels:
                now[target] = bound
            elif target in self.gone:
                named = printable(str(grade.get("name")))
                self._missed(
                    target,
                    say("retired-required", code=printable(target), grade=named),
                    say("give-requires", grade=named),
                )
            else:
                now[self.renamed.get(target, target)] = bound
        return grade | {"requires": now}

    def _missed(self, code: str, says: Message, advice: Message) -> None:
        self.flaws.found.append(Flaw(self.gone[code], says, advice))
