"""The parts of the answer page: the answer in a sentence, its numbers, what was changed, the charts and the doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import streamlit as st

from casebuilder.analysis.study import study
from casebuilder.analysis.tornado import tornado
from casebuilder.case import library
from casebuilder.case.edits import ASKED, value_at
from casebuilder.case.records.stakeholders import Driver
from casebuilder.model.benefits import LINES
from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch import exhibits, numbers
from casebuilder.pitch.assumed import assumed
from casebuilder.pitch.words import day, option_label, scenario_label, start, starting_words, years
from casebuilder.ui import ask, charts, state, tables
from casebuilder.ui.review_help import KEY, ways
from casebuilder.ui.screen import Screen
from casebuilder.ui.wording import chip, exact, listing, plain

#: Starting values named below the answer, and cases whose order of them is kept.
NAMED, MOST_CASES = 5, 8
_LEAD = "answer:lead:"
_PAYBACK = {"not_reached": "Not reached", "no_investment": "Nothing to pay back"}
_RETURNS: tuple[tuple[str, str, str, numbers.Direction], ...] = (
    ("Net present value", "npv", "money", "up"),
    ("Return on cost", "roi", "share", "up"),
    ("Payback", "payback_months", "months", "down"),
    ("Most cash out", "peak_funding", "money", "down"),
)
_COLOURS: dict[str, Literal["green", "red"]] = {"better": "green", "worse": "red"}


def heading(screen: Screen) -> None:
    """When it is decided under which scenario, and the answer in one sentence."""
    decided = f"Decision on {day(screen.case.company.decision_date)}"
    st.caption(plain(listing([decided, scenario_label(screen.asked.scenario)])))
    st.title(plain(exhibits.decision(screen).title), anchor=False)


def returns(screen: Screen) -> None:
    """The return and the stakeholder's own number, each with how it moved since the opening."""
    now, currency = screen.asked, screen.currency
    opened = state.results_at_opening()
    before = opened.outcome(now.scenario, opened.asked_option)
    contexts = (
        f"over {years(screen.case.company.years)}",
        f"cost {numbers.money(now.number('pv_costs'), currency)}",
        "from the decision",
        "at any time",
    )
    with st.container(border=True):
        columns = st.columns([1, 1, 1, 1, 1.6])
        for column, (label, key, unit, direction), context in zip(columns, _RETURNS, contexts, strict=False):
            value = now.number(key)
            text, moved = (
                numbers.for_unit(value, unit, currency),
                numbers.change(before.number(key), value, unit, direction, currency),
            )
            if key == "payback_months":
                text, moved = _payback(before, now, moved)
            with column:
                _metric(label, text, moved, context, exact(value, unit, currency))
                ask.figure(screen.figure(key, label, unit))
        with columns[-1]:
            _their_metric(screen)
            ask.figure(screen.kpi_figure())


def _payback(before: Outcome, now: Outcome, moved: str) -> tuple[str, str]:
    """Payback in words, and how it moved where one of the two has no number."""
    was, text = (
        _PAYBACK.get(run.payback_state) or numbers.months(run.payback_months) for run in (before, now)
    )
    if before.payback_state == now.payback_state:
        return text, moved if now.payback_months is not None else "no change"
    order = ("not_reached", "reached", "no_investment")
    verdict = "better" if order.index(now.payback_state) > order.index(before.payback_state) else "worse"
    return text, f"was {was.lower()}, {verdict}"


def _their_metric(screen: Screen) -> None:
    kpi, year = screen.kpi, screen.year
    value, without = (screen.kpi_value(world, year) for world in ("with", "without"))
    opened = replace(screen, results=state.results_at_opening())
    moved = numbers.change(opened.kpi_value("with", year), value, kpi.unit, kpi.direction, screen.currency)
    context = f"do nothing: {screen.text(without, kpi.unit)}"
    _metric(kpi.label, screen.text(value, kpi.unit), moved, context, kpi.description, f"in year {year}")


