"""What an input cell may hold: the same limits as the case file's, as a rule of the sheet and as a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.case import Case, library
from casebuilder.case.catalogue import InputWord, settings
from casebuilder.workbook.outside import outside


@dataclass(frozen=True)
class Bounds:
    """Inclusive limits of an input, None where there is none; `above` leaves the lower one out."""

    lower: float | None = None
    upper: float | None = None
    whole: bool = False
    above: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value may stand in the cell."""
        if self.whole and not float(value).is_integer():
            return False
        if self.lower is not None and (value < self.lower or (self.above and value == self.lower)):
            return False
        return self.upper is None or value <= self.upper

    @property
    def words(self) -> str:
        """What is allowed, for people."""
        kind = "a whole number" if self.whole else "a number"
        if self.lower is not None and self.upper is not None:
            return f"{kind} from {self.lower:g} to {self.upper:g}"
        if self.lower is not None:
            return f"{kind} above {self.lower:g}" if self.above else f"{kind} of {self.lower:g} or more"
        return kind


FLAG, SHARE, SIZE = Bounds(0.0, 1.0, whole=True), Bounds(0.0, 1.0), Bounds(-1.0, 1.0)
_SMALL = Bounds(1e-12, 0.01)
#: Inputs that no catalogue of numbers has, by the last step of their key.
_BY_NAME = {
    "enabled": FLAG,
    "haircut": FLAG,
    "release_working_capital": FLAG,
    "effects": Bounds(1.0, 3.0, whole=True),
    "low": SIZE,
    "base": SIZE,
    "high": SIZE,
    "tolerance": _SMALL,
    "stamp_tolerance": _SMALL,
    "actuals_tolerance": SHARE,
    "plan_tolerance": SHARE,
    "irr_low": Bounds(-0.99, 0.0),
    "irr_high": Bounds(0.01, 1000.0),
    "irr_guess": Bounds(-0.9, 10.0),
}
#: A best achievable level that something is divided by.
_DIVISORS = ("sales_cycle_days", "minutes_per_assisted_contact")


class Limits:
    """The limits of every input of a case, by key."""

    def __init__(self, case: Case) -> None:
        self._beside = {each.key: each for block in outside(case).values() for each in block}
        self._costs = {f"custom_lines[{line.name}]" for line in case.custom_lines if line.kind == "cost"}

    def __call__(self, key: str) -> Bounds:
        """The limits of an input."""
        if key in self._beside:
            found = self._beside[key]
            return Bounds(found.lower, found.upper, whole=key == "company.fiscal_year_starts")
        group, _, name = key.partition(".")
        if group == "limits":
            return Bounds(0.0, above=True) if name in _DIVISORS else _of(library.inputs()[name])
        if group in ("headline_shares", "haircuts"):
            return SHARE
        if group == "levers":
            return _rule(*name.split("."))
        if group == "options":
            return FLAG
        return self._own_line(key) if key.startswith("custom_lines") else _named(key.rsplit(".", 1)[-1])

    def _own_line(self, key: str) -> Bounds:
        path, _, field = key.rpartition(".")
        if field == "risk_adjustment":
            return SHARE
        return Bounds(0.0) if path in self._costs else Bounds()


def _rule(lever: str, part: str) -> Bounds:
    """A part of the rule for the best achievable level of a lever."""
    return Bounds(0.0) if part in ("share", "points") else _of(library.inputs()[lever])


def _named(field: str) -> Bounds:
    if field in _BY_NAME:
        return _BY_NAME[field]
    word = library.inputs().get(field) or settings().get(field)
    return _of(word) if word else Bounds()


def _of(word: InputWord) -> Bounds:
    return Bounds(word.lower, word.upper)
