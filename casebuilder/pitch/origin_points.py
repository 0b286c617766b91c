"""The numbers that an exhibit shows and that can be asked where they come from: figures, chart values, cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.origin_keys import Spot, across, keys_of, spots, value
from casebuilder.pitch.origin_studies import done
from casebuilder.pitch.records import Chart, Exhibit, Figure, Series, Table


@dataclass(frozen=True)
class Point:
    """A number on screen: what it is called, as it reads, its value, the numbers of a run that make it.

    Where it takes many runs there are no `spots` and `done` says what was done. `value` is None for a cell of words.
    """

    label: str
    text: str
    value: float | None
    key: str
    spots: tuple[Spot, ...]
    done: str = ""


def points(results: Results, exhibit: Exhibit) -> tuple[Point, ...]:
    """Every number of an exhibit that has an origin, figures before the chart before the table."""
    found = [
        *(point(results, figure) for figure in exhibit.figures),
        *(each for series in _series(exhibit.chart) for each in _of_series(results, exhibit, series)),
        *(_of_table(results, exhibit.table) if exhibit.table is not None else ()),
    ]
    return tuple(each for each in found if each.spots or each.done)


def point(results: Results, figure: Figure) -> Point:
    """A figure as a number that can be asked."""
    found = spots(results, figure.key)
    said = "" if found else done(figure.key)
    return Point(figure.label, figure.text, figure.value, figure.key, found, said)


def _series(chart: Chart | None) -> tuple[Series, ...]:
    return chart.series if chart is not None else ()


def _of_series(results: Results, exhibit: Exhibit, series: Series) -> Iterator[Point]:
    """The values of a series; a gap has no origin."""
    chart = exhibit.chart
    assert chart is not None
    count = len(chart.categories)
    keys = keys_of(results, series, count)
    for place, (name, found) in enumerate(zip(chart.categories, series.values, strict=True)):
        if found is None:
            continue
        read = tuple(_spread(results, spot, count, place) for spot in spots(results, keys[place]))
        label = name if len(chart.series) == 1 else f"{name}: {series.name}"
        text = numbers.for_unit(found, chart.unit, results.case.company.currency)
        said = "" if read else done(keys[place], exhibit.id)
        yield Point(label, text, found, keys[place], read, said)


def _spread(results: Results, spot: Spot, count: int, place: int) -> Spot:
    """The spot of one of so many values: of a line over time its own year or periods."""
    return replace(across(results, spot, count)[place], negative=spot.negative)


def _of_table(results: Results, table: Table) -> Iterator[Point]:
    """The cells of a table that have a key."""
    for row, keys in zip(table.rows, table.keys, strict=False):
        for head, text, key in zip(table.columns, row, keys, strict=False):
            found = spots(results, key) if key else ()
            amount = _together(results, found) if found else None
            if key:
                yield Point(f"{row[0]}: {head}", text, amount, key, found, "" if found else done(key))


def _together(results: Results, found: tuple[Spot, ...]) -> float | None:
    """The sum of some numbers; None where one of them is missing."""
    values = [value(results, spot) for spot in found]
    known = [each for each in values if each is not None]
    return sum(known) if len(known) == len(values) else None
