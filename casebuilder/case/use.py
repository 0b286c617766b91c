"""Fills an initiative from the library entry it names in `use`, once, and notes the library's version."""

from collections.abc import Collection
from typing import Any

from casebuilder.case.library import LibraryInitiative, library_version
from casebuilder.case.library import initiatives as library_initiatives

#: Fields of a library entry that are defaults for an initiative.
FILLED = (
    "name",
    "description",
    "owner",
    "journey_stage",
    "build_months",
    "ramp_months",
    "requires",
    "effects",
)
_OF_AN_EFFECT = ("lever", "segment", "low", "base", "high", "grade", "sources", "note")


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """The case's data with every initiative that names an entry filled, where it is not filled yet.

    What the case says itself stays, an empty list too. Entries of the library that are required become the
    case's own initiatives built on them. A filled initiative carries `library_version` and is never filled
    again, so that a new release of the library changes no old case.
    """
    initiatives = data.get("initiatives")
    if not isinstance(initiatives, list):
        return data
    named = [(item.get("use"), item.get("id")) for item in initiatives if isinstance(item, dict)]
    own = {use: name for use, name in named if isinstance(use, str) and isinstance(name, str)}
    said = [item.get("name") for item in initiatives if isinstance(item, dict)]
    done: list[Any] = []
    for item in initiatives:
        done.append(_filled(item, own, said))
        said += [done[-1].get("name")] if isinstance(done[-1], dict) else []
    return {**data, "initiatives": done}


def _filled(item: Any, own: dict[str, str], said: Collection[Any]) -> Any:
    if not isinstance(item, dict) or "library_version" in item or not isinstance(item.get("use"), str):
        return item
    entry = library_initiatives().get(item["use"])
    if entry is None:
        return item
    proposed = _proposed(entry, own)
    if proposed["name"] in said:
        # An entry that is used twice: its name would not tell the two apart.
        proposed["name"] = f"{proposed['name']} ({item.get('id')})"
    return {**proposed, **item, "library_version": library_version()}


def _proposed(entry: LibraryInitiative, own: dict[str, str]) -> dict[str, Any]:
    fields = {key: getattr(entry, key) for key in FILLED}
    fields["requires"] = [own.get(needed, needed) for needed in entry.requires]
    fields["effects"] = [_effect(effect.model_dump()) for effect in entry.effects]
    return {key: value for key, value in fields.items() if value or value == 0}


def _effect(fields: dict[str, Any]) -> dict[str, Any]:
    kept = {key: fields[key] for key in _OF_AN_EFFECT if key in fields}
    return {**kept, "sources": list(kept.get("sources", ()))}
