"""A stakeholder's sheet as a draft: who it is for, their numbers, their benefits and costs, and what others gain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebuilder.case import library
from casebuilder.case.records.stakeholders import Stakeholder
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.model.timeline import last_day
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import label_of, option_label, scenario_label
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.draft import Draft, one_line
from casebuilder.workbook.layout import SELECTED, Layout
from casebuilder.workbook.lines import TIED, by_year, possible, sum_of_year
from casebuilder.workbook.outside import serial
from casebuilder.workbook.sheets.view_measures import Measure, measures
from casebuilder.workbook.sheets.view_numbers import BETTER, FIRST_YEAR, Numbers

#: Rows above the numbers that stay in sight: what is selected, when years end, their numbers from 0, their names.
SCENARIO_ROW, OPTION_ROW, DATE_ROW, YEAR_ROW, HEAD_ROW = 3, 4, 5, 6, 7
DECISION = Layout.OPENING
_TOTAL = Layout.VALUE
_ROLE = 40
#: The benefit with which the cash tied up in growth is shown: both are receivables.
_COLLECTED = "cash_collection"


class ViewSheet:
    """One stakeholder's rows; `number` counts stakeholders from 1."""

    def __init__(self, book: Book, number: int, stakeholder: Stakeholder) -> None:
        self.book, self.layout, self.stakeholder = book, book.layout, stakeholder
        self.results, self.outcome = book.results, book.results.asked
        self.case = book.results.case
        self.role = one_line(stakeholder.role or person(self.case, stakeholder.persona), _ROLE)
        self.draft = Draft(book.layout.view_names[number - 1], SCENARIO_ROW)
        self.measures = measures(book.results, number, stakeholder)
        self.present = FIRST_YEAR + self.case.company.years
        per_year = self.case.company.periods_per_year
        self._years = [-(-period // per_year) for period in range(self.case.periods + 1)]
        self.leads: tuple[Measure, int] | None = None
        self.gained: int | None = None
        self._heads()
        self._numbers()
        self._benefits()
        self._costs()

    @property
    def title(self) -> str:
        """Whose sheet it is."""
        name = one_line(self.stakeholder.name, _ROLE)
        return f"For {name}, {self.role}" if name else f"For the {self.role}"

    def _heads(self) -> None:
        """What is selected on Inputs, and the columns of time."""
        draft, case = self.draft, self.case
        chosen = (scenario_label(case.headline), option_label(self.results.asked_option))
        for kind, value in zip(("scenario", "option"), chosen, strict=True):
            row = draft.row(f"Selected on Inputs: {kind}")
            draft.put(row, _TOTAL, f"={self.layout.given(f'select.{kind}')}", value)
        dates = draft.row("Year ends", "date", role="muted")
        years = draft.row("Year of the plan", "period", role="muted")
        for year in range(case.company.years + 1):
            column, there = DECISION + year, column_name(self.layout.year_column(year))
            ends = serial(last_day(case.company.decision_date, 12 * year))
            draft.put(dates, column, f"='{SELECTED}'!{there}${Layout.DATE_ROW + 1}", ends)
            text = f"='{SELECTED}'!{there}${Layout.PERIOD_ROW + 1}/{self.layout.given('company.periods_per_year')}"
            draft.put(years, column, text, float(year))
        draft.next = HEAD_ROW + 1

    def _numbers(self) -> None:
        numbers = Numbers(self.book, self.draft)
        for measure in self.measures:
            moved = numbers.add(measure)
            if moved is not None and self.leads is None:
                self.leads = (measure, moved)

    def _benefits(self) -> None:
        """The counted benefits behind their numbers, by year."""
        words = "Counted, risk-adjusted as selected; a benefit can stand on several sheets and counts once"
        self.draft.section("Benefits of what moves these numbers", words)
        rows = [self._line(line) for line in self._lines()]
        if rows:
            self.gained = self._sum("All of these benefits", rows)
        else:
            self.draft.row("No benefit of this case moves these numbers", role="muted", long=True)

    def _lines(self) -> Iterator[str]:
        """Benefits whose metric moves one of their numbers; the company's own where the owner or the case's return is.

        Cash tied up in growth belongs to no metric: it stands beside faster collection.
        """
        kpis = [measure.kpi for measure in self.measures if measure.kpi]
        levers = library.levers()
        named = {levers[lever].line for kpi in kpis for lever in kpi.levers}
        named |= {TIED} if _COLLECTED in named else set()
        owned = {f"custom:{line.name}" for line in self.case.custom_lines if self._owns(line.owner)}
        whole = any(kpi.id in OF_THE_CASE for kpi in kpis)
        for line in possible(self.results):
            if line in named or line in owned or (whole and line.startswith("custom:")):
                yield line

    def _owns(self, owner: str | None) -> bool:
        """Whether a budget is theirs: by persona, by role or by name."""
        me = self.stakeholder
        return owner is not None and (
            person(self.case, owner) == person(self.case, me.persona) or owner == me.name
        )

    def _line(self, line: str) -> int:
        key = f"counted.{line}"
        row = self._flow(f"Benefit: {label_of(line)}", key)
        worth = f"pv.{line}"
        self.draft.put(row, self.present, f"={self.layout.on(SELECTED, worth)}", self.outcome.amount(worth))
        return row

    def _flow(self, label: str, key: str) -> int:
        """A period line by year, with its total."""
        row = self.draft.row(label, "money")
        years = self.layout.row_range(self.layout.row("year"), from_first=False)
        for year, amount in by_year(self.outcome, key, self._years).items():
            column = DECISION + year
            here = f"{column_name(column)}${YEAR_ROW + 1}"
            text = sum_of_year(self.layout, f"'{SELECTED}'!{years}", here, key)
            self.draft.put(row, column, text, amount)
        self.draft.along(row, _TOTAL, DECISION, self.present - 1)
        return row

    def _sum(self, label: str, rows: Sequence[int]) -> int:
        """The rows added up, column by column."""
        total = self.draft.row(label, "money", role="total")
        for column in (_TOTAL, *range(DECISION, self.present + 1)):
            self.draft.total(total, column, rows[0], rows[-1])
        return total

    def _costs(self) -> None:
        """What their budget pays, by year."""
        self.draft.section("Costs in their budget", "Investments and own cost lines whose owner they are")
        named = [(f"cost[{i.id}]", i.name) for i in self.case.initiatives if self._owns(i.owner)]
        named += [
            (f"custom:{line.name}", line.name)
            for line in self.case.custom_lines
            if line.kind == "cost" and self._owns(line.owner)
        ]
        rows = [self._cost(key, name) for key, name in named]
        if rows:
            self._sum("All of these costs", rows)
        else:
            self.draft.row("No cost of this case is in their budget", role="muted", long=True)

    def _cost(self, key: str, name: str) -> int:
        row = self._flow(f"Cost: {name}", key)
        flow, factor = (self.layout.across(SELECTED, each) for each in (key, "factor"))
        pairs = zip(self.outcome.flow(key), self.outcome.flow("factor"), strict=True)
        self.draft.put(row, self.present, f"=SUMPRODUCT({flow},{factor})", sum(a * b for a, b in pairs))
        return row

    def add_others(self, everyone: Sequence[ViewSheet]) -> None:
        """What everyone else gains, a row each: how their first number moves, and what their benefits are worth."""
        others = [other for other in everyone if other is not self]
        if others:
            words = "How their first number moves, in its own unit, and what the benefits on their sheet are worth"
            self.draft.section("What the others gain or lose", words)
        for other in others:
            self._other(other)

    def _other(self, other: ViewSheet) -> None:
        """The head of the last column says its unit, whatever the unit of the row."""
        draft, theirs = self.draft, other.draft
        if other.leads is None:
            row = draft.row(other.role, "money", "no number that the model computes by year")
        else:
            measure, moved = other.leads
            note = BETTER.get(measure.kpi.direction, "") if measure.kpi else ""
            row = draft.row(f"{other.role}: {measure.label}", theirs.rows[moved].unit, note)
            for year in range(1, self.case.company.years + 1):
                place = (moved, FIRST_YEAR + year - 1)
                cell = theirs.cells[place]
                draft.put(row, place[1], f"={theirs.reference(*place)}", cell.value, cell.size)
        if other.gained is not None:
            place = (other.gained, other.present)
            draft.put(row, self.present, f"={theirs.reference(*place)}", theirs.value(*place), unit="money")
