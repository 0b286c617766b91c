"""Additions: each investment that a study does not have, added to it alone: what it moves, earns and could cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casebuilder.analysis.fit import is_hurdle, lines_for, movements
from casebuilder.analysis.library_best import with_library
from casebuilder.analysis.study import State, Study, in_force, study
from casebuilder.case import Case, Stakeholder
from casebuilder.case.records.stakeholders import Driver

#: A yearly cost to see what a unit of cost does to net present value, which is linear in it (money per year).
PROBE = 1_000.0


@dataclass(frozen=True)
class Addition:
    """One investment added alone, with what it needs first, to the study's own run.

    `moved` says how much more of the way to its target each driver goes (-1 to 1), hurdles left out: the library
    names no costs. `npv` is what it adds to net present value, an investment of the library without any cost of its
    own, one of the case with its cost; `bearable` is the largest yearly cost at which it still adds something, from
    the decision to the horizon (money per year, before the scenario's cost factor), None for one of the case.
    """

    initiative: str
    name: str
    levers: tuple[str, ...]
    moved: Mapping[Driver, float]
    npv: float
    bearable: float | None

    @property
    def from_library(self) -> bool:
        """Whether the library proposes it, and the case has no such investment."""
        return self.bearable is not None


def additions(own: Study, people: Iterable[Stakeholder]) -> tuple[Addition, ...]:
    """Every investment with effects of the case or the library that is not in the study's run, as one batch."""
    who, wide = tuple(people), _with_library_off(own)
    case, inside = wide.case, set(own.members)
    outside = [i for i in case.initiatives if i.effects and i.id not in inside]
    new = {i.id for i in case.initiatives} - {i.id for i in own.case.initiatives}
    free = [_on(wide, i.id) for i in outside]
    paid = [
        {**state, f"initiatives[{i.id}].annual_cost": PROBE} for i, state in zip(outside, free, strict=True)
    ]
    rows = wide.states([{}, *free, *paid], lines_for(who))
    npv = rows["npv"].tolist()
    moved = {
        driver: [0.0] * len(npv) if is_hurdle(driver) else row.tolist()
        for person in who
        for driver, row in zip(person.drivers, movements(case, person, rows, None), strict=True)
    }
    found = []
    for n, initiative in enumerate(outside, 1):
        gain, at_probe = npv[n] - npv[0], npv[n + len(outside)] - npv[0]
        bearable = PROBE * gain / (gain - at_probe) if initiative.id in new else None
        more = {driver: row[n] - row[0] for driver, row in moved.items()}
        levers = tuple(effect.lever for effect in initiative.effects)
        found.append(Addition(initiative.id, initiative.name, levers, more, gain, bearable))
    return tuple(found)


def _with_library_off(own: Study) -> Study:
    """The study with the library's investments in its case, each of them switched off."""
    case = _each_named_once(with_library(own.case), own.case)
    found = study(case, own.scenario, own.option)
    found = in_force(found) if own.in_force else found
    new = {i.id for i in case.initiatives} - {i.id for i in own.case.initiatives}
    off = {found.switch(id): 0.0 for id in new}
    return replace(found, inputs={**found.inputs, **own.inputs, **off})


def _each_named_once(wide: Case, own: Case) -> Case:
    """An investment of the library says so where the case has one of its name: names tell the model's lines apart."""
    ids, names = {i.id for i in own.initiatives}, {i.name for i in own.initiatives}
    return wide.model_copy(
        update={
            "initiatives": tuple(
                i.model_copy(update={"name": f"{i.name} (library)"})
                if i.id not in ids and i.name in names
                else i
                for i in wide.initiatives
            )
        }
    )


def _on(wide: Study, id: str) -> State:
    """The switches of an investment and everything it needs first."""
    on = [id]
    needs = _needs(wide.case)
    for each in on:
        on += [other for other in needs[each] if other not in on]
    return {key: 1.0 for each in on for key in (wide.switch(each), f"initiatives[{each}].enabled")}


def _needs(case: Case) -> dict[str, tuple[str, ...]]:
    return {i.id: tuple(i.requires) for i in case.initiatives}
