"""The JSON Schema of the notation, checked with a validator that shares no code with it."""

from __future__ import annotations

import copy
import datetime
import json
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import itakit
from itakit.methods import BUILT_IN, Method, Parameter
from itakit.testing.drawing import Draw, dice, pick
from itakit.testing.files import document
from itakit.testing.writing import toml
from tests.notation.beyond import BEYOND

ROOT = Path(__file__).parents[2]
INVALID = ROOT / "tests" / "notation" / "invalid"
SCHEMES = [
    path
    for folder in ("schemes", "tests/notation/valid", "docs/tutorial_files")
    for path in sorted((ROOT / folder).glob("*.toml"))
    if not path.name.endswith(".cases.toml") and "format" in tomllib.loads(path.read_text("utf-8"))
]
VALIDATOR = jsonschema.Draft7Validator(itakit.json_schema())


def plain(value: Any) -> Any:
    """A value of TOML as an editor hands it to a validator."""
    match value:
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case datetime.date():
            return value.isoformat()
    return value


def tables(path: Path) -> Any:
    return plain(tomllib.loads(path.read_text("utf-8")))


def whole() -> Any:
    """A file with every table of the notation."""
    return plain(
        tomllib.loads(
            """
            format = 1
            [scheme]
            id = "whole"
            title = { th = "ทั้งหมด", en = "Whole" }
            source = ["one", "two"]
            range = [0, 100]
            rounding = { places = 2, mode = "half-up", carry = ["group"] }
            missing = { policy = "skip", at_least = 0.5 }
            weights = "relative"
            [aggregation]
            item = "mean"
            group = { method = "power-mean", exponent = 0.5 }
            total = "mean"
            [scale.choice]
            answer = [{ code = "1", score = 0, title.th = "ไม่" }, { code = "2", score = 100 }]
            not_applicable = ["9"]
            [scale.mirrored]
            reverse = "choice"
            [scale.number]
            goalposts = [20, 85.5]
            clamp = true
            transform = "log"
            [[grade]]
            name = "A"
            from = 0
            requires = { item = 10 }
            title = "pass"
            [[grade]]
            name = "B"
            from = 0
            [[group]]
            code = "g"
            weight = 3
            scale = "choice"
            population = "all"
            sample = { fraction = 0.1, at_least = 3, at_most = 9 }
            aggregate = "max"
            aggregation = { item = "single" }
            missing = "zero"
            item = ["a", { code = "b" }]
            [[calendar]]
            from = 2022-01-01
            to = 2022-03-31
            title = "survey"
            """
        )
    )


