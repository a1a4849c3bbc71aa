"""Sampling: how many of a population a scheme asks."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from itakit import numerals
from itakit.errors import EvidenceError, Problem
from itakit.scheme import Node, Sample, Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import say


def sample_size(scheme: Scheme, code: str, population: object) -> int:
    """The number of respondents that a scheme requires of a population, for a survey of its own.

    The fraction of the population, rounded up to a whole person; not fewer than the scheme's
    least, unless there are fewer people; and not more than its most.

    >>> import itakit
    >>> sample_size(itakit.find("ita_2565"), "IIT", population=1200)
    120

    Raises `EvidenceError` for a code that the scheme does not have or that declares no sample, and
    for what is no number of people.
    """
    if code not in scheme:
        says = say("unknown-code", scheme=scheme.id)
        advice = did_you_mean(str(code), scheme.plan.index)
        raise EvidenceError([Problem(says, advice, key=printable(code))])
    sample = scheme[code].sample
    if sample is None:
        asked = [node.code for node in scheme.nodes() if node.sample]
        advice = say("sampled-nodes", codes=", ".join(asked)) if asked else None
        raise EvidenceError([Problem(say("no-sample"), advice, key=code)])
    return required(sample, people(population))


def people(value: object) -> int:
    """A number of people. Raises `EvidenceError` for what is none."""
    try:
        number = numerals.exact(value)
    except (TypeError, ValueError):
        number = Fraction(-1)
    if number < 0 or number.denominator != 1:
        raise EvidenceError([Problem(say("no-population", value=printable(value)))])
    return int(number)


def required(sample: Sample, population: int) -> int:
    """The number of respondents that a sample takes of a population."""
    most = population if sample.at_most is None else min(population, sample.at_most)
    return min(most, max(sample.at_least, ceil(sample.fraction * population)))


def surveys(scheme: Scheme) -> tuple[Node, ...]:
    """The nodes whose respondents are counted: those that say who is asked, or how many.

    The root, where none does.
    """
    asked = tuple(node for node in scheme.nodes() if node.sample or node.population.texts)
    return asked or (scheme.root,)
