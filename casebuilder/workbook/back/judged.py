"""The values of an edited workbook's inputs, judged one by one: changed, refused with a reason, or as they were."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casebuilder.case import Case, CaseError
from casebuilder.case.keys import memberships, spots, with_keys
from casebuilder.case.paths import shorten
from casebuilder.model.inputs import SIZES
from casebuilder.workbook.back.compared import same
from casebuilder.workbook.back.found_inputs import Found
from casebuilder.workbook.back.returned import Change, MovedOn, Refused, Why
from casebuilder.workbook.bounds import Limits
from casebuilder.workbook.input_rows import LOCKED

#: Selectors decide what is shown and are no numbers of the case.
SELECTOR = "select."


@dataclass
class Judged:
    """What was found: changes without their worth yet, refused values, and what the case itself changed meanwhile."""

    changes: list[Change] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    moved_on: list[MovedOn] = field(default_factory=list)

    def refuse(self, change: Change, why: Why, found: str, allowed: str) -> None:
        """Take a change back: the case cannot have it."""
        self.changes.remove(change)
        self.refused.append(Refused(change.key, change.label, change.place, why, found, allowed))


class Judge:
    """Judges the inputs of a workbook against its case; `given` are the case's numbers now, by key."""

    def __init__(self, case: Case, given: Mapping[str, float], same_version: bool) -> None:
        self.case, self.given, self.same_version = case, given, same_version
        self.limits = Limits(case)
        self.keepable = spots(case).keys() | memberships(case).keys()

    def judge(self, inputs: Iterable[Found]) -> Judged:
        """Every input once; then what only several of them together can violate."""
        judged = Judged()
        for found in inputs:
            if not found.key.startswith(SELECTOR):
                self._one(found, judged)
        self._in_order(judged)
        self._as_a_case(judged)
        return judged

    def kept(self, change: Change) -> bool:
        """Whether a case has a place for the number."""
        return change.key in self.keepable

    def _one(self, found: Found, judged: Judged) -> None:
        if self._since(found):
            here = self.given[found.key]
            judged.moved_on.append(MovedOn(found.key, found.label, found.unit, None, here))
            return
        flaw = self._flaw(found)
        if flaw is not None:
            why, allowed = flaw
            judged.refused.append(Refused(found.key, found.label, found.at, why, _stands(found), allowed))
            return
        new, now = found.content.value, self.given.get(found.key)
        exported = now if self.same_version else found.exported
        if not isinstance(new, float) or now is None or same(new, now):
            return
        if found.key in LOCKED or (exported is not None and same(new, exported)):
            if exported is not None and not self.same_version:
                judged.moved_on.append(MovedOn(found.key, found.label, found.unit, exported, now))
            return
        conflict = exported is not None and not same(exported, now)
        formula = found.content.formula
        judged.changes.append(
            Change(
                found.key, found.label, found.unit, found.at, now, new, exported, 0.0, None, conflict,
                shorten(f"={formula}") if formula else "",
            )
        )  # fmt: skip

    def _since(self, found: Found) -> bool:
        """Whether the case has an input only since the workbook was made."""
        known = found.key in self.given
        return known and not self.same_version and found.place is None and found.unlisted

    def _flaw(self, found: Found) -> tuple[Why, str] | None:
        """Why the value cannot be read or must not be taken, and what may stand there; None where it may."""
        content, key = found.content, found.key
        allowed = self.limits(key).words if key in self.given else "a number"
        if found.place is None:
            return "lost", allowed
        if content.error:
            return "error", allowed
        if content.value is None:
            return ("no_value" if content.formula else "empty"), allowed
        if isinstance(content.value, bool):
            return "flag", allowed
        if isinstance(content.value, str):
            return "text", allowed
        return self._beyond(found, content.value, allowed)

    def _beyond(self, found: Found, value: float, allowed: str) -> tuple[Why, str] | None:
        now = self.given.get(found.key)
        if not math.isfinite(value):
            return "infinite", allowed
        if now is None:
            typed = found.exported is None or not same(value, found.exported)
            return ("gone", "") if typed else None
        if same(value, now):
            return None
        if found.key in LOCKED:
            return ("locked", "") if self.same_version else None
        return None if self.limits(found.key).holds(value) else ("limits", allowed)

    def _in_order(self, judged: Judged) -> None:
        """An effect's low, expected and high size must stay in order: none of the three is taken where they are not."""
        typed = {change.key: change for change in judged.changes}
        for path in dict.fromkeys(key.rpartition(".")[0] for key in typed if ".effects[" in key):
            keys = [f"{path}.{size}" for size in SIZES]
            low, base, high = (typed[key].new if key in typed else self.given[key] for key in keys)
            if not low <= base <= high:
                for key in keys:
                    if key in typed:
                        judged.refuse(
                            typed[key], "order", f"low {low:g}, expected {base:g}, high {high:g}", ""
                        )

    def _as_a_case(self, judged: Judged) -> None:
        """What breaks a rule of the case file in another way is found by trying, all at once and then one by one."""
        kept = [change for change in judged.changes if self.kept(change)]
        if not self._broken(kept):
            return
        for change in kept:
            said = self._broken([change])
            if said:
                judged.refuse(change, "case", f"{change.new:g}", said)

    def _broken(self, changes: Iterable[Change]) -> str:
        try:
            with_keys(self.case, {change.key: change.new for change in changes})
        except CaseError as error:
            return "; ".join(f"{fault.found}" for fault in error.problems)
        return ""


def _stands(found: Found) -> str:
    """What stands in a cell, as text."""
    content = found.content
    if content.formula and content.value is None:
        return shorten(f"={content.formula}")
    if isinstance(content.value, bool):
        return "TRUE" if content.value else "FALSE"
    return f"{content.value:.15g}" if isinstance(content.value, float) else shorten(str(content.value or ""))


def open_numbers(inputs: Iterable[Found]) -> Iterator[tuple[str, float]]:
    """The inputs that hold a finite number, by key."""
    for found in inputs:
        if isinstance(found.content.value, float) and math.isfinite(found.content.value):
            yield found.key, found.content.value
