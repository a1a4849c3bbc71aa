"""A difference in words: what changed, under the code of what it changed of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from itakit.difference.change import Change
from itakit.difference.matching import Matching, own_title
from itakit.difference.values import differing, percent, shown
from itakit.text import one_line
from itakit.titles import Title
from itakit.wording import say

if TYPE_CHECKING:
    from itakit.difference.comparing import Difference


@frozen
class Section:
    """What is told of one thing."""

    heading: str
    sentences: tuple[str, ...]


def headline(difference: Difference, told: Sequence[Section], lang: str) -> str:
    """The two schemes, and how many changes are told."""
    schemes = {
        name: one_line(f"{scheme.id} {scheme.version}".strip())
        for name, scheme in (("old", difference.old), ("new", difference.new))
    }
    if not difference:
        return say("diff-none", **schemes).text(lang)
    name = "diff-some" if difference.scores else "diff-no-scores"
    n = sum(len(section.sentences) for section in told)
    return say(name, n=n, **schemes).text(lang)


def text(difference: Difference, lang: str) -> str:
    """A heading for everything that changed, and below it a line for each change."""
    told = [*sections(difference, lang)]
    lines = [headline(difference, told, lang)]
    for section in told:
        lines += ["", section.heading, *(f"  {sentence}" for sentence in section.sentences)]
    return "\n".join(lines)


def sections(difference: Difference, lang: str) -> Iterator[Section]:
    """The changes in words, by what they are of: nodes in the order of the scheme."""
    rules: dict[str, list[str]] = {}
    phases: list[str] = []
    for change in difference.changes:
        if change.part == "phase":
            phases.append(_rule(change, lang))
        elif change.part != "node":
            name = "grades" if change.part == "grade" and not change.name else change.part
            heading = say(f"diff-{name}", name=one_line(change.name)).text(lang)
            rules.setdefault(heading, []).append(_rule(change, lang))
    yield from (Section(heading, tuple(told)) for heading, told in rules.items())
    yield from _Nodes.of(difference).sections(lang)
    if phases:
        yield Section(say("diff-phase").text(lang), tuple(phases))


def _rule(change: Change, lang: str) -> str:
    if change.kind == "source":
        return "; ".join(_sources(change, lang))
    old, new = differing(change.old, change.new)
    if change.kind in ("mode", "weights"):
        words = "mode" if change.kind == "mode" else "diff-weights"
        old, new = (say(f"{words}-{value}").text(lang) for value in (old, new))
    values = {"old": shown(old, lang), "new": shown(new, lang), "item": one_line(change.item)}
    return say(f"diff-{change.part}-{change.kind}", **values).text(lang)


def _sources(change: Change, lang: str) -> Iterator[str]:
    """The sources that one of the schemes names and the other does not."""
    old: Any = change.old
    new: Any = change.new
    for name, there, other in (("added", new, old), ("retired", old, new)):
        for source in there:
            if source not in other:
                yield say(f"diff-source-{name}", source=shown(Title.of(source), lang)).text(lang)
    if {*old} == {*new}:
        yield say("diff-source-order").text(lang)


@frozen
class _Nodes:
    """What changed of the nodes."""

    difference: Difference
    matching: Matching
    changes: Mapping[tuple[bool, str], Sequence[Change]]
    """By whether the node is in the new scheme, and its code."""
    families: Mapping[int, Mapping[tuple[object, object], Sequence[str]]]
    """By new parent: children that changed nothing but what they count, by what they counted and
    count, where there are several."""

    @classmethod
    def of(cls, difference: Difference) -> _Nodes:
        changes: dict[tuple[bool, str], list[Change]] = {}
        renamed: dict[str, str] = {}
        for change in difference.changes:
            if change.part == "node":
                changes.setdefault((change.kind != "retired", change.name), []).append(change)
                if change.kind == "renamed":
                    renamed[str(change.old)] = str(change.new)
        plan = difference.new.plan
        families: dict[int, dict[tuple[object, object], list[str]]] = {}
        for (_, code), told in changes.items():
            kinds = {change.kind: change for change in told}
            if "share" in kinds and "weight" not in kinds:
                share, family = (
                    kinds["share"],
                    families.setdefault(plan.parents[plan.index[code]], {}),
                )
                family.setdefault((share.old, share.new), []).append(code)
        several = {
            parent: {counts: codes for counts, codes in family.items() if len(codes) > 1}
            for parent, family in families.items()
        }
        matching = Matching.of(difference.old, difference.new, renamed)
        return cls(difference, matching, changes, several)

    def sections(self, lang: str) -> Iterator[Section]:
        """A section for every node of which there is something to tell."""
        below = self._below()
        for is_new, n in self.matching.order():
            scheme = self.difference.new if is_new else self.difference.old
            node = scheme.plan.nodes[n]
            if is_new:
                told = [*self._told(n, node.code, lang)]
            elif n in below:
                [change] = self.changes[False, node.code]
                told = [_facts(change, lang)]
                if below[n]:
                    codes = ", ".join(map(one_line, below[n]))
                    told.append(say("diff-node-below", codes=codes).text(lang))
            else:
                continue  # it went with a node above it
            if told:
                title = node.title[lang] if own_title(node) else ""
                yield Section(one_line(f"{node.code} {title}"), tuple(told))

    def _below(self) -> dict[int, list[str]]:
        """The nodes that went and did not go with one above them: of each, what went with it."""
        plan = self.difference.old.plan
        tops: dict[int, int] = {}
        below: dict[int, list[str]] = {}
        for i, parent in enumerate(plan.parents):
            if i not in self.matching.forth:
                tops[i] = tops.get(parent, i)
                if tops[i] == i:
                    below[i] = []
                else:
                    below[tops[i]].append(plan.nodes[i].code)
        return below

    def _told(self, n: int, code: str, lang: str) -> Iterator[str]:
        kinds = {change.kind: change for change in self.changes.get((True, code), ())}
        for kind, change in kinds.items():
            if kind == "added":
                yield _facts(change, lang)
            elif kind == "share":
                alike = self._family(self._parent(n)).get((change.old, change.new))
                if alike is None and "weight" not in kinds:
                    yield say("diff-node-share", **_counts(change)).text(lang)
            elif kind == "moved":
                yield self._moved(change, n, lang)
            else:
                yield _node(change, kinds.get("share"), lang)
        for (old, new), codes in self._family(n).items():
            shares = _counts(Change("node", code, "share", old, new))
            listed = ", ".join(map(one_line, codes))
            yield say("diff-node-shares", codes=listed, **shares).text(lang)

    def _moved(self, change: Change, n: int, lang: str) -> str:
        """From where to where; a parent that has another code in the other scheme has it told."""
        old, new, matching = self.difference.old.plan, self.difference.new.plan, self.matching
        i, j = old.parents[matching.back[n]], new.parents[n]
        was, now = matching.back.get(j), matching.forth.get(i)
        before, after = one_line(str(change.old)), one_line(str(change.new))
        if now and new.nodes[now].code != old.nodes[i].code:
            code = one_line(new.nodes[now].code)
            before = say("diff-parent-now", parent=before, code=code).text(lang)
        if was and old.nodes[was].code != new.nodes[j].code:
            code = one_line(old.nodes[was].code)
            after = say("diff-parent-was", parent=after, code=code).text(lang)
        return say("diff-node-moved", old=before, new=after).text(lang)

    def _family(self, n: int) -> Mapping[tuple[object, object], Sequence[str]]:
        return self.families.get(n, {})

    def _parent(self, n: int) -> int:
        return self.difference.new.plan.parents[n]


def _counts(share: Change) -> dict[str, str]:
    old: Any = share.old
    new: Any = share.new
    return {"old": percent(old), "new": percent(new)}


def _node(change: Change, share: Change | None, lang: str) -> str:
    """A sentence about a node that both schemes have."""
    old, new = differing(change.old, change.new)
    if change.kind == "place" and new is None:
        return say("diff-node-last").text(lang)
    values = {"old": shown(old, lang), "new": shown(new, lang)}
    if change.kind == "weight" and share is not None:
        counts = _counts(share)
        return say(
            "diff-node-weight-share", **values, before=counts["old"], after=counts["new"]
        ).text(lang)
    return say(f"diff-node-{change.kind}", **values).text(lang)


def _facts(change: Change, lang: str) -> str:
    """A sentence about a node that only one of the schemes has."""
    facts: Any = change.new if change.kind == "added" else change.old
    where = {"level": one_line(facts["level"]), "parent": one_line(facts["parent"])}
    told = [say(f"diff-node-{change.kind}", **where).text(lang)]
    if facts["weight"] is not None:
        told.append(say("diff-fact-weight", weight=shown(facts["weight"], lang)).text(lang))
    if facts["share"] is not None:
        told.append(say("diff-fact-share", share=percent(facts["share"])).text(lang))
    if facts["scale"] is not None:
        told.append(say("diff-fact-scale", scale=one_line(facts["scale"])).text(lang))
    if change.perhaps:
        told.append(say(f"diff-perhaps-{change.kind}", code=one_line(change.perhaps)).text(lang))
    return "; ".join(told)
