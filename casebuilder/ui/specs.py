"""How charts look on screen: each authored and checked once as a plain object without its data."""

from __future__ import annotations

from typing import Any, get_args

import altair as alt

from casebuilder.case import library
from casebuilder.pitch.records import Role

Spec = dict[str, Any]

LOOK = library.look()
#: A key is the place of a mark in three digits, so that equal names stay apart, and its name, maybe in lines.
_LABEL = "split(slice(datum.label, 3), '\\n')"
_FONT: dict[str, Any] = {"labelFontSize": 13, "labelColor": LOOK["ink"], "titleColor": LOOK["muted"]}
_COLOURS = alt.Scale(domain=list(get_args(Role)), range=[LOOK[role] for role in get_args(Role)])

#: Grey is for the line; its words need more contrast.
_INK = alt.Color(
    field="role", type="nominal", legend=None,
    scale=alt.Scale(domain=["do_nothing", "programme"], range=[LOOK["muted"], LOOK["programme"]]),
)  # fmt: skip


#: An axis that only places marks.
_HIDDEN = alt.Axis(labels=False, ticks=False, grid=False, domain=False)


def _encode(channel: Any, field: str, kind: str, **more: Any) -> Any:
    return channel(field=field, type=kind, **more)


def _spec(chart: Any) -> Spec:
    """The checked chart as a plain object without its data."""
    spec: Spec = chart.configure_view(strokeWidth=0).to_dict(validate=True)
    for key in ("$schema", "data", "datasets"):
        spec.pop(key, None)
    return spec


def waterfall() -> Spec:
    """Steps from top to bottom, each from where the last one ended."""
    base = alt.Chart(alt.NamedData("rows"))
    step = _encode(
        alt.Y, "step", "nominal", sort=None, title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=260, labelPadding=10, grid=False, **_FONT),
    )  # fmt: skip
    span = _encode(
        alt.X, "begin", "quantitative", title=None, axis=_HIDDEN, scale=alt.Scale(nice=False, padding=4)
    )
    colour = _encode(alt.Color, "role", "nominal", scale=_COLOURS, legend=None)
    tip = [
        _encode(alt.Tooltip, "step", "nominal", title=" "),
        _encode(alt.Tooltip, "exact", "nominal", title="Present value"),
    ]
    bars = base.mark_bar(height={"band": 0.68}).encode(
        y=step, x=span, x2=alt.X2(field="end"), color=colour, tooltip=tip
    )
    zero = base.mark_rule(aria=False, color=LOOK["line"]).encode(x=alt.XDatum(0, type="quantitative"))
    text = base.mark_text(align="left", dx=6, fontSize=13, color=LOOK["ink"]).encode(
        y=step,
        x=_encode(alt.X, "edge", "quantitative", axis=_HIDDEN),
        text=_encode(alt.Text, "text", "nominal"),
    )
    room = base.mark_point(opacity=0, size=1).encode(
        y=step, x=_encode(alt.X, "room", "quantitative", axis=_HIDDEN)
    )
    return _spec(alt.layer(zero, bars, text, room))


def lines() -> Spec:
    """Lines by year with their values and names, and a target where there is one."""
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
        axis=_HIDDEN,
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
    rule = target.mark_rule(aria=False, strokeDash=[5, 4], color=LOOK["muted"]).encode(y=value)
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


def _says(base: Any, where: str, place: dict[str, Any], align: str, dx: int, **more: Any) -> tuple[Any, Any]:
    """The words of the rows that meet a condition, on a ground that no line crosses."""
    rows, place = base.transform_filter(where), {**place, "text": _encode(alt.Text, "text", "nominal")}
    look = {"align": align, "dx": dx, "fontSize": 13, "color": LOOK["ink"], **more}
    ground = {**look, "color": LOOK["paper"], "stroke": LOOK["paper"], "strokeWidth": 4}
    return rows.mark_text(**ground).encode(**place), rows.mark_text(**look).encode(**place)


