"""The parts of a Calc sheet: which sections belong together in its index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.model.expressions import Line

#: Parts by the start of the titles of their sections, in the order of the sheet.
_PARTS = (
    ("Time and scenario", ("Time", "Scenario and option")),
    ("Investments", ("Investment: ",)),
    ("What moves", ("What moves: ",)),
    ("Do nothing, with the programme", ("Customers", "Revenue", "Cost of service", "Company,")),
    ("Benefits", ("What one more", "Benefit")),
    ("Costs", ("Cost of the investments", "Company's own")),
    ("Return", ("Share", "Counted", "Cash flow", "Return", "Payback", "Internal", "After", "Freed")),
    ("KPIs", ("KPIs",)),
    ("Checks", ("Checks",)),
)


@dataclass(frozen=True)
class Part:
    """A part of a Calc sheet: its name, and the titles of its sections in their order."""

    name: str
    sections: tuple[str, ...]

    def height(self, width: int) -> int:
        """Rows of the index, with this many sections beside each other."""
        return -(-len(self.sections) // width)


def parts_of(rows: Sequence[Line | str]) -> tuple[Part, ...]:
    """The parts that the rows of a sheet have; ValueError where a section belongs to none."""
    titles = [row for row in rows if isinstance(row, str)]
    found: dict[str, list[str]] = {}
    for title in titles:
        found.setdefault(_part_of(title), []).append(title)
    return tuple(Part(name, tuple(found[name])) for name, _ in _PARTS if name in found)


def _part_of(title: str) -> str:
    for name, starts in _PARTS:
        if title.startswith(starts):
            return name
    raise ValueError(f"the section {title!r} belongs to no part of the index")


def short(title: str) -> str:
    """A section's title beside the name of its part."""
    return re.sub(r"^(Investment|What moves|Benefit): ", "", title)
