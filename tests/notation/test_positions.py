"""Positions of keys: where they stand, and which are defined twice.

Three oracles share no code with the lexer: the writer below, which notes where it puts each key
while it writes a random document; tomli, which knows every path, and whether a key is defined
twice; and toml-rs, which tells line and byte column of every key that has a value.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any, TypeAlias

import pytest
import toml_rs
import tomli
from hypothesis import assume, given
from hypothesis import strategies as st

from itakit.notation.positions import Duplicate, Path, Position, duplicates, locate

SCHEMES = sorted((FilePath(__file__).parents[2] / "schemes").glob("*.toml"))


# --- oracles ---


def paths(value: object, above: Path = ()) -> Iterator[Path]:
    """Every path of what tomli has read."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for key, below in inner:
        yield (*above, key)
        yield from paths(below, (*above, key))


def verdict(text: str) -> tuple[dict[str, Any], list[int]]:
    """What tomli reads and no line, or nothing and the line that it refuses."""
    try:
        return tomli.loads(text), []
    except tomli.TOMLDecodeError as error:
        return {}, [error.lineno]


def position(text: str, offset: int) -> Position:
    """The line and the column of a character, counted one by one."""
    lines = text[:offset].split("\n")
    return Position(len(lines), len(lines[-1]) + 1)


def told_by_toml_rs(text: str) -> dict[Path, Position]:
    """The keys and elements that toml-rs has positions of, its columns turned from bytes."""
    lines = text.split("\n")
    found: dict[Path, Position] = {}

    def place(node: Mapping[str, Any], what: str) -> Position:
        line, column = node[f"{what}_line"], node[f"{what}_col"]
        line = line if isinstance(line, int) else line[0]
        column = column if isinstance(column, int) else column[0]
        return Position(line, len(lines[line - 1].encode()[: column - 1].decode()) + 1)

    def visit(value: object, path: Path, *, in_text: bool = True) -> None:
        if isinstance(value, dict):
            for name, node in value.items():
                if "key_line" in node:
                    found[*path, name] = place(node, "key")
                    # An array of tables has no text of its own.
                    visit(node.get("value"), (*path, name), in_text="value_raw" in node)
                else:
                    visit(node, (*path, name))
        elif isinstance(value, list):
            for index, element in enumerate(value):
                wrapped = "value_line" in element
                if wrapped and in_text:
                    found[*path, index] = place(element, "value")
                visit(element.get("value") if wrapped else element, (*path, index))

    visit(toml_rs.load_with_metadata(text).meta["nodes"], ())
    return found


# --- documents, with the offset of everything in them ---

Names: TypeAlias = list[tuple[str, Path]]

BARE_KEYS = ["a", "b", "code", "title", "1", "-"]
ODD_KEYS = ["", " ", "ตัวชี้วัด", "น้ำ", "𝄞", "2.5", "a.b", "x = [1]", "#", "[a]", "}", "it's"]
ESCAPED_KEYS = ['say "hi"', "tab\there", "back\\slash", "line\nfeed"]
KEYS = st.sampled_from([*BARE_KEYS, *ODD_KEYS, *ESCAPED_KEYS])