class TestSchema:
    """ "itakit schema: the JSON Schema of the notation, for editors" (design.md, section 6)"""

    def test_it_is_a_json_schema(self) -> None:
        """Of draft 7, which every editor reads; and JSON through and through."""
        jsonschema.Draft7Validator.check_schema(itakit.json_schema())
        assert json.loads(json.dumps(itakit.json_schema())) == itakit.json_schema()

    def test_every_definition_is_used(self) -> None:
        """And every reference leads to one."""
        schema = itakit.json_schema()
        text = json.dumps(schema)
        used = {name for name in schema["definitions"] if f'"#/definitions/{name}"' in text}
        assert used == set(schema["definitions"])
        assert text.count('"$ref"') == sum(
            text.count(f'"$ref": "#/definitions/{name}"') for name in used
        )

    @pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
    def test_a_file_that_the_reader_takes_is_valid(self, path: Path) -> None:
        """An editor underlines nothing in a scheme that loads."""
        if itakit.check(path).scheme is not None:
            assert [error.message for error in VALIDATOR.iter_errors(tables(path))] == []

    def test_there_are_files_that_the_reader_takes(self) -> None:
        """The check cannot pass by finding nothing."""
        assert sum(itakit.check(path).scheme is not None for path in SCHEMES) >= 4

    def test_every_table_of_the_notation_is_known(self) -> None:
        """With every key that it may have."""
        assert [error.message for error in VALIDATOR.iter_errors(whole())] == []

    @pytest.mark.parametrize(
        "path", [["format"], ["scheme", "id"], ["scheme", "range"], ["aggregation"]]
    )
    def test_what_is_required_may_stand_in_the_scheme_it_extends(self, path: list[str]) -> None:
        """A file that extends another one says only what it changes."""
        file = whole()
        file["scheme"]["extends"] = "base"
        *above, last = path
        del (file[above[0]] if above else file)[last]
        assert [error.message for error in VALIDATOR.iter_errors(file)] == []

    def test_changes_are_for_a_scheme_that_extends_another(self) -> None:
        """Nodes with what they were, codes that are retired, a grade by its name."""
        changes: dict[str, Any] = {
            "format": 1,
            "scheme": {"id": "next", "extends": "base", "retired": ["a"]},
            "grade": {"A": {"from": 1}},
            "item": [{"code": "b", "was": "c", "before": "d"}],
        }
        assert [error.message for error in VALIDATOR.iter_errors(changes)] == []
        for key, slip in (
            ("scheme", {"id": "next", "extends": "base", "retired": "a"}),
            ("grade", {"A": {"frm": 1}}),
            ("grade", {"A": 1}),
            ("grade", {}),
            ("item", [{"code": "b", "was": 3}]),
            ("item", [{"code": "b", "before": ""}]),
        ):
            assert list(VALIDATOR.iter_errors(changes | {key: slip})), slip
        for key, slip in (
            ("scheme", whole()["scheme"] | {"retired": ["a"]}),
            ("grade", {"A": {"from": 1}}),
        ):
            assert list(VALIDATOR.iter_errors(whole() | {key: slip})), slip

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (["format"], 2),
            (["format"], "1"),
            (["format"], None),
            (["scheme"], None),
            (["scheme", "id"], None),
            (["scheme", "id"], "Not an id"),
            (["scheme", "id"], 3),
            (["scheme", "rang"], [0, 100]),
            (["scheme", "range"], None),
            (["scheme", "range"], [0]),
            (["aggregation"], None),
            (["scheme", "range"], [0, 1, 2]),
            (["scheme", "range"], "0-100"),
            (["scheme", "title"], {}),
            (["scheme", "title"], {"thai": "x"}),
            (["scheme", "title"], {"th": 3}),
            (["scheme", "title"], ""),
            (["scheme", "source"], [3]),
            (["scheme", "rounding", "places"], -1),
            (["scheme", "rounding", "mode"], "half"),
            (["scheme", "missing"], "ignore"),
            (["scheme", "missing", "at_least"], 2),
            (["scheme", "missing", "policy"], None),
            (["scheme", "missing", "atleast"], 1),
            (["scheme", "weights"], "shares"),
            (["aggregation", "item"], 3),
            (["aggregation", "item"], {"exponent": 1}),
            (["aggregation", "item"], ""),
            (["scale", "choice"], []),
            (["scale", "choice", "answer", 0, "score"], "0"),
            (["scale", "choice", "answer", 0, "scor"], 0),
            (["scale", "choice", "answer", 0, "code"], 1),
            (["scale", "choice", "not_applicable"], 9),
            (["scale", "number", "goalposts"], [1]),
            (["scale", "number", "clamp"], "yes"),
            (["scale", "number", "transform"], "ln"),
            (["grade", 0, "name"], None),
            (["grade", 0, "from"], "0"),
            (["grade", 0, "to"], 100),
            (["grade", 0, "requires"], ["item"]),
            (["group"], {}),
            (["group"], []),
            (["group", 0], 3),
            (["group", 0, "code"], None),
            (["group", 0, "code"], ""),
            (["group", 0, "code"], " a"),
            (["group", 0, "code"], 1),
            (["group", 0, "weight"], "3"),
            (["group", 0, "weigth"], 3),
            (["group", 0, "item"], "a"),
            (["group", 0, "item", 0], {}),
            (["group", 0, "item", 1, "scal"], "choice"),
            (["group", 0, "sample", "fraction"], 1.5),
            (["group", 0, "sample", "at_most"], 2.5),
            (["calendar", 0, "from"], None),
            (["calendar", 0, "until"], "2022-03-31"),
        ],
        ids=str,
    )
    def test_a_slip_is_underlined(self, path: list[str | int], value: object) -> None:
        """A key that is missing, misspelt or of the wrong kind, wherever it is."""
        file = copy.deepcopy(whole())
        place = file
        for key in path[:-1]:
            place = place[key]
        if value is None:
            del place[path[-1]]
        else:
            place[path[-1]] = value
        assert list(VALIDATOR.iter_errors(file))


def errors(file: Any, validator: Any = VALIDATOR) -> list[str]:
    return [error.message for error in validator.iter_errors(file)]


class TestInvalid:
    """ "The JSON Schema refuses every invalid file under tests/notation", as far as one can."""

    @pytest.mark.parametrize("path", sorted(INVALID.glob("*.toml")), ids=lambda path: path.stem)
    def test_an_invalid_file_is_refused_unless_no_schema_can(self, path: Path) -> None:
        try:
            found = errors(tables(path))
        except (ValueError, RecursionError):
            found = ["not TOML, or none that can be read"]
        assert (not found) == (path.stem in BEYOND)

    def test_what_no_schema_can_refuse_is_there(self) -> None:
        """The list is as short as it can be: a file that goes takes its entry with it."""
        assert {*BEYOND} <= {path.stem for path in INVALID.glob("*.toml")}
        assert len(BEYOND) == 21


