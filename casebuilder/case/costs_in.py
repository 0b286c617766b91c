"""Parts of what an investment costs, written into a case: its own numbers are always the sum of their parts."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

from casebuilder.case.catalogue import settings
from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.investing import with_investment_fields
from casebuilder.case.problems_in import Fields, place_of
from casebuilder.case.records import Case, Initiative

#: The amounts of a part, and the number of its investment that each is part of.
KINDS = {"one_time": "one_time_cost", "annual": "annual_cost", "fte": "internal_fte"}
#: What is left of a number that only one part of is known.
REST = {"one_time": "Other one-time cost", "annual": "Other running cost", "fte": "Other internal positions"}


def with_cost_item(case: Case, id: str, place: int | None, fields: Fields) -> Case:
    """The case with a part of an investment's cost changed; None as `place` (from 0) adds it after the others.

    Fields that are not named stay, None takes one out. The investment's numbers become the sums of their parts; of one
    that was stated as a whole the first part is taken out, and what is left becomes a part too. Raises CaseError where
    there is no such part, where it is larger than that whole, or where the result is not a valid case.
    """
    items = _items(case, id)
    before = items.pop(_at(items, place)) if place is not None else {}
    changed = {key: value for key, value in {**before, **fields}.items() if value is not None}
    _is_one(changed, items)
    items.insert(len(items) if place is None else place, changed)
    return _written(case, id, items)


def without_cost_item(case: Case, id: str, place: int) -> Case:
    """The case without a part of an investment's cost; a number whose last part it was is not stated any more.

    Raises CaseError where there is no such part.
    """
    items = _items(case, id)
    del items[_at(items, place)]
    return _written(case, id, items)


def _written(case: Case, id: str, items: list[dict[str, Any]]) -> Case:
    """The case with these parts, each number of the investment the sum of its own; one without parts stays."""
    each = _investment(case, id)
    totals: dict[str, float | None] = {}
    for kind, field in KINDS.items():
        if not _parts(items, kind):
            if any(getattr(item, kind) is not None for item in each.cost_items):
                totals[field] = None
            continue
        items += _rest(each, kind, items)
        total = math.fsum(_parts(items, kind))
        if not math.isclose(total, getattr(each, field), rel_tol=1e-12):
            totals[field] = total
    whole = with_investment_fields(case, id, {"cost_items": None})
    return with_investment_fields(whole, id, {**totals, "cost_items": items})


def _rest(each: Initiative, kind: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is left of a number that was stated as a whole, as a part of its own; nothing where nothing is left."""
    whole = getattr(each, KINDS[kind])
    if not whole or any(getattr(item, kind) is not None for item in each.cost_items):
        return []
    known = math.fsum(_parts(items, kind))
    if known > whole:
        found = f"this part is larger than the {whole:,.12g} that is stated as a whole: raise that first"
        raise CaseError([Fault(settings()[KINDS[kind]].label, None, "", found)])
    left = {
        "name": _name(REST[kind], {item.get("name") for item in items}),
        "category": "other",
        kind: whole - known,
    }
    return [left] if known < whole else []


def _parts(items: list[dict[str, Any]], kind: str) -> list[float]:
    return [item[kind] for item in items if item.get(kind) is not None]


def _is_one(item: dict[str, Any], others: list[dict[str, Any]]) -> None:
    """A part says what it is, how much it is, and no other part has its name; CaseError says which is missing."""
    name = str(item.get("name", "")).strip()
    found = (
        "a cost needs a name" if not name
        else f"there is a cost called “{name}” already" if name in {other["name"] for other in others}
        else f"“{name}” needs an amount" if not any(item.get(kind) is not None for kind in KINDS)
        else ""
    )  # fmt: skip
    if found:
        raise CaseError([Fault("What it costs", None, "", found)])


def _name(words: str, taken: Collection[Any]) -> str:
    return next(
        name for name in (words, *(f"{words} {n}" for n in range(2, len(taken) + 3))) if name not in taken
    )


def _items(case: Case, id: str) -> list[dict[str, Any]]:
    return [item.model_dump(exclude_none=True) for item in _investment(case, id).cost_items]


def _investment(case: Case, id: str) -> Initiative:
    return case.initiatives[place_of([{"id": each.id} for each in case.initiatives], id, "initiatives")]


def _at(items: list[dict[str, Any]], place: int) -> int:
    return place_of([{"id": str(n)} for n in range(len(items))], str(place), "cost_items")
