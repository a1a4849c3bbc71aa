"""Every scheme of the gallery is flawless, and keeps its golden cases and the laws.

What lies in `examples/gallery` is what is tested; a scheme that is put there needs no line here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import itakit
from itakit.cases import cases_path, open_cases
from itakit.detection import detect
from itakit.testing import check_laws

GALLERY = Path(__file__).parents[1] / "examples" / "gallery"
SCHEMES = sorted(path for path in GALLERY.rglob("*.toml") if not path.name.endswith(".cases.toml"))


def name(path: Path) -> str:
    """A scheme's place in the gallery, without the suffix."""
    return path.relative_to(GALLERY).with_suffix("").as_posix()


every_scheme = pytest.mark.parametrize("path", SCHEMES, ids=name)


def test_the_gallery_has_schemes() -> None:
    """An empty folder would leave the other tests nothing to fail on."""
    assert SCHEMES


def test_every_file_of_cases_stands_beside_its_scheme() -> None:
    """Cases whose scheme has another name would never be run."""
    assert set(GALLERY.rglob("*.cases.toml")) == {cases_path(path) for path in SCHEMES}


@every_scheme
def test_a_scheme_has_neither_errors_nor_warnings(path: Path) -> None:
    assert [str(problem) for problem in itakit.check(path).problems] == []


@every_scheme
def test_a_scheme_has_a_source_and_titles_in_two_languages(path: Path) -> None:
    scheme = itakit.load(path)
    assert scheme.source
    titles = [scheme.title, *(node.title for node in scheme.nodes())]
    assert all({"th", "en"} <= set(title.languages) for title in titles if title)


@every_scheme
def test_every_case_holds_and_names_its_source(path: Path) -> None:
    outcomes = itakit.run_cases(itakit.load(path), cases_path(path))
    assert outcomes
    assert [str(problem) for outcome in outcomes for problem in outcome.problems] == []
    assert [outcome.case.name for outcome in outcomes if not outcome.case.source] == []


@every_scheme
def test_the_cases_of_a_scheme_catch_its_mutations(path: Path) -> None:
    """At least 95 %, as of the shipped schemes. All of them together take six seconds."""
    found = detect(itakit.load(path), open_cases(cases_path(path)).cases)
    assert found.total
    assert found.share >= 95, [mutation.what.text() for mutation in found.missed]


@every_scheme
def test_a_scheme_keeps_the_laws(path: Path) -> None:
    assert check_laws(itakit.load(path))