WORDS = (
    *("survey", "indicator", "question", "part", "item", "total", "code", "weight", "scale"),
    *("title", "missing", "reverse", "answer", "goalposts", "clamp", "transform", "requires"),
    *("from", "name", "sample", "aggregate", "aggregation", "range", "root", "rounding", "carry"),
    *("places", "grade", "not_applicable", "n1", "mean", "sum", "single", "weighted-mean"),
    *("power-mean", "k-of-n", "deduction", "log", "sqrt", "skip", "zero", "relative"),
)
VALUES: tuple[Any, ...] = (
    *(0, 1, -1, 50, 100, 101, Fraction(1, 2), True, "x", "", [], {}, ["a"], ["a", "b"]),
    *([{"code": "z"}], [{"code": "z", "weight": 1}], [0, 100], [0, 1], [1, 0], {"th": "x"}),
    *({"method": "power-mean", "exponent": 2}, {"method": "k-of-n", "k": 1}, [0], ["x", "x"]),
    *({"fraction": Fraction(1, 10), "at_least": 7, "at_most": 30}, {"policy": "skip"}),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything inside a value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def mutate(file: Any, draw: Draw) -> None:
    """Do one thing to a file that may well be wrong."""
    *above, last = pick(draw, list(places(file)))
    holder = file
    for key in above:
        holder = holder[key]
    value = pick(draw, (*VALUES, *WORDS))
    match pick(draw, ("take", "take", "put", "put", "add", "rename")):
        case "take":
            del holder[last]
        case "add" if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]))
        case "add":
            holder[pick(draw, WORDS)] = value
        case "rename" if isinstance(holder, dict):
            holder[pick(draw, WORDS)] = holder.pop(last)
        case _:
            holder[last] = value


class TestSoundness:
    """What the reader takes, the schema never refuses."""

    @pytest.mark.parametrize("number", range(8))
    def test_no_scheme_that_loads_is_refused(self, number: int) -> None:
        """Drawn schemes of every kind, and such with one to three mutations."""
        loaded = refused = 0
        for seed in range(number * 25, number * 25 + 25):
            draw = dice(seed)
            file = tomllib.loads(document(draw), parse_float=Fraction)
            for _ in range(draw(0, 3)):
                mutate(file, draw)
            text = toml(file)
            found = errors(tomllib.loads(text))
            try:
                itakit.loads(text)
            except itakit.SchemeError:
                refused += bool(found)
            else:
                loaded += 1
                assert found == [], text
        assert loaded > 3
        assert refused > 3

    @pytest.mark.parametrize(
        "text",
        [
            "grade = []",
            "scale.a = { answer = [{ code = '1', score = 100 }], not_applicable = [] }",
            "scale.a = { reverse = 'b' }\nscale.b = { answer = [{ code = '1', score = 1 }] }",
            "group = [{ code = 'g', part = ['p'], item = ['i'] }]",
            "item = [{ code = 'i', weight = 0 }]\npart = [{ code = 'p', weight = 1 }]",
            "item = [{ code = 'i', sample = { fraction = 0.1, at_least = 7, at_most = 7 } }]",
        ],
    )
    def test_nor_is_an_odd_one(self, text: str) -> None:
        used = [level for level in ("item", "group", "part", "all") if level in text]
        levels = "\n".join(f"aggregation.{level} = 'mean'" for level in (*used, "total"))
        whole = f"format = 1\nscheme = {{ id = 's', range = [0, 100] }}\n{levels}\n{text}\n"
        if not used:
            whole += "item = ['x']\naggregation.item = 'mean'\n"
        assert itakit.loads(whole).root.children
        assert errors(tomllib.loads(whole)) == []


class TestMethods:
    """A method is one that is built in, or that the schema was made with."""

    BROUGHT = Method(
        "brought",
        max,
        parameters={"share": Parameter("number", "a share", required=True)},
        terms=(1, 3),
    )

    @pytest.mark.parametrize(
        ("method", "taken"),
        [
            ("mean", True),
            ("brought", False),
            ({"method": "brought"}, False),
            ({"method": "brought", "share": 0.5}, True),
            ({"method": "brought", "share": "x"}, False),
            ({"method": "k-of-n"}, False),
            ("k-of-n", False),
            ({"method": "k-of-n", "k": 0}, False),
            ({"method": "deduction", "ceiling": -1}, False),
            ({"method": "mean", "k": 1}, False),
        ],
    )
    def test_a_method_has_its_own_parameters(self, method: object, taken: bool) -> None:
        schema = itakit.json_schema([*BUILT_IN.values(), self.BROUGHT])
        file = whole()
        file["aggregation"]["group"] = method
        assert (errors(file, jsonschema.Draft7Validator(schema)) == []) == taken

    def test_one_that_was_not_told_of_is_refused(self) -> None:
        file = whole()
        file["aggregation"]["group"] = {"method": "brought", "share": 0.5}
        assert errors(file)