NUMBERS = ["1", "-2", "+3.5e-7", "6.02_1", "0xdead_BEEF", "inf", "-nan", "true", "false"]
DATES = ["1979-05-27", "07:32:00.999", "1979-05-27T07:32:00-08:00", "1979-05-27 07:32:00.5Z"]
QUOTED = ['""', '"ก = [\\"1\\"] # {"', '"\\\\"', '"\\u0e01\\x41"', '"\'"', '"]\\t}"']
LITERAL = ["''", "'a = \"b\" # {'", "'\\'", "']'"]
LONG_QUOTED = ['""""""', '"""\n[a]\nb = 1 # "" \\""" \\\\"""', '"""a\\\n   b"""""', '"""\\"\n}]"""']
LONG_LITERAL = ["''''''", "'''\n[[a]]\n'' \\'''''", "'''# {'''", "'''''a'''''", "'''1' = {'''"]
SCALARS = st.sampled_from(
    [*NUMBERS, *DATES, *QUOTED, *LITERAL, *LONG_QUOTED, *LONG_LITERAL, '"""1" = {"""']
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(st.dictionaries(KEYS, inner, max_size=3), min_size=1, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=8,
)


class Writer:
    """Writes a document in random style and notes the offset of every key and element."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = ""
        self.offsets: dict[Path, int] = {}
        self.feed = self.one_of("\n", "\r\n")

    def one_of(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def write(self, *texts: str) -> None:
        self.text += "".join(texts).replace("\n", self.feed)

    def blank(self) -> str:
        return self.one_of("", " ", "\t ")

    def gap(self) -> str:
        return self.one_of("", " ", "\n", "\n\t", " # ก, ] } [ = \" '\n  ", "\n\n#\n")

    def end_line(self) -> None:
        self.write(self.one_of("\n", " \n", " # [x] = \"'\n", "\n\n", "\n# k = 1\n \n"))

    def note(self, path: Path) -> None:
        """A key stands where it is first named."""
        self.offsets.setdefault(path, len(self.text))

    def key(self, key: str) -> None:
        bare = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
        escaped = key.replace("\\", "\\\\").replace('"', '\\"')
        escaped = escaped.replace("\n", "\\n").replace("\t", self.one_of("\\t", "\t"))
        styles = ['"' + escaped + '"', '"' + "".join(f"\\U{ord(c):08x}" for c in key) + '"']
        if "'" not in key and "\n" not in key:
            styles.append(f"'{key}'")
        self.write(self.one_of(*styles, *[key] * (3 * bare)))

    def dotted(self, names: Sequence[str], above: Path) -> Path:
        for index, name in enumerate(names):
            if index:
                self.write(self.blank(), ".", self.blank())
            above = (*above, name)
            self.note(above)
            self.key(name)
        return above

    def pair(self, names: Sequence[str], value: Any, above: Path) -> None:
        path = self.dotted(names, above)
        self.write(self.blank(), "=", self.blank())
        self.value(value, path)

    def value(self, value: Any, path: Path) -> None:
        if isinstance(value, str):
            self.write(value)
            return
        self.write("[" if isinstance(value, list) else "{", self.gap())
        inner = list(enumerate(value)) if isinstance(value, list) else self.pairs(value)
        for number, (key, below) in enumerate(inner):
            if isinstance(key, int):
                self.note((*path, key))
                self.value(below, (*path, key))
            else:
                self.pair(key, below, path)
            comma = number + 1 < len(inner) or self.one_of("", ",")
            self.write(self.gap(), "," if comma else "", self.gap())
        self.write("]" if isinstance(value, list) else "}")

    def pairs(self, table: Mapping[str, Any], above: tuple[str, ...] = ()) -> list[Any]:
        """A table's keys and values, the keys of some tables in it dotted, in random order."""
        found: list[Any] = []
        for key, value in table.items():
            if isinstance(value, dict) and value and self.one_of("dotted", "inline") == "dotted":
                found += self.pairs(value, (*above, key))
            else:
                found.append(((*above, key), value))
        return found if above else self.draw(st.permutations(found))

    def header(self, names: Names, opening: str, closing: str) -> None:
        self.write(self.blank(), opening)
        for index, (name, path) in enumerate(names):
            self.write("." if index else "", self.blank())
            self.note(path)
            if index + 1 == len(names):
                # A table with a header of its own stands there, however it was named before.
                element = opening == "[["
                own = (*path, self.elements(path)) if element else path
                self.offsets[own] = len(self.text)
            self.key(name)
            self.write(self.blank())
        self.write(closing)
        self.end_line()

    def elements(self, path: Path) -> int:
        return sum(p[:-1] == path for p in self.offsets)

    def section(self, table: Mapping[str, Any], names: Names, above: Path, opening: str) -> None:
        """A table under its header, or under none, and the sections of the tables in it."""
        below = {
            key: value
            for key, value in table.items()
            if value and (isinstance(value, dict) or all(isinstance(v, dict) for v in value))
            if not isinstance(value, str) and self.one_of("section", "inline") == "section"
        }
        pairs = self.pairs({key: value for key, value in table.items() if key not in below})
        order = "first"
        if opening == "[" and below:
            order = self.one_of("first", "last", *["never"] * (not pairs))
        if order == "last":
            self.sections(below, names, above)
        if opening and order != "never":
            self.header(names, opening, "]" * len(opening))
        for key, value in pairs:
            self.write(self.blank())
            self.pair(key, value, above)
            self.end_line()
        if order != "last":
            self.sections(below, names, above)

    def sections(self, tables: Mapping[str, Any], names: Names, above: Path) -> None:
        for key, value in tables.items():
            path = (*above, key)
            if isinstance(value, dict):
                self.section(value, [*names, (key, path)], path, "[")
            else:
                for index, element in enumerate(value):
                    self.section(element, [*names, (key, path)], (*path, index), "[[")


@st.composite
def documents(draw: st.DrawFn) -> Writer:
    """A valid document in random style."""
    writer = Writer(draw)
    writer.write(writer.gap())
    writer.section(draw(st.dictionaries(KEYS, VALUES, max_size=5)), [], (), "")
    return writer


# --- the laws ---


class TestPlace:
    """ "Keys are on the left of the equals sign and values are on the right." (TOML 1.1.0)"""

    @given(documents())
    def test_every_key_and_element_stands_where_it_was_written(self, document: Writer) -> None:
        """Whatever stands around it: strings, comments, line feeds, other scripts."""
        assert dict(locate(document.text)) == {
            path: position(document.text, offset) for path, offset in document.offsets.items()
        }

    @given(documents())
    def test_what_is_located_is_what_tomli_reads(self, document: Writer) -> None:
        """No path is missing and none is made up; nothing is defined twice."""
        assert set(locate(document.text)) == set(paths(tomli.loads(document.text)))
        assert duplicates(document.text) == ()

    @given(documents())
    def test_toml_rs_agrees_wherever_it_knows_a_position(self, document: Writer) -> None:
        """Its columns count bytes; its lines and keys are ours."""
        told = told_by_toml_rs(document.text)
        assert told.items() <= dict(locate(document.text)).items()

    @given(documents())
    def test_a_document_cut_short_has_no_other_keys(self, document: Writer) -> None:
        """While someone types, what is there already keeps its place."""
        whole = set(locate(document.text))
        for end in range(0, len(document.text), 1 + len(document.text) // 20):
            assert set(locate(document.text[:end])) <= whole

    @pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.name)
    def test_in_a_shipped_scheme_every_key_stands_at_its_name(self, file: FilePath) -> None:
        """The real thing: what stands at each position reads as that key."""
        text = file.read_text("utf-8")
        places = locate(text)
        told = told_by_toml_rs(text)
        assert set(places) == set(paths(tomli.loads(text)))
        assert told.items() <= dict(places).items()
        for path, place in places.items():
            rest = text.split("\n")[place.line - 1][place.column - 1 :]
            name = next(key for key in reversed(path) if isinstance(key, str))
            assert rest.startswith((name, f'"{name}"', f"'{name}'")) or (
                isinstance(path[-1], int) and rest[0] in "{['\"0123456789"
            )

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("a.b.‹c = 1", ("a", "b", "c")),
            ("a.‹b.c = 1\na.b.d = 2", ("a", "b")),
            ("‹a.b.c = 1\na.d = 2", ("a",)),
            ("'ก' . ‹\"\\u0e02\" = 1", ("ก", "ข")),
            ("[‹a.b]", ("a",)),
            ("[a.b]\n[‹a]", ("a",)),
            ("[‹a.b]\n[[a.c]]", ("a",)),
            ("[[‹a]]\n[[a]]", ("a",)),
            ("[[‹a]]\n[[a]]", ("a", 0)),
            ("[[a]]\n[[‹a]]", ("a", 1)),
            ("[[a]]\n[[a]]\n[a.b.‹c]", ("a", 1, "b", "c")),
            ("[[a]]\n[[a]]\n[[a.b]]\n[[a.b]]\n‹c = 1", ("a", 1, "b", 1, "c")),
            ("a = [\n  1, # ]\n  ‹'''\n''', [2]]", ("a", 1)),
            ("a = [1, [‹2]]", ("a", 1, 0)),
            ("a = [{}, ‹{b = 1}]", ("a", 1)),
            ("a = { # }\n  ‹b.c = 1,\n}", ("a", "b")),
            ('\r\na = """\r\n"""\r\n‹b = 1', ("b",)),
            ("a = {b = 1}, ‹c = 1", ("c",)),
            ('‹"\\q" = 1', ('"\\q"',)),
        ],
    )
    def test_a_key_of_this_kind_stands_here(self, text: str, path: Path) -> None:
        """First named, or first defined by a header of its own."""
        assert locate(text.replace("‹", ""))[path] == position(text, text.index("‹"))


