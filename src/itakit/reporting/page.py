"""The page: sections written down as one HTML file that asks nothing of any other."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from itakit.document.phrases import said
from itakit.reporting.blocks import Section, percent, roomy, whole
from itakit.wording import say

if TYPE_CHECKING:
    from markupsafe import Markup

_TEMPLATES: Final = Path(__file__).with_name("templates")
_COMPOUNDS: Final = re.compile("(น้ำหนัก|ตัวชี้วัด|หลักเกณฑ์|แบบวัด|คำตอบ|แม่นตรง)")
"""Thai words made of words, which browsers break in two where a column is narrow."""


@frozen
class Headline:
    """What stands at the head of a report."""

    title: str
    """What is reported on: the unit, or the scheme."""
    under: str
    """What it is a report of."""
    figure: str = ""
    grade: str = ""
    grade_label: str = ""
    told: str = ""
    """How far the next grade is."""


@frozen
class Directory:
    """The units of a nation: what the page's script lists, sorts and filters."""

    data: object
    """As JSON can hold it."""
    words: dict[str, str]
    """What the script says."""


def write(
    lang: str, head: Headline, sections: Sequence[Section], directory: Directory | None = None
) -> str:
    """A report as HTML, ending with a line break. The same sections make the same text."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"percent": percent, "whole": whole, "roomy": roomy}
    environment.filters["unbroken"] = unbroken

    def words(name: str, **values: Any) -> str:
        return said(say(name, **values), lang)

    from markupsafe import Markup

    style = (_TEMPLATES / "report.css").read_text("utf-8")
    script = (_TEMPLATES / "units.js").read_text("utf-8")
    template = environment.get_template("report.html.jinja")
    return template.render(
        lang=lang,
        head=head,
        sections=sections,
        directory=directory,
        data=Markup(embedded(directory.data)) if directory else "",  # noqa: S704 # escaped there
        said=Markup(embedded(directory.words)) if directory else "",  # noqa: S704
        style=Markup(style),  # noqa: S704  # a file of this package
        script=Markup(script),  # noqa: S704
        digest=_digest("\n" + script),
        words=words,
    )


def unbroken(text: str) -> Markup:
    """A head of a column, in which no compound word is broken."""
    from markupsafe import Markup, escape

    parts = _COMPOUNDS.split(text)  # every other one is a compound
    span = Markup('<span class="word">{}</span>')
    return Markup("").join(
        span.format(part) if k % 2 else escape(part) for k, part in enumerate(parts)
    )


def embedded(value: object) -> str:
    """A value as JSON that may stand inside a script element: no text in it can end that."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _digest(script: str) -> str:
    """What a content security policy knows a script by, so that no other one runs."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
