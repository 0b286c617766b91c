"""How we will know and when we stop: the checkpoints in time, the first sign, and what stopping costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.stages import Stage
from casebuilder.case import Gate, Initiative, library
from casebuilder.model.worlds import WORLDS
from casebuilder.pitch import numbers
from casebuilder.pitch.cited import investments_of
from casebuilder.pitch.exhibits.chain import STILL, helping
from casebuilder.pitch.exhibits.choice import listed
from casebuilder.pitch.records import Exhibit, Figure, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, plain_text, quoted, spelled

#: Checkpoints in the table; the reader's own number has the row below them.
CHECKPOINTS = 6
#: What must be seen early is seen by this month: 90 days.
EARLY = 3.0
COLUMNS = ("Month", "Investment", "What we look at", "Hoped for", "We stop if")
#: What stands where a checkpoint lacks a part.
OPEN = "to be agreed"


@dataclass(frozen=True)
class Check:
    """One checkpoint of an investment, agreed or proposed; the month counts from the decision."""

    month: float
    initiative: Initiative
    indicator: str
    hoped: str
    stop_if: str

    @property
    def row(self) -> tuple[str, ...]:
        """The checkpoint as texts."""
        month = numbers.count(self.month)
        return (month, self.initiative.name, self.indicator, self.hoped or OPEN, self.stop_if or OPEN)


def proof(view: View, certainty: Certainty) -> Exhibit:
    """The checkpoints of what is asked for by month, the reader's own number last, and what stopping costs."""
    paid = investments_of(view)
    agreed = sorted(_agreed(view, paid), key=lambda check: check.month)
    if not agreed:
        return _nothing_agreed(view, paid)
    own = helping(view, certainty)
    ids = {check.initiative.id for check in agreed}
    stage = next((stage for stage in certainty.stages if ids & set(stage.gates)), None)
    return Exhibit(
        "proof",
        _title(view, agreed[0], stage),
        takeaways=tuple([_first_sign(agreed, own), *_early(view, agreed, paid), *_gaps(agreed, paid)][:3]),
        figures=tuple(_figures(view, stage)),
        table=_table(view, agreed, own),
        source=view.basis,
        notes=_notes(agreed, stage),
    )


def _agreed(view: View, paid: Sequence[Initiative]) -> list[Check]:
    """The checkpoints that the case has."""
    return [
        Check(i.gate.month, i, plain_text(i.gate.indicator), _hoped(view, i.gate), plain_text(i.gate.stop_if))
        for i in paid
        if i.gate is not None
    ]


def _hoped(view: View, gate: Gate) -> str:
    """The target in its unit; a plain number where it has none."""
    return "" if gate.target is None else view.text(gate.target, gate.unit or "count")


def _proposed(paid: Sequence[Initiative]) -> list[Check]:
    """What the library proposes for investments that come from it; its months count from their start."""
    found = []
    for initiative in paid:
        entry = library.initiatives().get(initiative.use or "")
        if entry is not None:
            point = entry.checkpoint
            month = initiative.start_month + point.month
            look, stop = plain_text(point.indicator), plain_text(point.stop_if)
            found.append(Check(month, initiative, look, "", stop))
    return sorted(found, key=lambda check: check.month)


def _table(view: View, checks: Sequence[Check], own: frozenset[str]) -> Table:
    """The checkpoints, the first that bears on the reader's number in bold; below them that number where it moves."""
    shown = checks[:CHECKPOINTS]
    first = next((n for n, check in enumerate(shown) if check.initiative.id in own), None)
    rows = [check.row for check in shown]
    return Table(COLUMNS, (*rows, *_own_number(view)), numeric=frozenset({0, 3}), emphasised=first)


def _own_number(view: View) -> list[tuple[str, ...]]:
    """What the reader's KPI must be at the end of the year in which it is due."""
    if not view.has_reader:
        return []
    kpi = view.kpi
    before, after = (view.kpi_value(world, view.year) for world in WORLDS)
    if numbers.change(before, after, kpi.unit, kpi.direction, view.currency) in STILL:
        return []
    look = f"{kpi.label}; {view.text(before, kpi.unit)} if we do nothing"
    return [(numbers.count(12 * view.year), "All together", look, view.text(after, kpi.unit), "")]


