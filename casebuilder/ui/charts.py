"""The charts on screen, each authored and checked once when this is imported; a rerun sends nothing but its rows."""

from __future__ import annotations

from typing import Any, get_args

import altair as alt
import pandas as pd

from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Role

Spec = dict[str, Any]

LOOK = library.look()
#: Pixels; the same at every rerun, so that nothing jumps.
WATERFALL_HEIGHT, LINES_HEIGHT = 330, 250
_FONT: dict[str, Any] = {"labelFontSize": 13, "labelColor": LOOK["ink"], "titleColor": LOOK["muted"]}
_COLOURS = alt.Scale(domain=list(get_args(Role)), range=[LOOK[role] for role in get_args(Role)])

#: Grey is for the line; its words need more contrast.
_INK = alt.Color(
    field="role", type="nominal", legend=None,
    scale=alt.Scale(domain=["do_nothing", "programme"], range=[LOOK["muted"], LOOK["programme"]]),
)  # fmt: skip


def _encode(channel: Any, field: str, kind: str, **more: Any) -> Any:
    return channel(field=field, type=kind, **more)


def _spec(chart: Any) -> Spec:
    """The checked chart as a plain object without its data."""
    spec: Spec = chart.configure_view(strokeWidth=0).to_dict(validate=True)
    for key in ("$schema", "data", "datasets"):
        spec.pop(key, None)
    return spec


def _waterfall() -> Spec:
    base = alt.Chart(alt.NamedData("rows"))
    step = _encode(
        alt.Y, "step", "nominal", sort=None, title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=260, labelPadding=10, grid=False, **_FONT),
    )  # fmt: skip
    hidden = alt.Axis(labels=False, ticks=False, grid=False, domain=False)
    span = _encode(
        alt.X, "begin", "quantitative", title=None, axis=hidden, scale=alt.Scale(nice=False, padding=4)
    )
    colour = _encode(alt.Color, "role", "nominal", scale=_COLOURS, legend=None)
    tip = [
        _encode(alt.Tooltip, "step", "nominal", title=" "),
        _encode(alt.Tooltip, "exact", "nominal", title="Present value"),
    ]
    bars = base.mark_bar(height={"band": 0.68}).encode(
        y=step, x=span, x2=alt.X2(field="end"), color=colour, tooltip=tip
    )
    zero = base.mark_rule(color=LOOK["line"]).encode(x=alt.XDatum(0, type="quantitative"))
    text = base.mark_text(align="left", dx=6, fontSize=13, color=LOOK["ink"]).encode(
        y=step,
        x=_encode(alt.X, "edge", "quantitative", axis=hidden),
        text=_encode(alt.Text, "text", "nominal"),
    )
    room = base.mark_point(opacity=0, size=1).encode(
        y=step, x=_encode(alt.X, "room", "quantitative", axis=hidden)
    )
    return _spec(alt.layer(zero, bars, text, room))


def _lines() -> Spec:
    every = alt.Chart(alt.NamedData("rows"))
    base, target = (
        every.transform_filter("datum.role != 'muted'"),
        every.transform_filter("datum.role == 'muted'"),
    )
    year = _encode(
        alt.X, "year", "ordinal", sort=None, title=None, scale=alt.Scale(type="point", padding=0.6),
        axis=alt.Axis(labelAngle=0, ticks=False, grid=False, domainColor=LOOK["line"], labelPadding=8, **_FONT),
    )  # fmt: skip
    value = _encode(
        alt.Y, "value", "quantitative", title=None, scale=alt.Scale(zero=False, nice=False, padding=28),
        axis=alt.Axis(labels=False, ticks=False, grid=False, domain=False),
    )  # fmt: skip
    colour = _encode(alt.Color, "role", "nominal", scale=_COLOURS, legend=None)
    width = _encode(
        alt.StrokeWidth,
        "role",
        "nominal",
        legend=None,
        scale=alt.Scale(domain=["do_nothing", "programme"], range=[2, 3]),
    )
    tip = [
        _encode(alt.Tooltip, "name", "nominal", title=" "),
        _encode(alt.Tooltip, "text", "nominal", title="Value"),
    ]
    words = _encode(alt.Text, "text", "nominal")
    rule = target.mark_rule(strokeDash=[5, 4], color=LOOK["muted"]).encode(y=value)
    aim = target.mark_text(align="left", x=4, dy=-8, fontSize=12, color=LOOK["muted"]).encode(
        y=value, text=words
    )
    lines = base.mark_line().encode(x=year, y=value, color=colour, strokeWidth=width)
    dots = base.mark_point(filled=True, size=45, opacity=1).encode(x=year, y=value, color=colour, tooltip=tip)
    marks = [_beside(base, year, value, words, side, dy) for side, dy in (("above", -13), ("below", 14))]
    tags = [_name(base, year, value, *place) for place in (("above", -20), ("below", 8))]
    layers = (rule, aim, lines, dots, *(layer for pair in marks for layer in pair), *tags)
    return _spec(alt.layer(*layers).resolve_scale(color="independent"))


