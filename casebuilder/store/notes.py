"""What is kept beside the versions: names that people gave to some of them, and the places where people were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from casebuilder.store import limits, queries, saving
from casebuilder.store.errors import NotFound, StoreError
from casebuilder.store.limits import Limits
from casebuilder.store.records import Place, Version, Whereabouts
from casebuilder.store.tables import cases, places, snapshots


def snapshot(
    connection: Connection, case_id: str, number: int, label: str, author: str, bounds: Limits, now: datetime
) -> None:
    """Give a version a name that no other version of the case has; giving it twice is no error."""
    label = _label(label)
    saving.locked(connection, case_id)
    queries.version(connection, case_id, number)
    names = queries.names_of(connection, case_id)
    taken = next((at for at, labels in names.items() if label in labels), None)
    if taken == number:
        return
    if taken is not None:
        raise StoreError(f"Version {taken} has this name already: choose another.")
    if sum(map(len, names.values())) >= bounds.snapshots:
        raise StoreError(f"This case has {bounds.snapshots} snapshots already: remove one first.")
    who = limits.name(author, "The name of the author")
    connection.execute(
        insert(snapshots).values(case_id=case_id, label=label, number=number, author=who, saved_at=now)
    )


def remove_snapshot(connection: Connection, case_id: str, label: str) -> None:
    """Take a name away."""
    saving.locked(connection, case_id)
    named = (snapshots.c.case_id == case_id) & (snapshots.c.label == _label(label))
    if not connection.execute(delete(snapshots).where(named)).rowcount:
        raise NotFound("This case has no snapshot of that name: choose one from its list.")


def remember(
    connection: Connection, case_id: str, state: Mapping[str, Any], author: str, now: datetime
) -> None:
    """Keep where somebody is in a case, in place of where they were."""
    saving.locked(connection, case_id)
    _put(connection, case_id, state, author, now)


def remember_with(connection: Connection, saved: Version, here: Whereabouts, now: datetime) -> None:
    """Keep where somebody is as they save, in the transaction of that save, which holds the case already."""
    _put(connection, saved.case_id, here.state(saved), here.author, now)


def _put(connection: Connection, case_id: str, state: Mapping[str, Any], author: str, now: datetime) -> None:
    who = limits.name(author, "The name of the author")
    said = {"state": limits.place(state), "saved_at": now}
    here = (places.c.case_id == case_id) & (places.c.author == who)
    if not connection.execute(update(places).where(here).values(said)).rowcount:
        connection.execute(insert(places).values(case_id=case_id, author=who, **said))


def place(connection: Connection, case_id: str, author: str) -> Place | None:
    """Where somebody was in a case."""
    queries.saved_case(connection, case_id)
    who = limits.name(author, "The name of the author")
    return _place(connection, select(places).where(places.c.case_id == case_id, places.c.author == who))


def last_place(connection: Connection, author: str) -> Place | None:
    """Where somebody was last, in whichever case that is not in the bin."""
    who = limits.name(author, "The name of the author")
    here = select(places).join(cases).where(places.c.author == who, cases.c.deleted_at.is_(None))
    return _place(connection, here.order_by(places.c.saved_at.desc()).limit(1))


def _label(label: str) -> str:
    label = limits.name(label, "The name of a snapshot").strip()
    if not label:
        raise StoreError("A snapshot needs a name, such as who saw it and when.")
    return label


def _place(connection: Connection, found: Select[Any]) -> Place | None:
    row = connection.execute(found).first()
    return None if row is None else Place(row.case_id, json.loads(row.state), row.saved_at)
