"""Their own number, with and without the programme."""

from __future__ import annotations

from casebuilder.case import library
from casebuilder.model.benefits import STOCKS
from casebuilder.model.worlds import WORLDS, World
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Role, Series
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, scenario_label


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
    scale = numbers.chart_scale([v for row in series for v in row.values], kpi.unit)
    reasons = _kpi_reasons(view)
    return Exhibit(
        "kpi",
        _kpi_title(view, before, after),
        takeaways=(*reasons[:2], *_in_all_scenarios(view), *reasons[2:])[:4],
        figures=(view.kpi_figure(),),
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
        notes=f"{kpi.label}: {kpi.description}",
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
    return f"{moved}, {numbers.percent(min(closed, 0.99), 0)} of the gap to {target}, not all of it"


def _later(view: View) -> str:
    """What becomes of a KPI that the year of the target does not show moving."""
    last = view.case.company.years
    before, after = (view.kpi_value(world, last) for world in WORLDS)
    change = numbers.change(before, after, view.kpi.unit, view.kpi.direction, view.currency)
    if view.year == last or change in ("no change", numbers.NOTHING):
        return f", {view.programme} does not move it"
    return f"; by year {last} it moves by {change}"


def _kpi_reasons(view: View) -> list[str]:
    """The benefits behind a KPI that gets better; where it gets worse, what grows with the company."""
    levers = [library.levers()[lever] for lever in view.kpi.levers]
    lines = [
        lever.line
        for lever in levers
        if lever.id == view.kpi.id or not _only_adds_customers(view, lever.line)
    ]
    worth = sorted({(view.asked.amount(f"pv.{name}"), name) for name in lines}, reverse=True)
    words = library.words().lines
    gains = [
        f"{words[name]}: worth {view.text(value, 'money')} to the company."
        for value, name in worth
        if value > 0
    ]
    moved = _moved(view, view.year)
    if moved == 0 and _moved(view, view.case.company.years) < 0:
        said = [
            f"By year {view.case.company.years} it gets worse because the company serves and wins more customers; "
            "their margin stands in the return."
        ]
    elif moved == 0:
        said = [f"None of the investments moves what stands behind {view.kpi.label.lower()} by then."]
    elif moved < 0:
        said = [
            "It gets worse because the company serves and wins more customers; their margin stands in the return."
        ]
    else:
        said = gains[:2] or ["It moves with the mix of customers, not by an investment of its own."]
    if view.driver and view.driver.words and view.driver.words_may_be_shown:
        said.append(f"You told us: “{view.driver.words.rstrip('.')}”.")
    return said


def _in_all_scenarios(view: View) -> list[str]:
    """Between which values the KPI ends in its year, from the worst scenario to the best."""
    found = {
        id: view.results.outcome(id, view.asked.option).kpi(view.kpi.id, "with")[view.year - 1]
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
