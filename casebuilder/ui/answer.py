"""The parts of the answer page: the answer in a sentence, its numbers, what was changed, the charts and the doubts."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from casebuilder import build
from casebuilder.case import library
from casebuilder.case.edits import ASKED, value_at
from casebuilder.case.records.stakeholders import Driver
from casebuilder.model.benefits import LINES
from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch import exhibits, numbers
from casebuilder.pitch.plausibility import warnings
from casebuilder.pitch.words import day, option_label, scenario_label
from casebuilder.ui import charts, controls, state
from casebuilder.ui.knobs import knobs
from casebuilder.ui.screen import Screen
from casebuilder.ui.wording import chip, exact, listing, plain

_LEAD = "answer:lead:"
_PAYBACK = {"not_reached": "Not reached", "no_investment": "Nothing to pay back"}
_RETURNS: tuple[tuple[str, str, str, numbers.Direction, str], ...] = (
    ("Net present value", "npv", "money", "up", ""),
    ("Return on cost", "roi", "share", "up", ""),
    ("Payback", "payback_months", "months", "down", "from the decision"),
    ("Most cash out", "peak_funding", "money", "down", "at any time"),
)
_COLOURS = {"better": "green", "worse": "red"}


def heading(screen: Screen) -> None:
    """Which case, and the answer in one sentence."""
    company = screen.case.company
    st.caption(plain(listing([screen.case.title, company.name, f"decision on {day(company.decision_date)}"])))
    st.title(plain(exhibits.decision(screen).title), anchor=False)


def returns(screen: Screen) -> None:
    """The return and the stakeholder's own number, each with how it moved since the opening."""
    now, currency = screen.asked, screen.currency
    opened = state.results_at_opening()
    before = opened.outcome(now.scenario, opened.asked_option)
    years = f"over {screen.case.company.years} years"
    costs = f"on {numbers.money(now.number('pv_costs'), currency)} of cost"
    with st.container(border=True):
        columns = st.columns([1, 1, 1, 1, 1.6])
        for column, (label, key, unit, direction, context) in zip(columns, _RETURNS, strict=False):
            value = now.number(key)
            text = numbers.for_unit(value, unit, currency)
            if key == "payback_months":
                text = _PAYBACK.get(now.payback_state, text)
            moved = numbers.change(before.number(key), value, unit, direction, currency)
            context = {"npv": years, "roi": costs}.get(key, context)
            with column:
                _metric(label, text, moved if state.desk().edits else "", context, exact(value, unit, currency))
        with columns[-1]:
            _their_metric(screen)


def _their_metric(screen: Screen) -> None:
    kpi, year = screen.kpi, screen.year
    value, without = (screen.kpi_value(world, year) for world in ("with", "without"))
    opened = replace(screen, results=state.results_at_opening())
    moved = numbers.change(opened.kpi_value("with", year), value, kpi.unit, kpi.direction, screen.currency)
    context = f"do nothing: {screen.text(without, kpi.unit)}"
    _metric(f"{kpi.label}, year {year}", screen.text(value, kpi.unit), moved if state.desk().edits else "", context, kpi.description)


def _metric(label: str, text: str, moved: str, context: str, whole: str | None) -> None:
    judged = moved.rpartition(", ")[2]
    st.metric(
        plain(label),
        plain(text),
        delta=plain(moved) if moved and moved != numbers.NOTHING else plain(context),
        delta_color=_COLOURS.get(judged, "off"),  # type: ignore[arg-type]
        delta_arrow="off",
        help=plain(whole) if whole else None,
    )


def changes() -> None:
    """What was changed since the case was opened, old and new, and the way back."""
    desk = state.desk()
    refused = state.refused()
    if refused is not None and refused.path not in knobs(state.results_at_opening()):
        st.error(plain(refused.why))
    if not desk.edits:
        st.caption(f"Nothing changed since opening. Version {desk.case.fingerprint}")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":small[**Changed since opening:** {' · '.join(change_lines())}]", width="stretch")
        st.button("Reset", key="changes:reset", on_click=state.reset, icon=":material/undo:")


def change_lines() -> list[str]:
    """Each change as label, old and new value."""
    desk, table = state.desk(), knobs(state.results_at_opening())
    names = {f"initiatives[{i.id}].enabled": i.name for i in desk.case.initiatives}
    lines = []
    for path, value in desk.edits.items():
        if path == ASKED:
            before = value_at(desk.opened, path)
            words = [option_label(str(option) or AS_SET) for option in (before, value)]
            lines.append(f"Asked for: {plain(words[0])} → **{plain(words[1])}**")
        elif path in names:
            lines.append(f"{plain(names[path])}: **{'on' if value else 'off'}**")
        else:
            knob = table[path]
            lines.append(f"{plain(knob.label)}: {plain(knob.text(knob.opened))} → **{plain(knob.text(float(value)))}**")
    return lines


