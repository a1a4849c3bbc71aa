"""Derivation: how every number of a result came about, node by node, on demand."""

from __future__ import annotations

from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.explanation import HEADS, footer, line
from itakit.reporting.blocks import Branch, Section, Text
from itakit.reporting.outline import figure, named
from itakit.result import NodeResult, Result
from itakit.wording import say

_TOLD = ("method", "exact", "weight", "contribution", "note")
"""The columns of an explanation that stand below a node; the others are in its heading."""


def derivation(result: Result, lang: str) -> Section:
    """The section that explains every node."""
    intro = Text(said(say("report-derivation-intro"), lang))
    rules = Text(said(say("report-rules"), lang) + " " + next(footer(result, lang)), note=True)
    branch = _branch(result, result.root, lang)
    return Section("derivation", said(say("report-derivation"), lang), (intro, rules, branch))


def _branch(result: Result, node: NodeResult, lang: str) -> Branch:
    told = dict(zip(HEADS, line(result, node, 0, lang), strict=True))
    pairs = tuple(
        (said(say(f"column-{name}"), lang), shown(told[name])) for name in _TOLD if told[name]
    )
    below = tuple(
        _branch(result, child, lang) for child in node.children if child.status != "unused"
    )
    code, title = named(result, node, lang)
    if node.code == result.root.code:
        title = shown(node.title[lang])
    return Branch(code, title, figure(node, lang), pairs, below)
