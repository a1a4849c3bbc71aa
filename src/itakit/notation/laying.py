"""The nodes of one scheme laid over those of another: changed, added, moved, renamed, retired.

A change is of the node of the base that has its `was`, else its `code`. No two changes are of one
node, so none can come to stand below itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import define, evolve, field, frozen

from itakit.notation.drafts import Draft
from itakit.notation.flaws import Flaws, Spot
from itakit.notation.positions import Path
from itakit.text import printable
from itakit.wording import Message, say

_LIST: Path = ("scheme", "retired")


@frozen
class Moved:
    """A node of the base that a change puts in another place."""

    path: Path
    """Where the change stands."""
    level: str
    """Its level in the base."""
    parent: str
    """The code of its parent there; empty below the root."""
    strays: bool = False
    """Whether only its level is another one, and siblings still have the old one."""


@define
class Laying:
    """The changes of a scheme while they are laid over the nodes of the one that it extends."""

    tree: Draft
    """The nodes of the base; afterwards, those of both."""
    changes: Draft
    levels: Collection[str]
    flaws: Flaws = field(factory=Flaws)
    renamed: dict[str, str] = field(factory=dict)
    """The codes that changed, by what they were."""
    moved: list[Moved] = field(factory=list)
    """The nodes of the base that are put in another place, as the changes have them."""
    _known: Mapping[str, Draft] = field(factory=dict)
    """The nodes of the base by code."""
    _was: dict[str, Draft] = field(factory=dict)
    """The changes that say what their code was, by that code."""
    _places: dict[int, tuple[Draft, str]] = field(factory=dict)
    """By the identity of a node, its change, and the sibling that it comes before."""
    _mentioned: dict[int, Draft] = field(factory=dict)
    """The changes by the identities of the nodes that they are of."""
    _relevelled: dict[int, Draft] = field(factory=dict)
    """The nodes that moved to no other parent, by their places in `moved`."""
    _left: dict[int, tuple[Draft, Path]] = field(factory=dict)
    """The nodes that children went from, by identity, and where it says so of the last one."""

    def lay(self, retired: object) -> Mapping[str, Path]:
        """Lay every change over its node, and take out the nodes whose codes are listed.

        Returns the codes of all nodes that are no longer there, each with the place in that list.
        """
        self._known = {draft.code: draft for draft in self.tree.walk() if draft.code is not None}
        self._check_changes()
        gone = self._gone(retired)
        self._change(self.tree, self.changes)
        below: dict[str, Path] = {}
        for code, place in gone.items():
            draft = self._known[code]
            below |= {node.code or "": place for node in draft.walk()}
            parent = draft.parent or self.tree
            self._left[id(parent)] = (parent, place)
            draft.leave()
        self._check_codes()
        self._check_emptied()
        self._put_in_place()
        for k, draft in self._relevelled.items():
            siblings = draft.parent.children.values() if draft.parent else ()
            strays = any(sibling.level == self.moved[k].level for sibling in siblings)
            self.moved[k] = evolve(self.moved[k], strays=strays)
        return below

    def _check_changes(self) -> None:
        """Changes are of nodes of their own; what is wrong otherwise is left out."""
        codes: dict[str, Draft] = {}
        for change in [*self.changes.walk()]:
            code, was = change.code, change.taken("was")
            if code is None:
                continue
            first = codes.setdefault(code, change)
            if first is not change:
                self._twice("code-twice", change.at("code"), first.at("code"), code, "codes-unique")
                change.leave()
            elif was is not None and was not in self._known:
                self._unknown(change.at("was"), was)
                change.leave()
            elif was is not None and was in self._was:
                other = self._was[was].at("was")
                self._twice("was-twice", change.at("was"), other, was, "delete-one")
                change.leave()
            elif was is not None:
                self._was[was] = change
        for change in self.changes.walk():
            for key in self.levels & change.keys.keys():
                if change.keys[key] == []:
                    del change.keys[key]
                    self.flaws.add(change.at(key), "no-children", say("delete-or-fill"))

    def _gone(self, retired: object) -> dict[str, Path]:
        """The codes that are retired, each with its place in the list."""
        changes = {change.code: change for change in self.changes.walk()}
        renamed = {id(change) for change in self._was.values()}
        gone: dict[str, Path] = {}
        for i, code in enumerate(retired if isinstance(retired, list) else ()):
            place = (*_LIST, i)
            change, key = self._was.get(code), "was"
            if change is None and id(changes.get(code)) not in renamed:
                change, key = changes.get(code), "code"
            if code in gone:
                self._twice("retired-twice", place, gone[code], code, "delete-one")
            elif code not in self._known:
                self._unknown(place, code)
            elif change is not None:
                self._twice("retired-changed", change.at(key), place, code, "retire-or-change")
            else:
                gone[code] = place
        return gone

    def _twice(self, name: str, path: Path, other: Path, code: str, advice: str) -> None:
        self.flaws.add(path, name, say(advice), code=printable(code), where=Spot(other))

    def _unknown(self, path: Path, code: str) -> None:
        advice: Message | None = self.flaws.meant(code, self._known)
        self.flaws.add(path, "not-in-base", advice, code=printable(code))

    def _change(self, target: Draft, changes: Draft) -> None:
        """Lay the keys of a node over those of another, and then those of the nodes below it."""
        target.keys.update(changes.keys)
        target.origins.update(changes.origins)
        target.origin = changes.origin
        renamed = {id(change): code for code, change in self._was.items()}
        stack = [(target, change) for change in reversed(changes.children.values())]
        while stack:
            parent, change = stack.pop()
            code, was = change.code or "", renamed.get(id(change))
            child = None if was is None and code in self._was else self._known.get(was or code)
            if child is None:
                child = Draft(change.level, change.origin)
            if was is not None and was != code:
                self.renamed[was] = code
            if child.parent not in (None, parent):
                self._left[id(child.parent)] = (child.parent, change.at("code"))
            self._mentioned[id(child)] = change
            sibling = change.taken("before")
            if sibling is not None:
                self._places[id(child)] = (child, sibling)
            if child.parent is not None and (child.parent, child.level) != (parent, change.level):
                above = child.parent.code or ""
                self.moved.append(Moved(change.origin[1], child.level, above))
                if child.parent is parent:
                    self._relevelled[len(self.moved) - 1] = child
            child.move(change.level, parent)
            child.keys.update(change.keys)
            child.origins.update(change.origins)
            child.origin = change.origin
            stack.extend((child, below) for below in reversed(change.children.values()))

    def _check_codes(self) -> None:
        """No node is renamed to the code of another; if it is, it keeps its own."""
        users: dict[str, int] = {}
        for draft in self.tree.walk():
            users[draft.code or ""] = users.get(draft.code or "", 0) + 1
        for was, code in [*self.renamed.items()]:
            if users.get(code, 0) > 1:
                draft = self._known[was]
                self.flaws.add(
                    draft.at("code"), "code-in-use", say("free-code"), code=printable(code)
                )
                draft.keys["code"] = was
                del self.renamed[was]

    def _check_emptied(self) -> None:
        """No node is left without children, and so an item, unless the changes speak of it."""
        stays = {id(draft) for draft in self.tree.walk()}
        for i, (draft, path) in self._left.items():
            if i in stays and not draft.children and i not in self._mentioned and draft.parent:
                code = printable(draft.code or "")
                self.flaws.add(path, "emptied", say("retire-or-mention"), code=code)

    def _put_in_place(self) -> None:
        """Let nodes come before the siblings that they name."""
        families: dict[int, tuple[Draft, dict[tuple[str, str | None], Draft], dict[int, Draft]]]
        families = {}
        for i, (draft, code) in self._places.items():
            parent = draft.parent or self.tree
            if id(parent) not in families:
                siblings = {(child.level, child.code): child for child in parent.children.values()}
                families[id(parent)] = parent, siblings, {}
            _, siblings, before = families[id(parent)]
            sibling = siblings.get((draft.level, code), draft)
            if sibling is not draft:
                before[i] = sibling
            else:
                known = [c or "" for level, c in siblings if level == draft.level]
                advice = self.flaws.meant(code, [c for c in known if c != draft.code])
                self.flaws.add(draft.at("before"), "no-sibling", advice, code=printable(code))
        for parent, _, before in families.values():
            for draft in parent.order(before):
                self.flaws.add(draft.at("before"), "before-circle", say("name-another"))
