"""The decision that a case asks for, written into it: a new case each time, checked like a file's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.loading import from_data
from casebuilder.case.problems_in import NAME, case_data
from casebuilder.case.records import Case

#: The option that holds every investment, made where a first stage is wanted and the case names no choices.
EVERYTHING = "everything"


def with_decision(
    case: Case, title: str, fields: Mapping[str, Any], version: str | None = None, until: date | None = None
) -> Case:
    """The case with its title and its decision replaced; what is empty or None is not stated.

    `fields` are those of `Decision` without its first stage, which is the option `version` until the day `until`; a
    case without options gets one of all its investments. Raises CaseError for what `why_not` refuses, and where the
    result is not a valid case.
    """
    wrong = why_not(case, title, version, until)
    if wrong:
        raise CaseError([Fault(NAME, None, "", wrong.rstrip("."))])
    data = case_data(case)
    data["title"] = title.strip()
    data["decision"] = {key: value for key, value in fields.items() if value}
    if version and until:
        data["decision"]["stage_1"] = {"option": version, "until": until}
        if version == EVERYTHING and EVERYTHING not in case.option_table:
            data.setdefault("options", {})[EVERYTHING] = "all"
    return from_data(data, NAME)


def why_not(case: Case, title: str, version: str | None, until: date | None) -> str:
    """What is wrong with a title and a first stage, in a sentence; empty where nothing is."""
    if not title.strip():
        return "The case needs a title."
    if bool(version) != (until is not None):
        return "The first stage needs both: which version, and until when."
    begins = case.company.decision_date
    if until is not None and until <= begins:
        return f"The first stage begins on {begins.isoformat()}, the day of the decision, and ends after it."
    return ""
