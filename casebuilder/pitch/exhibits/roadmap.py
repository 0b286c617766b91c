"""When what happens: for each investment from when it is paid for, when it first works, when in full, when checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.case import Initiative
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, person
from casebuilder.pitch.cited import investments_of
from casebuilder.pitch.exhibits.choice import listed
from casebuilder.pitch.records import Chart, Exhibit, Series, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, inside, plain_text, quoted, start

COLUMNS = ("Investment", "Owner", "Checked", "We stop if")
#: What stands where a checkpoint, or its rule, is missing.
OPEN = "to be agreed"


@dataclass(frozen=True)
class Lane:
    """One investment in time, in months from the decision; `works` is its first effect, `full` the end of its ramp.

    Both are the month in which it is built where it is a foundation without an effect of its own.
    """

    initiative: Initiative
    start: float
    works: float
    full: float

    @property
    def lasting(self) -> tuple[float, float, float]:
        """When it starts, how long until it works, and how long until it works in full."""
        return self.start, self.works - self.start, self.full - self.works


def roadmap(view: View) -> Exhibit:
    """The investments that are paid for, in the order in which they start, each with its checkpoint and stop rule."""
    lanes = sorted((_lane(view, i) for i in investments_of(view)), key=lambda lane: (lane.start, lane.full))
    if not lanes:
        title = "No investment is paid for in what is asked for: there is nothing to put in time"
        return Exhibit("roadmap", title, source=view.basis, empty=True)
    return Exhibit(
        "roadmap",
        _title(lanes),
        takeaways=tuple([*_release(view), *_waiting(lanes), *_unchecked(lanes)][:3]),
        chart=_chart(view, lanes),
        table=Table(COLUMNS, tuple(_row(view, lane) for lane in lanes)),
        source=view.basis,
        notes=_notes(view, lanes),
    )


def _lane(view: View, initiative: Initiative) -> Lane:
    """An investment in the run that is asked for; gains that come late in its scenario come late here too."""
    ready = view.asked.amount(f"ready[{initiative.id}]")
    if not initiative.effects:
        return Lane(initiative, initiative.start_month, ready, ready)
    works = view.asked.amount(f"starts[{initiative.id}]")
    return Lane(initiative, initiative.start_month, works, works + initiative.ramp_months)


def _title(lanes: Sequence[Lane]) -> str:
    """When the first effect is seen, when all is there, and when it is first checked."""
    acting = [lane for lane in lanes if lane.initiative.effects]
    months = [lane.initiative.gate.month for lane in lanes if lane.initiative.gate is not None]
    checked = f"first checkpoint in month {_month(min(months))}" if months else "no checkpoint is agreed yet"
    if not acting:
        built = max(lane.works for lane in lanes)
        return f"All of it is built by month {_month(built)}, and none has an effect of its own; {checked}"
    first, full = min(lane.works for lane in acting), max(lane.full for lane in acting)
    if _month(first) == _month(full):
        return f"It works in full from month {_month(first)} on; {checked}"
    return f"First effect in month {_month(first)}, all of it in full by month {_month(full)}; {checked}"


def _month(month: float) -> str:
    return numbers.count(month)


def _release(view: View) -> list[str]:
    """Until when the first release lasts."""
    stage = view.case.decision.stage_1
    return [] if stage is None else [f"The first release ends on {day(stage.until)}."]


def _waiting(lanes: Sequence[Lane]) -> list[str]:
    """What has to wait for something else longer than for its own building."""
    names = {lane.initiative.id: quoted(lane.initiative.name) for lane in lanes}
    late = [lane for lane in lanes if lane.works > lane.start + lane.initiative.build_months]
    held = [(lane, [names[id] for id in lane.initiative.requires if id in names]) for lane in late]
    return [f"{names[lane.initiative.id]} waits for {listed(first)}." for lane, first in held if first][:1]


def _unchecked(lanes: Sequence[Lane]) -> list[str]:
    """Investments without a checkpoint; else those that are in full before anybody looks."""
    without = [quoted(lane.initiative.name) for lane in lanes if lane.initiative.gate is None]
    if without:
        return [f"Without a checkpoint so far: {listed(without)}."]
    late = [
        quoted(lane.initiative.name)
        for lane in lanes
        if lane.initiative.gate is not None
        and lane.initiative.effects
        and lane.initiative.gate.month > lane.full
    ]
    if late:
        return [f"Checked only after it works in full: {listed(late)}."]
    return (
        ["Each is checked before it works in full, and each can be stopped alone."] if len(lanes) > 1 else []
    )


def _chart(view: View, lanes: Sequence[Lane]) -> Chart:
    """One row an investment: nothing until it starts, then until it works, then until it works in full."""
    starts, until, ramps = zip(*(lane.lasting for lane in lanes), strict=True)
    keys = [_keys(view, lane) for lane in lanes]
    begins, building, rising = (";".join(part) for part in zip(*keys, strict=True))
    last = _month(max(lane.full for lane in lanes))
    return Chart(
        "spans",
        tuple(lane.initiative.name for lane in lanes),
        (
            Series("Starts in month", starts, "muted", key=begins),
            Series("Until its first effect", until, "cost", key=building),
            Series("Until full effect", ramps, "programme", key=rising),
        ),
        "months",
        "Months from the decision",
        f"Bars over the months from the decision to month {last}: "
        + "; ".join(_said(lane) for lane in lanes)
        + ".",
    )


def _keys(view: View, lane: Lane) -> tuple[str, str, str]:
    """The results behind the three numbers of a row."""
    id = lane.initiative.id
    begins, ramp = view.key(f"initiatives[{id}].start_month"), view.key(f"initiatives[{id}].ramp_months")
    if not lane.initiative.effects:
        return begins, f"{view.key(f'ready[{id}]')}+-{begins}", ""
    return begins, f"{view.key(f'starts[{id}]')}+-{begins}", ramp


def _said(lane: Lane) -> str:
    begins, works, full = (_month(month) for month in (lane.start, lane.works, lane.full))
    until = f", in full from {full}" if full != works else ""
    does = "works" if lane.initiative.effects else "built"
    return f"{lane.initiative.name} starts in {begins}, {does} from {works}{until}"


def _row(view: View, lane: Lane) -> tuple[str, ...]:
    gate, owner = lane.initiative.gate, person(view.case, lane.initiative.owner)
    who = "nobody yet" if owner == NOBODY else owner
    if gate is None:
        return (lane.initiative.name, who, OPEN, "")
    stop = plain_text(gate.stop_if)
    rule = f"{start(plain_text(gate.indicator))}: {inside(stop)}" if stop else OPEN
    return (lane.initiative.name, who, f"month {_month(gate.month)}", rule)


def _notes(view: View, lanes: Sequence[Lane]) -> str:
    """From what months count, and what is looked at in each checkpoint."""
    looks = [
        f"{lane.initiative.name}, month {_month(lane.initiative.gate.month)}: "
        f"{inside(plain_text(lane.initiative.gate.indicator))}."
        for lane in lanes
        if lane.initiative.gate is not None
    ]
    delay = view.case.scenario_table[view.asked.scenario].delay_months
    late = (
        f" In this scenario every effect comes {numbers.months(delay)} later than planned." if delay else ""
    )
    return " ".join([f"Months count from the decision.{late}", *looks])
