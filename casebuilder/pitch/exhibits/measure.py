"""Their own number, with and without the programme."""

from __future__ import annotations

from casebuilder.case import library
from casebuilder.model.benefits import LINES
from casebuilder.model.worlds import WORLDS, World
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Role, Series
from casebuilder.pitch.view import View


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
    return Exhibit(
        "kpi",
        _kpi_title(view, before, after),
        takeaways=tuple(_kpi_reasons(view)),
        figures=(view.kpi_figure(),),
        chart=Chart(
            "line",
            tuple(f"Year {year}" for year in range(1, years + 1)),
            series,
            kpi.unit,
            ", ".join(filter(None, (kpi.label, scale.title(kpi.unit, view.currency)))),
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
        return f"{kpi.label}: {after} in year {view.year} either way, {view.programme} does not move it"
    moved = f"{kpi.label}: {before} to {after} in year {view.year}"
    if view.has_no_problem:
        return f"{moved}; doing nothing already meets the target of {target}"
    if closed is None:
        return moved
    if closed >= 1:
        return f"{moved}, the target of {target} is met"
    if closed <= 0:
        return f"{moved}, away from the target of {target}"
    return f"{moved}, {numbers.percent(closed, 0)} of the gap to {target}, not all of it"


def _kpi_reasons(view: View) -> list[str]:
    lines = {library.levers()[lever].line for lever in view.kpi.levers}
    worth = sorted(((view.asked.amount(f"pv.{name}"), name) for name in LINES if name in lines), reverse=True)
    words = library.words().lines
    said = [
        f"{words[name]}: worth {view.text(value, 'money')} to the company."
        for value, name in worth[:2]
        if value > 0
    ]
    if not said:
        said = [f"None of the investments moves what stands behind {view.kpi.label.lower()}."]
    if view.driver and view.driver.words and view.driver.words_may_be_shown:
        said.append(f"You told us: {view.driver.words.rstrip('.')}.")
    return said
