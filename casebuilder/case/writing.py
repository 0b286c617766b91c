"""Writes a case as YAML or JSON: what was given and nothing else, in the order of docs/case.md."""

import json
from typing import Literal

from casebuilder.case.paths import PRIVATE
from casebuilder.case.plain import plain
from casebuilder.case.reading import yaml_text
from casebuilder.case.records import Case


def dump(case: Case, fmt: Literal["yaml", "json"] = "yaml", private: bool = True) -> str:
    """The case as text that `loads` reads back to the same case; without `private`, those parts are left out."""
    data = case.model_dump(by_alias=True, exclude_unset=True)
    if not private:
        for stakeholder in data.get("stakeholders", ()):
            stakeholder.pop(PRIVATE, None)
    if fmt == "json":
        return (
            json.dumps(plain(data, dates_as_text=True), ensure_ascii=False, allow_nan=False, indent=2) + "\n"
        )
    return yaml_text(plain(data, dates_as_text=False))
