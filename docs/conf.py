"""How the documentation is built: Sphinx, Markdown, and a reference made from the code itself.

Build from the root of the repository, both without a warning and without a network:

    sphinx-build -n -W --keep-going -b html docs docs/_build/html
    sphinx-build -n -W --keep-going -b doctest docs docs/_build/doctest
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent / "_ext"))

import itakit  # noqa: E402  # after the path is set, as the extensions are

project = "itakit"
author = "the itakit developers"
copyright = author
version = release = itakit.__version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "itakit.sphinx",
    "reference_directives",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"itakit {release}"
html_copy_source = False
html_show_sphinx = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
python_use_unqualified_type_names = True

# Other projects' names lead nowhere: fetching their inventories would need a network.
nitpick_ignore_regex = [
    (
        "py:.*",
        r"(collections\.abc|datetime|decimal|enum|fractions|hypothesis|os|pathlib|pytest)\..*",
    ),
    (
        "py:.*",
        r"Any|Callable|Decimal|Enum|Fraction|Iterable|Iterator|Literal|Mapping|Path|PathLike",
    ),
    ("py:.*", r"Sequence|date"),
    # Aliases of types, which the page of Python names explains in words.
    ("py:class", r"(itakit\.[a-z_.]+\.)?(Evidence|Law|Monomial|Number|Score|Shape|Status|Terms?)"),
    ("py:class", r"(itakit\.document\.markup\.)?Markup"),
    # What an audit is made of is told in words beside it.
    ("py:class", r"itakit\.auditing\..*"),
    # Columns of floats, and what is made of them.
    ("py:class", r"(itakit\.uncertainty\.[a-z.]+)?(Dependence|Estimates|Floats|Scores)"),
]

# Blocks in docstrings are run by pytest, each in its own module; here run those of the pages.
doctest_test_doctest_blocks = ""
doctest_global_setup = f"""
import os
folder_before = os.getcwd()
os.chdir({str(ROOT)!r})
import itakit
"""
doctest_global_cleanup = "os.chdir(folder_before)"
