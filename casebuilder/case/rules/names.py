"""Names: each once, and what is referred to must exist."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from casebuilder.case.catalogue import usual_scenarios
from casebuilder.case.errors import Flaw, Place
from casebuilder.case.library import initiatives as library_initiatives
from casebuilder.case.library import kpis, personas
from casebuilder.case.paths import shorten
from casebuilder.case.reserved import ALL, BUILTIN, DO_NOTHING, OTHER_KPI
from casebuilder.case.rules.view import block, entries, names, text, texts
from casebuilder.case.words import near, one_of

_UNIQUE = (("problems", "id"), ("segments", "name"), ("initiatives", "id"), ("custom_lines", "name"))


def twice(data: Any) -> Iterator[Flaw]:
    """Two records of one name."""
    for key, name in _UNIQUE:
        yield from _repeated(((place, text(entry, name)) for place, entry in entries(data, key)), name)
    yield from _repeated(_called(data), "name")
    for place, initiative in entries(data, "initiatives"):
        items = ((where, text(item, "name")) for where, item in entries(initiative, "cost_items", place))
        yield from _repeated(items, "name")
    people = ((place, _person(entry)) for place, entry in entries(data, "stakeholders"))
    yield from _repeated(people, "persona")


def _called(data: Any) -> Iterator[tuple[Place, str | None]]:
    """What people read for each investment: its name, or its id where it has none and the id stands there once."""
    ids: set[str | None] = set()
    for place, entry in entries(data, "initiatives"):
        id, name = text(entry, "id"), text(entry, "name")
        if name is not None or id not in ids:
            yield place, name or id
        ids.add(id)


def _person(entry: Mapping[str, Any]) -> str | None:
    known = [text(entry, key) or "" for key in ("persona", "role", "name")]
    return ", ".join(part for part in known if part) or None


def _repeated(found: Iterator[tuple[Place, str | None]], key: str) -> Iterator[Flaw]:
    seen: set[str] = set()
    for place, name in found:
        if name is not None and name in seen:
            yield Flaw((*place, key), f"{shorten(name)} stands here a second time", "each name once")
        seen.add(name or "")


def reserved(data: Any) -> Iterator[Flaw]:
    """Names that already mean something."""
    for place, segment in entries(data, "segments"):
        if text(segment, "name") == ALL:
            yield Flaw((*place, "name"), f"{ALL} means every segment and cannot name one", "another name")
    if DO_NOTHING in block(data, "options"):
        yield Flaw(
            ("options", DO_NOTHING), "this option is always there and cannot be defined", "another name"
        )


def unknown(data: Any) -> Iterator[Flaw]:
    """References to what is not there."""
    initiatives, problems = names(data, "initiatives", "id"), names(data, "problems", "id")
    for place, initiative in entries(data, "initiatives"):
        yield from _check_all(texts(initiative, "requires", place), initiatives, "an initiative of this case")
        yield from _check_all(texts(initiative, "problems", place), problems, "a problem of this case")
        if "library_version" not in initiative:
            yield from _check(place, initiative, "use", library_initiatives(), "an entry of the library")
    for place, line in entries(data, "custom_lines"):
        yield from _check(place, line, "initiative", initiatives, "an initiative of this case")
    for key in block(data, "options"):
        chosen = texts(block(data, "options"), key, ("options",))
        yield from _check_all(chosen, initiatives, "an initiative of this case")
    stage = block(block(data, "decision"), "stage_1")
    options = {**block(data, "options"), DO_NOTHING: None}
    yield from _check(("decision", "stage_1"), stage, "option", options, "an option of this case")
    segments = {ALL: None} | names(data, "segments", "name")
    for key in ("problems", "experience_scores"):
        for place, entry in entries(data, key):
            yield from _check(place, entry, "segment", segments, "a segment of this case")


def people(data: Any) -> Iterator[Flaw]:
    """Personas and KPIs that are not in the catalogue; a KPI of one's own needs words."""
    for place, stakeholder in entries(data, "stakeholders"):
        yield from _check(place, stakeholder, "persona", personas(), "a persona of the catalogue")
        for where, driver in entries(stakeholder, "drivers", place):
            yield from _check(where, driver, "kpi", {**kpis(), OTHER_KPI: None}, "a KPI of the catalogue")
            if driver.get("kpi") == OTHER_KPI:
                for key in ("name", "unit"):
                    if driver.get(key) is None:
                        found = f"a driver with the KPI {OTHER_KPI} has no {key}"
                        yield Flaw((*where, key), found, f"a {key} in the driver")
            said, short = driver.get("accountability"), driver.get("on_scorecard")
            if isinstance(said, str) and isinstance(short, bool) and short != (said == "scorecard"):
                found = f"accountability is {said}, and on_scorecard says {str(short).lower()}"
                yield Flaw((*where, "on_scorecard"), found, "one of the two")


def scenarios(data: Any) -> Iterator[Flaw]:
    """A headline that is no scenario, and built-in scenarios that do not exist."""
    own, usual = block(data, "scenarios"), usual_scenarios()["scenarios"]
    yield from _check(
        ("company",), block(data, "company"), "headline", own or usual, "a scenario of this case"
    )
    for key, entry in own.items():
        if entry == BUILTIN and key not in usual:
            found = f"there is no built-in scenario {shorten(key)}{near(key, usual)}"
            yield Flaw(("scenarios", key), found, one_of(usual) + ", or a block of its own")


def _check(
    place: Place, entry: Mapping[str, Any], key: str, known: Collection[str], what: str
) -> Iterator[Flaw]:
    name = text(entry, key)
    if name is not None:
        yield from _check_all(iter([((*place, key), name)]), known, what)


def _check_all(found: Iterator[tuple[Place, str]], known: Collection[str], what: str) -> Iterator[Flaw]:
    for place, name in found:
        if name not in known:
            yield Flaw(place, f"{shorten(name)} is not {what}{near(name, known)}", one_of(known))
