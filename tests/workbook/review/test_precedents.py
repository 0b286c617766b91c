"""What reads what: circles, what stands behind a cell, and what rests on inputs."""

from casebuilder.workbook.review.precedents import Cell, Precedents
from casebuilder.workbook.review.records import BookRead, CellRead, Look, SheetRead
from casebuilder.workbook.review.trees import Formulas


def precedents(**sheets: list[str]) -> Precedents:
    """Sheets with formulas beneath each other in column A; a text without letters is a number."""
    read = []
    for name, texts in sheets.items():
        cells = {
            (row, 0): CellRead("" if text.isdigit() else text, 1.0, Look()) for row, text in enumerate(texts)
        }
        read.append(SheetRead(name, "visible", "", cells))
    return Precedents(Formulas(BookRead(tuple(read))))


def at(sheet: str, row: int) -> Cell:
    """The cell in a row of column A."""
    return sheet, (row, 0)


def test_every_cell_stands_after_what_it_reads() -> None:
    found = precedents(One=["A2+A3", "A3*2", "1"], Two=["One!A1"])
    assert list(found.order) == [at("One", 1), at("One", 0), at("Two", 0)]
    assert not found.circles


def test_circles_across_sheets_and_through_ranges() -> None:
    found = precedents(One=["Two!A1"], Two=["SUM(A2:A3)", "1", "One!A1"])
    assert len(found.circles) == 1
    assert set(found.circles) <= {at("One", 0), at("Two", 0), at("Two", 2)}
    assert precedents(One=["A1"]).circles == (at("One", 0),)


def test_a_cell_that_is_read_twice_is_no_circle() -> None:
    assert not precedents(One=["A2+A3", "A4", "A4", "1"]).circles


def test_what_stands_behind_a_cell_on_the_sheets_that_are_followed() -> None:
    found = precedents(One=["Two!A1+A2", "1"], Two=["SUM(A2:A3)", "Three!A1", "1"], Three=["A2", "1"])
    assert found.behind(at("One", 0), ("One", "Two")) == {
        at("One", 1), at("Two", 0), at("Two", 1), at("Two", 2), at("Three", 0),
    }  # fmt: skip


def test_what_rests_on_a_cell() -> None:
    found = precedents(One=["1", "1"], Two=["One!A1", "A1*2", "SUM(A3:A4)", "A2", "One!A2"])
    assert found.resting_on(frozenset({at("One", 0)})) >= {at("Two", 0), at("Two", 1), at("Two", 3)}
    assert at("Two", 4) not in found.resting_on(frozenset({at("One", 0)}))


def test_rows_that_another_row_reads() -> None:
    found = precedents(One=["A1+A2", "1", "1"], Two=["One!A3", "SUM(A1:A2)"])
    assert found.read == {at("One", 1), at("One", 2), at("Two", 0)}


def test_sheets_that_are_not_there_and_whole_columns_are_left_out() -> None:
    assert precedents(One=["Gone!A1+SUM(B:B)"]).areas == {at("One", 0): ()}
