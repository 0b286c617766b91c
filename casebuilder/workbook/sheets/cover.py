"""Cover: the decision, its numbers, where to look, how to read the colours, and what the model cannot do; one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from casebuilder.analysis.unbacked import status_of
from casebuilder.case import Case, library
from casebuilder.model.timeline import last_day
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import day, missing_of, option_label, scenario_label, years
from casebuilder.workbook.book import KINDS, Book, Kind, column_name
from casebuilder.workbook.layout import (
    CHANGES,
    CHECKS,
    COVER,
    INPUTS,
    SELECTED,
    Layout,
)
from casebuilder.workbook.sheets.notes import irr_names, irr_words, payback_names, payback_words
from casebuilder.workbook.sheets.summary import selected_text

#: The columns: label, unit or text, number; beside them the contents: tab colour, sheet, kind, what is on it.
_LABEL, _TEXT, _NUMBER, _GAP, _TAB, _SHEET, _KIND, _WHAT = range(8)
_WIDTHS = (38, 8, 17, 3, 1.5, 28, 17, 66)
_LEFT, _RIGHT, _ALL = (_LABEL, _TEXT, _NUMBER), (_TAB, _SHEET, _KIND, _WHAT), tuple(range(_WHAT + 1))
_FIRST_ROW, _HEIGHT = 4, 15.75
#: Characters of a text that surely fit beside a label, across the page.
_LINE = 150
_PERIODS = {1: "", 4: ", in quarters", 12: ", in months"}
#: Where to say what the case does not say of its decision yet.
_STATE = "State it in the app on the page Who, Decision, or under decision in the case file."
#: What the selected run says of itself, live.
_PAYS, _PAYS_NOT = "It pays at the hurdle rate", "It does not pay at the hurdle rate"
#: The figures of what is selected: line, words, unit.
_FIGURES = (
    ("npv", "Net present value", "money"),
    ("roi", "Return on investment", "share"),
    ("irr", "Internal rate of return", "share"),
    ("payback_months", "Payback, months from the decision", "months"),
    ("peak_funding", "Most cash out at any time", "money"),
)
#: How cells look: style and what it means.
_COLOURS = (
    ("input", "An input: may be changed"),
    ("default", "An input: a starting value to replace"),
    ("stamped", "As it was when the file was made"),
    ("plain", "A formula, or words"),
)


def write_cover(book: Book) -> None:
    """The sheet Cover, on one page."""
    sheet = book.sheet(COVER, book.results.case.title, "cover", _WHAT)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(Layout.LIGHT_ROW + 1, 1)
    sheet.fit_to_pages(1, 1)
    below = _decision(book, sheet, _FIRST_ROW) + 1
    left = below
    for part in (_figures, _inputs, _colours, _version):
        left = part(book, sheet, left) + 1
    right = _signs(book, sheet, _contents(book, sheet, below) + 1) + 1
    last = _weaknesses(book, sheet, max(left, right)) - 1
    for row in range(_FIRST_ROW, last + 1):
        sheet.set_row(row, _HEIGHT)
    sheet.print_area(0, 0, last, _WHAT)


def kind_of(book: Book, name: str) -> Kind:
    """What kind of sheet a sheet is."""
    if name in (SELECTED, *book.layout.calc_names.values()):
        return "calculation"
    named: dict[str, Kind] = {COVER: "cover", INPUTS: "input", CHECKS: "check", CHANGES: "check"}
    return named.get(name, "output")


def until_column(case: Case) -> int | None:
    """The last column of a Calc sheet whose period ends within the first stage; None without a stage or a period."""
    stage, company = case.decision.stage_1, case.company
    months = 12 // company.periods_per_year
    if stage is None:
        return None
    ends = (last_day(company.decision_date, period * months) for period in range(case.periods + 1))
    inside = sum(end <= stage.until for end in ends)
    return Layout.OPENING + inside - 1 if inside else None


def _title(book: Book, sheet: Any, row: int, title: str, columns: Iterable[int]) -> None:
    """The title of a block, with a rule across its columns."""
    first, *rest = columns
    sheet.write_string(row, first, title, book.styles("section"))
    for column in rest:
        sheet.write_blank(row, column, None, book.styles("section"))


def _said(book: Book, sheet: Any, row: int, label: str, text: str) -> int:
    """A text beside its label, across the page, on as many rows as it needs; returns the row below."""
    sheet.write_string(row, _LABEL, label, book.styles("muted"))
    lines = wrap(text, _LINE)
    for number, line in enumerate(lines):
        sheet.write_string(row + number, _TEXT, line, book.styles("plain"))
    return row + len(lines)


def _decision(book: Book, sheet: Any, row: int) -> int:
    """What is asked of whom, where and by when; returns the row below."""
    case = book.results.case
    _title(book, sheet, row, f"Decision asked of {case.company.name}", _ALL)
    row += 1
    for label, text in _asked(case):
        row = _said(book, sheet, row, label, text)
    return row


def _asked(case: Case) -> Iterator[tuple[str, str]]:
    """What the case says of its decision, by label; last, in one sentence, what it does not say yet."""
    decision, stage = case.decision, case.decision.stage_1
    when = [decision.forum, f"by {day(decision.by)}" if decision.by else ""]
    said = {
        "We ask": decision.ask,
        "Decided by": person(case, decision.decider) if decision.decider else "",
        "Where and when": ", ".join(part for part in when if part),
        "First stage": f"{option_label(stage.option)}, until {day(stage.until)}" if stage else "",
    }
    yield from ((label, text) for label, text in said.items() if text)
    missing = missing_of(decision)
    if missing:
        yield "Not stated yet", f"{', '.join(missing)}. {_STATE}"


def _figures(book: Book, sheet: Any, row: int) -> int:
    """The numbers of what is selected, live; returns the row below."""
    layout, asked = book.layout, book.results.asked
    _title(book, sheet, row, "What is selected on Inputs", _LEFT)
    sheet.formula(row + 1, _LABEL, f"={selected_text(book)}", book.styles("figure"), book.selected)
    npv = layout.on(SELECTED, "npv")
    verdict, value = f'=IF({npv}>0,"{_PAYS}","{_PAYS_NOT}")', _PAYS if asked.npv > 0 else _PAYS_NOT
    sheet.formula(row + 2, _LABEL, verdict, book.styles("plain"), value)
    states = (("irr_state", irr_words(), irr_names()), ("payback_state", payback_words(), payback_names()))
    found = (f"INDEX({words},{layout.on(SELECTED, key)}+1)" for key, words, _ in states)
    value = ". ".join(names[round(asked.amount(key))] for key, _, names in states) + "."
    sheet.formula(row + 3, _LABEL, "=" + '&". "&'.join(found) + '&"."', book.styles("plain"), value)
    row += 4
    for key, words, unit in _FIGURES:
        book.label(sheet, row, words, unit)
        text = f"={layout.on(SELECTED, key)}"
        book.number(sheet, row, _NUMBER, text, unit, asked.number(key), "figure")
        row += 1
    return _first_stage(book, sheet, row)


def _first_stage(book: Book, sheet: Any, row: int) -> int:
    """What the selected run costs until the first stage ends; returns the row below."""
    stage, last = book.results.case.decision.stage_1, until_column(book.results.case)
    if stage is None or last is None:
        return row
    at = book.layout.row("costs") + 1
    text = f"=SUM('{SELECTED}'!${column_name(Layout.OPENING)}${at}:${column_name(last)}${at})"
    value = sum(book.results.asked.flow("costs")[: last - Layout.OPENING + 1])
    book.label(sheet, row, f"Cost until {day(stage.until)}", "money")
    book.number(sheet, row, _NUMBER, text, "money", value, "figure")
    return row + 1


def _inputs(book: Book, sheet: Any, row: int) -> int:
    """Who stands behind the numbers in use, as the case had it when the file was made; returns the row below."""
    _title(book, sheet, row, "Who stands behind the numbers in use", _LEFT)
    counts = Counter(status_of(book.results.case, path) for path in book.behind.read)
    words = library.words().statuses
    for status in ("confirmed", "estimate", "default", "not_stated"):
        row += 1
        count = float(counts[status])
        book.label(sheet, row, words[status], "count")
        sheet.write_number(row, _NUMBER, count, book.styles("stamped", "count", count))
    return row + 1


def _colours(book: Book, sheet: Any, row: int) -> int:
    """What the colours of cells mean; those of the tabs stand beside the contents. Returns the row below."""
    _title(book, sheet, row, "Colours of cells", _LEFT)
    for number, (role, words) in enumerate(_COLOURS, row + 1):
        sheet.write_string(number, _LABEL, words, book.styles(role))
    return row + 1 + len(_COLOURS)


def _contents(book: Book, sheet: Any, row: int) -> int:
    """Every sheet with the colour of its tab, a link, its kind and a line; returns the row below."""
    _title(book, sheet, row, "Contents, with the colours of the tabs", _RIGHT)
    link, note = book.styles("link"), book.styles("muted")
    tabs = {
        kind: book.file.add_format({"bg_color": library.look()[colour]})
        for kind, (_, colour) in KINDS.items()
    }
    for number, name in enumerate(book.layout.sheets, row + 1):
        kind = kind_of(book, name)
        sheet.write_blank(number, _TAB, None, tabs[kind])
        sheet.write_url(number, _SHEET, f"internal:'{name}'!A1", link, name)
        sheet.write_string(number, _KIND, KINDS[kind][0], note)
        sheet.write_string(number, _WHAT, _line(book, name), note)
    return row + 1 + len(book.layout.sheets)


def _line(book: Book, name: str) -> str:
    """What is on a sheet, in a line; of a scenario's sheet first what people call the scenario."""
    said = library.method().sheets
    line = said.get(name) or said[name.partition(" ")[0]]
    called = [scenario_label(id) for id, calc in book.layout.calc_names.items() if calc == name]
    return ": ".join([*called, line])


