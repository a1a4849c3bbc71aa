"""The questionnaire: a survey of a scheme as an XLSForm, which form platforms can field.

An XLSForm is a workbook: the sheet ``survey`` lists the questions, ``choices`` their answers, and
``settings`` says what the form is. See https://xlsform.org.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import field, frozen

from itakit.document.fields import Fields, legal_name
from itakit.document.page import shown
from itakit.document.phrases import name, said
from itakit.document.workbook import workbook
from itakit.errors import ItakitError, Problem
from itakit.numerals import LIMIT, plain, read, terminates
from itakit.scale import Goalposts, Scale
from itakit.scheme import Node, Scheme
from itakit.suggest import did_you_mean
from itakit.text import printable
from itakit.wording import Message, say

LANGUAGES: Final[Mapping[str, str]] = {"th": "ไทย (th)", "en": "English (en)"}
"""The languages of a form as XLSForm names them."""
_COMMA: Final[Mapping[str, str]] = {"th": " ", "en": ", "}
"""What stands between the parts of a sentence."""
_SURVEY: Final = (
    "type",
    "name",
    *(f"label::{language}" for language in LANGUAGES.values()),
    *(f"hint::{language}" for language in LANGUAGES.values()),
    "required",
    "constraint",
    *(f"constraint_message::{language}" for language in LANGUAGES.values()),
)
_CHOICES: Final = ("list_name", "name", *(f"label::{lang}" for lang in LANGUAGES.values()))
_SETTINGS: Final = ("form_title", "form_id", "version", "default_language")
Row: TypeAlias = tuple[str, ...]


@frozen
class Questionnaire:
    """A questionnaire as a file, and what whoever scores the answers must know of it."""

    data: bytes
    """The workbook."""
    questions: int
    left_out: tuple[str, ...]
    """The items that are not asked, as assessors score them and not respondents."""
    assessors: bool
    """Whether it is for assessors: it asks for scores, once for each unit."""
    unit: str
    """The column that names the unit in what the platform exports."""


def questionnaire(scheme: Scheme, code: str, lang: str) -> Questionnaire:
    """The questionnaire that asks the items below a node, in Thai and English.

    Respondents are asked the items that have a scale. Where none has, it is a form for assessors,
    who score a unit item by item. The form opens in ``lang``. Raises `ItakitError` for a code
    without items below it.
    """
    if code not in scheme:
        says, advice = say("form-no-code", scheme=scheme.id), did_you_mean(code, scheme.plan.index)
        raise ItakitError([Problem(says, advice, key=printable(code))])
    top = scheme[code]
    if not top.children:
        raise ItakitError([Problem(say("form-not-a-survey"), key=code)])
    items = [node for node in top.walk() if not node.children]
    answered = {node.code for node in items if node.scale is not None}
    form = _Form(scheme, Fields.of(scheme), answered or {node.code for node in items})
    survey = [_SURVEY, *form.questions(top)]
    title = [shown(scheme.title[lang]) or scheme.id]
    if top is not scheme.root:
        title.append(name(top.title, top.code, lang))
    settings = (
        " — ".join(title),
        f"{scheme.id}_{legal_name(code)}",
        shown(scheme.version) or scheme.hash[:12],
        LANGUAGES[lang],
    )
    sheets: Mapping[str, Sequence[Row]] = {
        "survey": survey,
        "choices": [_CHOICES, *form.choices()],
        "settings": [_SETTINGS, settings],
        "itakit": form.origins(top),
    }
    left_out = tuple(node.code for node in items if node.code not in form.items)
    data, unit = workbook(sheets), form.fields.unit
    return Questionnaire(data, len(form.items), left_out, not answered, unit)


def _labels(labels: Mapping[str, str]) -> Row:
    # A form reads ${name} as the answer to another question; nothing else tells it not to.
    return tuple(labels[lang].replace("${", "$\u2060{") for lang in LANGUAGES)


def _said(first: Message, *more: Message) -> Row:
    return _labels(
        {
            lang: _COMMA[lang].join([said(first, lang), *(m.text(lang) for m in more)])
            for lang in LANGUAGES
        }
    )


@frozen
class _Form:
    """A form while its rows are written; the lists of choices that it needs are noted."""

    scheme: Scheme
    fields: Fields
    items: Collection[str]
    """The codes of the items that are asked."""
    lists: dict[str, Scale] = field(factory=dict)
    """Scales by the names of their lists."""

    def questions(self, top: Node) -> Iterator[Row]:
        """The rows of the survey: which unit, and then every item, in groups."""
        blank = ("",) * len(LANGUAGES)
        yield ("text", self.fields.unit, *_said(say("form-unit")), *blank, "yes", "", *blank)
        waiting: list[Node | None] = list(reversed(self.asked(top)))
        while waiting:
            node = waiting.pop()
            if node is None:
                yield ("end_group", *("" for _ in _SURVEY[1:]))
            elif node.children:
                group = ("begin_group", self.fields.names[node.code], *self.label(node))
                yield (*group, *("" for _ in _SURVEY[len(group) :]))
                waiting += [None, *reversed(self.asked(node))]
            else:
                yield self.question(node)

    def asked(self, node: Node) -> list[Node]:
        """What is asked below a node: the items, and what has some of them below it."""
        return [
            child
            for child in node.children
            if any(below.code in self.items for below in child.walk())
        ]

    def label(self, node: Node) -> Row:
        """What is asked, behind the code under which it is known."""
        return _labels({lang: name(node.title, node.code, lang) for lang in LANGUAGES})

    def question(self, node: Node) -> Row:
        """An item as a question: one of many answers, or a number within its bounds."""
        own, scale = self.fields.names[node.code], node.scale
        blank = ("",) * len(LANGUAGES)
        # Where data may say that nobody answered, so may a form, by an empty field.
        required = "" if scale is not None and scale.no_answer else "yes"
        if scale is not None and scale.answers:
            kind = f"select_one {self.list_of(scale)}"
            return (kind, own, *self.label(node), *blank, required, "", *blank)
        codes = scale.not_applicable if scale else ()
        kind = "decimal" if all(map(_is_number, codes)) else "text"
        bounds = _bounds(self.scheme, scale)
        told = []
        if bounds:
            low, high = map(plain, bounds)
            asked = "form-score" if scale is None else "form-between"
            told.append(say(asked, low=low, high=high))
        if codes:
            told.append(say("form-or-inapplicable", codes=", ".join(map(shown, codes))))
        hint = _said(*told) if told else blank
        constraint = _constraint(kind, bounds, codes)
        message = hint if constraint else blank
        return (kind, own, *self.label(node), *hint, required, constraint, *message)

    def list_of(self, scale: Scale) -> str:
        """The name of the list of a scale's answers."""
        wanted = found = legal_name(scale.name)
        number = 1
        while self.lists.setdefault(found, scale) != scale:
            number += 1
            found = f"{wanted}_{number}"
        return found

    def choices(self) -> Iterator[Row]:
        """The answers of every list, in the order in which the scale declares them."""
        for own, scale in self.lists.items():
            for choice in scale.answers:
                code, title = choice.code, choice.title
                yield (own, code, *_labels({t: shown(title[t]) or shown(code) for t in LANGUAGES}))
            for code in scale.not_applicable:
                several = len(scale.not_applicable) > 1
                says = say("form-not-applicable-code", code=shown(code))
                yield (own, code, *_said(says if several else say("form-not-applicable")))

    def origins(self, top: Node) -> list[Row]:
        """Which code each field stands for, for whoever reads the answers without itakit."""
        scheme, names = self.scheme, self.fields.names
        identity = (scheme.id, shown(scheme.version), scheme.hash)
        below = [node for child in self.asked(top) for node in child.walk()]
        return [
            ("name", "code", "level", "scheme", "version", "hash"),
            *(
                (names[node.code], node.code, node.level, *identity)
                for node in below
                if any(item.code in self.items for item in node.walk())
            ),
        ]


