"""Evidence for a scheme, drawn at random: answers, scores and gaps, at any node."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally
from itakit.numerals import plain, terminates
from itakit.scale import Goalposts, Scale
from itakit.scheme import Scheme
from itakit.testing.drawing import Draw, chance, pick, score

Gaps: TypeAlias = Literal["none", "allowed", "any"]
"""Whether items may be missing: never, where the scheme forgives it, or anywhere."""


@frozen
class Habits:
    """What drawn evidence may hold."""

    gaps: Gaps = "allowed"
    exceptions: Literal["none", "some"] = "some"
    """Whether nodes may be not applicable."""
    cuts: Literal["none", "some"] = "some"
    """Whether inner nodes may have evidence of their own."""


USUAL = Habits()
"""Evidence as it comes: with gaps, and with answers and scores for any node."""
WHOLE = Habits(gaps="none", exceptions="none")
"""Evidence for everything."""


def evidence(draw: Draw, scheme: Scheme, habits: Habits = USUAL) -> dict[str, Evidence]:
    """Evidence for a unit. Large schemes repeat themselves, so that drawing them costs little."""
    return _Drawing(draw, scheme, habits).unit()


def tally(draw: Draw, scale: Scale) -> Tally:
    """How many respondents gave each answer of a scale, by its code or a title."""
    if scale.goalposts is not None:
        numbers = [number(draw, scale.goalposts) for _ in range(draw(1, 3))]
        return Tally((n, draw(1, 9)) for n in numbers)
    counts: list[tuple[object, object]] = []
    for choice in scale.answers:
        texts = [choice.code, *(text for _, text in choice.title.texts)]
        counts.append((pick(draw, texts), draw(0, 9)))
        if chance(draw, 6):
            counts.append((pick(draw, texts), Fraction(draw(0, 9), draw(1, 4))))
    if scale.not_applicable and chance(draw, 3):
        counts.append((pick(draw, scale.not_applicable), draw(0, 9)))
    return Tally(counts)


def answer(draw: Draw, scale: Scale) -> Answer:
    """One answer of a scale, by its code or a title, or a number."""
    if scale.goalposts is not None:
        return Answer(written(draw, number(draw, scale.goalposts)))
    texts = [text for choice in scale.answers for _, text in choice.title.texts]
    codes = [choice.code for choice in scale.answers]
    return Answer(pick(draw, (*codes, *texts, *scale.not_applicable)))


def number(draw: Draw, posts: Goalposts) -> Fraction:
    """A number that a scale with goalposts takes."""
    low, high = sorted((posts.worst, posts.best))
    beyond = 5 if posts.clamp and chance(draw, 3) else 0
    return low + (high - low) * Fraction(draw(-beyond, 20 + beyond), 20)


def written(draw: Draw, value: Fraction) -> int | str | Decimal | Fraction:
    """A number in one of the forms that evidence takes."""
    forms: list[int | str | Decimal | Fraction] = [value]
    if terminates(value) and len(plain(value)) < 20:
        forms += [plain(value), Decimal(plain(value))]
        if value.denominator == 1:
            forms.append(int(value))
    return pick(draw, forms)


@frozen
class _Drawing:
    draw: Draw
    scheme: Scheme
    habits: Habits
    known: dict[str, Evidence] = field(factory=dict)
    palettes: dict[object, list[Evidence]] = field(factory=dict)

    def unit(self) -> dict[str, Evidence]:
        self.node(0)
        return self.known

    def node(self, i: int) -> None:
        draw, plan = self.draw, self.scheme.plan
        node, scale = plan.nodes[i], plan.scales[i]
        if not node.children:
            if self.there(node.missing.policy):
                self.known[node.code] = self.item(scale)
        elif i > 0 and self.habits.cuts == "some" and draw(0, 7) == 0:
            self.known[node.code] = self.cut(scale)
        else:
            child = i + 1
            while child < plan.ends[i]:
                self.node(child)
                child = plan.ends[child]

    def there(self, policy: str) -> bool:
        if self.habits.gaps == "none" or (self.habits.gaps == "allowed" and policy == "error"):
            return True
        return not chance(self.draw, 60 if policy == "error" else 4)

    def item(self, scale: Scale | None) -> Evidence:
        """The evidence of an item: one of those that items of its scale already have, or new."""
        palette = self.palettes.setdefault(scale and scale.name, [])
        i = self.draw(0, min(len(palette), 6))
        if i < len(palette):
            return palette[i]
        palette.append(self.cut(scale))
        return palette[-1]

    def cut(self, scale: Scale | None) -> Evidence:
        draw = self.draw
        if self.habits.exceptions == "some" and chance(draw, 12):
            return NOT_APPLICABLE
        kinds: list[Callable[[], Evidence]] = [
            lambda: written(draw, score(draw, self.scheme.range))
        ]
        if scale is not None:
            kinds += [lambda: self.counted(scale), lambda: answer(draw, scale)]
        return pick(draw, kinds)()

    def counted(self, scale: Scale) -> Evidence:
        """A tally; where everything must have evidence, at least one answer in it applies."""
        found = tally(self.draw, scale)
        if self.habits.gaps != "none" and self.habits.exceptions != "none":
            return found
        if any(count and code not in scale.not_applicable for code, count in found):
            return found
        return Tally({choice.code: 1 for choice in scale.answers[:1]})


def responses(draw: Draw, scheme: Scheme, unit: str = "unit") -> list[dict[str, object]]:
    """A row for every respondent of a few units, with a column for every item that has a scale.

    A cell holds an answer's code or a title of it, a number, or nothing.
    """
    scales = {leaf.code: leaf.scale for leaf in scheme.leaves() if leaf.scale is not None}
    palettes: dict[str, list[object]] = {}
    for scale in scales.values():
        if scale.name not in palettes:
            answers = (answer(draw, scale).value for _ in range(4))
            palettes[scale.name] = [None, *(str(value) for value in answers)]
    return [
        {unit: f"unit {i}"}
        | {code: pick(draw, palettes[scale.name]) for code, scale in scales.items()}
        for i in range(1, draw(1, 3) + 1)
        for _ in range(draw(1, 4))
    ]
