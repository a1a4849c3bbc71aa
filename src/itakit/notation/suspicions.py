"""What may well be meant, and more often is a slip: told as warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from itakit.notation.building import Built
from itakit.notation.flaws import Flaw, Flaws
from itakit.notation.positions import Path
from itakit.text import printable
from itakit.titles import ANY, Title
from itakit.wording import say


def suspicious(built: Built) -> Iterator[Flaw]:
    """What looks unlike everything around it."""
    yield from _leaves(built)
    yield from _unscaled(built)
    scheme, hints = built.scheme, Flaws()
    root, *nodes = built.nodes
    titled: list[list[tuple[Path, Title]]] = [
        [((*built.path(node), "title"), node.title) for node in nodes],
        [(("grade", i, "title"), grade.title) for i, grade in enumerate(scheme.grades)],
        [(("calendar", i, "title"), phase.title) for i, phase in enumerate(scheme.calendar)],
    ]
    titled[0].insert(0, (("scheme", "title"), root.title))
    for name in built.plain_scales:
        answers = enumerate(scheme.scales[name].answers)
        titled.append([(("scale", name, "answer", i, "title"), a.title) for i, a in answers])
    groups = [[(path, title.languages) for path, title in group] for group in titled]
    times = Counter(lang for group in groups for _, has in group for lang in has)
    languages = {lang for lang, n in times.items() if n > 1 and lang != ANY}
    for group in groups:
        yield from _untitled(group, languages, hints)


def _leaves(built: Built) -> Iterator[Flaw]:
    """An item at a level whose nodes hold, as a rule, two levels and not one; or the reverse.

    Where most nodes of the level are items, one that holds two levels is what is told: it is more
    likely to stand under the wrong key than all of them.
    """
    inner = {node.level for node in built.nodes if node.children}
    deep = Counter(n.level for n in built.nodes if any(c.level in inner for c in n.children))
    items = Counter(node.level for node in built.nodes if not node.children)
    for node in built.nodes:
        level = node.level
        if deep[level] and deep[level] >= items[level] and not node.children:
            says = say("leaf-among-inner", level=level)
            yield Flaw(built.path(node), says, say("check-children"), warning=True)
        elif deep[level] < items[level] and any(c.level in inner for c in node.children):
            says = say("inner-among-leaves", level=level)
            yield Flaw(built.path(node), says, say("check-level"), warning=True)


def _unscaled(built: Built) -> Iterator[Flaw]:
    """A node below which no item has a scale, beside a sibling below which one has.

    Instruments differ: below the root, only items are compared with items.
    """
    scaled: set[int] = set()
    for node in reversed(built.nodes):
        reached = any(id(child) in scaled for child in node.children)
        if reached or (not node.children and node.scale is not None):
            scaled.add(id(node))
    for node in built.nodes:
        siblings = [
            child for child in node.children if node is not built.scheme.root or not child.children
        ]
        beside = next((child for child in siblings if id(child) in scaled), None)
        for child in siblings:
            if beside is not None and id(child) not in scaled:
                says = say("no-scale-here", sibling=printable(beside.code))
                yield Flaw((*built.path(child), "scale"), says, say("add-scale"), warning=True)


def _untitled(
    titles: Sequence[tuple[Path, tuple[str, ...]]], languages: Collection[str], hints: Flaws
) -> Iterator[Flaw]:
    """A title that lacks a language which at least half of the titles around it have."""
    times = Counter(lang for _, has in titles for lang in has if lang in languages)
    usual = [lang for lang, n in times.items() if 2 * n >= len(titles)]
    for path, has in titles:
        lacking = [lang for lang in usual if lang not in has]
        odd = [lang for lang in has if lacking and lang not in usual and lang != ANY]
        for lang in lacking:
            if odd:
                hint = hints.meant(odd[0], [lang])
                at: Path = (*path, odd.pop(0))
                yield Flaw(at, say("title-odd", lang=lang), hint, warning=True)
            else:
                yield Flaw(path, say("title-missing", lang=lang), warning=True)
