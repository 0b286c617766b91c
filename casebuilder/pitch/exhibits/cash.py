"""Money out and in over time, and when it is back."""

from __future__ import annotations

from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Series
from casebuilder.pitch.view import View
from casebuilder.pitch.words import years

#: Periods with a column of their own; beyond, months become quarters, then years.
COLUMNS = 21
#: Sentences beside the chart; further checkpoints are counted.
TAKEAWAYS = 3
#: A part of the largest amount out within which the lowest column shows the same.
SAME = 1e-6


def cash_flow(view: View) -> Exhibit:
    """Money out and in, and when it is back."""
    names, net, so_far = _cash_columns(view)
    scale = numbers.chart_scale((*net, *so_far), "money")
    months, back = view.asked.payback_months, view.text(view.asked.payback_months, "months")
    peak, end = view.asked.amount("peak_funding"), so_far[-1]
    if months is not None:
        title = f"The money is back after {back}; never more than {view.text(peak, 'money')} is out"
    elif view.asked.payback_state == "no_investment":
        title = "The running total never falls below zero: there is nothing to pay back"
    else:
        title = f"The money is not back within {years(view.case.company.years)}: {view.text(end, 'money')} at the end"
    labels = [""] * len(net)
    labels[-1] = scale.text(end)
    low = min(range(len(net)), key=lambda column: so_far[column])
    if so_far[low] < 0 and -so_far[low] >= (1 - SAME) * peak:  # a year's end hides what was out within it
        labels[low] = scale.text(so_far[low])
    if months is not None:
        column = next((c for c in range(len(net)) if _column_end(view, c, len(net)) >= months), len(net) - 1)
        labels[column] = f"Paid back: {back}"
    return Exhibit(
        "cash_flow",
        title,
        takeaways=tuple(_checkpoints(view)),
        figures=(
            view.payback_figure(),
            view.figure("peak_funding", "most cash out at any time", "money", "cost"),
        ),
        chart=Chart(
            "columns",
            names,
            (
                Series("Net cash", net, "programme", key=view.key("net")),
                Series("So far", so_far, "muted", tuple(labels), key=view.key("cumulative")),
            ),
            "money",
            f"Net cash, {scale.title('money', view.currency)}",
            f"Columns of net cash and the running total, which ends at {view.text(end, 'money')}.",
            roles=tuple("cost" if flow < 0 else "programme" for flow in net),
            scale=scale.factor,
        ),
        source=view.basis,
    )


def _cash_columns(view: View) -> tuple[tuple[str, ...], tuple[float, ...], tuple[float, ...]]:
    """Names, net cash and running total by column: the decision, then periods, quarters or years."""
    per_year, horizon = view.case.company.periods_per_year, view.case.company.years
    net = view.asked.flow("net")
    parts = next((p for p in (12, 4, 1) if p <= per_year and p * horizon + 1 <= COLUMNS), 1)
    width = per_year // parts
    grouped = [net[0], *(sum(net[start : start + width]) for start in range(1, len(net), width))]
    so_far, total = [], 0.0
    for amount in grouped:
        total += amount
        so_far.append(total)
    word = {12: "M", 4: "Q", 1: ""}[parts]
    names = [
        f"Y{c // parts + 1}" + (f" {word}{c % parts + 1}" if word else "") for c in range(parts * horizon)
    ]
    return ("Start", *names), tuple(grouped), tuple(so_far)


def _column_end(view: View, column: int, columns: int) -> float:
    """The month at which a column ends."""
    return 12.0 * view.case.company.years * column / (columns - 1)


def _checkpoints(view: View) -> list[str]:
    """What the last column holds beside the year's cash, then the checkpoints in the order of their months."""
    said: list[str] = []
    if view.leans_on_receivables:
        back = view.text(view.asked.flow("tied_back")[-1], "money")
        said.append(f"The last column includes {back} of receivables that come back.")
    inside = view.case.option_table.get(view.asked.option)
    gates = [
        (initiative.gate, initiative.name)
        for initiative in view.case.initiatives
        if initiative.gate and initiative.enabled and (inside is None or initiative.id in inside)
    ]
    gates.sort(key=lambda item: item[0].month)
    room = TAKEAWAYS - len(said)
    shown = gates if len(gates) <= room else gates[: room - 1]
    for gate, name in shown:
        rest = f"; we stop if {gate.stop_if}" if gate.stop_if else ""
        said.append(f"Checkpoint in month {gate.month:g}, {name}: {gate.indicator}{rest}.")
    more = len(gates) - len(shown)
    if more:
        said.append(f"{more} more {'checkpoint stands' if more == 1 else 'checkpoints stand'} in the case.")
    return said
