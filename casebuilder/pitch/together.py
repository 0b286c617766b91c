"""The look of a group that decides together: no single person's number leads."""

from __future__ import annotations

from functools import cached_property

from casebuilder.case import library
from casebuilder.case.library import Kpi
from casebuilder.case.records.stakeholders import Stakeholder
from casebuilder.model.results import Results
from casebuilder.pitch.view import View
from casebuilder.pitch.words import start

#: What stands where the id of a persona stands for everybody else.
COMMITTEE = "committee"


class NobodysNumber(LookupError):
    """Something asked for the number of a reader where there is none."""


class Together(View):
    """Evaluated results as a committee looks at them."""

    def __init__(self, results: Results) -> None:
        super().__init__(results, COMMITTEE)

    @cached_property
    def stakeholder(self) -> Stakeholder | None:
        """Nobody in particular."""
        return None

    @property
    def role(self) -> str:
        """Where it is decided, by its name in the case."""
        return start(self.case.decision.forum) or library.committee().title

    @property
    def starts_with_money(self) -> bool:
        """The one number that all of them share."""
        return True

    @property
    def counts_cash(self) -> bool:
        """Cash stands apart on the page of the money."""
        return False

    @property
    def has_reader(self) -> bool:
        """Nobody's own number leads."""
        return False

    @property
    def avoids(self) -> tuple[str, ...]:
        """In front of many, no word loses all."""
        return ()

    @cached_property
    def kpi(self) -> Kpi:
        """No number of a single person; asking for it is a mistake."""
        raise NobodysNumber("a committee has no number of its own")


def look(results: Results, persona: str) -> View:
    """How a persona looks at results, or those who decide together."""
    return Together(results) if persona == COMMITTEE else View(results, persona)