class TestMapping:
    """ "Of every key": the mapping has these paths and no others."""

    @pytest.mark.parametrize(
        "path", [(), ("b",), ("a", "c"), ("a", 2), ("a", -1), ("a", 0, "b", "c"), (0,)]
    )
    def test_a_path_that_is_not_there_is_not_found(self, path: Path) -> None:
        """Neither the document itself, nor an element counted from the end."""
        places = locate("a = [{b = 1}, 2]")
        assert path not in places
        with pytest.raises(KeyError):
            places[path]

    def test_a_mapping_has_as_many_positions_as_paths(self) -> None:
        """It can be counted, gone through and compared like any other."""
        places = locate("a = [{b = 1}, 2]")
        assert len(places) == len(list(places)) == 4
        assert places == locate("a = [{b = 2}, 3] # or so")


class TestSecondDefinition:
    """ "Defining a key multiple times is invalid. Like keys, you cannot define a table more than
    once." (TOML 1.1.0)
    """

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("‹a = 1\n›a = 2", ("a",)),
            ("‹a = 1\n›'a' = 2", ("a",)),
            ("‹ก = 1\n›ก = 2".replace("ก", '"ก"'), ("ก",)),
            ("a.‹b = 1\na.›b = 2", ("a", "b")),
            ("‹a = 1\n›a.b = 2", ("a",)),
            ("‹a.b = 1\n›a = 2", ("a",)),
            ("a.‹b = 1\na.›b.c = 2", ("a", "b")),
            ("‹a.b = 1\n[›a]", ("a",)),
            ("[‹a]\n[›a]", ("a",)),
            ("[a.b]\n[‹a]\n[›a]", ("a",)),
            ("‹a = 1\n[›a]", ("a",)),
            ("‹a = 1\n[›a.b]", ("a",)),
            ("‹a = {}\n[›a.b]", ("a",)),
            ("‹a = {b.c = 1}\n›a.b.d = 1", ("a",)),
            ("‹a = []\n[[›a]]", ("a",)),
            ("‹a = [{}]\n[›a.b]", ("a",)),
            ("[‹a]\n[[›a]]", ("a",)),
            ("[[‹a]]\n[›a]", ("a",)),
            ("[‹a.b]\n[[›a]]", ("a",)),
            ("[[a]]\n[a.‹b]\n[a.›b]", ("a", 0, "b")),
            ("[[a]]\n[[a]]\n‹b = 1\n›b = 2", ("a", 1, "b")),
            ("[a]\n‹b.c = 1\n[a.›b]", ("a", "b")),
            ("[a.‹b]\n[a]\n›b.c = 1", ("a", "b")),
            ("[a.‹b]\n[a]\n›b = 1", ("a", "b")),
            ("[[a.‹b]]\n[a]\n›b.c = 1", ("a", "b")),
            ("[a]\n[b]\n‹c = 1\n›c = {d = 1}", ("b", "c")),
            ("a = {‹b = 1, ›b = 2}", ("a", "b")),
            ("a = {‹b.c = 1, ›b = 2}", ("a", "b")),
            ("a = {‹b = {}, ›b.c = 2}", ("a", "b")),
            ("a = [1, {b = [{}, {‹c = 1, ›c = 2}]}]", ("a", 1, "b", 1, "c")),
            ("a = '''\n'''\r\n‹b = 1\r\n›b = [\r\n]", ("b",)),
        ],
    )
    def test_each_kind_is_told_at_both_places(self, text: str, path: Path) -> None:
        """Keys, dotted keys, headers, inline tables, arrays of tables, and one on the other."""
        plain = text.replace("‹", "").replace("›", "")
        first = position(plain, text.replace("›", "").index("‹"))
        again = position(plain, text.replace("‹", "").index("›"))
        with pytest.raises(tomli.TOMLDecodeError):
            tomli.loads(plain)
        assert duplicates(plain) == (Duplicate(path, first, again),)

    def test_all_are_told_at_once(self) -> None:
        """In the order of the second definitions; a third one is told like the second."""
        found = duplicates("a = 1\nb = {a = 1, a = 2}\na = 2\n[t]\nc = 1\n[t]\nc = 1\na = 1\n[t]")
        assert [(twice.path, twice.first.line, twice.again.line) for twice in found] == [
            (("b", "a"), 2, 2),
            (("a",), 1, 3),
            (("t",), 4, 6),
            (("t", "c"), 5, 7),
            (("t",), 4, 9),
        ]

    def test_what_is_in_a_second_definition_is_not_located(self) -> None:
        """The mapping is of the first definitions."""
        assert dict(locate("a = 1\n[a]\nb = 1")) == {("a",): Position(1, 1)}
        assert dict(locate("a = 1\n[a.b]\nc = 1")) == {("a",): Position(1, 1)}
        assert ("a", "b") not in locate("a = 1\na = {b = 1}")
        assert locate("[a]\nb = 1\n[a]\nc = 1")["a", "c"] == Position(4, 1)

    @given(st.data())
    def test_what_tomli_refuses_is_told_and_nothing_else(self, data: st.DataObject) -> None:
        """Of all documents of a few keys, tomli says which define one twice, and in which line."""
        text = data.draw(statements())
        read, refused = verdict(text)
        assert [twice.again.line for twice in duplicates(text)[:1]] == refused
        assert refused or set(locate(text)) == set(paths(read))

    @pytest.mark.parametrize(
        "text",
        [
            "a = \nb = 1\nb = 1",
            "a = [1\nb = 1\nb = 1",
            "a = {b = 1\n[c]\nb = 1\nb = 1",
            "a = {b = 1\nb = 1}",
            'a = "\nb = 1\nb = 1',
            "a = 1 2\nb = 1\nb = 1",
            "a = 1979-99-99\nb = 1\nb = 1",
            "a = " + "1" * 5000 + "\nb = 1\nb = 1",
            "a = " + "[" * 5_000 + "]" * 5_000 + "\nb = 1\nb = 1",
        ],
    )
    def test_nothing_is_told_of_text_that_is_wrong_before(self, text: str) -> None:
        """Behind a missing bracket, keys seem to be repeated that are not."""
        assert duplicates(text) == ()


