"""The command that makes a package."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from itakit import asking
from itakit.errors import ItakitError, Problem
from itakit.output import put, write_folder
from itakit.scaffold import Scaffold
from itakit.system import absent
from itakit.wording import say


@click.command()
@click.argument("name", metavar="NAME")
@click.option("--method", is_flag=True, help="Make a package for a method of aggregation.")
@click.option(
    "-C", "--folder", metavar="FOLDER", default=".", help="Where to make it; by default here."
)
@click.option("--title-th", metavar="TEXT", help="What it is called in Thai.")
@click.option("--title-en", metavar="TEXT", help="What it is called in English.")
@asking.language
def new(
    name: str,
    *,
    method: bool,
    folder: str,
    title_th: str | None,
    title_en: str | None,
    lang: str,
) -> None:
    """Make a package for schemes that installs, and passes its own tests.

    NAME is the id of its first scheme, or with --method the name of the method, and becomes that
    of a folder. It has a to z, 0 to 9, - and _.
    """
    given = {"th": title_th, "en": title_en}
    titles = {language: title for language, title in given.items() if title is not None}
    scaffold = Scaffold("method" if method else "scheme", name, titles)
    problems = scaffold.problems()
    if problems:
        raise ItakitError(problems)
    if absent(folder) is not None:
        says = say("cannot-write", reason=say("os-absent"))
        raise ItakitError([Problem(says, say("new-folder"), path=folder)])
    target = Path(folder, name)
    texts = scaffold.files()
    write_folder(target, texts)
    made, readme = target.as_posix(), "README.th.md" if lang == "th" else "README.md"
    says = say("new-method" if method else "new-scheme", folder=made, n=len(texts))
    put(
        f"{says.text(lang)}\n"
        f"{say('new-next').text(lang)}\n"
        f"  cd {shlex.quote(made)}\n"
        '  python -m pip install -e ".[test]"\n'
        "  python -m pytest\n"
        f"{say('new-read', path=f'{made}/{readme}').text(lang)}\n"
    )
