"""Summary: every figure of every run is Results' own and lives, nothing is blended, charts hold their numbers."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import formualizer
import pytest
from lxml import etree

from casebuilder.case import library
from casebuilder.model.inputs import values
from casebuilder.model.model import evaluate
from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.words import label_of, option_label, scenario_label
from casebuilder.workbook.layout import COVER, INPUTS, SELECTED, SUMMARY, Layout
from casebuilder.workbook.plan import APART, BESIDE, FIRST_RUN, RETURNS
from casebuilder.workbook.sheets.notes import irr_names, payback_names
from tests.workbook import made, sheets

EXAMPLE, HARM = Path("examples/growth_network.yaml"), Path("tests/golden/harm.yaml")
MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def read(path: Path) -> tuple[Results, bytes, Any]:
    """Results, the workbook, and what another program reads in it."""
    return made.results(path), made.content(path), made.stored(path)


def runs(results: Results) -> list[Outcome]:
    """The runs in the order of the columns."""
    return [*results.scenarios.values(), results.asked]


def shown(sheet: Any, label: str, count: int) -> list[Any]:
    """The cells of the runs in the row of a label."""
    (row,) = (cell.row for cell in sheet["A"] if cell.value == label)
    return [sheet.cell(row, FIRST_RUN + 1 + number).value or None for number in range(count)]


def wanted(results: Results, outcomes: list[Outcome]) -> dict[str, list[float | None]]:
    """What each row of Summary must hold, by its label."""
    lines = [(f"pv.{name}", label_of(name), "") for name in results.benefit_lines]
    found = {
        words: [outcome.number(key) or None for outcome in outcomes]
        for key, words, _ in (*RETURNS, *APART, *lines, *BESIDE)
    }
    found["Freed capacity, hours of agents over the horizon"] = [
        sum(outcome.flow("hours_freed")) or None for outcome in outcomes
    ]
    for year in range(1, results.case.company.years + 1):
        period = year * results.case.company.periods_per_year
        factors = outcomes[0].flow("factor")[: period + 1]
        label = f"After {year} year" + ("s" if year > 1 else "")
        found[label] = [
            sum(net * factor for net, factor in zip(outcome.flow("net"), factors, strict=False))
            for outcome in outcomes
        ]
    return found


@pytest.mark.parametrize("path", [EXAMPLE, HARM], ids=lambda path: path.stem)
def test_every_figure_is_the_evaluated_one(path: Path) -> None:
    results, _, stored = read(path)
    outcomes = runs(results)
    for label, want in wanted(results, outcomes).items():
        near = [value if value is None else pytest.approx(value, rel=1e-9) for value in want]
        assert shown(stored[SUMMARY], label, len(outcomes)) == near, label


@pytest.mark.parametrize("path", [EXAMPLE, HARM], ids=lambda path: path.stem)
def test_states_are_said_in_words(path: Path) -> None:
    results, _, stored = read(path)
    outcomes = runs(results)
    for label, key, names in (
        ("Rate of return, in words", "irr_state", irr_names()),
        ("Payback, in words", "payback_state", payback_names()),
    ):
        want = [names[round(outcome.amount(key))] for outcome in outcomes]
        assert shown(stored[SUMMARY], label, len(outcomes)) == want


def test_nothing_is_blended() -> None:
    """A number on Summary is one cell of one Calc sheet, or the sum of one row of it: cash is never added to hours."""
    results, book = made.results(EXAMPLE), made.written(EXAMPLE)
    cell, across = (
        r"'Calc \w+'!\$?[A-Z]+\$\d+",
        r"SUM\('Calc \w+'!\$[A-Z]+\$(?P<row>\d+):\$[A-Z]+\$(?P=row)\)",
    )
    rows = book[SUMMARY].iter_rows(min_row=7, min_col=FIRST_RUN + 1, max_col=FIRST_RUN + len(runs(results)))
    found = [str(each.value) for row in rows for each in row if str(each.value).startswith("=")]
    assert len(found) > 100
    for text in found:
        assert re.fullmatch(rf"=({cell}|{across})|=INDEX\(Notes!\$A\$\d+:\$A\$\d+,{cell}\+1\)", text), text


def test_it_shows_what_is_selected_above_the_columns() -> None:
    results, _, stored = read(EXAMPLE)
    sheet, last = stored[SUMMARY], FIRST_RUN + len(runs(results))
    assert sheet["A4"].value == "Selected on Inputs: Risk-adjusted, Growth"
    assert [sheet.cell(row, last).value for row in (4, 5, 6)] == ["Selected", "Risk-adjusted", "Growth"]
    names = [sheet.cell(5, column).value for column in range(FIRST_RUN + 1, last)]
    assert names == [scenario_label(id) for id in results.scenarios]
    links = {
        cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink
    }
    layout = Layout(results.case, results.model)
    assert links == {name: f"'{name}'!A1" for name in (*layout.calc_names.values(), SELECTED)}


def test_another_engine_finds_the_same_after_a_change() -> None:
    """An input and both selectors typed over: every formula of Cover and Summary is that of a new evaluation."""
    results, content, stored = read(EXAMPLE)
    layout, shape = Layout(results.case, results.model), results.model.shape
    key = f"segments[{results.case.segments[0].name}].win_rate"
    inputs = values(results.case, shape) | {key: 0.31, "company.tax_rate": 0.25}
    book = formualizer.load_workbook_bytes(content)
    for name in (key, "company.tax_rate"):
        cell = layout.input_cell(name)
        book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.number(inputs[name]))
    for kind, text in (("scenario", scenario_label("optimistic")), ("option", option_label("do_nothing"))):
        cell = layout.input_cell(f"select.{kind}")
        book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.text(text))
    book.evaluate_all()

    def run(scenario: str, option: str) -> Outcome:
        chosen = {
            "run.scenario": shape.scenarios.index(scenario) + 1.0,
            "run.option": shape.options.index(option) + 1.0,
        }
        return Outcome(scenario, option, evaluate(results.model, inputs | chosen))

    outcomes = [*(run(id, AS_SET) for id in shape.scenarios), run("optimistic", "do_nothing")]
    rows = {cell.value: cell.row for cell in stored[SUMMARY]["A"]}
    for label, want in wanted(results, outcomes).items():
        for number, value in enumerate(want, FIRST_RUN + 1):
            found = book.get_value(SUMMARY, rows[label], number)
            large = 1e7
            assert sheets.agree(found or 0.0, value or 0.0, large), (label, number, found, value)
    assert book.get_value(SUMMARY, 4, 1) == "Selected on Inputs: Everything high, Do nothing"
    assert book.get_value(SUMMARY, 5, 1) == "All money in USD, after tax"
    at = {cell.value: cell.row for cell in stored[COVER]["A"]}
    assert book.get_value(COVER, at["Net present value"], 3) == pytest.approx(0, abs=1e-6)
    assert book.get_value(COVER, at["Risk-adjusted, Growth"], 1) == "Everything high, Do nothing"
    assert book.get_value(COVER, at["It pays at the hurdle rate"], 1) == "It does not pay at the hurdle rate"
    assert book.get_value(COVER, at["Rate of return found. Paid back."], 1).endswith("Never needs money.")
    assert book.get_value(COVER, at["Cost until 30 September 2027"], 3) == pytest.approx(0, abs=1e-6)


# The charts


def charts(content: bytes) -> list[etree._Element]:
    """The charts of Summary: no other sheet before it has one."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return [etree.fromstring(parts.read(f"xl/charts/chart{number}.xml")) for number in (1, 2, 3)]


