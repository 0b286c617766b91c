"""The budget as a draft: cash, profit, positions and whose budget it is, by fiscal year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from casebuilder.model.timeline import last_day
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.draft import Draft
from casebuilder.workbook.layout import BUDGET, SELECTED, Layout
from casebuilder.workbook.lines import by_year, sum_of_year
from casebuilder.workbook.outside import serial
from casebuilder.workbook.sheets.budget_owners import COMPANY, NOBODY, Owned, benefits, costs

#: Rows that stay in sight: what is selected, the fiscal years, and how many periods end in each.
FIRST_ROW, YEAR_ROW, COUNT_ROW = 3, 5, 6
#: The first column of fiscal years, which is also that of the decision in the table of periods.
FIRST = Layout.OPENING
_TOTAL = Layout.VALUE
_STARTS = "company.fiscal_year_starts"


class BudgetSheet:
    """The rows of the budget; every fiscal year is computed, so that it may start in any month.

    `beneath` is the row in which the table of periods begins: below all others, but read by them.
    """

    def __init__(self, book: Book, beneath: int = 0) -> None:
        self.book, self.layout = book, book.layout
        self.case, self.outcome = book.results.case, book.results.asked
        self.draft = Draft(BUDGET, FIRST_ROW)
        self.last = FIRST + self.case.company.years
        self.names_row, self.date_row, self.fiscal_row = range(beneath, beneath + 3)
        self.ends = [self._end(period) for period in range(self.case.periods + 1)]
        starts = self.case.company.fiscal_year_starts
        self.fiscal = [fiscal_year(day, starts) for day in self.ends]
        self._heads()
        self.cash = self._cash()
        self.profit = self._profit()
        self._owners()
        self._positions()
        self.ties = self._ties()
        self._periods()

    def _end(self, period: int) -> date:
        """The last day of a period; of period 0 the day of the decision."""
        company = self.case.company
        return last_day(company.decision_date, period * 12 // company.periods_per_year)

    def _heads(self) -> None:
        """What is selected on Inputs, the fiscal years, and how many periods end in each."""
        draft = self.draft
        chosen = (scenario_label(self.case.headline), option_label(self.book.results.asked_option))
        for kind, value in zip(("scenario", "option"), chosen, strict=True):
            row = draft.row(f"Selected on Inputs: {kind}")
            draft.put(row, _TOTAL, f"={self.layout.given(f'select.{kind}')}", value)
        named = draft.row("Fiscal year, named by the calendar year in which it ends", "period")
        ending = draft.row("Periods that end in it", "period", role="muted")
        for column in self._columns:
            before = f"${column_name(FIRST)}${self.fiscal_row + 1}"
            text = f"={column_name(column - 1)}{named + 1}+1" if column > FIRST else f"={before}"
            year = self.fiscal[0] + column - FIRST
            draft.put(named, column, text, float(year), role="head")
            text = f"=COUNTIF({self._row_of_years(True)},{self._year(column)})"
            draft.put(ending, column, text, float(self.fiscal[1:].count(year)))

    def _row_of_years(self, from_first: bool = False) -> str:
        """The fiscal year of each period, with or without the decision."""
        return self.layout.row_range(self.fiscal_row, from_first)

    def _year(self, column: int) -> str:
        return f"{column_name(column)}${YEAR_ROW + 1}"

    def _flow(self, key: str, label: str, note: str = "", role: str = "plain") -> int:
        """A period line by fiscal year, with its total."""
        row = self.draft.row(label, "money", note, role)
        amounts = by_year(self.outcome, key, self.fiscal)
        for column in self._columns:
            text = sum_of_year(self.layout, self._row_of_years(), self._year(column), key)
            self.draft.put(row, column, text, amounts.get(self.fiscal[0] + column - FIRST, 0.0))
        self.draft.along(row, _TOTAL, FIRST, self.last)
        return row

    def _block(self, owned: Sequence[Owned], key: str, label: str) -> tuple[dict[str, int], int]:
        """Rows and their sum; without rows the line that holds the sum. Returns the rows by key, and the sum's."""
        rows = {each.key: self._flow(each.key, each.label, each.owner) for each in owned}
        if not rows:
            return rows, self._flow(key, label, role="total")
        total = self.draft.row(label, "money", role="total")
        for column in self._columns:
            self.draft.total(total, column, min(rows.values()), max(rows.values()))
        self.draft.along(total, _TOTAL, FIRST, self.last)
        return rows, total

    @property
    def _columns(self) -> range:
        """The columns of fiscal years."""
        return range(FIRST, self.last + 1)

    def _cash(self) -> dict[str, int]:
        """Benefits, costs, tax and what is left, as money comes and goes; rows by key."""
        words = (
            "A period belongs to the fiscal year in which it ends; the first and last may be part of a year"
        )
        self.draft.section("Cash", words)
        gained, headline = self._block(benefits(self.book.results), "headline", "Counted benefits")
        paid, spent = self._block(costs(self.case), "costs", "Costs")
        tax = self._flow("tax", "Tax")
        net = self._less("Net cash flow: benefits less costs less tax", headline, spent, tax)
        return {**gained, **paid, "headline": headline, "costs": spent, "tax": tax, "net": net}

    def _less(self, label: str, first: int, *others: int, unit: str = "money") -> int:
        """A row less other rows."""
        row = self.draft.row(label, unit, role="total")
        for column in self._columns:
            taken = "".join(f"-{column_name(column)}{other + 1}" for other in others)
            amount = self.draft.amounts([(first, column)]) - self.draft.amounts((o, column) for o in others)
            self.draft.put(row, column, f"={column_name(column)}{first + 1}{taken}", amount)
        self.draft.along(row, _TOTAL, FIRST, self.last)
        return row

    def _profit(self) -> dict[str, int]:
        """The same without cash that comes once and is no profit; one-time costs count when they are paid."""
        words = (
            "Without one-off cash (receivables, own one-off lines); one-time costs count in full when paid"
        )
        self.draft.section("Profit", words)
        last = [line.key for line in self.book.results.model.lines if line.key.startswith("one_off[")][-1]
        once = self._flow(last, "One-off cash among the counted benefits")
        kept = self._less("Counted benefits that are profit", self.cash["headline"], once)
        before = self._less("Profit before tax", kept, self.cash["costs"])
        after = self._less("Profit after tax", before, self.cash["tax"])
        return {"once": once, "after": after}

    def _owners(self) -> None:
        """Whose budget pays and whose gains: an owner's rows stand beneath each other above."""
        self.draft.section("Whose budget", "Owners of investments, of own lines and of positions given back")
        spent = {"Costs": costs(self.case), "Counted benefits": benefits(self.book.results)}
        for what, owned in spent.items():
            for owner in dict.fromkeys(each.owner for each in owned):
                rows = [self.cash[each.key] for each in owned if each.owner == owner]
                row = self.draft.row(_whose(what, owner), "money")
                for column in self._columns:
                    self.draft.total(row, column, rows[0], rows[-1])
                self.draft.along(row, _TOTAL, FIRST, self.last)

    def _positions(self) -> None:
        """Own people needed, agents' positions freed and leavers avoided; full-time, averaged over twelve months."""
        words = "Full-time, averaged over twelve months: half a year of one person is half a position"
        self.draft.section("Positions", words)
        rows = [self._people(i.id, i.name) for i in self.case.initiatives]
        if rows:
            total = self.draft.row("Own people needed", "fte", role="total")
            for column in self._columns:
                self.draft.total(total, column, rows[0], rows[-1])
        self._freed()
        without, with_ = (self._leavers(world) for world in ("without", "with"))
        self._less("Front-line leavers avoided", without, with_, unit="count")

    def _people(self, id: str, name: str) -> int:
        """Own people of an investment: its positions times the part of the year in which its cost runs."""
        row = self.draft.row(f"Own people: {name}", "fte")
        layout, given = self.layout, self.book.input_values
        fte, costed = f"initiatives[{id}].internal_fte", f"costed[{id}]"
        per_year = "company.periods_per_year"
        people = given[fte] * self.outcome.amount(costed)
        head = f"={layout.given(fte)}*{layout.on(SELECTED, costed)}*"
        for column, text, amount in self._in_years(f"running_share[{id}]"):
            value = people * amount / given[per_year]
            self.draft.put(row, column, f"{head}{text}/{layout.given(per_year)}", value)
        return row

    def _freed(self) -> None:
        key = "service.productive_hours_per_agent"
        row = self.draft.row("Agents' positions freed", "fte", "hours freed for the same customers", "total")
        hours, cell = self.book.input_values[key], self.layout.given(key)
        for column, text, amount in self._in_years("hours_freed"):
            value = amount / hours if hours else None
            self.draft.put(row, column, f'=IF({cell}=0,"",{text}/{cell})', value)

    def _leavers(self, world: str) -> int:
        words = {"without": "do nothing", "with": "with the programme"}[world]
        row = self.draft.row(f"Front-line leavers, {words}", "count")
        key = f"leavers.{world}"
        if self.book.results.model[key].shape != "period":
            key = f"{key}.by_period"
        for column, text, amount in self._in_years(key):
            self.draft.put(row, column, f"={text}", amount)
        self.draft.along(row, _TOTAL, FIRST, self.last)
        return row

    def _in_years(self, key: str) -> Iterable[tuple[int, str, float]]:
        """A period line by fiscal year, the decision left out: column, text without its equals sign, amount."""
        flow = self.outcome.flow(key)
        for column in self._columns:
            year = self.fiscal[0] + column - FIRST
            pairs = zip(self.fiscal[1:], flow[1:], strict=True)
            text = sum_of_year(self.layout, self._row_of_years(True), self._year(column), key, True)
            yield column, text[1:], sum((amount for at, amount in pairs if at == year), 0.0)

    def _ties(self) -> dict[str, int]:
        """What is left over between this sheet's totals and those of Calc selected; rows by what is compared."""
        self.draft.section(
            "Does it add up", "Left over between this sheet and Calc selected; Checks reads it"
        )
        after, once = self.profit["after"], self.profit["once"]
        compared = {
            "Budget: counted benefits": ([self.cash["headline"]], "headline"),
            "Budget: costs": ([self.cash["costs"]], "costs"),
            "Budget: net cash flow": ([self.cash["net"]], "net"),
            "Budget: profit after tax and one-off cash": ([after, once], "net"),
        }
        return {label: self._tie(label, rows, key) for label, (rows, key) in compared.items()}

    def _tie(self, label: str, rows: Sequence[int], key: str) -> int:
        row = self.draft.row(f"{label}, left over", "money")
        ours = "+".join(f"{column_name(_TOTAL)}{each + 1}" for each in rows)
        amount = self.draft.amounts((each, _TOTAL) for each in rows) - sum(self.outcome.flow(key))
        self.draft.put(row, _TOTAL, f"={ours}-SUM({self.layout.across(SELECTED, key)})", amount)
        return row

    def _periods(self) -> None:
        """Each period's last day and fiscal year, in the columns that periods have on Calc sheets."""
        self.draft.section("Which period belongs to which fiscal year")
        self.beneath = self.draft.next
        self.draft.row("Period", role="muted")
        days = self.draft.row("Last day of the period", "date")
        named = self.draft.row("Fiscal year in which the period ends", "period")
        starts = self.layout.given(_STARTS)
        for column, (day, year) in enumerate(zip(self.ends, self.fiscal, strict=True), Layout.OPENING):
            here = f"{column_name(column)}${days + 1}"
            there = f"='{SELECTED}'!{column_name(column)}${Layout.DATE_ROW + 1}"
            self.draft.put(days, column, there, serial(day))
            text = f"=YEAR({here})+(MONTH({here})>={starts})*({starts}>1)"
            self.draft.put(named, column, text, float(year))


def budget(book: Book) -> BudgetSheet:
    """The budget of a case: drafted once to know where the table of periods begins, then with its address."""
    return BudgetSheet(book, BudgetSheet(book).beneath)


def fiscal_year(day: date, starts: int) -> int:
    """The fiscal year of a day, named by the calendar year in which it ends; `starts` is its first month."""
    return day.year + (day.month >= starts > 1)


def _whose(what: str, owner: str) -> str:
    """What is in somebody's budget."""
    if owner in (COMPANY, NOBODY):
        return f"{what}: {owner}"
    return f"{what}: budget of {owner}"
