"""From a scheme back to a file: what is inherited is left out, as one leaves it out by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from itakit.methods import Use
from itakit.numerals import LIMIT, plain, terminates
from itakit.policy import Missing
from itakit.scale import Scale
from itakit.scheme import Node, Scheme
from itakit.titles import ANY, Title

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dumps(scheme: Scheme) -> str:
    """The scheme as a TOML text in format 1; loading it gives an equal scheme and hash.

    Everything that a scheme extends is in it. Raises `ValueError` for a number that has no end as
    a decimal, or too many digits, as no file can hold one.
    """
    return "\n".join(_file(scheme)) + "\n"


def _file(scheme: Scheme) -> Iterator[str]:
    yield "format = 1"
    yield ""
    yield "[scheme]"
    rounding = scheme.rounding
    published = {"places": str(rounding.places), "mode": _quote(rounding.mode)}
    if rounding.carry:
        published["carry"] = _list(_quote(level) for level in rounding.carry)
    head = {
        "id": _quote(scheme.id),
        "version": scheme.version and _quote(scheme.version),
        "title": _title(scheme.title),
        "source": scheme.source and _list(_quote(text) for text in scheme.source),
        "range": _list(_number(end) for end in scheme.range),
        "root": _quote(scheme.root.code),
        "rounding": _inline(published),
        "missing": _missing(scheme.missing),
        "weights": _quote(scheme.weights),
    }
    yield from _lines(head)
    yield ""
    yield "[aggregation]"
    methods = dict(scheme.levels)
    yield from _lines({_key(level): _method(use) for level, use in methods.items()})
    for scale in scheme.scale_list:
        yield ""
        yield f"[scale.{_key(scale.name)}]"
        yield from _scale(scale)
    for grade in scheme.grades:
        yield ""
        yield "[[grade]]"
        requires = {_key(r.target): _number(r.at_least) for r in grade.requires}
        yield from _lines(
            {
                "name": _quote(grade.name),
                "from": _number(grade.lowest),
                "title": _title(grade.title),
                "requires": requires and _inline(requires),
            }
        )
    for phase in scheme.calendar:
        yield ""
        yield "[[calendar]]"
        dates = {"from": phase.start.isoformat(), "to": phase.end.isoformat()}
        yield from _lines({**dates, "title": _title(phase.title)})
    for child in scheme.root.children:
        yield ""
        yield f"[[{_key(child.level)}]]"
        yield from _lines(_node(child, scheme.root, methods))


def _lines(keys: Mapping[str, object]) -> Iterator[str]:
    """A line for every key that has something to say."""
    return (f"{key} = {value}" for key, value in keys.items() if value)


def _inline(keys: Mapping[str, object]) -> str:
    return "{ " + ", ".join(_lines(keys)) + " }"


def _list(items: Iterator[str]) -> str:
    return "[" + ", ".join(items) + "]"


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _quote(name)


def _quote(text: str) -> str:
    return '"' + "".join(_character(c) for c in text) + '"'


def _character(c: str) -> str:
    control = ord(c) < 32 or ord(c) == 127
    return _ESCAPES.get(c) or (f"\\u{ord(c):04x}" if control else c)


def _number(value: Fraction) -> str:
    if not terminates(value):
        raise ValueError(f"{value} has no end as a decimal")
    if len(text := plain(value)) <= LIMIT:
        return text
    for exponent in range(-LIMIT, LIMIT + 1):
        text = f"{plain(value / Fraction(10) ** exponent)}e{exponent}"
        if len(text) <= LIMIT:
            return text
    raise ValueError(f"{value} has too many digits")


def _title(title: Title) -> str:
    if title.languages == (ANY,):
        return _quote(title[ANY])
    return _inline({_key(lang): _quote(text) for lang, text in title.texts}) if title else ""


def _missing(missing: Missing) -> str:
    if not missing.at_least:
        return _quote(missing.policy)
    return _inline({"policy": _quote(missing.policy), "at_least": _number(missing.at_least)})


def _method(use: Use) -> str:
    if not use.parameters:
        return _quote(use.name)
    parameters = {
        _key(name): _quote(value) if isinstance(value, str) else _number(value)
        for name, value in use.parameters
    }
    return _inline({"method": _quote(use.name), **parameters})


def _scale(scale: Scale) -> Iterator[str]:
    if scale.answers:
        yield "answer = ["
        for choice in scale.answers:
            answer = {
                "code": _quote(choice.code),
                "score": _number(choice.score),
                "title": _title(choice.title),
            }
            yield f"  {_inline(answer)},"
        yield "]"
    posts = scale.goalposts
    yield from _lines(
        {
            "goalposts": posts and _list(_number(post) for post in (posts.worst, posts.best)),
            "clamp": posts and posts.clamp and "true",
            "transform": posts and posts.transform and _quote(posts.transform),
            "not_applicable": scale.not_applicable
            and _list(_quote(code) for code in scale.not_applicable),
            "no_answer": scale.no_answer and _list(_quote(code) for code in scale.no_answer),
        }
    )


def _node(node: Node, parent: Node, methods: Mapping[str, Use]) -> dict[str, object]:
    """The keys of a node, without what it takes over from its parent."""
    sample = node.sample
    keys: dict[str, object] = {
        "code": _quote(node.code),
        "title": node.title != Title.of(node.code) and _title(node.title),
        "weight": node.weight is not None and _number(node.weight),
        "scale": node.scale != parent.scale and node.scale and _quote(node.scale.name),
        "aggregate": node.method != methods.get(node.level) and _method(node.method),
        "missing": node.missing != parent.missing and _missing(node.missing),
        "population": _title(node.population),
        "sample": sample
        and _inline(
            {
                "fraction": _number(sample.fraction),
                "at_least": sample.at_least and str(sample.at_least),
                "at_most": sample.at_most is not None and str(sample.at_most),
            }
        ),
    }
    for level in dict.fromkeys(child.level for child in node.children):
        children = [child for child in node.children if child.level == level]
        below = ", ".join(_inline(_node(child, node, methods)) for child in children)
        keys[_key(level)] = f"[{below}]"
    return keys
