"""Results: every number of a case under every scenario and option, the one noun that all outputs read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.case import Case, CaseError, Fault
from casebuilder.model.benefits import LINES
from casebuilder.model.checks import CHECKS
from casebuilder.model.expressions import Line
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.model import Model, Values, evaluate
from casebuilder.model.structure import AS_SET
from casebuilder.model.worlds import World

IRR_NOTES = {0: None, 1: "no_sign_change", 2: "not_meaningful", 3: "several_possible"}
PAYBACK_STATES = {0: "reached", 1: "not_reached", 2: "no_investment"}
#: KPIs that repeat one number of the case, by the line that holds it.
CASE_LINES = {
    "npv": "npv",
    "roi": "roi",
    "irr": "irr",
    "payback": "payback_months",
    "peak_funding": "peak_funding",
}

Number = float | None


@dataclass(frozen=True)
class Check:
    """An identity of the model: id, whether it holds, and the largest amount left over (money)."""

    id: str
    ok: bool
    residual: float


@dataclass(frozen=True)
class Outcome:
    """One run: a scenario with an option. Money is nominal, in the case's currency; missing numbers are None."""

    scenario: str
    option: str
    values: Values

    def number(self, key: str) -> Number:
        """An input, constant or total; None where there is no number."""
        return _plain(self.values[key][0])

    def amount(self, key: str) -> float:
        """A number that is always there."""
        value = self.number(key)
        if value is None:
            raise ValueError(f"{key} has no number in scenario {self.scenario}")
        return value

    def row(self, key: str) -> tuple[Number, ...]:
        """A period line from period 0 to T, or a year line from year 1 to N."""
        return tuple(_plain(value) for value in self.values[key][:, 0])

    def flow(self, key: str) -> tuple[float, ...]:
        """A period line of money, 0 where period 0 has none."""
        return tuple(value or 0.0 for value in self.row(key))

    def kpi(self, name: str, world: World) -> tuple[Number, ...]:
        """A KPI by year; KPIs of the case repeat their number with the programme and have none without."""
        if name in OF_THE_CASE:
            years = len(self.values[kpi_key("revenue", "with")])
            return (self.number(CASE_LINES[name]) if world == "with" else None,) * years
        return self.row(kpi_key(name, world))

    @property
    def npv(self) -> float:
        """Net present value."""
        return self.amount("npv")

    @property
    def roi(self) -> Number:
        """NPV over the present value of costs; None without costs."""
        return self.number("roi")

    @property
    def irr(self) -> Number:
        """Internal rate of return a year, or None: see `irr_note`."""
        return self.number("irr")

    @property
    def irr_note(self) -> str | None:
        """Why there is no internal rate of return."""
        return IRR_NOTES[round(self.amount("irr_state"))]

    @property
    def payback_months(self) -> Number:
        """Months to payback, or None: see `payback_state`."""
        return self.number("payback_months")

    @property
    def payback_state(self) -> str:
        """`reached`, `not_reached` or `no_investment`."""
        return PAYBACK_STATES[round(self.amount("payback_state"))]

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every identity with its residual."""
        return tuple(Check(id, self.amount(f"ok.{id}") == 1.0, self.amount(f"left.{id}")) for id in CHECKS)


class Outcomes(Mapping[tuple[str, str], Outcome]):
    """The runs of a model by scenario and option; each is evaluated once, when it is first asked for.

    To the last bit its numbers are those that a batch would give: none of them depends on what else is asked for.
    """

    def __init__(
        self, title: str, model: Model, inputs: Mapping[str, float], keep: Sequence[Line] | None = None
    ) -> None:
        self._title, self._model, self._inputs, self._keep = title, model, inputs, keep
        self._found: dict[tuple[str, str], Outcome] = {}
        self._parts: dict[tuple[str, str, str], Outcome] = {}

    def __getitem__(self, run: tuple[str, str]) -> Outcome:
        """One run; CaseError where its amounts outgrow what a computer can hold: infinity must not reach an output."""
        if run not in self._found:
            self._found[run] = self._evaluated(run, self._keep)
        return self._found[run]

    def only(self, run: tuple[str, str], key: str) -> Outcome:
        """A run of which this one line is asked, which is quicker where all its lines are not there already."""
        if run in self._found:
            return self._found[run]
        if (*run, key) not in self._parts:
            self._parts[*run, key] = self._evaluated(run, (self._model[key],))
        return self._parts[*run, key]

    def _evaluated(self, run: tuple[str, str], keep: Sequence[Line] | None) -> Outcome:
        if run not in self:
            raise KeyError(run)
        (scenario, option), shape = run, self._model.shape
        chosen = {
            "run.scenario": shape.scenarios.index(scenario) + 1.0,
            "run.option": shape.options.index(option) + 1.0,
        }
        try:
            found = evaluate(self._model, {**self._inputs, **chosen}, keep)
        except ArithmeticError:
            raise self._too_large() from None
        shown = [found[key] for key in self._model.shown if key in found]
        too_large = bool(shown) and np.isinf(np.concatenate(shown, axis=None)).any()
        if too_large or np.isnan(found.get("npv", 0.0)).any():
            raise self._too_large()
        return Outcome(scenario, option, found)

    def _too_large(self) -> CaseError:
        too_large = "its amounts are too large to be computed"
        return CaseError([Fault(self._title, None, "", too_large, "amounts that a company can have")])

    def __contains__(self, run: object) -> bool:
        """Whether the case has this scenario and this option; nothing is evaluated for the answer."""
        shape = self._model.shape
        return isinstance(run, tuple) and run[0] in shape.scenarios and run[1] in shape.options

    def __iter__(self) -> Iterator[tuple[str, str]]:
        shape = self._model.shape
        return ((scenario, option) for option in shape.options for scenario in shape.scenarios)

    def __len__(self) -> int:
        return len(self._model.shape.options) * len(self._model.shape.scenarios)


@dataclass(frozen=True)
class Results:
    """A case, its model, and its outcome under every scenario and option."""

    case: Case
    model: Model
    outcomes: Outcomes

    def __post_init__(self) -> None:
        """Evaluate what is asked for, so that a case whose amounts are too large is refused at once."""
        _ = self.asked

    def npv(self, scenario: str, option: str) -> float:
        """Net present value of a scenario with an option, where nothing else is asked of it."""
        return self.outcomes.only((scenario, option), "npv").npv

    def kpi(self, scenario: str, option: str, name: str, world: World) -> tuple[Number, ...]:
        """A KPI by year, none of the case, of a scenario with an option, where nothing else is asked of it."""
        return self.outcomes.only((scenario, option), kpi_key(name, world)).kpi(name, world)

    def outcome(self, scenario: str, option: str) -> Outcome:
        """The outcome of a scenario with an option; KeyError where the case has no such pair."""
        return self.outcomes[scenario, option]

    def scenario(self, id: str) -> Outcome:
        """The outcome of a scenario with all switches as set."""
        return self.outcomes[id, AS_SET]

    def option(self, id: str) -> Outcome:
        """The outcome of an option in the headline scenario."""
        return self.outcomes[self.case.headline, id]

    @property
    def scenarios(self) -> dict[str, Outcome]:
        """Every scenario by id, with all switches as set."""
        return {scenario: self.scenario(scenario) for scenario in self.model.shape.scenarios}

    @property
    def options(self) -> dict[str, Outcome]:
        """Every named option by id, in the headline scenario; doing nothing is the last."""
        return {option: self.option(option) for option in self.model.shape.options if option != AS_SET}

    @property
    def benefit_lines(self) -> tuple[str, ...]:
        """The benefits of the case by id: the model's 19, then the company's own as `custom:<name>`."""
        own = (f"custom:{line.name}" for line in self.case.custom_lines if line.kind == "benefit")
        return (*LINES, *own)

    @property
    def headline(self) -> Outcome:
        """The scenario that counts, with all switches as set."""
        return self.scenario(self.case.headline)

    @property
    def asked_option(self) -> str:
        """The option that the decision asks for; all switches as set where it names none."""
        stage = self.case.decision.stage_1
        return stage.option if stage is not None and stage.option else AS_SET

    @property
    def asked(self) -> Outcome:
        """What the decision asks for, in the scenario that counts."""
        return self.option(self.asked_option)


def _plain(value: float) -> Number:
    return None if math.isnan(value) else float(value)