def _is_number(code: str) -> bool:
    try:
        return terminates(read(code)) and code.isascii() and len(code) <= LIMIT
    except ValueError:
        return False


def _bounds(scheme: Scheme, scale: Scale | None) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest number that may be answered; none where any may be."""
    posts: Goalposts | None = scale.goalposts if scale else None
    if posts is None:
        return scheme.range
    return None if posts.clamp else (min(posts.worst, posts.best), max(posts.worst, posts.best))


def _constraint(kind: str, bounds: tuple[Fraction, Fraction] | None, codes: Row) -> str:
    """What an answer must be, in the language of forms."""
    own = "." if kind == "decimal" else "number(.)"
    tests = [f"{own} >= {_term(bounds[0])} and {own} <= {_term(bounds[1])}"] if bounds else []
    if kind == "text" and not bounds:
        tests = [f"{own} = {own}"]  # which no text is that is not a number
    if not tests:
        return ""
    others = [f". = {plain(read(code)) if kind == 'decimal' else _quoted(code)}" for code in codes]
    return " or ".join([f"({tests[0]})", *others]) if others else tests[0]


def _term(value: Fraction) -> str:
    return plain(value) if terminates(value) else f"({value.numerator} div {value.denominator})"


def _quoted(text: str) -> str:
    """A text as forms write it, which has no way to write both kinds of quotes in one."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"
