"""Writes a case as YAML or JSON: what was given and nothing else, in the order of docs/case.md."""

import json
from datetime import date
from typing import Any, Literal

from casebuilder.case.paths import PRIVATE
from casebuilder.case.reading import yaml_text
from casebuilder.case.records import Case


def dump(case: Case, fmt: Literal["yaml", "json"] = "yaml", private: bool = True) -> str:
    """The case as text that `loads` reads back to the same case; without `private`, those parts are left out."""
    data = case.model_dump(by_alias=True, exclude_unset=True)
    if not private:
        for stakeholder in data.get("stakeholders", ()):
            stakeholder.pop(PRIVATE, None)
    if fmt == "json":
        return json.dumps(_plain(data, str), ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    return yaml_text(_plain(data, None))


def _plain(value: Any, date_as: type[str] | None) -> Any:
    """Lists for tuples, whole numbers without `.0`; dates stay dates for YAML."""
    if isinstance(value, dict):
        return {key: _plain(inner, date_as) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, date_as) for inner in value]
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return int(value)
    return value.isoformat() if isinstance(value, date) and date_as is str else value
