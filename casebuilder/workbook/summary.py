"""Summary: every scenario side by side, live, and what is selected on Inputs beside them."""

from __future__ import annotations

from typing import Any

from casebuilder.case import library
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.words import option_label
from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import SELECTED, SUMMARY
from casebuilder.workbook.plan import FIRST_RUN, Figures, figures

STATES = ("found", "no change of sign", "not meaningful", "several possible")
PAYBACKS = ("reached", "not reached", "no investment")


def write_summary(book: Book) -> None:
    """The Summary sheet; every number is a live reference to a Calc sheet."""
    styles, case = book.styles, book.results.case
    sheet = book.sheet(SUMMARY, f"Summary: {case.title}", "output")
    sheet.set_column(3, 3, 2)
    sheet.set_column(FIRST_RUN, FIRST_RUN + len(book.columns), 18)
    sheet.freeze_panes(6, 1)
    sheet.fit_to_pages(1, 1)
    tax = "before tax" if case.company.tax_rate == 0 else "after tax"
    sheet.write_string(4, 0, f"{case.company.name}, {case.company.currency}, {tax}", styles("muted"))
    for number, (heading, name, outcome) in enumerate(book.columns):
        sheet.write_string(4, FIRST_RUN + number, heading, styles("head"))
        option = option_label(outcome.option if name == SELECTED else AS_SET)
        sheet.write_string(5, FIRST_RUN + number, option, styles("head"))
    blocks = figures(book)
    for block in blocks:
        _block(book, sheet, block)
    _states(book, sheet, blocks[0].below)
    _charts(book, sheet, blocks[-1].below + 2)


def _block(book: Book, sheet: Any, block: Figures) -> None:
    """A block of rows that show one line of every Calc sheet."""
    sheet.write_string(block.row, 0, block.title, book.styles("section"))
    for row, key, words, unit in block.rows():
        role = "total" if key == "npv" else "plain"
        book.label(sheet, row, words, unit, role)
        for column, (_, name, outcome) in enumerate(book.columns, FIRST_RUN):
            book.number(sheet, row, column, f"={book.layout.on(name, key)}", unit, outcome.number(key), role)


def _states(book: Book, sheet: Any, row: int) -> None:
    """In words: why there is no rate of return, and whether the money comes back."""
    styles = book.styles
    for number, (label, key, words) in enumerate(
        (("Rate of return is", "irr_state", STATES), ("Payback is", "payback_state", PAYBACKS)), row
    ):
        sheet.write_string(number, 0, label, styles("plain"))
        quoted = ",".join(f'"{word}"' for word in words)
        for column, (_, name, outcome) in enumerate(book.columns, FIRST_RUN):
            state = round(outcome.amount(key))
            text = f"=CHOOSE({book.layout.on(name, key)}+1,{quoted})"
            sheet.formula(number, column, text, styles("head"), words[state])
    sheet.write_string(row + 2, 0, "Calculated on the sheet", styles("plain"))
    for column, (_, name, _) in enumerate(book.columns, FIRST_RUN):
        sheet.write_string(row + 2, column, name, styles("head"))


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
    names = len(book.columns) - 2
    bars = book.file.add_chart({"type": "bar"})
    bars.add_series(
        {
            "name": "Net present value",
            "categories": [SUMMARY, 3, FIRST_RUN, 3, FIRST_RUN + names],
            "values": [SUMMARY, 7, FIRST_RUN, 7, FIRST_RUN + names],
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
    sheet.insert_chart(row, FIRST_RUN, bars, {"description": "Bars of net present value, one per scenario"})


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
