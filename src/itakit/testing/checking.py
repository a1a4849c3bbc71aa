"""The laws of section 7 on anyone's scheme, in one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from itakit.errors import ItakitError, Problem, SchemeError
from itakit.scheme import Scheme
from itakit.testing.breach import Breach, LawError
from itakit.testing.families import families, items
from itakit.testing.method_laws import METHOD_LAWS, Trial
from itakit.testing.scheme_laws import ITEM_LAWS, SCHEME_LAWS, dumped
from itakit.testing.story import Story
from itakit.testing.strategies import drawn_by
from itakit.text import printable
from itakit.wording import Message, say


def check_laws(scheme: Scheme, *, max_examples: int = 25, seed: int | None = 0) -> list[str]:
    """The laws that hold for a scheme, each tried on random evidence.

    A law of methods is tried at every kind of node whose method declares it, with as many cases
    as ``max_examples`` says. The cases are the same every time; another ``seed`` gives others,
    `None` new ones in every run. Raises `LawError`, an `ItakitError`, with every law that does not
    hold and the smallest case that was found against each; its ``stories`` tell them at length.
    Raises `SchemeError` for what is no scheme.

        def test_laws():
            check_laws(itakit.load("my_scheme.toml"))
    """
    broken: list[LawError] = []
    checked: list[str] = []
    for law in laws_of(scheme):
        try:
            check_law(scheme, law, max_examples=max_examples, seed=seed)
        except LawError as error:
            broken.append(error)
        checked.append(say(f"law-{law}").text())
    if broken:
        told = LawError(problem for error in broken for problem in error.problems)
        told.stories = tuple(story for error in broken for story in error.stories)
        raise told
    return checked


def laws_of(scheme: Scheme) -> list[str]:
    """The names of the laws that a scheme has to keep, in the order in which they are tried.

    Raises `SchemeError` for what is no scheme.
    """
    if not isinstance(scheme, Scheme):
        raise SchemeError([Problem(say("not-a-scheme", value=printable(scheme)), say("find-load"))])
    return [*dict.fromkeys(law for law, _, _ in _trials(scheme)), "dump"]


def check_law(scheme: Scheme, law: str, *, max_examples: int = 25, seed: int | None = 0) -> None:
    """One law, tried wherever the scheme has to keep it. Raises `LawError` where it does not."""
    check_trial(max_examples, seed)
    try:
        if law == "dump" and (breach := dumped(scheme)) is not None:
            raise _error(law, breach, scheme, scheme)
        for name, trial, part in _trials(scheme):
            if name == law:
                _try(law, trial, part, scheme, max_examples, seed)
    except LawError as error:
        bare = LawError(error.problems)  # without what Hypothesis notes on it
        bare.stories = error.stories
        raise bare from None


def check_trial(max_examples: object, seed: object) -> None:
    """Raises `ItakitError` for numbers with which no law can be tried."""
    problems: list[Problem] = []
    if not _is_whole(max_examples) or max_examples < 1:
        asked = say("a-positive-count")
        problems.append(_other_kind("max_examples", max_examples, asked))
    if seed is not None and not _is_whole(seed):
        problems.append(_other_kind("seed", seed, say("a-seed")))
    if problems:
        raise ItakitError(problems)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _other_kind(name: str, value: object, asked: Message) -> Problem:
    return Problem(say("python-value", value=printable(value), expected=asked), key=name)


def _trials(scheme: Scheme) -> Iterator[tuple[str, Trial, Scheme]]:
    """Each law with everything in the scheme that it is tried on."""
    for family in families(scheme):
        declared = family.root.method.method.laws
        yield from ((law, trial, family) for law, trial in METHOD_LAWS.items() if law in declared)
    for item in items(scheme):
        for law, (follows, trial) in ITEM_LAWS.items():
            if follows(item.root.method.method):
                yield law, trial, item
    yield from ((law, trial, scheme) for law, trial in SCHEME_LAWS.items())


def _error(law: str, breach: Breach, part: Scheme, scheme: Scheme) -> LawError:
    error = breach.error(f"law-{law}")
    error.stories = (Story(law, breach, scheme, part),)
    return error


def _try(
    law: str, trial: Trial, part: Scheme, scheme: Scheme, examples: int, number: int | None
) -> None:
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def attempt(data: st.DataObject) -> None:
        breach = trial(drawn_by(data.draw), part)
        if breach is not None:
            raise _error(law, breach, part, scheme)

    if number is not None:
        attempt = seed(number)(attempt)
    attempt()
