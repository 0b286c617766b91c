"""As Excel: every computed cell a live formula whose cached value is the evaluated number."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time

import xlsxwriter

from casebuilder.model.inputs import values
from casebuilder.model.results import Results
from casebuilder.pitch.records import Block, Stamp
from casebuilder.pitch.words import scenario_label
from casebuilder.workbook.certainty import write_certainty
from casebuilder.workbook.layout import INPUTS, SELECTED, SUMMARY, Layout
from casebuilder.workbook.sheets import Book, CalcSheets, write_inputs
from casebuilder.workbook.style import Styles
from casebuilder.workbook.summary import write_checks, write_summary


def render(results: Results, stamp: Stamp, how_sure: Sequence[Block] = ()) -> bytes:
    """The workbook of a case; the same bytes for the same case and version.

    `results` must hold every line of the model; `how_sure` are values computed elsewhere, on a sheet of their own.
    """
    stream = io.BytesIO()
    case, model = results.case, results.model
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    file = xlsxwriter.Workbook(stream, options)
    created = datetime.combine(case.company.decision_date, time(), UTC).replace(tzinfo=None)
    file.set_properties(
        {"title": case.title, "subject": case.company.name, "comments": stamp.line, "created": created}
    )
    file.set_calc_mode("auto")
    layout = Layout(case, model)
    book = Book(file, Styles(file), layout, results, stamp, values(case, model.shape))
    summary = book.sheet(SUMMARY, f"Summary: {case.title}", "programme")
    write_inputs(book)
    calc = CalcSheets(book)
    first_option = f"={INPUTS}!{layout.input_cell('option_number[as_set]').a1}"
    for id, outcome in results.scenarios.items():
        number = f"={INPUTS}!{layout.input_cell(f'scenario_number[{id}]').a1}"
        calc.write(layout.calc_names[id], f"Calculation: {scenario_label(id)}", outcome, number, first_option)
    calc.write(SELECTED, "Calculation: selected on Inputs", results.asked, *_selection(layout, results))
    if how_sure:
        write_certainty(book, how_sure)
    write_checks(book)
    write_summary(book, summary)
    summary.activate()
    file.close()
    return stream.getvalue()


def _selection(layout: Layout, results: Results) -> tuple[str, str]:
    """The formulas that find the selected scenario and option among the headings of their tables."""
    texts = []
    for kind, title, names in (
        ("scenario", "scenarios", results.model.shape.scenarios),
        ("option", "options", results.model.shape.options),
    ):
        cells = [layout.input_cell(f"{kind}_number[{name}]") for name in names]
        head = layout.titles[title] + 1
        first, last = (cell.a1.split("$")[1] for cell in (cells[0], cells[-1]))
        chosen = layout.input_cell(f"select.{kind}").a1
        texts.append(f"=MATCH({INPUTS}!{chosen},{INPUTS}!${first}${head}:${last}${head},0)")
    return texts[0], texts[1]
