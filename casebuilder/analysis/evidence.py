"""Evidence: what is left of the return without the effects that rest on weak grounds, and what rests on each grade."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from casebuilder.analysis.study import State, Study, effect_key
from casebuilder.case import Grade
from casebuilder.model.inputs import GRADES, SIZES

#: Vendor studies and our own estimates: nobody outside the sale or this room has measured them.
WEAK_GRADES: tuple[Grade, ...] = ("C", "J")


@dataclass(frozen=True)
class Evidence:
    """Net present value in the case's currency: of the study, without its weak effects, and lost without each grade.

    The losses need not sum to the whole: effects work on each other, and costs belong to no grade. A grade that no
    effect of the study carries loses 0.
    """

    npv: float
    without_weak: float
    lost: Mapping[Grade, float]

    @property
    def weak_share(self) -> float | None:
        """Share of a positive return that is lost without the weak effects; None where the return is not positive."""
        return (self.npv - self.without_weak) / self.npv if self.npv > 0 else None

    def share(self, grade: Grade) -> float | None:
        """Share of a positive return that is lost without one grade; None where the return is not positive."""
        return self.lost[grade] / self.npv if self.npv > 0 else None


def without_grades(study: Study, grades: Collection[Grade]) -> State:
    """The changes that switch every effect of these grades off, in low, base and high; no changes where it has none."""
    return {
        effect_key(initiative.id, effect, size): 0.0
        for initiative in study.case.initiatives
        for effect in initiative.effects
        if effect.grade in grades
        for size in SIZES
    }


def npv_without(study: Study, grades: Collection[Grade] = WEAK_GRADES) -> float:
    """Net present value without the effects of these grades; costs stay, and so do the company's own lines."""
    return study.npv(without_grades(study, grades))


def evidence(study: Study) -> Evidence:
    """The return as it is, without its weak effects, and without each grade, as one batch."""
    off: list[Collection[Grade]] = [(), WEAK_GRADES, *((grade,) for grade in GRADES)]
    whole, weak, *rest = study.states([without_grades(study, grades) for grades in off])["npv"].tolist()
    return Evidence(whole, weak, {grade: whole - left for grade, left in zip(GRADES, rest, strict=True)})
