"""Answers of an interview, written into a case: a new case with one record changed, checked like a file's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casebuilder.case.edits import with_input
from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.loading import from_data
from casebuilder.case.records import Case, Driver, Stakeholder
from casebuilder.case.records.base import Record
from casebuilder.case.records.case import case_shape
from casebuilder.case.rules.view import as_number

#: A record as in the file: its fields by name, those left out not stated.
Fields = Mapping[str, Any]
#: What a person is called in messages where nobody is there.
NAME = "the answer"
#: What of a stakeholder stays as it is where an answer does not name it.
KEPT = ("drivers", "signed", "private")


def with_stakeholder(case: Case, person: int | None, fields: Fields | Stakeholder) -> Case:
    """The case with a stakeholder replaced; None adds a new one, last. `person` is the place from 0.

    Drivers, signatures and private parts that the new record does not name stay as they are. Raises CaseError where
    there is no such person or the result is not a valid case.
    """
    data = _data(case)
    people = data.setdefault("stakeholders", [])
    given = _plain(fields)
    if person is None:
        people.append(given)
    else:
        before = _at(people, person, "stakeholders")
        people[person] = {**{key: before[key] for key in KEPT if key in before}, **given}
    return from_data(data, NAME)


def without_stakeholder(case: Case, person: int) -> Case:
    """The case without a stakeholder and everything they said; CaseError where there is no such person."""
    data = _data(case)
    _at(data.get("stakeholders", []), person, "stakeholders")
    del data["stakeholders"][person]
    return from_data(data, NAME)


def with_driver(case: Case, person: int, place: int | None, driver: Fields | Driver) -> Case:
    """The case with one of a stakeholder's numbers replaced; None as `place` (from 0) adds it after the others.

    Raises CaseError where there is no such person or number, or the result is not a valid case.
    """
    data = _data(case)
    drivers = _at(data.get("stakeholders", []), person, "stakeholders").setdefault("drivers", [])
    if place is None:
        drivers.append(_plain(driver))
    else:
        _at(drivers, place, "drivers")
        drivers[place] = _plain(driver)
    return from_data(data, NAME)


def without_driver(case: Case, person: int, place: int) -> Case:
    """The case without one of a stakeholder's numbers; CaseError where there is no such number."""
    data = _data(case)
    drivers = _at(data.get("stakeholders", []), person, "stakeholders").get("drivers", [])
    _at(drivers, place, "drivers")
    del drivers[place]
    return from_data(data, NAME)


def with_private(
    case: Case, person: int, stance: str = "", notes: str = "", objections: tuple[str, ...] = ()
) -> Case:
    """The case with what stays with its author about a stakeholder; nothing at all where all of it is empty.

    Raises CaseError, which repeats none of it, where there is no such person or a text cannot be kept.
    """
    data = _data(case)
    about = _at(data.get("stakeholders", []), person, "stakeholders")
    said = {
        "stance": stance.strip(),
        "notes": notes.strip(),
        "objections": [o.strip() for o in objections if o.strip()],
    }
    about.pop("private", None)
    kept = {key: text for key, text in said.items() if text}
    if kept:
        about["private"] = kept
    return from_data(data, NAME)


def with_owner(case: Case, path: str, owner: str) -> Case:
    """The case with somebody named who answers for the number, or the size of an effect, at a path.

    Nothing is confirmed by that: what nobody has stated becomes an estimate. CaseError where there is no such path.
    """
    data = _data(case)
    effect = _effect(data, path)
    if effect is not None:
        effect["owner"] = owner
    else:
        _number_at(case, path)
        statuses = data.setdefault("inputs", {})
        statuses[path] = {"status": "estimate", **statuses.get(path, {}), "owner": owner}
    return from_data(data, NAME)


def with_stated(case: Case, path: str, value: float, status: str, source: str, owner: str) -> Case:
    """The case with a number as somebody tells it: its value, its status (as in `inputs`) and who stands behind it.

    A range that was stated and still holds the value stays; whoever had signed another value no longer does. Empty
    texts are not stated. Raises CaseError where there is no such path or the number does not fit.
    """
    _number_at(case, path)
    before = case.inputs.get(path)
    data = _data(with_input(case, path, value))
    kept = {} if before is None else before.model_dump(exclude_none=True, exclude_unset=True)
    low, high = (float(kept.get(end, value)) for end in ("low", "high"))
    if not low <= value <= high:
        kept = {key: said for key, said in kept.items() if key not in ("low", "high")}
    told = {"status": status, "source": source.strip(), "owner": owner.strip()}
    data.setdefault("inputs", {})[path] = {
        key: said for key, said in {**kept, **told}.items() if said not in ("", None)
    }
    return from_data(data, NAME)


