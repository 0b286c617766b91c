"""Cuts: what is left of the return when a reader takes off what they do not believe, one doubt after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from casebuilder.analysis.cash import cash_only
from casebuilder.analysis.signatures import signed_effects
from casebuilder.analysis.study import State, Study, effect_key, effect_path, in_force
from casebuilder.case import Case, Doubt, Effect, Scenario, library
from casebuilder.case.reading import read_data
from casebuilder.model.results import PAYBACK_STATES

#: benefits: gains that count times `amount`; later: benefits `amount` months later; costs: costs times `amount`;
#: hurdle: a hurdle rate of `amount`; cash_only: nothing that somebody still has to turn into cash; theme: no
#: improvement of the metrics of one theme; signed_only: no improvement that nobody signed; stress: what large projects
#: went through on average.
CutKind = Literal["benefits", "later", "costs", "hurdle", "cash_only", "theme", "signed_only", "stress"]
_WITH_AMOUNT = ("benefits", "later", "costs", "hurdle")


class Cut(BaseModel):
    """One doubt: its kind, its amount (a factor, months or a rate) and its theme, where the kind has one."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: CutKind
    amount: float | None = None
    theme: str | None = None

    def model_post_init(self, context: object) -> None:
        """Raise ValueError where the amount or the theme is missing, or there is nothing it could mean."""
        if (self.amount is not None) != (self.kind in _WITH_AMOUNT):
            raise ValueError(
                f"a cut of kind {self.kind} has {'an' if self.kind in _WITH_AMOUNT else 'no'} amount"
            )
        if (self.theme is not None) != (self.kind == "theme"):
            raise ValueError("a cut has a theme where its kind is theme, and only there")
        if self.amount is not None and self.amount < 0:
            raise ValueError(f"{self.amount:g} is below 0")


