"""The file opens right anywhere: stored values, charts with their numbers, rules on inputs, clean properties."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils.cell import range_boundaries

from casebuilder import build
from casebuilder.case import load
from casebuilder.model.results import Results
from casebuilder.pitch.assumed import person
from casebuilder.workbook.layout import INPUTS, SUMMARY, Layout
from tests.workbook import made, sheets

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
#: Functions that Excel 2010 and every program since has, and no other is used.
FUNCTIONS = re.compile(
    "ABS|AND|CHOOSE|COLUMNS|CONCATENATE|COUNT|COUNTA|COUNTIFS?|DATE|EDATE|EXP|IF|INDEX|INT|IRR|ISERROR|ISNUMBER|LN|"
    "MATCH|MAX|MEDIAN|MIN|MOD|MONTH|NOT|OR|POWER|ROWS|SIGN|SQRT|SUM|SUMIFS?|SUMPRODUCT|TEXT|YEAR"
)
LONGEST_TEXT, LONGEST_SHEET_NAME = 32767, 31
PROMPT_TITLE, PROMPT = 32, 255


@pytest.fixture(scope="module")
def book(whole: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(whole)


def parts(file: Path, pattern: str) -> Iterator[tuple[str, etree._Element]]:
    """The XML parts whose names match."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if re.fullmatch(pattern, name):
                yield name, etree.fromstring(archive.read(name))


def test_no_formula_cell_is_left_to_the_reader_to_compute(evaluated: Results, whole: Path) -> None:
    """A cell without a stored value stands only where there is no number; none holds an error."""
    stored, written = sheets.cached(whole), sheets.stored_formulas(whole)
    want = sheets.expected(evaluated, Layout(evaluated.case, evaluated.model))
    assert not [cell for cell, value in want.items() if (stored.get(cell) is None) != (value is None)][:5]
    assert not [cell for cell in written if str(stored.get(cell)).startswith("#")][:5]


def test_functions_are_those_of_excel_2010(whole: Path) -> None:
    used = {
        name
        for text in sheets.stored_formulas(whole).values()
        for name in re.findall(r"([A-Z][A-Z0-9.]+)\(", re.sub(r'"[^"]*"', "", text))
    }
    assert not [name for name in used if not FUNCTIONS.fullmatch(name)]
    assert "_xlfn" not in "".join(sheets.stored_formulas(whole).values())


