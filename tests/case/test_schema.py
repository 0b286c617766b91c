"""The published JSON Schema is that of the records, and says what editors need."""

import json
from pathlib import Path
from typing import Any

from casebuilder.case import Case, json_schema
from casebuilder.case.schema import schema_text

PUBLISHED = Path(__file__).parents[2] / "docs" / "case.schema.json"


def test_the_published_schema_is_current() -> None:
    assert PUBLISHED.read_text("utf-8") == schema_text(), (
        "run: python -m casebuilder.case > docs/case.schema.json"
    )


def test_it_is_a_schema_of_the_whole_case() -> None:
    schema = json_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert list(schema["properties"]) == list(Case.model_fields)
    assert schema["required"] == ["casebuilder", "title", "company"]
    assert schema["additionalProperties"] is False


def test_it_knows_bounds_defaults_and_choices() -> None:
    records = json_schema()["$defs"]
    churn = records["Segment"]["properties"]["churn_rate"]
    assert (churn["minimum"], churn["maximum"], churn["default"]) == (0, 1, 0)
    assert records["Segment"]["required"] == ["name", "customers", "revenue_per_customer", "gross_margin"]
    assert records["Company"]["properties"]["periods_per_year"]["enum"] == [1, 4, 12]
    assert records["Company"]["properties"]["decision_date"]["format"] == "date"
    assert "class" in records["CustomLine"]["properties"]
    assert "default" not in records["Segment"]["properties"]["gross_margin"]


def test_every_number_of_the_catalogue_is_described() -> None:
    for record in json_schema()["$defs"].values():
        for name, field in record.get("properties", {}).items():
            if field.get("type") == "number" and "minimum" in field:
                assert field.get("description"), name


def test_it_is_plain_data_and_the_callers_own() -> None:
    first: dict[str, Any] = json_schema()
    assert json.loads(json.dumps(first)) == first
    first["properties"].clear()
    assert json_schema()["properties"]
