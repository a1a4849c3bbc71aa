"""The directive for Sphinx: in small projects, where every warning is an error."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tests.roof.calling import SCHEME


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of documentation with a scheme in it."""
    (tmp_path / "conf.py").write_text(
        "extensions = ['itakit.sphinx', 'myst_parser']\nhtml_theme = 'basic'\n", "utf-8"
    )
    (tmp_path / "small.toml").write_text(SCHEME, "utf-8")
    return tmp_path


def build(project: Path, page: str, name: str = "index.rst", **config: str) -> tuple[str, str]:
    """The page that Sphinx makes, and its warnings."""
    (project / name).write_text(page, "utf-8")
    told = io.StringIO()
    out = project / "_build"
    with docutils_namespace():
        app = Sphinx(project, project, out, out / "doctrees", "html", config, io.StringIO(), told)
        app.build()
        assert app.extensions["itakit.sphinx"].parallel_read_safe
        depends = {str(path) for paths in app.env.dependencies.values() for path in paths}
    assert any(path.endswith(".toml") for path in depends) or "nowhere" in page
    return (out / "index.html").read_text("utf-8"), re.sub("\x1b\\[[0-9;]*m", "", told.getvalue())


def rebuilt(project: Path) -> set[str]:
    """The pages that Sphinx finds to be out of date, and makes anew."""
    out, found = project / "_build", set[str]()
    with docutils_namespace():
        app = Sphinx(
            project, project, out, out / "doctrees", "html", {}, io.StringIO(), io.StringIO()
        )
        app.connect("env-purge-doc", lambda app, env, name: found.add(name))
        app.build()
    return found


RST = "Rules\n=====\n\n.. itakit-scheme:: {}\n"


class TestDirective:
    """ "A Sphinx directive renders the same in anyone's docs." (issue 4, item 6)"""

    def test_a_path_is_told_of(self, project: Path) -> None:
        """With ids by code, tables with heads, and sections."""
        html, warnings = build(project, RST.format("small.toml"))
        assert warnings == ""
        assert 'id="a"' in html
        assert '<section id="section-grades">' in html
        assert re.search(r'<th class="head stub"><p>Code</p></th>', html)
        assert re.search(r'<th class="stub"><p>a</p></th>', html)
        assert '<td class="text-right"><p>50%</p></td>' in html

    def test_an_installed_scheme_is_told_of_in_markdown(self, project: Path) -> None:
        """Under MyST, with links to the scales and to the nodes."""
        page = "# Rules\n\n```{itakit-scheme} ita_2565\n:lang: th\n```\n"
        html, warnings = build(project, page, "index.md")
        assert warnings == ""
        ids = set(re.findall(r'id="([^"]+)"', html))
        assert {"IIT", "i1.1", "9.1", "scale-degree"} <= ids
        assert 'href="#scale-degree"' in html
        assert 'href="#IIT"' in html
        assert "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน" in html
        assert "<li><p>samples of at least 30" in html
        links = set(re.findall(r'class="reference internal" href="#([^"]+)"', html))
        assert links <= ids

    def test_the_language_is_that_of_the_documentation(self, project: Path) -> None:
        """Unless the directive names one; English where schemes are not told in it."""
        for language, told in (("th", "ข้อ ก"), ("en", "Item a"), ("lo", "Item a")):
            html, _ = build(project, RST.format("small.toml"), language=language)
            assert told in html

    def test_sections_can_be_chosen(self, project: Path) -> None:
        """In any order, between spaces or commas."""
        page = RST.format("small.toml\n   :sections: grades, asked")
        html, warnings = build(project, page)
        assert warnings == ""
        found = re.findall(r'<section id="(section-\w+)">', html)
        assert found == ["section-grades", "section-asked"]

    def test_an_id_that_the_page_has_is_not_taken_twice(self, project: Path) -> None:
        """Two schemes on one page have places of their own."""
        page = RST.format("small.toml") + "\nAgain\n-----\n\n.. itakit-scheme:: small.toml\n"
        html, warnings = build(project, page)
        assert warnings == ""
        ids = re.findall(r' id="([^"]+)"', html)
        assert {"a", "a-2", "section-asked", "section-asked-2"} <= set(ids)
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize(
        ("name", "page"),
        [
            ("index.rst", "Rules\n=====\n\n* first\n\n  .. itakit-scheme:: small.toml\n\n* last\n"),
            ("index.rst", "Rules\n=====\n\n.. note::\n\n   .. itakit-scheme:: ita_2565\n"),
            (
                "index.rst",
                "Rules\n=====\n\n.. list-table::\n\n   * - .. itakit-scheme:: small.toml\n",
            ),
            (
                "index.md",
                "# Rules\n\n* first\n\n  ```{itakit-scheme} small.toml\n  ```\n\n* last\n",
            ),
            ("index.md", "# Rules\n\n:::{note}\n```{itakit-scheme} small.toml\n```\n:::\n"),
        ],
        ids=["list", "note", "table", "list in Markdown", "note in Markdown"],
    )
    def test_where_no_section_may_begin_its_headings_are_no_sections(
        self, project: Path, name: str, page: str
    ) -> None:
        """In a list, a note or a table; what is led to is there all the same."""
        with (project / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write("myst_enable_extensions = ['colon_fence']\n")
        html, warnings = build(project, page, name)
        assert warnings == ""
        assert html.count("<section") == 1
        assert '<p class="rubric" id="section-grades">Grades</p>' in html
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'class="reference internal" href="#([^"]+)"', html)) <= set(ids)

    def test_the_page_depends_on_the_scheme_and_on_what_that_extends(self, project: Path) -> None:
        """When either changes, the page is made anew."""
        (project / "next.toml").write_text(
            'format = 1\n[scheme]\nid = "next"\nextends = "small"\n', "utf-8"
        )
        build(project, RST.format("next.toml"))
        for name in ("next.toml", "small.toml"):
            assert rebuilt(project) == set()
            path = project / name
            path.write_text(path.read_text("utf-8") + "\n# changed\n", "utf-8")
            assert rebuilt(project) == {"index"}

    def test_an_error_of_the_scheme_is_a_warning_with_its_place(self, project: Path) -> None:
        """All of them, and the page is made without it; a warning of the scheme is none."""
        text = SCHEME.replace('code = "b"', 'code = "a"').replace("range = [0", "rang = [0")
        (project / "wrong.toml").write_text(text, "utf-8")
        html, warnings = build(project, RST.format("wrong.toml"))
        assert "Item a" not in html
        assert re.search(r"index\.rst:4: WARNING: .*wrong\.toml:6:1: scheme\.rang: ", warnings)
        warned = SCHEME.replace('title = { th = "ข้อ ข", en = "Item b" }', 'title = "b"')
        (project / "warned.toml").write_text(warned, "utf-8")
        assert build(project, RST.format("warned.toml"))[1] == ""

    @pytest.mark.parametrize(
        ("argument", "told"),
        [
            ("nowhere", "nowhere: no scheme"),
            ("nowhere.toml", "nowhere.toml: the file cannot be read"),
            ("small.toml\n   :lang: lo", "nowhere"),
            ("small.toml\n   :sections: nowhere", '"nowhere" unknown; choose from'),
            ("small.toml\n   :sections:", "nowhere"),
        ],
    )
    def test_a_wrong_call_is_a_warning(self, project: Path, argument: str, told: str) -> None:
        """Of Sphinx, at the line of the directive."""
        _, warnings = build(project, RST.format(argument) + "\n.. nowhere\n")
        assert "index.rst:4: " in warnings
        assert told in warnings or told == "nowhere"