def benefits(screen: Screen) -> None:
    """Where the value comes from: the waterfall of present values, and what stands beside it."""
    exhibit = exhibits.benefits(screen)
    assert exhibit.chart is not None
    st.subheader(plain(exhibit.title), anchor=False)
    st.caption(plain(exhibit.chart.axis_title))
    rows = charts.waterfall_rows(exhibit.chart, screen.currency)
    st.vega_lite_chart(rows, charts.WATERFALL, height=charts.WATERFALL_HEIGHT, alt=exhibit.chart.alt, key="chart:benefits")
    _beside(exhibit.takeaways)


def lead(results: Results, persona: str) -> int | None:
    """The place of the stakeholder's number that leads; None leaves it to its importance."""
    chosen = st.session_state.get(_LEAD + persona)
    return chosen if chosen in Screen(results, persona).drivers else None


def their_number(screen: Screen) -> None:
    """The stakeholder's own number by year, with and without, and the others they are measured on."""
    exhibit = exhibits.kpi(screen)
    assert exhibit.chart is not None
    st.subheader(plain(exhibit.title), anchor=False)
    st.caption(plain(exhibit.chart.axis_title))
    target = screen.driver.target if screen.driver else None
    rows = charts.line_rows(exhibit.chart, screen.currency, target)
    st.vega_lite_chart(rows, charts.LINES, height=charts.LINES_HEIGHT, alt=exhibit.chart.alt, key="chart:kpi")
    _beside(exhibit.takeaways)
    _their_numbers(screen)


def _their_numbers(screen: Screen) -> None:
    """Everything a stakeholder is measured on, and which of it the chart shows."""
    every = screen.stakeholder.drivers if screen.stakeholder else ()
    if not every:
        return
    st.markdown(f"**What the {plain(screen.role)} is measured on**")
    if len(screen.drivers) > 1:
        key = _LEAD + screen.persona
        if st.session_state.get(key) not in screen.drivers:
            st.session_state[key] = max(screen.drivers, key=lambda place: screen.drivers[place].importance)
        st.segmented_control(
            "Shown above", list(screen.drivers), key=key, required=True, persist_state="session",
            format_func=lambda place: plain(library.kpis()[screen.drivers[place].kpi].label),
        )  # fmt: skip
    st.table(
        [_measured(screen, place, driver) for place, driver in enumerate(every)],
        border="horizontal",
        alt="Numbers the stakeholder is measured on: do nothing, with the programme, target",
    )


def _measured(screen: Screen, place: int, driver: Driver) -> dict[str, str]:
    kpi = library.kpis().get(driver.kpi)
    unit = kpi.unit if kpi else driver.unit or "text"
    row = {"Number": plain(kpi.label if kpi else driver.name or ""), "Do nothing": "", "With the programme": "not in the model"}
    if place in screen.drivers:
        own = replace(screen, lead=place)
        row["Number"] += f", year {own.year}"
        row["Do nothing"], row["With the programme"] = (plain(own.text(own.kpi_value(world, own.year), unit)) for world in ("without", "with"))
    elif kpi is not None:
        row["With the programme"] = plain(screen.text(screen.asked.kpi(kpi.id, "with")[-1], unit))
    row["Target"] = plain(screen.text(driver.target, unit)) if driver.target is not None else ""
    return row


def _beside(takeaways: tuple[str, ...]) -> None:
    """What goes with a chart, one line each."""
    st.caption("\n".join(f"- {plain(text)}" for text in takeaways))


def doubts(results: Results, outcome: Outcome) -> None:
    """What a reviewer would question, and that the arithmetic holds."""
    found = warnings(results, outcome)
    if found:
        st.subheader("What finance will ask", anchor=False)
        st.markdown("\n".join(f"- {plain(warning.text)}" for warning in found))
    _unbacked(results)
    failed = [check for check in outcome.checks if not check.ok]
    if failed:
        st.error(f"{len(failed)} of {len(outcome.checks)} checks fail: do not use these numbers. Please report this case.")
    else:
        st.caption(f":material/check: {len(LINES)} benefits add up; {len(outcome.checks)} of {len(outcome.checks)} checks hold")


def _unbacked(results: Results) -> None:
    """How many numbers nobody stands behind, the starting values by name."""
    case, table = results.case, knobs(state.results_at_opening())
    stated = {path: case.inputs.get(path) for path, knob in table.items() if not knob.effect}
    replaceable = [table[path].label for path, said in stated.items() if said is not None and said.status == "default"]
    silent = sum(said is None for said in stated.values())
    parts = [f"{chip('Starting value to replace')} {plain(', '.join(replaceable))}"] if replaceable else []
    parts += [f"{silent} more numbers are {library.words().statuses['not_stated'].lower()} by anybody"] if silent else []
    if parts:
        st.caption(listing(parts))