def ranges() -> Spec:
    """Bars from a low to a high end around one value, with words at both ends."""
    every = alt.Chart(alt.NamedData("rows"))
    ends, centre = (every.transform_filter(f"datum.part == '{part}'") for part in ("end", "centre"))
    name = _encode(
        alt.Y, "key", "nominal", sort=None, title=None,
        axis=alt.Axis(
            ticks=False, domain=False, labelLimit=0, labelPadding=10, grid=False, labelExpr=_LABEL, **_FONT
        ),
    )  # fmt: skip
    value = _encode(
        alt.X, "end", "quantitative", title=None, axis=_HIDDEN, scale=alt.Scale(nice=False, zero=False)
    )
    tip = [
        _encode(alt.Tooltip, field, "nominal", title=title)
        for field, title in (("name", " "), ("words", "End"), ("exact", "Value"))
    ]
    bars = ends.mark_bar(height={"band": 0.66}).encode(
        y=name, x=value, x2=alt.X2(field="begin"), tooltip=tip,
        color=_encode(alt.Color, "role", "nominal", scale=_COLOURS, legend=None),
        opacity=_encode(alt.Opacity, "strength", "quantitative", legend=None, scale=None),
    )  # fmt: skip
    rule = centre.mark_rule(aria=False, color=LOOK["ink"], strokeWidth=1).encode(x=value)
    above = {"y": -10, "fontSize": 12, "fontWeight": 600}
    texts = (
        *_says(ends, "datum.side == 'left'", {"y": name, "x": value}, "right", -6),
        *_says(ends, "datum.side == 'right'", {"y": name, "x": value}, "left", 6),
        *_says(every, "datum.part == 'centre'", {"x": value}, "center", 0, **above),
        *_says(every, "datum.part == 'low'", {"x": value}, "right", -40, **above),
        *_says(every, "datum.part == 'high'", {"x": value}, "left", 40, **above),
    )
    room = every.transform_filter("datum.part == 'room'").mark_point(opacity=0, size=1).encode(x=value)
    return _spec(alt.layer(bars, rule, *texts, room))


def columns() -> Spec:
    """Columns in their own colours, with words above those that have some."""
    every = alt.Chart(alt.NamedData("rows"))
    marked = every.transform_filter("datum.text != ''")
    name = _encode(
        alt.X, "key", "nominal", sort=None, title=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0),
        axis=alt.Axis(
            labelAngle=0, labelOverlap="parity", labelSeparation=14, labelLimit=0, labelFlush=False, ticks=False,
            grid=False, domainColor=LOOK["muted"], labelPadding=6, labelExpr=_LABEL, **_FONT,
        ),
    )  # fmt: skip
    value = _encode(alt.Y, "value", "quantitative", title=None, axis=_HIDDEN, scale=alt.Scale(nice=False))
    tip = [
        _encode(alt.Tooltip, field, "nominal", title=title)
        for field, title in (("name", " "), ("exact", "Value"))
    ]
    stem, level, room = (_encode(alt.Y, f, "quantitative", axis=_HIDDEN) for f in ("stem", "level", "room"))
    beside = _encode(alt.XOffset, "series", "nominal")
    bars = every.mark_bar().encode(
        x=name,
        xOffset=beside,
        y=value,
        tooltip=tip,
        color=_encode(alt.Color, "role", "nominal", scale=_COLOURS, legend=None),
    )
    stems = marked.mark_rule(aria=False, color=LOOK["muted"], strokeWidth=1).encode(
        x=name, xOffset=beside, y=stem, y2=alt.Y2(field="level")
    )
    look, place = {"dy": -8, "fontWeight": 600}, {"x": name, "xOffset": beside, "y": level}
    texts = (
        layer
        for align, dx in (("left", -3), ("center", 0), ("right", 3))
        for layer in _says(marked, f"datum.align == '{align}'", place, align, dx, **look)
    )
    above = every.mark_point(opacity=0, size=1).encode(x=name, y=room)
    return _spec(alt.layer(bars, stems, *texts, above))