def _title(view: View, first: Check, stage: Stage | None) -> str:
    """What is spent until the first checkpoint, and what is lost by stopping there."""
    when = f"month {numbers.count(first.month)}"
    if stage is None:
        whole = view.text(sum(view.asked.flow("costs")), "money")
        return f"The first checkpoint, in {when}, comes when all {whole} is spent: agree on an earlier one"
    spent, lost = view.text(stage.spent, "money"), view.text(abs(stage.loss_if_stopped), "money")
    if stage.loss_if_stopped < 0:
        return f"Until the first checkpoint in {when} {spent} is spent; stopping there still leaves a gain of {lost}"
    return f"Until the first checkpoint in {when} {spent} is spent; if we stop there, {lost} is lost"


def _figures(view: View, stage: Stage | None) -> list[Figure]:
    """What is lost by stopping at the first checkpoint; what is then never spent stands in its label."""
    if stage is None or stage.loss_if_stopped <= 0:
        return []
    lost, label = stage.loss_if_stopped, "lost if we stop at the first checkpoint"
    if stage.to_spend > 0:
        label += f"; {view.text(stage.to_spend, 'money')} is then never spent"
    key = f"analysis/stages/{stage.period}/loss_if_stopped"
    return [Figure(key, label, lost, "money", view.text(lost, "money"), role="cost")]


def _first_sign(checks: Sequence[Check], own: frozenset[str]) -> str:
    """What is seen first, and when: of what moves the reader's number, else of anything."""
    found = next((check for check in checks if check.initiative.id in own), None)
    first, whose = (checks[0], "") if found is None else (found, " for your number")
    hoped = f", hoped for: {first.hoped}" if first.hoped else ""
    return f"First sign{whose}, in month {numbers.count(first.month)}: {inside(first.indicator)}{hoped}."


def _early(view: View, checks: Sequence[Check], paid: Sequence[Initiative]) -> list[str]:
    """What must be seen within 90 days: checkpoints by then, else what to watch in what works by then."""
    early = [check for check in checks if check.month <= EARLY]
    if early:
        more = f"{spelled(len(early))} checkpoints fall" if len(early) > 1 else "This checkpoint falls"
        return [f"{more} within 90 days."]
    for initiative in sorted(paid, key=lambda i: view.asked.amount(f"ready[{i.id}]")):
        entry = library.initiatives().get(initiative.use or "")
        if entry is not None and view.asked.amount(f"ready[{initiative.id}]") < EARLY:
            sign = inside(plain_text(entry.leading_indicator))
            return [f"To watch in the first 90 days, before any checkpoint: {sign} (“{initiative.name}”)."]
    return ["No checkpoint falls within 90 days: say what you want to see by then."]


def _gaps(checks: Sequence[Check], paid: Sequence[Initiative]) -> list[str]:
    """Investments without a checkpoint, checkpoints without a rule; else that all have one."""
    without = [quoted(initiative.name) for initiative in paid if initiative.gate is None]
    if without:
        return [f"Without a checkpoint so far: {listed(without)}."]
    loose = [quoted(check.initiative.name) for check in checks if not check.stop_if]
    if loose:
        return [f"Nobody has said yet when to stop: {listed(loose)}."]
    return [f"{spelled(len(checks))} checkpoints, and each says when we stop."] if len(checks) > 1 else []


def _nothing_agreed(view: View, paid: Sequence[Initiative]) -> Exhibit:
    """That no checkpoint is agreed, and which ones the library proposes."""
    proposed = _proposed(paid)
    whole = view.text(sum(view.asked.flow("costs")), "money")
    if not paid:
        title = "No investment is paid for in what is asked for: there is nothing to stop"
    else:
        title = f"No checkpoint is agreed yet: all {whole} would be released at once"
    said = ["Agree on one before money is released: a number, a month, and when we stop."] if paid else []
    if proposed:
        said.append("The checkpoints here are proposals of the library, and nobody has agreed to them yet.")
    return Exhibit(
        "proof",
        title,
        takeaways=tuple(said),
        table=_table(view, proposed, frozenset()) if proposed else None,
        source=view.basis,
        notes=_notes(proposed, None) if proposed else "",
    )


def _notes(checks: Sequence[Check], stage: Stage | None) -> str:
    """How the amounts are counted, and the checkpoints that the table has no room for."""
    said = ["Months count from the decision."]
    if stage is not None:
        until = numbers.count(stage.month)
        said.append(
            f"Spent and lost are counted to the end of the last whole period before the checkpoint, month {until}. "
            "Stopping means that from then on nothing is paid and nothing is gained."
        )
    said += [
        f"Also, in month {numbers.count(check.month)}: {check.initiative.name}, {inside(check.indicator)}."
        for check in checks[CHECKPOINTS:]
    ]
    return " ".join(said)
