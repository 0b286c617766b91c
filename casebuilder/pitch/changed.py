"""What changed between two cases, in people's words: assumptions, and what came, went or is built another way."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.case import Case, Initiative, library
from casebuilder.case.catalogue import settings
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.assumed import Assumed, assumed
from casebuilder.pitch.words import inside, option_label, scenario_label


def changed(before: Case, after: Case) -> dict[str, Assumed]:
    """Whatever can be a step of a bridge between the two cases, by path."""
    known = assumed(before) | assumed(after)
    shares = {path.removesuffix(".share"): words for path, words in known.items()}
    return known | shares | dict((*_frame(), *_records(before, after), *_run(before, after)))


def _frame() -> Iterator[tuple[str, Assumed]]:
    yield "company.years", Assumed(settings()["years"].label, "the horizon", "count")
    yield "company.periods_per_year", Assumed("Periods a year", "how a year is cut into periods", "count")
    yield "company.discounting", Assumed("Discounting within a period", "discounting within a period", "flag")
    for grade, words in library.words().grades.items():
        name = f"Risk adjustment: {inside(words)}"
        yield f"haircuts.{grade}", Assumed(name, f"the risk adjustment of grade “{inside(words)}”", "share")


def _records(before: Case, after: Case) -> Iterator[tuple[str, Assumed]]:
    """Investments, segments and own lines that came, went or changed as a whole."""
    named = [
        [(f"initiatives[{i.id}]", f"“{i.name}”", "Investment") for i in case.initiatives]
        + [(f"segments[{s.name}]", s.name, "Segment") for s in case.segments]
        + [(f"custom_lines[{line.name}]", f"“{line.name}”", "Own line") for line in case.custom_lines]
        for case in (before, after)
    ]
    there = [{path for path, *_ in records} for records in named]
    for path, name, kind in (*named[0], *named[1]):
        came, stayed = path in there[1], path in there[0] and path in there[1]
        what = "changed" if stayed else "new" if came else "taken out"
        verb = "the change of" if stayed else "adding" if came else "taking out"
        yield path, Assumed(f"{kind} {what}: {name.strip('“”')}", f"{verb} {name}", "text")
    for initiative in (*before.initiatives, *after.initiatives):  # what holds now comes last
        yield from _switches(initiative)


def _switches(initiative: Initiative) -> Iterator[tuple[str, Assumed]]:
    path, name, way = f"initiatives[{initiative.id}]", initiative.name, "on" if initiative.enabled else "off"
    yield f"{path}.enabled", Assumed(f"Switched {way}: “{name}”", f"switching “{name}” {way}", "flag")
    yield f"{path}.requires", Assumed(f"Needs first: “{name}”", f"what “{name}” needs first", "text")


def _run(before: Case, after: Case) -> Iterator[tuple[str, Assumed]]:
    """The scenario and the option that count, and what they hold."""
    yield "company.headline", Assumed("Scenario that counts", "the choice of scenario", "text")
    yield "decision.stage_1.option", Assumed("Option asked for", "the choice of option", "text")
    for id in (*before.scenario_table, *after.scenario_table):
        label = scenario_label(id)
        yield (
            f"scenarios.{id}",
            Assumed(f"Scenario: {inside(label)}", f"the {inside(label)} scenario", "text"),
        )
    for id in (AS_SET, *before.option_table, *after.option_table):
        label = option_label(id)
        yield (
            f"options.{id}",
            Assumed(f"Option: {inside(label)}", f"what the {inside(label)} option holds", "text"),
        )
