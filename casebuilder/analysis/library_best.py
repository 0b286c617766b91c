"""The best that could be done for a stakeholder: their fit with everything the case and the library have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.fit import Fit, all_fits, average, is_hurdle, lines_for, movements
from casebuilder.analysis.study import State, Study, in_force, study
from casebuilder.case import Case, Initiative, library
from casebuilder.case.records.stakeholders import Stakeholder
from casebuilder.case.use import filled
from casebuilder.model.structure import AS_SET

Array = NDArray[np.float64]

#: Losing less than this many points of fit (of 100) is losing nothing.
NOTHING = 1e-6


@dataclass(frozen=True)
class Help:
    """One investment that helps somebody, in points of fit, and whether it is in the study's run already.

    `lost`: without it, everything else on; nothing where others close the same gap. `gained`: added alone, with what
    it needs first, to the study's run; 0 where it is in it.
    """

    initiative: str
    name: str
    lost: float
    gained: float
    inside: bool

    @property
    def points(self) -> float:
        """The larger of what is lost without it and gained with it."""
        return max(self.lost, self.gained)


@dataclass(frozen=True)
class Best:
    """The highest fit found, 0 to 100, None without drivers, and what it rests on, the largest first."""

    value: float | None
    helps: tuple[Help, ...]


@dataclass(frozen=True)
class Support:
    """One stakeholder: what the case does for them, and the best that could be done. Nobody else's to see."""

    stakeholder: Stakeholder
    fit: Fit
    best: Best


def supports(own: Study) -> tuple[Support, ...]:
    """Every stakeholder's fit in the study's scenario and option, and their best, in the case's order.

    The best is searched with every investment on, those of the case and those of the library with effects that it
    does not have (by `use` or id): proposed sizes, full take-up, building from the first month. The library names no
    costs, so only what moves is read: hurdles count as they do in the study itself. More can harm, so each is left
    out once, and what harmed is then left out together; the highest fit of all these runs, the study's own among
    them, is the best.
    """
    people = own.case.stakeholders
    mine, everything = all_fits(own, people), _everything(own)
    pool = [i.id for i in everything.case.initiatives if i.effects]
    seen = _Seen(everything, people, mine)
    fewer = [_without(everything, [id]) for id in pool]
    more = [_with(own, everything, [id]) for id in pool]
    tried = seen.fits([{}, *fewer, _with(own, everything, []), *more])
    whole, one_less, as_is, one_more = np.split(tried, [1, len(pool) + 1, len(pool) + 2], axis=1)
    lost, gained = whole - one_less, one_more - as_is
    harmful = [[id for id, points in zip(pool, row, strict=True) if points < -NOTHING] for row in lost]
    again = seen.fits([_without(everything, ids) for ids in harmful])
    names = {i.id: i.name for i in everything.case.initiatives}

    def helps(n: int) -> tuple[Help, ...]:
        rows = zip(pool, lost[n].tolist(), gained[n].tolist(), strict=True)
        found = [Help(id, names[id], less, plus, id in own.members) for id, less, plus in rows]
        return tuple(sorted((help for help in found if help.points > NOTHING), key=lambda help: -help.points))

    return tuple(
        Support(person, fit, Best(_highest(fit, tried[n], again[n, n]), helps(n)))
        for n, (person, fit) in enumerate(zip(people, mine, strict=True))
    )


@dataclass(frozen=True)
class _Seen:
    """People, and what the case itself does for them: the hurdles of every run."""

    everything: Study
    people: Sequence[Stakeholder]
    mine: Sequence[Fit]

    def fits(self, states: Sequence[State]) -> Array:
        """Fit by person (rows) and state (columns), as one batch."""
        rows = self.everything.states(states, lines_for(self.people))
        found = [self._fits(rows, len(states), *who) for who in zip(self.people, self.mine, strict=True)]
        return np.array(found, float).reshape(len(found), len(states))

    def _fits(self, rows: Mapping[str, Array], runs: int, person: Stakeholder, own: Fit) -> Array:
        moved = movements(self.everything.case, person, rows, None)
        for n, part in enumerate(own.parts):
            if is_hurdle(part.driver):
                moved[n] = np.full(runs, part.movement)
        return average(person, moved, runs)


def _everything(own: Study) -> Study:
    """The study with the library's investments added and every investment on; its other inputs stay."""
    case = with_library(own.case)
    found = study(case, own.scenario, AS_SET)
    found = in_force(found) if own.in_force else found
    kept = {**found.inputs, **own.inputs, "run.option": found.inputs["run.option"]}
    on = {found.switch(i.id): 1.0 for i in case.initiatives}
    on |= {f"initiatives[{i.id}].enabled": 1.0 for i in case.initiatives}
    return replace(found, inputs={**kept, **on})


def with_library(case: Case) -> Case:
    """The case with every investment of the library that has effects and that it does not have, and what they need.

    They come without costs, for the library knows none. A case without segments stays as it is.
    """
    there = {i.use for i in case.initiatives} | {i.id for i in case.initiatives}
    added = [id for id in _wanted() if id not in there] if case.segments else []
    if not added:
        return case
    own = [{"id": i.id, "use": i.use, "library_version": ""} for i in case.initiatives]
    data = filled({"initiatives": [*own, *({"id": id, "use": id} for id in added)]})
    taken = {i.name for i in case.initiatives}
    new = [
        Initiative.model_validate({**entry, "name": _another(str(entry["name"]), taken)})
        for entry in data["initiatives"][len(own) :]
    ]
    return case.model_copy(update={"initiatives": (*case.initiatives, *new)})


def _another(name: str, taken: Collection[str]) -> str:
    """A name that none of the case's own investments has."""
    return f"{name} (library)" if name in taken else name


def _wanted() -> list[str]:
    """Investments of the library with effects, and everything they are built on."""
    table = library.initiatives()
    wanted = {id: None for id, entry in table.items() if entry.effects}
    waiting = list(wanted)
    while waiting:
        more = [id for id in table[waiting.pop()].requires if id not in wanted]
        wanted |= dict.fromkeys(more)
        waiting += more
    return list(wanted)


def _without(everything: Study, ids: Sequence[str]) -> State:
    return {everything.switch(id): 0.0 for id in ids}


def _with(own: Study, everything: Study, ids: Sequence[str]) -> State:
    """The study's own run and these investments, with everything they need first."""
    table, on = {i.id: i for i in everything.case.initiatives}, {*own.members}
    waiting = list(ids)
    while waiting:
        id = waiting.pop()
        on.add(id)
        waiting += [needed for needed in table[id].requires if needed not in on]
    return _without(everything, [id for id in table if id not in on])


def _highest(fit: Fit, tried: Array, again: float) -> float | None:
    return None if fit.value is None else float(max(fit.value, tried.max(), again))
