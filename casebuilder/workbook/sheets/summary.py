"""Summary: every scenario side by side, live, what is selected beside them, every option, and three charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casebuilder.model.results import Outcome
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.words import option_label, scenario_label, years
from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import SELECTED, SUMMARY
from casebuilder.workbook.plan import EVERY_OPTION, FIRST_BLOCK, FIRST_RUN, Figures, by_year, figures
from casebuilder.workbook.sheets.notes import irr_names, irr_words, payback_names, payback_words
from casebuilder.workbook.sheets.summary_charts import COLUMNS, write_charts
from casebuilder.workbook.sheets.summary_options import TITLE, write_every_option

_SELECTED_ROW, _HEAD_ROW, _OPTION_ROW = FIRST_BLOCK - 3, FIRST_BLOCK - 2, FIRST_BLOCK - 1
_LABEL_WIDTH, _UNIT_WIDTH, _RUN_WIDTH, _GAP = 52, 8, 17, 3
#: Heights of rows: of figures, of titles, and of words on two and on three lines.
_LOW, _TITLE, _TWO, _THREE = 15, 21, 28, 41


def write_summary(book: Book) -> None:
    """The sheet Summary; every number is a live reference to a Calc sheet, but those of options as exported."""
    sheet = book.sheet(SUMMARY, f"Summary: {book.results.case.title}", "output")
    right = FIRST_RUN + len(book.columns)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _UNIT_WIDTH)
    sheet.set_column(FIRST_RUN, right - 1, _RUN_WIDTH)
    sheet.set_column(right, right, _GAP)
    sheet.freeze_panes(FIRST_BLOCK, 1)
    sheet.fit_to_pages(1, 1)
    _heads(book, sheet)
    blocks = figures(book)
    for block in blocks:
        _block(book, sheet, block)
    _words(book, sheet, blocks[0].below)
    _title(book, sheet, EVERY_OPTION, TITLE)
    write_every_option(book, sheet)
    _hours(book, sheet, blocks[1].below)
    _by_year(book, sheet, by_year(book))
    heights = _heights(book, blocks)
    for row, height in heights.items():
        sheet.set_row(row, height)
    write_charts(book, sheet, heights, right + 1)
    last = max(heights)
    sheet.print_area(0, 0, last, right + COLUMNS)


def _heights(book: Book, blocks: Sequence[Figures]) -> dict[int, float]:
    """The height of every row from the headings to the last figure (points)."""
    last = by_year(book) + book.results.case.company.years
    heights = dict.fromkeys(range(_HEAD_ROW, last + 1), float(_LOW))
    heights |= dict.fromkeys([by_year(book), EVERY_OPTION, *(block.row for block in blocks)], _TITLE)
    words = blocks[0].below
    return heights | {_HEAD_ROW: _TWO, _OPTION_ROW: _TWO, words: _THREE, words + 1: _TWO}


def selected_text(book: Book) -> str:
    """The formula, without its equals sign, of what is selected on Inputs: scenario and option."""
    scenario, option = (book.layout.given(f"select.{kind}") for kind in ("scenario", "option"))
    return f'{scenario}&", "&{option}'


def _heads(book: Book, sheet: Any) -> None:
    """What is selected, in which money, and above each column its scenario and option."""
    styles, given = book.styles, book.layout.given
    chosen = f'="Selected on Inputs: "&{selected_text(book)}'
    sheet.formula(_SELECTED_ROW, 0, chosen, styles("plain"), f"Selected on Inputs: {book.selected}")
    taxed = f'IF({given("company.tax_rate")}=0,"before tax","after tax")'
    word = "before tax" if book.results.case.company.tax_rate == 0 else "after tax"
    said = f"All money in {book.currency}, "
    sheet.formula(_HEAD_ROW, 0, f'="{said}"&{taxed}', styles("text"), said + word)
    sheet.write_string(_OPTION_ROW, 0, "Investments", styles("text"))
    for column, (heading, name, outcome) in enumerate(book.columns, FIRST_RUN):
        if name == SELECTED:
            sheet.write_string(_SELECTED_ROW, column, "Selected", styles("head"))
            for row, kind, value in (
                (_HEAD_ROW, "scenario", scenario_label(outcome.scenario)),
                (_OPTION_ROW, "option", option_label(outcome.option)),
            ):
                sheet.formula(row, column, f"={given(f'select.{kind}')}", styles("head"), value)
        else:
            sheet.write_string(_HEAD_ROW, column, heading, styles("head"))
            sheet.write_string(_OPTION_ROW, column, option_label(AS_SET), styles("head"))


def _title(book: Book, sheet: Any, row: int, title: str) -> None:
    """The title of a block, with a rule across all runs."""
    sheet.write_string(row, 0, title, book.styles("section"))
    for column in range(1, FIRST_RUN + len(book.columns)):
        sheet.write_blank(row, column, None, book.styles("section"))


def _block(book: Book, sheet: Any, block: Figures) -> None:
    """A block of rows that show one line of every Calc sheet."""
    _title(book, sheet, block.row, block.title)
    for row, key, words, unit in block.rows():
        role = "total" if key == "npv" else "plain"
        book.label(sheet, row, words, unit, role)
        for column, (_, name, outcome) in enumerate(book.columns, FIRST_RUN):
            book.number(sheet, row, column, f"={book.layout.on(name, key)}", unit, outcome.number(key), role)


def _words(book: Book, sheet: Any, row: int) -> None:
    """In words: why there is no rate of return, whether the money comes back, and where it is all calculated."""
    _state(book, sheet, row, ("Rate of return, in words", "irr_state", irr_words()), irr_names())
    _state(book, sheet, row + 1, ("Payback, in words", "payback_state", payback_words()), payback_names())
    sheet.write_string(row + 2, 0, "Calculated on the sheet", book.styles("plain"))
    for column, (_, name, _) in enumerate(book.columns, FIRST_RUN):
        sheet.write_url(row + 2, column, f"internal:'{name}'!A1", book.styles("head"), name)


def _state(book: Book, sheet: Any, row: int, said: tuple[str, str, str], names: Sequence[str]) -> None:
    """A state of every run by its words, which stand on Notes."""
    label, key, words = said
    sheet.write_string(row, 0, label, book.styles("text"))
    for column, (_, name, outcome) in enumerate(book.columns, FIRST_RUN):
        text = f"=INDEX({words},{book.layout.on(name, key)}+1)"
        sheet.formula(row, column, text, book.styles("head"), names[round(outcome.amount(key))])


def _hours(book: Book, sheet: Any, row: int) -> None:
    """What the freed capacity is in hours."""
    book.label(sheet, row, "Freed capacity, hours of agents over the horizon", "hours")
    for column, (_, name, outcome) in enumerate(book.columns, FIRST_RUN):
        text = f"=SUM({book.layout.across(name, 'hours_freed', from_first=True)})"
        book.number(sheet, row, column, text, "hours", _freed(outcome))


def _freed(outcome: Outcome) -> float:
    return sum(outcome.flow("hours_freed")[1:])


def _by_year(book: Book, sheet: Any, row: int) -> None:
    """Net present value if the horizon were shorter: the last row is the case's own."""
    company, layout = book.results.case.company, book.layout
    _title(book, sheet, row, "Net present value if only so many years counted")
    for year in range(1, company.years + 1):
        book.label(sheet, row + year, f"After {years(year)}", "money")
        period = year * company.periods_per_year
        for column, (_, name, outcome) in enumerate(book.columns, FIRST_RUN):
            text = f"={layout.at(name, 'npv_so_far', layout.OPENING + period)}"
            value = outcome.flow("npv_so_far")[period]
            book.number(sheet, row + year, column, text, "money", value)
