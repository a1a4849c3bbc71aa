"""The dossier of one unit: evidence as files hold it, in TOML, JSON or CSV.

TOML and JSON hold a table by code: a number, a numeral in quotes, ``{ answers = { "4" = 310 } }``,
``{ answer = "72.3" }`` or ``"not applicable"``. CSV has the columns ``code`` and ``score``, or
``code`` and ``answer``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import field, frozen

from itakit import numerals
from itakit.entries import Place, Twins, read_entries
from itakit.errors import EvidenceError, Problem
from itakit.evaluation import evaluate
from itakit.evidence import NOT_APPLICABLE, Answer, Evidence, Tally, inapplicable
from itakit.notation.flaws import Flaw, Refused
from itakit.notation.kinds import expected
from itakit.notation.positions import Path as KeyPath
from itakit.numerals import LIMIT, Unreadable
from itakit.result import Result
from itakit.scheme import Scheme
from itakit.suggest import did_you_mean, numeral
from itakit.text import normal, printable
from itakit.wording import say

_FORMS = ("answers", "answer")
_UNUSABLE = ""
"""Stands for a value that has been told to be wrong: no score, so that nothing is made of it."""


@frozen
class Dossier:
    """What files say of one unit, and where they say it."""

    evidence: Mapping[str, Evidence]
    places: Mapping[str, Place] = field(factory=dict)
    """The place of each code."""

    def address(self, error: EvidenceError) -> EvidenceError:
        """The same problems, each with the place of its code in the files."""
        # What the scheme does not know is told as it was found: in quotes.
        places = {printable(code): place for code, place in self.places.items()}
        places.update(self.places)
        return EvidenceError(
            place.problem(problem.says, problem.advice, problem.key, problem.rank)
            if (place := places.get(problem.key))
            else problem
            for problem in error.problems
        )


def read_dossier(paths: Iterable[str]) -> Dossier:
    """What several files say of one unit.

    Raises `EvidenceError` with every problem at once; a code that is given twice, in one file or
    in two, is one.
    """
    dossier, problems, *_ = _read(paths)
    if problems:
        raise EvidenceError(problems)
    return dossier


def assess(scheme: Scheme, paths: Iterable[str]) -> Result:
    """The scores of the unit of which several files tell.

    Raises `EvidenceError` with everything that is wrong with the files and with what they say.
    """
    dossier, problems, unusable, lost = _read(paths)
    try:
        result = evaluate(scheme, dossier.evidence)
    except EvidenceError as error:
        problems += (
            problem
            for problem in dossier.address(error).problems
            if not (problem.says.name == "no-score" and problem.key in unusable)
            and not (lost and problem.says.name in ("missing", "missing-below"))
        )
    else:
        if not problems:
            return result
    raise EvidenceError(problems)


def _read(paths: Iterable[str]) -> tuple[Dossier, list[Problem], set[str], bool]:
    """What files say, and what is wrong with it.

    With it go the codes whose values nothing is made of, and whether there are some that could not
    be read: then nobody knows what is missing.
    """
    unusable: set[str] = set()
    lost = False
    evidence: dict[str, Evidence] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    files: set[Path] = set()
    for path in paths:
        file = Path(path).absolute()
        if file in files:
            problems.append(Place(path).problem(say("file-twice")))
            continue
        files.add(file)
        entries, wrong = read_entries(path)
        problems.extend(wrong)
        lost |= bool(wrong)
        for entry in entries:
            first = places.setdefault(entry.code, entry.place)
            if first is not entry.place:
                says = say("twice-in-files", first=first)
                problems.append(entry.problem(Flaw((), says, say("one-of-both"))))
                continue
            try:
                evidence[entry.code] = evidence_of(entry.code, entry.value)
            except Refused as refused:
                problems.extend(entry.problem(flaw) for flaw in refused.flaws)
                if any(flaw.says.name == "code-split" for flaw in refused.flaws):
                    lost = True
                else:
                    evidence[entry.code] = _UNUSABLE
                    unusable.add(entry.code)
    return Dossier(evidence, places), problems, unusable, lost


def evidence_of(code: str, value: object) -> Evidence:
    """The evidence that a value of a file stands for. Raises `Refused`."""
    match value:
        case str():
            return _score(value)
        case bool():
            raise expected("an-evidence", value)
        case int() | Fraction():
            return _number(value)
        case Unreadable(text):
            raise Refused(say("unreadable-number", value=text, limit=LIMIT))
        case Twins():
            raise Refused(say("json-twice", key=printable(value.key)), say("delete-one"))
        case Answer(text):
            return Answer(_answer(text, ()))
        case {"answers": answers, **rest} if not rest:
            return _answers(answers)
        case {"answer": answer, **rest} if not rest:
            return Answer(_answer(answer))
        case dict():
            raise Refused(list(unquoted(code, value)))
        case None:
            raise Refused(say("empty-score"), say("fill-score"))
        case _:
            raise expected("an-evidence", value)


def _score(text: str) -> Evidence:
    """A score as text, or the words for one that does not apply."""
    if inapplicable(text):
        return NOT_APPLICABLE
    if not normal(text):
        raise Refused(say("empty-score"), say("fill-score"))
    try:
        return numerals.read(text)
    except ValueError:
        advice = numeral(text) or say("give-evidence")
        raise Refused(say("no-score", value=printable(text)), advice) from None


def _number(value: int | Fraction) -> Fraction:
    try:
        return numerals.exact(value)
    except ValueError:
        raise Refused(say("number-too-long", limit=LIMIT)) from None


def _answers(answers: object) -> Tally:
    if isinstance(answers, Twins):
        says = say("json-twice", key=printable(answers.key))
        raise Refused(says, say("delete-one"), ("answers",))
    if not isinstance(answers, dict):
        raise expected("a-tally", answers)
    flaws = []
    for answer, count in answers.items():
        try:
            Tally({answer: count})
        except EvidenceError:
            says = say("no-count", value=_shown(count))
            flaws.append(Flaw(("answers", answer), says, say("give-count")))
    if flaws:
        raise Refused(flaws)
    return Tally(answers)


def _answer(answer: object, path: KeyPath = ("answer",)) -> object:
    if isinstance(answer, str) and not normal(answer):
        raise Refused(say("empty-answer"), say("fill-score"), path)
    if isinstance(answer, str | int | Fraction) and not isinstance(answer, bool):
        return answer
    raise Refused(say("no-answer", value=_shown(answer)), None, path)


def _shown(value: object) -> str:
    """A value as its file has it."""
    if isinstance(value, Unreadable):
        return value.text
    return str(value).lower() if isinstance(value, bool) else printable(value)


def unquoted(code: str, table: dict[str, Any]) -> Iterator[Flaw]:
    """What a table has that is no evidence.

    It is a misspelt key, or the rest of a code with a dot in it that is not in quotes.
    """
    if not table:
        yield Flaw((), say("empty-score"), say("fill-score"))
    if all(form in table for form in _FORMS):
        yield Flaw(("answer",), say("answer-and-answers"), say("one-of-both"))
    for key, value in table.items():
        if key in _FORMS:
            continue
        meant = did_you_mean(key, _FORMS)
        if meant or any(form in table for form in _FORMS):
            yield Flaw(
                (key,), say("unknown-key"), meant or say("known-keys", keys="answers, answer")
            )
        else:
            for path in _ends((key,), value):
                whole = ".".join((code, *path))
                yield Flaw(path, say("code-split"), say("quote-code", code=whole))


def _ends(path: tuple[str, ...], value: object) -> Iterator[tuple[str, ...]]:
    """The paths below nested tables that are not evidence."""
    stack = [(path, value)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict) and value and not any(form in value for form in _FORMS):
            stack.extend(((*path, key), inner) for key, inner in reversed(value.items()))
        else:
            yield path