def _version(book: Book, sheet: Any, row: int) -> int:
    """Which version of what this is; returns the row below."""
    _title(book, sheet, row, "Version", _LEFT)
    company = book.results.case.company
    said = (
        ("Version stamp of the case", book.stamp.fingerprint),
        ("Version of the model", book.stamp.model_version),
        ("Version of the product", book.stamp.version),
        ("Day of the decision", day(company.decision_date)),
        ("Horizon", years(company.years) + _PERIODS[company.periods_per_year]),
    )
    for number, (label, text) in enumerate(said, row + 1):
        sheet.write_string(number, _LABEL, label, book.styles("muted"))
        sheet.write_string(number, _TEXT, text, book.styles("plain"))
    return row + 1 + len(said)


def _signs(book: Book, sheet: Any, row: int) -> int:
    """Which sign means what; returns the row below."""
    _title(book, sheet, row, "Signs", _RIGHT)
    for said in library.method().signs:
        row += 1
        sheet.write_string(row, _SHEET, said.name, book.styles("muted"))
        sheet.write_string(row, _KIND, said.text, book.styles("plain"))
    return row + 1


def _weaknesses(book: Book, sheet: Any, row: int) -> int:
    """What the model cannot do, each beside its name; returns the row below."""
    _title(book, sheet, row, "Limits and known weaknesses (more on Notes)", _ALL)
    row += 1
    for said in library.method().weaknesses:
        row = _said(book, sheet, row, said.name, said.text)
    return row
