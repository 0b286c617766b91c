"""Numbers that nobody stands behind: which they are, how many, and in which words; one count for every page."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.analysis.needed import needed
from casebuilder.case import Case


@dataclass(frozen=True)
class Unbacked:
    """Paths of the case: `starting` values of the library, and what is `not_stated` by anybody, in the case's order.

    Of the company's numbers only what a benefit or somebody's own number reads, see `analysis.needed`; of enabled
    investments every starting value.
    """

    starting: tuple[str, ...]
    not_stated: tuple[str, ...]


def unbacked(case: Case) -> Unbacked:
    """Every number of the case that nobody stands behind."""
    read = needed(case)
    ours = tuple(f"initiatives[{each.id}]." for each in case.initiatives if each.enabled)
    starting = tuple(
        path
        for path, said in case.inputs.items()
        if said.status == "default" and (path in read or path.startswith(ours))
    )
    return Unbacked(starting, tuple(sorted(path for path in read if path not in case.inputs)))


def starting_words(many: int) -> str:
    """So many starting values, in words; empty where there is none."""
    return {0: "", 1: "one starting value to replace"}.get(many, f"{many} starting values to replace")
