"""As Excel: every computed cell a live formula whose stored value is the evaluated number."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time

from casebuilder.model.inputs import values
from casebuilder.model.results import Results
from casebuilder.pitch.records import Block, Stamp
from casebuilder.workbook.book import Book
from casebuilder.workbook.edition import edition
from casebuilder.workbook.layout import Layout
from casebuilder.workbook.outside import outside
from casebuilder.workbook.sheets.budget import write_budget
from casebuilder.workbook.sheets.calc import CalcSheets
from casebuilder.workbook.sheets.certainty import write_certainty
from casebuilder.workbook.sheets.changes import write_changes
from casebuilder.workbook.sheets.checks import write_checks
from casebuilder.workbook.sheets.cover import write_cover
from casebuilder.workbook.sheets.evidence import write_evidence
from casebuilder.workbook.sheets.inputs import write_inputs
from casebuilder.workbook.sheets.notes import write_notes
from casebuilder.workbook.sheets.options import write_options
from casebuilder.workbook.sheets.summary import write_summary
from casebuilder.workbook.sheets.tracking import write_tracking
from casebuilder.workbook.sheets.views import write_views
from casebuilder.workbook.style import Styles
from casebuilder.workbook.writer import File


def render(results: Results, stamp: Stamp, how_sure: Sequence[Block]) -> bytes:
    """The workbook of a case; the same bytes for the same case and version.

    `results` must hold every line of the model; `how_sure` are values computed elsewhere, on a sheet of their own.
    """
    stream = io.BytesIO()
    file = File(stream)
    book = _book(file, results, stamp)
    write_cover(book)
    write_summary(book)
    write_views(book)
    write_inputs(book)
    CalcSheets(book).write_all()
    write_options(book)
    write_certainty(book, how_sure)
    write_checks(book)
    write_changes(book)
    write_budget(book)
    write_tracking(book)
    write_evidence(book)
    write_notes(book)
    file.close()
    return stream.getvalue()


def _book(file: File, results: Results, stamp: Stamp) -> Book:
    """The book of an empty file, with the file's own properties."""
    case = results.case
    created = datetime.combine(case.company.decision_date, time(), UTC).replace(tzinfo=None)
    said = {"title": case.title, "subject": case.company.name, "comments": stamp.line, "created": created}
    file.set_properties({**said, "keywords": edition()})
    file.set_calc_mode("auto")
    beside = {each.key: each.value for block in outside(case).values() for each in block}
    given = values(case, results.model.shape) | beside
    return Book(file, Styles(file, case.company.currency), Layout(case, results.model), results, stamp, given)
