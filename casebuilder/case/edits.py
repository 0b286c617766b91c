"""Edits: a new case with some values of another replaced, checked like a file's, backed by nobody yet."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from casebuilder.case.errors import CaseError, Fault, Place
from casebuilder.case.loading import from_data
from casebuilder.case.paths import readable, shorten
from casebuilder.case.records import Case
from casebuilder.case.records.case import case_shape
from casebuilder.case.rules.view import as_number
from casebuilder.case.words import figure

Value = float | bool | str
#: What may be put at a path: a value, or a list of names.
Replacement = Value | tuple[str, ...]

#: The path of what the decision asks for: the id of an option, or nothing for all switches as they are set.
ASKED = "decision.stage_1.option"
#: An initiative's costs, and the part of its cost items that sums to each.
_ITEMS = {"one_time_cost": "one_time", "annual_cost": "annual", "internal_fte": "fte"}
#: A number that decides a stakeholder's year, by its position.
_BY_POSITION = re.compile(r"stakeholders\[([1-9]\d*)\]\.drivers\[([1-9]\d*)\]\.(current|target)")
#: How a changed number says so, and how much of what was said of the old one is kept beside it.
CHANGED, _KEPT = "Changed from", 400


def with_input(case: Case, path: str, value: Value) -> Case:
    """The case with one value replaced; see `with_inputs`."""
    return with_inputs(case, {path: value})


def with_inputs(case: Case, changes: Mapping[str, Replacement], said: str = CHANGED) -> Case:
    """The case with the values at some paths replaced, such as `segments[Enterprise].churn_rate`, in its own units.

    A number that changes becomes an estimate that says what stood there before, behind the words `said`: whoever
    confirmed, agreed or signed it did so for the old one. Items of a cost change in proportion with it. Raises
    CaseError where a path does not exist or the result is not a valid case; all changes count together.
    """
    data = _mutable(case.model_dump(by_alias=True, exclude_unset=True))
    found = {given: _found(given, data) for given in changes if given != ASKED}
    for given, value in changes.items():
        if given == ASKED:
            _ask_for(data, case, str(value))
            continue
        path, place, before = found[given]
        if value == before and isinstance(value, bool) == isinstance(before, bool):
            continue
        _put(data, place, _mutable(value))
        if as_number(value) is not None:
            _unsettle(data, path, place, before, said)
    return from_data(data)


def value_at(case: Case, path: str) -> Value | None:
    """What stands at a path of the case, its default where it was left out; CaseError where there is no such path."""
    if path == ASKED:
        stage = case.decision.stage_1
        return stage.option if stage is not None else ""
    data = case.model_dump(by_alias=True, exclude_unset=True)
    value: Value | None = _found(path, data)[2]
    return value


def _found(path: str, data: Any) -> tuple[str, Place, Any]:
    """A path with its place and value; CaseError where there is no such path.

    A number of a stakeholder is also found by position: names do not always tell two of them apart.
    """
    found = case_shape().find(path, data)
    counted = _BY_POSITION.fullmatch(path)
    if found is None and counted:
        person, driver = int(counted[1]) - 1, int(counted[2]) - 1
        place: Place = ("stakeholders", person, "drivers", driver, counted[3])
        try:
            return readable(place, data), place, data["stakeholders"][person]["drivers"][driver][counted[3]]
        except (KeyError, IndexError):
            pass
    if found is None:
        raise CaseError([Fault("the case", None, path, "nothing in this case has this path")])
    return path, *found


def _mutable(value: Any) -> Any:
    """The same data with lists for tuples, so that an entry can be replaced."""
    if isinstance(value, dict):
        return {key: _mutable(inner) for key, inner in value.items()}
    return [_mutable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _ask_for(data: dict[str, Any], case: Case, option: str) -> None:
    """Names the option asked for; where no stage was planned, its money is released for the whole horizon."""
    decision = data.setdefault("decision", {})
    stage = case.decision.stage_1
    decision["stage_1"] = (
        {"option": option, "until": stage.until if stage else _last_day(case)} if option else None
    )


def _last_day(case: Case) -> date:
    start = case.company.decision_date
    return start.replace(year=start.year + case.company.years, day=min(start.day, 28)) - timedelta(days=1)


def _put(data: Any, place: Place, value: Value) -> None:
    """Replaces what stands at a place; blocks that were left out are begun."""
    for step in place[:-1]:
        data = data.setdefault(step, {}) if isinstance(step, str) else data[step]
    data[place[-1]] = value


def _unsettle(data: Any, path: str, place: Place, before: Any, words: str) -> None:
    """Nobody has confirmed, agreed or signed the new number; the parts of a cost follow it."""
    statuses = data.setdefault("inputs", {})
    said = statuses.get(path, {})
    stood = ", ".join(part for part in (said.get("status"), said.get("source"), said.get("owner")) if part)
    number = as_number(before)
    source = (
        "Changed"
        if number is None
        else f"{words} {figure(number)}" + (f" ({shorten(stood, _KEPT)})" if stood else "")
    )
    statuses[path] = {"status": "estimate", "source": source}
    parent = path.rpartition(".")[0]
    for stakeholder in data.get("stakeholders", ()):
        if "signed" in stakeholder:
            stakeholder["signed"] = [name for name in stakeholder["signed"] if name not in (path, parent)]
    record = data
    for step in place[:-1]:
        record = record[step]
    if "lever" in record:
        record.pop("agreed", None)
    _scale_items(record, str(place[-1]), number, as_number(record[place[-1]]))


def _scale_items(record: Any, field: str, before: float | None, after: float | None) -> None:
    kind = _ITEMS.get(field)
    if kind is None or not before or after is None:
        return
    for item in record.get("cost_items", ()):
        if item.get(kind) is not None:
            item[kind] *= after / before
