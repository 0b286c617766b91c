"""The JSON Schema of the case file; `python -m casebuilder.case` prints what docs/ publishes."""

import json
from typing import Any

from casebuilder.case.migrate import FORMAT
from casebuilder.case.records import Case

_ABOUT = (
    "Types, bounds, defaults and allowed keys of one field at a time. Rules between parts of a case (references"
    " that must exist, sums, effects that must not overlap) are checked on loading and explained in docs/case.md."
)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a case, as plain data; a new dict each time."""
    schema = Case.model_json_schema(by_alias=True)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Casebuilder case, format {FORMAT}",
        "description": _ABOUT,
    }
    return {**schema, **head}


def schema_text() -> str:
    """The schema as the text that is published in docs/case.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
