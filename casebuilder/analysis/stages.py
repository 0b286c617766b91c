"""Money released in stages: what is spent until each checkpoint, and what is lost if everything stops there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casebuilder.analysis.study import Study
from casebuilder.model.timeline import last_day

_LINES = ("costs", "headline", "net", "npv_so_far", "npv")


@dataclass(frozen=True)
class Stage:
    """The programme at the end of the last whole period before one or more checkpoints.

    Stopping means that from then on nothing is paid and nothing is gained any more: neither running costs nor later
    benefits of what works by then, nor money that growth tied up. `month` counts from the decision; `gates` are the
    investments whose checkpoint it is, `release_ends` the day on which the first release of money ends, where it
    falls here. Money is in the case's currency: `spent` (costs), `gained` (counted benefits), `net_cash` (after tax)
    until then and `to_spend` after it as paid; `loss_if_stopped` (positive is a loss) and `worth_of_going_on`, which
    sum to the NPV as -loss + worth, as present values at the decision. `expected_loss` is the loss times the chance
    of stopping, None where no chance was given.
    """

    period: int
    month: float
    gates: tuple[str, ...]
    release_ends: date | None
    spent: float
    gained: float
    net_cash: float
    to_spend: float
    loss_if_stopped: float
    worth_of_going_on: float
    expected_loss: float | None


def stages(study: Study, chance: float | None = None) -> tuple[Stage, ...]:
    """The checkpoints of the study's investments and the end of the first release, by time, as one run.

    Checkpoints with the same last whole period are one stage; one at or after the end of the horizon is none.
    `chance` is how likely the programme is to be stopped at a checkpoint (0 to 1), the same for each.
    """
    found = study.runs(keep=_LINES)
    flows = {key: found[key].reshape(-1) for key in _LINES}
    company, release = study.case.company, study.case.decision.stage_1
    gates = _gates(study)
    last = None if release is None else _period_until(study, release.until)
    stages = []
    for period in sorted({*gates, *([] if last is None else [last])}):
        if period >= study.case.periods:
            continue
        until = period + 1
        loss = -float(flows["npv_so_far"][period])
        stages.append(
            Stage(
                period=period,
                month=period * 12 / company.periods_per_year,
                gates=gates.get(period, ()),
                release_ends=release.until if release is not None and period == last else None,
                spent=float(flows["costs"][:until].sum()),
                gained=float(flows["headline"][:until].sum()),
                net_cash=float(flows["net"][:until].sum()),
                to_spend=float(flows["costs"][until:].sum()),
                loss_if_stopped=loss,
                worth_of_going_on=float(flows["npv"][0]) + loss,
                expected_loss=None if chance is None else chance * loss,
            )
        )
    return tuple(stages)


def _gates(study: Study) -> dict[int, tuple[str, ...]]:
    """The investments with a checkpoint, by the last whole period that ends on it or before."""
    found: dict[int, tuple[str, ...]] = {}
    for initiative in study.case.initiatives:
        if initiative.gate is not None and initiative.id in study.members:
            period = int(initiative.gate.month * study.case.company.periods_per_year // 12)
            found[period] = (*found.get(period, ()), initiative.id)
    return found


def _period_until(study: Study, until: date) -> int | None:
    """The last period that ends on a day or before; None before the decision."""
    company = study.case.company
    months = 12 // company.periods_per_year
    ends = [last_day(company.decision_date, period * months) for period in range(study.case.periods + 1)]
    return max((period for period, end in enumerate(ends) if end <= until), default=None)
