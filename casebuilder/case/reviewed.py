"""What happens to a case in a review: a new case with doubts, promises of positions and open questions written down.

Texts are as somebody typed them. Every function raises CaseError, in a sentence, where the case could not be kept so.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from casebuilder.case.loading import from_data
from casebuilder.case.records import Case, Doubt, Scenario
from casebuilder.case.records.base import Record
from casebuilder.case.reserved import BUILTIN

#: What messages call the case.
NAME = "the case"
#: Signs of a name that an id cannot have, and the longest id.
_NOT_AN_ID, _LONGEST = re.compile(r"[^A-Za-z0-9]+"), 60


def with_doubts(case: Case, doubts: Iterable[Doubt]) -> Case:
    """The case with exactly these doubts taken off now."""
    return _with_review(case, doubts=[_plain(one) for one in doubts])


def with_kept(
    case: Case, name: str, by: str, on: date, doubts: Iterable[Doubt], scenario: Scenario | None = None
) -> Case:
    """The case with doubts kept under a name, in place of those of the same name.

    `scenario` is what they are as a scenario, where one can say them all: it stands beside the others under an id made
    from the name, and the one that counts stays.
    """
    known = _without_scenario(case, name)
    kept = {**_said(name=name, by=by, on=on), "doubts": [_plain(one) for one in doubts]}
    others = [_plain(each) for each in case.review.kept if each.name != name.strip()]
    found = _with_review(known, kept=[*others, kept])
    if scenario is None:
        return found
    table = _scenarios(known) | {scenario_id(name): _plain(scenario)}
    return from_data({**_data(found), "scenarios": table}, NAME)


def without_kept(case: Case, name: str) -> Case:
    """The case without the doubts kept under a name, and without the scenario they became."""
    others = [_plain(each) for each in case.review.kept if each.name != name]
    return _with_review(_without_scenario(case, name), kept=others)


def scenario_id(name: str) -> str:
    """The id of the scenario that keeps doubts of this name: CFO, 21 Nov -> CFO_21_Nov."""
    return _NOT_AN_ID.sub("_", name).strip("_")[:_LONGEST] or "review"


def with_open_point(case: Case, what: str, owner: str, due: date | None) -> Case:
    """The case with one more question put aside: who brings the answer, and by when."""
    points = [*map(_plain, case.review.open_points), _said(what=what, owner=owner, due=due)]
    return _with_review(case, open_points=points)


def with_settled(case: Case, place: int, on: date | None) -> Case:
    """The case with a question, counted from 0, settled on a day; open again where there is none."""
    points = [_plain(point) for point in case.review.open_points]
    points[place] = {key: told for key, told in points[place].items() if key != "settled"} | _said(settled=on)
    return _with_review(case, open_points=points)


def with_promise(
    case: Case, line: str, share: float, positions: float, owner: str, by: str = "", on: date | None = None
) -> Case:
    """The case with positions of a benefit that will not be refilled, as the share of it that they are (0 to 1).

    They count nothing until somebody agreed: `by` is who did.
    """
    agreed = {"agreed": _said(by=by, on=on)} if by.strip() else {}
    promise = {"share": share, "positions_not_refilled": positions, **_said(owner=owner), **agreed}
    shares = dict(_data(case).get("headline_shares", {}))
    return from_data({**_data(case), "headline_shares": {**shares, line: promise}}, NAME)


def _without_scenario(case: Case, name: str) -> Case:
    """The case without the scenario that kept doubts of this name became; the one that counts always stays."""
    id = scenario_id(name)
    kept = any(each.name == name.strip() for each in case.review.kept)
    table = {key: entry for key, entry in _scenarios(case).items() if key != id}
    if not kept or id not in case.scenarios or id == case.headline or not table:
        return case
    return from_data({**_data(case), "scenarios": table}, NAME)


def _scenarios(case: Case) -> dict[str, Any]:
    """The scenarios by id as a file has them, the usual ones named where the case left them out."""
    if not case.scenarios:
        return {id: BUILTIN for id in case.scenario_table}
    return dict(_data(case)["scenarios"])


def _with_review(case: Case, **parts: Any) -> Case:
    """The case with parts of its review replaced; a part that is empty is left out."""
    data = _data(case)
    review = {key: part for key, part in {**data.pop("review", {}), **parts}.items() if part}
    return from_data({**data, "review": review} if review else data, NAME)


def _data(case: Case) -> dict[str, Any]:
    return case.model_dump(by_alias=True, exclude_unset=True)


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(by_alias=True, exclude_defaults=True)


def _said(**fields: Any) -> dict[str, Any]:
    """What somebody said: texts without blanks around them, and nothing for what was left empty."""
    clean = {key: told.strip() if isinstance(told, str) else told for key, told in fields.items()}
    return {key: told for key, told in clean.items() if told not in ("", None)}