def _beside(base: Any, year: Any, value: Any, words: Any, side: str, dy: int) -> tuple[Any, Any]:
    """The value beside its mark, above the higher line and below the lower one, on a ground that keeps it legible."""
    place = base.transform_filter(f"datum.side == '{side}'")
    ground = place.mark_text(
        dy=dy, fontSize=13, fontWeight=600, color=LOOK["paper"], stroke=LOOK["paper"], strokeWidth=5
    )
    text = place.mark_text(dy=dy, fontSize=13, fontWeight=600)
    return ground.encode(x=year, y=value, text=words), text.encode(x=year, y=value, text=words, color=_INK)


def _name(base: Any, year: Any, value: Any, side: str, dy: int) -> Any:
    """A line's name at its end, away from the other line."""
    text = base.transform_filter(f"datum.side == '{side}'").mark_text(
        align="left", baseline="top", dx=28, dy=dy, fontSize=12, lineBreak="|"
    )
    return text.encode(x=year, y=value, text=_encode(alt.Text, "tag", "nominal"), color=_INK)


WATERFALL = _waterfall()
LINES = _lines()


def waterfall_rows(chart: Chart, currency: str) -> pd.DataFrame:
    """The rows of a waterfall: each step from where the last one ended, totals from zero, its amount as text."""
    values = [value or 0.0 for value in chart.series[0].values]
    begins, ends, level = [], [], 0.0
    for place, value in enumerate(values):
        begin = 0.0 if place in chart.totals else level
        level = value if place in chart.totals else level + value
        begins.append(begin)
        ends.append(level)
    low, high = min(0.0, *begins, *ends), max(0.0, *begins, *ends)
    scale = numbers.chart_scale(values, chart.unit)
    return pd.DataFrame(
        {
            "step": list(chart.categories),
            "begin": begins,
            "end": ends,
            "edge": [max(pair) for pair in zip(begins, ends, strict=True)],
            "room": [high + 0.14 * ((high - low) or 1.0)] * len(values),
            "role": list(chart.roles),
            "text": [
                scale.text(value, signed=place not in chart.totals) for place, value in enumerate(values)
            ],
            "exact": [numbers.money_exact(value, currency) for value in values],
        }
    )


def line_rows(chart: Chart, currency: str, target: float | None) -> pd.DataFrame:
    """The rows of a chart of lines by year, the last point of each with its name, and of its target if there is one."""
    rows = [
        row for number, year in enumerate(chart.categories) for row in _year(chart, number, year, currency)
    ]
    if target is not None:
        text = f"Target {numbers.for_unit(target, chart.unit, currency)}"
        rows.append(
            {"year": chart.categories[0], "value": target, "name": "Target", "role": "muted", "text": text}
        )
    return pd.DataFrame(rows, columns=["year", "value", "name", "role", "text", "side", "tag"])


def _year(chart: Chart, number: int, year: str, currency: str) -> list[dict[str, object]]:
    """One year's points from the highest down, the first labelled above its mark and the others below."""
    found = [(value, series) for series in chart.series if (value := series.values[number]) is not None]
    found.sort(key=lambda point: (point[0], point[1].role == "programme"), reverse=True)
    last = number == len(chart.categories) - 1
    return [
        {
            "year": year,
            "value": value,
            "name": series.name,
            "role": series.role,
            "text": numbers.for_unit(value, chart.unit, currency),
            "side": "below" if place else "above",
            "tag": series.name.replace(" the ", " the|", 1) if last else "",
        }
        for place, (value, series) in enumerate(found)
    ]
