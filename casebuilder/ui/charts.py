"""The charts on screen, each authored and checked once when this is imported; a rerun sends nothing but its rows."""

from __future__ import annotations

import textwrap

import pyarrow as pa

from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart
from casebuilder.ui import specs
from casebuilder.ui.tables import as_table

#: Pixels; the same at every rerun, so that nothing jumps.
WATERFALL_HEIGHT, LINES_HEIGHT = 330, 250
COLUMNS_HEIGHT = 280
_BAR, _LINE_OF_NAME, _ABOVE = 34, 17, 40
#: So many columns carry all their values.
_FEW = 16
#: Characters of a name on one line and of the words at a mark at most; wider words stand in the tooltip alone.
_NAME, _WORDS = 40, 18
#: Pixels: a character at most, a chart over its width and the bars of one beside their names at least.
_CHARACTER, _WIDTH, _BARS = 7.5, 620, 400

WATERFALL = specs.waterfall()
LINES = specs.lines()
RANGES = specs.ranges()
COLUMNS = specs.columns()


def waterfall_rows(chart: Chart, currency: str) -> pa.Table:
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
    return pa.table(
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


def line_rows(chart: Chart, currency: str, target: float | None) -> pa.Table:
    """The rows of a chart of lines by year, the last point of each with its name, and of its target if there is one."""
    rows = [
        row for number, year in enumerate(chart.categories) for row in _year(chart, number, year, currency)
    ]
    if target is not None:
        text = f"Target {numbers.for_unit(target, chart.unit, currency)}"
        rows.append(
            {"year": chart.categories[0], "value": target, "name": "Target", "role": "muted", "text": text}
        )
    return as_table(rows, ("year", "value", "name", "role", "text", "side", "tag"))


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


def range_height(chart: Chart) -> int:
    """Pixels for the bars of a chart of ranges, whose names may take several lines."""
    lines = max((len(_wrapped(name).split("\n")) for name in chart.categories), default=1)
    return _ABOVE + len(chart.categories) * max(_BAR, _LINE_OF_NAME * lines + 8)


def range_rows(chart: Chart, currency: str) -> pa.Table:
    """The rows of a chart of ranges: both ends of each bar, the centre, names of the ends, and room at the sides.

    A bar whose ends lie on one side of the centre goes from the nearer to the farther one.
    """
    known = [value for series in chart.series for value in series.values if value is not None]
    centre = chart.centre or 0.0
    low, high = min([centre, *known]), max([centre, *known])
    scale = numbers.chart_scale(known, chart.unit, chart.scale if chart.unit != "share" else None)
    rows = [
        row for number in range(len(chart.categories)) for row in _bar(chart, number, centre, scale, currency)
    ]
    wide = 0.03 + max((len(str(row["text"])) for row in rows), default=0) * _CHARACTER / _BARS
    pad = ((high - low) or 1.0) * wide / (1 - 2 * wide)
    rows.append({"part": "centre", "end": centre, "text": scale.text(centre)})
    if all(row["side"] == ("left", "right")[row["series"] == 1] for row in rows[:-1]):
        first, second = (series.name for series in chart.series)
        rows += [
            {"part": "low", "end": centre, "text": f"← {first}"},
            {"part": "high", "end": centre, "text": f"{second} →"},
        ]
    rows += [{"part": "room", "end": low - pad}, {"part": "room", "end": high + pad}]
    columns = ("part", "key", "name", "begin", "end", "role", "strength", "side", "text", "exact", "words")
    return as_table(rows, columns)


def _bar(
    chart: Chart, number: int, centre: float, scale: numbers.Scale, currency: str
) -> list[dict[str, object]]:
    """Both ends of one bar; the nearer of two on the same side has no length and keeps only its words."""
    ends = [series.values[number] for series in chart.series]
    words = [
        series.labels[number] if series.labels else scale.text(end)
        for series, end in zip(chart.series, ends, strict=True)
    ]
    found = [(place, end) for place, end in enumerate(ends) if end is not None]
    apart = [value - centre for _, value in found]
    begin = min(apart, key=abs) + centre if len(found) == 2 and min(apart) * max(apart) >= 0 else centre
    return [
        {
            "part": "end",
            "series": place,
            "key": f"{number:03d}{_wrapped(chart.categories[number])}",
            "name": chart.categories[number],
            "begin": begin,
            "end": value,
            "role": chart.series[place].role,
            "strength": 1.0 if place else 0.5,
            "side": _side(place, found, centre),
            "text": words[place] if len(words[place]) <= _WORDS else scale.text(value),
            "exact": _exact(value, chart.unit, currency),
            "words": f"{chart.series[place].name}: {words[place]}",
        }
        for place, value in found
    ]


def _side(place: int, found: list[tuple[int, float]], centre: float) -> str:
    """Where the words of an end stand: beyond it, seen from the other end or from the centre."""
    here = next(value for other, value in found if other == place)
    there = next((value for other, value in found if other != place), centre)
    return "left" if here < there or (here == there and place == 0) else "right"


def _exact(value: float, unit: str, currency: str) -> str:
    return (
        numbers.money_exact(value, currency) if unit == "money" else numbers.for_unit(value, unit, currency)
    )


def _wrapped(name: str, most: int = _NAME) -> str:
    """A name in lines of so many characters at most, as far as its words allow."""
    return "\n".join(textwrap.wrap(name, max(1, most), break_long_words=False)) or name


def column_rows(chart: Chart, currency: str) -> pa.Table:
    """The rows of columns, each in its own role where the chart names one.

    Few columns carry all their values; of many only marked ones carry words, above all columns.
    """
    rows = [row for number in range(len(chart.series)) for row in _columns_of(chart, number, currency)]
    return as_table(rows, tuple(rows[0]) if rows else ())


def _columns_of(chart: Chart, number: int, currency: str) -> list[dict[str, object]]:
    """One series of columns; those beside each other in a category keep the order of the series."""
    series, count = chart.series[number], len(chart.categories)
    few, wide = count * len(chart.series) <= _FEW, int(_WIDTH / count / _CHARACTER)
    every = [value for row in chart.series for value in row.values if value is not None]
    scale = numbers.chart_scale(every, chart.unit, chart.scale if chart.unit != "share" else None)
    values, top = [value or 0.0 for value in series.values], max([0.0, *every]) or 1.0
    texts = list(series.labels) or [scale.text(value) if few else "" for value in series.values]
    lines = [0] * count if few else _levels(texts)
    levels = [
        max(value, 0.0) if few else top * (1.06 + 0.1 * line)
        for value, line in zip(values, lines, strict=True)
    ]
    return [
        {
            "key": f"{place:03d}{_wrapped(name, wide) if few else name}",
            "name": name if len(chart.series) == 1 else f"{name}: {series.name}",
            "series": number,
            "value": values[place],
            "role": chart.roles[place] if chart.roles and not number else series.role,
            "exact": _exact(values[place], chart.unit, currency),
            "text": texts[place],
            "stem": levels[place] if few else values[place],
            "level": levels[place],
            "room": max(top, *levels) + 0.1 * top if any(texts) else top,
            "align": "center" if few else _align(place, count),
        }
        for place, name in enumerate(chart.categories)
    ]


def _levels(texts: list[str]) -> list[int]:
    """For each column the line above the columns on which its words stand clear of those at their left."""
    taken: list[float] = []
    levels = []
    for place, text in enumerate(texts):
        wide = (len(text) + 2) * _CHARACTER / _WIDTH * len(texts)
        before = {"left": 0.0, "center": wide / 2, "right": wide}[_align(place, len(texts))]
        level = (
            next((line for line, end in enumerate(taken) if end <= place - before), len(taken)) if text else 0
        )
        levels.append(level)
        if text:
            taken[level:] = [place - before + wide, *taken[level + 1 :]]
    return levels


def _align(place: int, count: int) -> str:
    """Words of columns near an edge keep inside it."""
    return "left" if place < 0.15 * count else "right" if place >= 0.85 * count else "center"
