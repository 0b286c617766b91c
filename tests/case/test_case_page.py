"""docs/case.md says what the records say: every key, its bounds and its default, and examples that load."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casebuilder import case as room
from casebuilder.case import Case, dump, from_data, loads
from casebuilder.case.building import MAX_DEPTH, MAX_NODES
from casebuilder.case.catalogue import inputs
from casebuilder.case.reading import MAX_BYTES, parse
from casebuilder.case.records.base import Record
from casebuilder.case.records.totals import Totals
from casebuilder.case.schema import json_schema
from casebuilder.case.shape import Shape
from tests.case.sample import fault

PAGE = (Path(__file__).parents[2] / "docs" / "case.md").read_text("utf-8")
TABLE = re.compile(r"<!-- (\w+) -->\n\|[^\n]*\n\|[-|]*\n((?:\|[^\n]*\n)+)")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
#: Words of the page for what the schema says at length.
SHORT = {"letters, digits and _ - . (at most 60, the first a letter or digit)": "an id"}


@cache
def tables() -> dict[str, dict[str, list[str]]]:
    """Record -> key -> the further cells of its row."""
    found = {}
    for name, rows in TABLE.findall(PAGE):
        cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows.splitlines()]
        found[name] = {row[0].strip("`"): row[1:] for row in cells}
    return found


def records() -> dict[str, type[Record]]:
    """Every record a case can hold, and the totals."""
    kinds = {name: getattr(room, name) for name in room.__all__}
    found = {
        name: kind for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, Record)
    }
    return found | {"Totals": Totals}


def left_out(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    if field.default_factory is not None:
        return "the id" if field.annotation is str else "–"
    value = field.default
    if value in (None, "", ()) or isinstance(value, BaseModel):
        return "–"
    return (
        str(value).lower()
        if isinstance(value, bool)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def allowed(record: type[Record], key: str) -> str:
    words = Shape(record.model_json_schema(by_alias=True)).allowed((key,))
    return SHORT.get(words, "a block" if words.startswith("a block with") else words)


def test_every_record_has_its_table() -> None:
    assert set(tables()) == set(records())


@pytest.mark.parametrize("name", records())
def test_the_table_says_what_the_record_says(name: str) -> None:
    record, rows = records()[name], tables()[name]
    fields = {field.alias or key: field for key, field in record.model_fields.items()}
    assert list(rows) == list(fields)
    for key, (_, can_be, default, meaning) in rows.items():
        assert can_be == allowed(record, key), key
        assert default == left_out(fields[key]), key
        assert len(meaning) > 3, key


def test_units_are_those_of_the_catalogue() -> None:
    words = {"money_per_year": "money a year", "per_year": "a year"}
    for name in ("Segment", "Sales", "Service", "People", "Risk", "Finance"):
        for key, row in tables()[name].items():
            if key != "name":
                unit = inputs()[key].unit
                assert row[0] == words.get(unit, unit), key


def test_the_first_example_is_a_case() -> None:
    case = loads(EXAMPLES[0])
    assert case.segments[0].churn_rate * (1 - case.initiatives[0].effects[0].base) == pytest.approx(0.1455)
    assert "14.55 %" in PAGE


@pytest.mark.parametrize("fragment", EXAMPLES[1:])
def test_the_other_examples_fit_into_it(fragment: str) -> None:
    whole = parse(EXAMPLES[0], "case.yaml").data
    part: dict[str, Any] = parse(fragment, "part.yaml").data
    case = from_data(whole | part)
    assert isinstance(case, Case)
    assert dump(case) != dump(loads(EXAMPLES[0]))


def test_the_sentence_shown_is_the_one_that_is_said() -> None:
    wrong = fault(EXAMPLES[0].replace("churn_rate: 0.15", "churn_rate: 1.4"))
    assert f"    {wrong}\n" in PAGE


def test_the_limits_of_size() -> None:
    assert f"At most {MAX_BYTES // 1024} KB, {MAX_NODES:,} values, {MAX_DEPTH} levels" in PAGE
    sizes = " ".join(PAGE[PAGE.index("A list holds at most") :].split("**Saved short")[0].split())
    schema = json_schema()
    top, inner = schema["properties"], schema["$defs"]
    for words, node in {
        "segments": top["segments"],
        "initiatives": top["initiatives"],
        "effects": inner["Initiative"]["properties"]["effects"],
        "cost items": inner["Initiative"]["properties"]["cost_items"],
        "custom lines": top["custom_lines"],
        "stakeholders": top["stakeholders"],
        "drivers": inner["Stakeholder"]["properties"]["drivers"],
        "problems": top["problems"],
        "scores": top["experience_scores"],
    }.items():
        assert f"{node['maxItems']} {words}" in sizes
    assert f"{top['options']['maxProperties']} options" in sizes
    assert f"{top['scenarios']['maxProperties']} scenarios" in sizes


def test_usual_haircuts_are_those_of_the_page() -> None:
    usual = loads(EXAMPLES[0]).haircut_table
    assert ", ".join(f"{grade} {size:g}" for grade, size in usual.items()).replace(", J", " and J") in PAGE
