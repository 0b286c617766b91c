"""Which number of a run a key names: its line, and the period or year where the line has one for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.results import CASE_LINES, Results
from casebuilder.model.timeline import last_day
from casebuilder.pitch.records import Series

#: How the key of a number begins that takes many runs of the model.
STUDY = "analysis/"
#: Where one key of a series ends and the next begins; names of the company's own benefits may hold a semicolon.
_NEXT = re.compile(r";(?=-?[a-z0-9_-]+/|;|$)")


@dataclass(frozen=True)
class Spot:
    """One number of a run: a line, with the periods (from 0) or the years (from 1) that it is of.

    Without `first` it is the whole line. From `first` to a later `last` a flow is added up. `negative` turns its sign.
    """

    scenario: str
    option: str
    line: str
    first: int | None = None
    last: int | None = None
    negative: bool = False

    @property
    def added_up(self) -> bool:
        """Whether it is the sum of several periods."""
        return self.first is not None and self.last is not None and self.last > self.first


def spots(results: Results, key: str) -> tuple[Spot, ...]:
    """The numbers that a key adds up, most often one; none where it names no number of a run."""
    found = _spot(results, key)
    if found is not None:
        return (found,)
    parts = [_spot(results, part) for part in key.split("+")]
    return tuple(part for part in parts if part is not None) if all(parts) else ()


def _spot(results: Results, key: str) -> Spot | None:
    scenario, option, line = (*key.removeprefix("-").split("/", 2), "", "")[:3]
    if (scenario, option) not in results.outcomes:
        return None
    at = _at(results, Spot(scenario, option, line, negative=key.startswith("-")))
    return at if at.line in results.model.graph.by_key else None


def _at(results: Results, named: Spot) -> Spot:
    """The line that a name stands for, and where on it."""
    parts = named.line.split("/")
    if named.line == "stage_1":
        return _first_stage(results, named)
    if parts[0] != "kpi" or len(parts) < 3:
        return replace(named, line=CASE_LINES.get(named.line, named.line))
    _, kpi, world, *year = parts
    if kpi in OF_THE_CASE:
        return replace(named, line=CASE_LINES[kpi])
    line = kpi_key(kpi, "with" if world == "with" else "without")
    place = int(year[0]) if year and year[0].isdigit() else None
    return replace(named, line=line, first=place, last=place)


def _first_stage(results: Results, named: Spot) -> Spot:
    """The cost of the first release: all periods that end by its date."""
    stage, company = results.case.decision.stage_1, results.case.company
    if stage is None:
        return named
    months = 12 // company.periods_per_year
    ends = (last_day(company.decision_date, period * months) for period in range(results.case.periods + 1))
    within = sum(end <= stage.until for end in ends)
    return replace(named, line="costs", first=0, last=within - 1)


def keys_of(results: Results, series: Series, count: int) -> tuple[str, ...]:
    """A key for each of so many values of a series, empty where a value has none.

    One key of a line by year or period is spread over the values: a column may hold several periods.
    """
    pieces = _NEXT.split(series.key)
    if len(pieces) == count:
        return tuple(pieces)
    return (series.key,) * count if len(pieces) == 1 else ("",) * count


def across(results: Results, spot: Spot, count: int) -> tuple[Spot, ...]:
    """The spots of so many values of one line: its years, or its periods from 0, grouped evenly after the first."""
    line = results.model[spot.line]
    if spot.first is not None or line.shape not in ("period", "year"):
        return (spot,) * count
    if line.shape == "year":
        return tuple(replace(spot, first=year, last=year) for year in range(1, count + 1))
    return tuple(_grouped(results, spot, count))


def _grouped(results: Results, spot: Spot, count: int) -> Iterator[Spot]:
    width = results.case.periods // max(1, count - 1)
    yield replace(spot, first=0, last=0)
    for start in range(1, 1 + width * (count - 1), width):
        end = start + width - 1
        balance = spot.line == "cumulative"
        yield replace(spot, first=end if balance else start, last=end)


def value(results: Results, spot: Spot) -> float | None:
    """The number at a spot; None where there is none, and for a whole line of periods or years."""
    outcome, line = results.outcome(spot.scenario, spot.option), results.model[spot.line]
    sign = -1.0 if spot.negative else 1.0
    if line.shape not in ("period", "year"):
        found = outcome.number(spot.line)
        return None if found is None else sign * found
    if spot.first is None or spot.last is None:
        return None
    shift = 1 if line.shape == "year" else 0
    values = outcome.row(spot.line)[spot.first - shift : spot.last - shift + 1]
    known = [each for each in values if each is not None]
    return sign * sum(known) if known and len(known) == len(values) else None
