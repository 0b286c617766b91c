"""The number that a key names, looked up in Results and in the studies: written without what the pitch writes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.lifetime import LifetimeValue
from casebuilder.case import library
from casebuilder.model.results import CASE_LINES, Outcome, Results
from casebuilder.pitch.exhibits.split import on_cash
from casebuilder.pitch.view import View

Number = float | None

#: Units of lines that no library entry has.
UNITS = {"payback": "months", "roi": "share", "irr": "share"}


@dataclass(frozen=True)
class Named:
    """Numbers by their key."""

    results: Results
    sure: Certainty

    def value(self, key: str) -> Number:
        """One number; parts joined by a plus are added up, a minus turns the sign. KeyError: nothing has the key."""
        parts = [self._one(part) for part in key.split("+")]
        return None if None in parts else sum(part for part in parts if part is not None)

    def row(self, key: str, count: int) -> tuple[Number, ...]:
        """So many numbers: one key for each (none: 0), or a line of the run, its periods added up where more."""
        keys = key.split(";")
        if len(keys) == count and not _has_periods(key):
            return tuple(self.value(each) if each else 0.0 for each in keys)
        if key.startswith("analysis/"):
            return _STUDIES[key](self)
        outcome, line = self._run(key)
        if line.startswith("kpi/"):
            _, kpi, world = line.split("/")
            return outcome.kpi(kpi, "with" if world == "with" else "without")
        periods = outcome.flow(line)
        width = (len(periods) - 1) // (count - 1)
        if line == "cumulative":
            return periods[::width]
        return (periods[0], *(sum(periods[i : i + width]) for i in range(1, len(periods), width)))

    def unit(self, key: str) -> str:
        """The unit of a number of a run."""
        line = key.split("/", 2)[2]
        return (
            library.kpis()[line.split("/")[1]].unit if line.startswith("kpi/") else UNITS.get(line, "money")
        )

    def _one(self, key: str) -> Number:
        if key.startswith("-"):
            value = self._one(key[1:])
            return None if value is None else -value
        if key.startswith(("analysis/", "fit/")):
            return self._studied(key)
        outcome, line = self._run(key)
        if line == "stage_1":
            return self._first_stage(outcome)
        if line.startswith("kpi/"):
            _, kpi, world, year = line.split("/")
            return outcome.kpi(kpi, "with" if world == "with" else "without")[int(year) - 1]
        return outcome.number(CASE_LINES.get(line, line))

    def _run(self, key: str) -> tuple[Outcome, str]:
        scenario, option, line = key.split("/", 2)
        return self.results.outcomes[scenario, option], line

    def _first_stage(self, outcome: Outcome) -> float:
        """Cost of all periods that are over on the day of the first stage."""
        company, stage = self.results.case.company, self.results.case.decision.stage_1
        assert stage is not None
        until: date = stage.until
        spent = 0.0
        for period, cost in enumerate(outcome.row("costs")):
            over = company.decision_date + relativedelta(
                months=12 * period // company.periods_per_year, days=-1
            )
            spent += (cost or 0.0) if over <= until else 0.0
        return spent

    def _studied(self, key: str) -> Number:
        """A number that takes many runs."""
        _, study, *rest = key.split("/")
        if key.startswith("fit/target/"):
            drivers = (driver for person in self.results.case.stakeholders for driver in person.drivers)
            return next(driver.target for driver in drivers if driver.kpi == rest[0])
        if study == "attribution":
            return self.sure.attribution.values[rest[1]]
        if study == "cash":
            return on_cash(View(self.results, "cfo"), self.results.outcome(rest[0], self.sure.option))
        if study == "stages":
            return next(s.loss_if_stopped for s in self.sure.stages if s.period == int(rest[0]))
        if study == "cuts":
            ends = {"start": self.sure.cuts.start, "end": self.sure.cuts.end}
            return ends[rest[0]] if rest[0] in ends else self.sure.cuts.steps[int(rest[0]) - 1].step
        if study == "at_stake":
            return next(
                s.value for s in self.sure.stakes if [s.stage, s.segment] == [rest[0], "/".join(rest[1:])]
            )
        if key == "analysis/readiness/npv/slower" and self.sure.readiness.slower:
            return self.sure.readiness.slower.both
        if key == "analysis/cascade/reaching":
            return float(len(self.sure.cascade.reaching))
        if study == "versions":
            return float(self.sure.versions.found.npv[int(rest[1])])
        raise KeyError(key)


_STUDIES: dict[str, Callable[[Named], tuple[Number, ...]]] = {
    "analysis/lifetime_value/without": lambda named: tuple(each.without for each in _last_year(named)),
    "analysis/lifetime_value/with": lambda named: tuple(each.with_ for each in _last_year(named)),
    "analysis/readiness/gaps": lambda named: tuple(
        float(gap.importance - gap.effectiveness) for gap in named.sure.readiness.gaps
    ),
    "analysis/readiness/ratings": lambda named: tuple(
        None if one.rating is None else float(one.rating) for one in named.sure.readiness.factors
    ),
}


def _has_periods(key: str) -> bool:
    """Whether one key names a number for every period or year, or for every item of a study."""
    line = key.split("/", 2)[-1]
    return (
        key in _STUDIES or line in ("net", "cumulative") or (line.startswith("kpi/") and line.count("/") == 2)
    )


def _last_year(named: Named) -> list[LifetimeValue]:
    years = named.results.case.company.years
    return [each for each in named.sure.lifetime if each.year == years]
