"""Today's numbers against last year's books and the company's own plan: worth knowing, and no fault of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casebuilder.pitch.plausibility import run_rates
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.input_rows import TABLE
from casebuilder.workbook.layout import INPUTS, SELECTED, Layout
from casebuilder.workbook.outside import ACTUALS

#: What is said of a difference that is within its tolerance, and of one that is not.
CLOSE, FAR = "within what is usual", "differs: be ready to explain it"
#: Columns from the first number to the part of it that stands apart.
PART = 3
_HEAD_HEIGHT = 28
TITLE = "Starting point against last year's books and the plan (to be explained, not a check)"


@dataclass(frozen=True)
class Comparison:
    """One number of the case against one from outside: label, unit, the formula of the case's, its value, the other.

    `part` is a part of the case's number that its formula reads in a cell of its own.
    """

    label: str
    unit: str
    formula: str
    value: float
    other: str
    other_value: float
    tolerance: str
    part: tuple[str, float] | None = None


def comparisons(book: Book) -> list[Comparison]:
    """Those for which the case states a number from outside."""
    return [*_books(book), *_plan(book)]


def write_baseline(book: Book, sheet: Any, top: int, first: int) -> int:
    """The block from a row down, its numbers from a column on; returns the row below it."""
    found, styles = comparisons(book), book.styles
    if not found:
        return top
    sheet.write_string(top, 0, TITLE, styles("section"))
    sheet.set_row(top, _HEAD_HEIGHT)
    heads = ((Layout.VALUE, "differs by (share)"), (first, "from the inputs"), (first + 1, "books or plan"))
    for column, text in (*heads, (first + 2, "usual at most (share)")):
        sheet.write_string(top, column, text, styles("head"))
    for row, each in enumerate(found, top + 1):
        _row(book, sheet, row, first, each)
    rule = {"type": "cell", "criteria": "==", "value": f'"{FAR}"', "format": styles("edited")}
    sheet.conditional_format(top + 1, Layout.NOTE, top + len(found), Layout.NOTE, rule)
    return top + 1 + len(found)


def _row(book: Book, sheet: Any, row: int, first: int, each: Comparison) -> None:
    """One comparison; a number from outside that is 0 leaves no share to speak of."""
    ours, theirs, usual = (f"{column_name(first + place)}{row + 1}" for place in range(3))
    allowed = book.input_values[each.tolerance]
    book.label(sheet, row, each.label, each.unit)
    apart = f"{column_name(first + PART)}{row + 1}"
    book.number(sheet, row, first, each.formula.format(part=apart), each.unit, each.value)
    if each.part is not None:
        book.number(sheet, row, first + PART, each.part[0], each.unit, each.part[1], "muted")
    book.number(sheet, row, first + 1, f"={book.layout.given(each.other)}", each.unit, each.other_value)
    book.number(sheet, row, first + 2, f"={book.layout.given(each.tolerance)}", "share", allowed)
    off = each.value / each.other_value - 1 if each.other_value else 0.0
    text = f"=IF({theirs}=0,0,{ours}/{theirs}-1)"
    book.number(sheet, row, Layout.VALUE, text, "share", off)
    differs = f"ABS(${column_name(Layout.VALUE)}{row + 1})>{usual}"
    said = FAR if abs(off) > allowed else CLOSE
    sheet.formula(row, Layout.NOTE, f'=CHOOSE(1+({differs}),"{CLOSE}","{FAR}")', book.styles("note"), said)


def _books(book: Book) -> Iterator[Comparison]:
    """Yearly rates at the decision, straight from Inputs."""
    case, values = book.results.case, run_rates(book.results.case)
    won = ("leads", "lead_to_opportunity", "win_rate")
    referred = sum(s.customers * s.referral_rate for s in case.segments)
    resolved = book.layout.given("service.first_contact_resolution")
    formulas = {
        "revenue": f"={_together(book, 'customers', 'revenue_per_customer')}",
        "new_customers": f"={_together(book, *won)}+{{part}}",
        "contacts": f"={_together(book, 'customers', 'issues_per_customer')}/{resolved}",
        "bookings": f"={_together(book, *won, 'revenue_per_customer')}",
    }
    for field, (label, unit) in ACTUALS.items():
        key = f"actuals.{field}"
        if book.layout.has(key):
            said = f"Last year's books: {label[:1].lower()}{label[1:]}"
            part = (f"={_together(book, 'customers', 'referral_rate')}", referred)
            yield Comparison(
                said,
                unit,
                formulas[field],
                values[field],
                key,
                book.input_values[key],
                "technical.actuals_tolerance",
                part if field == "new_customers" else None,
            )


def _together(book: Book, *names: str) -> str:
    """The sum over segments of their numbers of these names, multiplied; 0 where a case has no segments."""
    segments = [segment.name for segment in book.results.case.segments]
    if not segments:
        return "0"
    end = column_name(TABLE + len(segments) - 1)
    rows = [book.layout.row(f"segments[{segments[0]}].{name}") + 1 for name in names]
    return f"SUMPRODUCT({','.join(f'{INPUTS}!${column_name(TABLE)}${at}:${end}${at}' for at in rows)})"


def _plan(book: Book) -> Iterator[Comparison]:
    revenue = book.results.asked.kpi("revenue", "without")
    for year, value in enumerate(revenue, 1):
        key = f"plan.revenue[{year}]"
        if book.layout.has(key) and value is not None:
            column = book.layout.year_column(year)
            live = book.layout.at(SELECTED, "kpi.revenue.without", column)
            label, stated = f"The company's own plan: revenue, year {year}", book.input_values[key]
            yield Comparison(label, "money", f"={live}", value, key, stated, "technical.plan_tolerance")
