"""A workbook of another edition of this program: what we print otherwise now is no news, what people changed is."""

from __future__ import annotations

from typing import Any

import pytest

from casebuilder.workbook.back.opened import Opened
from casebuilder.workbook.back.returned_words import lines, notices
from casebuilder.workbook.edition import edition
from casebuilder.workbook.layout import CHECKS, SUMMARY
from tests.workbook.returning import by_key, replaced, sent

_KEPT = r"<cp:keywords>[^<]*</cp:keywords>"
ANOTHER = "<cp:keywords>0123456789ab</cp:keywords>"


def by_another(raw: bytes, says: str = ANOTHER) -> bytes:
    """The file as another edition would have named itself."""
    return replaced(raw, "docProps/core.xml", _KEPT, says)


def reprinted(book: Any) -> None:
    """As before a block of Summary and a row of Checks were added: rows fewer, and another count."""
    book[SUMMARY].delete_rows(14, 5)
    book[CHECKS].delete_rows(40)
    book[CHECKS]["C8"].value = 43


def test_a_workbook_says_which_edition_wrote_it() -> None:
    assert Opened(sent().raw, "sent").edition == edition()
    assert len(edition()) == 12
    assert Opened(by_another(sent().raw, ""), "cleared").edition == ""


@pytest.mark.parametrize("says", [ANOTHER, ""])
def test_what_another_edition_printed_otherwise_is_one_sentence(says: str) -> None:
    raw = sent().edited(reprinted)
    by_somebody = sent().home(raw)
    assert {each.sheet for each in by_somebody.sheets} == {SUMMARY, CHECKS}
    home = sent().home(by_another(raw, says))
    assert home.untouched and home.compared and home.reprinted
    assert (set(home.unread), home.sheets, home.formulas) == ({SUMMARY, CHECKS}, (), ())
    (said,) = [each for each in notices(home) if "another version of Casebuilder made it" in each]
    assert f"could not be looked for on {SUMMARY}, {CHECKS}" in said
    assert lines(home)[-1] == "Nothing was changed in it."


def test_where_another_edition_printed_the_same_nothing_is_said() -> None:
    home = sent().home(by_another(sent().raw))
    assert home.untouched and not home.reprinted and home.unread == ()
    assert notices(home) == []


def test_inputs_and_calculations_are_read_as_ever() -> None:
    """A changed number, a rewritten formula where the model computes, and a number typed over a formula of Summary."""
    calc = sent().layout.calc_names[sent().case.headline]
    first = sent().layout.OPENING + 1

    def people(book: Any) -> None:
        reprinted(book)
        cell = sent().line(book, calc, "net", first)
        cell.value = f"{cell.value}*2"
        rows = (row for row in book[SUMMARY].iter_rows() for row in row)
        next(
            cell for cell in rows if str(cell.value).startswith("=") and cell.number_format != "General"
        ).value = 7

    home = sent().home(by_another(sent().edited(people, typed={"company.discount_rate": 0.2})))
    assert [each.new for each in by_key(home.changes).values()] == [0.2]
    assert {(each.sheet, each.kind) for each in home.formulas} == {(calc, "changed"), (SUMMARY, "replaced")}


def test_a_formula_rewritten_by_people_is_found_where_the_edition_is_ours() -> None:
    def people(book: Any) -> None:
        row = next(row for row in book[SUMMARY].iter_rows() if str(row[2].value).startswith("="))
        row[2].value = f"{row[2].value}+1"

    assert [(each.sheet, each.kind) for each in sent().home(sent().edited(people)).formulas] == [
        (SUMMARY, "changed")
    ]
    other = sent().home(by_another(sent().edited(people)))
    assert (other.formulas, other.reprinted, other.unread) == ((), True, (SUMMARY,))
