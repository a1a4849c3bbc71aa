"""The audit: the figures as they were published, and whether each of them follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from itakit.auditing import Audit
from itakit.document.page import shown
from itakit.document.phrases import said
from itakit.listing import Listing
from itakit.reporting.blocks import NONE, Block, Cell, Head, Points, Section, Table, Text
from itakit.wording import say


def audited(audit: Audit, lang: str) -> Section:
    """The section of a published table."""
    return Section(
        "audit", said(say("report-audit"), lang), tuple(_listed(audit, audit.listing(lang)))
    )


def _listed(audit: Audit, listing: Listing) -> Iterator[Block]:
    """Sentences, the table between them, and another table below."""
    first, *rest = listing.above
    yield from (Text(_begun(line)) for line in rest or [first])
    numbers = set(listing.right)
    heads = tuple(Head(_begun(head), k in numbers) for k, head in enumerate(listing.heads))
    rows = tuple(
        tuple(
            Cell(
                shown(text) or NONE,
                number=k in numbers,
                head=k == 0,
                label=head.text,
                role="lead" if k == 0 else "own" if text else "none",
            )
            for k, (head, text) in enumerate(zip(heads, row, strict=True))
        )
        for row in listing.rows
    )
    yield Table(_begun(first), heads, rows, stacks=True)
    yield from _sentences(audit, listing.below)
    if listing.then is not None:
        yield from _listed(audit, listing.then)


def _sentences(audit: Audit, lines: Sequence[str]) -> Iterator[Block]:
    """Paragraphs, and lists of what is indented below them."""
    for indented, group in groupby(filter(None, lines), key=lambda line: line.startswith(" ")):
        if indented:
            yield Points(tuple(shown(line.strip()) for line in group))
        else:
            for line in group:
                starts = line.partition(":")[0] in audit.scheme  # a code stays as it is
                yield Text(shown(line) if starts else _begun(line))


def _begun(text: str) -> str:
    """With a capital at its beginning."""
    return shown(text[:1].upper() + text[1:])
