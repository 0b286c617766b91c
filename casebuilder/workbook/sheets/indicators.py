"""What is tracked: the money, the customers, and every operational metric that an investment of the case moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.case import Initiative, library
from casebuilder.case.library import InputWord, Lever
from casebuilder.case.reserved import ALL
from casebuilder.model.levers import COMPANY
from casebuilder.model.results import Outcome
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import inside
from casebuilder.workbook.book import Book
from casebuilder.workbook.bounds import Bounds, Limits
from casebuilder.workbook.layout import SELECTED

#: The indicator whose actuals say how far the books have come.
CASH = "net"
_MONEY = Bounds(0.0)
_THOUSAND = 1000
_BETTER = {"up": "More is better", "down": "Less is better"}


@dataclass(frozen=True)
class Indicator:
    """One number that is followed: the line of the model that expects it, where it stands today, and how to read it.

    `today` is the formula of the baseline, empty where there is none. A `running` one adds its line up from the
    decision on; one `from_opening` has a number on the decision date too. `way` is the better direction.
    """

    name: str
    unit: str
    line: str
    way: str
    note: str
    allowed: Bounds
    today: str = ""
    baseline: float | None = None
    running: bool = False
    from_opening: bool = False

    @property
    def fit(self) -> float | None:
        """What decides how many digits are shown: tenths matter of tens and not of thousands."""
        size = abs(self.baseline or 0.0)
        if self.unit != "money" and size >= _THOUSAND:
            return float(round(size))
        return size if self.unit == "money" or 0 < size < 1 else None

    def expected(self, outcome: Outcome) -> tuple[float | None, ...]:
        """What a run expects of it, by period from period 0."""
        row = outcome.row(self.line)
        if not self.running:
            return row if self.from_opening else (None, *row[1:])
        flow = outcome.flow(self.line)
        return tuple(sum(flow[: period + 1]) for period in range(len(flow)))


def money(book: Book) -> tuple[Indicator, ...]:
    """Net cash flow and cost to date, revenue of a period, customers at its end; all as the selected run expects."""
    layout, asked = book.layout, book.results.asked
    per_year = book.results.case.company.periods_per_year
    rate = f"={layout.on(SELECTED, 'run_rate')}/{layout.given('company.periods_per_year')}"
    customers = f"={layout.at(SELECTED, 'closing.with', layout.OPENING)}"
    cash = "after tax, added up since the decision. More is better. Today: nothing is spent yet"
    cost = "as paid, not discounted, added up since the decision. Less is better. Today: nothing is spent yet"
    return (
        Indicator(
            "Net cash flow to date", "money", CASH, "up", cash, Bounds(), running=True, from_opening=True
        ),
        Indicator(
            "Cost to date", "money", "costs", "down", cost, _MONEY, running=True, from_opening=True
        ),
        Indicator(
            "Revenue of the period", "money", "revenue.with", "up",
            "of the whole company. More is better. Today: the run rate of a period", _MONEY,
            rate, asked.amount("run_rate") / per_year,
        ),
        Indicator(
            "Customers at the end of the period", "count", "closing.with", "up",
            "of the whole company. More is better. Today: on the decision date", _MONEY,
            customers, asked.row("closing.with")[0],
        ),
    )  # fmt: skip


def metrics(book: Book) -> tuple[Indicator, ...]:
    """The metrics that any investment of the case moves, one for each segment, in the order of the catalogue.

    Switches decide nothing here: the rows stay when an investment is taken out.
    """
    return tuple(
        _metric(book, lever, place)
        for lever in library.levers().values()
        for place in _places(book, lever)
        if _movers(book, lever, place)
    )


def _places(book: Book, lever: Lever) -> Iterator[str]:
    """Every segment, or the company."""
    yield from book.results.model.shape.segments if lever.scope == "segment" else (COMPANY,)


def _movers(book: Book, lever: Lever, place: str) -> list[Initiative]:
    """The investments that move a metric there."""
    return [
        initiative
        for initiative in book.results.case.initiatives
        if any(e.lever == lever.id and e.segment in (ALL, place) for e in initiative.effects)
    ]


def _metric(book: Book, lever: Lever, place: str) -> Indicator:
    case, word = book.results.case, library.inputs()[lever.id]
    base = _base(word, place)
    moved = ", ".join(f"{i.name} ({person(case, i.owner)})" for i in _movers(book, lever, place))
    note = f"{lever.meaning} {_BETTER[lever.way]}. Moved by: {moved}. Today: {inside(book.behind(base))}"
    return Indicator(
        lever.label + (f", {place}" if place else ""),
        word.unit,
        f"with.{lever.id}[{place}]",
        lever.way,
        note,
        Limits(case)(base),
        f"={book.layout.given(base)}",
        book.input_values[base],
    )


def _base(word: InputWord, place: str) -> str:
    """The input that holds a metric's level today."""
    return f"segments[{place}].{word.id}" if place else f"{word.group}.{word.id}"
