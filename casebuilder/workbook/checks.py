"""The Checks sheet: proof that nothing is counted twice, that cash ties, and that the file is as it was exported."""

from __future__ import annotations

from casebuilder.model.checks import CHECKS as IDENTITIES
from casebuilder.workbook.book import FAILS, HOLDS, Book
from casebuilder.workbook.layout import CHECKS, MASTER_COLUMN, MASTER_ROW

_LEFT = 4


def write_checks(book: Book) -> None:
    """The Checks sheet: every identity on every Calc sheet, and one light for all."""
    sheet, styles, layout = book.sheet(CHECKS, "Checks", "check"), book.styles, book.layout
    sheet.set_column(_LEFT, _LEFT + 6, 18)
    sheet.freeze_panes(6, 1)
    rows = [
        (f"{name}: {words}", layout.on(name, f"left.{id}"), layout.on(name, f"ok.{id}"), outcome, id)
        for _, name, outcome in book.columns
        for id, words in IDENTITIES.items()
    ]
    first = 7
    for column, text in ((_LEFT, "left over"), (_LEFT + 1, "holds (1) or not (0)")):
        sheet.write_string(first - 1, column, text, styles("head"))
    for number, (label, left, ok, outcome, id) in enumerate(rows, first):
        check = next(check for check in outcome.checks if check.id == id)
        book.label(sheet, number, label, "money")
        book.number(sheet, number, _LEFT, f"={left}", "ratio", check.residual)
        book.number(sheet, number, _LEFT + 1, f"={ok}", "flag", float(check.ok))
    sheet.write_string(MASTER_ROW, 0, "All together", styles("total"))
    holds = f'=IF(MIN($F${first + 1}:$F${first + len(rows)})=1,"{HOLDS}","{FAILS}")'
    book.light(sheet, MASTER_ROW, MASTER_COLUMN, holds)
