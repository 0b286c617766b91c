"""The numbers of a case as they are asked for: only those that are read, by theme, the most important first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.lacking import lacking
from casebuilder.analysis.needed import needed, readable
from casebuilder.case import Case, library
from casebuilder.case.catalogue import InputWord

#: Theme -> the groups of inputs in it, then single inputs of segments that belong there rather than to customers.
THEMES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Customers": (("segments",), ()),
    "Selling": (
        ("sales",),
        ("discount", "leads", "lead_to_opportunity", "win_rate", "acquisition_cost", "referral_rate"),
    ),
    "Contact centre": (("service", "people"), ("issues_per_customer",)),
    "Risk": (("risk",), ()),
    "Company and finance": (("finance", "company"), ()),
}  # fmt: skip
#: A number whose range moves the return by less than this share of the widest swing hardly matters.
HARDLY = 0.02


@dataclass(frozen=True)
class Asked:
    """One number as a row: the catalogue's word, and its paths by segment (by "" for the whole company).

    `swing` is how far the return moves (money) between its low and its high, in the segment where it moves it most.
    `lacking`: nobody has stated it, and without it something is nothing; see `analysis.lacking`. `idle` are its paths
    in segments in which nothing reads it.
    """

    word: InputWord
    paths: Mapping[str, str]
    swing: float
    lacking: bool = False
    idle: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Theme:
    """The rows of a theme: those that lack or matter, and those that are read and hardly change the return."""

    label: str
    first: tuple[Asked, ...]
    rest: tuple[Asked, ...]


def themes(case: Case, swings: Mapping[str, float]) -> tuple[Theme, ...]:
    """The inputs that the case reads; `swings` says by path how far the return moves with each."""
    rows = _rows(case, needed(case), swings, lacking(case))
    widest = max((row.swing for row in rows), default=0.0)
    found = []
    for label in THEMES:
        inside = [row for row in rows if theme_of(row.word) == label]
        inside.sort(key=lambda row: (not row.lacking, -row.swing))
        first = tuple(row for row in inside if row.lacking or (widest and row.swing >= HARDLY * widest))
        rest = tuple(row for row in inside if row not in first)
        if inside:
            found.append(Theme(label, first, rest))
    return tuple(found)


def not_needed(case: Case) -> tuple[str, ...]:
    """The words of the inputs that nothing reads, each once."""
    read = {path.rpartition(".")[2] for path in needed(case)}
    every = dict.fromkeys(path.rpartition(".")[2] for path in readable(case))
    return tuple(library.inputs()[id].label for id in every if id not in read)


def theme_of(word: InputWord) -> str:
    """The theme that an input stands in."""
    single = next((label for label, (_, own) in THEMES.items() if word.id in own), None)
    return single or next(label for label, (groups, _) in THEMES.items() if word.group in groups)


def _rows(
    case: Case, read: frozenset[str], swings: Mapping[str, float], asked: frozenset[str]
) -> list[Asked]:
    """One row for each input; of a segment's input that any segment reads, every segment stands in it."""
    places: dict[str, dict[str, str]] = {}
    for path in readable(case):
        group, _, id = path.rpartition(".")
        place = group.removeprefix("segments[").removesuffix("]") if group.startswith("segments[") else ""
        places.setdefault(id, {})[place] = path
    return [
        Asked(
            library.inputs()[id],
            paths,
            max(swings.get(path, 0.0) for path in paths.values()),
            bool(asked & set(paths.values())),
            frozenset(paths.values()) - read,
        )
        for id, paths in places.items()
        if read & set(paths.values())
    ]
