"""The intake: what is known about a unit becomes scores, or problems that say why it does not."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from itakit import numerals
from itakit.draft import Draft
from itakit.errors import EvidenceError, Problem
from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally, inapplicable
from itakit.methods import Term
from itakit.scale import OutsideGoalposts, Scale, UnknownAnswer
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import Message, say


def take_in(draft: Draft, evidence: Mapping[str, Evidence | None]) -> None:
    """Every node with evidence has its score, does not apply, or is among the problems.

    Nothing below an inner node with evidence is used.
    """
    index, nodes, tables = draft.plan.index, draft.plan.nodes, draft.plan.tables
    numerators, denominators, known_at = draft.numerators, draft.denominators, draft.evidence
    inner: list[int] = []
    for code, known in evidence.items():
        i = index.get(code)
        if i is None:
            _unknown_code(draft, code)
            continue
        if type(known) is Tally and (table := tables[i]) is not None:
            points, unit = table
            n: Any = known.n
            total: Any = 0
            try:
                for answer, count in known.counts.items():
                    total += points[answer] * count
            except KeyError:
                pass  # a title, an answer that is not applicable, or one nobody declared
            else:
                if type(n) is int and n:
                    known_at[i] = known
                    numerators[i] = total
                    denominators[i] = n * unit
                    continue
        if known is None:
            continue
        known_at[i] = known
        _take(draft, i, known)
        if nodes[i].children and i in known_at:
            inner.append(i)
    for i in inner:
        _cut(draft, i)


def _unknown_code(draft: Draft, code: object) -> None:
    shown = printable(code)
    hint = did_you_mean(code if isinstance(code, str) else shown, draft.plan.index)
    says = say("unknown-code", scheme=draft.scheme.id)
    draft.problems.append(Problem(says, hint, key=shown))


def _cut(draft: Draft, i: int) -> None:
    """Nothing below a node with evidence is used; evidence there contradicts it."""
    above = draft.plan.nodes[i].code
    for below in range(i + 1, draft.plan.ends[i]):
        if below in draft.evidence:
            draft.problem(below, say("both", above=above), say("one-of-both"))
        draft.status[below] = "unused"


def _take(draft: Draft, i: int, known: Evidence) -> None:
    """Turn the evidence for a node into its score, or note what is wrong with it."""
    if known is NOT_APPLICABLE:
        _leave_out(draft, i)
    elif isinstance(known, Tally):
        _take_answers(draft, i, known)
    elif isinstance(known, Answer):
        _take_answer(draft, i, known)
    else:
        _take_score(draft, i, known)


def _leave_out(draft: Draft, i: int) -> None:
    """A node does not apply, in whatever words that was said."""
    draft.evidence[i] = NOT_APPLICABLE
    draft.status[i] = "not applicable"


# A score


def _take_score(draft: Draft, i: int, known: object) -> None:
    scale, (low, high) = draft.plan.scales[i], draft.scheme.range
    try:
        score = numerals.exact(known)
    except (TypeError, ValueError) as error:
        if isinstance(known, str) and inapplicable(known):
            _leave_out(draft, i)
        else:
            mixed = isinstance(error, numerals.MixedDigits)
            advice = say("one-script" if mixed else "give-evidence")
            advice = _meant_as_answer(scale, known) or advice
            draft.problem(i, say("no-score", value=printable(known)), advice)
        return
    if low <= score <= high:
        draft.put(i, score)
    else:
        draft.outside(i, score, _meant_as_answer(scale, score))


def _meant_as_answer(scale: Scale | None, known: object) -> Message | None:
    """The advice for what is no score, and would be an answer."""
    if scale is None or not _declared(scale, known):
        return None
    return say("score-or-answer", scale=scale.name)


def _declared(scale: Scale | None, answer: object) -> bool:
    """Whether a value is an answer of a scale."""
    try:
        return scale is not None and bool(scale.code(answer))
    except UnknownAnswer:
        return False


# Answers


def _take_answer(draft: Draft, i: int, known: Answer) -> None:
    value = known.value
    # Where the scale has an answer of these words, it is that answer.
    scale = draft.plan.scales[i]
    if isinstance(value, str) and inapplicable(value) and not _declared(scale, value):
        _leave_out(draft, i)
        return
    try:
        tally = known.tally
    except EvidenceError:
        draft.problem(i, say("no-answer", value=printable(value)))
    else:
        _take_answers(draft, i, tally)


def _take_answers(draft: Draft, i: int, tally: Tally) -> None:
    """The method of the node on the scores of its answers, weighted by who gave them."""
    scale = draft.plan.scales[i]
    if scale is None:
        if any(below.scale for below in draft.plan.nodes[i].walk() if not below.children):
            draft.problem(i, say("mixed-scales"), say("answers-below"))
        else:
            draft.problem(i, say("no-scale"), say("give-score"))
        return
    terms: dict[str, Term] = {}  # one for each answer, however often and however it is written
    answered = tally.n
    for answer, count in tally:
        try:
            code = scale.code(answer)
            score = scale.score(code)
        except UnknownAnswer:
            _unknown_answer(draft, i, scale, answer, count)
        except OutsideGoalposts as outside:
            low, high = outside.bounds
            values = {"low": numerals.plain(low), "high": numerals.plain(high)}
            says = say("outside-goalposts", value=printable(answer), **values)
            draft.problem(i, says, say("clamp"))
        else:
            if score is None:
                answered -= count
            elif count and score is not NOT_APPLICABLE:
                before = terms[code][1] if code in terms else Fraction(0)
                terms[code] = (score, before + count)
    if i in draft.told:
        return
    if terms:
        draft.apply(i, list(terms.values()), [""] * len(terms))  # an answer is no child
    elif answered:
        draft.status[i] = "not applicable"
    else:
        del draft.evidence[i]  # nobody answered


def _unknown_answer(draft: Draft, i: int, scale: Scale, answer: str, count: int | Fraction) -> None:
    codes = [choice.code for choice in scale.answers]
    name = "unknown-answer" if scale.goalposts is None else "answer-no-number"
    n = printable(numerals.plain(Fraction(count)))[1:-1]
    values = {"value": printable(answer), "n": n, "scale": scale.name}
    says = say(name, expected=", ".join(codes), **values)
    draft.problem(i, says, did_you_mean(answer, codes))
