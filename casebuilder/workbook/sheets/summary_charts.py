"""The charts of Summary: cash over time, value by benefit, scenarios; each reads cells and follows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import SELECTED, SUMMARY
from casebuilder.workbook.plan import FIRST_BLOCK, FIRST_RUN, Figures, figures

#: Columns of usual width that the charts cover, and the width of one (pixels); pixels of a point of height.
COLUMNS, _COLUMN, _POINT = 9, 64, 4 / 3
_SMALL = 9


@dataclass(frozen=True)
class _Cells:
    """A row or column of cells: sheet, first row and column, last row and column."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def as_list(self) -> list[str | int]:
        """As the library takes it."""
        return [self.sheet, self.top, self.left, self.bottom, self.right]


def write_charts(book: Book, sheet: Any, heights: Mapping[int, float], column: int) -> None:
    """The three charts beneath each other, beside the rows of these heights (points): as high as the rows together."""
    returns, _, counted, _ = figures(book)
    charts = (_flow(book), _by_line(book, counted), _by_scenario(book, returns))
    rows = sorted(heights)
    for (chart, title, alt), (start, end) in zip(charts, _rows(rows, book), strict=True):
        high = sum(heights[row] for row in range(start, end))
        chart.set_size({"width": COLUMNS * _COLUMN, "height": round(high * _POINT)})
        book.chart(sheet, start, column, chart, title, alt)


def _rows(rows: Sequence[int], book: Book) -> Iterator[tuple[int, int]]:
    """First row and row below of each chart: bars by their number, the rest for the line; a row between them."""
    bars = len(book.results.benefit_lines) + 4
    few = max(2 * len(book.results.scenarios), 5) + 2
    third = rows[-1] + 1 - few
    second = third - 1 - bars
    yield rows[0], second - 1
    yield second, third - 1
    yield third, rows[-1] + 1


def _flow(book: Book) -> tuple[Any, str, str]:
    """Cumulative net cash flow of the selected run, from the decision on."""
    look, layout, row = library.look(), book.layout, book.layout.row("cumulative")
    scale = numbers.chart_scale(book.results.asked.row("cumulative"), "money")
    chart = book.file.add_chart({"type": "line"})
    names = _Cells(SELECTED, layout.HEAD_ROW, layout.OPENING, layout.HEAD_ROW, layout.last)
    cells = _Cells(SELECTED, row, layout.OPENING, row, layout.last)
    chart.add_series(
        {
            "name": "Cumulative net cash flow",
            "categories": names.as_list,
            "values": cells.as_list,
            "line": {"color": look["programme"], "width": 2.25},
        }
    )
    every = max(1, book.results.case.company.periods_per_year)
    chart.set_x_axis(
        {
            "label_position": "low",
            "interval_unit": every,
            "interval_tick": every,
            "num_font": _font(),
            "line": {"color": look["muted"]},
        }
    )
    chart.set_y_axis(
        {
            "num_format": _bracketed(scale),
            "num_font": _font(),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": look["line"]}},
        }
    )
    alt = "Line of cumulative net cash flow of the selected scenario and option, from the decision to the horizon"
    return chart, _titled("Cumulative net cash flow, as selected on Inputs", scale, book.currency), alt


def _by_line(book: Book, counted: Figures) -> tuple[Any, str, str]:
    """Present value of each counted benefit of the selected run."""
    column = FIRST_RUN + len(book.columns) - 1
    top, bottom = counted.row + 1, counted.below - 1
    names, cells = _Cells(SUMMARY, top, 0, bottom, 0), _Cells(SUMMARY, top, column, bottom, column)
    values = [book.results.asked.amount(key) for key, *_ in counted.lines]
    chart, scale = _bars(book, names, cells, values)
    alt = "Bars of the present value of each counted benefit of the selected scenario and option"
    return chart, _titled("Counted benefits, present value, as selected", scale, book.currency), alt


def _by_scenario(book: Book, returns: Figures) -> tuple[Any, str, str]:
    """Net present value of each scenario with all investments as set."""
    head, row, last = FIRST_BLOCK - 2, returns.row + 1, FIRST_RUN + len(book.columns) - 2
    names, cells = _Cells(SUMMARY, head, FIRST_RUN, head, last), _Cells(SUMMARY, row, FIRST_RUN, row, last)
    chart, scale = _bars(book, names, cells, [outcome.npv for outcome in book.results.scenarios.values()])
    alt = "Bars of net present value, one for each scenario, all investments as set in the case"
    return chart, _titled("Net present value, all investments as set", scale, book.currency), alt


def _bars(book: Book, names: _Cells, cells: _Cells, values: Sequence[float]) -> tuple[Any, numbers.Scale]:
    """Bars with their amounts at their ends, in the colour of harm where they are below zero, and their scale.

    Names stand on the side that the longest bar leaves free.
    """
    look, scale = library.look(), numbers.chart_scale(values, "money")
    side = "low" if max(values) >= -min(values) else "high"
    chart = book.file.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Amount",
            "categories": names.as_list,
            "values": cells.as_list,
            "fill": {"color": look["programme"]},
            "invert_if_negative": True,
            "invert_if_negative_color": look["harm"],
            "data_labels": {"value": True, "num_format": _bracketed(scale, ""), "font": _font()},
            "gap": 45,
        }
    )
    nothing = {"visible": False}
    chart.set_y_axis(
        {
            "reverse": True,
            "interval_unit": 1,
            "label_position": side,
            "line": {"color": look["muted"]},
            "major_gridlines": nothing,
            "major_tick_mark": "none",
            "num_font": _font(),
        }
    )
    chart.set_x_axis({"visible": False, "major_gridlines": nothing})
    return chart, scale


def _font() -> dict[str, object]:
    return {"size": _SMALL, "color": library.look()["ink"]}


def _titled(what: str, scale: numbers.Scale, currency: str) -> str:
    return f"{what} ({scale.title('money', currency)})"


def _bracketed(scale: numbers.Scale, zero: str = "0") -> str:
    """The number format of a scale as the workbook writes amounts: below zero in brackets."""
    digits = scale.code.partition(";")[0]
    return f"{digits};({digits});{zero}"
