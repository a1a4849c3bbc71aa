"""The result: the scheme's tree with a score on every node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from itakit.evidence import Answer, Evidence, Tally
from itakit.explanation import explain
from itakit.grade import Grade, award
from itakit.language import system_language
from itakit.record import record
from itakit.scale import Scale
from itakit.scheme import Node, Scheme
from itakit.scores import Scores, Status
from itakit.showing import figure, grade, result_html
from itakit.titles import Title


@frozen(eq=False, repr=False)
class NodeResult:
    """The score of one node, and where it comes from."""

    _result: Result
    _scores: Scores
    _index: int
    code: str
    """The node's code."""

    def __repr__(self) -> str:
        return f"NodeResult({self.code!r}, {self.status}, rounded={figure(self)})"

    def _repr_html_(self) -> str:
        return result_html(self._result, self.code, system_language())

    @property
    def node(self) -> Node:
        """The node of the scheme."""
        return self._result.scheme.plan.nodes[self._index]

    @property
    def level(self) -> str:
        """The node's level."""
        return self.node.level

    @property
    def title(self) -> Title:
        """The node's title."""
        return self.node.title

    @property
    def weight(self) -> Fraction | None:
        """The node's weight as declared."""
        return self.node.weight

    @property
    def children(self) -> tuple[NodeResult, ...]:
        """The results of the nodes below."""
        return tuple(self._result[child.code] for child in self.node.children)

    @property
    def status(self) -> Status:
        """Whether the score was given as evidence or made of what is below, or why it is none."""
        return self._scores.status(self._index)

    @property
    def score(self) -> Fraction | None:
        """The exact score, or one within `error` of a score that is not rational."""
        return self._scores.score(self._index)[0]

    @property
    def error(self) -> Fraction:
        """The most by which `score` is off: 0 for every rational score."""
        return self._scores.score(self._index)[1]

    @property
    def rounded(self) -> Decimal | None:
        """The published figure, with the scheme's places."""
        return self._scores.rounded(self._index)

    @property
    def contribution(self) -> Fraction | None:
        """The part of the root's score that this node accounts for.

        0 for a node that dropped out, `None` where the root has no score, or where a method above
        is not linear and has no parts.
        """
        return self._scores.contributions[self._index]

    @property
    def coverage(self) -> Fraction | None:
        """The share of weight below that had evidence, from 0 to 1.

        `None` for a node that does not apply or was not used.
        """
        return self._scores.coverage(self._index)

    @property
    def evidence(self) -> Evidence | None:
        """What was given for this node."""
        return self._scores.evidence.get(self._index)

    @property
    def n(self) -> int | Fraction | None:
        """The number of respondents whose answers count; `None` where it was not answers."""
        answers = self.answers
        return None if answers is None else sum(answers.values())

    @property
    def answers(self) -> Mapping[str, int | Fraction] | None:
        """The number of respondents by the code of their answer, without the inapplicable."""
        return self._answers(applicable=True)

    @property
    def inapplicable(self) -> Mapping[str, int | Fraction] | None:
        """The number of respondents by answers that are left out and counted."""
        return self._answers(applicable=False)

    @property
    def scale(self) -> Scale | None:
        """What its answers are read with: its scale, or the one that all items below share."""
        return self._result.scheme.plan.scales[self._index]

    def _answers(self, *, applicable: bool) -> Mapping[str, int | Fraction] | None:
        scale, evidence = self.scale, self.evidence
        if isinstance(evidence, Answer):
            evidence = evidence.tally
        if scale is None or not isinstance(evidence, Tally):
            return None
        counts: dict[str, int | Fraction] = {}
        for answer, count in evidence:
            code = scale.code(answer)
            if code in scale.no_answer or not count:
                continue
            if (code not in scale.not_applicable) is applicable:
                counts[code] = counts.get(code, 0) + count
        return counts


@frozen(eq=False, repr=False)
class Result:
    """The scores of one unit, by the code of every node; those of the root are its own."""

    scheme: Scheme
    _scores: Scores

    def __repr__(self) -> str:
        return f"Result({self.scheme.id!r}, rounded={figure(self.root)}{grade(self)})"

    def _repr_html_(self) -> str:
        return result_html(self, None, system_language())

    def __getitem__(self, code: str) -> NodeResult:
        """The result of a node; the root's by its level. Raises `KeyError`."""
        return self._at(self.scheme.plan.index[code])

    def __iter__(self) -> Iterator[NodeResult]:
        """The results of all nodes, a parent before its children."""
        return (self._at(i) for i in range(len(self.scheme.plan.nodes)))

    @property
    def root(self) -> NodeResult:
        """The result of the root."""
        return self._at(0)

    @property
    def score(self) -> Fraction | None:
        """The unit's score; `None` where it is missing."""
        return self.root.score

    @property
    def rounded(self) -> Decimal | None:
        """The unit's published score."""
        return self._scores.rounded(0)

    @property
    def grade(self) -> str | None:
        """The name of the unit's grade; `None` where it has no score or the scheme no grades."""
        band = self.band
        return None if band is None else band.name

    @property
    def band(self) -> Grade | None:
        """The unit's grade with its bound and conditions."""
        return award(self.scheme.grades, self.rounded, self.rounded_of)

    def rounded_of(self, target: str) -> Sequence[Decimal | None]:
        """The published scores of a level's nodes, or of the node of a code.

        A node that does not apply is left out.
        """
        plan = self.scheme.plan
        numbers = plan.levels.get(target) or (plan.index[target],)
        return [
            self._scores.rounded(i) for i in numbers if self._scores.status(i) != "not applicable"
        ]

    def rows(self, lang: str = "en") -> list[dict[str, object]]:
        """A flat table: a row for every node, a parent before its children.

        Columns: code, level, parent (a code, `None` for the root), title, weight, score (exact),
        rounded, contribution, coverage (0 to 1) and n (respondents).
        """
        nodes, parents = self.scheme.plan.nodes, self.scheme.plan.parents
        return [
            {
                "code": row.code,
                "level": row.level,
                "parent": nodes[parent].code if parent >= 0 else None,
                "title": row.node.title[lang],
                "weight": row.weight,
                "score": row.score,
                "rounded": row.rounded,
                "contribution": row.contribution,
                "coverage": row.coverage,
                "n": row.n,
            }
            for row, parent in zip(self, parents, strict=True)
        ]

    def to_dict(self) -> dict[str, object]:
        """All of the result as JSON can hold it, exact, with what it takes to recompute it."""
        return record(self)

    def explain(self, code: str | None = None, lang: str = "en") -> str:
        """How the score of a node came about, in words; the whole tree without a code.

        Raises `KeyError` for a code that the scheme does not have.
        """
        return explain(self, code, lang)

    def coefficients(self, code: str) -> Mapping[str, Fraction]:
        """What the score of each child of a node was multiplied with, for a linear method.

        Children that dropped out are left out. Empty for an item, for a node whose score was not
        made of its children's, and for a method that is not linear.
        """
        plan = self.scheme.plan
        i = plan.index[code]
        step = next((step for step in plan.steps if step.index == i), None)
        parts = self._scores.coefficients(step) if step else {}
        return {plan.nodes[k].code: coefficient for k, coefficient in parts.items()}

    def _at(self, i: int) -> NodeResult:
        return NodeResult(self, self._scores, i, self.scheme.plan.nodes[i].code)
