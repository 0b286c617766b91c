"""The Calc sheets: one per scenario and one for what is selected, all of one row plan, with an index at the top."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebuilder.model.expressions import Expr, Line
from casebuilder.model.results import Outcome
from casebuilder.model.timeline import last_day
from casebuilder.pitch.formulas import in_words
from casebuilder.pitch.words import scenario_label
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.input_rows import TABLE
from casebuilder.workbook.layout import HEADING, INDEX_STEP, INDEX_WIDTH, INPUTS, SELECTED
from casebuilder.workbook.outside import serial
from casebuilder.workbook.sections import short
from casebuilder.workbook.spelling import Speller

_COLUMN_WIDTH, _NOTE_WIDTH = 13, 24


class CalcSheets:
    """Writes Calc sheets: the formulas are spelled once and shared by all of them."""

    def __init__(self, book: Book) -> None:
        self.book, self.layout = book, book.layout
        layout = book.layout
        self.spellers = {
            column: Speller(layout, column)
            for column in (
                layout.VALUE,
                *range(layout.OPENING, layout.last + 1),
                *range(layout.year_opening, layout.year_last + 1),
            )
        }
        self.words = {line.key: in_words(line) for line in self._lines}
        self.texts = {line.key: list(self._texts(line)) for line in self._lines}

    def write_all(self) -> None:
        """A sheet per scenario with all switches as set, then the one that follows the selectors."""
        layout, results = self.layout, self.book.results
        as_set = f"={layout.given('option_number[as_set]')}"
        for id, outcome in results.scenarios.items():
            title = f"Calculation: {scenario_label(id)}"
            number = f"={layout.given(f'scenario_number[{id}]')}"
            self._write(layout.calc_names[id], title, outcome, number, as_set)
        selected = (self._selected(kind) for kind in ("scenario", "option"))
        self._write(SELECTED, "Calculation: selected on Inputs", results.asked, *selected)

    def _selected(self, kind: str) -> str:
        """The formula that finds the selected scenario or option among the headings of its table."""
        layout, shape = self.layout, self.book.results.model.shape
        names = shape.scenarios if kind == "scenario" else shape.options
        head = layout.titles[f"{kind}s"] + 1
        first, last = column_name(TABLE), column_name(TABLE + len(names) - 1)
        chosen = layout.given(f"select.{kind}")
        return f"=MATCH({chosen},{INPUTS}!${first}${head}:${last}${head},0)"

    @property
    def _openings(self) -> tuple[int, ...]:
        """The columns whose formulas are their own: constants, and what comes before the first period or year."""
        return self.layout.VALUE, self.layout.OPENING, self.layout.year_opening

    @property
    def _lines(self) -> list[Line]:
        """The computed lines: those that head the columns, then the others in the order of the rows."""
        heads = [self.book.results.model[key] for key in HEADING]
        return heads + [row for row in self.layout.rows if isinstance(row, Line) and row.shape != "input"]

    def _texts(self, line: Line) -> Iterator[tuple[int, str]]:
        for column, formula in self._formulas(line):
            if formula is not None:
                yield column, self.spellers[column].formula(formula)

    def _formulas(self, line: Line) -> Iterator[tuple[int, Expr | None]]:
        layout = self.layout
        if line.shape in ("constant", "total"):
            yield layout.VALUE, line.formula
            return
        opening, first, last = layout.OPENING, layout.first, layout.last
        if line.shape == "year":
            opening, first, last = layout.year_opening, layout.year_first, layout.year_last
        yield opening, line.opening
        for column in range(first, last + 1):
            yield column, line.formula

    def _write(self, name: str, title: str, outcome: Outcome, scenario: str, option: str) -> None:
        """One Calc sheet; `scenario` and `option` are the formulas of its two selecting cells."""
        layout, styles = self.layout, self.book.styles
        sheet = self.book.sheet(name, title, "calculation", layout.year_last + 1, wide=True)
        sheet.freeze_panes(layout.HEAD_ROW + 1, layout.VALUE + 1)
        sheet.set_column(layout.NOTE, layout.NOTE, _NOTE_WIDTH)
        sheet.set_column(layout.OPENING, layout.year_last, _COLUMN_WIDTH)
        sheet.repeat_rows(0, layout.HEAD_ROW)
        sheet.repeat_columns(0, layout.UNIT)
        self._heads(sheet, outcome)
        self._index(sheet, name)
        for row, entry in enumerate(layout.rows, layout.first_row):
            if isinstance(entry, str):
                sheet.write_string(row, 0, entry, styles("section"))
                self._link(sheet, row, layout.UNIT, name, layout.INDEX_ROW, "to the index")
            elif entry.shape == "input":
                self.book.label(sheet, row, entry.label, entry.unit)
                text = scenario if entry.key == "run.scenario" else option
                self.book.number(sheet, row, layout.VALUE, text, entry.unit, self._choice(entry.key, outcome))
            else:
                self._line(sheet, row, entry, outcome)
        sheet.print_area(0, 0, layout.first_row + len(layout.rows) - 1, layout.year_last)

    def _line(self, sheet: Any, row: int, line: Line, outcome: Outcome) -> None:
        layout, style = self.layout, self.book.styles("plain", line.unit)
        self.book.label(sheet, row, line.label, line.unit)
        sheet.write_string(row, layout.NOTE, self.words[line.key], self.book.styles("note"))
        values, texts = self._values(line, outcome), self.texts[line.key]
        first = int(texts[0][0] in self._openings)
        for column, text in texts[:first]:
            sheet.formula(row, column, text, style, values[column])
        if first < len(texts):
            columns, spelled = zip(*texts[first:], strict=True)
            sheet.formulas(row, columns[0], spelled, style, [values[column] for column in columns])

    def _choice(self, key: str, outcome: Outcome) -> float:
        shape = self.book.results.model.shape
        if key == "run.scenario":
            return 1.0 + shape.scenarios.index(outcome.scenario)
        return 1.0 + shape.options.index(outcome.option)

    def _values(self, line: Line, outcome: Outcome) -> dict[int, float | None]:
        """The evaluated numbers by column: they are the stored values of the formulas."""
        layout = self.layout
        if line.shape in ("constant", "total"):
            return {layout.VALUE: outcome.number(line.key)}
        if line.shape == "period":
            return dict(enumerate(outcome.row(line.key), layout.OPENING))
        opening = (
            {layout.year_opening: outcome.number(line.opening.key)} if isinstance(line.opening, Line) else {}
        )
        return opening | dict(enumerate(outcome.row(line.key), layout.year_first))

    def _heads(self, sheet: Any, outcome: Outcome) -> None:
        """What stands above the columns of time: period, month, year, last day, name; the yearly ones to the right."""
        layout, styles = self.layout, self.book.styles
        for key in HEADING:
            self._line(sheet, layout.row(key), self.book.results.model[key], outcome)
        for column, text in ((0, "Line"), (1, "Unit"), (2, "Constant or total"), (3, "In words")):
            role = "head" if column == layout.VALUE else "muted"
            sheet.write_string(layout.HEAD_ROW, column, text, styles(role))
        self._yearly_heads(sheet)
        self.book.label(sheet, layout.DATE_ROW, "Period ends", "date")
        sheet.write_string(layout.DATE_ROW, layout.NOTE, "last day of the period", styles("note"))
        company = self.book.results.case.company
        for period in range(self.book.results.case.periods + 1):
            column = layout.OPENING + period
            self._date(sheet, column, period * 12 // company.periods_per_year)
            words = "Decision" if period == 0 else period_word(period, company.periods_per_year)
            sheet.write_string(layout.HEAD_ROW, column, words, styles("head"))

    def _yearly_heads(self, sheet: Any) -> None:
        layout, company = self.layout, self.book.results.case.company
        per_year = layout.given("company.periods_per_year")
        steps = (
            (layout.PERIOD_ROW, per_year, company.periods_per_year, "period"),
            (layout.MONTH_ROW, "12", 12, "months"),
            (layout.YEAR_ROW, "1", 1, "period"),
        )
        for year in range(company.years + 1):
            column = layout.year_column(year)
            head = f"Year {year}" if year else "Run rate"
            sheet.write_string(layout.HEAD_ROW, column, head, self.book.styles("head"))
            for row, step, size, unit in steps:
                text = f"={column_name(column - 1)}${row + 1}+{step}" if year else "=0"
                self.book.number(sheet, row, column, text, unit, float(year * size))
            self._date(sheet, column, 12 * year)

    def _date(self, sheet: Any, column: int, months: int) -> None:
        layout, start = self.layout, self.book.results.case.company.decision_date
        given = layout.given("company.decision_date")
        month = f"{column_name(column)}${layout.MONTH_ROW + 1}"
        text = f"=EDATE({given},{month})-({month}>0)*1"
        self.book.number(
            sheet, layout.DATE_ROW, column, text, "date", serial(last_day(start, months)), "muted"
        )

    def _index(self, sheet: Any, name: str) -> None:
        """Links to every section, one part beneath another: hundreds of rows stay readable."""
        layout, row = self.layout, self.layout.INDEX_ROW
        sheet.write_string(row, 0, "Index", self.book.styles("section"))
        row += 1
        for part in layout.parts:
            self._link(sheet, row, 0, name, layout.section_rows[part.sections[0]], part.name)
            for number, title in enumerate(part.sections):
                line, place = divmod(number, INDEX_WIDTH)
                target = layout.section_rows[title]
                self._link(sheet, row + line, layout.OPENING + place * INDEX_STEP, name, target, short(title))
            row += part.height(INDEX_WIDTH)

    def _link(self, sheet: Any, row: int, column: int, name: str, target: int, text: str) -> None:
        address = f"internal:'{name}'!A{target + 1}"
        sheet.write_url(row, column, address, self.book.styles("link"), text)


def period_word(period: int, per_year: int) -> str:
    """`Y2`, `Y1 Q3` or `Y1 M11`."""
    year, part = (period - 1) // per_year + 1, (period - 1) % per_year + 1
    return {1: f"Y{year}", 4: f"Y{year} Q{part}", 12: f"Y{year} M{part}"}[per_year]
