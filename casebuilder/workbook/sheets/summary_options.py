"""On Summary: net present value of every option in every scenario as exported, above the live ones of the same runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebuilder.pitch.words import option_label
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.layout import SELECTED, SUMMARY
from casebuilder.workbook.plan import CHANGED, EVERY_OPTION, FIRST_RUN, live_row, option_rows

#: The title of the block, which other sheets name.
TITLE = "Net present value of every option, by scenario"
_KEY = "Each row is another option; grey: as exported, follows no change"
_LIVE = "Live: all switches as set, and what is selected"


def write_every_option(book: Book, sheet: Any) -> None:
    """The rows below the title: one for each option with its exported returns (money), then the live ones."""
    styles, results = book.styles, book.results
    sheet.write_string(EVERY_OPTION + 1, 0, _KEY, styles("muted"))
    for column, _ in enumerate(results.model.shape.scenarios, FIRST_RUN):
        sheet.write_string(EVERY_OPTION + 1, column, "as exported", styles("head"))
    for option, row in option_rows(book).items():
        asked = option == results.asked_option and _decides(book)
        label = option_label(option) + (" (asked for)" if asked else "")
        book.label(sheet, row, label, "money", "figure" if asked else "plain")
        for column, scenario in enumerate(results.model.shape.scenarios, FIRST_RUN):
            value = results.npv(scenario, option)
            role = "stamped_figure" if asked else "stamped"
            sheet.write_number(row, column, value, styles(role, "money", value))
    row = live_row(book)
    book.label(sheet, row, _LIVE, "money")
    for column, (_, name, outcome) in enumerate(book.columns, FIRST_RUN):
        book.number(sheet, row, column, f"={book.layout.on(name, 'npv')}", "money", outcome.npv)


def _decides(book: Book) -> bool:
    """Whether the case states any decision: without one, nothing is asked for."""
    decision = book.results.case.decision
    return bool(decision.ask or decision.stage_1)


def left_over(book: Book) -> Iterator[tuple[str, float]]:
    """What is left over between the live and the exported return of every run (money), by column of Summary.

    A formula and its value each; 0 as soon as an input was changed. What is selected is compared with the option and
    scenario it shows, whichever those are.
    """
    layout, rows = book.layout, list(option_rows(book).values())
    exported = [
        f"{SUMMARY}!${column_name(column)}${rows[0] + 1}"
        for column in range(FIRST_RUN, FIRST_RUN + len(book.columns) - 1)
    ]
    last = column_name(FIRST_RUN + len(book.columns) - 2)
    table = f"{SUMMARY}!${column_name(FIRST_RUN)}${rows[0] + 1}:${last}${rows[-1] + 1}"
    chosen = ",".join(layout.on(SELECTED, f"run.{kind}") for kind in ("option", "scenario"))
    exported.append(f"INDEX({table},{chosen})")
    for (_, name, _), cell in zip(book.columns, exported, strict=True):
        yield f"=({CHANGED}=0)*ABS({layout.on(name, 'npv')}-{cell})", 0.0
