"""The numbers of a stakeholder on their sheet: with and without by year, the target, and the way that is left to it."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.case.library import Kpi
from casebuilder.model.kpis import kpi_key
from casebuilder.model.results import CASE_LINES
from casebuilder.model.worlds import World
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.draft import Draft, Value
from casebuilder.workbook.layout import SELECTED, Layout
from casebuilder.workbook.sheets.view_measures import Measure

#: The first column of years on a stakeholder's sheet; what happens at the decision stands before it.
FIRST_YEAR = Layout.OPENING + 1
_SINGLE = Layout.VALUE
#: Which way is better, in words, and what a movement down, none and one up are called.
BETTER = {"up": "more is better", "down": "less is better"}
_WORDS = {"up": ("worse", "no change", "better"), "down": ("better", "no change", "worse")}
#: Units whose numbers may be so small that the usual format would hide them at any size.
_BY_SIZE = ("money", "money_per_year", "ratio")
_BEYOND = "in brackets: beyond the target"


class Numbers:
    """Drafts the rows of one number after another."""

    def __init__(self, book: Book, draft: Draft) -> None:
        self.book, self.draft, self.layout = book, draft, book.layout
        self.outcome = book.results.asked
        self.years = book.results.case.company.years
        self.tolerance = book.layout.given("technical.tolerance")

    def add(self, measure: Measure) -> int | None:
        """Draft a number; returns the row of its difference by year, None where it has none."""
        hurdle = "Hurdle: " if measure.hurdle else ""
        if measure.kpi is None:
            self.draft.section(f"{hurdle}{measure.label} (not computed by the model)")
            self._stated(measure, 0.0)
            return None
        self.draft.section(hurdle + measure.label, measure.kpi.description)
        values = self._values(measure, measure.kpi)
        size = _size(measure.unit, [v for row in values for v in row])
        target = None
        if measure.by_year:
            rows = self._by_year(measure, measure.kpi, size)
            target = self._stated(measure, size)
            held = [(row, FIRST_YEAR + measure.year - 1) for row in rows[:2]]
        else:
            rows = (self._single(measure, measure.kpi, size),) * 2 + (None,)
            target = self._stated(measure, size)
            held = [(rows[0], _SINGLE)]
        if target is not None:
            self._gaps(measure, measure.kpi, target, held, size)
        return rows[2]

    def _values(self, measure: Measure, kpi: Kpi) -> tuple[Sequence[float | None], ...]:
        if measure.by_year:
            return self.outcome.kpi(kpi.id, "without"), self.outcome.kpi(kpi.id, "with")
        return ((self.outcome.number(CASE_LINES[kpi.id]),),)

    def _single(self, measure: Measure, kpi: Kpi, size: float) -> int:
        """A number of the case as a whole."""
        row = self.draft.row(f"{measure.label}: with the programme", measure.unit)
        line = CASE_LINES[kpi.id]
        self.draft.put(
            row, _SINGLE, f"={self.layout.on(SELECTED, line)}", self.outcome.number(line), size, "total"
        )
        return row

    def _by_year(self, measure: Measure, kpi: Kpi, size: float) -> tuple[int, int, int | None]:
        """Both worlds, their difference, and in words whether it is better."""
        without = self._world(measure, kpi, "without", "do nothing", size)
        with_ = self._world(measure, kpi, "with", "with the programme", size)
        unit = _difference(measure.unit)
        moved = self.draft.row(f"{measure.label}: difference", unit, role="total")
        for column in self._columns:
            pair = f"{column_name(column)}{without + 1}:{column_name(column)}{with_ + 1}"
            ends = [self.draft.value(row, column) for row in (without, with_)]
            text = (
                f'=IF(COUNT({pair})=2,{column_name(column)}{with_ + 1}-{column_name(column)}{without + 1},"")'
            )
            self.draft.put(moved, column, text, _less(ends[1], ends[0]), size)
        if kpi.direction != "none":
            self._judged(measure, kpi, without, moved)
        return without, with_, moved

    def _world(self, measure: Measure, kpi: Kpi, world: World, words: str, size: float) -> int:
        row = self.draft.row(f"{measure.label}: {words}", measure.unit)
        values, key = self.outcome.kpi(kpi.id, world), kpi_key(kpi.id, world)
        for year, value in enumerate(values, 1):
            text = f"={self.layout.at(SELECTED, key, self.layout.year_column(year))}"
            self.draft.put(row, FIRST_YEAR + year - 1, text, value, size)
        return row

    def _judged(self, measure: Measure, kpi: Kpi, without: int, moved: int) -> None:
        """Better or worse by the direction that is good; what is less than the tolerance is no change."""
        words = _WORDS[kpi.direction]
        quoted = ",".join(f'"{word}"' for word in words)
        row = self.draft.row(f"{measure.label}: better or worse", note=BETTER[kpi.direction])
        for column in self._columns:
            change, before = (f"{column_name(column)}{each + 1}" for each in (moved, without))
            sign = f"SIGN({change})*(ABS({change})>{self.tolerance}*ABS({before}))"
            text = f'=IF(COUNT({change})=0,"",CHOOSE(2+{sign},{quoted}))'
            value = self._word(self.draft.value(moved, column), self.draft.value(without, column), words)
            self.draft.put(row, column, text, value, role="head")

    def _word(self, change: Value, before: Value, words: Sequence[str]) -> str:
        if not isinstance(change, float) or not isinstance(before, float):
            return ""
        seen = abs(change) > self._share * abs(before)
        return words[1 + (change > 0) - (change < 0)] if seen else words[1]

    @property
    def _share(self) -> float:
        return self.book.input_values["technical.tolerance"]

    @property
    def _columns(self) -> range:
        return range(FIRST_YEAR, FIRST_YEAR + self.years)

    def _stated(self, measure: Measure, size: float) -> int | None:
        """Today's value and the target as the stakeholder stated them; returns the row of the target."""
        found = None
        for field, words, note in (
            ("current", "today", "as stated on Inputs"),
            ("target", "target", measure.due),
        ):
            key = f"{measure.key}.{field}"
            if self.layout.has(key):
                found = self.draft.row(f"{measure.label}: {words}", measure.unit, note)
                value = self.book.input_values[key]
                self.draft.put(found, _SINGLE, f"={self.layout.given(key)}", value, size or abs(value))
                found = found if field == "target" else None
        return found

    def _gaps(
        self, measure: Measure, kpi: Kpi, target: int, held: Sequence[tuple[int, int]], size: float
    ) -> None:
        """What is missing to the target in the year in which it is due, without and with, and whether it is met."""
        worlds = ("do nothing", "with the programme")[-len(held) :]
        unit = _difference(measure.unit)
        rows = []
        for words, place in zip(worlds, held, strict=True):
            row = self.draft.row(f"{measure.label}: gap, {words}", unit, _BEYOND)
            self._gap(row, kpi, target, place, size)
            rows.append(row)
        if len(rows) > 1:
            self._closed(measure, unit, rows[0], rows[1], size)
        self._met(measure, target, rows[-1])

    def _gap(self, row: int, kpi: Kpi, target: int, held: tuple[int, int], size: float) -> None:
        """Above zero is missing, whichever direction is good."""
        goal, now = f"$C${target + 1}", f"{column_name(held[1])}{held[0] + 1}"
        ends = self.draft.value(target, _SINGLE), self.draft.value(*held)
        if kpi.direction == "down":
            way, value = f"{now}-{goal}", _less(ends[1], ends[0])
        else:
            way, value = f"{goal}-{now}", _less(ends[0], ends[1])
        self.draft.put(row, _SINGLE, f'=IF(COUNT({goal},{now})=2,{way},"")', value, size)

    def _closed(self, measure: Measure, unit: str, without: int, with_: int, size: float) -> None:
        row = self.draft.row(f"{measure.label}: gap closed", unit, f"in year {measure.year}", "total")
        value = _less(self.draft.value(without, _SINGLE), self.draft.value(with_, _SINGLE))
        text = f'=IF(COUNT(C{without + 1}:C{with_ + 1})=2,C{without + 1}-C{with_ + 1},"")'
        self.draft.put(row, _SINGLE, text, value, size)

    def _met(self, measure: Measure, target: int, gap: int) -> None:
        """Met at the target or past it; a return or payback that does not exist meets nothing."""
        when = f", in year {measure.year}" if measure.by_year else ""
        row = self.draft.row(f"{measure.label}: target is", note=f"with the programme{when}")
        nothing = "no number" if measure.by_year else "not met"
        left, goal = self.draft.value(gap, _SINGLE), self.draft.value(target, _SINGLE)
        near = f"C{gap + 1}<={self.tolerance}*ABS(C{target + 1})"
        text = f'=IF(COUNT(C{gap + 1})=0,"{nothing}",CHOOSE(1+({near}),"not met","met"))'
        value = nothing
        if isinstance(left, float) and isinstance(goal, float):
            value = "met" if left <= self._share * abs(goal) else "not met"
        self.draft.put(row, _SINGLE, text, value, role="head")


def _difference(unit: str) -> str:
    """The unit of a difference: shares differ in points."""
    return "points" if unit == "share" else unit


def _less(first: Value, second: Value) -> float | None:
    """The first less the second; None where one of them is no number."""
    return first - second if isinstance(first, float) and isinstance(second, float) else None


def _size(unit: str, values: Sequence[float | None]) -> float:
    """The size by which a format is chosen: small amounts of money show their cents, all else its usual digits."""
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    return largest if unit in _BY_SIZE or largest < 1 else 0.0
