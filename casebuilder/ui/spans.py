"""A chart of spans on screen: in each row nothing until it begins, then its parts one after another."""

from __future__ import annotations

from typing import Any, get_args

import altair as alt
import pyarrow as pa

from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Role
from casebuilder.ui.tables import as_table

_LOOK = library.look()
#: Pixels of a row, and of what stands around the rows.
_ROW, _AROUND = 38, 60


def _authored() -> dict[str, Any]:
    """The chart without its data, authored and checked once."""
    rows = alt.Chart(alt.NamedData("rows"))
    axis = alt.Axis(grid=False, tickCount=8, labelFontSize=13, titleColor=_LOOK["muted"], domain=False)
    names = alt.Axis(ticks=False, domain=False, labelLimit=300, labelPadding=10, labelFontSize=13)
    colours = alt.Scale(domain=list(get_args(Role)), range=[_LOOK[role] for role in get_args(Role)])
    bars = rows.mark_bar(height={"band": 0.6}).encode(
        y=alt.Y(field="name", type="nominal", sort=None, title=None, axis=names),
        x=alt.X(field="begin", type="quantitative", title=None, axis=axis),
        x2=alt.X2(field="end"),
        color=alt.Color(field="role", type="nominal", scale=colours, legend=None),
        tooltip=[
            alt.Tooltip(field="part", type="nominal", title=" "),
            alt.Tooltip(field="exact", type="nominal", title="Value"),
        ],
    )
    spec: dict[str, Any] = bars.configure_view(strokeWidth=0).to_dict(validate=True)
    return {key: part for key, part in spec.items() if key not in ("$schema", "data", "datasets")}


SPANS = _authored()


def height(chart: Chart) -> int:
    """Pixels for all rows."""
    return _AROUND + _ROW * len(chart.categories)


def rows(chart: Chart, currency: str) -> pa.Table:
    """Each part of each row from where the one before it ends; the first series only says where a row begins."""
    found = []
    for place, name in enumerate(chart.categories):
        level = chart.series[0].values[place] or 0.0
        for series in chart.series[1:]:
            lasts = series.values[place] or 0.0
            found.append(
                {
                    "name": name,
                    "part": series.name,
                    "begin": level,
                    "end": level + lasts,
                    "role": series.role,
                    "exact": numbers.for_unit(lasts, chart.unit, currency),
                }
            )
            level += lasts
    return as_table(found, ("name", "part", "begin", "end", "role", "exact"))