def with_range(case: Case, path: str, low: float, high: float) -> Case:
    """The case with the range of a number, in the number's own unit; what nobody has stated becomes an estimate.

    Raises CaseError where there is no such path or the range does not hold the number.
    """
    _number_at(case, path)
    data = _data(case)
    statuses = data.setdefault("inputs", {})
    statuses[path] = {"status": "estimate", **statuses.get(path, {}), "low": low, "high": high}
    return from_data(data, NAME)


def with_confirmed(
    case: Case, path: str, by: str, on: date | None, low: float | None, value: float, high: float | None
) -> Case:
    """The case with a number as somebody signed it: the likely value with its range, in the number's own unit.

    A path of an effect takes the three sizes and is agreed; any other number becomes confirmed. Whoever had signed
    another value before no longer does. Raises CaseError where there is no such path or the three do not fit.
    """
    if _effect(_data(case), path) is not None:
        return _agreed(case, path, by, on, (low, value, high))
    _number_at(case, path)
    data = _data(with_input(case, path, value))
    statuses = data.setdefault("inputs", {})
    source = statuses.get(path, {}).get("source")
    said = {"source": source, "owner": by, "as_of": on, "low": low, "high": high}
    known = {key: kept for key, kept in said.items() if kept is not None}
    statuses[path] = {"status": "confirmed", **known}
    return from_data(data, NAME)


def _agreed(
    case: Case, path: str, by: str, on: date | None, sizes: tuple[float | None, float, float | None]
) -> Case:
    """The three sizes of an effect, a missing end like the likely one, and who agreed to them."""
    data = _data(case)
    effect = _effect(data, path)
    assert effect is not None
    likely = sizes[1]
    given = dict(
        zip(("low", "base", "high"), (likely if size is None else size for size in sizes), strict=True)
    )
    if given != {key: effect[key] for key in given}:
        _unsigned(data, path)
        for key in given:
            data.get("inputs", {}).pop(f"{path}.{key}", None)
    for key in given:
        if data.get("inputs", {}).get(f"{path}.{key}", {}).get("status") == "default":
            del data["inputs"][f"{path}.{key}"]
    effect.update(given, agreed={"by": by, **({} if on is None else {"on": on})})
    return from_data(data, NAME)


def _unsigned(data: Any, path: str) -> None:
    for person in data.get("stakeholders", ()):
        if path in person.get("signed", ()):
            person["signed"] = [other for other in person["signed"] if other != path]


def _data(case: Case) -> Any:
    """The case as plain data with lists, of which everything may be changed."""
    return _lists(case.model_dump(by_alias=True, exclude_unset=True))


def _lists(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _lists(inner) for key, inner in value.items()}
    return [_lists(inner) for inner in value] if isinstance(value, list | tuple) else value


def _plain(fields: Fields | Record) -> Any:
    if isinstance(fields, Record):
        return _lists(fields.model_dump(by_alias=True, exclude_unset=True))
    return _lists({key: value for key, value in fields.items() if value is not None})


def _at(entries: Any, place: int, what: str) -> Any:
    if not 0 <= place < len(entries):
        found = f"there is no number {place + 1} among {len(entries)}"
        raise CaseError([Fault(NAME, None, what, found)])
    return entries[place]


def _effect(data: Any, path: str) -> Any:
    """The record of an effect at a path; None where something else is meant."""
    found = case_shape().paths(data).get(path)
    if found is None or len(found[0]) < 2 or found[0][-2] != "effects":
        return None
    record = data
    for step in found[0]:
        record = record[step]
    return record


def _number_at(case: Case, path: str) -> float:
    """The number at a path of the case; CaseError where there is none."""
    found = case_shape().paths(_data(case)).get(path)
    number = as_number(found[1]) if found is not None else None
    if number is None:
        raise CaseError([Fault(NAME, None, path, "nothing in this case that is a number has this path")])
    return float(number)
