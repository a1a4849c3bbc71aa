"""Slips in a scale: each differs from the scale in one thing that it says."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from itakit.numerals import plain
from itakit.scale import Choice, Scale
from itakit.wording import Message, say


def reversed_scale(scale: Scale) -> Scale | None:
    """The scale read in the other direction; `None` where that is the same scale."""
    posts = scale.goalposts
    if posts is not None:
        return evolve(scale, goalposts=evolve(posts, worst=posts.best, best=posts.worst))
    turned = scale.reversed(scale.name)
    return None if turned.answers == scale.answers else turned


def other_scales(scale: Scale) -> Iterator[tuple[Message, Scale]]:
    """Every slip in a scale, with what it says."""
    turned = reversed_scale(scale)
    if turned is not None:
        yield say("mutation-scale-reversed", scale=scale.name), turned
    yield from _scores(scale)
    yield from _inapplicable(scale)
    yield from _goalposts(scale)


def _scores(scale: Scale) -> Iterator[tuple[Message, Scale]]:
    """A score is off by a hundredth of the range."""
    low, high = scale.range
    for i, choice in enumerate(scale.answers):
        step = (high - low) / 100
        score = choice.score + (step if choice.score + step <= high else -step)
        answers = (*scale.answers[:i], evolve(choice, score=score), *scale.answers[i + 1 :])
        values = {"answer": choice.code, "was": plain(choice.score), "now": plain(score)}
        what = say("mutation-score", scale=scale.name, **values)
        yield what, evolve(scale, answers=answers)


def _inapplicable(scale: Scale) -> Iterator[tuple[Message, Scale]]:
    """An answer that is left out counts as the lowest score."""
    for code in scale.not_applicable if scale.answers else ():
        rest = tuple(other for other in scale.not_applicable if other != code)
        answers = (*scale.answers, Choice(code, scale.range[0]))
        what = say("mutation-inapplicable", scale=scale.name, answer=code)
        yield what, evolve(scale, answers=answers, not_applicable=rest)


def _goalposts(scale: Scale) -> Iterator[tuple[Message, Scale]]:
    """A goalpost stands a hundredth of the way off; what lies beyond is taken otherwise."""
    posts = scale.goalposts
    if posts is None:
        return
    step = (posts.best - posts.worst) / 100
    for end, new in (
        (posts.worst, evolve(posts, worst=posts.worst + step)),
        (posts.best, evolve(posts, best=posts.best - step)),
    ):
        now = new.worst if end == posts.worst else new.best
        values = {"scale": scale.name, "was": plain(end), "now": plain(now)}
        yield say("mutation-goalpost", **values), evolve(scale, goalposts=new)
    clamp = evolve(posts, clamp=not posts.clamp)
    name = "mutation-no-clamp" if posts.clamp else "mutation-clamp"
    yield say(name, scale=scale.name), evolve(scale, goalposts=clamp)
    if posts.transform is not None:
        what = say("mutation-transform", scale=scale.name, transform=posts.transform)
        yield what, evolve(scale, goalposts=evolve(posts, transform=None))
