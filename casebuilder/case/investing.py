"""Investments written into a case, from the library or one's own: a new case each time, checked like a file's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from casebuilder.case import library
from casebuilder.case.edits import with_inputs
from casebuilder.case.loading import from_data
from casebuilder.case.problems_in import NAME, Fields, case_data, new_id, place_of
from casebuilder.case.records import Case, Initiative
from casebuilder.case.totals_inputs import SPEND

#: The numbers of an investment outside its effects; one that is left out is not stated, which is not zero.
NUMBERS = (
    "start_month", "build_months", "ramp_months", "adoption", "one_time_cost", "annual_cost", "internal_fte",
)  # fmt: skip
SIZES = ("low", "base", "high")


def from_library(case: Case, entry: str, problems: Collection[str] = (), option: str = "") -> Case:
    """The case with an investment of the library and everything it needs first that the case does not have yet.

    Its months, sizes and checkpoint are the library's and stand as starting values; costs are not stated, for the
    library knows none. `problems` are ids it answers, `option` a named choice of the case it becomes part of. Raises
    KeyError where the library has no such entry, CaseError where the result is not a valid case.
    """
    data = case_data(case)
    entries = data.setdefault("initiatives", [])
    added = []
    for use in [*missing(case, entry), entry]:
        id = new_id(use, {other["id"] for other in entries})
        entries.append({"id": id, "use": use, "gate": _checkpoint(use)})
        added.append(id)
    if problems:
        entries[-1]["problems"] = list(problems)
    _join(data, option, added)
    filled = from_data(data, NAME)
    _join(data, option, _needed(filled, added[-1]))
    return _as_starting_values(from_data(data, NAME), added)


def with_investment(case: Case, fields: Fields, option: str = "") -> Case:
    """The case with an investment of one's own, last, under an id made from its name; see `from_library`."""
    data = case_data(case)
    entries = data.setdefault("initiatives", [])
    id = new_id(str(fields.get("name") or "investment"), {other["id"] for other in entries})
    entries.append({"id": id, **_known(fields)})
    _join(data, option, [id])
    return _divided(case, from_data(data, NAME))


def with_investment_fields(case: Case, id: str, fields: Fields) -> Case:
    """The case with some fields of an investment replaced; None takes a field back to what is not stated.

    A number that changes becomes an estimate that says what stood there before, and parts of a cost change with it.
    With the first amount that an investment costs, the spend of a new case as it was typed is switched off.
    Raises CaseError where there is no such investment or the result is not a valid case.
    """
    numbers = {key: value for key, value in fields.items() if key in NUMBERS}
    data = case_data(_with_numbers(case, id, numbers))
    record = _record(data, id)
    for key in fields.keys() - numbers.keys():
        record.pop(key, None)
    record |= _known({key: value for key, value in fields.items() if key not in numbers})
    return _divided(case, from_data(data, NAME))


def without_investment(case: Case, id: str) -> Case:
    """The case without an investment: whatever needed it first needs it no more, its own lines and all that was said
    of its numbers go with it. CaseError where there is no such investment.
    """
    data = case_data(case)
    entries = data.get("initiatives", [])
    del entries[place_of(entries, id, "initiatives")]
    for entry in entries:
        if id in entry.get("requires", ()):
            entry["requires"] = [other for other in entry["requires"] if other != id]
    for name, members in data.get("options", {}).items():
        if isinstance(members, list):
            data["options"][name] = [other for other in members if other != id]
    if "custom_lines" in data:
        gone = [line for line in data["custom_lines"] if line.get("initiative") == id]
        data["custom_lines"] = [line for line in data["custom_lines"] if line not in gone]
        for line in gone:
            _unsaid(data, f"custom_lines[{line['name']}]")
    _unsaid(data, f"initiatives[{id}]")
    return from_data(data, NAME)


def with_effect(case: Case, id: str, place: int | None, fields: Fields) -> Case:
    """The case with an effect of an investment replaced; None as `place` (from 0) adds it after the others.

    Fields that are not named stay, None takes one out. A size that changes is nobody's any more, until `agreed`
    names somebody. Raises CaseError where there is no such effect or the result is not a valid case.
    """
    if place is None:
        data = case_data(case)
        _record(data, id).setdefault("effects", []).append(_known(fields))
        return from_data(data, NAME)
    before = _effect(case, id, place)
    path, moves = effect_path(id, before), (fields.get("lever"), fields.get("segment"))
    if moves == (before.lever, before.segment):
        sizes = {f"{path}.{size}": fields[size] for size in SIZES if fields.get(size) is not None}
        data = case_data(with_inputs(case, sizes))
    else:
        data = case_data(case)
        _unsaid(data, path)
    record = _record(data, id)["effects"][place]
    for key in fields:
        record.pop(key, None)
    record |= _known(fields)
    if record.get("agreed"):
        _settled(data, path)
    return from_data(data, NAME)


def without_effect(case: Case, id: str, place: int) -> Case:
    """The case without an effect of an investment, and what was said of it; CaseError where there is none."""
    path, data = effect_path(id, _effect(case, id, place)), case_data(case)
    del _record(data, id)["effects"][place]
    _unsaid(data, path)
    return from_data(data, NAME)


def with_member(case: Case, option: str, id: str, inside: bool) -> Case:
    """The case with an investment in a named choice, or out of it; what holds everything stays as it is."""
    data = case_data(case)
    place_of(data.get("initiatives", []), id, "initiatives")
    if inside:
        _join(data, option, [*_needed(case, id), id])
    elif isinstance(data.get("options", {}).get(option), list):
        data["options"][option] = [other for other in data["options"][option] if other != id]
    return from_data(data, NAME)


