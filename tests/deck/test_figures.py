"""Every number in the file is the one that its key names in Results: figures, charts, cells, titles, marks."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from casebuilder.deck.histogram import NAMES
from casebuilder.deck.tornado import HIDDEN
from casebuilder.deck.waterfall import VALUE
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Exhibit
from tests.deck import decks
from tests.deck.results_by_key import Named

POWERS = {"billion": 1e9, "million": 1e6, "thousand": 1e3}
SUFFIXES = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "": 1.0}
#: What may stand where a number of months is asked for and there is none.
NO_MONTHS = {"not", "not reached", "nothing to pay back"}

#: Exhibit -> lines of the run that is asked for, or of any scenario of it, whose amounts its title may say.
IN_TITLES = {
    "decision": ("npv",),
    "benefits": ("npv", "pv_benefits", "pv_costs", "pv_tax"),
    "scenarios": ("npv",),
    "cash_flow": ("peak_funding", "ends_at"),
}


@cache
def named(name: str) -> Named:
    return Named(decks.results(name), decks.certainty(name))


def slides(name: str, persona: str) -> Iterator[tuple[Exhibit, Any]]:
    """Each slide with the exhibit that its shapes are named after."""
    pitch = decks.told(name, persona)
    for slide in decks.read(name, persona).slides:
        id = next(iter(slide.shapes)).name.split("/")[0]
        yield pitch.exhibit(id), slide


@pytest.mark.parametrize(("name", "persona"), decks.SHOWN + decks.HARD)
def test_figures_are_the_results_of_their_keys(name: str, persona: str) -> None:
    currency, found = decks.case(name).company.currency, 0
    for exhibit, slide in slides(name, persona):
        units = {figure.key: figure.unit for figure in exhibit.figures}
        for shape in slide.shapes:
            _, _, key = shape.name.partition("/figure ")
            if key:
                value, said = named(name).value(key), shape.text_frame.paragraphs[0].text
                if value is None:
                    assert said in NO_MONTHS, (exhibit.id, key)
                else:
                    assert said == numbers.for_unit(value, units[key], currency), (exhibit.id, key)
                found += 1
    assert found or len(decks.told(name, persona).exhibits) <= 2


@pytest.mark.parametrize(("name", "persona"), decks.SHOWN + decks.HARD)
def test_charts_hold_the_results_of_their_keys(name: str, persona: str) -> None:
    for exhibit, slide in slides(name, persona):
        for shape in slide.shapes:
            if shape.has_chart and exhibit.chart and not _part_of_a_roadmap(shape, exhibit):
                for drawn, series in zip(_values(shape.chart), exhibit.chart.series, strict=True):
                    if series.key:
                        wanted = named(name).row(series.key, len(drawn))
                        assert _known(drawn) == pytest.approx(_known(wanted), rel=1e-12), (
                            exhibit.id,
                            series.key,
                        )


def _known(values: Sequence[float | None]) -> dict[int, float]:
    """The values that there are, by their place."""
    return {place: value for place, value in enumerate(values) if value is not None}


def _part_of_a_roadmap(shape: Any, exhibit: Exhibit) -> bool:
    """Whether a chart shows some of the rows only, those that the table beside it names."""
    return len(shape.chart.plots[0].categories) != len(exhibit.chart.categories) if exhibit.chart else False


def _values(native: Any) -> list[list[float | None]]:
    """The values of each series; of a waterfall those that its worksheet says it is edited from."""
    book = openpyxl.load_workbook(BytesIO(native.part.chart_workbook.xlsx_part.blob))
    columns = {str(column[0]): list(column[1:]) for column in book.active.iter_cols(values_only=True)}
    if VALUE in columns:
        return [columns[VALUE]]
    rows = [row for plot in native.plots for row in plot.series if row.name not in (HIDDEN, NAMES)]
    assert all(list(row.values) == columns[row.name] for row in rows), "what is drawn is what can be edited"
    return [list(row.values) for row in rows]


@pytest.mark.parametrize(("name", "persona"), decks.SHOWN + decks.HARD)
def test_cells_are_the_results_of_their_keys(name: str, persona: str) -> None:
    currency = decks.case(name).company.currency
    shown: dict[str, list[list[str]]] = {}
    for exhibit, slide in slides(name, persona):
        for shape in slide.shapes:
            if shape.has_table:
                rows = [[cell.text for cell in row.cells] for row in list(shape.table.rows)[1:]]
                shown.setdefault(exhibit.id, []).extend(rows)
    for exhibit in decks.told(name, persona).exhibits:
        for texts, keys in zip(
            shown.get(exhibit.id, ()), exhibit.table.keys if exhibit.table else (), strict=False
        ):
            for text, key in zip(texts, keys, strict=False):
                if key and not key.startswith("analysis/versions"):
                    value = named(name).value(key)
                    unit = "money" if key.startswith("analysis/") else named(name).unit(key)
                    if value is None:
                        assert text in {*NO_MONTHS, numbers.NOTHING}, (exhibit.id, key)
                    else:
                        assert text == numbers.for_unit(value, unit, currency), (exhibit.id, key)


@pytest.mark.parametrize(("name", "persona"), decks.SHOWN + decks.HARD)
def test_amounts_in_titles_are_results(name: str, persona: str) -> None:
    results, currency = decks.results(name), decks.case(name).company.currency
    asked = results.asked
    runs = [results.outcome(scenario, asked.option) for scenario in results.scenarios]
    own = named(name)
    for exhibit, slide in slides(name, persona):
        if exhibit.id not in IN_TITLES:
            continue
        allowed = {"ends_at": asked.flow("cumulative")[-1]}
        values = [
            allowed[key] if key in allowed else run.amount(key)
            for run in runs
            for key in IN_TITLES[exhibit.id]
        ]
        values += [value for figure in exhibit.figures if (value := own.value(figure.key)) is not None]
        values += _without(exhibit, own)
        said = _amounts(slide.shapes.title.text_frame.text, currency)
        for amount, digits in said:
            near = [v for v in values if abs(abs(v) - abs(amount)) <= digits]
            assert near, (exhibit.id, slide.shapes.title.text_frame.text)


def _without(exhibit: Exhibit, own: Named) -> list[float]:
    """The numbers of figures where nothing is done, beside which a title sets them."""
    keys = [figure.key.replace("/with/", "/without/") for figure in exhibit.figures if "/with/" in figure.key]
    return [value for key in keys if (value := own.value(key)) is not None]


def _amounts(text: str, currency: str) -> list[tuple[float, float]]:
    """Amounts of money in a sentence, each with half of its last digit."""
    found = re.findall(rf"{currency}\s(−?)([\d,]*\d(?:\.(\d+))?)(?:\s([KMBT])\b)?", text)
    return [
        (
            (-1 if sign else 1) * float(digits.replace(",", "")) * SUFFIXES[suffix],
            0.5000001 * 10 ** -len(decimals) * SUFFIXES[suffix]
            if decimals
            else _half(digits, SUFFIXES[suffix]),
        )
        for sign, digits, decimals, suffix in found
    ]


def _half(digits: str, size: float) -> float:
    """Half of the last digit that counts: whole amounts are written with three of them, zeros at the end left out."""
    return 0.5000001 * size * 10 ** max(0, len(digits.replace(",", "")) - 3)


@pytest.mark.parametrize(("name", "persona"), decks.SHOWN + decks.HARD)
def test_marks_are_their_values_in_the_unit_above_the_chart(name: str, persona: str) -> None:
    for exhibit, slide in slides(name, persona):
        headings = {
            s.name.rsplit("/", 1)[0]: s.text_frame.text for s in slide.shapes if s.name.endswith("heading")
        }
        for shape in slide.shapes:
            if shape.has_chart and exhibit.chart and exhibit.chart.unit == "money":
                above = headings[shape.name.rsplit("/", 1)[0]]
                power = next((POWERS[word] for word in POWERS if re.search(rf"\b{word}\b", above)), 1.0)
                for code in shape.chart._chartSpace.xpath(".//c:dLbls/c:numFmt/@formatCode"):
                    first = code.split(";")[0]
                    assert 1000.0 ** (len(first) - len(first.rstrip(","))) == power, (exhibit.id, above, code)
                if exhibit.chart.kind == "waterfall":
                    _marks(shape.chart, power, exhibit.id)


def _marks(native: Any, power: float, id: str) -> None:
    """The label of each step of a waterfall, read as a number, is its value."""
    said = ["".join(label.xpath(".//a:t/text()")) for label in native._chartSpace.xpath(".//c:dLbl[c:tx]")]
    for text, value in zip(said, _values(native)[0], strict=True):
        decimals = len(text.partition(".")[2])
        shown = float(text.replace("−", "-").replace(",", "")) * power
        assert abs(shown - value) <= 0.5000001 * power * 10**-decimals, (id, text, value)
