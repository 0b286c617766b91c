"""Summary and Checks: every scenario side by side, and proof that nothing is counted twice."""

from __future__ import annotations

from typing import Any

from casebuilder.case import library
from casebuilder.model.checks import CHECKS as IDENTITIES
from casebuilder.model.results import Outcome
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.words import label_of, option_label, scenario_label
from casebuilder.workbook.layout import CHECKS, INPUTS, SELECTED, SUMMARY
from casebuilder.workbook.sheets import Book, unit_word

_FIRST = 4
_HOLDS, _FAILS = "All checks hold", "A check fails"

#: The returns: line, words, unit.
RETURNS = (
    ("npv", "Net present value", "money"),
    ("roi", "Return on investment (net present value over cost)", "share"),
    ("irr", "Internal rate of return", "share"),
    ("payback_months", "Payback, months from the decision", "months"),
    ("peak_funding", "Most cash out at any time", "money"),
    ("pv_benefits", "Counted benefits, present value", "money"),
    ("pv_costs", "Costs, present value", "money"),
    ("pv_tax", "Tax, present value", "money"),
)
#: What stands beside the return and is never added to it.
BESIDE = (
    ("pv_capacity_not_counted", "Freed capacity, present value", "money"),
    ("pv_risk_not_counted", "Risk reduction, present value", "money"),
    ("value_after_horizon", "Value after the horizon", "money"),
    ("pv_tied_back", "Inside the return: receivables that come back at the end, present value", "money"),
)
SELECTED_HEAD = "Selected on Inputs"
STATES = ("found", "no change of sign", "not meaningful", "several possible")
PAYBACKS = ("reached", "not reached", "no investment")


def columns(book: Book) -> list[tuple[str, str, Outcome]]:
    """Heading, Calc sheet and outcome of every column: the scenarios, then what is selected on Inputs."""
    found = [
        (scenario_label(id), book.layout.calc_names[id], outcome)
        for id, outcome in book.results.scenarios.items()
    ]
    return [*found, (SELECTED_HEAD, SELECTED, book.results.asked)]


def write_summary(book: Book, sheet: Any) -> None:
    """The Summary sheet; every number is a live reference to a Calc sheet."""
    styles, case = book.styles, book.results.case
    sheet.set_column(3, 3, 2)
    sheet.set_column(_FIRST, _FIRST + len(columns(book)), 18)
    sheet.freeze_panes(5, 1)
    sheet.fit_to_pages(1, 1)
    sheet.write_string(
        3, 0, f"{case.company.name}, {case.company.currency}, {_tax(case.company.tax_rate)}", styles("muted")
    )
    for number, (heading, _, _) in enumerate(columns(book)):
        sheet.write_string(3, _FIRST + number, heading, styles("head"))
        option = book.results.asked_option if heading == SELECTED_HEAD else AS_SET
        sheet.write_string(4, _FIRST + number, option_label(option), styles("head"))
    row = _block(book, sheet, 6, "Return", RETURNS)
    row = _states(book, sheet, row)
    lines = tuple((f"pv.{name}", label_of(name), "money") for name in book.results.benefit_lines)
    row = _block(book, sheet, row + 1, "Counted benefits, present value", lines)
    row = _block(book, sheet, row + 1, "Beside the return, and what it leans on", BESIDE)
    selected = (
        f"Selected on Inputs: {scenario_label(case.headline)}, {option_label(book.results.asked_option)}"
    )
    scenario, option = (book.layout.input_cell(f"select.{kind}").a1 for kind in ("scenario", "option"))
    sheet.write_formula(
        row + 1,
        0,
        f'="Selected on Inputs: "&{INPUTS}!{scenario}&", "&{INPUTS}!{option}',
        styles("muted"),
        selected,
    )
    _charts(book, sheet, row + 3)


def _tax(rate: float) -> str:
    return "before tax" if rate == 0 else "after tax"


def _block(book: Book, sheet: Any, row: int, title: str, lines: tuple[tuple[str, str, str], ...]) -> int:
    """A block of rows that show one line of every Calc sheet; returns the row below it."""
    styles = book.styles
    sheet.write_string(row, 0, title, styles("section"))
    for number, (key, label, unit) in enumerate(lines, row + 1):
        role = "total" if key == "npv" else "plain"
        sheet.write_string(number, 0, label, styles(role))
        sheet.write_string(number, 1, unit_word(unit, book.results.case.company.currency), styles("muted"))
        for column, (_, name, outcome) in enumerate(columns(book), _FIRST):
            value = outcome.number(key)
            sheet.write_formula(
                number,
                column,
                f"={book.layout.on(name, key)}",
                styles(role, unit),
                "" if value is None else value,
            )
    return row + 1 + len(lines)


