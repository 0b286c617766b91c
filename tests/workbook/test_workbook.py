"""The workbook read back: live formulas everywhere, cached values from Results, one row plan, nothing that can bite."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from casebuilder import build
from casebuilder.case import loads
from casebuilder.model.expressions import Line
from casebuilder.model.inputs import values
from casebuilder.model.results import Results
from casebuilder.workbook.layout import CHECKS, INPUTS, MASTER, MASTER_ROW, SELECTED, SUMMARY, Layout
from tests.workbook import sheets

LONGEST, REFERENCES = 120, 8
NUMBERS = {"0", "1", "2", "12", "60", "100", "365"}


@pytest.fixture(scope="module")
def written(whole: Path) -> dict[sheets.Cell, str]:
    return sheets.formulas(whole)


def test_sheets_are_named_and_ordered(evaluated: Results, whole: Path) -> None:
    names = openpyxl.load_workbook(whole, read_only=True).sheetnames
    scenarios = [f"Calc {id}" for id in evaluated.case.scenario_table]
    views = names[2 : 2 + len(evaluated.case.stakeholders)]
    assert all(name.startswith("For ") for name in views)
    assert names == [
        "Cover", "Summary", *views, "Inputs", *scenarios, "Calc selected", "Options", "How sure", "Checks", "Changes",
        "Budget", "Tracking", "Evidence", "Notes",
    ]  # fmt: skip


def test_cached_values_are_the_evaluated_ones(evaluated: Results, whole: Path) -> None:
    layout = Layout(evaluated.case, evaluated.model)
    want = sheets.expected(evaluated, layout)
    assert len(want) > 10_000
    assert not sheets.disagreements(sheets.cached(whole), want, {})[:5]


def test_every_computed_cell_is_a_formula(evaluated: Results, written: dict[sheets.Cell, str]) -> None:
    layout = Layout(evaluated.case, evaluated.model)
    assert not [cell for cell in sheets.expected(evaluated, layout) if cell not in written][:5]


def test_formulas_are_short_and_hold_no_numbers_of_the_world(
    evaluated: Results, written: dict[sheets.Cell, str]
) -> None:
    for cell, text in written.items():
        bare = re.sub(r'"[^"]*"|\'[^\']*\'', "", text)
        references = re.findall(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?", bare)
        numbers = re.findall(r"(?<![A-Z$\d.])\d+\.?\d*(?![\d(])", bare)
        assert len(text) - 1 <= LONGEST, (cell, text)
        assert len(references) <= REFERENCES, (cell, text)
        assert len(re.findall(r"(?<![A-Z])IF\(", bare)) <= 1, (cell, text)
        assert set(numbers) <= NUMBERS, (cell, text)
        assert (
            "IFERROR" not in bare and "OFFSET" not in bare and "INDIRECT" not in bare and "NPV(" not in bare
        )


def test_one_formula_per_row(evaluated: Results, written: dict[sheets.Cell, str]) -> None:
    """From period 1 to T, and from year 1 to N, a row holds the same formula relative to its column."""
    layout = Layout(evaluated.case, evaluated.model)
    for line in layout.rows:
        if not isinstance(line, Line) or line.shape not in ("period", "year"):
            continue
        first, last = (
            (layout.first, layout.last) if line.shape == "period" else (layout.year_first, layout.year_last)
        )
        row = layout.row(line.key) + 1
        texts = {
            _relative(written[SELECTED, row, column + 1], column + 1) for column in range(first, last + 1)
        }
        assert len(texts) == 1, (line.key, texts)


def _relative(text: str, column: int) -> str:
    """The formula with relative columns written as distances."""

    def distance(match: re.Match[str]) -> str:
        fixed, letters, rest = match.groups()
        return (
            match.group(0)
            if fixed
            else f"C[{openpyxl.utils.column_index_from_string(letters) - column}]{rest}"
        )

    return re.sub(r"(?<![A-Z$])(\$?)([A-Z]{1,3})(\$?\d+)", distance, text)


def test_calc_sheets_share_one_row_plan_and_every_row_has_a_unit(evaluated: Results, whole: Path) -> None:
    book = openpyxl.load_workbook(whole)
    layout = Layout(evaluated.case, evaluated.model)
    names = [*layout.calc_names.values(), SELECTED]
    plans = [
        [
            (row[0].value, row[1].value)
            for row in book[name].iter_rows(min_row=layout.first_row + 1, max_col=2)
        ]
        for name in names
    ]
    assert all(plan == plans[0] for plan in plans)
    for name in names:
        for row in book[name].iter_rows(min_row=layout.first_row + 1):
            assert row[1].value or all(cell.value is None for cell in row[1:]), (name, row[0].value)


def test_scenario_sheets_differ_only_in_their_two_selecting_cells(
    evaluated: Results, written: dict[sheets.Cell, str]
) -> None:
    layout = Layout(evaluated.case, evaluated.model)
    chosen = {(layout.row(key) + 1, layout.VALUE + 1) for key in ("run.scenario", "run.option")}
    for name in layout.calc_names.values():
        other = {cell[1:]: text for cell, text in written.items() if cell[0] == name}
        mine = {cell[1:]: text for cell, text in written.items() if cell[0] == SELECTED}
        assert {place for place in mine if mine[place] != other.get(place)} == chosen


def test_every_input_is_there_once_with_its_value(evaluated: Results, whole: Path) -> None:
    layout, found = Layout(evaluated.case, evaluated.model), sheets.cached(whole)
    given = values(evaluated.case, evaluated.model.shape)
    places = set()
    for line in evaluated.model.lines:
        if line.shape == "input" and not line.key.startswith("run."):
            cell = layout.input_cell(line.key)
            places.add((cell.row, cell.column))
            assert found[INPUTS, cell.row + 1, cell.column + 1] == pytest.approx(
                given[line.key], rel=1e-15, abs=0
            )
    assert len(places) == sum(line.shape == "input" for line in evaluated.model.lines) - 2


def test_nothing_that_can_bite(whole: Path) -> None:
    with zipfile.ZipFile(whole) as parts:
        names = parts.namelist()
        assert not [
            n for n in names if re.search(r"externalLink|vbaProject|connections|oleObject|embeddings", n)
        ]
        for name in names:
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in parts.read(name)


def test_the_same_case_gives_the_same_parts(evaluated: Results, whole: Path) -> None:
    with (
        zipfile.ZipFile(whole) as first,
        zipfile.ZipFile(io.BytesIO(build.workbook_file(evaluated))) as second,
    ):
        assert first.namelist() == second.namelist()
        assert all(first.read(name) == second.read(name) for name in first.namelist())


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    text = Path("tests/golden/harm.yaml").read_text(encoding="utf-8")
    case = loads(re.sub(r"(?m)^title:.*$", 'title: "=1+1"', text), "case.yaml")
    path = tmp_path / "case.xlsx"
    path.write_bytes(build.workbook_file(build.evaluate(case)))
    book = openpyxl.load_workbook(path)
    assert not [
        c
        for sheet in book
        for row in sheet.iter_rows()
        for c in row
        if c.value == "=1+1" and c.data_type == "f"
    ]
    assert "=1+1" in str(book[SUMMARY]["A1"].value)


def test_stamp_and_light_stand_on_every_sheet_and_stay_in_sight(evaluated: Results, whole: Path) -> None:
    live, found = openpyxl.load_workbook(whole), openpyxl.load_workbook(whole, data_only=True)
    master = MASTER.partition("!")[2]
    for sheet in found:
        assert evaluated.case.fingerprint in str(sheet["A2"].value), sheet.title
        light = master if sheet.title == CHECKS else "A3"
        assert sheet[light].value == "All checks hold", sheet.title
        assert sheet.title == CHECKS or live[sheet.title]["A3"].value == f"={MASTER}", sheet.title
        frozen = openpyxl.utils.cell.coordinate_to_tuple(sheet.freeze_panes or "A1")
        assert frozen[0] > (MASTER_ROW + 1 if sheet.title == CHECKS else 3), sheet.title
        assert frozen[1] > 1, sheet.title


def test_selected_shows_what_the_decision_asks_for(evaluated: Results, whole: Path) -> None:
    layout, found = Layout(evaluated.case, evaluated.model), sheets.cached(whole)
    row = layout.row("npv") + 1
    assert found[SELECTED, row, layout.VALUE + 1] == pytest.approx(evaluated.asked.npv, rel=1e-11)
    assert get_column_letter(layout.VALUE + 1) == "C"