def cache(chart: etree._Element, kind: str) -> list[str]:
    """The values that a chart carries: `cat` or `val`."""
    (found,) = chart.iter(f"{MAIN}{kind}")
    assert len(list(found.iter(f"{MAIN}numCache" if kind == "val" else f"{MAIN}strCache"))) == 1
    (count,) = found.iter(f"{MAIN}ptCount")
    points = [point.findtext(f"{MAIN}v") for point in found.iter(f"{MAIN}pt")]
    assert len(points) == int(count.get("val"))
    return points


@pytest.mark.parametrize("path", [EXAMPLE, HARM], ids=lambda path: path.stem)
def test_charts_carry_their_numbers(path: Path) -> None:
    results, content, _ = read(path)
    flow, lines, scenarios = charts(content)
    want = [pytest.approx(value, rel=1e-9) for value in results.asked.row("cumulative")]
    assert [float(value) for value in cache(flow, "val")] == want
    assert cache(flow, "cat")[0] == "Decision"
    assert [float(value) for value in cache(lines, "val")] == [
        pytest.approx(results.asked.amount(f"pv.{name}"), rel=1e-9) for name in results.benefit_lines
    ]
    assert cache(lines, "cat") == [label_of(name) for name in results.benefit_lines]
    assert [float(value) for value in cache(scenarios, "val")] == [
        pytest.approx(outcome.npv, rel=1e-9) for outcome in results.scenarios.values()
    ]
    assert cache(scenarios, "cat") == [scenario_label(id) for id in results.scenarios]
    assert library.look()["harm"].lstrip("#").encode() in etree.tostring(scenarios)


@pytest.mark.parametrize("path", [EXAMPLE, HARM], ids=lambda path: path.stem)
def test_charts_overlap_neither_each_other_nor_the_table_and_say_what_they_are(path: Path) -> None:
    results, content, stored = read(path)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        drawing = etree.fromstring(parts.read("xl/drawings/drawing1.xml"))
    places = []
    for anchor in drawing.iter(f"{DRAWN}twoCellAnchor"):
        ends = [anchor.find(f"{DRAWN}{end}") for end in ("from", "to")]
        place = [int(end.findtext(f"{DRAWN}{axis}")) for end in ends for axis in ("col", "row")]
        places.append(place)
        (said,) = anchor.iter(f"{DRAWN}cNvPr")
        assert len(said.get("descr")) > 40
    assert len(places) == 3
    right = FIRST_RUN + len(runs(results))
    last = max(cell.row for cell in stored[SUMMARY]["A"] if cell.value is not None)
    assert all(place[0] > right and place[3] <= last for place in places)
    assert all(above[3] < below[1] for above, below in pairwise(places))
    area = stored[SUMMARY].print_area
    assert re.fullmatch(rf"'Summary'!\$A\$1:\$[A-Z]+\${last}", area)