def as_estimates(case: Case, id: str) -> Case:
    """The case with every starting value of an investment as an estimate of the company's own."""
    data = case_data(case)
    place_of(data.get("initiatives", []), id, "initiatives")
    for path, said in data.get("inputs", {}).items():
        if path.startswith(f"initiatives[{id}].") and said["status"] == "default":
            said["status"] = "estimate"
    return from_data(data, NAME)


def effect_path(id: str, effect: Any) -> str:
    """The path of an effect of an investment in the case."""
    return f"initiatives[{id}].effects[{effect.lever},{effect.segment}]"


def in_the_case(case: Case, entry: str) -> Initiative | None:
    """The case's own investment that came from an entry of the library; None where it has none."""
    return next((i for i in case.initiatives if entry in (i.use, i.id)), None)


def missing(case: Case, entry: str) -> list[str]:
    """Entries that one is built on, directly or not, and that the case does not have; the deepest first."""
    found: list[str] = []
    for needed in library.initiatives()[entry].requires:
        if in_the_case(case, needed) is None:
            found += [*missing(case, needed), needed]
    return list(dict.fromkeys(found))


def _needed(case: Case, id: str) -> list[str]:
    """What an investment of the case needs first, directly or not."""
    table, found = {i.id: i for i in case.initiatives}, [id]
    for each in found:
        found += [needed for needed in table[each].requires if needed not in found]
    return found[1:]


def _checkpoint(use: str) -> dict[str, Any]:
    """The library's checkpoint; an investment that starts at once counts its months from the decision."""
    proposed = library.initiatives()[use].checkpoint
    return {"month": proposed.month, "indicator": proposed.indicator, "stop_if": proposed.stop_if}


def _as_starting_values(case: Case, ids: Iterable[str]) -> Case:
    """Every number that the library filled in says that nobody stands behind it yet."""
    data = case_data(case)
    said = {"status": "default", "source": f"Library, version {library.library_version()}"}
    statuses = data.setdefault("inputs", {})
    for initiative in case.initiatives:
        if initiative.id in ids:
            path = f"initiatives[{initiative.id}]"
            paths = [f"{path}.{key}" for key in NUMBERS if key in initiative.model_fields_set]
            paths += [
                f"{effect_path(initiative.id, each)}.{size}" for each in initiative.effects for size in SIZES
            ]
            statuses |= {path: dict(said) for path in paths}
    return from_data(data, NAME)


def _with_numbers(case: Case, id: str, numbers: Mapping[str, float | None]) -> Case:
    """What changes says what stood there before; what nobody had stated becomes an estimate."""
    place = place_of([{"id": i.id} for i in case.initiatives], id, "initiatives")
    known = case.initiatives[place]
    path, stated = f"initiatives[{id}]", known.model_fields_set
    changed = {
        f"{path}.{key}": float(value)
        for key, value in numbers.items()
        if value is not None and key in stated and value != getattr(known, key)
    }
    data = case_data(with_inputs(case, changed))
    record = _record(data, id)
    for key, value in numbers.items():
        if value is None:
            record.pop(key, None)
            _unsaid(data, f"{path}.{key}")
        elif key not in stated:
            record[key] = float(value)
            data.setdefault("inputs", {})[f"{path}.{key}"] = {"status": "estimate"}
    return from_data(data, NAME)


def _divided(before: Case, after: Case) -> Case:
    """The spend as it was typed is switched off with the first cost of another investment: it would count twice."""
    spend = next((each for each in after.initiatives if each.id == SPEND and not each.effects), None)
    if spend is None or not spend.enabled or _priced(before) or not _priced(after):
        return after
    data = case_data(after)
    _record(data, SPEND)["enabled"] = False
    return from_data(data, NAME)


def _priced(case: Case) -> bool:
    """Whether an investment states an amount that it costs, the spend as it was typed left out."""
    return any(each.one_time_cost or each.annual_cost for each in case.initiatives if each.id != SPEND)


def _join(data: Any, option: str, ids: Iterable[str]) -> None:
    """Put investments into a named choice that does not hold everything anyway."""
    members = data.get("options", {}).get(option)
    if isinstance(members, list):
        data["options"][option] = list(dict.fromkeys([*members, *ids]))


def _record(data: Any, id: str) -> Any:
    entries = data.get("initiatives", [])
    return entries[place_of(entries, id, "initiatives")]


def _effect(case: Case, id: str, place: int) -> Any:
    found = case.initiatives[place_of([{"id": i.id} for i in case.initiatives], id, "initiatives")].effects
    return found[
        place_of([{"id": str(n)} for n in range(len(found))], str(place), f"initiatives[{id}].effects")
    ]


def _known(fields: Fields) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


def _settled(data: Any, path: str) -> None:
    """Nothing that somebody agreed to is a starting value any more."""
    statuses = data.get("inputs", {})
    for size in SIZES:
        if statuses.get(f"{path}.{size}", {}).get("status") == "default":
            del statuses[f"{path}.{size}"]


def _unsaid(data: Any, path: str) -> None:
    """Nobody stands behind what is no longer there, or is no longer the same."""
    inside = (f"{path}.", f"{path}[")
    if "inputs" in data:
        statuses = data["inputs"]
        data["inputs"] = {
            key: said for key, said in statuses.items() if key != path and not key.startswith(inside)
        }
    for person in data.get("stakeholders", ()):
        if "signed" in person:
            person["signed"] = [
                name for name in person["signed"] if name != path and not name.startswith(inside)
            ]
