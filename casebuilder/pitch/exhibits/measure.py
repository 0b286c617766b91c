"""Their own number, with and without the programme."""

from __future__ import annotations

from casebuilder.case import library
from casebuilder.model.benefits import STOCKS
from casebuilder.model.worlds import WORLDS, World
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.asking import whole_things
from casebuilder.pitch.records import Chart, Exhibit, Figure, Role, Series
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, scenario_label

#: Benefits named behind a number.
REASONS = 2
#: Sentences beside the picture and its two figures; the others are for the speaker.
SAID = 3
#: Why a number gets worse with a programme that pays.
GROWS = "the company serves and wins more customers; their margin stands in the return."


def kpi(view: View) -> Exhibit:
    """Their number with and without, by year."""
    kpi, years = view.kpi, view.case.company.years
    worlds: tuple[tuple[str, World, Role], ...] = (
        ("Do nothing", "without", "do_nothing"),
        ("With the programme", "with", "programme"),
    )
    series = tuple(
        Series(words, view.asked.kpi(kpi.id, world), role, key=view.key(f"kpi/{kpi.id}/{world}"))
        for words, world, role in worlds
    )
    before, after = (view.text(view.kpi_value(world, view.year), kpi.unit) for world in WORLDS)
    said = _said(view)
    scale = numbers.chart_scale([v for row in series for v in row.values], kpi.unit)
    return Exhibit(
        "kpi",
        _kpi_title(view, before, after),
        takeaways=said[:SAID],
        figures=(view.kpi_figure(), *_target(view)),
        chart=Chart(
            "line",
            tuple(f"Year {year}" for year in range(1, years + 1)),
            series,
            kpi.unit,
            ", ".join(filter(None, (kpi.label, scale.title(kpi.unit, view.currency), "axis not from 0"))),
            f"Lines by year: {kpi.label} is {after} with the programme and {before} without in year {view.year}.",
            scale=scale.factor,
        ),
        source=view.basis,
        notes=" ".join([f"{kpi.label}: {kpi.description}", *said[SAID:]]),
    )


def _said(view: View) -> tuple[str, ...]:
    """Why it moves, between what it ends, what the company gets, what moves instead, and the reader's own words."""
    return (
        _reason(view),
        *_in_all_scenarios(view),
        *_to_the_company(view),
        *_instead(view),
        *_told_us(view),
    )


def _kpi_title(view: View, before: str, after: str) -> str:
    kpi, closed = view.kpi, view.gap_closed
    target = view.text(view.driver.target, kpi.unit) if view.driver and view.driver.target is not None else ""
    if before == after:
        return f"{kpi.label}: {after} in year {view.year} either way{_later(view)}"
    moved = f"{kpi.label}: {before} to {after} in year {view.year}"
    if view.has_no_problem:
        return f"{moved}; doing nothing already meets the target of {target}"
    if closed is None:
        return moved
    if closed >= 1:
        return f"{moved}, the target of {target} is met"
    if closed <= 0:
        return f"{moved}, away from the target of {target}"
    return f"{moved}, closing {numbers.percent(min(closed, 0.99), 0)} of the gap to {target}"


def _target(view: View) -> list[Figure]:
    """Where their number has to be, and where they say it stands today."""
    driver = view.driver
    if driver is None or driver.target is None:
        return []
    today = "" if driver.current is None else f"; today: {view.text(driver.current, view.kpi.unit)}"
    label = f"target for year {view.year}{today}"
    text = view.text(driver.target, view.kpi.unit)
    return [Figure(f"fit/target/{view.kpi.id}", label, driver.target, view.kpi.unit, text, role="muted")]


def _later(view: View) -> str:
    """What becomes of a KPI that the year of the target does not show moving."""
    last = view.case.company.years
    before, after = (view.kpi_value(world, last) for world in WORLDS)
    change = numbers.change(before, after, view.kpi.unit, view.kpi.direction, view.currency)
    if view.year == last or change in ("no change", numbers.NOTHING):
        return f", {view.programme} does not move it"
    return f"; by year {last} it moves by {change}"


def _reason(view: View) -> str:
    """The benefits behind a KPI that gets better; where it gets worse, what grows with the company."""
    levers = [library.levers()[lever] for lever in view.kpi.levers]
    lines = [
        lever.line
        for lever in levers
        if lever.id == view.kpi.id or not _only_adds_customers(view, lever.line)
    ]
    worth = sorted({(view.asked.amount(f"pv.{name}"), name) for name in lines}, reverse=True)
    words = library.words().lines
    gains = [f"{inside(words[name])} {view.text(value, 'money')}" for value, name in worth if value > 0][
        :REASONS
    ]
    moved, last = _moved(view, view.year), view.case.company.years
    if moved == 0 and _moved(view, last) < 0:
        return f"By year {last} it gets worse because {GROWS}"
    if moved == 0:
        return f"None of the investments moves what stands behind {inside(view.kpi.label)} by then."
    if moved < 0:
        return f"It gets worse because {GROWS}"
    if not gains:
        return "It moves with the mix of customers, not by an investment of its own."
    return f"Behind it, by what it is worth to the company: {' and '.join(gains)}."


def _instead(view: View) -> list[str]:
    """What changes in whole things where the number itself does not move."""
    return [] if _moved(view, view.year) else [whole_things(view)]


def _to_the_company(view: View) -> list[str]:
    """The company's return in one line, for those whose story does not start with it."""
    if view.starts_with_money:
        return []
    npv, scenario = view.asked.npv, inside(scenario_label(view.asked.scenario))
    verb = "loses" if npv < 0 else "gains"
    back = f"; the money is back after {months}" if (months := _months_back(view)) else ""
    return [f"The company {verb} {view.text(abs(npv), 'money')} in today's money, {scenario}{back}."]


def _months_back(view: View) -> str:
    months = view.asked.payback_months
    return "" if months is None else view.text(months, "months")


def _told_us(view: View) -> list[str]:
    """What the reader said about their number, where it may be shown."""
    if view.driver is None or not view.driver.words or not view.driver.words_may_be_shown:
        return []
    return [f"You told us: “{view.driver.words.rstrip('.')}”."]


def _in_all_scenarios(view: View) -> list[str]:
    """Between which values the KPI ends in its year, from the worst scenario to the best."""
    found = {
        id: view.results.kpi(id, view.asked.option, view.kpi.id, "with")[view.year - 1]
        for id in view.case.scenario_table
    }
    known = sorted((value, id) for id, value in found.items() if value is not None)
    texts = [view.text(value, view.kpi.unit) for value, _ in known]
    if len(set(texts)) < 2:
        return []
    ends = (known[0], known[-1]) if view.kpi.direction != "down" else (known[-1], known[0])
    low, high = (f"{view.text(value, view.kpi.unit)} ({inside(scenario_label(id))})" for value, id in ends)
    return [f"Over all scenarios it ends between {low} and {high}."]


def _only_adds_customers(view: View, line: str) -> bool:
    """Whether a benefit makes a KPI that should fall rise: more customers need more service."""
    return view.kpi.direction == "down" and line in STOCKS


def _moved(view: View, year: int) -> int:
    """1 where the KPI gets better in a year, -1 where it gets worse, 0 where people see no change."""
    values = [view.kpi_value(world, year) for world in WORLDS]
    change = numbers.change(values[0], values[1], view.kpi.unit, view.kpi.direction, view.currency)
    return 1 if change.endswith("better") else -1 if change.endswith("worse") else 0
