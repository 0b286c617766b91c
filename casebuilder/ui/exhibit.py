"""An exhibit on screen: its conclusion, chart, table and what to take from it, whatever it is about."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import streamlit as st

from casebuilder.pitch.records import Chart, Exhibit, Table
from casebuilder.ui import ask, charts, spans, tables
from casebuilder.ui.wording import chip, listing, plain


def show(exhibit: Exhibit, currency: str, table: bool = True, name: str = "") -> None:
    """The exhibit from title to source, with a `name` where two of a kind stand on one page.

    `table` False leaves out numbers that its chart shows already.
    """
    name = name or exhibit.id
    st.header(plain(exhibit.title), anchor=False)
    if exhibit.chart is not None:
        chart(exhibit.chart, currency, f"chart:{name}")
    if exhibit.table is not None and table:
        rows(exhibit.table, exhibit.title)
    if exhibit.takeaways:
        st.caption("\n".join(f"- {plain(text)}" for text in exhibit.takeaways))
    ask.exhibit(exhibit, name)


def slide(exhibit: Exhibit, currency: str, footnote: str) -> None:
    """The exhibit as its slide shows it, nothing left out; below it the way to its numbers, and a footnote."""
    st.header(plain(exhibit.title), anchor=False)
    _figures(exhibit)
    left, right = st.columns([2, 1]) if exhibit.chart is not None else (st.container(), st.container())
    with left:
        if exhibit.chart is not None:
            chart(exhibit.chart, currency, f"chart:{exhibit.id}")
        if exhibit.table is not None:
            rows(exhibit.table, exhibit.title)
    if exhibit.takeaways:
        right.markdown("\n".join(f"- {plain(text)}" for text in exhibit.takeaways))
    if exhibit.source:
        st.caption(plain(f"Source: {exhibit.source}"))
    with st.container(horizontal=True, vertical_alignment="center"):
        ask.exhibit(exhibit)
        st.caption(footnote)


def _figures(exhibit: Exhibit) -> None:
    """Big numbers side by side, each with its words and how it moved."""
    if not exhibit.figures:
        return
    with st.container(key=f"figures:{exhibit.id}"):
        columns = st.columns(max(3, len(exhibit.figures)))
    for column, figure in zip(columns, exhibit.figures, strict=False):
        said = listing([plain(figure.label), plain(figure.change)])
        column.markdown(f"**{plain(figure.text)}**  \n:small[:gray[{said}]]")


def chart(found: Chart, currency: str, key: str) -> None:
    """A chart by its kind, its axis said above it."""
    st.caption(plain(found.axis_title))
    if found.kind == "spans":
        data, spec, height = spans.rows(found, currency), spans.SPANS, spans.height(found)
    elif found.kind == "line":
        data, spec, height = charts.line_rows(found, currency, None), charts.LINES, charts.LINES_HEIGHT
    elif found.kind == "range":
        data, spec, height = charts.range_rows(found, currency), charts.RANGES, charts.range_height(found)
    elif found.kind == "waterfall" or (found.kind == "bars" and len(found.series) == 1):
        data, spec, height = _lying(found, currency), charts.WATERFALL, charts.WATERFALL_HEIGHT
    else:
        data, spec, height = charts.column_rows(found, currency), charts.COLUMNS, charts.COLUMNS_HEIGHT
    st.vega_lite_chart(data, spec, height=height, alt=found.alt, key=key)


def _lying(found: Chart, currency: str) -> pa.Table:
    """The rows of a waterfall; bars are one in which every step stands on the axis."""
    if found.kind == "bars":
        count = len(found.categories)
        roles = found.roles or (found.series[0].role,) * count
        found = replace(found, kind="waterfall", totals=frozenset(range(count)), roles=roles)
    return charts.waterfall_rows(found, currency)


def rows(table: Table, about: str) -> None:
    """A table as it stands; a starting value that nobody stands behind carries its chip."""
    tables.show(
        [
            {
                head: chip(cell) if number in table.defaults and place == table.chip else plain(cell)
                for place, (head, cell) in enumerate(zip(table.columns, row, strict=True))
            }
            for number, row in enumerate(table.rows)
        ],
        about,
    )
