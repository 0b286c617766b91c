"""What is on screen: one stakeholder's exhibits for the run that is looked at, in the words of their deck."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casebuilder.case.records.stakeholders import Driver
from casebuilder.model.results import Outcome
from casebuilder.pitch.view import View


@dataclass(frozen=True)
class Screen(View):
    """A stakeholder's view under any scenario, led by any of their numbers; `lead` counts their drivers from 0.

    Others look at a screen too: what a person said stays in that person's own deck.
    """

    scenario: str = ""
    lead: int | None = None

    @property
    def asked(self) -> Outcome:
        """What is asked for, under the scenario that is looked at."""
        return self.results.outcome(self.scenario or self.case.headline, self.results.asked_option)

    @cached_property
    def driver(self) -> Driver | None:
        """The number chosen, if the model computes it year by year; else their most important one."""
        known = self.drivers
        chosen = known.get(self.lead) if self.lead is not None else None
        if chosen is None:
            chosen = max(known.values(), key=lambda driver: driver.importance, default=None)
        return chosen.model_copy(update={"words": ""}) if chosen is not None else None

    @cached_property
    def drivers(self) -> dict[int, Driver]:
        """Their numbers that the model computes year by year, by their place in the case."""
        every = self.stakeholder.drivers if self.stakeholder else ()
        return {place: driver for place, driver in enumerate(every) if self._has_numbers(driver.kpi)}
