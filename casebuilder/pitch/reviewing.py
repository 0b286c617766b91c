"""What stands on the shared screen of a review: four numbers, what each doubt takes, the way from ours to theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from casebuilder.analysis.bridge import Bridge
from casebuilder.analysis.cuts import Cuts
from casebuilder.analysis.stages import Stage
from casebuilder.analysis.standing import Standing
from casebuilder.model.timeline import last_day
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits import moving
from casebuilder.pitch.records import Chart, Figure, Role, Series, Table, role_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, years

#: What a number that no line of the workbook holds is called.
KEY = "review"
#: Changes with a bar of their own on the strip; beyond, the smaller ones share one.
BARS = 6
#: Less money than this is none.
NOTHING = 0.5
#: How one number of a standing is written.
Written = Callable[[View, Standing], str]


@dataclass(frozen=True)
class Reviewed:
    """One moment of a review: where the case stands, where it stands with every doubt, and what led there.

    `moved` is the way from the start of the review, None where nothing moved the return or no way leads here.
    """

    ours: Standing
    theirs: Standing
    cuts: Cuts
    moved: Bridge | None


def conclusion(view: View, found: Reviewed) -> str:
    """The state of the review in one sentence."""
    if found.cuts.steps:
        return moving.cuts(view, found.cuts).title
    ours = found.ours
    first = f"{_until(view, ours)} it takes {view.text(ours.first_money, 'money')}"
    verb = "returns" if ours.npv > 0 else "loses"
    amount = f"{verb} {view.text(abs(ours.npv), 'money')}"
    return f"{first}; it {amount} over {years(view.case.company.years)}, and {_back(view, ours)}"


def figures(view: View, found: Reviewed) -> tuple[Figure, ...]:
    """First money, return, payback and cash only as they are with every doubt; what we say beside them."""
    cut, ours, theirs = bool(found.cuts.steps), found.ours, found.theirs

    def figure(id: str, label: str, text: Written, value: float | None, role: Role) -> Figure:
        change, unit = f"ours: {text(view, ours)}" if cut else "", "months" if id == "payback" else "money"
        return Figure(f"{KEY}/{id}", label, value, unit, text(view, theirs), change, role)

    return (
        figure("first", _spent(view, theirs), _first, theirs.first_money, "cost"),
        figure(
            "npv",
            f"net present value over {years(view.case.company.years)}",
            _npv,
            theirs.npv,
            role_of(theirs.npv),
        ),
        figure("payback", _until_back(theirs), _payback, theirs.payback_months, _paid_back(theirs)),
        figure(
            "npv_on_cash",
            "net present value on cash alone",
            _cash,
            theirs.npv_on_cash,
            role_of(theirs.npv_on_cash),
        ),
    )


def basis(view: View, found: Reviewed) -> str:
    """Under what conditions the numbers hold; a doubt may have taken another hurdle rate than the case's."""
    rates = [step.cut.amount for step in found.cuts.steps if step.cut.kind == "hurdle"]
    stated = f"hurdle rate {numbers.percent(view.case.company.discount_rate)}"
    doubted = "".join(f", {numbers.percent(rate)} with the doubts" for rate in rates[-1:])
    return view.basis.replace(stated, stated + doubted)


def short_day(value: date) -> str:
    """A day in the name of a version: 21 Nov."""
    return str(format_date(value, "d MMM", locale=numbers.LOCALE))


def payback(found: Standing) -> str:
    """When the money is back, in a word or two."""
    states = {"not_reached": "Not reached", "no_investment": "Nothing to pay back"}
    return states.get(found.payback_state) or numbers.months(found.payback_months)


def takes(view: View, amount: float, made: bool) -> str:
    """What a doubt takes off the return, or would take."""
    if abs(amount) < NOTHING:
        return "takes nothing" if made else "would take nothing"
    verb = ("takes", "adds") if made else ("would take", "would add")
    return f"{verb[amount > 0]} {view.text(abs(amount), 'money')}"


def strip(view: View, found: Reviewed) -> Chart | None:
    """From the return at the start over every change to ours now, and over every doubt to what is left."""
    changes = _changes(view, found.moved)
    doubts = [(moving.cut_label(step.cut), step.step) for step in found.cuts.steps if step.step]
    if not changes and not doubts:
        return None
    bars = [("At the start", found.moved.start), *changes] if found.moved and changes else []
    totals = {0, len(bars)}
    bars.append(("Ours now" if changes else "Ours", found.ours.npv))
    if doubts:
        bars += [*doubts, ("What is left", found.cuts.end)]
        totals.add(len(bars) - 1)
    return _waterfall(view, bars, frozenset(totals))


