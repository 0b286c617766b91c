"""A case that moved on: its older workbook comes home, and numbers typed over formulas are named without ours."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import PatternFill

from casebuilder.case import from_data
from casebuilder.workbook.back.opened import Opened
from casebuilder.workbook.back.returned import Returned
from casebuilder.workbook.back.returned_words import formula, moved_on, notices
from casebuilder.workbook.back.typed_over import typed_over
from casebuilder.workbook.layout import CHECKS, INPUTS, OPTIONS, SUMMARY
from tests import judges
from tests.workbook.returning import by_key, full, sent

RATE = "company.discount_rate"


def grown() -> Any:
    """The case with a goal more than when its workbook was made."""
    data = copy.deepcopy(full())
    data["stakeholders"][0]["drivers"].append({"kpi": "payback", "target": 24.0})
    return from_data(data)


def overwrite(book: Any) -> None:
    """What finance types over formulas: on Summary, Options and a Calc sheet; beside them notes and paint."""
    book[SUMMARY]["C12"].value = 5.0
    for column in "DE":
        book[SUMMARY][f"{column}10"].value = 7.5
    book[OPTIONS]["C11"].value = 1_000.0
    calc = sent().line(book, sent().layout.calc_names["base"], "net", sent().layout.first)
    calc.value, calc.fill = 99.0, PatternFill("solid", fgColor="FFFFFF00")
    book[SUMMARY]["Z9"].value = 4.0
    book[CHECKS]["J30"].value = "a note"
    book.create_sheet("Mine")["C3"].value = 3.0


def home(edit: Any = overwrite) -> Returned:
    return sent().home(sent().edited(edit, typed={RATE: 0.2}), grown())


@pytest.fixture(scope="module")
def returned() -> Returned:
    return home()


def test_an_untouched_workbook_has_none() -> None:
    assert list(typed_over(Opened(sent().raw, "back.xlsx"))) == []


def test_numbers_typed_over_formulas_are_named_though_the_case_has_other_rows(returned: Returned) -> None:
    assert not returned.compared
    calc = sent().layout.calc_names["base"]
    assert {(each.sheet, each.cells, each.kind, each.new) for each in returned.formulas} == {
        (SUMMARY, "C12", "replaced", "5"),
        (SUMMARY, "D10:E10", "replaced", "7.5"),
        (OPTIONS, "C11", "replaced", "1000"),
        (calc, f"F{sent().layout.row('net') + 1}", "replaced", "99"),
    }
    said = [formula(each) for each in returned.formulas]
    assert f"{SUMMARY}!C12: the number 5 was typed over its formula" in said
    assert by_key(returned.changes).keys() == {RATE}


def test_what_could_not_be_looked_for_is_said(returned: Returned) -> None:
    said = " ".join(notices(returned))
    assert "rewritten as other formulas could not be looked for on any sheet" in said
    assert "those found are listed" in said
    clean = home(lambda _: None)
    assert clean.formulas == ()
    assert "typed over formulas were looked for, none was found" in " ".join(notices(clean))


def test_a_goal_that_the_case_has_since_is_no_lost_cell(returned: Returned) -> None:
    assert returned.refused == ()
    (found,) = [each for each in returned.moved_on if each.exported is None]
    assert found.key == "stakeholders[1].drivers[2].target"
    assert moved_on(found, returned).endswith(": not in the workbook, the case has it since (24)")


def test_a_cell_that_somebody_took_out_is_still_lost() -> None:
    def cut(book: Any) -> None:
        cell = sent().cell(book, RATE)
        for row in book["Changes"].iter_rows(min_col=5, max_col=7):
            if row[2].value == RATE:
                row[0].value = f"={INPUTS}!#REF!"
        book[INPUTS].cell(cell.row, 1).value = None

    found = sent().home(sent().edited(cut), grown())
    assert [(each.key, each.why) for each in found.refused] == [(RATE, "lost")]


def test_of_another_version_with_the_same_rows_only_sheets_that_follow_words_are_left_out() -> None:
    data = full()
    data["sales"]["reps"] = 14.0

    def edit(book: Any) -> None:
        book[OPTIONS]["C11"].value = 1_000.0
        book[SUMMARY]["C12"].value = 5.0

    found = sent().home(sent().edited(edit), from_data(data))
    assert found.compared
    assert {(each.sheet, each.cells, each.kind) for each in found.formulas} == {
        (OPTIONS, "C11", "replaced"),
        (SUMMARY, "C12", "typed over"),
    }
    assert OPTIONS in found.unread
    assert SUMMARY not in found.unread
    assert "could not be looked for on Cover, " in " ".join(notices(found))


@pytest.mark.judge
def test_libreoffice_keeps_what_tells_them(tmp_path: Path, soffice: str) -> None:
    (tmp_path / "edited.xlsx").write_bytes(sent().edited(overwrite))
    saved = judges.libreoffice_recalculate(tmp_path / "edited.xlsx", tmp_path / "saved").read_bytes()
    found = {(each.sheet, each.cells) for each in typed_over(Opened(saved, "back.xlsx"))}
    assert found == {(each.sheet, each.cells) for each in home().formulas}