def test_names_and_texts_stay_within_excels_lengths(whole: Path, book: openpyxl.Workbook) -> None:
    assert all(len(name) <= LONGEST_SHEET_NAME for name in book.sheetnames)
    for _, root in parts(whole, r"xl/sharedStrings\.xml"):
        texts = ["".join(node.itertext()) for node in root]
        assert max(len(text.encode("utf-16-le")) // 2 for text in texts) <= LONGEST_TEXT


def test_charts_hold_their_numbers_their_names_and_words_for_the_blind(whole: Path) -> None:
    stored = sheets.cached(whole)
    found = 0
    for name, root in parts(whole, r"xl/charts/chart\d+\.xml"):
        assert root.find(f".//{C}title") is not None, name
        for series in root.iter(f"{C}ser"):
            found += 1
            reference = series.findtext(f"{C}val/{C}numRef/{C}f")
            cache = [node.text for node in series.iterfind(f"{C}val/{C}numRef/{C}numCache/{C}pt/{C}v")]
            assert reference is not None
            cells = cells_of(reference)
            shown = [stored.get(cell) for cell in cells]
            assert len(cache) == len([value for value in shown if value is not None]) > 0, (name, reference)
            numbers = [value for value in shown if value is not None]
            assert [float(text or "nan") for text in cache] == pytest.approx(numbers), (name, reference)
            labels = [*series.iterfind(f"{C}cat//{C}pt/{C}v")]
            assert len(labels) == len(cells) and all(label.text for label in labels), (name, reference)
    assert found >= 2
    drawn = [
        node
        for _, root in parts(whole, r"xl/drawings/drawing\d+\.xml")
        for node in root.iter(f"{DRAWN}cNvPr")
    ]
    assert drawn and all(len(node.get("descr", "")) > 20 for node in drawn)


def cells_of(reference: str) -> list[sheets.Cell]:
    """The cells of a chart's reference."""
    sheet, _, area = reference.rpartition("!")
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    assert left and top and right and bottom
    name = sheet.strip("'")
    return [(name, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def test_properties_say_what_it_is_and_nobodys_name(
    evaluated: Results, whole: Path, book: openpyxl.Workbook
) -> None:
    case, said = evaluated.case, book.properties
    assert said.title == case.title and said.subject == case.company.name
    assert case.fingerprint in str(said.description)
    assert said.created is not None and said.created.date() == case.company.decision_date
    assert not said.lastModifiedBy and not said.creator
    with zipfile.ZipFile(whole) as archive:
        assert not [name for name in archive.namelist() if name.startswith(("docProps/custom", "customXml"))]
        authors = b"".join(archive.read(name) for name in archive.namelist() if "comments" in name)
    assert set(re.findall(rb"<author>(.*?)</author>", authors)) <= {b""}


def test_every_input_has_a_rule_a_prompt_and_is_open(evaluated: Results, book: openpyxl.Workbook) -> None:
    sheet = book[INPUTS]
    ruled = {
        (row, column): rule
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row, column in area.cells
    }
    layout = Layout(evaluated.case, evaluated.model)
    open_cells = 0
    for number, row in enumerate(layout.inputs):
        for column, key in row.cells:
            at = (layout.input_row(number) + 1, column + 1)
            cell = sheet.cell(*at)
            closed = row.locked or (bool(row.key) and not row.choices)
            assert cell.protection.locked == closed, key
            assert (at in ruled) != closed, key
            if closed:
                continue
            open_cells += 1
            rule = ruled[at]
            assert rule.type in ("whole", "decimal", "list", "date"), key
            assert rule.promptTitle and rule.prompt and rule.error and rule.showErrorMessage, key
            assert max(len(rule.promptTitle), len(rule.errorTitle or "")) <= PROMPT_TITLE, key
            assert max(len(rule.prompt), len(rule.error)) <= PROMPT, key
    assert open_cells > 50
    assert sheet.protection.sheet and not sheet.protection.password


def test_what_stands_in_an_input_is_allowed_there(evaluated: Results, book: openpyxl.Workbook) -> None:
    """No cell would be refused if it were typed again as it is."""
    sheet = book[INPUTS]
    for rule in sheet.data_validations.dataValidation:
        for row, column in (place for area in rule.sqref.ranges for place in area.cells):
            value = sheet.cell(row, column).value
            if rule.type == "list":
                left, top, right, bottom = range_boundaries(rule.formula1.lstrip("=").replace("$", ""))
                choices = [
                    sheet.cell(r, c).value for r in range(top, bottom + 1) for c in range(left, right + 1)
                ]
                assert value in choices
                continue
            low, high = float(rule.formula1), float(rule.formula2 or "inf")
            inside = {
                "between": low <= value <= high,
                "greaterThanOrEqual": value >= low,
                "greaterThan": value > low,
                "lessThanOrEqual": value <= low,
            }
            assert inside[rule.operator or "between"], (row, column, value)
            assert rule.type != "whole" or float(value).is_integer(), (row, column, value)


def test_comments_say_where_a_number_comes_from(evaluated: Results, book: openpyxl.Workbook) -> None:
    layout, sheet, case = Layout(evaluated.case, evaluated.model), book[INPUTS], evaluated.case
    shown = {key for row in layout.inputs if not row.locked for _, key in row.cells}
    seen = 0
    for path, given in case.inputs.items():
        if path not in shown:
            continue
        cell = layout.input_cell(path)
        said = sheet.cell(cell.row + 1, cell.column + 1).comment
        assert said is not None, path
        seen += 1
        for part in (given.source, given.owner and person(case, given.owner)):
            assert not part or " ".join(str(part).split())[:200] in " ".join(said.text.split()), path
    for initiative in case.initiatives:
        for effect in initiative.effects:
            cell = layout.input_cell(
                f"initiatives[{initiative.id}].effects[{effect.lever},{effect.segment}].base"
            )
            said = sheet.cell(cell.row + 1, cell.column + 1).comment
            assert said is not None and f"rade {effect.grade}" in said.text
            seen += 1
    assert seen > 5


def test_every_sheet_prints_on_whole_pages(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.print_area, sheet.title


def test_nothing_is_hidden_or_merged(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert sheet.sheet_state == "visible", sheet.title
        assert not [name for name, column in sheet.column_dimensions.items() if column.hidden], sheet.title
        assert not [number for number, row in sheet.row_dimensions.items() if row.hidden], sheet.title
        assert not sheet.merged_cells.ranges, sheet.title


def test_summary_is_what_opens_with_its_charts(book: openpyxl.Workbook) -> None:
    assert book[SUMMARY]._charts
    assert book.active is book.worksheets[0]


@pytest.mark.slow
def test_the_same_case_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Whatever the order of sets and the clock of the machine."""
    code = (
        "import hashlib;from casebuilder import build;from casebuilder.case import load;"
        f"print(hashlib.sha256(build.workbook_file(build.evaluate(load({str(made.PATHS[0])!r})))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": "."},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    here = hashlib.sha256(build.workbook_file(build.evaluate(load(made.PATHS[0])))).hexdigest()
    assert digests == {f"{here}\n"}