def _metric(
    label: str, text: str, moved: str, context: str, more: str | None, when: str | None = None
) -> None:
    """A number with, once something was changed, how it moved since the opening; before, what it refers to."""
    changed = bool(state.desk().edits) and moved != numbers.NOTHING
    st.metric(
        plain(label),
        plain(text),
        delta=plain(moved if changed else context),
        delta_color=_COLOURS.get(moved.rpartition(", ")[2], "off") if changed else "off",
        delta_arrow="off",
        delta_description=when,
        help=plain(more) if more else None,
    )


def changes() -> None:
    """What was changed since the case was opened, old and new, and the way back."""
    desk = state.desk()
    refused = state.refused()
    if refused is not None and refused.path not in state.knobs()[0]:
        st.error(plain(refused.why))
    if not desk.edits:
        known = {0: "Nothing changed", 1: "One answer written, nothing tried"}
        written = known.get(desk.answers, f"{desk.answers} answers written, nothing tried")
        st.caption(f"{written} since opening. Version {desk.version}")
        return
    said, back = st.columns([7, 1], vertical_alignment="center")
    said.markdown(f":small[**Changed since opening:** {' · '.join(change_lines())}]")
    back.button("Reset", key="changes:reset", on_click=state.reset, width="stretch")


def change_lines() -> list[str]:
    """Each change as label, old and new value."""
    desk, (table, _) = state.desk(), state.knobs()
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
            lines.append(
                f"{plain(knob.label)}: {plain(knob.text(knob.opened))} → **{plain(knob.text(float(value)))}**"
            )
    return lines


def benefits(screen: Screen) -> None:
    """Where the value comes from: the waterfall of present values, and what stands beside it."""
    exhibit = exhibits.benefits(screen)
    assert exhibit.chart is not None
    st.header(plain(exhibit.title), anchor=False)
    st.caption(plain(exhibit.chart.axis_title))
    rows = charts.waterfall_rows(exhibit.chart, screen.currency)
    st.vega_lite_chart(
        rows, charts.WATERFALL, height=charts.WATERFALL_HEIGHT, alt=exhibit.chart.alt, key="chart:benefits"
    )
    _beside(exhibit.takeaways)
    ask.exhibit(exhibit)


def lead(results: Results, persona: str) -> int | None:
    """The place of the stakeholder's number that leads; None leaves it to its importance."""
    chosen = st.session_state.get(state.key(_LEAD + persona))
    return chosen if chosen in Screen(results, persona).drivers else None


def their_number(screen: Screen) -> None:
    """The stakeholder's own number by year, with and without, and the others they are measured on."""
    exhibit = exhibits.kpi(screen)
    assert exhibit.chart is not None
    st.header(plain(exhibit.title), anchor=False)
    st.caption(plain(exhibit.chart.axis_title))
    target = screen.driver.target if screen.driver else None
    rows = charts.line_rows(exhibit.chart, screen.currency, target)
    st.vega_lite_chart(rows, charts.LINES, height=charts.LINES_HEIGHT, alt=exhibit.chart.alt, key="chart:kpi")
    _beside(exhibit.takeaways)
    ask.exhibit(exhibit)
    _their_numbers(screen)


def _their_numbers(screen: Screen) -> None:
    """Everything a stakeholder is measured on, and which of it the chart shows."""
    every = screen.stakeholder.drivers if screen.stakeholder else ()
    if not every:
        return
    st.markdown(f"**What the {plain(screen.role)} is measured on**")
    if len(screen.drivers) > 1:
        key = state.key(_LEAD + screen.persona)
        if st.session_state.get(key) not in screen.drivers:
            st.session_state[key] = max(screen.drivers, key=lambda place: screen.drivers[place].importance)
        st.segmented_control(
            "Shown above", list(screen.drivers), key=key, required=True, persist_state="session",
            format_func=lambda place: plain(library.kpis()[screen.drivers[place].kpi].label),
        )  # fmt: skip
    tables.show(
        [_measured(screen, place, driver) for place, driver in enumerate(every)],
        "Numbers the stakeholder is measured on: do nothing, with the programme, target",
    )


