"""The formulas of a workbook: each distinct one once, cells beside each other that hold the same as one run."""

from casebuilder.workbook.review.records import BookRead, CellRead, Look, SheetRead
from casebuilder.workbook.review.trees import DEEPEST, Formulas


def book(*formulas: str) -> BookRead:
    """A workbook of one sheet with formulas beside each other in its first row."""
    cells = {(0, column): CellRead(text, 1.0, Look()) for column, text in enumerate(formulas)}
    return BookRead((SheetRead("One", "visible", "", cells),))


def test_cells_beside_each_other_that_hold_one_formula_are_one_run() -> None:
    runs = Formulas(book("A5*2", "B5*2", "C5*2", "X5*2")).runs
    assert [(run.place, run.last) for run in runs] == [((0, 0), 2), ((0, 3), 3)]


def test_a_gap_ends_a_run() -> None:
    runs = Formulas(book("A5*2", "", "C5*2")).runs
    assert [(run.first, run.last) for run in runs] == [(0, 0), (2, 2)]


def test_one_formula_is_taken_apart_once() -> None:
    formulas = Formulas(book("A5*2", "B5*2", "C5*3")).sheets["One"]
    assert formulas[0, 0] is formulas[0, 1]
    assert formulas[0, 0] is not formulas[0, 2]


def test_what_cannot_be_taken_apart_stands_there_broken() -> None:
    deep = "+".join("1" * (DEEPEST + 1))
    assert [run.parsed.broken for run in Formulas(book(")", "ABS(1", deep, "1+1")).runs] == [
        True,
        True,
        True,
        False,
    ]
    assert not Formulas(book(deep)).runs[0].parsed.references
