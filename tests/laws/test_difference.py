"""Laws of the difference between two schemes, on schemes drawn at random and on slight changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.difference.matching import shares
from itakit.grade import Grade
from itakit.methods import BUILT_IN, Use
from itakit.policy import Missing
from itakit.scale import Choice, Goalposts
from itakit.scheme import Node, Phase, Sample, Scheme
from itakit.testing import LINEAR, WHOLE, Scope, evidence, schemes
from itakit.titles import Title

ANYWHERE = st.integers(0, 10**6)


def rebuilt(node: Node, numbers: list[int], change: Callable[[Node], Node]) -> Node:
    """A tree with one node of it changed: the one whose turn it is."""
    numbers[0] -= 1
    mine = numbers[0] == -1
    children = tuple(rebuilt(child, numbers, change) for child in node.children)
    same = evolve(node, children=children)
    return change(same) if mine else same


def of_nodes(n: int) -> list[Callable[[Node], Node]]:
    """Slight changes of one node."""
    return [
        lambda node: evolve(node, code=f"{node.code}x"),
        lambda node: evolve(node, title=Title.of(f"new {n}")),
        lambda node: evolve(node, level=f"{node.level}x"),
        lambda node: evolve(node, weight=Fraction(n % 7)),
        lambda node: evolve(node, missing=Missing("skip", Fraction(n % 5, 5))),
        lambda node: evolve(node, method=Use([*BUILT_IN.values()][n % len(BUILT_IN)])),
        lambda node: evolve(node, scale=None),
        lambda node: evolve(node, population=Title.of("all")),
        lambda node: evolve(node, sample=Sample(Fraction(n % 10, 10))),
        lambda node: evolve(node, children=node.children[::-1]),
        lambda node: evolve(node, children=node.children[1:] + node.children[:1]),
        lambda node: evolve(node, children=node.children[1:]),
        lambda node: evolve(node, children=(*node.children, evolve(node, code="y", children=()))),
    ]


def of_whole(n: int) -> list[Callable[[Scheme], Scheme]]:
    """Slight changes of the rules."""
    return [
        lambda s: evolve(s, id="other", version="9"),
        lambda s: evolve(s, title=Title.of("other")),
        lambda s: evolve(s, source=("other",)),
        lambda s: evolve(s, range=(s.range[0] - 1, s.range[1])),
        lambda s: evolve(s, rounding=evolve(s.rounding, places=n % 5)),
        lambda s: evolve(s, rounding=evolve(s.rounding, mode="up")),
        lambda s: evolve(s, rounding=evolve(s.rounding, carry=s.rounding.carry[1:])),
        lambda s: evolve(s, rounding=evolve(s.rounding, carry=s.rounding.carry[::-1])),
        lambda s: evolve(s, missing=Missing("zero")),
        lambda s: evolve(s, weights="relative"),
        lambda s: evolve(s, levels=s.levels[1:]),
        lambda s: evolve(s, levels=((s.levels[0][0], Use(BUILT_IN["max"])), *s.levels[1:])),
        lambda s: evolve(s, grades=s.grades[1:]),
        lambda s: evolve(s, grades=s.grades[::-1]),
        lambda s: evolve(s, grades=(*s.grades, Grade("zz", Fraction(n % 9)))),
        lambda s: evolve(s, grades=tuple(evolve(g, title=Title.of("t")) for g in s.grades)),
        lambda s: evolve(s, grades=tuple(evolve(g, requires=g.requires[1:]) for g in s.grades)),
        lambda s: evolve(s, grades=tuple(evolve(g, lowest=g.lowest + 1) for g in s.grades)),
        lambda s: evolve(s, calendar=(*s.calendar, Phase(date.min, date.min))),
    ]


def of_scales(n: int) -> list[Callable[[itakit.Scale], itakit.Scale]]:
    """Slight changes of a scale."""
    return [
        lambda s: evolve(s, answers=s.answers[::-1]),
        lambda s: evolve(s, answers=s.answers[1:]),
        lambda s: evolve(s, answers=(*s.answers, Choice("new", Fraction(n % 7)))),
        lambda s: evolve(s, answers=s.reversed("").answers),
        lambda s: evolve(s, answers=tuple(evolve(a, title=Title.of("a")) for a in s.answers)),
        lambda s: evolve(s, answers=tuple(evolve(a, score=a.score / 2) for a in s.answers)),
        lambda s: evolve(s, not_applicable=(*s.not_applicable, "none")),
        lambda s: evolve(s, no_answer=(*s.no_answer, "nobody")),
        lambda s: evolve(s, goalposts=Goalposts(Fraction(n % 3), Fraction(9), clamp=n % 2 > 0)),
        lambda s: evolve(s, goalposts=turned(s.goalposts)),
        lambda s: evolve(s, name=f"{s.name}x"),
    ]


def turned(posts: Goalposts | None) -> Goalposts | None:
    """The same goalposts, the worst being the best."""
    return posts and evolve(posts, worst=posts.best, best=posts.worst)


def rescaled(scheme: Scheme, name: str, change: Callable[[itakit.Scale], itakit.Scale]) -> Scheme:
    """A scheme with one of its scales changed, wherever it is used."""

    def of_node(node: Node) -> Node:
        scale = node.scale and (change(node.scale) if node.scale.name == name else node.scale)
        return evolve(node, scale=scale, children=tuple(map(of_node, node.children)))

    listed = tuple(change(s) if s.name == name else s for s in scheme.scale_list)
    return evolve(scheme, root=of_node(scheme.root), scale_list=listed)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Scheme, Scheme]:
    """A scheme, and one that is the same but for a few slight changes; or quite another one."""
    old = new = draw(schemes())
    if draw(st.integers(0, 5)) == 0:
        return old, draw(schemes())
    for _ in range(draw(st.integers(0, 3))):
        n = draw(ANYWHERE)
        match draw(st.integers(0, 4)):
            case 0 | 1:
                sizes = [len(node.children) for node in new.root.walk()]
                families = [i for i, size in enumerate(sizes) if size > 1]
                if not families or draw(st.booleans()):
                    families = [*range(len(sizes))]
                place = families[n % len(families)]
                change = draw(st.sampled_from(of_nodes(n)))
                new = evolve(new, root=rebuilt(new.root, [place], change))
            case 2 | 3:
                new = draw(st.sampled_from(of_whole(n)))(new)
            case _:
                names = [scale.name for scale in new.scale_list]
                if names:
                    how = draw(st.sampled_from(of_scales(n)))
                    new = rescaled(new, draw(st.sampled_from(names)), how)
    codes = [node.code for node in new.root.walk()]
    return old, (new if len({*codes}) == len(codes) else old)


class TestDifference:
    """itakit.diff tells the difference of meaning between any two schemes."""

    @given(schemes())
    def test_a_scheme_does_not_differ_from_itself(self, scheme: Scheme) -> None:
        """Nor from what is read back from what was written of it."""
        assert itakit.diff(scheme, scheme).changes == ()
        assert itakit.diff(scheme, itakit.loads(itakit.dumps(scheme))).changes == ()

    @given(pairs())
    def test_scores_can_differ_if_and_only_if_the_hashes_do(
        self, pair: tuple[Scheme, Scheme]
    ) -> None:
        """The hash counts everything on which a score can depend, and nothing else."""
        old, new = pair
        assert itakit.diff(old, new).scores == (old.hash != new.hash)

    @given(pairs())
    def test_nothing_is_told_if_and_only_if_nothing_is_different(
        self, pair: tuple[Scheme, Scheme]
    ) -> None:
        """But for the names of the schemes, and the order of levels and phases."""
        old, new = pair
        assert bool(itakit.diff(old, new)) == (meaning(old) != meaning(new))

    @given(pairs())
    def test_seen_from_the_other_side_it_is_the_other_way_round(
        self, pair: tuple[Scheme, Scheme]
    ) -> None:
        """What was added is retired, what was is what is. Which of two siblings changed places
        with the other is in the eye of the beholder."""
        forth, back = itakit.diff(*pair), itakit.diff(*pair[::-1])
        turned = {"added": "retired", "retired": "added"}
        turned |= {f"answer-{kind}": f"answer-{other}" for kind, other in turned.items()}

        def told(change: itakit.Change, *, turn: bool) -> object:
            kind = turned.get(change.kind, change.kind) if turn else change.kind
            values = (change.new, change.old) if turn else (change.old, change.new)
            name = "" if change.part == "phase" else change.name
            if change.kind == "renamed" or (change.part, name) == (
                "node",
                pair[not turn].root.code,
            ):
                name = "root"
            return change.part, name, kind, repr(values), change.item, change.perhaps

        here = Counter(told(c, turn=False) for c in forth.changes if c.kind != "place")
        there = Counter(told(c, turn=True) for c in back.changes if c.kind != "place")
        assert here == there
        assert sum(c.kind == "place" for c in forth.changes) == sum(
            c.kind == "place" for c in back.changes
        )

    @given(pairs())
    def test_whatever_is_different_is_told_in_both_languages(
        self, pair: tuple[Scheme, Scheme]
    ) -> None:
        """Every node of which there is a change has its words, or those of its parent."""
        difference = itakit.diff(*pair)
        for lang in ("en", "th"):
            lines = difference.text(lang).splitlines()
            assert (len(lines) > 1) == bool(difference)
        assert len(difference.to_dict()["changes"]) == len(difference.changes)  # type: ignore[arg-type]

    @given(schemes(), st.data())
    def test_who_is_known_to_be_renamed_is_the_same(
        self, scheme: Scheme, data: st.DataObject
    ) -> None:
        """However the codes were dealt out among the nodes."""
        codes = [node.code for node in scheme.nodes()][1:]
        renamed = dict(zip(codes, data.draw(st.permutations(codes)), strict=True))

        def of_node(node: Node) -> Node:
            title = node.title if node.title != Title.of(node.code) else None
            code = renamed.get(node.code, node.code)
            children = tuple(map(of_node, node.children))
            return evolve(
                node,
                code=code,
                title=title or Title.of(code),
                children=children,
                method=of_method(node.method),
            )

        def of_method(use: Use) -> Use:
            kinds = use.method.parameters
            return evolve(
                use,
                parameters=tuple(
                    (name, renamed[str(value)] if kinds[name].kind == "code" else value)
                    for name, value in use.parameters
                ),
            )

        def of_grade(grade: Grade) -> Grade:
            requires = tuple(
                evolve(one, target=renamed[one.target]) if one.target in renamed else one
                for one in grade.requires
            )
            return evolve(grade, requires=requires)

        other = evolve(
            scheme,
            root=of_node(scheme.root),
            grades=tuple(map(of_grade, scheme.grades)),
            levels=tuple((level, of_method(use)) for level, use in scheme.levels),
        )
        changes = itakit.diff(scheme, other, renamed).changes
        assert {(c.old, c.new) for c in changes} == {(a, b) for a, b in renamed.items() if a != b}
        assert {c.kind for c in changes} <= {"renamed"}

    @given(schemes(Scope(methods=LINEAR, carry=(0,), ends="any")), st.data())
    def test_what_a_node_counts_is_what_it_contributes_of_its_score(
        self, scheme: Scheme, data: st.DataObject
    ) -> None:
        """Where all have evidence, and no weight is renormalised."""
        known = data.draw(evidence(scheme, WHOLE))
        try:
            result = itakit.evaluate(scheme, known)
        except itakit.EvidenceError:
            return
        if any(row.status == "not applicable" for row in result):
            return
        counts = dict(zip([node.code for node in scheme.nodes()], shares(scheme), strict=True))
        for row in result:
            share = counts[row.code]
            if row.contribution is not None and row.score is not None:
                assert share is None or row.contribution == share * row.score


def meaning(scheme: Scheme) -> object:
    """All that a scheme says, but for its names and for orders that mean nothing."""
    rounding = evolve(scheme.rounding, carry=tuple(sorted(scheme.rounding.carry)))
    blank = evolve(scheme, id="", version="", levels=(), scale_list=(), calendar=())
    rest = dict(scheme.levels), scheme.scales, Counter(scheme.calendar)
    return evolve(blank, rounding=rounding), rest