def _changes(view: View, found: Bridge | None) -> list[tuple[str, float]]:
    """What changed since the start with its amount: the large changes, and the rest as one."""
    if found is None or not found.steps:
        return []
    chart = moving.bridge(view, found).chart
    assert chart is not None
    named = list(zip(chart.categories[1:-1], chart.series[0].values[1:-1], strict=True))
    known = [(name, value) for name, value in named if value is not None]
    if len(known) <= BARS:
        return known
    rest = sum(value for _, value in known[BARS - 1 :])
    return [*known[: BARS - 1], (f"{len(found.steps) - BARS + 1} smaller changes", rest)]


def _waterfall(view: View, bars: Sequence[tuple[str, float]], totals: frozenset[int]) -> Chart:
    values = tuple(value for _, value in bars)
    scale = numbers.chart_scale(values, "money")
    start, end = (view.text(values[place], "money") for place in (0, -1))
    return Chart(
        "waterfall",
        tuple(name for name, _ in bars),
        (Series("Net present value", values, "programme"),),
        "money",
        f"Net present value, {scale.title('money', view.currency)}",
        f"Waterfall from {start} to {end} over {len(bars) - len(totals)} steps.",
        roles=tuple("muted" if place == 0 else role_of(value) for place, value in enumerate(values)),
        totals=totals,
        scale=scale.factor,
    )


def compared(view: View, versions: Sequence[tuple[str, Reviewed]]) -> Table:
    """Versions side by side: each number as it is counted, and what every doubt of that version leaves."""
    rows = [
        ("Spent to the first checkpoint", [_first(view, each.ours) for _, each in versions]),
        ("Net present value", [_npv(view, each.ours) for _, each in versions]),
        ("Return on cost", [numbers.percent(each.ours.roi) for _, each in versions]),
        ("Payback", [payback(each.ours) for _, each in versions]),
        ("On cash alone", [_cash(view, each.ours) for _, each in versions]),
        ("Doubts taken off", [doubts(each.cuts) for _, each in versions]),
        ("Net present value with them", [view.text(each.cuts.end, "money") for _, each in versions]),
        ("Payback with them", [payback(each.theirs) for _, each in versions]),
    ]
    return Table(
        ("", *(name for name, _ in versions)),
        tuple((label, *cells) for label, cells in rows),
        numeric=frozenset(range(1, len(versions) + 1)),
    )


def doubts(found: Cuts) -> str:
    """The doubts by their names, in one cell."""
    return "; ".join(moving.cut_label(step.cut) for step in found.steps) or "none"


def _until(view: View, found: Standing) -> str:
    """Up to when the first money is counted."""
    if found.first is None:
        return "In all, with no checkpoint named,"
    return f"Until the first checkpoint on {day(_day_of(view, found.first))}"


def _spent(view: View, found: Standing) -> str:
    """The same as a short label."""
    if found.first is None:
        return "spent in all, no checkpoint"
    return f"spent by {format_date(_day_of(view, found.first), 'd MMM y', locale=numbers.LOCALE)}, first checkpoint"


def _day_of(view: View, first: Stage) -> date:
    months = [i.gate.month for i in view.case.initiatives if i.gate is not None and i.id in first.gates]
    return last_day(view.case.company.decision_date, round(min(months, default=first.month)))


def _first(view: View, found: Standing) -> str:
    return view.text(found.first_money, "money")


def _npv(view: View, found: Standing) -> str:
    return view.text(found.npv, "money")


def _payback(view: View, found: Standing) -> str:
    return payback(found)


def _cash(view: View, found: Standing) -> str:
    return view.text(found.npv_on_cash, "money")


def _back(view: View, found: Standing) -> str:
    if found.payback_state == "not_reached":
        return f"the money is not back within {years(view.case.company.years)}"
    if found.payback_months is None:
        return "no money is out at any time"
    before = "before interest " if found.npv <= 0 else ""
    return f"{before}the money is back after {numbers.months(found.payback_months)}"


def _until_back(found: Standing) -> str:
    """Payback counts no interest: a case may be paid back and still be worth less than nothing today."""
    loses = found.npv <= 0 and found.payback_months is not None
    return f"until the money is back{', before interest' if loses else ''}"


def _paid_back(found: Standing) -> Role:
    return "harm" if found.payback_state == "not_reached" else "programme"