class Stress(BaseModel):
    """What large projects went through on average: factors on costs and benefits, and the evidence for them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    costs: float
    benefits: float
    source: str


class _CutFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    standard: tuple[Cut, ...]
    one_key: tuple[Cut, ...]
    stress: Stress


@dataclass(frozen=True)
class CutStep:
    """One cut on top of those before it: net present value left, the step to it, and payback after it.

    Money in the case's currency; payback in months, None where it is not reached or nothing is to be paid back.
    """

    cut: Cut
    npv: float
    step: float
    payback_months: float | None
    payback_state: str


@dataclass(frozen=True)
class Cuts:
    """Net present value before, after each cut and at the end, with the payback before; the steps sum exactly.

    `stressed` is the net present value under the stress alone, without the cuts.
    """

    start: float
    payback_months: float | None
    payback_state: str
    steps: tuple[CutStep, ...]
    end: float
    stressed: float


def standard_cuts() -> tuple[Cut, ...]:
    """The cuts of a usual review, in their order."""
    return _file().standard


def one_key_cuts() -> tuple[Cut, ...]:
    """The cuts that are made with one key in front of everybody, in their order, as large as they usually are."""
    return _file().one_key


def cuts_of(doubts: Iterable[Doubt]) -> tuple[Cut, ...]:
    """The doubts of a case as cuts, in their order."""
    return tuple(Cut(kind=one.kind, amount=one.amount, theme=one.theme) for one in doubts)


def cuts_in_review(case: Case) -> tuple[Cut, ...]:
    """What was taken off in a review: now, else what was kept last; the usual cuts where there was no review."""
    kept = [each.doubts for each in case.review.kept if each.doubts]
    doubts = case.review.doubts or (kept[-1] if kept else ())
    return cuts_of(doubts) or standard_cuts()


def stress() -> Stress:
    """What large projects went through on average."""
    return _file().stress


@lru_cache(maxsize=1)
def _file() -> _CutFile:
    return _CutFile.model_validate(read_data(library.LIBRARY / "cuts.yaml"), strict=False)


def cut(study: Study, cuts: Sequence[Cut]) -> Cuts:
    """The cuts one on top of the other, in their order, as one batch; where they end does not depend on the order.

    A theme or a missing signature takes improvements away and leaves costs and harm; factors multiply and months add
    up where a kind comes twice. KeyError names an unknown theme; ValueError where two cuts set a hurdle rate.
    """
    force = in_force(study)
    states: list[State] = [{}]
    for state in _one_by_one(force, cuts):
        states.append({**states[-1], **state})
    states.append(_stress(force, Cut(kind="stress")))
    found = force.states(states, ("npv", "payback_months", "payback_state"))
    *npvs, stressed = (float(npv) for npv in found["npv"])
    months = [None if np.isnan(month) else float(month) for month in found["payback_months"]]
    words = [PAYBACK_STATES[round(float(state))] for state in found["payback_state"]]
    steps = tuple(
        CutStep(one, npvs[n], npvs[n] - npvs[n - 1], months[n], words[n]) for n, one in enumerate(cuts, 1)
    )
    return Cuts(npvs[0], months[0], words[0], steps, npvs[-1], stressed)


def applied(study: Study, cuts: Sequence[Cut]) -> Study:
    """The study with the cuts made, its sizes in force, ready for any question."""
    found = in_force(study)
    for state in _one_by_one(found, cuts):
        found = found.with_inputs(state)
    return found


def next_steps(study: Study, made: Sequence[Cut], others: Sequence[Cut]) -> tuple[float, ...]:
    """What each of the others would add to net present value (money; a loss is negative) on top of those made.

    One batch; errors are those of `cut`.
    """
    found = applied(study, made)
    npvs = found.states([{}, *(_changed(found, one) for one in others)])["npv"]
    return tuple(float(npv - npvs[0]) for npv in npvs[1:])


def as_scenario(study: Study, cuts: Sequence[Cut]) -> Scenario | None:
    """The study's scenario with the cuts made; None where one of them changes what no scenario can say.

    Factors on gains and costs and a delay are a scenario's; anything else is one only where it changes nothing here.
    """
    force = in_force(study)
    row = f"scenarios.{force.scenario}."
    for one in cuts:
        state = _changed(force, one)
        if any(value != force.inputs[key] for key, value in state.items() if not key.startswith(row)):
            return None
        force = force.with_inputs(state)
    fields = ("cost_factor", "delay_months", "benefit_factor")
    changed = {field: force.inputs[f"{row}{field}"] for field in fields}
    return study.case.scenario_table[study.scenario].model_copy(update=changed)


def _changed(force: Study, one: Cut) -> State:
    return _CHANGES[one.kind](force, one)


def _one_by_one(force: Study, cuts: Sequence[Cut]) -> Iterator[State]:
    """What each cut changes, on top of those before it."""
    if sum(one.kind == "hurdle" for one in cuts) > 1:
        raise ValueError("two cuts set the hurdle rate; one of them can hold")
    for one in cuts:
        state = _changed(force, one)
        yield state
        force = force.with_inputs(state)


def _benefits(study: Study, one: Cut) -> State:
    return _scenario(study, benefit_factor=_amount(one))


def _costs(study: Study, one: Cut) -> State:
    return _scenario(study, cost_factor=_amount(one))


def _stress(study: Study, one: Cut) -> State:
    found = stress()
    return _scenario(study, benefit_factor=found.benefits, cost_factor=found.costs)


def _scenario(study: Study, **factors: float) -> State:
    """Factors of the scenario, times what they were."""
    row = f"scenarios.{study.scenario}"
    return {f"{row}.{field}": factor * study.inputs[f"{row}.{field}"] for field, factor in factors.items()}


def _later(study: Study, one: Cut) -> State:
    key = f"scenarios.{study.scenario}.delay_months"
    return {key: study.inputs[key] + _amount(one)}


def _hurdle(study: Study, one: Cut) -> State:
    return {"company.discount_rate": _amount(one)}


def _cash_only(study: Study, one: Cut) -> State:
    return cash_only(study)


def _theme(study: Study, one: Cut) -> State:
    library.words().themes[str(one.theme)]
    return _without_gains(study, lambda path, effect: library.levers()[effect.lever].theme == one.theme)


def _signed_only(study: Study, one: Cut) -> State:
    signed = signed_effects(study.case)
    return _without_gains(study, lambda path, effect: path not in signed)


def _without_gains(study: Study, goes: Callable[[str, Effect], bool]) -> State:
    """The effects that go, as far as they improve anything: harm and costs stay."""
    return {
        key: min(0.0, study.inputs[key])
        for initiative in study.case.initiatives
        for effect in initiative.effects
        if goes(effect_path(initiative.id, effect), effect)
        for key in (effect_key(initiative.id, effect, "base"),)
    }


def _amount(one: Cut) -> float:
    assert one.amount is not None
    return one.amount


_CHANGES: dict[CutKind, Callable[[Study, Cut], State]] = {
    "benefits": _benefits,
    "later": _later,
    "costs": _costs,
    "hurdle": _hurdle,
    "cash_only": _cash_only,
    "theme": _theme,
    "signed_only": _signed_only,
    "stress": _stress,
}
