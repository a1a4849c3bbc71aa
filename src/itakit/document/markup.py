"""A page written down as Markdown or as HTML: every text in it stays a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Final, Literal, TypeAlias, get_args

from itakit.document.page import Block, Cell, Page, Paragraph, Points, Section, Table
from itakit.wording import say

Markup: TypeAlias = Literal["md", "html"]
MARKUPS: Final[tuple[Markup, ...]] = get_args(Markup)

_STYLE: Final = """
@page { size: A4; margin: 18mm 16mm; }
:root { color-scheme: light; }
body {
  font-family: "Sarabun", "TH Sarabun New", "Noto Sans Thai", "Leelawadee UI", Thonburi, Tahoma,
    sans-serif;
  line-height: 1.6; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff;
}
h1, h2, h3, h4, h5, h6 { line-height: 1.35; break-after: avoid; }
h1 { font-size: 1.7rem; }
h2 { font-size: 1.35rem; border-bottom: 2px solid #1f4e79; margin-top: 2.2rem; }
h3 { font-size: 1.15rem; }
h4 { font-size: 1rem; }
a { color: #1f4e79; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .95rem; }
th, td { border: 1px solid #8a8a8a; padding: .25rem .55rem; text-align: left; vertical-align: top; }
thead th { background: #e8eef5; }
tbody th { font-weight: normal; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
:target { background: #fff3bf; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  a { color: inherit; text-decoration: none; }
  .wide { overflow: visible; }
  nav { display: none; }
}
"""


def write(page: Page, markup: Markup) -> str:
    """A page in a markup, ending with a line break."""
    return _WRITERS[markup](page)


# --- Markdown ---


def escaped(text: str) -> str:
    """A text as Markdown shows it, and does not read it, within a line."""
    return re.sub(r"([\\|<>&*_`~$\[\]#{}])", r"\\\1", text)


def _begun(text: str) -> str:
    """A text that begins a line, where it might be taken for a list, a rule or a directive."""
    text = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", escaped(text))
    return re.sub(r"^[-+=:%]", r"\\\g<0>", text)


def _markdown(page: Page) -> str:
    return "\n\n".join([f"# {escaped(page.title)}", *_lines(page.blocks, 2)]) + "\n"


def _lines(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield _begun(text)
            case Points(texts):
                yield "\n".join(f"* {_begun(text)}" for text in texts)
            case Table():
                yield grid(block)
            case _:
                yield f"{'#' * min(level, 6)} {escaped(block.title)}"
                yield from _lines(block.blocks, level + 1)


def grid(table: Table) -> str:
    """A table as Markdown has it."""
    rows = [[escaped(head) for head in table.heads]]
    rows.append(["---:" if i in table.right else "---" for i in range(len(table.heads))])
    rows += [["&emsp;" * cell.depth + escaped(cell.text) for cell in row] for row in table.rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


# --- HTML ---


def _html(page: Page) -> str:
    """One file that asks nothing of any other."""
    lang, title = escape(page.lang), escape(page.title)
    body = "\n".join(_elements(page.blocks, 2))
    return f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<header><h1>{title}</h1></header>
{_contents(page)}
<main>
{body}
</main>
</body>
</html>
"""


def _contents(page: Page) -> str:
    label = escape(say("page-contents").text(page.lang))
    links = "".join(
        f'<li><a href="#{escape(block.anchor)}">{escape(block.title)}</a></li>\n'
        for block in page.blocks
        if isinstance(block, Section)
    )
    return f'<nav aria-label="{label}">\n<ul>\n{links}</ul>\n</nav>'


def _elements(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield f"<p>{escape(text)}</p>"
            case Points(texts):
                yield "<ul>\n" + "".join(f"<li>{escape(text)}</li>\n" for text in texts) + "</ul>"
            case Table():
                yield _rows(block)
            case _:
                head = f"h{min(level, 6)}"
                anchor = escape(block.anchor)
                yield f'<section id="{anchor}">\n<{head}>{escape(block.title)}</{head}>'
                yield from _elements(block.blocks, level + 1)
                yield "</section>"


def _rows(table: Table) -> str:
    kinds = [' class="number"' if i in table.right else "" for i in range(len(table.heads))]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(head)}</th>'
        for head, kind in zip(table.heads, kinds, strict=True)
    )
    lines = [f'<div class="wide">\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>']
    for first, *rest in table.rows:
        cells = "".join(
            f"<td{kind}>{_linked(cell)}</td>" for cell, kind in zip(rest, kinds[1:], strict=True)
        )
        anchor = f' id="{escape(first.anchor)}"' if first.anchor else ""
        inset = f' style="padding-left: {0.55 + 1.1 * first.depth:g}rem"' if first.depth else ""
        lines.append(f'<tr{anchor}><th scope="row"{inset}>{_linked(first)}</th>{cells}</tr>')
    return "\n".join([*lines, "</tbody>\n</table>\n</div>"])


def _linked(cell: Cell) -> str:
    text = escape(cell.text)
    return f'<a href="#{escape(cell.to)}">{text}</a>' if cell.to else text


_WRITERS: Final[Mapping[Markup, Callable[[Page], str]]] = {"md": _markdown, "html": _html}