DOTTED = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(".".join)
SMALL: st.SearchStrategy[str] = st.recursive(
    st.just("1"),
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda values: f"[{', '.join(values)}]")
        | st.lists(st.tuples(DOTTED, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}"
        )
    ),
    max_leaves=4,
)


def statements() -> st.SearchStrategy[str]:
    """Documents of so few keys that most define one twice."""
    statement = (
        DOTTED.map("[{}]".format)
        | DOTTED.map("[[{}]]".format)
        | st.tuples(DOTTED, SMALL).map(" = ".join)
    )
    return st.lists(statement, min_size=1, max_size=8).map("\n".join)


SIZE = 1 << 18


class TestAnyText:
    """ "Stops at a sane depth and size." (the notation, format 1)"""

    @given(st.text(alphabet="ab.=[]{},'\"\\#\n\r\t 1ก", max_size=60))
    def test_no_text_is_an_error(self, text: str) -> None:
        """What is not TOML is tomli's to refuse."""
        assert all(place.line >= 1 for place in locate(text).values())
        assert all(twice.first < twice.again for twice in duplicates(text))

    @given(documents(), st.data())
    def test_a_slip_of_the_pen_is_no_error(self, document: Writer, data: st.DataObject) -> None:
        """One character is lost, or typed by mistake."""
        assume(document.text)
        at = data.draw(st.integers(0, len(document.text) - 1))
        typed = data.draw(st.sampled_from(["", *".=[]{},'\"\\#\n\rก"]))
        text = document.text[:at] + typed + document.text[at + 1 :]
        places = locate(text)
        assert all(twice.path for twice in duplicates(text))
        read, refused = verdict(text)
        assert refused or set(places) == set(paths(read))

    @pytest.mark.parametrize(
        "text",
        [
            "a = " + "[" * SIZE,
            "a = " + "{a = " * (SIZE // 5),
            "a = " + "[" * 10_000 + "]" * 10_000,
            "a = " + "[" * 399 + "[]," * (SIZE // 3) + "]" * 399,
            "a." * (SIZE // 2) + "a = 1",
            "a . " * (SIZE // 4),
            "[" + "a." * (SIZE // 2) + "a]",
            "[" + "a." * 990 + "a]\n" + "b = 1\n" * (SIZE // 6),
            '"' + "\\u0e01" * (SIZE // 6) + '" = 1',
            'a = """' + '\\"""' * (SIZE // 4),
            'a = """' + '""x' * (SIZE // 3),
            "a = '''" + "''x" * (SIZE // 3),
            "a = 1\n" * (SIZE // 6),
            "[[a]]\n" * (SIZE // 6),
            *(sign * SIZE for sign in ".=[]{},'\"\\#\n\r\t 1aก"),
        ],
        ids=lambda text: repr(text[:12]),
    )
    def test_hostile_text_costs_little(self, text: str) -> None:
        """Neither the stack nor the square of the size: the time grows with the text."""
        start = time.process_time_ns()
        places, found = locate(text), duplicates(text)
        assert ("b",) not in places
        assert len(found) <= 10_000
        assert time.process_time_ns() - start < 60 * 10**9

    def test_what_lies_too_deep_is_not_located(self) -> None:
        """A thousand keys are enough for anybody."""
        places = locate("a = " + "[" * 10_000)
        assert len(places) == 1_000
        assert ("a", *[0] * 999) in places
        assert ("a",) * 1_000 in locate("a." * 999 + "a = 1")
        assert list(locate("a." * 1_000 + "a = 1")) == []
        mixed = locate("[" + "a." * 600 + "a]\n" + ("b." * 300 + "b = {") * 10)
        assert max(map(len, mixed)) == 601 + 2 * 301
