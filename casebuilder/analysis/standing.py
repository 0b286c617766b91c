"""Where a case stands in the four numbers that decide: the first money, the return, payback, and cash alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.cash import cash_only
from casebuilder.analysis.stages import Stage, stages
from casebuilder.analysis.study import Study
from casebuilder.model.results import PAYBACK_STATES

_LINES = ("npv", "roi", "payback_months", "payback_state", "costs")


@dataclass(frozen=True)
class Standing:
    """One case under one scenario and option, money in its currency, costs positive.

    `first` is the first checkpoint, None where there is none; `cost` is everything paid over the horizon, not
    discounted. `roi` is a share, None without costs; `payback_months` is None where it is not reached or nothing is
    to be paid back. `npv_on_cash` counts only what reaches the books by itself.
    """

    first: Stage | None
    cost: float
    npv: float
    roi: float | None
    payback_months: float | None
    payback_state: str
    npv_on_cash: float

    @property
    def first_money(self) -> float:
        """What is paid until the first checkpoint, or in all where there is none."""
        return self.cost if self.first is None else self.first.spent

    @property
    def pays(self) -> bool:
        """Whether it returns more than it costs and the money is back within the horizon."""
        return self.npv > 0 and self.payback_state != "not_reached"


def standing(study: Study) -> Standing:
    """The numbers of a study, with whatever cuts were applied to it."""
    found = study.states([{}, cash_only(study)], _LINES)
    first = next((stage for stage in stages(study) if stage.gates), None)
    roi, months = (float(found[key][0]) for key in ("roi", "payback_months"))
    return Standing(
        first=first,
        cost=float(found["costs"][:, 0].sum()),
        npv=float(found["npv"][0]),
        roi=None if np.isnan(roi) else roi,
        payback_months=None if np.isnan(months) else months,
        payback_state=PAYBACK_STATES[round(float(found["payback_state"][0]))],
        npv_on_cash=float(found["npv"][1]),
    )
