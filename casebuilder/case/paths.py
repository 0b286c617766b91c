"""How a place inside a case is written for people: `segments[Enterprise].churn_rate`."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from casebuilder.case.errors import Place
from casebuilder.case.reserved import OTHER_KPI
from casebuilder.case.text import LONGEST_NAME

#: What stands behind this key is one person's business: nothing of it may reach a message.
PRIVATE = "private"
#: Words of a person: the place may be named, the words may not be repeated.
UNQUOTABLE = frozenset({PRIVATE, "quote", "words", "objections", "notes"})

#: A path holds every name that a case may have in full (a lever before it); a longer one is cut.
_WHOLE = 2 * LONGEST_NAME


def readable(place: Place, data: Any) -> str:
    """The place as a path; list items carry the id or name they have in `data`, else their position from 1.

    The path ends at `private`: even the keys behind it are somebody's own.
    """
    path = ""
    for step in place:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list | tuple) and step < len(data) else None
            path += f"[{item_name(data, step)}]"
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
            path += key_name(step, path)
            if step == PRIVATE:
                break
    return path


def item_name(item: Any, position: int) -> str:
    """What tells a list item from the next: lever and segment, KPI, persona, id or name; else its position from 1."""
    if not isinstance(item, Mapping):
        return str(position + 1)
    if isinstance(item.get("lever"), str):
        return shorten(f"{item['lever']},{item.get('segment', 'all')}", _WHOLE)
    keys = ("name",) if item.get("kpi") == OTHER_KPI else ("kpi", "persona", "id", "name")
    known = (item[key] for key in keys if isinstance(item.get(key), str) and item[key])
    return shorten(next(known, str(position + 1)), _WHOLE)


def key_name(key: str, before: str) -> str:
    """A key as a further step of a path: `.churn_rate`, or `[...]` where the key is not one plain word."""
    if not _is_a_word(key):
        return f"[{shorten(key)}]"
    return f".{key}" if before else key


@lru_cache(maxsize=4096)
def _is_a_word(key: str) -> bool:
    return bool(key) and all(character.isalnum() or character in "_-" for character in key)


def shorten(text: str, length: int = 60) -> str:
    """The text on one line without anything invisible, cut after `length` characters."""
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= length else f"{shown[: length - 1]}…"
