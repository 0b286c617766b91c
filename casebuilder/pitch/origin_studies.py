"""Where a number comes from that takes many runs of the model: what was done, and the cell that keeps its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebuilder.analysis.certainty import Certainty
from casebuilder.case.library_records import ExhibitKind
from casebuilder.pitch.origin_keys import STUDY
from casebuilder.pitch.records import Block

#: What was done, by what stands first in the key of such a number.
DONE: Mapping[str, str] = {
    "attribution": "The mean of what an investment adds over every order of adding the investments one after another, "
    "its own cost taken off",
    "stages": "The run that stops at this checkpoint: what is spent until then, less what the investments that have "
    "started bring, in today's money",
    "cash": "The same run once more with nothing counted of freed hours and of smaller risks",
    "cuts": "The same run with one more promise taken away at each step, the steps before it kept",
    "bridge": "The same run with the changes made one after another, so that the steps add up to the whole difference",
    "versions": "The run with the most return among all combinations of investments that this budget pays for",
    "lifetime_value": "What one customer brings after service cost over the years they stay, discounted, at the end of "
    "the horizon",
    "at_stake": "Lifetime value of one customer times the customers who meet a problem at this place, counted as "
    "exposed and not as lost",
    "cascade": "A count over the case: investments whose effects move a number on somebody's scorecard",
    "readiness": "The success factors as people rated them, and the run with the delay that those ratings suggest",
    "simulation": "Share of many draws of the effects that end in this range; their number is in the source line",
    "fit/target": "The target that this person is measured against, as the case states it",
    "fit": "Their own number, do nothing and with the programme, against the target that the case states",
}
#: What was done for the charts of an exhibit whose values have no key.
OF_EXHIBITS: Mapping[ExhibitKind, str] = {
    "tornado": "One run for each end of a bar: this assumption alone at its low or high value, all others as they are",
    "must_be_true": "One run for each end of a bar: this assumption alone moved, all others as they are, until the "
    "return is nothing or the range ends",
}
#: Titles of the tables that keep such values in a workbook, as they begin, and the column of the value.
_ADDS, _STAGES = ("What each investment adds", 1), ("Released in stages", 3)


@dataclass(frozen=True)
class Kept:
    """Where a value stands among the tables of a workbook that do not follow its inputs; all three count from 0."""

    block: int
    row: int
    column: int


def done(key: str, exhibit: ExhibitKind | None = None) -> str:
    """What was done to get at the number of a key, or of an exhibit's chart; empty where one run holds it."""
    for each in DONE:
        if key.removeprefix(STUDY).startswith(each):
            return DONE[each]
    return OF_EXHIBITS.get(exhibit, "") if exhibit is not None and not key else ""


def kept(sure: Certainty, blocks: Sequence[Block], key: str) -> Kept | None:
    """The place of a number among the tables of a workbook, None where no table keeps it."""
    parts = key.split("/")
    if key.startswith(f"{STUDY}attribution/shapley/"):
        place = next((n for n, id in enumerate(sure.attribution.members) if id == parts[-1]), None)
        return _at(blocks, _ADDS, place)
    if key.startswith(f"{STUDY}stages/") and parts[2].isdigit():
        place = next((n for n, each in enumerate(sure.stages) if each.period == int(parts[2])), None)
        return _at(blocks, _STAGES, place)
    return None


def _at(blocks: Sequence[Block], where: tuple[str, int], row: int | None) -> Kept | None:
    """A row of the table whose title begins so, in the column of its value."""
    title, column = where
    number = next((n for n, block in enumerate(blocks) if block.title.startswith(title)), None)
    return None if number is None or row is None else Kept(number, row, column)
