"""Problems customers have, written into a case: a new case with one of them changed, checked like a file's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from unicodedata import combining, normalize

from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.loading import from_data
from casebuilder.case.plain import plain
from casebuilder.case.records import Case

#: A record as in the file: its fields by name, those left out or None not stated.
Fields = Mapping[str, Any]
#: What the source of a change is called in messages.
NAME = "the answer"
#: What of a problem stays as it is where an answer does not name it: a quote is private and not always shown.
KEPT = ("quote", "quote_may_be_shown")
#: Letters of an id made from words.
LONGEST_ID = 40


def with_problem(case: Case, id: str | None, fields: Fields) -> Case:
    """The case with a problem replaced; None adds a new one, last, under an id made from what goes wrong.

    A quote that the new record does not name stays as it is. Raises CaseError where there is no such problem, where
    nothing is said to go wrong, or where the result is not a valid case.
    """
    data = case_data(case)
    problems = data.setdefault("problems", [])
    given = {key: value for key, value in fields.items() if value is not None}
    what = str(given.get("what", "")).strip()
    if not what:
        raise CaseError([Fault(NAME, None, "problems", "nothing is said to go wrong", "a few words")])
    if id is None:
        problems.append({"id": new_id(what, {p["id"] for p in problems}), **given})
    else:
        place = place_of(problems, id, "problems")
        before = problems[place]
        problems[place] = {"id": id, **{key: before[key] for key in KEPT if key in before}, **given}
    return from_data(data, NAME)


def without_problem(case: Case, id: str) -> Case:
    """The case without a problem; investments that answer it stay and name it no more. CaseError where it is not."""
    data = case_data(case)
    problems = data.get("problems", [])
    del problems[place_of(problems, id, "problems")]
    for initiative in data.get("initiatives", ()):
        if id in initiative.get("problems", ()):
            initiative["problems"] = [other for other in initiative["problems"] if other != id]
    return from_data(data, NAME)


def with_answers(case: Case, id: str, investments: Collection[str]) -> Case:
    """The case with exactly these investments answering a problem; CaseError where one of them is not in the case."""
    data = case_data(case)
    place_of(data.get("problems", []), id, "problems")
    entries = data.get("initiatives", [])
    for wanted in investments:
        place_of(entries, wanted, "initiatives")
    for entry in entries:
        others = [other for other in entry.get("problems", ()) if other != id]
        answered = [*others, id] if entry["id"] in investments else others
        if answered or "problems" in entry:
            entry["problems"] = answered
    return from_data(data, NAME)


def case_data(case: Case) -> Any:
    """The case as plain data with lists, of which everything may be changed."""
    return plain(case.model_dump(by_alias=True, exclude_unset=True), dates_as_text=False)


def place_of(entries: Sequence[Mapping[str, Any]], id: str, what: str) -> int:
    """The place of the record with an id, from 0; CaseError where there is none."""
    for place, entry in enumerate(entries):
        if entry["id"] == id:
            return place
    raise CaseError([Fault(NAME, None, what, f"there is no “{id}” here any more")])


def new_id(words: str, taken: Collection[str]) -> str:
    """An id made from words that nothing else has: small letters, digits and underscores."""
    bare = (sign for sign in normalize("NFKD", words[:200]).lower() if not combining(sign))
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in bare)
    whole = "_".join(letters.split())
    first = (whole if len(whole) <= LONGEST_ID else whole[:LONGEST_ID].rpartition("_")[0]) or "new"
    return next(id for id in (first, *(f"{first}_{n}" for n in range(2, len(taken) + 3))) if id not in taken)