def _states(book: Book, sheet: Any, row: int) -> int:
    """In words: why there is no rate of return, and whether the money comes back."""
    styles = book.styles
    for number, (label, key, words) in enumerate(
        (("Rate of return is", "irr_state", STATES), ("Payback is", "payback_state", PAYBACKS)), row
    ):
        sheet.write_string(number, 0, label, styles("plain"))
        quoted = ",".join(f'"{word}"' for word in words)
        for column, (_, name, outcome) in enumerate(columns(book), _FIRST):
            state = round(outcome.amount(key))
            text = f"=CHOOSE({book.layout.on(name, key)}+1,{quoted})"
            sheet.write_formula(number, column, text, styles("head"), words[state])
    sheet.write_string(row + 2, 0, "Calculated on the sheet", styles("plain"))
    for column, (_, name, _) in enumerate(columns(book), _FIRST):
        sheet.write_string(row + 2, column, name, styles("head"))
    return row + 3


def _charts(book: Book, sheet: Any, row: int) -> None:
    """Cumulative cash flow of the selected run, and net present value by scenario."""
    look, layout = library.look(), book.layout
    line = layout.row("cumulative")
    flow = book.file.add_chart({"type": "line"})
    flow.add_series(
        {
            "name": "Cumulative net cash flow",
            "categories": [SELECTED, layout.HEAD_ROW, layout.OPENING, layout.HEAD_ROW, layout.last],
            "values": [SELECTED, line, layout.OPENING, line, layout.last],
            "line": {"color": look["programme"], "width": 2.25},
        }
    )
    _plain_chart(flow, "Cumulative net cash flow, selected run", book.results.case.company.currency)
    sheet.insert_chart(
        row, 0, flow, {"description": "Line of cumulative net cash flow by period for the selected run"}
    )
    names = len(columns(book)) - 2
    bars = book.file.add_chart({"type": "bar"})
    bars.add_series(
        {
            "name": "Net present value",
            "categories": [SUMMARY, 3, _FIRST, 3, _FIRST + names],
            "values": [SUMMARY, 7, _FIRST, 7, _FIRST + names],
            "fill": {"color": look["programme"]},
            "data_labels": {"value": True, "num_format": "#,##0"},
            "gap": 60,
        }
    )
    _plain_chart(
        bars, "Net present value by scenario, all investments as set", book.results.case.company.currency
    )
    nothing = {"visible": False}
    bars.set_y_axis(
        {"reverse": True, "line": {"none": True}, "label_position": "low", "major_gridlines": nothing}
    )
    bars.set_x_axis({"visible": False, "major_gridlines": nothing})
    sheet.insert_chart(row, _FIRST, bars, {"description": "Bars of net present value, one per scenario"})


def _plain_chart(chart: Any, title: str, unit: str) -> None:
    chart.set_title({"name": f"{title} ({unit})", "name_font": {"size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"label_position": "low", "major_gridlines": {"visible": False}})
    chart.set_y_axis(
        {
            "num_format": "#,##0",
            "major_gridlines": {"visible": True, "line": {"color": library.look()["line"]}},
        }
    )
    chart.set_size({"width": 620, "height": 300})


def write_checks(book: Book) -> None:
    """The Checks sheet: every identity on every Calc sheet, and one light for all."""
    sheet, styles, layout = (
        book.sheet(CHECKS, "Checks: lines add up, receivables and cash flow tie", "capacity"),
        book.styles,
        book.layout,
    )
    sheet.set_column(_FIRST, _FIRST + 6, 18)
    sheet.freeze_panes(5, 1)
    rows = [
        (f"{name}: {words}", layout.on(name, f"left.{id}"), layout.on(name, f"ok.{id}"), outcome, id)
        for _, name, outcome in columns(book)
        for id, words in IDENTITIES.items()
    ]
    first = 6
    for column, text in ((_FIRST, "left over"), (_FIRST + 1, "holds (1) or not (0)")):
        sheet.write_string(first - 1, column, text, styles("head"))
    for number, (label, left, ok, outcome, id) in enumerate(rows, first):
        check = next(check for check in outcome.checks if check.id == id)
        sheet.write_string(number, 0, label, styles("plain"))
        sheet.write_string(number, 1, book.results.case.company.currency, styles("muted"))
        sheet.write_formula(number, _FIRST, f"={left}", styles("plain", "ratio"), check.residual)
        sheet.write_formula(number, _FIRST + 1, f"={ok}", styles("plain", "flag"), float(check.ok))
    sheet.write_string(3, 0, "All together", styles("total"))
    holds = f'=IF(MIN($F${first + 1}:$F${first + len(rows)})=1,"{_HOLDS}","{_FAILS}")'
    sheet.write_formula(3, 2, holds, styles("good"), _HOLDS if book.all_hold else _FAILS)
    bad = {"type": "cell", "criteria": "!=", "value": f'"{_HOLDS}"', "format": styles("bad")}
    sheet.conditional_format(3, 2, 3, 2, bad)
