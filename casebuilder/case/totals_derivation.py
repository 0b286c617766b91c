"""How an input came about, as a record that the case keeps: its formula, the totals behind it and their reports."""

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.case.catalogue import totals as catalogue
from casebuilder.case.records.totals import Totals
from casebuilder.case.totals_inputs import Inputs
from casebuilder.case.words import figure


@dataclass(frozen=True)
class Derivation:
    """How one input came about: its path and value, the formula in words, and the ids of the totals it is made of.

    Without totals the value is a starting value or a neutral one: it stands in for something not known. `amounts` are
    the totals' values, in their order.
    """

    path: str
    value: float
    formula: str
    totals: tuple[str, ...]
    amounts: tuple[float, ...] = ()

    @property
    def field(self) -> str:
        """The input's id."""
        return self.path.rpartition(".")[2]

    @property
    def report(self) -> str:
        """Where the first of the totals stands in a company; empty without totals."""
        return catalogue()[self.totals[0]].report if self.totals else ""

    @property
    def source(self) -> str:
        """What the case says about the number: the formula, the totals with their amounts, the report."""
        if not self.totals:
            return self.formula
        amounts = zip(self.totals, self.amounts, strict=True)
        told = ", ".join(
            f"{catalogue()[id].label.lower()} {figure(round(amount, 6))}" for id, amount in amounts
        )
        return f"{self.formula} ({told}; {self.report})"

    @property
    def status(self) -> dict[str, str | float]:
        """The entry of the input in the case's `inputs`."""
        return {"status": "estimate" if self.totals else "default", "source": self.source}


def steps_of(records: Mapping[str, Inputs], totals: Totals) -> tuple[Derivation, ...]:
    """How every input of some records of a case came about, in their order."""
    return tuple(
        Derivation(
            f"{path}.{field}",
            given.value,
            given.formula,
            given.totals,
            tuple(float(getattr(totals, id)) for id in given.totals),
        )
        for path, inputs in records.items()
        for field, given in inputs.items()
    )
