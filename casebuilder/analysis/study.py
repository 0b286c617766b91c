"""A case under one scenario and option, ready to be run many times with some inputs changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from casebuilder.case import Case
from casebuilder.case.records.initiatives import Effect
from casebuilder.model.expressions import Line
from casebuilder.model.inputs import SIZES, values
from casebuilder.model.model import Model, Values, evaluate, model_of, side_by_side
from casebuilder.model.results import Outcome
from casebuilder.model.structure import AS_SET, structure

Array = NDArray[np.float64]
#: Up to so many runs are quicker one by one than as a batch.
_ONE_BY_ONE = 8
#: What one run changes: inputs by key, in their own units.
State = Mapping[str, float]


@dataclass(frozen=True)
class Study:
    """A case's model with the inputs of one scenario and option; everything in this room is a batch of its runs.

    `inputs` has every input by key, flags as 0 or 1. Where `in_force` the sizes that the scenario uses (low, expected
    or high, risk adjustment included) stand in the effects' `base`, and own lines are adjusted for risk already:
    what varies a size varies what counts, and uncertainty is never applied twice.
    """

    case: Case
    model: Model
    scenario: str
    option: str
    inputs: Mapping[str, float]
    in_force: bool = False

    def runs(self, changes: Mapping[str, Array] | None = None, keep: Iterable[str] = ("npv",)) -> Values:
        """Evaluate a batch: each changed input has one value per run, all others are the study's.

        Without changes it is one run. KeyError names an input that the case does not have.
        """
        for key in changes or ():
            self.inputs[key]
        return evaluate(self.model, {**self.inputs, **(changes or {})}, [self.model[key] for key in keep])

    def states(self, states: Sequence[State], keep: Iterable[str] = ("npv",)) -> Values:
        """Evaluate one run per state, each the study with the inputs that the state names replaced."""
        if 0 < len(states) <= _ONE_BY_ONE:
            return self._alone(states, [self.model[key] for key in keep])
        keys = dict.fromkeys(key for state in states for key in state)
        changes = {
            key: np.array([state.get(key, self.inputs[key]) for state in states], float) for key in keys
        }
        option = np.full(len(states), self.inputs["run.option"])
        return self.runs(changes or {"run.option": option}, keep)

    def _alone(self, states: Sequence[State], lines: Sequence[Line]) -> Values:
        """A few runs one after the other, which is quicker than a batch and the same to the last bit."""
        for key in chain.from_iterable(states):
            self.inputs[key]
        return side_by_side([evaluate(self.model, {**self.inputs, **state}, lines) for state in states])

    def outcome(self, state: State | None = None) -> Outcome:
        """One run with every line kept, as an outcome of this scenario and option."""
        return Outcome(self.scenario, self.option, self.states([state or {}], [*self._all_lines()]))

    def _all_lines(self) -> Iterable[str]:
        return (line.key for line in self.model.lines)

    def npv(self, state: State | None = None) -> float:
        """Net present value of one run."""
        return float(self.states([state or {}])["npv"][0])

    def with_inputs(self, state: State) -> Study:
        """The study with some inputs replaced for good."""
        for key in state:
            self.inputs[key]
        return replace(self, inputs={**self.inputs, **state})

    @property
    def members(self) -> tuple[str, ...]:
        """The investments that are on in this option, in the case's order."""
        return tuple(i.id for i in self.case.initiatives if self.inputs[self.switch(i.id)] and i.enabled)

    def switch(self, initiative: str) -> str:
        """Key of the flag that puts an investment into this option."""
        return f"options.{self.option}[{initiative}]"

    def switched(self, members: Sequence[str], flags: Array) -> dict[str, Array]:
        """Changes that switch members on (1) or off (0): `flags` has one row per run, one column per member."""
        return {self.switch(id): np.ascontiguousarray(flags[:, n]) for n, id in enumerate(members)}


def study(case: Case, scenario: str | None = None, option: str = AS_SET) -> Study:
    """The study of a scenario (default: the one that counts) with an option (default: all switches as set)."""
    shape = structure(case)
    name = scenario or case.headline
    inputs = dict(values(case, shape))
    inputs["run.scenario"] = shape.scenarios.index(name) + 1.0
    inputs["run.option"] = shape.options.index(option) + 1.0
    return Study(case, model_of(shape), name, option, inputs)


def in_force(raw: Study) -> Study:
    """The same study with the scenario's sizes and risk adjustments worked into the inputs themselves."""
    if raw.in_force:
        return raw
    found, row = dict(raw.inputs), f"scenarios.{raw.scenario}"
    haircut, position = found[f"{row}.haircut"], round(found[f"{row}.effects"]) - 1
    for initiative in raw.case.initiatives:
        for effect in initiative.effects:
            size = found[effect_key(initiative.id, effect, "base")]
            if haircut:
                size -= found[f"haircuts.{effect.grade}"] * abs(size)
            else:
                size = found[effect_key(initiative.id, effect, SIZES[position])]
            found[effect_key(initiative.id, effect, "base")] = size
    for line in raw.case.custom_lines:
        path = f"custom_lines[{line.name}]"
        risk = haircut * found[f"{path}.risk_adjustment"]
        for key in _amounts(found, path):
            given = found[key]
            found[key] = given - risk * abs(given) if line.kind == "benefit" else given * (1 + risk)
    found |= {f"{row}.haircut": 0.0, f"{row}.effects": SIZES.index("base") + 1.0}
    return replace(raw, inputs=found, in_force=True)


def effect_path(initiative: str, effect: Effect) -> str:
    """The path of an effect in the case."""
    return f"initiatives[{initiative}].effects[{effect.lever},{effect.segment}]"


def effect_key(initiative: str, effect: Effect, size: str) -> str:
    """The input that holds an effect's low, base or high size."""
    return f"{effect_path(initiative, effect)}.{size}"


def _amounts(inputs: Mapping[str, float], path: str) -> list[str]:
    return [key for key in inputs if key.startswith((f"{path}.by_year[", f"{path}.initial"))]