def _measured(screen: Screen, place: int, driver: Driver) -> dict[str, str]:
    """One of their numbers as a row: without, with, and whether that meets the target; none is left out."""
    kpi = library.kpis().get(driver.kpi)
    if kpi is None:
        label, unit, without, value = driver.name or "", driver.unit or "text", "", None
    elif place in screen.drivers:
        own = replace(screen, lead=place)
        label, unit, value = f"{kpi.label}, year {own.year}", kpi.unit, own.kpi_value("with", own.year)
        without = screen.text(own.kpi_value("without", own.year), unit)
    else:
        label, unit, without, value = kpi.label, kpi.unit, "", screen.asked.kpi(kpi.id, "with")[-1]
    target = screen.text(driver.target, unit) if driver.target is not None else ""
    if kpi is not None and value is not None and driver.target is not None and kpi.direction != "none":
        met = value >= driver.target if kpi.direction == "up" else value <= driver.target
        target += ", met" if met else ", not met"
    return {
        "Number": plain(label),
        "Do nothing": plain(without),
        "With the programme": plain(screen.text(value, unit) if kpi is not None else "not in the model"),
        "Target": plain(target),
    }


def _beside(takeaways: tuple[str, ...]) -> None:
    """What goes with a chart, one line each."""
    st.caption("\n".join(f"- {plain(text)}" for text in takeaways))


def ways_on(screen: Screen) -> None:
    """After a disappointing answer: what drags it, a smaller version that pays, numbers that would turn it.

    At once where the case disappointed as it was opened, else on request.
    """
    asked, opened = screen.asked, state.results_at_opening()
    if asked.npv < 0:
        begins = opened.outcome(asked.scenario, opened.asked_option).npv < 0
        ways(screen, study(screen.case, asked.scenario, asked.option), state.key(KEY), begins)


def doubts(screen: Screen) -> None:
    """What a reviewer would question, and that the arithmetic holds."""
    if screen.warnings:
        st.header("What finance will ask", anchor=False)
        st.markdown("\n".join(f"- {plain(warning.text)}" for warning in screen.warnings))
    _unbacked(screen)
    checks = screen.asked.checks
    failed = [check for check in checks if not check.ok]
    if failed:
        st.error(
            f"{len(failed)} of {len(checks)} checks fail: do not use these numbers. Please report this case."
        )
    else:
        st.caption(
            f":material/check: {_counted(screen)} of {len(LINES)} benefits count here and add up; "
            f"{len(checks)} of {len(checks)} checks hold"
        )


def _counted(screen: Screen) -> int:
    """How many of the model's benefits are worth anything in what is asked for."""
    return sum(
        name in LINES and screen.asked.amount(f"pv.{name}") != 0 for name in screen.results.benefit_lines
    )


def _unbacked(screen: Screen) -> None:
    """How many numbers nobody stands behind, and by name the starting values that move the return most."""
    found, parts = screen.unbacked, []
    named = assumed(screen.case) if found.starting else {}
    starting = [path for path in found.starting if path in named]
    if starting:
        swings = _swings()
        first = sorted(starting, key=lambda path: -swings.get(path, 0.0))[:NAMED]
        rest = len(found.starting) - len(first)
        more = f" and {rest} more" if rest else ""
        names = "; ".join(named[path].name for path in first)
        parts.append(f"{chip(start(starting_words(len(found.starting))))} {plain(names + more)}")
    silent = len(found.not_stated)
    if silent:
        many = "1 more number is" if silent == 1 else f"{silent} more numbers are"
        parts.append(f"{many} {library.words().statuses['not_stated'].lower()} by anybody")
    if parts:
        st.markdown(f":small[{listing([*parts, 'the pages Numbers and What list them'])}]")


def _swings() -> Mapping[str, float]:
    """How far the return moved with each number when the case was opened: the order stays while sliders move."""
    opened = state.results_at_opening()
    return _swings_of(opened.case.fingerprint, opened)


@st.cache_resource(max_entries=MOST_CASES, show_spinner=False)
def _swings_of(version: str, _results: Results) -> Mapping[str, float]:
    bars = tornado(study(_results.case, option=_results.asked_option)).bars
    return {bar.range.path: bar.swing or 0.0 for bar in bars}
