"""Review: what a model reviewer looks for in a workbook, as rules that a program checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from pkgutil import iter_modules

from casebuilder.workbook.review.reader import read
from casebuilder.workbook.review.records import BookRead, Rule, Violation

#: More lines of one rule on one sheet than this are counted, not listed.
AT_MOST = 20


def _collected() -> Mapping[str, Rule]:
    """The rules of every module of this package named rules_*, by their number."""
    names = sorted(found.name for found in iter_modules(__path__) if found.name.startswith("rules_"))
    merged: dict[str, Rule] = {}
    for name in names:
        merged |= import_module(f"{__name__}.{name}").RULES
    return dict(sorted(merged.items(), key=lambda entry: int(entry[0][1:])))


#: Every rule by its id, W1 to W16.
RULES: Mapping[str, Rule] = _collected()


@dataclass(frozen=True)
class Findings:
    """What a review found: every violation, rule by rule, and a sentence for each rule it could not judge whole."""

    violations: tuple[Violation, ...]
    unjudged: tuple[str, ...] = ()

    @property
    def shown(self) -> list[Violation]:
        """The violations to list: of one rule on one sheet the first, and how many more there are."""
        return [
            each for rule, found in groupby(self.violations, attrgetter("rule")) for each in _shortened(found)
        ]

    @property
    def lines(self) -> list[str]:
        """The findings for a terminal, one a line, their number at the end."""
        number = len(self.violations)
        count = f"{number} violation{'s' * (number != 1)} of the rules" if number else "No rule is broken"
        return [
            *(each.line for each in self.shown),
            *(f"Not checked, {said}" for said in self.unjudged),
            f"{count}.",
        ]


def review(path: Path, thorough: bool = False) -> Findings:
    """What in a workbook breaks a rule; `thorough` also runs what takes minutes.

    CaseError says in a sentence why the file is no workbook, or none that is safe to open.
    """
    return judged(read(path), thorough)


def judged(book: BookRead, thorough: bool = False) -> Findings:
    """What breaks the rules, one rule after another, sheet by sheet."""
    found: list[Violation] = []
    left = []
    for id, rule in RULES.items():
        also = rule.thorough if thorough else None
        found += sorted(chain(rule.find(book), also(book) if also else ()), key=attrgetter("sheet"))
        if rule.unjudged and not also:
            left.append(f"{id}: {rule.unjudged}")
    return Findings(tuple(found), tuple(left))


def _shortened(found: Iterable[Violation]) -> Iterator[Violation]:
    """One rule's violations, beyond the first of a sheet only how many more there are."""
    for sheet, group in groupby(found, attrgetter("sheet")):
        same = list(group)
        yield from same[:AT_MOST]
        if len(same) > AT_MOST:
            yield Violation(same[0].rule, sheet, "", f"and {len(same) - AT_MOST} more")


__all__ = ["RULES", "BookRead", "Findings", "Rule", "Violation", "judged", "read", "review"]
