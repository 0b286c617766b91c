"""What a group that decides together is asked for: one row for each person, with people, money, numbers and a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.homework import Task
from casebuilder.case import Initiative
from casebuilder.case.records.stakeholders import Stakeholder
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import assumed
from casebuilder.pitch.elsewhere import role_of
from casebuilder.pitch.exhibits.asking import (
    RELEASE,
    decided,
    investments_asked,
    numbers_to_sign,
    own_ask,
    positions,
    to_be_signed,
)
from casebuilder.pitch.exhibits.choice import listed
from casebuilder.pitch.records import Exhibit, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, inside, spelled, start

COLUMNS = ("From", "What we ask", "Own people", "To sign", "When")


@dataclass(frozen=True)
class Asked:
    """What is asked of one person: their own ask, investments of theirs that are paid for, and numbers to sign."""

    person: Stakeholder
    ask: str
    own: tuple[Initiative, ...]
    tasks: tuple[Task, ...]

    @property
    def releases(self) -> bool:
        """Whether they say yes to the money or pay it."""
        return self.person.part in RELEASE

    def __bool__(self) -> bool:
        return bool(self.ask or self.own or self.tasks)


def asks(view: View, certainty: Certainty) -> Exhibit:
    """What is needed from each person of the case and by when, those who release the money first; nothing private."""
    everyone = [_asked_of(view, certainty, person) for person in view.case.stakeholders]
    found = sorted((each for each in everyone if each), key=lambda each: not each.releases)
    nothing = [role_of(each.person) for each in everyone if not each]
    return Exhibit(
        "asks",
        _title(view, found),
        takeaways=tuple([*decided(view), *_largest(view, found), *_of_whom_nothing(nothing)][:3]),
        table=Table(COLUMNS, tuple(_row(view, each) for each in found), numeric=frozenset({2, 3}))
        if found
        else None,
        source=view.basis,
        notes=_notes(view, found),
    )


def _asked_of(view: View, certainty: Certainty, person: Stakeholder) -> Asked:
    """The same as on that person's own page; a second person of the same position has their own ask only."""
    theirs = View(view.results, person.persona)
    if theirs.stakeholder is not person:
        return Asked(person, person.ask.strip().rstrip(".") if view.asked.npv > 0 else "", (), ())
    ask = own_ask(theirs) if view.asked.npv > 0 else ""
    return Asked(person, ask, tuple(investments_asked(theirs)), tuple(to_be_signed(theirs, certainty)))


def _title(view: View, found: Sequence[Asked]) -> str:
    """How many are needed, with how many people and numbers; where it does not pay, that nobody is."""
    signing = _numbers_of(found)
    if view.asked.npv <= 0:
        only = f"only {inside(numbers_to_sign(signing))}" if signing else "nothing"
        return (
            f"We ask for {only}: as it stands {view.programme} returns {view.text(view.asked.npv, 'money')}"
        )
    if not found:
        return f"Nothing is asked of anybody for {view.programme}"
    people = sum(i.internal_fte for i in _investments_of(found))
    parts = [f"{positions(people)} of their own people"] if people else []
    parts += [inside(numbers_to_sign(signing))] if signing else []
    who = "One person has to act" if len(found) == 1 else f"{spelled(len(found))} people have to act"
    by = view.case.decision.by
    what = f": {' and '.join(parts)}" if parts else ""
    return f"{who}{what}{f', decided by {day(by)}' if by else ''}"


def _numbers_of(found: Sequence[Asked]) -> list[Task]:
    return list({task.path: task for each in found for task in each.tasks}.values())


def _investments_of(found: Sequence[Asked]) -> list[Initiative]:
    return list({i.id: i for each in found for i in each.own}.values())


def _largest(view: View, found: Sequence[Asked]) -> list[str]:
    """The number to sign on which most turns, and who has it."""
    waiting = [(task, each) for each in found for task in each.tasks]
    if not waiting:
        return []
    task, each = max(waiting, key=lambda item: item[0].swing or 0.0)
    words, swing = assumed(view.case)[task.path], view.text(task.swing, "money")
    return [
        f"{swing} of the return turns on one of the numbers to sign: {words.phrase} ({role_of(each.person)})."
    ]


def _of_whom_nothing(roles: Sequence[str]) -> list[str]:
    return [f"Nothing is asked of: {listed(roles)}."] if roles else []


def _row(view: View, each: Asked) -> tuple[str, ...]:
    people = sum(initiative.internal_fte for initiative in each.own)
    return (
        role_of(each.person),
        _what(each),
        positions(people) if people else "",
        numbers.count(len(each.tasks)) if each.tasks else "",
        _when(view, each),
    )


def _what(each: Asked) -> str:
    """Their own ask, else the investments that are theirs, else their signature."""
    if each.ask:
        return start(each.ask)
    if each.own:
        return f"Run {listed([initiative.name for initiative in each.own])}"
    return f"Sign {inside(numbers_to_sign(each.tasks)).removesuffix(' to sign')}"


def _when(view: View, each: Asked) -> str:
    """By the day of the decision for what it waits for, else from the month in which their work starts."""
    by = view.case.decision.by
    if by is not None and (each.releases or each.tasks or not each.own):
        return f"by {day(by)}"
    if not each.own:
        return "before the decision"
    month = min(initiative.start_month for initiative in each.own)
    return f"from month {numbers.count(month)}" if month else "from the start"


def _notes(view: View, found: Sequence[Asked]) -> str:
    """Which numbers each signs."""
    named = assumed(view.case)
    said = [
        f"{role_of(each.person)} signs {'; '.join(named[task.path].phrase for task in each.tasks)}."
        for each in found
        if each.tasks
    ]
    return " ".join(said)
