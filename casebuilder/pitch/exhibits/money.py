"""What it is worth: from each benefit to net present value."""

from __future__ import annotations

from casebuilder.pitch import numbers
from casebuilder.pitch.plausibility import worth_of_lines
from casebuilder.pitch.records import Chart, Exhibit, Role, Series, role_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import label_of, years

#: Benefits with a step of their own in the waterfall; the smaller ones share one.
STEPS = 7


def benefits(view: View) -> Exhibit:
    """From each benefit through cost and tax to net present value."""
    steps = _steps(view)
    values = (*(value for _, value, _, _ in steps), view.asked.npv)
    scale = numbers.chart_scale(values, "money")
    gains = view.text(view.asked.amount("pv_benefits"), "money")
    cost, npv = view.text(view.asked.amount("pv_costs"), "money"), view.text(view.asked.npv, "money")
    paid = view.asked.amount("pv_tax")
    tax = f" and tax of {view.text(paid, 'money')}" if paid else ""
    return Exhibit(
        "benefits",
        f"In today's money, benefits of {gains} against costs of {cost}{tax} leave {npv}",
        takeaways=(*_beside_the_return(view), *_as_paid(view)),
        chart=Chart(
            "waterfall",
            (*(label for label, *_ in steps), "Net present value"),
            (
                Series(
                    "Present value",
                    values,
                    "programme",
                    key=";".join([*(key for *_, key in steps), view.key("npv")]),
                ),
            ),
            "money",
            f"Present value over {years(view.case.company.years)}, {scale.title('money', view.currency)}",
            f"Waterfall from benefits through costs to a net present value of {npv}, steps: {len(steps)}.",
            roles=(*(role for _, _, role, _ in steps), role_of(view.asked.npv)),
            totals=frozenset({len(steps)}),
            scale=scale.factor,
        ),
        source=view.basis,
        notes="Every step is a line of the model; the sheet Calc selected of the workbook shows it by period.",
    )


def _steps(view: View) -> list[tuple[str, float, Role, str]]:
    """Label, amount, meaning and key of each step: gains by size, then losses, cost and tax."""
    found = [(name, view.asked.amount(f"pv.{name}")) for name in view.results.benefit_lines]
    gains = sorted((item for item in found if item[1] > 0), key=lambda item: -item[1])
    losses = sorted((item for item in found if item[1] < 0), key=lambda item: item[1])
    first, small = (gains, []) if len(gains) <= STEPS else (gains[: STEPS - 1], gains[STEPS - 1 :])
    steps: list[tuple[str, float, Role, str]] = [
        (label_of(n), v, "programme", view.key(f"pv.{n}")) for n, v in first
    ]
    if small:
        total = sum(value for _, value in small)
        key = "+".join(view.key(f"pv.{name}") for name, _ in small)
        steps.append((f"{len(small)} smaller benefits", total, "programme", key))
    steps += [(label_of(name), value, "harm", view.key(f"pv.{name}")) for name, value in losses]
    for key, label in (("pv_costs", "Cost of the programme"), ("pv_tax", "Tax")):
        amount = view.asked.amount(key)
        if amount:
            steps.append((label, -amount, "cost", f"-{view.key(key)}"))
    return steps


def _beside_the_return(view: View) -> list[str]:
    """The first doubts, and what stands beside the return without being counted in it."""
    said: list[str] = []
    freed, risk = view.asked.amount("pv_capacity_not_counted"), view.asked.amount("pv_risk_not_counted")
    hours = sum(view.asked.flow("hours_freed"))
    if freed > 0:
        said.append(
            f"A further {view.text(freed, 'money')} of freed capacity (of {numbers.hours(hours)} in all over "
            f"{years(view.case.company.years)}) is not counted until positions are agreed."
        )
    if risk > 0:
        said.append(
            f"A smaller expected loss of {view.text(risk, 'money')} stands beside the return, not inside it."
        )
    if not said:
        said.append(_after_the_horizon(view))
    return [*(view.doubts("one_line") or [_largest(view)]), *_comes_back(view), *said][:3]


def _as_paid(view: View) -> list[str]:
    """What the same costs come to as they are paid: other pages tell that amount."""
    paid, today = (
        view.text(sum(view.asked.flow("costs")), "money"),
        view.text(view.asked.amount("pv_costs"), "money"),
    )
    return [] if paid == today else [f"Costs of {paid} as paid are {today} in today's money."]


def _comes_back(view: View) -> list[str]:
    """That receivables tied up in growth come back in the last period, where the return leans on it."""
    back = view.asked.amount("pv_tied_back")
    if not view.leans_on_receivables:
        return []
    rest = view.text(view.asked.npv - back, "money")
    return [
        f"{view.text(back, 'money')} of the return is receivables that come back at the end; "
        f"without them {rest} is left."
    ]


def _after_the_horizon(view: View) -> str:
    """That the horizon ends the count, and what the customers of its last day would still bring or cost."""
    end, last = (
        view.asked.amount("value_after_horizon"),
        f"Nothing after year {view.case.company.years} is counted",
    )
    if end > 0:
        return f"{last}; customers won or kept by then would add {view.text(end, 'money')} later."
    if end < 0:
        return f"{last}; customers lost or dear by then would cost another {view.text(-end, 'money')} later."
    return f"{last}."


def _largest(view: View) -> str:
    """The largest benefit and its share of all gains."""
    worth, gains = worth_of_lines(view.results, view.asked)
    name = max(worth, key=lambda line: worth[line])
    if gains <= 0:
        return "No benefit is above zero."
    share = numbers.percent(worth[name] / gains, 0)
    return (
        f"{label_of(name)} is the largest benefit: {view.text(worth[name], 'money')}, {share} of all gains."
    )
