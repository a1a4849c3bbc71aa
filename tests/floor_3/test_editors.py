"""Scheme files in an editor: taplo and tombi read the schema, and judge every file by it."""

from __future__ import annotations

import json
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

import itakit
from tests.floor_3.editors import SCHEMA, Editor, said
from tests.notation.beyond import BEYOND

ROOT = Path(__file__).parents[2]
NOTATION = ROOT / "tests" / "notation"
VALID = sorted((NOTATION / "valid").glob("*.toml"))
INVALID = sorted((NOTATION / "invalid").glob("*.toml"))
SHIPPED = [p for p in sorted((ROOT / "schemes").glob("*.toml")) if ".cases." not in p.name]

TOOLS = pytest.mark.parametrize("tool", ["taplo", "tombi"])
EDITED = f"""#:schema ./{SCHEMA}
format = 1

[scheme]
id = "edited"
range = [0, 100]
rounding = {{ places = 2, mode = "half-up" }}

#head

[aggregation]
question = "mean"
total = "mean"

[[question]]
code = "q1"
weight = 40

#node
"""


def named(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the schema in it."""
    made = tmp_path_factory.mktemp("home") / "schemes"
    made.mkdir()
    shutil.copy(ROOT / "schemes" / SCHEMA, made)
    return made


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[Editor]:
    """A file that somebody has open."""
    path = folder / "edited.toml"
    path.write_text(EDITED, "utf-8")
    with Editor(path) as editor:
        yield editor


def copied(path: Path, folder: Path) -> Path:
    """A copy of a file that names the schema beside it."""
    text = path.read_text("utf-8")
    copy = folder / path.name
    copy.write_text(text if "#:schema" in text else f"#:schema ./{SCHEMA}\n{text}", "utf-8")
    return copy


@TOOLS
class TestCheck:
    """ "The JSON Schema accepts every valid and refuses every invalid file under
    tests/notation", as far as a JSON Schema can."""

    @pytest.mark.parametrize("path", [*VALID, *SHIPPED], ids=named)
    def test_nothing_is_underlined_in_a_valid_file(
        self, tool: str, path: Path, folder: Path
    ) -> None:
        taken, text = said(tool, copied(path, folder))
        assert taken, text

    @pytest.mark.parametrize("path", INVALID, ids=named)
    def test_an_invalid_file_is_refused_unless_no_schema_can(
        self, tool: str, path: Path, folder: Path
    ) -> None:
        taken, _ = said(tool, copied(path, folder))
        assert taken == (path.stem in BEYOND)

    def test_what_is_wrong_is_told_where_it_stands(self, tool: str, folder: Path) -> None:
        """A misspelt key is told in its own line, and by its name."""
        text = EDITED.replace("weight = 40", "wieght = 40")
        path = folder / "misspelt.toml"
        path.write_text(text, "utf-8")
        taken, told = said(tool, path)
        line = text[: text.index("wieght")].count("\n") + 1
        assert not taken
        assert f"misspelt.toml:{line}:" in told


class TestEditing:
    """ "An editor completes keys, shows what a key means, and marks what does not belong." """

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("range", "the lowest and the highest score"),
            ("places", "decimal places of a published score"),
            ("places", "Default: `2`"),
            ("mode", '- `"half-even"`'),
            ("weight", "among its siblings; if one has a weight, all must"),
            (
                '"mean"\n\n',
                "how the scores below a node, or those of its answers, become its score",
            ),
            ("code", "unique in the scheme"),
        ],
    )
    def test_hovering_over_a_key_shows_what_it_means(
        self, editor: Editor, text: str, shown: str
    ) -> None:
        assert shown in editor.hover(text)

    def test_the_keys_that_are_left_are_offered(self, editor: Editor) -> None:
        offered = editor.complete("#head")
        assert offered >= {"title", "source", "version", "weights", "extends"}
        assert not offered & {"id", "range", "rounding"}

    def test_usual_levels_are_offered_in_a_node(self, editor: Editor) -> None:
        assert editor.complete("#node") >= {"title", "scale", "aggregate", "part", "indicator"}


class TestShipped:
    """ "Shipped schemes carry a #:schema line that works for whoever has the file." """

    def test_the_schema_beside_them_is_the_one_that_the_command_prints(self) -> None:
        """Refresh it with `itakit schema > schemes/format-1.schema.json`."""
        assert json.loads((ROOT / "schemes" / SCHEMA).read_text("utf-8")) == itakit.json_schema()

    @pytest.mark.parametrize("path", SHIPPED, ids=named)
    def test_a_shipped_scheme_names_the_schema_in_its_first_line(self, path: Path) -> None:
        assert path.read_text("utf-8").startswith(f"#:schema ./{SCHEMA}\n")

    def test_the_number_in_its_name_is_that_of_the_notation(self) -> None:
        formats = itakit.json_schema()["properties"]["format"]["enum"]
        assert re.findall(r"\d+", SCHEMA) == [str(number) for number in formats]


class TestNetwork:
    """Neither tool asks the network for anything."""

    @TOOLS
    def test_no_request_is_made(self, tool: str, folder: Path) -> None:
        """All requests would go through a proxy that nobody knocks at."""
        with socket.create_server(("127.0.0.1", 0)) as proxy:
            proxy.setblocking(False)
            address = "http://127.0.0.1:{1}".format(*proxy.getsockname())
            proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), address)
            proxies |= {name.lower(): value for name, value in proxies.items()}
            taken, text = said(tool, copied(VALID[0], folder), proxies)
            assert taken, text
            with pytest.raises(BlockingIOError):
                proxy.accept()
