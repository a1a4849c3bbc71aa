"""Whatever a file holds, a caller meets no other exception than itakit's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import itakit
from itakit.notation.reading import MAX_CHARACTERS

VALID = sorted((Path(__file__).parent / "valid").glob("*.toml"))
TEXTS = {path.name: path.read_text("utf-8") for path in VALID}
KEYS = [
    *("format", "scheme", "id", "range", "root", "rounding", "places", "mode", "carry", "missing"),
    *("weights", "extends", "aggregation", "question", "total", "scale", "answer", "code", "score"),
    *("title", "th", "reverse", "goalposts", "clamp", "transform", "grade", "name", "from", "to"),
    *("requires", "weight", "aggregate", "sample", "fraction", "calendar", "policy", "at_least"),
    *("method", "k", "exponent", "base", "ก", "", "\0", "LEVEL"),
]
SCALARS = ["1", "0", "-1", "nan", "1e999", "0.5", "true", '"mean"', '"q1"', '""', "2022-01-01"]
SCALARS += [
    '"skip"',
    '"total"',
    '"\\u0000"',
    '"question"',
    "07:32:00",
    "1e-100",
    "0xff",
    "[0, 100]",
]


def table(pairs: dict[str, str]) -> str:
    inside = ", ".join(f'"{key}" = {value}' for key, value in pairs.items())
    return f"{{{inside}}}".replace("\0", "\\u0000")


VALUES: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda values: f"[{', '.join(values)}]")
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4).map(table)
    ),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8).map(
    lambda pairs: "\n".join(f'"{key}" = {value}' for key, value in pairs.items()).replace(
        "\0", "\\u0000"
    )
)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A valid scheme with a part of it deleted, doubled, or replaced."""
    text = draw(st.sampled_from(sorted(TEXTS.values())))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        junk = draw(st.sampled_from([*SCALARS, *KEYS, *"[]{}=,.\"'\n#", text[start:end] * 2]))
        text = text[:start] + junk + text[end:]
    return text


class TestAnyText:
    """No other exception reaches a caller because of bad input."""

    @given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
    def test_no_bytes_do_more_than_be_refused(
        self, tmp_path_factory: pytest.TempPathFactory, data: bytes
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "any.toml"
        path.write_bytes(data)
        with pytest.raises(itakit.SchemeError):
            itakit.load(path)
        assert itakit.check(path).problems

    @given(DOCUMENTS | mutations())
    def test_what_does_not_load_is_a_scheme_error(self, text: str) -> None:
        try:
            scheme = itakit.loads(text)
        except itakit.SchemeError as error:
            said = error.text("th")
        else:
            said = scheme.id
        assert said

    @given(DOCUMENTS | mutations())
    def test_what_loads_can_be_dumped_and_loaded(self, text: str) -> None:
        try:
            scheme = itakit.loads(text)
        except itakit.SchemeError:
            return
        assert itakit.loads(itakit.dumps(scheme)).hash == scheme.hash

    @pytest.mark.parametrize("key", ["\\u0000", "LEVEL", "children", "⟨levels⟩"])
    def test_no_key_is_taken_for_one_of_the_reader_s_own(self, key: str) -> None:
        with pytest.raises(itakit.SchemeError, match=r"<text>:1:1: .*: unknown key"):
            itakit.loads(f'"{key}" = {{ total = ["q1"] }}')

    def test_a_file_without_a_path_is_told_in_words(self) -> None:
        """There is no address that could stand before the sentence."""
        [problem] = itakit.check("").problems
        assert problem.text() == "the path of the file is empty; write where the file is"

    def test_a_text_has_an_end(self) -> None:
        with pytest.raises(
            itakit.SchemeError, match="the text is longer than 2,500,000 characters"
        ):
            itakit.loads("#" * (MAX_CHARACTERS + 1))
        with pytest.raises(itakit.SchemeError, match="the key format is missing"):
            itakit.loads("#" * MAX_CHARACTERS)


class TestColumns:
    """line, column: counted from 1, in characters."""

    @pytest.mark.parametrize("before", ["", "กำ", "น้ำที่", "透明", "𝄞", "e\u0301"])
    def test_a_column_counts_characters_however_wide(self, before: str) -> None:
        text = f'format = 1\nquestion = [{{ code = "{before}", wieght = 1 }}]\n'
        text += (
            '[scheme]\nid = "x"\nrange = [0, 1]\n[aggregation]\nquestion = "mean"\ntotal = "mean"'
        )
        with pytest.raises(itakit.SchemeError) as raised:
            itakit.loads(text)
        places = {p.key: (p.line, p.column) for p in raised.value.problems}
        assert places["question[0].wieght"] == (2, text.splitlines()[1].index("wieght") + 1)

    @pytest.mark.parametrize("lead", ["", "\ufeff"])
    def test_a_byte_order_mark_takes_no_column(self, tmp_path: Path, lead: str) -> None:
        path = tmp_path / "x.toml"
        path.write_text(f"{lead}forma = 1\n", "utf-8")
        [first, *_] = [p for p in itakit.check(path).problems if p.key == "forma"]
        assert (first.line, first.column) == (1, 1)
        with pytest.raises(itakit.SchemeError) as raised:
            itakit.loads(f"{lead}forma = 1\n")
        assert "<text>:1:1: forma" in str(raised.value)

    @pytest.mark.parametrize("lead", [b"", b"\xef\xbb\xbf"])
    def test_bytes_that_are_no_text_are_told_by_characters(
        self, tmp_path: Path, lead: bytes
    ) -> None:
        path = tmp_path / "x.toml"
        good = "# ก\ntitle = 'น้ำ".encode()
        path.write_bytes(lead + good + "ขาว".encode("cp874"))
        [problem] = itakit.check(path).problems
        assert problem.text() == (
            f"{path}:2:13: the file is not UTF-8 text from here on; "
            "save it again with the encoding UTF-8"
        )

    def test_half_a_character_is_told_where_it_stands(self) -> None:
        with pytest.raises(itakit.SchemeError, match=r"<text>:2:4: the file is not UTF-8 text"):
            itakit.loads("format = 1\n# ก\ud800")

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_lines_end_in_either_way(self, tmp_path: Path, end: str) -> None:
        path = tmp_path / "x.toml"
        path.write_bytes(f"format = 1{end}{end}forma = 1{end}".encode())
        assert any((p.key, p.line) == ("forma", 3) for p in itakit.check(path).problems)
